"""Addresses that only lead on to another, and the address inside (``wrappers.yaml``)."""

from __future__ import annotations

import base64
import binascii
import dataclasses
import functools
import re
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urljoin, urlsplit

from linkindex.catalogue.addresses import around
from linkindex.tables import table_of

DEEPEST = 10
"""Wrappers around one another that are opened: a message that was passed on and on has several."""

LONGEST_ADDRESS = 8000
"""Characters of an address: RFC 9110 asks programs to take so many, and more is no address."""

LONGEST = 1000
"""Characters of an address inside that is still named."""

_WEB = re.compile(r"https?://[^/]", re.IGNORECASE)
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::[0-9]+)?(?:[/?#].*)?", re.DOTALL)


@dataclass(frozen=True)
class Wrapped:
    """An address that leads on.

    :ivar by: what the service is called.
    :ivar inside: where it leads, if that can be read out of it.
    :ivar site: the host to which it leads at least, if that much can be read.
    :ivar archive: whether it is a copy of a page that may itself be gone.
    """

    by: str
    inside: str | None
    site: str | None = None
    archive: bool = False


@dataclass(frozen=True)
class _Wrapper:
    name: str
    source: str
    hosts: frozenset[str] = frozenset()
    path: str = ""
    parameters: tuple[str, ...] = ()
    base64: tuple[str, ...] = ()
    skip: str = ""
    pattern: str = ""
    reader: str = ""
    site: str = ""
    archive: bool = False


@functools.cache
def pattern_of_host(host: str) -> re.Pattern[str]:
    """Finds a host and every host below it; ``*`` stands for letters, digits, dots, hyphens."""
    return re.compile(r"(?:.+\.)?" + re.escape(host).replace(r"\*", "[a-z0-9.-]+"))


@functools.lru_cache(maxsize=4096)
def wrapped(address: str) -> Wrapped | None:
    """What an address is wrapped in, if it is, and the innermost address."""
    outer = inner = _opened(address)
    for _ in range(DEEPEST):
        deeper = _opened(inner.inside) if inner and inner.inside else None
        if deeper is None or deeper.archive:
            break
        inner = deeper
    return outer and inner and dataclasses.replace(outer, inside=inner.inside, site=inner.site)


def holds_another(address: str) -> str | None:
    """The address of another site inside one that is not known to lead on."""
    parts = urlsplit(address)
    values = [unquote(parts.query), *(value for _, value in parse_qsl(parts.query))]
    later = re.search(r"https?:/{1,2}[^/].*", unquote(parts.path), re.IGNORECASE)
    for value in (*values, *([later[0]] if later else [])):
        inside = _as_address(value)
        if inside and _WEB.match(value) and urlsplit(inside).hostname != parts.hostname:
            return inside
    return None


SHORT_HOST = 8
"""Characters of a host that is bought to be short; with them a dot and the end of its name."""

CHOSEN_BY_CHANCE = re.compile(r"/(?=[^/]*[A-Z])(?=[^/]*[a-z])(?=[^/]*[0-9])[A-Za-z0-9_-]{5,12}/?")
"""What stands in short addresses: letters of both sizes and digits, in the order of no word."""

KEEPS_ITS_OWN = frozenset({"youtu.be", "x.com", "t.me", "wa.me", "vk.com"})
"""Short hosts whose addresses lead to nothing but their own pages."""


def looks_short(address: str) -> bool:
    """Whether an address that is not known to lead on looks as if it did."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    return (
        len(host) <= SHORT_HOST
        and host not in KEEPS_ITS_OWN
        and CHOSEN_BY_CHANCE.fullmatch(parts.path) is not None
    )


def _opened(address: str) -> Wrapped | None:
    if len(address) > LONGEST_ADDRESS:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    host = (parts.hostname or "").rstrip(".")
    fitting = (
        wrapper for wrapper in _at(host) if re.match(wrapper.path, parts.path, re.IGNORECASE)
    )
    wrapper = next(fitting, None)
    if wrapper is None:
        return None
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    parameters = {name.lower(): value for name, value in reversed(pairs)}
    texts = _texts(wrapper, address, parts, parameters)
    inside = next(filter(None, map(_as_address, texts)), None)
    site = parameters.get(wrapper.site, "")
    return Wrapped(
        wrapper.name, inside, site if _HOST.fullmatch(site) else None, archive=wrapper.archive
    )


def _texts(
    wrapper: _Wrapper, address: str, parts: SplitResult, parameters: dict[str, str]
) -> Iterator[str]:
    """What may be the address inside, likeliest first."""
    for name in wrapper.parameters:
        if parameters.get(name, "").startswith("/"):
            yield urljoin(address, parameters[name])
        yield parameters.get(name, "")
    for name in wrapper.base64:
        yield _from_base64(parameters.get(name, "").removeprefix(wrapper.skip))
    behind = address.partition(parts.netloc)[2]
    if wrapper.pattern:
        match = re.match(wrapper.pattern, behind, re.IGNORECASE | re.DOTALL)
        yield match["address"] if match else ""
    if wrapper.reader:
        yield _READERS[wrapper.reader](parts)


def _as_address(text: str) -> str | None:
    """The address that a text is, once what is escaped in it is as it was."""
    text = around.bare(text.strip())
    for _ in range(3):
        if _WEB.match(text):
            break
        text = around.bare(unquote(text))
    text = re.sub(r"^(https?):/+(?=[^/])", r"\1://", text, flags=re.IGNORECASE)
    if not _WEB.match(text) and _HOST.fullmatch(text):
        text = f"https://{text}"
    return text if _WEB.match(text) and len(text) <= LONGEST else None


def _from_base64(text: str) -> str:
    try:
        raw = base64.urlsafe_b64decode(
            text.replace(" ", "+").replace("+", "-").replace("/", "_") + "=="
        )
        return raw.decode("utf-8")
    except (binascii.Error, ValueError):
        return ""


def _proofpoint_2(parts: SplitResult) -> str:
    """``-3A`` stands for an escaped sign and ``_`` for a slash (Proofpoint's URL decoder)."""
    written = dict(parse_qsl(parts.query)).get("u", "")
    return unquote(re.sub(r"-([0-9A-Fa-f]{2})", r"%\1", written.replace("_", "/")))


_RUNS = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"
"""How many signs ``**`` and a letter stand for: two for ``A``, three for ``B`` and so on."""


def _proofpoint_3(parts: SplitResult) -> str:
    """``*`` stands for signs that follow the address in base64 (Proofpoint's URL decoder)."""
    whole = parts.path + (f"?{parts.query}" if parts.query else "")
    whole += f"#{parts.fragment}" if parts.fragment else ""
    match = re.match(r"/v3/__(?P<address>.+?)__;(?P<signs>[^!]*)!", whole, re.DOTALL)
    if match is None:
        return ""
    signs = iter(_from_base64(match["signs"]))

    def put_back(place: re.Match[str]) -> str:
        count = _RUNS.index(place[1]) + 2 if place[1] else 1
        return "".join(sign for _, sign in zip(range(count), signs, strict=False))

    return re.sub(r"\*(?:\*([A-Za-z0-9_-]))?", put_back, match["address"])


def _translated(parts: SplitResult) -> str:
    """A dot of the host became a hyphen, and a hyphen two."""
    name = (parts.hostname or "").removesuffix(".translate.goog")
    host = re.sub("--?", lambda hyphens: "-" if len(hyphens[0]) == 2 else ".", name)
    kept = [pair for pair in parts.query.split("&") if pair and not pair.startswith("_x_tr_")]
    return parts._replace(netloc=host, query="&".join(kept)).geturl()


_READERS: dict[str, Callable[[SplitResult], str]] = {
    "proofpoint-2": _proofpoint_2,
    "proofpoint-3": _proofpoint_3,
    "translated": _translated,
}


@functools.lru_cache(maxsize=4096)
def _at(host: str) -> tuple[_Wrapper, ...]:
    """The wrappers that may stand at a host, in the order of the table."""
    labels = host.split(".")
    names = {".".join(labels[place:]) for place in range(len(labels))}
    return tuple(
        wrapper
        for wrapper in _wrappers()
        if not wrapper.hosts
        or not names.isdisjoint(wrapper.hosts)
        or any("*" in name and pattern_of_host(name).fullmatch(host) for name in wrapper.hosts)
    )


@functools.cache
def written_wrappers() -> tuple[dict[str, Any], ...]:
    """The services as ``wrappers.yaml`` has them."""
    file = resources.files("linkindex.catalogue.addresses").joinpath("wrappers.yaml")
    return tuple(table_of(file.read_text("utf-8")))


@functools.cache
def _wrappers() -> tuple[_Wrapper, ...]:
    return tuple(map(_wrapper, written_wrappers()))


def _wrapper(entry: dict[str, Any]) -> _Wrapper:
    lists = {key: tuple(map(str.lower, entry.get(key, ()))) for key in ("parameters", "base64")}
    return _Wrapper(**{**entry, **lists, "hosts": frozenset(entry.get("hosts", ()))})
