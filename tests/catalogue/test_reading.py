"""What is read from the file, and where it stood."""

from __future__ import annotations

import pytest

from linkindex.catalogue.yaml.source import YamlList, YamlMap, read_yaml
from tests.catalogue.small import SMALLEST, examined, messages, resource, valid


def value_of(scalar: str) -> object:
    root = read_yaml(f"key: {scalar}\n".encode(), "resources.yaml").root
    assert isinstance(root, YamlMap)
    return root["key"]


@pytest.mark.parametrize(
    "scalar", ["no", "true", "0800 1111", "1e3", "2026", "2026-11-24", "0x1f", "2.10", "null", "=="]
)
def test_every_plain_scalar_is_text_as_it_was_written(scalar: str) -> None:
    assert value_of(scalar) == scalar


@pytest.mark.parametrize(("scalar", "value"), [("", None), ("~", None), ('""', ""), ("'~'", "~")])
def test_only_an_empty_value_and_a_tilde_are_nothing(scalar: str, value: object) -> None:
    assert value_of(scalar) == value


def test_a_phone_number_keeps_its_leading_zero() -> None:
    index = valid(("phone: 999", "phone: 0800 1111"))
    phone = index.urgent_help[0].phone
    assert phone is not None
    assert phone.number == "0800 1111"


def test_norwegian_is_a_language_and_not_a_truth_value() -> None:
    text = SMALLEST + resource("norsk", "language: no")
    assert valid(text=text).resource("norsk").language == ("no",)


def test_keys_and_items_know_their_lines_and_columns() -> None:
    root = read_yaml(b"a: 1\nb:\n  - x\n  - {c: 2}\n", "resources.yaml").root
    assert isinstance(root, YamlMap)
    assert root.key_places == {"a": (1, 1), "b": (2, 1)}
    items = root["b"]
    assert isinstance(items, YamlList)
    assert items.item_places == [(3, 5), (4, 5)]


def test_categories_and_resources_know_their_lines() -> None:
    index = valid()
    lines = SMALLEST.splitlines()
    assert lines[index.categories[0].line - 1] == "  - id: aces"
    assert lines[index.resource("about-aces").line - 1] == "      - id: about-aces"


def test_windows_line_ends_change_nothing() -> None:
    assert examined(SMALLEST.replace("\n", "\r\n")).catalogue == valid()


def test_lines_of_one_text_are_folded_into_one() -> None:
    index = valid(("publisher: CDC", 'publisher: "Centers\\n  for\\tDisease  Control"'))
    assert index.resource("about-aces").publisher == "Centers for Disease Control"


def test_columns_count_characters_and_not_bytes() -> None:
    latin = SMALLEST.replace("publisher: CDC", "publisher: åé\udcff")
    data = latin.encode("utf-8", "surrogateescape")
    assert messages(data) == [
        "resources.yaml:31:22: this is not UTF-8 text; save the file with the encoding UTF-8"
    ]


def test_deep_nesting_is_refused_without_exhausting_the_stack() -> None:
    (message,) = messages("[" * 100_000)
    assert "too deep" in message
