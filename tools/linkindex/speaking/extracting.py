"""From the program to the template of its catalogues, and from that to each catalogue."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from linkindex.places import shipped
from linkindex.speaking.scripts import calls
from linkindex.speaking.translations import (
    DOMAIN,
    LOCALES,
    NOBODY,
    available,
    catalogue_path,
    read_translations,
)

TEMPLATE = LOCALES / f"{DOMAIN}.pot"

NOTE = "TRANSLATORS:"
"""What a comment for translators begins with; it stands above the message."""

_PROGRAM = Path(__file__).parents[1]
_KEYWORDS: dict[str, Any] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_OF_TEMPLATES = {
    "trimmed": "true",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "newstyle_gettext": "true",
    "silent": "false",
}
_TABLES = {
    "site/suggest-words.yaml": None,
    "upkeep/suggesting/questions.yaml": ("name", "about", "thanks", "label", "help"),
}
"""Tables of texts for readers, and the keys that hold these: none means all."""
_SCRIPT_NOTE = re.compile(rf"//\s*{NOTE}\s*(?P<text>.*)")
_WIDTH = 99


class Message(NamedTuple):
    """A message as it stands in a file.

    :ivar texts: one text, or the singular and the plural.
    """

    path: str
    context: str | None
    texts: tuple[str, ...]
    notes: list[str]


def messages() -> Iterator[Message]:
    """Every message of the program, by the files in which it is said."""
    for path in sorted(_PROGRAM.rglob("*.py")):
        yield from _said_in(path, "python", {})
    for path in (_PROGRAM / name for name in _TABLES):
        for text in _texts(path):
            yield Message(_name(path), None, (text,), [])
    for folder in (_PROGRAM / "site" / "templates", shipped("overrides")):
        for path in sorted(folder.rglob("*.html")):
            yield from _said_in(path, "jinja2.ext:babel_extract", _OF_TEMPLATES)
    for path in sorted(shipped("overrides").rglob("*.js")):
        yield from _said_in_script(path)


def template() -> Catalog:
    """All messages, without a translation."""
    catalogue = Catalog(project="LinkIndex", version="1", charset="utf-8", header_comment=_HEADER)
    for message in messages():
        one, *other = message.texts
        catalogue.add(
            (one, *other) if other else one,
            locations=[(message.path, 0)],
            auto_comments=message.notes,
            context=message.context,
        )
    return catalogue


def template_text() -> str:
    """The file of the template. It has no date, so that the same messages are the same bytes."""
    return _written(template())


def updated(path: Path, language: str) -> str:
    """The catalogue of a language with the messages that there are now.

    A message whose English has changed is untranslated: an English sentence is better than one that
    says something else. What is no longer said stays at the end, for whoever says it again.
    """
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language.replace("-", "_"))
    catalogue.update(template(), no_fuzzy_matching=True, update_header_comment=False)
    return _reviewed(_written(catalogue), read_translations(path, language).reviewed_by)


def begun(language: str) -> str:
    """A catalogue of a language in which nothing is translated yet."""
    catalogue = Catalog(
        locale=language.replace("-", "_"),
        project="LinkIndex",
        version="1",
        charset="utf-8",
        header_comment=_HEADER,
        fuzzy=False,
    )
    catalogue.update(template(), no_fuzzy_matching=True)
    return _reviewed(_written(catalogue), NOBODY)


def write_all() -> list[Path]:
    """Write the template, and bring every catalogue up to it. Gives what was changed."""
    texts = {TEMPLATE: template_text()}
    for language in available()[1:]:
        path = catalogue_path(language)
        texts[path] = updated(path, language)
    changed = [
        path
        for path, text in texts.items()
        if not path.is_file() or path.read_text("utf-8") != text
    ]
    for path in changed:
        path.write_bytes(texts[path].encode())
    return changed


_HEADER = """\
# Messages of LinkIndex.
# How to translate them: docs-dev/translating.md"""

_UNUSED = re.compile(
    r'^"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By'
    r"|Report-Msgid-Bugs-To)[^\n]*\n",
    re.MULTILINE,
)
_PLACE_OF_REVIEW = re.compile(r'^("MIME-Version: )', re.MULTILINE)


def _written(catalogue: Catalog) -> str:
    file = io.BytesIO()
    write_po(file, catalogue, width=_WIDTH, include_lineno=False, sort_by_file=False)
    return _UNUSED.sub("", file.getvalue().decode("utf-8")).rstrip("\n") + "\n"


def _reviewed(text: str, reviewed_by: str) -> str:
    """With who has read it: Babel keeps no headers that it does not know."""
    return _PLACE_OF_REVIEW.sub(
        lambda found: f'"Reviewed-by: {reviewed_by}\\n"\n{found[1]}', text, count=1
    )


def _texts(path: Path) -> Iterator[str]:
    """The texts for readers in a table."""
    keys = _TABLES[path.relative_to(_PROGRAM).as_posix()]

    def below(value: object) -> Iterator[str]:
        for key, inner in value.items() if isinstance(value, dict) else ():
            if isinstance(inner, str) and (keys is None or key in keys):
                yield inner
            yield from below(inner)
        for inner in value if isinstance(value, list) else ():
            yield from below(inner)

    return below(yaml.safe_load(path.read_text("utf-8")))


def _said_in(path: Path, method: str, options: Mapping[str, str]) -> Iterator[Message]:
    with path.open("rb") as file:
        for _, texts, notes, context in extract(
            method, file, _KEYWORDS, [NOTE], dict(options), strip_comment_tags=True
        ):
            found = (texts,) if isinstance(texts, str) else tuple(texts)
            yield Message(_name(path), context, found, notes)


def _said_in_script(path: Path) -> Iterator[Message]:
    script = path.read_text("utf-8")
    for call in calls(script):
        above = script[: call.begins].rpartition("\n")[0].rpartition("\n")[2]
        note = _SCRIPT_NOTE.search(above)
        notes = [note["text"].strip()] if note else []
        yield Message(_name(path), call.context, call.texts, notes)


def _name(path: Path) -> str:
    root = _PROGRAM if path.is_relative_to(_PROGRAM) else shipped("overrides").parent
    return path.relative_to(root).as_posix()
