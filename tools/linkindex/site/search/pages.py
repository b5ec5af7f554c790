"""The titles of the pages that people wrote, by which the search finds them."""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

from linkindex.site.clashes import page_address

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<yaml>.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"^# +(?P<title>.+?) *#*$", re.MULTILINE)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~])")


def titles_of(written: Mapping[str, str]) -> dict[str, str]:
    """Each page's title by its address below the site, but for those kept from the search.

    :param written: pages of Markdown by their paths, their placeholders filled in.
    """
    titles = {path: _title(text) for path, text in written.items() if path.endswith(".md")}
    return {page_address(path): title for path, title in titles.items() if title}


def _title(text: str) -> str | None:
    matter = _FRONT_MATTER.match(text)
    settings = yaml.safe_load(matter["yaml"]) if matter else None
    settings = settings if isinstance(settings, dict) else {}
    kept_out = settings.get("search")
    if isinstance(kept_out, dict) and kept_out.get("exclude"):
        return None
    heading = _HEADING.search(text[matter.end() :] if matter else text)
    title = settings.get("title") or (_ESCAPED.sub(r"\1", heading["title"]) if heading else None)
    return str(title) if title else None
