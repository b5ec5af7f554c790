"""Codes: the short, permanent words in printed addresses."""

from __future__ import annotations

import functools
import hashlib
import re

CODE_ALPHABET = "346789bcdfghjkmnpqrtvwxy"
"""24 letters and digits: no vowels, so that no word can appear by chance, and none of the
look-alikes 0/o, 1/l/i, 2/z, 5/s."""

RESOURCE_CODE_LENGTH = 6

PAGE_NAMES = frozenset(
    {
        *("404", "about", "all", "assets", "cards", "data", "feeds", "health", "index", "offline"),
        *("glossary", "privacy", "q", "r", "safety", "search", "site", "sitemap", "urgent"),
        *("llms", "manifest"),
        # Anchors of pages whose heading has the category's code as its id.
        *("content", "home", "links", "main", "related"),
        # Names that Windows keeps for devices.
        *("aux", "con", "nul", "prn"),
        *(f"{device}{number}" for device in ("com", "lpt") for number in range(1, 10)),
    }
)
"""Codes that a category must leave free: they are other addresses, anchors or file names."""

KEPT_NAMES = frozenset(
    {"add", "families", "handbook", "l", "list", "workers", "young-people"},
)
"""Addresses that the site will need. A category may keep one only if it was published with it."""

_CATEGORY_CODE = re.compile(r"[a-z0-9]{2,8}")
_RESOURCE_CODE = re.compile(f"[{CODE_ALPHABET}]{{{RESOURCE_CODE_LENGTH}}}")


def fits_category_code(text: str) -> bool:
    """Whether the text can be a category's code: 2 to 8 of ``a-z0-9``."""
    return _CATEGORY_CODE.fullmatch(text) is not None


def fits_resource_code(text: str) -> bool:
    """Whether the text can be a resource's code: 6 characters of :data:`CODE_ALPHABET`."""
    return _RESOURCE_CODE.fullmatch(text) is not None


@functools.cache
def resource_code(resource_id: str, attempt: int = 0) -> str:
    """Hash an id to a code of six characters that gives nothing away about it.

    24 to the power of 6 is 191 million, so two of 20,000 ids clash about once in a catalogue;
    ``attempt`` gives the next code to suggest when one is taken.
    """
    seed = resource_id if attempt == 0 else f"{resource_id}#{attempt}"
    number = int.from_bytes(hashlib.blake2b(seed.encode(), digest_size=8).digest(), "big")
    characters = []
    for _ in range(RESOURCE_CODE_LENGTH):
        number, place = divmod(number, len(CODE_ALPHABET))
        characters.append(CODE_ALPHABET[place])
    return "".join(characters)
