"""The command line: what it says, what it ends with, and what it leaves behind."""

from __future__ import annotations

import datetime
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from linkindex.cli import main
from tests.conftest import SAMPLE
from tests.support.catalogues import catalogue_text

BY = ("--by", "family team")

COMMANDS = (
    *(
        "check",
        "build",
        "serve",
        "cards",
        "links",
        "review",
        "publish",
        "numbers",
        "export-docs",
        "finish",
        "add",
        "edit",
        "retire",
        "move",
        "split",
        "join",
        "schema",
    ),
)


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    (tmp_path / "resources.yaml").write_text(catalogue_text(), "utf-8")
    return tmp_path


def run(*arguments: str, now: datetime.datetime | None = None) -> Result:
    return CliRunner().invoke(main, arguments, obj=now)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(command: str) -> None:
    ended = run(command, "--help")
    assert ended.exit_code == 0
    assert f"linkindex {command}" in ended.output.split("Example")[1]


def test_a_sound_index_ends_with_0(index: Path) -> None:
    ended = run("check")
    assert ended.exit_code == 0
    assert "resources.yaml: all is well. 4 links in 2 categories." in ended.output
    assert "QR version 3, level Q or better" in ended.output


def test_an_index_with_faults_ends_with_1_and_names_each_line(index: Path) -> None:
    text = catalogue_text().replace("format: guide", "format: giude")
    (index / "resources.yaml").write_text(text, "utf-8")
    line = text.splitlines().index("        format: giude") + 1
    ended = run("check")
    assert ended.exit_code == 1
    assert f"resources.yaml:{line}:9: `giude` is not a known value" in ended.output
    assert "2 errors in the index" in ended.output


def _every_command(
    command: click.Command = main, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, one in command.commands.items():
            yield from _every_command(one, (*path, name))


def _typed_wrongly() -> Iterator[tuple[str, ...]]:
    """Every command in every way in which it can be typed wrongly."""
    for path, command in _every_command():
        yield (*path, "--wrogn")
        yield (*path, "--help=yes")
        if isinstance(command, click.Group):
            yield (*path, "wrogn")
        arguments = [one for one in command.params if isinstance(one, click.Argument)]
        if any(one.required for one in arguments):
            yield path
        if all(one.nargs == 1 for one in arguments):
            yield (*path, *("one" for _ in arguments), "more")
        for option in command.params:
            if isinstance(option, click.Option) and not option.is_flag:
                yield (*path, option.opts[0])
                if not isinstance(option.type, click.types.StringParamType | click.Path):
                    yield (*path, option.opts[0], "" if "only" in option.opts[0] else ",")


@pytest.mark.parametrize("arguments", sorted(_typed_wrongly()), ids=" ".join)
def test_what_is_typed_wrongly_is_one_sentence_and_ends_with_2(
    arguments: tuple[str, ...], index: Path
) -> None:
    before = sorted(path.name for path in index.iterdir())
    ended = run(*arguments)
    assert ended.exit_code == 2, ended.output
    assert len(ended.output.splitlines()) == 1
    what, remedy = ended.output.split("; ", 1)
    assert what.startswith("`")
    assert remedy.rstrip().endswith("--help`)")
    assert " (see `linkindex" in remedy
    assert sorted(path.name for path in index.iterdir()) == before


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("chekc",), "`linkindex` has no command `chekc`; did you mean `check`?"),
        (("links", "opend"), "`linkindex links` has no command `opend`; did you mean `opened`?"),
        (
            ("check", "--readin"),
            "`linkindex check` has no option `--readin`; did you mean `--reading`?",
        ),
        (
            ("check", "--wrong"),
            "`linkindex check` has no option `--wrong`; use one of: --catalogue, --reading, "
            "--strict-languages, --changed-since, --help",
        ),
        (("export-docs",), "`linkindex export-docs` needs `FOLDER`; write"),
        (("links", "opened", "x"), "`linkindex links opened` needs `--by`; add `--by ROLE`"),
        (("links", "opened", "x", "--by", " "), "`--by`: there is no role; write one, such as"),
        (
            ("numbers", "confirm", "999"),
            "`linkindex numbers confirm` needs `--by`; add `--by ROLE`",
        ),
        (("build", "one", "two"), "`linkindex build` cannot use `one two`; leave it out"),
        (("cards", "--duplex"), "`--duplex` lacks its value; write `--duplex long|short"),
        (("check", "--reading=3"), "`--reading` takes no value; write `--reading` alone"),
        (
            ("cards", "--audience", "familys"),
            "`--audience` cannot be `familys`; did you mean `families`?",
        ),
        (("cards", "--theme", ""), "`--theme` cannot be empty; use one of: colour, black"),
        (
            ("cards", "--copies", "900"),
            "`--copies` cannot be `900`; write a whole number from 1 to",
        ),
        (("links", "--minutes", "0"), "`--minutes` cannot be `0.0`; write a number from 0.1 up"),
        (
            ("numbers", "confirm", "999", *BY, "--on", "now"),
            "`--on` cannot be `now`; write year-month-day, such as 2026-11-24",
        ),
        (("links", "merge", "nope.json"), "`REPORT`: there is no file `nope.json`; check its name"),
        (("check", "--catalogue", "."), "`--catalogue`: `.` is a folder; name a file"),
        (
            ("cards", "--output", "resources.yaml"),
            "`--output`: `resources.yaml` is a file; name a folder",
        ),
        (("cards", "--only", ","), "`--only`: no name is given; write names with commas"),
        (("links", "--shard", "9/8"), "`--shard`: `9/8` is not one part of several; write `3/8`"),
    ],
    ids=str,
)
def test_what_is_typed_wrongly_is_named_with_what_to_write(
    arguments: tuple[str, ...], sentence: str, index: Path
) -> None:
    assert run(*arguments).output.startswith(sentence)


