"""Rules of a whole check, against a server that misbehaves."""

import functools
import os
import shutil
import signal
import tempfile
import threading
import time
from pathlib import Path

import pytest

from linkindex.links import Link, check_links
from linkindex.links.asking import linkchecker
from linkindex.links.asking.answers import Record
from linkindex.links.asking.guard import Guard
from linkindex.links.asking.linkchecker import Ending, Manners, Run
from linkindex.links.asking.reader import Reader
from linkindex.links.causes import Answered, MovedTo, Why
from linkindex.links.inside.by_linkchecker import Sweep
from linkindex.links.looking import Means
from tests.links.misbehaving import MisbehavingServer, closed_port

CONTACT = "checks@example.org"


def link(address, line=1):
    return Link(address, "resources.yaml", line, "an-id", "A title")


def check(addresses, **more):
    more = {"contact": CONTACT, "timeout": 10, "pause": 0, "deadline": 300, **more}
    more.setdefault("guard", Guard(loopback=True))
    return check_links([link(address) for address in addresses], **more)


def verdicts(report):
    return [str(outcome.verdict) for outcome in report.outcomes]


TRAPS = {
    "/ok": "working",
    "/404": "broken",
    "/410": "broken",
    "/500": "unverified",
    "/busy-once": "working",
    "/limited-once": "working",
    "/limited-for-a-day": "unverified",
    "/401": "blocked",
    "/403": "blocked",
    "/451": "blocked",
    "/999": "blocked",
    "/202": "unverified",
    "/301/ok": "moved",
    "/308/301/ok": "moved",
    "/302/ok": "working",
    "/302/301/ok": "working",
    "/301/302/ok": "working",
    "/301/404": "broken",
    "/301/403": "blocked",
    "/loop": "broken",
    "/cookie": "working",
    "/reset": "unverified",
    "/silent": "unverified",
    "/drip-body": "unverified",
    "/malformed": "unverified",
    "/a%2Fb": "working",
    "/page#one": "working",
    "/page#two": "working",
    "/404#one": "broken",
    "/missing-once": "working",
    "/missing-then-broken": "unverified",
}


@pytest.fixture(scope="module", params=[False, True], ids=["alone", "with-linkchecker"])
def trapped(request):
    """One check of every trap, each on a host of its own but for what shares a page."""
    with MisbehavingServer() as server:
        addresses = {}
        for host, path in enumerate(TRAPS, start=2):
            page = path.partition("#")[0]
            shared = 1 if page in ("/page", "/404") else host
            addresses[path] = server.address(path, shared)
        progress = []
        report = check(
            addresses.values(),
            progress=lambda *state: progress.append(state),
            with_linkchecker=request.param,
        )
        server.progress, server.looks = progress, 1 + request.param
        yield server, dict(zip(addresses, report.outcomes, strict=True))


@pytest.mark.parametrize("path", TRAPS)
def test_each_trap_gets_its_verdict(trapped, path):
    _, outcomes = trapped
    assert outcomes[path].verdict == TRAPS[path], outcomes[path].cause


def test_robots_txt_is_not_asked_for(trapped):
    server, _ = trapped
    assert "/robots.txt" not in server.asked


def test_every_site_is_told_whom_to_write_to(trapped):
    server, _ = trapped
    assert server.agents == {linkchecker.user_agent(CONTACT)}


def test_addresses_that_differ_in_their_fragment_are_asked_for_once_a_look(trapped):
    server, _ = trapped
    assert server.turns["/page"] == server.looks


def test_progress_counts_settled_addresses_up_to_all(trapped):
    server, _ = trapped
    done = [state[0] for state in server.progress]
    assert done == sorted(done)
    assert done[0] == 0
    assert server.progress[-1][0] == server.progress[-1][1]


def test_a_moved_link_names_its_new_address(trapped):
    _, outcomes = trapped
    moved = outcomes["/301/ok"]
    assert moved.final_address.endswith("/ok")
    assert moved.cause == MovedTo(moved.final_address)


def test_a_broken_link_names_the_status(trapped):
    _, outcomes = trapped
    assert outcomes["/404"].status == 404
    assert outcomes["/404"].cause == Answered(404)


def test_a_port_without_a_server_is_broken():
    report = check([f"http://127.0.0.1:{closed_port()}/"])
    assert verdicts(report) == ["broken"]


def test_where_one_link_leads_to_another_the_other_has_not_moved():
    with MisbehavingServer() as server:
        report = check([server.address("/301/ok"), server.address("/ok")])
    assert verdicts(report) == ["moved", "working"]


def test_what_is_no_address_of_the_web_is_not_asked_for():
    report = check(["mailto:a@example.org", "tel:999"])
    assert {outcome.cause for outcome in report.outcomes} == {Why.NOT_OF_THE_WEB}


def test_every_link_to_one_address_is_reported_with_its_line():
    with MisbehavingServer() as server:
        links = [link(server.address("/404"), line) for line in (3, 5)]
        guard = Guard(loopback=True)
        report = check_links(links, contact=CONTACT, timeout=10, pause=0, guard=guard)
    assert [outcome.link.line for outcome in report.outcomes] == [3, 5]
    assert verdicts(report) == ["broken", "broken"]


