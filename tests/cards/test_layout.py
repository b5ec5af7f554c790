"""Sheet geometry as data."""

from __future__ import annotations

import pytest

from linkindex.cards import CardError, make_cards
from linkindex.cards.layout import FOLDER, named_layout, read_layout
from tests.cards.ring import ring

SOURCE = (FOLDER / "a4-8up.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_layout_that_is_shipped_is_sound(path: object) -> None:
    read_layout(path.read_bytes(), "layout.yaml")  # type: ignore[attr-defined]


def test_backs_are_mirrored_on_a_sheet_whose_margins_differ() -> None:
    layout = read_layout(SOURCE.replace("{x: 17,", "{x: 14,").encode(), "layout.yaml")
    front, back = layout.front(0), layout.back(0)
    assert (front.x, back.x) == (14, 210 - 14 - 85)
    assert front.y == back.y


def test_bleed_ends_halfway_to_the_next_card() -> None:
    layout = read_layout(SOURCE.replace("{x: 91, y: 60}", "{x: 89, y: 54}").encode(), "l.yaml")
    assert (layout.bleed.x, layout.bleed.y) == (2, 0)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("pitch: {x: 91", "pitch: {x: 80", r"overlap from left to right"),
        ("y: 60}", "y: 50}", r"overlap from top to bottom"),
        ("rows: 4", "rows: 5", r"leave the page"),
        ("side: 32", "side: 40", r"the code leaves the card"),
        ("x: 50.4, y: 15", "x: 50.4, y: 14", r"quiet zone runs into the band"),
        ("hole: {x: 8, y: 8", "hole: {x: 52, y: 9", r"hole is too near the code"),
        ("hole: {x: 8, y: 8", "hole: {x: 3, y: 8", r"hole is too near an edge"),
        ("offset: 4", "offset: 2", r"marks stand in the bleed"),
        ("margin: 6", "margin: wide", r"`card\.margin` is wrong"),
        ("margin: 6", "margins: 6", r"unknown key `card\.margins`"),
        ("margin: 6, ", "", r"there is no `card\.margin`"),
        ("rows: 4", "rows: 0", r"`grid\.rows` is wrong"),
        ("width: 85", "width: .nan", r"`card\.width` is wrong"),
        ("page: {", "page: [", r"layout\.yaml:8"),
    ],
)
def test_a_fault_of_a_layout_is_said_with_its_line(old: str, new: str, message: str) -> None:
    assert old in SOURCE
    with pytest.raises(CardError, match=message) as caught:
        read_layout(SOURCE.replace(old, new).encode(), "layout.yaml")
    lines = [number for number, line in enumerate(SOURCE.splitlines(), 1) if old in line]
    places = [text.split(":")[:2] for text in str(caught.value).splitlines()]
    assert ["layout.yaml", str(lines[0])] in places


def test_an_unknown_layout_is_an_error_that_names_the_ones_there_are() -> None:
    with pytest.raises(CardError, match=r"ring\.yaml:9: .*`a4-9up`; did you mean `a4-8up`\?"):
        make_cards(
            ring(
                (
                    "https://www.bbc.co.uk/weather",
                    "https://www.bbc.co.uk/weather\n  deck: {layout: a4-9up}",
                )
            )
        )
    with pytest.raises(CardError, match=r"use one of: a4-10up, a4-8up, a4-fold"):
        named_layout("nowhere", "ring.yaml:1")
