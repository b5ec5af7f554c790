"""What readers are told of the health of links, and what is kept from them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from linkindex.catalogue import Catalogue, Problem, Resource, Severity, ShownCatalogue
from linkindex.links import wording
from linkindex.links.history.kept import kept_history
from linkindex.links.history.lines import History, PastLook, PastSweep
from linkindex.links.history.standing import LinkStanding, is_overdue, last_sweep, standings
from linkindex.speaking import _
from linkindex.wording import date_in_words

MOST_SWEEPS = 26
"""Sweeps of the chart: half a year of weeks."""


class LinkNotes(NamedTuple):
    """What readers are told beside the links.

    ``marks`` of a link that fails and ``checked`` of when it last opened, both by id, and
    ``last_check`` of all together. ``apart`` is what of ``checked`` is not said by that already.
    """

    marks: dict[str, str]
    checked: dict[str, str]
    last_check: str
    apart: dict[str, str]


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
        standing = self.standings.get(resource.url) if resource.url else None
        return standing if standing and standing.last_look else None

    def withheld(self, catalogue: Catalogue) -> frozenset[str]:
        """The ids of links that readers must be kept away from."""
        # Whoever took one address of a link over may have the others tomorrow.
        return frozenset(
            resource.id
            for resource, address in catalogue.every_page
            if (standing := self.standings.get(address)) and standing.harmful
        )

    def notes(self, catalogue: Catalogue) -> LinkNotes:
        """What readers are told beside the links of an index."""
        checked = self.checked(catalogue)
        usual = ("", wording.last_opened(self.swept) if self.swept else "")
        apart = {name: said for name, said in checked.items() if said not in usual}
        return LinkNotes(self.marks(catalogue), checked, self.last_check, apart)

    def marks(self, catalogue: Catalogue) -> dict[str, str]:
        """What readers are told of a link that fails, by id."""
        marks = {
            resource.id: wording.mark(standing.verdict, standing.last_look)
            for resource in catalogue.current_resources
            if (standing := self.standing(resource))
        }
        return {name: mark for name, mark in marks.items() if mark}

    def checked(self, catalogue: Catalogue) -> dict[str, str]:
        """What the last check says of a link, by id; nothing of one that has a mark."""
        marks = self.marks(catalogue)
        own = {
            resource.id: "" if resource.id in marks else wording.last_opened(standing.last_worked)
            for resource in catalogue.current_resources
            if (standing := self.standing(resource))
        }
        return self._of_others(catalogue) | own

    def _of_others(self, catalogue: Catalogue) -> dict[str, str]:
        """What those say of a link from whom it is taken, until a check here has looked at it."""
        opened = catalogue.taken.opened if catalogue.taken else {}
        return {
            resource.id: wording.last_opened_by(*opened[resource.id])
            for resource in catalogue.current_resources
            if resource.id in opened and opened[resource.id][1] <= catalogue.day
        }

    @property
    def last_check(self) -> str:
        """When links were last swept, as a sentence; empty if they never were."""
        if self.swept is None:
            return ""
        day = date_in_words(self.swept)
        said = _("A program last checked these links on {day}.").format(day=day)
        overdue = _("That is too long ago.")
        return f"{said} {overdue}" if self.sweep_is_overdue else said


def site_health(catalogue: Catalogue, history: History, now: datetime.datetime) -> SiteHealth:
    """How the links of an index stand in the light of a history."""
    addresses = [address for _, address in catalogue.every_page]
    swept = last_sweep(history)
    return SiteHealth(
        now.date(),
        {standing.address: standing for standing in standings(history, addresses, now.date())},
        history.sweeps[-MOST_SWEEPS:],
        swept.date() if swept else None,
        is_overdue(history, now),
    )


@dataclass(frozen=True)
class IndexWithHealth:
    """An index, how its links stand, and what of it may be shown.

    ``catalogue`` is all that is written, for those who keep the index. ``problems`` are those of
    the history: with an error among them, something that was hidden may be shown again.
    """

    catalogue: Catalogue
    health: SiteHealth
    shown: ShownCatalogue
    history: History
    problems: tuple[Problem, ...] = ()

    @property
    def dangers(self) -> tuple[PastLook, ...]:
        """The last look at each hidden link that found a danger."""
        hidden = sorted(
            (resource.id, address)
            for resource, address in self.catalogue.every_page
            if resource.id in self.shown.withheld
        )
        looks = (
            [look for look in self.history.looks_at(address) if look.is_harmful]
            for _, address in hidden
        )
        return tuple(of_page[-1] for of_page in looks if of_page)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems for which nothing may be published."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)


def with_health(
    catalogue: Catalogue, catalogue_path: Path, now: datetime.datetime
) -> IndexWithHealth:
    """An index together with what past checks found of its links.

    This is the way from what is written to what may be shown.

    :param catalogue_path: where the index was named.
    :raises LinkIndexError: when the history is there and cannot be opened.
    """
    kept = kept_history(catalogue, catalogue_path, now.date())
    health = site_health(catalogue, kept.history, now)
    shown = without_harmful(catalogue, health)
    return IndexWithHealth(catalogue, health, shown, kept.history, kept.problems)


def without_harmful(catalogue: Catalogue, health: SiteHealth) -> ShownCatalogue:
    """The index without the links that readers must be kept away from; their codes still answer."""
    return ShownCatalogue.of(catalogue, health.withheld(catalogue))
