"""Numbers and e-mail addresses where the address of a page should stand."""

from __future__ import annotations

import re

from linkindex.catalogue import telephone
from linkindex.catalogue.addresses import around
from linkindex.catalogue.addresses.checking import AddressError
from linkindex.catalogue.problems import quoted

EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")

_BY_PHONE = ("tel", "callto", "facetime", "facetime-audio", "signal", "viber", "whatsapp")
_BY_TEXT = ("sms", "smsto", "mms", "mmsto", "imessage")
_NUMBER_ALONE = re.compile(
    r"(?:tel|phone|call|text)?[:. ]*\+?[0-9(][0-9 ()./-]{1,24}", re.IGNORECASE
)
_NUMBER = re.compile(r"\+?[0-9][0-9 ()./-]*")


def contact_instead(address: str) -> AddressError | None:
    """Why a number or an e-mail address is not what a link opens, and where it is written."""
    bare = " ".join(around.bare(address).split())
    scheme, _, rest = bare.partition(":")
    scheme = scheme.lower()
    if scheme in (*_BY_PHONE, *_BY_TEXT):
        return _number_instead(address, rest, "text" if scheme in _BY_TEXT else "phone")
    if _NUMBER_ALONE.fullmatch(bare):
        return _number_instead(address, bare, "phone")
    if scheme == "mailto" or EMAIL.fullmatch(bare):
        return AddressError(
            f"{quoted(address)} is an e-mail address and opens no web page",
            f"write `email: {_email_in(rest if scheme == 'mailto' else bare)}` in place of this "
            "line, or above it the address of the page on which they say how to contact them",
        )
    return None


def _number_instead(address: str, written: str, key: str) -> AddressError:
    digits = _NUMBER.search(written)
    is_clear = digits is not None and not telephone.is_garbled(written)
    number = telephone.proposed(digits[0]) if digits and is_clear else None
    return AddressError(
        f"{quoted(address)} opens no web page",
        f"write `{key}: {number or '0800 1111'}` in place of this line, or above it the address of "
        "the page on which they say how to contact them",
    )


def _email_in(written: str) -> str:
    found = EMAIL.search(written)
    return found[0] if found else "name@example.org"
