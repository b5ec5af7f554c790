"""Rules of the commands about links, from the command line to the files that they leave."""

import datetime
import functools
import itertools
import json
import re
import socket
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from linkindex.cli import main
from linkindex.links import check as checking
from linkindex.links.asking.guard import Guard
from linkindex.links.causes import Why
from linkindex.links.check import check_links
from linkindex.links.history.lines import PastLook, add_to_history, read_history
from linkindex.links.looking import Means
from linkindex.links.model import LinkReport, Outcome, Verdict
from tests.conftest import STARTED
from tests.links.misbehaving import MisbehavingServer
from tests.support.catalogues import catalogue_text

TODAY = STARTED


def here(name, _port):
    """Every site is on this computer, but for the way out, which cannot be looked up now."""
    if name == "exit.test":
        raise socket.gaierror(socket.EAI_AGAIN, "")
    return ["127.0.0.1"]


@pytest.fixture
def index(tmp_path, monkeypatch):
    """A folder with an index whose every link leads to one misbehaving server."""
    with MisbehavingServer() as server:
        there = functools.partial(Guard, loopback=True, resolve=here, upstream="")
        monkeypatch.setattr(checking, "Guard", there)
        at_once = functools.partial(check_links, pause=0)
        monkeypatch.setattr("linkindex.links.sweep.check_links", at_once)
        monkeypatch.chdir(tmp_path)
        text = catalogue_text().replace("https://www.bbc.co.uk/weather", "https://exit.test/")

        def write(*paths):
            """Put the paths in the place of the addresses, in the order of the file."""
            hosts = itertools.count()
            left = iter(paths)

            def address(_found):
                path = next(left, "/ok")
                return f"url: http://site{next(hosts)}.test:{server.server_port}{path}"

            written = re.sub(r"\burl: https://www\.example\.org/\S+", address, text)
            (tmp_path / "resources.yaml").write_text(written, "utf-8")
            return tmp_path

        write()
        yield write


def run(*arguments, code=0):
    ended = CliRunner().invoke(main, arguments)
    assert ended.exit_code == code, ended.output
    return ended.output


def test_a_check_is_kept_and_its_reports_are_written(index):
    folder = index("/ok", "/404")
    run("links", "--record", "--json", "l.json", "--markdown", "l.md", "--junit", "l.xml")
    history = read_history(folder / "link-history.tsv")
    assert len(history.sweeps) == 1
    assert {str(look.verdict) for look in history.looks} >= {"working", "broken"}
    found = json.loads((folder / "l.json").read_text("utf-8"))
    gone = next(one for one in found["links"] if one["address"].endswith("/404"))
    assert gone["verdict"] == "unverified"
    assert "counts as broken after 3" in gone["reason"]
    line = (folder / "resources.yaml").read_text("utf-8").splitlines()[gone["line"] - 1]
    assert line.strip() == f"url: {gone['address']}"
    assert ElementTree.parse(folder / "l.xml").getroot().tag == "testsuites"


def test_without_a_history_two_looks_are_enough(index):
    folder = index("/404")
    assert "broken" in run("links", code=1)
    assert not (folder / "link-history.tsv").exists()


def test_a_link_that_failed_on_earlier_days_is_broken(index):
    folder = index("/404")
    address = re.search(r"url: (\S+/404)", (folder / "resources.yaml").read_text("utf-8"))[1]
    looks = [
        PastLook(TODAY - datetime.timedelta(days=day), address, Verdict.BROKEN, status=404)
        for day in (1, 2)
    ]
    add_to_history(folder / "link-history.tsv", looks)
    assert ": broken: " in run("links", "--record", code=1)


def test_a_check_of_some_links_is_no_sweep(index):
    folder = index("/ok", "/404")
    run("links", "--record")
    output = run("links", "--record", "--unsettled")
    assert re.search(r"^[12] links? checked", output, re.MULTILINE)
    assert len(read_history(folder / "link-history.tsv").sweeps) == 1


@pytest.mark.parametrize(("late", "sweeps"), [(0, 1), (1, 0)])
def test_a_check_that_ran_out_of_time_is_no_sweep(index, monkeypatch, late, sweeps):
    def check(links, **_more):
        causes = [Why.NOT_IN_TIME] * late + [Why.TOO_SLOW] * len(links)
        return LinkReport(
            tuple(
                Outcome(link, Verdict.UNVERIFIED, cause)
                for link, cause in zip(links, causes, strict=False)
            )
        )

    folder = index()
    monkeypatch.setattr("linkindex.links.sweep.check_links", check)
    output = run("links", "--record")
    assert len(read_history(folder / "link-history.tsv").sweeps) == sweeps
    assert ("--minutes" in output) is bool(late)


