"""What is installed needs nothing of the repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.support.catalogues import catalogue_text


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built and unpacked into a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    source = folder / "source"
    shutil.copytree(REPOSITORY, source, ignore=made_by_tools)
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(source)],
        check=True,
        timeout=120,
    )
    wheel = next(folder.glob("*.whl"))
    subprocess.run(
        [*pip, "install", "--no-deps", "--target", str(folder / "site"), str(wheel)],
        check=True,
        timeout=120,
    )
    return folder / "site"


def made_by_tools(folder: str, names: list[str]) -> set[str]:
    """What is in the repository's folder and not in the repository."""
    at_the_top = {".venv", ".git", "site", "cards", "build"} if folder == str(REPOSITORY) else set()
    return {name for name in names if name in at_the_top or name.endswith(("_cache", ".egg-info"))}


def test_an_installed_wheel_holds_every_file_of_the_program(installed: Path) -> None:
    # Running it does not show this: what it lacks, an editable installation beside it lends.
    program = REPOSITORY / "tools/linkindex"
    files = {path.relative_to(program) for path in program.rglob("*") if path.is_file()}
    wanted = {path for path in files if "__pycache__" not in path.parts}
    assert {str(path) for path in wanted if not (installed / "linkindex" / path).is_file()} == set()


def test_an_installed_wheel_builds_an_index_in_an_empty_folder(
    installed: Path, tmp_path: Path
) -> None:
    (tmp_path / "resources.yaml").write_text(catalogue_text(), "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    ended = subprocess.run(
        [sys.executable, "-m", "linkindex", "build"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    where = subprocess.run(
        [sys.executable, "-c", "import linkindex; print(linkindex.__file__)"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert where.stdout.startswith(str(installed))
    for name in ("index.html", "assets/linkindex.css", "about/index.html", "cards/sheet.pdf"):
        assert (tmp_path / "site" / name).is_file()


def test_an_installed_wheel_brings_the_words_to_avoid_and_lists_numbers(
    installed: Path, tmp_path: Path
) -> None:
    text = catalogue_text().replace("summary: Another page.", "summary: Help for addicts.", 1)
    (tmp_path / "resources.yaml").write_text(text, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    said = {}
    for command in ("check", "numbers"):
        ended = subprocess.run(
            [sys.executable, "-m", "linkindex", command],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        said[command] = ended.stdout + ended.stderr
    assert "`addicts` in `summary` is a word to avoid" in said["check"]
    assert "text 85258" in said["numbers"]
