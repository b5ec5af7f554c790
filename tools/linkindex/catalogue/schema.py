"""The keys of an index as JSON Schema, by which editors complete and explain what is typed.

Editors that read YAML find it by the first line of a file (``# yaml-language-server: $schema=...``,
https://github.com/redhat-developer/yaml-language-server). It is made of the models, so that it
cannot say anything else; what holds between entries it does not know: the check does.
"""

from __future__ import annotations

import ast
import functools
import inspect
import itertools
import json
import sys
from typing import Any

from linkindex.catalogue import model, upstream
from linkindex.catalogue.drafts import UNPLACED
from linkindex.catalogue.model import WAYS_TO_A_LINK
from linkindex.catalogue.parts import FOLDER
from linkindex.catalogue.yaml.shape import FILE

DIALECT = "http://json-schema.org/draft-07/schema#"
"""What editors understand best."""

SCHEMA_FOLDER = "schema"
OF_AN_INDEX = f"{SCHEMA_FOLDER}/resources.schema.json"
OF_A_TOPIC = f"{SCHEMA_FOLDER}/topic.schema.json"

LINE_OF_AN_INDEX = f"# yaml-language-server: $schema={OF_AN_INDEX}"
"""The line that names the schema, for the beginning of ``resources.yaml``."""
LINE_OF_A_TOPIC = f"# yaml-language-server: $schema=../{OF_A_TOPIC}"
"""The same for the files of ``topics/``."""

_LISTS: dict[str, type[model.Piece]] = {
    "extends": upstream.Upstream,
    "groups": model.Group,
    "urgent_help": model.UrgentHelp,
    "glossary": model.Term,
    "decks": model.DeckPlan,
}
_SCALAR = ["string", "number", "boolean"]
"""A text without quotes may be a number to other programs."""


@functools.cache
def schema_files() -> dict[str, bytes]:
    """The schemas of an index and of the file of one topic, by their paths beside the index."""
    return {
        OF_AN_INDEX: _written(index_schema()),
        OF_A_TOPIC: _written(topic_schema()),
    }


@functools.cache
def index_schema() -> dict[str, Any]:
    """What ``resources.yaml`` may hold."""
    defs: dict[str, Any] = {}
    listed = {"type": "string", "pattern": f"^{FOLDER}/.+\\.yaml$"}
    properties: dict[str, Any] = {"index": _of(model.Settings, defs)}
    properties |= {key: _array(_of(kind, defs)) for key, kind in _LISTS.items()}
    properties["categories"] = _array({"anyOf": [_of(model.Category, defs), listed]})
    properties[UNPLACED] = _array({"type": "object"})
    return {
        "$schema": DIALECT,
        "title": "An index of links",
        "type": "object",
        "additionalProperties": False,
        "properties": {key: properties[key] for key in FILE.keys},
        "if": {"required": ["extends"]},
        "then": {"required": ["index"]},
        "else": {"required": sorted(FILE.required)},
        "definitions": defs,
    }


@functools.cache
def topic_schema() -> dict[str, Any]:
    """What a file of ``topics/`` may hold."""
    defs: dict[str, Any] = {}
    _of(model.Category, defs)
    topic = defs.pop("Category")
    return {"$schema": DIALECT, "title": "A topic of links", **topic, "definitions": defs}


def _written(schema: dict[str, Any]) -> bytes:
    return (json.dumps(schema, indent=1, ensure_ascii=False) + "\n").encode()


