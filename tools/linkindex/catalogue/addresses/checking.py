"""Addresses: which are allowed, and when two of them are the same."""

from __future__ import annotations

import functools
import ipaddress
import re
import socket
import unicodedata
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

import idna

from linkindex.catalogue.addresses import around, personal, slips, tracking, wrapped
from linkindex.catalogue.addresses.lookalikes import Lookalike, lookalike
from linkindex.catalogue.problems import INVISIBLE, UnfitError, quoted
from linkindex.catalogue.yaml.pasted import strange_sign

WEB_SCHEMES = ("http", "https")

RESERVED_DOMAINS = frozenset(
    {"example.org", "example.com", "example.net", "example", "test", "invalid", "localhost"}
)
"""Domains that can never be registered (RFC 2606, RFC 6761)."""

PRIVATE_DOMAINS = (
    *("localhost", "local", "internal", "home.arpa", "localdomain"),
    *("corp", "home", "intranet", "lan", "private"),
)
"""Domains that only mean something inside one network (RFC 6761, RFC 6762 with its appendix G,
RFC 8375 and ICANN's ``internal`` of 2024)."""

_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
"""RFC 4291: elsewhere lie other spellings of IPv4 addresses, which may be private ones."""

_LIKE_AN_IP = re.compile(r"[0-9][0-9a-fx.]*$|\[?[0-9a-f]*:")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
FORBIDDEN = re.compile(r"[\s<>\"{}|\\^`\x00-\x1f\x7f]")


LONGEST_ADDRESS = 2000
"""Characters: what every browser and server takes."""


CUT_SHORT = ("…", "...")
"""How programs end what they do not show in full."""


class AddressError(UnfitError):
    """An address that may not stand in the catalogue.

    :ivar instead: the address that is meant, if one is.
    """

    def __init__(self, what: str, remedy: str, instead: str | None = None) -> None:
        super().__init__(what, remedy)
        self.instead = instead


class Advice(NamedTuple):
    """What could be better about an address that may stand: what is odd, and what to do.

    :ivar instead: the same page without what no reader needs, or with the host that is meant.
    """

    what: str
    remedy: str
    instead: str | None = None


def check(address: str) -> None:
    """Refuse an address that opens no web page, is unsafe, or tells of the person who copied it.

    :raises AddressError: with a sentence for the editor.
    """
    fault = _fault(address)
    if fault:
        raise AddressError(*fault)


@functools.lru_cache(maxsize=32768)
def _fault(address: str) -> tuple[str, str, str | None] | None:
    """What is wrong with an address and what to do; each stands in several rules."""
    try:
        _check_page(address)
        check_tells_nobody(address)
        _refuse_long(address)
    except AddressError as error:
        return error.what, error.remedy, error.instead
    return None


def _check_page(address: str) -> None:
    shown = quoted(address)
    if len(address) > wrapped.LONGEST_ADDRESS:
        raise AddressError(
            f"{shown} has {len(address):,} characters, too many for an address",
            "copy the address from the browser again",
        )
    _refuse_signs_around(address, shown)
    sign = strange_sign(address)
    if sign:
        seen = around.without_unseen(address)
        page = None if strange_sign(seen) else _publishable(seen)
        raise AddressError(
            f"there is {sign} in the address {shown}",
            f"write `{page}`" if page else "copy the address from the browser again",
            page,
        )
    _check_scheme(address, shown)
    try:
        if FORBIDDEN.search(address) or INVISIBLE.search(address):
            raise AddressError(
                f"{shown} holds a space or a character that an address cannot hold",
                "copy the address from the browser again",
            )
        _check_web(address, shown)
    except AddressError as error:
        meant = slips.mended(address)
        page = None if meant == address or FORBIDDEN.search(meant) else _publishable(meant)
        if page is None:
            raise
        raise AddressError(error.what, f"write `{page}`", page) from None


