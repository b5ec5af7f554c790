"""Where shared files come from: the program itself, a folder, or an address."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import httpx

from linkindex.catalogue import CatalogueError, LinkIndexError, addresses
from linkindex.catalogue.loading import examine_file
from linkindex.catalogue.problems import UnfitError, quoted
from linkindex.catalogue.shared.share import LARGEST, Share, read_share
from linkindex.icons import icon_names
from linkindex.links.asking.addresses import UnaskableError, requested
from linkindex.links.asking.answers import REFUSED_BY_GUARD, Host, HostAnswer
from linkindex.links.asking.guard import Guard
from linkindex.links.asking.linkchecker import user_agent
from linkindex.links.asking.reader import certificates
from linkindex.places import shipped_index
from linkindex.sharing.share_file import share_text

SHIPPED = "linkindex:uk"
"""The index that ships with the program."""

PATIENCE = 60.0
"""Seconds for a whole file; 15 of them without a word are enough to give up."""
_SILENCE = 15.0
_MOST_HOPS = 5

Fetch = Callable[[str, str], bytes]
"""Fetches an address for a contact: :func:`fetched`, or what a test puts in its place."""


def shared_bytes(
    source: str, folder: Path, contact: str, *, today: datetime.date, fetch: Fetch | None = None
) -> bytes:
    """The shared file that a source names.

    :param source: ``linkindex:uk``, an address, or a path from the folder of the index.
    :raises LinkIndexError: when there is none.
    """
    if source.startswith("linkindex:"):
        if source != SHIPPED:
            raise LinkIndexError(
                f"no index called {quoted(source)} ships with LinkIndex; write {quoted(SHIPPED)}"
            )
        return shipped_share(today)
    if "://" in source:
        _refuse_address(source)
        return (fetch or fetched)(source, contact)
    path = folder / source
    try:
        if path.is_file() and path.stat().st_size > LARGEST:
            raise LinkIndexError(f"{path} has over {LARGEST:,} bytes; name a shared file")
        return path.read_bytes()
    except FileNotFoundError:
        raise LinkIndexError(
            f"there is no file {quoted(source, 200)}; name the file that `linkindex share` has "
            f"written, its address, or {quoted(SHIPPED)}"
        ) from None
    except OSError as error:
        raise LinkIndexError(
            f"{path} cannot be read ({error.strerror}); check the file and its permissions"
        ) from None


def _refuse_address(address: str) -> None:
    """Refuse an address that no shared file should be at."""
    named = quoted(address, 200)
    try:
        addresses.check(address)
    except (addresses.AddressError, ValueError) as error:
        raise LinkIndexError(f"{named} cannot be fetched: {error}") from None
    if not address.lower().startswith("https:"):
        raise LinkIndexError(
            f"{named} is not encrypted, so anybody between here and there could change what comes; "
            "use its `https:` address, or a file"
        )


def opened_share(data: bytes, file: str) -> Share:
    """A shared file as it was read.

    :raises LinkIndexError: when it is none.
    """
    try:
        return read_share(data, file)
    except UnfitError as error:
        raise LinkIndexError(str(error)) from None


def shipped_share(today: datetime.date) -> bytes:
    """The shared file of the index that ships with the program."""
    path = shipped_index()
    if not path.is_file():
        raise LinkIndexError("no index ships with this LinkIndex; name a file or an address")
    examined = examine_file(path, icons=icon_names(), today=today)
    if examined.catalogue is None or examined.tree is None:
        raise CatalogueError(examined.problems)
    return share_text(examined.catalogue, examined.tree).encode()


def fetched(address: str, contact: str, *, guard: Guard | None = None) -> bytes:
    """The file at an address. No request goes to an address inside a network.

    :param contact: who is told to the site.
    :param guard: lets tests, whose sites are on this computer, through to it.
    :raises LinkIndexError: when it cannot be fetched.
    """
    named = quoted(address, 200)
    try:
        asked = requested(address)
    except UnaskableError:
        raise LinkIndexError(
            f"{named} cannot be fetched: it is not an address of the web; begin it with `https://`"
        ) from None
    with guard or Guard() as gate:
        try:
            return _fetched(asked, named, user_agent(contact), gate)
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            reason = _unreached(gate, asked) or "the site did not answer as it should"
            raise LinkIndexError(f"{named} cannot be fetched: {reason}; {_AGAIN}") from None


_AGAIN = (
    "nothing was changed, and the index is built from what is kept; try again later, or ask those "
    "who keep that index"
)


def _fetched(asked: str, named: str, agent: str, gate: Guard) -> bytes:
    end = time.monotonic() + PATIENCE
    with httpx.Client(
        headers={"User-Agent": agent, "Accept": "*/*"},
        proxy=gate.address,
        verify=certificates(),
        timeout=_SILENCE,
        trust_env=False,
    ) as client:
        for _ in range(_MOST_HOPS):
            with client.stream("GET", asked) as response:
                if response.is_redirect:
                    asked = _next(asked, response.headers.get("location", ""), named)
                    continue
                if response.status_code == REFUSED_BY_GUARD:
                    reason = _unreached(gate, asked) or "no connection could be made"
                    raise LinkIndexError(f"{named} cannot be fetched: {reason}; {_AGAIN}")
                if not response.is_success:
                    gone = response.status_code in (404, 410)
                    reason = (
                        "there is nothing at this address any more"
                        if gone
                        else f"the site answered {response.status_code}"
                    )
                    raise LinkIndexError(f"{named} cannot be fetched: {reason}; {_AGAIN}")
                return _body(response, named, end)
    raise LinkIndexError(f"{named} cannot be fetched: it leads on and on; ask for another address")


def _next(asked: str, location: str, named: str) -> str:
    following = urljoin(asked, location)
    try:
        following = requested(following)
    except UnaskableError:
        raise LinkIndexError(
            f"{named} cannot be fetched: it leads on to what is no address of the web; {_AGAIN}"
        ) from None
    if asked.startswith("https:") and not following.startswith("https:"):
        raise LinkIndexError(
            f"{named} cannot be fetched: it leads on to an address that is not encrypted; {_AGAIN}"
        )
    return following


def _body(response: httpx.Response, named: str, end: float) -> bytes:
    body = bytearray()
    for part in response.iter_bytes():
        body += part
        if len(body) > LARGEST:
            raise LinkIndexError(f"{named} has over {LARGEST:,} bytes; name a shared file")
        if time.monotonic() > end:
            raise LinkIndexError(f"{named} takes over {PATIENCE:.0f} seconds; {_AGAIN}")
    return bytes(body)


def _unreached(gate: Guard, asked: str) -> str:
    """Why no connection was made, where the guard knows."""
    url = httpx.URL(asked)
    port = url.port or (443 if url.scheme == "https" else 80)
    return _REASONS.get(gate.answer(Host(url.host, port)), "")


_REASONS = {
    HostAnswer.MISSING: "there is no such host",
    HostAnswer.REFUSES: "the site refuses connections",
    HostAnswer.PRIVATE: "it lies inside a network",
    HostAnswer.UNRESOLVED: "its name cannot be looked up now",
    HostAnswer.SLOW: "the site does not answer in time",
    HostAnswer.PROXY: "the proxy of this network does not let it through",
}
