"""Texts of another index in the languages of this one. Pure.

A text that is not given in several languages is in the plain language of the index that wrote it,
which may be another than here: then it is written as what it is, ``{en: Sleep}``. Languages that
this index is not in are left out, where a text is given in one that it is in.
"""

from __future__ import annotations

from linkindex.catalogue.languages import Languages
from linkindex.catalogue.problems import Place
from linkindex.catalogue.yaml.shape import FILE, Shape
from linkindex.catalogue.yaml.source import YamlList, YamlMap


def speak(root: YamlMap, plain: str, ours: Languages) -> None:
    """Change the tree of a shared file to be read with that of an index.

    :param plain: the language of its texts that are not given in several.
    :param ours: the languages of the index.
    """
    for key, shape in FILE.entries.items():
        _entries(root.get(key), shape, plain, ours)


def _entries(entries: object, shape: Shape, plain: str, ours: Languages) -> None:
    if not isinstance(entries, YamlList):
        return
    for position, (item, place) in enumerate(zip(entries, entries.item_places, strict=True)):
        if isinstance(item, YamlMap) and (not shape.or_text or set(item) & set(shape.keys)):
            _part(item, shape, plain, ours)
        elif shape.or_text:
            entries[position] = _spoken(item, place, plain, ours)


def _part(value: YamlMap, shape: Shape, plain: str, ours: Languages) -> None:
    for key in shape.texts:
        if key in value and key not in shape.entries:
            value[key] = _spoken(value[key], value.key_places[key], plain, ours)
    for key in shape.names:
        if isinstance(value.get(key), YamlMap):
            value[key] = _spoken(value[key], value.key_places[key], ours.plain, ours)
    for key, below in shape.parts.items():
        part = value.get(key)
        if isinstance(part, YamlMap) and set(part) & set(below.keys):
            _part(part, below, plain, ours)
    for key, below in shape.entries.items():
        _entries(value.get(key), below, plain, ours)


def _spoken(value: object, place: Place, plain: str, ours: Languages) -> object:
    if isinstance(value, YamlList):
        for position, (item, at) in enumerate(zip(value, value.item_places, strict=True)):
            value[position] = _spoken(item, at, plain, ours)
        return value
    if isinstance(value, YamlMap):
        if set(value) & set(ours.shown):
            for tag in [tag for tag in value if tag not in ours.shown]:
                del value[tag], value.key_places[tag]
        return value
    if not isinstance(value, str) or plain == ours.plain:
        return value
    given = YamlMap(place)
    given[plain] = value
    given.key_places[plain] = place
    return given
