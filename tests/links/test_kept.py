"""Rules of keeping the history in git, by the script that the workflow runs."""

import datetime
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from linkindex.links.causes import Danger
from linkindex.links.history.kept import DANGERS_NAME, record
from linkindex.links.history.lines import FILE_NAME, PastLook, add_to_history, read_history
from linkindex.links.model import Verdict

SCRIPT = Path(__file__).parents[2] / ".github" / "history"
START = datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC)


def run(folder, *command, branch=None, ok=True):
    settings = {"HISTORY_PAUSE": "0", **({"HISTORY_BRANCH": branch} if branch else {})}
    kept = {k: v for k, v in os.environ.items() if k != "GITHUB_TOKEN"}
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={**kept, **settings}
    )
    assert (done.returncode == 0) is ok, done.stderr + done.stdout
    return done.stdout + done.stderr


def git(folder, *arguments):
    who = ("-c", "user.name=n", "-c", "user.email=e@example.org")
    return run(folder, "git", *who, *arguments)


def look(day):
    at = START + datetime.timedelta(days=day)
    return PastLook(at, "https://a.test/", Verdict.WORKING, status=200, note="A title")


@pytest.fixture
def clone(tmp_path):
    """Makes clones of one repository on a host."""
    host = tmp_path / "host.git"
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(host))
    first = tmp_path / "first"
    git(tmp_path, "clone", "-q", str(host), str(first))
    git(first, "checkout", "-qb", "main")
    (first / "resources.yaml").write_text("index:\n")
    git(first, "add", ".")
    git(first, "commit", "-qm", "one")
    git(first, "push", "-q", "origin", "main")

    def make(name):
        git(tmp_path, "clone", "-q", str(host), str(tmp_path / name))
        return tmp_path / name

    return make


def test_what_one_run_keeps_the_next_one_fetches(clone):
    one, two = clone("one"), clone("two")
    assert "There is no" in run(one, SCRIPT, "fetch")
    add_to_history(one / FILE_NAME, [look(0)])
    run(one, SCRIPT, "keep")
    run(two, SCRIPT, "fetch")
    assert read_history(two / FILE_NAME).looks == (look(0),)


def test_what_two_runs_keep_at_the_same_time_is_all_there(clone):
    one, two, three = clone("one"), clone("two"), clone("three")
    for folder, day in ((one, 1), (two, 2)):
        add_to_history(folder / FILE_NAME, [look(0), look(day)])
    run(one, SCRIPT, "keep")
    run(two, SCRIPT, "keep")
    run(three, SCRIPT, "fetch")
    assert read_history(three / FILE_NAME).looks == (look(0), look(1), look(2))
    text = (three / FILE_NAME).read_text()
    assert len(text.splitlines()) == len(set(text.splitlines())) == 4


def test_the_dangers_are_kept_and_fetched_with_the_history_and_no_line_of_them_is_lost(clone):
    one, two, three = clone("one"), clone("two"), clone("three")
    harmful = [replace(look(day), verdict=Verdict.SUSPECT, danger=Danger.SHOP) for day in range(3)]
    for folder, danger in ((one, harmful[0]), (two, harmful[1])):
        record(folder / "resources.yaml", [look(0), danger])
        run(folder, SCRIPT, "keep")
    record(three / "resources.yaml", [harmful[2]])
    run(three, SCRIPT, "fetch")
    assert read_history(three / DANGERS_NAME).looks == tuple(harmful)
    assert set(harmful[:2]) < set(read_history(three / FILE_NAME).looks)


def test_a_history_that_ends_in_half_a_line_takes_no_other_line_with_it(clone):
    one, two = clone("one"), clone("two")
    add_to_history(one / FILE_NAME, [look(0)])
    with (one / FILE_NAME).open("a") as file:
        file.write("2026-03")
    run(one, SCRIPT, "keep")
    add_to_history(two / FILE_NAME, [look(1)])
    run(two, SCRIPT, "keep")
    run(one, SCRIPT, "fetch")
    assert read_history(one / FILE_NAME).looks == (look(0), look(1))


def test_nothing_but_the_history_is_changed(clone):
    one, two = clone("one"), clone("two")
    add_to_history(one / FILE_NAME, [look(0)])
    (one / "resources.yaml").write_text("spoilt")
    (one / "other").write_text("x")
    run(one, SCRIPT, "keep")
    git(two, "pull", "-q")
    assert (two / "resources.yaml").read_text() == "index:\n"
    assert not (two / "other").exists()


def test_where_the_branch_is_protected_another_one_keeps_it(clone):
    one, two = clone("one"), clone("two")
    add_to_history(one / FILE_NAME, [look(0)])
    run(one, SCRIPT, "keep", branch="link-history")
    git(two, "pull", "-q")
    assert not (two / FILE_NAME).exists()
    run(two, SCRIPT, "fetch", branch="link-history")
    assert read_history(two / FILE_NAME).looks == (look(0),)


def test_nothing_new_makes_no_commit(clone):
    one = clone("one")
    add_to_history(one / FILE_NAME, [look(0)])
    run(one, SCRIPT, "keep")
    assert "holds everything already" in run(one, SCRIPT, "keep")


def test_a_host_that_refuses_is_named_with_what_to_do(clone, tmp_path):
    one = clone("one")
    hook = tmp_path / "host.git" / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    add_to_history(one / FILE_NAME, [look(0)])
    assert "LINK_HISTORY_BRANCH" in run(one, SCRIPT, "keep", ok=False)
