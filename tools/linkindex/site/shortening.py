"""The same page in fewer bytes. A scan page carries its style and script, and there are thousands.

What is written stays readable; names that nobody outside sees are shortened here.
"""

from __future__ import annotations

import re
import string
from collections.abc import Collection

import rjsmin

from linkindex.site.renaming import joined_declarations

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PROPERTY = re.compile(r"--[a-z]+")
_NEEDLESS = re.compile(r" ?([{};,>~]) ?|(?<=:) | (?=!)")
"""Spaces before a colon stay, which may mean "any within"; so do those beside signs of sums."""
_ZERO = re.compile(r"(?<![\w.])0(?=\.\d)")
_RULE_END = re.compile(r"}(?!}|$)")
_DECLARED = re.compile(r"\b(?:const|let) (\w+)(?:=|;| of)|\((\w+(?:,\w+)*)\)=>")
_ONE_TOLD = re.compile(r"(?<![\w$])\((\w)\)(?==>)")
_BOOLEAN = re.compile(r" ?(?<![\w$.])(true|false)(?![\w$:])")
_CHECKED = '"use strict";'
"""For whoever writes the script: what is right does the same without it."""
_LETTER = re.compile(r"\b[a-zA-Z]\b")
_QUOTED = re.compile(r'("(?:[^"\\]|\\.)*")')
_BLOCKS = (
    r"/?(?:p|[uo]l|li|d[lt]|dd|div|main|footer|header|nav|h[1-6]|section|article|details|summary"
    r"|dialog|form|option|t(?:able|head|body|r)|html|head|meta|link|title|body)\b"
)
_BEFORE_BLOCK = re.compile(rf" <(?={_BLOCKS})")
_BEHIND_BLOCK = re.compile(rf"(<{_BLOCKS}[^>]*>) ")
_NEEDLESS_END = re.compile(
    r"</p>(?=</?(?:p|[uo]l|li|dl|dd|div|main|footer|header|nav|h[1-6]|section|article|details"
    r"|form|table)\b)|</li>(?=<li\b|</[uo]l>)|</d[td]>(?=<d[td]\b|</d(?:l|iv)>)"
    r"|</option>(?=<option\b|</select>)"
)
"""An end that the next beginning, or the end of what is around, says as well (HTML, 13.1.2.4)."""
_AS_IT_STANDS = re.compile(
    r"(<(?:pre|style|textarea|script)\b[^>]*>(?!</script>).*?</(?:pre|style|textarea|script)>)",
    re.DOTALL,
)
_IN_XML = ' xmlns="http://www.w3.org/2000/svg"'
"""What a drawing needs only in a file of its own."""
_NEEDLESS_QUOTES = re.compile(r"""(=)"([^\s"'=<>`]+)"(?=[ >])(?=[^<>]*>)""")
"""Around a value in which nothing ends it (HTML, 13.1.2.3); what is like it in a text stays."""

_CLASSES_OF_SCAN_PAGES = (
    *("acts", "bar", "button", "code", "discreet", "leave", "logo", "note", "paper"),
    *("quiet", "screen", "skip", "start", "status", "unseen", "ways"),
)
SHORT_CLASSES = dict(zip(_CLASSES_OF_SCAN_PAGES, string.ascii_lowercase, strict=False))
"""Letters in place of the classes that only scan pages have; all others begin with ``li-``."""
_A_CLASS = rf"(?:{'|'.join(_CLASSES_OF_SCAN_PAGES)})"
_GIVEN_CLASSES = re.compile(rf'(?<= class=")(?:{_A_CLASS}(?: |(?=")))+(?=")')
_STYLED_CLASS = re.compile(rf"(?<=\.){_A_CLASS}(?![\w-])")
_CLASS_IN_A_SCRIPT = re.compile(rf'(?<="){_A_CLASS}(?=")')


def with_short_classes(template: str) -> str:
    """The text of a template with letters for the classes that only scan pages have."""
    return _GIVEN_CLASSES.sub(
        lambda given: " ".join(SHORT_CLASSES[name] for name in given[0].split()), template
    )