def test_a_text_that_does_not_fit_its_card_fails_the_check(index: Path) -> None:
    text = catalogue_text().replace('    title: "Plain words"', f"    title: {'Wide' * 30}", 2)
    (index / "resources.yaml").write_text(text, "utf-8")
    ended = run("check")
    assert ended.exit_code == 1
    assert "on the card" in ended.output


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1:99999", "foo", ":80", "127.0.0.1:web", "::1:80", "[::1]", "[1.2.3.4]:80", "a b:80"],
)
def test_an_address_to_serve_at_is_checked(address: str, index: Path) -> None:
    ended = run("serve", "--address", address)
    assert ended.exit_code == 2
    assert "is not a host and port; write `127.0.0.1:8000`" in ended.output


def test_codes_published_at_another_address_are_not_forgotten(index: Path) -> None:
    run("publish")
    moved = catalogue_text(site_url="https://example.org/moved/")
    (index / "resources.yaml").write_text(moved, "utf-8")
    ended = run("check")
    assert ended.exit_code == 0
    assert "warning: codes were published at another address (example.org.txt)" in ended.output


def test_a_missing_catalogue_is_one_sentence(index: Path) -> None:
    ended = run("check", "--catalogue", "nowhere.yaml")
    assert ended.exit_code == 1
    assert ended.output.startswith("nowhere.yaml: there is no such file; ")


def test_a_catalogue_that_may_not_be_read_is_no_mistake_in_typing(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.access", lambda *_, **__: False)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    ended = run("check")
    assert ended.exit_code == 1
    assert "resources.yaml: cannot be read (Permission denied); check the file" in ended.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("numbers", "--catalogue", "other.yaml", "confirm", "0800 1111", *BY),
        ("numbers", "confirm", "0800 1111", *BY, "--catalogue", "other.yaml"),
        ("links", "--catalogue", "other.yaml", "opened", "plain-first", "--by", "team"),
        ("links", "opened", "plain-first", "--by", "team", "--catalogue", "other.yaml"),
    ],
    ids=" ".join,
)
def test_a_catalogue_may_be_named_before_or_after_a_command_of_two_words(
    arguments: tuple[str, ...], index: Path
) -> None:
    (index / "resources.yaml").rename(index / "other.yaml")
    ended = run(*arguments)
    assert ended.exit_code == 0, ended.output


@pytest.mark.parametrize("command", ["check", "build", "cards", "publish"])
def test_no_command_makes_anything_of_an_index_with_faults(command: str, index: Path) -> None:
    (index / "resources.yaml").write_text("index: [\n", "utf-8")
    ended = run(command)
    assert ended.exit_code == 1
    assert sorted(path.name for path in index.iterdir()) == ["resources.yaml"]


