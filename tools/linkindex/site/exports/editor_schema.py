"""The schemas by which editors complete the files of an index, for those who keep one like it."""

from __future__ import annotations

import json

from linkindex.catalogue.schema import SCHEMA_FOLDER, schema_files
from linkindex.site.compiled import made_once
from linkindex.site.exports.public import PublicIndex

FOLDER = "data"


def files(_: PublicIndex) -> dict[str, bytes]:
    """The same for every index, without the white space of those that stand beside it."""
    return {
        f"{FOLDER}{path.removeprefix(SCHEMA_FOLDER)}": content
        for path, content in made_once().value("short schemas for editors", _short_schemas).items()
    }


def _short_schemas() -> dict[str, bytes]:
    return {
        path: json.dumps(json.loads(content), ensure_ascii=False, separators=(",", ":")).encode()
        for path, content in schema_files().items()
    }
