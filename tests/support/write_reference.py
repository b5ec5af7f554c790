"""The reference in ``handbook/``: every key, layout, theme, command and option.

It is made from the models and the commands themselves, so that it cannot say anything else. So is
what the page of each host shows of its settings.

    python -m tests.support.write_reference     (or: make reference)
"""

from __future__ import annotations

import ast
import functools
import inspect
import re
import textwrap
from collections.abc import Iterable, Iterator
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import click
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from linkindex.cards import layout, themes
from linkindex.cards.printers import Printer
from linkindex.catalogue import model, upstream
from linkindex.catalogue.drafts import UNPLACED
from linkindex.catalogue.loading import TOP_KEYS
from linkindex.catalogue.schema import schema_files
from linkindex.cli import main
from linkindex.site.hosts import HOSTS, Place, written
from linkindex.starting.automation import reusable_files

HANDBOOK = Path(__file__).parents[2] / "handbook"

MADE = "<!-- Made by `make reference` from the program itself; do not change it by hand. -->"

TOP: dict[str, type[BaseModel]] = {
    "index": model.Settings,
    "extends": upstream.Upstream,
    "groups": model.Group,
    "urgent_help": model.UrgentHelp,
    "glossary": model.Term,
    "decks": model.DeckPlan,
    "categories": model.Category,
}
"""What stands below each key at the top of ``resources.yaml``."""

EXTENDS_IS = (
    "The name of a layout, or a file that ends with `.yaml`, of which this one says only what "
    "differs. An empty value, such as `hole:`, takes away what the other has."
)

FORMS = {
    "category_code": "2 to 8 small letters and digits",
    "any_colour": "`#` and six digits, in quotes",
    "colour": "`#` and six digits, in quotes",
    "digest": "`sha256:` and 64 digits",
    "email": "e-mail address",
    "evidence": "address or text",
    "exit_address": "`https:` address",
    "iso_date": "day, such as `2026-11-24`",
    "language": "language code",
    "phone_number": "digits and spaces",
    "picture_name": "name of a file",
    "plain_text": "text",
    "resource_code_text": "6 letters and digits",
    "site_address": "address that ends in `/`",
    "slug": "id",
    "web_address": "address",
    "web_page": "web address",
}
"""What a value looks like, by the function that reads it."""


def reference() -> dict[str, str]:
    """The content of each generated file by its name."""
    schemas = {f"../{name}": text.decode() for name, text in schema_files().items()}
    called = {f"../{name}": text for name, text in reusable_files().items()}
    made = {"keys.md": keys(), "cards.md": cards(), "commands.md": commands()}
    return made | {f"hosts/{name}.md": host(name) for name in HOSTS} | schemas | called


_WRITTEN_FOR_A_HOST = re.compile(r"(?<=\n```)([a-z]+)\n.*?(?=```\n)", re.DOTALL)
EXAMPLE = Place(
    *("https://index.example.org/", "index.example.org", "/", "/var/www/index.example.org"),
    owner="example",
)


def host(name: str) -> str:
    """The page of a host: as people wrote it, with what the program writes for an example."""
    page = (HANDBOOK / "hosts" / f"{name}.md").read_text("utf-8")
    text = f"\n{written(name, EXAMPLE)}"
    replaced, count = _WRITTEN_FOR_A_HOST.subn(lambda block: f"{block[1]}{text}", page)
    assert count == 1, f"hosts/{name}.md has no place for what is written"
    return replaced


def keys() -> str:
    """Every key of ``resources.yaml``."""
    parts = [
        "# Every key of `resources.yaml`",
        MADE,
        "The file has these keys at its left edge: "
        + _listed(f"`{key}:`" for key in TOP_KEYS)
        + ".",
        "A key that is not needed may be left out. The check names the line of everything else. "
        "What may be there for each language is written as a text alone, or as "
        "`{en: …, cy: …}`: see [languages.md](languages.md).",
    ]
    known: dict[type[BaseModel], str] = {}
    for key, kind in TOP.items():
        parts += _sections(kind, key, known)
    parts += [
        f"## `{UNPLACED}`",
        "Links that are not finished and whose topic nobody has chosen: the keys of a link, of "
        "which any may be missing. `linkindex check` says what is left to do; no page shows them. "
        "To finish one, move it under the `resources:` of its topic and remove its line "
        "`draft: true`.",
    ]
    return _joined(parts)


