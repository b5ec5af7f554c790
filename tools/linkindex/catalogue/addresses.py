"""Addresses: which are allowed, and when two of them are the same."""

from __future__ import annotations

import functools
import ipaddress
import re
import socket
import unicodedata
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

import idna

from linkindex.catalogue.pasted import CURLY, strange_sign
from linkindex.catalogue.problems import INVISIBLE, quoted

WEB_SCHEMES = ("http", "https")
ALLOWED_SCHEMES = (*WEB_SCHEMES, "tel", "mailto")

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

TRACKING_PARAMETERS = frozenset(
    {"fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "yclid", "_ga", "si"}
)

_LIKE_AN_IP = re.compile(r"[0-9][0-9a-fx.]*$|\[?[0-9a-f]*:")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_FORBIDDEN = re.compile(r"[\s<>\"{}|\\^`\x00-\x1f\x7f]")


LONGEST_ADDRESS = 2000
"""Characters: what every browser and server takes."""


class AddressError(ValueError):
    """An address that may not stand in the catalogue: what is wrong and what to do."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(f"{what}; {remedy}")


def check(address: str, schemes: tuple[str, ...] = ALLOWED_SCHEMES) -> None:
    """Refuse an address that is malformed, unsafe, or only works inside one network.

    :raises AddressError: with a sentence for the editor.
    """
    shown = quoted(address)
    if (address[:1] in CURLY and address) or (address[-1:] in CURLY and address):
        raise AddressError(
            f"{shown} has a curly quotation mark at its end or beginning",
            "remove it",
        )
    sign = strange_sign(address)
    if sign:
        raise AddressError(
            f"{sign} stands in the address {shown}", "copy the address from the browser again"
        )
    scheme, colon, rest = address.partition(":")
    scheme = scheme.lower()
    if not colon or "/" in scheme or "." in scheme:
        raise AddressError(
            f"{shown} has no scheme", "write the whole address, beginning with `https://`"
        )
    if _FORBIDDEN.search(address) or INVISIBLE.search(address):
        raise AddressError(
            f"{shown} holds a space or a character that an address cannot hold",
            "copy the address from the browser again",
        )
    if scheme not in schemes:
        raise AddressError(
            f"an address that begins with {quoted(scheme + ':')} is not allowed here",
            f"use {', '.join(schemes[:-1])} or {schemes[-1]}",
        )
    _refuse_long(address)
    if scheme in ("tel", "mailto"):
        _check_contact(scheme, rest, shown)
        return
    _check_web(address, shown)


def _refuse_long(address: str) -> None:
    """Refuse what some browsers and servers do not open."""
    if len(address) > LONGEST_ADDRESS:
        raise AddressError(
            f"this address has {len(address):,} characters, over {LONGEST_ADDRESS:,} "
            f"({quoted(address, 30)})",
            "copy the address of the page from the browser again",
        )


def _check_contact(scheme: str, rest: str, shown: str) -> None:
    if scheme == "tel" and not re.fullmatch(r"\+?[0-9-]{3,20}", rest):
        raise AddressError(f"{shown} is not a phone number", "write `tel:08001111`")
    if scheme == "mailto" and not re.fullmatch(r"[^@?]+@[^@?]+\.[^@?.]+", rest):
        raise AddressError(f"{shown} is not an e-mail address", "write `mailto:name@example.org`")


def _check_web(address: str, shown: str) -> None:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        raise AddressError(
            f"{shown} is not a web address", "copy the address from the browser again"
        ) from None
    if not address.lower().startswith(("http://", "https://")) or not host:
        raise AddressError(f"{shown} names no website", "begin it with `https://` and a host")
    if parts.username is not None or parts.password is not None:
        raise _with_password(host)
    _check_public(host)
    ascii_host(host)


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


def same_page_key(address: str) -> str:
    """A key that is equal for two addresses which lead to the same page.

    Ignores the scheme of the web, ``www.``, the case of the host, a trailing slash, default
    ports, tracking parameters and the order of parameters. Fragments count: they are often the
    part that matters.
    """
    parts = urlsplit(address)
    if parts.scheme.lower() not in ("http", "https"):
        return address.lower()
    host = ascii_host(parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    path = "/".join(
        quote(unquote(segment), safe=":@!$&'()*+,;=~") for segment in parts.path.split("/")
    ).rstrip("/")
    kept = sorted(
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if key.lower() not in TRACKING_PARAMETERS and not key.lower().startswith("utm_")
    )
    query = f"?{urlencode(kept)}" if kept else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"{host}{port}{path}{query}{fragment}"


def domain_shown(address: str) -> str:
    """The host as a reader should see it before following a link, without ``www.``."""
    host = urlsplit(address).hostname or ""
    return host.removeprefix("www.")


def check_site(address: str) -> str:
    """The address of the index itself, ending in one slash.

    :raises AddressError: with a sentence for the editor.
    """
    shown = quoted(address)
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
            f"{shown} is the address of a page", "name the folder that the page stands in"
        )
    if not is_reserved(host):
        _check_public(host)
    ascii_host(host)
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
    if parts.scheme not in WEB_SCHEMES or not parts.hostname or _FORBIDDEN.search(address):
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
