"""Style: what counts as an acronym, a word and a sentence, and the style of the index itself.

What is warned of is in the golden cases named `style-...`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from linkindex.catalogue import Examined, examine
from linkindex.catalogue.acronyms import acronyms, explained, spells
from linkindex.catalogue.style import every_acronym, sentences, style_problems, words
from linkindex.icons import icon_names
from tests.conftest import STARTED

REPOSITORY = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ACEs and the NSPCC", ["ACE", "NSPCC"]),
        ("GCP2, GCP2A and DoLS", ["GCP2", "GCP2A", "DoLS"]),
        ("CC BY-NC-ND", ["CC", "BY", "NC", "ND"]),
        ("YouTube, TikTok, SafeLives, McGill, O'Brien and Mind Of My Own", []),
        ("GOV.UK and www.NHS.uk", []),
        ("A4, I, 999 and 5 Ps", []),
        ("CAMHS", ["CAMHS"]),
    ],
)
def test_an_acronym_is_mostly_capitals_and_no_host(text: str, found: list[str]) -> None:
    assert acronyms(text) == found


@pytest.mark.parametrize(
    ("acronym", "texts", "names"),
    [
        ("CBT", ["Does CBT (talking in steps) help?"], []),
        ("FSP", ["A family safety plan (FSP)"], []),
        ("GCP2", [], ["Graded Care Profile 2"]),
        ("NSPCC", [], ["National Society for the Prevention of Cruelty to Children"]),
        ("MI", [], ["Motivational interviewing"]),
        ("CDC", [], ["Centers for Disease Control and Prevention (US)"]),
    ],
)
def test_a_text_explains_an_acronym_in_brackets_and_a_name_by_its_initials(
    acronym: str, texts: list[str], names: list[str]
) -> None:
    assert spells(acronym, explained(texts, names))


@pytest.mark.parametrize(
    ("acronym", "texts", "names"),
    [
        ("CDC", ["CDC (US)"], []),
        ("FSP", ["Plan (FSP)"], []),
        ("MI", [], ["Advanced motivational interviewing"]),
        ("CBT", ["children begin to talk"], []),
    ],
)
def test_what_only_looks_like_a_meaning_explains_nothing(
    acronym: str, texts: list[str], names: list[str]
) -> None:
    assert not spells(acronym, explained(texts, names))


def test_a_compound_is_one_word_and_a_sentence_ends_with_its_sign() -> None:
    assert len(words("It's trauma-informed, for 11 to 18 year olds.")) == 8
    assert sentences("One. Two? Three! Four") == ["One.", "Two?", "Three!", "Four"]


def test_the_index_that_comes_along_has_no_warning_that_nothing_answers() -> None:
    examined = _shipped()
    assert examined.catalogue is not None
    assert examined.tree is not None
    assert [str(problem) for problem in examined.problems] == []
    assert [str(one) for one in style_problems(examined.catalogue, examined.tree)] == []


def test_the_glossary_that_comes_along_holds_every_short_form_that_readers_see() -> None:
    examined = _shipped()
    assert examined.catalogue is not None
    assert examined.tree is not None
    held = {one for term in examined.catalogue.glossary for one in acronyms(term.term)}
    assert every_acronym(examined.catalogue, examined.tree) - held == {"REGISTER", "SHOUT"}


def _shipped() -> Examined:
    return examine(
        (REPOSITORY / "resources.yaml").read_bytes(),
        file="resources.yaml",
        icons=icon_names(),
        today=STARTED.date(),
    )
