"""What became of what is taken, between two versions of a shared file. Pure.

Everything is told by what it is called here; a link that got another id there is the same link, as
long as its code is the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from linkindex.catalogue.rules.tree import text_of, texts_of
from linkindex.catalogue.shared.share import Share
from linkindex.catalogue.yaml.source import YamlMap, maps_in
from linkindex.sharing.naming import Name, entries_of


class State(StrEnum):
    """Whether readers here may be led to something."""

    SHOWN = "shown"
    RETIRED = "retired"
    """Its own index has retired it."""
    WITHHELD = "withheld"
    """Its own index keeps it from readers, since its page became harmful."""
    ELSEWHERE = "elsewhere"
    """It holds only where this index is not for."""
    HIDDEN = "hidden"
    """This index hides it."""


@dataclass(frozen=True, eq=False)
class Piece:
    """A topic or a link that is taken.

    :ivar theirs: its id there, and ``name`` what it is called here.
    :ivar topic: of a link, the id there of its topic.
    """

    theirs: str
    name: Name
    node: YamlMap
    topic: str | None
    state: State

    @property
    def title(self) -> str:
        """What it is called to readers."""
        return said(self.node.get("title")) or self.theirs


class Changed(NamedTuple):
    """A value that is another now; ``key`` with dots for what stands below another."""

    piece: Piece
    key: str
    before: str
    after: str


class Gone(NamedTuple):
    """Something that was shown and is not any more; ``now`` is what is left of it, if anything."""

    before: Piece
    now: Piece | None


@dataclass(frozen=True)
class Comparison:
    """What differs between two versions, of what is taken.

    :ivar came: what readers will see that they did not see before.
    :ivar lines: what changed in urgent help: the name of each line with what is now said of it.
    :ivar words: the words of the glossary that came, changed or went.
    :ivar offered: the ids there of topics that are new and not taken.
    """

    came: tuple[Piece, ...]
    changed: tuple[Changed, ...]
    gone: tuple[Gone, ...]
    lines: tuple[tuple[str, str, str], ...]
    words: tuple[str, ...]
    offered: tuple[str, ...]


KEYS_OF_A_LINK = (
    *("title", "url", "publisher", "summary", "use_when", "minutes", "audiences", "format"),
    *("nations", "language", "cost", "phone", "text", "email", "sensitive", "also_in"),
    *("as_of", "claim_until"),
)
KEYS_OF_A_TOPIC = (
    *("title", "full_title", "neutral_title", "summary", "group", "aliases", "icon", "page_icon"),
    *("colour", "card.front", "card.prompts", "cautions", "sensitive", "start_here", "needs"),
)
"""The keys whose change readers could notice, in the order of the handbook."""

OF_A_CARD = frozenset(
    {"title", "neutral_title", "icon", "colour", "group", "card.front", "card.prompts", "sensitive"}
)
"""The keys of a topic that its card shows."""


def pieces(
    share: Share,
    topics: Iterable[str],
    called: Mapping[str, Name],
    *,
    left_out: Iterable[str] = (),
    hidden: Collection[str] = (),
) -> dict[str, Piece]:
    """Every topic and link that is taken, by its id there.

    :param called: what each is called here.
    :param left_out: the nations of the UK that the index is not for.
    :param hidden: the ids there of what the index hides.
    """
    outside = {*left_out}
    found = {}
    for entry in entries_of(share, {*topics}):
        theirs = entry.id or ""
        if theirs not in called:
            continue
        nations = {nation for nation, _ in texts_of(entry.value, "nations")}
        state = State.SHOWN
        if entry.retired or (entry.home is not None and entry.home.get("retired") is not None):
            state = State.RETIRED
        elif (text_of(entry.value, "withheld") or "").lower() == "true":
            state = State.WITHHELD
        elif theirs in hidden or (entry.home is not None and text_of(entry.home, "id") in hidden):
            state = State.HIDDEN
        elif entry.noun == "resource" and outside and nations <= outside:
            state = State.ELSEWHERE
        topic = text_of(entry.home, "id") if entry.home is not None else None
        found[theirs] = Piece(theirs, called[theirs], entry.value, topic, state)
    return found


def compared(
    old: Share, new: Share, before: Mapping[str, Piece], after: Mapping[str, Piece]
) -> Comparison:
    """What differs, of what is taken, between two versions."""
    earlier = {piece.name.id: piece for piece in before.values()}
    later = {piece.name.id: piece for piece in after.values()}
    return Comparison(
        came=tuple(
            piece
            for name, piece in later.items()
            if piece.state is State.SHOWN and _state(earlier.get(name)) is not State.SHOWN
        ),
        changed=tuple(
            change
            for name, piece in later.items()
            if piece.state is State.SHOWN and _state(earlier.get(name)) is State.SHOWN
            for change in _changes(_Side(earlier[name], before), _Side(piece, after))
        ),
        gone=tuple(
            Gone(piece, later.get(name))
            for name, piece in earlier.items()
            if piece.state is State.SHOWN and _state(later.get(name)) is not State.SHOWN
        ),
        lines=tuple(_lines(old, new)),
        words=tuple(_words(old, new, {*before, *after})),
        offered=tuple(_offered(old, new, after)),
    )


def _state(piece: Piece | None) -> State | None:
    return piece.state if piece else None


class _Side(NamedTuple):
    """One of two states of a piece, with everything that was taken then."""

    piece: Piece
    every: Mapping[str, Piece]

    def value(self, key: str) -> str:
        """A value as people read it; what it names, by what that is called here."""
        value = _at(self.piece.node, key)
        if key == "also_in" and isinstance(value, list):
            return ", ".join(self._here(value))
        if key == "start_here" and isinstance(value, dict):
            parts = {audience: self._here(names) for audience, names in value.items()}
            return "; ".join(f"{who}: {', '.join(names)}" for who, names in parts.items() if names)
        return said(value)

    def _here(self, names: object) -> list[str]:
        listed = names if isinstance(names, list) else []
        return [self.every[name].name.id for name in map(str, listed) if name in self.every]

    @property
    def home(self) -> str:
        """The id here of the topic of a link."""
        topic = self.piece.topic or ""
        return self.every[topic].name.id if topic in self.every else topic


def _changes(before: _Side, after: _Side) -> Iterator[Changed]:
    is_link = after.piece.topic is not None
    for key in KEYS_OF_A_LINK if is_link else KEYS_OF_A_TOPIC:
        was, now = before.value(key), after.value(key)
        if was != now:
            yield Changed(after.piece, key, was, now)
    if is_link and before.home != after.home:
        yield Changed(after.piece, "topic", before.home, after.home)


def _at(node: YamlMap, key: str) -> object:
    first, _, rest = key.partition(".")
    value = node.get(first)
    return _at(value, rest) if rest and isinstance(value, YamlMap) else None if rest else value


def said(value: object) -> str:
    """A value on one line, as people read it."""
    if isinstance(value, dict):
        if set(value) <= {"number", "number_checked", "checked_by"} and "number" in value:
            return said(value["number"])
        if "caution" in value:
            return said(value["caution"])
        return "; ".join(f"{key}: {said(part)}" for key, part in value.items())
    if isinstance(value, list):
        return ", ".join(map(said, value))
    return "" if value is None else " ".join(str(value).split())


def _lines(old: Share, new: Share) -> Iterator[tuple[str, str, str]]:
    """Each line of urgent help that differs: its name, what it was, and what it is."""
    was, now = (_by(share, "urgent_help", "name") for share in (old, new))
    for name in dict.fromkeys((*was, *now)):
        earlier, later = (_line(each.get(name)) for each in (was, now))
        if earlier != later:
            yield name, earlier, later


def _line(node: YamlMap | None) -> str:
    if node is None:
        return ""
    parts = [said(node.get("when"))]
    parts += [f"call {said(node['phone'])}"] if node.get("phone") else []
    parts += [f"text {said(node['text'])}"] if node.get("text") else []
    return ", ".join(part for part in parts if part)


def _words(old: Share, new: Share, taken: Collection[str]) -> Iterator[str]:
    """The words that differ, of what is taken or of no topic."""
    was, now = (
        {
            term: node
            for term, node in _by(share, "glossary", "term").items()
            if (topic := text_of(node, "category")) is None or topic in taken
        }
        for share in (old, new)
    )
    for term in dict.fromkeys((*was, *now)):
        meanings = [said(each[term].get("meaning")) if term in each else "" for each in (was, now)]
        if meanings[0] != meanings[1]:
            yield term


def _by(share: Share, key: str, name: str) -> dict[str, YamlMap]:
    return {said(node.get(name)): node for _, node in maps_in(share.root.get(key))}


def _offered(old: Share, new: Share, after: Mapping[str, Piece]) -> Iterator[str]:
    known = {text_of(topic, "id") for _, topic in maps_in(old.root.get("categories"))}
    for _, topic in maps_in(new.root.get("categories")):
        name = text_of(topic, "id")
        if name and name not in known and name not in after and topic.get("retired") is None:
            yield name
