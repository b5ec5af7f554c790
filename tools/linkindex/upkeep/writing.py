"""Adding, changing, moving and removing entries of an index, as text. Pure.

Text goes in and text comes out. Every line that need not change stays as it is, byte for byte: its
wrapping, its comments, its quotes, its line end, the order of the keys and of the entries. What is
new is written as the file is: keys in the order of the handbook, lists in brackets, long texts
folded at :data:`LINE_WIDTH`, a blank line between entries where there is one between others.

This is the one way to write into an index, for the commands, for suggestions and for what is
imported. The text is that of ``resources.yaml``, of one file of ``topics/``, or of an index that is
read as one (:mod:`linkindex.catalogue.yaml.parts`). It need not be free of errors, but it must be
YAML. Values may be anybody's words: whatever they hold, they are read back as they are, and change
nothing else. That is made sure of after each change: the changed text is read again, and holds
exactly what the old one held and the change, or nothing is returned.

>>> text = with_link(text, "sleep", {"id": "naps", "title": "Naps", "url": "https://example.org/"})
>>> text = with_changes(text, "naps", {"summary": "Why naps help.", "minutes": 5})
>>> text = with_changes(text, "naps", {"minutes": None})
>>> text = with_changes(text, "naps", {"summary": "Pam mae cyntun yn helpu."}, language="cy")
>>> text = with_link_moved(text, "naps", "daytime")

Every function raises :class:`~linkindex.catalogue.LinkIndexError` with one sentence (``file:line``,
what, what to do) for a topic or a link that is not there, and for what is written in a way that
cannot be changed line by line, such as several entries on one line.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.codes import resource_code
from linkindex.catalogue.drafts import TO_DO, UNPLACED
from linkindex.catalogue.languages import languages_of
from linkindex.catalogue.problems import quoted, suggestion
from linkindex.catalogue.yaml.shape import FILE, LINK, TOPIC, Shape
from linkindex.catalogue.yaml.source import YamlList, YamlMap, maps_in, read_yaml
from linkindex.upkeep.values import Path, value_at, with_value
from linkindex.upkeep.written import Entry, Value, entry_lines, text_of, value_lines

DEFAULT_FILE = "resources.yaml"


class Found(NamedTuple):
    """A link where it stands in a text.

    :ivar path: leads to it in the tree.
    :ivar topic: the id of the topic in which it is; none where that is still to be chosen.
    """

    path: Path
    topic: str | None
    entry: YamlMap


def link_in(text: str, name: str, file: str = DEFAULT_FILE) -> Found:
    """The link with an id or a code.

    :raises LinkIndexError: when there is none, with the likeliest.
    """
    known: list[str] = []
    for home in _lists(tree_of(text, file)):
        for position, entry in maps_in(home.part.get(home.key)):
            written = entry.get("id")
            if isinstance(written, str):
                if name in (written, entry.get("code") or resource_code(written)):
                    return Found((*home.path, home.key, position), home.topic, entry)
                known.append(written)
    where = f"write what follows `id:` of the link in {file}"
    raise LinkIndexError(
        f"{file} holds no link with the id or code {quoted(name)}; {suggestion(name, known, where)}"
    )


def with_link(
    text: str,
    topic: str | None,
    entry: Entry,
    file: str = DEFAULT_FILE,
    language: str | None = None,
) -> str:
    """The text with one more link, below the last one of a topic.

    :param topic: the id of the topic; none for a draft whose topic is still to be chosen.
    :param entry: the keys of the link, in any order.
    :param language: as for :func:`with_changes`.
    """
    return with_links(text, [(topic, entry)], file, language)


def with_links(
    text: str,
    links: Iterable[tuple[str | None, Entry]],
    file: str = DEFAULT_FILE,
    language: str | None = None,
) -> str:
    """The text with more links, each below the last one of its topic, in the order given.

    However many they are, the text is read twice.

    :param links: the id of the topic (see :func:`with_link`) and the keys of each.
    :param language: as for :func:`with_changes`.
    """
    tree = tree_of(text, file)
    plain = languages_of(tree).plain
    lines = _lines(text)
    expected = _copied(tree)
    new: dict[int, tuple[_List, list[Mapping[str, Value]]]] = {}
    for topic, entry in links:
        home = _list_of(tree, topic, file)
        given = {key: value for key, value in entry.items() if value is not None}
        if language not in (None, plain):
            given = {key: _alone_in(key, value, str(language)) for key, value in given.items()}
        new.setdefault(id(home.part), (home, []))[1].append(given)
        _append(value_at(expected, home.path), home.key, _as_read(given))
    # From the end, so that the places above stay true.
    for home, entries in sorted(new.values(), key=lambda each: -_last_line(each[0])):
        column = _column_of_entries(lines, tree, home, file)
        blocks = [entry_lines(entry, column, LINK.keys) for entry in entries]
        lines = _lines(_inserted(lines, home, blocks, column, file))
    return _proved("".join(lines), expected, file, 1)


def _alone_in(key: str, value: Value, language: str) -> Value:
    """A text of a new link in one language; what is still to do stands as it is.

    A name or an address that is given alone holds in every language.
    """
    return {language: value} if key in LINK.texts and value != TO_DO else value


def with_entry(text: str, key: str, entry: Entry, file: str = DEFAULT_FILE, path: Path = ()) -> str:
    """The text with one more entry at the end of a list, such as ``categories``.

    What is there already keeps its lines; a list that is not there yet is made.

    :param path: leads to the part that has the list; without it, the list stands at the margin.
    """
    tree = tree_of(text, file)
    part = value_at(tree, path)
    shape = _shape_at(path)
    if not isinstance(part, YamlMap):
        raise _unfit(file, 1)
    order = shape.entries[key].keys if key in shape.entries else ()
    given = {name: value for name, value in entry.items() if value is not None}
    known = [name for name in order if name in given]
    rest = [name for name in given if name not in known]
    given = {name: given[name] for name in (*known, *rest)}
    entries = part.get(key)
    if not isinstance(entries, YamlList) or not entries.item_places:
        after = with_key(text, path, key, [given], shape.keys, file)
        return after if path or key in part else _set_apart(after, key)
    lines = _lines(text)
    if any(not isinstance(item, YamlMap) for item in entries) and path:
        items = [item if isinstance(item, YamlMap) else {"id": str(item)} for item in entries]
        return with_key(text, path, key, [*map(_copied, items), given], shape.keys, file)
    starts = [place.line - 1 for place in entries.item_places]
    last = _end(lines, starts[-1], _dashes(lines, starts[-1:]))
    while last < len(lines) and lines[last].startswith("#<"):  # the end of the file of a topic
        last += 1
    is_apart = key == "categories" or any(not lines[at - 1].strip() for at in starts[1:])
    block = entry_lines(given, _dashes(lines, starts), order)
    expected = _copied(tree)
    _append(value_at(expected, path), key, _as_read(given))
    after = _spliced(lines, last, last, ["", *block] if is_apart else block)
    return _proved(after, expected, file, starts[-1] + 1)


def _shape_at(path: Path) -> Shape:
    """What may stand in a part of the index."""
    shape = FILE
    for key in path:
        if isinstance(key, str):
            shape = shape.entries.get(key) or shape.parts.get(key) or shape
    return shape


def _set_apart(text: str, key: str) -> str:
    """The text with a blank line before a key at the margin."""
    return re.sub(rf"(?<=[^\n\r])(\r?\n)(?={key}:)", r"\1\1", text, count=1)


def _dashes(lines: list[str], starts: Iterable[int]) -> int:
    """The column of the dashes of a list."""
    dashed = [lines[at] for at in starts if lines[at].lstrip(" ").startswith("-")]
    return len(dashed[0]) - len(dashed[0].lstrip(" ")) if dashed else 2


def with_changes(
    text: str,
    link: str,
    changes: Entry,
    file: str = DEFAULT_FILE,
    language: str | None = None,
) -> str:
    """The text with other values for some keys of a link; ``None`` takes a key away.

    :param link: its id or its code.
    :param language: the ISO code of the language that texts are in; that of texts which are not
        given in several if left out. Texts in other languages stay as they are.
    """
    languages = languages_of(tree_of(text, file))
    return _with_changes(text, link, changes, file, language or languages.plain, languages.plain)


def _with_changes(
    text: str, link: str, changes: Entry, file: str, language: str, plain: str
) -> str:
    path = link_in(text, link, file).path
    for key, value in changes.items():
        entry = value_at(tree_of(text, file), path)
        assert isinstance(entry, YamlMap)  # noqa: S101 - a link
        there = entry.get(key)
        new = _in_language(key, there, value, language, plain)
        if isinstance(there, YamlMap) and isinstance(new, Mapping) and new is not value:
            text = with_key(text, (*path, key), language, value, (), file)
        else:
            text = with_key(text, path, key, new, LINK.keys, file)
    return text


def _in_language(
    key: str, there: Any, value: Value | None, language: str, plain: str
) -> Value | None:
    """What is to stand under a key for a text in one language, beside those that are there."""
    if key not in (*LINK.texts, *LINK.names) or value is None or isinstance(value, Mapping):
        return value
    if isinstance(there, Mapping):
        return {**there, language: value}
    if there is not None and language != plain:
        return {plain: there, language: value}
    return value


def with_changes_of_several(
    text: str,
    changes: Mapping[str, Entry],
    file: str = DEFAULT_FILE,
    language: str | None = None,
) -> str:
    """The same for several links by their ids.

    However many they are, the text is read three times: each link is changed as if it stood alone.
    """
    tree = tree_of(text, file)
    plain = languages_of(tree).plain
    language = language or plain
    lines = _lines(text)
    expected = _copied(tree)
    blocks: list[tuple[int, int, str]] = []
    found = {
        str(entry.get("id")): (path, entry)
        for home in _lists(tree)
        for position, entry in maps_in(home.part.get(home.key))
        for path in [(*home.path, home.key, position)]
    }
    for link, wanted in changes.items():
        path, entry = found.get(link) or link_in(text, link, file)[::2]
        first, last = _block(lines, entry, file)
        alone = f"{_ALONE}{''.join(lines[first:last])}"
        try:
            changed = _with_changes(alone, link, wanted, file, language, plain)
        except LinkIndexError:
            raise _unfit(file, entry.place.line) from None
        blocks.append((first, last, changed.removeprefix(_ALONE)))
        _put(value_at(expected, path), wanted, language, plain)
    for first, last, block in sorted(blocks, reverse=True):
        lines[first:last] = [block]
    return _proved("".join(lines), expected, file, 1)


_ALONE = f"{UNPLACED}:\n"
"""What stands above a link that is changed by itself."""


def _put(entry: Any, changes: Entry, language: str, plain: str) -> None:
    for key, value in changes.items():
        if value is None:
            entry.pop(key, None)
        else:
            entry[key] = _as_read(_in_language(key, entry.get(key), value, language, plain))


def with_topic_changes(text: str, topic: str, changes: Entry, file: str = DEFAULT_FILE) -> str:
    """The same for a topic."""
    path, _ = _topic(tree_of(text, file), topic, file)
    for key, value in changes.items():
        text = with_key(text, path, key, value, TOPIC.keys, file)
    return text


def with_topic_key(
    text: str, topic: str, keys: Path, value: Value | None, file: str = DEFAULT_FILE
) -> str:
    """The text with another value for a key inside a key of a topic, such as of ``start_here``.

    :param keys: leads to the value in the topic. What holds nothing after it is gone is gone too.
    """
    path, part = _topic(tree_of(text, file), topic, file)
    *above, key = keys
    holder = value_at(part, above)
    if value is None and above and isinstance(holder, dict) and set(holder) == {key}:
        return with_topic_key(text, topic, above, None, file)
    return with_key(text, (*path, *above), str(key), value, (), file)


def without_link(text: str, link: str, file: str = DEFAULT_FILE) -> str:
    """The text without a link and the comments right above it.

    A link that was published should be retired instead: its code must answer for ever.
    """
    found = link_in(text, link, file)
    lines = _lines(text)
    first, last = _block(lines, found.entry, file)
    expected = _copied(tree_of(text, file))
    _remove(expected, found.path)
    return _proved(_without(lines, first, last), expected, file, found.entry.place.line)


def with_link_moved(text: str, link: str, topic: str, file: str = DEFAULT_FILE) -> str:
    """The text with a link below the last one of another topic, with its comments, word for word.

    :raises LinkIndexError: also when it is there already.
    """
    found = link_in(text, link, file)
    if found.topic == topic:
        raise LinkIndexError(f"{quoted(link)} is in {quoted(topic)} already; nothing to do")
    tree = tree_of(text, file)
    target = _list_of(tree, topic, file)
    lines = _lines(text)
    first, last = _block(lines, found.entry, file)
    taken = [line.rstrip("\r\n") for line in lines[first:last]]
    expected = _copied(tree)
    entry = value_at(expected, found.path)
    _append(value_at(expected, target.path), target.key, entry)
    _remove(expected, found.path)
    left = _without(lines, first, last)
    home = _list_of(tree_of(left, file), topic, file)
    column = _column_of_entries(lines, tree, target, file)
    after = _inserted(_lines(left), home, [_shifted(taken, column)], column, file)
    return _proved(after, expected, file, found.entry.place.line)


def link_lines(text: str, link: str, file: str = DEFAULT_FILE) -> list[str]:
    """The lines of a link with the comments right above it, without their line ends."""
    found = link_in(text, link, file)
    lines = _lines(text)
    first, last = _block(lines, found.entry, file)
    return [line.rstrip("\r\n") for line in lines[first:last]]


def with_key(
    text: str,
    path: Path,
    key: str,
    value: Value | None,
    order: Sequence[str] = (),
    file: str = DEFAULT_FILE,
) -> str:
    """The text with another value for one key of a part of the index.

    :param path: leads to the part; it may have the key or not.
    :param order: the order of the keys there, for a key that is new; it goes last without one.
    """
    tree = tree_of(text, file)
    part = value_at(tree, path)
    if not isinstance(part, YamlMap):
        raise LinkIndexError(f"{file}: this is not made of `key: value` lines; change it by hand")
    if value is None and key not in part:
        return text
    if value is not None and key in part and part[key] == _as_read(value):
        return text
    expected = _copied(tree)
    there = value_at(expected, path)
    assert isinstance(there, dict)  # noqa: S101 - the same part
    if value is None:
        del there[key]
    else:
        there[key] = _as_read(value)
    line = part.key_places.get(key, part.place).line
    if _is_in_braces(text, part):
        whole = {name: there[name] for name in there}
        return _proved(with_value(text, path, whole, file), expected, file, line)
    try:
        return _proved(_with_lines_of_key(text, part, key, value, order), expected, file, line)
    except _KeptByRuamelError:
        assert value is not None  # noqa: S101 - a remark goes with the line that it stands on
        return with_value(text, (*path, key), _for_ruamel(value), file)


def with_key_renamed(text: str, path: Path, key: str, name: str, file: str = DEFAULT_FILE) -> str:
    """The text with another name for one key of a part of the index; its value stays as it is.

    :param path: leads to the part, which has the key and not the new one.
    """
    tree = tree_of(text, file)
    part = value_at(tree, path)
    assert isinstance(part, YamlMap)  # noqa: S101 - it holds the key
    place = part.key_places[key]
    lines = _lines(text)
    line = lines[place.line - 1]
    before, after = line[: place.column - 1], line[place.column - 1 :]
    quote = after[0] if after[:1] in ("'", '"') else ""
    written = f"{quote}{key}{quote}"
    if not after.startswith(written):
        raise _unfit(file, place.line)
    lines[place.line - 1] = f"{before}{quote}{name}{quote}{after[len(written) :]}"
    expected = _copied(tree)
    there = value_at(expected, path)
    assert isinstance(there, dict)  # noqa: S101 - the same part
    there[name] = there.pop(key)
    return _proved("".join(lines), expected, file, place.line)


def _is_in_braces(text: str, part: YamlMap) -> bool:
    return _lines(text)[part.place.line - 1][part.place.column - 1 :].startswith("{")


class _KeptByRuamelError(Exception):
    """There is a remark in a value, or braces around it, which ruamel.yaml knows to keep."""


def _with_lines_of_key(
    text: str, part: YamlMap, key: str, value: Value | None, order: Sequence[str]
) -> str:
    lines = _lines(text)
    column = min(place.column for place in part.key_places.values()) - 1
    new = [] if value is None else value_lines(key, value, column)
    if key in part:
        first, last = _span(lines, part, key, column)
        own = lines[first:last]
        in_braces = isinstance(part[key], YamlMap) and "{" in own[0]
        if value is not None and (in_braces or any(_REMARK.search(line) for line in own)):
            raise _KeptByRuamelError
        head = own[0][:column]
        if head.strip():  # The dash of an entry whose first key this is.
            if not new:
                following = lines[last : last + 1]
                new = [line.strip("\r\n")[column:] for line in following]
                last += len(following)
                new = [f"{head}{new[0]}"] if new else []
            else:
                new[0] = f"{head}{new[0][column:]}"
        return _spliced(lines, first, last, new)
    before = [other for other in part if _comes_before(other, key, order)]
    if before:
        at = max(_span(lines, part, other, column)[1] for other in before)
    else:
        at = _span(lines, part, next(iter(part)), column)[1]
    return _spliced(lines, at, at, new)


def _comes_before(other: str, key: str, order: Sequence[str]) -> bool:
    if key not in order:
        return True
    return other in order and list(order).index(other) < list(order).index(key)


_REMARK = re.compile(r"(?:^|\s)#")


def _span(lines: list[str], part: YamlMap, key: str, column: int) -> tuple[int, int]:
    """The lines of a key with its value, from 0; the second is the one after the last."""
    first = part.key_places[key].line - 1
    return first, _end(lines, first, column)


def _end(lines: list[str], first: int, indent: int) -> int:
    """The line after the last one that belongs to what begins on ``first``.

    A list may stand no further right than its key.
    """
    last = first + 1
    # `key:` with the dashes of its list right below it.
    may_list = lines[first].rstrip().endswith(":")
    for number in range(first + 1, len(lines)):
        bare = lines[number].strip()
        depth = len(lines[number]) - len(lines[number].lstrip(" "))
        if bare and depth <= indent and not (may_list and depth == indent and bare[:2] == "- "):
            break
        if bare and not bare.startswith("#"):
            last = number + 1
    return last


def _lines(text: str) -> list[str]:
    """The lines with their ends, as YAML counts them here: other separators are spaces."""
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text)


@functools.lru_cache(maxsize=4)
def tree_of(text: str, file: str) -> YamlMap:
    """The tree of a text; whoever changes it makes a copy first.

    :raises LinkIndexError: when it is no YAML.
    """
    source = read_yaml(text.encode(), file)
    if not isinstance(source.root, YamlMap):
        first = str(source.problems[0]) if source.problems else f"{file}:1:1: there is nothing here"
        raise LinkIndexError(first)
    return source.root


class _List(NamedTuple):
    """A list of links: under which key of which part it stands.

    :ivar path: leads to the part; ``topic`` is its id, none for drafts without a topic.
    """

    path: Path
    part: YamlMap
    key: str
    topic: str | None


def _lists(tree: YamlMap) -> Iterator[_List]:
    for path, topic in _topics(tree):
        yield _List(path, topic, "resources", str(topic.get("id")))
    if UNPLACED in tree:
        yield _List((), tree, UNPLACED, None)


def _list_of(tree: YamlMap, topic: str | None, file: str) -> _List:
    if topic is None:
        return _List((), tree, UNPLACED, None)
    path, part = _topic(tree, topic, file)
    return _List(path, part, "resources", str(part.get("id")))


def _topics(tree: YamlMap) -> Iterator[tuple[Path, YamlMap]]:
    if "categories" not in tree and "id" in tree:
        yield (), tree
    for position, topic in maps_in(tree.get("categories")):
        yield ("categories", position), topic


def _topic(tree: YamlMap, name: str, file: str) -> tuple[Path, YamlMap]:
    known = []
    for path, topic in _topics(tree):
        if name in (topic.get("id"), topic.get("code")):
            return path, topic
        known.append(str(topic.get("id")))
    where = f"write what follows `id:` of the topic in {file}"
    raise LinkIndexError(f"{file} holds no topic {quoted(name)}; {suggestion(name, known, where)}")


def _column_of_entries(lines: list[str], tree: YamlMap, home: _List, file: str) -> int:
    """The column of the dashes of a list, counted from 0: as in others where it is empty."""
    for other in (home, *_lists(tree)):
        entries = other.part.get(other.key)
        if isinstance(entries, YamlList) and entries.item_places:
            place = entries.item_places[0]
            head = lines[place.line - 1][: place.column - 1]
            if head.strip() == "-":
                return max(0, _key_column(home.part) + head.index("-") - _key_column(other.part))
            if other is home:
                raise _unfit(file, place.line)
    return _key_column(home.part) + 2


def _key_column(part: YamlMap) -> int:
    return min(place.column for place in part.key_places.values()) - 1


def _last_line(home: _List) -> int:
    """A line at or above which new entries go, by which lists are ordered."""
    entries = home.part.get(home.key)
    if isinstance(entries, YamlList) and entries.item_places:
        return entries.item_places[-1].line
    last = max(place.line for place in home.part.key_places.values())
    return home.part.key_places[home.key].line if home.key in home.part else last


def _inserted(
    lines: list[str], home: _List, blocks: Sequence[list[str]], column: int, file: str
) -> str:
    """The text with more entries below the last one of a list."""
    entries = home.part.get(home.key)
    key_column = _key_column(home.part)
    if isinstance(entries, YamlList) and entries.item_places:
        *before, at = (place.line - 1 for place in entries.item_places)
        last = _past_comments(lines, _end(lines, at, column), column)
        is_apart = not before or any(not lines[first - 1].strip() for first in (*before, at)[1:])
        new = [line for block in blocks for line in (("", *block) if is_apart else block)]
        return _spliced(lines, last, last, new)
    new = [f"{' ' * key_column}{home.key}:"]
    for number, block in enumerate(blocks):
        new += ["", *block] if number else block
    if home.key in home.part:
        first, last = _span(lines, home.part, home.key, key_column)
        if last != first + 1:
            raise _unfit(file, first + 1)
        return _spliced(lines, first, last, new)
    if home.topic is None:
        return _spliced(lines, len(lines), len(lines), ["", *new])
    last = max(_span(lines, home.part, key, key_column)[1] for key in home.part)
    return _spliced(lines, last, last, new)


def _past_comments(lines: list[str], at: int, column: int) -> int:
    """The line after the comments that follow at once and stand as far right as entries."""
    while at < len(lines):
        bare = lines[at].lstrip(" ")
        if not bare.startswith("#") or len(lines[at]) - len(bare) < max(column, 1):
            break
        at += 1
    return at


def _block(lines: list[str], entry: YamlMap, file: str) -> tuple[int, int]:
    """The lines of an entry with the comments right above it, from 0."""
    first = entry.place.line - 1
    head = lines[first][: entry.place.column - 1]
    if head.strip() != "-":
        raise _unfit(file, first + 1)
    column = head.index("-")
    last = _past_comments(lines, _end(lines, first, column), column + 1)
    while first and _is_comment(lines[first - 1], column):
        first -= 1
    return first, last


def _is_comment(line: str, column: int) -> bool:
    """Whether a line above an entry is a comment on it: one further right is on what is above."""
    bare = line.lstrip(" ")
    return bare.startswith("#") and len(line) - len(bare) == column > 0


def _without(lines: list[str], first: int, last: int) -> str:
    """The text without some lines, and without the blank lines that set them apart."""
    blank_before = first
    while blank_before and not lines[blank_before - 1].strip():
        blank_before -= 1
    if blank_before < first:
        return _spliced(lines, blank_before, last, [])
    is_first = first > 0 and lines[first - 1].rstrip().endswith(":")
    while is_first and last < len(lines) and not lines[last].strip():
        last += 1
    return _spliced(lines, first, last, [])


def _shifted(block: list[str], column: int) -> list[str]:
    """Lines with their dash in a column; those between keep their distance from it."""
    dash = next(line for line in block if line.lstrip(" ").startswith("-"))
    by = column - (len(dash) - len(dash.lstrip(" ")))
    if by >= 0:
        return [f"{' ' * by}{line}" if line.strip() else line for line in block]
    return [line[min(-by, len(line) - len(line.lstrip(" "))) :] for line in block]


def _spliced(lines: list[str], first: int, last: int, new: list[str]) -> str:
    """The text with some lines replaced; new ones end as their neighbours do."""
    around = lines[first - 1 : first] or lines[first : first + 1] or ["\n"]
    end = around[0][len(around[0].rstrip("\r\n")) :]
    before = "".join(lines[:first])
    if not end:
        end = "\n" if len(lines) < 2 else lines[0][len(lines[0].rstrip("\r\n")) :] or "\n"
        before = f"{before}{end}" if new and before else before
    after = "".join(lines[last:])
    return f"{before}{''.join(f'{line}{end}' for line in new)}{after}"


def _append(part: Any, key: str, entry: object) -> None:
    if not part.get(key):
        part[key] = []
    part[key].append(entry)


def _copied(value: Any) -> Any:
    """A tree without its places, to change."""
    if isinstance(value, dict):
        return {key: _copied(part) for key, part in value.items()}
    return [_copied(part) for part in value] if isinstance(value, list) else value


def _remove(tree: Any, path: Path) -> None:
    links = value_at(tree, path[:-1])
    assert isinstance(links, list)  # noqa: S101 - links stand in lists
    assert isinstance(path[-1], int)  # noqa: S101
    del links[path[-1]]


def _proved(after: str, expected: object, file: str, line: int) -> str:
    """The changed text, once it is known to hold what is expected and nothing else."""
    if _bare(read_yaml(after.encode(), file).root) != _bare(expected):
        raise _unfit(file, line)
    return after


def _bare(value: object) -> object:
    """A tree in which a key without a value and one with an empty list are the same."""
    if isinstance(value, Mapping):
        return {key: _bare(part) or None for key, part in value.items()}
    return [_bare(part) for part in value] if isinstance(value, list) else value


def _unfit(file: str, line: int) -> LinkIndexError:
    return LinkIndexError(
        f"{file}:{line}: this is written in a way that cannot be changed without changing more; "
        "write each key on a line of its own, or change it by hand"
    )


def _as_read(value: Any) -> Any:
    """A value as the catalogue reads it: every scalar is text, of one line."""
    if isinstance(value, Mapping):
        return {key: _as_read(part) for key, part in value.items() if part is not None}
    if isinstance(value, list | tuple):
        return [_as_read(part) for part in value]
    return text_of(value)


def _for_ruamel(value: Value) -> Any:
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, Mapping):
        return {key: _for_ruamel(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_for_ruamel(part) for part in value]
    return text_of(value)
