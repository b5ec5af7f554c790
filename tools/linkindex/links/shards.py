"""Sharing a check out among machines, and joining what they found. Pure."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from linkindex.links.causes import Why
from linkindex.links.model import (
    Link,
    LinkReport,
    LinksError,
    MissingParts,
    Outcome,
    Part,
    Verdict,
)
from linkindex.links.pages.hosts import registrable


def shard(links: Sequence[Link], number: int, of: int) -> tuple[Link, ...]:
    """The links of one part, all parts being about as large.

    All links to one domain are in the same part, so that its host is never asked by two machines
    at once. Every machine that is given the same links divides them in the same way.

    :param number: which part, from 1.
    :param of: how many parts there are.
    """
    domains = Counter(registrable(link.address) for link in links)
    loads = [(0, part) for part in range(1, of + 1)]
    part_of = {}
    for domain, count in sorted(domains.items(), key=lambda item: (-item[1], item[0])):
        load, part = heapq.heappop(loads)
        part_of[domain] = part
        heapq.heappush(loads, (load + count, part))
    return tuple(link for link in links if part_of[registrable(link.address)] == number)


def part_of(links: Sequence[Link], number: int, of: int) -> Part:
    """What the report of one part says of the whole, for :func:`merged`."""
    own = {link.address for link in shard(links, number, of)}
    others = dict.fromkeys(link.address for link in links if link.address not in own)
    return Part(number, of, tuple(others))


def merged(reports: Sequence[LinkReport]) -> LinkReport:
    """The reports of the parts as one, in the order of the file.

    Where most of the parts found their network broken, so was that of the whole. Where a few did,
    what they have is left out, as if they had never come. The parts that are not there are named;
    :func:`with_lost_links` adds what they should have looked at.

    :raises LinksError: when there is none, or the parts are not of one check.
    """
    if not reports:
        raise LinksError("there is no report to join; name the JSON files of the parts")
    disturbed = [report.disturbance for report in reports if report.disturbance]
    trouble = disturbed[0] if len(disturbed) * 2 > len(reports) else None
    counting = reports if trouble else [report.counting for report in reports]
    outcomes = {outcome.link: outcome for report in counting for outcome in report.outcomes}
    if trouble:
        outcomes = {link: Outcome(link, Verdict.UNVERIFIED, trouble) for link in outcomes}
    return replace(
        max(reports, key=lambda report: report.checked_at),
        outcomes=_in_order(outcomes.values()),
        disturbance=trouble,
        part=None,
        missing=_missing(reports),
        fault=next((report.fault for report in reports if report.fault), None),
    )


def with_lost_links(
    report: LinkReport, reports: Sequence[LinkReport], links: Sequence[Link]
) -> LinkReport:
    """A joined report in which the links of the parts that are not there are unverified.

    They are no looks: add them once the history has kept what was found.

    :param reports: of the parts that came.
    :param links: of the index.
    """
    if report.disturbance:
        return report
    came = {outcome.link.address for part in reports for outcome in part.outcomes}
    lost = _lost(reports)
    outcomes = [
        Outcome(
            link,
            Verdict.UNVERIFIED,
            Why.PART_DISTURBED if link.address in came else Why.PART_MISSING,
        )
        for link in links
        if link.address in lost
    ]
    return replace(report, outcomes=_in_order([*report.outcomes, *outcomes]))


def _missing(reports: Sequence[LinkReport]) -> MissingParts | None:
    sizes = sorted({report.part.of for report in reports if report.part})
    if len(sizes) > 1:
        raise LinksError(
            f"these are parts of different checks, one in {sizes[0]} parts and one in {sizes[-1]}; "
            "join the parts of one check"
        )
    came = {report.part.number: report for report in reports if report.part}
    every = range(1, (sizes or [0])[0] + 1)
    disturbed = tuple(number for number in every if number in came and came[number].disturbance)
    absent = tuple(number for number in every if number not in came or number in disturbed)
    return MissingParts(absent, sizes[0], len(_lost(reports)), disturbed) if absent else None


def _lost(reports: Sequence[LinkReport]) -> set[str]:
    """The addresses that were to be looked at, and of which no report says anything that counts."""
    wanted = {address for report in reports if report.part for address in report.part.others}
    wanted |= {outcome.link.address for report in reports for outcome in report.outcomes}
    return wanted - {
        outcome.link.address for report in reports for outcome in report.counting.outcomes
    }


def _in_order(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    return tuple(sorted(outcomes, key=lambda outcome: (outcome.link.file, outcome.link.line)))
