"""The smallest catalogue, and what the tests of this folder do with it."""

from __future__ import annotations

import datetime
from pathlib import Path

from linkindex.catalogue import Catalogue, Examined, examine
from linkindex.catalogue.rules.style import style_problems
from linkindex.icons import icon_names

TODAY = datetime.date(2026, 11, 24)

SMALLEST = (
    (Path(__file__).parent / "cases" / "valid.yaml")
    .read_text("utf-8")
    .partition("#--- expected")[0]
)


def examined(data: bytes | str) -> Examined:
    """Examine a catalogue on the day of the tests."""
    data = data.encode() if isinstance(data, str) else data
    return examine(data, file="resources.yaml", icons=icon_names(), today=TODAY)


def messages(data: bytes | str) -> list[str]:
    """What is said about a catalogue."""
    return [str(problem) for problem in examined(data).problems]


def style_messages(data: bytes | str) -> list[str]:
    """The warnings of style about a catalogue, which must have no error."""
    found = examined(data)
    assert found.catalogue is not None
    assert found.tree is not None
    return [str(problem) for problem in style_problems(found.catalogue, found.tree)]


def valid(*changes: tuple[str, str], text: str = SMALLEST) -> Catalogue:
    """The smallest catalogue with some of its text replaced; it must stay valid."""
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} should be there once"
        text = text.replace(old, new)
    found = examined(text)
    assert found.catalogue is not None, [str(problem) for problem in found.problems]
    return found.catalogue


def resource(resource_id: str, *lines: str) -> str:
    """The text of one more resource, for the end of the smallest catalogue."""
    more = "".join(f"        {line}\n" for line in lines)
    return f"""\
      - id: {resource_id}
        title: Title of {resource_id}
        url: https://www.nhs.uk/{resource_id}
        publisher: NHS
        summary: Another overview.
        audiences: [families]
        format: guide
        nations: [uk]
        added: 2026-11-24
{more}"""


def category(category_id: str, *lines: str) -> str:
    """The head of one more category, for the end of the smallest catalogue."""
    more = "".join(f"    {line}\n" for line in lines)
    return f"""\
  - id: {category_id}
    title: Title of {category_id}
    full_title: Full title of {category_id}
    summary: Another card.
    group: core
    icon: home
    colour: "#1f4e5f"
    card:
      front: Another front.
      prompts: [What helps?, Who is there?, What comes next?]
{more}"""
