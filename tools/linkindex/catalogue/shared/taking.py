"""What an index takes of others, put into its own tree, so that both are read as one. Pure.

The tree of ``resources.yaml`` names under ``extends:`` what is taken. Topics, groups, urgent help,
words and decks of it are put into the tree as if they stood there, with what is said otherwise
here; then every rule holds for them as for any editor's words. What is taken keeps the lines of its
shared file, counted on from the end of the index: see :class:`~linkindex.catalogue.taken.Taken`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

from pydantic_core import PydanticCustomError

from linkindex.catalogue.fields import plain_text
from linkindex.catalogue.kinds import NATIONS_OF_THE_UK
from linkindex.catalogue.languages import languages_of
from linkindex.catalogue.permalinks import Published
from linkindex.catalogue.problems import Place, Problem, UnfitError, quoted, suggestion
from linkindex.catalogue.questions import Question
from linkindex.catalogue.rules.tree import Entry, day_of, text_of, texts_of
from linkindex.catalogue.shared.share import Share, read_share
from linkindex.catalogue.shared.speaking import speak
from linkindex.catalogue.taken import Stretch, Taken, kept_name
from linkindex.catalogue.upstream import EVERY_TOPIC
from linkindex.catalogue.yaml.shape import TOPIC
from linkindex.catalogue.yaml.source import YamlList, YamlMap, maps_in

EXTENDS = "extends"

Read = Callable[[str], bytes]
"""Reads a file beside the index."""


@dataclass(frozen=True)
class Taking:
    """What came of it.

    :ivar is_whole: whether all that is named could be read: else nothing else is to be said.
    """

    taken: Taken
    problems: tuple[Problem, ...] = ()
    is_whole: bool = True


def take(
    root: YamlMap, file: str, lines: int, read: Read, published: Collection[Published] = ()
) -> Taking:
    """Put what an index takes of others into its tree.

    :param file: what problems call the index.
    :param lines: how many lines it has.
    :param published: what the ledger of the index says was published.
    """
    if EXTENDS not in root:
        return Taking(Taken(file))
    upstreams = [node for _, node in maps_in(root[EXTENDS])]
    opened: list[tuple[YamlMap, Share]] = []
    problems: list[Problem] = []
    after = lines
    for node in upstreams:
        if not is_name(text_of(node, "name")) or text_of(node, "hash") is None:
            continue  # the model says so
        try:
            share = _kept(node, read, after)
        except _KeptError as error:
            problems.append(Problem(file, *error.place, error.what, error.remedy))
            continue
        opened.append((node, share))
        after = share.last
    if problems or len(opened) < len(upstreams):
        return Taking(Taken(file), tuple(problems), is_whole=False)
    index = _Index(root, file, frozenset(entry.code for entry in published))
    ours = languages_of(root)
    for node, share in opened:
        speak(share.root, share.head.language, ours)
        _Upstream(index, node, share).take()
    index.finish(opened)
    return Taking(
        Taken(
            file,
            tuple(index.stretches),
            index.names,
            index.theirs,
            frozenset(index.hidden),
            index.opened,
            index.meanings,
            tuple(index.questions),
        ),
        tuple(index.problems),
    )


def is_name(name: str | None) -> bool:
    """Whether a name can be that of a file beside the index: what :func:`~.fields.slug` allows."""
    return (
        name is not None
        and len(name) <= 60
        and re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name) is not None
    )


class _KeptError(UnfitError):
    def __init__(self, place: Place, what: str, remedy: str) -> None:
        super().__init__(what, remedy)
        self.place = place


def _kept(node: YamlMap, read: Read, after: int) -> Share:
    """The shared file of an upstream, which must be the one that is pinned."""
    name = text_of(node, "name") or ""
    kept = kept_name(name)
    again = f"fetch it again with `linkindex update {name}`"
    try:
        data = read(kept)
    except FileNotFoundError:
        raise _KeptError(
            node.key_places["name"],
            f"there is no file {quoted(kept)}, which holds what is taken from {quoted(name)}",
            f"put it back with `git checkout -- {kept}`, or {again}",
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _KeptError(
            node.key_places["name"],
            f"the file {quoted(kept)} cannot be read ({reason})",
            "check its permissions",
        ) from None
    place = node.key_places["hash"]
    try:
        share = read_share(data, kept, after, _topics_named(node))
    except UnfitError as error:
        raise _KeptError(
            place, error.what, f"put back the one that was pinned, or {again}"
        ) from None
    if share.digest != text_of(node, "hash"):
        raise _KeptError(
            place,
            f"{quoted(kept)} is not the file that was pinned (its hash is {share.digest})",
            f"nobody should change it; put it back with `git checkout -- {kept}`, or {again}",
        )
    return share


def _topics_named(node: YamlMap) -> set[str] | None:
    """The ids of the topics that are taken; none where every topic is."""
    if isinstance(node.get("topics"), str):
        return None
    return {name for name, _ in texts_of(node, "topics")}


@dataclass
class _Index:
    """The index into which others are taken."""

    root: YamlMap
    file: str
    published: frozenset[str]
    problems: list[Problem] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    opened: dict[str, tuple[str, datetime.date]] = field(default_factory=dict)
    meanings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.partial = {
            (source, name): category
            for _, category in maps_in(self.root.get("categories"))
            if (source := text_of(category, "from")) and (name := text_of(category, "id"))
        }
        own = [
            entry
            for _, category in maps_in(self.root.get("categories"))
            for entry in (
                *([] if text_of(category, "from") else [category]),
                *(link for _, link in maps_in(category.get("resources"))),
            )
        ]
        self.own = {name: entry for entry in own if (name := text_of(entry, "id"))}
        settings = self.root.get("index")
        nations = (
            [name for name, _ in texts_of(settings, "nations")]
            if isinstance(settings, YamlMap)
            else []
        )
        self.left_out = {*NATIONS_OF_THE_UK} - {*nations} if nations else set()
        self.topics: dict[str, YamlMap] = {}
        self.filled: set[tuple[str, str]] = set()
        self.urgent: list[YamlMap] = []

    def report(self, place: Place, what: str, remedy: str) -> None:
        self.problems.append(Problem(self.file, *place, what, remedy))

    def list_of(self, key: str, place: Place) -> YamlList:
        """The list under a key at the margin, which is made where there is none."""
        value = self.root.get(key)
        if value is None:
            value = self.root[key] = YamlList(place)
            self.root.key_places[key] = place
        return value if isinstance(value, YamlList) else YamlList(place)

    def serves(self, nations: Iterable[str]) -> bool:
        """Whether something that holds in some nations holds in one that the index is for."""
        return not self.left_out or not {*nations} <= self.left_out

    def finish(self, opened: list[tuple[YamlMap, Share]]) -> None:
        """What can be told only when all is taken."""
        known = {text_of(node, "name"): node for node, _ in opened}
        categories = self.list_of("categories", self.root.place)
        for (source, name), partial in self.partial.items():
            if (source, name) in self.filled:
                continue
            place = partial.key_places["from"]
            if source not in known:
                remedy = suggestion(source, [each for each in known if each], "remove the line")
                self.report(place, f"nothing below `extends:` is called {quoted(source)}", remedy)
            else:
                self.report(
                    place,
                    f"the topic {quoted(name)} is not taken from {quoted(source)}",
                    f"add it to the `topics:` of {quoted(source)}, or remove this entry",
                )
            _remove(categories, partial)
        if self.urgent:
            self._put_urgent_help()

    def _put_urgent_help(self) -> None:
        """Lines of one's own replace those of the same name, or stand with those of their part."""
        written = self.list_of("urgent_help", self.urgent[0].place)
        lines = list(self.urgent)
        for _, own in maps_in(written):
            name, part = _folded(own, "name"), _folded(own, "part")
            same = [at for at, line in enumerate(lines) if name and _folded(line, "name") == name]
            together = [at for at, line in enumerate(lines) if _folded(line, "part") == part]
            if same:
                lines[same[0]] = own
            else:
                lines.insert(together[-1] + 1 if together else len(lines), own)
        written[:] = lines
        written.item_places[:] = [line.place for line in lines]