def test_faults_are_annotations_on_github(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    (index / "resources.yaml").write_text("", "utf-8")
    assert "::error file=resources.yaml,line=1,col=1::" in run("check").output


@pytest.mark.slow
def test_build_says_what_was_made_and_where_to_look(index: Path) -> None:
    ended = run("build")
    assert ended.exit_code == 0, ended.output
    assert "Made site/" in ended.output
    assert "site/cards/sheet.pdf" in ended.output
    assert "http://127.0.0.1:8000/" in ended.output
    assert (index / "site/cards/sheet.pdf").is_file()


def test_a_site_is_built_without_the_cards_that_cannot_be_printed(index: Path) -> None:
    text = catalogue_text().replace('card:\n      front: "Plain', 'card:\n      front: "පවුල', 1)
    (index / "resources.yaml").write_text(text, "utf-8")
    line = next(number for number, said in enumerate(text.splitlines(), 1) if "පවුල" in said)
    fault = f"resources.yaml:{line}: the front text `පවුල words` holds `ප` (U+0DB4), which"
    ended = run("build")
    assert ended.exit_code == 0, ended.output
    assert (
        "Not made: sheet.pdf, single.pdf, fold.pdf, clear-print.pdf, large-print.pdf."
        in ended.output
    )
    assert fault in ended.output
    assert "The site does not offer what was not made." in ended.output
    assert "There are no cards to print" in (index / "site/cards/index.html").read_text("utf-8")
    for command in ("check", "cards"):
        ended = run(command)
        assert ended.exit_code == 1
        assert fault.partition(": ")[2] in ended.output
    assert not (index / "cards").exists()


def test_a_ledger_that_was_lost_is_told_by_the_record_of_an_edition_or_by_git(index: Path) -> None:
    run("publish")
    ledger = index / "permalinks/example.org.txt"
    ledger.unlink()
    ended = run("check")
    assert ended.exit_code == 1
    assert (
        "permalinks/example.org.txt:1:1: the ledger of published codes is missing" in ended.output
    )
    assert "`git checkout HEAD -- permalinks/example.org.txt`" in ended.output
    shutil.rmtree(index / "permalinks")
    assert run("check").exit_code == 0
    run("publish")
    identity = ("-c", "user.name=Editor", "-c", "user.email=editor@example.org")
    for command in (("init",), ("add", "-A"), (*identity, "commit", "-m", "Publish")):
        subprocess.run(["git", *command], cwd=index, check=True, capture_output=True)
    shutil.rmtree(index / "permalinks")
    assert "the ledger of published codes is missing" in run("check").output


@pytest.mark.slow
def test_the_cards_alone(index: Path) -> None:
    ended = run("cards", "--output", "print")
    assert ended.exit_code == 0, ended.output
    assert sorted(path.name for path in (index / "print").iterdir()) == [
        "cards.png",
        "clear-print.pdf",
        "contact.png",
        "fold.pdf",
        "large-print.pdf",
        "manifest.json",
        "sheet.pdf",
        "single.pdf",
    ]


def test_a_published_code_that_vanished_fails_the_check(index: Path) -> None:
    assert run("publish").exit_code == 0
    ledger = index / "permalinks/example.org.txt"
    lines = ledger.read_text("utf-8").splitlines()
    assert "q/plain" in [line.split()[0] for line in lines]
    assert lines == sorted(lines)
    text = catalogue_text().replace("id: plain-second", "id: plain-renamed")
    text = text.replace("successor: plain-second", "successor: plain-renamed")
    (index / "resources.yaml").write_text(text, "utf-8")
    ended = run("check")
    assert ended.exit_code == 1
    assert "permalinks/example.org.txt:" in ended.output
    assert "has vanished from resources.yaml" in ended.output


def test_publishing_twice_changes_nothing(index: Path) -> None:
    run("publish")
    before = (index / "permalinks/example.org.txt").read_bytes()
    assert "already holds every code" in run("publish").output
    assert (index / "permalinks/example.org.txt").read_bytes() == before


@pytest.mark.slow
def test_export_never_writes_into_a_folder_with_files(index: Path) -> None:
    assert run("export-docs", "pages").exit_code == 0
    ended = run("export-docs", "pages")
    assert ended.exit_code == 1
    assert "is not empty" in ended.output


def test_a_full_disk_is_one_sentence(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "site/index.html")

    monkeypatch.setattr("linkindex.site.build.build", full_disk)
    ended = run("build")
    assert ended.exit_code == 1
    assert "site/index.html: No space left on device; make room" in ended.output
    assert not (index / "site").exists()


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopping_a_build_leaves_no_half_written_file(number: signal.Signals, index: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "linkindex", "build"],
        cwd=index,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell that runs the tests in the background has made its children deaf to Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    while not list(index.glob(".site-*")):
        assert process.poll() is None, "the build ended before it could be stopped"
        time.sleep(0.002)
    process.send_signal(number)
    _, said = process.communicate()
    assert process.returncode == 128 + number
    assert "Traceback" not in said
    assert "stopped; nothing was changed" in said
    assert [path.name for path in index.iterdir()] == ["resources.yaml"]


@pytest.mark.slow
def test_output_is_plain_when_nobody_watches(index: Path) -> None:
    assert "\x1b" not in run("build").output


def test_warnings_of_style_are_said_and_do_not_fail_the_check(index: Path) -> None:
    text = catalogue_text().replace("summary: Another page.", "summary: Help for addicts.", 1)
    (index / "resources.yaml").write_text(text, "utf-8")
    line = text.splitlines().index("        summary: Help for addicts.") + 1
    ended = run("check")
    assert ended.exit_code == 0
    assert f"resources.yaml:{line}:9: warning: `addicts` in `summary` is a word" in ended.output
    assert "all is well" in ended.output


@pytest.mark.slow
def test_style_is_a_matter_for_the_check_alone(index: Path) -> None:
    text = catalogue_text().replace("summary: Another page.", "summary: The hard to reach.")
    (index / "resources.yaml").write_text(text, "utf-8")
    assert "hard to reach" not in run("cards").output


@pytest.mark.slow
def test_reading_ages_are_said_hardest_first(index: Path) -> None:
    hard = "Multidisciplinary organisations collaboratively operationalise safeguarding."
    text = catalogue_text().replace("summary: Another page.", f"summary: {hard}", 1)
    text = text.replace('"Plain words"', "Topic A", 2).replace("title: Topic A", "title: Plain", 1)
    (index / "resources.yaml").write_text(text, "utf-8")
    ended = run("check", "--reading")
    assert ended.exit_code == 0, ended.output
    table = [line for line in ended.output.splitlines() if "line" in line and "alone" in line]
    ages = [int(line.split()[0]) for line in table]
    assert len(ages) == 2
    assert ages == sorted(ages, reverse=True)
    line = text.splitlines().index(f"        summary: {hard}") + 1
    assert f"line {line - 4} alone" in table[0]
    advice = ended.output.partition("The hardest entries.")[2].splitlines()
    assert advice[1].startswith(f"  resources.yaml:{line}: `A second link of plain`, ")
    assert advice[2:4] == [
        f"    longest sentence, 5 words: {hard}",
        "    longest words: collaboratively, operationalise, organisations, safeguarding",
    ]


def test_what_families_read_has_a_reading_age_of_its_own(index: Path) -> None:
    hard = "Multidisciplinary organisations collaboratively operationalise safeguarding."
    text = catalogue_text().replace("summary: Another page.", f"summary: {hard}")
    text = re.sub("    start_here:\n(      .*\n)+", "", text)

    def ages(of_the_hard_link: str) -> list[tuple[str, str]]:
        """The age of all texts of each category, and of those for families."""
        audiences = f"audiences: [{of_the_hard_link}]"
        (index / "resources.yaml").write_text(
            text.replace("audiences: [young-people]", audiences), "utf-8"
        )
        said = run("check", "--reading").output
        return re.findall(r"^ +(\d+)  .* words; for families: (\d+); line", said, re.MULTILINE)

    for_young_people, for_workers = ages("young-people"), ages("practitioners")
    assert len(for_young_people) == len(for_workers) == 2
    assert all(all_texts == for_families for all_texts, for_families in for_young_people)
    assert all(int(all_texts) > int(for_families) for all_texts, for_families in for_workers)


def test_the_sentence_that_makes_an_entry_hard_is_named_with_its_own_line(index: Path) -> None:
    long = (
        "It is one of the things that nobody who has not read it all twice can ever make sense of"
    )
    text = catalogue_text().replace(
        '        use_when: "Plain words"', f"        use_when: {long}", 1
    )
    (index / "resources.yaml").write_text(text, "utf-8")
    line = text.splitlines().index(f"        use_when: {long}") + 1
    output = run("check", "--reading").output
    assert f"  resources.yaml:{line}: `Plain words`, " in output
    assert f"    longest sentence, 20 words: {long}\n" in output


def test_without_the_library_reading_ages_are_one_sentence(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "textstat", None)
    ended = run("check", "--reading")
    assert ended.exit_code == 1
    assert "textstat, which is not installed; run `pip install textstat`" in ended.output
    assert "Traceback" not in ended.output


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("plain-frist", "with the id or code `plain-frist`; did you mean `plain-first`?"),
        ("plain-retired", "`plain-retired` is retired; name its successor instead"),
    ],
)
@pytest.mark.parametrize("command", [("links", "opened", "--by", "team"), ("review", "--done")])
def test_a_link_that_cannot_be_answered_for_is_said_with_what_to_do(
    command: tuple[str, ...], name: str, sentence: str, index: Path
) -> None:
    ended = run(*command, name)
    assert ended.exit_code == 1
    assert sentence in ended.output
    assert [path.name for path in index.iterdir()] == ["resources.yaml"]


