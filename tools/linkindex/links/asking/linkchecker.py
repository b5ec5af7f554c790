"""Driving linkchecker 10.6 as a program.

linkchecker is licensed under the GPL and LinkIndex under the MIT licence, so it is run as a
separate process, spoken to by text, and never imported.

What is worked around here, each seen in its source or in a run:

- Its own time limits overrun (5 s became 34 s) and a server that sends its headers a byte at a
  time holds it for ever, so the caller's clock decides and the whole process group is killed.
- As root it becomes ``nobody`` and then writes no file, so records are read from standard output,
  and its home is a folder that everybody may read.
- A thread that dies of an internal error (a malformed ``Location``) leaves no record, and its
  exit code counts every redirect as a failure, so only records are believed.
- Results are in XML, one element a record, flushed as it goes: each is read on its own, so that
  nothing that was recorded is lost.
- ``REQUESTS_CA_BUNDLE`` is ignored, so it is passed on as ``sslverify``.
- It follows redirects wherever they lead and cannot be stopped, so it is given a proxy
  (:mod:`linkindex.links.asking.guard`) that refuses to.
"""

from __future__ import annotations

import functools
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import IO, cast
from xml.etree import ElementTree

from linkindex.links.asking.answers import Record
from linkindex.links.model import Hop, LinksError

_INSTALL = "run `pip install 'linkchecker>=10.6,<11'` in the environment of linkindex"
_BOUNDARY = "</urldata>"
_CLOSING = "</linkchecker>"
_CA_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")
_KEPT_VARIABLES = frozenset({"path", "systemroot", "lang"})
_REFUSED_WORDS = re.compile("link|bot|crawl", re.IGNORECASE)
_REDIRECT = re.compile(r"Redirected to `(?P<address>.*)' status: (?P<status>\d{3})\b", re.DOTALL)
_RETRY_AFTER = re.compile(r"Retry-After: (?P<text>.*)\)", re.DOTALL)
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Manners:
    """How linkchecker behaves towards the sites.

    :param user_agent: who asks. The words "link", "bot" and "crawl" make firewalls refuse it.
    :param timeout: seconds of silence after which a request is given up.
    :param requests_per_second: at most this many to one host (10 is as fast as linkchecker goes
        for a host that does not invite it to go faster).
    :param threads: requests at the same time. More than 100 do not help, for whoever waits for a
        host keeps every thread waiting.
    """

    user_agent: str
    timeout: float = 10.0
    requests_per_second: int = 10
    threads: int = 100

    @property
    def patience(self) -> float:
        """Seconds without any record after which whatever is left is given up.

        Three silences: longer than a page that answers can take, shorter than one that drips.
        """
        return 3 * self.timeout + 5


def user_agent(contact: str) -> str:
    """An honest name with an address to complain to (an e-mail address or a web page).

    Where the address itself holds a word that firewalls refuse, as ``links@example.org`` does, the
    word's first letter is percent-encoded, which an address may be (RFC 3986, RFC 6068).
    """
    printable = re.sub(r"[^\x21-\x27\x2a-\x7e]", "", contact)
    shown = _REFUSED_WORDS.sub(lambda word: f"%{ord(word[0][0]):02X}{word[0][1:]}", printable)
    return f"Mozilla/5.0 (compatible; ResourceCheck/1.0; +{shown})"


_Ask = Callable[[str], str]


def _version_of(path: str) -> str:
    return subprocess.run(  # noqa: S603 - a fixed program with a fixed argument
        [path, "--version"],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=60,
        check=False,
    ).stdout


@functools.cache
def program(which: Callable[..., str | None] = shutil.which, ask: _Ask = _version_of) -> Path:
    """Where linkchecker is: beside this Python, else on the path. It is asked once for its version.

    :param which: finds a program by its name.
    :param ask: what the program at a path says of its version.
    :raises LinksError: when it is not installed, does not run or is not of the version that this
        module was written for.
    """
    path = which("linkchecker", path=str(Path(sys.executable).parent)) or which("linkchecker")
    if path is None:
        raise LinksError(f"linkchecker is not installed; {_INSTALL}")
    try:
        version = re.search(r"LinkChecker (\d+)\.(\d+)", ask(path))
    except (OSError, subprocess.TimeoutExpired):
        version = None
    if version is None:
        raise LinksError(f"linkchecker ({path}) does not run; {_INSTALL}")
    if not (10, 6) <= (int(version[1]), int(version[2])) < (11, 0):
        raise LinksError(f"{version[0]} ({path}) is not version 10.6 or newer; {_INSTALL}")
    return Path(path)


class Ending(Enum):
    """How a run of linkchecker ended."""

    COMPLETED = "it reached its own end"
    CRASHED = "it ended by itself before its end"
    STALLED = "it was ended after a long silence"
    OUT_OF_TIME = "it was ended by the deadline"


@dataclass(frozen=True)
class Run:
    """What was recorded, by address, and how the run ended."""

    recorded: frozenset[str]
    ending: Ending