class _Upstream:
    """One index that is taken from, and what is said of it under ``extends:``."""

    def __init__(self, index: _Index, node: YamlMap, share: Share) -> None:
        self.index = index
        self.node = node
        self.share = share
        self.name = text_of(node, "name") or ""
        self.shift = share.root.place.line - 1
        self.renamed = dict(self._by_id("here"))
        self.hide = dict(self._by_id("hide"))
        self.change = dict(self._by_id("change"))
        self.rung = {
            _digits(called): entry
            for _, entry in maps_in(node.get("rung"))
            if (called := text_of(entry, "number"))
        }
        self.used: set[str] = set()
        self.all_topics = {
            name: topic
            for _, topic in maps_in(share.root.get("categories"))
            if (name := text_of(topic, "id"))
        }

    def _by_id(self, key: str) -> Iterator[tuple[str, tuple[YamlMap | None, Place]]]:
        items = self.node.get(key)
        if not isinstance(items, YamlList):
            return
        for item, place in zip(items, items.item_places, strict=True):
            name = item.strip() if isinstance(item, str) else text_of(item, "id")
            if name:
                yield name, (item if isinstance(item, YamlMap) else None, place)

    # --- What is called otherwise here. ---

    def called(self, name: str) -> str:
        """The id of something here."""
        entry = self.renamed.get(name, (None,))[0]
        return text_of(entry, "as") or name

    def theirs(self, name: str | None) -> str:
        """The id there of something, by its id here."""
        for theirs, (entry, _) in self.renamed.items():
            if name is not None and text_of(entry, "as") == name:
                return theirs
        return name or ""

    def coded(self, entry: YamlMap, name: str) -> None:
        """Give an entry the id and the code that it has here."""
        self.used.update({name} & self.renamed.keys())
        node = self.renamed.get(name, (None,))[0]
        noun = "category" if name in self.all_topics else "resource"
        code = Entry(noun, entry).code
        if code and "code" not in entry:  # made of the id there, whatever that is here
            _set(entry, "code", code, entry.place)
        for key, other in (("id", "as"), ("code", "code")):
            if isinstance(node, YamlMap) and text_of(node, other):
                entry[key] = node[other]
                entry.key_places[key] = node.key_places[other]
        if self.called(name) != name:
            self.index.theirs[self.called(name)] = name

    # --- What is taken. ---

    def take(self) -> None:
        wanted = self._wanted()
        self.taken_topics = {name for name, _ in wanted}
        self._stretch(self.shift + 1, self.node.place.line)
        self._find_links()
        lines = {name: place.line for name, place in wanted}
        for name, topic in self.all_topics.items():
            if name in lines:
                self._mark(topic, name, lines[name])
            else:
                self._stretch(topic.place.line, self.node.place.line)
        for name, _ in wanted:
            self._topic(name, self.all_topics[name])
        self._groups()
        if (text_of(self.node, "urgent_help") or "").lower() != "false":
            self._urgent_help()
        self._glossary()
        self._decks()
        self._meanings()
        self._questions()
        self._unused()

    def _wanted(self) -> list[tuple[str, Place]]:
        """The ids of the topics that are taken, each with the place that says so."""
        topics = self.node.get("topics")
        place = self.node.key_places.get("topics", self.node.place)
        if isinstance(topics, str) and topics.strip() == EVERY_TOPIC:
            return [(name, place) for name in self.all_topics if self._has_links(name)]
        wanted: dict[str, Place] = {}
        for name, at in texts_of(self.node, "topics"):
            if name not in self.all_topics:
                by_code = [key for key, topic in self.all_topics.items() if _code(topic) == name]
                self.index.report(
                    at,
                    f"{quoted(self.name)} has no topic {quoted(name)}",
                    f"write its id, {quoted(by_code[0])}"
                    if by_code
                    else suggestion(name, self.all_topics, "remove it"),
                )
            elif name in wanted:
                self.index.report(at, f"{quoted(name)} is twice in `topics`", "remove one")
            elif not self._has_links(name):
                self.index.report(
                    at,
                    f"{quoted(name)} of {quoted(self.name)} has no link that holds where this "
                    "index is for",
                    "take it out of `topics:`, or add links of your own to it",
                )
            else:
                wanted[name] = at
        return list(wanted.items())

    def _has_links(self, name: str) -> bool:
        """Whether there is anything on the page of a topic: links there, or of one's own."""
        topic = self.all_topics[name]
        own = self.index.partial.get((self.name, self.called(name)))
        return (
            topic.get("retired") is not None
            or bool(own and own.get("resources"))
            or any(
                self.index.serves(nation for nation, _ in texts_of(link, "nations"))
                or f"r/{self._code_here(link)}" in self.index.published
                for _, link in maps_in(topic.get("resources"))
            )
        )

    def _stretch(self, first: int, own: int) -> None:
        self.index.stretches.append(Stretch(first, own, self.name, self.shift))

    def _mark(self, topic: YamlMap, name: str, own: int) -> None:
        """Note which line of the index answers for a topic, and for each link of it."""
        change = self.change.get(name)
        self._stretch(topic.place.line, change[1].line if change else own)
        is_changed = bool(change)
        for _, link in maps_in(topic.get("resources")):
            change = self.change.get(text_of(link, "id") or "")
            if change or is_changed:
                self._stretch(link.place.line, change[1].line if change else own)
            is_changed = bool(change)

    def _find_links(self) -> None:
        """Which links are there at all, and which of them are shown here."""
        self.links: dict[str, YamlMap] = {}
        self.home: dict[str, str] = {}
        self.known: set[str] = {*self.all_topics, *self.share.links}
        for name, topic in self.all_topics.items():
            for _, link in maps_in(topic.get("resources")):
                link_id = text_of(link, "id")
                if not link_id or name not in self.taken_topics:
                    continue
                nations = [nation for nation, _ in texts_of(link, "nations")]
                if self.index.serves(nations) or f"r/{self._code_here(link)}" in (
                    self.index.published
                ):
                    self.links[link_id] = link
                    self.home[link_id] = name

    def _code_here(self, link: YamlMap) -> str | None:
        node = self.renamed.get(text_of(link, "id") or "", (None,))[0]
        return text_of(node, "code") or Entry("resource", link).code

    def _is_here(self, name: str) -> bool:
        return name in self.links or name in self.taken_topics

    def _is_shown(self, name: str) -> bool:
        link = self.links.get(name)
        if link is None or name in self.hide or text_of(link, "withheld") == "true":
            return False
        nations = [nation for nation, _ in texts_of(link, "nations")]
        return link.get("retired") is None and self.index.serves(nations)

    def _topic(self, name: str, topic: YamlMap) -> None:
        here = self.called(name)
        clash = self.index.own.get(here)
        other = self.index.names.get(here)
        place = self.node.key_places.get("topics", self.node.place)
        if other or (clash is not None and not self._gives_way(clash, topic, "category")):
            self._clash(name, here, other, clash, place)
            return
        self.index.names[here] = self.name
        self._changed(topic, name)
        resources = topic.get("resources")
        links = [link for _, link in maps_in(resources)]
        for key in ("related", "start_here"):
            self._references(topic, key, name)
        self.coded(topic, name)
        if name in self.hide:
            self._hide_topic(topic, name)
        elif topic.get("retired") is not None:
            self._lead_on(topic, None)
        is_retired = topic.get("retired") is not None
        if is_retired:
            _drop(topic, "start_here")
        kept = YamlList(topic.place)
        for link in links:
            self._link(link, name, kept, is_retired=is_retired)
        _set(topic, "resources", kept, topic.place)
        _set(topic, "from", self.name, place)
        self._put(topic, name)

    def _put(self, topic: YamlMap, name: str) -> None:
        """Put a topic where the index writes what differs, or below the last one."""
        categories = self.index.list_of("categories", topic.place)
        here = self.called(name)
        partial = self.index.partial.get((self.name, here))
        if partial is None:
            categories.append(topic)
            categories.item_places.append(topic.place)
        else:
            self.index.filled.add((self.name, here))
            at = next(at for at, item in enumerate(categories) if item is partial)
            categories[at] = topic
            self._add(topic, partial)
        self.index.topics[here] = topic

    def _add(self, topic: YamlMap, partial: YamlMap) -> None:
        """Add to a topic what is one's own: links, those to open first, and who keeps it."""
        for key, value in partial.items():
            place = partial.key_places[key]
            if key == "resources":
                own = topic["resources"]
                if isinstance(own, YamlList) and isinstance(value, YamlList):
                    own.extend(value)
                    own.item_places.extend(value.item_places)
                elif value is not None:
                    _set(topic, key, value, place)
            elif key == "start_here" and isinstance(value, YamlMap):
                self._first(topic, value, place)
            elif key in _OWN_KEYS:
                _set(topic, key, value, place)
            elif key not in ("id", "from") and key in TOPIC.keys:
                self.index.report(
                    place,
                    f"{quoted(key)} of {quoted(text_of(partial, 'id'))} is written at "
                    f"{quoted(self.name)}",
                    f"to say it otherwise, write it below `change:` of {quoted(self.name)}, with "
                    "a reason",
                )
            elif key not in ("id", "from"):
                _set(topic, key, value, place)  # the model says that it is unknown

    def _first(self, topic: YamlMap, own: YamlMap, place: Place) -> None:
        """One's own links stand before theirs, as far as there is room."""
        theirs = topic.get("start_here")
        joined = YamlMap(own.place)
        every = dict.fromkeys([*own, *(theirs if isinstance(theirs, YamlMap) else ())])
        for audience in every:
            mine = own.get(audience)
            if mine is not None and not isinstance(mine, YamlList):
                _set(joined, audience, mine, own.key_places[audience])
                continue
            names = texts_of(own, audience)
            seen = {name for name, _ in names}
            most = max(_MOST_FIRST.get(audience, 3), len(names))
            if isinstance(theirs, YamlMap):
                names += [each for each in texts_of(theirs, audience) if each[0] not in seen]
            listed = _texts(names[:most], own.key_places.get(audience, place))
            _set(joined, audience, listed, listed.place)
        _set(topic, "start_here", joined, place)

    def _link(self, link: YamlMap, topic: str, kept: YamlList, *, is_retired: bool) -> None:
        name = text_of(link, "id")
        if name is None:
            kept.append(link)  # the model says so
            kept.item_places.append(link.place)
            return
        if name not in self.links:
            return
        here = self.called(name)
        clash, other = self.index.own.get(here), self.index.names.get(here)
        if other or (clash is not None and not self._gives_way(clash, link, "resource")):
            self._clash(name, here, other, clash, self.node.key_places.get("topics", link.place))
            return
        self.index.names[here] = self.name
        self._numbers(link)
        self._changed(link, name)
        self.coded(link, name)
        is_withheld = (text_of(link, "withheld") or "").lower() == "true"
        self._opened(link, name, here)
        for key in ("withheld", "draft", "opened"):
            _drop(link, key)
        hidden = self.hide.get(name)
        place = hidden[1] if hidden else link.place
        nations = [nation for nation, _ in texts_of(link, "nations")]
        if hidden:
            self.used.add(name)
            chosen = text_of(hidden[0], "successor")
            self._retire(link, here, chosen or self.called(topic), place)
            self._stand_in(chosen, topic)
        elif link.get("retired") is not None:
            self._lead_on(link, topic)
        elif is_withheld or is_retired or not self.index.serves(nations):
            self._retire(link, here, self.called(topic), place)
        self._references(link, "also_in", name)
        kept.append(link)
        kept.item_places.append(link.place)

    def _opened(self, link: YamlMap, theirs: str, here: str) -> None:
        """Note when their check last opened the page, if it is the same here."""
        day = day_of(text_of(link, "opened"))
        change = self.change.get(theirs, (None,))[0]
        if day and not (isinstance(change, YamlMap) and "url" in change):
            self.index.opened[here] = (self._shown_name(), day)

    def _shown_name(self) -> str:
        """What readers are told their index is called."""
        try:
            name = plain_text(self.share.head.name)
        except PydanticCustomError:
            return self.name
        return name if len(name) <= LONGEST_NAME else self.name

    def _gives_way(self, own: YamlMap, theirs: YamlMap, noun: str) -> bool:
        """Take away what is retired here, where it is there again under the same code."""
        code = self._code_here(theirs) if noun == "resource" else _code(theirs)
        if own.get("retired") is None or Entry(noun, own).code != code:
            return False
        for _, category in maps_in(self.index.root.get("categories")):
            links = category.get("resources")
            if isinstance(links, YamlList):
                _remove(links, own)
        categories = self.index.root.get("categories")
        if isinstance(categories, YamlList):
            _remove(categories, own)
        return True

    def _numbers(self, entry: YamlMap) -> None:
        """A number is confirmed where somebody here rang it, whoever else has."""
        for way in ("phone", "text"):
            value = entry.get(way)
            written = value.get("number") if isinstance(value, YamlMap) else value
            if not isinstance(written, str):
                continue
            called = f"text {written}" if way == "text" else written
            rung = self.rung.get(_digits(called))
            place = entry.key_places[way]
            if rung is None:
                _set(entry, way, written, place)
                continue
            confirmed = YamlMap(rung.place)
            _set(confirmed, "number", written, place)
            for key in ("number_checked", "checked_by"):
                if key in rung:
                    _set(confirmed, key, rung[key], rung.key_places[key])
            _set(entry, way, confirmed, place)

    def _clash(
        self, name: str, here: str, other: str | None, clash: YamlMap | None, place: Place
    ) -> None:
        if clash is not None and other is None:
            self.index.report(
                clash.key_places["id"],
                f"{quoted(here)} is what {quoted(self.name)} calls something that is taken from "
                "there",
                "give this one another id; if it is printed already, write below `here:` of "
                f"{quoted(self.name)} what theirs is called here, such as `- id: {name}` and "
                f"`as: {self.name}-{name}`",
            )
            return
        self.index.report(
            place,
            f"{quoted(other)} and {quoted(self.name)} both call something {quoted(here)}",
            f"write below `here:` of {quoted(self.name)} what theirs is called here, such as "
            f"`- id: {name}` and `as: {self.name}-{name}`",
        )

    def _changed(self, entry: YamlMap, name: str) -> None:
        """Say otherwise what the index says otherwise."""
        node, _ = self.change.get(name, (None, None))
        if node is None:
            return
        self.used.add(name)
        for key, value in node.items():
            place = node.key_places[key]
            if key in ("id", "reason"):
                continue
            if key in _FIXED:
                self.index.report(
                    place, f"{quoted(key)} cannot be changed here", _FIXED[key].format(self.name)
                )
            elif value is None:
                _drop(entry, key)
            else:
                _set(entry, key, value, place)

    def _references(self, entry: YamlMap, key: str, theirs: str) -> None:
        """Leave out, in silence, what names something that is not taken.

        :param theirs: the id there of the entry.
        """
        value = entry.get(key)
        change = self.change.get(theirs, (None,))[0]
        if isinstance(change, YamlMap) and key in change:
            return
        if key == "start_here" and isinstance(value, YamlMap):
            for audience in list(value):
                shown = [
                    (self.called(stand_in), place)
                    for name, place in texts_of(value, audience)
                    if (stand_in := self._standing_in(name, theirs))
                ]
                if shown:
                    value[audience] = _texts(list(dict(shown).items()), value.place)
                else:
                    _drop(value, audience)
            if not value:
                _drop(entry, key)
        elif isinstance(value, YamlList):
            named = [
                (self.called(name), place)
                for name, place in texts_of(entry, key)
                if name in self.taken_topics
                and name not in self.hide
                and name != self.home.get(theirs)
            ]
            _set(entry, key, _texts(named, value.place), entry.key_places[key])

    def _standing_in(self, name: str, topic: str) -> str | None:
        """What is to be opened first: a link, or what stands in its place where it is hidden."""
        if self._is_shown(name):
            guests = (guest for guest, _ in texts_of(self.links[name], "also_in"))
            return name if topic in (self.home[name], *guests) else None
        hidden = self.hide.get(name)
        chosen = self.theirs(text_of(hidden[0], "successor")) if hidden else ""
        return chosen if self._is_shown(chosen) else None

    def _stand_in(self, chosen: str | None, topic: str) -> None:
        """What stands in the place of a hidden link is shown where that one was."""
        name = self.theirs(chosen)
        link = self.links.get(name)
        if link is None or self.home[name] == topic or not self._is_shown(name):
            return
        guests = texts_of(link, "also_in")
        if topic not in (name for name, _ in guests):
            place = link.key_places.get("also_in", link.place)
            _set(link, "also_in", _texts([*guests, (topic, place)], place), place)

    def _retire(self, entry: YamlMap, here: str, successor: str, place: Place) -> None:
        """Let a code lead on, though nothing was retired there."""
        self.index.hidden.add(here)
        retired = YamlMap(place)
        for key, value in (("on", _day_of(entry)), ("successor", successor)):
            _set(retired, key, value, place)
        _set(entry, "retired", retired, place)

    def _lead_on(self, entry: YamlMap, topic: str | None) -> None:
        """A code that was retired there leads on to what is taken, else to its topic."""
        retired = entry.get("retired")
        if not isinstance(retired, YamlMap):
            return
        successor = text_of(retired, "successor")
        if successor is None:
            return
        for _ in range(_LONGEST_CHAIN):
            if self._is_here(successor):
                _set(retired, "successor", self.called(successor), retired.place)
                return
            following = self._entry(successor)
            further = text_of(following.get("retired"), "successor") if following else None
            if further is None:
                break
            successor = further
        if topic is not None:
            _set(retired, "successor", self.called(topic), retired.place)
        else:
            self._leads_nowhere(entry, successor)

    def _leads_nowhere(self, topic: YamlMap, successor: str) -> None:
        """Say that a topic was retired there for something that is not taken."""
        name = text_of(topic, "id") or ""
        place = dict(self._wanted()).get(name, self.node.place)
        is_topic = successor in self.all_topics
        taking = f"add {quoted(successor)} to `topics:`, or " if is_topic else ""
        self.index.report(
            place,
            f"{quoted(self.name)} has retired the topic {quoted(name)} for {quoted(successor)}, "
            "which is not taken, so its printed cards would lead nowhere",
            f"{taking}write below `hide:` the `id: {name}` and a `successor:` that is here",
        )

    def _entry(self, name: str) -> YamlMap | None:
        if name in self.all_topics:
            return self.all_topics[name]
        return next(
            (
                link
                for topic in self.all_topics.values()
                for _, link in maps_in(topic.get("resources"))
                if text_of(link, "id") == name
            ),
            None,
        )

    def _hide_topic(self, topic: YamlMap, name: str) -> None:
        node, place = self.hide[name]
        self.used.add(name)
        successor = text_of(node, "successor")
        if successor is None:
            self.index.report(
                place,
                f"{quoted(name)} is a topic, and its printed cards must lead somewhere",
                "write it as `- id:` with a `successor:`, the id of another topic; or take it out "
                "of `topics:` if it was never published",
            )
            successor = self.called(name)
        self._retire(topic, self.called(name), successor, place)

    # --- What comes along. ---

    def _groups(self) -> None:
        groups = self.index.list_of("groups", self.node.place)
        known = {text_of(group, "id") for _, group in maps_in(groups)}
        # Also of topics that are one's own: of one that was dropped there, the group may be left.
        topics = (topic for _, topic in maps_in(self.index.root.get("categories")))
        needed = {text_of(topic, "group") for topic in topics}
        for _, group in maps_in(self.share.root.get("groups")):
            name = text_of(group, "id")
            if name in needed - known:
                groups.append(group)
                groups.item_places.append(group.place)

    def _urgent_help(self) -> None:
        lines = self.index.urgent
        names = {_folded(line, "name") for line in lines}
        for _, line in maps_in(self.share.root.get("urgent_help")):
            nations = [nation for nation, _ in texts_of(line, "nations")]
            if not self.index.serves(nations) or _folded(line, "name") in names:
                continue
            _drop(line, "allow")
            self._numbers(line)
            part = _folded(line, "part")
            together = [at for at, each in enumerate(lines) if _folded(each, "part") == part]
            lines.insert(together[-1] + 1 if together else len(lines), line)

    def _glossary(self) -> None:
        written = self.share.root.get("glossary")
        if not written:
            return
        words = self.index.list_of("glossary", self.node.place)
        known = {_folded(word, "term") for _, word in maps_in(words)}
        for _, word in maps_in(written):
            topic = text_of(word, "category")
            if _folded(word, "term") in known or (topic and not self._is_open(topic)):
                continue
            if topic:
                _set(word, "category", self.called(topic), word.key_places["category"])
            words.append(word)
            words.item_places.append(word.place)
        self._drop_if_empty("glossary", words)

    def _is_open(self, topic: str) -> bool:
        node = self.index.topics.get(self.called(topic))
        is_here = topic in self.taken_topics and node is not None
        return is_here and node is not None and node.get("retired") is None

    def _decks(self) -> None:
        """A deck comes along if all of its topics do."""
        written = self.share.root.get("decks")
        if not written:
            return
        decks = self.index.list_of("decks", self.node.place)
        known = {text_of(deck, "id") for _, deck in maps_in(decks)}
        for _, deck in maps_in(written):
            cards = texts_of(deck, "cards")
            if text_of(deck, "id") in known or not all(self._is_open(name) for name, _ in cards):
                continue
            named = [(self.called(name), place) for name, place in cards]
            _set(deck, "cards", _texts(named, deck.place), deck.key_places.get("cards", deck.place))
            decks.append(deck)
            decks.item_places.append(deck.place)
        self._drop_if_empty("decks", decks)

    def _drop_if_empty(self, key: str, values: YamlList) -> None:
        if not values and self.index.root.get(key) is values:
            _drop(self.index.root, key)

    def _meanings(self) -> None:
        meanings = self.share.root.get("meanings")
        if not isinstance(meanings, YamlMap):
            return
        for topic in meanings:
            if self._is_open(topic):
                said = tuple(saying for saying, _ in texts_of(meanings, topic))
                self.index.meanings[self.called(topic)] = said

    def _questions(self) -> None:
        """Questions that something answers which is taken."""
        questions = self.share.root.get("questions")
        if not isinstance(questions, YamlMap):
            return
        for named in questions:
            ids = (self.called(name) for name in named.split())
            answers = tuple(id_ for id_ in ids if id_ in self.index.names)
            if answers:
                asked = (text for text, _ in texts_of(questions, named))
                self.index.questions.extend(Question(text, answers) for text in asked)

    def _unused(self) -> None:
        """What is said under ``extends:`` of something that is not taken."""
        for key, entries in (("hide", self.hide), ("change", self.change)):
            for name, (_, place) in entries.items():
                if name in self.used:
                    continue
                there = "is not taken" if name in self.known else "is not there"
                near = suggestion(name, {*self.links, *self.taken_topics}, "remove this entry")
                self.index.report(
                    place,
                    f"{quoted(name)} stands below {quoted(f'{key}:')} of {quoted(self.name)}, and "
                    f"{there}",
                    "remove this entry" if name in self.known else near,
                )


