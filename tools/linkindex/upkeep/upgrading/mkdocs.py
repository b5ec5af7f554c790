"""Settings of MkDocs that were inherited from a copy of the program in the folder. Pure."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

import yaml
from ruamel.yaml import YAML

from linkindex.places import shipped_file

_INHERIT = "INHERIT"
_OF_THE_PROGRAM = "tools/linkindex/site/mkdocs.yml"
_HEAD = (
    "# What every index shares is in the file named here; name, address and navigation of this one",
    "# come from resources.yaml. Add settings of MkDocs or Material below.",
    "# come from resources.yaml. Add settings of MkDocs below.",
)
"""What the program wrote above the settings, and is true no longer."""


def without_the_program(text: str, *, has_frame: bool) -> str | None:
    """The settings without a file of the program that is not there any more.

    :param has_frame: whether the folder still has files in ``overrides/``.
    :return: the text, empty where the program does all that it says by itself; nothing where the
        settings stand on no copy of the program, or cannot be read.
    """
    try:
        top = yaml.compose(text)
    except yaml.YAMLError:
        return None
    if not isinstance(top, yaml.MappingNode) or _scalar(top, _INHERIT) != _OF_THE_PROGRAM:
        return None
    said = _without(text, _going_without_saying(top, frame_too=True))
    if all(line.lstrip().startswith("#") for line in said):
        return ""
    kept = _without(text, _going_without_saying(top, frame_too=not has_frame))
    return _completed("\n".join(kept) + "\n")


def _without(text: str, gone: Iterable[_Lines]) -> list[str]:
    lines = text.splitlines()
    for node in gone:
        for number in range(node.first, node.last):
            lines[number] = ""
    return [line for line in lines if line.strip() and line not in _HEAD]


class _Lines:
    """The lines of a key with its value, from 0; the second is the one after the last."""

    def __init__(self, key: yaml.Node, value: yaml.Node) -> None:
        self.first = key.start_mark.line
        # The end of a block is where the next thing begins, with the remarks in between.
        below = [value]
        while isinstance(below[-1], (yaml.MappingNode, yaml.SequenceNode)) and below[-1].value:
            last = below[-1].value[-1]
            below.append(last[1] if isinstance(last, tuple) else last)
        self.last = below[-1].start_mark.line + 1


def _going_without_saying(top: yaml.MappingNode, *, frame_too: bool) -> Iterator[_Lines]:
    """What the settings of the first version held and need not any more.

    :param frame_too: whether that is so of the folder ``overrides/``.
    """
    for key, value in top.value:
        name = key.value
        plain = yaml.SafeLoader("").construct_object(value, deep=True) if _is_plain(value) else None
        if (
            name == _INHERIT
            or (name == "docs_dir" and plain == "docs")
            or (name == "watch" and plain == ["resources.yaml"])
            or (name == "theme" and frame_too and plain == {"custom_dir": "overrides"})
            or (name == "plugins" and isinstance(plain, list) and not _others(plain))
        ):
            yield _Lines(key, value)


def _others(plugins: list[Any]) -> list[Any]:
    """Plugins without those that the program brings, and the search that it needs no more."""
    named = [next(iter(one)) if isinstance(one, dict) else one for one in plugins]
    return [one for one in named if one != "search"]


def _is_plain(value: yaml.Node) -> bool:
    """Whether a value is made of nothing but text, lists and maps."""
    if isinstance(value, yaml.ScalarNode):
        return value.tag.startswith("tag:yaml.org,2002:") and "python" not in value.tag
    parts = [part for pair in value.value for part in (pair if isinstance(pair, tuple) else [pair])]
    return all(map(_is_plain, parts))


def _scalar(top: yaml.MappingNode, key: str) -> object:
    return next((value.value for name, value in top.value if name.value == key), None)


def _completed(text: str) -> str:
    """The settings with those that every index shares, where they do not say otherwise."""
    ruamel = YAML()
    ruamel.preserve_quotes = True
    ruamel.width = 4096
    ruamel.indent(mapping=2, sequence=4, offset=2)
    own = ruamel.load(text)
    shared = yaml.safe_load(shipped_file("site/mkdocs.yml").read_text("utf-8"))
    _complete(own, shared)
    out = io.StringIO()
    ruamel.dump(own, out)
    return out.getvalue()


def _complete(own: Any, shared: Any, *, is_top: bool = True) -> None:
    place = 0
    for key, value in shared.items():
        if key not in own and is_top:
            own[key] = value
        elif key not in own:
            # Before the others: a remark below them belongs to what comes after.
            own.insert(place, key, value)
            place += 1
        elif isinstance(own[key], dict) and isinstance(value, dict):
            _complete(own[key], value, is_top=False)
        elif key == "plugins" and isinstance(own[key], list):
            known = {next(iter(one)) if isinstance(one, dict) else one for one in own[key]}
            own[key].extend(one for one in value if one not in known)
