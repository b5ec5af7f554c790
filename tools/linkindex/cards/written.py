"""Small files of ``key: value`` lines, and such files that name only what differs from another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from linkindex.cards.errors import CardError
from linkindex.catalogue.problems import Fault, Location, quoted
from linkindex.catalogue.yaml.source import YamlMap, read_yaml

Keys = tuple[int | str, ...]
"""The way from the top of a file to a value: ``("card", "margin")``."""


@dataclass(frozen=True)
class Written:
    """What a file says, and what it is called in messages."""

    file: str
    root: YamlMap

    def place_of(self, keys: Keys) -> Location:
        """The line of the innermost of these keys that is written here."""
        steps = list(self._steps(keys))
        return Location(self.file, steps[-1][0] if steps else self.root.place.line)

    def depth_of(self, keys: Keys) -> int:
        """How many of these keys, from the outside in, are written here."""
        return len(list(self._steps(keys)))

    def decides(self, keys: Keys) -> bool:
        """Whether nothing that this file extends has a word in a value.

        It is written here, or something that holds it is emptied here.
        """
        steps = list(self._steps(keys))
        return len(steps) == len(keys) or bool(steps and not isinstance(steps[-1][1], YamlMap))

    def _steps(self, keys: Keys) -> Iterator[tuple[int, object]]:
        """The line of each key that is written here, and what it holds."""
        value: object = self.root
        for key in keys:
            if not isinstance(value, YamlMap) or key not in value.key_places:
                return
            line, value = value.key_places[str(key)].line, value[str(key)]
            yield line, value


def read_map(data: bytes, file: str, instead: str) -> Written:
    """The ``key: value`` lines of a small file.

    :param instead: what to write where there are none, for the message.
    :raises CardError: when the file is not one, with the line.
    """
    source = read_yaml(data, file)
    if source.problems:
        raise CardError(
            *(
                Fault(Location(at.file, at.line, at.column), at.what, at.remedy)
                for at in source.problems
            )
        )
    if not isinstance(source.root, YamlMap):
        raise CardError(Fault(Location(file, 1), "the file holds no `key: value` lines", instead))
    return Written(file, source.root)


def over(base: Mapping[str, object], own: Mapping[str, object]) -> dict[str, object]:
    """What a file says once it has been laid over another, key by key and part by part.

    An empty value takes away what the other has.
    """
    return {**base, **{key: _over(base.get(key), value) for key, value in own.items()}}


def _over(base: object, own: object) -> object:
    return over(base, own) if isinstance(base, dict) and isinstance(own, dict) else own


def place_in(chain: Sequence[Written], keys: Keys) -> Location:
    """The line that decides a value, or where it should be.

    :param chain: a file, then that which it extends, and so on.
    """
    deciding = chain[0]
    for written in chain:
        if written.depth_of(keys) > deciding.depth_of(keys):
            deciding = written
        if written.decides(keys):
            break
    return deciding.place_of(keys)


def faults_of(error: ValidationError, chain: Sequence[Written], model: str) -> Iterator[Fault]:
    """Every key that is wrong.

    :param model: what to compare the file with.
    """
    for detail in error.errors(include_url=False):
        key = quoted(".".join(map(str, detail["loc"])))
        yield Fault(
            place_in(chain, detail["loc"]), *_what_and_remedy(key, detail["type"], detail, model)
        )


def _what_and_remedy(key: str, sort: str, detail: Mapping[str, Any], model: str) -> tuple[str, str]:
    if sort == "extra_forbidden":
        return f"unknown key {key}", f"remove it, or compare it with {model}"
    if sort == "missing":
        return f"there is no {key}", f"add it, as in {model}"
    if sort in ("model_type", "model_attributes_type"):
        return f"{key} has no parts", f"write them in one line with braces, as in {model}"
    message = str(detail["msg"])
    what = f"{key} is wrong ({message[0].lower()}{message[1:]})"
    if sort in ("enum", "bool_parsing", "string_type"):
        return what, f"compare it with {model}"
    return what, f"write {_NUMBERS.get(str(detail['loc'][-1]), 'a number of millimetres')}"


_NUMBERS = {
    **dict.fromkeys(("columns", "rows"), "a whole number from 1 to 20"),
    **dict.fromkeys(("wished", "floor", "least", "address", "title", "text"), "a number of points"),
    "scale": "a number such as 1.2",
}
"""What belongs to keys that are no lengths."""
