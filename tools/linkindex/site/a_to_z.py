"""Where a title stands in an A to Z."""

from __future__ import annotations


def sort_key(title: str) -> str:
    """The key by which titles stand in an A to Z: case, quotes and a leading article left out."""
    folded = title.casefold().lstrip("'\"“‘")
    return folded.removeprefix("the ").removeprefix("a ").removeprefix("an ")


def letter(title: str) -> str:
    """Under which letter a title stands in an A to Z; `0-9` for all that begins otherwise."""
    first = sort_key(title)[:1].upper()
    return first if first.isascii() and first.isalpha() else "0-9"
