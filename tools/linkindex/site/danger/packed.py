"""The words, frames, weights and net of danger, packed as ``search/unpack.js`` unpacks them."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from linkindex.site.compiled import made_once
from linkindex.site.danger.concerns import concerns
from linkindex.site.danger.net import net
from linkindex.site.danger.words import NO_WEIGHT, danger_words
from linkindex.site.packing import Packed
from linkindex.site.spelling import spelt

_FAR = "..."
_BETWEEN = re.compile(r"[ -]")
_NAMES = re.compile(r"[^ .-]+")
_END_OF_FRAME, _END_OF_LIST = ";", "|"


def danger_forms() -> tuple[str, ...]:
    """All forms of the words of danger, which the index of the search does not spell again."""
    return made_once().value("forms of words of danger", _danger_forms)


def _danger_forms() -> tuple[str, ...]:
    forms = ([_stem(atom) + end for end in _endings(atom)[1:].split("|")] for atom in _atoms())
    return tuple(dict.fromkeys(form for of_atom in forms for form in of_atom))


def packed_danger() -> Mapping[str, Any]:
    """The words and frames of danger as the browser is told them. No index changes them."""
    return made_once().value("words and frames of danger", _packed_danger)


def _packed_danger() -> dict[str, Any]:
    """What the browser makes ``danger_words()`` and the frames of all concerns of.

    ``packed`` holds, in this order: how many atoms (a stem with its endings) each stem has, and how
    each of them ends; the sets of atoms and groups that are parts of frames, groups, misspellings,
    what is meant by these, and the words alone; the order of what is meant; the weights; the net.
    """
    known = danger_words()
    number = {name: at for at, name in enumerate((*_atoms(), *known["groups"]))}
    parts = [piece.split("/") for frames in _frames() for piece in _pieces(frames)]
    meant = [written.split() for written in known["spellings"].values()]
    groups = [members.split() for members in known["groups"].values()]
    alone = known["alone"].split()
    named = [*parts, *groups, *([typed] for typed in known["spellings"]), *meant, alone]
    ends = Counter(_endings(atom) for atom in _atoms())
    endings = sorted(ends, key=lambda end: (-ends[end], end))
    of_stem = Counter(map(_stem, _atoms()))  # in the order of the alphabet, as atoms are

    packed = Packed()
    packed.coded(list(of_stem.values()))
    packed.coded([endings.index(_endings(atom)) for atom in _atoms()])
    packed.sets(
        [{number[name] for name in names} for names in named], [0] * len(named), len(number)
    )
    packed.orders([[number[word] for word in words] for words in meant])
    _write_weights(packed, known["weights"])
    net().write(packed)
    return {
        "packed": packed.text(),
        "stems": spelt(of_stem),
        "endings": endings,
        "groups": list(known["groups"]),
        "signs": list(known["signs"]),
        "frames": "".join(_shape(frames) for frames in _frames()),
        "spellings": len(meant),
    }


@functools.cache
def _atoms() -> tuple[str, ...]:
    """All words of frames, groups and misspellings, with their endings, stem by stem."""
    known = danger_words()
    spellings = known["spellings"]
    texts = (*known["groups"].values(), *spellings, *spellings.values(), known["alone"])
    found = {name for text in texts for name in text.split()}
    found |= {
        name for frames in _frames() for piece in _pieces(frames) for name in piece.split("/")
    }
    return tuple(sorted(found - {*known["groups"]}, key=lambda atom: (_stem(atom), atom)))


def _frames() -> Iterator[Sequence[str]]:
    """The lists of frames, as the browser is told them: those of each concern, and the signs."""
    for concern in concerns():
        yield from concern.frames().values()
    yield from danger_words()["signs"].values()


def _pieces(frames: Sequence[str]) -> Iterator[str]:
    """The parts of frames: what may stand in one place."""
    for frame in frames:
        yield from (piece for piece in _BETWEEN.split(frame) if piece != _FAR)


def _shape(frames: Sequence[str]) -> str:
    """Frames without their parts: what stands between these, and ``.`` for what may be far."""
    whole = "".join(_NAMES.sub("", frame.replace(_FAR, ".")) + _END_OF_FRAME for frame in frames)
    return whole.replace(" . ", ".") + _END_OF_LIST


def _stem(atom: str) -> str:
    return atom.split("|", 1)[0]


def _endings(atom: str) -> str:
    return atom.removeprefix(_stem(atom))


def _write_weights(packed: Packed, weights: str) -> None:
    """The places that weigh something, and how much."""
    told = {at: ord(letter) - ord("a") for at, letter in enumerate(weights) if letter != NO_WEIGHT}
    packed.spread(told, len(weights))
