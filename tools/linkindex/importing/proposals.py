"""What should become of each row: a new link, a change of one, or nothing, and why."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from linkindex.catalogue import Catalogue, Resource, addresses
from linkindex.catalogue.problems import quoted
from linkindex.importing.cleaning import Value, cleaned
from linkindex.importing.columns import Columns
from linkindex.importing.tables import Column, Row, Table
from linkindex.importing.topics import Topics
from linkindex.importing.written import value_of

MOST_REASONS = 12
"""Reasons that are told of one row."""


@dataclass(frozen=True)
class Read:
    """A row with the values that were read from it."""

    table: Table
    row: Row
    values: Mapping[Column, Value]
    reasons: tuple[str, ...]

    def text(self, column: Column) -> str:
        """The text of a column; empty if it has none."""
        value = self.values.get(column, "")
        return value if isinstance(value, str) else ", ".join(value)


@dataclass(frozen=True)
class NewLink:
    """A link that the index has not.

    :ivar category: the id of its topic; none where nobody can say which.
    :ivar topic: the folder or heading under which it stood.
    :ivar values: what is known of it, by key; what is missing is left to a person.
    :ivar draft: whether a person has to look at it although nothing is missing.
    """

    place: str
    category: str | None
    topic: str
    values: Mapping[Column, Value]
    draft: bool = False


@dataclass(frozen=True)
class Change:
    """One value of a link of the index that the file has otherwise."""

    resource_id: str
    column: Column
    value: Value


@dataclass(frozen=True)
class LeftOver:
    """A row of which something could not be taken, as it was written, and why."""

    table: Table
    row: Row
    reasons: tuple[str, ...]


@dataclass
class Proposals:
    """What is to be done with the rows of a file.

    :ivar unchanged: how many rows say of a link what the index says already.
    :ivar joined: how many rows named a link that an earlier row names.
    """

    new: list[NewLink] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    left_over: list[LeftOver] = field(default_factory=list)
    unchanged: int = 0
    joined: int = 0


def proposals(
    tables: Sequence[tuple[Table, Columns]],
    catalogue: Catalogue,
    *,
    today: datetime.date,
    topic: str | None = None,
    given: Mapping[Column, Value] | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Proposals:
    """What should become of each row.

    :param topic: the id of the topic for rows that name none that is known.
    :param given: values for links whose row has none.
    """
    work = _Work(catalogue, today, topic, given or {})
    rows = [(table, columns, row) for table, columns in tables for row in table.rows]
    for done, (table, columns, row) in enumerate(rows, start=1):
        work.take(_read(table, columns, row, catalogue.settings.site_url))
        if done % 100 == 0 or done == len(rows):
            progress(f"{done} of {len(rows)} rows")
    return work.result()


def _read(table: Table, columns: Columns, row: Row, our_site: str) -> Read:
    values: dict[Column, Value] = {}
    reasons: list[str] = []
    if row.fault:
        return Read(table, row, {}, ())
    for heading, column, cell in zip(table.headings, columns, row.cells, strict=True):
        if column is None:
            if cell.strip() and not cell.startswith(our_site):
                reasons.append(f"the index has no place for {quoted(heading)}")
            continue
        result = cleaned(column, cell)
        for found, value in result.values.items():
            values.setdefault(found, value)
        if result.left_over:
            reasons.append(result.left_over)
    return Read(table, row, values, tuple(reasons[:MOST_REASONS]))


def _by_publisher(read: Read) -> Read:
    """A row without a title, as in a list of services by who runs them, with that as its title."""
    if Column.TITLE in read.values or Column.PUBLISHER not in read.values:
        return read
    values = {**read.values, Column.TITLE: read.values[Column.PUBLISHER]}
    return dataclasses.replace(read, values=values)


class _Work:
    """Rows taken one by one, and what has become of those before."""

    def __init__(
        self,
        catalogue: Catalogue,
        today: datetime.date,
        topic: str | None,
        given: Mapping[Column, Value],
    ) -> None:
        self._catalogue = catalogue
        self._today = today
        self._topic = topic
        self._given = given
        self._topics = Topics(catalogue)
        self._known = _Known(catalogue)
        self._ids = _Ids(catalogue)
        self._new: dict[tuple[str, str], NewLink] = {}
        self._addresses: dict[str, str] = {}
        self._done = Proposals()

    def take(self, read: Read) -> None:
        """Decide what becomes of a row."""
        if read.row.fault:
            self._leave(read, read.row.fault)
            return
        if self._is_our_page(read):
            self._done.unchanged += 1
            return
        known = self._known.same_link(read)
        if known is not None:
            self._update(known, read)
            return
        read = _by_publisher(read)
        listed = self._known.same_address(read)
        if listed is not None:
            if not read.reasons and not list(_changes(listed, read, self._catalogue)):
                self._done.unchanged += 1
                return
            self._leave(
                read,
                f"this address is listed already, as {listed.title} ({listed.code}, line "
                f"{listed.line}), and nothing was changed there",
            )
            return
        if self._known.waits(read):
            self._done.unchanged += 1
            return
        if not _names_anything(read):
            self._leave(read, "there is no address, number or title in it")
            return
        self._add(read)
        if read.reasons:
            self._leave(read)

    def result(self) -> Proposals:
        """What is to be done with all of them."""
        self._done.new = list(self._new.values())
        return self._done

    def _update(self, resource: Resource, read: Read) -> None:
        changes = list(_changes(resource, read, self._catalogue))
        self._done.changes += changes
        if not changes:
            self._done.unchanged += 1
        moved = self._topics.meant(read.text(Column.TOPIC)) if read.text(Column.TOPIC) else None
        reasons = []
        if moved and moved != self._catalogue.home_of(resource).id:
            reasons.append(
                f"topic: to move this link, run `linkindex move {resource.code} {moved}`"
            )
        if read.reasons or reasons:
            self._leave(read, *reasons)

    def _add(self, read: Read) -> None:
        key = _key(read)
        name = _folded_name(read.text(Column.TITLE))
        same = (key, name)
        if key and (_is_a_list(read) or not name) and key in self._addresses:
            same = (key, self._addresses[key])
        if same in self._new:
            self._join(same, read)
            return
        values = self._completed(read)
        if key and key in self._addresses:
            values[Column.ALLOW] = ("shared-page: TODO",)
        self._addresses.setdefault(key, name)
        written = read.text(Column.TOPIC)
        category = (self._topics.meant(written) if written else None) or self._topic
        self._new[same] = NewLink(read.row.place, category, written, values)

    def _join(self, same: tuple[str, str], read: Read) -> None:
        """Take from a second row what the first had not; what differs is left over."""
        before = self._new[same]
        differing = [
            f"{column}: another row of this link ({before.place}) says otherwise"
            for column, value in read.values.items()
            if column not in (*_OF_THE_ROW, Column.URL)
            and column in before.values
            and _compared(before.values[column]) != _compared(value)
        ]
        self._new[same] = NewLink(
            before.place,
            before.category,
            before.topic,
            {
                **{key: value for key, value in read.values.items() if key not in _OF_THE_ROW},
                **before.values,
            },
        )
        self._done.joined += 1
        if differing or read.reasons:
            self._leave(read, *differing)

    def _completed(self, read: Read) -> dict[Column, Value]:
        values = {
            column: value
            for column, value in {**self._given, **read.values}.items()
            if column not in _OF_THE_ROW
        }
        values.setdefault(Column.ADDED, self._today.isoformat())
        values[Column.ADDED] = min(
            str(values[column]) for column in (Column.ADDED, Column.REVIEWED) if column in values
        )
        if Column.FORMAT not in values and (guess := _format_of(values)):
            values[Column.FORMAT] = guess
        values[Column.ID] = self._ids.new(
            read.text(Column.ID) or read.text(Column.TITLE), read.text(Column.URL)
        )
        return values

    def _leave(self, read: Read, *reasons: str) -> None:
        self._done.left_over.append(LeftOver(read.table, read.row, (*reasons, *read.reasons)))

    def _is_our_page(self, read: Read) -> bool:
        """Whether a row only leads to a page of this index, as exports do for sensitive topics."""
        address = read.text(Column.URL)
        ours = self._catalogue.settings.site_url
        if address:
            return address.startswith(ours)
        return read.text(Column.OUR_PAGE).startswith(ours) and not (
            read.values.keys() & {Column.PHONE, Column.TEXT, Column.EMAIL}
        )


_OF_THE_ROW = frozenset({Column.TOPIC, Column.OUR_PAGE, Column.CODE})
"""What says where a row belongs, and is no value of a link."""


class _Known:
    """The links of the index by what rows may call them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._by_code = {link.code: link for link in _links(catalogue)}
        self._by_id = {link.id: link for link in _links(catalogue)}
        self._by_address: dict[str, list[Resource]] = {}
        for link in _links(catalogue):
            if link.url:
                self._by_address.setdefault(addresses.same_page_key(link.url), []).append(link)
        self._waiting = {
            (
                addresses.same_page_key(draft.url) if draft.url else "",
                _folded_name(str(draft.written.get("title", ""))),
            )
            for draft in catalogue.drafts
        }

    def same_link(self, read: Read) -> Resource | None:
        """The link that a row names by its code or id, as exports of an index do.

        An address is not enough: what editors have written of a link goes before any other list.
        """
        return self._by_code.get(read.text(Column.CODE)) or self._by_id.get(read.text(Column.ID))

    def same_address(self, read: Read) -> Resource | None:
        """The link that has the address of a row, and its title if several have the address."""
        title = _folded_name(read.text(Column.TITLE))
        named = (link for link in self._at(read) if _folded_name(link.title) == title)
        return next(named, None) or next(iter(self._at(read)), None)

    def waits(self, read: Read) -> bool:
        """Whether a row is a draft of the index already."""
        return (_key(read), _folded_name(read.text(Column.TITLE))) in self._waiting

    def _at(self, read: Read) -> Sequence[Resource]:
        return self._by_address.get(_key(read), ())


