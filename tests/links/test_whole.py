"""Rules of keeping the history whole: to the last byte or not at all, and read in little memory."""

import datetime
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from linkindex.catalogue import LinkIndexError
from linkindex.links.causes import Danger
from linkindex.links.history.kept import DANGERS_NAME, kept_history, record
from linkindex.links.history.lines import (
    FILE_NAME,
    HEADER,
    Opened,
    PastLook,
    PastSweep,
    add_to_history,
    parsed,
    read_history,
    reading_of,
    tidied,
    tidy_file,
    written,
)
from linkindex.links.history.standing import standing, standings
from linkindex.links.model import Verdict
from tests.conftest import STARTED
from tests.links.misbehaving import MisbehavingServer
from tests.support.catalogues import catalogue_text
from tests.support.catalogues import parsed as catalogue_of

START = datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
HERE = "https://www.example.org/plain/first"


def look(day, address="https://a.test/", verdict=Verdict.WORKING, **more):
    return PastLook(START + day * DAY, address, verdict, status=200, **more)


def looks(count, note="A title"):
    return [look(0, f"https://a{number}.test/", note=note) for number in range(count)]


def added_within(path, lines, room):
    """Add lines where a file may only be so long, as on a disk that is nearly full."""

    def add(said):
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        try:
            add_to_history(path, lines)
            said.put("added")
        except LinkIndexError as error:
            said.put(str(error))

    context = multiprocessing.get_context("fork")
    said = context.SimpleQueue()
    process = context.Process(target=add, args=(said,))
    process.start()
    process.join()
    return said.get()


@pytest.mark.parametrize("before", [0, 20])
def test_where_there_is_no_room_nothing_is_added_and_it_is_said(tmp_path, before):
    path = tmp_path / FILE_NAME
    add_to_history(path, looks(before, "Before"))
    was = path.read_bytes() if before else None
    said = added_within(path, looks(514), 12_000)
    assert said.startswith(f"{FILE_NAME}: nothing was added (File too large); make room")
    assert (path.read_bytes() if path.exists() else None) == was


def test_where_there_is_room_everything_is_added(tmp_path):
    path = tmp_path / FILE_NAME
    assert added_within(path, looks(514), 200_000) == "added"
    assert len(read_history(path).looks) == 514


def test_a_history_that_cannot_be_tidied_for_want_of_room_is_kept(tmp_path, monkeypatch):
    path = tmp_path / FILE_NAME
    add_to_history(path, [look(day / 10) for day in range(300)])
    was = path.read_bytes()

    def full(_file):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    tidy_file(path, {"https://a.test/"})
    assert path.read_bytes() == was
    assert [file.name for file in tmp_path.iterdir()] == [FILE_NAME]


def add_one_by_one(path, name):
    for number in range(40):
        add_to_history(path, [look(number, f"https://{name}{number}.test/")])
        tidy_file(path, {f"https://{each}{one}.test/" for each in "abc" for one in range(40)})


def test_what_runs_add_and_tidy_at_the_same_time_is_all_there(tmp_path):
    path = tmp_path / FILE_NAME
    add_to_history(path, [look(day, "https://x.test/") for day in range(120)])
    context = multiprocessing.get_context("fork")
    runs = [context.Process(target=add_one_by_one, args=(path, name)) for name in "abc"]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    reading = reading_of(path)
    assert not reading.unreadable
    assert len({one.address for one in reading.history.looks} - {"https://x.test/"}) == 120


def test_a_stop_while_lines_are_added_leaves_none_of_them(tmp_path, monkeypatch):
    path = tmp_path / FILE_NAME
    add_to_history(path, looks(3))
    was = path.read_bytes()

    def stopped(_file):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stopped)
    with pytest.raises(KeyboardInterrupt):
        add_to_history(path, looks(3, "Another"))
    assert path.read_bytes() == was


def problems_of(folder, data, name=FILE_NAME):
    catalogue = folder / "resources.yaml"
    catalogue.write_text(catalogue_text(), "utf-8")
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    kept = kept_history(catalogue_of(catalogue_text()), catalogue, STARTED.date())
    return kept, [f"{one.file}:{one.line}: {one.what}" for one in kept.problems]


GOOD = written(looks(3))


