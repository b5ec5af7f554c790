"""What every file measures, on the example deck and on that of a council: type, cut, edge, code."""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from linkindex.cards import MadeCards, Order
from linkindex.cards.layout import CardLayout, LabelLayout
from linkindex.cards.order import Sheet
from linkindex.catalogue import Catalogue
from linkindex.catalogue.logo import TALLEST, WIDEST, read_logo
from tests.cards.measure import Measures, measures, structure
from tests.cards.ring import (
    all_text,
    council,
    letters,
    make_files,
    page_text,
    ring,
    with_card,
)

PRINTED = (
    *("sheet", "fold", "single", "cr80", "clear-print", "large-print"),
    *("fob", "sticker", "poster", "calibration"),
)
"""Every format but pictures, which are the single cards again."""

TO_CUT = 3.0
"""Millimetres from anything printed to the cut: what print shops ask for."""

LEAST_TYPE = 7.0
LEAST_TEXT = 9.0
"""Points, for addresses and editions, and for what is read."""


class Deck(NamedTuple):
    """A deck in all its files."""

    catalogue: Catalogue
    made: MadeCards

    def measured(self) -> Iterator[tuple[Sheet, Measures]]:
        """Every file of cards or labels with what it measures."""
        assert self.made.printing
        modules = self.made.printing.run.plan.modules
        for sheet in self.made.printing.sheets:
            if sheet.format.product.takes_layouts:
                pdf = self.made.files[sheet.file]
                found = measures(pdf, sheet.layout, single=sheet.format.single, modules=modules)
                yield sheet, found


@pytest.fixture(scope="module", params=["example", "council"])
def deck(request: pytest.FixtureRequest) -> Deck:
    catalogue = ring() if request.param == "example" else council()
    return Deck(catalogue, make_files(catalogue, Order(PRINTED, showcase=False)))


def test_every_file_is_made(deck: Deck) -> None:
    assert deck.made.not_made == ()


def test_nothing_is_printed_within_three_millimetres_of_a_cut(deck: Deck) -> None:
    near = {
        sheet.file: found.cut
        for sheet, found in deck.measured()
        # A poster is not cut; what stands on it keeps off the edge of the paper.
        if not (isinstance(sheet.layout, LabelLayout) and sheet.layout.head)
        if found.cut[0] < TO_CUT
    }
    assert near == {}


def test_nothing_is_printed_where_office_printers_do_not_print(deck: Deck) -> None:
    near = {
        sheet.file: found.edge
        for sheet, found in deck.measured()
        if found.edge and found.edge[0] < 4.5
    }
    assert near == {}


def test_no_type_is_smaller_than_can_be_read(deck: Deck) -> None:
    for sheet, found in deck.measured():
        least = sheet.layout.type.least if isinstance(sheet.layout, CardLayout) else LEAST_TYPE
        assert found.type[0] >= least, (sheet.file, found.type)
        assert found.note is None or found.note >= LEAST_TYPE, sheet.file


def test_texts_have_nine_points_or_more(deck: Deck) -> None:
    assert deck.made.printing
    for file, fitted in deck.made.printing.sizes:
        sizes = fitted.sizes
        texts = (sizes.front, sizes.back, sizes.index, sizes.help_front, sizes.help)
        titles = [title.size for title in fitted.titles.values()]
        assert min(*texts, *titles) >= LEAST_TEXT, file


def test_large_print_has_eighteen_points_throughout_and_clear_print_fourteen(deck: Deck) -> None:
    least = {sheet.file: found.type[0] for sheet, found in deck.measured()}
    assert least["large-print.pdf"] >= 18
    assert least["clear-print.pdf"] >= 12
    assert deck.made.printing
    sizes = {file: fitted.sizes for file, fitted in deck.made.printing.sizes}
    assert min(sizes["clear-print.pdf"].front, sizes["clear-print.pdf"].back) >= 14


def test_the_numerals_of_the_calibration_can_be_read(deck: Deck) -> None:
    pdf = deck.made.files["calibration.pdf"]
    assert min(letter.points for page in (0, 1) for letter in letters(pdf, page)) >= LEAST_TYPE


def test_what_a_person_in_danger_needs_is_on_the_front_before_all_else(deck: Deck) -> None:
    front = page_text(deck.made.files["single.pdf"], 0)
    assert front.index("999") < front.index("Someone is in danger now")
    if "press 55" in repr(deck.catalogue.urgent_help):
        assert "press 55 when asked" in front


def test_no_text_holds_an_invisible_sign_so_that_addresses_can_be_copied(deck: Deck) -> None:
    for name, content in deck.made.files.items():
        if name.endswith(".pdf"):
            assert not re.search("[\u200b\u00ad\u2060]", all_text(content)), name


def test_every_card_says_who_keeps_it(deck: Deck) -> None:
    single = deck.made.files["single.pdf"]
    with pypdfium2.PdfDocument(single) as document:
        backs = range(1, len(document), 2)
    for page in backs:
        if deck.catalogue.logo is None:
            assert "Example Council" in page_text(single, page)
    if deck.catalogue.logo:
        assert single.count(b"/Alt") >= len(backs)