def test_a_link_like_no_other_is_said_with_where_to_look() -> None:
    catalogue = str(SAMPLE)
    ended = run("review", "--done", "qqqqqq", "--catalogue", catalogue)
    assert ended.exit_code == 1
    assert ended.output == (
        "resources.yaml holds no link with the id or code `qqqqqq`; write what follows "
        "`id:` of the link in resources.yaml (`linkindex review` lists every link)\n"
    )


def test_the_check_says_how_many_numbers_nobody_has_confirmed(index: Path) -> None:
    assert "6 numbers: 1 fixed, 5 unconfirmed." in run("check").output
    run("numbers", "confirm", "0800 1111", *BY)
    assert "6 numbers: 1 fixed, 2 confirmed, 3 unconfirmed." in run("check").output


@pytest.mark.slow
def test_a_number_is_listed_confirmed_and_then_printed(index: Path) -> None:
    assert "unconfirmed            0800 1111" in run("numbers").output
    shown = run("numbers", "confirm", "text 85258", "--dry-run", *BY)
    assert "+      number: 85258" in shown.output
    assert (index / "resources.yaml").read_text("utf-8") == catalogue_text()
    ended = run("numbers", "confirm", "text 85258", *BY)
    assert ended.exit_code == 0, ended.output
    assert "Confirmed in 3 places; holds until " in ended.output
    assert (index / "resources.yaml").read_text("utf-8").count("checked_by: family team\n") == 3
    assert "text 85258" not in run("cards").output.partition("Numbers left off")[2]


