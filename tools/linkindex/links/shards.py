"""Sharing a check out among machines, and joining what they found. Pure."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from linkindex.links.danger import registrable
from linkindex.links.model import Link, LinkReport, LinksError


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


def merged(reports: Sequence[LinkReport]) -> LinkReport:
    """The reports of the parts as one, in the order of the file.

    Where most of the parts found their network broken, so was that of the whole.

    :raises LinksError: when there is none.
    """
    if not reports:
        raise LinksError("there is no report to join; name the JSON files of the parts")
    disturbed = [report.disturbance for report in reports if report.disturbance]
    outcomes = sorted(
        {outcome.link: outcome for report in reports for outcome in report.outcomes}.values(),
        key=lambda outcome: (outcome.link.file, outcome.link.line),
    )
    return replace(
        max(reports, key=lambda report: report.checked_at),
        outcomes=tuple(outcomes),
        disturbance=disturbed[0] if len(disturbed) * 2 > len(reports) else "",
    )
