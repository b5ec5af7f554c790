"""The command line: parse, call, print. Each module adds its commands to the group."""

from linkindex.cli import cards, check, links, numbers, site, suggest
from linkindex.cli.group import main

__all__ = ["cards", "check", "links", "main", "numbers", "site", "suggest"]
