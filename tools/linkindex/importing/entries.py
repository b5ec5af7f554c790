"""A new link as the keys of an entry, with what is still to be written marked in it."""

from __future__ import annotations

from collections.abc import Mapping

from linkindex.catalogue.drafts import TO_DO
from linkindex.catalogue.yaml.shape import LINK
from linkindex.importing import cleaning
from linkindex.importing.proposals import NewLink
from linkindex.importing.tables import Column
from linkindex.upkeep.written import Entry, Value

_LISTS = frozenset({"audiences", "nations"})

_REACHED_BY = (Column.URL, Column.PHONE, Column.TEXT, Column.EMAIL)


def entry_of(link: NewLink) -> Entry:
    """The keys of a link. What is missing holds ``TODO``, and makes it a draft."""
    written: dict[str, Value | None] = {}
    for key in LINK.keys:
        value = key_value(key, link.values)
        if value is not None:
            written[key] = value
    missing = [key for key in LINK.keys if key in LINK.required and key not in written]
    if not any(column in link.values for column in _REACHED_BY):
        missing.append("url")
    for key in missing:
        written[key] = (TO_DO,) if key in _LISTS else TO_DO
    if link.category is None:
        written["category"] = f"{TO_DO} {link.topic}".strip()
    if link.draft or missing or link.category is None or _is_to_do(link.values):
        written["draft"] = True
    return written


def key_value(key: str, values: Mapping[Column, cleaning.Value]) -> Value | None:
    """What stands under a key of the index; none where nothing is known of it."""
    if key not in _COLUMNS:
        return None
    value = values.get(Column(key))
    if not value:
        return None
    if key in ("phone", "text"):
        return _number(key, values)
    if key == "allow":
        return tuple(map(_answer, (value,) if isinstance(value, str) else value))
    if key == "retired":
        return _retired(str(value))
    return value


_COLUMNS = frozenset(column.value for column in Column)


def _number(key: str, values: Mapping[Column, cleaning.Value]) -> Value:
    number = str(values[Column(key)])
    known = {
        "number_checked": values.get(Column(f"{key}_checked")),
        "checked_by": values.get(Column(f"{key}_checked_by")),
    }
    more: dict[str, Value] = {name: value for name, value in known.items() if value}
    return {"number": number, **more} if more else number


def _answer(text: str) -> Value:
    rule, _, reason = text.partition(": ")
    return {"rule": rule, "reason": reason}


def _retired(text: str) -> Value:
    day, successor, *reason = text.split(" ", 2)
    written: dict[str, Value] = {"on": day, "successor": successor}
    return written | ({"reason": reason[0]} if reason else {})


def _is_to_do(values: Mapping[Column, cleaning.Value]) -> bool:
    texts = ((value,) if isinstance(value, str) else value for value in values.values())
    return any(TO_DO in text.split() for some in texts for text in some)
