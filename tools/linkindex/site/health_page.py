"""The page that says how the links of an index are. Pure."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from linkindex.catalogue import Catalogue, Category, Resource, ShownCatalogue
from linkindex.catalogue.languages import unread
from linkindex.links.history.lines import PastSweep
from linkindex.links.model import Verdict
from linkindex.links.wording import for_readers
from linkindex.site.exports import Discretion
from linkindex.site.health import SiteHealth
from linkindex.site.templating import render
from linkindex.speaking import _
from linkindex.upkeep.reviews import Review, review_queue
from linkindex.wording import date_in_words, language_name, listed

MOST_REVIEWS = 500
"""Links due for a review that the page lists: 200 bytes each, 17 KB of it all on the way."""

FEW_REVIEWS = 10
"""So many are shown unfolded."""


class Finding(NamedTuple):
    """One verdict: its name, what it means, how many links have it, and their share in percent.

    ``kind`` is how it is drawn: ``open``, ``failing`` or ``unknown``.
    """

    name: str
    meaning: str
    kind: str
    links: int
    share: float


class TopicHealth(NamedTuple):
    """One topic: how many of its links stand how."""

    title: str
    code: str
    total: int
    in_order: int
    failing: int
    unknown: int

    @property
    def parts(self) -> list[tuple[str, int]]:
        """What its bar is made of, from the left: how a part is drawn, and its links."""
        counts = {"open": self.in_order, "failing": self.failing, "unknown": self.unknown}
        return [(kind, count) for kind, count in counts.items() if count]


class SweepColumn(NamedTuple):
    """One sweep of the charts over time; the heights are in percent of the chart's."""

    day: datetime.date
    total: int
    in_order: int
    failing: int
    open_height: float
    failing_height: float


class OverTime(NamedTuple):
    """A column a sweep, oldest first, and the last of those with the most failing links."""

    columns: tuple[SweepColumn, ...]
    worst: SweepColumn


class DueLink(NamedTuple):
    """A link that a person should read again: where it stands, when it was read, how late that is.

    ``address`` is below the site; empty where readers are kept away from the link. ``days`` is how
    many days it is overdue.
    """

    name: str
    code: str
    address: str
    read: str
    days: int


class DueTopic(NamedTuple):
    """The links of a topic that are due, the longest overdue first; ``total`` may be more."""

    title: str
    steward: str
    total: int
    links: tuple[DueLink, ...]


class Reviews(NamedTuple):
    """What people have read, and should read again. ``next_due`` is the day after today."""

    reviewed: int
    due: int
    topics: tuple[DueTopic, ...]
    next_due: str


def _kind(verdict: Verdict) -> str:
    if verdict.opens:
        return "open"
    return "failing" if verdict.fails else "unknown"


def health_page(
    catalogue: ShownCatalogue, health: SiteHealth, discretion: Discretion | None = None
) -> str:
    """The page 'Health of this index'.

    It draws nothing as long as nothing is known.

    :param catalogue: with the links that are withheld, which are counted here.
    :param discretion: what says which links are neutral, where there is one of this catalogue.
    """
    everything = catalogue.whole
    findings = _findings(everything, health)
    return render(
        "health.html",
        index=catalogue.settings,
        health=health,
        known=any(health.standing(resource) for resource in everything.resources_with_a_page),
        swept=date_in_words(health.swept) if health.swept else "",
        total=len(everything.current_resources),
        with_a_page=len(everything.resources_with_a_page),
        findings=findings,
        standing={
            kind: sum(finding.links for finding in findings if finding.kind == kind)
            for kind in ("open", "failing", "unknown")
        },
        topics=_topics(everything, health),
        over_time=_over_time(health.sweeps),
        reviews=_reviews(everything, health, discretion or Discretion(catalogue)),
        few_reviews=FEW_REVIEWS,
        withheld=len(health.withheld(everything)),
        flapping=sum(standing.flapping for standing in health.standings.values()),
        opened=sum(standing.opened is not None for standing in health.standings.values()),
        unread=listed(map(language_name, languages)) if (languages := unread(catalogue)) else "",
        root="../",
    )


