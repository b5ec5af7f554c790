"""What past checks found: a file of lines, one a look, that people can read and git can merge.

``link-history.tsv`` lies beside the catalogue. New lines are only ever added at its end, so two
runs at the same time lose nothing, and git joins two versions by keeping the lines of both
(``merge=union``). A line that cannot be read, such as the half of one that an interrupted run left,
takes no other with it, and is told (:mod:`linkindex.links.history.kept`): it may be one that hides
a link.

Each line has seven fields, separated by tabs: the moment (UTC), the kind of line, and then

- ``look``: verdict (``suspect/gambling`` for a danger, ``working/fits`` where the page was read and
  plainly is what the index says), status, address, final address, and the title of the page that
  was read, or why none was;
- ``opened``: an editor opened the link by hand: the role, ``-``, address, ``-``, a note;
- ``sweep``: a check of every link ended: the number of links, and how many had which verdict.
"""

from __future__ import annotations

import contextlib
import datetime
import functools
import itertools
import os
import re
import secrets
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from pathlib import Path
from typing import IO, NamedTuple
from urllib.parse import urljoin, urlsplit, urlunsplit

from linkindex.catalogue import LinkIndexError, addresses
from linkindex.catalogue.problems import on_one_line, quoted
from linkindex.clock import is_in_the_future
from linkindex.links.causes import DAYS_TO_BREAK, Cause, Danger, MovedTo, Opens, Told, Why
from linkindex.links.model import LinkReport, Outcome, Verdict
from linkindex.links.pages.html import LONGEST_TITLE
from linkindex.links.wording import reason
from linkindex.wording import counted

FILE_NAME = "link-history.tsv"
HEADER = "at\tkind\tverdict\tstatus\taddress\tfinal address\tnote\n"

KEPT_LOOKS = 12
"""Looks an address of which the file keeps when it is tidied: a quarter of a year of sweeps."""

_FIELDS = 7
_FITS = "fits"
_LONGEST_NOTE = LONGEST_TITLE


@dataclass(frozen=True, slots=True)
class PastLook:
    """One look at an address.

    ``note`` is the title of the page where it opened or is a danger, empty where none was read, and
    else what was wrong. ``fits`` says that the page was read and plainly is what the index says;
    that it opened says nothing of what it is.
    """

    at: datetime.datetime
    address: str
    verdict: Verdict
    _: KW_ONLY
    danger: Danger | None = None
    status: int | None = None
    final_address: str = ""
    note: str = ""
    fits: bool = False

    @property
    def is_harmful(self) -> bool:
        """Whether the page must not be shown to anybody."""
        return self.danger is not None and self.danger.is_harmful

    @property
    def title(self) -> str:
        """What the page called itself; empty where none was read."""
        return self.note if self.verdict.opens or self.danger else ""

    @property
    def cause(self) -> Cause:
        """Why the verdict is what it is."""
        if self.danger:
            return self.danger
        if self.verdict is Verdict.MOVED:
            return MovedTo(self.final_address or self.address)
        return Opens(self.status) if self.verdict.opens else Told(self.note)


@dataclass(frozen=True, slots=True)
class Opened:
    """A link that somebody opened by hand. ``by`` is a role, never the name of a person."""

    at: datetime.datetime
    address: str
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PastSweep:
    """A check of the whole index that looked at every link of it."""

    at: datetime.datetime
    total: int
    counts: tuple[tuple[Verdict, int], ...] = ()


Line = PastLook | Opened | PastSweep


