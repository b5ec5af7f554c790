"""What is new in an index, as its file writes it: entries, keys and their values in lines. Pure."""

from __future__ import annotations

import datetime
import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from linkindex.catalogue.yaml.shape import LINK
from linkindex.catalogue.yaml.source import read_text
from linkindex.upkeep.values import LINE_WIDTH

Value = str | int | bool | datetime.date | Sequence["Value"] | Mapping[str, "Value"]
"""What can stand under a key: a text, a number, a day, a list, or lines of their own."""

Entry = Mapping[str, Value | None]
"""The keys of a link with their values; ``None`` for a key that is not written."""


def written_link(entry: Entry, column: int = 6) -> str:
    """A link as it would be written, to show it to people.

    :param column: how many spaces stand before its dash.
    """
    given = {key: value for key, value in entry.items() if value is not None}
    return "".join(f"{line}\n" for line in entry_lines(given, column, LINK.keys))


def written_entry(entry: Mapping[str, Value], column: int) -> str:
    """Any entry of a list as it is written, in the order of its keys.

    :param column: how many spaces stand before its dash.
    """
    return "".join(f"{line}\n" for line in entry_lines(entry, column, ()))


def written_key(key: str, value: Value, column: int) -> str:
    """A key with its value as it is written, over one line or more.

    :param column: how many spaces stand before it.
    """
    return "\n".join(value_lines(key, value, column))


def entry_lines(entry: Mapping[str, Value], column: int, order: Sequence[str]) -> list[str]:
    """The lines of an entry of a list, its dash in a column."""
    known = [key for key in order if key in entry]
    keys = [*known, *(key for key in entry if key not in known)]
    lines = [line for key in keys for line in value_lines(key, entry[key], column + 2)]
    return [f"{' ' * column}- {lines[0].lstrip(' ')}", *lines[1:]]


def value_lines(key: str, value: Value, column: int) -> list[str]:
    """The lines of a key with its value, beginning in a column."""
    pad = " " * column
    if isinstance(value, Mapping):
        below = [
            line
            for name, part in value.items()
            if part is not None
            for line in value_lines(name, part, column + 2)
        ]
        return [f"{pad}{key}:", *below]
    if isinstance(value, list | tuple):
        if value and all(isinstance(part, Mapping) for part in value):
            parts = [part for part in value if isinstance(part, Mapping)]
            entries = (line for part in parts for line in entry_lines(part, column + 2, ()))
            return [f"{pad}{key}:", *entries]
        return _list_lines(key, [text_of(part) for part in value], column)
    return _text_lines(key, text_of(value), column)


def _text_lines(key: str, text: str, column: int) -> list[str]:
    pad = " " * column
    plain = f"{pad}{key}: {text}"
    if _is_plain(key, text) and (len(plain) <= LINE_WIDTH or " " not in text):
        return [plain]
    if len(plain) > LINE_WIDTH:
        folded = textwrap.wrap(
            text,
            LINE_WIDTH - column - 2,
            break_long_words=False,
            break_on_hyphens=False,
        )
        lines = [f"{pad}{key}: >-", *(f"{pad}  {line}" for line in folded)]
        if _reads_as("\n".join(line[column:] for line in lines), {key: text}):
            return lines
    return [f"{pad}{key}: {_in_quotes(text)}"]


def _list_lines(key: str, items: list[str], column: int) -> list[str]:
    pad = " " * column
    written = [_item(text) for text in items]
    line = f"{pad}{key}: [{', '.join(written)}]"
    if len(line) <= LINE_WIDTH:
        return [line]
    lines, current = [], f"{pad}  ["
    for number, item in enumerate(written):
        part = f"{item}{']' if number == len(written) - 1 else ','}"
        if len(current) + 1 + len(part) > LINE_WIDTH and current.strip() != "[":
            lines.append(current)
            current = f"{pad}   {part}"
        else:
            current += part if current.endswith("[") else f" {part}"
    return [f"{pad}{key}:", *lines, current]


_NUMBERS_AND_DAYS = frozenset(
    {
        *("added", "as_of", "claim_until", "minutes", "number", "number_checked", "on", "phone"),
        *("draft", "review_every", "reviewed", "schema", "sensitive", "text"),
    }
)
"""Keys whose values stand without quotes, though other programs read them as no text."""


def _is_plain(key: str, text: str) -> bool:
    if _is_obvious(text):
        return True
    if not text.isprintable():
        return False
    is_text = isinstance(_elsewhere(text), str)
    return (is_text or key in _NUMBERS_AND_DAYS) and _reads_as(f"{key}: {text}", {key: text})


def _item(text: str) -> str:
    if _is_obvious(text) and "," not in text:
        return text
    is_text = text.isprintable() and isinstance(_elsewhere(text), str)
    return text if is_text and _reads_as(f"key: [{text}]", {"key": [text]}) else _in_quotes(text)


_OBVIOUS = re.compile(r"[A-Za-z](?: ?[A-Za-z0-9,.()'/’–-])*")
_MEANS_MORE = frozenset({"false", "n", "no", "null", "off", "on", "true", "y", "yes"})


def _is_obvious(text: str) -> bool:
    """Whether a text is one for everybody: most are, and asking YAML of each takes long."""
    return _OBVIOUS.fullmatch(text) is not None and text.lower() not in _MEANS_MORE


def _elsewhere(text: str) -> object:
    """What other programs would make of a text without quotes."""
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return None


def _reads_as(written: str, value: object) -> bool:
    source = read_text(f"{written}\n", "")
    return not source.problems and source.root == value


def _in_quotes(text: str) -> str:
    """A text in double quotes, with everything escaped that is not seen."""
    quoted_text = json.dumps(text, ensure_ascii=False)
    return re.sub(
        r"[^ -~\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029\ufeff]",
        lambda sign: f"\\u{ord(sign[0]):04x}",
        quoted_text,
    )


def text_of(value: Any) -> str:
    """A value as the text on one line that the catalogue reads."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return " ".join(str(value).split())
