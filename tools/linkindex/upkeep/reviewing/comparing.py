"""From two states of an index to what lies between them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from linkindex.catalogue import Examined, Problem, Severity
from linkindex.catalogue.codes import resource_code
from linkindex.catalogue.problems import shown
from linkindex.catalogue.rules.telling import tells_in_any_language
from linkindex.catalogue.yaml.source import YamlMap, maps_in
from linkindex.upkeep.new_problems import new_problems
from linkindex.upkeep.reviewing.review import (
    MOST_LINKS,
    MOST_SENTENCES,
    ChangedLink,
    Review,
    What,
)


@dataclass(frozen=True)
class _Link:
    """A link as it is written, whatever is wrong with it."""

    entry: Mapping[str, Any]
    topic: Mapping[str, Any]
    lines: range

    @property
    def code(self) -> str:
        written = self.entry.get("code")
        return written if isinstance(written, str) else resource_code(str(self.entry.get("id")))

    @property
    def is_sensitive(self) -> bool:
        """Whether its name must not travel: it or its topic says so, or a word of it tells."""
        said = [str(self.entry.get(key, "")) for key in ("title", "publisher", "url")]
        asked = (self.entry.get("sensitive"), self.topic.get("sensitive"))
        return "true" in map(str, asked) or tells_in_any_language(" ".join(said))


_END = 10**9
"""A line that no file has."""


def review_of(before: Examined, after: Examined, looked: Mapping[str, str] | None = None) -> Review:
    """What a change does to an index, and what the check says of it that it did not say before.

    :param looked: what opening an address found, in a sentence, by the address.
    """
    old, new = _links(before.tree), _links(after.tree)
    problems = new_problems(before, after)
    changed = list(_changed(old, new, problems, looked or {}))
    own = [_lines_of(link.code, new) for link in changed]
    others = [problem for problem in problems if not any(problem.line in lines for lines in own)]
    return Review(
        links=tuple(changed[:MOST_LINKS]),
        more_links=max(0, len(changed) - MOST_LINKS),
        parts=tuple(_parts(before.tree, after.tree))[:30],
        says=tuple(_sentence(problem) for problem in others[:MOST_SENTENCES]),
        errors=sum(problem.severity is Severity.ERROR for problem in problems),
        topics=tuple(_topics(old, new, before.tree, after.tree))[:60],
    )


def _changed(
    old: Mapping[str, _Link],
    new: Mapping[str, _Link],
    problems: Collection[Problem],
    looked: Mapping[str, str],
) -> Iterator[ChangedLink]:
    for name in [*new, *(name for name in old if name not in new)]:
        was, now = old.get(name), new.get(name)
        link = now or was
        assert link is not None  # noqa: S101 - it is in one of the two
        keys: tuple[str, ...] = ()
        if was and now:
            both = {*was.entry, *now.entry}
            keys = tuple(sorted(k for k in both if was.entry.get(k) != now.entry.get(k)))
            moved = was.topic.get("id") != now.topic.get("id")
            if not keys and not moved:
                continue
            what = What.GOES if "retired" in keys else What.MOVES if moved else What.CHANGES
        else:
            what = What.COMES if now else What.GOES
        says = [_sentence(problem) for problem in problems if now and problem.line in now.lines]
        yield ChangedLink(
            what=what,
            code=link.code if _is_code(link.code) else resource_code(name),
            title="" if link.is_sensitive else shown(link.entry.get("title", ""), 200),
            topic=_topic_title(link.topic),
            keys=tuple(shown(key, 40) for key in keys[:30]),
            says=tuple(says[:MOST_SENTENCES]),
            looked=looked.get(str(link.entry.get("url")), "") if now else "",
        )


def _is_code(text: str) -> bool:
    return text.isascii() and text.isalnum() and text == text.lower() and 2 <= len(text) <= 8


def _lines_of(code: str, links: Mapping[str, _Link]) -> range:
    return next((link.lines for link in links.values() if link.code == code), range(0))


def _links(tree: YamlMap | None) -> dict[str, _Link]:
    """Every link that is written, by its id, with the lines up to the next."""
    links: dict[str, _Link] = {}
    entries = [
        (topic, entry)
        for _, topic in maps_in(tree.get("categories") if tree else None)
        for _, entry in maps_in(topic.get("resources"))
    ]
    starts = sorted(
        [entry.place.line for _, entry in entries]
        + [topic.place.line for _, topic in maps_in(tree.get("categories") if tree else None)]
    )
    after = dict(zip(starts, [*starts[1:], _END], strict=False))
    for topic, entry in entries:
        line = entry.place.line
        links.setdefault(str(entry.get("id")), _Link(entry, topic, range(line, after[line])))
    return links


def _topic_title(topic: Mapping[str, Any]) -> str:
    sensitive = str(topic.get("sensitive")) == "true"
    return shown(topic.get("neutral_title" if sensitive else "title", ""), 200)


def _parts(before: YamlMap | None, after: YamlMap | None) -> Iterator[str]:
    """What else changes: topics by their titles, and the keys at the top of the file."""
    if before is None or after is None:
        return
    for key in sorted({*before, *after} - {"categories"}):
        if before.get(key) != after.get(key):
            yield f"`{shown(key, 40)}:`"
    was = {str(topic.get("id")): topic for _, topic in maps_in(before.get("categories"))}
    now = {str(topic.get("id")): topic for _, topic in maps_in(after.get("categories"))}
    for name in [*now, *(name for name in was if name not in now)]:
        one, other = was.get(name), now.get(name)
        if one is None or other is None:
            title = _topic_title(other or one or {})
            yield f"the topic {title} {'comes' if other else 'goes'}"
        elif {k: v for k, v in one.items() if k != "resources"} != {
            k: v for k, v in other.items() if k != "resources"
        }:
            yield f"what is said of the topic {_topic_title(other)}"


def _topics(
    old: Mapping[str, _Link],
    new: Mapping[str, _Link],
    before: YamlMap | None,
    after: YamlMap | None,
) -> Iterator[str]:
    """The codes of the topics whose pages look different, in the order of the file."""
    topics = maps_in(before.get("categories") if before else None)
    was = {str(topic.get("id")): topic for _, topic in topics}
    for _, topic in maps_in(after.get("categories") if after else None):
        name = str(topic.get("id"))
        code = str(topic.get("code") or name)
        guests = [link for links in (old, new) for link in links.values() if _shows(link, name)]
        differs = any(
            old.get(str(link.entry.get("id"))) is None
            or new.get(str(link.entry.get("id"))) is None
            or old[str(link.entry.get("id"))].entry != new[str(link.entry.get("id"))].entry
            for link in guests
        )
        if (was.get(name) != topic or differs) and _is_code(code):
            yield code


def _shows(link: _Link, topic: str) -> bool:
    also = link.entry.get("also_in")
    return isinstance(also, list) and topic in also


def _sentence(problem: Problem) -> str:
    kind = "" if problem.severity is Severity.ERROR else "warning: "
    return shown(f"{problem.file}:{problem.line}: {kind}{problem.what}; {problem.remedy}", 1000)
