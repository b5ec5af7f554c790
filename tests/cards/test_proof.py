"""Nothing is handed out that does not read as it should."""

from __future__ import annotations

import dataclasses
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkindex.cards import CardError, Order, Selection, card_problems, contract
from linkindex.catalogue import Catalogue
from linkindex.catalogue.fields import plain_text
from linkindex.qr import Matrix, matrix
from tests.cards.ring import RING, changed, make_files, ring, with_card


def test_a_code_that_opens_something_else_is_caught_and_names_its_card() -> None:
    def tampered(address: str, version: int, level: str) -> Matrix:
        return matrix(address.replace("/ddp", "/xyz"), version, level)

    with (
        patch.object(contract, "matrix", tampered),
        pytest.raises(CardError) as caught,
    ):
        make_files(ring())
    line = ring().categories[3].line
    assert str(caught.value) == (
        f"ring.yaml:{line}: the code of the card `DDP` on page 1 of sheet.pdf opens "
        "`https://example.org/q/xyz` instead of `https://example.org/q/ddp`; this file was not "
        "made, so please report this fault"
    )


def test_two_cards_with_each_other_s_code_are_both_named() -> None:
    swap = {"aces": "ddp", "ddp": "aces"}

    def swapped(address: str, version: int, level: str) -> Matrix:
        site, _, code = address.rpartition("/")
        return matrix(f"{site}/{swap.get(code, code)}", version, level)

    with patch.object(contract, "matrix", swapped), pytest.raises(CardError) as caught:
        make_files(ring())
    assert [line.split("`")[1] for line in str(caught.value).splitlines()] == ["ACEs", "DDP"]


def test_a_code_that_cannot_be_read_is_caught_and_names_its_card() -> None:
    def blotted(address: str, version: int, level: str) -> Matrix:
        modules = matrix(address, version, level)
        if not address.endswith("/sos"):
            return modules
        return tuple(
            tuple(dark or (6 < x < 22 and 6 < y < 22) for x, dark in enumerate(row))
            for y, row in enumerate(modules)
        )

    with (
        patch.object(contract, "matrix", blotted),
        pytest.raises(
            CardError, match=r"the card `Signs of Safety` on page 1 of sheet\.pdf cannot"
        ),
    ):
        make_files(ring())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "    title: DDP\n",
            "    title: DDP 日\n",
            "the title `DDP 日` holds `日` (U+65E5), which",
        ),
        ("    title: DDP\n", "    title: ოჯახი\n", "the title `ოჯახი` holds `ო` (U+10DD)"),
        ("    title: DDP\n", "    title: ครอบครัว\n", "cards have Latin, Greek, Cyrillic"),
        ("tagline: Good", "tagline: დახმარება", "the `tagline` `დახმარება links"),
        ("enjoy doing together", "enjoy, ẹbí ọmọ", "holds `ẹ` (U+1EB9) and `ọ` (U+1ECD)"),
        (
            "    card:\n      front: >-\n        Hard",
            "    card:\n      front: >-\n        → Hard",
            "leave it out, or write a word for it",
        ),
        ("name: Samaritans", "name: Samaritans ☎", "leave it out, or write a word for it"),
        ("when: You need someone", "when: ﬁnd someone", "write `fi` for `ﬁ`"),
        ("when: You need someone", "when: Don′t wait, someone", "write `’` for `′`"),
        ("https://example.org/", "https://ოჯახი.example/", "the address `ოჯახი.example"),
    ],
)
def test_a_letter_that_the_typefaces_lack_is_named_on_the_line_of_its_text(
    old: str, new: str, said: str
) -> None:
    catalogue = ring((old, new))
    changed = RING.read_text("utf-8").replace(old, new).splitlines()
    line = next(number for number, text in enumerate(changed, start=1) if not text.isascii())
    # A text that is folded begins with its key.
    line -= "Hard" in new
    problems = [str(problem) for problem in card_problems(catalogue)]
    assert any(one.startswith(f"ring.yaml:{line}:1: ") and said in one for one in problems), (
        problems
    )
    with pytest.raises(CardError) as caught:
        make_files(catalogue)
    assert said in str(caught.value)


def test_a_letter_on_one_card_does_not_keep_another_from_being_printed() -> None:
    catalogue = ring(("What do you enjoy doing together?", "日?"))
    alone = Order(("sheet",), Selection(only=("aces",)), showcase=False)
    assert "sheet.pdf" in make_files(catalogue, alone).files
    labels = make_files(catalogue, Order(("fob", "sheet"), showcase=False))
    assert "fob.pdf" in labels.files
    assert [left.file for left in labels.not_made] == ["sheet.pdf"]


REACHING = (
    "Finding a job",
    "Restorative justice",
    "Îlot ĵus îlot",
    "Åse Ế Ǻrbol Ů",
    "مُسَاعَدَة الأُسْرَةِ",
)


def test_letters_that_reach_out_of_their_width_keep_clear_of_the_code() -> None:
    usual = ring()
    renamed = (
        changed(category, title=title)
        for category, title in zip(usual.categories, REACHING, strict=False)
    )
    catalogue = dataclasses.replace(usual, categories=tuple(renamed))
    assert len(catalogue.categories) == len(REACHING)
    made = make_files(catalogue, Order(("fob", "sticker", "poster"), showcase=False))
    assert made.not_made == ()
    assert card_problems(catalogue) == ()


def test_languages_written_in_latin_letters_can_be_printed() -> None:
    said = "Beth ŵyr tŷ? Zażółć gęślą. Şırınga? e\u0301 non\u2011breaking"
    catalogue = ring(("What do you enjoy doing together?", said))
    assert card_problems(catalogue) == ()
    make_files(catalogue)


PRINTABLE = st.text(
    st.one_of(
        st.characters(codec="utf-8", exclude_categories=("C",)),
        st.characters(min_codepoint=0x20, max_codepoint=0x24F, exclude_categories=("C",)),
        st.sampled_from("#$*_`@<>\\/[]{}()~=+-\"'&%\u200b\u200d\u00ad\ufeff\u2028\ufe0f\u0301"),
    ),
    min_size=1,
    max_size=30,
).filter(lambda text: bool(text.split()))


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(title=PRINTABLE, front=PRINTABLE, prompt=PRINTABLE, lead=PRINTABLE)
def test_any_text_gives_cards_or_an_error_that_can_be_understood(
    title: str, front: str, prompt: str, lead: str
) -> None:
    try:
        texts = [plain_text(text) for text in (title, front, prompt, lead)]
    except ValueError:
        return
    catalogue = with_card(
        ring(), 6, front=texts[1], prompts=(texts[2], "What helps?", "What else?")
    )
    head, category, tail = (
        catalogue.categories[:5],
        catalogue.categories[5],
        catalogue.categories[6:],
    )
    category = changed(category, title=texts[0], full_title=texts[3])
    catalogue = dataclasses.replace(catalogue, categories=(*head, category, *tail))
    assert _said(catalogue).startswith(("%PDF", "ring.yaml:"))


def _said(catalogue: Catalogue) -> str:
    try:
        return make_files(catalogue).files["sheet.pdf"][:4].decode()
    except CardError as error:
        return str(error)
