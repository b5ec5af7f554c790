"""What past checks found, as it is kept beside an index, and whether all of it is still there.

A link that was found harmful is hidden for as long as ``link-history.tsv`` says so. That file can
be emptied, cut short, or saved by a spreadsheet in another form, and then every hidden link would
be back. So each look that found a danger is kept a second time, beside the ledger of published
codes and in lines of the same form: ``permalinks/harmful-links.tsv``. Lines are only ever added to
it, and git joins two versions of it as it joins two histories.

What either of the two says counts. What the second says and the first does not is told, as is each
line that cannot be read, and both stop whatever would be published.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from linkindex.catalogue import Catalogue, LinkIndexError, Problem, Severity
from linkindex.catalogue.permalinks import FOLDER
from linkindex.catalogue.problems import quoted
from linkindex.links.history.lines import (
    FILE_NAME,
    History,
    Line,
    PastLook,
    Reading,
    Unreadable,
    add_to_history,
    page_key,
    reading_of,
)
from linkindex.wording import counted

DANGERS_NAME = f"{FOLDER}/harmful-links.tsv"
"""Where each look that found a danger is kept a second time, below the folder of the index."""

MOST_TOLD = 10
"""Lines of a file that are told one by one; a file that was saved in another form has thousands."""


@dataclass(frozen=True)
class KeptHistory:
    """What past checks found, and what is wrong with how it was kept.

    ``history`` holds what either file says. A problem is an error where a link may be back that was
    hidden.
    """

    history: History
    problems: tuple[Problem, ...] = ()


def history_path(catalogue_path: Path) -> Path:
    """Where the history of an index is written: beside the file itself, not beside a link to it."""
    return catalogue_path.resolve().parent / FILE_NAME


def kept_history(catalogue: Catalogue, catalogue_path: Path, today: datetime.date) -> KeptHistory:
    """The history of an index and everything that is wrong with it.

    :param catalogue_path: where the index was named. Of a link to a file elsewhere, the history
        beside either counts.
    :raises LinkIndexError: when a file is there and cannot be opened.
    """
    readings: dict[str, Reading] = {}
    dangers: dict[str, Reading] = {}
    for folder in _folders(catalogue_path):
        readings[_named(folder, FILE_NAME, catalogue_path)] = reading_of(folder / FILE_NAME, today)
        dangers[_named(folder, DANGERS_NAME, catalogue_path)] = reading_of(
            folder / DANGERS_NAME, today
        )
    history = _joined(readings.values())
    second = _joined(dangers.values())
    once_harmful = any(look.is_harmful for look in (*history.looks, *second.looks))
    problems = [
        *_about_lines(readings, once_harmful=once_harmful),
        *_about_lines(dangers, once_harmful=True),
        *_about_lost(next(iter(readings)), _lost(catalogue, history, second), catalogue),
    ]
    problems += [*_about_future({**readings, **dangers})]
    return KeptHistory(history.joined(second), tuple(problems))


def refuse_other_text(catalogue_path: Path) -> None:
    """Refuse a history to which nothing can be added, before the work that would be added is done.

    :raises LinkIndexError: saying what the file is.
    """
    path = history_path(catalogue_path)
    whole = next((line for line in reading_of(path).unreadable if line.is_whole_file), None)
    if whole:
        raise LinkIndexError(f"{path.name}: {whole.what}, so nothing can be added; {whole.remedy}")


def record(catalogue_path: Path, lines: Sequence[Line]) -> None:
    """Add lines to the history of an index, and its dangers to the second file."""
    refuse_other_text(catalogue_path)
    add_dangers(catalogue_path, lines)
    add_to_history(history_path(catalogue_path), lines)


def add_dangers(catalogue_path: Path, lines: Iterable[Line]) -> int:
    """Keep each look that found a danger in the second file, too; how many were new to it."""
    path = catalogue_path.resolve().parent / DANGERS_NAME
    known = set(reading_of(path).history.looks)
    new = [
        line
        for line in lines
        if isinstance(line, PastLook) and line.is_harmful and line not in known
    ]
    if new:
        path.parent.mkdir(exist_ok=True)
        add_to_history(path, new)
    return len(new)


def _folders(catalogue_path: Path) -> list[Path]:
    """The folder of the index, and the one in which it was named if that is another."""
    folders = (catalogue_path.resolve().parent, catalogue_path.parent.resolve())
    return list(dict.fromkeys(folders))


def _named(folder: Path, name: str, catalogue_path: Path) -> str:
    """What a file is called in a message: as it lies below the index that was named."""
    here = folder == catalogue_path.parent.resolve()
    return name if here else (folder / name).as_posix()


def _joined(readings: Iterable[Reading]) -> History:
    history = History()
    for reading in readings:
        history = history.joined(reading.history)
    return history


def _about_lines(readings: dict[str, Reading], *, once_harmful: bool) -> Iterator[Problem]:
    for file, reading in readings.items():
        told = reading.unreadable[:MOST_TOLD]
        for line in told:
            yield _about_line(file, line, is_error=once_harmful or line.tells_danger)
        more = reading.unreadable[MOST_TOLD:]
        if more:
            is_error = once_harmful or any(line.tells_danger for line in more)
            count = counted(len(more), "more line")
            what = f"{count} of this file cannot be read either"
            yield _problem(file, more[0].line, what, _PUT_BACK, is_error=is_error)


def _about_line(file: str, line: Unreadable, *, is_error: bool) -> Problem:
    return _problem(file, line.line, line.what, line.remedy, is_error=is_error)


_PUT_BACK = "put the file back as git has it"
_CLOCK = "set the clock of the computer that wrote them right, and remove the lines"
_ASK_AGAIN = (
    "put the file back as git has it, or run `linkindex links --record`, which asks it again, or "
    "open it by hand and note that with `linkindex links opened`"
)


def _lost(catalogue: Catalogue, history: History, second: History) -> Iterator[PastLook]:
    """The dangers of links of the index that the history does not tell of, nor of what came after.

    A danger is told by its own look. What came after is another danger, a page that fitted, or the
    word of somebody who opened the link.
    """
    pages = {page_key(address) for _, address in catalogue.every_page}
    for look in {page_key(look.address): look for look in second.looks}.values():
        later = (seen for seen in history.looks_at(look.address) if seen.at >= look.at)
        word = history.opened_at(look.address)
        is_told = any(seen.is_harmful or seen.fits for seen in later) or (
            word and word.at >= look.at
        )
        if look.is_harmful and page_key(look.address) in pages and not is_told:
            yield look


def _about_lost(file: str, lost: Iterable[PastLook], catalogue: Catalogue) -> Iterator[Problem]:
    titles = {page_key(address): resource for resource, address in catalogue.every_page}
    lost_looks = list(lost)
    for look in lost_looks[:MOST_TOLD]:
        resource = titles[page_key(look.address)]
        what = (
            f"this file no longer says that {quoted(resource.id)} was found harmful on "
            f"{look.at.date().isoformat()}"
        )
        yield _problem(file, 1, what, _ASK_AGAIN, is_error=True)
    if more := len(lost_looks[MOST_TOLD:]):
        links = counted(more, "more link")
        what = f"nor does it say so of {links} that had been found harmful"
        yield _problem(file, 1, what, _PUT_BACK, is_error=True)


def _about_future(readings: dict[str, Reading]) -> Iterator[Problem]:
    for file, reading in readings.items():
        if not reading.future:
            continue
        count, dangers = len(reading.future), reading.future_dangers
        are = "1 line is" if count == 1 else f"{count} lines are"
        but = f", but for {counted(dangers, 'danger')}" if dangers else ""
        what = f"{are} in the future ({reading.future[0].isoformat()}) and left out{but}"
        if dangers == count:
            what = f"{are} in the future ({reading.future[0].isoformat()}); the danger still counts"
        yield _problem(file, 1, what, _CLOCK, is_error=False)


def _problem(file: str, line: int, what: str, remedy: str, *, is_error: bool) -> Problem:
    severity = Severity.ERROR if is_error else Severity.WARNING
    return Problem(file, line, 1, what, remedy, severity)