def test_lines_that_cannot_be_read_are_counted_and_said(tmp_path):
    kept, said = problems_of(tmp_path, (HEADER + "no line\n" * 94 + GOOD).encode())
    assert len(said) == 11
    assert said[0].startswith(f"{FILE_NAME}:2: this line has 1 field")
    assert said[-1] == f"{FILE_NAME}:12: 84 more lines of this file cannot be read either"
    assert len(kept.history.looks) == 3


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16_is_said_to_be_no_utf_8(tmp_path, encoding):
    _, said = problems_of(tmp_path, (HEADER + GOOD).encode(encoding))
    assert said == [f"{FILE_NAME}:1: this is not UTF-8 text"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("size", [1, 7, 100, 1 << 20])
def test_a_file_is_read_in_pieces_as_in_one(tmp_path, monkeypatch, end, size):
    text = (HEADER + GOOD + "no line\n").replace("\n", end)
    (tmp_path / FILE_NAME).write_bytes(text.encode())
    monkeypatch.setattr("linkindex.links.history.lines._CHUNK", size)
    reading = reading_of(tmp_path / FILE_NAME)
    assert reading.history.looks == parsed((HEADER + GOOD).encode()).history.looks
    assert [line.line for line in reading.unreadable] == [5]


def test_a_line_without_an_end_is_read_in_little_memory(tmp_path):
    reading = parsed(b"x" * 5_000_000 + b"\n" + GOOD.encode())
    assert reading.unreadable
    assert len(reading.history.looks) == 3


FUTURE = datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC)
A_DANGER = {"danger": Danger.GAMBLING, "note": "Casino"}


def kept_of(folder, *lines):
    return problems_of(folder, (HEADER + written(lines)).encode())


def test_a_danger_from_the_future_is_over_once_a_page_that_fits_was_seen(tmp_path):
    later = look(14, HERE, fits=True)
    danger = PastLook(FUTURE, HERE, Verdict.SUSPECT, **A_DANGER)
    kept, said = kept_of(tmp_path, look(0, HERE, fits=True), danger, later)
    assert not standings(kept.history, [HERE], STARTED.date())[0].harmful
    assert said[0].startswith(f"{FILE_NAME}:1: 1 line is in the future (2099-01-01)")
    assert "the danger still counts" in said[0]


def test_a_danger_from_the_future_hides_a_link_until_then(tmp_path):
    danger = PastLook(FUTURE, HERE, Verdict.SUSPECT, **A_DANGER)
    kept, _ = kept_of(tmp_path, look(0, HERE, fits=True), look(7, HERE, fits=True), danger)
    assert standings(kept.history, [HERE], STARTED.date())[0].harmful


def test_a_word_answers_for_a_danger_from_the_future_too(tmp_path):
    danger = PastLook(FUTURE, HERE, Verdict.SUSPECT, **A_DANGER)
    word = Opened(STARTED - DAY, HERE, "family team")
    kept, _ = kept_of(tmp_path, look(0, HERE), danger, word)
    stands = standings(kept.history, [HERE], STARTED.date())[0]
    assert (stands.harmful, stands.opened) == (False, word)


@pytest.mark.parametrize(
    "line",
    [
        PastLook(FUTURE, HERE, Verdict.WORKING, status=200, fits=True),
        Opened(FUTURE, HERE, "family team"),
        PastSweep(FUTURE, 5),
    ],
)
def test_good_news_from_the_future_is_left_out(tmp_path, line):
    danger = look(7, HERE, Verdict.SUSPECT, **A_DANGER)
    kept, said = kept_of(tmp_path, danger, line)
    assert standings(kept.history, [HERE], STARTED.date())[0].harmful
    assert not kept.history.sweeps
    assert "1 line is in the future (2099-01-01) and left out" in said[0]


def many_lines(count):
    for number in range(count):
        moment = f"{START + number * datetime.timedelta(minutes=5):%Y-%m-%dT%H:%M:%SZ}"
        address = f"https://a{number % 40}.test/a/long/path/of/a/page"
        yield f"{moment}\tlook\tworking/fits\t200\t{address}\t-\tA title - Publisher\n".encode()


def test_of_very_many_lines_those_stay_that_say_how_a_link_stands(tmp_path):
    count = 40_000
    path = tmp_path / FILE_NAME
    path.write_bytes(HEADER.encode() + b"".join(many_lines(count)))
    history = read_history(path)
    assert len(history.looks) <= 40 * 501
    assert history.looks[-1].at == START + (count - 1) * datetime.timedelta(minutes=5)


