"""Golden cases: a catalogue a file, and below the mark what must be said about it.

To add a case, add a file. A file named `style-...` is also examined for style.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalogue.small import messages, style_messages

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
MARK = b"#--- expected\n"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_catalogue_gives_exactly_the_expected_messages(path: Path) -> None:
    catalogue, _, expected = path.read_bytes().partition(MARK)
    wanted = [line.removeprefix("# ") for line in expected.decode().splitlines()]
    found = messages(catalogue)
    if path.stem.startswith("style-"):
        found += style_messages(catalogue)
    assert (found or ["nothing"]) == wanted
