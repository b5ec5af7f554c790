"""The issue forms that ship with the index."""

from __future__ import annotations

from linkindex.catalogue import Catalogue
from linkindex.upkeep.suggesting.issue_forms import issue_forms
from tests.conftest import REPOSITORY


def test_the_issue_forms_are_as_the_index_says(catalogue: Catalogue) -> None:
    for path, text in issue_forms(catalogue).items():
        written = (REPOSITORY / path).read_text("utf-8")
        assert written == text, f"{path}: run `linkindex forms`, and commit what it writes"
