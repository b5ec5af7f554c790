"""An index in several files is read as one, and each message names the file that it is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkindex.catalogue import Examined, examine
from linkindex.catalogue.loading import whole_of
from linkindex.catalogue.parts import joined, split, unsplit
from linkindex.catalogue.rules.style import style_problems
from linkindex.icons import icon_names
from linkindex.upkeep.writing import with_links
from tests.catalogue.small import SMALLEST, TODAY, examined
from tests.conftest import REPOSITORY, SAMPLE

FILE = "resources.yaml"
HEAD = "# yaml-language-server: $schema=../schema/topic.schema.json"

SECOND = """\
id: ddp
title: DDP
full_title: Dyadic therapy
summary: Another card.
group: core
icon: home
colour: "#1f4e5f"
card:
  front: Another front.
  prompts: [What helps?, Who is there?, What comes next?]
resources:
  - id: another
    title: Another
    url: https://www.nhs.uk/another
    publisher: NHS
    summary: Another overview.
    audiences: [families]
    format: guide
    nations: [uk]
    added: 2026-11-24
"""


def read(main: str, **topics: str) -> Examined:
    return examine(
        main.encode(),
        file=FILE,
        icons=icon_names(),
        today=TODAY,
        topics={f"{name}.yaml": text.encode() for name, text in topics.items()},
    )


def messages(main: str, **topics: str) -> list[str]:
    return [str(problem) for problem in read(main, **topics).problems]


def ids(found: Examined) -> list[str]:
    assert found.catalogue is not None, [str(problem) for problem in found.problems]
    return [category.id for category in found.catalogue.categories]


LISTED = SMALLEST.replace("categories:\n", "categories:\n  - topics/ddp.yaml  # first\n")


@pytest.mark.parametrize(
    ("main", "order"), [(SMALLEST, ["aces", "ddp"]), (LISTED, ["ddp", "aces"])]
)
def test_a_topic_stands_where_it_is_named_or_else_at_the_end(main: str, order: list[str]) -> None:
    assert ids(read(main, ddp=SECOND)) == order


def test_a_file_may_be_the_block_as_it_stands_in_the_index() -> None:
    lines = SECOND.splitlines(keepends=True)
    block = "".join(f"  {'- ' if number == 0 else '  '}{line}" for number, line in enumerate(lines))
    for text in (block, f"# A remark\n\n{SECOND}", f"\ufeff{SECOND}", SECOND.replace("\n", "\r\n")):
        assert ids(read(SMALLEST, ddp=text)) == ["aces", "ddp"]


def test_a_place_is_that_in_its_own_file() -> None:
    catalogue = read(LISTED, ddp=f"{HEAD}\n{SECOND}").catalogue
    assert catalogue is not None
    assert catalogue.at(catalogue.resource("another").line)[:2] == ("topics/ddp.yaml", 13)
    there = catalogue.at(catalogue.resource("about-aces").line)
    assert LISTED.splitlines()[(there.line or 0) - 1] == "      - id: about-aces"
    assert there.file == FILE


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("format: guide", "format: giude"), "topics/ddp.yaml:18:5: `giude` is not"),
        (("title: DDP", "titel: DDP"), "topics/ddp.yaml:2:1: unknown key `titel`"),
        (("id: another", "id: about-aces"), "topics/ddp.yaml:12:5: the resource id `about-aces`"),
        (("    title: Another", "\ttitle: Another"), "topics/ddp.yaml:13:1: "),
        (("summary: Another card.", 'summary: "Another card.'), "topics/ddp.yaml:4:"),
        (("nations: [uk]", "nations: [uk"), "topics/ddp.yaml:19:"),
    ],
)
def test_a_fault_is_said_of_the_file_in_which_it_is(change: tuple[str, str], said: str) -> None:
    after = SECOND.replace("id: ddp", "id: zzz").replace("id: another", "id: zzz-another")
    after = after.replace("nhs.uk/another", "nhs.uk/zzz")
    after = after.replace("group: core\n", "group: core\ncode: zzz\n")
    found = messages(SMALLEST, ddp=SECOND.replace(*change), zzz=after)
    assert any(message.startswith(said) for message in found), found
    assert not any(message.startswith(("topics/zzz.yaml", FILE)) for message in found), found


def test_a_message_names_the_other_line_in_its_file_too() -> None:
    twice = messages(SMALLEST, ddp=SECOND.replace("id: another", "id: about-aces"))
    assert f"is already used on line 28 of {FILE}" in twice[0]
    within = SECOND.replace("id: another", "id: ddp")
    assert "is already used on line 1;" in messages(SMALLEST, ddp=within)[0]


def test_a_warning_of_style_names_the_file() -> None:
    found = read(SMALLEST, ddp=SECOND)
    assert found.catalogue is not None
    assert found.tree is not None
    files = {problem.file for problem in style_problems(found.catalogue, found.tree)}
    assert "topics/ddp.yaml" in files


@pytest.mark.parametrize(
    ("main", "topics", "said"),
    [
        (LISTED, {}, "there is no file `topics/ddp.yaml`; put it there"),
        (LISTED, {"dpd": SECOND}, "did you mean `topics/dpd.yaml`?"),
        (
            f"{LISTED}  - topics/ddp.yaml\n",
            {"ddp": SECOND},
            "already named on line 17",
        ),
        (SMALLEST, {"ddp": "# nothing\n"}, "topics/ddp.yaml:1:1: this file is empty"),
        (SMALLEST.partition("categories:")[0], {"ddp": SECOND}, "write `categories:` alone"),
    ],
)
def test_what_cannot_be_put_together_is_said(main: str, topics: dict[str, str], said: str) -> None:
    found = read(main, **topics)
    assert found.catalogue is None
    assert any(said in str(problem) for problem in found.problems), found.problems


def test_a_file_that_is_not_read_is_an_error() -> None:
    for name, content, said in (
        ("Sleep topic.yml", SECOND.encode(), "call it `sleep-topic.yaml`"),
        ("ddp.yaml", b"id: \xff", "this is not UTF-8 text"),
    ):
        whole = whole_of(SMALLEST.encode(), {name: content}, FILE)
        assert any(said in str(problem) for problem in whole.problems)
        assert all(problem.file == f"topics/{name}" for problem in whole.problems)


REAL = [SAMPLE, REPOSITORY / FILE]


@pytest.mark.parametrize("path", REAL, ids=["sample", "shipped"])
@pytest.mark.parametrize("form", ["as it is", "with CRLF", "without a last line end"])
def test_to_split_and_to_join_gives_back_every_byte(path: Path, form: str) -> None:
    text = path.read_text("utf-8")
    text = text.replace("\n", "\r\n") if form == "with CRLF" else text
    text = text.rstrip("\n") if form.startswith("without") else text
    files = split(text, FILE, HEAD)
    main = files.pop(FILE)
    assert len(files) > 10
    assert all(content.startswith(HEAD) for content in files.values())
    topics = {name.removeprefix("topics/"): content for name, content in files.items()}
    assert unsplit(main, topics, FILE) == text
    whole = joined(main, topics, FILE)
    assert whole.changed(whole.text) == {}


ODD = """\
# head
categories:
# before
  - title: No id at first   # remark
    id: one
  # within, at the margin of the dashes
    resources:

      - id: a   # last
    # of the topic

  # between
  - {id: in-braces, title: B}
  - id: two
    id2: x
  - topics/three.yaml