def start(linkchecker: Path, home: Path, proxy: str) -> subprocess.Popen[str]:
    """linkchecker as a process of its own, with the settings in a folder that is its home."""
    environment = {
        **{n: value for n, value in os.environ.items() if n.lower() in _KEPT_VARIABLES},
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "XDG_DATA_HOME": str(home),
        "XDG_CACHE_HOME": str(home),
        "LC_ALL": "C.UTF-8",
        # `no_proxy` must not be inherited: whatever it named would go past the guard.
        **({"http_proxy": proxy, "https_proxy": proxy} if proxy else {}),
    }
    return subprocess.Popen(  # noqa: S603 - a fixed program; addresses go to its input
        [linkchecker, "-f", home / "linkcheckerrc", "--stdin"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=home,
        env=environment,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )


Start = Callable[[Path, Path, str], subprocess.Popen[str]]
"""How linkchecker is started: the program, its home and the proxy."""


def run(
    linkchecker: Path,
    addresses: Sequence[str],
    *,
    manners: Manners,
    until: float,
    on_record: Callable[[Record], None],
    proxy: str = "",
    now: Callable[[], float] = time.monotonic,
    start: Start = start,
) -> Run:
    """Give addresses to linkchecker and hand on each record as it comes.

    However this function is left, also by Ctrl-C, no process stays behind.

    :param linkchecker: what :func:`program` returned.
    :param addresses: in the form that :func:`linkindex.links.asking.addresses.requested` returns.
    :param until: the moment of ``now`` at which it is killed.
    :param proxy: the address of the :class:`~linkindex.links.asking.guard.Guard` that every request
        goes through; without one, requests go straight out, as to a site on this computer.
    :param start: how the process is started.
    """
    given = frozenset(addresses)
    recorded: set[str] = set()
    with tempfile.TemporaryDirectory(prefix="linkindex-") as name:
        home = Path(name)
        _prepare(home, manners, len(addresses))
        process = start(linkchecker, home, proxy)
        try:
            output = _Output(process, addresses, now)
            for chunk in output.chunks(manners.patience, until):
                record = parse_record(chunk)
                if record is not None and record.address in given:
                    recorded.add(record.address)
                    on_record(record)
                if recorded == given:
                    # It would still wait a second or more for its threads.
                    return Run(given, Ending.COMPLETED)
        finally:
            _kill(process)
    return Run(frozenset(recorded), output.ending)


def parse_record(chunk: str) -> Record | None:
    """The record in a piece of linkchecker's XML, or ``None`` when there is no whole one."""
    start, end = chunk.rfind("<urldata>"), chunk.rfind(_BOUNDARY)
    if start < 0 or end < start:
        return None
    try:
        # Without a DOCTYPE, which cannot stand inside an element, XML cannot attack its reader.
        element = ElementTree.fromstring(  # noqa: S314
            _NOT_XML.sub("", chunk[start : end + len(_BOUNDARY)])
        )
    except ElementTree.ParseError:
        return None
    valid, address = element.find("valid"), element.findtext("url")
    if valid is None or not address:
        return None
    warnings = [(node.get("tag"), node.text or "") for node in element.iter("warning")]
    hops = [_REDIRECT.search(text) for tag, text in warnings if tag == "http-redirected"]
    limits = [_RETRY_AFTER.search(text) for tag, text in warnings if tag == "http-rate-limited"]
    retry_after = next((match["text"] for match in limits if match), "")
    return Record(
        address=address,
        result=valid.get("result", ""),
        final_address=element.findtext("realurl") or address,
        hops=tuple(Hop(match["address"], int(match["status"])) for match in hops if match),
        retry_after="" if retry_after == "None" else retry_after,
    )


def _prepare(home: Path, manners: Manners, count: int) -> None:
    home.chmod(0o755)
    settings = home / "linkcheckerrc"
    settings.write_bytes(_settings(manners, count).encode())
    settings.chmod(0o644)


def _settings(manners: Manners, count: int) -> str:
    certificates = next((os.environ[name] for name in _CA_VARIABLES if os.environ.get(name)), "")
    lines = [
        "[checking]",
        f"threads={max(1, min(manners.threads, count))}",
        f"timeout={max(1, round(manners.timeout))}",
        "recursionlevel=0",
        f"maxrequestspersecond={manners.requests_per_second}",
        # One request for a page that a person chose is not crawling.
        "robotstxt=0",
        "allowedschemes=http,https",
        f"useragent={manners.user_agent}",
        *([f"sslverify={certificates}"] if certificates and "\n" not in certificates else []),
        "[output]",
        "status=0",
        "log=xml",
        "verbose=1",
        "[xml]",
        "encoding=utf-8",
    ]
    return "\n".join(lines) + "\n"


class _Output:
    """What linkchecker writes, and how it came to an end."""

    def __init__(
        self,
        process: subprocess.Popen[str],
        addresses: Sequence[str],
        now: Callable[[], float],
    ) -> None:
        self._now = now
        self.ending = Ending.CRASHED
        self._lines: queue.Queue[str | None] = queue.Queue()
        stdin, stdout = cast(IO[str], process.stdin), cast(IO[str], process.stdout)
        threading.Thread(target=_feed, args=(stdin, addresses), daemon=True).start()
        threading.Thread(target=_read, args=(stdout, self._lines), daemon=True).start()

    def chunks(self, patience: float, until: float) -> Iterator[str]:
        """Pieces that end with a record each, until the end, a long silence or the deadline."""
        gathered: list[str] = []
        last = self._now()
        while (line := self._next(last + patience, until)) is not None:
            gathered.append(line)
            if _BOUNDARY in line:
                yield "".join(gathered)
                gathered, last = [], self._now()
            elif _CLOSING in line:
                self.ending = Ending.COMPLETED

    def _next(self, silent_until: float, until: float) -> str | None:
        try:
            wait = min(silent_until, until) - self._now()
            return self._lines.get(timeout=max(0.0, wait))
        except queue.Empty:
            self.ending = Ending.OUT_OF_TIME if until <= silent_until else Ending.STALLED
            return None


def _feed(stdin: IO[str], addresses: Iterable[str]) -> None:
    with suppress(BrokenPipeError), stdin:
        stdin.writelines(f"{address}\n" for address in addresses)


def _read(stdout: IO[str], lines: queue.Queue[str | None]) -> None:
    with stdout:
        for line in stdout:
            lines.put(line)
    lines.put(None)


def _kill(process: subprocess.Popen[str]) -> None:
    """End linkchecker and whatever it started, and wait until it is gone."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
