"""``linkindex cards`` as a person runs it."""

from __future__ import annotations

import re
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from linkindex.cards.edition import former_edition
from linkindex.cli import main
from tests.cards.ring import RING, page_text
from tests.conftest import REPOSITORY


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the small ring in it."""
    (tmp_path / "resources.yaml").write_text(RING.read_text("utf-8"), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["cards", *arguments])


def test_a_few_cards_for_a_team(index: Path) -> None:
    ended = run("--format", "sheet", "--only", "aces, ddp", "--copies", "3")
    assert ended.exit_code == 0, ended.output
    assert "6 cards on 1 double-sided sheet, edition" in ended.output
    assert (index / "cards" / "sheet.pdf").is_file()


def test_a_layout_of_one_s_own_is_used_and_its_fault_is_named_by_line(index: Path) -> None:
    from linkindex.cards.layout import FOLDER

    own = (FOLDER / "avery-l7160.yaml").read_text("utf-8")
    (index / "mine.yaml").write_text(own.replace("rows: 7", "rows: 6"), "utf-8")
    ended = run("--layout", "mine.yaml", "--start", "18")
    assert ended.exit_code == 0, ended.output
    assert (index / "cards" / "sticker.pdf").is_file()
    (index / "mine.yaml").write_text(own.replace("rows: 7", "rows: 8"), "utf-8")
    ended = run("--layout", "mine.yaml")
    assert ended.exit_code == 1
    line = own.splitlines().index("grid: {columns: 3, rows: 7}") + 1
    assert f"mine.yaml:{line}: cards run off the page; use fewer" in ended.output


def test_only_what_changed_since_an_edition_is_made(index: Path) -> None:
    first = run("--format", "single")
    edition = re.search(r"edition \d+ \w+ \d+, (\w+)\.", first.output)
    assert edition
    same = run("--format", "single", "--changed-since", edition[1])
    assert same.exit_code == 0
    assert "nothing to print" in same.output
    assert "Made" not in same.output
    text = (index / "resources.yaml").read_text("utf-8")
    changed = text.replace("What do you enjoy doing together?", "What do you like doing together?")
    (index / "resources.yaml").write_text(changed, "utf-8")
    after = run("--format", "single", "--changed-since", edition[1])
    assert "Changed: 4 DDP (the back)." in after.output
    assert "1 card, edition" in after.output
    # Records outlast the cards, which the next build deletes; other days write other folders.
    shutil.rmtree(index / "cards")
    named = f"24 Nov 2026, {edition[1]}"
    assert "Changed: 4 DDP (the back)." in run("--changed-since", named).output
    records = index / "permalinks" / "editions"
    assert len(list(records.iterdir())) == 2
    assert edition[1] in [path.stem for path in records.iterdir()]
    unknown = run("--changed-since", "abc").output
    assert all(f"{path.stem} (2026-" in unknown for path in records.iterdir())


def test_the_edition_of_the_handbook_is_one_that_a_fresh_clone_has() -> None:
    (named,) = re.findall(
        r"--changed-since (\w+)", (REPOSITORY / "handbook" / "printing.md").read_text("utf-8")
    )
    former = former_edition(named, REPOSITORY)
    assert former.keys() >= {"index", "urgent", "aces"}


def test_what_cannot_be_printed_in_one_format_leaves_the_others(index: Path) -> None:
    text = (index / "resources.yaml").read_text("utf-8")
    changed = text.replace("    title: GCP2\n", "    title: Neurodevelopmental support\n")
    (index / "resources.yaml").write_text(changed, "utf-8")
    ended = run("--format", "sheet,clear-print")
    assert ended.exit_code == 1
    line = changed.splitlines().index("    title: Neurodevelopmental support") + 1
    assert "Not made: clear-print.pdf." in ended.output
    assert f"resources.yaml:{line}: on the card" in ended.output
    assert (index / "cards" / "sheet.pdf").is_file()
    assert "clear-print" not in (index / "cards" / "manifest.json").read_text("utf-8")


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_stopping_leaves_all_of_the_files_or_none(index: Path, sign: signal.Signals) -> None:
    (index / "cards").mkdir()
    (index / "cards" / "mine.txt").write_text("mine")
    process = subprocess.Popen(
        [sys.executable, "-c", STOPPED_WHILE_WRITING, str(int(sign))],
        cwd=index,
        stderr=subprocess.PIPE,
        text=True,
        # A shell that runs the tests in the background has made its children deaf to Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    _, said = process.communicate()
    assert process.returncode == 128 + sign
    assert "Traceback" not in said
    assert "stopped; nothing was changed" in said
    assert [path.name for path in (index / "cards").iterdir()] == ["mine.txt"]
    assert not (index / "permalinks").exists()


STOPPED_WHILE_WRITING = """
import os, sys
from pathlib import Path
from linkindex.__main__ import run

sign = int(sys.argv[1])
write, written = Path.write_bytes, []

def write_and_stop(path, content):
    written.append(path)
    if len(written) == 9:
        os.kill(os.getpid(), sign)
    return write(path, content)

