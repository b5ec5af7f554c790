"""Everything as JSON, with the schema that says what each key is (JSON Schema 2020-12)."""

from __future__ import annotations

import functools
from typing import Any

from linkindex.site.exports.json_text import json_bytes
from linkindex.site.exports.public import PublicIndex

PATH = "data/links.json"
SCHEMA_PATH = "data/links.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def files(index: PublicIndex) -> dict[str, bytes]:
    """The index and its schema."""
    schema_address = f"{index.address}{SCHEMA_PATH}"
    content = index.model_dump(mode="json", exclude_none=True)
    return {
        PATH: json_bytes({"$schema": schema_address, **content}),
        SCHEMA_PATH: json_bytes(_schema(index, schema_address)),
    }


def _schema(index: PublicIndex, address: str) -> dict[str, Any]:
    properties = {**_model_schema()["properties"], "$schema": {"const": address}}
    schema = {**_model_schema(), "properties": properties}
    return {"$schema": DIALECT, "$id": address, **schema, "title": f"Links of {index.name}"}


@functools.cache
def _model_schema() -> dict[str, Any]:
    """The schema of every index; making it takes as long as all other files together."""
    return PublicIndex.model_json_schema()
