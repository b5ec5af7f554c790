"""Rules of a check in a network that works, in one that does not, and of its manners in both."""

import datetime
import functools
import itertools
import json
import socket
import threading
import time
from collections import Counter
from dataclasses import replace

import pytest

from linkindex.links import Expectations, Link, check_links
from linkindex.links.asking.guard import Guard
from linkindex.links.causes import Disturbance, Why
from linkindex.links.history.kept import kept_history
from linkindex.links.looking import Means
from linkindex.links.model import Verdict
from linkindex.links.pages.identity import Identity
from linkindex.links.sweep import MOST_CONTROLS, Choice, asked, joined, planned, remembered
from tests.conftest import STARTED
from tests.links.misbehaving import MisbehavingServer
from tests.support.catalogues import catalogue_text, parsed

TODAY = STARTED.date()
DAY = datetime.timedelta(days=1)
EVERYTHING = Choice()


@pytest.fixture
def server():
    with MisbehavingServer() as server:
        yield server


def here(_name, _port):
    return ["127.0.0.1"]


def there(server, sites, pages=1):
    return [
        f"http://site{site}.test:{server.server_port}/nests/{page}"
        for site in range(sites)
        for page in range(pages)
    ]


def check(addresses, **more):
    """One check of entries on nests, of which each has its own."""
    identities = {address: entry(address) for address in addresses}
    more = {"timeout": 10, "pause": 0, "guard": Guard(loopback=True, resolve=here), **more}
    links = [Link(address, "resources.yaml", 1, "an-id", "A title") for address in addresses]
    return check_links(
        links, contact="checks@example.org", expectations=Expectations(identities), **more
    )


def topic(address):
    return f"Resting nests {address.rpartition('/')[2]} of {address.split('/')[2].split('.')[0]}"


def entry(address):
    return Identity(topic(address), "Bird Trust", f"How to build {topic(address)}.", address)


def page(host, path, title="Home"):
    subject = topic(f"http://{host}{path}")
    return (
        f"<title>{title}</title><h1>{subject}</h1>"
        f"<p>How to build {subject}. Advice from Bird Trust for {subject} in spring and autumn."
    )


def healthy(host, path):
    return 200, {}, page(host, path)


def always(status, text="", kind="text/html"):
    return lambda _host, _path: (status, {"Content-Type": kind} if text else {}, text)


def test_nothing_is_thrown_away_where_pages_fit_whatever_title_they_share(server):
    server.web = healthy
    report = check(there(server, 12, 2))
    assert not report.disturbance
    assert report.counts[Verdict.WORKING] == 24
    assert all(outcome.fits for outcome in report.outcomes)


@pytest.mark.parametrize(
    ("web", "trouble"),
    [
        (always(410), Disturbance.SHUT_OUT),
        (always(403), Disturbance.SHUT_OUT),
        (always(502, "<title>Bad gateway</title><p>The proxy had no answer."), "shut-out"),
        (always(200, '{"error": "upstream", "code": 502}', "application/json"), "shut-out"),
        (always(200, " "), Disturbance.SHUT_OUT),
        (always(200, "<title>Proxy</title><p>This request was refused by policy 7."), "captive"),
        (always(200, "<p>Sign in to use this network. Accept the terms."), Disturbance.CAPTIVE),
    ],
)
def test_behind_a_proxy_that_is_out_of_order_nothing_counts(server, web, trouble):
    server.web = web
    report = check(there(server, 12))
    assert report.disturbance == trouble
    assert {outcome.cause for outcome in report.outcomes} == {report.disturbance}


def test_a_check_in_vain_ends_before_every_address_was_asked_for():
    """Names are looked up and no answer comes: it must not be waited for at every address."""
    never, looked_up = threading.Event(), []

    def dropped(name, _port):
        looked_up.append(name)
        never.wait(60)
        raise socket.gaierror(socket.EAI_AGAIN, "")

    addresses = [f"http://site{site}.test/{page}" for site in range(12) for page in range(10)]
    report = check(addresses, guard=Guard(resolve=dropped, look_up_patience=0.2))
    never.set()
    assert report.disturbance is Disturbance.CUT_OFF
    assert max(Counter(looked_up).values()) == 1


def test_a_host_that_cannot_be_reached_is_tried_once_a_look_for_all_its_links(server):
    tried = Counter()

    def resolve(name, _port):
        tried[name] += 1
        if name == "gone.test":
            raise socket.gaierror(socket.EAI_NONAME, "")
        return ["127.0.0.1"]

    server.web = healthy
    gone = [f"http://gone.test/{page}" for page in range(30)]
    fine = there(server, 3)
    report = check([*gone, *fine], guard=Guard(loopback=True, resolve=resolve), pause=0.1)
    assert [str(outcome.verdict) for outcome in report.outcomes] == ["broken"] * 30 + [
        "working"
    ] * 3
    assert tried["gone.test"] == 2