@pytest.fixture
def processes():
    """Every process of linkchecker that is started with it as the ``start`` of a run."""
    return Processes()


class Processes(list):
    def start(self, *args):
        self.append(linkchecker.start(*args))
        return self[-1]

    def means(self, **more):
        return Means(run=functools.partial(linkchecker.run, start=self.start), **more)


@pytest.fixture
def temporary(monkeypatch):
    """An own folder for temporary files, which a process without rights may enter."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    shutil.rmtree(folder)


def assert_gone(processes, started=True):
    assert bool(processes) is started
    for process in processes:
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)


class LateAfterFirstAnswer:
    """A clock, and a progress function that puts it past the deadline once one answer is there."""

    def __init__(self):
        self.states = []

    def progress(self, *state):
        self.states.append(state)

    def now(self):
        return time.monotonic() + (1000 if len(self.states) >= 2 else 0)


with_or_without = pytest.mark.parametrize("with_linkchecker", [False, True])


@with_or_without
def test_at_the_deadline_what_was_found_is_kept(with_linkchecker, processes):
    late = LateAfterFirstAnswer()
    with MisbehavingServer() as server:
        report = check(
            [server.address("/ok"), server.address("/drip-headers", 2)],
            progress=late.progress,
            means=processes.means(now=late.now),
            with_linkchecker=with_linkchecker,
            timeout=60,
        )
    assert verdicts(report) == ["working", "unverified"]
    assert report.outcomes[1].cause is Why.NOT_IN_TIME
    assert_gone(processes, started=with_linkchecker)


class NeverReads(Reader):
    """A reader that never gets round to reading."""

    def submit(self, addresses, after=0.0):
        pass


@with_or_without
def test_at_the_deadline_one_look_does_not_make_a_link_broken(with_linkchecker):
    late = LateAfterFirstAnswer()
    one_look = NeverReads if with_linkchecker else Reader
    with MisbehavingServer() as server:
        report = check(
            [server.address("/404"), server.address("/drip-headers", 2)],
            progress=late.progress,
            means=Means(now=late.now, reader=one_look),
            with_linkchecker=with_linkchecker,
            timeout=60,
        )
    assert verdicts(report) == ["unverified", "unverified"]


def test_a_dripping_site_does_not_cost_the_others_their_second_look(monkeypatch):
    monkeypatch.setattr(linkchecker.Manners, "patience", 6)
    with MisbehavingServer() as server:
        addresses = [server.address("/busy-once"), server.address("/drip-headers", 2)]
        report = check(addresses, with_linkchecker=True)
    assert verdicts(report) == ["working", "unverified"]


def test_ctrl_c_leaves_no_process_and_no_file_behind(processes, temporary):
    def interrupt(done, total):
        if done:
            os.kill(os.getpid(), signal.SIGINT)

    # A shell that runs the tests in the background has made them deaf to Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with MisbehavingServer() as server:
        addresses = [server.address("/ok"), server.address("/drip-headers", 2)]
        with pytest.raises(KeyboardInterrupt):
            check(addresses, progress=interrupt, means=processes.means(), with_linkchecker=True)
    assert_gone(processes)
    assert list(temporary.iterdir()) == []


def test_a_check_leaves_no_thread_behind(processes):
    before = threading.active_count()
    check([f"http://127.0.0.1:{closed_port()}/"], means=processes.means(), with_linkchecker=True)
    assert_gone(processes)
    assert threading.active_count() <= before + 1  # knocking may still be winding up


def crashing_on(poison):
    """A linkchecker that dies without a word whenever one address is among those it gets."""

    def run(_program, addresses, *, on_record, **_more):
        if poison in addresses:
            return Run(frozenset(), Ending.CRASHED)
        for address in addresses:
            on_record(Record(address, "200 OK", address))
        return Run(frozenset(addresses), Ending.COMPLETED)

    return run


def test_an_address_that_crashes_linkchecker_takes_no_other_with_it():
    addresses = [f"http://127.0.0.1/{number}" for number in range(9)]
    means = Means(run=crashing_on(addresses[4]))
    found = Sweep(addresses, Manners("x"), time.monotonic() + 60, means=means).verdicts()
    assert found.pop(addresses[4]).verdict == "unverified"
    assert {look.verdict for look in found.values()} == {"working"}


def test_where_linkchecker_dies_the_other_look_still_says_what_opens():
    with MisbehavingServer() as server:
        addresses = [server.address(path) for path in ("/ok", "/404", "/malformed")]
        means = Means(run=crashing_on(addresses[2]))
        report = check(addresses, means=means, with_linkchecker=True)
    assert verdicts(report) == ["working", "broken", "unverified"]


@with_or_without
def test_an_address_that_nobody_looked_at_is_never_working(with_linkchecker):
    nothing = Run(frozenset(), Ending.COMPLETED)
    means = Means(run=lambda *_args, **_more: nothing, reader=NeverReads)
    report = check(
        ["http://127.0.0.1/"], means=means, with_linkchecker=with_linkchecker, deadline=0.1
    )
    assert verdicts(report) == ["unverified"]
