"""What the tests of a whole check share."""

from __future__ import annotations

import pytest

from linkindex.links.asking import linkchecker


@pytest.fixture(scope="session")
def program():
    return linkchecker.program()


@pytest.fixture
def found_once(monkeypatch, program):
    """Asks linkchecker for its version once a session and not once a test."""
    monkeypatch.setattr(linkchecker, "program", lambda: program)
