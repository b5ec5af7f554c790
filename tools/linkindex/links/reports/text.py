"""The report as lines for a terminal or a log."""

from __future__ import annotations

from linkindex.catalogue.problems import shown
from linkindex.links import wording
from linkindex.links.model import LinkReport, Outcome
from linkindex.wording import counted

LONGEST_ADDRESS = 2000
"""Characters of an address, or of a sentence with one in it: nobody can open half of one."""


def report_text(report: LinkReport) -> str:
    """Every link that is not plainly working, worst first, and a line of totals.

    Each begins with ``FILE:LINE:``, as a compiler's messages do, so that editors can jump there.
    Where the network looks broken, that is said, and nothing of the links that do not count.
    """
    lines = wording.troubles(report)
    counting = report.counting
    if counting.outcomes or not report.disturbance:
        for verdict in wording.FOR_EDITORS:
            lines += [_line(outcome) for outcome in counting.having(verdict)]
        lines.append(_totals(counting))
    return "\n".join(lines) + "\n"


def _totals(report: LinkReport) -> str:
    totals = ", ".join(f"{count} {verdict}" for verdict, count in report.counts.items() if count)
    links = counted(len(report.outcomes), "link")
    return f"{links} checked{': ' if totals else ''}{totals}"


def _line(outcome: Outcome) -> str:
    link, reason = outcome.link, wording.reason(outcome.cause)
    return (
        f"{shown(link.file, 200)}:{link.line}: {outcome.verdict}: {shown(link.owner_title, 200)} "
        f"({shown(link.address, LONGEST_ADDRESS)}): {shown(reason, LONGEST_ADDRESS)}"
    )
