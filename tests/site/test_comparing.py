"""What a maintainer is told of a newer version: what readers would notice, and nothing else."""

from __future__ import annotations

import functools
import json
from pathlib import Path

import pytest
import typst
from click.testing import CliRunner

from linkindex.cards.comparing import print_difference
from linkindex.cli import main
from linkindex.site.compared_words import comparison_text
from linkindex.site.comparing import compared
from linkindex.site.finish import MARK


def page(body: str, head: str = "") -> bytes:
    top = f"<head><title>T</title>{head}</head>"
    return f"<!doctype html><html>{top}<body>{body}</body></html>".encode()


@functools.cache
def printed(*cards: str, edition: str = "1596afe", colour: str = "black") -> bytes:
    """A file with a card a page, each with its edition on the right."""
    faces = [f"#align(right)[Edition 1 May 2027, {edition}]\n{card}" for card in cards]
    text = "\n#pagebreak()\n".join(faces)
    head = f'#set page(width: 8cm, height: 5cm, fill: rgb("#eee"))\n#set text(fill: {colour})\n'
    return bytes(typst.compile(f"{head}{text}".encode()))


def site(**changes: bytes | None) -> dict[str, bytes]:
    files: dict[str, bytes] = {
        "index.html": page("<h1>Good Links</h1><p>Urgent help</p>"),
        "aces/index.html": page('<p>Urgent help</p><a href="https://example.org/a">A guide</a>'),
        "q/aces.html": page("<p>ACEs</p>"),
        "q/aces/index.html": page("<p>ACEs</p>"),
        "q/aces.png": b"<svg/>",
        "assets/linkindex.css": b"p{}",
        "assets/exit.js": b"1",
        "feeds/all.xml": b"<feed/>",
        "cards/sheet.pdf": printed("One", "Two"),
        "cards/manifest.json": json.dumps({"edition": {"hash": "1596afe"}}).encode(),
    }
    for name, data in changes.items():
        if data is None:
            del files[name]
        else:
            files[name] = data
    return files


def said(new: dict[str, bytes]) -> list[str]:
    return comparison_text(compared(site(), new)).splitlines()


def test_the_same_site_is_said_to_be_the_same() -> None:
    assert said(site()) == ["Readers would notice nothing: all 3 pages and all cards are the same."]


def test_words_that_change_on_many_pages_are_said_once() -> None:
    new = {name: data.replace(b"Urgent help", b"Help now") for name, data in site().items()}
    assert said(new)[:4] == [
        "2 pages would say something else:",
        "  `/`, `/aces`",
        "    - Urgent help",
        "    + Help now",
    ]


def test_a_link_that_leads_elsewhere_is_said_though_its_words_are_the_same() -> None:
    other = page('<p>Urgent help</p><a href="https://example.org/b">A guide</a>')
    lines = said(site(**{"aces/index.html": other}))
    assert "    + (https://example.org/b) A guide" in lines


def test_a_printed_code_that_would_stop_comes_first(tmp_path: Path) -> None:
    new = site(**{"q/aces.html": None, "q/aces/index.html": None, "aces/index.html": None})
    assert said(new)[:4] == [
        "PRINTED CODES STOP: 1 address of printed codes would no longer answer.",
        "  `/q/aces`",
        "1 address would no longer answer:",
        "  `/aces`",
    ]


def test_an_address_that_another_file_answers_at_is_not_lost() -> None:
    found = compared(site(), site(**{"q/aces.html": None}))
    assert not found.lost


def test_a_page_that_is_made_otherwise_and_says_the_same_may_look_different() -> None:
    other = page('<h1 class="large">Good Links</h1><p>Urgent help</p>')
    assert "  the same words stand in another frame on 1 page:" in said(
        site(**{"index.html": other})
    )


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("assets/linkindex.css", "  their style changes (`/assets/linkindex.css`)"),
        ("assets/exit.js", "What works in pages may differ (`/assets/exit.js`)."),
        ("q/aces.png", "1 picture of a code changed:"),
        ("feeds/all.xml", "1 other file changed, such as feeds and data:"),
    ],
)
def test_each_kind_of_file_is_said_for_what_it_is(name: str, sentence: str) -> None:
    assert sentence in said(site(**{name: b"other"}))


def test_a_card_that_looks_different_is_named_by_what_it_says() -> None:
    lines = said(site(**{"cards/sheet.pdf": printed("One", "Three")}))
    assert "`/cards/sheet.pdf`: 1 of 2 pages looks different:" in lines
    assert any(line.startswith("  page 2: ") and line.endswith("Three") for line in lines)


def test_the_same_words_in_another_colour_look_different() -> None:
    found = print_difference(printed("One"), printed("One", colour="red"))
    assert [one.number for one in found.different] == [1]


def test_cards_in_another_order_look_the_same() -> None:
    found = print_difference(printed("One", "Two"), printed("Two", "One"))
    assert not found.different
    assert not found.gone


def test_another_edition_alone_makes_no_card_different() -> None:
    old, new = printed("One", "Two"), printed("One", "New", "Two", edition="c2da168")
    found = print_difference(old, new, ("1596afe", "c2da168"))
    assert [one.number for one in found.different] == [2]


def test_cards_that_are_gone_are_counted() -> None:
    found = print_difference(printed("One", "Two"), printed("Two"))
    assert (found.different, found.gone) == ((), 1)


def put(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in {**files, MARK: b""}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def test_the_command_fails_where_a_printed_code_stops_and_nowhere_else(tmp_path: Path) -> None:
    old = put(tmp_path / "old", site())
    worded = {name: data.replace(b"Urgent help", b"````` x") for name, data in site().items()}
    new = put(tmp_path / "new", worded)
    lost = put(tmp_path / "lost", site(**{"q/aces.html": None, "q/aces/index.html": None}))
    report = tmp_path / "report.md"
    run = CliRunner().invoke(main, ["compare", str(old), str(new), "--markdown", str(report)])
    assert run.exit_code == 0, run.output
    assert run.output in report.read_text("utf-8")
    assert CliRunner().invoke(main, ["compare", str(old), str(lost)]).exit_code == 1


def test_a_folder_that_is_no_site_is_answered_by_a_sentence(tmp_path: Path) -> None:
    run = CliRunner().invoke(main, ["compare", str(tmp_path), str(tmp_path)])
    assert run.exit_code == 1
    assert "is no site that LinkIndex built; name the folder" in run.output
