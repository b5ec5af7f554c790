"""The pages of lists, and where they are."""

from __future__ import annotations

from linkindex.catalogue import Catalogue

OPENED = "l"
"""Below the site, what the code of a list opens; a category's code is longer."""


def list_page(catalogue: Catalogue) -> str:
    """Where a list is made, below the site: ``list/``.

    A category that was published as ``list`` keeps its address; no code has a hyphen.
    """
    taken = any(category.code == "list" for category in catalogue.categories)
    return "hand-out/" if taken else "list/"
