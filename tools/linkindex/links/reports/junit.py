"""The report as JUnit XML, which many other systems show."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from linkindex.catalogue.problems import shown
from linkindex.links import wording
from linkindex.links.model import LinkReport, Outcome, Verdict
from linkindex.links.reports.text import LONGEST_ADDRESS


def report_junit(report: LinkReport) -> str:
    """One test case a link: broken and suspect ones failed, and those of which nothing is known
    were skipped. A disturbed network or a missing part is an error of the whole."""
    cases = [_case(outcome) for outcome in report.outcomes]
    failures = sum(outcome.verdict.fails for outcome in report.outcomes)
    skipped = sum(
        outcome.verdict in (Verdict.BLOCKED, Verdict.UNVERIFIED) for outcome in report.outcomes
    )
    troubles = wording.troubles(report)
    suite = Xml.Element(
        "testsuite",
        {
            "name": "links",
            "tests": str(len(cases)),
            "failures": str(failures),
            "skipped": str(skipped),
            "errors": "1" if troubles else "0",
            "timestamp": report.checked_at.strftime("%Y-%m-%dT%H:%M:%S"),
        },
    )
    suite.extend(cases)
    if troubles:
        Xml.SubElement(suite, "system-err").text = "\n".join(troubles)
    suites = Xml.Element("testsuites")
    suites.append(suite)
    Xml.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(suites, "unicode") + "\n"


def _case(outcome: Outcome) -> Xml.Element:
    link = outcome.link
    case = Xml.Element(
        "testcase",
        {
            "classname": f"{_safe(link.file)}:{link.line}",
            "name": _safe(f"{link.owner_title} ({link.address})"),
        },
    )
    if outcome.verdict.fails:
        failure = {"type": str(outcome.verdict), "message": _safe(wording.reason(outcome.cause))}
        Xml.SubElement(case, "failure", failure)
    elif outcome.verdict in (Verdict.BLOCKED, Verdict.UNVERIFIED):
        message = f"{outcome.verdict}: {wording.reason(outcome.cause)}"
        Xml.SubElement(case, "skipped", {"message": _safe(message)})
    return case


def _safe(text: str) -> str:
    """A text of one line; what XML cannot hold is among what nobody would see."""
    return shown(text, LONGEST_ADDRESS)
