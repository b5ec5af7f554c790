"""JSON: services in Open Referral UK or HSDS, and what an index itself exports."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from linkindex.importing.tables import Column, Row, Table, listed

_PAGES = ("content", "contents", "services", "data", "results", "items")
"""Under which key the list of services stands: Open Referral UK 1, HSDS 3, and programs' own."""

_SERVICE = (
    *(Column.TITLE, Column.URL, Column.PUBLISHER, Column.SUMMARY, Column.PHONE, Column.EMAIL),
    *(Column.TOPIC, Column.COST, Column.LANGUAGE, Column.REVIEWED),
)


def read(text: str) -> list[Table]:
    """The links or services of the file."""
    data = json.loads(text)
    if isinstance(data, dict) and isinstance(data.get("topics"), list):
        return [_published(data["topics"])]
    if isinstance(data, dict) and isinstance(data.get("links"), list):
        return [_full(data["links"])]
    services = _services(data)
    rows = [Row(f"service {number}", _service(entry)) for number, entry in services]
    return [listed(rows, *_SERVICE)]


def _services(data: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    if isinstance(data, dict) and "$schema" in data:
        return
    if isinstance(data, dict):
        data = next((data[key] for key in _PAGES if isinstance(data.get(key), list)), [data])
    for number, entry in enumerate(data, start=1):
        if isinstance(entry, dict) and (entry.get("name") or entry.get("title")):
            yield number, entry


def _service(entry: dict[str, Any]) -> tuple[str, ...]:
    organisation = entry.get("organization") or entry.get("organisation") or {}
    publisher = organisation.get("name") if isinstance(organisation, dict) else organisation
    return tuple(
        map(
            _text,
            (
                entry.get("name") or entry.get("title"),
                entry.get("url") or entry.get("website"),
                publisher,
                entry.get("description") or entry.get("summary"),
                _first(_phones(entry)),
                entry.get("email") or _first(_emails(entry)),
                _first(_topics(entry)),
                _cost(entry),
                _first(_languages(entry)),
                str(entry.get("assured_date") or "")[:10],
            ),
        )
    )


def _phones(entry: dict[str, Any]) -> Iterator[str]:
    for holder in (entry, *_maps(entry, "contacts")):
        for phone in _maps(holder, "phones"):
            yield _text(phone.get("number"))


def _emails(entry: dict[str, Any]) -> Iterator[str]:
    for contact in _maps(entry, "contacts"):
        yield _text(contact.get("email"))


def _topics(entry: dict[str, Any]) -> Iterator[str]:
    for key in ("service_taxonomys", "service_taxonomies", "attributes"):
        for link in _maps(entry, key):
            term = link.get("taxonomy") or link.get("taxonomy_term")
            if isinstance(term, dict) and term.get("name"):
                yield _text(term["name"])


def _cost(entry: dict[str, Any]) -> str:
    options = [*_maps(entry, "cost_options")]
    amounts = [option.get("amount") for option in options if option.get("amount") is not None]
    if amounts:
        return "free" if not any(amounts) else "paid"
    return _text(entry.get("fees") or entry.get("fees_description"))


def _languages(entry: dict[str, Any]) -> Iterator[str]:
    for language in _maps(entry, "languages"):
        yield _text(language.get("language") or language.get("code") or language.get("name"))


def _published(topics: list[Any]) -> Table:
    """The links of a file that an index publishes."""
    columns = tuple(column for column in Column if column not in _NOT_PUBLISHED)
    rows: list[Row] = []
    for topic in (topic for topic in topics if isinstance(topic, dict)):
        for link in _maps(topic, "links"):
            values = {**link, "topic": topic.get("code") or topic.get("title")}
            cells = (_own_text(values.get(_OWN_KEYS.get(column, column))) for column in columns)
            rows.append(Row(f"link {len(rows) + 1}", tuple(cells)))
    return listed(rows, *columns)


_OWN_KEYS = {Column.OUR_PAGE: "page"}
_NOT_PUBLISHED = frozenset(
    {
        *(Column.PHONE_CHECKED, Column.PHONE_CHECKED_BY, Column.TEXT_CHECKED),
        *(Column.TEXT_CHECKED_BY, Column.ALLOW, Column.RETIRED, Column.SENSITIVE),
    }
)


def _full(links: list[Any]) -> Table:
    """The links of a file that `linkindex export --full` wrote."""
    columns = tuple(column for column in Column if column is not Column.OUR_PAGE)
    rows = [
        Row(f"link {number}", tuple(_own_text(link.get(column)) for column in columns))
        for number, link in enumerate(links, start=1)
        if isinstance(link, dict)
    ]
    return listed(rows, *columns)


def _own_text(value: object) -> str:
    if isinstance(value, dict):
        return _text(value.get("number"))
    if isinstance(value, list):
        return "\n".join(map(_text, value))
    return _text(value)


def _maps(holder: dict[str, Any], key: str) -> Iterator[dict[str, Any]]:
    value = holder.get(key)
    for entry in value if isinstance(value, list) else []:
        if isinstance(entry, dict):
            yield entry


def _first(texts: Iterator[str]) -> str:
    return next(filter(None, texts), "")


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()
