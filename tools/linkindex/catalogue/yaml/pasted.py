"""Signs that come along when a text is pasted from Word or a web page, and mean nothing to YAML."""

from __future__ import annotations

import re

CURLY = "“”„‟‘’‚‛"
"""Quotation marks as Word types them: to YAML they are letters like any other."""

_DOUBLE = "“”„‟"
_CLOSES_DOUBLE = '”“‟"'
_CLOSES_SINGLE = "’‛'"

IN_CURLY_MARKS = (
    "this text is in curly quotation marks, as Word types them, where YAML has straight ones",
    'type straight ones (`"`), and leave the curly ones inside them if readers should see those',
)
"""What is wrong, and what to do."""

ENDS_CURLY = (
    "this text begins with a straight quotation mark and ends with a curly one, as Word types it",
    "type a straight one at its end",
)

STRANGE = "[^\\S \t\r\n]|[\u00ad\u200b-\u200f\u2060\ufeff]"
"""A pattern of spaces other than the one of the keyboard, and of signs that are not seen at all."""

_ENDS = re.compile(f"^(?:{STRANGE})+|(?<!{STRANGE})(?:{STRANGE})++$")
_STRANGE = re.compile(STRANGE)


def trimmed(text: str) -> str:
    """The text without strange spaces at its ends, where nobody can have meant them."""
    return _ENDS.sub("", text)


def strange_sign(text: str) -> str | None:
    """What the first strange space or unseen sign of a text is called, if it holds one."""
    strange = _STRANGE.search(text)
    return called(strange[0]) if strange else None


def called(sign: str) -> str:
    """What a strange space is called in a sentence."""
    if sign == "\u00a0":
        return "a non-breaking space"
    kind = "a strange space" if sign.isspace() else "an invisible sign"
    return f"{kind} (U+{ord(sign):04X})"


def in_curly_marks(text: str) -> bool:
    """Whether curly marks stand where an editor meant those of YAML: around the whole text.

    ``“Good enough” parenting`` and ``’90s`` only begin with one.
    """
    if text[0] not in CURLY:
        return False
    rest = text[1:]
    if text[0] in _DOUBLE:
        closing = [place for place, sign in enumerate(rest) if sign in _CLOSES_DOUBLE]
        return closing in ([], [len(rest) - 1])
    return rest[-1:] != "" and rest[-1] in _CLOSES_SINGLE and "‘" not in rest


def is_unopened(text: str) -> bool:
    """Whether the straight mark at the end of a text without any has lost its fellow."""
    return len(text) > 1 and text.count('"') % 2 == 1 and text[0] not in CURLY


def without_marks(text: str) -> str:
    """The text without the curly marks around it."""
    inner = text[1:]
    return inner[:-1] if inner[-1:] in tuple(f"{_CLOSES_DOUBLE}{_CLOSES_SINGLE}") else inner


_RUNS_ON = re.compile(rf"[{_DOUBLE}’‛][,\]}}]? [\w-]+:( |$)")


def runs_on_from_curly_mark(text: str) -> bool:
    """Whether a text in straight marks was meant to end at a curly one: a key stands behind it."""
    return _RUNS_ON.search(text) is not None