def _array(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": ["array", "null"], "items": items}


def _of(kind: type[model.Piece], defs: dict[str, Any]) -> dict[str, Any]:
    """A reference to the schema of a piece, which is put among the definitions."""
    whole = kind.model_json_schema(by_alias=True, ref_template="#/definitions/{model}")
    parts = {**whole.pop("$defs", {}), kind.__name__: whole}
    for name, part in parts.items():
        defs.setdefault(name, _finished(name, part))
    return {"$ref": f"#/definitions/{kind.__name__}"}


def _finished(name: str, part: dict[str, Any]) -> dict[str, Any]:
    piece = getattr(model, name, None) or getattr(upstream, name, None)
    notes = _notes(piece) if isinstance(piece, type) and issubclass(piece, model.Piece) else {}
    finished: dict[str, Any] = _plain(part)
    if isinstance(piece, type) and issubclass(piece, model.Piece):
        _in_each_language(finished.get("properties", {}), piece)
    for key, description in notes.items():
        if key in finished.get("properties", {}):
            finished["properties"][key]["description"] = description
    if name == "Resource":
        finished = _link(finished)
    if name == "Category":
        needed = [key for key in finished.pop("required") if key != "resources"]
        is_taken = {"required": ["from"]}
        finished |= {"if": is_taken, "then": {"required": ["id"]}, "else": {"required": needed}}
    if name == "Upstream":
        listed = finished["properties"]["topics"]
        described = {"description": listed.pop("description")}
        finished["properties"]["topics"] = {
            "anyOf": [{"const": upstream.EVERY_TOPIC}, listed],
            **described,
        }
    if name in ("Phone", "Caution", "Hidden"):
        finished = {"anyOf": [{"type": ["string", "number"]}, finished]}
    if name == "Caution":
        finished["anyOf"].append(_by_language({"type": ["string", "number"]}))
    return finished


_TAGS = "^[a-z]{2,3}$"


def _in_each_language(properties: dict[str, Any], piece: type[model.Piece]) -> None:
    """Let texts be given alone or, below the tags of languages, in each."""
    for key in (*piece.TEXTS, *piece.NAMES):
        if key not in properties:
            continue
        alone = properties[key]
        if alone.get("type") == "array":
            item = alone["items"]
            alone = {**alone, "items": {"anyOf": [item, _by_language(item)]}}
        properties[key] = {"anyOf": [alone, _by_language(properties[key])]}


def _by_language(text: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": _TAGS},
        "additionalProperties": text,
    }


def _link(schema: dict[str, Any]) -> dict[str, Any]:
    """A link has what it needs, and one way to it, unless it is a draft."""
    needed = schema.pop("required")
    several = schema["properties"]["language"]
    about = {key: several.pop(key) for key in ("description", "default") if key in several}
    schema["properties"]["language"] = {"anyOf": [several["items"], several], **about}
    is_draft = {"properties": {"draft": {"const": True}}, "required": ["draft"]}
    ways = [{"required": [way]} for way in WAYS_TO_A_LINK]
    return {**schema, "if": is_draft, "else": {"required": needed, "anyOf": ways}}


def _plain(part: Any) -> Any:
    """A schema of pydantic without what says nothing to an editor."""
    if isinstance(part, list):
        return [_plain(each) for each in part]
    if not isinstance(part, dict):
        return part
    kept = {
        key: _plain(value)
        for key, value in part.items()
        if not (key == "title" and isinstance(value, str))
        and not (key == "default" and value in (None, [], {}))
        and not (key == "description" and "properties" in part)
    }
    if kept.get("type") == "string" and not {"enum", "format", "const"} & kept.keys():
        kept["type"] = _SCALAR
    return kept


def _notes(kind: type[model.Piece]) -> dict[str, str]:
    """What is said of each field below it, by the name of its key."""
    notes = {}
    for field, note in itertools.pairwise(_classes(kind.__module__)[kind.__name__].body):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(note, ast.Expr)
            and isinstance(note.value, ast.Constant)
            and field.target.id in kind.model_fields
        ):
            key = kind.model_fields[field.target.id].alias or field.target.id
            notes[key] = inspect.cleandoc(str(note.value.value)).replace("\n", " ")
    return notes


@functools.cache
def _classes(module: str) -> dict[str, ast.ClassDef]:
    """The classes of a module as they are written; it is parsed once for all of them."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
