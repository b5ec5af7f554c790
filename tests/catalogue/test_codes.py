"""Codes are printed, so they never change."""

from __future__ import annotations

import re

import pytest

from linkindex.catalogue import examine
from linkindex.catalogue.codes import (
    CODE_ALPHABET,
    KEPT_NAMES,
    PAGE_NAMES,
    fits_category_code,
    fits_resource_code,
    resource_code,
)
from linkindex.site.generate import generate, navigation
from tests.catalogue.small import SMALLEST, TODAY, messages, resource, valid

# If this test fails, every printed card and every address on a phone is about to break. Never
# change these codes; change the program back.
PRINTED = {
    "cdc-about-aces": "jj9xyb",
    "ace-hub-wales": "gg39pp",
    "about-aces": "t9w6qq",
    "a": "y437g6",
    "mens-advice-line": "xqmyvq",
}


@pytest.mark.parametrize(("resource_id", "code"), PRINTED.items())
def test_the_code_of_an_id_never_changes(resource_id: str, code: str) -> None:
    assert resource_code(resource_id) == code


def test_the_next_attempt_gives_another_code_that_never_changes_either() -> None:
    assert [resource_code("about-aces", attempt) for attempt in (1, 2)] == ["db3v8g", "8wp7kh"]


def test_the_alphabet_has_neither_vowels_nor_look_alikes() -> None:
    assert len(set(CODE_ALPHABET)) == len(CODE_ALPHABET) == 24
    assert not set(CODE_ALPHABET) & set("aeiou0o1li2z5s")
    assert CODE_ALPHABET.lower() == CODE_ALPHABET


def test_codes_are_spread_over_the_whole_alphabet() -> None:
    codes = [resource_code(f"link-{number}") for number in range(500)]
    assert {len(code) for code in codes} == {6}
    assert set("".join(codes)) == set(CODE_ALPHABET)
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("code", ["bcdfgh", "346789"])
def test_six_characters_of_the_alphabet_are_a_resource_code(code: str) -> None:
    assert fits_resource_code(code)


@pytest.mark.parametrize("code", ["bcdfg", "bcdfghj", "bcdfga", "BCDFGH", "bcdfgh\n", ""])
def test_anything_else_is_no_resource_code(code: str) -> None:
    assert not fits_resource_code(code)


@pytest.mark.parametrize("code", ["yc", "aces", "gcp2", "abcdefgh"])
def test_two_to_eight_letters_and_digits_are_a_category_code(code: str) -> None:
    assert fits_category_code(code)


@pytest.mark.parametrize("code", ["a", "abcdefghi", "Aces", "a-b", "aces\n", "äces"])
def test_anything_else_is_no_category_code(code: str) -> None:
    assert not fits_category_code(code)


def test_a_written_code_wins_over_the_hash_and_over_the_id() -> None:
    index = valid(
        ("id: about-aces", "id: about-aces\n        code: bcdfgh"),
        ("- id: aces", "- id: aces\n    code: hard"),
    )
    assert index.resource("about-aces").code == "bcdfgh"
    assert index.category("aces").code == "hard"


def test_no_category_can_take_the_address_of_another_page() -> None:
    index = valid()
    written = [page for entry in navigation(index) for page in _pages(entry)]
    tops = {path.split("/")[0].split(".")[0] for path in [*generate(index, {}), *written]}
    addresses = {top for top in tops if fits_category_code(top)} - {"aces"}
    assert {"all", "cards", "safety", "urgent"} <= addresses <= PAGE_NAMES | KEPT_NAMES


@pytest.mark.parametrize("code", ["mi", "cy", "haw", "list", "iw"])
def test_a_code_that_is_kept_for_the_site_stays_where_it_was_published(code: str) -> None:
    catalogue = SMALLEST.replace("- id: aces", f"- id: aces\n    code: {code}")

    def ledger(name: str) -> bytes:
        if name != "permalinks/links.example.org.txt":
            raise FileNotFoundError(name)
        return f"q/{code} aces 5c1f0e7a 93b2d4c8\n".encode()

    icons = frozenset({"human-child"})
    published = examine(
        catalogue.encode(), file="resources.yaml", icons=icons, today=TODAY, read=ledger
    )
    assert published.problems == ()
    (message,) = messages(catalogue)
    assert f"the code `{code}` is kept for " in message
    proposed = re.search(r"write `code: (\w+)`", message)
    assert proposed is not None
    assert messages(catalogue.replace(f"code: {code}", f"code: {proposed[1]}")) == []


def _pages(navigation: object) -> list[str]:
    if isinstance(navigation, str):
        return [navigation]
    parts = navigation.values() if isinstance(navigation, dict) else navigation
    return [page for part in parts for page in _pages(part)]  # type: ignore[attr-defined]


def test_the_code_suggested_for_a_clash_settles_it() -> None:
    taken = resource_code("about-aces")
    clash = SMALLEST + resource("another", f"code: {taken}")
    (message,) = messages(clash)
    suggested = re.search(r"add `code: (\w+)`", message)
    assert suggested is not None
    assert messages(clash.replace(f"code: {taken}", f"code: {suggested[1]}")) == []