@dataclass(frozen=True)
class History:
    """What was recorded, oldest first, each line once.

    Of a page with very many looks those are left out that matter no more (:func:`tidied`).
    """

    looks: tuple[PastLook, ...] = ()
    opened: tuple[Opened, ...] = ()
    sweeps: tuple[PastSweep, ...] = ()

    def joined(self, other: History) -> History:
        """This and another history, as if both had been recorded in one."""
        return _history([*self.looks, *other.looks, *self.opened, *other.opened,
                         *self.sweeps, *other.sweeps])  # fmt: skip

    def with_lines(self, lines: Iterable[Line]) -> History:
        """This history and some lines more."""
        return self.joined(_history(lines))

    @functools.cached_property
    def _looks(self) -> dict[str, list[PastLook]]:
        by_page: dict[str, list[PastLook]] = {}
        for look in self.looks:
            by_page.setdefault(page_key(look.address), []).append(look)
        return by_page

    @functools.cached_property
    def _opened(self) -> dict[str, Opened]:
        return {page_key(opened.address): opened for opened in self.opened}

    def looks_at(self, address: str) -> Sequence[PastLook]:
        """The looks at the page of an address, however it was written then; oldest first."""
        return self._looks.get(page_key(address), ())

    def opened_at(self, address: str) -> Opened | None:
        """When the page of an address was last opened by hand, if ever."""
        return self._opened.get(page_key(address))


_FRONT_PAGE = re.compile(r"(?<=/)(?:index|default)\.(?:html?|php|aspx?)$")


@functools.lru_cache(maxsize=16384)
def page_key(address: str) -> str:
    """What two addresses share that lead to one page, so that a danger there is one of both.

    Beyond :func:`~linkindex.catalogue.addresses.same_page_key` a place within the page, the case of
    the path, needless slashes and dots, and the name of a folder's own page make no other page:
    where two pages are taken for one, both are hidden.
    """
    try:
        parts = urlsplit(address.strip())
        if parts.scheme.lower() not in addresses.WEB_SCHEMES:
            return address.strip().lower()
        path = re.sub("/+", "/", re.sub("%2e", ".", parts.path, flags=re.IGNORECASE).lower())
        path = _FRONT_PAGE.sub("", urljoin("/", path))
        return addresses.same_page_key(urlunsplit(parts._replace(path=path, fragment="")))
    except ValueError:
        return address.strip()


class Unreadable(NamedTuple):
    """A line of the file that cannot be read: what is wrong with it and what to do.

    ``tells_danger`` is whether it may say that a link is harmful, and ``is_whole_file`` whether no
    line of the file can be read.
    """

    line: int
    what: str
    remedy: str
    tells_danger: bool
    is_whole_file: bool = False


class Reading(NamedTuple):
    """The history in a file, and what of it could not be read.

    ``future`` are the days of lines that are dated in the future, and ``future_dangers`` how many
    of those lines tell of a danger: it is counted as found when the line before it was written,
    for lines are only added at the end. The others are left out.
    """

    history: History
    unreadable: tuple[Unreadable, ...] = ()
    future: tuple[datetime.date, ...] = ()
    future_dangers: int = 0


def read_history(path: Path) -> History:
    """The history in a file; an empty one where there is none."""
    return reading_of(path).history


def reading_of(path: Path, today: datetime.date | None = None) -> Reading:
    """The history in a file, an empty one where there is none, and what could not be read.

    :param today: by which lines are in the future; without it none is.
    :raises LinkIndexError: when there is something that cannot be opened.
    """
    try:
        with path.open("rb") as file:
            return _read(iter(lambda: file.read(_CHUNK), b""), today)
    except FileNotFoundError:
        if not path.is_symlink():
            return Reading(History())
        reason = "it leads to a file that is not there"
    except OSError as error:
        reason = error.strerror or str(error)
    raise LinkIndexError(
        f"{on_one_line(path)}: what link checks found cannot be read ({reason}); "
        "put the file back as git has it"
    )


def parse_history(text: str) -> History:
    """The history in a text. Lines that cannot be read are passed over. Pure."""
    return parsed(text.encode("utf-8", "surrogatepass")).history


def parsed(data: bytes, today: datetime.date | None = None) -> Reading:
    """The history in the bytes of a file, and each line that cannot be read. Pure."""
    return _read(iter([data] if data else []), today)