def check_tells_nobody(address: str) -> None:
    """Refuse an address that only leads on to another, or holds what is somebody's own.

    :raises AddressError: with the address to write instead, if there is one.
    """
    host = urlsplit(address).hostname or ""
    outer = wrapped.wrapped(address)
    if outer and not outer.archive:
        inside = _publishable(outer.inside) if outer.inside else None
        raise AddressError(
            f"the address of {quoted(host)} only leads on to another, and tells {outer.by} who "
            "opens it",
            f"write `{inside}`" if inside else _open_it(outer.site),
            inside,
        )
    for holds, kind in (
        (personal.holds_password, "a user name or a password"),
        (personal.holds_email, "somebody's e-mail address"),
    ):
        if holds(address):
            instead = _publishable(address)
            raise AddressError(
                f"the address of {quoted(host)} holds {kind}",
                f"write `{instead}`" if instead else "name a page that anybody can open without it",
                instead,
            )


def advice(address: str) -> Advice | None:
    """What could be better about an address that :func:`check` allows."""
    host = urlsplit(address).hostname or ""
    meant = slips.mended(address)
    if meant != address and _publishable(meant) == meant:
        return Advice(
            f"the host {quoted(host)} looks like a slip of the hand",
            f"write `{meant}` if the page opens there",
            meant,
        )
    copy = wrapped.wrapped(address)
    if copy and copy.inside and (page := _publishable(copy.inside)):
        return Advice(
            f"this is the copy of a page as {copy.by} once kept it",
            f"write `{page}` if the page is still there",
        )
    cleaned = tracking.clean(address)
    if cleaned.removed:
        needless = " and ".join(map(quoted, cleaned.removed[:3]))
        return Advice(
            f"the address of {quoted(host)} carries {needless}, which no reader needs",
            f"write `{cleaned.address}`",
            cleaned.address,
        )
    inside = wrapped.holds_another(address)
    deeper = wrapped.wrapped(inside) if inside else None
    inside = deeper.inside if deeper and not deeper.archive else inside
    if inside and (page := _publishable(inside)):
        return Advice(
            f"the address of {quoted(host)} holds another one",
            f"write `{page}` if it only leads there",
        )
    if wrapped.looks_short(address):
        return Advice(
            f"the address of {quoted(host)} looks as if it only led on to another",
            "open it, and copy the address that the browser shows for the page",
        )
    seeming = lookalike(host, ascii_host(host))
    if seeming:
        return Advice(*_deceptive(host, seeming))
    if address.endswith(CUT_SHORT):
        return Advice(
            f"the address of {quoted(host)} ends with dots, as where a program has cut one short",
            "copy the address of the page from the browser again",
        )
    page = around.without_ends(address)
    if page != address:
        return Advice(
            f"the address of {quoted(host)} ends with {quoted(address[len(page) :])}, which may "
            "belong to the sentence around it",
            f"write `{page}` if the page opens there",
        )
    return None


def _publishable(address: str) -> str | None:
    """What to write instead of an address: the same without what may not stand, if that is one."""
    escaped = FORBIDDEN.sub(lambda sign: quote(sign[0]), around.without_tail(address))
    try:
        page = tracking.clean(personal.without_personal(escaped)).address
        _check_web(page, page)
    except (AddressError, ValueError):
        return None
    outer = wrapped.wrapped(page)
    leads_on = outer is not None and not outer.archive
    if leads_on or personal.holds_email(page) or personal.holds_password(page):
        return None
    return None if INVISIBLE.search(page) or strange_sign(page) else page


def _open_it(site: str | None) -> str:
    there = f" (of {quoted(site)})" if site else ""
    return f"open it, and copy the address that the browser shows for the page{there}"


def _refuse_signs_around(address: str, shown: str) -> None:
    """Refuse what a text has put around an address, with the address that is meant in the end."""
    alone = around.bare(address)
    if alone == address:
        return
    fault = _fault(alone)
    page = fault[2] if fault else alone
    if fault and page is None:
        raise AddressError(*fault)
    raise AddressError(f"{shown} is more than an address", f"write `{page}` alone", page)


