"""Which words the search learns from questions that a link or a topic answers."""

from __future__ import annotations

import dataclasses

from linkindex.catalogue import Catalogue, ShownCatalogue
from linkindex.catalogue.questions import Question
from linkindex.site.search.documents import links, topics
from linkindex.site.search.learning import FEWEST_TIMES, asked_words

TOPIC = "gcp2"


def asked(catalogue: Catalogue, *questions: Question) -> dict[str, set[str]]:
    """The words that are learnt, by the id of what is asked for."""
    shown = ShownCatalogue.of(dataclasses.replace(catalogue, questions=questions), ())
    told = asked_words(shown, topics(shown), links(shown))
    ids = [category.id for category in shown.current_categories]
    ids += [resource.id for resource in shown.current_resources]
    words = zip(ids, (*told.topics, *told.links), strict=True)
    return {id_: set(text.split()) for id_, text in words if text}


def often(text: str, *answers: str) -> list[Question]:
    return [Question(f"{text} {number}", answers) for number in range(FEWEST_TIMES)]


def links_of(catalogue: Catalogue) -> list[str]:
    shown = ShownCatalogue.of(catalogue, ())
    return [resource.id for resource in shown.resources_of(shown.category(TOPIC))]


def test_words_are_learnt_of_what_answers_and_of_nothing_else(catalogue: Catalogue) -> None:
    one, other, *_ = links_of(catalogue)
    told = asked(catalogue, *often("wallpaper peeling", one), *often("the damp larder", other))
    assert told == {one: {"wallpaper", "peeling"}, other: {"damp", "larder"}}


def test_words_that_are_asked_of_the_whole_topic_tell_nothing(catalogue: Catalogue) -> None:
    one, *others = links_of(catalogue)
    questions = [question for other in (TOPIC, *others) for question in often("damp larder", other)]
    told = asked(catalogue, *often("damp wallpaper", one), *questions)
    assert told[one] == {"wallpaper"}


def test_small_words_and_short_numbers_are_not_learnt(catalogue: Catalogue) -> None:
    one, other, *_ = links_of(catalogue)
    told = asked(catalogue, *often("what is it about 11", one), *often("wallpaper", other))
    assert told == {other: {"wallpaper"}}


def test_a_word_that_came_seldom_is_not_learnt(catalogue: Catalogue) -> None:
    one, other, *_ = links_of(catalogue)
    told = asked(catalogue, *often("wallpaper", one)[1:], *often("larder", other))
    assert told == {other: {"larder"}}


def test_words_that_an_entry_holds_itself_are_not_learnt_again(catalogue: Catalogue) -> None:
    one, other, *_ = links_of(catalogue)
    title = catalogue.resource(one).title
    told = asked(catalogue, *often(f"{title} wallpaper", one), *often("larder", other))
    assert told[one] == {"wallpaper"}


def test_a_link_that_is_not_shown_teaches_nothing(catalogue: Catalogue) -> None:
    assert asked(catalogue, *often("wallpaper", "retired-long-ago")) == {}
