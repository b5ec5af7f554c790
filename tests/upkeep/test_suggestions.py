"""What people send is understood, or asked about, or refused, and none of it means anything else.

Each file of ``suggestions/issues`` is the body of an issue as GitHub gives it, each of
``suggestions/emails`` an e-mail as it arrives. The ``.txt`` beside it is what is answered. After a
wanted change, write them anew with ``python -m tests.upkeep.test_suggestions``, and read the
difference.
"""

from __future__ import annotations

import datetime
import difflib
import functools
import re
from pathlib import Path

import pytest

from linkindex.catalogue import Catalogue, examine
from linkindex.catalogue.problems import INVISIBLE
from linkindex.cli.console import printable
from linkindex.icons import icon_names
from linkindex.upkeep.suggesting.answering import Answer, answer, as_markdown, as_plain
from linkindex.upkeep.suggesting.answers import Answers, NotAFormError
from linkindex.upkeep.suggesting.changing import changed
from linkindex.upkeep.suggesting.issues import answers_of_issue
from linkindex.upkeep.suggesting.mails import answers_of_email
from linkindex.upkeep.suggesting.questions import forms_of
from linkindex.upkeep.suggesting.understanding import understood

FOLDER = Path(__file__).parent / "suggestions"
TODAY = datetime.date(2026, 11, 30)
TEXT = (FOLDER / "resources.yaml").read_text("utf-8")
CASES = sorted(
    path for kind in ("issues", "emails") for path in (FOLDER / kind).iterdir()
    if path.suffix in (".md", ".eml")
)  # fmt: skip


@functools.cache
def index() -> Catalogue:
    examined = examine(TEXT.encode(), file="resources.yaml", icons=icon_names(), today=TODAY)
    assert examined.catalogue is not None, examined.problems
    return examined.catalogue


def read(path: Path) -> Answers:
    if path.suffix == ".md":
        return answers_of_issue(path.read_bytes().decode(), forms_of(index()))
    return answers_of_email(path.read_bytes(), forms_of(index()))


@functools.cache
def answered(path: Path) -> tuple[Answer, str] | str:
    """What is answered, and the text of the index after it; or why it is refused."""
    try:
        what = understood(read(path), index(), TODAY)
    except NotAFormError as error:
        return str(error)
    change = changed(TEXT, index(), what, icons=icon_names(), today=TODAY)
    return answer(what, change, index()), change.text if change else TEXT


def told(path: Path) -> str:
    """The answer, and what changes in the file, as the golden file has it."""
    found = answered(path)
    if isinstance(found, str):
        return f"refused: {found}\n"
    said, after = found
    lines = difflib.unified_diff(TEXT.splitlines(), after.splitlines(), n=0, lineterm="")
    diff = "\n".join(line for line in lines if not line.startswith(("---", "+++")))
    return printable(f"{as_plain(said)}\n\n{diff}".rstrip()) + "\n"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_what_is_sent_is_answered_as_it_was_agreed(path: Path) -> None:
    assert told(path) == path.with_suffix(".txt").read_text("utf-8")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_only_lines_are_added_and_only_of_one_link(path: Path) -> None:
    found = answered(path)
    if isinstance(found, str) or found[0].questions:
        return
    before, after = (index_of(text) for text in (TEXT, found[1]))
    changed_links = {key for key in before | after if before.get(key) != after.get(key)}
    assert len(changed_links) <= 1
    assert set(before) <= set(after)


def index_of(text: str) -> dict[str, object]:
    examined = examine(text.encode(), file="resources.yaml", icons=icon_names(), today=TODAY)
    assert examined.catalogue is not None, examined.problems
    assert examined.catalogue.settings == index().settings
    homes = examined.catalogue.categories
    return {link.id: (home.id, link.model_dump()) for home in homes for link in home.resources}


_MEANS_SOMETHING = re.compile(
    r"<(?!!-- kept up to date)|\]\(|(?<![\w&])@\w|(?<![&\w])#\d|^#|^::|##\[|https?://", re.M
)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_nothing_that_was_sent_means_anything_in_an_issue(path: Path) -> None:
    found = answered(path)
    if isinstance(found, str):
        return
    text = as_markdown(found[0])
    outside = re.sub(r"(?ms)^(`{3,})yaml\n.*?^\1$", "", text)
    outside = re.sub(r"`[^`\n]*`", "", outside)
    assert not _MEANS_SOMETHING.search(outside)
    assert not INVISIBLE.search(text.replace("\n", ""))
    assert len(text) < 20_000


@pytest.mark.parametrize("name", ["fault-sensitive", "fault-only-gone"])
def test_a_link_is_named_by_its_code_alone(name: str) -> None:
    found = answered(FOLDER / "issues" / f"{name}.md")
    assert not isinstance(found, str)
    for word in ("Refuge", "Sleep advice", "nhs.uk"):
        assert word not in as_markdown(found[0])


def test_a_sensitive_topic_is_named_by_its_quiet_title() -> None:
    for name in ("link-sensitive-topic", "link-topic-by-alias"):
        found = answered(FOLDER / "issues" / f"{name}.md")
        assert not isinstance(found, str)
        assert "Home life (hb4)" in as_markdown(found[0])
        assert "abuse" not in as_markdown(found[0]).casefold()


def test_whoever_knows_no_topic_is_told_which_are_likely(catalogue: Catalogue) -> None:
    body = (FOLDER / "issues" / "link-topic-not-sure.md").read_text("utf-8")
    body = body.replace("Bedtime stories", "Domestic abuse and children")
    what = understood(answers_of_issue(body, forms_of(catalogue)), catalogue, TODAY)
    (question,) = what.questions
    topic = catalogue.category("domestic-abuse")
    assert f"By its words it may be {topic.outside_title} ({topic.code})" in question
    assert "abuse" not in question


if __name__ == "__main__":
    for case in CASES:
        case.with_suffix(".txt").write_text(told(case), "utf-8")