def test_parts_that_are_joined_are_a_sweep(index):
    folder = index("/ok", "/404")
    for part in (1, 2):
        CliRunner().invoke(main, ["links", "--shard", f"{part}/2", "--json", f"{part}.json"])
    output = run("links", "merge", "1.json", "2.json", "--record", "--json", "all.json")
    assert len(read_history(folder / "link-history.tsv").sweeps) == 1
    count = len(json.loads((folder / "all.json").read_text("utf-8"))["links"])
    assert f"{count} links checked" in output


def test_a_part_that_never_came_makes_no_sweep_and_its_links_are_unverified(index):
    folder = index("/ok", "/ok", "/ok")
    run("links", "--record")
    before = read_history(folder / "link-history.tsv")
    for part in (1, 2, 3):
        CliRunner().invoke(main, ["links", "--shard", f"{part}/3", "--json", f"{part}.json"])
    reports = ("--record", "--json", "all.json", "--markdown", "all.md")
    output = run("links", "merge", "1.json", "3.json", *reports, code=1)
    lost = json.loads((folder / "2.json").read_text("utf-8"))["links"]
    said = re.search(r"Part 2 of 3 is missing: its (\d+|only)", output)
    assert said[1] == ("only" if len(lost) == 1 else str(len(lost)))
    after = read_history(folder / "link-history.tsv")
    assert after.sweeps == before.sweeps
    addresses = {one["address"] for one in lost}
    assert not addresses & {look.address for look in after.looks if look not in before.looks}
    found = json.loads((folder / "all.json").read_text("utf-8"))["links"]
    assert len(found) == sum(
        len(json.loads((folder / f"{part}.json").read_text("utf-8"))["links"]) for part in (1, 2, 3)
    )
    assert {one["verdict"] for one in found if one["address"] in addresses} == {"unverified"}
    assert "**Part 2 of 3 is missing" in (folder / "all.md").read_text("utf-8")
    assert "**Part 2 of 3 is missing" in run("links", "issue", "--report", "all.json", "--dry-run")


def test_a_missing_part_that_had_no_link_makes_no_sweep_either(index):
    folder = index()
    parts = [f"{part}/9" for part in range(1, 10)]
    for part in parts:
        CliRunner().invoke(main, ["links", "--shard", part, "--json", f"{part[0]}.json"])
    held = [
        part[0]
        for part in parts
        if json.loads((folder / f"{part[0]}.json").read_text("utf-8"))["links"]
    ]
    assert len(held) < len(parts)
    output = run("links", "merge", *(f"{part}.json" for part in held), "--record", code=1)
    assert "missing, with no link to look at" in output
    assert read_history(folder / "link-history.tsv").sweeps == ()


@pytest.mark.parametrize("part", ["0/2", "3/2", "one", "1/"])
def test_a_part_that_cannot_be_is_refused(index, part):
    assert "write `3/8`" in run("links", "--shard", part, code=2)


def test_an_editors_word_answers_for_a_link(index):
    folder = index("/403")
    assert "blocked" in run("links", "--record")
    output = run("links", "opened", "plain-first", "--by", "family team")
    assert "due again after" in output
    assert "opened by hand" not in run("links", "--record")
    opened = read_history(folder / "link-history.tsv").opened
    assert [one.by for one in opened] == ["family team"]
    assert "1 blocked" not in run("links")


def test_a_link_that_is_not_there_is_named_with_the_nearest(index):
    assert "plain-first" in run("links", "opened", "plain-frst", "--by", "x", code=1)


def test_a_moved_link_that_does_not_fit_is_left_as_it_is_and_said(index):
    folder = index("/301/casino-once", "/301/nests")
    before = (folder / "resources.yaml").read_text("utf-8")
    output = CliRunner().invoke(main, ["links", "--fix"]).output
    assert "No address was changed." in output
    assert (folder / "resources.yaml").read_text("utf-8") == before


def test_a_moved_link_that_fits_gets_its_new_address_and_shows_the_change(index):
    folder = index("/301/plain")
    output = run("links", "--fix")
    assert re.search(r"^\+ +url: http://site\d+\.test:\d+/plain$", output, re.MULTILINE)
    assert "/301/" not in (folder / "resources.yaml").read_text("utf-8")
    assert "Changed 1 address" in output


def test_where_no_link_is_broken_no_copy_is_asked_for(index):
    assert "No link is broken" in run("links", "--archive")


def test_reviews_are_listed_and_signed_off(index):
    folder = index()
    assert "links are due for a review" in run("review")
    output = run("review", "--done", "plain-first")
    today = TODAY.date().isoformat()
    assert f"+        reviewed: {today}" in output
    assert f"reviewed: {today}" in (folder / "resources.yaml").read_text("utf-8")
    assert "signed off today already" in run("review", "--done", "plain-first")


