"""Adding, changing, retiring and moving links at a desk: what is said, asked and written.

Each golden file is what one command says in the small index of these tests, with the change.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from linkindex import load
from linkindex.catalogue.permalinks import check_ledger, ledger_path
from linkindex.cli import editing, main
from linkindex.links import opening
from linkindex.links.asking.guard import Guard
from linkindex.links.causes import Opens, Why
from linkindex.links.judging.looks import Look
from linkindex.links.model import Verdict
from linkindex.links.opening import Opened
from linkindex.links.pages.html import read_text
from tests.catalogue.small import SMALLEST
from tests.links.misbehaving import MisbehavingServer

GOLDEN = Path(__file__).parent / "upkeep" / "desk"

INDEX = (
    SMALLEST
    + """\
        # A remark on the first link.
      - id: help-for-you
        title: Help for you
        url: https://www.nhs.uk/help
        publisher: NHS
        summary: Somebody to talk with.
        audiences: [families]
        format: guide
        nations: [england]
        also_in: [sleep]
        added: 2026-11-24

  - id: sleep
    title: Sleep
    full_title: Sleep and bedtime
    summary: Another card.
    group: core
    keywords: [bedtime, naps, night waking]
    icon: home
    colour: "#1f4e5f"
    card:
      front: Another front.
      prompts: [What helps?, Who is there?, What comes next?]
    start_here:
      families: [sleep-tips, help-for-you]
    resources:
      - id: sleep-tips  # printed
        title: Sleep tips
        url: https://www.nhs.uk/sleep
        publisher: NHS
        summary: Tips for the night.
        audiences: [families]
        format: guide
        nations: [england]
        added: 2026-11-24
