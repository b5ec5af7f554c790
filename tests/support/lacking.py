"""What becomes of a test for which a program or a library is missing."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def skip_or_fail(missing: str) -> NoReturn:
    """Skip the test at a desk; in CI, where nothing may be missing, it fails.

    :param missing: what is missing, and how to get it.
    """
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)
