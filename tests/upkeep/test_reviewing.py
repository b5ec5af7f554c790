"""The review of a pull request: what it says, and that no file of the other half can say more."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from linkindex.catalogue import Examined, examine
from linkindex.catalogue.codes import resource_code
from linkindex.cli import main
from linkindex.icons import icon_names
from linkindex.upkeep.reviewing.comment import MARK, comment_text
from linkindex.upkeep.reviewing.comparing import review_of
from linkindex.upkeep.reviewing.receiving import received
from linkindex.upkeep.reviewing.review import FILE, ChangedLink, Review, What
from tests.conftest import STARTED
from tests.support.github import Fake, serve_github
from tests.upkeep.test_suggestions import TEXT, TODAY

HEAD = "ab" * 20
NEW = """
      - id: naps
        title: Naps
        url: https://www.nhs.uk/naps
        publisher: NHS
        summary: Why naps help.
        use_when: Nobody slept.
        audiences: [families]
        format: guide
        nations: [uk]
        added: 2026-11-24
"""


def examined(text: str) -> Examined:
    return examine(text.encode(), file="resources.yaml", icons=icon_names(), today=TODAY)


def reviewed(*changes: tuple[str, str], looked: dict[str, str] | None = None) -> Review:
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return review_of(examined(TEXT), examined(text), looked)


def said(review: Review) -> str:
    return comment_text(review, HEAD)


LAST_OF_SLEEP = "          checked_by: family team\n        added: 2026-11-24\n"


def test_a_new_link_is_named_with_its_topic_and_what_opening_it_found() -> None:
    found = {"https://www.nhs.uk/naps": "working. The page opened."}
    review = reviewed((LAST_OF_SLEEP, LAST_OF_SLEEP + NEW), looked=found)
    (link,) = review.links
    assert (link.what, link.code, link.title) == (What.COMES, resource_code("naps"), "Naps")
    assert (link.topic, link.looked, review.topics) == ("Sleep", found[link_url], ("sleep",))
    assert "**1 link new**" in said(review)
    assert "the check has nothing to say" in said(review)


link_url = "https://www.nhs.uk/naps"


def test_what_changes_of_a_link_is_named_by_its_keys() -> None:
    review = reviewed(("title: Sleep advice", "title: Better sleep"), ("Sleep line", "Night line"))
    assert [(link.what, link.keys) for link in review.links] == [
        (What.CHANGES, ("title",)),
        (What.CHANGES, ("title",)),
    ]


def test_a_link_that_moves_or_goes_is_told_from_one_that_changes() -> None:
    debt = TEXT[TEXT.index("      - id: debt-help") : TEXT.index("\n  - id: domestic-abuse")]
    moved = TEXT.replace(debt, "").replace(LAST_OF_SLEEP, f"{LAST_OF_SLEEP}\n{debt}")
    assert [link.what for link in review_of(examined(TEXT), examined(moved)).links] == [What.MOVES]
    gone = TEXT.replace(debt, "")
    assert [link.what for link in review_of(examined(TEXT), examined(gone)).links] == [What.GOES]


def test_a_sensitive_link_is_named_by_its_code_alone() -> None:
    review = reviewed(("summary: People to talk to, day and night.", "summary: People to talk to."))
    text = said(review)
    assert resource_code("refuge-line") in text
    for telling in ("Refuge", "Domestic", "abuse"):
        assert telling not in text


def test_only_what_the_check_did_not_say_before_is_said() -> None:
    assert reviewed().says == ()
    review = reviewed(
        ("format: guide\n        nations: [uk]", "format: gide\n        nations: [uk]")
    )
    assert review.errors == 1
    assert "did you mean `guide`?" in review.links[0].says[0]


def test_an_index_that_cannot_be_read_is_reviewed_too() -> None:
    review = review_of(examined(TEXT), examined(TEXT.replace("categories:", "categories: [")))
    assert review.errors
    assert "The check finds" in said(review)


def test_what_else_changes_is_named() -> None:
    review = reviewed(
        ("name: Good Links", "name: Better Links"), ("title: Money\n", "title: Cash\n")
    )
    assert review.parts == ("`index:`", "what is said of the topic Cash")
    assert review.topics == ("money",)


HOSTILE = (
    "@everyone see #1 GH-2 <img src=x> [x](https://evil.test) ![x](y) `code` **b** | c |",
    "\n# Heading\n\n::error::x\n\n<!-- x -->",
    "https://evil.test/ www.evil.test ~~~ ``` </details>",
    "\u202eevil\u202c \x1b[31m \x00",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_review_means_anything_in_the_comment(text: str) -> None:
    link = ChangedLink(
        what=What.CHANGES,
        code="abc123",
        title=text,
        topic=text,
        keys=(text,),
        says=(text,),
        looked=text,
    )
    comment = said(Review(links=(link,), parts=(text,), says=(text,)))
    outside = comment.replace(MARK, "").replace(f"<!-- of {HEAD} -->", "")
    outside = re.sub(r"`[^`\n]*`", "", outside)
    outside = re.sub(r"^### [A-Z][a-z ]+$", "", outside, flags=re.M)
    assert not re.search(
        r"<|\]\(|(?<![\w&])@\w|(?<![&\w])#\d|^\s*#|^::|https?://|\bwww\.", outside, re.M
    )
    assert "\u202e" not in comment
    assert "\x1b" not in comment


def put(folder: Path, content: object) -> Path:
    folder.mkdir(exist_ok=True)
    text = content if isinstance(content, str) else json.dumps(content)
    (folder / FILE).write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    "content",
    [
        "", "[]", "null", "{", "[" * 100_000, '{"links": ' + "[" * 5000, {"html": "<b>"},
        {"links": [{"what": "comes", "code": "../../x"}]},
        {"links": [{"what": "deletes", "code": "abc123"}]},
        {"links": [{"what": "comes", "code": "abc123", "title": "x" * 301}]},
        {"links": [{"what": "comes", "code": "abc123"}] * 101},
        {"says": ["x"] * 21}, {"errors": -1}, {"errors": "1"}, {"topics": ["A B"]},
        {"says": ["x" * 2001]}, {"more_links": 1e400},
    ],
)  # fmt: skip
def test_a_file_that_is_not_a_review_is_not_taken(tmp_path: Path, content: object) -> None:
    assert received(put(tmp_path / "from", content)) is None


def test_only_a_small_file_of_its_name_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "from"
    assert received(folder) is None
    assert received(put(folder, " " * 1_000_001)) is None
    (folder / FILE).unlink()
    (tmp_path / "secret.json").write_text("{}", "utf-8")
    (folder / FILE).symlink_to(tmp_path / "secret.json")
    assert received(folder) is None
    (folder / FILE).unlink()
    (folder / FILE).mkdir()
    assert received(folder) is None
    (folder / FILE).rmdir()
    os.mkfifo(folder / FILE)
    assert received(folder) is None


def test_what_the_command_writes_is_taken(tmp_path: Path) -> None:
    (tmp_path / "before.yaml").write_text(TEXT, "utf-8")
    after = TEXT.replace(LAST_OF_SLEEP, LAST_OF_SLEEP + NEW)
    (tmp_path / "resources.yaml").write_text(after, "utf-8")
    words = ["changes", "--catalogue", str(tmp_path / "resources.yaml")]
    words += ["--since", str(tmp_path / "before.yaml"), "--json", str(tmp_path / FILE)]
    done = CliRunner().invoke(main, words, obj=STARTED)
    assert done.exit_code == 0, done.output
    assert "1 link new" in done.output
    review = received(tmp_path)
    assert review is not None
    assert [link.title for link in review.links] == ["Naps"]


@pytest.fixture
def github() -> Iterator[Fake]:
    with serve_github() as fake:
        fake.pulls.append(
            {
                "number": 5,
                "label": "guest:add",
                "head": {"sha": HEAD},
                "labels": [{"name": "ready"}],
            }
        )
        fake.labels[5] = ["ready"]
        yield fake


def commented(folder: Path, github: Fake, head: str = HEAD, **run: object) -> str:
    event = {
        "workflow_run": {
            "id": 9, "event": "pull_request", "head_sha": head, "head_branch": "add",
            "head_repository": {"owner": {"login": "guest"}}, "pull_requests": [], **run,
        },
        "repository": {"full_name": "o/n"},
    }  # fmt: skip
    folder.mkdir(exist_ok=True)
    (folder.parent / "event.json").write_text(json.dumps(event), "utf-8")
    words = [
        "changes",
        "comment",
        "--event",
        str(folder.parent / "event.json"),
        "--from",
        str(folder),
    ]
    secrets = {"GITHUB_TOKEN": "t", "GITHUB_API_URL": github.address}
    return CliRunner().invoke(main, words, obj=STARTED, env=secrets).output


def test_a_pull_request_of_a_fork_gets_one_comment_that_is_kept_up_to_date(
    tmp_path: Path, github: Fake
) -> None:
    github.artifacts += [{"name": "site", "id": 3}, {"name": "](https://evil.test)", "id": 4}]
    folder = put(tmp_path / "from", reviewed().model_dump(mode="json"))
    assert commented(folder, github) == "Pull request 5: comment written.\n"
    (comment,) = github.comments
    assert "No link changes" in comment["body"]
    assert "[the built site](https://github.com/o/n/actions/runs/9/artifacts/3)" in comment["body"]
    assert "evil" not in comment["body"]
    put(folder, {"errors": 2})
    assert commented(folder, github) == "Pull request 5: comment rewritten.\n"
    assert "finds 2 errors" in comment["body"]


def test_which_pull_request_it_is_comes_from_the_event_alone(tmp_path: Path, github: Fake) -> None:
    folder = put(tmp_path / "from", {"errors": 1})
    (folder / "number").write_text("1", "utf-8")
    assert "nothing to do" in commented(folder, github, head="cd" * 20)
    assert github.comments == []


def test_where_nothing_was_handed_over_the_comment_says_so(tmp_path: Path, github: Fake) -> None:
    commented(tmp_path / "from", github)
    assert "could not be read" in github.comments[0]["body"]


def test_an_edit_after_the_label_takes_the_label_away(tmp_path: Path, github: Fake) -> None:
    folder = put(tmp_path / "from", {})
    commented(folder, github)
    assert github.labels[5] == ["ready"]
    github.pulls[0]["head"]["sha"] = "cd" * 20
    commented(folder, github, head="cd" * 20)
    assert github.labels[5] == []
    assert "the label was taken away" in github.comments[0]["body"]


def test_a_run_for_something_else_is_refused(tmp_path: Path, github: Fake) -> None:
    assert "not the event of a run" in commented(tmp_path / "from", github, event="push")
    assert github.calls == []
