"""Other spellings of what an entry is called."""

from __future__ import annotations

import re

import pytest
from tests.support.catalogues import catalogue_text, parsed

from linkindex.catalogue import Catalogue
from linkindex.site.search_index import SYNONYMS, entries
from linkindex.site.search_words import variants


@pytest.mark.parametrize(
    ("phrase", "typed"),
    [
        ("Behaviour", "behavior"),
        ("Counselling for families", "counseling"),
        ("pediatric", "paediatric"),
        ("Recognise the signs", "recognize"),
        ("organization", "organisation"),
        ("parent", "parents"),
        ("family", "families"),
        ("speech", "speeches"),
        ("self-harm", "selfharm"),
        ("Trauma-informed practice", "traumainformedpractice"),
        ("social services taking my child", "socialservicestakingmychild"),
        ("Children\u2019s centres", "centers"),
        *(
            (f"Children{sign}s centre", "childrens")
            for sign in "'`\u00b4\u02bb\u02bc\u2018\u2019\u2032"
        ),
        *((f"Children{sign}s centre", "childrenscentre") for sign in "'\u02bc\u2019"),
        ("Coping with self\u2011harm while you wait for help", "selfharm"),
        ("শিশুদের জন্য সহায়তা", "শিশুদেরজন্যসহায়তা"),
        ("儿童中心和家庭支持", "家庭支持"),
        ("دَعم", "دعم"),
        ("The centre for children", "centreforchildren"),
    ],
)
def test_a_phrase_is_found_by_its_other_spelling(phrase: str, typed: str) -> None:
    assert typed in variants([phrase])


@pytest.mark.parametrize(
    "phrase", ["rise", "wise", "GCP2", "wider protection of children and young people"]
)
def test_nothing_is_made_up_for_words_that_only_look_alike(phrase: str) -> None:
    made = variants([phrase])
    assert "rize" not in made
    assert "wize" not in made
    assert "gcp2s" not in made
    assert not any(len(word) > 20 for word in made)


def test_each_word_is_given_once() -> None:
    made = variants(["parent", "Parent", "parent and child"])
    assert len(made) == len(set(made))


def as_one_word(typed: str) -> str:
    """What the search asks for besides the words themselves (search.js)."""
    return "".join(re.findall(r"\w+", typed)).casefold()


def searched_words(catalogue: Catalogue) -> set[str]:
    return {word.casefold() for one in entries(catalogue) for word in one[SYNONYMS].split()}


def test_every_number_of_the_index_is_found_however_it_is_typed(catalogue: Catalogue) -> None:
    lines = (*catalogue.urgent_help, *catalogue.current_resources)
    numbers = {one.number for line in lines for one in (line.phone, line.text) if one}
    abroad = {number[1:] for number in numbers if number.startswith("0")}
    typed = numbers | {
        f"{code}{number}" for code in ("+44 ", "+44 (0)", "0044 ") for number in abroad
    }
    assert {as_one_word(one) for one in typed} - searched_words(catalogue) == set()


@pytest.mark.parametrize(
    "typed", ["18001 0808 157 0123", "1800108081570123", "0808 1570123", "+44 808 157 0123"]
)
def test_a_number_by_relay_is_found_with_its_prefix_and_without(typed: str) -> None:
    text = catalogue_text().replace("phone: 0800 1111", "phone: 18001 0808 157 0123")
    assert as_one_word(typed) in searched_words(parsed(text))


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        ("cy", "welsh"),
        ("cy", "Cymraeg"),
        ("pl", "polish"),
        ("ur", "urdu"),
        ("ur", "اردو"),
        ("fa", "farsi"),
    ],
)
def test_a_link_is_found_by_what_its_language_is_called(code: str, typed: str) -> None:
    text = catalogue_text().replace("language: cy", f"language: {code}")
    words = searched_words(parsed(text))
    assert typed.casefold() in words
    assert "english" not in words


@pytest.mark.parametrize("typed", ["welsh", "polish", "urdu", "polski", "somali", "farsi"])
def test_a_language_finds_what_comes_in_several(catalogue: Catalogue, typed: str) -> None:
    assert typed in searched_words(catalogue)
