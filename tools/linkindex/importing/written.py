"""A link of the index as the texts and lists of a table, so that the two can be compared."""

from __future__ import annotations

from linkindex.catalogue import Catalogue, Phone, Resource
from linkindex.importing.cleaning import Value
from linkindex.importing.tables import Column


def value_of(resource: Resource, column: Column, catalogue: Catalogue) -> Value:
    """What a table says of a link under a column; an empty text where it says nothing.

    A text that is not there in the language of the index says nothing in it.
    """
    if _is_borrowed(resource, column):
        return ""
    if column is Column.TOPIC:
        return catalogue.home_of(resource).id
    if column in _OF_NUMBERS:
        number, part = _OF_NUMBERS[column]
        return _of_number(getattr(resource, number), part)
    if column is Column.ALLOW:
        return tuple(f"{answer.rule}: {answer.reason}" for answer in resource.allow)
    if column is Column.RETIRED:
        return _retired(resource)
    value = getattr(resource, column.value, None)
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower() if column in resource.model_fields_set else ""
    return tuple(map(str, value)) if isinstance(value, tuple) else str(value)


def _is_borrowed(resource: Resource, column: Column) -> bool:
    """Whether what is shown under a key is that of another language."""
    return any(key.partition(".")[0] == column.value for key in resource.borrowed)


def _of_number(phone: Phone | None, part: str) -> str:
    value = getattr(phone, part) if phone else None
    return "" if value is None else str(value)


def _retired(resource: Resource) -> str:
    if resource.retired is None:
        return ""
    retired = resource.retired
    return f"{retired.on} {retired.successor}" + (f" {retired.reason}" if retired.reason else "")


_OF_NUMBERS = {
    Column.PHONE: ("phone", "number"),
    Column.PHONE_CHECKED: ("phone", "number_checked"),
    Column.PHONE_CHECKED_BY: ("phone", "checked_by"),
    Column.TEXT: ("text", "number"),
    Column.TEXT_CHECKED: ("text", "number_checked"),
    Column.TEXT_CHECKED_BY: ("text", "checked_by"),
}