# after
glossary: []
"""


def test_comments_stay_with_their_topic_or_between_two() -> None:
    files = split(ODD, FILE, "")
    assert files[FILE] == (
        "# head\ncategories:\n# before\n  - topics/one.yaml\n\n  # between\n"
        "  - {id: in-braces, title: B}\n  - topics/two.yaml\n  - topics/three.yaml\n"
        "# after\nglossary: []\n"
    )
    assert files["topics/one.yaml"] == (
        "title: No id at first   # remark\nid: one\n# within, at the margin of the dashes\n"
        "resources:\n\n  - id: a   # last\n# of the topic\n"
    )


def test_a_change_of_the_whole_comes_back_to_the_file_it_is_in() -> None:
    whole = whole_of(LISTED.encode(), {"ddp.yaml": b"\xef\xbb\xbf" + SECOND.encode()}, FILE)
    after = whole.text.replace("title: Another\n", "title: Other\n        minutes: 5\n")
    assert whole.changed(after) == {
        "topics/ddp.yaml": "\ufeff"
        + SECOND.replace("title: Another\n", "title: Other\n    minutes: 5\n")
    }
    assert whole.changed(whole.text.replace("id: about-aces", "id: x")) == {
        FILE: LISTED.replace("id: about-aces", "id: x")
    }


def test_one_file_is_read_as_before() -> None:
    assert read(SMALLEST).problems == examined(SMALLEST).problems == ()


def test_a_changed_whole_still_knows_the_places_of_its_lines() -> None:
    whole = whole_of(LISTED.encode(), {"ddp.yaml": SECOND.encode()}, FILE)
    after = whole.text.replace("    title: DDP\n", "    title: DDP\n    steward: A team\n")
    found = examine(
        after.replace("format: guide", "format: giude").encode(),
        file=FILE,
        icons=icon_names(),
        today=TODAY,
    )
    assert [(problem.file, problem.line) for problem in found.problems] == [
        (FILE, 35),
        ("topics/ddp.yaml", 19),
    ]
    again = joined(after, {}, FILE)
    assert again.lines.at(len(again.lines.came)).file == FILE
    assert joined(whole.text, {}, FILE).lines == whole.lines


def test_what_is_written_into_a_whole_goes_into_its_file() -> None:
    whole = whole_of(SMALLEST.encode(), {"ddp.yaml": SECOND.encode()}, FILE)
    after = with_links(
        whole.text, [("ddp", {"id": "x"}), (None, {"id": "y"}), ("aces", {"id": "z"})]
    )
    changed = whole.changed(after)
    assert changed["topics/ddp.yaml"] == f"{SECOND}\n  - id: x\n"
    assert changed[FILE] == f"{SMALLEST}\n      - id: z\n\ndrafts:\n  - id: y\n"
