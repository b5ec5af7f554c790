"""Every format, as it is handed out."""

from __future__ import annotations

import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from unittest.mock import patch

import page
import pypdfium2
import pytest
from PIL import Image

from linkindex.cards import CardError, Order, contract
from linkindex.cards.deck import make_deck
from linkindex.cards.formats import ALL, BY_NAME, OFFERED, Product
from linkindex.cards.layout import CardLayout, named_layout
from linkindex.cards.proof import read_codes
from linkindex.cards.rendering import rendered_pages
from linkindex.qr import matrix
from tests.cards.ring import MM, all_text, make_files, page_text, ring

ADDRESSES = sorted(card.address for card in make_deck(ring()).cards)
PRESS = ("single.pdf", "fob.pdf")
WRONG_LENGTH = "a stream /Length does not match its raw content length"


@pytest.fixture(scope="session")
def everything() -> Mapping[str, bytes]:
    """Every file of every format."""
    return make_files(ring(), Order(formats=("all",))).files


def test_every_format_is_made(everything: Mapping[str, bytes]) -> None:
    made = json.loads(everything["manifest.json"])["files"]
    assert {entry["format"] for entry in made} == {*ALL, "picture"}


def test_every_file_of_cards_holds_each_code_once(everything: Mapping[str, bytes]) -> None:
    for name in _pdfs(everything):
        if name == "calibration.pdf":
            continue
        found = [
            code.text
            for picture in rendered_pages(everything[name], 200)
            for code in read_codes(picture, 200)
        ]
        assert sorted(found) == ADDRESSES, name


def test_files_conform_to_accessibility_and_all_but_those_for_a_press_to_archiving(
    everything: Mapping[str, bytes],
) -> None:
    for name in _pdfs(everything):
        profiles = [page.ValidationProfile.PDF_UA_1]
        if name not in PRESS:
            profiles.append(page.ValidationProfile.PDF_A_2A)
        for profile in profiles:
            report = page.validate_pdf_bytes(everything[name], profile=profile)
            failures = [failure.message for failure in report.failures]
            # The validator takes a stream that ends with a line break for one that is too long.
            if failures == [WRONG_LENGTH] and _lengths_are_right(everything[name]):
                continue
            assert report.is_compliant, (name, failures)


@pytest.mark.parametrize("name", PRESS)
def test_a_file_for_a_press_has_no_colour_but_its_inks_and_black_is_black_alone(
    everything: Mapping[str, bytes], name: str
) -> None:
    drawn = b"\n".join(_streams(everything[name]))
    assert not re.search(rb"\s(rg|RG)\s", drawn)
    assert re.search(rb"(?<![\d.])0 0 0 1 k\s", drawn)
    # The codes, which are most of what is drawn, are in black ink alone.
    assert not re.search(rb"(?<![\d.])(?!0 0 0 )[\d.]+ [\d.]+ [\d.]+ 1 k\s", drawn)


@pytest.mark.parametrize(
    ("name", "trim", "bleed"),
    [("single.pdf", (85, 54), 3), ("fob.pdf", (54, 29), 3), ("cr80.pdf", (85.6, 53.98), 0)],
)
def test_single_pages_are_as_large_as_the_product_and_its_bleed(
    everything: Mapping[str, bytes], name: str, trim: tuple[float, float], bleed: float
) -> None:
    with pypdfium2.PdfDocument(everything[name]) as document:
        left, bottom, right, top = (edge * MM for edge in document[0].get_trimbox())
        assert (right - left, top - bottom) == pytest.approx(trim, abs=0.01)
        assert left == pytest.approx(bleed, abs=0.01)
        assert document[0].get_width() * MM == pytest.approx(trim[0] + 2 * bleed, abs=0.01)


