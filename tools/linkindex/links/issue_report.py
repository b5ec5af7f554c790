"""The text of the one issue that the weekly check keeps up to date. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from linkindex.links.markdown_report import as_code, as_text, table
from linkindex.links.model import LinkReport, Verdict
from linkindex.links.review import Review

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


def issue_text(
    report: LinkReport, due: Sequence[Review], flapping: Sequence[str] = ()
) -> str | None:
    """The text of the issue, or ``None`` when nothing needs a person.

    :param report: as it stands in the light of the history.
    :param due: links whose review is overdue.
    :param flapping: addresses that open one week and fail the next.
    """
    parts = []
    for verdict, heading in _PARTS.items():
        outcomes = report.having(verdict)
        if outcomes:
            parts.append(f"## {heading} ({len(outcomes)})\n\n{table(outcomes)}")
    if flapping:
        listed = "".join(f"- {as_code(address)}\n" for address in flapping)
        parts.append(f"## Open one week and not the next ({len(flapping)})\n\n{listed}")
    if due:
        parts.append(_reviews(due))
    if not parts:
        return None
    when = f"{report.checked_at:%d %B %Y at %H:%M} UTC"
    head = (
        f"{MARK}\nThe check of {when} looked at {len(report.outcomes)} links. This issue is "
        "rewritten by each weekly check and closed when nothing is left.\n"
    )
    text = "\n".join([head, *parts])
    if len(text) > MOST_CHARACTERS:
        cut = text[:MOST_CHARACTERS].rpartition("\n")[0]
        text = f"{cut}\n\nThe rest is in the report of the run.\n"
    return text


def _reviews(due: Sequence[Review]) -> str:
    rows = "".join(
        f"| {as_text(review.resource.title)} | {as_text(review.category.title)} "
        f"| {as_text(review.steward) or 'nobody named'} | {_date(review.due)} |\n"
        for review in due[:_MOST_REVIEWS]
    )
    more = len(due) - _MOST_REVIEWS
    rest = f"\n{more} more: run `linkindex review --due`.\n" if more > 0 else ""
    return (
        f"## Reviews that are due ({len(due)})\n\n"
        "Read the page, then run `linkindex review --done ID`.\n\n"
        f"| Link | Category | Steward | Due since |\n| --- | --- | --- | --- |\n{rows}{rest}"
    )


def _date(day: datetime.date) -> str:
    return day.isoformat()
