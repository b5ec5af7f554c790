"""Reading pages: several at a time, one after the other on each host.

A site gets a GET and never a HEAD, which many answer wrongly; what is read of a page ends at
:data:`MOST_BYTES`, and of a file that is no page (such as a PDF) only its beginning is read. A site
that asks to be left alone is (``Retry-After``), and one that cannot be reached is tried once for
all that is asked of it at that time.
"""

from __future__ import annotations

import asyncio
import importlib.util
import os
import random
import ssl
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import replace
from types import TracebackType
from urllib.parse import urljoin

import certifi
import httpx

from linkindex.links.asking.answers import (
    LONGEST_WAIT,
    Answer,
    Content,
    Failure,
    Host,
    HostAnswer,
    host_of,
    rest_asked,
)
from linkindex.links.asking.background import PATIENCE, Background
from linkindex.links.asking.content import content_of, is_never_read, text_of
from linkindex.links.model import Hop
from linkindex.links.pages.html import PageText, read_text

MOST_BYTES = 256 * 1024
"""Bytes of a page that are read, unpacked: its beginning says what it is."""

_BYTES_OF_A_FILE = 1024
MOST_HOPS = 10
_AT_ONCE = 40

REST = (0.1, 0.6)
"""Seconds between two requests to one host, at random in this range: as linkchecker does."""

_REDIRECTS = (301, 302, 303, 307, 308)
_CA_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")