def test_a_fold_sheet_has_each_back_beside_its_front(everything: Mapping[str, bytes]) -> None:
    text = page_text(everything["fold.pdf"], 0)
    # The lists of urgent help and of the ring need their whole backs, and say what they list.
    for title in ("Other help", "On this ring"):
        assert title in text
    for title in [card.title for card in make_deck(ring()).cards][2:4]:
        assert text.count(title) >= 2
    with pypdfium2.PdfDocument(everything["fold.pdf"]) as document:
        assert len(document) == -(-len(ADDRESSES) // 4)


def test_a_bare_code_pastes_at_thirty_millimetres_and_is_black_on_white(
    everything: Mapping[str, bytes],
) -> None:
    with Image.open(io.BytesIO(everything["png/aces-code.png"])) as picture:
        assert picture.mode == "1"
        dots = picture.info["dpi"][0]
        assert picture.width / dots * 25.4 == pytest.approx(30, abs=0.3)
        assert dots >= 600
        cells = matrix("https://example.org/q/aces", 3, "Q")
        assert picture.width % (len(cells) + 8) == 0


def test_each_card_and_each_code_is_a_picture_and_a_drawing(
    everything: Mapping[str, bytes],
) -> None:
    for card in make_deck(ring()).cards:
        for part in ("front", "back", "code"):
            assert f"png/{card.key}-{part}.png" in everything
            drawing = everything[f"svg/{card.key}-{part}.svg"].decode()
            assert "<title>" in drawing
            assert 'role="img"' in drawing


def test_a_picture_of_a_card_is_as_large_as_the_card_at_300_dots_an_inch(
    everything: Mapping[str, bytes],
) -> None:
    with Image.open(io.BytesIO(everything["png/aces-front.png"])) as picture:
        assert picture.size == (round(85 / 25.4 * 300), round(54 / 25.4 * 300))


def test_each_code_is_drawn_once_for_all_formats() -> None:
    drawn: list[str] = []

    def counted(address: str, version: int, level: str) -> object:
        drawn.append(address)
        return matrix(address, version, level)

    with patch.object(contract, "matrix", counted):
        make_files(ring(), Order(formats=("sheet", "single", "sticker", "poster")))
    assert sorted(drawn) == ADDRESSES


def test_the_same_catalogue_gives_the_same_bytes_in_every_format(
    everything: Mapping[str, bytes],
) -> None:
    again = make_files(ring(), Order(formats=("all",))).files
    assert dict(again) == dict(everything)


def test_a_part_used_sheet_of_labels_begins_where_it_is_told() -> None:
    order = Order(formats=("sticker",), layout="avery-l7160", start=5, showcase=False)
    made = make_files(ring(), order)
    picture = next(rendered_pages(made.files["sticker.pdf"], 200))
    layout = named_layout("avery-l7160")
    found = read_codes(picture, 200)
    places = [layout.front(place) for place in range(4, 4 + len(ADDRESSES))]
    for code, place in zip(sorted(found, key=lambda c: (round(c.y), c.x)), places, strict=True):
        middle = layout.code.side / 2
        expected = (place.x + layout.code.x + middle, place.y + layout.code.y + middle)
        assert (code.x, code.y) == pytest.approx(expected, abs=1)


def test_copies_follow_one_another_as_whole_rings() -> None:
    order = Order(formats=("sheet",), copies=2, start=3, showcase=False)
    sheet = make_files(ring(), order).files["sheet.pdf"]
    found = [
        code.text for picture in rendered_pages(sheet, 150) for code in read_codes(picture, 150)
    ]
    assert sorted(found) == sorted(ADDRESSES * 2)
    with pypdfium2.PdfDocument(sheet) as document:
        assert len(document) == 2 * -(-(2 + 2 * len(ADDRESSES)) // 8)


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (Order(formats=("shet",)), r"there is no format `shet`; did you mean `sheet`\?"),
        (
            Order(layout="avery-l7610"),
            r"--layout: there is no card layout `avery-l7610`; did",
        ),
        (Order(formats=("sheet",), layout="avery-l7160"), r"is for labels, and .* `sheet` needs"),
        (Order(formats=("sticker",), layout="a4-8up"), r"write --format sheet"),
        (Order(formats=("sheet",), start=9), r"has only 8 places; use a number up to 8"),
        (Order(formats=("sticker",), start=22), r"--start 22: it holds for one .*name one with"),
        (Order(start=3), r"several are to be made \(sheet\.pdf, fold\.pdf, clear"),
        (Order(formats=("png",), start=2), r"nothing that is to be made has places"),
        (Order(formats=("nothing-like-it",)), r"use one of: sheet, .*calibration, all"),
        (Order(theme="blak"), r"there is no theme `blak`; did you mean `black`\?"),
        (Order(layout="nowhere/mine.yaml"), r"`nowhere/mine\.yaml` cannot be read"),
    ],
)
def test_an_order_for_what_there_is_not_says_what_there_is(order: Order, said: str) -> None:
    with pytest.raises(CardError, match=said):
        make_files(ring(), order)


def test_a_title_too_long_for_a_label_names_the_title_and_the_sheet() -> None:
    long = ring(("    title: GCP2\n", "    title: Donaudampfschifffahrtsgesellschaft\n"))
    with pytest.raises(
        CardError, match=r"ring\.yaml:\d+: the title `Donau.*labels of sticker\.pdf at 9 points"
    ):
        make_files(long, Order(formats=("sticker",), layout="avery-l7160"))


def test_an_address_too_long_to_be_read_on_a_label_is_left_out_and_that_is_said() -> None:
    host = "https://links-and-more.example.example.example/"
    made = make_files(ring(("https://example.org/", host)), Order(("fob",), showcase=False))
    assert "links-and-more" not in all_text(made.files["fob.pdf"])
    (entry,) = json.loads(made.files["manifest.json"])["files"]
    assert entry["left_out"].startswith("the addresses, which have no room at 7 points")
    assert any(line.startswith("Not on fob.pdf: the addresses") for line in made.summary)


def test_what_the_site_offers_is_made_without_asking() -> None:
    made = make_files(ring(), Order(showcase=False)).files
    assert sorted(name for name in made if name.endswith(".pdf")) == sorted(
        f"{name}.pdf" for name in OFFERED
    )


def test_every_layout_of_a_format_is_one_that_it_can_print() -> None:
    for entry in BY_NAME.values():
        for name in entry.layouts:
            layout = named_layout(name)
            assert layout.source
            assert isinstance(layout, CardLayout) or entry.product is Product.LABELS


def _pdfs(files: Mapping[str, bytes]) -> list[str]:
    return [name for name in files if name.endswith(".pdf")]


def _lengths_are_right(pdf: bytes) -> bool:
    """Whether each stream ends where its length says."""
    heads = re.finditer(rb"/Length (\d+)[^>]*>>\s*stream\r?\n", pdf)
    ends = [pdf[head.end() + int(head[1]) :][:12].strip() for head in heads]
    return bool(ends) and all(end.startswith(b"endstream") for end in ends)


def _streams(pdf: bytes) -> Iterator[bytes]:
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            yield zlib.decompress(found[1])
        except zlib.error:
            continue


def test_a_long_organisation_and_hostile_text_stay_text_on_labels() -> None:
    hostile = ring(("    title: GCP2\n", '    title: "#panic() *x* $a$"\n'))
    made = make_files(hostile, Order(formats=("poster",), layout="poster-a4"))
    assert "#panic() *x* $a$" in all_text(made.files["poster.pdf"])
