"""Changing an index whose texts are given in several languages: the others stay as they are."""

from __future__ import annotations

import csv
import difflib
import io
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from linkindex import load
from linkindex.cli import main
from linkindex.links import Link, LinkReport, Outcome, Verdict
from linkindex.links.causes import MovedTo
from linkindex.upkeep.fixing import fixed
from linkindex.upkeep.writing import with_changes, with_changes_of_several
from tests.conftest import REPOSITORY

NAME = "resources.yaml"
BILINGUAL = (REPOSITORY / "tests/data/bilingual.yaml").read_text("utf-8")


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    (tmp_path / NAME).write_text(BILINGUAL, "utf-8")
    return tmp_path / NAME


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def changed_lines(after: str, before: str = BILINGUAL) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("---", "+++")]


def test_a_text_is_changed_in_one_language_and_no_other_line_is_touched() -> None:
    after = with_changes(BILINGUAL, "sleep-tips", {"summary": "How to sleep."}, language="en")
    assert changed_lines(after) == [
        "-          en: What helps a child to sleep well.",
        "+          en: How to sleep.",
    ]
    after = with_changes(BILINGUAL, "sleep-tips", {"summary": "Sut i gysgu."}, language="cy")
    assert changed_lines(after) == [
        "-          cy: Beth sy'n helpu plentyn i gysgu'n dda.",
        "+          cy: Sut i gysgu.",
    ]


def test_texts_in_braces_keep_their_braces() -> None:
    after = with_changes(BILINGUAL, "sleep-tips", {"title": "Cwsg da"}, language="cy")
    assert changed_lines(after) == [
        "-        title: {en: Sleep tips, cy: Cynghorion cysgu}",
        "+        title: {en: Sleep tips, cy: Cwsg da}",
    ]


def test_a_text_that_was_given_once_is_given_in_both_when_another_language_comes() -> None:
    after = with_changes(BILINGUAL, "night-songs", {"title": "Caneuon nos"}, language="cy")
    assert changed_lines(after) == [
        "-        title: Night songs",
        "+        title:",
        "+          en: Night songs",
        "+          cy: Caneuon nos",
    ]
    again = with_changes(after, "night-songs", {"title": "Songs", "minutes": 4}, language="en")
    assert changed_lines(again, after) == [
        "-          en: Night songs",
        "+          en: Songs",
        "+        minutes: 4",
    ]


def test_a_key_that_goes_goes_in_every_language() -> None:
    after = with_changes(BILINGUAL, "sleep-tips", {"use_when": None}, language="cy")
    assert [line[:1] for line in changed_lines(after)] == ["-", "-", "-"]
    assert "use_when" not in "".join(changed_lines(after)[1:])


def test_several_links_change_at_once_as_each_would_alone() -> None:
    wanted = {"sleep-tips": {"title": "Cwsg da"}, "night-songs": {"title": "Caneuon nos"}}
    alone = BILINGUAL
    for link, changes in wanted.items():
        alone = with_changes(alone, link, changes, language="cy")
    assert with_changes_of_several(BILINGUAL, wanted, language="cy") == alone


def test_edit_changes_the_first_language_unless_another_is_named(index: Path) -> None:
    assert run("edit", "sleep-tips", "--title", "Sleep well", "--yes").exit_code == 0
    result = run("edit", "sleep-tips", "--in-language", "cy", "--title", "Cysgu'n dda", "--yes")
    assert result.exit_code == 0, result.output
    there = load(index).resource("sleep-tips"), load(index).in_language("cy").resource("sleep-tips")
    assert [each.title for each in there] == ["Sleep well", "Cysgu'n dda"]
    refused = run("edit", "sleep-tips", "--in-language", "cyy", "--title", "Cysgu", "--yes")
    assert refused.exit_code == 1
    assert "`cyy` is not a language of the index; did you mean `cy`?" in refused.output


