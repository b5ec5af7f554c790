"""Other spellings of what an entry is called."""

from __future__ import annotations

import pytest

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
