"""Rules of the loop in the background: started once, ended cleanly, whatever happens."""

import asyncio
import gc
import threading
import warnings

import pytest

from linkindex.links.asking.background import Background


@pytest.fixture(autouse=True)
def nothing_is_left_over(caplog):
    """No thread, and no warning of a loop, task or coroutine that was forgotten."""
    before = set(threading.enumerate())
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        yield
        gc.collect()
    assert [str(warning.message) for warning in warned] == []
    assert [record.getMessage() for record in caplog.records] == []
    assert set(threading.enumerate()) <= before


async def forever(begun=None, ended=None):
    if begun is not None:
        begun.set()
    try:
        await asyncio.Event().wait()
    finally:
        if ended is not None:
            ended.append(True)


async def double(number):
    await asyncio.sleep(0)
    return 2 * number


def test_what_is_begun_is_run_and_says_what_came_of_it():
    async def fails():
        raise ValueError("why")

    with Background("here") as here:
        assert here.begin(double(21)).result() == 42
        with pytest.raises(ValueError, match="why"):
            here.begin(fails()).result()


def test_it_is_started_once():
    with (
        Background("here") as here,
        pytest.raises(RuntimeError, match="here was entered before"),
    ):
        here.__enter__()
    with pytest.raises(RuntimeError, match="here was entered before"), here:
        pass


def test_what_was_never_entered_leaves_nothing():
    Background("here")


def test_leaving_cancels_what_still_runs_and_waits_for_its_end():
    begun, ended = threading.Event(), []
    with Background("here") as here:
        one = here.begin(forever(begun, ended))
        begun.wait()
    assert one.cancelled()
    assert ended == [True]


def test_what_is_begun_at_the_last_moment_takes_its_first_step_and_is_cancelled():
    ended = []
    with Background("here") as here:
        begun = [here.begin(forever(ended=ended)) for _ in range(50)]
    assert all(one.cancelled() for one in begun)
    assert ended == [True] * 50


def test_what_an_end_begins_is_ended_too():
    begun, ended, more = threading.Event(), [], []

    async def begins_more():
        try:
            await forever(begun)
        finally:
            more.append(asyncio.ensure_future(forever(ended=ended)))
            await asyncio.sleep(0)

    with Background("here") as here:
        here.begin(begins_more())
        begun.wait()
    assert ended == [True]


def test_a_failure_at_the_end_hides_no_other():
    begun = threading.Event()

    async def fails_at_the_end():
        try:
            await forever(begun)
        finally:
            raise ValueError("at the end")

    def interrupted():
        with Background("here") as here:
            found.append(here.begin(fails_at_the_end()))
            begun.wait()
            raise KeyboardInterrupt("on its way")

    found = []
    with pytest.raises(KeyboardInterrupt, match="on its way"):
        interrupted()
    with pytest.raises(ValueError, match="at the end"):
        found[0].result(0)


def test_nothing_is_begun_outside():
    here = Background("here")
    with pytest.raises(RuntimeError, match="here is not running"):
        here.begin(double(1))
    with here:
        pass
    with pytest.raises(RuntimeError, match="here is not running"):
        here.begin(double(1))


def test_threads_that_begin_while_it_ends_are_told_or_served():
    def begin_many():
        for _ in range(200):
            try:
                told.append(here.begin(double(1)))
            except RuntimeError:
                told.append(None)

    told = []
    threads = [threading.Thread(target=begin_many) for _ in range(4)]
    with Background("here") as here:
        for thread in threads:
            thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 800
    assert all(one is None or one.done() for one in told)


def test_what_never_ends_is_left_behind():
    go_on = threading.Event()

    async def hangs():
        begun.set()
        go_on.wait()

    begun = threading.Event()
    with Background("here", patience=0.2) as here:
        here.begin(hangs())
        begun.wait()
    left = [thread for thread in threading.enumerate() if thread.name == "here"]
    assert [thread.daemon for thread in left] == [True]
    go_on.set()
    left[0].join()


def test_without_a_thread_no_loop_is_left(monkeypatch):
    def refused(_thread):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refused)
    with pytest.raises(RuntimeError, match="new thread"), Background("here"):
        pass
    monkeypatch.undo()
