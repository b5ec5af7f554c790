"""Text that fits, and text that does not."""

from __future__ import annotations

import dataclasses
import re

import pytest

from linkindex.cards import CardError, Order, card_problems
from linkindex.cards.codes import refuse_fine
from linkindex.cards.rendering import page_count
from linkindex.catalogue import Logo, Severity
from linkindex.qr import plan
from linkindex.speaking import speaking
from linkindex.speaking.language import LONGER
from tests.cards.ring import (
    RING,
    letters,
    make_files,
    page_lines,
    page_text,
    ring,
    ring_of,
    with_card,
)

TRIED = ("sheet", "fold", "clear-print", "sticker")
"""Formats of every kind of design, and no more: each takes a second."""

EXAMPLE = "site_url: https://example.org/"


def test_text_stands_at_one_size_on_every_category_card() -> None:
    single = make_files(ring()).files["single.pdf"]
    fronts = {4: "Hard experiences", 8: "How children", 16: "A guiding"}
    backs = {5: "What has helped", 9: "What does your child", 17: "What would you"}
    for first_words in (fronts, backs):
        sizes = {_size_of(single, page, words) for page, words in first_words.items()}
        assert len(sizes) == 1
        assert 9 <= sizes.pop() <= 11


def test_a_full_front_does_not_shrink_a_back_with_room() -> None:
    catalogue = ring()
    for number in range(1, 8):
        catalogue = with_card(catalogue, number, prompts=("What helps?", "How?", "Who?"))
    front = " ".join(["Families say what helps them most."] * 5)
    single = make_files(with_card(catalogue, 6, front=front)).files["single.pdf"]
    assert _size_of(single, 14, "Families say") < 10
    assert _size_of(single, 15, "What helps?") == pytest.approx(11)


def test_phrases_that_are_two_fifths_longer_have_room_and_none_is_left_in_english() -> None:
    with speaking(LONGER):
        made = make_files(ring())
    single = made.files["single.pdf"]
    assert not made.not_made
    text = " ".join(page_text(single, page) for page in range(page_count(single)))
    assert "«Ýöû çöûļđ åšķ øøø»" in text
    for phrase in ("You could ask", "On this ring", "Other help", "Urgent help", "Edition"):
        assert phrase not in text


def test_the_wished_size_is_used_when_everything_is_short() -> None:
    catalogue = ring(("Dynamic-Maturational Model of attachment and adaptation", "The model"))
    for number in range(1, 8):
        catalogue = with_card(
            catalogue, number, front="A few words.", prompts=("What helps?", "How?", "Who?")
        )
    made = make_files(catalogue)
    assert "Text: 11 points on every card." in made.summary
    assert _size_of(made.files["single.pdf"], 5, "What helps?") == pytest.approx(11)


def test_a_front_that_is_too_long_names_the_card_the_text_and_how_much_to_cut() -> None:
    front = " ".join(["Families say what helps them most."] * 8)
    with pytest.raises(CardError) as caught:
        make_files(with_card(ring(), 6, front=front))
    found = re.fullmatch(
        r"ring\.yaml:(\d+): on the card `GCP2`, the front text does not fit at 9 points; "
        r"cut about (\d+) characters",
        str(caught.value),
    )
    assert found
    assert int(found[1]) == ring().categories[5].line_of("card.front") > ring().categories[5].line
    cut = int(found[2])
    assert 0 < cut < len(front)
    make_files(with_card(ring(), 6, front=front[:-cut].strip()))


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ("Good links for families", "`LinkIndex`, the `tagline`"),
        ("LinkIndex", "`name` of the index"),
        ("Someone is in danger now: police, ambulance or fire", "`when` of the emergency number"),
        ("Graded Care Profile 2", "`GCP2`, the full title"),
    ],
)
def test_any_other_text_that_is_too_long_is_called_by_its_name(old: str, said: str) -> None:
    with pytest.raises(CardError, match=f"{said} does not fit at 9 points; cut about"):
        make_files(ring((old, " ".join([old] * 8))))


def test_a_ring_without_categories_still_has_its_index_and_urgent_help() -> None:
    made = make_files(dataclasses.replace(ring(), categories=()))
    assert made.summary[0].startswith("2 cards on 1 double-sided sheet, edition ")


