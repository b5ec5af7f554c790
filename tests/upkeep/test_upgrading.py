"""An index of the first version becomes one of today's: shown, all or nothing, and reversible."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from linkindex.catalogue import renamed, versions
from linkindex.catalogue.loading import examine
from linkindex.catalogue.renamed import Renamed, renamed_keys
from linkindex.cli import main
from linkindex.icons import icon_names
from linkindex.upkeep.upgrading import doing, steps
from linkindex.upkeep.upgrading.folder import ASIDE
from tests.support.catalogues import TODAY, catalogue_text

FIRST = Path(__file__).parent / "first-version"
"""A small index as the first version of the program had it, with what that put beside it."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, which git does not know, and in which commands run."""
    place = tmp_path / "northtown"
    shutil.copytree(FIRST, place)
    monkeypatch.chdir(place)
    # Whatever lies above the folder for tests must not be taken for its repository.
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    return place


def run(*words: str) -> Result:
    return CliRunner().invoke(main, [*words], catch_exceptions=False)


def state(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }


def git(folder: Path, *words: str) -> str:
    identity = ["-c", "user.name=Tests", "-c", "user.email=tests@example.org"]
    asked = subprocess.run(
        ["git", *identity, *words], cwd=folder, check=True, capture_output=True, text=True
    )
    return asked.stdout


def committed(folder: Path) -> None:
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "The index")


def with_text(folder: Path, old: str, new: str) -> None:
    file = folder / "resources.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


# --- The folder of the first version. ---


def test_an_index_of_the_first_version_is_refused_before_and_builds_after(folder: Path) -> None:
    assert run("check").exit_code == 1
    assert run("upgrade").exit_code == 0
    assert run("check").exit_code == 0
    built = run("build")
    assert built.exit_code == 0, built.output
    page = (folder / "site" / "index.html").read_text("utf-8")
    assert "Northtown Links" in page
    assert (folder / "site" / "safety" / "index.html").is_file()
    assert (folder / "site" / "q" / "motint.html").is_file()


def test_an_upgrade_changes_two_lines_of_the_index_and_keeps_its_comments(folder: Path) -> None:
    before = (folder / "resources.yaml").read_text("utf-8").splitlines()
    run("upgrade")
    after = (folder / "resources.yaml").read_text("utf-8").splitlines()
    gone = [line for line in before if line not in after]
    new = [line for line in after if line not in before]
    assert gone == ["    code: mi   # short, for the card"]
    assert new == ["  schema: 2", "    code: motint # short, for the card"]
    assert [line for line in after if line not in new] == [
        line for line in before if line not in gone
    ]


def test_what_the_program_had_put_there_goes_and_nothing_else_does(folder: Path) -> None:
    (folder / "docs" / "about.md").write_text("# About Northtown\n", "utf-8")
    (folder / "docs" / "drop-in.md").write_text("# Drop-in\n", "utf-8")
    (folder / "overrides" / "assets" / "own.css").write_text("p {}\n", "utf-8")
    run("upgrade")
    left = set(state(folder))
    own = {"docs/about.md", "docs/drop-in.md", "overrides/assets/own.css"}
    assert left == own | {"resources.yaml", doing.KEPT}
    assert (folder / "docs" / "about.md").read_text("utf-8") == "# About Northtown\n"
    built = run("build")
    assert built.exit_code == 0, built.output
    assert "About Northtown" in (folder / "site" / "about" / "index.html").read_text("utf-8")
    assert (folder / "site" / "safety" / "index.html").is_file()
    assert (folder / "site" / "assets" / "own.css").is_file()


def test_a_changed_frame_is_set_aside_since_it_would_take_the_way_out_off_the_pages(
    folder: Path,
) -> None:
    frame = folder / "overrides" / "main.html"
    own = frame.read_text("utf-8") + "<!-- ours -->\n"
    frame.write_text(own, "utf-8")
    said = run("upgrade").output
    assert not frame.exists()
    assert (folder / ASIDE / "overrides" / "main.html").read_text("utf-8") == own
    assert "overrides/main.html was changed here" in said


def test_own_settings_of_mkdocs_stay_and_stand_on_no_copy_of_the_program(folder: Path) -> None:
    settings = folder / "mkdocs.yml"
    text = settings.read_text("utf-8")
    settings.write_text(f"{text}# For our own pages.\nextra:\n  team: early help\n", "utf-8")
    (folder / "overrides" / "assets" / "own.css").write_text("p {}\n", "utf-8")
    run("upgrade")
    after = settings.read_text("utf-8")
    assert "INHERIT" not in after
    assert "  custom_dir: overrides\n# For our own pages.\nextra:\n" in after
    assert "team: early help" in after
    built = run("build")
    assert built.exit_code == 0, built.output
    assert (folder / "site" / "assets" / "own.css").is_file()
    assert (folder / "site" / "about" / "index.html").is_file()


def test_a_copy_of_the_program_keeps_its_files_and_is_told_so(folder: Path) -> None:
    program = folder / steps.PROGRAM
    program.parent.mkdir(parents=True)
    program.write_text("", "utf-8")
    before = state(folder)
    said = run("upgrade").output
    changed = {name for name, data in state(folder).items() if before.get(name) != data}
    assert changed == {"resources.yaml", doing.KEPT}
    assert "a copy of the program" in said