def _check_scheme(address: str, shown: str) -> None:
    scheme, colon, rest = address.partition(":")
    if scheme.lower() in WEB_SCHEMES and colon:
        if not rest.startswith("//") or rest.startswith(("///", "//http:", "//https:", "//http//")):
            raise _names_no_website(address, shown)
        return
    if colon and slips.is_slipped_scheme(scheme):
        raise _names_no_website(address, shown)
    if re.match(r"file:|\\\\|[a-z]:[\\/]", address, re.IGNORECASE):
        raise AddressError(
            f"{shown} is a file on one computer or in one network",
            "put it where everybody can open it, and write the address that it has there",
        )
    inside = around.inside(address)
    page = _publishable(_unescaped_whole(inside)) if inside else None
    if page and re.match(r"[a-z][\w+-]*:[^\s]", address, re.IGNORECASE):
        raise AddressError(
            f"{shown} is an address of one browser or program", f"write `{page}`", page
        )
    if page:
        raise AddressError(f"{shown} is more than an address", f"write `{page}` alone", page)
    if not colon or not re.fullmatch(r"(?!w+$)[a-z][\w+-]*", scheme, re.IGNORECASE):
        whole = _publishable(slips.mended(address))
        raise AddressError(
            f"{shown} has no scheme",
            f"write `{whole}`" if whole else "write the whole address, beginning with `https://`",
            whole,
        )
    raise AddressError(
        f"an address that begins with {quoted(scheme.lower() + ':')} is not allowed here",
        "write the address of a web page, beginning with `https://`",
    )


def _unescaped_whole(address: str) -> str:
    """An address that was escaped as a whole, as it was before."""
    return unquote(address) if "%3A" in address.upper().partition("/")[0] else address


def _names_no_website(address: str, shown: str) -> AddressError:
    page = slips.mended(address)
    whole = _publishable(page) if "." in page.split("/")[2] else None
    return AddressError(
        f"{shown} names no website",
        f"write `{whole}`" if whole else "begin it with `https://` and a host",
        whole,
    )


def _refuse_long(address: str) -> None:
    """Refuse what some browsers and servers do not open."""
    if len(address) > LONGEST_ADDRESS:
        raise AddressError(
            f"this address has {len(address):,} characters, over {LONGEST_ADDRESS:,} "
            f"({quoted(address, 30)})",
            "copy the address of the page from the browser again",
        )


def _check_web(address: str, shown: str) -> None:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        raise AddressError(
            f"{shown} is not a web address", "copy the address from the browser again"
        ) from None
    if not host:
        raise _names_no_website(address, shown)
    if parts.username is not None or parts.password is not None:
        raise _with_password(host)
    _check_public(host)
    _check_honest(host)


def _check_honest(host: str) -> None:
    seeming = lookalike(host, ascii_host(host))
    if seeming and seeming.certain:
        raise AddressError(*_deceptive(host, seeming))


def _deceptive(host: str, seeming: Lookalike) -> tuple[str, str]:
    other = "" if seeming.ascii in (seeming.seems, host) else f", which is {quoted(seeming.ascii)},"
    return (
        f"the host {quoted(host)}{other} is written with letters that look like others: "
        f"{seeming.letters}",
        f"type it by hand if {quoted(seeming.seems)} is meant",
    )


def _check_public(host: str) -> None:
    if is_private(host):
        raise AddressError(
            f"{quoted(host)} is a private host that readers cannot reach",
            "use the address of the public website",
        )


@functools.lru_cache(maxsize=4096)
def ascii_host(host: str) -> str:
    """The host in lower case as DNS knows it (IDNA 2008).

    :raises AddressError: when no such host can exist.
    """
    try:
        if ":" in host or _as_ip(host):
            return host.lower()
        name = host.rstrip(".").lower()
        if not name.isascii():
            return idna.encode(name, uts46=True).decode()
        if not all(_LABEL.fullmatch(label) for label in name.split(".")):
            raise ValueError
        return name
    except (ValueError, UnicodeError):
        raise AddressError(
            f"{quoted(host)} is not the name of a website",
            "copy the address from the browser again",
        ) from None


def is_private(host: str) -> bool:
    """Whether a host is only reachable from inside a network, in any spelling of an IP address."""
    # Browsers fold look-alikes of letters, digits and dots in the same way (UTS 46).
    name = unicodedata.normalize("NFKC", unquote(host)).replace("。", ".").rstrip(".").lower()
    address = _as_ip(name)
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address not in _GLOBAL_UNICAST:
            return True
        address = inner or address
    if address is not None:
        return not address.is_global or address.is_multicast
    return "." not in name or name.endswith(tuple(f".{domain}" for domain in PRIVATE_DOMAINS))