def test_a_helpline_with_a_name_too_wide_for_its_line_is_named_on_the_page_instead() -> None:
    name = "Donaudampfschifffahrtsgesellschaftskapitaensmuetze"
    made = make_files(ring(("name: Samaritans", f"name: {name}")))
    assert f"Not printed, because the urgent-help card is full: {name}." in made.summary


def test_prompts_that_are_too_long_name_the_card_and_how_much_to_cut() -> None:
    prompt = "What do you enjoy doing together?"
    long = " ".join([prompt] * 6)
    with pytest.raises(CardError) as caught:
        make_files(ring((prompt, long)))
    found = re.search(r"card `DDP`, the longest of the prompts .* about (\d+) ", str(caught.value))
    assert found
    make_files(ring((prompt, long[: -int(found[1])].strip())))


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ("Graded Care Profile 2", "the full title"),
        ("title: GCP2", "the title"),
        ("shared look at daily care", "the front text"),
        ("What does a good day", "the longest of the prompts"),
    ],
)
def test_a_word_wider_than_its_column_is_an_error(old: str, said: str) -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitaensmuetze"
    with pytest.raises(CardError, match=f"{said} has a word wider than its column, `{word}"):
        make_files(ring((old, f"title: {word}" if old.startswith("title") else word)))


def test_a_word_with_a_hyphen_is_not_broken() -> None:
    catalogue = ring()
    for number in range(1, 8):
        prompts = tuple(
            f"What helps {'i' * (3 * (3 * number + place))} mother-and-toddler groups?"
            for place in range(3)
        )
        catalogue = with_card(catalogue, number, prompts=prompts)
    single = make_files(catalogue).files["single.pdf"]
    lines = [line for page in range(5, 19, 2) for line in page_lines(single, page)]
    assert sum("mother-and-toddler" in line for line in lines) == 21


def test_a_short_word_never_stands_alone_on_the_last_line_of_a_prompt() -> None:
    single = make_files(ring()).files["single.pdf"]
    lines = [line.strip() for page in range(5, 19, 2) for line in page_lines(single, page)]
    alone = [line for line in lines if line.endswith("?") and len(line.split()) == 1]
    assert [line for line in alone if len(line) < 8] == []


def test_what_keeps_back_one_format_alone_is_a_warning_that_names_its_file() -> None:
    wide = ring(("    title: GCP2\n", "    title: Neurodevelopmental\n"))
    made = make_files(wide, Order(("sheet", "clear-print"), showcase=False))
    assert made.files.keys() == {"sheet.pdf", "manifest.json"}
    assert [left.file for left in made.not_made] == ["clear-print.pdf"]
    (problem,) = card_problems(wide)
    assert str(problem).startswith(
        f"ring.yaml:{_line_of('    title: GCP2')}:1: warning: on the card `Neurodevelopmental` of "
        "clear-print.pdf, the title has a word wider than its column, `Neurodevelopmental`, so "
        "clear-print.pdf"
    )
    assert str(problem).endswith("cannot be made; shorten it")


def test_a_text_that_does_not_fit_the_sheet_of_the_deck_is_an_error() -> None:
    small = ring(("  tagline:", "  deck:\n    layout: avery-l7160\n  tagline:"))
    (problem,) = card_problems(small)
    assert problem.severity is Severity.ERROR
    assert str(problem).startswith(
        f"ring.yaml:{_line_of('  tagline:') + 1}:1: the layout `avery-l7160` is not for a ring"
    )
    front = " ".join(["Families say what helps them most."] * 8)
    assert {problem.severity for problem in card_problems(with_card(ring(), 6, front=front))} == {
        Severity.ERROR
    }


