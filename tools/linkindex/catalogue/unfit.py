"""What pydantic finds wrong with a piece of an index, said to its editor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic_core import ErrorDetails

from linkindex.catalogue import model
from linkindex.catalogue.problems import nearest, quoted, shown, suggestion
from linkindex.catalogue.values import meant
from linkindex.catalogue.yaml.shape import keys_of, known_key, meant_key, required_of
from linkindex.catalogue.yaml.source import YamlList

_NESTED: dict[str, type[model.Piece]] = {
    "phone": model.Phone,
    "text": model.Phone,
    "card": model.CardText,
    "cautions": model.Caution,
    "start_here": model.StartHere,
    "needs": model.Needs,
    "retired": model.Retired,
    "allow": model.Allow,
    "domain": model.Domain,
    "deck": model.DeckSettings,
    "colours": model.Colours,
}


def causes_of(kind: type[model.Piece], details: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """The errors without those that only follow from another one.

    A misspelt key is also a missing one, and a list with a bad entry also seems too short.
    """
    misspelt = {
        (*detail["loc"][:-1], meant_key(str(detail["loc"][-1]), keys_of(_owner(kind, detail))))
        for detail in details
        if detail["type"] == "extra_forbidden"
    }
    lists = {detail["loc"][:-1] for detail in details}
    for detail in details:
        follows = (detail["type"] == "missing" and detail["loc"] in misspelt) or (
            detail["type"] == "too_short" and detail["loc"] in lists
        )
        if not follows:
            yield detail


_NEEDED_BESIDES = {
    model.Category: ("resources",),
    model.Resource: ("url",),
    model.UrgentHelp: ("phone",),
}
"""What an entry mostly has, though another key may stand in its place."""


def lines_of(kind: type[model.Piece]) -> str:
    """What an entry needs, all at once, as the beginnings of its lines."""
    needed = {*required_of(kind), *_NEEDED_BESIDES.get(kind, ())}
    lines = [quoted(f"{key}:") for key in keys_of(kind) if key in needed]
    return ", ".join(lines[:-1]) + f" and {lines[-1]}" if len(lines) > 1 else lines[0]


def _owner(kind: type[model.Piece], detail: ErrorDetails) -> type[model.Piece]:
    """The piece that the key of an error belongs to."""
    keys = [part for part in detail["loc"] if isinstance(part, str)]
    return _NESTED.get(keys[-2], kind) if len(keys) > 1 else kind


def sentence(kind: type[model.Piece], detail: ErrorDetails, label: str) -> tuple[str, str]:
    """What is wrong and what to do, for one error found by pydantic."""
    keys = [part for part in detail["loc"] if isinstance(part, str)]
    key = keys[-1] if keys else ""
    owner = f"{quoted(keys[-2])} of {label}" if len(keys) > 1 else label
    context: dict[str, Any] = detail.get("ctx", {})
    sort = detail["type"]
    in_list = isinstance(detail["loc"][-1], int)
    optional = in_list or key not in required_of(_owner(kind, detail))
    if sort == "linkindex":
        remedy: str = context["remedy"]
        return context["what"], remedy if optional else remedy.removesuffix(_OR_REMOVE)
    if sort == "missing":
        part = _NESTED.get(key)
        below = f" and lines {lines_of(part)} below it" if part else ""
        return f"{owner} has no {quoted(key)}", f"add a line that begins with `{key}:`{below}"
    if sort == "extra_forbidden":
        return f"unknown key {quoted(key)} in {owner}", known_key(
            key, keys_of(_owner(kind, detail))
        )
    value = detail["input"]
    entry = "an entry of " if in_list else ""
    named = f"{entry}{quoted(key)} of {owner}"
    if value is None:
        return (
            f"{named} is empty",
            f"write it, in quotes if it begins with `#`{_OR_REMOVE if optional else ''}",
        )
    if sort == "enum" and isinstance(value, str):
        choices = re.findall(r"'([^']+)'", context["expected"])
        remedy = _written_instead(key, value) or suggestion(value, choices)
        return f"{quoted(value)} is not a known value of {quoted(key)}", remedy
    if sort == "too_short" and not value:
        return f"{named} has no entry", "add at least one"
    if sort == "string_too_long":
        extra = len(value) - context["max_length"]
        return f"{named} is longer than {context['max_length']} characters", f"cut {extra} of them"
    wrong, remedy = _FORMS.get(sort, ("has the wrong form", "compare it with another entry"))
    is_one = isinstance(value, YamlList) and [type(part) for part in value] == [str]
    if is_one and not in_list and sort not in _OF_LINES:
        alone = (meant(key, str(value[0])) or (value[0],))[0]
        remedy = f"write `{key}: {shown(alone)}`, without the brackets"
    elif isinstance(value, YamlList) and sort in ("string_type", "enum"):
        remedy = "write one text, without `- ` and without brackets"
    if isinstance(value, str):
        remedy = _value_meant(sort, value) or _list_meant(sort, key, value) or remedy
    if sort in _OF_LINES and key in _NESTED and required_of(_NESTED[key]):
        remedy = f"put lines {lines_of(_NESTED[key])} below it, indented by two spaces more"
    if key in ("phone", "text"):
        wrong, remedy = "should be a phone number", "write digits and spaces, such as `0800 1111`"
        if isinstance(value, YamlList) and len(value) > 1:
            remedy = "write one number, and give any other an entry of its own"
    return f"{named} {wrong}".format(**context), remedy


_OR_REMOVE = ", or remove the line"


def _written_instead(key: str, word: str) -> str | None:
    """What to write in place of a word that is known to stand for one or more values."""
    if key == "cost" and re.search(r"[£$€]\s*[1-9]", word):
        return "write `paid`, and how much in the summary"
    values = meant(key, word)
    if len(values) == 1:
        return f"write {quoted(values[0])}"
    parts = [meant(key, part) for part in re.split(r"[,;/&+\s]+|\band\b", word) if part.strip()]
    values = values or tuple(value for part in parts for value in part)
    if not values or (not all(parts) and not meant(key, word)):
        return None
    in_list = key in ("audiences", "nations", "language", "accessible_as")
    several = ", ".join(dict.fromkeys(values))
    return f"write `{several}`" if in_list else f"write {' or '.join(map(quoted, values))}"


def _list_meant(sort: str, key: str, text: str) -> str | None:
    """The list that an editor most likely meant by a text, as it is written."""
    parts = [part.strip() for part in re.split(r"[,;/&]|\band\b", text) if part.strip()]
    if sort != "tuple_type" or not parts or len(text) > LONGEST_LIST_SHOWN:
        return None
    if key == "allow":
        return (
            f"write two lines below it: `- rule: {shown(text)}` and `  reason: ` with your reason"
        )
    if all(meant(key, word) for word in text.split()):
        parts = text.split()
    values = [value for part in parts for value in (meant(key, part) or (part,))]
    if key in ("keywords", "evidence", "aliases", "cautions", "prompts"):
        values = parts if "," in text else [text.strip()]
    return f"write `{key}: [{', '.join(dict.fromkeys(values))}]`"


LONGEST_LIST_SHOWN = 50
"""Characters of a text that is shown whole as the list that it should be."""


def _value_meant(sort: str, value: str) -> str | None:
    """The value that an editor most likely meant by one that cannot be read, as a question."""
    if sort == "bool_parsing":
        near = nearest(value, ["true", "false"])
        return f"did you mean {quoted(near)}?" if near else None
    if sort == "int_parsing":
        digits = re.match(r"(?:about )?([0-9]{1,3})\b(\s*(?:h|hrs?|hours?)\b)?", value)
        if not digits:
            return None
        minutes = int(digits[1]) * (60 if digits[2] else 1)
        return f"did you mean {quoted(minutes)}?"
    return None


_TEXT = ("should be a single text", "write plain words, in quotes if they begin with `[` or `{`")
_LINES = (
    "should have `key: value` lines of its own",
    "put them below it, indented by two spaces more",
)
_WHOLE = ("should be a whole number", "write digits only")
_YES_OR_NO = ("should be `true` or `false`", "write one of the two")
_OF_LINES = frozenset({"dict_type", "model_type", "model_attributes_type"})
"""What is wanted are ``key: value`` lines."""

_FORMS = {
    "dict_type": _LINES,
    "string_type": _TEXT,
    "enum": _TEXT,
    "tuple_type": (
        "should be a list",
        "write `[one, two]`, or one entry a line beginning with `- `",
    ),
    "model_type": _LINES,
    "model_attributes_type": _LINES,
    "int_parsing": _WHOLE,
    "int_type": _WHOLE,
    "int_parsing_size": ("is too large a number", "write a smaller one"),
    "bool_parsing": _YES_OR_NO,
    "bool_type": _YES_OR_NO,
    "date_type": ("should be a date", "write year-month-day, such as 2026-11-24"),
    "too_long": ("has more than {max_length} entries", "keep the best"),
    "too_short": ("has fewer than {min_length} entries", "add what is missing"),
    "greater_than_equal": ("is under {ge}", "write a larger number"),
    "less_than_equal": ("is over {le}", "write a smaller number"),
}
"""What is wrong and what to do, by pydantic's name for it."""