def _links(catalogue: Catalogue) -> Iterable[Resource]:
    return (link for category in catalogue.categories for link in category.resources)


def _changes(resource: Resource, read: Read, catalogue: Catalogue) -> Iterator[Change]:
    """What the file says otherwise of a link. An empty cell says nothing."""
    codes = {category.code: category.id for category in catalogue.categories}
    neutral = read.text(Column.OUR_PAGE) and not read.text(Column.URL) and resource.url
    for column, value in read.values.items():
        if column in (*_OF_THE_ROW, Column.ID) or (neutral and column is Column.TITLE):
            continue
        if column is Column.ALSO_IN:
            # What a site publishes names topics by their codes.
            value = tuple(codes.get(name, name) for name in value)
        if column is Column.URL and _same_page(read.text(column), resource.url):
            continue
        if value_of(resource, column, catalogue) != value:
            yield Change(resource.id, column, value)


def _same_page(one: str, other: str | None) -> bool:
    return other is not None and addresses.same_page_key(one) == addresses.same_page_key(other)


def _key(read: Read) -> str:
    address = read.text(Column.URL)
    return addresses.same_page_key(address) if address else ""


def _names_anything(read: Read) -> bool:
    reachable = {Column.URL, Column.PHONE, Column.TEXT, Column.EMAIL, Column.TITLE}
    return bool(read.values.keys() & reachable)