def _findings(catalogue: Catalogue, health: SiteHealth) -> list[Finding]:
    counts = Counter(
        standing.verdict if (standing := health.standing(resource)) else Verdict.UNVERIFIED
        for resource in catalogue.resources_with_a_page
    )
    total = max(1, len(catalogue.resources_with_a_page))
    return [
        Finding(
            name=wording.name,
            meaning=wording.meaning,
            kind=_kind(verdict),
            links=counts[verdict],
            share=round(100 * counts[verdict] / total, 1),
        )
        for verdict, wording in for_readers().items()
    ]


def _topics(catalogue: Catalogue, health: SiteHealth) -> list[TopicHealth]:
    """Every topic, those with the most failing links first, else in the order of the index."""
    topics = [_topic(health, category) for category in catalogue.current_categories]
    return sorted(topics, key=lambda topic: -topic.failing)


def _topic(health: SiteHealth, category: Category) -> TopicHealth:
    own = [r for r in category.resources if r.retired is None and r.url]
    verdicts = [standing.verdict for resource in own if (standing := health.standing(resource))]
    in_order = sum(verdict.opens for verdict in verdicts)
    failing = sum(verdict.fails for verdict in verdicts)
    return TopicHealth(
        category.outside_title,
        category.code,
        len(own),
        in_order,
        failing,
        len(own) - in_order - failing,
    )


def _over_time(sweeps: Sequence[PastSweep]) -> OverTime | None:
    """The charts: how much opened, to the height of all links; how many failed, to the worst."""
    if not sweeps:
        return None
    counts = [dict(sweep.counts) for sweep in sweeps]
    failing = [sum(links for verdict, links in count.items() if verdict.fails) for count in counts]
    most = max(1, *failing)
    columns = []
    for sweep, count, failed in zip(sweeps, counts, failing, strict=True):
        in_order = sum(links for verdict, links in count.items() if verdict.opens)
        columns.append(
            SweepColumn(
                sweep.at.date(),
                sweep.total,
                in_order,
                failed,
                round(100 * in_order / max(1, sweep.total), 1),
                round(100 * failed / most, 1),
            )
        )
    return OverTime(tuple(columns), max(reversed(columns), key=lambda column: column.failing))


def _reviews(catalogue: Catalogue, health: SiteHealth, discretion: Discretion) -> Reviews:
    queue = review_queue(catalogue)
    due = [review for review in queue if review.is_due(health.today)]
    later = queue[len(due) :]
    totals = Counter(review.category.id for review in due)
    place = {category.id: number for number, category in enumerate(catalogue.current_categories)}
    listed = sorted(due[:MOST_REVIEWS], key=lambda review: place[review.category.id])
    withheld = health.withheld(catalogue)
    topics = (
        _due_topic(discretion, list(reviews), totals[name], health.today, withheld)
        for name, reviews in groupby(listed, key=lambda review: review.category.id)
    )
    return Reviews(
        sum(resource.reviewed is not None for resource in catalogue.current_resources),
        len(due),
        tuple(topics),
        date_in_words(later[0].due) if later else "",
    )


def _due_topic(
    discretion: Discretion,
    reviews: Sequence[Review],
    total: int,
    today: datetime.date,
    withheld: frozenset[str],
) -> DueTopic:
    category = reviews[0].category
    links = (
        DueLink(
            _name(discretion, review.resource),
            review.resource.code,
            "" if review.resource.id in withheld else f"{category.code}/#{review.resource.code}",
            date_in_words(review.resource.reviewed) if review.resource.reviewed else _("never"),
            (today - review.due).days,
        )
        for review in reviews
    )
    steward = "" if category.sensitive else category.steward or ""
    return DueTopic(category.outside_title, steward, total, tuple(links))


def _name(discretion: Discretion, resource: Resource) -> str:
    """What this page calls a link: of a sensitive topic, it tells nothing."""
    if discretion.is_neutral(resource):
        return _("Link {code}").format(code=resource.code)
    return resource.title
