"""The file that every list is shown from is small enough for the index that ships."""

from __future__ import annotations

import gzip
import json
import re

from linkindex.catalogue import Catalogue, ShownCatalogue
from linkindex.site.exports import Discretion
from linkindex.site.lists.files import list_files

BUDGET = 30 * 1024


def test_the_file_that_opens_every_list_holds_every_code_and_fits_its_budget(
    catalogue: Catalogue,
) -> None:
    shown = ShownCatalogue.of(catalogue, ())
    made = list_files(shown, Discretion(shown))
    assert set(made) == {"l/links.json", "l/words.json"}
    assert len(gzip.compress(made["l/links.json"].encode())) <= BUDGET
    first = json.loads(made["l/links.json"])
    held = set(re.findall("......", first["code"])) | set(first["retired"])
    published = {one for category in catalogue.categories for one in category.resources}
    assert held == {one.code for one in published if one.retired or catalogue.is_shown(one)}