def _is_a_list(read: Read) -> bool:
    """Whether the file is a list of addresses rather than of services."""
    return read.table.columns is not None and Column.PHONE not in read.table.columns


def _compared(value: Value) -> Value:
    return _folded_name(value) if isinstance(value, str) else value


def _folded_name(title: str) -> str:
    return " ".join(re.sub(r"[^\w]+|_", " ", title.casefold()).split())


def _format_of(values: Mapping[Column, Value]) -> str | None:
    """What opens, where the address alone tells."""
    url = values.get(Column.URL)
    if not isinstance(url, str):
        return "helpline" if Column.PHONE in values or Column.TEXT in values else None
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return next(
        (
            sort
            for sort, hosts in _FORMATS_OF_HOSTS.items()
            if any(host == known or host.endswith(f".{known}") for known in hosts)
        ),
        None,
    )


_FORMATS_OF_HOSTS = {
    "video": ("youtube.com", "youtu.be", "vimeo.com"),
    "podcast": ("podcasts.apple.com", "open.spotify.com", "soundcloud.com"),
    "app": ("apps.apple.com", "play.google.com"),
}


class _Ids:
    """Ids for new links, made of their titles, each once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._taken = {category.id for category in catalogue.categories}
        self._taken |= {link.id for link in _links(catalogue)}
        self._taken |= {draft.id for draft in catalogue.drafts if draft.id}

    def new(self, title: str, address: str) -> str:
        """An id that no other link has."""
        host = (urlsplit(address).hostname or "").removeprefix("www.") if address else ""
        digest = hashlib.blake2b(f"{title}{address}".encode(), digest_size=3).hexdigest()
        base = _slug(title) or _slug(host) or f"link-{digest}"
        name, number = base, 2
        while name in self._taken:
            name, number = f"{base}-{number}", number + 1
        self._taken.add(name)
        return name


_LONGEST_ID = 50


def _slug(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", " ", bare.replace("'", "")).split()
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:_LONGEST_ID]
        if len(longer) > _LONGEST_ID:
            break
        slug = longer
    return slug if re.search(r"[a-z]", slug) else f"link-{slug}" if slug else ""
