"""What is installed needs nothing of the repository."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
import yaml

from linkindex.starting.origin import released
from tests.conftest import REPOSITORY
from tests.sharing.support import HEAD
from tests.support.catalogues import catalogue_text
from tests.support.release import (
    ReleaseError,
    build,
    left_out,
    origin_text,
    refuse_other_version,
)
from tests.support.servers import NAMES, copy_site, needed, open_folder, serving

DATE = 1764547200
COMMIT = "0123456789" * 4
ORIGIN = origin_text("example/linkindex", COMMIT)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The sdist and the wheel, as they are released."""
    return build(REPOSITORY, tmp_path_factory.mktemp("dist"), DATE, ORIGIN)


@pytest.fixture(scope="module")
def installed(built: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked into a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "install", "--no-deps", "--target", str(folder / "site"), str(built[1])],
        check=True,
    )
    return folder / "site"


def test_a_second_build_has_the_same_bytes_wherever_and_by_whomever(
    built: list[Path], tmp_path: Path
) -> None:
    elsewhere = tmp_path / "a copy of somebody else"
    shutil.copytree(REPOSITORY, elsewhere, ignore=left_out, copy_function=shutil.copyfile)
    former = os.umask(0o077)
    try:
        again = build(elsewhere, tmp_path / "dist", DATE, ORIGIN)
    finally:
        os.umask(former)
    assert [path.name for path in again] == [path.name for path in built]
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in built]


def test_what_is_released_names_no_time_but_that_of_its_commit_and_nobody(
    built: list[Path],
) -> None:
    sdist, wheel = built
    with tarfile.open(sdist) as archive:
        members = archive.getmembers()
    assert {(one.mtime, one.uid, one.gid, one.uname, one.gname) for one in members} == {
        (DATE, 0, 0, "", "")
    }
    assert not [one.name for one in members if "/tests/" in one.name or "/.venv" in one.name]
    day = datetime.datetime.fromtimestamp(DATE, datetime.UTC).timetuple()[:6]
    with zipfile.ZipFile(wheel) as archive_of_wheel:
        assert {one.date_time for one in archive_of_wheel.infolist()} == {day}


def test_a_release_names_the_commit_whose_workflows_new_indexes_call(built: list[Path]) -> None:
    with zipfile.ZipFile(built[1]) as archive:
        named = yaml.safe_load(archive.read("linkindex/starting/origin.yaml"))
    assert released(named) == f"example/linkindex@{COMMIT}"


def tagged(folder: Path, heading: str) -> Path:
    shutil.copy(REPOSITORY / "pyproject.toml", folder)
    (folder / "CHANGELOG.md").write_text(f"# Changelog\n\n## {heading}\n", "utf-8")
    return folder


def test_a_tag_that_is_not_the_version_is_not_released(tmp_path: Path) -> None:
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    version = settings["project"]["version"]
    refuse_other_version(tagged(tmp_path, version), f"v{version}")
    with pytest.raises(ReleaseError, match=r"the tag is v9\.9\.9, and pyproject\.toml:version is"):
        refuse_other_version(tmp_path, "v9.9.9")
    with pytest.raises(ReleaseError, match=r"CHANGELOG\.md begins with"):
        refuse_other_version(tagged(tmp_path, f"{version} (not yet released)"), f"v{version}")


def test_an_installed_wheel_holds_every_file_of_the_program(installed: Path) -> None:
    # Running it does not show this: what it lacks, an editable installation beside it lends.
    program = REPOSITORY / "tools/linkindex"
    files = {path.relative_to(program) for path in program.rglob("*") if path.is_file()}
    wanted = {path for path in files if "__pycache__" not in path.parts}
    assert {str(path) for path in wanted if not (installed / "linkindex" / path).is_file()} == set()


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def run(installed: Path) -> Run:
    """Python with what is installed alone, in a folder."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}

    def run(*words: str, at: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words],
            cwd=at, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    return run


def test_an_installed_wheel_builds_an_index_in_an_empty_folder(
    run: Run, installed: Path, tmp_path: Path
) -> None:
    (tmp_path / "resources.yaml").write_text(catalogue_text(), "utf-8")
    ended = run("-m", "linkindex", "build", at=tmp_path)
    assert ended.returncode == 0, ended.stderr
    where = run("-c", "import linkindex; print(linkindex.__file__)", at=tmp_path)
    assert where.stdout.startswith(str(installed))
    for name in ("index.html", "assets/linkindex.css", "about/index.html", "cards/sheet.pdf"):
        assert (tmp_path / "site" / name).is_file()


@pytest.fixture(scope="module")
def begun(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index that was begun, built and printed with the wheel alone."""
    folder = tmp_path_factory.mktemp("begun")
    began = run("-m", "linkindex", "new", "northtown", "--nations", "wales", at=folder)
    assert began.returncode == 0, began.stderr
    place = folder / "northtown"
    calls = (place / ".github/workflows/weekly.yml").read_text("utf-8")
    assert f"uses: example/linkindex/.github/workflows/index-weekly.yml@{COMMIT} # v" in calls
    for command in (["check"], ["build"], ["cards", "--format", "sheet"]):
        ended = run("-m", "linkindex", *command, at=place)
        assert ended.returncode == 0, ended.stderr
    return place


