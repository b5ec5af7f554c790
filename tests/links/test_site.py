"""Rules of checking the links between the pages of a built site."""

from dataclasses import replace
from http.server import BaseHTTPRequestHandler

import pytest

from linkindex.links import LinksError, Verdict, check_site, look_inside
from linkindex.links.inside.static_host import _Server, served_file
from tests.links.misbehaving import closed_port

SITE_URL = "https://index.example.org/keyring/"

HOME = """<!doctype html>
<title>Home</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="style.css?v=2">
<a href="aces/">ACEs</a> <a href="aces/#k4m7pq">a link</a> <a href="#here">here</a>
<p id="here">Here</p>
<a href="https://elsewhere.example.org/dead">elsewhere</a> <a href="mailto:a@example.org">mail</a>
"""
ACES = """<!doctype html>
<h2 id="k4m7pq">A resource</h2>
<a href="../">home</a> <a href="/keyring/q/aces">scan page</a>
"""
SCAN = f"""<!doctype html>
<a href="{SITE_URL}aces/">all links</a> <a href="{SITE_URL}r/k4m7pq">one link</a>
<a href="{SITE_URL}aces/#k4m7pq">its place</a>
"""
ONE = f'<!doctype html>\n<a href="{SITE_URL}q/aces">back</a>\n'

GOOD = {
    "index.html": HOME,
    "style.css": "",
    "aces/index.html": ACES,
    "q/aces.html": SCAN,
    "q/aces/index.html": SCAN,
    "r/k4m7pq.html": ONE,
    "r/k4m7pq/index.html": ONE,
}


@pytest.fixture
def check(tmp_path):
    """Write a site, the good one with some files replaced, and check it."""

    def write_and_check(site_url=SITE_URL, **replaced):
        for name, text in {**GOOD, **replaced.pop("files", {})}.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return look_inside(tmp_path, site_url)

    return write_and_check


def problems(report):
    return [
        (outcome.link.owner_id, outcome.link.line, str(outcome.verdict), outcome.link.address)
        for outcome in report.outcomes
        if outcome.verdict != "working"
    ]


def test_a_site_whose_links_all_lead_somewhere_has_no_problem(check):
    report = check()
    assert problems(report) == []
    assert report.outcomes


def test_only_internal_links_are_followed(check):
    addresses = [outcome.link.address for outcome in check().outcomes]
    assert all(address.startswith(SITE_URL) for address in addresses)


def test_a_dead_internal_link_names_every_page_and_line_that_has_it(check):
    dead = '<!doctype html>\n<p>\n<a href="/keyring/gone/">gone</a>\n'
    report = check(files={"one.html": dead, "two.html": dead})
    address = f"{SITE_URL}gone/"
    assert problems(report) == [
        ("one.html", 3, "broken", address),
        ("two.html", 3, "broken", address),
    ]


def test_a_dead_anchor_is_broken_although_another_of_its_page_is_not(check):
    report = check(files={"one.html": '<a href="aces/#k4m7pq">a</a><a href="aces/#nope">b</a>'})
    assert problems(report) == [("one.html", 1, "broken", f"{SITE_URL}aces/#nope")]


def test_a_fragment_that_a_script_of_the_page_reads_is_no_anchor_that_is_missing(check):
    form = ACES + '<form data-fragments="wrong-">'
    report = check(
        files={
            "aces/index.html": form,
            "one.html": '<a href="aces/#wrong-k4m7pq">a</a><a href="aces/#rong-k4m7pq">b</a>',
        }
    )
    assert problems(report) == [("one.html", 1, "broken", f"{SITE_URL}aces/#rong-k4m7pq")]


def test_a_dead_picture_is_broken(check):
    report = check(files={"one.html": '<img src="a.png" srcset="b.png 2x">'})
    assert [problem[3] for problem in problems(report)] == [f"{SITE_URL}a.png", f"{SITE_URL}b.png"]


def test_a_link_to_a_place_on_the_same_page_is_looked_for_there(check):
    report = check(files={"aces/index.html": ACES + '<a href="#nope">x</a>'})
    assert problems(report) == [("aces/index.html", 4, "broken", f"{SITE_URL}aces/#nope")]


def test_a_scan_page_is_served_without_its_ending_and_without_a_redirect(check):
    report = check(files={"one.html": f'<a href="{SITE_URL}q/aces">scan</a>'})
    assert problems(report) == []


def test_a_folder_without_its_slash_has_moved(check):
    report = check(files={"one.html": '<a href="aces">ACEs</a>'})
    assert problems(report) == [("one.html", 1, "moved", f"{SITE_URL}aces")]
    (moved,) = report.having(Verdict.MOVED)
    assert moved.final_address == f"{SITE_URL}aces/"


def test_a_relative_link_that_leads_out_of_the_sites_folder_is_broken(check):
    report = check(files={"one.html": '<a href="/aces/">ACEs</a>'})
    assert problems(report) == [("one.html", 1, "broken", "https://index.example.org/aces/")]


def test_a_whole_address_on_the_same_host_outside_the_site_is_not_ours(check):
    report = check(files={"one.html": '<a href="https://index.example.org/other/">other</a>'})
    assert problems(report) == []


def test_a_site_at_the_root_of_its_host_is_checked_too(tmp_path):
    (tmp_path / "index.html").write_text(
        '<a href="/x">x</a><a href="https://a.example.org/y">y</a>'
    )
    (tmp_path / "x.html").write_text("")
    report = look_inside(tmp_path, "https://a.example.org/")
    assert problems(report) == [("index.html", 1, "broken", "https://a.example.org/y")]


MESSY = """<!doctype html>
<a href="aces">no slash</a> <a href="gone">gone</a> <a href="aces/#nope">no such place</a>
<a href="/aces/">outside</a> <a href="q/aces?from=card">scan</a> <img src="style%2Ecss" alt="">
"""


def test_linkchecker_says_of_a_site_what_its_files_say(check, tmp_path, monkeypatch):
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{closed_port()}")
    by_files = check(files={"messy.html": MESSY})
    by_linkchecker = check_site(tmp_path, SITE_URL)
    assert by_linkchecker == replace(by_files, checked_at=by_linkchecker.checked_at)
    assert len(problems(by_files)) == 4
    for outcome in by_linkchecker.outcomes:
        assert "127.0.0.1" not in f"{outcome.cause} {outcome.final_address}"


def test_a_folder_without_pages_is_explained(tmp_path):
    with pytest.raises(LinksError, match="no built site"):
        look_inside(tmp_path, SITE_URL)


def test_nothing_outside_the_folder_is_served(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "secret.html").write_text("")
    for path in ("../secret.html", "..%2Fsecret.html", "../secret", "%00"):
        assert served_file(tmp_path / "site", path) is None


@pytest.mark.parametrize(("error", "is_told"), [(ConnectionResetError, False), (KeyError, True)])
def test_somebody_who_goes_in_the_middle_of_a_request_is_not_spoken_of(capfd, error, is_told):
    with _Server(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        try:
            raise error
        except error:
            server.handle_error(None, ("127.0.0.1", 1))
    assert bool(capfd.readouterr().err) is is_told
