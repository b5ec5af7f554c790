"""The program with the lowest and the newest version of everything that it says it runs with.

It is installed from the wheel that LINKINDEX_WHEEL names, as before a release, or else from here.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.support.catalogues import catalogue_text

COMMANDS = (
    ["check"],
    ["build"],
    ["cards", "--format", "all"],
    ["numbers"],
    ["review"],
    ["links", "--minutes", "0.1"],
    ["export-docs", "pages"],
)
"""In this order: each must end as it does with the pinned versions."""


@pytest.fixture(scope="module", params=["lowest-direct", "highest"])
def command(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command ``linkindex``, installed beside those versions."""
    folder = tmp_path_factory.mktemp(request.param)
    venv.create(folder / "venv", with_pip=False)
    programs = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    uv = [sys.executable, "-m", "uv", "--quiet", "pip", "install"]
    install = [*uv, "--python", str(programs / "python"), "--resolution", request.param]
    wheel = os.environ.get("LINKINDEX_WHEEL", str(REPOSITORY))
    subprocess.run([*install, wheel], check=True, timeout=600)
    return programs / "linkindex"


@pytest.mark.timeout(1200)
def test_the_program_runs_with_the_versions_that_it_claims(command: Path, tmp_path: Path) -> None:
    (tmp_path / "resources.yaml").write_text(catalogue_text(), "utf-8")
    for words in COMMANDS:
        ended = subprocess.run(
            [str(command), *words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        # Without a network a check of links says so and ends with 1.
        expected = (0, 1) if words[0] == "links" else (0,)
        assert ended.returncode in expected, f"{words}: {ended.stdout}{ended.stderr}"
        assert "Traceback" not in ended.stderr, f"{words}: {ended.stderr}"
    assert (tmp_path / "site" / "index.html").is_file()
    assert (tmp_path / "cards" / "sheet.pdf").is_file()
