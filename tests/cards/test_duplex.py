"""Backs stand behind their fronts: measured on rendered pages, for every sheet that is shipped."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from linkindex.cards import CardError, Order
from linkindex.cards.imposition import imposed
from linkindex.cards.layout import CardLayout, Flip, layout_names, named_layout, read_layout
from linkindex.cards.printers import Printer, read_printer
from linkindex.cards.rendering import rendered_page, rendered_pages
from tests.cards.ring import DPI, PX, cross_near, make_files, ring

SHEETS = [
    name
    for name in layout_names()
    if isinstance(layout := named_layout(name), CardLayout)
    and layout.per_page > 1
    and not layout.one_sided
    and layout.flip is not Flip.FOLD
]


@pytest.mark.slow
@pytest.mark.parametrize("flip", [Flip.LONG, Flip.SHORT])
@pytest.mark.parametrize("name", SHEETS)
def test_holes_meet_within_a_tenth_of_a_millimetre(name: str, flip: Flip) -> None:
    order = Order(formats=("sheet",), layout=name, flip=flip, showcase=False)
    sheet = make_files(ring(), order).files["sheet.pdf"]
    layout = named_layout(name)
    assert isinstance(layout, CardLayout)
    assert layout.hole
    page = layout.page
    front, back = rendered_pages(sheet, DPI, (0, 1))
    for place in range(min(layout.per_page, 9)):
        x, y = layout.front(place)
        there = cross_near(front, x + layout.hole.x, y + layout.hole.y)
        # Where that point comes to lie on the other side of the paper.
        is_portrait = page.height >= page.width
        through = (
            (page.width - there[0], there[1])
            if (flip is Flip.LONG) == is_portrait
            else (there[0], page.height - there[1])
        )
        assert cross_near(back, *through) == pytest.approx(through, abs=0.1)


def test_faces_are_both_upright_when_the_sheet_is_flipped_on_the_short_edge() -> None:
    order = Order(formats=("sheet",), flip=Flip.SHORT, showcase=False)
    sheet = make_files(ring(), order).files["sheet.pdf"]
    long = make_files(ring(), Order(formats=("sheet",), showcase=False)).files["sheet.pdf"]
    turned = rendered_page(sheet, 1, 100).transpose(Image.Transpose.ROTATE_180)
    usual = rendered_page(long, 1, 100)
    # The cards are the same; only what the footer says differs.
    box = (0, 0, usual.width, round(usual.height * 0.93))
    difference = sum(
        abs(one - other) > 60
        for one, other in zip(
            turned.crop(box).convert("L").tobytes(),
            usual.crop(box).convert("L").tobytes(),
            strict=True,
        )
    )
    assert difference < box[2] * box[3] * 0.01


def test_a_landscape_sheet_is_mirrored_over_its_own_long_edge() -> None:
    source = """
