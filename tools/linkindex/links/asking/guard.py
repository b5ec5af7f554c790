"""A proxy on this computer through which every request of a check goes.

An entry of the catalogue must not be able to make a build machine call an address inside its
network, and neither must a redirect or a name that resolves to such an address. linkchecker can be
taught none of this, so it and the second look send their requests through here, where each
connection is made to an address that was looked up and judged a moment before: what is judged is
what is connected to, so that a name cannot change its meaning in between.

Because all connections are made here, this is also where it is known why one could not be made.
"""

from __future__ import annotations

import asyncio
import base64
import ipaddress
import os
import socket
import threading
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from contextlib import ExitStack, suppress
from types import TracebackType
from urllib.parse import unquote, urlsplit

from linkindex.catalogue import addresses
from linkindex.links.asking.answers import REFUSED_BY_GUARD, Host, HostAnswer
from linkindex.links.asking.background import Background
from linkindex.links.model import LinksError

Resolve = Callable[[str, int], Sequence[str]]
"""The IP addresses of a host; raises ``socket.gaierror``."""

_START_PATIENCE = 30.0
_CONNECT_PATIENCE = 10.0
_LOOK_UP_PATIENCE, _LOOK_UP_PATIENCE_BEHIND_A_PROXY = 8.0, 2.0

NEXT_ADDRESS_AFTER = 0.25
"""Seconds after which the next address of a host is tried beside the one before it, and the first
that answers is taken (Happy Eyeballs, RFC 8305, section 5)."""

_LONGEST_HEAD = 64 * 1024
_CHUNK = 64 * 1024
_LOOKED_UP_AT_ONCE = 40
_NO_SUCH_NAME = {
    code
    for name in ("EAI_NONAME", "EAI_NODATA")
    if (code := getattr(socket, name, None)) is not None
}
_NOWHERE = ("0.0.0.0", "::")  # noqa: S104 - nothing listens here
_PROXY_VARIABLES = ("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy")


_Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]
"""The two directions of a connection."""


class _UnreachableError(Exception):
    def __init__(self, answer: HostAnswer) -> None:
        super().__init__(answer.value)
        self.answer = answer


