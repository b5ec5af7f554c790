"""Languages for tests: English that shows where it was not taken from a catalogue, and what is cut.

Each message stands between marks, so what stands outside of them was not looked up. It is longer by
two fifths, as German or Welsh may be, or runs from right to left.
"""

from __future__ import annotations

import functools
import re

BEGINS, ENDS = "«", "»"

LENGTHENED = 0.4
"""By how much, of the letters of a message."""

_MIRRORED = "ar-XB"
_AS_IT_IS = re.compile(r"(%\(\w+\)s|%%|\{\w*\}|<[^>]*>|&#?\w+;)")
_WORD = re.compile(r"\w+")
_LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "åbçđéfĝĥîĵķļmñöþqŕšţûvŵxýžÅBÇĐÉFĜĤÎĴĶĻMÑÖÞQŔŠŢÛVŴXÝŽ",
)
_RIGHT_TO_LEFT, _END = "\u202e", "\u202c"
_MARK = "\u200f"


@functools.cache
def pseudo_text(message: str, language: str) -> str:
    """A message in one of the pseudo languages; placeholders and tags stay as they are.

    :param language: ``en-XA`` or ``ar-XB``.
    """
    change = _mirrored if language == _MIRRORED else _accented
    parts = _AS_IT_IS.split(message)
    parts[::2] = map(change, parts[::2])
    longer = "" if language == _MIRRORED else _more(message)
    return f"{BEGINS}{''.join(parts)}{longer}{ENDS}"


def _accented(text: str) -> str:
    return text.translate(_LETTERS)


def _mirrored(text: str) -> str:
    return _WORD.sub(lambda word: f"{_MARK}{_RIGHT_TO_LEFT}{word[0]}{_END}{_MARK}", text)


def _more(message: str) -> str:
    """Words without meaning, of the lengths that words have."""
    room = round(LENGTHENED * len(_AS_IT_IS.sub("", message)))
    words: list[str] = []
    lengths = (3, 6, 4, 8, 5)
    while room > 1:
        length = min(room - 1, lengths[len(words) % len(lengths)])
        words.append("ø" * max(length, 1))
        room -= length + 1
    return "".join(f" {word}" for word in words)
