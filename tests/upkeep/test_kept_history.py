"""The history of links on its branch: `linkindex links fetch` and `linkindex links keep`."""

from __future__ import annotations

import base64
import datetime
import shutil
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from linkindex.catalogue.loading import load
from linkindex.cli import main
from linkindex.icons import icon_names
from linkindex.links import Verdict, catalogue_links
from linkindex.links.history.lines import (
    HEADER,
    History,
    PastLook,
    add_to_history,
    read_history,
    written,
)
from linkindex.upkeep import kept_history
from linkindex.upkeep.branches import branch_of, joined
from linkindex.upkeep.git import with_token
from tests.conftest import SAMPLE
from tests.support.repositories import empty_checkout, git

DANGERS = "permalinks/harmful-links.tsv"


@pytest.fixture(autouse=True)
def on_no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing says that this is GitHub, and nobody waits."""
    for name in ("GITHUB_TOKEN", "GITHUB_ACTIONS", "HISTORY_BRANCH", "HISTORY_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout, and ``origin.git`` beside it with the branches ``main`` and ``kept``."""
    place = empty_checkout(tmp_path)
    git("commit", "-q", "--allow-empty", "-m", "first", cwd=place)
    git("push", "-q", "origin", "main", cwd=place)
    (place / "link-history.tsv").write_text("theirs\n", encoding="utf-8")
    git("add", ".", cwd=place)
    git("commit", "-q", "-m", "history", cwd=place)
    git("push", "-q", "origin", "HEAD:refs/heads/kept", cwd=place)
    git("reset", "-q", "--hard", "HEAD~", cwd=place)
    return place


def history(what: str, place: Path, branch: str = "kept") -> Result:
    named = ["--branch", branch] if branch else []
    return CliRunner().invoke(
        main, ["links", what, "--catalogue", str(place / "resources.yaml"), *named]
    )


def on_branch(place: Path, name: str, branch: str = "kept") -> str:
    return git("show", f"{branch}:{name}", cwd=place.parent / "origin.git")


def test_the_history_is_fetched_from_its_branch(checkout: Path) -> None:
    assert history("fetch", checkout).exit_code == 0
    assert (checkout / "link-history.tsv").read_text(encoding="utf-8") == "theirs\n"


@pytest.mark.parametrize("branch", ["main", "not-made-yet"])
def test_where_no_history_was_kept_yet_there_is_none(checkout: Path, branch: str) -> None:
    done = history("fetch", checkout, branch)
    assert done.exit_code == 0
    assert "There is no link-history.tsv" in done.output
    assert not (checkout / "link-history.tsv").exists()


@pytest.mark.parametrize("what", ["fetch", "keep"])
def test_a_repository_that_cannot_be_asked_makes_the_command_fail(
    checkout: Path, what: str
) -> None:
    (checkout / "link-history.tsv").write_text("ours\n", encoding="utf-8")
    git("remote", "set-url", "origin", checkout / "nowhere.git", cwd=checkout)
    done = history(what, checkout)
    assert done.exit_code == 1
    assert "could not be asked" in done.output
    assert "There is no" not in done.output
    assert done.output.count("\n") == 1
    assert (checkout / "link-history.tsv").read_text(encoding="utf-8") == "ours\n"


def test_a_folder_that_is_shared_with_nobody_yet_is_told_so(checkout: Path) -> None:
    git("remote", "remove", "origin", cwd=checkout)
    done = history("fetch", checkout)
    assert done.exit_code == 1
    assert "knows no `origin`" in done.output
    assert "`git remote add origin ADDRESS`" in done.output
    assert done.output.count("\n") == 1


def test_without_a_branch_the_history_is_not_taken_for_empty(checkout: Path) -> None:
    git("checkout", "-q", "--detach", cwd=checkout)
    done = history("fetch", checkout, "")
    assert done.exit_code == 1
    assert "no branch is checked out" in done.output
    assert "HISTORY_BRANCH" in done.output


def test_the_branch_that_is_checked_out_is_asked_where_none_is_named(checkout: Path) -> None:
    assert "no link-history.tsv on main" in history("fetch", checkout, "").output