def _read(chunks: Iterator[bytes], today: datetime.date | None) -> Reading:
    first = next(chunks, b"")
    if first.startswith(_OTHER_ENCODINGS) or _is_in_two_bytes_a_letter(first):
        return Reading(History(), (_NOT_UTF_8._replace(is_whole_file=True),))
    gathered = _Gathered(today)
    unreadable: list[Unreadable] = []
    is_empty = True
    raw_lines = _split(itertools.chain([first.removeprefix(_MARK)], chunks))
    for number, raw in enumerate(raw_lines, start=1):
        try:
            text = raw.decode("utf-8")
            if text.strip() and not _is_header(text):
                is_empty = False
                gathered.add(_parsed(text))
        except UnicodeDecodeError:
            unreadable.append(_NOT_UTF_8._replace(line=number))
        except _LineError as error:
            tells = "suspect" in text.replace("\0", "").lower()
            unreadable.append(Unreadable(number, error.what, error.remedy, tells))
    if is_empty and not unreadable:
        unreadable.append(_EMPTY)
    return Reading(
        gathered.history(), tuple(unreadable), tuple(gathered.future), gathered.future_dangers
    )


_CHUNK = 1 << 20
_LONGEST_LINE = 1 << 16
"""Bytes of a line, of which an address and a title fill a tenth."""

_LINE_END = re.compile(rb"\r\n|\n|\r(?!\Z)")


