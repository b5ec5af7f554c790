"""The text of the one issue that the weekly check keeps up to date. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from linkindex.catalogue.problems import shown
from linkindex.links import wording
from linkindex.links.model import LinkReport, MissingParts, Verdict
from linkindex.links.reports.markdown import as_code, as_text, table
from linkindex.links.wording import as_sentence
from linkindex.upkeep.claims import DatedClaim
from linkindex.upkeep.reviews import Review
from linkindex.wording import counted, moment_in_words

MARK = "<!-- kept up to date by linkindex: link health -->"
"""By which the issue is known again; GitHub does not show it."""

TITLE = "Links that need a person"

MOST_CHARACTERS = 60_000
"""GitHub takes 65,536 characters."""

_PARTS = {
    Verdict.SUSPECT: "Suspect: open with care, they may be in other hands",
    Verdict.BROKEN: "Broken",
    Verdict.MOVED: "Moved for good: run `linkindex links --fix`",
    Verdict.BLOCKED: "Blocked: open by hand, then run `linkindex links opened ID --by ROLE`",
}
_MOST_REVIEWS = 50
_MOST_CLAIMS = 50


def issue_text(
    report: LinkReport,
    due: Sequence[Review],
    flapping: Sequence[str] = (),
    doubtful: Sequence[DatedClaim] = (),
) -> str | None:
    """The text of the issue, or ``None`` when nothing needs a person.

    :param report: as it stands in the light of the history; it may name missing parts, and say that
        pages could not be judged.
    :param due: links whose review is overdue.
    :param flapping: addresses that open one week and fail the next.
    :param doubtful: claims whose day has passed, or that rest on one source.
    """
    parts = []
    for verdict, heading in _PARTS.items():
        outcomes = report.having(verdict)
        if outcomes:
            parts.append(f"## {heading} ({len(outcomes)})\n\n{table(outcomes)}")
    if flapping:
        listed = "".join(f"- {as_code(address)}\n" for address in flapping)
        parts.append(f"## Opening one week and failing the next ({len(flapping)})\n\n{listed}")
    reading = [_claims(doubtful)] if doubtful else []
    reading += [_reviews(due)] if due else []
    reviews = "\n".join(reading)
    if not parts and not reviews and not report.missing and not report.fault:
        return None
    count = counted(len(report.outcomes), "link")
    head = (
        f"{MARK}\nWhat is known of the {count} of the index after the check of "
        f"{moment_in_words(report.checked_at)}. This issue is rewritten by each weekly check "
        "and closed when nothing is left.\n"
    )
    if report.fault:
        parts.insert(0, f"**{as_sentence(wording.fault(report.fault))}**\n")
    if report.missing:
        parts.insert(0, _missing(report.missing))
    return "\n".join(
        [_shortened("\n".join([head, *parts]), MOST_CHARACTERS - len(reviews)), reviews]
    )


def _shortened(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return f"{text[:most].rpartition(chr(10))[0]}\n\nThe rest is in the report of the run.\n"


def _missing(missing: MissingParts) -> str:
    return (
        "## The check was not complete\n\n"
        f"**{as_sentence(wording.missing(missing))}** What is said of them below was known before, "
        "and the run does not count as a sweep. The run says why the part failed; choose "
        "*Re-run failed jobs* there.\n"
    )


def _reviews(due: Sequence[Review]) -> str:
    rows = "".join(
        f"| {as_text(review.resource.title)} | {as_code(review.resource.id)} "
        f"| {as_text(review.category.title)} | {as_text(review.steward) or 'nobody named'} "
        f"| {review.due.isoformat()} |\n"
        for review in due[:_MOST_REVIEWS]
    )
    more = len(due) - _MOST_REVIEWS
    rest = f"\nAnd {more} more: `linkindex review --due` lists them all.\n" if more > 0 else ""
    return (
        f"## Reviews that are due ({len(due)})\n\n"
        "Read the page, then run `linkindex review --done ID`.\n\n"
        "| Link | ID | Category | Steward | Due since |\n| --- | --- | --- | --- | --- |\n"
        f"{rows}{rest}"
    )


def _claims(doubtful: Sequence[DatedClaim]) -> str:
    rows = "".join(
        f"| {as_text(shown(claim.name, 100))} "
        f"| {as_text(claim.category.title if claim.category else '')} "
        f"| {as_text(claim.steward) or 'nobody named'} "
        f"| {claim.claim.claim_until or claim.claim.as_of or ''} "
        f"| {'one source' if claim.rests_on_one_source else ''} |\n"
        for claim in doubtful[:_MOST_CLAIMS]
    )
    more = len(doubtful) - _MOST_CLAIMS
    rest = f"\nAnd {more} more: `linkindex review --due` lists them all.\n" if more > 0 else ""
    return (
        f"## Claims that may no longer hold ({len(doubtful)})\n\n"
        "Find out what holds, then change `as_of:`, `claim_until:` or `evidence:`.\n\n"
        "| What | Category | Steward | Day | Rests on |\n| --- | --- | --- | --- | --- |\n"
        f"{rows}{rest}"
    )
