"""What the search fetches, packed by the generator and unpacked as the browser does it."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Collection
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page
from tests.support.catalogues import catalogue_text, parsed
from tests.support.searching import SCRIPTS

from linkindex.catalogue import Catalogue, ShownCatalogue
from linkindex.site.call_first import call_first_file
from linkindex.site.danger import concerns, danger_words
from linkindex.site.danger.packed import danger_forms
from linkindex.site.packing import Packed
from linkindex.site.search import files
from linkindex.site.search.words import words
from linkindex.site.spelling import MOST_SHARED, spelt


@pytest.fixture(scope="module")
def empty(browser: Browser) -> Page:
    """A page that holds what unpacks, and nothing else."""
    page = browser.new_page()
    page.add_script_tag(path=SCRIPTS / "unpack.js")
    return page


def unpacked(
    page: Page, catalogue: Catalogue, withheld: Collection[str] = ()
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The index as the engine takes it, and the words of its later parts.

    What words mean is put beside the rest of the first part.
    """
    shown = ShownCatalogue.of(catalogue, withheld)
    made = [json.loads(text) for text in files.search_files(shown).values()]
    first, parts = page.evaluate(
        """([numbers, packed, meanings, ...parts]) => {
            const unpack = LinkIndexUnpack.create(LinkIndexUnpack.numbers(numbers).table);
            const first = unpack.begin(packed);
            const plain = rows => rows.map(row => [...row]);
            const { rows, nothing, topics, links, ...others } = unpack.meanings(meanings);
            first.vectors = {
                ...others, nothing: [...nothing],
                rows: plain(rows), topics: plain(topics), links: plain(links),
            };
            return [first, parts.map(unpack.words)];
        }""",
        [json.loads(call_first_file(shown)), *made],
    )
    return first, parts


def test_sets_orders_and_codes_are_read_as_they_were_written(empty: Page) -> None:
    chance = random.Random(1)
    sections = [3 * chance.randrange(7) for _ in range(300)]
    sets = [sorted(chance.sample(range(500), chance.randrange(40))) for _ in sections]
    sets = [sorted({*members, 7}) for members in sets]
    kinds = [chance.randrange(4) for _ in sections]
    phrases = [chance.sample(members, len(members)) for members in sets]
    phrases[5] += phrases[5][:2]
    phrases[9].insert(1, phrases[9][0])
    codes = [int(chance.expovariate(0.2)) for _ in range(1000)]
    packed = Packed()
    packed.sets(sets, sections, 500)
    packed.sets(sets[:9], [0] * 9, 500)
    packed.sets([], [], 3)
    packed.sets(sets, sections, 500, kinds)
    packed.orders(phrases)
    packed.coded(codes)
    packed.coded([])
    packed.amount(70_000)
    read = empty.evaluate(
        """([text, sections, kinds, count]) => {
            const { sets, orders, coded, amount } = LinkIndexUnpack.reader(text);
            const first = sets(sections, 500);
            const others = [sets(new Array(9).fill(0), 500), sets([], 3)];
            const ofKinds = sets(sections, 500, kinds);
            return [first, ...others, ofKinds, orders(first), coded(count), coded(0), amount()];
        }""",
        [packed.text(), sections, kinds, len(codes)],
    )
    assert read == [sets, sets[:9], [], sets, phrases, codes, [], 70_000]


LONG = "a" * MOST_SHARED


@pytest.mark.parametrize(
    "told",
    [
        [],
        [""],
        ["", "a", "b"],
        ["abuse", "abused", "bus"],
        [LONG, f"{LONG}a", f"{LONG}ab"],
        ["cwm", "tŷ", "ysgol", "କଖ", "👍🏽"],
        [f"{one}{other}" for one in range(100, 130) for other in ("", "th", "fold")],
    ],
)
def test_words_are_read_as_they_were_spelt(told: list[str], empty: Page) -> None:
    assert empty.evaluate("spelt => LinkIndexUnpack.wordsOf(spelt)", spelt(told)) == told


def test_words_by_chance_are_read_as_they_were_spelt(empty: Page) -> None:
    chance = random.Random(1)
    letters = [chr(97 + at) for at in range(26)] + [chr(0x400 + at) for at in range(200)]
    told = sorted(
        "".join(chance.choices(letters[: chance.choice((2, 26, 226))], k=chance.randrange(20)))
        for _ in range(2000)
    )
    assert empty.evaluate("spelt => LinkIndexUnpack.wordsOf(spelt)", spelt(told)) == told


def test_what_was_damaged_is_not_read_for_ever(empty: Page) -> None:
    letters, _, longest, _ = spelt(sorted(danger_forms()))
    damaged = [letters, 100_000, longest, "AAAA"]
    with pytest.raises(Error, match="no word"):
        empty.evaluate("spelt => LinkIndexUnpack.wordsOf(spelt)", damaged)


