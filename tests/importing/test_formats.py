"""Workbooks, documents and what cannot be read."""

from __future__ import annotations

import datetime
import io
import zipfile

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from linkindex.catalogue import LinkIndexError
from linkindex.importing.reading import read
from linkindex.importing.tables import Table

WORKBOOK_NAME = "links.xlsx"


def workbook(*rows: list[object], links: dict[str, str] | None = None) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    for cell, target in (links or {}).items():
        book.active[cell].hyperlink = target
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def only(data: bytes, name: str) -> Table:
    (table,) = read(data, name)
    return table


def test_cells_of_a_workbook_are_read_as_a_person_sees_them() -> None:
    day = datetime.datetime(2026, 3, 1)
    table = only(workbook(["Title", "Added", "Minutes"], ["A page", day, 10.0]), WORKBOOK_NAME)
    assert table.headings == ("Title", "Added", "Minutes")
    assert table.rows[0].cells == ("A page", "2026-03-01", "10")
    assert table.rows[0].place == "row 2"


def test_an_address_behind_a_cell_of_a_workbook_gets_a_column() -> None:
    data = workbook(
        ["Title", "Notes"], ["A page", "x"], links={"A2": "https://www.example.org/behind"}
    )
    table = only(data, WORKBOOK_NAME)
    assert table.headings[-1] == "address behind the text"
    assert table.rows[0].cells[-1] == "https://www.example.org/behind"


def test_hidden_sheets_of_a_workbook_are_left_alone() -> None:
    book = openpyxl.Workbook()
    for name, state in (("One", "visible"), ("Two", "visible"), ("Secret", "hidden")):
        sheet = book.create_sheet(name)
        sheet.append(["Title", "Link"])
        sheet.append([name, "https://www.example.org/"])
        sheet.sheet_state = state
    out = io.BytesIO()
    book.save(out)
    tables = read(out.getvalue(), WORKBOOK_NAME)
    assert [table.name for table in tables] == ["One", "Two"]
    assert tables[1].rows[0].place == "sheet Two, row 2"


CONTENT = """\
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:spreadsheet>
<table:table table:name="Sheet1">
<table:table-row><table:table-cell><text:p>Name</text:p></table:table-cell>
<table:table-cell table:number-columns-repeated="2"><text:p>Notes</text:p></table:table-cell>
<table:table-cell table:number-columns-repeated="16000"/></table:table-row>
<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>
<table:table-row><table:table-cell><text:p><text:a xlink:href="https://www.example.org/">A
<text:span>page</text:span></text:a></text:p></table:table-cell>
<table:table-cell office:date-value="2026-03-01T00:00:00"><text:p>1 March</text:p>
</table:table-cell>
<table:table-cell><text:p>one</text:p><text:p>two</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>
"""


def packed(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def test_a_spreadsheet_of_libreoffice_is_read_with_the_addresses_behind_its_cells() -> None:
    table = only(packed(content_xml=CONTENT), "links.ods")
    assert table.rows[0].place == "row 5"
    assert table.rows[0].cells == ("A\npage", "2026-03-01", "one\ntwo", "https://www.example.org/")


def linked(paragraph: object, text: str, address: str) -> None:
    part = paragraph.part  # type: ignore[attr-defined]
    relation = part.relate_to(
        address,
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = text
    run.append(words)
    link.append(run)
    paragraph._p.append(link)  # type: ignore[attr-defined]


def document() -> bytes:
    made = docx.Document()
    made.add_heading("Our links", 0)
    made.add_heading("Sleep", 1)
    paragraph = made.add_paragraph("Advice for tired parents: ")
    linked(paragraph, "The sleep page", "https://www.example.org/sleep")
    paragraph = made.add_paragraph("The teething page ")
    linked(paragraph, "Click here", "https://www.example.org/teeth")
    made.add_heading("Food", 1)
    made.add_paragraph("Food bank https://www.example.org/food, open daily")
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "In a table"
    linked(table.cell(0, 1).paragraphs[0], "A voucher", "https://www.example.org/voucher")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_the_links_of_a_document_stand_under_its_headings() -> None:
    table = only(document(), "links.docx")
    assert [row.cells for row in table.rows] == [
        (
            *("The sleep page", "https://www.example.org/sleep", "Our links > Sleep"),
            "Advice for tired parents",
        ),
        ("The teething page", "https://www.example.org/teeth", "Our links > Sleep", ""),
        (
            *("Food bank , open daily", "https://www.example.org/food", "Our links > Food"),
            "",
        ),
        ("A voucher", "https://www.example.org/voucher", "Our links > Food", ""),
    ]


@pytest.mark.parametrize(
    ("data", "name", "what"),
    [
        (b"", "x.csv", "is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "x.xls", "save it as .xlsx"),
        (b"%PDF-1.7", "x.pdf", "PDF"),
        (b"PK\x03\x04 nonsense", "x.xlsx", "cannot be read"),
        (packed(readme_xml="x"), "x.zip", "no format that can be read"),
        (packed(content_xml="<broken"), "x.ods", "cannot be read"),
        (b'{"a": ', "x.json", "cannot be read"),
        (b'{"a": 1}', "x.json", "no links and no rows"),
        (b"<opml><body/></opml>", "x.opml", "no links and no rows"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "x.png", "no format that can be read"),
        (b"Only words.\n", "x.txt", "no links and no rows"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(data: bytes, name: str, what: str) -> None:
    with pytest.raises(LinkIndexError, match=what) as error:
        read(data, name)
    sentence = str(error.value)
    assert sentence.startswith(f"{name}: ")
    assert ";" in sentence
    assert "\n" not in sentence


def test_entities_that_grow_without_end_are_refused() -> None:
    bomb = '<!DOCTYPE o [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><opml><body>&b;</body></opml>'
    with pytest.raises(LinkIndexError, match="EntitiesForbidden"):
        read(bomb.encode(), "x.opml")


def test_what_is_packed_too_tightly_is_not_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", b"0" * 101_000_000)
    with pytest.raises(LinkIndexError, match="too much is packed"):
        read(out.getvalue(), "x.ods")


def test_what_a_mark_that_never_closes_makes_unsure_is_left_over_whole() -> None:
    table = only(b'Title,URL,Notes\nA,https://a.org,"x\ny, z\nB,https://b.org,\n', "links.csv")
    unsure, sure = table.rows
    assert unsure.cells == ("A", "https://a.org", '"x\ny, z')
    assert unsure.fault
    assert sure.cells == ("B", "https://b.org", "")
    assert not sure.fault


def test_a_table_that_opens_a_mark_in_each_row_is_read_in_no_more_than_its_rows() -> None:
    rows = "".join(f'"Row {number},https://a.org/{number},x\n' for number in range(3000))
    table = only(f"Title,URL,Notes\n{rows}".encode(), "links.csv")
    assert len(table.rows) == 3000
    assert all(row.fault for row in table.rows)
