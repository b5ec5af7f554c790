"""Writing JSON that stays the same for the same values."""

from __future__ import annotations

import json
from typing import Any


def json_bytes(value: Any) -> bytes:
    """The file: UTF-8, indented, in the order of the values, with a newline at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