Path.write_bytes = write_and_stop
sys.argv[1:] = ["cards", "--format", "svg", "--only", "aces,ddp,motiv"]
run()
"""


def test_a_link_to_a_folder_is_followed_and_a_link_among_the_files_is_refused(index: Path) -> None:
    (index / "elsewhere").mkdir()
    (index / "cards").symlink_to("elsewhere")
    arguments = ("--format", "calibration")
    assert run(*arguments).exit_code == 0
    assert (index / "elsewhere" / "calibration.pdf").is_file()
    (index / "elsewhere" / "manifest.json").unlink()
    (index / "elsewhere" / "manifest.json").symlink_to("../kept.json")
    before = (index / "elsewhere" / "calibration.pdf").read_bytes()
    (index / "elsewhere" / "calibration.pdf").write_bytes(b"mine")
    ended = run(*arguments)
    assert ended.exit_code == 1
    assert "cards/manifest.json is a link to ../kept.json; remove it" in ended.output
    assert (index / "elsewhere" / "calibration.pdf").read_bytes() == b"mine" != before
    (index / "cards").unlink()
    (index / "cards").symlink_to("nowhere")
    ended = run(*arguments)
    assert "cards is a link to nowhere, which is not there; make that folder" in ended.output


def test_the_proof_is_a_page(index: Path) -> None:
    ended = run("--format", "sheet", "--only", "motiv", "--proof", "proof/report.html")
    assert ended.exit_code == 0, ended.output
    assert "Motivational Interviewing" in (index / "proof" / "report.html").read_text("utf-8")


def test_below_the_floor_the_report_is_written_and_nothing_else(index: Path) -> None:
    from linkindex.cards.layout import FOLDER

    own = (FOLDER / "avery-l7160.yaml").read_text("utf-8")
    assert "side: 30.5" in own
    (index / "mine.yaml").write_text(own.replace("side: 30.5", "side: 14"), "utf-8")
    ended = run("--layout", "mine.yaml", "--proof", "report.html")
    assert ended.exit_code == 1
    said = r"resources\.yaml:\d+: the code of the card `.*` .*0\.38 for `module` .*under 0\.4; use"
    assert re.search(said, ended.output)
    assert "fall short" in (index / "report.html").read_text("utf-8")
    assert not (index / "cards").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--format", "shet"), 1, "there is no format `shet`; did you mean `sheet`?"),
        (("--only", "acess"), 1, "there is no card `acess`; did you mean `aces`?"),
        (("--only", " , "), 2, "no name is given; write names with commas"),
        (("--copies", "0"), 2, "copies"),
        (("--printer", "none.yaml"), 1, "the printer profile cannot be read"),
        (("--changed-since", "abc"), 1, "there is no record of the edition `abc`"),
        (("--changed-since", ""), 1, "there is no record of the edition ``"),
        (("--duplex", "fold", "--format", "single"), 1, "write --format fold alone"),
        (("--audience", "young-people"), 1, "no card"),
    ],
)
def test_a_wrong_option_is_one_sentence_and_makes_nothing(
    index: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    if arguments[0] == "--audience":
        arguments = (*arguments, "--resources")
    ended = run(*arguments)
    assert ended.exit_code == code, ended.output
    assert said in ended.output
    assert not (index / "cards").exists()


def test_a_full_disk_leaves_the_former_files_and_nothing_half_written(index: Path) -> None:
    assert run("--format", "sheet").exit_code == 0
    before = {path.name: path.read_bytes() for path in (index / "cards").glob("*.*")}
    text = (index / "resources.yaml").read_text("utf-8")
    (index / "resources.yaml").write_text(text.replace("Graded Care Profile 2", "GCP"), "utf-8")

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    ended = subprocess.run(
        [sys.executable, "-m", "linkindex", "cards", "--format", "sheet"],
        cwd=index,
        preexec_fn=small_disk,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1, ended.stderr
    assert "make room or choose another place" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert {path.name: path.read_bytes() for path in (index / "cards").glob("*.*")} == before
    assert not list((index / "cards").glob(".*"))


def test_the_calibration_page_is_made_for_any_index(index: Path) -> None:
    ended = run("--format", "calibration")
    assert ended.exit_code == 0, ended.output
    (index / "office.yaml").write_text("dx: 0.5\ndy: -0.3\n")
    assert run("--format", "sheet,calibration", "--printer", "office.yaml").exit_code == 0


def test_a_ring_in_another_language_of_the_index_is_made_and_its_codes_stay(index: Path) -> None:
    text = (index / "resources.yaml").read_text("utf-8")
    welsh = text.replace("index:\n", "index:\n  languages: [en, cy]\n", 1)
    (index / "resources.yaml").write_text(welsh, "utf-8")
    ended = run("--language", "cy", "--only", "aces", "--format", "single", "--output", "cy")
    assert ended.exit_code == 0, ended.output
    content = (index / "cy" / "single.pdf").read_bytes()
    assert "Gallech ofyn" in page_text(content, 1)
    assert "example.org/q/aces" in page_text(content, 0)


@pytest.mark.parametrize("command", ["cards", "hand-out"])
def test_a_language_that_the_index_is_not_in_is_refused_with_those_that_it_is_in(
    command: str, index: Path
) -> None:
    arguments = ["aaaaaa"] if command == "hand-out" else []
    ended = CliRunner().invoke(main, [command, *arguments, "--language", "xx"])
    assert ended.exit_code == 1
    assert "the index is not in `xx`; use one of: `en`, or add it to `languages:`" in ended.output
    assert not list(index.glob("**/*.pdf"))
