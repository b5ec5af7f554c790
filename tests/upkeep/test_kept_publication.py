"""`linkindex publish --keep`: what went out is recorded by itself, from any clone, for ever."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from linkindex.cli import main
from linkindex.upkeep import kept_publication
from linkindex.upkeep.kept_publication import WAITING
from tests.support.catalogues import catalogue_text
from tests.support.github import Fake, serve_github
from tests.support.repositories import empty_checkout, git

LEDGER = "permalinks/links.northtown.gov.uk.txt"


@pytest.fixture(autouse=True)
def on_no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing says that this is GitHub or GitLab, and nobody waits."""
    for name in ("GITHUB_TOKEN", "GITHUB_ACTIONS", "GITHUB_REPOSITORY", "GITLAB_CI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)


def live(front: str = "Plain words") -> str:
    """An index whose address is real."""
    text = catalogue_text(site_url="https://links.northtown.gov.uk/")
    text = text.replace("www.example.org", "www.northtown.gov.uk")
    return re.sub(r"front: .*", f"front: {front}", text, count=1)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of an index, and ``origin.git`` beside it."""
    place = empty_checkout(tmp_path)
    save(place, live())
    return place


def save(place: Path, text: str) -> None:
    """Change the index, as a pull request that was merged does."""
    (place / "resources.yaml").write_text(text, encoding="utf-8")
    git("add", "resources.yaml", cwd=place)
    git("commit", "-q", "-m", "change", cwd=place)
    git("push", "-q", "origin", "HEAD:main", cwd=place)


def publish(place: Path, *arguments: str) -> Result:
    catalogue = str(place / "resources.yaml")
    return CliRunner().invoke(main, ["publish", "--keep", "--catalogue", catalogue, *arguments])


def recorded(place: Path, branch: str = "main") -> dict[str, str]:
    """The files of the record on a branch, by their paths."""
    origin = place.parent / "origin.git"
    listed = git("ls-tree", "-r", "--name-only", branch, "permalinks/", cwd=origin).split()
    return {path: git("show", f"{branch}:{path}", cwd=origin) for path in listed}


def protect(place: Path) -> None:
    """From now on the main branch takes no commits, as one that is protected."""
    hook = place.parent / "origin.git/hooks/update"
    hook.write_text('#!/bin/sh\n[ "$1" != refs/heads/main ] || exit 1\n', encoding="utf-8")
    hook.chmod(0o755)


def editions(place: Path, branch: str = "main") -> set[str]:
    return {path for path in recorded(place, branch) if path.startswith("permalinks/editions/")}


def test_what_was_published_is_recorded_on_its_branch_and_the_checkout_stays(
    checkout: Path,
) -> None:
    before = git("rev-parse", "HEAD", cwd=checkout)
    assert publish(checkout).output == "Recorded on main what was published.\n"
    assert len(recorded(checkout)[LEDGER].splitlines()) == 7
    assert len(editions(checkout)) == 1
    assert git("rev-parse", "HEAD", cwd=checkout) == before
    assert not (checkout / "permalinks").exists()
    assert len(git("worktree", "list", cwd=checkout).splitlines()) == 1
    assert publish(checkout).output == "main holds every code and what the cards say.\n"


def test_each_edition_that_goes_out_is_kept_and_any_clone_names_what_changed_since(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(checkout)
    (first,) = editions(checkout)
    git("pull", "-q", "origin", "main", cwd=checkout)
    save(checkout, live("Other words"))
    publish(checkout)
    assert len(editions(checkout)) == 2
    clone = tmp_path / "clone"
    git("clone", "-q", "--depth=1", f"file://{tmp_path}/origin.git", clone, cwd=tmp_path)
    ended = CliRunner().invoke(
        main,
        [
            *(
                "cards",
                "--catalogue",
                str(clone / "resources.yaml"),
                "--output",
                str(clone / "out"),
            ),
            *("--format", "single", "--changed-since", Path(first).stem),
        ],
    )
    assert ended.exit_code == 0, ended.output
    assert re.findall(r"Changed: .*", ended.output) == ["Changed: 1 Plain words (the front text)."]
    # The edition that is printed was recorded, so there is nothing to commit.
    assert git("status", "--porcelain", "permalinks", cwd=clone) == ""


def test_what_others_pushed_meanwhile_is_kept_too(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = checkout.parent / "other"
    git("clone", "-q", checkout.parent / "origin.git", other, cwd=checkout.parent)
    real, raced = kept_publication._record, []

    def slow(*arguments: object) -> None:
        real(*arguments)  # type: ignore[arg-type]
        if not raced:
            raced.append(True)
            (other / "notes.txt").write_text("ours", encoding="utf-8")
            git("add", ".", cwd=other)
            git("commit", "-q", "-m", "notes", cwd=other)
            git("push", "-q", cwd=other)

    monkeypatch.setattr(kept_publication, "_record", slow)
    assert publish(checkout).exit_code == 0
    assert git("show", "main:notes.txt", cwd=checkout.parent / "origin.git") == "ours"
    assert LEDGER in recorded(checkout)


@pytest.fixture
def github(monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    with serve_github() as fake:
        monkeypatch.setenv("GITHUB_API_URL", fake.address)
        monkeypatch.setenv("GITHUB_TOKEN", "secret")
        monkeypatch.setenv("GITHUB_REPOSITORY", "o/n")
        yield fake


def test_where_the_branch_takes_no_commits_a_pull_request_is_opened_and_kept_up(
    checkout: Path, github: Fake
) -> None:
    protect(checkout)
    assert publish(checkout).output == (
        "main takes no commits, so the record waits in pull request 100.\n"
    )
    assert LEDGER not in recorded(checkout)
    (pull,) = github.pulls
    assert (pull["head"], pull["base"]) == (WAITING, "main")
    (first,) = editions(checkout, WAITING)
    (checkout.parent / "origin.git/hooks/update").unlink()
    save(checkout, live("Other words"))
    protect(checkout)
    assert "pull request 100" in publish(checkout).output
    assert len(github.pulls) == 1
    assert first in editions(checkout, WAITING)
    assert len(editions(checkout, WAITING)) == 2
    lines = recorded(checkout, WAITING)[LEDGER].splitlines()
    assert lines == sorted(lines)
    changed = git("diff", "--name-only", f"main..{WAITING}", cwd=checkout.parent / "origin.git")
    assert all(path.startswith("permalinks/") for path in changed.split())


def test_where_workflows_may_open_no_pull_request_the_branch_is_named(
    checkout: Path, github: Fake
) -> None:
    protect(checkout)
    github.may_open = False
    ended = publish(checkout)
    assert ended.exit_code == 0
    assert f"is recorded on the branch `{WAITING}` alone" in ended.output
    assert "open a pull request from it" in ended.output
    assert LEDGER in recorded(checkout, WAITING)


def test_without_a_token_for_github_the_branch_is_named(checkout: Path) -> None:
    protect(checkout)
    assert f"is recorded on the branch `{WAITING}` alone" in publish(checkout).output


def test_on_gitlab_the_push_itself_asks_for_a_merge_request(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITLAB_CI", "true")
    origin = checkout.parent / "origin.git"
    git("config", "receive.advertisePushOptions", "true", cwd=origin)
    hook = origin / "hooks/pre-receive"
    hook.write_text(
        "#!/bin/sh\nread old new ref\n"
        "env | grep ^GIT_PUSH_OPTION_ | sort > asked\n[ $ref != refs/heads/main ]\n",
        encoding="utf-8",
    )
    hook.chmod(0o755)
    publish(checkout)
    asked = (origin / "asked").read_text(encoding="utf-8")
    assert "=merge_request.create\n" in asked
    assert "=merge_request.target=main\n" in asked
    assert "=ci.skip\n" in asked


def test_nothing_is_recorded_while_the_address_is_one_for_examples(checkout: Path) -> None:
    (checkout / "resources.yaml").write_text(catalogue_text(), encoding="utf-8")
    ended = publish(checkout)
    assert ended.exit_code == 0
    assert "nothing is live and nothing is recorded" in ended.output
    assert recorded(checkout) == {}


def test_on_bad_days_one_sentence_says_what_to_do(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = checkout.parent / "origin.git/hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho full >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    refused = publish(checkout)
    git("remote", "set-url", "origin", checkout / "nowhere.git", cwd=checkout)
    no_network = publish(checkout)
    git("checkout", "-q", "--detach", cwd=checkout)
    no_branch = publish(checkout)
    monkeypatch.setenv("PATH", "")
    no_git = publish(checkout)
    for ended, said in (
        (refused, "run `linkindex publish` and commit permalinks/"),
        (no_network, "could not be asked for the branch `main`"),
        (no_branch, "name the one that holds permalinks/ with --branch"),
        (no_git, "git is not installed"),
    ):
        assert ended.exit_code == 1
        assert ended.output.count("\n") == 1, ended.output
        assert said in ended.output
    assert not (checkout / "permalinks").exists()


def test_an_index_in_a_folder_of_a_repository_keeps_its_record_there(checkout: Path) -> None:
    place = checkout / "northtown"
    place.mkdir()
    git("mv", "resources.yaml", "northtown/resources.yaml", cwd=checkout)
    git("commit", "-q", "-m", "move", cwd=checkout)
    git("push", "-q", "origin", "HEAD:main", cwd=checkout)
    assert publish(place).exit_code == 0
    listed = git("ls-tree", "-r", "--name-only", "main", cwd=checkout.parent / "origin.git")
    assert f"northtown/{LEDGER}" in listed.split()
