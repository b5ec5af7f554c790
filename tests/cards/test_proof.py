"""Nothing is handed out that does not read as it should."""

from __future__ import annotations

import dataclasses
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkindex.cards import CardError, typesetting
from linkindex.catalogue import Catalogue
from linkindex.catalogue.fields import plain_text
from linkindex.qr import Matrix, matrix
from tests.cards.ring import changed, make_files, ring, with_card


def test_a_code_that_opens_something_else_is_caught_and_names_its_card() -> None:
    def tampered(address: str, version: int, level: str) -> Matrix:
        return matrix(address.replace("/ddp", "/xyz"), version, level)

    with (
        patch.object(typesetting, "matrix", tampered),
        pytest.raises(CardError) as caught,
    ):
        make_files(ring())
    line = ring().categories[3].line
    assert str(caught.value) == (
        f"ring.yaml:{line}: the code of the card `DDP` on page 1 of sheet.pdf opens "
        "`https://example.org/q/xyz` instead of `https://example.org/q/ddp`; no file was made, "
        "so please report this fault"
    )


def test_two_cards_with_each_other_s_code_are_both_named() -> None:
    swap = {"aces": "ddp", "ddp": "aces"}

    def swapped(address: str, version: int, level: str) -> Matrix:
        site, _, code = address.rpartition("/")
        return matrix(f"{site}/{swap.get(code, code)}", version, level)

    with patch.object(typesetting, "matrix", swapped), pytest.raises(CardError) as caught:
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
        patch.object(typesetting, "matrix", blotted),
        pytest.raises(
            CardError, match=r"the card `Signs of Safety` on page 1 of sheet\.pdf cannot"
        ),
    ):
        make_files(ring())


def test_a_character_the_typeface_lacks_names_the_card_and_the_character() -> None:
    with pytest.raises(CardError) as caught:
        make_files(ring(("    title: DDP\n", "    title: DDP 日\n")))
    line = ring().categories[3].line
    assert str(caught.value) == (
        f"ring.yaml:{line}: the card `DDP 日` holds `日`, which the typefaces of the cards "
        "do not have (they have Latin and Arabic letters); write it in other characters"
    )


def test_languages_written_in_latin_letters_can_be_printed() -> None:
    make_files(ring(("What do you enjoy doing together?", "Beth ŵyr tŷ? Zażółć gęślą. Şırınga?")))


PRINTABLE = st.text(
    st.one_of(
        st.characters(codec="utf-8", exclude_categories=("C",)),
        st.characters(min_codepoint=0x20, max_codepoint=0x24F, exclude_categories=("C",)),
        st.sampled_from("#$*_`@<>\\/[]{}()~=+-\"'&%\u200b\u200d\u00ad\ufeff\u2028\ufe0f\u0301"),
    ),
    min_size=1,
    max_size=30,
).filter(lambda text: bool(text.split()))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
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
