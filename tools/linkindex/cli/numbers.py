"""``linkindex numbers``."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linkindex.catalogue import Catalogue, LinkIndexError, Standing
from linkindex.catalogue.fields import FIRST_DAY_OF_THE_WEB
from linkindex.catalogue.problems import shown
from linkindex.cli.console import say
from linkindex.cli.group import began, main
from linkindex.cli.index import show_and_save, sound
from linkindex.cli.options import catalogue_option, role_option
from linkindex.wording import counted

if TYPE_CHECKING:
    from linkindex.upkeep.numbers import Listed


@main.group(short_help="List the numbers to call and text.", invoke_without_command=True)
@catalogue_option
@click.pass_context
def numbers(context: click.Context, catalogue_path: Path) -> None:
    """List every number to call or text, and whether somebody has confirmed it.

    A number that nobody has confirmed is on no card, but for 999, 112, 111, 101 and 18000 (999 by
    Relay UK). To confirm one, ring it (or text it). If the right service answers, note it with
    `numbers confirm`.

    \b
    Example:
        linkindex numbers
        linkindex numbers confirm "0800 1111" "text 85258" --by "family team"
    """
    from linkindex.upkeep.numbers import listed_numbers

    if context.invoked_subcommand:
        return
    catalogue, tree = sound(catalogue_path)
    for line in _numbers(listed_numbers(catalogue, tree), catalogue):
        say(line)


@numbers.command(short_help="Note that you have rung a number.")
@catalogue_option
@click.argument("wanted", nargs=-1, required=True, metavar="NUMBER...")
@click.option(
    "--on",
    "day",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    metavar="DAY",
    help="The day on which you rang it; today by default.",
)
@role_option
@click.option("--dry-run", is_flag=True, help="Show the change and write nothing.")
def confirm(
    catalogue_path: Path,
    *,
    wanted: tuple[str, ...],
    day: datetime.datetime | None,
    role: str,
    dry_run: bool,
) -> None:
    """Note that you have rung or texted each NUMBER and the right service answered.

    This changes resources.yaml. Write a number as `linkindex numbers` lists it, in quotes. It is
    confirmed wherever it stands. Calling and texting are confirmed separately. ROLE says who rang,
    such as 'family team', and is kept beside the number; no page and no card shows it.

    \b
    Example:
        linkindex numbers confirm "0800 1111" --by "family team"
        linkindex numbers confirm "text 85258" --by "duty desk" --on 2026-11-24
    """
    from linkindex.catalogue.loading import read_whole
    from linkindex.upkeep import numbers as upkeep
    from linkindex.upkeep.saving import placed_errors

    today = began().date()
    rung = day.date() if day else today
    if rung > today:
        raise LinkIndexError(f"{rung.isoformat()} is in the future; say the day on which you rang")
    if rung < FIRST_DAY_OF_THE_WEB:
        raise LinkIndexError(
            f"{rung.isoformat()} is before the web existed; check the year of --on"
        )
    catalogue, tree = sound(catalogue_path)
    whole = read_whole(catalogue_path)
    listed = upkeep.listed_numbers(catalogue, tree)
    with placed_errors(whole):
        after, chosen = upkeep.confirm(whole.text, listed, list(wanted), rung, role, whole.file)
    unchanged = "There is nothing to change."
    if show_and_save(catalogue_path, whole, after, unchanged=unchanged, dry_run=dry_run):
        days = catalogue.settings.number_days
        until = rung + datetime.timedelta(days=days)
        say(
            f"Confirmed in {counted(len(chosen), 'place')}; holds until {until.isoformat()} "
            f"({days} days)."
        )


def _numbers(listed: list[Listed], catalogue: Catalogue) -> Iterator[str]:
    """The numbers as a table, and what to do about those that nobody has confirmed."""
    width = max((len(number.called) for number in listed), default=0)
    for number in listed:
        checked = number.phone.number_checked
        known = f"{number.standing} {checked.isoformat()}" if checked else str(number.standing)
        place = f"{number.where}, {catalogue.at(number.line)}"
        yield f"{known:<21}  {number.called:<{width}}  {shown(number.name, 100)} ({place})"
    yield counts(listed)
    if any(not number.standing.may_be_printed for number in listed):
        yield "Ring a number, and if the right service answers, note it:"
        yield "linkindex numbers confirm NUMBER --by ROLE"


def counts(listed: list[Listed]) -> str:
    """How many numbers there are of each standing."""
    counts = Counter(number.standing for number in listed)
    totals = ", ".join(
        f"{counts[standing]} {standing}" for standing in Standing if counts[standing]
    )
    return f"{counted(len(listed), 'number')}: {totals}." if listed else "There are no numbers."