def _split(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a file. Of one that never ends, the beginning and the end are lines."""
    rest = b""
    for chunk in chunks:
        *lines, rest = _LINE_END.split(rest + chunk)
        yield from lines
        if len(rest) > _LONGEST_LINE:
            yield rest[:_LONGEST_LINE]
            rest = b""
    yield from _LINE_END.split(rest.removesuffix(b"\r"))


def _is_in_two_bytes_a_letter(beginning: bytes) -> bool:
    """Whether a text is UTF-16 without the mark that says so."""
    return beginning[:2].count(0) == 1 and beginning[2:4].count(0) == 1


class _Gathered:
    """The lines of a file, without what matters no more where there are very many."""

    def __init__(self, today: datetime.date | None) -> None:
        self._today = today
        self._latest = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
        self._looks: dict[str, list[PastLook]] = {}
        self._opened: dict[str, list[Opened]] = {}
        self._sweeps: list[PastSweep] = []
        self.future: list[datetime.date] = []
        self.future_dangers = 0

    def add(self, line: Line) -> None:
        if self._today and is_in_the_future(line.at.date(), self._today):
            self.future.append(line.at.date())
            if not (isinstance(line, PastLook) and line.is_harmful):
                return
            self.future_dangers += 1
            line = replace(line, at=self._latest)
        self._latest = max(self._latest, line.at)
        if isinstance(line, PastSweep):
            self._sweeps.append(line)
            if len(self._sweeps) > 2 * _MOST_SWEEPS:
                self._sweeps = sorted(set(self._sweeps), key=_in_time)[-_MOST_SWEEPS:]
        elif isinstance(line, Opened):
            self._add_opened(line)
        else:
            self._add_look(line)

    def _add_opened(self, line: Opened) -> None:
        words = self._opened.setdefault(page_key(line.address), [])
        words.append(line)
        if len(words) > _MANY_LINES:
            words[:] = sorted(set(words), key=_in_time)[-KEPT_LOOKS:]

    def _add_look(self, line: PastLook) -> None:
        page = page_key(line.address)
        looks = self._looks.setdefault(page, [])
        looks.append(line)
        if len(looks) > _MANY_LINES:
            in_order = sorted(set(looks), key=_in_time)
            word = max(self._opened.get(page, ()), key=_in_time, default=None)
            dangers = [look for look in in_order if look.is_harmful]
            others = [look for look in _telling(in_order, word) if not look.is_harmful]
            kept = {*others, *dangers[-_MOST_DANGERS:], *in_order[-KEPT_LOOKS:]}
            looks[:] = sorted(kept, key=_in_time)

    def history(self) -> History:
        return _history(
            itertools.chain(*self._looks.values(), *self._opened.values(), self._sweeps)
        )


_MANY_LINES = 500
"""Lines on a page from which those that matter no more are left out while the file is read."""

_MOST_DANGERS = 200
_MOST_SWEEPS = 1_000


_MARK = b"\xef\xbb\xbf"
"""With which some programs begin a file of UTF-8."""

_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")
_PUT_BACK = "put the file back as git has it, and never save it with a spreadsheet"
_EMPTY = Unreadable(
    1,
    "this file is empty now",
    "put the file back as git has it, or delete it if nothing was ever found harmful",
    True,
)
_NOT_UTF_8 = Unreadable(1, "this is not UTF-8 text", _PUT_BACK, True)


def _is_header(text: str) -> bool:
    return text.split() == HEADER.split()


def written(lines: Iterable[Line]) -> str:
    """Lines of the file, in the order given. Pure."""
    return "".join(f"{_as_text(line)}\n" for line in lines)


def looks_of(report: LinkReport) -> list[Line]:
    """What a report adds to the history: nothing at all when the network looked broken. Pure."""
    if report.disturbance:
        return []
    looks = {
        outcome.link.address: _look_of(outcome, report.checked_at)
        for outcome in report.outcomes
        if outcome.cause is not Why.NOT_IN_TIME
    }
    return [*looks.values()]


def _look_of(outcome: Outcome, at: datetime.datetime) -> PastLook:
    address, final = outcome.link.address, outcome.final_address or ""
    was_there = outcome.verdict.opens or outcome.danger
    return PastLook(
        at,
        address,
        outcome.verdict,
        danger=outcome.danger,
        status=outcome.status,
        final_address="" if final == address else final,
        note=outcome.title if was_there else reason(outcome.cause),
        fits=outcome.fits and outcome.verdict.opens,
    )


def sweep_of(report: LinkReport) -> list[Line]:
    """The line that says how a check of the whole index ended. Pure.

    :param report: as it stands in the light of the history.
    """
    if report.disturbance:
        return []
    counts = tuple((verdict, count) for verdict, count in report.counts.items() if count)
    return [PastSweep(report.checked_at, len(report.outcomes), counts)]


def is_whole(report: LinkReport) -> bool:
    """Whether each link of a check was looked at before its time was up, and judged. Pure.

    :param report: as it was found.
    """
    return not report.fault and all(
        outcome.cause is not Why.NOT_IN_TIME for outcome in report.outcomes
    )


def add_to_history(path: Path, lines: Sequence[Line]) -> None:
    """Put lines at the end of the file, making it if need be: all of them, or none.

    A line of their own begins them, so that whatever else is added at the same moment or was left
    half-written before stays apart.

    :raises LinkIndexError: when there is no room for them.
    """
    if not lines:
        return
    try:
        with _held(path) as file:
            _append(file, written(lines))
    except OSError as error:
        raise LinkIndexError(
            f"{path.name}: nothing was added ({error.strerror or error}); "
            "make room, or choose another place, and run it again"
        ) from None


def _append(file: IO[bytes], text: str) -> None:
    size = file.seek(0, os.SEEK_END)
    if size == 0:
        text = HEADER + text
    else:
        file.seek(size - 1)
        if file.read(1) != b"\n":
            text = f"\n{text}"
    left = memoryview(text.encode())
    try:
        while left:
            left = left[file.write(left) :]
        os.fsync(file.fileno())
    except BaseException:
        os.ftruncate(file.fileno(), size)
        raise


@contextlib.contextmanager
def _held(path: Path) -> Iterator[IO[bytes]]:
    """A file to add to, made if need be, which nobody else adds to or replaces meanwhile."""
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    while True:
        is_new = not path.exists()
        with os.fdopen(os.open(path, flags, 0o644), "r+b", buffering=0) as file:
            lock(file)
            if not _is_still(path, file):
                continue  # somebody has put another in its place
            try:
                yield file
            except BaseException:
                if is_new and not os.fstat(file.fileno()).st_size:
                    path.unlink(missing_ok=True)
                raise
            return


def _is_still(path: Path, file: IO[bytes]) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False


if sys.platform == "win32":

    def lock(_file: IO[bytes]) -> None:
        """Nothing there holds a file that others may read, so two runs are not kept apart."""

else:
    import fcntl

    def lock(file: IO[bytes]) -> None:
        """Wait until nobody else holds the file, and hold it until it is closed."""
        with contextlib.suppress(OSError):  # some file systems know no locks
            fcntl.flock(file, fcntl.LOCK_EX)


def tidied(history: History, kept_addresses: Collection[str]) -> History:
    """The history with what still matters: each address of the index stands as before. Pure.

    Of each address the last :data:`KEPT_LOOKS` are kept, every sweep, and of what is older whatever
    it stands by (:func:`_telling`).
    """
    kept: list[Line] = [*history.sweeps]
    pages = {page_key(address): address for address in kept_addresses}
    kept += [line for line in history.opened if page_key(line.address) in pages]
    for address in pages.values():
        looks = history.looks_at(address)
        kept += [*_telling(looks, history.opened_at(address)), *looks[-KEPT_LOOKS:]]
    return _history(kept)


def _telling(looks: Sequence[PastLook], opened: Opened | None) -> Iterable[PastLook]:
    """The looks at an address that say how it stands, some of them twice.

    These are every danger; the last that fitted, that opened, that opened and had a title, and that
    told anything; and since it opened the last of each kind of failure, and of the last days of it.
    Where an editor opened it, also what told how it stood then.
    """
    failures = {
        look.at.date(): look for look in since_it_opened(looks) if look.verdict is Verdict.BROKEN
    }
    yield from (look for look in looks if look.is_harmful)
    yield from [*failures.values()][-DAYS_TO_BREAK:]
    yield from [look for look in looks if look.fits][-1:]
    yield from [look for look in looks if look.verdict.opens][-1:]
    yield from [look for look in looks if look.verdict.opens and look.title][-1:]
    yield from [look for look in looks if look.verdict is not Verdict.UNVERIFIED][-1:]
    yield from {(look.verdict, look.danger): look for look in since_it_opened(looks)}.values()
    if opened is not None:
        before = [look for look in looks if look.at <= opened.at]
        yield from [look for look in before if look.fits][-1:]
        yield from [look for look in before if look.verdict.opens][-1:]
        yield from {(look.verdict, look.danger): look for look in since_it_opened(before)}.values()


def since_it_opened(looks: Sequence[PastLook]) -> Sequence[PastLook]:
    """The looks after the last that opened; all where none did."""
    good = [place for place, look in enumerate(looks) if look.verdict.opens]
    return looks[good[-1] + 1 :] if good else looks


def tidy_file(path: Path, kept_addresses: Collection[str]) -> None:
    """Tidy the file once it holds twice what it needs to.

    One that holds a line that cannot be read is left to whoever can mend it, and where there is no
    room for another it stays as it is.
    """
    path = path.resolve()
    if not path.exists():
        return
    with contextlib.suppress(OSError), _held(path) as file:
        counted_lines = sum(1 for _ in _split(iter(lambda: file.read(_CHUNK), b"")))
        history, unreadable, *_ = reading_of(path)
        after = tidied(history, kept_addresses)
        needed = len(after.looks)
        if unreadable or counted_lines < max(100, 2 * needed):
            return
        unfinished = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
        try:
            with unfinished.open("wb") as tidy:
                tidy.write((HEADER + written(_in_order(after))).encode())
                tidy.flush()
                os.fsync(tidy.fileno())
            unfinished.replace(path)
        finally:
            with contextlib.suppress(FileNotFoundError):
                unfinished.unlink()


def _history(lines: Iterable[Line]) -> History:
    unique = sorted(dict.fromkeys(lines), key=_in_time)
    return History(
        tuple(line for line in unique if isinstance(line, PastLook)),
        tuple(line for line in unique if isinstance(line, Opened)),
        tuple(line for line in unique if isinstance(line, PastSweep)),
    )


def _in_time(line: Line) -> tuple[object, ...]:
    """By the moment; of two looks at one moment a danger counts as the later."""
    if isinstance(line, PastLook):
        return line.at, line.is_harmful, line.address, line.verdict, line.note
    return line.at, False, *(("", line.address) if isinstance(line, Opened) else ("",))


def _in_order(history: History) -> list[Line]:
    lines: list[Line] = [*history.looks, *history.opened, *history.sweeps]
    return sorted(lines, key=lambda line: (line.at, isinstance(line, PastSweep)))


def _as_text(line: Line) -> str:
    moment = f"{line.at.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"
    address = final = ""
    if isinstance(line, PastLook):
        mark = line.danger or (_FITS if line.fits else "")
        kind, first = "look", f"{line.verdict}/{mark}" if mark else str(line.verdict)
        status, address, final = str(line.status or ""), line.address, line.final_address
        note = line.note
    elif isinstance(line, Opened):
        kind, first, status, address, note = "opened", line.by, "", line.address, line.note
    else:
        kind, first, status = "sweep", str(line.total), ""
        note = " ".join(f"{verdict}={count}" for verdict, count in line.counts)
    # A cut address would be another one.
    fields = [kind, _short(first), status, _one_line(address), _one_line(final), _short(note)]
    return "\t".join([moment, *(text or "-" for text in fields)])


def _short(text: str) -> str:
    return _one_line(text)[:_LONGEST_NOTE].rstrip()


def _one_line(text: str) -> str:
    return " ".join(text.split())


class _LineError(ValueError):
    """A line that cannot be read: what is wrong with it and what to do."""

    def __init__(self, what: str, remedy: str = _PUT_BACK) -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(f"{what}; {remedy}")


def _parsed(text: str) -> Line:
    """The line in a text.

    :raises _LineError: for a text that is none.
    """
    if text.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
        raise _LineError(
            "a merge conflict was left here", "keep the lines of both sides and remove the marks"
        )
    fields = ["" if field.strip() == "-" else field.strip() for field in text.split("\t")]
    if len(fields) != _FIELDS:
        held = counted(len(fields), "field")
        raise _LineError(f"this line has {held}, not {_FIELDS} separated by tabs")
    moment, kind, first, status, address, final, note = fields
    at = _moment(moment)
    if kind == "sweep":
        return PastSweep(at, _whole_number(first), _counts(note))
    if kind not in ("look", "opened"):
        raise _LineError(f"{quoted(kind)} is not `look`, `opened` or `sweep`")
    if not _ADDRESS.match(address):
        raise _LineError(f"{quoted(address)} is not an address")
    if kind == "opened":
        return Opened(at, address, first, note)
    verdict, _, mark = first.partition("/")
    look = PastLook(
        at,
        sys.intern(address),
        _verdict(verdict),
        danger=_danger(mark, first) if mark and mark != _FITS else None,
        status=_whole_number(status) if status else None,
        final_address=sys.intern(final),
        note=sys.intern(note),
        fits=mark == _FITS,
    )
    return replace(look, note="") if _FORMER_NOTES.fullmatch(look.title) else look


_FORMER_NOTES = re.compile(
    "|".join(
        (
            r"the page opens( \(\d+\))?",
            r"the page has moved for good to \S+",
            r"the domain seems to be parked: an advertiser's or a host's page is shown",
            r"the domain seems to be for sale",
            r"the domain or the website seems to have expired",
            r"a (gambling|sex) site seems to be there now",
            r"a shop seems to be there now",
            r"a page seems to be there now that asks for the password of another company",
            r"something else seems to be there now: nothing of the entry is on the page",
            r"the page says that it was not found, though it answers as if it was there",
            r"the address leads to the home page of the site, so the page may be gone",
        )
    )
)
"""What earlier versions noted of a page that was there, where now its title stands."""


_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:[^\s\"]+$", re.IGNORECASE)


_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


def _moment(text: str) -> datetime.datetime:
    try:
        at = datetime.datetime.fromisoformat(text if _MOMENT.fullmatch(text) else "")
    except ValueError:
        raise _LineError(
            f"{quoted(text)} is not a moment written as `2026-11-24T09:00:00Z`"
        ) from None
    return at


def _whole_number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise _LineError(f"{quoted(text)} is not a number")
    return int(text)


def _verdict(text: str) -> Verdict:
    try:
        return Verdict(text)
    except ValueError:
        raise _LineError(f"{quoted(text)} is not something that a check finds") from None


def _danger(text: str, written: str) -> Danger:
    try:
        return Danger(text)
    except ValueError:
        raise _LineError(f"{quoted(written)} is not something that a check finds") from None


def _counts(note: str) -> tuple[tuple[Verdict, int], ...]:
    parts = (part.partition("=") for part in note.split())
    return tuple((_verdict(verdict), _whole_number(count)) for verdict, _, count in parts)