class Reader:
    """Reads addresses in the background while it is entered.

    :param proxy: the address of the :class:`~linkindex.links.asking.guard.Guard`.
    :param user_agent: who asks.
    :param timeout: seconds of silence after which a site is given up; a whole page may take twice
        as long.
    :param on_answer: called with each answer, one at a time, from the thread of the reader.
    :param now: the clock of :meth:`wait`.
    :param read_page: makes what a page says of its HTML.
    :param answer_of: what became of the last connection to a host, as the guard knows it.
    :param patience: seconds that what still runs may take to end when the reader is left.
    """

    def __init__(
        self,
        proxy: str,
        user_agent: str,
        timeout: float,
        on_answer: Callable[[Answer], None],
        *,
        now: Callable[[], float] = time.monotonic,
        read_page: Callable[[str], PageText] = read_text,
        answer_of: Callable[[Host], HostAnswer] = lambda _host: HostAnswer.ANSWERS,
        patience: float = PATIENCE,
    ) -> None:
        self._now = now
        self._read_page = read_page
        self._answer_of = answer_of
        self._proxy = proxy
        self._timeout = timeout
        self._on_answer = on_answer
        self._headers = {
            "User-Agent": user_agent,
            "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
            "Accept-Encoding": "gzip",
            "Accept-Language": "en-GB,en;q=0.9",
        }
        self._tls = certificates()
        _say_at_once_that_sniffio_is_missing()
        self._background = Background("reader", patience)
        self._hosts: dict[str, asyncio.Lock] = {}
        self._answered: dict[str, float] = {}
        self._unreached: dict[Host, tuple[float, Answer]] = {}
        self._at_once = asyncio.Semaphore(_AT_ONCE)
        self._idle = threading.Condition()
        self._left = 0
        self._failure: BaseException | None = None

    def __enter__(self) -> Reader:
        self._background.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._background.__exit__(kind, error, trace)

    def submit(self, addresses: Iterable[str], after: float = 0.0) -> None:
        """Read these, too.

        :param after: seconds to wait before they are in line.
        """
        for address in addresses:
            with self._idle:
                self._left += 1
            self._background.begin(self._take_turn(address, after)).add_done_callback(self._done)

    def wait(self, until: float, is_enough: Callable[[], bool] = lambda: False) -> None:
        """Wait until everything is read, the moment of its clock has come, or it is enough."""
        with self._idle:
            while self._left and self._failure is None and not is_enough():
                left = until - self._now()
                if left <= 0:
                    break
                self._idle.wait(min(left, 1.0))
        if self._failure is not None:
            raise self._failure

    def _done(self, turn: Future[None]) -> None:
        with self._idle:
            self._left -= 1
            if not turn.cancelled() and turn.exception() is not None:
                self._failure = turn.exception()
            self._idle.notify_all()

    async def _take_turn(self, address: str, after: float) -> None:
        await asyncio.sleep(after)
        host = host_of(address)
        async with self._hosts.setdefault(host.name, asyncio.Lock()):
            answer = self._known_of(host, address)
            if answer is not None:
                self._tell(answer)
                return
            async with self._at_once:
                answer = await self._read(address)
            self._tell(answer)
            if self._answer_of(answer.host) is HostAnswer.ANSWERS:
                wished = min(rest_asked(answer), LONGEST_WAIT)
                await asyncio.sleep(max(wished, random.uniform(*REST)))  # noqa: S311 - no secret
            elif not answer.hops:
                self._unreached[host] = (self._answered[address], answer)

    def _tell(self, answer: Answer) -> None:
        self._answered[answer.address] = time.monotonic()
        self._on_answer(answer)

    def _known_of(self, host: Host, address: str) -> Answer | None:
        """What is known of an address without asking its host.

        That is so where the host wants to be left alone, or could not be reached for another of its
        addresses since this one was last asked for.
        """
        if self._answer_of(host) is HostAnswer.LEFT_ALONE:
            return _Way(address).failed(Failure.LEFT_ALONE)
        tried, answer = self._unreached.get(host, (0.0, None))
        if answer is None or tried <= self._answered.get(address, 0.0):
            return None
        return replace(answer, address=address, final_address=address)

    async def _read(self, address: str) -> Answer:
        """One address, with a jar for its cookies that no other sees."""
        way = _Way(address)
        try:
            async with (
                asyncio.timeout(2 * self._timeout),
                httpx.AsyncClient(
                    headers=self._headers,
                    proxy=self._proxy,
                    verify=self._tls,
                    timeout=self._timeout,
                    trust_env=False,
                    limits=httpx.Limits(max_keepalive_connections=0),
                ) as client,
            ):
                return await self._follow(client, way)
        except (TimeoutError, httpx.TimeoutException):
            return way.failed(Failure.SLOW)
        except (httpx.UnsupportedProtocol, httpx.InvalidURL):
            return way.failed(Failure.NOT_WEB)
        except (httpx.ConnectError, ssl.SSLError) as error:
            is_tls = "SSL" in str(error) or "certificate" in str(error)
            return way.failed(Failure.CERTIFICATE if is_tls else Failure.HUNG_UP, str(error))
        except httpx.RemoteProtocolError as error:
            hung_up = "disconnected" in str(error) or "closed" in str(error)
            return way.failed(Failure.HUNG_UP if hung_up else Failure.GARBLED, str(error))
        except (httpx.HTTPError, OSError, ValueError, zlib.error) as error:
            return way.failed(Failure.HUNG_UP, str(error))
        except (httpx.StreamError, httpx.CookieConflict, EOFError) as error:
            return way.failed(Failure.GARBLED, str(error))
        except Exception as error:
            # No site can cause it: whoever judges the answer fails with it.
            return replace(way.failed(Failure.GARBLED, str(error)), error=error)

    async def _follow(self, client: httpx.AsyncClient, way: _Way) -> Answer:
        address = way.address
        while True:
            async with client.stream("GET", address) as response:
                location = response.headers.get("location", "")
                if response.status_code in _REDIRECTS and location:
                    address = way.hop(urljoin(address, location), response.status_code)
                else:
                    answer = await self._arrived(response, way)
                    refresh = answer.page.refresh if answer.page else ""
                    following = _joined(address, refresh)
                    # A page that asks to be shown again is there.
                    if (
                        not following
                        or way.has_been_at(following)
                        or not _only_leads_on(answer.page)
                    ):
                        return answer
                    address = way.hop(following, 0)
            if len(way.hops) > MOST_HOPS:
                return way.failed(Failure.CIRCLE)

    async def _arrived(self, response: httpx.Response, way: _Way) -> Answer:
        headers = response.headers
        content, page = Content.FILE, None
        if response.is_success:
            content, page = await self._content(response)
        challenged = "cf-mitigated" in headers or "x-amzn-waf-action" in headers
        return Answer(
            way.address,
            way.at,
            response.status_code,
            tuple(way.hops),
            retry_after=headers.get("retry-after", ""),
            content=content,
            page=page,
            challenged=challenged,
        )

    async def _content(self, response: httpx.Response) -> tuple[Content, PageText | None]:
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        most = _BYTES_OF_A_FILE if is_never_read(kind) else MOST_BYTES
        body, error = await _beginning(response, most)
        if not body.strip() and error is not None:
            late = isinstance(error, (TimeoutError, httpx.TimeoutException))
            return (Content.LATE if late else Content.GARBAGE), None
        charset = response.charset_encoding

        def read() -> tuple[Content, PageText | None]:
            content = content_of(body, kind, charset)
            is_page = content is Content.PAGE
            return content, self._read_page(text_of(body, kind, charset)) if is_page else None

        return await asyncio.to_thread(read)


