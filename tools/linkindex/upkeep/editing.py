"""What an editor's change of an index comes to, and what the check says of it. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from linkindex.catalogue import (
    Catalogue,
    Category,
    LinkIndexError,
    Problem,
    Resource,
    Severity,
    addresses,
)
from linkindex.catalogue.addresses import AddressError
from linkindex.catalogue.model import StartHere
from linkindex.catalogue.problems import quoted
from linkindex.catalogue.yaml.diagnosis import Examined
from linkindex.upkeep import writing
from linkindex.upkeep.new_problems import new_problems
from linkindex.upkeep.written import Entry, Value

Judge = Callable[[str], Examined]
"""Reads the text of an index and says what is wrong with it."""


class Cleaned(NamedTuple):
    """An address as it may stand in an index, and what was done to it, one sentence each."""

    address: str
    remarks: tuple[str, ...] = ()


def cleaned(written: str) -> Cleaned:
    """The address that somebody means, out of whatever it was wrapped in.

    :raises LinkIndexError: when nobody can say which that is, or it may not stand in an index.
    """
    address = written.strip()
    remarks: list[str] = []
    if "://" not in address and "." in address.partition("/")[0]:
        address = f"https://{address}"
    for _ in range(4):  # a wrapper in a wrapper in a wrapper
        try:
            addresses.check(address)
        except AddressError as error:
            if error.instead is None or error.instead == address:
                raise LinkIndexError(f"{error.what}; {error.remedy}") from None
            remarks.append(f"{error.what}: took {quoted(error.instead, 200)} instead.")
            address = error.instead
            continue
        better = addresses.advice(address)
        if better is None or better.instead is None or better.instead == address:
            if better is not None:
                remarks.append(f"{better.what}; {better.remedy}.")
            break
        remarks.append(f"{better.what}: took {quoted(better.instead, 200)} instead.")
        address = better.instead
    return Cleaned(address, tuple(remarks))


def listed_as(catalogue: Catalogue, address: str) -> list[Resource]:
    """The links that lead to the same page, in the order of the file; retired ones, too."""
    key = addresses.same_page_key(address)
    return [
        resource
        for category in catalogue.categories
        for resource in category.resources
        if resource.url and addresses.same_page_key(resource.url) == key
    ]


@dataclass(frozen=True)
class Judged:
    """A text of an index after a change, and what the check says of it that it did not say before.

    :ivar others: how many errors and warnings were there before.
    """

    text: str
    new: tuple[Problem, ...]
    examined: Examined

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What stands against the change."""
        return tuple(problem for problem in self.new if problem.severity is Severity.ERROR)


def judged(before: str, after: str, judge: Judge) -> Judged:
    """What a change does to what the check says."""
    was, examined = judge(before), judge(after)
    return Judged(after, new_problems(was, examined), examined)


class Done(NamedTuple):
    """A changed text, and what was changed besides what was asked for, one sentence each."""

    text: str
    remarks: tuple[str, ...] = ()


def retired(
    text: str,
    catalogue: Catalogue,
    resource: Resource,
    successor: str,
    day: datetime.date,
    reason: str = "",
) -> Done:
    """The text with a link retired: its code leads on, and no list of first links names it.

    :param successor: the id or code of a link, or the id of a topic.
    :raises LinkIndexError: when there is no such thing, or it leads nowhere.
    """
    following = successor_named(catalogue, resource, successor)
    kept: dict[str, Value] = {"on": day, "successor": following.id}
    if reason:
        kept["reason"] = reason
    text = writing.with_changes(text, resource.id, {"retired": kept}, catalogue.file)
    return _without_first(text, catalogue, resource, following.id)


def successor_named(
    catalogue: Catalogue, resource: Resource, successor: str
) -> Category | Resource:
    """What takes the place of a link, by its id or code.

    :raises LinkIndexError: when there is no such thing, or it leads nowhere.
    """
    following = _successor(catalogue, successor)
    if following.id == resource.id:
        raise LinkIndexError(f"{quoted(successor)} is the link itself; name what takes its place")
    if following.retired:
        raise LinkIndexError(
            f"{quoted(following.id)} is retired itself; name what took its place, "
            f"{quoted(catalogue.successor_of(following).id)}"
        )
    return following


def _successor(catalogue: Catalogue, name: str) -> Category | Resource:
    for category in catalogue.categories:
        if name == category.id:
            return category
        for resource in category.resources:
            if name in (resource.id, resource.code):
                return resource
    raise LinkIndexError(
        f"there is no link and no topic {quoted(name)}; write an id, or the code of a link"
    )


def moved(
    text: str, catalogue: Catalogue, resource: Resource, topic: str, *, keep: bool = False
) -> Done:
    """The text with a link in another topic; its id and code stay.

    :param keep: whether its former topic shows it still (``also_in``).
    """
    home = catalogue.home_of(resource)
    text = writing.with_link_moved(text, resource.id, topic, catalogue.file)
    also = [name for name in resource.also_in if name != topic]
    if keep:
        also.append(home.id)
    if tuple(also) != resource.also_in:
        changes: Entry = {"also_in": also or None}
        text = writing.with_changes(text, resource.id, changes, catalogue.file)
    if keep or home.id in also:
        return Done(text)
    return _without_first(text, catalogue, resource, None, only=home.id)


def _without_first(
    text: str,
    catalogue: Catalogue,
    resource: Resource,
    instead: str | None,
    only: str | None = None,
) -> Done:
    """The text in which no topic names a link to begin with, and another in its place if it can."""
    remarks = []
    for category in catalogue.current_categories:
        if only not in (None, category.id):
            continue
        shown = {there.id: there for there in catalogue.resources_of(category)}
        start: dict[str, Value] = {}
        for key, names in _start_here(category.start_here):
            if resource.id not in names:
                continue
            other = shown.get(instead or "")
            fits = other is not None and other.id not in names and key in other.audiences
            put = [instead] if fits and instead else []
            start[key] = [
                each for name in names for each in (put if name == resource.id else [name])
            ]
            told = f"{quoted(instead)} is named there instead" if put else "it is taken out there"
            remarks.append(
                f"{quoted(resource.id)} was among the first links of {quoted(category.id)} for "
                f"{key}; {told}."
            )
        text = _with_start(text, category.id, start, catalogue.file)
    return Done(text, tuple(remarks))


def _start_here(start: StartHere) -> Iterable[tuple[str, tuple[str, ...]]]:
    return (
        ("families", start.families),
        ("practitioners", start.practitioners),
        ("young-people", start.young_people),
    )


def _with_start(text: str, topic: str, start: Mapping[str, Value], file: str) -> str:
    for key, names in start.items():
        text = writing.with_topic_key(text, topic, ("start_here", key), names or None, file)
    return text
