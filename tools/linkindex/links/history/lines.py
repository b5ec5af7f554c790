"""What past checks found: a file of lines, one a look, that people can read and git can merge.

``link-history.tsv`` lies beside the catalogue. New lines are only ever added at its end, so two
runs at the same time lose nothing, and git joins two versions by keeping the lines of both
(``merge=union``). A line that cannot be read, such as the half of one that an interrupted run left,
is passed over. Without the file nothing is lost but patience: every link begins anew.

Each line has seven fields with a tab between them: the moment (UTC), the kind of line, and then

- ``look``: verdict (``suspect/gambling`` for a danger, ``working/fits`` where the page was read and
  plainly is what the index says), status, address, final address, and the title of the page that
  was read, or why none was;
- ``opened``: an editor opened the link by hand: the role, ``-``, address, ``-``, a note;
- ``sweep``: a check of every link ended: the number of links, and how many had which verdict.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from linkindex.links.judging.verdicts import NOT_IN_TIME, how_it_opened
from linkindex.links.model import LinkReport, Verdict
from linkindex.links.pages.danger import Danger
from linkindex.links.pages.html import LONGEST_TITLE

FILE_NAME = "link-history.tsv"
HEADER = "at\tkind\tverdict\tstatus\taddress\tfinal address\tnote\n"

KEPT_LOOKS = 12
"""Looks an address of which the file keeps when it is tidied: a quarter of a year of sweeps."""

DAYS_TO_BREAK = 3
"""Different days on which a link must fail, without opening once between them, to be broken."""

OPENS = (Verdict.WORKING, Verdict.MOVED)

_FIELDS = 7
_FITS = "fits"
_LONGEST_NOTE = LONGEST_TITLE


@dataclass(frozen=True, order=True)
class PastLook:
    """One look at an address.

    ``note`` is the title of the page where it opened or is a danger, empty where none was read, and
    else what was wrong. ``fits`` says that the page was read and plainly is what the index says;
    that it opened says nothing of what it is.
    """

    at: datetime.datetime
    address: str
    verdict: Verdict
    danger: str = ""
    status: int | None = None
    final_address: str = ""
    note: str = ""
    fits: bool = False

    @property
    def is_harmful(self) -> bool:
        """Whether the page must not be shown to anybody."""
        return self.danger in _HARMFUL

    @property
    def title(self) -> str:
        """What the page called itself; empty where none was read."""
        was_there = self.verdict in OPENS or self.danger
        return self.note if was_there and self.note != self.reason else ""

    @property
    def reason(self) -> str:
        """What was found, for an editor."""
        if self.danger in _DANGERS:
            return Danger(self.danger).sentence
        if self.verdict in OPENS:
            final = self.final_address or self.address
            return how_it_opened(self.verdict, self.status, final)
        return self.note


@dataclass(frozen=True, order=True)
class Opened:
    """A link that somebody opened by hand. ``by`` is a role, never the name of a person."""

    at: datetime.datetime
    address: str
    by: str
    note: str = ""


@dataclass(frozen=True, order=True)
class PastSweep:
    """A check of the whole index that looked at every link of it."""

    at: datetime.datetime
    total: int
    counts: tuple[tuple[Verdict, int], ...] = ()


Line = PastLook | Opened | PastSweep


@dataclass(frozen=True)
class History:
    """Everything that was recorded, oldest first, each line once."""

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

    def looks_by_address(self) -> dict[str, list[PastLook]]:
        """The looks at each address, oldest first."""
        found: dict[str, list[PastLook]] = {}
        for look in self.looks:
            found.setdefault(look.address, []).append(look)
        return found

    def opened_by_address(self) -> dict[str, Opened]:
        """When each address was last opened by hand."""
        return {opened.address: opened for opened in self.opened}


def read_history(path: Path) -> History:
    """The history in a file; an empty one where there is none."""
    try:
        return parse_history(path.read_text("utf-8", errors="replace"))
    except FileNotFoundError:
        return History()


def parse_history(text: str) -> History:
    """The history in a text. Lines that cannot be read are passed over. Pure."""
    return _history([line for raw in text.split("\n") if (line := _parsed(raw)) is not None])


def written(lines: Iterable[Line]) -> str:
    """Lines of the file, in the order given. Pure."""
    return "".join(f"{_as_text(line)}\n" for line in lines)


def looks_of(report: LinkReport) -> list[Line]:
    """What a report adds to the history: nothing at all when the network looked broken. Pure."""
    if report.disturbance:
        return []
    looks: dict[str, PastLook] = {}
    for found in report.outcomes:
        if found.reason != NOT_IN_TIME.reason:
            looks[found.link.address] = PastLook(
                report.checked_at,
                found.link.address,
                found.verdict,
                found.danger,
                found.status,
                "" if found.final_address == found.link.address else found.final_address or "",
                found.title if found.verdict in OPENS or found.danger else found.reason,
                found.fits and found.verdict in OPENS,
            )
    return [*looks.values()]


def sweep_of(report: LinkReport) -> list[Line]:
    """The line that says how a check of the whole index ended. Pure.

    :param report: as it stands in the light of the history.
    """
    if report.disturbance:
        return []
    counts = tuple((verdict, count) for verdict, count in report.counts.items() if count)
    return [PastSweep(report.checked_at, len(report.outcomes), counts)]


def is_whole(report: LinkReport) -> bool:
    """Whether each link of a check was looked at before its time was up. Pure.

    :param report: as it was found.
    """
    return all(found.reason != NOT_IN_TIME.reason for found in report.outcomes)


def add_to_history(path: Path, lines: Sequence[Line]) -> None:
    """Put lines at the end of the file, making it if need be.

    They are written at once, after a line of their own begins, so that whatever else is added at
    the same moment or was left half-written before stays apart.
    """
    if not lines:
        return
    text = written(lines)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o644)
    with os.fdopen(handle, "r+b", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        if size == 0:
            text = HEADER + text
        else:
            file.seek(size - 1)
            if file.read(1) != b"\n":
                text = f"\n{text}"
        file.write(text.encode())


def tidied(history: History, addresses: Collection[str]) -> History:
    """The history with what still matters: each address of the index stands as before. Pure.

    Of each address the last :data:`KEPT_LOOKS` are kept, every sweep, and of what is older whatever
    it stands by (:func:`_telling`).
    """
    opened = history.opened_by_address()
    kept: list[Line] = [*history.sweeps]
    kept += [line for line in history.opened if line.address in addresses]
    for address, looks in history.looks_by_address().items():
        if address in addresses:
            kept += [*_telling(looks, opened.get(address)), *looks[-KEPT_LOOKS:]]
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
    yield from [look for look in looks if look.verdict in OPENS][-1:]
    yield from [look for look in looks if look.verdict in OPENS and look.title][-1:]
    yield from [look for look in looks if look.verdict is not Verdict.UNVERIFIED][-1:]
    yield from {(look.verdict, look.danger): look for look in since_it_opened(looks)}.values()
    if opened is not None:
        before = [look for look in looks if look.at <= opened.at]
        yield from [look for look in before if look.fits][-1:]
        yield from [look for look in before if look.verdict in OPENS][-1:]
        yield from {(look.verdict, look.danger): look for look in since_it_opened(before)}.values()


def since_it_opened(looks: Sequence[PastLook]) -> Sequence[PastLook]:
    """The looks after the last that opened; all where none did."""
    good = [place for place, look in enumerate(looks) if look.verdict in OPENS]
    return looks[good[-1] + 1 :] if good else looks


def tidy_file(path: Path, addresses: Collection[str]) -> None:
    """Tidy the file once it holds twice what it needs to."""
    history = read_history(path)
    after = tidied(history, addresses)
    if len(history.looks) < 2 * len(after.looks) or len(history.looks) < 100:
        return
    unfinished = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    try:
        unfinished.write_bytes((HEADER + written(_in_order(after))).encode())
        unfinished.replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            unfinished.unlink()


_DANGERS = frozenset(danger.value for danger in Danger)
_HARMFUL = frozenset(danger.value for danger in Danger if danger.is_harmful)


def _history(lines: Iterable[Line]) -> History:
    unique = sorted(dict.fromkeys(lines), key=lambda line: (line.at, _as_text(line)))
    return History(
        tuple(line for line in unique if isinstance(line, PastLook)),
        tuple(line for line in unique if isinstance(line, Opened)),
        tuple(line for line in unique if isinstance(line, PastSweep)),
    )


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


def _parsed(raw: str) -> Line | None:
    fields = raw.rstrip("\r").split("\t")
    if len(fields) != _FIELDS:
        return None
    moment, kind, first, status, address, final, note = (
        "" if field == "-" else field for field in fields
    )
    try:
        at = datetime.datetime.strptime(moment, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=datetime.UTC)
        if kind == "look" and address:
            verdict, _, mark = first.partition("/")
            number = int(status) if status else None
            danger, fits = ("", True) if mark == _FITS else (mark, False)
            return PastLook(at, address, Verdict(verdict), danger, number, final, note, fits)
        if kind == "opened" and address:
            return Opened(at, address, first, note)
        if kind == "sweep":
            counts = (part.partition("=") for part in note.split())
            return PastSweep(at, int(first), tuple((Verdict(v), int(n)) for v, _, n in counts))
    except ValueError:
        return None
    return None