@pytest.mark.parametrize("name", NAMES)
def test_an_index_that_was_begun_is_served_by_what_the_wheel_writes_for_a_server(
    run: Run, begun: Path, name: str
) -> None:
    needed(name)
    with open_folder() as folder:
        copy_site(begun / "site", folder / "www")
        wrote = run("-m", "linkindex", "host", name, "--root", f"{folder}/www", at=begun)
        assert wrote.returncode == 0, wrote.stderr
        with serving(name, wrote.stdout, folder, as_snippet=False) as address:
            for typed in ("q/now", "q/NOW/"):
                answer = httpx.get(f"{address}/{typed}", timeout=30)
                assert answer.status_code == 200
                assert answer.content == (begun / "site/q/now.html").read_bytes()
            assert httpx.get(f"{address}/nothing", timeout=30).status_code == 404


def test_with_the_wheel_alone_an_index_begins_builds_prints_and_is_checked(
    run: Run, begun: Path
) -> None:
    place = begun
    for name in ("site/index.html", "site/q/now.html", "site/cards/sheet.pdf", "cards/sheet.pdf"):
        assert (place / name).is_file()
    # Its links are asked for, though nothing out there can answer a test.
    (place / "resources.yaml").write_text(
        re.sub(r"https://(?!example\.org)\S+", "https://links.invalid/", text_of(place)), "utf-8"
    )
    looked = run("-m", "linkindex", "links", "--site", "--minutes", "1.8", at=place)
    counts = re.search(r"checked: (\d+) working, (\d+) broken", looked.stdout)
    assert counts, looked.stdout + looked.stderr
    assert int(counts[1]) > 50  # within the site
    assert looked.stdout.count("broken: ") == int(counts[2])
    assert all("links.invalid" in line for line in looked.stdout.splitlines() if "broken:" in line)
    # The lock knows the wheel: pip takes it by its hash, and refuses one that was changed.
    lock = (place / "requirements.txt").read_text("utf-8")
    own = re.search(r"^linkindex==.*\n .*\n", lock, re.MULTILINE)
    assert own
    (place / "own.txt").write_text(f"--find-links wheels\n{own[0]}", "utf-8")
    pip = ["-m", "pip", "--quiet", "--disable-pip-version-check", "install", "--no-index"]
    only = [*pip, "--no-deps", "--require-hashes", "-r", "own.txt", "--target"]
    assert run(*only, "here", at=place).returncode == 0
    assert (place / "here/linkindex/__init__.py").is_file()
    wheel = next((place / "wheels").iterdir())
    wheel.write_bytes(wheel.read_bytes() + b"changed")
    refused = run(*only, "there", at=place)
    assert refused.returncode != 0
    assert "HASH" in refused.stderr


def text_of(folder: Path) -> str:
    return (folder / "resources.yaml").read_text("utf-8")


def test_an_installed_wheel_brings_the_words_to_avoid_and_lists_numbers(
    run: Run, tmp_path: Path
) -> None:
    text = catalogue_text().replace("summary: Another page.", "summary: Help for addicts.", 1)
    (tmp_path / "resources.yaml").write_text(text, "utf-8")
    said = {}
    for command in ("check", "numbers"):
        ended = run("-m", "linkindex", command, at=tmp_path)
        assert ended.returncode == 0, ended.stderr
        said[command] = ended.stdout + ended.stderr
    assert "`addicts` in `summary` is a word to avoid" in said["check"]
    assert "text 85258" in said["numbers"]


def test_an_installed_wheel_brings_the_index_that_others_take_topics_from(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "resources.yaml").write_text(HEAD, "utf-8")
    commands = (
        ("extend", "linkindex:uk", "--topics", "sleep,domestic-abuse"),
        ("build",),
        ("share", "--output", "again.yaml"),
    )
    for command in commands:
        ended = run("-m", "linkindex", *command, at=tmp_path)
        assert ended.returncode == 0, ended.stderr
    written = str(tmp_path / "own.yaml")
    own = run("-m", "linkindex", "share", "--output", written, at=REPOSITORY)
    assert own.returncode == 0, own.stderr
    assert (tmp_path / "shared/uk.yaml").read_bytes() == (tmp_path / "own.yaml").read_bytes()
    for name in ("q/sleep.html", "cards/sheet.pdf", "glossary/index.html"):
        assert (tmp_path / "site" / name).is_file()
    published = {path.name for path in (tmp_path / "site").rglob("*")}
    assert "uk.yaml" not in published
    assert "shared" not in published