def _as_ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    if not _LIKE_AN_IP.match(host):
        return None
    try:
        return ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        pass
    # Browsers also accept 127.1, 0x7f.1 and 2130706433; inet_aton reads the same old forms.
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except OSError:
        return None


@functools.lru_cache(maxsize=32768)
def same_page_key(address: str) -> str:
    """A key that is equal for two addresses which lead to the same page.

    Ignores the scheme of the web, ``www.``, the case of the host, a trailing slash, default
    ports, what no page needs (``tracking.yaml``) and the order of parameters. Fragments count: they
    are often the part that matters.
    """
    parts = urlsplit(tracking.clean(address).address)
    host = ascii_host(parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    path = "/".join(
        quote(unquote(segment), safe=":@!$&'()*+,;=~") for segment in parts.path.split("/")
    ).rstrip("/")
    kept = sorted(parse_qsl(parts.query, keep_blank_values=True))
    query = f"?{urlencode(kept)}" if kept else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"{host}{port}{path}{query}{fragment}"


@functools.lru_cache(maxsize=32768)
def domain_shown(address: str) -> str:
    """The host as a reader should see it before following a link, without ``www.``."""
    host = urlsplit(address).hostname or ""
    return host.removeprefix("www.")


def check_site(address: str) -> str:
    """The address of the index itself, ending in one slash.

    :raises AddressError: with a sentence for the editor.
    """
    shown = quoted(address)
    alone = around.bare(address)
    if alone != address:
        raise AddressError(
            f"{shown} is more than an address", f"write {quoted(alone, _WHOLE)} alone", alone
        )
    parts = _site_parts(address, shown)
    host = parts.hostname or ""
    if parts.username is not None:
        raise _with_password(host)
    if "?" in address or "#" in address:
        raise AddressError(
            f"{shown} holds more than a host and a folder",
            f"write {quoted(address.partition('?')[0].partition('#')[0], _WHOLE)}",
        )
    written = address.partition(":")[0] + parts.netloc
    if written != written.lower():
        raise AddressError(
            f"{shown} has capitals, which some phones do not open from a code",
            f"write {quoted(f'{parts.scheme}://{parts.netloc.lower()}{parts.path}', _WHOLE)}",
        )
    if not re.fullmatch(r"(/[a-z0-9_-][a-z0-9._-]*)*/?", parts.path):
        raise AddressError(
            f"the folder {quoted(parts.path)} has characters that are hard to type from a card",
            "use lower-case letters, digits and hyphens, with one `/` between the words",
        )
    if parts.path.rstrip("/").endswith((".html", ".htm", ".php")):
        raise AddressError(
            f"{shown} is the address of a page", "name the folder that holds the page"
        )
    if not is_reserved(host):
        _check_public(host)
    _check_honest(host)
    return address if address.endswith("/") else f"{address}/"


_WHOLE = 200
"""Characters of an address that is written out to be copied."""

_BARE_SITE = re.compile(
    r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/[a-z0-9._-]+)*/?", re.IGNORECASE
)
"""An address without its scheme, as people say it."""


def _site_parts(address: str, shown: str) -> SplitResult:
    whole = quoted(f"https://{address.lower()}", _WHOLE)
    remedy = f"write {whole if _BARE_SITE.fullmatch(address) else '`https://example.org/`'}"
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        raise AddressError(f"{shown} is not a web address", remedy) from None
    if parts.scheme not in WEB_SCHEMES or not parts.hostname or FORBIDDEN.search(address):
        raise AddressError(f"{shown} is not a web address", remedy)
    return parts


def _with_password(host: str) -> AddressError:
    return AddressError(
        f"the address of {quoted(host)} holds a user name or a password",
        "remove everything between `//` and `@`",
    )


def is_reserved(host: str) -> bool:
    """Whether a host is under a domain reserved for examples, so that no code may be printed."""
    return f".{host.lower()}".endswith(tuple(f".{domain}" for domain in RESERVED_DOMAINS))
