"""The finished pages, as they print."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping

import page
import pypdfium2
import pytest
from PIL import Image

from linkindex.cards import make_cards, proof
from linkindex.cards.deck import make_deck
from linkindex.cards.layout import named_layout
from linkindex.cards.rendering import rendered_page, rendered_pages
from linkindex.catalogue import Catalogue
from tests.cards.ring import (
    DPI,
    MM,
    PX,
    all_text,
    cross_near,
    letters,
    make_files,
    page_lines,
    page_text,
    ring,
)

LAYOUT = named_layout("a4-8up")

HOSTILE = r"#panic()[*x*] $a$ <lbl> @ref // \ `"


def test_every_code_of_the_real_index_reads_as_its_address(catalogue: Catalogue) -> None:
    made = make_files(catalogue)
    addresses = {card.address for card in make_deck(catalogue).cards}
    for name in ("sheet.pdf", "single.pdf"):
        found = [
            code.text
            for picture in rendered_pages(made.files[name], 200)
            for code in proof.read_codes(picture, 200)
        ]
        # A long index goes on to more cards with the same code.
        assert set(found) == addresses


def test_crop_marks_of_front_and_back_meet_when_the_sheet_is_flipped(
    files: Mapping[str, bytes],
) -> None:
    front, back = (_page(files["sheet.pdf"], number) for number in (0, 1))
    for across in (True, False):
        ticks, other = _ticks(front, across), _ticks(back, across)
        if across:
            other = sorted(LAYOUT.page.width - place for place in other)
        assert ticks == pytest.approx(other, abs=0.1)
    assert _ticks(front, across=True) == pytest.approx([17, 102, 108, 193], abs=0.1)


def test_the_last_sheet_puts_the_back_of_a_lone_card_behind_its_front(
    files: Mapping[str, bytes],
) -> None:
    front, back = (_page(files["sheet.pdf"], number) for number in (2, 3))
    assert _ticks(front, across=True) == pytest.approx([17, 102], abs=0.1)
    assert _ticks(back, across=True) == pytest.approx([108, 193], abs=0.1)


def test_holes_of_front_and_back_meet_when_the_sheet_is_flipped(
    files: Mapping[str, bytes],
) -> None:
    front, back = (_page(files["sheet.pdf"], number) for number in (0, 1))
    hole = LAYOUT.hole
    for position in range(LAYOUT.per_page):
        x, y = LAYOUT.front(position)
        there = cross_near(front, x + hole.x, y + hole.y)
        x, y = LAYOUT.back(position)
        here = cross_near(back, x + LAYOUT.card.width - hole.x, y + hole.y)
        assert here == pytest.approx((LAYOUT.page.width - there[0], there[1]), abs=0.1)


def test_nothing_is_printed_on_the_hole_or_in_the_quiet_zone(files: Mapping[str, bytes]) -> None:
    hole, code = LAYOUT.hole, LAYOUT.code
    for number in range(18):
        back = number % 2 == 1
        hole_x = LAYOUT.card.width - hole.x if back else hole.x
        for letter in letters(files["single.pdf"], number):
            away = math.hypot(
                max(letter.left - hole_x, 0, hole_x - letter.right),
                max(letter.top - hole.y, 0, hole.y - letter.bottom),
            )
            assert away >= hole.keep_out, (number, letter)
            if not back:
                beside = letter.right <= code.x or letter.left >= code.x + code.side
                apart = letter.bottom <= code.y or letter.top >= code.y + code.side
                assert beside or apart, (number, letter)


@pytest.mark.parametrize("site_url", ["https://example.org/", "https://links.westshire.example/"])
def test_text_keeps_clear_of_the_cut(site_url: str) -> None:
    card = LAYOUT.card
    single = make_files(ring(("https://example.org/", site_url))).files["single.pdf"]
    for number in range(18):
        for letter in letters(single, number):
            assert letter.left >= 3, (number, letter)
            assert letter.right <= card.width - 5, (number, letter)
            assert letter.top >= 3, (number, letter)
            assert letter.bottom <= card.height - 3, (number, letter)


def test_artwork_fills_the_bleed_on_every_side(files: Mapping[str, bytes]) -> None:
    back = _page(files["single.pdf"], 3)
    right, bottom = back.width - 3, back.height - 3
    corners = [back.getpixel(place) for place in ((2, 2), (right, 2), (2, bottom), (right, bottom))]
    assert all(shade < 255 for shade in corners)


def test_single_cards_have_three_millimetres_of_bleed_around_the_trim(
    files: Mapping[str, bytes],
) -> None:
    with pypdfium2.PdfDocument(files["single.pdf"]) as document:
        for number in range(len(document)):
            left, bottom, right, top = (edge * MM for edge in document[number].get_mediabox())
            assert (right - left, top - bottom) == pytest.approx((91, 60), abs=0.01)
            trim = [edge * MM for edge in document[number].get_trimbox()]
            assert trim == pytest.approx([3, 3, 88, 57], abs=0.01)


@pytest.mark.parametrize(
    ("name", "profile"),
    [("sheet.pdf", "PDF/UA-1"), ("sheet.pdf", "PDF/A-2a"), ("single.pdf", "PDF/UA-1")],
)
def test_the_files_conform(files: Mapping[str, bytes], name: str, profile: str) -> None:
    profiles = {
        "PDF/UA-1": page.ValidationProfile.PDF_UA_1,
        "PDF/A-2a": page.ValidationProfile.PDF_A_2A,
    }
    report = page.validate_pdf_bytes(files[name], profile=profiles[profile])
    assert report.is_compliant, [failure.message for failure in report.failures]


def test_every_code_has_a_text_alternative_with_its_address(files: Mapping[str, bytes]) -> None:
    texts = _alternatives(files["single.pdf"])
    assert texts == [f"QR code. Opens {card.address}" for card in make_deck(ring()).cards]


def test_each_face_begins_with_its_title(files: Mapping[str, bytes]) -> None:
    cards = make_deck(ring()).cards
    for number, card in enumerate(cards):
        assert page_text(files["single.pdf"], 2 * number).startswith(card.title)
        # A list that needs a whole back has no foot with a title, and says what it lists.
        begins = {"urgent": "Other help", "index": "On this ring"}.get(card.kind, card.title)
        said = page_text(files["single.pdf"], 2 * number + 1).removeprefix("SPECIMEN ")
        assert begins in said[: len(begins) + 4]


def test_the_file_names_the_index_and_its_language(files: Mapping[str, bytes]) -> None:
    with pypdfium2.PdfDocument(files["sheet.pdf"]) as document:
        assert document.get_metadata_value("Title") == "LinkIndex: cards"
        assert document.get_metadata_value("Author") == "Example Council"
    assert b"en-GB" in files["sheet.pdf"]


def test_every_face_says_specimen_while_the_domain_is_reserved(files: Mapping[str, bytes]) -> None:
    for number in range(18):
        assert "SPECIMEN" in page_text(files["single.pdf"], number)


def test_no_face_says_specimen_once_the_domain_is_real() -> None:
    made = make_files(ring(("https://example.org/", "https://www.gov.uk/")))
    assert "SPECIMEN" not in all_text(made.files["single.pdf"])
    assert "SPECIMEN" not in all_text(made.files["sheet.pdf"])
    assert not any("SPECIMEN" in line for line in made.summary)


def test_fixed_and_confirmed_numbers_are_printed_and_no_others(files: Mapping[str, bytes]) -> None:
    for name in ("single.pdf", "sheet.pdf"):
        text = all_text(files[name])
        for number in (
            "999",
            "text 999",
            "111",
            "101",
            "116 123",
            "Numbers on the page: Childline",
        ):
            assert number in text
        for number in ("0800 1111", "85258", "0808 808 8000"):
            assert number not in text


def test_a_number_is_printed_once_a_person_has_confirmed_it() -> None:
    confirmed = ("phone: 0800 1111", "phone: {number: 0800 1111, number_checked: 2026-11-20}")
    made = make_files(ring(confirmed))
    assert "0800 1111" in page_text(made.files["single.pdf"], 1)
    assert not any("0800 1111" in line for line in made.summary)


@pytest.mark.parametrize("site_url", ["https://example.org/", "https://links.westshire.example/"])
def test_text_999_always_says_that_the_phone_must_be_registered(site_url: str) -> None:
    single = make_files(ring(("https://example.org/", site_url))).files["single.pdf"]
    text = page_text(single, 0) + page_text(single, 1)
    assert "text 999" in text
    assert "register first" in text


def test_a_sensitive_topic_is_nowhere_in_the_files() -> None:
    made = make_files(
        ring(
            (
                "    title: GCP2\n",
                "    title: Neglect\n    sensitive: true\n    neutral_title: Home days\n",
            ),
            ("    code: gcp2\n", "    code: hd4\n"),
            ("Graded Care Profile 2", "Neglect of children"),
            ("  - id: gcp2\n", "  - id: neglect\n"),
        )
    )
    for name, data in made.files.items():
        assert b"neglect" not in data.lower()
        if name.endswith(".pdf"):
            assert "neglect" not in all_text(data).lower()
            assert "Home days" in all_text(data)


def test_text_is_never_taken_for_markup() -> None:
    quoted = HOSTILE.replace("\\", "\\\\")
    front = "shared look at daily care, area by area"
    made = make_files(
        ring(
            ("    title: GCP2\n", f'    title: "{quoted}"\n'),
            ("Graded Care Profile 2", f'"{quoted} in full"'),
            (f"A {front}", quoted),
            ("What help would make a difference first?", "#eval(`1+1`) = h - l + e / x"),
            ("LinkIndex", '"#strong[Index] _a_"'),
            ("organisation: Example Council", 'organisation: "#[council] *b*"'),
        )
    )
    single = made.files["single.pdf"]
    letters_only = "".join(page_text(single, 14).split())
    assert letters_only.count("".join(HOSTILE.split())) == 3
    assert "#eval(`1+1`) = h - l + e / x" in page_text(single, 15)
    assert "#strong[Index] _a_" in page_text(single, 2)
    with pypdfium2.PdfDocument(single) as document:
        assert document.get_metadata_value("Author") == "#[council] *b*"


@pytest.mark.slow
def test_the_same_catalogue_gives_the_same_bytes() -> None:
    first, second = make_cards(ring()), make_cards(ring())
    assert dict(first.files) == dict(second.files)


@pytest.mark.slow
def test_the_picture_is_wide_light_and_shows_the_first_card() -> None:
    data = make_cards(ring()).files["cards.png"]
    assert len(data) < 300_000
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    assert picture.width == 1600
    band = (0x96, 0x10, 0x3A)
    seen = sum(
        count
        for count, colour in picture.getcolors(1 << 24) or []
        if isinstance(colour, tuple) and math.dist(colour, band) < 3
    )
    assert seen > 10_000


def test_the_footer_has_a_rule_of_100_millimetres_clear_of_the_edge(
    files: Mapping[str, bytes],
) -> None:
    sheet = _page(files["sheet.pdf"], 0)
    assert "Print at 100 %, flip on long edge." in " ".join(page_lines(files["sheet.pdf"], 0))
    dark = sheet.point(lambda shade: 255 if shade < 128 else 0)
    below = dark.crop((0, round(276 * PX), sheet.width, sheet.height))
    box = below.getbbox()
    assert box
    assert (box[2] - box[0]) / PX == pytest.approx(100, abs=0.3)
    assert LAYOUT.page.height - (276 + box[3] / PX) >= 6


def _page(pdf: bytes, number: int) -> Image.Image:
    return rendered_page(pdf, number, DPI).convert("L")


def _ticks(picture: Image.Image, across: bool) -> list[float]:
    """Where the marks in the top (or left) margin stand, in millimetres."""
    marks, origin = LAYOUT.crop_marks, LAYOUT.origin
    if across:
        middle = round((origin.y - marks.offset - marks.length / 2) * PX)
        line = [picture.getpixel((x, middle)) for x in range(picture.width)]
    else:
        # Backs of a full sheet begin as far from the left edge as fronts do from the right.
        middle = round((origin.x - marks.offset - marks.length / 2) * PX)
        line = [picture.getpixel((middle, y)) for y in range(picture.height)]
    dark = [place for place, shade in enumerate(line) if shade < 200]  # type: ignore[operator]
    groups: list[list[int]] = []
    for place in dark:
        if groups and place - groups[-1][-1] <= 2:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [(sum(group) / len(group) + 0.5) / PX for group in groups]


def _alternatives(pdf: bytes) -> list[str]:
    """The alternative texts of a file's figures, in reading order."""
    import pypdfium2.raw as pdfium

    found: list[str] = []

    def visit(element: object) -> None:
        size = pdfium.FPDF_StructElement_GetAltText(element, None, 0)
        if size > 2:
            buffer = (pdfium.c_char * size)()
            pdfium.FPDF_StructElement_GetAltText(element, buffer, size)
            found.append(bytes(buffer).decode("utf-16-le").rstrip("\0"))
        for child in range(max(pdfium.FPDF_StructElement_CountChildren(element), 0)):
            below = pdfium.FPDF_StructElement_GetChildAtIndex(element, child)
            if below:
                visit(below)

    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)):
            tree = pdfium.FPDF_StructTree_GetForPage(document[number])
            for child in range(pdfium.FPDF_StructTree_CountChildren(tree)):
                visit(pdfium.FPDF_StructTree_GetChildAtIndex(tree, child))
            pdfium.FPDF_StructTree_Close(tree)
    return found
