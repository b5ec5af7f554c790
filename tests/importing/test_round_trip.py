"""What an index exports and reads again, and what is written into it."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from linkindex.catalogue import ShownCatalogue
from linkindex.cli import main
from linkindex.importing.full import WRITERS
from linkindex.site.exports import exports, public_index
from tests.support.catalogues import catalogue_text, parsed

NAME = "resources.yaml"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / NAME).write_text(catalogue_text(sensitive=True), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def index(folder: Path) -> str:
    return (folder / NAME).read_text("utf-8")


@pytest.mark.parametrize("ending", WRITERS)
def test_a_full_export_that_comes_back_changes_nothing(folder: Path, ending: str) -> None:
    before = index(folder)
    assert run("export", "--full", f"links{ending}").exit_code == 0
    result = run("import", f"links{ending}")
    assert result.exit_code == 0, result.output
    assert index(folder) == before
    assert "5 rows said nothing new" in result.output


def test_what_was_changed_in_a_full_export_is_all_that_changes(folder: Path) -> None:
    before = index(folder)
    run("export", "--full", "links.xlsx")
    book = openpyxl.load_workbook("links.xlsx")
    sheet = book.active
    assert sheet is not None
    headings = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, headings["summary"]).value = "Said: otherwise # now"
    sheet.cell(2, headings["phone"]).value = 8082000247
    sheet.cell(3, headings["use_when"]).value = "You need it"
    sheet.cell(3, headings["publisher"]).value = ""
    book.save("links.xlsx")
    result = run("import", "links.xlsx")
    assert result.exit_code == 0, result.output
    changed = [
        (old, new)
        for old, new in zip(before.splitlines(), index(folder).splitlines(), strict=False)
        if old != new
    ]
    assert changed[0][1].strip() == 'summary: "Said: otherwise # now"'
    catalogue = parsed(index(folder))
    first, second = catalogue.categories[0].resources[:2]
    assert first.phone is not None
    assert (first.summary, first.phone.number) == ("Said: otherwise # now", "0808 200 0247")
    assert (second.use_when, second.publisher) == ("You need it", "Example Publisher")
    assert len(index(folder).splitlines()) == len(before.splitlines()) + 1


def test_a_whole_index_comes_back_into_an_empty_one(folder: Path) -> None:
    second = "        title: A second link of plain"
    answered = index(folder).replace(second, f"        sensitive: false\n{second}", 1)
    (folder / NAME).write_text(answered, "utf-8")
    full = parsed(answered)
    run("export", "--full", "links.csv")
    emptied = without_links(index(folder))
    (folder / NAME).write_text(emptied, "utf-8")
    result = run("import", "links.csv")
    assert result.exit_code == 0, result.output
    after = parsed(index(folder))
    assert [link.id for link in after.categories[0].resources][1:] == [
        link.id for link in full.categories[0].resources
    ]
    for link in full.categories[0].resources:
        assert after.resource(link.id).model_dump() == link.model_dump()
        said = "sensitive" in link.model_fields_set
        assert ("sensitive" in after.resource(link.id).model_fields_set) is said


def without_links(text: str) -> str:
    """The index with one other link in each topic, and none of its own."""
    lines: list[str] = []
    skipping = False
    number = 0
    for line in text.splitlines():
        if line.strip() == "resources:":
            number += 1
            lines += [line, *OTHER.format(number=number).splitlines()]
            skipping = True
            continue
        if skipping and not line.startswith("      "):
            skipping = False
        if not skipping and "start_here:" not in line and "families: [" not in line[:20]:
            lines.append(line)
    return "\n".join(lines) + "\n"


OTHER = """\
      - id: other-{number}
        title: Another {number}
        url: https://www.example.net/other-{number}
        publisher: Example
        summary: Something else.
        audiences: [families]
        format: guide
        nations: [uk]
        added: 2026-01-01
