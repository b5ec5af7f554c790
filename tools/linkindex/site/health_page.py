"""The page that says how the links of an index are. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from linkindex.catalogue import Catalogue, Category
from linkindex.links.history import OPENS, PastSweep
from linkindex.links.model import Verdict
from linkindex.links.review import overdue
from linkindex.site import wording
from linkindex.site.health import SiteHealth
from linkindex.site.templating import render


class Bar(NamedTuple):
    """One row of a chart: a name, what it means, how many, and its share in percent."""

    name: str
    meaning: str
    links: int
    share: float


class TopicHealth(NamedTuple):
    """One topic: how many of its links stand how."""

    title: str
    code: str
    total: int
    in_order: int
    not_in_order: int
    unknown: int
    due: int
    steward: str


class SweepBar(NamedTuple):
    """One sweep of the chart over time; places are in units of the drawing."""

    day: str
    total: int
    in_order: int
    failing: int
    x: float
    height: float
    failing_height: float


_MEANINGS = {
    Verdict.WORKING: ("Opens", "the page is there"),
    Verdict.MOVED: ("Moved", "it opens, at a new address"),
    Verdict.BLOCKED: ("Refuses programs", "a person must open it to know"),
    Verdict.UNVERIFIED: ("Not known", "no clear answer yet"),
    Verdict.BROKEN: ("Broken", "it failed on several days"),
    Verdict.SUSPECT: ("Being checked", "it opens, but may be something else"),
}
CHART_WIDTH, CHART_HEIGHT = 520.0, 120.0


def health_page(catalogue: Catalogue, health: SiteHealth) -> str:
    """The page 'Health of this index'.

    :param catalogue: with the links that are withheld, which are counted here.
    """
    everything = replace(catalogue, withheld=frozenset())
    due = Counter(one.category.id for one in overdue(everything, health.today))
    topics = [
        _topic(health, category, due[category.id]) for category in everything.current_categories
    ]
    counts = Counter(
        found.verdict if (found := health.standing(resource)) else Verdict.UNVERIFIED
        for resource in everything.current_resources
    )
    total = len(everything.current_resources)
    bars = [
        Bar(name, meaning, counts[verdict], _share(counts[verdict], total))
        for verdict, (name, meaning) in _MEANINGS.items()
    ]
    return render(
        "health.html",
        index=catalogue.settings,
        health=health,
        swept=wording.date_in_words(health.swept) if health.swept else "",
        total=total,
        bars=bars,
        topics=topics,
        sweeps=_sweep_bars(health.sweeps),
        width=CHART_WIDTH,
        height=CHART_HEIGHT,
        due=sum(due.values()),
        withheld=len(health.withheld(everything)),
        flapping=sum(one.flapping for one in health.standings.values()),
        opened=sum(one.opened is not None for one in health.standings.values()),
        root="../",
    )


def _topic(health: SiteHealth, category: Category, due: int) -> TopicHealth:
    own = [resource for resource in category.resources if resource.retired is None]
    found = [health.standing(resource) for resource in own]
    in_order = sum(1 for one in found if one and one.verdict in OPENS)
    failing = sum(1 for one in found if one and one.verdict in (Verdict.BROKEN, Verdict.SUSPECT))
    return TopicHealth(
        category.outside_title,
        category.code,
        len(own),
        in_order,
        failing,
        len(own) - in_order - failing,
        due,
        category.steward or "",
    )


def _sweep_bars(sweeps: Sequence[PastSweep]) -> list[SweepBar]:
    step = CHART_WIDTH / max(1, len(sweeps))
    bars = []
    for place, sweep in enumerate(sweeps):
        counts = dict(sweep.counts)
        in_order = sum(counts.get(verdict, 0) for verdict in OPENS)
        failing = counts.get(Verdict.BROKEN, 0) + counts.get(Verdict.SUSPECT, 0)
        scale = CHART_HEIGHT / max(1, sweep.total)
        bars.append(
            SweepBar(
                wording.date_in_words(sweep.at.date()),
                sweep.total,
                in_order,
                failing,
                round(place * step, 1),
                round(in_order * scale, 1),
                round(failing * scale, 1),
            )
        )
    return bars


def _share(part: int, total: int) -> float:
    return round(100 * part / total, 1) if total else 0.0