def test_every_file_asks_for_its_own_size_and_the_right_sides(deck: Deck) -> None:
    asked = {}
    for name, content in deck.made.files.items():
        if name.endswith(".pdf"):
            with pikepdf.open(io.BytesIO(content)) as document:
                preferences = document.Root.ViewerPreferences
                assert preferences.PrintScaling == pikepdf.Name("/None"), name
                asked[name] = preferences.get("/Duplex")
    for name, sides in (
        ("sheet.pdf", "/DuplexFlipLongEdge"),
        ("calibration.pdf", "/DuplexFlipLongEdge"),
        ("fold.pdf", "/Simplex"),
        ("poster-a4.pdf", "/Simplex"),
    ):
        assert asked[name] == pikepdf.Name(sides), name


def test_posters_speak_of_no_back_and_show_urgent_help_first(deck: Deck) -> None:
    for name in ("poster-a4.pdf", "poster-a3.pdf", "poster-topic-a4.pdf", "poster-topic-a3.pdf"):
        text = all_text(deck.made.files[name])
        assert "On the back" not in text
        assert "999" in text[: text.index("example.org" if "example.org" in text else "westshire")]


def test_lists_and_paragraphs_are_what_they_look_like_to_a_screen_reader(deck: Deck) -> None:
    single = deck.made.files["single.pdf"]
    with pypdfium2.PdfDocument(single) as document:
        for number in range(len(document)):
            types = structure(document, number)
            assert not {"Div", "Span", "Sect"} & set(types), (number, types)
            assert {"P", "H1", "H2"} & set(types)
        entries = structure(document, 3).count("LI")
    assert entries == len(deck.catalogue.current_categories)


# Titles that hang over


OVERHANGING = (
    "Restorative justice",
    "Finding a job",
    "îles et ĵaŭdo",
    "Ĵîĳ jj ļį",
    "فرصة عمل",
    "لجميع الأسر",
)


@pytest.mark.parametrize("title", OVERHANGING)
def test_a_title_whose_letters_hang_over_keeps_every_quiet_zone_clear(title: str) -> None:
    catalogue = ring(("    title: GCP2\n", f"    title: {title}\n"))
    made = make_files(catalogue, Order(("fob", "sticker", "poster"), showcase=False))
    assert made.not_made == ()


def test_a_long_word_with_a_hyphen_breaks_there_where_it_has_no_room() -> None:
    title = "Cognitive-behavioural-therapy"
    catalogue = ring(("    title: GCP2\n", f"    title: {title}\n"))
    catalogue = with_card(catalogue, 6, front="Psychologically-informed-environments-everywhere.")
    made = make_files(catalogue, Order(("sheet", "clear-print"), showcase=False))
    assert made.not_made == ()


# Logos


@pytest.mark.parametrize("ratio", [WIDEST, 4.0, 1 / TALLEST])
@pytest.mark.parametrize("kind", ["svg", "png"])
def test_a_logo_of_any_shape_covers_no_text(ratio: float, kind: str) -> None:
    width, height = round(240 * max(ratio, 1)), round(240 * max(1 / ratio, 1))
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<rect width="{width}" height="{height}" fill="#00aa55"/></svg>'
    ).encode()
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "#00aa55").save(buffer, "PNG")
    content = drawing if kind == "svg" else buffer.getvalue()
    logo = read_logo(f"logo.{kind}", lambda _: content)
    catalogue = dataclasses.replace(council(), logo=logo)
    formats = ("single", "clear-print", "large-print")
    made = make_files(catalogue, Order(formats, showcase=False))
    assert made.not_made == ()
    for name in ("single.pdf", "clear-print.pdf", "large-print.pdf"):
        _nothing_below_green(made.files, name)


def _nothing_below_green(files: Mapping[str, bytes], name: str) -> None:
    """No letter of the first back stands where the logo is."""
    with pypdfium2.PdfDocument(files[name]) as document:
        page = document[1]
        scale = 100 / 72
        picture = page.render(scale=scale).to_pil().convert("RGB")
        text = page.get_textpage()
        for index in range(text.count_chars()):
            if not text.get_text_range(index, 1).strip():
                continue
            left, bottom, right, top = text.get_charbox(index)
            across = (left + right) / 2 * scale
            for x in (left * scale - 2, across, right * scale + 2):
                y = picture.height - (bottom + top) / 2 * scale
                place = (
                    min(max(int(x), 0), picture.width - 1),
                    min(max(int(y), 0), picture.height - 1),
                )
                red, green, blue = picture.getpixel(place)
                assert not (green > 130 and red < 60 and blue < 120), (
                    name,
                    text.get_text_range(index, 1),
                )


# Single cards again


def test_a_card_that_is_printed_again_is_set_as_in_the_ring_that_it_joins() -> None:
    from linkindex.cards import Selection

    long = " ".join(["Families say what helps them most."] * 5)
    catalogue = with_card(ring(), 6, front=long)
    whole = make_files(catalogue, Order(("single",), showcase=False))
    alone = make_files(
        catalogue, Order(("single",), selection=Selection(only=("aces",)), showcase=False)
    )
    in_ring, again = (
        {(letter.text, letter.points) for letter in letters(files["single.pdf"], page)}
        for files, page in ((whole.files, 4), (alone.files, 0))
    )
    assert in_ring == again
