"""What readers would notice between two built sites. Pure."""

from __future__ import annotations

import difflib
import itertools
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from linkindex.cards.comparing import PrintDifference, print_difference
from linkindex.site.outputs import CARDS

Files = Mapping[str, bytes]
"""The files of a site by their paths, with ``/`` between the parts."""


@dataclass(frozen=True)
class WordChange:
    """Words on pages that become other words, the same on each.

    :ivar old: what they say no more; empty where something comes.
    :ivar new: what they say now; empty where something goes.
    :ivar pages: the addresses of the pages, below that of the site.
    """

    old: str
    new: str
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """What lies between two sites.

    :ivar lost: addresses that answered and answer no more.
    :ivar lost_codes: those of them that are printed.
    :ivar new: addresses that answer now.
    :ivar words: what pages say, the changes of most pages first.
    :ivar looks: pages that say the same and are made otherwise.
    :ivar styles: files of the look that differ.
    :ivar scripts: files of what works in pages that differ.
    :ivar codes: printed codes whose picture differs.
    :ivar others: other files that differ: feeds, data, pictures.
    :ivar prints: files to print that look different, by their paths.
    :ivar lost_prints: files to print that there are no more, and ``new_prints`` those that are new.
    """

    pages: int
    lost: tuple[str, ...]
    lost_codes: tuple[str, ...]
    new: tuple[str, ...]
    words: tuple[WordChange, ...]
    looks: tuple[str, ...]
    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    codes: tuple[str, ...]
    others: tuple[str, ...]
    prints: Mapping[str, PrintDifference]
    lost_prints: tuple[str, ...]
    new_prints: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether readers would notice nothing."""
        lists: tuple[Sequence[object], ...] = (
            *(self.lost, self.new, self.words, self.looks, self.styles, self.scripts, self.codes),
            *(self.others, self.lost_prints, self.new_prints, [*self.prints]),
        )
        return not any(lists)


def compared(old: Files, new: Files) -> Comparison:
    """What readers would notice between an old and a new build of a site."""
    before, after = _addresses(old), _addresses(new)
    lost = sorted(before.keys() - after.keys())
    both = sorted(before.keys() & after.keys())
    differing = [name for name in sorted(old.keys() & new.keys()) if old[name] != new[name]]
    changed: dict[tuple[str, str], list[str]] = defaultdict(list)
    looks = []
    for address in both:
        one, other = old[before[address]], new[after[address]]
        if one == other:
            continue
        was, now = _read(one), _read(other)
        words = dict.fromkeys(_words_between(list(was.lines()), list(now.lines())))
        for pair in words:
            changed[pair].append(address)
        if not words and was.frame != now.frame:
            looks.append(address)
    words_changed = [WordChange(*pair, tuple(pages)) for pair, pages in changed.items()]
    prints = {name: _print_difference(name, old, new) for name in differing if _is_print(name)}
    return Comparison(
        pages=len(after),
        lost=tuple(lost),
        lost_codes=tuple(address for address in lost if address.startswith(("q/", "r/"))),
        new=tuple(sorted(after.keys() - before.keys())),
        words=tuple(sorted(words_changed, key=lambda change: (-len(change.pages), change.pages))),
        looks=tuple(looks),
        styles=tuple(name for name in differing if name.endswith(".css")),
        scripts=tuple(name for name in differing if name.endswith(".js")),
        codes=tuple(name for name in differing if _is_code(name)),
        others=tuple(name for name in differing if _is_other(name)),
        prints={name: found for name, found in prints.items() if found.different or found.gone},
        lost_prints=tuple(sorted(n for n in old.keys() - new.keys() if _is_print(n))),
        new_prints=tuple(sorted(n for n in new.keys() - old.keys() if _is_print(n))),
    )


def _addresses(files: Files) -> dict[str, str]:
    """The file that answers at each address, without the slash at its end."""
    found: dict[str, str] = {}
    for name in sorted(files):
        if name.endswith(".html"):
            stem = name.removesuffix("index.html").removesuffix(".html")
            found.setdefault(stem.rstrip("/"), name)
    return found


def _is_code(name: str) -> bool:
    return name.endswith(".png") and name.startswith(("q/", "r/"))


def _is_print(name: str) -> bool:
    return name.startswith(f"{CARDS}/") and name.endswith(".pdf")


def _is_other(name: str) -> bool:
    """What is not said otherwise; what is packed, and the record of prints, follow from it."""
    follows = name.endswith((".html", ".css", ".js", ".gz", ".pdf")) or name.startswith(".")
    return not (follows or _is_code(name) or name.endswith("manifest.json"))


def _print_difference(name: str, old: Files, new: Files) -> PrintDifference:
    editions = (_edition(name, old), _edition(name, new))
    return print_difference(old[name], new[name], editions)


def _edition(name: str, files: Files) -> str:
    """The name of the edition that a file is printed in, as the record beside it says."""
    record = files.get(f"{name.rpartition('/')[0]}/manifest.json", b"")
    try:
        found = json.loads(record)["edition"]["hash"]
    except (ValueError, KeyError, TypeError):
        return ""
    return found if isinstance(found, str) else ""


def _words_between(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What a page says no more, each with what it says in its place."""
    for what, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            yield from itertools.zip_longest(old[a:b], new[c:d], fillvalue="")


def _read(page: bytes) -> _Reader:
    reader = _Reader()
    reader.feed(page.decode("utf-8", "replace"))
    reader.close()
    return reader


_UNSEEN = frozenset({"script", "style", "svg", "template"})
_INSIDE = frozenset(
    {
        *("a", "abbr", "b", "bdi", "code", "em", "i", "kbd", "mark", "small", "span", "strong"),
        "time",
    }
)
"""Elements that stand within a line."""

_LEADS_OUT = ("http:", "https:", "tel:")

_SAID = ("alt", "aria-label", "placeholder", "title")
"""Attributes that readers see or hear."""


class _Reader(HTMLParser):
    """What a page says line by line, and where its links lead; and what it is made of besides."""

    def __init__(self) -> None:
        super().__init__()
        self._texts: list[str] = []
        self._parts: list[str] = []
        self._unseen = 0
        self.frame: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.frame.append((tag, tuple(attrs)))
        if tag in _UNSEEN:
            self._unseen += 1
        if tag not in _INSIDE:
            self._end_line()
        for name, value in attrs:
            if name in _SAID and value:
                self._parts.append(f" {value} ")
            elif name == "href" and tag == "a" and value and value.startswith(_LEADS_OUT):
                self._parts.append(f" ({value}) ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        if tag not in _INSIDE:
            self._end_line()

    def handle_data(self, data: str) -> None:
        if self._unseen:
            self.frame.append(data)
        else:
            self._parts.append(data)

    def lines(self) -> Iterator[str]:
        """What the page says, a block a line."""
        self._end_line()
        yield from self._texts

    def _end_line(self) -> None:
        line = " ".join("".join(self._parts).split())
        self._parts.clear()
        if line:
            self._texts.append(line)
