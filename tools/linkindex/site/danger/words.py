"""The words of the frames: groups and their members, spellings, and frames written out in full."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from linkindex.site.danger.verbs import forms_of

FILE = Path(__file__).with_name("words.yaml")
SIGNS = Path(__file__).with_name("signs.yaml")

_GROUP = re.compile(r"[A-Z][A-Z-]*")
_PLURAL = "(s)"
_VERB = "~"


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
    learning: tuple[str, ...]
    past: tuple[str, ...]
    present: tuple[str, ...]
    notMeant: tuple[str, ...]


@functools.cache
def _words() -> Words:
    return Words.model_validate(yaml.safe_load(FILE.read_text("utf-8")))


@functools.cache
def _irregular() -> dict[str, tuple[str, ...]]:
    return {verb: tuple(forms.split()) for verb, forms in _words().irregular.items()}


def danger_words() -> dict[str, Any]:
    words = _words()
    signs = Signs.model_validate(yaml.safe_load(SIGNS.read_text("utf-8")))
    return {
        "groups": {name: written_out(written) for name, written in words.groups.items()},
        "spellings": {k: v for k, v in words.spellings.items()},
        "alone": " ".join(words.alone.split()),
        "signs": {
            name: [written_out(frame) for frame in frames]
            for name, frames in signs.model_dump().items()
        },
    }


def written_out(frame: str) -> str:
    """A frame, or the words of a group, with endings in place of ``~`` and ``(s)``.

    ``kick~`` becomes ``kick||s|ing|ed``: what all its forms begin with, and how they end.
    """
    return re.sub(r"([a-z]+)(~|\(s\))", lambda found: _with_endings(*found.groups()), frame)


def _with_endings(word: str, mark: str) -> str:
    forms = forms_of(word, _irregular()) if mark == "~" else (word, f"{word}s")
    stem = os.path.commonprefix(forms)
    return "|".join((stem, *(form.removeprefix(stem) for form in forms)))
