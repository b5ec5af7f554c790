"""The command ``linkindex``: parse, call, print."""

from __future__ import annotations

import datetime
import os
import sys
from pathlib import Path

import click

from linkindex.catalogue import Catalogue, LinkIndexError, Problem, Severity
from linkindex.catalogue.loading import examine, read_file
from linkindex.catalogue.permalinks import check_ledger, ledger_path
from linkindex.icons import icon_names


@click.group()
def main() -> None:
    """One catalogue of good links becomes a website and a ring of QR cards."""


@main.command()
@click.option("--catalogue", default="resources.yaml", type=click.Path(path_type=Path))
def check(catalogue: Path) -> None:
    """Say everything that is wrong with the catalogue."""
    examined = examine(
        read_file(catalogue), file=catalogue.name, icons=icon_names(), today=datetime.date.today()
    )
    for problem in examined.problems:
        click.echo(problem)
    sys.exit(1 if examined.errors else 0)
