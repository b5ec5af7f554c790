"""Addresses: which are allowed, what is better about another, and when two are the same."""

from linkindex.catalogue.addresses.checking import (
    PRIVATE_DOMAINS,
    RESERVED_DOMAINS,
    WEB_SCHEMES,
    AddressError,
    Advice,
    advice,
    ascii_host,
    check,
    check_site,
    check_tells_nobody,
    domain_shown,
    is_private,
    is_reserved,
    same_page_key,
)

__all__ = [
    "PRIVATE_DOMAINS",
    "RESERVED_DOMAINS",
    "WEB_SCHEMES",
    "AddressError",
    "Advice",
    "advice",
    "ascii_host",
    "check",
    "check_site",
    "check_tells_nobody",
    "domain_shown",
    "is_private",
    "is_reserved",
    "same_page_key",
]
