"""Rules of mending the index: new addresses, copies, reviews and the issue."""

import datetime
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from linkindex.catalogue import LinkIndexError, load
from linkindex.icons import icon_names
from linkindex.links import Link, LinkReport, LinksError, Outcome, Verdict
from linkindex.links.asking.guard import Guard
from linkindex.links.causes import MovedTo
from linkindex.upkeep.archive import Copy, archived_copies, copy_in
from linkindex.upkeep.fixing import fixed
from linkindex.upkeep.github import keep_issue
from linkindex.upkeep.issue import MARK
from linkindex.upkeep.links import with_address, with_review
from linkindex.upkeep.reviews import months_later, overdue, review_queue
from tests.conftest import SAMPLE

TEXT = SAMPLE.read_text("utf-8")
TODAY = datetime.date(2026, 11, 25)


def entries(text):
    data = yaml.safe_load(text)
    return {one["id"]: one for category in data["categories"] for one in category["resources"]}


def moved(resource, to, fits=True, file="resources.yaml"):
    link = Link(resource.url, file, resource.address_line, resource.id, resource.title)
    return Outcome(link, Verdict.MOVED, MovedTo(to), status=200, final_address=to, fits=fits)


def fix(catalogue, *outcomes):
    return fixed(TEXT, LinkReport(outcomes), catalogue)


def test_a_moved_link_gets_its_new_address_and_nothing_else_changes(catalogue):
    first = catalogue.current_resources[0]
    after, fixes = fix(catalogue, moved(first, "https://new.example.org/page"))
    changed = [
        (one, other)
        for one, other in zip(TEXT.splitlines(), after.splitlines(), strict=True)
        if one != other
    ]
    assert len(changed) == 1
    assert changed[0][1].strip() == "url: https://new.example.org/page"
    assert fixes[0].address


@pytest.mark.parametrize(
    ("to", "fits", "said"),
    [
        ("https://new.example.org/page", False, "does not plainly say"),
        ("http://new.example.org/page", True, "not encrypted"),
        ("https://10.0.0.1/", True, "private"),
        ("https://user:secret@example.org/", True, "password"),
    ],
)
def test_an_address_is_not_taken_over_blindly(catalogue, to, fits, said):
    after, fixes = fix(catalogue, moved(catalogue.current_resources[0], to, fits))
    assert after == TEXT
    assert said in fixes[0].refusal


def test_an_address_that_another_link_has_is_not_taken_over(catalogue):
    first, second = catalogue.current_resources[:2]
    after, fixes = fix(catalogue, moved(first, second.url))
    assert after == TEXT
    assert second.id in fixes[0].refusal


def test_two_links_that_moved_to_one_page_do_not_both_go_there(catalogue):
    first, second = catalogue.current_resources[:2]
    after, fixes = fix(
        catalogue, moved(first, "https://n.example.org/"), moved(second, "https://n.example.org/")
    )
    assert after.count("https://n.example.org/") == 1
    assert first.id in fixes[1].refusal


def test_the_place_within_a_page_is_kept(catalogue):
    resource = catalogue.current_resources[0].model_copy(update={"url": "https://a.test/x#part"})
    after, _ = fix(catalogue, moved(resource, "https://new.example.org/y"))
    assert "url: https://new.example.org/y#part" in after


@pytest.mark.slow
def test_a_signed_off_link_has_its_day_on_a_line_of_its_own():
    name = next(iter(entries(TEXT)))
    once = with_review(TEXT, name, TODAY, "resources.yaml")
    assert len(once.splitlines()) == len(TEXT.splitlines()) + 1
    assert entries(once)[name]["reviewed"] == TODAY
    later = with_review(once, name, TODAY + datetime.timedelta(days=9), "resources.yaml")
    assert len(later.splitlines()) == len(once.splitlines())
    assert entries(later)[name]["reviewed"] == TODAY + datetime.timedelta(days=9)


@pytest.mark.slow
def test_links_all_over_the_index_can_be_signed_off_and_moved():
    for name in list(entries(TEXT))[::25]:
        after = with_review(TEXT, name, TODAY, "resources.yaml")
        after = with_address(after, name, "https://new.example.org/", "resources.yaml")
        assert entries(after)[name]["url"] == "https://new.example.org/"


def test_an_entry_on_one_line_is_refused_with_its_place():
    text = "categories:\n- resources:\n  - {id: one, added: 2026-01-01, url: 'https://a.test/'}\n"
    with pytest.raises(LinkIndexError, match=r"r\.yaml:3: .* by hand"):
        with_review(text, "one", TODAY, "r.yaml")


def test_an_unknown_link_is_named_with_the_nearest(catalogue):
    name = catalogue.current_resources[0].id
    with pytest.raises(LinkIndexError, match=name):
        with_review(TEXT, f"{name}x", TODAY, "resources.yaml")


def settled_catalogue(tmp_path, text=TEXT):
    file = tmp_path / "resources.yaml"
    file.write_text(text, "utf-8")
    return load(file, icons=icon_names(), today=TODAY)


def test_a_link_is_due_a_year_after_it_was_reviewed_or_added(tmp_path, catalogue):
    queue = review_queue(catalogue)
    assert [one.due for one in queue] == sorted(one.due for one in queue)
    first = queue[0]
    day = first.resource.reviewed or first.resource.added
    assert first.due == months_later(day, 12)
    assert overdue(catalogue, first.due - datetime.timedelta(days=1)) == []
    assert first in overdue(catalogue, first.due)