def counted_requests(server, busy, web=healthy, **more):
    """How often each host was asked, where one host is busy."""
    asked_of = Counter()

    def answered(host, path):
        asked_of[host] += 1
        return busy(host, path) if host == "site0.test" else web(host, path)

    server.web = answered
    return check(there(server, 3, 6), **more), asked_of


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("with_linkchecker", [False, True])
def test_a_site_that_asks_for_an_hour_is_left_alone_for_the_rest_of_the_run(
    server, status, with_linkchecker
):
    def busy(_host, _path):
        return status, {"Retry-After": "3600"}, ""

    report, asked_of = counted_requests(server, busy, with_linkchecker=with_linkchecker)
    # linkchecker may be on its way with one more when the reader hears of it.
    assert asked_of["site0.test"] <= (2 if with_linkchecker else 1)
    of_busy, others = report.outcomes[:6], report.outcomes[6:]
    assert {outcome.verdict for outcome in of_busy} == {"unverified"}
    assert Why.ASKED_TO_WAIT in {outcome.cause for outcome in of_busy}
    assert {outcome.verdict for outcome in others} == {"working"}


def test_a_site_that_others_lead_to_is_left_alone_too(server):
    def busy(host, path):
        return 302, {"Location": f"http://busy.test:{server.server_port}{path}"}, ""

    asked_of = Counter()

    def web(host, path):
        asked_of[host] += 1
        return (429, {"Retry-After": "3600"}, "") if host == "busy.test" else busy(host, path)

    server.web = web
    report = check(there(server, 2, 6))
    assert asked_of["busy.test"] <= 2  # one from each of the two, at the same moment
    assert {outcome.verdict for outcome in report.outcomes} == {"unverified"}


def test_a_site_that_asks_for_a_moment_gets_it_and_is_asked_again(server):
    turns = itertools.count()

    def busy(host, path):
        return (429, {"Retry-After": "1"}, "") if next(turns) == 0 else healthy(host, path)

    report, _ = counted_requests(server, busy)
    assert {outcome.verdict for outcome in report.outcomes} == {"working"}


def test_a_host_is_asked_one_thing_at_a_time(server):
    at_once, most = Counter(), Counter()

    def web(host, path):
        at_once[host] += 1
        most[host] = max(most[host], at_once[host])
        time.sleep(0.05)
        at_once[host] -= 1
        return healthy(host, path)

    server.web = web
    check(there(server, 2, 4))
    assert set(most.values()) == {1}


def test_a_page_that_says_enough_is_asked_for_once_and_one_that_is_gone_twice(server):
    turns = Counter()

    def web(host, path):
        turns[path] += 1
        return (404, {}, "") if path == "/nests/0" else healthy(host, path)

    server.web = web
    report = check(there(server, 1, 3))
    assert [str(outcome.verdict) for outcome in report.outcomes] == ["broken", "working", "working"]
    assert turns == {"/nests/0": 2, "/nests/1": 1, "/nests/2": 1}


ENTRY = """\
      - id: nest-{site}
        title: {title}
        url: http://site{site}.test:{port}/nests/0
        publisher: Bird Trust
        summary: How to build a nest.
        audiences: [families]
        format: article
        nations: [uk]
        added: 2026-01-01
"""


class Index:
    """An index of links to sites of one server, and checks of it on one day after another.

    ``gone`` are the sites whose name is not known any more, and ``cut_off`` whether no name is.
    """

    def __init__(self, folder, server, sites):
        text = catalogue_text().replace("https://www.bbc.co.uk/weather", "https://exit.test/")
        text = text.replace("https://www.example.org", f"http://own.test:{server.server_port}")
        for site in range(sites):
            where = f"http://site{site}.test:{server.server_port}/nests/0"
            text += ENTRY.format(site=site, port=server.server_port, title=topic(where))
        self.path = folder / "resources.yaml"
        self.path.write_text(text, "utf-8")
        self.catalogue = parsed(text)
        self.gone, self.cut_off, self.tried = set(), False, Counter()

    def resolve(self, name, _port):
        self.tried[name] += 1
        if self.cut_off or name in (*self.gone, "exit.test"):
            raise socket.gaierror(socket.EAI_NONAME, "")
        return ["127.0.0.1"]

    def history(self, day=0):
        return kept_history(self.catalogue, self.path, TODAY + day * DAY).history

    def check(self, monkeypatch, choice, day=0):
        """What is found on a day, by a plan, before the history has a say."""
        at_once = functools.partial(
            check_links, pause=0, guard=Guard(loopback=True, resolve=self.resolve)
        )
        monkeypatch.setattr("linkindex.links.sweep.check_links", at_once)
        self.tried.clear()
        plan = planned(self.catalogue, self.history(day), choice, TODAY + day * DAY)
        report = asked(plan, self.catalogue, self.history(day), TODAY + day * DAY, seconds=60)
        return replace(report, checked_at=report.checked_at + day * DAY), plan

    def checked(self, monkeypatch, choice=EVERYTHING, day=0):
        """The report on a day, which the history keeps."""
        report, plan = self.check(monkeypatch, choice, day)
        return remembered(
            report, self.catalogue, self.path, TODAY + day * DAY, keep=True, is_sweep=plan.is_sweep
        ).report

    def verdicts(self, report):
        sites = {f"nest-{site.removeprefix('site').removesuffix('.test')}" for site in self.gone}
        return {str(one.verdict) for one in report.outcomes if one.link.owner_id in sites}


