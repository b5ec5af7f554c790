"""Sheet geometry as data."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkindex.cards import CardError, make_cards
from linkindex.cards.layout import FOLDER, Layout, named_layout, read_layout
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
        ("rows: 4", "rows: 5", r"run off the page"),
        ("side: 32", "side: 40", r"the code runs off the card"),
        ("x: 50.4, y: 15", "x: 50.4, y: 14", r"quiet zone runs into the band"),
        ("hole: {x: 8, y: 8", "hole: {x: 52, y: 9", r"hole is too close to the code"),
        ("hole: {x: 8, y: 8", "hole: {x: 3, y: 8", r"hole is too close to an edge"),
        ("offset: 4", "offset: 2", r"marks are inside the bleed"),
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
    with pytest.raises(CardError, match=r"use one of: a4-10up, a4-8up, a4-clear-print"):
        named_layout("nowhere")


# Layouts that extend others


def layout_in(folder: Path, text: str, **others: str) -> Layout:
    """The layout in a file, beside which there are others."""
    for name, other in others.items():
        (folder / f"{name}.yaml").write_text(other, "utf-8")
    (folder / "my.yaml").write_text(text, "utf-8")
    return named_layout(str(folder / "my.yaml"))


def test_a_layout_says_only_what_differs_from_the_one_it_extends(tmp_path: Path) -> None:
    base = named_layout("a4-8up")
    assert layout_in(tmp_path, "extends: a4-8up\n") == base
    mine = layout_in(tmp_path, "extends: a4-8up\norigin: {x: 16}\nhole:\n")
    assert (mine.origin.x, mine.origin.y) == (16, base.origin.y)
    assert mine.hole is None
    assert mine.model_copy(update={"origin": base.origin, "hole": base.hole}) == base


def test_a_layout_may_extend_a_file_beside_it_that_extends_another(tmp_path: Path) -> None:
    house = "extends: a4-8up\norigin: {x: 16}\ntype: {wished: 12}\n"
    mine = layout_in(tmp_path, "extends: house.yaml\norigin: {y: 30}\n", house=house)
    assert (mine.origin.x, mine.origin.y, mine.type.wished, mine.type.floor) == (16, 30, 12, 9)


def test_another_sheet_is_not_called_the_product_that_it_was_made_from(tmp_path: Path) -> None:
    assert named_layout("avery-l7160").product
    assert layout_in(tmp_path, "extends: avery-l7160\ntype: {wished: 14}\n").product
    assert not layout_in(tmp_path, "extends: avery-l7160\norigin: {x: 8}\n").product
    named = layout_in(tmp_path, "extends: avery-l7160\norigin: {x: 8}\nproduct: Mine\n")
    assert named.product == "Mine"


@pytest.mark.parametrize(
    ("text", "base", "message"),
    [
        ("# mine\nextends: a4-8upp", "", "my.yaml:2: there is no card layout `a4-8upp`; did you"),
        ("extends: nowhere.yaml", "", "my.yaml:1: the layout `nowhere.yaml` cannot be read (No su"),
        (
            "extends: [a4-8up]",
            "",
            "my.yaml:1: `extends` does not name a layout; write one, such as",
        ),
        ("extends:", "", "my.yaml:1: `extends` does not name a layout; write one, such as"),
        ("extends: my.yaml", "", "my.yaml:1: `extends` leads in a circle, back to "),
        ("extends: base.yaml", "# base\nextends: ./my.yaml", "base.yaml:2: `extends` leads in a"),
        ("extends: base.yaml", "extends: ../nowhere.yaml", "base.yaml:1: the layout `../nowhere."),
        ("extends: base.yaml", "page: {", "base.yaml:1"),
        ("extends: base.yaml\nfor: cards", "", "base.yaml:1: the file holds no `key: value` lines"),
        (
            "extends: a4-8up\n\nfor: labels",
            "",
            "my.yaml:3: this layout is for labels, and layouts/",
        ),
        ("extends: a4-8up\nfor: stamps", "", "my.yaml:2: the layout does not say what it is for"),
        ("extends: a4-8up\npages: 3", "", "my.yaml:2: unknown key `pages`; remove it"),
        ("extends: a4-8up\ncard: {edge: 3}", "", "my.yaml:2: unknown key `card.edge`; remove it"),
        ("extends: a4-8up\ncard: 85", "", "my.yaml:2: `card` has no parts; write them in one line"),
        (
            "extends: base.yaml\ncard: {width: 85}",
            "extends: a4-8up\ncard:\n  margin: wide",
            "base.yaml:3: `card.margin` is wrong",
        ),
        (
            "extends: base.yaml\ncard: {margin: wide}",
            "extends: a4-8up\ncard:\n  margin: 6",
            "my.yaml:2: `card.margin` is wrong",
        ),
        (
            "extends: a4-8up\norigin: {x: 60}",
            "",
            "my.yaml:1: cards run off the page; use fewer, or a smaller `origin` or `pitch` "
            "(`grid` comes from layouts/a4-8up.yaml:9; a line of your own takes its place)",
        ),
        ("extends: a4-8up\npitch: {x: 60}", "", "my.yaml:2: cards overlap from left to right"),
    ],
)
def test_a_fault_of_a_layout_names_the_file_and_line_that_decides(
    text: str, base: str, message: str, tmp_path: Path
) -> None:
    with pytest.raises(CardError) as caught:
        layout_in(tmp_path, text, base=base)
    sentences = str(caught.value).replace(f"{tmp_path}/", "").splitlines()
    assert any(sentence.startswith(message) for sentence in sentences), sentences