def test_a_branch_that_is_there_but_cannot_be_fetched_makes_the_command_fail(
    checkout: Path,
) -> None:
    commit = git("rev-parse", "kept", cwd=checkout.parent / "origin.git").strip()
    (checkout.parent / "origin.git" / "objects" / commit[:2] / commit[2:]).unlink()
    done = history("fetch", checkout)
    assert done.exit_code == 1
    assert "There is no" not in done.output


def test_outside_a_repository_and_without_git_one_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    done = history("fetch", tmp_path)
    assert (done.exit_code, done.output.count("\n")) == (1, 1)
    assert "no repository of git" in done.output
    monkeypatch.setenv("PATH", "")
    done = history("fetch", tmp_path)
    assert (done.exit_code, done.output.count("\n")) == (1, 1)
    assert "git is not installed" in done.output


@pytest.mark.parametrize("branch", ["a..b", "a.lock", "a b"])
def test_what_cannot_be_the_name_of_a_branch_is_refused(checkout: Path, branch: str) -> None:
    done = CliRunner().invoke(
        main,
        ["links", "keep", "--catalogue", str(checkout / "resources.yaml"), f"--branch={branch}"],
    )
    assert done.exit_code == 1
    assert "cannot be the name of a branch" in done.output


def test_what_is_kept_joins_what_others_kept_and_leaves_the_checkout_alone(checkout: Path) -> None:
    (checkout / "link-history.tsv").write_text("ours\ntheirs\n", encoding="utf-8")
    (checkout / "permalinks").mkdir()
    (checkout / DANGERS).write_text("danger\n", encoding="utf-8")
    before = git("rev-parse", "HEAD", cwd=checkout)
    done = history("keep", checkout)
    assert done.output.endswith("Kept link-history.tsv on kept.\n")
    assert on_branch(checkout, "link-history.tsv") == "theirs\nours\n"
    assert on_branch(checkout, DANGERS) == "danger\n"
    assert git("rev-parse", "HEAD", cwd=checkout) == before
    assert len(git("worktree", "list", cwd=checkout).splitlines()) == 1
    # Once more, there is nothing to add.
    assert "holds everything already" in history("keep", checkout).output


def test_a_branch_that_is_missing_is_made(checkout: Path) -> None:
    (checkout / "link-history.tsv").write_text("ours\n", encoding="utf-8")
    assert history("keep", checkout, "new-one").exit_code == 0
    assert on_branch(checkout, "link-history.tsv", "new-one") == "ours\n"


def test_without_a_history_there_is_nothing_to_keep(checkout: Path) -> None:
    assert history("keep", checkout).output == "There is nothing to keep.\n"