def test_the_issue_can_be_printed_before_it_is_written(index):
    index("/403", "/casino")
    run("links", "--record", code=1)
    output = run("links", "issue", "--dry-run")
    assert "## Suspect: open with care, they may be in other hands (1)" in output
    assert "(1)" in output[output.index("## Blocked") :]


def test_the_issue_speaks_of_all_links_also_after_a_check_of_some(index):
    index("/403", "/casino")
    run("links", "--record", code=1)
    run("links", "--record", "--unsettled", code=1)
    assert "## Blocked" in run("links", "issue", "--dry-run")


def test_what_a_site_refused_can_be_checked_again_from_another_computer(index):
    folder = index("/403")
    run("links", "--record")
    text = (folder / "resources.yaml").read_text("utf-8")
    assert "1 link checked: 1 blocked" in run("links", "--record", "--refused")
    address = re.search(r"url: (\S+/403)", text)[1]
    seen = PastLook(TODAY, address, Verdict.WORKING, status=200, note="A title")
    add_to_history(folder / "link-history.tsv", [seen])
    assert "1 link checked: 1 working" in run("links", "--record", "--refused")


def test_the_issue_needs_a_token(index, monkeypatch):
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)
    assert "links --record" in run("links", "issue", "--repository", "o/n", code=1)
    run("links", "--record")
    assert "--dry-run" in run("links", "issue", "--repository", "o/n", code=1)


def test_what_is_no_report_is_refused(index):
    assert "this is not a report of links" in run("links", "merge", "resources.yaml", code=1)


def test_without_a_network_a_check_says_so_in_one_sentence_and_changes_nothing(index, monkeypatch):
    def away(_name, _port):
        raise socket.gaierror(socket.EAI_NONAME, "")

    monkeypatch.setattr(checking, "Guard", functools.partial(Guard, resolve=away, upstream=""))
    folder = index("/301/nests")
    before = (folder / "resources.yaml").read_bytes()
    for options in (["--record"], ["--fix", "--archive"]):
        said = run("links", *options, code=1).replace("Looking at links ...\n", "")
        assert said.startswith("The network looks broken: most websites did not answer")
        assert len(said.splitlines()) == 1
    assert (folder / "resources.yaml").read_bytes() == before
    assert [file.name for file in folder.iterdir()] == ["resources.yaml"]


@pytest.mark.parametrize(
    ("name", "options"), [("classify_answer", []), ("classify", ["--linkchecker"])]
)
def test_an_error_of_the_program_ends_with_1_and_is_no_sweep(index, monkeypatch, name, options):
    def broken(*_arguments):
        raise NameError("misspelt")

    failing = functools.partial(check_links, pause=0, means=Means(**{name: broken}))
    monkeypatch.setattr("linkindex.links.sweep.check_links", failing)
    folder = index("/casino")
    reports = ("--json", "l.json", "--markdown", "l.md")
    output = run("links", "--record", *options, *reports, code=1)
    assert "An error in this program kept it from judging" in output
    assert "(NameError)" in (folder / "l.md").read_text("utf-8")
    assert read_history(folder / "link-history.tsv").sweeps == ()
    assert "working" not in output.splitlines()[-1] or name == "classify"
    issue = run("links", "issue", "--report", "l.json", "--dry-run")
    assert "**An error in this program" in issue


class Closed:
    """Where whoever read the output has gone away, or reads another encoding."""

    def __init__(self, error):
        self.error = error

    def __call__(self, *_sentence, **_more):
        raise self.error


@pytest.mark.parametrize(
    "error", [BrokenPipeError(), UnicodeEncodeError("ascii", "ŵ", 0, 1, "not in range")]
)
def test_what_is_done_is_kept_before_a_word_of_it_is_said(index, monkeypatch, error):
    folder = index("/301/plain", "/404")
    for place in ("cli.links", "cli.review", "cli.index"):
        monkeypatch.setattr(f"linkindex.{place}.say", Closed(error))
    monkeypatch.chdir(folder)
    CliRunner().invoke(main, ["links", "--record", "--fix", "--json", "l.json"])
    assert "/301/" not in (folder / "resources.yaml").read_text("utf-8")
    assert len(read_history(folder / "link-history.tsv").sweeps) == 1
    assert json.loads((folder / "l.json").read_text("utf-8"))["links"]
    CliRunner().invoke(main, ["review", "--done", "plain-first"])
    assert "reviewed: " in (folder / "resources.yaml").read_text("utf-8")
    CliRunner().invoke(main, ["numbers", "confirm", "0800 1111", "--by", "team"])
    assert "checked_by: team" in (folder / "resources.yaml").read_text("utf-8")
