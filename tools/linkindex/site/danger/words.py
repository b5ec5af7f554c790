"""The words of the frames: groups, spellings and signs, as the browser compares them."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from linkindex.site.danger.verbs import forms_of
from linkindex.tables import table_of

WORDS = Path(__file__).with_name("words.yaml")
SIGNS = Path(__file__).with_name("signs.yaml")
WEIGHTS = Path(__file__).with_name("weights.yaml")

NO_WEIGHT = "h"
"""The letter of a place that weighs nothing; those before it weigh less."""

_VERB = "~"
_WITH_FORMS = re.compile(r"([a-z]+)(~|\(s\))")


class Words(BaseModel):
    """See ``words.yaml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    groups: dict[str, str]
    spellings: dict[str, str]
    irregular: dict[str, str]
    alone: str


class Signs(BaseModel):
    """See ``signs.yaml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    everyday: tuple[str, ...]
    serious: tuple[str, ...]
    learning: tuple[str, ...]
    past: tuple[str, ...]
    present: tuple[str, ...]
    not_meant: tuple[str, ...]


@functools.cache
def words() -> Words:
    """What is known of words, as it is written."""
    return Words.model_validate(table_of(WORDS.read_text("utf-8")))


@functools.cache
def signs() -> Signs:
    """What tells danger from other matters, as it is written."""
    return Signs.model_validate(table_of(SIGNS.read_text("utf-8")))


@functools.cache
def weights() -> str:
    """What each mark of a question weighs for danger, a letter a place: see ``weights.yaml``."""
    read: dict[str, str] = table_of(WEIGHTS.read_text("utf-8"))
    return read["weights"].replace(" ", "")


@functools.cache
def danger_words() -> Mapping[str, Any]:
    """For the browser: ``groups``, ``spellings``, ``alone``, ``signs`` and ``weights``."""
    known = words()
    return {
        "groups": {name: written_out(members) for name, members in known.groups.items()},
        "spellings": known.spellings,
        "alone": known.alone,
        "weights": weights(),
        "signs": {
            name: [written_out(frame) for frame in frames]
            for name, frames in signs().model_dump().items()
        },
    }


def written_out(text: str) -> str:
    """A frame, or the words of a group, with endings in place of ``~`` and ``(s)``.

    ``kick~`` becomes ``kick||s|ing|ed``: what all its forms begin with, and how each ends.
    """
    return _WITH_FORMS.sub(lambda found: _with_endings(*found.groups()), text)


def _with_endings(word: str, mark: str) -> str:
    forms = forms_of(word, _irregular()) if mark == _VERB else (word, f"{word}s")
    same = takewhile(lambda letters: len(set(letters)) == 1, zip(*forms, strict=False))
    stem = "".join(letters[0] for letters in same)
    return "|".join((stem, *(form.removeprefix(stem) for form in forms)))


@functools.cache
def _irregular() -> dict[str, tuple[str, ...]]:
    return {verb: tuple(forms.split()) for verb, forms in words().irregular.items()}