def with_short_classes_set(script: str) -> str:
    """The same of a script that gives classes, and that has their names in quotes for no more."""
    return _CLASS_IN_A_SCRIPT.sub(lambda name: SHORT_CLASSES[name[0]], script)


def short_style(text: str, before: str = "") -> str:
    """A style sheet of scan pages without the white space of its lines, with letters for names.

    :param text: one declaration, or more, a line.
    :param before: what an earlier sheet of the page begins with: the properties named there have
        the same letters here. No other sheet uses the properties of this one.
    """
    style = "".join(line.strip() for line in text.splitlines())
    style = _STYLED_CLASS.sub(lambda name: SHORT_CLASSES[name[0]], style)
    names = _letters(dict.fromkeys(_PROPERTY.findall(before + style)))
    return _PROPERTY.sub(lambda name: f"--{names[name[0]]}", style)


def short_sheet(text: str) -> str:
    """A style sheet without comments and needless white space, a rule a line.

    :param text: no text in quotes in it runs over lines, or has the signs of a comment.
    """
    parts = _QUOTED.split(" ".join(_COMMENT.sub("", text).split()))
    parts[::2] = [
        _ZERO.sub("", _NEEDLESS.sub(r"\1", part).replace(";}", "}").replace("@media (", "@media("))
        for part in parts[::2]
    ]
    return _RULE_END.sub("}\n", "".join(parts))


def short_script(text: str) -> str:
    """A script without comments and needless white space, its constants and such named by letters.

    :param text: a script that keeps its names to itself, and has no template literal and no
        statement that is empty.
    """
    script = str(rjsmin.jsmin(text)).replace(_CHECKED, "", 1)
    if "`" in script:
        raise ValueError("names inside a template literal cannot be told from its words")
    found = (first or second for first, second in _DECLARED.findall(script))
    declared = dict.fromkeys(name for names in found for name in names.split(","))
    if not declared:
        return script
    names = _letters(declared, taken=set(_LETTER.findall(_QUOTED.sub("", script))))
    used = re.compile(rf"(?<![\w$])(?<!(?<!\.\.)\.)(?:{'|'.join(names)})(?![\w$])")
    parts = _QUOTED.split(script)
    parts[::2] = [_short_code(used.sub(lambda name: names[name[0]], part)) for part in parts[::2]]
    return joined_declarations("".join(parts))


def _short_code(code: str) -> str:
    """What is between texts, in the shorter of two ways in which the same can be written."""
    told = _ONE_TOLD.sub(r"\1", code.replace(";}", "}"))
    return _BOOLEAN.sub(lambda value: "!0" if value[1] == "true" else "!1", told)


def short_html(text: str) -> str:
    """HTML with one space wherever white space stood, none around blocks, and no needless sign.

    It shows the same.

    :param text: no paragraph in it stands in a link or another element that is no block.
    """
    close = _BEFORE_BLOCK.sub("<", " ".join(text.split()))
    # Split by what is kept: the space behind it is in no part.
    return without_quotes(_NEEDLESS_END.sub("", "".join(_BEHIND_BLOCK.split(close))))


def short_page(page: str) -> str:
    """A whole page in fewer bytes; text that stands as it is written stays so."""
    parts = _AS_IT_STANDS.split(page)
    # With a sign at each end, since a space there may be one that readers see.
    parts[::2] = [short_html(f"|{part.replace(_IN_XML, '')}|")[1:-1] for part in parts[::2]]
    return "".join(parts).lstrip()


def short_head(text: str) -> str:
    """The head of a page, and whatever shows no white space, without that and needless quotes."""
    return without_quotes("".join(line.strip() for line in text.splitlines()))


def without_quotes(text: str) -> str:
    """HTML in which values stand in quotes only if they must."""
    # Split by what goes, which is quicker than to put something in its place.
    return "".join(_NEEDLESS_QUOTES.split(text))


def _letters(names: Collection[str], taken: Collection[str] = ()) -> dict[str, str]:
    """A letter for each name, of those that are not taken."""
    free = [letter for letter in string.ascii_letters if letter not in taken]
    if len(names) > len(free):
        raise ValueError("there are more names than letters")
    return dict(zip(names, free, strict=False))