@pytest.mark.slow
def test_why_a_number_is_on_no_card_is_said_and_the_cards_are_made(index: Path) -> None:
    made = run("cards")
    assert made.exit_code == 0
    assert "because nobody has confirmed them: Another line text 85258" in made.output
    text = catalogue_text().replace(
        "text: 85258", "text: {number: 85258, number_checked: 2020-01-01}", 1
    )
    (index / "resources.yaml").write_text(text, "utf-8")
    made = run("cards")
    assert made.exit_code == 0
    assert "confirmed too long ago: Another line text 85258 on 2020-01-01" in made.output


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "listed"),
    [
        (("--format", "sheet", "--only", "urgent,plain"), True),
        (("--format", "sheet", "--only", "plain"), False),
        (("--format", "sheet", "--audience", "families"), True),
        (("--format", "sheet", "--resources"), False),
        (("--format", "sticker"), False),
        (("--format", "svg", "--only", "urgent"), True),
    ],
    ids=str,
)
def test_only_numbers_of_cards_that_were_made_are_listed_as_left_off(
    arguments: tuple[str, ...], listed: bool, index: Path
) -> None:
    ended = run("cards", "--output", "print", *arguments)
    assert ended.exit_code == 0, ended.output
    assert ("Numbers left off" in ended.output) is listed
    assert ("linkindex numbers" in ended.output) is listed


def test_nobody_rings_a_number_in_the_future(index: Path) -> None:
    ended = run("numbers", "confirm", "0800 1111", "--on", "2999-01-01", *BY)
    assert ended.exit_code == 1
    assert "is in the future" in ended.output
    assert run("numbers", "confirm", "0800 1111", "--on", "tomorrow", *BY).exit_code == 2
    assert (index / "resources.yaml").read_text("utf-8") == catalogue_text()


@pytest.mark.slow
@pytest.mark.parametrize(("hour", "hours_from_greenwich"), [(22, -8), (1, 13), (0, 1), (12, 0)])
def test_what_a_command_calls_today_is_the_day_on_the_wall_and_no_other_computer_minds(
    index: Path, hour: int, hours_from_greenwich: int
) -> None:
    zone = datetime.timezone(datetime.timedelta(hours=hours_from_greenwich))
    here = datetime.datetime(2027, 6, 1, hour, 30, tzinfo=zone)
    assert run("review", "--done", "plain-first", now=here).exit_code == 0
    assert run("numbers", "confirm", "0800 1111", *BY, now=here).exit_code == 0
    text = (index / "resources.yaml").read_text("utf-8")
    assert "reviewed: 2027-06-01" in text
    assert "number_checked: 2027-06-01" in text
    for elsewhere in (here, here.astimezone(datetime.UTC)):
        assert "in the future" not in run("check", now=elsewhere).output
    refused = run("numbers", "confirm", "0800 1111", *BY, "--on", "2027-06-02", now=here)
    assert "is in the future" in refused.output
