"""The schemas by which editors complete the files of an index, for those who keep one like it."""

from __future__ import annotations

from linkindex.catalogue.schema import SCHEMA_FOLDER, schema_files
from linkindex.site.compiled import made_once
from linkindex.site.exports.public import PublicIndex

FOLDER = "data"


def files(_: PublicIndex) -> dict[str, bytes]:
    """The same for every index."""
    return {
        f"{FOLDER}{path.removeprefix(SCHEMA_FOLDER)}": content
        for path, content in made_once().value("schemas for editors", schema_files).items()
    }
