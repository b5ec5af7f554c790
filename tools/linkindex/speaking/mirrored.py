"""Style sheets for languages that run from right to left: the same, with left and right exchanged.

The sheets are written once, for languages that run from left to right. A sheet that says what it
means for each direction itself (``[dir=rtl]``) stays as it is.
"""

from __future__ import annotations

import re

from linkindex.speaking.language import direction

_DECLARATION = re.compile(
    r"(?<=[{;\s])(?P<name>[a-z-]+)(?P<colon>\s*:\s*)(?P<value>[^;{}]+)(?=[;}])"
)
_SIDE = re.compile(r"(?<![a-z])(left|right)(?![a-z])")
_OTHER = {"left": "right", "right": "left"}
_VALUE = re.compile(r"(?:\((?:[^()]|\([^()]*\))*\)|\S)+")
_BY_SIDE = ("margin", "padding", "inset", "border-width", "border-style", "border-color")
_SAYS_BOTH = "[dir="


def spoken_style(sheet: str) -> str:
    """A style sheet for the language that is spoken."""
    return mirrored(sheet) if direction() == "rtl" and _SAYS_BOTH not in sheet else sheet


def mirrored(sheet: str) -> str:
    """A style sheet with left and right exchanged."""
    return _DECLARATION.sub(_exchanged, sheet)


def _exchanged(declaration: re.Match[str]) -> str:
    name, value = _sides(declaration["name"]), declaration["value"]
    parts = _VALUE.findall(value)
    important = parts[-1:] if parts[-1:] == ["!important"] else []
    parts = parts[: len(parts) - len(important)]
    if name in _BY_SIDE and len(parts) == 4:
        top, right, bottom, left = parts
        value = " ".join([top, left, bottom, right, *important])
    elif name == "border-radius" and len(parts) == 4:
        value = " ".join([parts[1], parts[0], parts[3], parts[2], *important])
    elif "url(" not in value:
        value = _sides(value)
    return f"{name}{declaration['colon']}{value}"


def _sides(text: str) -> str:
    return _SIDE.sub(lambda side: _OTHER[side[1]], text)
