"""Openings of codes are counted, and nobody is watched."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from jinja2 import Template

from linkindex.cli import main
from linkindex.visits.counting import FEWEST, visits
from linkindex.visits.logs import Opened, lines_of, read_log
from tests.support.catalogues import catalogue_text, parsed

INDEX = parsed(catalogue_text(sensitive=True))
PLAIN = INDEX.categories[0]
SENSITIVE = INDEX.categories[1]
LINK = PLAIN.resources[0]
ADDRESS = "203.0.113.7"

COMMON = f'{ADDRESS} - - [24/Nov/2026:09:00:01 +0000] "GET /q/plain HTTP/2.0" 200 4711'
COMBINED = f'{COMMON} "https://www.example.org/?q=words" "Mozilla/5.0 (Phone)"'
CADDY = json.dumps(
    {
        "ts": 1795510800.5,
        "status": 200,
        "request": {
            "remote_ip": ADDRESS,
            "method": "GET",
            "uri": "/q/plain?x=secret",
            "headers": {"User-Agent": ["Mozilla/5.0"]},
        },
    }
)
CLOUDFRONT = (
    "#Version: 1.0\n"
    "#Fields: date time c-ip cs-method cs-uri-stem sc-status cs(Referer) cs(User-Agent)\n"
    f"2026-11-24\t09:00:01\t{ADDRESS}\tGET\t/q/plain\t200\t-\tMozilla/5.0%20(Phone)\n"
)
IIS = (
    "#Fields: date time cs-method cs-uri-stem c-ip cs(User-Agent) sc-status\n"
    f"2026-11-24 09:00:01 GET /q/plain {ADDRESS} Mozilla/5.0+(Phone) 304\n"
)


@pytest.mark.parametrize("log", [COMMON, COMBINED, CADDY, CLOUDFRONT, IIS])
def test_each_form_of_log_gives_the_page_and_the_month_and_nothing_else(log: str) -> None:
    found = read_log(log.splitlines())
    assert found.opened == [Opened("/q/plain", "2026-11")]
    assert ADDRESS not in repr(found)
    assert "secret" not in repr(found)


@pytest.mark.parametrize(
    "line",
    [
        COMBINED.replace(" 200 ", " 404 "),
        COMBINED.replace("GET", "HEAD"),
        COMBINED.replace("Mozilla/5.0 (Phone)", "Googlebot/2.1"),
        COMBINED.replace("Mozilla/5.0 (Phone)", "WhatsApp/2.23"),
        COMBINED.replace("Mozilla/5.0 (Phone)", "-"),
    ],
)
def test_what_no_person_opened_is_not_counted(line: str) -> None:
    found = read_log([line])
    assert (found.opened, found.read) == ([], 1)


def test_other_lines_are_counted_as_unread() -> None:
    assert read_log(["nonsense", "{broken", COMBINED])[1:] == (1, 2)


def test_a_packed_log_is_read(tmp_path: Path) -> None:
    path = tmp_path / "access.log.1.gz"
    path.write_bytes(gzip.compress(f"{COMBINED}\n".encode()))
    with lines_of(path) as lines:
        assert len(read_log(lines).opened) == 1


def opened(path: str, times: int, month: str = "2026-11") -> list[Opened]:
    return [Opened(path, month)] * times


def test_a_number_under_five_is_never_shown() -> None:
    few = opened("/q/plain", FEWEST - 1, "2026-10")
    found = visits([*few, *opened("/q/plain", FEWEST)], INDEX)
    (code,) = found.counted
    assert code.months == {"2026-10": None, "2026-11": FEWEST}
    assert code.shown == FEWEST


def test_a_code_of_which_no_number_may_be_shown_is_not_there_at_all() -> None:
    assert visits(opened("/q/plain", FEWEST - 1), INDEX).counted == ()


def test_nothing_sensitive_is_counted() -> None:
    paths = [f"/q/{SENSITIVE.code}", *(f"/r/{link.code}" for link in SENSITIVE.resources)]
    found = visits([page for path in paths for page in opened(path, 50)], INDEX)
    assert found.counted == ()
    assert found.left_out >= len(paths)


@pytest.mark.parametrize(
    "path",
    ["/q/plain", "/q/PLAIN", "/q/plain/", "/q/plain.html", "/q/plain/index.html"],
)
def test_however_a_code_is_scanned_it_is_one(path: str) -> None:
    (code,) = visits(opened(path, FEWEST), INDEX).counted
    assert (code.kind, code.code) == ("topic", "plain")


def test_a_site_below_a_folder_is_counted_from_there() -> None:
    (code,) = visits(opened(f"/links/r/{LINK.code}", FEWEST), INDEX, "/links/").counted
    assert (code.kind, code.title) == ("link", LINK.title)
    assert visits(opened("/plain/", FEWEST), INDEX).counted == ()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("access.log").write_text(f"{COMBINED}\n" * 7, "utf-8")
    return tmp_path


def run(*, visits_kept: bool, log: str = "access.log") -> tuple[int, str]:
    text = catalogue_text(sensitive=True)
    if visits_kept:
        text = text.replace("index:\n", "index:\n  visits: true\n", 1)
    Path("resources.yaml").write_text(text, "utf-8")
    result = CliRunner().invoke(main, ["visits", log])
    return result.exit_code, result.output


def test_it_refuses_until_the_privacy_page_says_so(folder: Path) -> None:
    code, output = run(visits_kept=False)
    assert code == 1
    assert "the privacy page promises that visits are not counted" in output
    assert not (folder / "visits").exists()


def test_a_page_and_a_table_are_written_in_which_nobody_is_named(folder: Path) -> None:
    code, output = run(visits_kept=True)
    assert code == 0, output
    page = (folder / "visits/visits.html").read_text("utf-8")
    table = (folder / "visits/visits.csv").read_text("utf-8-sig")
    assert table.splitlines() == [
        "kind,code,title,2026-11,all that is shown",
        f"topic,plain,{PLAIN.title},7,7",
    ]
    for written in (page, table):
        assert ADDRESS not in written
        assert "words" not in written.replace("Plain words", "")
    assert "http" not in page.replace("http-equiv", "")


def test_a_log_of_another_kind_is_said_to_be_one(folder: Path) -> None:
    Path("error.log").write_text("2026/11/24 [error] something\n", "utf-8")
    code, output = run(visits_kept=True, log="error.log")
    assert code == 1
    assert "give the access log" in output


@pytest.mark.parametrize("kept", [True, False])
def test_the_privacy_page_says_what_is_counted(kept: bool) -> None:
    text = catalogue_text()
    if kept:
        text = text.replace("index:\n", "index:\n  visits: true\n", 1)
    template = (Path(__file__).parents[2] / "docs/privacy.md").read_text("utf-8")
    page = Template(template).render(index=parsed(text).settings, has_search=True)
    assert ("It does not count visits" in " ".join(page.split())) is not kept
    assert ("how often each code was opened" in " ".join(page.split())) is kept