def test_a_letter_that_is_missing_is_said_beside_addresses_that_are_too_long() -> None:
    both = ring((EXAMPLE, f"{EXAMPLE}{'a' * 300}/"), ("    title: GCP2\n", "    title: GCP 日\n"))
    address, letter = map(str, card_problems(both))
    assert "holds `日`" in letter
    assert "the addresses are so long" in address


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    title: GCP2\n", "    title: Trauma-informedness\n"),
        ("    title: GCP2\n", "    title: Finding your way in an unfamiliar neighbourhood\n"),
        ("What do you enjoy doing together?", "Otorhinolaryngologists?"),
        (EXAMPLE, f"{EXAMPLE}{'a' * 24}/"),
    ],
)
def test_the_check_names_every_file_that_is_left_out(old: str, new: str) -> None:
    catalogue = ring((old, new))
    try:
        not_made = make_files(catalogue, Order(TRIED, showcase=False)).not_made
    except CardError:
        not_made = ()
        assert any(problem.severity is Severity.ERROR for problem in card_problems(catalogue))
    problems = card_problems(catalogue)
    for left in not_made:
        is_error = any(problem.severity is Severity.ERROR for problem in problems)
        assert is_error or any(left.file in problem.what for problem in problems), left.file
    assert not_made or not problems or problems[0].severity is Severity.ERROR


def test_a_text_too_long_for_several_formats_is_said_once() -> None:
    error, *warnings = card_problems(ring(("    title: GCP2\n", f"    title: {'Wide' * 9}\n")))
    assert "the title has a word wider than its column" in str(error)
    assert warnings == []


def test_the_check_warns_of_what_keeps_back_only_what_is_made_on_request() -> None:
    title = "Finding your way in an unfamiliar neighbourhood"
    catalogue = ring(("    title: GCP2\n", f"    title: {title}\n"))
    (warning,) = card_problems(catalogue)
    assert str(warning) == (
        f"ring.yaml:{_line_of('    title: GCP2')}:1: warning: the title `{title}` does not fit "
        "fob.pdf, sticker-endisch-50x50.pdf and poster-a3.pdf, which `linkindex cards` makes on "
        "request; shorten it, or do without"
    )


def test_a_logo_that_cannot_be_printed_is_found_by_the_check() -> None:
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 1"><path d="M0 0h1v1z"/></svg>'
    )
    assert card_problems(dataclasses.replace(ring(), logo=Logo("svg", drawing, 3))) == ()
    (problem,) = card_problems(dataclasses.replace(ring(), logo=Logo("png", b"damaged", 3)))
    assert "the logo cannot be printed on the cards; save it as" in str(problem)


def test_squares_too_small_on_some_labels_are_said_with_the_file() -> None:
    fine = plan([f"https://example.org/{'a' * 80}"], 20)
    with pytest.raises(CardError, match=r"ring\.yaml:6: .* codes of tiny\.pdf would be 0\.\d\d mm"):
        refuse_fine(fine, ring(), 20, "tiny.pdf")


@pytest.mark.parametrize(
    ("key", "named"),
    [("title", "the title"), ("publisher", "the `publisher`"), ("summary", "the `summary`")],
)
def test_letters_that_the_card_of_a_link_lacks_are_a_warning_at_their_line(
    key: str, named: str
) -> None:
    lines = RING.read_text("utf-8").splitlines()
    begin = lines.index("      - id: aces-guide")
    line = next(n for n in range(begin, len(lines)) if lines[n].startswith(f"        {key}: "))
    # Other links of the file have the same words.
    problem, *_ = card_problems(ring((lines[line] + "\n", f"        {key}: აქ\n")))
    assert str(problem).startswith(
        f"ring.yaml:{line + 1}:1: warning: {named} `აქ` holds `ა` (U+10D0), which the typefaces"
    )
    assert "so `linkindex cards --resources` cannot print its card" in str(problem)


def test_an_organisation_too_long_for_the_backs_is_named_at_its_line() -> None:
    long = "organisation: The combined children's services partnership of three northern counties"
    (problem,) = card_problems(ring(("organisation: Example Council", long)))
    assert f"ring.yaml:{_line_of('organisation:')}:1: the organisation" in str(problem)
    assert "add a short name as `organisation_short`, or a logo" in str(problem)
    short = f"{long}\n  organisation_short: Three counties"
    assert card_problems(ring(("organisation: Example Council", short))) == ()


def test_an_address_too_long_to_print_is_an_error() -> None:
    host = "site_url: https://links-for-children-and-families.a-very-long-council-name.example/keyring/"
    line = _line_of(EXAMPLE)
    with pytest.raises(CardError, match=rf"ring\.yaml:{line}: the addresses are too long to print"):
        make_files(ring((EXAMPLE, host)))


