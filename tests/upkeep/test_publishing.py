"""A suggestion on GitHub: one answer, and one pull request that follows the issue."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from linkindex.cli import main
from linkindex.upkeep.suggesting.answering import MARK
from tests.conftest import STARTED
from tests.support.github import BOT, Fake, serve_github
from tests.upkeep.test_suggestions import FOLDER

BODY = (FOLDER / "issues" / "link.md").read_text("utf-8")


@pytest.fixture
def github() -> Iterator[Fake]:
    with serve_github() as fake:
        yield fake


class Repository:
    """An index in a folder, and what happens to its issue 7."""

    def __init__(self, folder: Path, github: Fake) -> None:
        self.folder, self.github = folder, github
        self.put((FOLDER / "resources.yaml").read_text("utf-8"))

    def put(self, text: str) -> None:
        (self.folder / "resources.yaml").write_text(text, "utf-8")

    def happens(
        self, body: str, action: str = "opened", labels: tuple[str, ...] = (), looked: str = ""
    ) -> str:
        event = {
            "action": action,
            "issue": {"number": 7, "body": body, "labels": [{"name": name} for name in labels]},
            "repository": {"default_branch": "main", "full_name": "o/n"},
        }
        self.github.labels[7] = list(labels)
        (self.folder / "event.json").write_text(json.dumps(event), "utf-8")
        words = ["suggest", "publish", "--event", "event.json"]
        if looked:
            (self.folder / "looked.json").write_text(looked, "utf-8")
            words += ["--looked", "looked.json"]
        secrets = {
            "GITHUB_TOKEN": "t", "GITHUB_SHA": "base", "GITHUB_API_URL": self.github.address,
        }  # fmt: skip
        done = CliRunner().invoke(main, words, obj=STARTED, env=secrets)
        self.code = done.exit_code
        return done.output

    @property
    def answer(self) -> str:
        (comment,) = self.github.comments
        return comment["body"]


@pytest.fixture
def repository(tmp_path: Path, github: Fake, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    return Repository(tmp_path, github)


def test_a_suggestion_becomes_an_answer_and_a_pull_request_with_its_lines_alone(
    repository: Repository, github: Fake
) -> None:
    assert repository.happens(BODY) == "Suggestion 7: answered, with its change.\n"
    (pull,) = github.pulls
    assert (pull["title"], pull["head"], pull["base"]) == (
        "Add the link xbr986 to sleep (suggestion 7)", "suggestion-7", "main",
    )  # fmt: skip
    assert pull["body"].startswith("Closes #7\n")
    before = (FOLDER / "resources.yaml").read_text("utf-8")
    after = github.changed_file("suggestion-7")
    added = [line for line in after.splitlines() if line not in before.splitlines()]
    assert added[0] == "      - id: bedtime-stories"
    assert len(after.splitlines()) - len(before.splitlines()) == 11
    assert "waits in pull request 100" in repository.answer
    assert "how the link will look" in repository.answer


def test_editing_the_issue_updates_the_same_pull_request_and_the_same_answer(
    repository: Repository, github: Fake
) -> None:
    repository.happens(BODY)
    repository.happens(BODY.replace("Bedtime stories", "Calm stories"), "edited")
    assert len(github.pulls) == len(github.comments) == 1
    assert "Calm stories" in github.changed_file("suggestion-7")
    assert "Calm stories" in repository.answer
    assert github.commits[github.refs["heads/suggestion-7"]]["parents"] == ["base"]


def test_nothing_that_was_written_is_in_a_branch_a_commit_or_a_title(
    repository: Repository, github: Fake
) -> None:
    repository.happens((FOLDER / "issues" / "link-shell-injection.md").read_text("utf-8"))
    (pull,) = github.pulls
    commit = github.commits[github.refs["heads/suggestion-7"]]
    for text in (pull["title"], pull["head"], commit["message"]):
        assert "curl" not in text
        assert "evil" not in text


def test_while_something_is_asked_there_is_no_pull_request(
    repository: Repository, github: Fake
) -> None:
    repository.happens((FOLDER / "issues" / "link-topic-not-sure.md").read_text("utf-8"))
    assert github.pulls == []
    assert set(github.refs) == {"heads/main"}
    assert "Still to be answered" in repository.answer


def test_where_actions_may_open_no_pull_request_the_lines_stay_in_the_answer(
    repository: Repository, github: Fake
) -> None:
    github.may_open = False
    repository.happens(BODY)
    assert repository.code == 0
    assert "does not let Actions open pull requests" in repository.answer
    assert "- id: bedtime-stories" in repository.answer


def labelled(repository: Repository) -> None:
    text = (FOLDER / "resources.yaml").read_text("utf-8")
    repository.put(text.replace("  exit_url:", "  suggestions: labelled\n  exit_url:"))


def test_a_label_is_waited_for_where_the_index_demands_it(
    repository: Repository, github: Fake
) -> None:
    labelled(repository)
    repository.happens(BODY)
    assert github.pulls == []
    assert "the label `ready`" in repository.answer
    repository.happens(BODY, "labeled", ("suggestion", "ready"))
    assert len(github.pulls) == 1


def test_an_edit_after_the_label_takes_the_label_away_and_changes_nothing_else(
    repository: Repository, github: Fake
) -> None:
    labelled(repository)
    repository.happens(BODY, "labeled", ("ready",))
    before = github.changed_file("suggestion-7")
    repository.happens(BODY.replace("Bedtime", "Evil"), "edited", ("suggestion", "ready"))
    assert github.labels[7] == ["suggestion"]
    assert github.changed_file("suggestion-7") == before
    assert "the label was taken away" in repository.answer


def test_a_branch_that_somebody_worked_on_is_left_as_it_is(
    repository: Repository, github: Fake
) -> None:
    repository.happens(BODY)
    github.commits["theirs"] = {"message": "Mend a word", "tree": {"sha": "tree-0"}}
    github.refs["heads/suggestion-7"] = "theirs"
    repository.happens(BODY.replace("Bedtime", "Calm"), "edited")
    assert github.refs["heads/suggestion-7"] == "theirs"
    assert "was changed by hand" in repository.answer


def test_a_comment_that_somebody_else_wrote_with_our_mark_is_left_alone(
    repository: Repository, github: Fake
) -> None:
    theirs = {"id": 1, "number": 7, "user": {"login": "somebody"}, "body": MARK}
    github.comments.append(dict(theirs))
    repository.happens(BODY)
    assert github.comments[0] == theirs
    assert github.comments[1]["user"]["login"] == BOT


def test_an_issue_that_is_no_form_is_left_alone_unless_it_was_meant_as_one(
    repository: Repository, github: Fake
) -> None:
    assert "nothing to do" in repository.happens("Hello!")
    assert github.comments == []
    repository.happens("Hello!", labels=("suggestion",))
    assert "could not be read" in repository.answer


@pytest.mark.parametrize("text", ["", "{}", '{"issue": {"number": 1, "pull_request": {}}}', "[1]"])
def test_the_event_of_something_else_is_refused(repository: Repository, text: str) -> None:
    repository.happens(BODY)
    (repository.folder / "event.json").write_text(text, "utf-8")
    words = ["suggest", "--event", "event.json"]
    done = CliRunner().invoke(main, words, obj=STARTED)
    assert (done.exit_code, done.output.count("\n")) == (1, 1)
    assert "not the event of an issue" in done.output


def test_where_github_refuses_the_missing_right_is_named(
    repository: Repository, github: Fake
) -> None:
    github.refuse = 403
    assert "`pull-requests: write`" in repository.happens(BODY)
    assert repository.code == 1
