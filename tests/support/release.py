"""Build what is published: the same commit gives the same bytes, on whichever computer.

``make dist`` runs it. Whoever has the commit can so hold what is published against it.
"""

from __future__ import annotations

import argparse
import gzip
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

DATE = "SOURCE_DATE_EPOCH"
"""Seconds since 1970 that stand as the time of every file (https://reproducible-builds.org)."""

_BUILD = "import sys, setuptools.build_meta as b; getattr(b, sys.argv[1])(sys.argv[2])"
_LEFT_OUT = frozenset({".venv", ".git", "site", "cards", "build", "dist"})


class ReleaseError(Exception):
    """Why this cannot be released, in a sentence."""


def main() -> int:
    """Build into a folder; 1 where it cannot be released under the tag that is given."""
    parser = argparse.ArgumentParser(prog="make dist")
    parser.add_argument("--tag", default="", help="the tag of a release, such as v0.1.0")
    parser.add_argument(
        "--repository",
        default=os.environ.get("GITHUB_REPOSITORY", ""),
        help="owner/name on GitHub, whose workflows new indexes call at the commit of the tag",
    )
    parser.add_argument("--output", type=Path, default=Path("dist"))
    asked = parser.parse_args()
    here = Path.cwd()
    try:
        if asked.tag:
            refuse_other_version(here, asked.tag)
            refuse_changes(here)
        date = os.environ.get(DATE) or git(here, "log", "-1", "--format=%ct").strip()
        shutil.rmtree(asked.output, ignore_errors=True)
        origin = ""
        if asked.tag and asked.repository:
            origin = origin_text(asked.repository, git(here, "rev-parse", "HEAD").strip())
        for path in build(here, asked.output.resolve(), int(date), origin):
            print(path)
    except ReleaseError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def refuse_other_version(source: Path, tag: str) -> None:
    """Refuse a tag that is not the version that the program says, or that nobody described.

    :raises ReleaseError: with what differs.
    """
    settings = tomllib.loads((source / "pyproject.toml").read_text("utf-8"))
    version = settings["project"]["version"]
    if tag != f"v{version}":
        raise ReleaseError(
            f"the tag is {tag}, and pyproject.toml:version is {version}; change one of the two"
        )
    headings = re.findall(r"(?m)^## (.+)$", (source / "CHANGELOG.md").read_text("utf-8"))
    if headings[:1] != [version]:
        first = headings[0] if headings else "nothing"
        raise ReleaseError(
            f"CHANGELOG.md begins with `{first}`; write `## {version}` for what is released"
        )


def refuse_changes(source: Path) -> None:
    """Refuse what is not as it was committed.

    :raises ReleaseError: with the first file that is not.
    """
    changed = git(source, "status", "--porcelain").splitlines()
    if changed:
        raise ReleaseError(f"{changed[0][3:]} is not as it was committed; release a clean copy")


ORIGIN = "tools/linkindex/starting/origin.yaml"
"""Where a program that is released finds the workflows that new indexes call."""


def origin_text(repository: str, commit: str) -> str:
    """The content of :data:`ORIGIN` for a release."""
    return f"repository: {repository}\ncommit: {commit}\n"


def build(source: Path, output: Path, date: int, origin: str = "") -> list[Path]:
    """The sdist, and the wheel built from it, for the same bytes every time.

    :param date: seconds since 1970, as the time of every file.
    :param origin: what :data:`ORIGIN` holds in them, if not what stands there.
    """
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="linkindex-dist-") as made:
        tree = Path(made) / "tree"
        shutil.copytree(source, tree, ignore=left_out)
        if origin:
            (tree / ORIGIN).write_text(origin, "utf-8")
        _run("build_sdist", tree, Path(made) / "raw", date)
        raw = next((Path(made) / "raw").glob("*.tar.gz"))
        sdist = output / raw.name
        sdist.write_bytes(_in_order(raw.read_bytes(), date))
        with tarfile.open(sdist) as archive:
            archive.extractall(Path(made) / "again", filter="tar")
        again = next((Path(made) / "again").iterdir())
        _run("build_wheel", again, Path(made) / "wheel", date)
        built = next((Path(made) / "wheel").glob("*.whl"))
        wheel = output / built.name
        shutil.copyfile(built, wheel)
    return [sdist, wheel]


def left_out(folder: str, names: list[str]) -> set[str]:
    """What is in the folder of a developer and not in the repository."""
    at_the_top = Path(folder, "pyproject.toml").is_file()
    return {
        name
        for name in names
        if (at_the_top and name in _LEFT_OUT)
        or name.endswith(("_cache", ".egg-info", "__pycache__"))
    }


def _run(what: str, tree: Path, output: Path, date: int) -> None:
    output.mkdir()
    subprocess.run(
        [sys.executable, "-c", _BUILD, what, str(output)],
        cwd=tree,
        env={**os.environ, DATE: str(date), "PYTHONHASHSEED": "0"},
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=300,
        umask=0o022,
    )


def _in_order(packed: bytes, date: int) -> bytes:
    """An archive with its files by name, one time, no owner, and the same rights for everybody."""
    out = io.BytesIO()
    with (
        tarfile.open(fileobj=io.BytesIO(packed)) as before,
        gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=date) as squeezed,
        tarfile.open(fileobj=squeezed, mode="w", format=tarfile.PAX_FORMAT) as after,
    ):
        for member in sorted(before.getmembers(), key=lambda member: member.name):
            plain = tarfile.TarInfo(member.name)
            plain.type, plain.size, plain.mtime = member.type, member.size, date
            plain.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
            after.addfile(plain, before.extractfile(member) if member.isfile() else None)
    return out.getvalue()


def git(folder: Path, *words: str) -> str:
    """What git answers."""
    return subprocess.run(
        ["git", *words], cwd=folder, check=True, capture_output=True, encoding="utf-8", timeout=60
    ).stdout


if __name__ == "__main__":
    sys.exit(main())
