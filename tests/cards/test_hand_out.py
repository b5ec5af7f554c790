"""A hand-out of some links, and what is said of a link that has no card."""

from __future__ import annotations

import io
from pathlib import Path

import page
import pypdfium2
import pytest
import zxingcpp
from click.testing import CliRunner, Result

from linkindex.cards.errors import CardError
from linkindex.cards.hand_out import HandOut as Wanted
from linkindex.cards.hand_out import MadeHandOut, make_hand_out
from linkindex.catalogue import Audience, Catalogue, Resource, ShownCatalogue
from linkindex.catalogue.telling import Telling
from linkindex.cli import main
from tests.cards.ring import letters, page_text
from tests.cards.test_look import says_language
from tests.support.catalogues import catalogue_text, parsed


@pytest.fixture(scope="module")
def shown(catalogue: Catalogue) -> ShownCatalogue:
    return ShownCatalogue.of(catalogue, ())


def longest(catalogue: Catalogue, count: int) -> list[Resource]:
    telling = Telling(catalogue)
    plain = [link for link in catalogue.current_resources if not telling.by_link(link)]
    return sorted(plain, key=lambda one: -len(one.title + one.summary + (one.use_when or "")))[
        :count
    ]


def codes(pdf: bytes) -> set[str]:
    return {
        code.text
        for side in pypdfium2.PdfDocument(io.BytesIO(pdf))
        for code in zxingcpp.read_barcodes(side.render(scale=2).to_pil())
    }


def text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return " ".join(" ".join(one.get_textpage().get_text_bounded() for one in document).split())


def made_of(shown: ShownCatalogue, *links: Resource, **wanted: object) -> MadeHandOut:
    names = tuple(link.code for link in links)
    return make_hand_out(shown, Wanted(names, **wanted))  # type: ignore[arg-type]


def test_six_links_with_the_longest_words_stand_on_one_side_and_every_code_reads(
    shown: ShownCatalogue,
) -> None:
    links = longest(shown, 6)
    made = made_of(shown, *links, title="For the weekend")
    assert made.pages == 1
    assert codes(made.pdf) == {
        f"https://example.org/l#{','.join(link.code for link in links)}",
        *(f"https://example.org/r/{link.code}" for link in links),
    }
    said = text(made.pdf)
    assert "For the weekend" in said
    for link in links:
        assert f"example.org/r/{link.code}" in said
    report = page.validate_pdf_bytes(made.pdf, profile=page.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, [failure.message for failure in report.failures]


def test_twenty_links_in_the_largest_print_lose_no_code(shown: ShownCatalogue) -> None:
    made = made_of(shown, *longest(shown, 20), size="largest", space=True)
    assert len(codes(made.pdf)) == 21
    assert made.pages > 3


def test_a_sensitive_link_has_its_short_address_alone(shown: ShownCatalogue) -> None:
    telling = Telling(shown)
    hidden = next(link for link in shown.current_resources if telling.by_link(link))
    made = made_of(shown, hidden, *longest(shown, 1))
    assert made.neutral == 1
    said = text(made.pdf)
    assert f"A link for you example.org/r/{hidden.code}" in said
    for secret in (hidden.title, hidden.publisher, hidden.summary, "Example Council"):
        assert secret not in said


def test_the_words_are_for_whom_it_is(shown: ShownCatalogue) -> None:
    link = next(
        one
        for one in longest(shown, 500)
        if one.use_when and one.audiences == (Audience.PRACTITIONERS,)
    )
    said = text(made_of(shown, link).pdf)
    assert "Written for practitioners." in said
    assert "Written for" not in text(made_of(shown, link, audience=Audience.PRACTITIONERS).pdf)


def test_same_links_give_the_same_bytes(shown: ShownCatalogue) -> None:
    links = longest(shown, 2)
    assert made_of(shown, *links).pdf == made_of(shown, *links).pdf


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("plain-frist",), "there is no link `plain-frist`; did you mean `plain-first`?"),
        (("plain-retired",), "has closed; name `{second}` in its place"),
        (("plain-second",), "is hidden from readers; leave it out"),
        (("plain-first",) * 21, "21 links are named, and the code of a hand-out holds 20"),
    ],
)
def test_what_cannot_be_handed_out_is_one_sentence(names: tuple[str, ...], said: str) -> None:
    index = parsed(catalogue_text())
    shown = ShownCatalogue.of(index, {"plain-second"})
    with pytest.raises(CardError) as caught:
        make_hand_out(shown, Wanted(names))
    assert said.format(second=index.resource("plain-second").code) in str(caught.value)
    assert "\n" not in str(caught.value)


