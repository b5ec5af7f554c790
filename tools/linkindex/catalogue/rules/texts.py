"""What is written in any text of an index: markup, line breaks and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linkindex.catalogue import addresses
from linkindex.catalogue.problems import Place, Problem, quoted
from linkindex.catalogue.rules.tree import WrittenIndex, all_texts

_HTML = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:[a-zA-Z]{2,}[0-9]*|#[0-9]+|#[xX][0-9a-fA-F]+);|<!--")
_MARKDOWN = re.compile(
    r"\[[^\[\]]+\]\([^)\[]+\)|\*\*[^*]+\*\*|\b__[^_]+__\b|`[^`]+`"
    r"|(?:^|(?<=[\s(]))[*_][^\s*_](?:[^*_]*[^\s*_])?[*_](?!\w)|^(?:#{1,6}|[*+>-]) "
)
_MARKUP_SIGNS = re.compile(r"[<&*_`\[#]|^[+>-]")
_ADDRESSES = frozenset({"url", "exit_url", "site_url", "repository"})
_ADDRESS_IN_TEXT = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_NOT_TEXT = _ADDRESSES | {"contact", "colour", "email", "evidence", "icon", "page_icon"}


def texts(index: WrittenIndex) -> Iterator[Problem]:
    """What holds for every text, by the key it stands under."""
    for text, place, key in all_texts(index.root):
        # Asked before any rule is, since most texts have nothing of the kind, and there are many.
        if key not in _NOT_TEXT and _MARKUP_SIGNS.search(text):
            yield from _markup(index, text, place, key)
        if key not in _NOT_TEXT and not text.isprintable():
            yield from _line_break(index, text, place, key)
        if key in _ADDRESSES or "://" in text:
            yield from _address(index, text, place, key)
        if key in _SAYS_SOMETHING:
            yield from _to_be_written(index, text, place, key)


_SAYS_SOMETHING = frozenset(
    {"front", "full_title", "meaning", "publisher", "summary", "title", "use_when", "when"}
)
"""Keys whose texts readers need whole."""

_NOTHING_YET = frozenset({"n/a", "none", "tba", "tbc", "tbd", "to be confirmed", "todo", "xxx"})
_ONLY_SIGNS = re.compile(r"[\s.,:;!?*_/\u2010-\u2015…-]+")


def _is_placeholder(text: str) -> bool:
    is_made_up = text.rstrip(".!?:") in _NOTHING_YET or text.startswith("lorem ipsum")
    return is_made_up or _ONLY_SIGNS.fullmatch(text) is not None


def _to_be_written(index: WrittenIndex, text: str, place: Place, key: str) -> Iterator[Problem]:
    """A text that readers see says something."""
    if _is_placeholder(text.strip().casefold()):
        yield index.error(
            place,
            f"{quoted(key)} says nothing yet: {quoted(text)}",
            "write it; until then, a line `draft: true` keeps a link off the site",
        )
    elif key == "title" and _ADDRESS_IN_TEXT.fullmatch(text.strip()):
        yield index.warning(
            place,
            "`title` is an address, which tells readers little",
            "write what the page is called",
        )


def _markup(index: WrittenIndex, text: str, place: Place, key: str) -> Iterator[Problem]:
    """Text is text: what looks like HTML or Markdown will be shown as it stands."""
    for kind, pattern in (("HTML", _HTML), ("Markdown", _MARKDOWN)):
        match = pattern.search(text)
        if match:
            yield index.warning(
                place,
                f"{quoted(key)} holds what looks like {kind}: {quoted(match.group().strip())}",
                "write plain text; it will be shown exactly as it stands",
            )


def _line_break(index: WrittenIndex, text: str, place: Place, key: str) -> Iterator[Problem]:
    """A text is one line: a break in it is not lost in silence."""
    if len(text.strip().splitlines()) > 1:
        yield index.warning(
            place,
            f"there is a line break inside {quoted(key)}, and readers see a space in its place",
            "write it as one paragraph, after `>-` if it is long",
        )


def _address(index: WrittenIndex, text: str, place: Place, key: str) -> Iterator[Problem]:
    """No address leads round about or tells of somebody, in whatever key it stands.

    That an address may stand under its own key is said where that key is read.
    """
    try:
        if key in _ADDRESSES:
            addresses.check(text.strip())
            advice = addresses.advice(text.strip())
            if advice:
                yield index.warning(place, advice.what, advice.remedy)
            return
        for match in _ADDRESS_IN_TEXT.finditer(text):
            addresses.check_tells_nobody(match[0].rstrip(".,;:!?)’”"))
    except addresses.AddressError as error:
        if key not in _ADDRESSES:
            yield index.error(place, error.what, error.remedy)
    except ValueError:
        return
