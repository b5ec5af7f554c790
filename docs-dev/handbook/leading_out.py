"""Links of the handbook to other files of the repository, which its site does not hold."""

from __future__ import annotations

import re
from typing import Any

_PICTURE = re.compile(r"!\[[^\]]*\]\((?:\.\./)+[^)\s]+\)\n*")
_OUT = re.compile(r"\]\((?:\.\./)+([^)\s]+)\)")


def on_page_markdown(markdown: str, *, config: Any, **_: object) -> str:
    """Let them lead to the repository; a picture from there would be asked of another host."""
    return _OUT.sub(rf"]({config.repo_url}/blob/main/\1)", _PICTURE.sub("", markdown))
