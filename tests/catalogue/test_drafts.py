"""Links that are not finished: they stop nothing, and stand nowhere."""

from __future__ import annotations

import pytest

from linkindex.catalogue import Examined, Severity, examine
from linkindex.icons import icon_names
from tests.support.catalogues import TODAY, catalogue_text

INDEX = catalogue_text()
LINKS_BEGIN = "    resources:\n"

UNFINISHED = """\
      - id: TODO
        draft: true
        title: Courses
        url: https://www.example.org/courses
        audiences: [TODO]
        added: soon
        nonsense: {}
"""


def examined(text: str) -> Examined:
    return examine(text.encode(), file="resources.yaml", icons=icon_names(), today=TODAY)


def with_draft(draft: str) -> Examined:
    return examined(INDEX.replace(LINKS_BEGIN, LINKS_BEGIN + draft, 1))


def test_a_draft_stops_nothing_and_is_no_link() -> None:
    before, after = examined(INDEX).catalogue, with_draft(UNFINISHED).catalogue
    assert before is not None
    assert after is not None
    assert [link.id for link in after.current_resources] == [
        link.id for link in before.current_resources
    ]


def test_what_is_left_to_do_is_said_as_a_warning_with_its_line() -> None:
    result = with_draft(UNFINISHED)
    (problem,) = (found for found in result.problems if "draft" in found.what)
    line = INDEX[: INDEX.index(LINKS_BEGIN)].count("\n") + 2
    assert problem.severity is Severity.WARNING
    assert (problem.line, problem.what) == (line, "`Courses` is a draft and on no page")
    left = [word for word in problem.remedy.split("`")[1::2] if word != "draft: true"]
    assert left == ["id", "audiences", "publisher", "summary", "format", "nations"]


@pytest.mark.parametrize("written", ["true", "True", "yes", "'true'"])
def test_however_true_is_written(written: str) -> None:
    result = with_draft(UNFINISHED.replace("draft: true", f"draft: {written}"))
    assert result.catalogue is not None
    assert len(result.catalogue.drafts) == 1


def test_without_that_line_every_fault_stops_the_build() -> None:
    assert with_draft(UNFINISHED.replace("        draft: true\n", "")).catalogue is None


def test_a_draft_without_a_topic_waits_at_the_end_of_the_file() -> None:
    result = examined(INDEX + "drafts:\n  - title: Courses\n    url: https://www.example.org/c\n")
    assert result.catalogue is not None
    (draft,) = result.catalogue.drafts
    assert (draft.category, draft.url) == (None, "https://www.example.org/c")
    assert draft.left_to_do[0] == "category"


def test_the_places_of_other_links_do_not_shift() -> None:
    result = with_draft(UNFINISHED)
    assert result.catalogue is not None
    assert result.tree is not None
    links = result.tree["categories"][0]["resources"]  # type: ignore[index]
    assert links[1]["id"] == result.catalogue.categories[0].resources[0].id
