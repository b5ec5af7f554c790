"""Which claims are due for a look, and how the list and the issue name them."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from linkindex.catalogue import Catalogue
from linkindex.cli import main
from linkindex.links.model import LinkReport
from linkindex.upkeep.claims import DatedClaim, dated_claims, doubtful_claims
from linkindex.upkeep.issue import issue_text
from tests.support.catalogues import TODAY, catalogue_text, parsed

LINK = "        added: 2026-11-01\n"
SECOND = "      - id: plain-second\n"


def index_text(*, first: str = "", second: str = "", caution: str = "", word: str = "") -> str:
    """The text of an index with keys for its first two links, a caution and a word."""
    text = catalogue_text()
    before, behind = text.split(SECOND)
    before = before.replace(LINK, LINK + keys(first, 8))
    text = before + SECOND + behind.replace(LINK, LINK + keys(second, 8), 1)
    if caution:
        mapping = f"    cautions:\n      - caution: A duty began.\n{keys(caution, 8)}"
        text = text.replace('    cautions: ["Plain words"]\n', mapping, 1)
    if word:
        term = f"glossary:\n  - term: Duty\n    meaning: What must be done\n{keys(word, 4)}"
        text = text.replace("categories:\n", f"{term}categories:\n")
    return text


def keys(written: str, indent: int) -> str:
    return "".join(f"{' ' * indent}{line.strip()}\n" for line in written.split(";") if line)


def index(**claims: str) -> Catalogue:
    return parsed(index_text(**claims))


def doubtful(**claims: str) -> list[DatedClaim]:
    return doubtful_claims(index(**claims), TODAY)


def names(claims: list[DatedClaim]) -> list[str]:
    return [claim.name for claim in claims]


@pytest.mark.parametrize("place", ["first", "caution", "word"])
def test_a_claim_is_due_on_the_day_after_its_last(place: str) -> None:
    assert doubtful(**{place: "claim_until: 2026-11-24"}) == []
    (late,) = doubtful(**{place: "claim_until: 2026-11-23"})
    assert late.due == TODAY


@pytest.mark.parametrize("place", ["first", "caution", "word"])
def test_a_claim_of_a_day_is_due_when_a_review_of_that_day_would_be(place: str) -> None:
    assert doubtful(**{place: "as_of: 2025-11-25"}) == []
    assert len(doubtful(**{place: "as_of: 2025-11-24"})) == 1


def test_the_last_day_of_a_claim_counts_before_the_day_on_which_it_was_found() -> None:
    assert doubtful(first="as_of: 2020-01-01; claim_until: 2027-01-01") == []


def test_one_source_is_due_until_there_is_a_second_or_a_person_has_read_the_page() -> None:
    assert len(doubtful(first="evidence: [A call]")) == 1
    assert doubtful(first="evidence: [A call, A letter]") == []
    assert doubtful(first="reviewed: 2026-11-20; evidence: [A call]") == []
    assert len(doubtful(caution="evidence: [A call]")) == 1
    assert len(doubtful(word="evidence: [A call]")) == 1


def test_the_longest_due_comes_first_and_what_has_no_day_last() -> None:
    claims = dated_claims(
        index(
            first="evidence: [A call]",
            second="claim_until: 2026-10-01",
            caution="claim_until: 2026-09-01",
            word="claim_until: 2027-01-01",
        )
    )
    assert names(claims) == ["A duty began.", "A second link of plain", "Duty", "Plain words"]


def test_what_is_retired_claims_nothing() -> None:
    gone = "claim_until: 2026-01-01; retired: {on: 2026-11-01, successor: plain-first}"
    assert doubtful(second=gone) == []


def review(folder: Path, text: str, *options: str) -> str:
    path = folder / "resources.yaml"
    path.write_text(text, "utf-8")
    result = CliRunner().invoke(main, ["review", "--catalogue", str(path), *options])
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


def test_the_list_of_what_is_due_names_each_claim_with_its_line_and_why(tmp_path: Path) -> None:
    text = index_text(
        first="claim_until: 2026-10-01; evidence: [A call]",
        second="claim_until: 2027-10-01",
        caution="as_of: 2025-01-02",
        word="evidence: [A letter]",
    )
    said = review(tmp_path, text, "--due")
    link = 1 + text.split("\n").index("      - id: plain-first")
    caution = 1 + text.split("\n").index("      - caution: A duty began.")
    assert (
        f"resources.yaml:{link}: may have changed since 2026-10-01; rests only on `A call`: "
        "Plain words [plain-first], Plain words" in said
    )
    assert f"resources.yaml:{caution}: as of 2025-01-02, due since 2026-01-02: A duty" in said
    assert "rests only on `A letter`: Duty" in said
    assert "plain-second" not in said
    assert "3 claims to look into" in said
    assert f"holds until {datetime.date(2027, 10, 1)}" in review(tmp_path, text)


def test_the_issue_lists_claims_without_what_they_rest_on() -> None:
    claims = doubtful(first="claim_until: 2026-10-01; evidence: [A telling call]")
    report = LinkReport((), datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC))
    text = issue_text(report, [], (), claims)
    assert text is not None
    assert "## Claims that may no longer hold (1)" in text
    assert "| Plain words | Plain words | nobody named | 2026-10-01 | one source |" in text
    assert "telling" not in text