class _Way:
    """How far the reading of one address has got."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.at = address
        self.hops: list[Hop] = []

    def hop(self, address: str, status: int) -> str:
        plain = address.partition("#")[0]
        self.hops.append(Hop(plain, status))
        self.at = plain
        return plain

    def has_been_at(self, address: str) -> bool:
        plain = address.partition("#")[0]
        return plain in (self.address, *(hop.address for hop in self.hops))

    def failed(self, failure: Failure, detail: str = "") -> Answer:
        return Answer(
            self.address, self.at, None, tuple(self.hops), failure=failure, detail=detail[:500]
        )


def _joined(address: str, refresh: str) -> str:
    """Where a page leads on, or nothing where that is no page of the web."""
    try:
        following = urljoin(address, refresh) if refresh else ""
    except ValueError:
        return ""
    return following if following.startswith(("http://", "https://")) else ""


def _only_leads_on(page: PageText | None) -> bool:
    """Whether a page says little besides where it leads."""
    return page is not None and len(page.text.split()) < 50


async def _beginning(response: httpx.Response, most: int) -> tuple[bytes, Exception | None]:
    """The first bytes of a body, unpacked as it comes and never further, and what cut it short.

    A site that ends early, or drips, has said what it has said by then.
    """
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip", "deflate"):
        return b"", httpx.DecodingError(f"packed as {encoding}")
    unpack = None if encoding in ("identity", "") else zlib.decompressobj(47)
    body = bytearray()
    try:
        async with asyncio.timeout(response.request.extensions["timeout"]["read"]):
            async for chunk in response.aiter_raw():
                room = most - len(body)
                body += unpack.decompress(chunk, room) if unpack else chunk[:room]
                if len(body) >= most:
                    break
    except (
        TimeoutError, httpx.TimeoutException, httpx.RemoteProtocolError, httpx.ReadError, zlib.error
    ) as error:  # fmt: skip
        return bytes(body), error
    return bytes(body), None


def _say_at_once_that_sniffio_is_missing() -> None:
    """httpcore 1.0 tries to import it nine times a request, and Python looks for it each time.

    That took a quarter of the time of a check. A module that is ``None`` is known to be missing.
    """
    if "sniffio" not in sys.modules and importlib.util.find_spec("sniffio") is None:
        sys.modules["sniffio"] = None  # type: ignore[assignment]


def certificates() -> ssl.SSLContext:
    """The certificates that the environment names, as linkchecker is told, else certifi's."""
    named = next((os.environ[name] for name in _CA_VARIABLES if os.environ.get(name)), None)
    return ssl.create_default_context(cafile=named or certifi.where())