"""


def test_files_that_a_site_publishes_change_nothing_when_they_come_back(folder: Path) -> None:
    before = index(folder)
    published = exports(public_index(ShownCatalogue.of(parsed(before), ())))
    for path in ("data/links.csv", "data/links.json", "data/links.opml", "data/bookmarks.htm"):
        Path("published").write_bytes(published[path])
        Path("published").rename(Path(path).name)
        result = run("import", Path(path).name)
        assert result.exit_code == 0, result.output
        assert "said nothing new" in result.output, path
        assert index(folder) == before, path


LIST = "Title,URL,Topic,Nation\nA page,https://www.example.org/new,plain,UK\nElsewhere,https://www.example.org/b,Nowhere,\n"


def test_an_import_adds_lines_and_changes_none(folder: Path) -> None:
    before = index(folder)
    (folder / "list.csv").write_text(LIST, "utf-8")
    result = run("import", "list.csv")
    assert result.exit_code == 0, result.output
    after = index(folder)
    added = [line for line in after.splitlines() if line not in before.splitlines()]
    left = iter(after.splitlines())
    assert all(line in left for line in before.splitlines())
    assert "    draft: true" in added
    assert "    category: TODO Nowhere" in added
    check = run("check")
    assert check.exit_code == 0, check.output
    assert check.output.count("is a draft and on no page") == 2


def test_the_same_file_again_adds_nothing(folder: Path) -> None:
    (folder / "list.csv").write_text(LIST, "utf-8")
    run("import", "list.csv")
    after = index(folder)
    assert "2 rows said nothing new" in run("import", "list.csv").output
    assert index(folder) == after


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    before = index(folder)
    (folder / "list.csv").write_text(LIST + "None,,,\n", "utf-8")
    result = run("import", "list.csv", "--dry-run")
    assert "Would add" in result.output
    assert index(folder) == before
    assert {path.name for path in folder.iterdir()} == {NAME, "list.csv"}


def test_what_is_missing_can_be_given_for_all(folder: Path) -> None:
    (folder / "list.csv").write_text("Title,URL\nA page,https://www.example.org/new\n", "utf-8")
    given = ("publisher=Example", "summary=A page.", "format=guide", "audiences=parents")
    words = [word for pair in (*given, "nations=England") for word in ("--set", pair)]
    result = run("import", "list.csv", "--topic", "plain", *words)
    assert result.exit_code == 0, result.output
    link = parsed(index(folder)).resource("a-page")
    assert (link.publisher, link.audiences, link.nations) == (
        "Example",
        ("families",),
        ("england",),
    )


def test_a_link_that_the_check_refuses_becomes_a_draft(folder: Path) -> None:
    rows = "id,title,url,publisher,summary,audiences,format,nations,claim_until,topic\n"
    rows += "x,Bad,https://www.example.org/1,P,S,families,guide,uk,2020-01-01,plain\n"
    rows += "y,Good,https://www.example.org/2,P,S,families,guide,uk,,plain\n"
    (folder / "list.csv").write_text(rows, "utf-8")
    result = run("import", "list.csv")
    assert result.exit_code == 0, result.output
    assert run("check").exit_code == 0
    assert parsed(index(folder)).resource("y").title == "Good"


def test_what_an_earlier_import_left_over_is_kept(folder: Path) -> None:
    (folder / "list.csv").write_text("Title,URL,Odd\nA,https://www.example.org/1,=1+1\n", "utf-8")
    run("import", "list.csv")
    (folder / "more.csv").write_text("Title,URL,Odd\nB,https://www.example.org/2,more\n", "utf-8")
    result = run("import", "more.csv")
    assert "import-left-over-2.csv" in result.output
    first = (folder / "import-left-over.csv").read_text("utf-8-sig").splitlines()
    assert first == [
        "where,why,Title,URL,Odd",
        "row 2,the index has no place for `Odd`,A,https://www.example.org/1,'=1+1",
    ]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("import", "nowhere.csv"), "there is no such file"),
        (("import", "list.csv", "--topic", "plainn"), "there is no topic `plainn`"),
        (("import", "list.csv", "--column", "Titel=title"), "did you mean `Title`?"),
        (("import", "list.csv", "--column", "Title=titel"), "did you mean `title`?"),
        (("import", "list.csv", "--set", "nations=Narnia"), "`Narnia` is not known"),
        (("export", "--full", "links.pdf"), "must end with .csv, .xlsx or .json"),
    ],
)
def test_what_was_typed_wrongly_is_said_in_one_sentence(
    folder: Path, words: tuple[str, ...], what: str
) -> None:
    before = index(folder)
    (folder / "list.csv").write_text(LIST, "utf-8")
    result = run(*words)
    assert result.exit_code != 0
    assert what in result.output
    assert index(folder) == before


def test_a_full_workbook_keeps_every_cell_as_text(folder: Path) -> None:
    data = WRITERS[".xlsx"](parsed(index(folder)))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
