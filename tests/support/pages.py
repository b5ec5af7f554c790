"""Pages as tests read them."""

from __future__ import annotations

import re

from linkindex.site.shortening import SHORT_CLASSES

_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_VALUE = re.compile(r"""(?<==)(?:"[^"]*"|'[^']*'|[^\s"'>][^\s>]*)""")
_LETTER = re.compile(r'(?<= class=")[a-z](?: [a-z])*(?=")')
_NAMES = {letter: name for name, letter in SHORT_CLASSES.items()}


def as_written(page: str | bytes) -> str:
    """A page as its template has it: values in quotes, the classes of scan pages by name."""
    text = page.decode() if isinstance(page, bytes) else page
    return _TAG.sub(lambda tag: _LETTER.sub(_named, _VALUE.sub(_in_quotes, tag[0])), text)


def _in_quotes(value: re.Match[str]) -> str:
    return value[0] if value[0][0] in "\"'" else f'"{value[0]}"'


def by_class(name: str) -> str:
    """The selector of a class that only scan pages have."""
    return f".{SHORT_CLASSES[name]}"


def _named(letters: re.Match[str]) -> str:
    return " ".join(_NAMES.get(letter, letter) for letter in letters[0].split())