def test_files_of_topics_are_moved_along_in_their_places(folder: Path) -> None:
    assert run("split").exit_code == 0
    run("upgrade")
    topic = (folder / "topics" / "motivational-interviewing.yaml").read_text("utf-8")
    assert "code: motint" in topic
    assert "  schema: 2\n" in (folder / "resources.yaml").read_text("utf-8")
    assert run("check").exit_code == 0


def test_line_ends_stay_as_they_are(folder: Path) -> None:
    file = folder / "resources.yaml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    run("upgrade")
    after = file.read_bytes()
    assert b"  schema: 2\r\n" in after
    assert after.count(b"\n") == after.count(b"\r\n")


# --- Codes that cards may carry. ---


def test_a_code_of_a_live_index_is_recorded_and_never_changed(folder: Path) -> None:
    with_text(folder, "https://example.org/", "https://links.northtown.gov.uk/")
    run("upgrade")
    assert "code: mi " in (folder / "resources.yaml").read_text("utf-8")
    ledger = folder / "permalinks" / "links.northtown.gov.uk.txt"
    assert ledger.read_text("utf-8") == "q/mi\n"
    said = run("check")
    assert "kept for pages" not in said.output


def test_a_recorded_code_is_left_alone(folder: Path) -> None:
    (folder / "permalinks").mkdir()
    (folder / "permalinks" / "example.org.txt").write_text("q/aces\nq/mi\n", "utf-8")
    run("upgrade")
    assert "code: mi " in (folder / "resources.yaml").read_text("utf-8")
    assert (folder / "permalinks" / "example.org.txt").read_text("utf-8") == "q/aces\nq/mi\n"


def test_the_new_code_of_a_sensitive_topic_gives_nothing_away(folder: Path) -> None:
    with_text(
        folder,
        "    code: mi   # short, for the card\n",
        "    code: mi\n    sensitive: true\n    neutral_title: Talking\n",
    )
    run("upgrade")
    assert "    code: help4\n" in (folder / "resources.yaml").read_text("utf-8")


# --- Shown, whole or not at all, reversible. ---


def test_each_step_is_shown_and_a_dry_run_writes_nothing(folder: Path) -> None:
    before = state(folder)
    said = run("upgrade", "--dry-run").output
    assert [line for line in said.splitlines() if line.startswith("Step ")] == [
        "Step 1 of 5: Codes that the site needs itself",
        "Step 2 of 5: The frame of the pages",
        "Step 3 of 5: Settings of MkDocs",
        "Step 4 of 5: Pages that nobody changed",
        "Step 5 of 5: Note the version",
    ]
    assert "-    code: mi   # short, for the card\n+    code: motint # short" in said
    assert state(folder) == before


def test_every_step_was_shown_before_the_first_file_changes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(doing, "place_files", fails)
    before = state(folder)
    ended = run("upgrade")
    assert ended.exit_code == 1
    assert "Step 5 of 5" in ended.output
    assert state(folder) == before


@pytest.mark.parametrize("at", range(1, 30, 4))
def test_a_failure_at_any_moment_leaves_the_folder_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    before = state(folder)
    moves = 0
    replace = Path.replace

    def breaks(self: Path, target: Path) -> Path:
        nonlocal moves
        moves += 1
        if moves == at:
            raise PermissionError(13, "Permission denied", str(self))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", breaks)
    ended = run("upgrade")
    monkeypatch.undo()
    assert ended.exit_code == (1 if moves >= at else 0)
    if moves >= at:
        assert state(folder) == before


def test_git_takes_an_upgrade_back(folder: Path) -> None:
    committed(folder)
    before = state(folder)
    said = run("upgrade").output
    assert state(folder) != before
    restore = next(line for line in said.splitlines() if line.startswith("To take it back: git "))
    git(folder, *restore.removeprefix("To take it back: git ").split())
    assert state(folder) == before


def test_what_git_does_not_hold_is_not_upgraded(folder: Path) -> None:
    committed(folder)
    with_text(folder, "  - id: aces\n", "  # Not committed.\n  - id: aces\n")
    before = state(folder)
    ended = run("upgrade")
    assert ended.exit_code == 1
    assert "resources.yaml: there are changes here that git does not hold" in ended.output
    assert state(folder) == before


def test_a_file_that_git_was_told_to_ignore_is_not_taken_for_safe(folder: Path) -> None:
    (folder / ".gitignore").write_text("docs/\n", "utf-8")
    committed(folder)
    ended = run("upgrade")
    assert ended.exit_code == 1
    assert "docs/about.md" in ended.output


def test_a_folder_inside_a_repository_names_its_files_as_they_are_called_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parents[1]))
    committed(folder.parent)
    with_text(folder, "  - id: aces\n", "  # Not committed.\n  - id: aces\n")
    assert run("upgrade").output.splitlines()[-1].startswith("resources.yaml: there are changes")


