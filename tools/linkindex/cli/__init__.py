"""The command line: parse, call, print. Each module adds its commands to the group."""

from linkindex.cli import (
    cards,
    changes,
    check,
    editing,
    hand_out,
    host,
    importing,
    links,
    numbers,
    parts,
    review,
    sharing,
    site,
    starting,
    suggest,
    upgrade,
    visits,
)
from linkindex.cli.group import main

__all__ = [
    "cards",
    "changes",
    "check",
    "editing",
    "hand_out",
    "host",
    "importing",
    "links",
    "main",
    "numbers",
    "parts",
    "review",
    "sharing",
    "site",
    "starting",
    "suggest",
    "upgrade",
    "visits",
]