def test_a_link_that_moves_or_retires_keeps_its_texts(index: Path) -> None:
    assert run("move", "sleep-tips", "crying", "--yes").exit_code == 0
    assert run("retire", "sleep-tips", "--successor", "crying-baby", "--yes").exit_code == 0
    welsh = load(index).in_language("cy")
    tips = welsh.resource("sleep-tips")
    assert (welsh.home_of(tips).id, tips.title) == ("crying", "Cynghorion cysgu")
    assert tips.retired is not None


def test_a_new_link_stands_beside_those_in_several_languages(index: Path) -> None:
    result = run(
        *("add", "--topic", "sleep", "--title", "Night line", "--publisher", "NHS"),
        *("--summary", "Somebody to ring.", "--audiences", "families", "--format", "helpline"),
        *("--nations", "wales", "--phone", "0808 80 10 800", "--yes"),
    )
    assert result.exit_code == 0, result.output
    assert load(index).in_language("cy").resource("night-line").language_of("title") == "en"


def test_splitting_and_joining_keep_every_language(index: Path) -> None:
    assert run("split").exit_code == 0
    assert load(index).in_language("cy").category("sleep").title == "Cwsg"
    broken = index.parent / "topics/sleep.yaml"
    text = broken.read_text("utf-8")
    broken.write_text(text.replace("cy: https://www.example.org/cy/cwsg", "cy: cwsg"), "utf-8")
    line = 1 + text.split("\n").index("      cy: https://www.example.org/cy/cwsg")
    assert f"topics/sleep.yaml:{line}:" in run("check").output
    broken.write_text(text, "utf-8")
    assert run("join").exit_code == 0
    assert index.read_text("utf-8") == BILINGUAL


@pytest.mark.parametrize("order", ["[en, cy]", "[cy, en]"])
def test_a_sheet_that_comes_back_changes_the_first_language_alone(index: Path, order: str) -> None:
    text = BILINGUAL.replace("[en, cy]", order)
    index.write_text(text, "utf-8")
    assert run("export", "--full", "links.xlsx").exit_code == 0
    assert run("import", "links.xlsx").exit_code == 0
    assert index.read_text("utf-8") == text, "nothing was changed in it"
    book = openpyxl.load_workbook("links.xlsx")
    cells = [cell for row in book.active.iter_rows() for cell in row]  # type: ignore[union-attr]
    first = order[1:3]
    old = {"en": "Sleep tips", "cy": "Cynghorion cysgu"}[first]
    (cell,) = [cell for cell in cells if cell.value == old]
    cell.value = "Nos da"
    out = io.BytesIO()
    book.save(out)
    Path("links.xlsx").write_bytes(out.getvalue())
    result = run("import", "links.xlsx")
    assert result.exit_code == 0, result.output
    (gone, new) = changed_lines(index.read_text("utf-8"), text)
    assert new == gone.replace(old, "Nos da").replace("-", "+", 1)


def test_check_says_what_is_missing_and_refuses_it_if_told_to(index: Path) -> None:
    result = run("check")
    assert result.exit_code == 0, result.output
    assert "1 text is not there in `cy` (Welsh)" in result.output
    strict = run("check", "--strict-languages")
    assert strict.exit_code == 1
    assert "1 error in the index" in strict.output
    assert "nobody has yet read the Welsh of the site itself" in result.output
    run("edit", "night-songs", "--in-language", "cy", "--title", "Caneuon nos", "--yes")
    assert run("check", "--strict-languages").exit_code == 0


def test_a_link_that_moved_gets_its_new_address_in_the_language_that_moved(index: Path) -> None:
    english = load(index)
    welsh = english.in_language("cy").resource("sleep-tips")
    new = "https://www.example.org/cy/cwsg-newydd"
    link = Link(str(welsh.url), NAME, welsh.address_line, welsh.id, welsh.title)
    moved = Outcome(link, Verdict.MOVED, MovedTo(new), status=200, final_address=new, fits=True)
    after, (fix,) = fixed(BILINGUAL, LinkReport((moved,)), english)
    assert fix.address == new
    assert changed_lines(after) == [
        "-          cy: https://www.example.org/cy/cwsg",
        f"+          cy: {new}",
    ]


