"""Style: what counts as an acronym, a word and a sentence.

What is warned of is in the golden cases named `style-...`.
"""

from __future__ import annotations

import pytest

from linkindex.catalogue.rules.acronyms import acronyms, explained, spells
from linkindex.catalogue.rules.style import sentences, words


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
