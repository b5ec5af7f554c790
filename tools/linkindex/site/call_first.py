"""Whom to call first, for somebody in danger who searches instead: numbers above what is found.

The search fetches ``search/numbers.json`` when it is first used, and does the rest on the device:
what is typed goes nowhere (assets/search/danger.js). What people type, and by what the fitting
numbers of an index are found, is in ``danger/``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from linkindex.catalogue import Resource, ShownCatalogue, UrgentHelp
from linkindex.site.danger import Concern, concerns, packed_danger
from linkindex.site.selection import emergency, other_ways
from linkindex.site.templating import render

PATH = "search/numbers.json"

MOST_LINES = 6
"""Numbers below that for emergencies: somebody in danger should not have to choose among many."""

WITHOUT_A_FIT = 3
"""So many of an index's urgent numbers stand in where none of its numbers fits a concern."""

Line = UrgentHelp | Resource


def call_first_file(catalogue: ShownCatalogue) -> str:
    """The JSON of the numbers of an index.

    ``lines`` are items of an HTML list, each once, and ``quiet`` is the one for whoever may not be
    in danger. ``concerns`` has, for each concern, as ``shown``, the places of its lines. The words
    and frames of danger are packed (``danger/packed.py``).
    """
    index = catalogue.settings
    first = _item(index=index, emergency=emergency(catalogue), other_ways=other_ways(catalogue))
    chosen = {concern: lines_for(catalogue, concern) for concern in concerns()}
    # Most lines fit several concerns.
    once = {id(line): line for fitting in chosen.values() for line in fitting}
    items = {key: _item(index=index, lines=[line]) for key, line in once.items()}

    def shown(concern: Concern) -> list[str]:
        """The number for emergencies, and those that fit, as items of a list."""
        texts = (first, *(items[id(line)] for line in chosen[concern]))
        return [text for text in texts if text]

    lines: dict[str, int] = {}
    return json.dumps(
        {
            **packed_danger(),
            "concerns": [{"shown": _places(shown(concern), lines)} for concern in chosen],
            "lines": list(lines),
            "quiet": render("call-quietly.html", emergency=emergency(catalogue)).strip(),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _item(**values: Any) -> str:
    nothing: dict[str, Any] = {"emergency": [], "other_ways": [], "lines": []}
    return render("call-first.html", **nothing | values).strip()


def _places(items: list[str], lines: dict[str, int]) -> list[int]:
    return [lines.setdefault(item, len(lines)) for item in items]


def lines_for(catalogue: ShownCatalogue, concern: Concern) -> list[Line]:
    """The numbers of an index that fit a concern, best first, each number once.

    The number for emergencies is not among them.
    """
    if not concern.lines:
        return []
    known = list(_each_number_once(catalogue))
    fitting = [line for words in concern.lines for line in _found_by(words, known)]
    once = {id(line): line for line in fitting}
    return list(once.values())[:MOST_LINES] or known[:WITHOUT_A_FIT]


def _found_by(words: str, known: list[Line]) -> list[Line]:
    """What speaks of it in the urgent help of an index, or else among its links."""
    fitting = [line for line in known if _speaks_of(line, words)]
    return [line for line in fitting if isinstance(line, UrgentHelp)] or fitting


def _each_number_once(catalogue: ShownCatalogue) -> Iterator[Line]:
    """Urgent help first, as its lines say in plain words who they are for."""
    called = {line.phone.number for line in emergency(catalogue) if line.phone}
    lines: tuple[Line, ...] = (*catalogue.urgent_help, *catalogue.current_resources)
    for line in lines:
        numbers = {phone.number.replace(" ", "") for phone in (line.phone, line.text) if phone}
        if numbers and called.isdisjoint(numbers):
            called |= numbers
            yield line


def _speaks_of(line: Line, words: str) -> bool:
    return bool(re.search(rf"\b{re.escape(words)}", _said_of(line), re.IGNORECASE))


def _said_of(line: Line) -> str:
    if isinstance(line, UrgentHelp):
        return f"{line.name}. {line.when}"
    return ". ".join((line.title, line.summary, *line.keywords))
