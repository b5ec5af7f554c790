"""The program itself, as a new index names it: its version, and the hash of what is installed.

Nothing is taken on trust. A hash is that of a wheel that was given or that this program was
installed from, or that of one from the registry whose files are those that run here.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from email.parser import HeaderParser
from importlib.metadata import Distribution, distribution
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.problems import on_one_line, quoted

NAME = "linkindex"
WHEELS = "wheels"
"""The folder of an index in which a wheel lies that no registry has."""

_LONGEST_DOWNLOAD_SECONDS = 120


@dataclass(frozen=True)
class Program:
    """One version of the program.

    :ivar sha256: of its wheel, in small hexadecimal digits; empty where none is known.
    :ivar wheel: the wheel itself where it must be kept beside the index.
    :ivar address: where it is fetched from, if not from the registry.
    :ivar reason: why no hash is known.
    """

    version: str
    sha256: str = ""
    wheel: Wheel | None = None
    address: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Wheel:
    """A wheel: what it is called, and its bytes."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Its hash, in small hexadecimal digits."""
        return hashlib.sha256(self.content).hexdigest()


def known_program(wheel: Path | None = None) -> Program:
    """The program that runs, with its hash where one can be had.

    :param wheel: the wheel that an index is to keep, if somebody names one.
    :raises LinkIndexError: when that is no wheel of this version.
    """
    installed = distribution(NAME)
    if wheel is not None:
        return _of_wheel(read_wheel(wheel), installed.version)
    came_from = json.loads(installed.read_text("direct_url.json") or "{}")
    if not came_from:
        return _from_registry(installed)
    return _from_address(came_from, installed.version)


def read_wheel(path: Path) -> Wheel:
    """A wheel of this program.

    :raises LinkIndexError: when it is none, or of another version than the one that runs.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise LinkIndexError(
            f"{on_one_line(path)}: the wheel cannot be read ({error.strerror or error}); name a "
            "file that ends with `.whl`"
        ) from None
    try:
        with zipfile.ZipFile(path) as archive:
            inside = next(name for name in archive.namelist() if name.endswith("-info/METADATA"))
            said = HeaderParser().parsestr(archive.read(inside).decode("utf-8", errors="replace"))
    except (zipfile.BadZipFile, StopIteration):
        raise LinkIndexError(
            f"{on_one_line(path)}: this is no wheel; name a file that ends with `.whl`"
        ) from None
    if str(said["Name"]).lower() != NAME or path.suffix != ".whl":
        raise LinkIndexError(
            f"{on_one_line(path)}: this is {quoted(said['Name'])}, not a wheel of {NAME}; name "
            "another file"
        )
    version = distribution(NAME).version
    if said["Version"] != version:
        raise LinkIndexError(
            f"{on_one_line(path)}: this is version {quoted(said['Version'])} and {version} runs; "
            f"run the one that is meant: pipx run --spec {on_one_line(path)} {NAME} ..."
        )
    return Wheel(path.name, content)


def _of_wheel(wheel: Wheel, version: str) -> Program:
    return Program(version, wheel.sha256, wheel)


def _from_address(came_from: dict[str, dict[str, object]], version: str) -> Program:
    """What is known where the program was not installed from a registry (PEP 610)."""
    address = str(came_from["url"])
    if "archive_info" not in came_from:
        return Program(version, reason="it runs from a folder, not from a wheel")
    parts = urlsplit(address)
    if parts.scheme == "file":
        path = Path(url2pathname(parts.path))
        try:
            return _of_wheel(read_wheel(path), version)
        except LinkIndexError:
            return Program(version, reason="the wheel that it was installed from is gone")
    hashes = came_from["archive_info"].get("hashes")
    known = hashes.get("sha256", "") if isinstance(hashes, dict) else ""
    if not known:
        return Program(version, reason="the address that it was installed from gave no hash")
    return Program(version, known, address=address)


def _from_registry(installed: Distribution) -> Program:
    version = installed.version
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = _downloaded(version, Path(folder))
        except _NotFetchedError as error:
            return Program(version, reason=str(error))
        if not _runs_here(found, installed):
            raise LinkIndexError(
                f"what the registry calls {NAME} {version} is not the program that runs here, so "
                "nothing is written; name a wheel that you trust with --wheel"
            )
        return Program(version, Wheel(found.name, found.read_bytes()).sha256)


class _NotFetchedError(Exception):
    """The registry gave nothing; the message says why."""


def _downloaded(version: str, folder: Path) -> Path:
    command = _pip()
    if not command:
        raise _NotFetchedError("neither pip nor uv is here to ask the registry")
    options = ["--no-deps", "--only-binary", ":all:", "--quiet", "--disable-pip-version-check"]
    try:
        subprocess.run(  # noqa: S603 - a program that was found, and words of ours
            [*command, "download", *options, "--dest", str(folder), f"{NAME}=={version}"],
            capture_output=True,
            timeout=_LONGEST_DOWNLOAD_SECONDS,
            check=True,
            env={**os.environ, "PIP_RETRIES": "1", "PIP_TIMEOUT": "15"},
        )
        return next(folder.glob("*.whl"))
    except (OSError, subprocess.SubprocessError, StopIteration):
        raise _NotFetchedError(
            "the registry could not be asked for it, or does not have it"
        ) from None


def _pip() -> Sequence[str]:
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    uv = shutil.which("uv")
    return [uv, "tool", "run", "pip"] if uv else []


def _runs_here(wheel: Path, installed: Distribution) -> bool:
    """Whether the files of a wheel are those that are installed, by the hashes of both."""
    with zipfile.ZipFile(wheel) as archive:
        record = next(name for name in archive.namelist() if name.endswith("-info/RECORD"))
        theirs = _hashes(archive.read(record).decode("utf-8", errors="replace"))
    ours = _hashes(installed.read_text("RECORD") or "")
    return bool(ours) and theirs == ours


def _hashes(record: str) -> dict[str, str]:
    """The hashes of the files of the package, by their paths."""
    lines = (line.split(",") for line in record.splitlines())
    return {
        parts[0]: parts[1]
        for parts in lines
        if len(parts) == 3 and parts[0].startswith(f"{NAME}/") and parts[1]
    }
