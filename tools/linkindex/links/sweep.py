"""A check of an index, from beginning to end: choose its links, ask, judge, and remember."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from linkindex.catalogue import Catalogue
from linkindex.links.check import Expectations, check_links
from linkindex.links.history.kept import history_path, kept_history, record
from linkindex.links.history.lines import History, is_whole, looks_of, sweep_of, tidy_file
from linkindex.links.history.standing import (
    is_unsettled,
    lately_opened,
    seen_before,
    standings,
    stood_by,
)
from linkindex.links.looking import Progress
from linkindex.links.model import Link, LinkReport, Part
from linkindex.links.pages.hosts import registrable
from linkindex.links.shards import merged, part_of, shard, with_lost_links
from linkindex.links.sources import catalogue_links, changed_links, identities


@dataclass(frozen=True)
class Choice:
    """Which links of an index a check looks at; all of them, unless something is asked for.

    ``changed_since`` are the bytes of another version of the index, whose links are left out.
    ``unsettled`` asks for those that did not work when they were last looked at, and ``refused``
    for those whose sites refused that look. ``shard`` is one part (from 1) of so many.
    """

    changed_since: bytes | None = None
    unsettled: bool = False
    refused: bool = False
    shard: tuple[int, int] | None = None


@dataclass(frozen=True)
class Plan:
    """The ``links`` that a check looks at, of ``every`` link of its index.

    ``reliable`` are the addresses of links that opened when they were last looked at, not long ago.
    ``controls`` are addresses of some links on other websites, where not every link is looked at:
    whether they open tells whether the network works. ``part`` says of which check the links are
    a part, if they are one.
    """

    links: tuple[Link, ...]
    every: tuple[Link, ...]
    reliable: frozenset[str] = frozenset()
    controls: tuple[str, ...] = ()
    part: Part | None = None

    @property
    def is_sweep(self) -> bool:
        """Whether each link of the index is among them."""
        return len(self.links) == len(self.every)


MOST_CONTROLS = 5
"""Websites that are asked beside those that were chosen. Three of them must have been reliable."""


def planned(catalogue: Catalogue, history: History, choice: Choice, today: datetime.date) -> Plan:
    """The links of an index that were asked for. Pure."""
    all_links = chosen = catalogue_links(catalogue)
    reliable = lately_opened(history, (link.address for link in all_links), today)
    if choice.changed_since is not None:
        chosen = changed_links(chosen, choice.changed_since)
    if choice.unsettled or choice.refused:
        doubtful = {
            standing.address
            for standing in standings(history, (link.address for link in chosen), today)
            if (choice.unsettled and is_unsettled(standing))
            or (choice.refused and standing.refused)
        }
        chosen = tuple(link for link in chosen if link.address in doubtful)
    others = _on_other_sites(all_links, chosen)
    part = None
    if choice.shard is not None:
        part = part_of(chosen, *choice.shard)
        # No website is asked by two machines, as a control neither.
        chosen, others = shard(chosen, *choice.shard), shard(others, *choice.shard)
    controls = _controls(others, reliable, today) if chosen else ()
    return Plan(chosen, all_links, reliable, controls, part)


def _on_other_sites(links: Iterable[Link], chosen: Iterable[Link]) -> tuple[Link, ...]:
    taken = {registrable(link.address) for link in chosen}
    return tuple(link for link in links if registrable(link.address) not in taken)


def _controls(
    links: Iterable[Link], reliable: Collection[str], today: datetime.date
) -> tuple[str, ...]:
    """One address of each of some websites: reliable ones first, and not the same every day."""

    def turn(link: Link) -> tuple[bool, str]:
        drawn = hashlib.sha256(f"{today} {registrable(link.address)}".encode()).hexdigest()
        return link.address not in reliable, drawn

    of_site = {registrable(link.address): link for link in sorted(links, key=turn, reverse=True)}
    return tuple(link.address for link in sorted(of_site.values(), key=turn)[:MOST_CONTROLS])


def asked(
    plan: Plan,
    catalogue: Catalogue,
    history: History,
    today: datetime.date,
    *,
    seconds: float,
    with_linkchecker: bool = False,
    progress: Progress | None = None,
) -> LinkReport:
    """What a check finds of the links of a plan, before the history has a say.

    :param seconds: after which it stops; what was not looked at by then is unverified.
    :param with_linkchecker: whether linkchecker looks at each address, too.
    :param progress: called with the number of addresses that are settled and of all addresses.
    """
    report = check_links(
        plan.links,
        contact=catalogue.settings.contact,
        expectations=Expectations(
            identities(catalogue),
            seen_before(history, (link.address for link in plan.every)),
            plan.reliable,
        ),
        controls=plan.controls,
        today=today,
        deadline=seconds,
        with_linkchecker=with_linkchecker,
        progress=progress,
    )
    return replace(report, part=plan.part)


@dataclass(frozen=True)
class Remembered:
    """A report in the light of the history.

    ``ran_out_of_time`` says that it was to be a sweep, and counts as none.
    """

    report: LinkReport
    ran_out_of_time: bool = False


def remembered(
    found: LinkReport,
    catalogue: Catalogue,
    catalogue_path: Path,
    today: datetime.date,
    *,
    keep: bool,
    is_sweep: bool,
) -> Remembered:
    """A report in the light of the history beside the index, which keeps it if it should.

    :param found: the report as it was found.
    :param keep: whether what was found is added to the history.
    :param is_sweep: whether it looked at each link of the index.
    """
    # Read again: somebody may have opened a link by hand meanwhile.
    before = kept_history(catalogue, catalogue_path, today).history
    if not keep and before == History():
        return Remembered(found)
    looks = looks_of(found)
    report = stood_by(found, before.with_lines(looks), today)
    if not keep:
        return Remembered(report)
    whole = is_whole(found)
    record(catalogue_path, [*looks, *(sweep_of(report) if is_sweep and whole else [])])
    tidy_file(history_path(catalogue_path), {link.address for link in catalogue_links(catalogue)})
    return Remembered(report, ran_out_of_time=is_sweep and not whole and not found.fault)


@dataclass(frozen=True)
class Joined:
    """The reports of the parts of a check as one.

    ``own`` is what was found of the links of the index, ``others`` of the pages of its site.
    """

    own: LinkReport
    others: LinkReport
    is_sweep: bool


def joined(parts: Sequence[LinkReport], catalogue: Catalogue) -> Joined:
    """The parts of a check as one report. Pure.

    :raises LinksError: when there is none, or the parts are not of one check.
    """
    report = merged(parts)
    addresses = {link.address for link in catalogue_links(catalogue)}
    own = tuple(outcome for outcome in report.outcomes if outcome.link.address in addresses)
    others = tuple(outcome for outcome in report.outcomes if outcome.link.address not in addresses)
    looked_at = {outcome.link.address for outcome in own}
    return Joined(
        replace(report, outcomes=own),
        replace(report, outcomes=others),
        is_sweep=addresses <= looked_at and not report.missing,
    )


def completed(
    report: LinkReport, joined: Joined, parts: Sequence[LinkReport], catalogue: Catalogue
) -> LinkReport:
    """A report of joined parts with the pages of the site, and with the links that were missed.

    :param report: of the links of the index, as the history has it.
    """
    links = catalogue_links(catalogue)
    return with_lost_links(report.followed_by(joined.others), parts, links)
