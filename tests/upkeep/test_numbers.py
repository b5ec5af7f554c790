"""Listing the numbers of an index, and confirming one."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from linkindex.catalogue import Catalogue, LinkIndexError, Standing, examine
from linkindex.catalogue.yaml.source import YamlMap
from linkindex.icons import icon_names
from linkindex.upkeep.numbers import confirm, listed_numbers
from linkindex.upkeep.saving import save
from tests.support.catalogues import TODAY, catalogue_text

YESTERDAY = TODAY - datetime.timedelta(days=1)


def examined(text: str, today: datetime.date = TODAY) -> tuple[Catalogue, YamlMap]:
    found = examine(text.encode(), file="resources.yaml", icons=icon_names(), today=today)
    assert found.catalogue is not None, found.problems
    assert found.tree is not None
    return found.catalogue, found.tree


def confirmed(*wanted: str, text: str | None = None) -> str:
    text = text or catalogue_text()
    return confirm(
        text,
        listed_numbers(*examined(text)),
        list(wanted),
        YESTERDAY,
        "family team",
        "resources.yaml",
    )[0]


def standings(text: str, today: datetime.date = TODAY) -> dict[str, set[Standing]]:
    found: dict[str, set[Standing]] = {}
    for one in listed_numbers(*examined(text, today)):
        found.setdefault(one.called, set()).add(one.standing)
    return found


def test_every_number_is_listed_with_its_line() -> None:
    text = catalogue_text()
    lines = text.splitlines()
    listed = listed_numbers(*examined(text))
    assert [one.called for one in listed] == [
        *("999", "text 85258"),
        *("0800 1111", "text 85258", "0800 1111", "text 85258"),
    ]
    for one in listed:
        assert lines[one.line - 1].strip() == f"{one.way}: {one.phone.number}"


def test_a_number_is_confirmed_wherever_it_stands() -> None:
    assert standings(confirmed("0800 1111")) == {
        "999": {Standing.FIXED},
        "0800 1111": {Standing.CONFIRMED},
        "text 85258": {Standing.UNCONFIRMED},
    }


@pytest.mark.parametrize("asked", ["text 85258", "TEXT 85 258"])
def test_texting_is_confirmed_apart_from_calling(asked: str) -> None:
    text = catalogue_text().replace("phone: 0800 1111", "phone: 85258")
    after = standings(confirmed(asked, text=text))
    assert after["text 85258"] == {Standing.CONFIRMED}
    assert after["85258"] == {Standing.UNCONFIRMED}


def test_a_confirmation_ends_after_the_days_of_the_index() -> None:
    text = catalogue_text().replace("  exit_url:", "  number_days: 30\n  exit_url:", 1)
    text = confirmed("0800 1111", text=text)
    last = YESTERDAY + datetime.timedelta(days=30)
    assert standings(text, last)["0800 1111"] == {Standing.CONFIRMED}
    assert standings(text, last + datetime.timedelta(days=1))["0800 1111"] == {Standing.ENDED}


def test_confirming_again_moves_the_day_and_nothing_else() -> None:
    once = confirmed("0800 1111")
    again = once.replace("2026-11-23", "2026-06-01")
    assert again != once
    assert confirmed("0800 1111", text=again) == once


REMARKED = """\
        phone:  # by day
          number: 0800 1111  # rung by the office
          # ask for the duty worker
          number_checked: 2026-01-01  # it was engaged
          checked_by: school
          # a last remark
"""


@pytest.mark.parametrize(
    ("written", "after"),
    [
        (
            REMARKED,
            REMARKED.replace("2026-01-01", str(YESTERDAY)).replace("school", "family team"),
        ),
        (
            "        phone:\n          # ask twice\n          number: 0800 1111  # by day\n",
            "        phone:\n          # ask twice\n          number: 0800 1111  # by day\n"
            f"          number_checked: {YESTERDAY}\n          checked_by: family team\n",
        ),
        (
            "        phone: {number: 0800 1111, number_checked: 2026-01-01}  # day\n",
            f"        phone: {{number: 0800 1111, number_checked: {YESTERDAY}, checked_by: family "
            "team} # day\n",
        ),
        (
            "        phone: {number: 0800 1111}\n",
            f"        phone: {{number: 0800 1111, number_checked: {YESTERDAY}, checked_by: family "
            "team}\n",
        ),
        (
            "        phone: 0800 1111  # by day\n",
            "        phone:            # by day\n          number: 0800 1111\n"
            f"          number_checked: {YESTERDAY}\n          checked_by: family team\n",
        ),
    ],
    ids=["block", "block without a day", "braces", "braces without a day", "the number alone"],
)
def test_confirming_keeps_what_editors_remarked_on_a_number(written: str, after: str) -> None:
    bare = "        phone: 0800 1111\n"
    text = catalogue_text()
    assert bare in text
    changed = confirmed("0800 1111", text=text.replace(bare, written))
    assert changed == text.replace(bare, after)
    assert standings(changed)["0800 1111"] == {Standing.CONFIRMED}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("0800 1112", "resources.yaml holds no number `0800 1112`; did you mean `0800 1111`?"),
        ("999", "999 is fixed by regulation; leave it as it is"),
    ],
)
def test_what_cannot_be_confirmed_is_one_sentence(asked: str, said: str) -> None:
    with pytest.raises(LinkIndexError) as caught:
        confirmed(asked)
    assert str(caught.value) == said


def test_a_number_of_what_is_retired_is_not_listed() -> None:
    text = catalogue_text()
    retired = "        retired: {on: 2026-11-01, successor: plain-second}\n"
    text = text.replace("        keywords:", retired + "        keywords:", 1)
    text = text.replace("    start_here:\n      families: [plain-first]\n", "", 1)
    assert len(listed_numbers(*examined(text))) == 4


def test_a_file_that_somebody_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "resources.yaml"
    path.write_text("theirs\n")
    with pytest.raises(LinkIndexError, match="was changed meanwhile"):
        save(path, "before\n", "after\n")
    assert path.read_text() == "theirs\n"
    assert [one.name for one in tmp_path.iterdir()] == ["resources.yaml"]


def test_saving_keeps_permissions_and_follows_a_link(tmp_path: Path) -> None:
    real = tmp_path / "real.yaml"
    real.write_text("before\n")
    real.chmod(0o640)
    link = tmp_path / "resources.yaml"
    link.symlink_to(real)
    save(link, "before\n", "after\n")
    assert link.is_symlink()
    assert real.read_text() == "after\n"
    assert real.stat().st_mode & 0o777 == 0o640
