"""The schema by which editors complete keys allows what the check allows."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema
import pytest

from linkindex.catalogue.schema import (
    LINE_OF_A_TOPIC,
    LINE_OF_AN_INDEX,
    OF_A_TOPIC,
    index_schema,
    schema_files,
    topic_schema,
)
from linkindex.catalogue.yaml.source import read_yaml
from tests.catalogue.test_cases import CASES, MARK
from tests.conftest import REPOSITORY, SAMPLE

VALID = [case for case in CASES if case.stem.startswith("valid") or case.stem.startswith("style")]


def as_editors_read(text: str) -> Any:
    """A tree in which numbers and truth are what they are to other programs."""
    return _typed(read_yaml(text.encode(), "x").root)


def _typed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _typed(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_typed(part) for part in value]
    if isinstance(value, str) and re.fullmatch(r"[1-9][0-9]*|true|false", value):
        return json.loads(value)
    return value


@pytest.mark.parametrize(
    "path", [SAMPLE, REPOSITORY / "resources.yaml", *VALID], ids=lambda path: path.stem
)
def test_what_the_check_allows_fits_the_schema(path: Any) -> None:
    text = path.read_bytes().partition(MARK)[0].decode("utf-8-sig")
    jsonschema.Draft7Validator(index_schema()).validate(as_editors_read(text))


@pytest.mark.parametrize(
    "entry",
    [
        {"formt": "guide"},
        {"format": "leaflet"},
        {"audiences": []},
        {"url": None},
        {"nations": ["England"]},
    ],
)
def test_what_the_check_refuses_in_one_entry_is_marked(entry: dict[str, Any]) -> None:
    index = as_editors_read(SAMPLE.read_text("utf-8"))
    topic = index["categories"][5]
    link = topic["resources"][0]
    validator = jsonschema.Draft7Validator(topic_schema())
    validator.validate(topic)
    for way in ("url", "phone", "text"):
        link.pop(way, None) if entry == {"url": None} else None
    link.update({} if entry == {"url": None} else entry)
    assert not validator.is_valid(topic)


def test_each_key_is_explained() -> None:
    for name, part in index_schema()["definitions"].items():
        for key, field in part.get("properties", {}).items():
            assert field.get("description"), f"{name}.{key}"


def test_a_draft_may_lack_anything() -> None:
    topic = as_editors_read(SAMPLE.read_text("utf-8"))["categories"][5]
    topic["resources"].append({"draft": True})
    jsonschema.Draft7Validator(topic_schema()).validate(topic)


def test_the_shipped_index_names_its_schema_in_its_first_line() -> None:
    first = (REPOSITORY / "resources.yaml").read_text("utf-8").partition("\n")[0]
    assert first == LINE_OF_AN_INDEX
    assert LINE_OF_A_TOPIC.endswith(f"../{OF_A_TOPIC}")
    for path, content in schema_files().items():
        assert (REPOSITORY / path).read_bytes() == content, "run `make reference`"
