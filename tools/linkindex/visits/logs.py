"""From the lines of a server's log to what was opened and when; who asked is never kept.

Reads the common and combined formats (Apache, nginx, IIS through them), JSON lines of Caddy and
nginx, and CloudFront's and IIS's W3C fields. A file that ends with ``.gz`` is unpacked.
"""

from __future__ import annotations

import datetime
import gzip
import io
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple
from urllib.parse import unquote, urlsplit

from linkindex.catalogue import LinkIndexError


class Opened(NamedTuple):
    """A page that somebody opened: which, and in which month. Nothing else is known of it."""

    path: str
    month: str


class Lines(NamedTuple):
    """What the lines of a log were.

    :ivar opened: the pages that people opened.
    :ivar read: how many lines were requests; ``unread`` how many were none that is known.
    """

    opened: list[Opened]
    read: int
    unread: int


_COMMON = re.compile(
    r"\S+ \S+ .*?\[(?P<day>\d{2})/(?P<month>[A-Z][a-z]{2})/(?P<year>\d{4}):[^\]]*\] "
    r'"(?P<method>[A-Z]+) (?P<path>\S+)[^"]*" (?P<status>\d{3}) \S+'
    r'(?: "(?:[^"\\]|\\.)*" "(?P<agent>(?:[^"\\]|\\.)*)")?'
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_BOT = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|monitor|uptime|curl/|wget/"
    r"|python-|headless|lighthouse|linkchecker|linkindex|scanner|feed|^-?$",
    re.IGNORECASE,
)
"""Programs, and not people: they say so in the name by which they ask."""

_SEEN = frozenset({"200", "206", "304"})


def read_log(lines: Iterable[str]) -> Lines:
    """What was opened in the lines of one log, in the order in which they stand."""
    opened: list[Opened] = []
    read = unread = 0
    fields: list[str] = []
    for line in lines:
        if line.startswith("#"):
            if line.startswith("#Fields:"):
                fields = line.removeprefix("#Fields:").split()
            continue
        if not line.strip():
            continue
        request = _of_fields(line, fields) if fields else _of_line(line)
        if request is None:
            unread += 1
            continue
        read += 1
        if request.is_a_person_reading:
            opened.append(Opened(_path(request.target), request.month))
    return Lines(opened, read, unread)


class _Request(NamedTuple):
    month: str
    method: str
    target: str
    status: str
    agent: str

    @property
    def is_a_person_reading(self) -> bool:
        return self.method == "GET" and self.status in _SEEN and not _BOT.search(self.agent)


def _of_line(line: str) -> _Request | None:
    if line.startswith("{"):
        return _of_json(line)
    match = _COMMON.match(line)
    if match is None or match["month"] not in _MONTHS:
        return None
    month = f"{match['year']}-{_MONTHS.index(match['month']) + 1:02}"
    # The common format has no name of the program; then nobody can tell.
    agent = "unknown" if match["agent"] is None else match["agent"]
    return _Request(month, match["method"], match["path"], match["status"], agent)


def _of_fields(line: str, fields: list[str]) -> _Request | None:
    """A line of the W3C's extended format: CloudFront parts it by tabs, IIS by spaces."""
    values = line.rstrip("\r\n").split("\t" if "\t" in line else " ")
    if len(values) != len(fields):
        return None
    named = dict(zip(fields, values, strict=True))
    day = re.match(r"(\d{4}-\d{2})-\d{2}$", named.get("date", ""))
    if day is None:
        return None
    agent = unquote(unquote(named.get("cs(User-Agent)", "unknown"))).replace("+", " ")
    return _Request(
        day[1],
        named.get("cs-method", ""),
        named.get("cs-uri-stem", ""),
        named.get("sc-status", ""),
        agent,
    )


def _of_json(line: str) -> _Request | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    request = entry.get("request")
    if isinstance(request, dict):
        agents = request.get("headers", {}).get("User-Agent") or ["unknown"]
        target, method, agent = request.get("uri"), request.get("method"), str(agents[0])
    else:
        target = entry.get("request_uri") or entry.get("uri")
        method, agent = entry.get("request_method"), str(entry.get("http_user_agent", "unknown"))
    month = _month(entry.get("ts") or entry.get("time") or entry.get("time_iso8601"))
    if month is None or not isinstance(target, str):
        return None
    return _Request(month, str(method), target, str(entry.get("status")), agent)


_EPOCH = datetime.date(1970, 1, 1)


def _month(moment: object) -> str | None:
    if isinstance(moment, int | float):
        try:
            return (_EPOCH + datetime.timedelta(seconds=moment)).strftime("%Y-%m")
        except (ValueError, OverflowError):
            return None
    match = re.match(r"\d{4}-\d{2}", moment) if isinstance(moment, str) else None
    return match[0] if match else None


def _path(target: str) -> str:
    """The path alone: what follows it may hold what somebody typed."""
    return unquote(urlsplit(target).path)


@contextmanager
def lines_of(path: Path) -> Iterator[Iterable[str]]:
    """The lines of a log, unpacked if it is packed.

    :raises LinkIndexError: when there is none, or it cannot be unpacked.
    """
    try:
        with path.open("rb") as raw, _unpacked(raw, path) as text:
            yield text
    except FileNotFoundError:
        raise LinkIndexError(f"{path}: there is no such file; check its name") from None
    except (gzip.BadGzipFile, EOFError):
        raise LinkIndexError(
            f"{path}: this file ends with .gz and cannot be unpacked; fetch it anew"
        ) from None


@contextmanager
def _unpacked(raw: IO[bytes], path: Path) -> Iterator[Iterable[str]]:
    file = gzip.GzipFile(fileobj=raw) if path.suffix == ".gz" else raw
    with io.TextIOWrapper(file, encoding="utf-8", errors="replace") as text:
        yield text
