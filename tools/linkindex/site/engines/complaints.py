"""What Zensical finds fault with, in sentences of ours."""

from __future__ import annotations

import re
from pathlib import Path

from linkindex.catalogue.problems import quoted
from linkindex.site.editions import file_with
from linkindex.speaking import spoken

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_WARNING = re.compile(
    r"^Warning: (?P<what>.*)\n.*?\[ (?P<page>.+?):(?P<line>\d+):(?P<column>\d+) \]", re.M
)
_NO_TEMPLATE = re.compile(r"template not found: template \"(?P<name>[^\"]+)\"")
_IN_TEMPLATE = re.compile(r"^(?P<what>.*) \(in (?P<name>[^()]+):(?P<line>\d+)\)$")
_WORD = re.compile(r"[^\s()<>\[\]\"']+")


def sentences(said: str, docs: Path, written: Path) -> list[str]:
    """What was wrong, a sentence each.

    :param said: everything that Zensical printed.
    :param docs: the folder of pages that it was given.
    :param written: the folder in which people wrote them.
    """
    plain = _COLOURS.sub("", said)
    found = [_about_page(match, docs, written) for match in _WARNING.finditer(plain)]
    return list(dict.fromkeys(found)) or [_about_stop(plain)]


def dead_link(page: str, target: str, written: Path) -> str:
    """That a link of a written page leads nowhere.

    :param page: its path below ``docs/``.
    :param target: where it leads, or the end of that.
    """
    page = file_with(written, page, target, spoken())
    lines = _lines(written / page)
    line = next((number for number, text in enumerate(lines, 1) if target in text), 1)
    words = _WORD.findall(lines[line - 1]) if lines else []
    shown = next((word for word in words if word.endswith(target)), target)
    return f"docs/{page}:{line}: the link to {quoted(shown)} leads nowhere; mend or remove it"


def _about_page(match: re.Match[str], docs: Path, written: Path) -> str:
    page, line, column = match["page"], int(match["line"]), int(match["column"])
    lines = _lines(docs / page)
    text = lines[line - 1] if line <= len(lines) else ""
    target = next(
        (word[0] for word in _WORD.finditer(text) if word.start() < column <= word.end()), ""
    )
    if target and "does not exist" in match["what"]:
        return dead_link(page, target, written)
    page = file_with(written, page, text, spoken())
    return f"docs/{page}:{_line_with(written / page, text, line)}: {match['what']}; mend this line"


def _about_stop(said: str) -> str:
    last = next((line for line in reversed(said.splitlines()) if line.strip()), "it said nothing")
    reason = re.sub(r"^\w+(?:Error|Exception): ", "", last.strip()).rstrip(".")
    missing = _NO_TEMPLATE.search(reason)
    if missing:
        return (
            f"there is no template {quoted(missing['name'])}; name one of the theme, or of the "
            "folder `overrides`"
        )
    place = _IN_TEMPLATE.match(reason)
    if place:
        return (
            f"overrides/{place['name']}:{place['line']}: this file cannot be used "
            f"({place['what']}); mend this line"
        )
    return f"Zensical cannot build the pages ({reason}); mend that, or build with MkDocs"


def _line_with(page: Path, text: str, usually: int) -> int:
    """The line of a page that is a text; what is rendered may have others above it."""
    lines = _lines(page)
    return lines.index(text) + 1 if text in lines else usually


def _lines(page: Path) -> list[str]:
    return page.read_text("utf-8", errors="replace").splitlines() if page.is_file() else []
