"""From the tables of a file to the index with what they bring. Pure."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from linkindex.catalogue import Catalogue, Examined, Severity
from linkindex.catalogue.yaml.source import YamlMap, maps_in
from linkindex.importing.cleaning import Value
from linkindex.importing.columns import Columns
from linkindex.importing.entries import entry_of, key_value
from linkindex.importing.proposals import Change, LeftOver, Proposals, proposals
from linkindex.importing.tables import Column, Row, Table
from linkindex.importing.written import value_of
from linkindex.upkeep.taken import with_change, with_room
from linkindex.upkeep.writing import with_changes_of_several, with_links
from linkindex.upkeep.written import Entry

_MOST_TRIALS = 4
"""How often links that the check refuses are set aside as drafts, and the rest is tried again."""


@dataclass(frozen=True)
class Imported:
    """The index with what was imported.

    :ivar text: of the file; the same as before if nothing is new.
    :ivar drafts: how many of the new links have something left to do.
    """

    text: str
    proposals: Proposals
    drafts: int


def imported(
    text: str,
    tables: Sequence[tuple[Table, Columns]],
    catalogue: Catalogue,
    *,
    today: datetime.date,
    judge: Callable[[str], Examined],
    topic: str | None = None,
    given: Mapping[Column, Value] | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Imported:
    """The index with the links of a file, and what became of each row.

    A new link that the check refuses becomes a draft, and a change that it refuses is left over.

    :param judge: says what is wrong with the text of an index.
    :param topic: the id of the topic for rows that name none that is known.
    :param given: values for links whose row has none.
    :raises LinkIndexError: when the file is written in a way that cannot be added to.
    """
    done = proposals(tables, catalogue, today=today, topic=topic, given=given, progress=progress)
    if not done.new and not done.changes:
        return Imported(text, done, 0)
    after = text
    for _ in range(_MOST_TRIALS):
        after = _written(text, done, catalogue)
        examined = judge(after)
        if examined.catalogue is not None:
            return Imported(after, done, len(examined.catalogue.drafts) - len(catalogue.drafts))
        done = _without_refused(done, examined)
    done = dataclasses.replace(
        done, new=[dataclasses.replace(link, draft=True) for link in done.new], changes=[]
    )
    return Imported(_written(text, done, catalogue), done, len(done.new))


def _written(text: str, done: Proposals, catalogue: Catalogue) -> str:
    """The text with all that is proposed."""
    links = ((link.category, entry_of(link)) for link in done.new)
    for topic in dict.fromkeys(link.category for link in done.new):
        text = with_room(text, catalogue, topic)
    text = with_links(text, links, catalogue.file, catalogue.language) if done.new else text
    changes = _by_link(done.changes, catalogue)
    own = {name: each for name, each in changes.items() if not _is_taken(catalogue, name)}
    for name in changes.keys() - own.keys():
        resource = catalogue.resource(name)
        text = with_change(text, catalogue, resource, changes[name], "It came with a file.")
    return with_changes_of_several(text, own, catalogue.file, catalogue.language) if own else text


def _is_taken(catalogue: Catalogue, name: str) -> bool:
    return catalogue.source_of(catalogue.resource(name)) is not None


def _by_link(changes: Sequence[Change], catalogue: Catalogue) -> dict[str, Entry]:
    """The keys that change of each link, by its id."""
    by_link: dict[str, list[Change]] = {}
    for change in changes:
        by_link.setdefault(change.resource_id, []).append(change)
    return {name: _changed_keys(name, group, catalogue) for name, group in by_link.items()}


def _changed_keys(resource_id: str, changes: Sequence[Change], catalogue: Catalogue) -> Entry:
    after = _everything(catalogue, resource_id)
    after |= {change.column: change.value for change in changes}
    return {key: key_value(key, after) for key in dict.fromkeys(map(_key_of, changes))}


def _key_of(change: Change) -> str:
    """The key of the index in which the value of a column stands."""
    return change.column.removesuffix("_checked_by").removesuffix("_checked")


def _everything(catalogue: Catalogue, resource_id: str) -> dict[Column, Value]:
    resource = catalogue.resource(resource_id)
    return {
        column: value
        for column in Column
        if column not in (Column.TOPIC, Column.OUR_PAGE, Column.CODE)
        and (value := value_of(resource, column, catalogue))
    }


def _without_refused(done: Proposals, examined: Examined) -> Proposals:
    """The proposals with drafts for the links, and without the changes, that have errors."""
    refused: dict[str, str] = {}
    for problem in examined.problems:
        owner = _owner(examined.tree, problem.line)
        if problem.severity is Severity.ERROR and owner:
            refused.setdefault(owner, problem.what)
    new = [
        dataclasses.replace(link, draft=True) if link.values.get(Column.ID) in refused else link
        for link in done.new
    ]
    dropped = [change for change in done.changes if change.resource_id in refused]
    if not any(link.draft for link in new) and not dropped:
        new, dropped = [dataclasses.replace(link, draft=True) for link in new], list(done.changes)
    left = [_left(change, refused.get(change.resource_id, "")) for change in dropped]
    return dataclasses.replace(
        done,
        new=new,
        changes=[change for change in done.changes if change not in dropped],
        left_over=[*done.left_over, *left],
    )


def _left(change: Change, why: str) -> LeftOver:
    table = Table("", ("id", str(change.column)), ())
    value = change.value if isinstance(change.value, str) else ", ".join(change.value)
    reason = f"this change was not made: {why or 'the check refuses it'}"
    return LeftOver(table, Row("a change", (change.resource_id, value)), (reason,))


def _owner(tree: YamlMap | None, line: int) -> str:
    """The id of the link in which a line stands."""
    above = [
        (entry.place.line, str(entry.get("id", "")))
        for _, category in maps_in(tree.get("categories") if tree else None)
        for _, entry in maps_in(category.get("resources"))
        if entry.place.line <= line
    ]
    return max(above)[1] if above else ""