_OWN_KEYS = frozenset({"steward", "review_every", "allow"})
"""What the entry of a topic that is taken may say besides its links: who keeps it here."""

_FIXED = {
    "code": "cards are printed with it; write it below `here:` of `{}` if it must be another",
    "resources": "write each link as an entry of its own below `change:`",
    "retired": "write its id below `hide:` of `{}`",
    "from": "remove the line",
    "draft": "write its id below `hide:` of `{}`",
    "withheld": "write its id below `hide:` of `{}`",
}
"""Keys of what is taken that stay as they are, with what to do in place of changing them."""

LONGEST_NAME = 60
"""Characters of the name of another index that readers see."""

_MOST_FIRST = {"families": 4}
"""How many links stand first for an audience, if not three: see ``StartHere``."""

_LONGEST_CHAIN = 50
"""Steps from one successor to the next: what is hostile could lead round in a circle."""


def _digits(called: str) -> str:
    """A number as it is compared: without its spaces."""
    return "".join(called.split()).casefold()


def _code(topic: YamlMap) -> str | None:
    return Entry("category", topic).code


def _folded(entry: object, key: str) -> str | None:
    """A text as it is compared with others; one in several languages by the first of them."""
    value = entry.get(key) if isinstance(entry, YamlMap) else None
    if isinstance(value, YamlMap):
        value = next(iter(value.values()), None)
    return value.strip().casefold() if isinstance(value, str) and value.strip() else None


def _day_of(entry: YamlMap) -> str:
    """A day for a code that leads on. Nothing was closed there, so no page of it tells a day."""
    links = [text_of(link, "added") for _, link in maps_in(entry.get("resources"))]
    return text_of(entry, "added") or max((day for day in links if day), default="2026-01-01")


def _set(entry: YamlMap, key: str, value: object, place: Place) -> None:
    entry[key] = value
    entry.key_places[key] = place


def _drop(entry: YamlMap, key: str) -> None:
    entry.pop(key, None)
    entry.key_places.pop(key, None)


def _remove(items: YamlList, item: YamlMap) -> None:
    at = next((at for at, each in enumerate(items) if each is item), None)
    if at is not None:
        del items[at]
        del items.item_places[at]


def _texts(names: Iterable[tuple[str, Place]], place: Place) -> YamlList:
    listed = YamlList(place)
    for name, at in names:
        listed.append(name)
        listed.item_places.append(at)
    return listed
