"""Whom to call first, for somebody in danger who searches instead: numbers above what is found.

The search fetches ``search/numbers.json`` when it is first used, and does the rest on the device:
what is typed goes nowhere (assets/call-first.js). What people type, and by what the fitting numbers
of an index are found, is in ``concerns.yaml``.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from linkindex.catalogue import Resource, ShownCatalogue, UrgentHelp
from linkindex.site.selection import emergency, other_ways
from linkindex.site.templating import render

PATH = "search/numbers.json"

MOST_LINES = 6
"""Numbers below that for emergencies: somebody in danger should not have to choose among many."""

WITHOUT_A_FIT = 3
"""So many of an index's urgent numbers stand in where none of its numbers fits a concern."""

FILE = Path(__file__).with_name("concerns.yaml")

Line = UrgentHelp | Resource


class Concern(BaseModel):
    """One kind of danger: see ``concerns.yaml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    concern: str
    words: tuple[str, ...]
    lines: tuple[str, ...]


@functools.cache
def concerns() -> tuple[Concern, ...]:
    """All kinds, in the order in which what is typed is held against them."""
    known = yaml.safe_load(FILE.read_text("utf-8"))
    return tuple(Concern.model_validate(concern) for concern in known)


def call_first_file(catalogue: ShownCatalogue) -> str:
    """The JSON of the numbers of an index.

    ``concerns`` has, for each concern, the ``words`` that people type and its ``lines`` as items of
    an HTML list. ``calls`` has the call links of each resource that has a number, by its location.
    """
    urgent = {"emergency": emergency(catalogue), "other_ways": other_ways(catalogue)}
    content = {
        "concerns": [
            {
                "words": concern.words,
                "lines": render("call-first.html", lines=lines_for(catalogue, concern), **urgent),
            }
            for concern in concerns()
        ],
        "calls": {
            f"r/{resource.code}": render("result-calls.html", resource=resource)
            for resource in catalogue.current_resources
            if resource.phone or resource.text
        },
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


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