class Guard:
    """Serves while it is entered, at :attr:`address`.

    :param loopback: whether this computer itself may be asked. Only tests do, whose sites are here.
    :param resolve: looks up a host.
    :param upstream: the proxy of this network (``http://host:port``), by default the one that the
        environment names. It looks names up itself, so what this computer cannot look up is left
        to it.
    :param look_up_patience: seconds for the look-up of a name, by default 8, for resolvers ask a
        second server after 5; where a proxy looks names up itself, 2.
    """

    def __init__(
        self,
        *,
        loopback: bool = False,
        resolve: Resolve | None = None,
        upstream: str | None = None,
        look_up_patience: float | None = None,
    ) -> None:
        self.address = ""
        self._loopback = loopback
        self._resolve = resolve or resolved
        named = next((os.environ[name] for name in _PROXY_VARIABLES if os.environ.get(name)), "")
        self._upstream = upstream if upstream is not None else named
        usual = _LOOK_UP_PATIENCE_BEHIND_A_PROXY if self._upstream else _LOOK_UP_PATIENCE
        self._look_up_patience = usual if look_up_patience is None else look_up_patience
        self._answers: dict[Host, HostAnswer] = {}
        self._names: dict[str, asyncio.Future[Sequence[str]]] = {}
        self._left_alone: set[str] = set()
        self._background = Background("guard")

    def __enter__(self) -> Guard:
        with ExitStack() as entered:
            entered.enter_context(self._background)
            try:
                self.address = self._background.begin(self._start()).result(_START_PATIENCE)
            except OSError as error:
                raise LinksError(
                    f"no port of this computer could be opened ({error}); "
                    "allow connections to 127.0.0.1"
                ) from None
            self._entered = entered.pop_all()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        with self._entered:
            self._background.begin(self._end())

    def answer(self, host: Host) -> HostAnswer:
        """What became of the last connection to a host."""
        if host.name in self._left_alone:
            return HostAnswer.LEFT_ALONE
        return self._answers.get(host, HostAnswer.UNKNOWN)

    def leave_alone(self, host: Host) -> None:
        """Make no more connections to a host, on whatever port."""
        self._left_alone.add(host.name)

    async def _start(self) -> str:
        self._look_ups = asyncio.Semaphore(_LOOKED_UP_AT_ONCE)
        self._server = await asyncio.start_server(
            self._serve, "127.0.0.1", 0, limit=_LONGEST_HEAD, backlog=256
        )
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def _end(self) -> None:
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._handle(reader, writer)
        except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # either side hung up, or what was asked for is no request
        except asyncio.CancelledError:
            pass  # the guard is left; Python 3.11 prints a traceback for a connection it cancelled
        finally:
            writer.transport.abort()

    async def _handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        line, _, fields = head.partition("\r\n")
        method, target, _version = line.split(" ")
        host, path = _asked(method, target)
        try:
            far_reader, far_writer = await self._connect(host, tunnel=method == "CONNECT")
        except _UnreachableError as unreachable:
            self._answers[host] = unreachable.answer
            writer.write(f"HTTP/1.1 {REFUSED_BY_GUARD} not connected\r\n".encode())
            writer.write(b"Content-Length: 0\r\nConnection: close\r\n\r\n")
            await _finish(writer)
            return
        self._answers[host] = HostAnswer.ANSWERS
        try:
            if method == "CONNECT":
                writer.write(b"HTTP/1.1 200 connected\r\n\r\n")
                await _both_ways((reader, writer), (far_reader, far_writer))
            else:
                request = f"{method} {target if self._upstream else path} HTTP/1.1\r\n"
                far_writer.write(f"{request}{self._kept(fields)}".encode("latin-1"))
                await _answer_alone((reader, writer), far_reader)
        finally:
            far_writer.transport.abort()

    def _kept(self, fields: str) -> str:
        """The header of a request for the site: one answer, and nothing that was meant for us."""
        lines = [
            line
            for line in fields.split("\r\n")
            if line and not line.lower().startswith(("proxy-", "connection:", "keep-alive:"))
        ]
        lines += ["Connection: close", *self._login()]
        return "".join(f"{line}\r\n" for line in lines) + "\r\n"

    def _login(self) -> list[str]:
        parts = urlsplit(self._upstream)
        if not parts.username:
            return []
        login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        return [f"Proxy-Authorization: Basic {base64.b64encode(login.encode()).decode()}"]

    async def _connect(self, host: Host, *, tunnel: bool) -> _Ends:
        if host.name in self._left_alone:
            raise _UnreachableError(HostAnswer.LEFT_ALONE)
        public = await self._judged(host)
        try:
            async with asyncio.timeout(_CONNECT_PATIENCE):
                if self._upstream:
                    return await self._connect_upstream(host, tunnel=tunnel)
                return await _connect_to(public, host.port)
        except TimeoutError:
            raise _UnreachableError(HostAnswer.SLOW) from None
        except ConnectionRefusedError:
            raise _UnreachableError(HostAnswer.REFUSES) from None
        except (OSError, asyncio.IncompleteReadError, ValueError, IndexError):
            raise _UnreachableError(HostAnswer.UNKNOWN) from None

    async def _judged(self, host: Host) -> Sequence[str]:
        """The public addresses of a host."""
        if self._upstream and not self._here(host.name) and addresses.is_private(host.name):
            raise _UnreachableError(HostAnswer.PRIVATE)
        try:
            every = await self._looked_up(host)
        except (OSError, UnicodeError) as error:
            if self._upstream:
                return ()
            missing = isinstance(error, UnicodeError) or error.errno in _NO_SUCH_NAME
            answer = HostAnswer.MISSING if missing else HostAnswer.UNRESOLVED
            raise _UnreachableError(answer) from None
        if all(address in _NOWHERE for address in every):  # how some networks block a name
            raise _UnreachableError(HostAnswer.UNRESOLVED)
        public = [
            address for address in every if self._here(address) or not addresses.is_private(address)
        ]
        if not public or len(public) < len(every):
            # A name that leads both outside and inside is not a mistake that anyone makes.
            raise _UnreachableError(HostAnswer.PRIVATE)
        return public

    def _here(self, address: str) -> bool:
        if not self._loopback:
            return False
        try:
            return ipaddress.ip_address(address).is_loopback
        except ValueError:
            return False

    async def _looked_up(self, host: Host) -> Sequence[str]:
        pending = self._names.get(host.name)
        if pending is None:
            pending = self._names[host.name] = asyncio.ensure_future(self._look_up(host))
            pending.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
        try:
            async with asyncio.timeout(self._look_up_patience):
                return await asyncio.shield(pending)
        except (OSError, UnicodeError):
            # The next look asks again: two looks at one failure would agree on nothing. What goes
            # on may have come to its end by then.
            if pending.done() and self._names.get(host.name) is pending:
                del self._names[host.name]
            raise

    async def _look_up(self, host: Host) -> Sequence[str]:
        async with self._look_ups:
            return await _in_a_thread(lambda: self._resolve(host.name, host.port))

    async def _connect_upstream(self, host: Host, *, tunnel: bool) -> _Ends:
        parts = urlsplit(self._upstream if "//" in self._upstream else f"//{self._upstream}")
        reader, writer = await asyncio.open_connection(
            parts.hostname, parts.port or 80, limit=_LONGEST_HEAD
        )
        if tunnel:
            named = f"[{host.name}]" if ":" in host.name else host.name
            lines = [f"CONNECT {named}:{host.port} HTTP/1.1", f"Host: {named}:{host.port}"]
            lines += self._login()
            writer.write("".join(f"{line}\r\n" for line in [*lines, ""]).encode())
            head = await reader.readuntil(b"\r\n\r\n")
            if head.split(b" ", 2)[1] != b"200":
                writer.transport.abort()
                raise _UnreachableError(HostAnswer.PROXY)
        return reader, writer