for: cards
about: Four cards on A4, landscape
source: the test
page: {width: 297, height: 210}
grid: {columns: 2, rows: 2}
origin: {x: 20, y: 30}
pitch: {x: 100, y: 70}
cut: none
card: {width: 85, height: 54, bleed: 3, margin: 6, band: 15, foot: 7.5}
code: {side: 32, x: 50.4, y: 15}
"""
    layout = read_layout(source.encode(), "l.yaml")
    assert isinstance(layout, CardLayout)
    assert layout.back(0) == (20, 210 - 30 - 54)
    assert layout.turned


def test_without_duplex_backs_stand_where_fronts_stand() -> None:
    layout = named_layout("a4-8up").model_copy(update={"flip": Flip.NONE})
    front, back = imposed(layout, 3)
    assert [(item.x, item.y) for item in back.items] == [(item.x, item.y) for item in front.items]


def test_folded_on_its_line_each_back_lies_behind_its_front() -> None:
    layout = named_layout("a4-fold")
    assert isinstance(layout, CardLayout)
    sheet = make_files(ring(), Order(formats=("fold",), showcase=False)).files["fold.pdf"]
    (picture,) = rendered_pages(sheet, DPI, (0,))
    assert layout.hole
    for place in range(4):
        x, y = layout.front(place)
        line = x + layout.card.width
        there = cross_near(picture, x + layout.hole.x, y + layout.hole.y)
        folded = (2 * line - there[0], there[1])
        assert cross_near(picture, *folded) == pytest.approx(folded, abs=0.1)


def test_a_profile_moves_the_backs_by_what_it_says_and_the_fronts_not_at_all() -> None:
    printer = Printer(dx=1.5, dy=-0.75)
    order = Order(formats=("sheet",), printer=printer, showcase=False)
    moved = make_files(ring(), order).files["sheet.pdf"]
    usual = make_files(ring(), Order(formats=("sheet",), showcase=False)).files["sheet.pdf"]
    layout = named_layout("a4-8up")
    assert isinstance(layout, CardLayout)
    assert layout.hole
    x, y = layout.back(2)
    hole = (x + layout.card.width - layout.hole.x, y + layout.hole.y)
    (back,) = rendered_pages(moved, DPI, (1,))
    there = cross_near(back, hole[0] + 1.5, hole[1] - 0.75)
    assert there == pytest.approx((hole[0] + 1.5, hole[1] - 0.75), abs=0.05)
    fronts = [rendered_page(pdf, 0, 100).tobytes() for pdf in (moved, usual)]
    assert fronts[0] == fronts[1]


def test_the_number_read_off_the_calibration_page_is_the_number_to_write_down() -> None:
    """A printer that moves its backs 1.5 mm left and 1 mm down is put right by what is read."""
    sheet = make_files(ring(), Order(formats=("calibration",), showcase=False))
    front, back = rendered_pages(sheet.files["calibration.pdf"], DPI, (0, 1))
    tip_x = _tip(back, 105, 150, across=True)
    tip_y = _tip(back, 105, 215, across=False)
    # The front's zeros lie in front of the arrows of the back when nothing is moved.
    assert 210 - tip_x == pytest.approx(105, abs=0.1)
    assert tip_y == pytest.approx(215, abs=0.1)
    # A back that is printed 1.5 mm to the left is seen, through the paper, 1.5 mm to the right.
    seen_x, seen_y = 210 - (tip_x - 1.5), tip_y + 1.0
    assert _ink(front, seen_x, 150 - 2)  # there is a mark, and its number counts to the right
    assert (seen_x - 105, -(seen_y - 215)) == pytest.approx((1.5, -1.0), abs=0.1)
    put_right = Printer(dx=seen_x - 105, dy=-(seen_y - 215))
    assert (put_right.dx - 1.5, put_right.dy + 1.0) == pytest.approx((0, 0), abs=0.1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("dx: 0.5\ndy: far\n", r"office\.yaml:2: `dy` is wrong"),
        ("dx: 0.5\ndxx: 1\n", r"office\.yaml:2: unknown key `dxx`"),
        ("dx: 99\n", r"office\.yaml:1: `dx` is wrong"),
        ("paper: A7\n", r"`A7` is not a size of paper that LinkIndex knows; use one of: A3, A4"),
    ],
)
def test_a_fault_in_a_profile_is_said_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "office.yaml"
    path.write_text(text)
    with pytest.raises(CardError, match=said):
        read_printer(path)


def test_a_profile_that_is_not_there_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(CardError, match="--format calibration"):
        read_printer(tmp_path / "none.yaml")


def test_a_layout_for_another_paper_than_the_printer_s_is_refused() -> None:
    order = Order(formats=("sheet",), printer=Printer(paper="US Letter"), showcase=False)
    with pytest.raises(CardError, match=r"is for A4, and the printer was measured with US Letter"):
        make_files(ring(), order)


def _tip(picture: Image.Image, x: float, y: float, *, across: bool) -> float:
    """The middle of an arrow just behind its point, along the scale, in millimetres."""
    around = (x - 6, y, x + 6, y + 4) if across else (x - 4, y - 6, x, y + 6)
    left, top, right, bottom = (round(edge * PX) for edge in around)
    box = (
        picture.crop((left, top, right, bottom))
        .point(lambda shade: 255 if shade < 128 else 0)
        .getbbox()
    )
    assert box
    if across:
        return (left + (box[0] + box[2]) / 2) / PX
    return (top + (box[1] + box[3]) / 2) / PX


def _ink(picture: Image.Image, x: float, y: float) -> bool:
    box = tuple(round(edge * PX) for edge in (x - 0.2, y - 0.2, x + 0.2, y + 0.2))
    darkest, _ = picture.crop(box).getextrema()  # type: ignore[arg-type]
    return bool(darkest < 128)  # type: ignore[operator]
