"""Hosts that look like another: letters of other alphabets, and other forms of the same letters.

A name may be written in any one alphabet. What nobody tells apart is a name of several, and one
whose letters all look like Latin ones where Latin ones are usual (Unicode Technical Standard 39).
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

import idna


def _pairs(text: str) -> dict[str, str]:
    return {pair[0]: pair[1] for pair in text.split()}


LOOKALIKES = _pairs(
    "аa сc ԁd еe һh іi јj ӏl оo рp ԛq ѕs ԝw хx уy ъb ьb ҽe пn гr ѵv ѡw "  # Cyrillic
    "αa ιi κk νv οo ρp τt υu ωw ηn "  # Greek
    "ոn սu օo հh ցg զq լl յj ւl գq "  # Armenian
    "סo וl ןl"  # Hebrew
)
"""Letters of other alphabets that most typefaces draw as a Latin one, each with it (UTS 39,
confusables.txt). A word that has only such letters deceives."""

_IN_COMPANY = _pairs("вb кk мm нh тt ёe їi βb εe γy σo χx")
"""Those that look like a Latin letter when Latin ones stand beside them."""

LATIN_DOUBLES = _pairs("ıi ɑa ɡg ɩi ʏy ʟl ɴn ᴏo ꜱs")
"""Latin letters that look like another. They stand in honest names too: they are pointed out."""

READ_AS = {**_IN_COMPANY, **LATIN_DOUBLES, **LOOKALIKES}

TOGETHER = (
    frozenset({"CJK", "HIRAGANA", "KATAKANA", "LATIN"}),
    frozenset({"CJK", "HANGUL", "LATIN"}),
    frozenset({"CJK", "BOPOMOFO", "LATIN"}),
)
"""Scripts that are written together in Japan, Korea and Taiwan (UTS 39, 'highly restrictive')."""

ALWAYS_LIKE_LATIN = frozenset({"CHEROKEE", "COPTIC", "LISU", "OLD", "DESERET"})
"""Scripts of which nearly every letter looks like a Latin one."""

_SCRIPT_NAMES = {"CJK": "Chinese", "FULLWIDTH": "full-width"}


class Lookalike(NamedTuple):
    """What is wrong with a host.

    :ivar letters: the strange letters, each with its script, as in a sentence.
    :ivar seems: the host as most readers read it.
    :ivar ascii: the host as DNS knows it.
    :ivar certain: whether no honest name is written so.
    """

    letters: str
    seems: str
    ascii: str
    certain: bool = True


def lookalike(host: str, ascii_host: str) -> Lookalike | None:
    """What about a host deceives its readers, if anything does.

    :param ascii_host: the same host as DNS knows it.
    """
    if host.isascii() and "xn--" not in ascii_host:
        return None
    if "xn--" not in ascii_host:
        strange = [sign for sign in host if not sign.isascii()]
        return Lookalike(_named(strange), ascii_host, ascii_host)
    name = _spelt(ascii_host)
    labels = name.split(".")
    latin_end = labels[-1].isascii()
    strange = [sign for label in labels for sign in _deceiving(label, latin_end=latin_end)]
    if strange:
        return Lookalike(_named(strange), _as_read(name), ascii_host)
    doubles = [sign for sign in name if sign in LATIN_DOUBLES]
    return (
        Lookalike(_named(doubles), _as_read(name), ascii_host, certain=False) if doubles else None
    )


def _spelt(ascii_host: str) -> str:
    """The host in the letters that browsers may show."""
    try:
        return idna.decode(ascii_host)
    except (idna.IDNAError, UnicodeError):
        return ascii_host


def _deceiving(label: str, *, latin_end: bool) -> list[str]:
    letters = [sign for sign in label if not sign.isascii() or sign.isalpha()]
    scripts = {script for sign in letters if (script := _script(sign))}
    foreign = [sign for sign in letters if _script(sign) not in ("LATIN", None)]
    if len(scripts) > 1 and not any(scripts <= together for together in TOGETHER):
        return foreign
    alike = scripts & ALWAYS_LIKE_LATIN or all(sign in LOOKALIKES for sign in foreign)
    return foreign if latin_end and foreign and alike else []


def _script(sign: str) -> str | None:
    """The script of a letter or digit; none for what is used in all of them."""
    if sign.isascii():
        return "LATIN" if sign.isalpha() else None
    if unicodedata.category(sign)[0] not in "LN":
        return None
    name = unicodedata.name(sign, "UNKNOWN")
    if "ARABIC" in name:
        return "ARABIC"
    first = name.split()[0]
    if first == "IDEOGRAPHIC":
        return "CJK"
    return None if first in ("KATAKANA-HIRAGANA", "MIDDLE", "MODIFIER") else first


def _as_read(name: str) -> str:
    return "".join(READ_AS.get(sign, sign) for sign in name)


def _named(letters: list[str]) -> str:
    names = []
    for sign in dict.fromkeys(letters):
        script = _script(sign) or "sign"
        shown = _SCRIPT_NAMES.get(script, script.capitalize())
        names.append(f"`{sign}` ({shown}, U+{ord(sign):04X})")
    return ", ".join(names[:4]) + (" and others" if len(names) > 4 else "")
