"""The words of scripts: put in when a site is built, so that a page fetches no catalogue.

A script says ``_("Copied.")``, ``_("From {name}", { name: from })`` or
``_n(count, "{n} link", "{n} links")``. What is shipped has the text of its language in their place,
as one string or as strings that are joined.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from linkindex.speaking.language import PSEUDO, direction, spoken
from linkindex.speaking.said import POP, isolated
from linkindex.speaking.translations import Translations, translations_of

_CALL = re.compile(
    r"(?<![\w$.])_(?P<kind>[np]?)\(\s*(?=\")|(?<![\w$.])_(?P<counted>n)\(\s*(?=[\w$.])"
)
_PLACE = re.compile(r"\{(\w+)\}")
_PIECE = re.compile(r"\{\w+\}|.", re.DOTALL)
_NAME = re.compile(r"[\w$]+(?:\.[\w$]+)*")
_OPENING, _CLOSING = "([{", ")]}"
_BEFORE_A_VALUE, _BEHIND_A_VALUE = "([,=", ")],;"


class Call(NamedTuple):
    """A message that a script says.

    :ivar texts: the message, or the singular and the plural.
    :ivar values: what fills each place, as an expression of the script; ``n`` is the count.
    """

    begins: int
    ends: int
    context: str | None
    texts: tuple[str, ...]
    values: Mapping[str, str]


def spoken_script(script: str) -> str:
    """The script with each message in the language that is spoken.

    What cannot be understood as a message stays: an index may have a script of others, in which
    these names mean something else. That all of ours can be, is asked where they are collected.
    """
    translations = translations_of(spoken())
    parts, at = [], 0
    for call in filter(None, _calls_or_none(script)):
        before, behind = script[: call.begins].rstrip()[-1:], script[call.ends :].lstrip()[:1]
        alone = before in _BEFORE_A_VALUE and behind in _BEHIND_A_VALUE
        try:
            said = _joined(_said(call, translations), alone=alone)
        except ValueError:
            continue
        parts += [script[at : call.begins], said]
        at = call.ends
    return "".join([*parts, script[at:]])


def calls(script: str) -> Iterator[Call]:
    """The messages of a script, in their order.

    :raises ValueError: for a call that cannot be understood.
    """
    at = 0
    while match := _CALL.search(script, at):
        call = _call(script, match)
        at = call.ends
        yield call


def _calls_or_none(script: str) -> Iterator[Call | None]:
    """The same, with nothing in the place of what cannot be understood."""
    at = 0
    while match := _CALL.search(script, at):
        try:
            call = _call(script, match)
        except ValueError:
            call = None
        at = call.ends if call else match.end()
        yield call


def _call(script: str, match: re.Match[str]) -> Call:
    arguments, ends = _arguments(script, match.end())
    counted = (match["kind"] or match["counted"]) == "n"
    wanted = 3 if counted else 2 if match["kind"] == "p" else 1
    if not wanted <= len(arguments) <= wanted + 1:
        raise ValueError(f"a message has {wanted} texts or values, not {len(arguments)}")
    count = arguments.pop(0) if counted else ""
    context = _text(arguments.pop(0)) if match["kind"] == "p" else None
    texts = tuple(_text(arguments.pop(0)) for _ in range(2 if counted else 1))
    values = _values(arguments.pop(0)) if arguments else {}
    if counted:
        values["n"] = count
    lacking = {place for text in texts for place in _PLACE.findall(text)} - values.keys()
    if lacking:
        raise ValueError(f"nothing fills {', '.join(sorted(lacking))} of {texts[0]!r}")
    return Call(match.start(), ends, context, texts, values)


def _said(call: Call, translations: Translations) -> list[str]:
    """What a call becomes: expressions of the script that are joined."""
    if len(call.texts) == 1:
        return _parts(_own_way(call, translations.text(call.texts[0], call.context)), call.values)
    found = translations.plurals(call.texts[0], call.texts[1], call.context)
    forms = [_PIECE.findall(_own_way(call, form)) for form in found.forms]
    # What all forms begin or end with is said once: it is most of them, and scan pages are small.
    head = _shared(forms)
    rests = [form[head:] for form in forms]
    tail = _shared([rest[::-1] for rest in rests])
    middles = ["".join(rest[: len(rest) - tail]) for rest in rests]
    return [
        *_parts("".join(forms[0][:head]), call.values),
        *([_chosen(middles, found.rule, call.values)] if any(middles) else []),
        *_parts("".join(rests[0][len(rests[0]) - tail :]), call.values),
    ]


def _own_way(call: Call, text: str) -> str:
    """A text that is in English for want of a translation, as it runs among other words."""
    known = translations_of(spoken()).forms
    is_lent = spoken() not in PSEUDO and (call.context, call.texts[0]) not in known
    return f"{_FROM_LEFT}{text}{POP}" if is_lent and direction() == "rtl" else text


_FROM_LEFT = "\u2066"
"""What follows runs from left to right (UAX 9, left-to-right isolate)."""


def _shared(forms: list[list[str]]) -> int:
    """How many pieces all begin with."""
    pairs = zip(*forms, strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pieces: len(set(pieces)) == 1, pairs))


def _chosen(texts: list[str], rule: str, values: Mapping[str, str]) -> str:
    """One of some texts, chosen by a rule of C, which is a rule of scripts as well."""
    count = values["n"] if _NAME.fullmatch(values["n"]) else f"({values['n']})"
    test = re.sub(r"\bn\b", lambda _: count, rule)
    said = [_joined(_parts(text, values)) for text in texts]
    if len(said) == 2:
        return f"({test}?{said[1]}:{said[0]})"
    return f"[{','.join(said)}][+({test})]"


def _parts(text: str, values: Mapping[str, str]) -> list[str]:
    """A text as expressions of a script, its places filled.

    :raises ValueError: for a place that nothing fills.
    """
    parts = []
    for number, part in enumerate(_PLACE.split(text)):
        if number % 2 == 0:
            parts += [_literal(part)] if part else []
        elif part in values:
            value = values[part]
            before, behind = isolated("|").split("|")
            around = [[_literal(sign)] if sign else [] for sign in (before, behind)]
            parts += [*around[0], value if _NAME.fullmatch(value) else f"({value})", *around[1]]
        else:
            raise ValueError(f"nothing fills {{{part}}} of {text!r}")
    return parts


def _joined(parts: list[str], *, alone: bool = False) -> str:
    """Expressions as one that is a text.

    :param alone: whether nothing stands beside it that would take a part of it.
    """
    if not any(part.startswith('"') for part in parts[:2]):
        parts = ['""', *parts]
    whole = "+".join(parts)
    return whole if alone or len(parts) == 1 else f"({whole})"


def _literal(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("</", "<\\/")


def _arguments(script: str, at: int) -> tuple[list[str], int]:
    """The arguments of a call from behind its bracket, and the place behind it."""
    found: list[str] = []
    depth, begins = 0, at
    while at < len(script):
        sign = script[at]
        if sign in "\"'`":
            at = _behind_text(script, at)
            continue
        if sign in _OPENING:
            depth += 1
        elif sign in _CLOSING and depth:
            depth -= 1
        elif sign == ")":
            return [part for part in [*found, script[begins:at].strip()] if part], at + 1
        elif sign == "," and not depth:
            found.append(script[begins:at].strip())
            begins = at + 1
        at += 1
    raise ValueError(f"the bracket before {script[begins:][:40]!r} is never closed")


def _behind_text(script: str, at: int) -> int:
    mark = script[at]
    at += 1
    while at < len(script) and script[at] != mark:
        at += 2 if script[at] == "\\" else 1
    return at + 1


def _text(argument: str) -> str:
    try:
        text = json.loads(argument)
    except ValueError:
        text = None
    if not isinstance(text, str):
        raise ValueError(f"a message is one text in double quotes, not {argument!r}")
    return text


def _values(argument: str) -> dict[str, str]:
    """``{ name: expression }`` by name."""
    if not argument.startswith("{"):
        raise ValueError(f"the places of a message are filled by {{ name: value }}: {argument!r}")
    entries, _ = _arguments(argument[1:-1] + ")", 0)
    pairs = (entry.partition(":") for entry in entries)
    return {name.strip(): (value or name).strip() for name, _, value in pairs}