TAGLINE = "tagline: Good links for families and the people who work with them"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("tagline:", "deck:\n    layout: a4-9up\n  tagline:", "there is no card layout `a4-9up`"),
        (EXAMPLE, f"{EXAMPLE}{'a' * 2000}/", "is too long for a QR code"),
        (EXAMPLE, f"{EXAMPLE}{'a' * 300}/", "the addresses are so long that the squares"),
        ("name: LinkIndex", f"name: {'LinkIndex ' * 9}", "the `name` of the index does not fit"),
        (TAGLINE, f"{TAGLINE} {TAGLINE[9:] * 6}", "the `tagline` does not fit"),
        ("    title: GCP2", f"    title: {'GCP2 ' * 16}", "the title does not fit"),
        ("full_title: Graded", f"full_title: {'Graded ' * 40}", "the full title does not fit"),
        ('front: "A shared look', f'front: "{"shared" * 6}', "the front text has a word wider"),
    ],
)
def test_what_keeps_the_cards_from_being_made_is_on_the_line_of_its_key(
    old: str, new: str, said: str
) -> None:
    line = _line_of(old) + ("layout" in new)
    sentences = [str(problem) for problem in card_problems(ring((old, new)))]
    start = f"ring.yaml:{line}:"
    assert [text for text in sentences if text.startswith(start) and said in text], sentences


def _line_of(text: str) -> int:
    lines = RING.read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


def test_a_long_address_keeps_clear_of_the_text_and_of_the_title_at_the_foot() -> None:
    host = "https://links.some-county-council.gov.example/"
    single = make_files(ring(("https://example.org/", host))).files["single.pdf"]
    for page in range(18):
        found = letters(single, page)
        for place, one in enumerate(found):
            # Neighbours may be kerned into each other.
            for other in found[place + 3 :]:
                apart = (
                    one.right <= other.left + 0.1
                    or other.right <= one.left + 0.1
                    or one.bottom <= other.top + 0.1
                    or other.bottom <= one.top + 0.1
                )
                assert apart, (page, one, other)


def test_an_index_that_is_too_long_for_one_card_goes_on_to_more() -> None:
    made = make_files(ring_of(33))
    assert made.summary[0].startswith("36 cards on 5 double-sided sheets, ")
    lists = " ".join(page_text(made.files["single.pdf"], page) for page in (3, 4, 5))
    assert {str(number) for number in range(1, 34)} <= set(lists.split())
    for page in (3, 4, 5):
        assert _size_of(made.files["single.pdf"], page, "Motivational Interviewing") >= 9


def test_lines_of_one_title_of_the_list_stand_closer_than_two_titles() -> None:
    single = make_files(ring_of(33)).files["single.pdf"]
    printed = letters(single, 3)
    text = "".join(letter.text for letter in printed)
    place = text.index("Trauma-informedpractice")
    first = printed[place]
    second = printed[place + len("Trauma-informedp")]
    after = printed[place + len("Trauma-informedpractice3")]
    assert after.text == "D"
    assert second.bottom > first.bottom + 1
    assert after.bottom - second.bottom > 1.15 * (second.bottom - first.bottom)


def test_urgent_help_with_more_lines_than_fit_still_builds_and_says_what_is_left_out() -> None:
    line = (
        "  - {{name: Helpline {0}, when: You want to talk about it, nations: [wales], "
        "phone: {{number: 0808 100 00{0}, number_checked: 2026-11-01}}}}\n"
    )
    many = "".join(line.format(number) for number in range(10, 24))
    made = make_files(ring(("urgent_help:\n", f"urgent_help:\n{many}")))
    text = page_text(made.files["single.pdf"], 1)
    assert "111" in text
    assert "101" in text
    assert "Not printed, because the urgent-help card is full: Helpline 23." in made.summary
    assert "0808 100 0023" not in text


def _size_of(pdf: bytes, page: int, words: str) -> float:
    found = letters(pdf, page)
    text = "".join(letter.text for letter in found)
    return round(found[text.index("".join(words.split()))].points, 2)