def test_a_category_may_ask_for_reviews_more_often_and_name_who_does_them(tmp_path):
    own = TEXT.replace(
        "    code: aces\n", "    code: aces\n    steward: Early help team\n    review_every: 3\n", 1
    )
    found = settled_catalogue(tmp_path, own)
    one = next(one for one in review_queue(found) if one.category.id == "aces")
    assert one.steward == "Early help team"
    assert one.due == months_later(one.resource.reviewed or one.resource.added, 3)


def test_months_end_where_they_end():
    assert months_later(datetime.date(2026, 11, 30), 3) == datetime.date(2027, 2, 28)
    assert months_later(datetime.date(2023, 8, 31), 6) == datetime.date(2024, 2, 29)


class _Service(BaseHTTPRequestHandler):
    """The availability service of an archive, and the issues of a repository, on this computer."""

    issues: ClassVar[list] = []
    calls: ClassVar[list] = []
    refuse: ClassVar[list] = []

    def do_GET(self):
        parts = urlsplit(self.path)
        if parts.path.endswith("/issues"):
            self.calls.append(("GET", None))
            return self._send([one for one in self.issues if one["state"] == "open"])
        query = parse_qs(parts.query)
        self.calls.append(("GET", query))
        if "gone" in query["url"][0]:
            return self._send({"archived_snapshots": {}})
        return self._send({"archived_snapshots": {"closest": {
            "available": True, "status": "200", "timestamp": "20250102030405",
            "url": "http://web.archive.org/web/20250102030405/" + query["url"][0],
        }}})  # fmt: skip

    def do_POST(self):
        self._change({"number": len(self.issues) + 1, "state": "open"})

    def do_PATCH(self):
        number = int(self.path.rpartition("/")[2])
        self._change(next(one for one in self.issues if one["number"] == number))

    def _change(self, issue):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.calls.append((self.command, body))
        if self.refuse:
            return self._send({}, self.refuse[0])
        issue.update(body)
        if issue not in self.issues:
            self.issues.append(issue)
        return self._send(issue)

    def _send(self, document, status=200):
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        pass


@pytest.fixture
def service():
    for kept in (_Service.issues, _Service.calls, _Service.refuse):
        kept.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Service)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_the_copy_nearest_to_a_good_day_is_asked_for(service):
    wanted = {"https://a.test/": datetime.date(2025, 1, 3), "https://gone.test/": None}
    found = archived_copies(
        wanted, user_agent="x", guard=Guard(loopback=True), service=service, pause=0
    )
    day = datetime.date(2025, 1, 2)
    address = "https://web.archive.org/web/20250102030405/https://a.test/"
    assert found == {"https://a.test/": Copy(address, day), "https://gone.test/": None}
    assert _Service.calls[0][1]["timestamp"] == ["20250103"]


@pytest.mark.parametrize(
    "document",
    [None, [], {}, {"archived_snapshots": {"closest": {"available": True, "status": "404",
     "timestamp": "20250102", "url": "http://web.archive.org/x"}}},
     {"archived_snapshots": {"closest": {"available": True, "status": "200",
     "timestamp": "20250102", "url": "https://evil.test/"}}}],
)  # fmt: skip
def test_only_a_copy_that_opened_in_the_archive_is_named(document):
    assert copy_in(document) is None


def test_an_archive_that_does_not_answer_names_no_copy():
    found = archived_copies({"https://a.test/": None}, user_agent="x", guard=Guard(loopback=True),
                            service="http://127.0.0.1:9/", pause=0)  # fmt: skip
    assert found == {"https://a.test/": None}


def test_there_is_one_issue_and_it_is_opened_rewritten_and_closed(service):
    def keep(text):
        return keep_issue(text, repository="o/n", token="t", api=service)

    assert keep(None).what == "nothing"
    assert keep(f"{MARK} one").what == "opened"
    assert (keep(f"{MARK} two").what, len(_Service.issues)) == ("rewritten", 1)
    assert _Service.issues[0]["body"] == f"{MARK} two"
    assert (keep(None).what, _Service.issues[0]["state"]) == ("closed", "closed")
    assert (keep(f"{MARK} three").what, len(_Service.issues)) == ("opened", 2)


def test_an_issue_that_somebody_else_wrote_is_left_alone(service):
    _Service.issues.append({"number": 1, "state": "open", "body": "mine"})
    keep_issue(f"{MARK} x", repository="o/n", token="t", api=service)
    assert _Service.issues[0] == {"number": 1, "state": "open", "body": "mine"}


def test_a_second_issue_of_ours_is_closed(service):
    for number in (1, 2):
        _Service.issues.append({"number": number, "state": "open", "body": MARK})
    keep_issue(f"{MARK} x", repository="o/n", token="t", api=service)
    assert [one["state"] for one in _Service.issues] == ["open", "closed"]


def test_where_github_refuses_the_missing_permission_is_named(service):
    _Service.refuse.append(403)
    with pytest.raises(LinksError, match="issues: write"):
        keep_issue(f"{MARK} x", repository="o/n", token="t", api=service)


def test_where_issues_are_switched_off_none_is_kept_and_that_is_no_fault(service, monkeypatch):
    _Service.refuse.append(410)
    done = keep_issue(f"{MARK} x", repository="o/n", token="t", api=service)
    assert (done.what, done.number, _Service.issues) == ("switched-off", None, [])
