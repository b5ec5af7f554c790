"""Taking what is new of an index that topics are taken of already. Pure.

Whatever became of things there, what was printed here goes on: an entry that has another id or code
there keeps its own here, and what is not there any more is written into the index itself, retired,
with what its code leads on to.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from linkindex.catalogue import addresses
from linkindex.catalogue.kinds import NATIONS_OF_THE_UK
from linkindex.catalogue.rules.tree import text_of, texts_of
from linkindex.catalogue.shared.share import Share
from linkindex.catalogue.shared.taking import EXTENDS
from linkindex.catalogue.upstream import EVERY_TOPIC
from linkindex.catalogue.yaml.shape import FILE, LINK, TOPIC
from linkindex.catalogue.yaml.source import YamlList, YamlMap, maps_in
from linkindex.sharing.comparing import Comparison, Piece, State, compared, pieces, said
from linkindex.sharing.naming import Name, Names, entries_of, here_of, named_here
from linkindex.sharing.present import Kept
from linkindex.upkeep import writing

_ORDER = FILE.entries[EXTENDS].keys
_NOT_WRITTEN = frozenset({"withheld", "draft", "allow", "retired", "from", "resources"})


@dataclass(frozen=True)
class Overridden:
    """A value that is said otherwise here, and has changed there.

    :ivar same: whether theirs now says what the index says otherwise.
    """

    theirs: str
    key: str
    reason: str
    ours: str
    before: str
    after: str

    @property
    def same(self) -> bool:
        """Whether both say the same now, so that nothing need be said otherwise any more."""
        return self.ours == self.after


@dataclass
class Update:
    """What an update does.

    :ivar text: the text of the index with it.
    :ivar kept_codes: what has another code there now, and keeps its own: by the id here.
    :ivar kept_ids: what has another id there now, and keeps its own: the id here, and theirs.
    :ivar new_codes: what came with a code that is taken here: the id here, theirs, and the new one.
    :ivar written: what is not there any more and is now written here: the id, with its successor.
    :ivar own_now: ids of topics that are not there any more, and stay for links of one's own.
    :ivar returned: ids of what had gone, was written here as retired, and is there again.
    :ivar overridden: what is said otherwise here and has changed there.
    :ivar dropped: what stood below ``hide:`` and ``change:`` and has nothing to stand on any more.
    :ivar unnamed: what stood first in a topic and is not shown any more: the topic, and the id.
    :ivar added_topics: ids of topics that are taken besides, since codes lead there now.
    """

    text: str
    comparison: Comparison
    kept_codes: dict[str, str] = field(default_factory=dict)
    kept_ids: dict[str, str] = field(default_factory=dict)
    new_codes: list[tuple[str, str, str]] = field(default_factory=list)
    written: dict[str, str] = field(default_factory=dict)
    own_now: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    overridden: list[Overridden] = field(default_factory=list)
    dropped: list[tuple[str, str]] = field(default_factory=list)
    unnamed: list[tuple[str, str]] = field(default_factory=list)
    added_topics: list[str] = field(default_factory=list)


def updated(
    text: str,
    file: str,
    root: YamlMap,
    kept: Kept,
    new: Share,
    *,
    source: str,
    names: Names,
    today: datetime.date,
) -> Update:
    """The index with another version of what it takes.

    :param root: the tree of its text.
    :param kept: what is taken now, and ``new`` the other version.
    :param names: the ids and codes of everything else.
    """
    return _Updating(text, file, root, kept, new, source, names, today).update()


@dataclass
class _Updating:
    text: str
    file: str
    root: YamlMap
    kept: Kept
    new: Share
    source: str
    names: Names
    today: datetime.date

    def update(self) -> Update:
        self.follow = dict(self._renamed())
        self.there = {
            name: topic
            for _, topic in maps_in(self.new.root.get("categories"))
            if (name := text_of(topic, "id")) and self._has_links(name, topic)
        }
        self.added: list[str] = []
        self.topics = self._topics()
        entries = list(entries_of(self.new, {*self.topics}))
        before_names = {
            self.follow.get(theirs, theirs): name for theirs, name in self.kept.called.items()
        }
        returned = dict(self._returned(entry.id or "" for entry in entries))
        named = named_here(entries, before_names | returned, self.names)
        left_out = self._left_out()
        hidden = [
            item if isinstance(item, str) else text_of(item, "id") or ""
            for item in _items(self.kept.node, "hide")
        ]
        self.before = pieces(
            self.kept.share,
            self.kept.topics,
            self.kept.called,
            left_out=left_out,
            hidden=hidden,
        )
        self.after = pieces(
            self.new,
            self.topics,
            named,
            left_out=left_out,
            hidden=[self.follow.get(name, name) for name in hidden],
        )
        self.result = Update(
            self.text,
            compared(self.kept.share, self.new, self.before, self.after),
            returned=[name.id for name in returned.values()],
            added_topics=[named[name].id for name in self.added],
        )
        self._tell_of_names(entries, before_names | returned)
        for name in self.result.returned:
            self.result.text = self._without_own(name)
        self._write_gone()
        self._write_upstream(here_of(entries, named))
        self._write_first()
        otherwise = {(each.theirs, each.key) for each in self.result.overridden}
        comparison = self.result.comparison
        changed = (
            each for each in comparison.changed if (each.piece.name.id, each.key) not in otherwise
        )
        self.result.comparison = replace(comparison, changed=tuple(changed))
        return self.result

    # --- What is what. ---

    def _renamed(self) -> Iterator[tuple[str, str]]:
        """Ids that are others now: the new one is of an entry that has the same code."""
        old = {
            entry.id or "": entry for entry in entries_of(self.kept.share, _all(self.kept.share))
        }
        new = {entry.id or "": entry for entry in entries_of(self.new, _all(self.new))}
        by_code = {(entry.noun, entry.code): name for name, entry in new.items() if name not in old}
        for name, entry in old.items():
            other = by_code.get((entry.noun, entry.code))
            if name not in new and other:
                yield name, other

    def _topics(self) -> list[str]:
        """The ids of the topics that are taken of the new version, in their order."""
        if text_of(self.kept.node, "topics") == EVERY_TOPIC:
            return list(self.there)
        wanted = [self.follow.get(name, name) for name in self.kept.topics]
        topics = [name for name in wanted if name in self.there]
        for name in self.kept.topics:
            leads_to = self._leads_to(name)
            if leads_to and leads_to not in topics:
                topics.append(leads_to)
                self.added.append(leads_to)
        return topics

    def _has_links(self, theirs: str, topic: YamlMap) -> bool:
        """Whether a topic that is open has anything on its page here."""
        outside = self._left_out()
        name = self.kept.called[theirs].id if theirs in self.kept.called else theirs
        partial = self._partial(name, self.text)
        nations = (
            {nation for nation, _ in texts_of(link, "nations")}
            for _, link in maps_in(topic.get("resources"))
        )
        return (
            topic.get("retired") is not None
            or bool(partial and partial.get("resources"))
            or any(not outside or not each <= outside for each in nations)
        )

    def _leads_to(self, theirs: str) -> str | None:
        """The topic to which the code of a topic leads that is open no more, if it tells."""
        now = self.there.get(self.follow.get(theirs, theirs))
        if now is not None and now.get("retired") is None:
            return None
        if now is None:
            return self._where_its_links_went(theirs)
        seen = set()
        while now is not None and now.get("retired") is not None:
            successor = text_of(now.get("retired"), "successor") or ""
            if successor in seen:
                return None
            seen.add(successor)
            home = next(
                (name for name, links in self._links_there().items() if successor in links), ""
            )
            now = self.there.get(successor) or self.there.get(home)
        return text_of(now, "id")

    def _where_its_links_went(self, theirs: str) -> str | None:
        """The topic in which most links are now of one that is not there any more."""
        gone = {
            self.follow.get(entry.id or "", entry.id or "")
            for entry in entries_of(self.kept.share, {theirs})
            if entry.noun == "resource"
        }
        counts = {name: len(gone & links) for name, links in self._links_there().items()}
        most = max(counts, key=lambda name: counts[name], default=None)
        return most if most and counts[most] else None

    def _links_there(self) -> dict[str, set[str]]:
        return {
            name: {text_of(link, "id") or "" for _, link in maps_in(topic.get("resources"))}
            for name, topic in self.there.items()
            if topic.get("retired") is None
        }

    def _left_out(self) -> set[str]:
        settings = self.root.get("index")
        named = texts_of(settings, "nations") if isinstance(settings, YamlMap) else []
        served = {nation for nation, _ in named}
        return {nation.value for nation in NATIONS_OF_THE_UK} - served if served else set()

    def _returned(self, theirs: Iterable[str]) -> Iterator[tuple[str, Name]]:
        """What was written here as retired when it was dropped there, and is there again."""
        own = {
            name: link
            for _, topic in maps_in(self.root.get("categories"))
            for _, link in maps_in(topic.get("resources"))
            if link.get("retired") is not None and (name := text_of(link, "id"))
        }
        for name in theirs:
            code = text_of(own.get(name), "code")
            if code and name not in self.kept.called:
                yield name, Name(name, code)

    # --- What is told. ---

    def _tell_of_names(self, entries: Iterable[Any], before: Mapping[str, Name]) -> None:
        old_codes = {
            self.follow.get(entry.id or "", entry.id or ""): entry.code
            for entry in entries_of(self.kept.share, {*self.kept.topics})
        }
        for entry in entries:
            theirs = entry.id or ""
            name = self.after[theirs].name
            if theirs in before:
                if entry.code != old_codes.get(theirs, entry.code):
                    self.result.kept_codes[name.id] = name.code
                if theirs in self.follow.values() and name.id != theirs:
                    self.result.kept_ids[name.id] = theirs
            elif (name.id, name.code) != (theirs, entry.code):
                self.result.new_codes.append((name.id, entry.code or "", name.code))

    # --- What is written. ---

    def _write_gone(self) -> None:
        """Write into the index what is not there any more, retired, with its successor."""
        gone = [piece for piece in self.before.values() if self._now(piece) is None]
        for topic in [piece for piece in gone if piece.topic is None]:
            self._write_topic(topic, [piece for piece in gone if piece.topic == topic.theirs])
        lost = {piece.theirs for piece in gone if piece.topic is None}
        for link in [piece for piece in gone if piece.topic and piece.topic not in lost]:
            home = self.before[link.topic or ""].name.id
            if self._partial(home) is None:
                self.result.text = writing.with_entry(
                    self.result.text,
                    "categories",
                    {"id": home, "from": text_of(self.kept.node, "name")},
                    self.file,
                )
            entry = self._retired(link, home)
            self.result.text = writing.with_link(self.result.text, home, entry, self.file)

    def _now(self, piece: Piece) -> Piece | None:
        return self.after.get(self.follow.get(piece.theirs, piece.theirs))

    def _retired(self, link: Piece, home: str) -> dict[str, Any]:
        successor = self._successor(link, home)
        self.result.written[link.name.id] = successor
        was = link.node.get("retired")
        return {
            **_plain_entry(link.node, LINK.keys),
            "id": link.name.id,
            "code": link.name.code,
            "also_in": None,
            "retired": _given(
                {
                    "on": text_of(was, "on") or self.today,
                    "successor": successor,
                    "reason": text_of(was, "reason"),
                }
            ),
        }

    def _successor(self, link: Piece, home: str) -> str:
        """What stands for a link that is not there any more: the same page, else its topic."""
        page = _page(link.node)
        for piece in self.after.values():
            if page and piece.topic and piece.state is State.SHOWN and _page(piece.node) == page:
                return piece.name.id
        hidden = {text_of(node, "id"): node for _, node in maps_in(self.kept.node.get("hide"))}
        chosen = text_of(hidden.get(link.theirs), "successor")
        was = text_of(link.node.get("retired"), "successor")
        there = self.after.get(self.follow.get(was or "", was or ""))
        return chosen or (there.name.id if there else home)

    def _write_topic(self, topic: Piece, links: list[Piece]) -> None:
        """A topic that is not there any more: one's own where one has links in it, else retired."""
        here = topic.name.id
        partial = self._partial(here)
        own = [link for _, link in maps_in(partial.get("resources"))] if partial else []
        stays = any(link.get("retired") is None for link in own)
        entry = {**_plain_entry(topic.node, TOPIC.keys), "id": here, "code": topic.name.code}
        entry |= {"related": None, "start_here": None, "group": self._group(topic)}
        if stays:
            self.result.own_now.append(here)
        else:
            successor = self._topic_after(topic)
            self.result.written[here] = successor
            entry["retired"] = {"on": self.today, "successor": successor}
        home = here if stays else str(self.result.written[here])
        retired = [self._retired(link, home) for link in links]
        if partial is None:
            entry["resources"] = [_given(each) for each in retired] or None
            text = writing.with_entry(self.result.text, "categories", entry, self.file)
        else:
            text = writing.with_topic_changes(
                self.result.text, here, _given(entry) | {"from": None}, self.file
            )
            text = writing.with_links(text, [(here, each) for each in retired], self.file)
        self.result.text = text

    def _group(self, topic: Piece) -> str | None:
        """The group of a topic that is written here: one that is still there."""
        group = text_of(topic.node, "group")
        known = {text_of(node, "id") for _, node in maps_in(self.new.root.get("groups"))}
        known |= {text_of(node, "id") for _, node in maps_in(self.root.get("groups"))}
        if group in known:
            return group
        topics = (piece for piece in self.after.values() if piece.topic is None)
        return next((text_of(piece.node, "group") for piece in topics), group)

    def _topic_after(self, topic: Piece) -> str:
        """The topic to which the card of one leads that is not there any more."""
        open_now = [
            piece
            for piece in self.after.values()
            if piece.topic is None and piece.state is State.SHOWN
        ]
        by_id = {piece.theirs: piece.name.id for piece in open_now}
        went = self._where_its_links_went(topic.theirs)
        related = [name for name, _ in texts_of(topic.node, "related")]
        group = text_of(topic.node, "group")
        alike = [piece.theirs for piece in open_now if text_of(piece.node, "group") == group]
        own = [
            name
            for _, each in maps_in(self.root.get("categories"))
            if each.get("retired") is None
            and not each.get("from")
            and (name := text_of(each, "id"))
        ]
        found = [by_id[name] for name in (went, *related, *alike, *by_id) if name in by_id]
        return [*found, *own, topic.name.id][0]

    def _partial(self, here: str, text: str | None = None) -> YamlMap | None:
        """What an index adds to a topic, where it does."""
        name = text_of(self.kept.node, "name")
        text = self.result.text if text is None else text
        categories = writing.tree_of(text, self.file).get("categories")
        return next(
            (
                topic
                for _, topic in maps_in(categories)
                if text_of(topic, "id") == here and text_of(topic, "from") == name
            ),
            None,
        )

    def _without_own(self, name: str) -> str:
        return writing.without_link(self.result.text, name, self.file)

    def _write_upstream(self, here: list[dict[str, str]]) -> None:
        """What stands below ``extends:`` of it, with the ids that things have there now."""
        values: dict[str, Any] = {
            "from": self.source,
            "version": self.new.head.version,
            "hash": self.new.digest,
            "hide": self._entries("hide"),
            "change": self._entries("change"),
            "here": here or None,
        }
        if text_of(self.kept.node, "topics") != EVERY_TOPIC:
            values["topics"] = self.topics
        path = (EXTENDS, self.kept.position)
        for key, value in values.items():
            self.result.text = writing.with_key(
                self.result.text, path, key, value, _ORDER, self.file
            )

    def _entries(self, key: str) -> list[Any] | None:
        """The entries of ``hide:`` or ``change:`` that still stand on something."""
        entries: list[Any] = []
        for item in _items(self.kept.node, key):
            theirs = item if isinstance(item, str) else text_of(item, "id") or ""
            now = self.follow.get(theirs, theirs)
            piece = self.after.get(now)
            if piece is None or (key == "change" and piece.state in _CLOSED):
                self.result.dropped.append((key, theirs))
                continue
            if key == "change" and isinstance(item, YamlMap):
                self._override(item, theirs, piece)
            entry = _bare(item)
            entries.append({**entry, "id": now} if isinstance(entry, dict) else now)
        if any(isinstance(entry, dict) for entry in entries):
            entries = [entry if isinstance(entry, dict) else {"id": entry} for entry in entries]
        return entries or None

    def _override(self, item: YamlMap, theirs: str, piece: Piece) -> None:
        """Note what has changed there of what is said otherwise here."""
        before = self.before.get(theirs)
        for key, value in item.items():
            if key in ("id", "reason") or before is None:
                continue
            was, now = said(before.node.get(key)), said(piece.node.get(key))
            if was != now:
                reason = text_of(item, "reason") or ""
                self.result.overridden.append(
                    Overridden(piece.name.id, key, reason, said(value), was, now)
                )

    def _write_first(self) -> None:
        """Take out of one's own ``start_here:`` what is not shown any more."""
        closed = {
            piece.name.id
            for piece in self.before.values()
            if piece.topic and ((now := self._now(piece)) is None or now.state is not State.SHOWN)
        }
        shown = {piece.name.id for piece in self.after.values() if piece.state is State.SHOWN}
        closed -= shown
        tree = writing.tree_of(self.result.text, self.file)
        for _, topic in maps_in(tree.get("categories")):
            name, first = text_of(topic, "id"), topic.get("start_here")
            if name is None or not isinstance(first, YamlMap):
                continue
            for audience in first:
                names = [each for each, _ in texts_of(first, audience)]
                left = [each for each in names if each not in closed]
                if left != names:
                    self.result.unnamed += [(name, each) for each in names if each in closed]
                    self.result.text = writing.with_topic_key(
                        self.result.text, name, ("start_here", audience), left or None, self.file
                    )


_CLOSED = (State.RETIRED, State.WITHHELD)


def _items(node: YamlMap, key: str) -> YamlList:
    items = node.get(key)
    return items if isinstance(items, YamlList) else YamlList(node.place)


def _all(share: Share) -> set[str]:
    return {text_of(topic, "id") or "" for _, topic in maps_in(share.root.get("categories"))}


def _page(node: YamlMap) -> str | None:
    url = text_of(node, "url")
    try:
        return addresses.same_page_key(url) if url else None
    except ValueError:
        return None


def _plain_entry(node: YamlMap, order: Iterable[str]) -> dict[str, Any]:
    return {
        key: _listed(key, _bare(node[key]))
        for key in order
        if node.get(key) is not None and key not in _NOT_WRITTEN
    }


def _listed(key: str, value: Any) -> Any:
    """Cautions in one shape: a list is written with entries of one kind."""
    if key == "cautions" and any(isinstance(each, dict) for each in value):
        return [each if isinstance(each, dict) else {"caution": each} for each in value]
    return value


def _given(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if value is not None}


def _bare(value: object) -> Any:
    if isinstance(value, dict):
        return {key: _bare(part) for key, part in value.items()}
    return [_bare(part) for part in value] if isinstance(value, list) else value
