"""The report as lines for a terminal or a log."""

from __future__ import annotations

from linkindex.links.model import LinkReport, Outcome, Verdict

_SHOWN = (Verdict.SUSPECT, Verdict.BROKEN, Verdict.MOVED, Verdict.BLOCKED, Verdict.UNVERIFIED)


def report_text(report: LinkReport) -> str:
    """Every link that is not plainly working, worst first, and a line of totals.

    Each begins with ``FILE:LINE:``, as a compiler's messages do, so that editors can jump there.
    """
    lines = [report.missing.sentence] if report.missing else []
    lines += [report.disturbance] if report.disturbance else []
    shown = () if report.disturbance else _SHOWN
    lines += [_line(outcome) for verdict in shown for outcome in report.having(verdict)]
    totals = ", ".join(f"{count} {verdict}" for verdict, count in report.counts.items() if count)
    noun = "link" if len(report.outcomes) == 1 else "links"
    lines.append(f"{len(report.outcomes)} {noun} checked{': ' if totals else ''}{totals}")
    return "\n".join(lines) + "\n"


def _line(outcome: Outcome) -> str:
    link = outcome.link
    return (
        f"{link.file}:{link.line}: {outcome.verdict}: {link.owner_title} ({link.address}): "
        f"{outcome.reason}"
    )
