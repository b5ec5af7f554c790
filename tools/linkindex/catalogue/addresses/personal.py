"""What in an address is somebody's own: an e-mail address, a name with its password."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from urllib.parse import unquote, unquote_plus, urlsplit

EMAIL = re.compile(
    r"(?<![@\w.+%-])[\w.+%-]+@(?![0-9.]+x\.)(?:[a-z0-9-]+\.)+[a-z]{2,24}(?![\w-])", re.IGNORECASE
)
"""Not the name of an account (``/@name@example.social``) nor of a picture (``logo@2x.png``)."""

SHARED = (".calendar.google.com",)
"""Ends of e-mail addresses that belong to a thing, not to a person."""

PERSONAL_FOLDER = re.compile(r"/personal/[\w-]+(?:_[a-z0-9-]+)*_[a-z]{2,24}(?=/|$)", re.IGNORECASE)
"""OneDrive names a person's folder by the e-mail address, with ``_`` for each other sign."""

USER_AND_PASSWORD = re.compile(r"//[^/?#@:\s]+:[^/?#@\s]*@")
SECRET = re.compile(r"(?:^|[?&#;])(?:password|passwd|access_token|auth_token)=[^&#]", re.IGNORECASE)
PERHAPS_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{12,}={0,2}")


def holds_email(address: str) -> bool:
    """Whether an e-mail address stands in an address, escaped or encoded or as it is."""
    parts = urlsplit(address)
    if (parts.hostname or "").endswith("-my.sharepoint.com"):
        return PERSONAL_FOLDER.search(parts.path) is not None
    return _is_email_in(_behind_the_host(address))


def _behind_the_host(address: str) -> str:
    return urlsplit(address)._replace(scheme="", netloc="").geturl()


def holds_password(address: str) -> bool:
    """Whether somebody's name with a password, or another secret, stands in an address."""
    return _is_password_in(_behind_the_host(address))


def without_personal(address: str) -> str:
    """The address without the parameters, or the fragment, that hold something of somebody's."""
    parts = urlsplit(address)
    query = "&".join(pair for pair in parts.query.split("&") if not _is_personal(pair))
    fragment = "" if _is_personal(parts.fragment) else parts.fragment
    return parts._replace(query=query, fragment=fragment).geturl()


def _is_personal(text: str) -> bool:
    return _is_email_in(text) or _is_password_in(text)


def _is_password_in(text: str) -> bool:
    return any(USER_AND_PASSWORD.search(form) or SECRET.search(form) for form in _unescaped(text))


def _is_email_in(text: str) -> bool:
    return any(
        not match[0].lower().endswith(SHARED)
        for form in (*_unescaped(text), *_decoded(text))
        for match in EMAIL.finditer(form)
    )


def _unescaped(text: str) -> Iterator[str]:
    """The text as it is, and as it is once what is escaped in it is not."""
    yield text
    for _ in range(3):
        before, text = text, unquote(text)
        if text == before:
            return
        yield text


def _decoded(text: str) -> Iterator[str]:
    for match in PERHAPS_BASE64.finditer(unquote_plus(text)):
        try:
            raw = base64.urlsafe_b64decode(match[0].replace("+", "-").replace("/", "_") + "==")
            yield raw.decode("ascii")
        except (binascii.Error, ValueError):
            continue
