"""The report as Markdown, for the summary of a workflow or an issue."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from linkindex.catalogue.problems import shown
from linkindex.links import wording
from linkindex.links.model import LinkReport, Outcome
from linkindex.links.reports.text import LONGEST_ADDRESS
from linkindex.wording import counted, moment_in_words

MOST_ROWS = 500
"""Rows a table at most: the summary of a GitHub step ends at 1 MiB."""


def report_markdown(report: LinkReport) -> str:
    """Totals, then a table for each verdict that asks something of a person, worst first.

    Where the network looks broken, that comes first, and nothing of the links that do not count.
    """
    parts = ["# Link check\n", *(f"**{words}**\n" for words in wording.troubles(report))]
    if report.disturbance:
        report = report.counting
        if not report.outcomes:
            return "\n".join(parts)
    total = len(report.outcomes)
    counts = "".join(
        f"| {verdict.capitalize()} | {count} |\n" for verdict, count in report.counts.items()
    )
    parts += [
        f"{counted(total, 'link')}, checked on {moment_in_words(report.checked_at)}.\n",
        f"| Verdict | Links |\n| --- | ---: |\n{counts}",
    ]
    for verdict, (heading, advice) in wording.FOR_EDITORS.items():
        outcomes = report.having(verdict)
        if outcomes:
            parts.append(f"## {heading}\n\n{advice}\n\n{table(outcomes)}")
    return "\n".join(parts)


def table(outcomes: Sequence[Outcome]) -> str:
    """A row for each outcome, at most :data:`MOST_ROWS` of them."""
    rows = "".join(_row(outcome) for outcome in outcomes[:MOST_ROWS])
    left = len(outcomes) - MOST_ROWS
    more = f"\n{left} more are in the JSON report.\n" if left > 0 else ""
    return f"| Where | Link | What was found |\n| --- | --- | --- |\n{rows}{more}"


def _row(outcome: Outcome) -> str:
    link = outcome.link
    cells = (
        as_text(f"{link.file}:{link.line}"),
        f"{as_text(link.owner_title)}: {as_code(link.address)}",
        as_text(wording.reason(outcome.cause)),
    )
    return f"| {' | '.join(cells)} |\n"


def as_code(address: str) -> str:
    """An address as code, never as a link: a broken one may lead to a hijacked site by now."""
    kept = re.sub(r"[\s`|<>]", "", shown(address, LONGEST_ADDRESS))
    return f"`{kept}`"


def as_text(text: str) -> str:
    """Text that cannot be read as Markdown, HTML, a link, a mention, an issue or the end of a cell.

    Addresses within it are shown as code. Everything else that could mean something is written as a
    character reference. GitHub looks for ``@name`` and ``#12`` only after resolving those, so a
    space without width (U+200B) follows these signs and the hyphen of ``GH-12``.
    """
    parts = _ADDRESS.split(shown(text, LONGEST_ADDRESS))
    # Every second part is an address: that is how a pattern with a group splits.
    return "".join(
        as_code(part) if number % 2 else _escaped(part) for number, part in enumerate(parts)
    )


_ADDRESS = re.compile(
    r"((?:\b[a-z][a-z0-9+.-]{1,20}://|\bwww\.)[^\s`|<>]*[^\s`|<>.,;:!?'\")\]])", re.I
)
_NO_WIDTH = "\u200b"


def _escaped(text: str) -> str:
    apart = re.sub(r"[@#]|\bGH-(?=\d)", lambda sign: f"{sign[0]}{_NO_WIDTH}", text, flags=re.I)
    escaped = html.escape(apart, quote=False)
    # The space without width goes by its number too, so that the text of a report shows it.
    return re.sub(rf"[\\`*_\[\]|#~!@:.{_NO_WIDTH}]", lambda sign: f"&#{ord(sign[0])};", escaped)
