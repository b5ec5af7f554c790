"""How the cards look: themes, logo, languages, the pictures, the manifest."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping

import pypdfium2
import pytest
from PIL import Image

from linkindex.cards import CardError, Order, Selection
from linkindex.cards.languages import language_of
from linkindex.cards.layout import CardLayout, named_layout
from linkindex.cards.rendering import rendered_page
from linkindex.cards.themes import themes
from linkindex.catalogue import Catalogue
from linkindex.catalogue.colours import WHITE, contrast
from linkindex.catalogue.logo import read_logo
from tests.cards.ring import letters, make_files, page_text, ring, ring_of, with_card
from tests.cards.test_formats import _streams
from tests.cards.test_pages import _alternatives

LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10">'
    b'<rect width="40" height="10" fill="#00aa55"/></svg>'
)
ARABIC = "ما الذي يساعدك على الشعور بالأمان؟"


@pytest.mark.parametrize("name", ["black", "high-contrast"])
def test_a_theme_without_colour_prints_no_colour(name: str) -> None:
    made = make_files(ring(), Order(("sheet",), theme=name, showcase=False))
    for number in (0, 1):
        picture = rendered_page(made.files["sheet.pdf"], number, 60)
        assert all(max(pixel) - min(pixel) <= 2 for pixel in _pixels(picture))


def test_every_theme_has_letters_of_seven_to_one_on_their_ground() -> None:
    for theme in themes().values():
        colours = theme.of_card("#595959")  # as light as the check of a catalogue lets through
        assert contrast(colours.accent, WHITE) >= 7
        assert contrast(colours.band, colours.on_band) >= 7


def test_black_ink_is_spared_by_the_theme_that_says_so() -> None:
    def ink(theme: str) -> float:
        made = make_files(ring(), Order(("sheet",), theme=theme, showcase=False))
        grey = rendered_page(made.files["sheet.pdf"], 0, 60).convert("L")
        return sum(255 - value for value in grey.tobytes())

    assert ink("black") < 0.6 * ink("high-contrast")


def _with_logo(content: bytes = LOGO, name: str = "logo.svg") -> Catalogue:
    return dataclasses.replace(ring(), logo=read_logo(name, lambda _: content))


def test_the_logo_is_on_every_back_and_names_the_organisation() -> None:
    files = make_files(_with_logo()).files
    texts = _alternatives(files["single.pdf"])
    assert texts.count("Logo of Example Council") == 9
    picture = rendered_page(files["sheet.pdf"], 1, 150)
    green = sum(green > 120 and red < 60 and blue < 130 for red, green, blue in _pixels(picture))
    each = (24 * 6) * (150 / 25.4) ** 2
    assert green == pytest.approx(8 * each, rel=0.1)


def test_a_logo_as_a_png_is_printed_too() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (400, 200), "#00aa55").save(buffer, "PNG")
    made = make_files(_with_logo(buffer.getvalue(), "logo.png"))
    assert _alternatives(made.files["single.pdf"]).count("Logo of Example Council") == 9


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        "Beth sy'n eich helpu chi a'ch plant gartref? Ŵyr tŷ.",
        "Co pomaga Twojemu dziecku? Zażółć gęślą jaźń.",
        "Ce vă ajută acasă? Țară și copil.",
        "Çocuğunuz nasıl yatışıyor? Şırınga, İyi.",
    ],
    ids=["Welsh", "Polish", "Romanian", "Turkish"],
)
def test_languages_in_latin_letters_are_printed_as_they_are_written(words: str) -> None:
    made = make_files(with_card(ring(), 3, front=words))
    assert words in page_text(made.files["single.pdf"], 8)


def test_arabic_runs_from_the_right_and_says_its_language() -> None:
    made = make_files(with_card(ring(), 3, front=ARABIC, prompts=(ARABIC, ARABIC, ARABIC)))
    single = made.files["single.pdf"]
    text = page_text(single, 8)
    assert "يساعدك" in text or "يساعدك"[::-1] in text
    front, back = (
        [letter.right for letter in letters(single, number) if "\u0600" <= letter.text <= "\u06ff"]
        for number in (8, 9)
    )
    layout = named_layout("a4-8up")
    assert isinstance(layout, CardLayout)
    # The lines end at the right edge of their column: beside the code, and at the margin.
    assert max(front) == pytest.approx(layout.code.x, abs=1.5)
    assert max(back) == pytest.approx(layout.card.width - layout.card.margin - 4.3, abs=1.5)
    assert says_language(single, "ar")


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("آپ کے بچے کو کیا مدد دیتا ہے؟", "ur"),
        ("Beth sy'n eich helpu chi a'ch plentyn?", "cy"),
        ("Co pomaga Twojemu dziecku?", "pl"),
        ("Ce vă ajută acasă?", "ro"),
        ("What helps you and your child?", "en"),
        ("GCP2", "en"),
    ],
)
def test_each_text_says_its_own_language(words: str, language: str) -> None:
    assert language_of(words) == language


def test_what_the_catalogue_says_of_a_link_comes_before_what_its_words_show() -> None:
    assert language_of("Cymraeg", "cy") == "cy"
    assert language_of("A guide in Welsh for you and your family", "cy") == "en"
    assert language_of("دليل", "fa") == "fa"


def test_languages_stand_in_the_files_as_they_are(files: Mapping[str, bytes]) -> None:
    welsh = "Beth sy'n eich helpu chi a'ch plentyn gartref?"
    made = make_files(with_card(ring(), 3, front=welsh), Order(("single",), showcase=False))
    assert says_language(made.files["single.pdf"], "cy")
    assert not says_language(files["single.pdf"], "cy")


def test_a_hyphen_that_never_breaks_is_that_of_the_typeface() -> None:
    front = "A self\u2011help group for you."
    made = make_files(with_card(ring(), 3, front=front), Order(("single",), showcase=False))
    assert "self-help" in page_text(made.files["single.pdf"], 8)
    assert b"Naskh" not in made.files["single.pdf"]


def says_language(content: bytes, language: str) -> bool:
    """Whether some text of a file is tagged with a language."""
    tag = re.compile(rf"/Lang ?\({language}\)".encode())
    return any(tag.search(part) for part in (content, *_streams(content)))


IN_OTHER_SCRIPTS = {
    "el": "Τι βοηθά το παιδί σας;",
    "uk": "Що допомагає вашій дитині?",
    "ru": "Что помогает вам и вашему ребёнку, когды вы устали?",
    "bg": "Какво помага на вашето дете?",
    "bn": "আপনার সন্তানকে কী সাহায্য করে?",
    "pa": "ਤੁਹਾਡੇ ਬੱਚੇ ਦੀ ਕੀ ਮਦਦ ਕਰਦਾ ਹੈ?",
    "gu": "તમારા બાળકને શું મદદ કરે છે?",
    "ta": "உங்கள் குழந்தைக்கு எது உதவுகிறது?",
    "hi": "आपके बच्चे को क्या मदद करता है?",
}


def test_the_scripts_of_many_families_are_printed_and_say_their_language() -> None:
    """All on one ring, since each file takes its time."""
    index = ring()
    for number, words in enumerate(IN_OTHER_SCRIPTS.values()):
        changes = {"front": words} if number < 7 else {"prompts": (words, words, words)}
        index = with_card(index, number % 7 + 1, **changes)
    made = make_files(index, Order(("single",), showcase=False))
    single = made.files["single.pdf"]
    for language, words in IN_OTHER_SCRIPTS.items():
        assert language_of(words) == language
        assert says_language(single, language)
    # What is read out of the file and copied from it is the text, whatever it is drawn by.
    with pypdfium2.PdfDocument(single) as document:
        said = unicodedata.normalize(
            "NFC", " ".join(page_text(single, page) for page in range(len(document)))
        )
    for word in ("βοηθά", "допомагає", "помага", "ਹੈ?"):
        assert word in said


def test_a_script_without_a_typeface_is_an_error_that_names_text_and_letter() -> None:
    with pytest.raises(CardError, match=r"ring\.yaml:109: the front text `ა.*holds `ა`"):
        make_files(with_card(ring(), 3, front="აქ არის დახმარება"))


@pytest.mark.slow
def test_the_contact_sheet_shows_every_front_in_its_colour() -> None:
    made = make_files(ring(), Order(("sheet",)))
    with Image.open(io.BytesIO(made.files["contact.png"])) as picture:
        colours = {
            colour
            for count, colour in picture.convert("RGB").getcolors(1 << 24) or []
            if count > 2000
        }
    for category in ring().categories:
        wanted = tuple(int(category.colour[place : place + 2], 16) for place in (1, 3, 5))
        assert any(
            max(abs(one - other) for one, other in zip(wanted, colour, strict=True)) <= 3
            for colour in colours
            if isinstance(colour, tuple)
        ), category.title


@pytest.mark.slow
def test_the_manifest_lists_every_file_with_its_hash_and_how_to_print_it() -> None:
    files = make_files(ring(), Order(("sheet", "single", "sticker"))).files
    listed = {entry["name"]: entry for entry in json.loads(files["manifest.json"])["files"]}
    made = {name for name in files if name != "manifest.json"}
    assert set(listed) == made
    for name, entry in listed.items():
        assert entry["sha256"] == hashlib.sha256(files[name]).hexdigest()
        assert entry["bytes"] == len(files[name])
        assert entry["how_to_print"].endswith(".")
    assert listed["sheet.pdf"]["paper"] == "A4"
    assert listed["sheet.pdf"]["pages"] == 4
    assert "100 %" in listed["sheet.pdf"]["how_to_print"]
    assert "flip on long edge" in listed["sheet.pdf"]["how_to_print"]
    assert listed["single.pdf"]["paper"] == "85 x 54 mm"
    assert "Avery L7160" in listed["sticker-avery-l7160.pdf"]["how_to_print"]


@pytest.mark.parametrize("count", [33, 200])
def test_a_large_ring_names_every_card_on_its_index_cards(count: int) -> None:
    order = Order(("single",), Selection(only=("index",)), showcase=False)
    single = make_files(ring_of(count), order).files["single.pdf"]
    with pypdfium2.PdfDocument(single) as document:
        texts = [page_text(single, page) for page in range(len(document))]
    numbers = {word for text in texts if "On this ring" in text for word in text.split()}
    assert {str(number) for number in range(1, count + 1)} <= numbers


def _pixels(picture: Image.Image) -> Iterator[tuple[int, int, int]]:
    data = picture.tobytes()
    return zip(data[0::3], data[1::3], data[2::3], strict=True)