def cards() -> str:
    """Every key of layouts, themes and printers, and what comes with LinkIndex."""
    parts = [
        "# Layouts, themes and printers of the cards",
        MADE,
        "Every length is in millimetres. Places are measured from the upper left corner.",
        "## Layouts",
        "`linkindex cards --layout NAME`, or the path of a file of your own:",
        _table(
            ("layout", "what it is"),
            ((f"`{name}`", layout.named_layout(name).about) for name in layout.layout_names()),
        ),
        f"Any layout may begin with `{layout.EXTENDS}:`. {EXTENDS_IS}",
    ]
    known: dict[type[BaseModel], str] = {}
    parts += _sections(layout.CardLayout, "for: cards", known)
    parts += _sections(layout.LabelLayout, "for: labels", known)
    parts += [
        "## Themes",
        "`linkindex cards --theme NAME`. They stand in `tools/linkindex/cards/themes.yaml`.",
        _table(
            ("theme", "what it looks like"),
            ((f"`{name}`", theme.about) for name, theme in themes.themes().items()),
        ),
    ]
    parts += _sections(themes.Theme, "Keys of a theme", known)
    parts += [
        "## Printers",
        "`linkindex cards --printer FILE`. The page that `linkindex cards --format calibration` "
        "makes says how to measure the two numbers.",
    ]
    parts += _sections(Printer, "Keys of a printer", known)
    return _joined(parts)


def commands() -> str:
    """Every command with its arguments and options."""
    parts = ["# Every command and option", MADE]
    for path, command in every_command():
        parts += _command(path, command)
    return _joined(parts)


