"""The small ring, made once."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.cards.ring import make_files, ring


@pytest.fixture(scope="session")
def files() -> Mapping[str, bytes]:
    """The files of the small ring."""
    return make_files(ring()).files