def test_a_day_is_written_into_a_link_whose_texts_are_in_several_languages(index: Path) -> None:
    result = run("review", "--done", "sleep-tips")
    assert result.exit_code == 0, result.output
    assert load(index).resource("sleep-tips").reviewed is not None


def test_the_language_of_a_link_is_not_the_one_that_its_texts_are_written_in(index: Path) -> None:
    assert run("edit", "night-songs", "--language", "pl", "--yes").exit_code == 0
    assert load(index).resource("night-songs").language == ("pl",)
    title = ("--in-language", "cy", "--title", "Cwsg")
    assert run("edit", "sleep-tips", *title, "--language", "en", "--yes").exit_code == 0
    assert load(index).in_language("cy").resource("sleep-tips").title == "Cwsg"


@pytest.mark.parametrize("order", ["[en, cy]", "[cy, en]\n  texts_in: en"])
def test_a_link_is_added_in_the_language_that_is_named_or_else_in_the_first(
    index: Path, order: str
) -> None:
    index.write_text(BILINGUAL.replace("[en, cy]", order), "utf-8")
    first, second = order[1:3], order[5:7]
    for title, option in (("First", ()), ("Other", ("--in-language", second))):
        result = run(
            *("add", "--topic", "sleep", "--title", title, "--publisher", "NHS"),
            *("--summary", "Somebody to ring.", "--audiences", "families", "--format", "helpline"),
            *("--nations", "wales", "--phone", "0808 80 10 800", *option, "--yes"),
        )
        assert result.exit_code == 0, result.output
    assert f"run `linkindex edit other --in-language {first}`" in " ".join(result.output.split())
    for name, language in (("first", first), ("other", second)):
        there = load(index).in_language(language).resource(name)
        assert there.language_of("title") is None
        assert there.language_of("publisher") is None
        elsewhere = load(index).in_language(second if language == first else first)
        assert elsewhere.resource(name).language_of("title") == language
        assert elsewhere.resource(name).language_of("publisher") is None


def test_a_sheet_in_another_language_has_gaps_and_brings_what_fills_them(index: Path) -> None:
    said = run("export", "--full", "links.csv", "--in-language", "cy").output
    assert "Its texts are in Welsh; for English add `--in-language en`." in " ".join(said.split())
    rows = list(csv.DictReader(io.StringIO(Path("links.csv").read_text("utf-8-sig"))))
    songs = next(row for row in rows if row["id"] == "night-songs")
    assert (songs["title"], songs["summary"]) == ("", "Caneuon ar gyfer y nos.")
    assert run("import", "links.csv", "--in-language", "cy").exit_code == 0
    assert index.read_text("utf-8") == BILINGUAL, "nothing was changed in it"
    songs["title"] = "Caneuon nos"
    new = {"title": "Sêr", "url": "https://www.example.org/ser", "summary": "Sêr y nos."}
    new |= {"topic": "sleep", "publisher": "Elusen", "audiences": "families", "format": "guide"}
    new |= {"nations": "wales", "added": "2026-11-24"}
    with Path("links.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0].keys(), restval="")
        table.writeheader()
        table.writerows([*rows, new])
    result = run("import", "links.csv", "--in-language", "cy")
    assert result.exit_code == 0, result.output
    english, welsh = load(index), load(index).in_language("cy")
    assert english.resource("night-songs").title == "Night songs"
    assert welsh.resource("night-songs").title == "Caneuon nos"
    assert welsh.resource("ser").language_of("summary") is None
    assert english.resource("ser").language_of("summary") == "cy"


def test_an_import_says_which_language_it_takes_texts_to_be_in(index: Path) -> None:
    Path("links.csv").write_text("code,summary\nbbbbbb,Nothing\n", "utf-8")
    said = " ".join(run("import", "links.csv", "--dry-run").output.split())
    assert "The texts are taken to be in English; for Welsh add `--in-language cy`." in said
    text = BILINGUAL.replace("[en, cy]", "[en]")
    index.write_text(text, "utf-8")
    assert "--in-language" not in run("import", "links.csv", "--dry-run").output