def every_command(
    command: click.Command = main, path: tuple[str, ...] = ("linkindex",)
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """The command itself and all below it, with the words by which each is called."""
    yield path, command
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            yield from every_command(command.commands[name], (*path, name))


def every_field(kind: type[BaseModel]) -> Iterator[tuple[type[BaseModel], str, FieldInfo]]:
    """Each key of a model and of those below it, as it is written, with whose key it is."""
    for name, field in kind.model_fields.items():
        yield kind, field.alias or name, field
        for below in _models(field.annotation):
            yield from every_field(below)


HELP = ("-h, --help", "Show this message and exit.")
"""The option that every command has."""


def _command(path: tuple[str, ...], command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=" ".join(path))
    yield f"## `{' '.join(path)}`"
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        verbatim = paragraph.startswith("\b")
        yield f"```\n{textwrap.dedent(paragraph[2:])}\n```" if verbatim else paragraph
    yield f"Usage: `{' '.join((*path, *command.collect_usage_pieces(context)))}`"
    # Without the option for help, whose names depend on who asked for it first in this process.
    records = (*(param.get_help_record(context) for param in command.params), HELP)
    yield _table(
        ("option", "what it does"),
        ((f"`{names}`", said) for names, said in filter(None, records)),
    )


def _sections(kind: type[BaseModel], path: str, known: dict[type[BaseModel], str]) -> list[str]:
    """The keys of a model as a table, then those of each model below it that is not known yet."""
    known[kind] = path
    parts = [f"### `{path}`", _first_paragraph(kind)]
    rows, below = [], []
    described = attribute_docs(kind)
    for name, field in kind.model_fields.items():
        key = field.alias or name
        for part in _models(field.annotation):
            if part not in known:
                known[part] = f"{path}.{key}"
                below.append(part)
        needed = "yes" if field.is_required() else ""
        value = _value(field, known)
        if key in (*getattr(kind, "TEXTS", ()), *getattr(kind, "NAMES", ())):
            value = f"{value}; or one for each language"
        rows.append((f"`{key}`", needed, described.get(name, ""), value))
    parts.append(_table(("key", "needed", "what it is", "value"), rows))
    for part in below:
        parts += _sections(part, known[part], known)
    return parts


def attribute_docs(kind: type) -> dict[str, str]:
    """The text below each attribute of a class, with those of the classes that it is made from.

    Pydantic can read these itself, but would do so whenever the program starts.
    """
    described: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        if base.__module__.startswith("linkindex."):
            described |= _own_docs(base)
    return described


@functools.cache
def _own_docs(kind: type) -> dict[str, str]:
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    assert isinstance(definition, ast.ClassDef)
    docs = {}
    for statement, following in zip(definition.body, definition.body[1:], strict=False):
        target = getattr(statement, "target", None) or getattr(statement, "targets", [None])[0]
        text = getattr(getattr(following, "value", None), "value", None)
        if isinstance(target, ast.Name) and isinstance(following, ast.Expr) and text:
            docs[target.id] = " ".join(str(text).split())
    return docs


def _models(annotation: Any) -> list[type[BaseModel]]:
    """The models in a type such as ``tuple[Allow, ...]`` or ``Hole | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for part in get_args(annotation) for found in _models(part)]


def _value(field: FieldInfo, known: dict[type[BaseModel], str]) -> str:
    """What may be written, within which limits, and what holds if nothing is."""
    form = _form(field.annotation, field.metadata, known)
    limits = _limits(field.metadata)
    default = field.get_default()
    if isinstance(default, Enum):
        default = default.value
    usual = ""
    if isinstance(default, tuple):
        default = f"[{', '.join(map(str, default))}]" if default else None
    if default not in (None, PydanticUndefined, {}) and not isinstance(default, BaseModel):
        usual = f"`{str(default).lower() if isinstance(default, bool) else default}` if left out"
    return "; ".join(part for part in (f"{form}{limits}", usual) if part)


def _form(annotation: Any, metadata: Iterable[Any], known: dict[type[BaseModel], str]) -> str:
    readers = [getattr(one, "func", None) for one in metadata]
    read_by = next((one for one in readers if one), None)
    if read_by:
        return FORMS.get(read_by.__name__) or _first_paragraph(read_by).rstrip(".")
    origin, parts = get_origin(annotation), get_args(annotation)
    if hasattr(annotation, "__metadata__"):
        return _form(parts[0], annotation.__metadata__, known) + _limits(annotation.__metadata__)
    if origin in (Union, UnionType):
        return _form(next(one for one in parts if one is not type(None)), (), known)
    if origin is tuple:
        return f"list: {_form(parts[0], (), known)}"
    if origin is dict:
        return f"lists by {_form(parts[0], (), known)}"
    if origin is Literal:
        return f"`{parts[0]}`"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"see `{known[annotation]}`"
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return _choices(annotation)
    return {bool: "`true` or `false`", int: "whole number", float: "number"}.get(annotation, "text")


def _choices(kind: type[Enum]) -> str:
    docs = attribute_docs(kind)
    return ", ".join(
        f"`{one.value}`" + (f" ({docs[one.name].rstrip('.')})" if one.name in docs else "")
        for one in kind
    )


def _limits(metadata: Iterable[Any]) -> str:
    names = ("ge", "gt", "le", "min_length", "max_length")
    parts = [one for held in metadata for one in (*getattr(held, "metadata", ()), held)]
    limits = {
        name: value
        for one in parts
        for name in names
        if (value := getattr(one, name, None)) is not None
    }
    if "le" in limits:
        lowest = limits.get("ge", limits.get("gt"))
        return f", {'over ' if 'gt' in limits else ''}{lowest} to {limits['le']}"
    if limits.get("min_length") and limits.get("max_length"):
        return f", {limits['min_length']} to {limits['max_length']}"
    if "max_length" in limits:
        return f", at most {limits['max_length']}"
    return f", at least {limits['min_length']}" if "min_length" in limits else ""


def _first_paragraph(documented: object) -> str:
    return " ".join((inspect.getdoc(documented) or "").split("\n\n")[0].split()).replace("``", "`")


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}"


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


if __name__ == "__main__":
    for name, text in reference().items():
        (HANDBOOK / name).write_text(text, "utf-8")
