"""Who owns the host of an address, and which addresses are front pages. Pure."""

from __future__ import annotations

import functools
import re
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

_HOME = re.compile(
    r"/?(([a-z]{2}(-[a-z]{2})?)/?)?((home|index|default|welcome)(\.\w{2,5})?/?)?", re.IGNORECASE
)


_PUBLIC_BODIES = (
    *(".gov.uk", ".nhs.uk", ".ac.uk", ".police.uk", ".sch.uk", ".mod.uk", ".parliament.uk"),
    *(".gov.scot", ".gov.wales", ".llyw.cymru", ".nhs.scot", ".nhs.wales", ".gov.ie", ".hscni.net"),
)
"""Suffixes under which only public bodies have names, so that a lapsed one is not sold on."""


def is_of_a_public_body(address: str) -> bool:
    """Whether a host is that of a council, of the NHS, of a university and the like."""
    return f".{urlsplit(address).hostname or ''}".endswith(_PUBLIC_BODIES)


def is_home(path: str) -> bool:
    """Whether a path is that of a site's front page: ``/``, ``/en/home``, ``/index.html``."""
    return _HOME.fullmatch(path) is not None


def names_a_page(query: str) -> bool:
    """Whether a front page shows something else for a query: ``?p=12``, but not ``?ref=old``."""
    return any(
        re.match(
            r"(p|q|s|id|\w*_?id|page|cat|article|post|search|query|term|topic|tab|view)=.", part
        )
        for part in query.lower().split("&")
    )


def registrable(address: str) -> str:
    """The part of a host that somebody owns: ``https://www.a.co.uk/x`` gives ``a.co.uk``."""
    return _owned((urlsplit(address).hostname or "").rstrip("."))


@functools.lru_cache(maxsize=8192)
def _owned(host: str) -> str:
    return _suffixes().privatesuffix(host) or host


@functools.cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