@pytest.fixture
def index(tmp_path, server):
    server.web = healthy
    return Index(tmp_path, server, 8)


def test_a_dead_link_becomes_broken_on_the_third_day_of_asking_only_doubtful_ones(
    index, monkeypatch
):
    index.checked(monkeypatch)
    index.gone = {"site0.test", "site1.test", "site2.test"}
    assert index.verdicts(index.checked(monkeypatch, day=7)) == {"unverified"}
    unsettled = Choice(unsettled=True)
    assert index.verdicts(index.checked(monkeypatch, unsettled, day=8)) == {"unverified"}
    third = index.checked(monkeypatch, unsettled, day=9)
    assert not third.disturbance
    assert index.verdicts(third) == {"broken"}
    others = set(index.tried) - index.gone - {"exit.test"}
    assert 1 <= len(others) <= MOST_CONTROLS
    assert {one.link.owner_id for one in third.outcomes} == {"index", "nest-0", "nest-1", "nest-2"}


def test_without_a_network_the_doubtful_links_fail_on_no_day(index, monkeypatch):
    index.checked(monkeypatch)
    index.gone = {"site0.test"}
    index.checked(monkeypatch, day=7)
    before = index.path.with_name("link-history.tsv").read_bytes()
    index.cut_off = True
    report = index.checked(monkeypatch, Choice(unsettled=True), day=8)
    assert report.disturbance is Disturbance.CUT_OFF
    assert index.path.with_name("link-history.tsv").read_bytes() == before


def test_controls_are_reliable_sites_that_are_not_among_the_chosen_and_change(index, monkeypatch):
    index.checked(monkeypatch)
    index.gone = {"site0.test"}
    index.checked(monkeypatch, day=7)
    days = [
        planned(index.catalogue, index.history(9), Choice(unsettled=True), TODAY + day * DAY)
        for day in (8, 9, 10)
    ]
    for plan in days:
        assert len(plan.controls) == MOST_CONTROLS
        assert set(plan.controls) <= plan.reliable
        assert not set(plan.controls) & {link.address for link in plan.links}
    assert len({plan.controls for plan in days}) > 1


def test_no_site_is_a_control_of_two_parts(index):
    index.gone = {"site0.test"}
    history = index.history()
    base = index.path.read_bytes().replace(b"site0.test", b"former.test")
    parts = [
        planned(index.catalogue, history, Choice(base, shard=(part, 3)), TODAY)
        for part in (1, 2, 3)
    ]
    controls = [address for plan in parts for address in plan.controls]
    assert len(controls) == len(set(controls))
    assert [bool(plan.controls) for plan in parts].count(True) == 1  # where there is a link at all


def test_a_whole_check_needs_no_controls(index):
    assert planned(index.catalogue, index.history(), Choice(), TODAY).controls == ()


def test_of_two_parts_one_without_a_network_makes_no_sweep_and_keeps_no_look(index, monkeypatch):
    index.checked(monkeypatch)
    before = index.history()
    index.gone = {"site0.test"}
    first, _ = index.check(monkeypatch, Choice(shard=(1, 2)), day=7)
    index.cut_off = True
    second, _ = index.check(monkeypatch, Choice(shard=(2, 2)), day=7)
    assert second.disturbance
    whole = joined([first, second], index.catalogue)
    assert not whole.is_sweep
    remembered(
        whole.own, index.catalogue, index.path, TODAY + 7 * DAY, keep=True, is_sweep=whole.is_sweep
    )
    after = index.history(7)
    assert after.sweeps == before.sweeps
    new = {look.address for look in after.looks} - {look.address for look in before.looks}
    kept = {look.address for look in after.looks if look not in before.looks}
    assert not new
    assert kept == {one.link.address for one in first.outcomes}
    assert whole.own.missing.disturbed == (2,)


def test_a_reader_that_is_late_for_a_reason_of_ours_is_not_the_network(server):
    """Time that ran out at the first address says nothing of the network."""
    server.web = healthy
    late = itertools.chain([0.0], itertools.repeat(10_000.0))
    report = check(there(server, 12), means=Means(now=lambda: next(late)))
    assert not report.disturbance
    assert {outcome.cause for outcome in report.outcomes} == {Why.NOT_IN_TIME}


def test_the_report_for_programs_names_the_trouble(server, tmp_path):
    from linkindex.links import report_from_json, report_json

    server.web = always(410)
    report = check(there(server, 12))
    assert json.loads(report_json(report))["disturbed_by"] == "shut-out"
    assert report_from_json(report_json(report), "r").disturbance is Disturbance.SHUT_OUT
