"""The command that says what a person should read again, and signs off what was read."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linkindex.catalogue import Catalogue, Resource
from linkindex.catalogue.loading import read_whole
from linkindex.catalogue.problems import Location, quoted, shown
from linkindex.cli.console import say
from linkindex.cli.group import began, main
from linkindex.cli.index import checked, link_in_use, show_and_save
from linkindex.cli.options import catalogue_option
from linkindex.wording import counted

if TYPE_CHECKING:
    from linkindex.upkeep.claims import DatedClaim


@main.command(short_help="List what a person should read again.")
@catalogue_option
@click.option(
    "--due", is_flag=True, help="Only what is due: a day has come, or one source is known."
)
@click.option("--done", metavar="ID", multiple=True, help="Sign off a link that you have read.")
def review(catalogue_path: Path, *, due: bool, done: tuple[str, ...]) -> None:
    """List which links a person should read again, and when; or sign them off.

    A review holds for twelve months, unless the index or the category says otherwise with
    `review_every:` (in months). `steward:` of a category says whose turn it is.

    Claims come first: links, cautions and words that say until when they hold (`claim_until:`,
    or `as_of:` and the months of a review). One that rests on a single source (`evidence:`) is
    due until a second is written there, or until a person has signed its link off.

    \b
    Example:
        linkindex review --due
        linkindex review --done cdc-about-aces
    """
    from linkindex.upkeep.claims import dated_claims, doubtful_claims
    from linkindex.upkeep.reviews import overdue, review_queue

    catalogue = checked(catalogue_path)
    today = began().date()
    if done:
        _sign_off(catalogue, catalogue_path, done, today)
        return
    doubtful = doubtful_claims(catalogue, today)
    for claim in doubtful if due else dated_claims(catalogue):
        say(_claim_line(claim, catalogue.at(claim.claim.line), today))
    queue = overdue(catalogue, today) if due else review_queue(catalogue)
    for entry in queue:
        resource = entry.resource
        steward = f" ({shown(entry.steward)})" if entry.steward else ""
        word = "due since" if entry.is_due(today) else "due on"
        say(
            f"{catalogue.at(resource.line)}: {word} {entry.due.isoformat()}: "
            f"{shown(resource.title, 100)} [{resource.id}], {shown(entry.category.title)}{steward}"
        )
    late = len(overdue(catalogue, today))
    current = catalogue.current_resources
    own = [resource for resource in current if not catalogue.source_of(resource)]
    never = sum(resource.reviewed is None for resource in own)
    say(
        f"{late} of {counted(len(own), 'link')} "
        f"{'is' if late == 1 else 'are'} due for a review; {never} never reviewed."
    )
    if taken := len(current) - len(own):
        say(
            f"{counted(taken, 'more link')} {'is' if taken == 1 else 'are'} taken from others, who "
            "review them."
        )
    if doubtful:
        say(
            f"{counted(len(doubtful), 'claim')} to look into: find out what holds, then write "
            "another `as_of:` or `claim_until:`, or one more source under `evidence:`."
        )


def _claim_line(claim: DatedClaim, place: Location, today: datetime.date) -> str:
    """What is known of a claim, and where it stands."""
    days = claim.claim
    known = []
    if days.claim_until:
        verb = "may have changed since" if claim.has_aged(today) else "holds until"
        known.append(f"{verb} {days.claim_until.isoformat()}")
    elif days.as_of and claim.due:
        word = "due since" if claim.has_aged(today) else "due on"
        known.append(f"as of {days.as_of.isoformat()}, {word} {claim.due.isoformat()}")
    if claim.rests_on_one_source:
        known.append(f"rests only on {quoted(days.evidence[0])}")
    name = shown(claim.name, 100)
    if isinstance(days, Resource):
        name += f" [{days.id}]"
    where = f", {shown(claim.category.title)}" if claim.category else ""
    steward = f" ({shown(claim.steward)})" if claim.steward else ""
    return f"{place}: {'; '.join(known) or 'can be traced'}: {name}{where}{steward}"


def _sign_off(catalogue: Catalogue, path: Path, names: Sequence[str], today: datetime.date) -> None:
    from linkindex.upkeep.links import with_review
    from linkindex.upkeep.saving import placed_errors
    from linkindex.upkeep.taken import refusal

    whole = read_whole(path)
    after = whole.text
    with placed_errors(whole):
        for name in names:
            resource = link_in_use(catalogue, name)
            if catalogue.source_of(resource):
                raise refusal(catalogue, resource)
            after = with_review(after, resource.id, today, catalogue.file)
    if show_and_save(path, whole, after, unchanged="That was signed off today already."):
        say(f"Signed off {counted(len(names), 'link')} in {path}.")
