"""The same page in fewer bytes. A scan page carries its style and script, and there are thousands.

What is written stays readable; names that nobody outside sees are shortened here.
"""

from __future__ import annotations

import re
import string
from collections.abc import Collection

import rjsmin

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PROPERTY = re.compile(r"--[a-z]+")
_NEEDLESS = re.compile(r" ?([{};,>~]) ?|(?<=:) | (?=!)")
"""Spaces before a colon stay, which may mean "any within"; so do those beside signs of sums."""
_RULE_END = re.compile(r"}(?!}|$)")
_DECLARED = re.compile(r"\b(?:const|let) (\w+)(?:=| of)|\((\w+)\)=>")
_DECLARATIONS = re.compile(
    r'(?<!\()\b((const|let) \w=(?:"(?:[^"\\]|\\.)*"|[^;{}"\n])*);\2 (?=\w+=)'
)
"""One that has no block of its own, and the beginning of the next; not that of a loop."""
_CHECKED = '"use strict";'
"""For whoever writes the script: what is right does the same without it."""
_LETTER = re.compile(r"\b[a-zA-Z]\b")
_QUOTED = re.compile(r'("(?:[^"\\]|\\.)*")')
_BLOCKS = r"/?(?:p|ul|ol|li|div|main|footer|header|h[1-6]|section|details|summary)\b"
_BEFORE_BLOCK = re.compile(rf" <(?={_BLOCKS})")
_BEHIND_BLOCK = re.compile(rf"(<{_BLOCKS}[^>]*>) ")
_NEEDLESS_END = re.compile(rf"</p>(?=<{_BLOCKS})|</li>(?=<li\b|</[uo]l>)")
"""An end that the next beginning, or the end of what is around, says as well (HTML, 13.1.2.4)."""


def short_style(text: str, before: str = "") -> str:
    """A style sheet without the white space of its lines, its own properties named by letters.

    :param text: one declaration, or more, a line.
    :param before: what an earlier sheet of the page begins with: the properties named there have
        the same letters here. No other sheet uses the properties of this one.
    """
    style = "".join(line.strip() for line in text.splitlines())
    names = _letters(dict.fromkeys(_PROPERTY.findall(before + style)))
    return _PROPERTY.sub(lambda name: f"--{names[name[0]]}", style)


def short_sheet(text: str) -> str:
    """A style sheet without comments and needless white space, a rule a line.

    :param text: no text in quotes in it runs over lines, or has the signs of a comment.
    """
    parts = _QUOTED.split(" ".join(_COMMENT.sub("", text).split()))
    parts[::2] = [_NEEDLESS.sub(r"\1", part).replace(";}", "}") for part in parts[::2]]
    return _RULE_END.sub("}\n", "".join(parts))


def short_script(text: str) -> str:
    """A script without comments and needless white space, its constants and such named by letters.

    :param text: a script that keeps its names to itself, and has no template literal and no
        statement that is empty.
    """
    script = str(rjsmin.jsmin(text)).replace(_CHECKED, "", 1)
    if "`" in script:
        raise ValueError("names inside a template literal cannot be told from its words")
    declared = dict.fromkeys(first or second for first, second in _DECLARED.findall(script))
    if not declared:
        return script
    names = _letters(declared, taken=set(_LETTER.findall(_QUOTED.sub("", script))))
    used = re.compile(rf"(?<![\w.$])(?:{'|'.join(names)})(?![\w$])")
    parts = _QUOTED.split(script)
    parts[::2] = [
        used.sub(lambda name: names[name[0]], part).replace(";}", "}") for part in parts[::2]
    ]
    return _joined_declarations("".join(parts))


def _joined_declarations(script: str) -> str:
    """Constants that follow each other, and the like, declared by one word."""
    joined = _DECLARATIONS.sub(r"\1,", script)
    return script if joined == script else _joined_declarations(joined)


def short_html(text: str) -> str:
    """HTML with one space wherever white space stood, and none around blocks; it shows the same.

    :param text: no paragraph in it stands in a link or another element that is no block.
    """
    close = _BEFORE_BLOCK.sub("<", " ".join(text.split()))
    # Split by what is kept: the space behind it is in no part.
    return _NEEDLESS_END.sub("", "".join(_BEHIND_BLOCK.split(close)))


def _letters(names: Collection[str], taken: Collection[str] = ()) -> dict[str, str]:
    """A letter for each name, of those that are not taken."""
    free = [letter for letter in string.ascii_letters if letter not in taken]
    if len(names) > len(free):
        raise ValueError("there are more names than letters")
    return dict(zip(names, free, strict=False))
