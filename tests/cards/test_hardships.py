"""What each code is held to before a file is released."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from linkindex.cards import Order, ProofError, hardships, make_cards, proof
from linkindex.cards.hardships import Endured, PrintedCode, endure, photographed
from linkindex.cards.layout import FOLDER
from linkindex.cards.png_and_svg import code_png
from linkindex.cards.proof import limits
from linkindex.cards.report import report_html
from linkindex.qr import QUIET_ZONE, matrix
from tests.cards.ring import ring

ADDRESS = "https://example.org/q/aces"
PICTURE = Image.open(io.BytesIO(code_png(matrix(ADDRESS, 3, "Q")))).convert("L")


def printed(side_mm: float) -> PrintedCode:
    return PrintedCode(PICTURE, side_mm, cells=29 + 2 * QUIET_ZONE)


def test_the_same_code_gives_the_same_pictures_on_every_run() -> None:
    first = [picture.tobytes() for _, picture in photographed(printed(32), ADDRESS)]
    for cached in (hardships._noise, hardships._scratches, hardships._glare, hardships._creases):
        cached.cache_clear()
    assert [picture.tobytes() for _, picture in photographed(printed(32), ADDRESS)] == first


def test_codes_of_a_deck_meet_other_scratches_and_creases() -> None:
    other = photographed(printed(32), "https://example.org/q/ddp")
    for (name, picture), (_, apart) in zip(photographed(printed(32), ADDRESS), other, strict=True):
        if name in ("scratches", "wrinkled", "glare", "motion", "far"):
            assert picture.tobytes() != apart.tobytes(), name


def test_a_code_of_the_size_of_a_card_endures_more_than_the_floor() -> None:
    endured = endure(printed(32), ADDRESS)
    assert endured.rate >= hardships.hardships().floor
    assert endured.passed["tilt"] == endured.tried["tilt"]


def test_a_code_the_size_of_a_fingernail_is_read_in_less_than_each_code_must() -> None:
    assert endure(printed(10), ADDRESS).rate < hardships.hardships().least


def test_a_code_that_reads_as_another_address_passes_no_trial() -> None:
    assert endure(printed(32), "https://example.org/q/other").rate == 0


@pytest.mark.parametrize("name", [hardship.name for hardship in hardships.hardships().hardships])
def test_every_hardship_changes_the_picture(name: str) -> None:
    size = round(32 * hardships.hardships().camera.dots_per_mm(32))
    untouched = hardships._seen(PICTURE, size)
    for found, picture in photographed(printed(32), ADDRESS):
        if found == name:
            assert picture.tobytes() != untouched.tobytes()


def test_a_code_from_far_away_has_squares_of_one_and_a_half_dots() -> None:
    for name, picture in photographed(printed(32), ADDRESS):
        if name == "far":
            code = picture.point(lambda value: 255 if value < 110 else 0).getbbox()
            assert code is not None
            # Askew by up to 15 degrees, which makes what is around it wider.
            assert 29 * 1.5 <= code[2] - code[0] <= 29 * 1.5 * 1.25 + 2


def test_motion_is_as_long_on_paper_however_finely_it_is_seen() -> None:
    whole = Image.new("L", (200, 200), 255)
    whole.paste(0, (100, 0, 101, 200))
    moved = hardships._moved(whole, 10, 2)
    assert max(moved.tobytes()) > min(moved.tobytes()) > min(whole.tobytes())


def test_a_file_below_the_floor_is_not_released_and_the_error_says_what_to_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def weak(code: PrintedCode, address: str) -> Endured:
        return Endured({"blur": 1 if address.endswith("ddp") else 9}, {"blur": 10})

    monkeypatch.setattr(proof, "endure", weak)
    with pytest.raises(ProofError) as caught:
        make_cards(ring(), Order(formats=("sheet",), showcase=False))
    line = ring().categories[3].line
    assert str(caught.value) == (
        f"ring.yaml:{line}: the code of the card `DDP` in sheet.pdf has been read in 10% of the "
        "trials under hardships, under the floor of 50% for one code; use a shorter `site_url`, "
        "or a layout with larger codes"
    )
    assert len(caught.value.proven) == 9


def test_a_file_whose_codes_are_read_too_seldom_in_the_mean_is_not_released(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(proof, "endure", lambda *_: Endured({"blur": 6}, {"blur": 10}))
    with pytest.raises(ProofError) as caught:
        make_cards(ring(), Order(formats=("sheet",), showcase=False))
    assert str(caught.value) == (
        "the codes of sheet.pdf have been read in 60% of the trials under hardships, under the "
        "floor of 70%; use a shorter `site_url`, or a layout with larger codes"
    )


def test_the_trials_are_counted_code_by_code() -> None:
    told: list[str] = []
    make_cards(ring(), Order(formats=("sheet",), showcase=False), progress=told.append)
    trials = [step for step in told if step.startswith("Trying")]
    assert trials == [f"Trying every code under hardships: {tried} of 9" for tried in range(10)]


def test_what_stands_in_the_quiet_zone_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = proof.rendered_pages

    def smudged(pdf: bytes, dpi: float, wanted: list[int]) -> object:
        for picture in draw(pdf, dpi, wanted):
            # Beside the first code of the sheet, two squares away from it.
            x, y = (17 + 50.4 + 1.4) / 25.4 * dpi, (31.5 + 30) / 25.4 * dpi
            ImageDraw.Draw(picture).rectangle((x, y, x + 3, y + 3), fill=0)
            yield picture

    monkeypatch.setattr(proof, "rendered_pages", smudged)
    with pytest.raises(ProofError, match=r"in sheet\.pdf has 1\.\d\d for `quiet zone`"):
        make_cards(ring(), Order(formats=("sheet",), showcase=False))


def test_codes_too_small_for_a_phone_are_not_released(tmp_path: Path) -> None:
    own = tmp_path / "small.yaml"
    text = (FOLDER / "avery-l7160.yaml").read_text("utf-8")
    own.write_text(text.replace("side: 30.5", "side: 14"), "utf-8")
    with pytest.raises(ProofError, match=r"for `module` \(width of a square\), under 0\.4"):
        make_cards(ring(), Order(formats=("sticker",), layout=str(own), showcase=False))


def test_every_limit_names_its_source_and_every_code_is_measured_against_all() -> None:
    assert all(limit.source for limit in limits().values())
    made = make_cards(ring(), Order(formats=("sheet",), showcase=False))
    assert len(made.proven) == 9
    for code in made.proven:
        assert [figure.limit.name for figure in code.figures] == list(limits())
        assert code.is_kept


@pytest.mark.slow
def test_the_report_shows_every_code_with_its_figures_and_needs_nothing_else() -> None:
    made = make_cards(ring(), Order(formats=("sheet",), showcase=False))
    page = report_html(made.proven, "A & B").decode()
    for code in made.proven:
        assert f"<h3>{code.card.title}</h3>" in page
        assert f"Read in {code.endured.rate:.0%} of the trials." in page
    assert "A &amp; B: proof of the codes" in page
    assert "Every one keeps every limit." in page
    assert "http:" not in page
    assert 'src="data:image/webp' in page
    assert page.count("<li>") == 9 * len(hardships.hardships().hardships)


@pytest.mark.slow
def test_codes_that_fall_short_come_first_in_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    def weak(code: PrintedCode, address: str) -> Endured:
        passed = 1 if address.endswith("ddp") else 9
        names = [hardship.name for hardship in hardships.hardships().hardships]
        return Endured(dict.fromkeys(names, passed), dict.fromkeys(names, 10))

    monkeypatch.setattr(proof, "endure", weak)
    with pytest.raises(ProofError) as caught:
        make_cards(ring(), Order(formats=("sheet",), showcase=False))
    page = report_html(caught.value.proven, "Cards").decode()
    assert page.index("<h3>DDP</h3>") < page.index("<h3>ACEs</h3>")
    assert "1 fall short; they come first." in page