@pytest.mark.parametrize("kind", ["look", "opened", "sweep", "danger"])
def test_no_kind_of_line_fills_the_memory(kind):
    lines = {
        "look": lambda day: look(day),
        "opened": lambda day: Opened(START + day * DAY, "https://a.test/", "team"),
        "sweep": lambda day: PastSweep(START + day * DAY, 5),
        "danger": lambda day: look(day, verdict=Verdict.SUSPECT, **A_DANGER),
    }
    every = [lines[kind](day / 10) for day in range(5_000)]
    history = parsed((HEADER + written(every)).encode()).history
    kept = [*history.looks, *history.opened, *history.sweeps]
    assert len(kept) <= 2_001
    assert kept[-1] == every[-1]


def test_leaving_lines_out_changes_nothing_of_how_a_link_stands():
    """The oldest lines of many tell of a danger that an editor answered for."""
    early = [look(0, fits=True), look(1, verdict=Verdict.SUSPECT, **A_DANGER)]
    late = [look(2 + hour / 48, verdict=Verdict.BLOCKED) for hour in range(900)]
    word = Opened(START + 1.5 * DAY, "https://a.test/", "team")
    every = [early[0], early[1], word, *late]
    history = parsed((HEADER + written(every)).encode()).history
    today = (START + 20 * DAY).date()
    whole = standing("https://a.test/", [*early, *late], word, today)
    assert len(history.looks) <= 501
    assert standings(history, ["https://a.test/"], today) == [whole]


def test_a_danger_is_kept_a_second_time_before_the_history_is_written(tmp_path):
    catalogue = tmp_path / "resources.yaml"
    catalogue.write_text(catalogue_text(), "utf-8")
    (tmp_path / FILE_NAME).mkdir()  # nothing can be written there
    with pytest.raises(LinkIndexError):
        record(catalogue, [look(0, HERE, Verdict.SUSPECT, **A_DANGER)])
    (tmp_path / FILE_NAME).rmdir()
    record(catalogue, [look(0, HERE, Verdict.SUSPECT, **A_DANGER)])
    assert len(read_history(tmp_path / DANGERS_NAME).looks) == 1


CHECK = """
import sys
from linkindex.__main__ import run
from linkindex.links import check as checking
from linkindex.links.asking.guard import Guard
checking.Guard = lambda: Guard(loopback=True, resolve=lambda *_: ["127.0.0.1"], upstream="")
sys.argv = ["linkindex", "links", "--record", *sys.argv[1:]]
run()
"""


def children_of(process):
    folder = f"/proc/{process}/task/{process}/children"
    with open(folder, encoding="ascii") as listed:  # noqa: PTH123 - not a file of ours
        return [int(child) for child in listed.read().split()]


def as_from_a_terminal():
    """Stop for what stops a program, even where the tests were begun by one that does not."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="asks Linux for the children")
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize("options", [[], ["--linkchecker"]])
def test_a_check_that_is_stopped_leaves_no_process_and_no_file(tmp_path, sign, options):
    (tmp_path / "tmp").mkdir()
    (tmp_path / "tmp").chmod(0o755)
    with MisbehavingServer() as server:
        there = f"http://site.test:{server.server_port}/drip-headers?"
        text = catalogue_text().replace("https://www.example.org/", there)
        (tmp_path / "resources.yaml").write_text(text, "utf-8")
        before = sorted(file.name for file in tmp_path.iterdir())
        process = subprocess.Popen(
            [sys.executable, "-c", CHECK, *options],
            cwd=tmp_path,
            env={**os.environ, "TMPDIR": str(tmp_path / "tmp"), "no_proxy": "*"},
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=as_from_a_terminal,
        )
        while not server.asked:
            assert process.poll() is None, "the check ended before it could be stopped"
            time.sleep(0.05)
        children = children_of(process.pid)
        process.send_signal(sign)
        assert process.wait() == 128 + sign
        assert "stopped; nothing was changed" in process.stderr.read()
        process.stderr.close()
    assert bool(children) is bool(options)
    for child in children:
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)
    assert sorted(file.name for file in tmp_path.iterdir()) == before
    assert list((tmp_path / "tmp").iterdir()) == []


def test_tidying_and_reading_agree():
    every = [look(day / 10) for day in range(99)]
    history = parsed((HEADER + written(every)).encode()).history
    assert tidied(history, {"https://a.test/"}).looks == tuple(every[-12:])
