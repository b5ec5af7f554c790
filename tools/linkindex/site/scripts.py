"""What is done to the scripts of a built site: those of the search become one, and all shorter."""

from __future__ import annotations

import re
from pathlib import Path

import rjsmin

from linkindex.site.renaming import joined_declarations, short_names

OF_SEARCH = ("minisearch", "unpack", "engine", "danger", "panel")
"""The scripts that the first use of the search fetches, in the order in which they run."""

JOINED = "assets/search/whole.js"
"""What they become, so that a reader waits for one answer instead of five."""

_FOLDER = "assets/search/"
_NAMED = re.compile(r"\[\s*" + r",\s*".join(f'"{name}"' for name in OF_SEARCH) + r"\s*\]")
"""The list of their names, as scripts that fetch them hold it."""


def finish_scripts(site: Path) -> None:
    """Join the scripts of the search, and shorten all; twice is as good as once."""
    _join_search(site)
    for path in (site / "assets").rglob("*.js"):
        text = path.read_text("utf-8")
        of_search = path.name == "search.js" or path.parent.name == "search"
        path.write_bytes(short_script_file(text, of_search=of_search).encode())


def _join_search(site: Path) -> None:
    """Put the scripts of the search into one, and its name where theirs are.

    They stay apart where an index has a script of its own that fetches them in another way.
    """
    parts = [site / f"{_FOLDER}{name}.js" for name in OF_SEARCH]
    if not all(part.is_file() for part in parts):
        return
    texts = {path: path.read_text("utf-8") for path in (site / "assets").glob("*.js")}
    fetching = {path: text for path, text in texts.items() if _FOLDER in text}
    if not all(_NAMED.search(text) for text in fetching.values()):
        return
    (site / JOINED).write_bytes(joined([part.read_text("utf-8") for part in parts]).encode())
    for path, text in fetching.items():
        path.write_bytes(_NAMED.sub(f'["{Path(JOINED).stem}"]', text).encode())
    for part in parts:
        part.unlink()


def joined(scripts: list[str]) -> str:
    """Scripts as one, each of which keeps its names to itself."""
    return "\n".join(short_script_file(script, of_search=True) for script in scripts)


def short_script_file(text: str, *, of_search: bool) -> str:
    """A script as it is fetched, but for the notice of a licence.

    :param of_search: it is one of our own for the search, the largest of the scripts: what it
        declares is named by letters.
    """
    script = str(rjsmin.jsmin(text, keep_bang_comments=True))
    if not of_search or script.startswith("/*!"):
        return script
    return joined_declarations(short_names(script))