def test_what_words_share_and_what_is_usual_in_them_is_hardly_written() -> None:
    told = sorted(danger_forms())
    assert len(spelt(told)[-1]) < 0.4 * sum(map(len, told))


@pytest.mark.parametrize("in_one_part", [files.IN_ONE_PART, 10])
def test_an_index_is_unpacked_as_it_was(
    in_one_part: int, catalogue: Catalogue, empty: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "IN_ONE_PART", in_one_part)
    told = json.loads(json.dumps(files.search_content(ShownCatalogue.of(catalogue, ()))))
    first, parts = unpacked(empty, catalogue)
    assert first["links"] == told["links"]
    for name in ("small", "common"):
        assert bag(first[name]) == bag(told[name])
    for one, other in zip(first["elsewhere"], told["elsewhere"], strict=True):
        assert (one[0], bag(one[1])) == (other[0], bag(other[1]))
    assert first["ranking"] == told["ranking"]
    rows = dict(zip(told["vectors"].pop("words"), told["vectors"].pop("rows"), strict=True))
    ours = zip(first["vectors"].pop("words"), first["vectors"].pop("rows"), strict=True)
    assert dict(ours) == rows
    assert first["vectors"] == told["vectors"]
    for name in ("families", "spellings"):
        assert list(map(bag, first[name])) == list(map(bag, told[name]))
    for one, other in zip(first["topics"], told["topics"], strict=True):
        assert bag(one.pop("about")) == bag(other.pop("about", ""))
        assert one.pop("names") == [" ".join(words(name)) for name in other.pop("names", ())]
        sayings = other.pop("sayings", ())
        assert list(map(bag, one.pop("sayings"))) == list(map(bag, sayings))
        assert one == other
    for one, other in zip(first["pages"], told["pages"], strict=True):
        assert bag(one.pop("names")) == bag(other.pop("names", ""))
        assert one == other
    assert len(parts) == len(told["others"])
    for part, other in zip((first["words"], *parts), (told["words"], *told["others"]), strict=True):
        for name in ("names", "about"):
            assert list(map(bag, part[name])) == list(map(bag, other[name]))


def test_an_index_without_links_is_unpacked(catalogue: Catalogue, empty: Page) -> None:
    first, _ = unpacked(empty, catalogue, {link.id for link in catalogue.current_resources})
    assert first["links"]["title"] == first["links"]["publishers"] == first["words"]["names"] == []
    assert first["topics"][0]["title"] == catalogue.current_categories[0].title


def bag(text: str) -> list[str]:
    """Words in any order, each once."""
    return sorted({*text.split()})


@pytest.mark.parametrize(
    "title",
    [
        "YoungMinds what's new?",
        "McDonald, ADHD/ASD & the-rest_of it (2026),",
        "A jest – l'été à Ærø…",
        "ABCs of Éire",
        "شِكرا كتاب ١٢",
        "C",
        "?!",
        "to be or not to be",
        "Thumbs 👍🏽 up",
    ],
)
def test_a_title_is_shown_as_it_was_written(title: str, empty: Page) -> None:
    index = parsed(catalogue_text().replace("A second link of", title))
    first, _ = unpacked(empty, index)
    shown = [link.title for link in index.current_resources]
    assert any(title in one for one in shown)
    assert first["links"]["title"] == shown


def test_the_words_and_frames_of_danger_are_unpacked_as_they_were(
    empty: Page, catalogue: Catalogue
) -> None:
    packed = json.loads(call_first_file(ShownCatalogue.of(catalogue, ())))
    read = empty.evaluate("packed => LinkIndexUnpack.numbers(packed)", packed)
    told = danger_words()
    assert read["words"]["weights"] == told["weights"]
    assert read["words"]["spellings"] == told["spellings"]
    assert bag(read["words"]["alone"]) == bag(told["alone"])
    groups = read["words"]["groups"]
    assert list(groups) == list(told["groups"])
    assert list(map(bag, groups.values())) == list(map(bag, told["groups"].values()))
    signs = read["words"]["signs"]
    assert list(signs) == list(told["signs"])
    for name, frames in signs.items():
        assert list(map(pieces, frames)) == list(map(pieces, told["signs"][name]))
    for one, concern in zip(read["concerns"], concerns(), strict=True):
        for name, frames in concern.frames().items():
            assert list(map(pieces, one[name])) == list(map(pieces, frames))


def pieces(frame: str) -> list[list[str]]:
    """What stands in each place of a frame, in any order, and what stands between."""
    return [sorted({*piece.split("/")}) for piece in re.split("([ -])", frame)]
