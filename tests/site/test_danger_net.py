"""The net that weighs what the words of a question say together, in Python and in the browser."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence

import pytest
from playwright.sync_api import Browser
from tests.bench.danger import Question, questions_of
from tests.bench.danger_weights import HANDS, written_net
from tests.support.danger import NUMBERS, UNPACK, Matcher

from linkindex.catalogue import Catalogue, ShownCatalogue
from linkindex.site.call_first import call_first_file
from linkindex.site.danger.net import WIDTH, Net, net, place_of, read_net

SMALL = Net(
    places=1 << 20,
    classes=("hit kick", "me"),
    centres=((0, 0), (2, 0), (0, 3)),
    filters=(((1, 0), (0, -1)), ((0, 1), (0, 0)), ((0, 5), (0, 0))),
    least=(-1, 4),
    largest=(10, -7),
    total=(0, 1),
    start=3,
    unit=2,
)
"""Two filters: one hears "hit" and what follows, the other everything but "me"."""


@pytest.fixture(scope="module")
def matcher(browser: Browser, catalogue: Catalogue) -> Matcher:
    return Matcher(browser.new_page(), catalogue)


def hard() -> list[Question]:
    """Short questions of a hand that knew no rule, with the same words in danger and in none."""
    return questions_of(HANDS / "20.yaml")


@pytest.mark.parametrize(
    ("words", "largest", "heard"),
    [
        # "hit me now": 2 + 3 - 1 where "hit" stands; the other says 4, 4 - 3 and 4.
        (["hit", "me", "now"], (4, 4), 9),
        # "me" one word further on weighs five times as much.
        (["kick", "hard", "me"], (16, 4), 9),
        # Where a question ends, a filter looks at what there is.
        (["hit"], (1, 4), 4),
        (["now"], (0, 4), 4),
        ([], (0, 0), 0),
    ],
)
def test_words_weigh_by_their_classes_and_by_what_stands_beside_them(
    words: Sequence[str], largest: tuple[int, int], heard: int
) -> None:
    said = 3 + 10 * largest[0] - 7 * largest[1] + heard / math.sqrt(len(words) + 1)
    assert SMALL.weight(words) == math.floor(said / 2 + 0.5)


def test_a_net_is_read_as_it_was_written() -> None:
    assert read_net(written_net(SMALL)) == SMALL
    assert read_net(written_net(net())) == net()


def test_each_word_of_a_class_has_a_place_of_its_own() -> None:
    words = [word for of_class in net().classes for word in of_class.split()]
    assert len({place_of(word, net().places) for word in words}) == len(words)


def test_the_numbers_of_the_net_fit_each_other() -> None:
    depth, filters = len(net().centres[0]), len(net().least)
    assert len(net().centres) == len(net().classes) + 1
    assert {len(row) for row in net().centres} == {depth}
    assert [{len(row) for row in rows} for rows in net().filters] == WIDTH * [{depth}]
    assert {len(rows) for rows in net().filters} == {filters}
    assert len(net().largest) == len(net().total) == filters


def test_the_browser_unpacks_the_net_as_it_was(browser: Browser, catalogue: Catalogue) -> None:
    page = browser.new_page()
    page.add_script_tag(path=UNPACK)
    packed = json.loads(call_first_file(ShownCatalogue.of(catalogue, ())))
    read = page.evaluate("packed => LinkIndexUnpack.numbers(packed).words.net", packed)
    told = json.loads(net().model_dump_json(exclude={"classes"}))
    assert dict(read.pop("classes")) == net().class_at
    assert read == told


def test_the_browser_reckons_what_words_weigh_together_as_python_does(matcher: Matcher) -> None:
    asked = [question.text for question in hard()[::4]]
    asked += [" ".join(asked), "", "👍 ἀ β γ", "now " * 400]
    weighed = [matcher.weighed(text) for text in asked]
    assert [one.together for one in weighed] == [net().weight(one.words) for one in weighed]
    assert len({one.together for one in weighed}) > 20


def test_short_dangers_that_no_frame_fits_are_told_from_the_same_words_in_no_danger(
    matcher: Matcher,
) -> None:
    told: dict[str, list[bool]] = {"danger": [], "innocent": []}
    for question in hard():
        if not matcher.weighed(question.text).fits:
            told[question.kind].append(matcher.level(question.text) == NUMBERS)
    shares = {kind: sum(levels) / len(levels) for kind, levels in told.items()}
    assert shares["danger"] >= 0.6
    assert shares["innocent"] <= 0.05
