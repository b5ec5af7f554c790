"""What readers are told of the health of links, and the page that says how the index is. Pure."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from linkindex.catalogue import Catalogue, Category, Resource
from linkindex.links.history import FILE_NAME, History, PastSweep, read_history
from linkindex.links.model import Verdict
from linkindex.links.review import overdue
from linkindex.links.standing import LinkStanding, is_overdue, last_sweep, standings
from linkindex.site import wording
from linkindex.site.templating import render

MOST_SWEEPS = 26
"""Sweeps of the chart: half a year of weeks."""

_OPENS = (Verdict.WORKING, Verdict.MOVED)


class LinkNotes(NamedTuple):
    """What readers are told beside the links.

    ``marks`` of a link that is not in order and ``checked`` of when it last was, both by id, and
    ``last_check`` of all together.
    """

    marks: dict[str, str]
    checked: dict[str, str]
    last_check: str


@dataclass(frozen=True)
class SiteHealth:
    """How the links of an index stand on a day.

    ``standings`` are by address. Without a history nothing is known of any link.
    """

    today: datetime.date
    standings: dict[str, LinkStanding] = field(default_factory=dict)
    sweeps: tuple[PastSweep, ...] = ()
    swept: datetime.date | None = None
    sweep_is_overdue: bool = True

    def standing(self, resource: Resource) -> LinkStanding | None:
        """How a link stands; ``None`` for one that was never looked at."""
        found = self.standings.get(resource.url)
        return found if found and found.last_look else None

    def withheld(self, catalogue: Catalogue) -> frozenset[str]:
        """The ids of links that readers must be kept away from."""
        return frozenset(
            resource.id
            for resource in catalogue.current_resources
            if (found := self.standing(resource)) and found.harmful
        )

    def notes(self, catalogue: Catalogue) -> LinkNotes:
        """What readers are told beside the links of an index."""
        return LinkNotes(self.marks(catalogue), self.checked(catalogue), self.last_check)

    def marks(self, catalogue: Catalogue) -> dict[str, str]:
        """What readers are told of a link that is not in order, by id."""
        told = {
            resource.id: self._mark(found)
            for resource in catalogue.current_resources
            if (found := self.standing(resource))
        }
        return {name: mark for name, mark in told.items() if mark}

    def checked(self, catalogue: Catalogue) -> dict[str, str]:
        """What the last check says of a link, by id; nothing of one that has a mark."""
        return {
            resource.id: "" if self._mark(found) else self._seen(found)
            for resource in catalogue.current_resources
            if (found := self.standing(resource))
        }

    @property
    def last_check(self) -> str:
        """When links were last swept, as a sentence; empty if they never were."""
        if self.swept is None:
            return ""
        day = wording.date_in_words(self.swept)
        if self.sweep_is_overdue:
            return f"A program last checked these links on {day}. That is too long ago."
        return f"A program last checked these links on {day}."

    @staticmethod
    def _seen(found: LinkStanding) -> str:
        if found.last_in_order is None:
            return "Link checked, without a clear answer."
        return f"Link last opened on {wording.date_in_words(found.last_in_order)}."

    @staticmethod
    def _mark(found: LinkStanding) -> str:
        day = wording.date_in_words(found.last_look) if found.last_look else ""
        if found.verdict is Verdict.BROKEN:
            return f"Did not open when last checked, on {day}."
        if found.verdict is Verdict.SUSPECT:
            return "May lead to another page by now."
        return ""


def site_health(catalogue: Catalogue, history: History, now: datetime.datetime) -> SiteHealth:
    """How the links of an index stand in the light of a history."""
    addresses = [resource.url for resource in catalogue.current_resources]
    swept = last_sweep(history)
    return SiteHealth(
        now.date(),
        {one.address: one for one in standings(history, addresses, now.date())},
        history.sweeps[-MOST_SWEEPS:],
        swept.date() if swept else None,
        is_overdue(history, now),
    )


def health_beside(catalogue: Catalogue, catalogue_path: Path) -> SiteHealth:
    """The health that the history beside a catalogue shows today."""
    history = read_history(catalogue_path.parent / FILE_NAME)
    return site_health(catalogue, history, datetime.datetime.now(datetime.UTC))


def without_harmful(catalogue: Catalogue, health: SiteHealth) -> Catalogue:
    """The index without the links that readers must be kept away from; their codes still answer."""
    return replace(catalogue, withheld=health.withheld(catalogue))


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
    in_order = sum(1 for one in found if one and one.verdict in _OPENS)
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
        in_order = sum(counts.get(verdict, 0) for verdict in _OPENS)
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
