"""What goes to a print shop is made of four inks, and nothing else is let through."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Mapping

import page
import pikepdf
import pytest
from PIL import Image

from linkindex.cards import Order, press
from linkindex.cards.inks import MIXED_BLACK, mixed, mixed_picture, not_of_inks
from linkindex.catalogue import Catalogue
from linkindex.catalogue.logo import read_logo
from tests.cards.ring import make_files, ring

FOR_A_PRESS = Order(("single", "fob"), showcase=False)

_GRADIENT = (
    '<defs><{kind} id="a"><stop offset="0" stop-color="#fff"/>'
    '<stop offset=".3" stop-color="#00f" stop-opacity=".5"/><stop offset="1" stop-color="red"/>'
    '</{kind}></defs><rect width="40" height="10" fill="url(#a)"/>'
)
DRAWN_LOGOS = {
    "areas and lines": '<rect width="9" height="9" fill="#0a5" stroke="#f00"/><path d="M0 0h9"/>',
    "a gradient": _GRADIENT.format(kind="linearGradient"),
    "a round gradient": _GRADIENT.format(kind="radialGradient"),
    "a group that shows through": '<g opacity=".5"><rect width="9" height="9" fill="#0a5"/></g>',
    "a mask": '<mask id="m"><rect width="9" height="9" fill="#888"/></mask>'
    '<rect width="40" height="10" fill="#0a5" mask="url(#m)"/>',
    "a tile": '<pattern id="p" width="4" height="4" patternUnits="userSpaceOnUse">'
    '<rect width="2" height="2" fill="red"/></pattern>'
    '<rect width="40" height="10" fill="url(#p)"/>',
}


def _with_logo(name: str, content: bytes) -> Catalogue:
    return dataclasses.replace(ring(), logo=read_logo(name, lambda _: content))


def _png(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def _held(files: Mapping[str, bytes]) -> dict[str, frozenset[str]]:
    return {name: not_of_inks(files[name]) for name in files if name.endswith(".pdf")}


@pytest.mark.parametrize("theme", ["colour", "black", "high-contrast"])
def test_every_theme_goes_to_a_press_in_the_four_inks_alone(theme: str) -> None:
    files = make_files(ring(), dataclasses.replace(FOR_A_PRESS, theme=theme)).files
    assert _held(files) == {"single.pdf": frozenset(), "fob.pdf": frozenset()}


@pytest.mark.parametrize("drawn", DRAWN_LOGOS.values(), ids=DRAWN_LOGOS)
def test_a_drawn_logo_is_mixed_of_the_four_inks(drawn: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10">{drawn}</svg>'
    files = make_files(_with_logo("logo.svg", svg.encode()), FOR_A_PRESS).files
    assert not_of_inks(files["single.pdf"]) == frozenset()
    report = page.validate_pdf_bytes(files["single.pdf"], profile=page.ValidationProfile.PDF_UA_1)
    assert report.is_compliant


@pytest.mark.parametrize(
    ("mode", "colour"), [("RGB", (200, 20, 30)), ("RGBA", (0, 170, 85, 128)), ("L", 90), ("P", 3)]
)
def test_a_logo_of_dots_is_mixed_of_the_four_inks(mode: str, colour: int | tuple[int, ...]) -> None:
    content = _png(Image.new(mode, (240, 120), colour))
    files = make_files(_with_logo("logo.png", content), FOR_A_PRESS).files
    assert not_of_inks(files["single.pdf"]) == frozenset()


def test_a_file_that_still_holds_screen_colours_is_not_made_and_the_logo_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(press, "in_four_inks", lambda pdf: pdf)
    order = Order(("sheet", "single"), showcase=False)
    made = make_files(_with_logo("logo.png", _png(Image.new("RGB", (240, 120), "red"))), order)
    assert "single.pdf" not in made.files
    assert made.missing == (
        "Not made: single.pdf.",
        "  ring.yaml:1: the logo has colours that cannot be mixed of the four inks of single.pdf; "
        "save it as PNG",
    )


@pytest.mark.parametrize(
    ("painted", "found"),
    [
        (b"1 0 0 rg 0 0 9 9 re f", {"DeviceRGB"}),
        (b"/DeviceRGB CS 1 0 0 SC 0 0 m 9 9 l S", {"DeviceRGB"}),
        (b"0.4 0 0 1 k 0 0 9 9 re f", {MIXED_BLACK}),
        (b"0 0 0 1 k 0.4 0.3 0 0.9 K 0.5 g 0 0 9 9 re B", set()),
    ],
)
def test_what_is_painted_is_found_on_a_page_and_in_a_part_of_one(
    painted: bytes, found: set[str]
) -> None:
    for in_part in (False, True):
        document = pikepdf.new()
        blank = document.add_blank_page(page_size=(9, 9))
        if in_part:
            part = document.make_stream(painted, Type=pikepdf.Name.XObject)
            part.Subtype, part.BBox = pikepdf.Name.Form, pikepdf.Array([0, 0, 9, 9])
            blank.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(x=part))
            painted = b"/x Do"
        blank.obj.Contents = document.make_stream(painted)
        written = io.BytesIO()
        document.save(written)
        assert not_of_inks(written.getvalue()) == found


def test_black_and_grey_are_black_ink_alone_in_a_colour_and_in_a_picture() -> None:
    assert mixed(0, 0, 0) == (0, 0, 0, 1)
    assert mixed(0.5, 0.5, 0.5) == (0, 0, 0, 0.5)
    assert mixed(1, 1, 1) == (0, 0, 0, 0)
    assert mixed(1, 0, 0) == (0, 1, 1, 0)
    for colour in ("#000000", "#808080", "#ffffff", "#c8141e", "#00aa55"):
        dot = Image.new("RGB", (1, 1), colour)
        parts = tuple(value / 255 for value in dot.tobytes())
        inks = [value / 255 for value in mixed_picture(dot).tobytes()]
        assert inks == pytest.approx(mixed(*parts), abs=0.005)