# The command


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    text = catalogue_text("Plain words", sensitive=True)
    (tmp_path / "resources.yaml").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return parsed(text)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_the_command_writes_the_file_and_says_what_is_sensitive(index: Catalogue) -> None:
    code = index.resource("kestrel-topic-first").code
    ended = run("hand-out", code, "plain-first", "--output", "family.pdf")
    assert ended.exit_code == 0, ended.output
    assert "Made family.pdf: 2 links on 1 page." in ended.output
    assert "1 of them is sensitive, so it has no name on it." in ended.output
    assert Path("family.pdf").read_bytes().startswith(b"%PDF-")


def test_a_wrong_code_writes_nothing(index: Catalogue) -> None:
    ended = run("hand-out", "bbbbbb", "--output", "family.pdf")
    assert ended.exit_code == 1
    assert "there is no link `bbbbbb`" in ended.output
    assert not Path("family.pdf").exists()


@pytest.mark.parametrize(
    ("only", "more", "said"),
    [
        ("kestrel-topic-first", ("--resources",), "has no card: it is sensitive"),
        ("plain-retired", ("--resources",), "has no card: it has closed"),
        ("plain", ("--resources",), "`plain` is a topic, and these are the cards of links"),
        ("plain-first", (), "`plain-first` is a link, and these are the cards of topics"),
        ("plain-firts", ("--resources",), "there is no card `plain-firts`"),
    ],
)
def test_why_a_link_has_no_card_is_said(
    index: Catalogue, only: str, more: tuple[str, ...], said: str
) -> None:
    ended = run("cards", "--format", "sheet", "--only", only, *more)
    assert ended.exit_code == 1
    assert said in ended.output
    assert len(ended.output.strip().splitlines()) <= 2


def test_a_hand_out_in_another_language_says_its_own_words_in_that() -> None:
    text = catalogue_text().replace("index:\n", "index:\n  first_pages: [pl]\n", 1)
    shown = ShownCatalogue.of(parsed(text), ()).in_language("pl")
    made = make_hand_out(shown, Wanted((shown.current_resources[0].code,)))
    said = " ".join(page_text(made.pdf, 0).split())
    assert "Linki dla Ciebie" in said
    assert "Duży kod otwiera je wszystkie." in said
    assert "Od: Plain words" in said


def test_a_text_in_another_language_ends_where_it_ends_and_says_its_language() -> None:
    text = catalogue_text().replace("index:\n", "index:\n  first_pages: [ur]\n", 1)
    shown = ShownCatalogue.of(parsed(text), ()).in_language("ur")
    (link, *_) = (one for one in shown.current_resources if one.summary.endswith("."))
    made = make_hand_out(shown, Wanted((link.code,), audience=link.audiences[0]))
    drawn = letters(made.pdf, 0)
    stops = [one for one in drawn if one.text == "."]
    for stop in stops:
        line = [one for one in drawn if abs(one.bottom - stop.bottom) < 1 and one.text.isalpha()]
        assert any(one.right < stop.left for one in line), "a full stop stands behind its sentence"
    assert says_language(made.pdf, "en")


def test_a_number_stays_in_its_order_where_words_run_from_the_right() -> None:
    text = catalogue_text().replace("index:\n", "index:\n  first_pages: [ur]\n", 1)
    shown = ShownCatalogue.of(parsed(text), ()).in_language("ur")
    (called, *_) = (link for link in shown.current_resources if link.phone)
    made = make_hand_out(shown, Wanted((called.code,)))
    digits = [one for one in letters(made.pdf, 0) if one.text.isdigit()]
    left_to_right = "".join(one.text for one in sorted(digits, key=lambda one: one.left))
    assert "08001111" in left_to_right