def resolved(name: str, port: int) -> Sequence[str]:
    """The IP addresses of a host, as this computer knows them."""
    entries = socket.getaddrinfo(name.strip("[]"), port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in entries))


def _asked(method: str, target: str) -> tuple[Host, str]:
    """The host and the path that a request to a proxy names."""
    if method == "CONNECT":
        name, _, port = target.rpartition(":")
        return Host(name.strip("[]").lower(), int(port)), ""
    parts = urlsplit(target)
    if parts.scheme != "http" or not parts.hostname:
        raise ValueError(target)
    query = f"?{parts.query}" if parts.query else ""
    return Host(parts.hostname, parts.port or 80), f"{parts.path or '/'}{query}"


async def _in_a_thread(look_up: Callable[[], Sequence[str]]) -> Sequence[str]:
    """What a look-up comes to. Where nobody waits for it any more it keeps no program from ending:
    one that is never answered takes half a minute."""
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[Sequence[str]] = loop.create_future()

    def tell(tell_it: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(lambda: None if outcome.done() else tell_it())

    def run() -> None:
        try:
            looked_up = look_up()
        except Exception as error:
            failure = error
            tell(lambda: outcome.set_exception(failure))
        else:
            tell(lambda: outcome.set_result(looked_up))

    threading.Thread(target=run, name="name", daemon=True).start()
    return await outcome


async def _connect_to(public: Sequence[str], port: int) -> _Ends:
    """A connection to the first of the addresses that answers, without waiting long for any."""
    left = deque(public)
    trying: set[asyncio.Task[_Ends]] = set()
    failure: OSError | None = None
    try:
        while left or trying:
            if left:
                attempt = asyncio.open_connection(left.popleft(), port, limit=_LONGEST_HEAD)
                trying.add(asyncio.ensure_future(attempt))
            done, trying = await asyncio.wait(
                trying,
                timeout=NEXT_ADDRESS_AFTER if left else None,
                return_when=asyncio.FIRST_COMPLETED,
            )
            for task in done:
                error = task.exception()
                if error is None:
                    done.discard(task)
                    trying |= done
                    return task.result()
                if not isinstance(error, OSError):
                    raise error
                # A refusal says more than a network that this computer is not on (such as IPv6).
                if not isinstance(failure, ConnectionRefusedError):
                    failure = error
    finally:
        for task in trying:
            task.cancel()
            task.add_done_callback(_hang_up)
    raise failure or OSError("no address")


def _hang_up(task: asyncio.Task[_Ends]) -> None:
    """Close a connection that came too late."""
    if not task.cancelled() and task.exception() is None:
        task.result()[1].transport.abort()


async def _both_ways(near: _Ends, far: _Ends) -> None:
    """Pass bytes until one end has hung up."""
    await _until_one_ends(_pass_on(near[0], far[1]), _pass_on(far[0], near[1]))
    await _finish(near[1])


async def _answer_alone(near: _Ends, far: asyncio.StreamReader) -> None:
    """Pass one answer on. Whatever is asked next must be judged, so the connection ends with it."""
    status = await far.readuntil(b"\n")
    near[1].write(status + b"Connection: close\r\n")
    await _until_one_ends(near[0].read(1), _pass_on(far, near[1]))
    await _finish(near[1])


async def _until_one_ends(
    *directions: Coroutine[None, None, object],
) -> None:
    tasks = [asyncio.ensure_future(direction) for direction in directions]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(_CHUNK):
        writer.write(chunk)
        await writer.drain()


async def _finish(writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        await writer.drain()
        writer.close()
        async with asyncio.timeout(1):
            await writer.wait_closed()
