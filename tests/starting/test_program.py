"""Which program a new index names, and with which hash."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
import zipfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from linkindex.catalogue import LinkIndexError
from linkindex.starting import program
from linkindex.starting.locking import requirement_files
from linkindex.starting.program import Program, known_program
from tests.conftest import REPOSITORY

VERSION = version("linkindex")
RECORD = "linkindex/__init__.py,sha256=abc,10\nlinkindex-0.dist-info/RECORD,,\n"


def wheel_at(
    folder: Path, name: str = "linkindex", of: str = VERSION, record: str = RECORD
) -> Path:
    path = folder / f"{name}-{of}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        info = f"{name}-{of}.dist-info"
        about = f"Metadata-Version: 2.1\nName: {name}\nVersion: {of}\n\n"
        archive.writestr(f"{info}/METADATA", about)
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", record)
    return path


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Installed:
    """A distribution, as the standard library describes one."""

    version = VERSION

    def __init__(self, came_from: dict[str, Any] | None, record: str = RECORD) -> None:
        self.texts = {"RECORD": record}
        if came_from:
            self.texts["direct_url.json"] = json.dumps(came_from)

    def read_text(self, name: str) -> str | None:
        return self.texts.get(name)


def installed(monkeypatch: pytest.MonkeyPatch, came_from: dict[str, Any] | None) -> None:
    monkeypatch.setattr(program, "distribution", lambda _name: Installed(came_from))


def test_a_wheel_that_is_given_is_kept_with_its_hash(tmp_path: Path) -> None:
    wheel = wheel_at(tmp_path)
    files = requirement_files(known_program(wheel))
    assert files[f"wheels/{wheel.name}"] == wheel.read_bytes()
    lock = files["requirements.txt"].decode()
    assert f"linkindex=={VERSION} \\\n    --hash=sha256:{sha256(wheel)}\n" in lock
    assert "\n--find-links wheels\n" in lock
    assert " --emit-find-links requirements.in --output-file requirements.txt\n" in lock
    assert files["requirements.in"].decode().splitlines()[-1] == f"linkindex=={VERSION}"


def test_a_program_that_was_installed_from_a_wheel_knows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = wheel_at(tmp_path)
    installed(monkeypatch, {"url": wheel.as_uri(), "archive_info": {}})
    found = known_program()
    assert (found.sha256, found.wheel and found.wheel.name) == (sha256(wheel), wheel.name)
    wheel.unlink()
    assert known_program().reason == "the wheel that it was installed from is gone"


def test_a_program_that_came_from_an_address_is_pinned_to_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = "https://example.org/linkindex.whl"
    hashes = {"hashes": {"sha256": "ab" * 32}}
    installed(monkeypatch, {"url": address, "archive_info": hashes})
    files = requirement_files(known_program())
    assert f"linkindex @ {address} \\\n    --hash=sha256:{'ab' * 32}\n" in (
        files["requirements.txt"].decode()
    )
    assert not [name for name in files if name.endswith(".whl")]


def test_a_program_that_runs_from_a_folder_says_that_it_has_no_hash(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    installed(monkeypatch, {"url": "file:///x", "dir_info": {"editable": True}})
    found = known_program()
    assert (found.sha256, found.reason) == ("", "it runs from a folder, not from a wheel")
    lines = requirement_files(found)["requirements.txt"].decode().splitlines()
    assert f"linkindex=={VERSION}" in lines  # and pip refuses what has no hash beside what has one


def from_registry(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """A registry that has what lies in a folder."""
    installed(monkeypatch, None)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")


def test_the_hash_of_the_registry_is_taken_where_its_files_are_those_that_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = wheel_at(tmp_path)
    from_registry(monkeypatch, tmp_path)
    found = known_program()
    assert (found.sha256, found.wheel, found.address) == (sha256(wheel), None, "")


def test_what_bears_the_name_and_is_another_program_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel_at(tmp_path, record="linkindex/__init__.py,sha256=other,10\n")
    from_registry(monkeypatch, tmp_path)
    with pytest.raises(LinkIndexError, match="is not the program that runs here"):
        known_program()


def test_without_a_network_it_is_said_that_there_is_no_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from_registry(monkeypatch, tmp_path)
    assert "the registry could not be asked" in known_program().reason


@pytest.mark.parametrize(
    ("name", "of", "said"),
    [("other", VERSION, "not a wheel of linkindex"), ("linkindex", "9.9", "this is version `9.9`")],
)
def test_another_wheel_is_refused(tmp_path: Path, name: str, of: str, said: str) -> None:
    with pytest.raises(LinkIndexError, match=re.escape(said)):
        known_program(wheel_at(tmp_path, name, of))


def test_what_is_no_wheel_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.whl").write_bytes(b"no archive")
    for path in (tmp_path / "a.whl", tmp_path / "missing.whl"):
        with pytest.raises(LinkIndexError, match="name a file that ends with"):
            known_program(path)


def locked(text: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE))


def test_the_lock_of_an_index_is_that_of_the_tests_without_what_only_developers_need() -> None:
    # Else: make lock-of-indexes
    ours = locked((REPOSITORY / "requirements.lock").read_text("utf-8"))
    theirs = locked(requirement_files(Program("0"))["requirements.txt"].decode())
    assert {name: ours[name] for name in theirs if name != "linkindex"} == {
        name: of for name, of in theirs.items() if name != "linkindex"
    }
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {re.split(r"[<>=]", line)[0].replace(".", "-") for line in project["dependencies"]}
    assert needed <= theirs.keys()
    assert not {"pytest", "mypy", "zizmor"} & theirs.keys()


def test_every_package_of_the_lock_but_the_program_has_a_hash() -> None:
    text = requirement_files(Program("0"))["requirements.txt"].decode()
    for package in re.split(r"\n(?=\w)", text)[1:]:
        assert ("--hash=sha256:" in package) != package.startswith("linkindex==")


def test_the_packages_of_the_lock_stand_in_their_order(tmp_path: Path) -> None:
    text = requirement_files(known_program(wheel_at(tmp_path)))["requirements.txt"].decode()
    names = re.findall(r"^([\w.-]+)==", text, re.MULTILINE)
    assert names == sorted(names)
    assert "linkindex" in names