def test_what_another_run_pushed_meanwhile_is_kept_too(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (checkout / "link-history.tsv").write_text("ours\n", encoding="utf-8")
    other = checkout.parent / "other"
    git("clone", "-q", "-b", "kept", checkout.parent / "origin.git", other, cwd=checkout.parent)
    real, raced = kept_history._add_ours, []

    def slow(*arguments: object) -> None:
        real(*arguments)  # type: ignore[arg-type]
        if not raced:
            raced.append(True)
            with (other / "link-history.tsv").open("a", encoding="utf-8") as file:
                file.write("others\n")
            git("commit", "-q", "-am", "more", cwd=other)
            git("push", "-q", cwd=other)

    monkeypatch.setattr(kept_history, "_add_ours", slow)
    assert history("keep", checkout).exit_code == 0
    assert on_branch(checkout, "link-history.tsv") == "theirs\nothers\nours\n"


def test_a_branch_that_takes_nothing_is_named(checkout: Path) -> None:
    hook = checkout.parent / "origin.git/hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho protected >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    (checkout / "link-history.tsv").write_text("ours\n", encoding="utf-8")
    done = history("keep", checkout)
    assert done.exit_code == 1
    assert "could not be kept on `kept`" in done.output
    assert "LINK_HISTORY_BRANCH" in done.output


def test_an_index_in_a_folder_of_a_repository_has_its_own_history(checkout: Path) -> None:
    place = checkout / "northtown"
    place.mkdir()
    (place / "link-history.tsv").write_text("ours\n", encoding="utf-8")
    assert history("keep", place).exit_code == 0
    assert on_branch(checkout, "northtown/link-history.tsv") == "ours\n"
    assert on_branch(checkout, "link-history.tsv") == "theirs\n"
    (place / "link-history.tsv").unlink()
    assert history("fetch", place).exit_code == 0
    assert (place / "link-history.tsv").read_text(encoding="utf-8") == "ours\n"


def test_what_is_known_to_be_harmful_stays_so_where_the_branch_knows_more(checkout: Path) -> None:
    (checkout / "link-history.tsv").write_text("theirs\n", encoding="utf-8")
    (checkout / "permalinks").mkdir()
    (checkout / DANGERS).write_text("theirs\n", encoding="utf-8")
    history("keep", checkout)
    (checkout / DANGERS).write_text("ours\n", encoding="utf-8")
    assert history("fetch", checkout).exit_code == 0
    assert (checkout / DANGERS).read_text(encoding="utf-8") == "theirs\nours\n"


@pytest.mark.parametrize(
    ("theirs", "ours", "both"),
    [
        (b"a\nb\n", b"b\nc\n", b"a\nb\nc\n"),
        (b"a", b"a\nb", b"a\nb\n"),
        (b"", b"a\n", b"a\n"),
        (b"a\r\n", b"a\nb\r\n", b"a\nb\n"),
        (b"a\n\n", b"\n", b"a\n"),
    ],
)
def test_lines_are_joined_once_each_in_their_order(theirs: bytes, ours: bytes, both: bytes) -> None:
    assert joined(theirs, ours) == both


def test_a_token_is_shown_to_its_own_server_and_stands_in_no_command(checkout: Path) -> None:
    branch = branch_of(checkout, "kept", "origin", {"GITHUB_TOKEN": "secret"})
    shown = branch.git.environment
    assert shown["GIT_CONFIG_KEY_0"] == "http.https://github.com/.extraheader"
    said = shown["GIT_CONFIG_VALUE_0"].removeprefix("AUTHORIZATION: basic ")
    assert base64.b64decode(said) == b"x-access-token:secret"
    on_gitlab = {"CI_SERVER_URL": "https://gitlab.example.org", "HISTORY_TOKEN": "secret"}
    shown = branch_of(checkout, "kept", "origin", on_gitlab).git.environment
    assert shown["GIT_CONFIG_KEY_0"] == "http.https://gitlab.example.org/.extraheader"
    assert with_token("https://github.com", "x", "") == {}


def kept(checkout: Path) -> History:
    (checkout / "kept.tsv").write_text(on_branch(checkout, "link-history.tsv"), encoding="utf-8")
    return read_history(checkout / "kept.tsv")


def keep_again(checkout: Path, days: int, ours_from: int) -> list[PastLook]:
    """Keep looks of so many days at one link, when this checkout holds only the last of them."""
    shutil.copy(SAMPLE, checkout)
    catalogue = load(checkout / "resources.yaml", icons=icon_names())
    address = catalogue_links(catalogue)[0].address
    first = datetime.datetime(2026, 1, 5, 4, 23, tzinfo=datetime.UTC)
    looks = [
        PastLook(first + datetime.timedelta(days=day), address, Verdict.WORKING, status=200)
        for day in range(days)
    ]
    git("checkout", "-q", "-b", "next", cwd=checkout)
    (checkout / "link-history.tsv").write_text(HEADER + written(looks[:-1]), encoding="utf-8")
    git("add", "link-history.tsv", cwd=checkout)
    git("commit", "-q", "-m", "old", cwd=checkout)
    git("push", "-q", "-f", "origin", "HEAD:refs/heads/kept", cwd=checkout)
    (checkout / "link-history.tsv").unlink()
    add_to_history(checkout / "link-history.tsv", looks[ours_from:])
    return looks


@pytest.mark.slow
def test_a_history_that_was_tidied_stays_so_where_it_is_kept(checkout: Path) -> None:
    looks = keep_again(checkout, days=300, ours_from=290)
    assert history("keep", checkout).exit_code == 0
    found = kept(checkout).looks
    assert found[-1] == looks[-1]
    assert len(found) < 100


@pytest.mark.slow
def test_a_history_that_cannot_be_tidied_is_kept_and_a_warning_says_so(checkout: Path) -> None:
    looks = keep_again(checkout, days=300, ours_from=290)
    (checkout / "resources.yaml").write_text("{", encoding="utf-8")
    done = history("keep", checkout)
    assert done.exit_code == 0
    assert "could not be tidied" in done.output
    assert len(kept(checkout).looks) == len(looks)