"""
)

PAGE = """<html lang="en-GB"><head><title>Bedtime for toddlers | The Sleep Charity</title>
<meta property="og:site_name" content="The Sleep Charity">
<meta name="description" content="How to settle a child at bedtime."></head>
<body><h1>Bedtime for toddlers</h1><p>Naps, night waking and bedtime: a guide for parents.</p>
</body></html>"""

GIVEN = (
    *("--summary", "How to settle a child.", "--audiences", "parents, workers"),
    *("--nations", "UK", "--format", "leaflet"),
)


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    (tmp_path / "resources.yaml").write_text(INDEX, "utf-8")
    asked: list[str] = []

    def opened(address: str, contact: str) -> Opened:
        asked.append(address)
        assert contact == "links@example.org"
        if "gone" in address:
            return Opened(Look(Verdict.BROKEN, Why.NO_SUCH_HOST))
        return Opened(Look(Verdict.WORKING, Opens(200)), read_text(PAGE))

    monkeypatch.setattr(opening, "opened", opened)
    return tmp_path


def run(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=typed)


def text(folder: Path) -> str:
    return (folder / "resources.yaml").read_text("utf-8")


OUTLOOK = (
    "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.nhs.uk%2Fsleep"
    "%3Futm_source%3Dmail&data=05%7C01%7Cjo%40council.gov.uk%7C"
)

COMMANDS = {
    "add": ("add", "https://www.sleep.test/bedtime?utm_source=x", *GIVEN),
    "add-what-is-missing": ("add", "https://www.sleep.test/bedtime"),
    "add-listed-behind-a-safe-link": ("add", OUTLOOK, *GIVEN),
    "add-listed-with-its-title": (
        *("add", "https://www.nhs.uk/sleep", "--title", "Sleep Tips!", "--shares-page", "No."),
        *GIVEN,
    ),
    "add-shares-a-page": (
        *("add", "https://www.nhs.uk/sleep", "--title", "Naps", "--shares-page", "Two services."),
        *("--topic", "Sleep", *GIVEN),
    ),
    "add-without-a-page": (
        *("add", "--phone", "0800 111 1111", "--title", "A line", "--publisher", "A team"),
        *("--topic", "sleep", *GIVEN[:6]),
    ),
    "add-what-the-check-refuses": (
        *("add", "https://www.sleep.test/a", "--phone", "12", "--cost", "dear", *GIVEN),
    ),
    "add-to-no-topic": ("add", "https://www.sleep.test/a", "--topic", "sleeep", *GIVEN),
    "add-a-page-that-is-gone": ("add", "https://www.gone.test/a", "--topic", "sleep", *GIVEN),
    "add-no-address": ("add", "just words"),
    "add-nothing": ("add",),
    "edit": ("edit", "sleep-tips", "--title", "Tips: sleep", "--minutes", "5", "--cost", "paid"),
    "edit-takes-away": ("edit", "help-for-you", "--without", "also-in"),
    "edit-nothing": ("edit", "sleep-tips"),
    "edit-to-a-listed-page": ("edit", "sleep-tips", "--url", "http://nhs.uk/help/"),
    "edit-no-such-link": ("edit", "sleep-tip", "--minutes", "5"),
    "edit-the-id": ("edit", "sleep-tips", "--without", "id"),
    "retire": ("retire", "sleep-tips", "--successor", "help-for-you", "--reason", "It closed."),
    "retire-for-a-topic": ("retire", "help-for-you", "--successor", "sleep"),
    "retire-without-a-successor": ("retire", "sleep-tips"),
    "retire-for-itself": ("retire", "sleep-tips", "--successor", "sleep-tips"),
    "move": ("move", "help-for-you", "sleep"),
    "move-from-the-first-links": ("move", "about-aces", "sleep", "--dry-run"),
    "move-the-only-link": ("move", "sleep-tips", "aces"),
    "move-and-keep": ("move", "about-aces", "sleep", "--keep"),
    "move-nowhere": ("move", "sleep-tips", "sleep"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_and_writes_what_the_golden_file_holds(name: str, index: Path) -> None:
    ended = run(*COMMANDS[name])
    said = ended.output.replace(str(index), "")
    changed = text(index) != INDEX
    found = f"{said}--- ends with {ended.exit_code}, {'written' if changed else 'not written'}\n"
    assert found == (GOLDEN / f"{name}.txt").read_text("utf-8")
    if changed:
        assert run("check").exit_code == 0


def test_without_a_terminal_nothing_is_asked(index: Path) -> None:
    ended = run("add", "https://www.sleep.test/bedtime", typed="y\n" * 20)
    assert ended.exit_code == 1
    assert text(index) == INDEX


def test_on_a_terminal_only_what_is_missing_is_asked(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editing, "_is_terminal", lambda: True)
    answers = ["", "", "", "Settle a child.", "", "families", "", "uk", "y"]
    ended = run("add", "https://www.sleep.test/bedtime", typed="\n".join(answers) + "\n")
    assert ended.exit_code == 0, ended.output
    assert "The page says of itself: How to settle a child at bedtime." in ended.output
    link = load("resources.yaml").resource("bedtime-for-toddlers")
    assert (link.title, link.publisher, link.language) == (
        "Bedtime for toddlers",
        "The Sleep Charity",
        ("en",),
    )
    assert "Language" not in ended.output.replace("language", "")


def test_whoever_says_no_changes_nothing(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editing, "_is_terminal", lambda: True)
    ended = run("move", "help-for-you", "sleep", typed="n\n")
    assert "Nothing was written." in ended.output
    assert text(index) == INDEX
    assert run("move", "help-for-you", "sleep", "--yes").exit_code == 0
    assert text(index) != INDEX


def test_codes_stay_and_the_ledger_is_told(index: Path) -> None:
    assert run("publish").exit_code == 0
    before = load("resources.yaml")
    codes = {link.id: link.code for link in before.resources_with_a_page}
    ledger = ledger_path(index, before)
    run("edit", "sleep-tips", "--url", "https://www.nhs.uk/sleeping")
    told = ledger.read_text("utf-8")
    assert told.count(f"r/{codes['sleep-tips']} ") == 2
    run("move", "help-for-you", "sleep")
    run("retire", "about-aces", "--successor", "help-for-you")
    run("add", "https://www.sleep.test/bedtime", *GIVEN)
    after = load("resources.yaml")
    assert {name: after.resource(name).code for name in codes} == codes
    assert check_ledger(ledger.read_text("utf-8"), "ledger", after) == []
    new = after.resource("bedtime-for-toddlers").code
    assert new not in ledger.read_text("utf-8"), "what is not published is not in the ledger"


def test_in_several_files_the_small_one_is_changed(index: Path) -> None:
    run("split")
    main_file = text(index)
    assert run("add", "https://www.sleep.test/bedtime", *GIVEN).exit_code == 0
    ended = run("move", "help-for-you", "sleep")
    assert ended.exit_code == 0, ended.output
    assert "--- topics/aces.yaml" in ended.output
    assert "--- topics/sleep.yaml" in ended.output
    assert text(index) == main_file
    small = (index / "topics" / "sleep.yaml").read_text("utf-8")
    assert "\n  - id: bedtime-for-toddlers\n" in small
    assert "\n  - id: help-for-you\n" in small
    wrong = run("add", "https://www.sleep.test/a", "--cost", "dear", *GIVEN)
    assert "topics/sleep.yaml:" in wrong.output.split("cost")[-2]


def test_a_page_is_opened_through_the_guard_and_read() -> None:
    with MisbehavingServer() as server:
        server.web = lambda _host, _path: (200, {"Content-Type": "text/html"}, PAGE)
        address = server.address("/bedtime")
        found = opening.opened(address, "links@example.org", guard=Guard(loopback=True), timeout=60)
        assert found.page is not None
        assert found.page.title.startswith("Bedtime for toddlers")
        assert found.look.verdict.opens
        inside = opening.opened(address, "links@example.org", timeout=60)
        assert inside.page is None
        assert len(server.asked) == 1, "nothing inside a network is asked for"


def test_the_day_is_that_of_the_command(index: Path) -> None:
    now = datetime.datetime(2027, 1, 2, tzinfo=datetime.UTC)
    arguments = ["add", "https://www.sleep.test/bedtime", *GIVEN]
    CliRunner().invoke(main, arguments, obj=now)
    assert "added: 2027-01-02" in text(index)
