"""Who may be in danger by what they type: the rules, tried as the browser runs them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.support.danger import NOTHING, NUMBERS, QUIET, Matcher

from linkindex.catalogue import Catalogue
from linkindex.site.danger import concerns, danger_words
from linkindex.site.danger.verbs import forms_of
from linkindex.site.danger.words import signs, words


@pytest.fixture(scope="module")
def matcher(browser: Browser, catalogue: Catalogue) -> Matcher:
    return Matcher(browser.new_page(), catalogue)


# How words and frames are written


def frames() -> Iterator[str]:
    for concern in concerns():
        yield from (*concern.told, *concern.named, *concern.faint)
    for of_one_sign in signs().model_dump().values():
        yield from of_one_sign


def parts() -> Iterator[str]:
    for frame in frames():
        for piece in frame.split():
            if piece != "...":
                yield from re.split("[-/]", piece)


def test_frames_are_made_of_words_as_they_are_compared_and_of_groups_that_there_are() -> None:
    known = words().groups
    assert [part for part in parts() if part not in known and not _is_word(part)] == []


def test_groups_are_made_of_words_as_they_are_compared_and_of_groups_that_there_are() -> None:
    known = words().groups
    members = [member for written in known.values() for member in written.split()]
    assert [one for one in members if one not in known and not _is_word(one)] == []


def test_misspellings_stand_for_words_as_they_are_compared() -> None:
    for typed, said in words().spellings.items():
        assert all(_is_word(word) for word in said.split()), typed


def _is_word(part: str) -> bool:
    return part in ("^", "$") or bool(re.fullmatch(r"[a-z0-9]+(~|\(s\))?", part))


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("kick", "kick kicks kicking kicked"),
        ("punch", "punch punches punching punched"),
        ("slap", "slap slaps slapping slapped"),
        ("abuse", "abuse abuses abusing abused"),
        ("bully", "bully bullies bullying bullied"),
        ("beat", "beat beats beating beaten"),
        ("scream", "scream screams screaming screamed"),
    ],
)
def test_a_verb_has_the_forms_that_people_type(verb: str, forms: str) -> None:
    irregular = {name: tuple(ends.split()) for name, ends in words().irregular.items()}
    assert list(forms_of(verb, irregular)) == forms.split()


def test_what_the_browser_is_given_names_all_forms_by_their_endings() -> None:
    assert " kick||s|ing|ed " in danger_words()["groups"]["HURTS"]


# What is shown


@pytest.mark.parametrize(
    "typed",
    [
        *("he hits me", "He’s HITTING me!", "he has been hitting me", "are you being hit"),
        *("my friend is being hit by her husband", "her husband keeps hitting her"),
        *("my dad hits my mum", "him hit me", "I was beaten by my wife"),
    ],
)
def test_it_is_all_one_who_speaks_and_in_which_form(typed: str, matcher: Matcher) -> None:
    assert matcher.level(typed) == NUMBERS


@pytest.mark.parametrize(
    "typed",
    [
        *("suicde", "sucidal", "su!cide", "suiiiicide", "su*cide", "sui cide"),
        *("hehitsme", "killmyself", "kill my self", "my husbend hits me", "he strangeld me"),
        *("my boyfrend hitts me", "im skared of my husband", "he has a nife", "wanna die"),
        *("my dad hurtz me", "he thretens me", "my step dad hits me", "he is hittin me"),
    ],
)
def test_half_spelt_words_are_understood(typed: str, matcher: Matcher) -> None:
    assert matcher.level(typed) == NUMBERS


@pytest.mark.parametrize(
    "typed", ["therapist", "therapists near me", "grape", "racing", "scored a goal", "named"]
)
def test_words_that_look_like_dangerous_ones_are_not(typed: str, matcher: Matcher) -> None:
    assert matcher.level(typed) == NOTHING


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("he does not hit me", QUIET),
        ("he has never hit me", QUIET),
        ("i am not suicidal", QUIET),
        ("he wont stop hitting me", NUMBERS),
        ("he never stops hitting me", NUMBERS),
        ("i dont know what to do he hits me", NUMBERS),
        ("he doesnt hit me but he threatens to kill me", NUMBERS),
        ("he didnt mean to hit me", NUMBERS),
        ("he hasnt hit me yet", NUMBERS),
    ],
)
def test_what_is_denied_is_told_from_a_not_that_denies_nothing(
    typed: str, level: str, matcher: Matcher
) -> None:
    assert matcher.level(typed) == level


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("domestic abuse", NUMBERS),
        ("domestic abuse policy", QUIET),
        ("what is coercive control essay", QUIET),
        ("suicide statistics", QUIET),
        ("training for staff on self harm", QUIET),
        ("my husband hits me and i missed my training course", NUMBERS),
        ("policy says wait but a pupil told me today her dad hits her", NUMBERS),
    ],
)
def test_a_topic_of_work_is_told_from_what_happens(
    typed: str, level: str, matcher: Matcher
) -> None:
    assert matcher.level(typed) == level


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("my uncle abused me years ago", QUIET),
        ("he used to hit me", QUIET),
        ("my dad hit me when i was little", QUIET),
        ("he hit me years ago and now he hits my son", NUMBERS),
        ("abused as a child and now i want to die", NUMBERS),
    ],
)
def test_what_is_long_ago_is_told_from_what_is_now(
    typed: str, level: str, matcher: Matcher
) -> None:
    assert matcher.level(typed) == level


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("my toddler hits me", NOTHING),
        ("my two year old bites", NOTHING),
        ("my 3yr old kicks me", NOTHING),
        ("my 14 year old hits me", NUMBERS),
        ("my baby daddy hits me", NUMBERS),
        ("he hit his head", NOTHING),
        ("he hit my head on the wall", NUMBERS),
        ("my back is killing me", NOTHING),
        ("he is killing me", NUMBERS),
        ("missing my mum", NOTHING),
        ("my mum is missing", NUMBERS),
    ],
)
def test_everyday_uses_of_dangerous_words_are_left_alone(
    typed: str, level: str, matcher: Matcher
) -> None:
    assert matcher.level(typed) == level


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("he says he will come round when mum is out and nobody will believe me", NUMBERS),
        ("my friend is quiet since she moved in with him", NUMBERS),
        ("the boy is very thin and quiet lately at school", QUIET),
        ("what time does the library open for story time on saturday", NOTHING),
        ("he says", NOTHING),
    ],
)
def test_where_no_frame_fits_the_words_of_a_whole_question_are_weighed(
    typed: str, level: str, matcher: Matcher
) -> None:
    assert matcher.level(typed) == level


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("i dont want to wake up in the morning", NUMBERS),
        ("wake up for school in the morning", NOTHING),
        ("my son burns himself on purpose", NUMBERS),
        ("he hurt himself at football", NOTHING),
    ],
)
def test_what_is_meant_is_no_everyday_matter(typed: str, level: str, matcher: Matcher) -> None:
    assert matcher.level(typed) == level


def test_the_most_urgent_danger_counts(matcher: Matcher) -> None:
    breath = matcher.numbers("she stopped breathing")
    assert matcher.numbers("my husband hit her and she stopped breathing") == breath
    suicide = matcher.numbers("i want to kill myself")
    assert matcher.numbers("he hits me and i want to kill myself") == suicide


@pytest.mark.parametrize(
    "typed", ["", " ", "…", "👍", "ἀ β γ", "<b>", "%s", "a" * 10_000, "i " * 5_000]
)
def test_anything_can_be_typed(typed: str, matcher: Matcher) -> None:
    assert matcher.level(typed) != NUMBERS


def test_a_letter_more_in_the_same_question_gives_the_same_answer(matcher: Matcher) -> None:
    assert matcher.is_same("he hits me", "he hits me ")