def test_without_git_the_former_files_are_kept(folder: Path) -> None:
    before = state(folder)
    said = run("upgrade").output
    assert f"kept in {doing.KEPT}" in said
    with zipfile.ZipFile(folder / doing.KEPT) as kept:
        held = {name: kept.read(name) for name in kept.namelist()}
    after = state(folder)
    assert held == {name: data for name, data in before.items() if after.get(name) != data}


def test_a_second_upgrade_finds_nothing_to_do(folder: Path) -> None:
    run("upgrade")
    before = state(folder)
    ended = run("upgrade")
    assert ended.exit_code == 0
    assert ended.output == (
        "resources.yaml is of version 2, as this program has it. Nothing to do.\n"
    )
    assert state(folder) == before


def test_what_editors_complete_keys_by_is_written_anew_where_it_is_there(folder: Path) -> None:
    run("upgrade")
    run("schema")
    schema = folder / "schema" / "resources.schema.json"
    new = schema.read_bytes()
    schema.write_bytes(b"{}\n")
    assert "schema/resources.schema.json" in run("upgrade").output
    assert schema.read_bytes() == new


@pytest.mark.parametrize("text", ["", "index:\n\t- wrong", "groups: []\n", "index: {schema: x}\n"])
def test_what_is_no_index_is_answered_by_a_sentence_and_left_alone(folder: Path, text: str) -> None:
    (folder / "resources.yaml").write_text(text, "utf-8")
    before = state(folder)
    ended = run("upgrade")
    assert ended.exit_code == 1
    assert ended.output.startswith("resources.yaml:")
    assert state(folder) == before


# --- Newer than the program. ---


@pytest.mark.parametrize("command", ["check", "build", "upgrade", "review", "numbers", "publish"])
def test_a_file_newer_than_the_program_is_answered_by_one_sentence(
    folder: Path, command: str
) -> None:
    number = versions.CURRENT + 1
    with_text(folder, "  deck:\n", f"  schema: {number}\n  key_of_the_future: x\n  deck:\n")
    ended = run(command)
    assert ended.exit_code == 1
    about = [line for line in ended.output.splitlines() if line.startswith("resources.yaml:")]
    assert about == [
        f"resources.yaml:25:3: this index was written for a newer LinkIndex (`schema: {number}`, "
        f"and this one knows {versions.CURRENT}); install the newer one, as requirements.in names "
        "it, or ask whoever changed the line"
    ]


# --- Keys that have another name. ---

FORMER = Renamed("categories.resources", "duration", "minutes", "0.2", "2.0")


def known(monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    for module in ("linkindex.catalogue.loading", "linkindex.upkeep.upgrading.steps"):
        monkeypatch.setattr(f"{module}.renamed_keys", lambda: (FORMER,))
    monkeypatch.setattr("linkindex.catalogue.loading.program_version", lambda: version)


def old_text() -> str:
    return catalogue_text().replace("minutes: 10", '"duration": 10   # or so', 1)


def problems(text: str) -> list[str]:
    examined = examine(text.encode(), file="resources.yaml", icons=icon_names(), today=TODAY)
    return [str(problem) for problem in examined.problems if "duration" in problem.what]


def test_a_former_key_is_read_for_one_major_version_with_what_to_write(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known(monkeypatch, "1.9.3")
    examined = examine(old_text().encode(), file="resources.yaml", icons=icon_names(), today=TODAY)
    assert examined.catalogue is not None
    assert examined.catalogue.current_resources[0].minutes == 10
    (said,) = problems(old_text())
    assert said.endswith(
        "warning: `duration` has been called `minutes` since version 0.2; write `minutes`, or run "
        "`linkindex upgrade`; it is read until version 2.0"
    )


def test_a_former_key_is_an_error_afterwards_that_still_says_what_to_write(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known(monkeypatch, "2.0.0")
    (said,) = problems(old_text())
    assert said.endswith(
        ": `duration` has been called `minutes` since version 0.2; write `minutes`"
    )
    assert "warning" not in said


def test_a_former_key_beside_the_new_one_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, "1.0.0")
    text = old_text().replace(
        "        format: guide", "        minutes: 5\n        format: guide", 1
    )
    (said,) = problems(text)
    assert said.endswith("`minutes` stands beside it, so remove one of the two")


def test_an_upgrade_writes_the_new_name_and_changes_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known(monkeypatch, "1.0.0")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    text = old_text().replace("  domain:", "  schema: 2\n  domain:", 1)
    Path("resources.yaml").write_text(text, "utf-8")
    assert "`duration` becomes `minutes`." in run("upgrade").output
    after = Path("resources.yaml").read_text("utf-8")
    assert after == text.replace('"duration"', '"minutes"')
    assert "Nothing to do" in run("upgrade").output


def test_every_renamed_key_names_one_that_there_is_and_is_read_for_a_major_version() -> None:
    for key in (*renamed_keys(), FORMER):
        since, until = (int(version.split(".")[0]) for version in (key.since, key.until))
        assert until == since + 2, key
        shape = renamed.FILE
        for part in filter(None, key.part.split(".")):
            shape = {**shape.parts, **shape.entries}[part]
        assert key.write in shape.keys
        assert key.key not in shape.keys
