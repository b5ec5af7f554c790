"""Numbers to call and to text: how they are written, grouped and dialled.

A number stands in the catalogue as it is read out. What an editor grouped stays grouped as it is;
what was typed without a space is grouped as such numbers commonly are, so that nobody has to read
eleven digits in one go and no spreadsheet takes it for a sum.
"""

from __future__ import annotations

import re
import unicodedata

from linkindex.catalogue.problems import UnfitError, quoted

RELAY_EMERGENCY = "18000"
"""Reaches the emergency services by Relay UK, and is dialled alone (BT Price List, section 2, part
23: 'the number they will dial will be 18000')."""

RELAY_PREFIXES = ("18001", "18002")
"""Relay UK, for who types or is typed to: 18001 is dialled before a number by who types, 18002 by
who speaks (the same price list). Neither has a place in an international number."""

_SHORT_CODES = re.compile(r"999|1[0-9]{2}|116[0-9]{3}|118[0-9]{3}")
_RELAYED = re.compile(rf"(18001|18002)(0[0-9]{{6,10}}|{_SHORT_CODES.pattern})")
"""A prefix and a number of the United Kingdom. Freephone numbers of Ireland, such as 1800 100 200,
have ten digits, which no relayed number has."""
_RELAYED_FROM_ABROAD = re.compile(
    r"(?:(?:\+|00)?44)?(?P<prefix>18001|18002)(?:(?:\+|00)?44)?0?(?P<number>[1-9][0-9]{8,9})"
)

_GROUPED = re.compile(r"\+?[0-9]+(?: [0-9]+)*")
_LABELS = re.compile(
    r"\b(?:call|freephone|mobile|phone|ring|sms|tel|telephone|text)\b", re.IGNORECASE
)
_FEWEST_DIGITS, _MOST_DIGITS = 3, 15
"""ITU-T E.164 allows 15; the prefix of a relay comes on top."""
_NATIONAL_LENGTHS: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("0800", (10, 11)),
    ("0500", (10,)),
    ("01", (10, 11)),
    ("02", (11,)),
    ("03", (11,)),
    ("05", (11,)),
    ("07", (11,)),
    ("08", (11,)),
    ("09", (11,)),
    ("00", ()),
    ("0", (10, 11)),
)
"""How many digits a number of the United Kingdom has, by how it begins: the first line that fits
holds (Ofcom, 'The National Telephone Numbering Plan')."""
_SHORTER = re.compile(r"08001111|0845464[0-9]")
"""Childline, and what NHS Direct had, which the plan names one by one."""

_UNITED_KINGDOM = (
    (r"0800[0-9]{4}|0845[0-9]{3,4}", (4,)),
    (r"0(?:1[0-9]1|11[0-9]|3|8|9|5)[0-9]+", (4, 3)),
    (r"02[0-9]{9}", (3, 4)),
    (r"07[0-9]{9}", (5, 3)),
    (r"0[0-9]+", (5,)),
)
"""How national numbers are grouped: what they look like, and the lengths of all groups but the last
(GOV.UK style guide, 'Telephone numbers'; Ofcom's area codes of three, four and five digits)."""


class NumberError(UnfitError):
    """What is written is no number to dial."""


def readable(text: str) -> str:
    """A number in groups of digits, perhaps with a leading ``+``, as it is read out.

    :raises NumberError: with a sentence for the editor.
    """
    folded = " ".join(text.split())
    shown = quoted(text)
    _check_relay_from_abroad(folded.replace(" ", ""), shown)
    if not _GROUPED.fullmatch(folded):
        raise NumberError(f"{shown} is not a phone number", _mended(folded))
    digits = folded.replace(" ", "")
    if digits.startswith(("18000", *RELAY_PREFIXES)) and not _is_irish(digits):
        return _relayed(folded, digits)
    _check_length(digits, shown)
    _check_beginning(digits, shown)
    return folded if " " in folded else _in_groups(folded)


def dialled(number: str) -> str:
    """The digits that a phone dials, and its ``+``. A relay's prefix comes before all others."""
    return number.replace(" ", "")


def relayed_number(number: str) -> str | None:
    """The number behind the prefix of a relay, if there is such a prefix."""
    prefix, _, rest = number.partition(" ")
    return rest if prefix in RELAY_PREFIXES and rest else None


def _is_irish(digits: str) -> bool:
    return len(digits) == len("1800100200")


def _relayed(folded: str, digits: str) -> str:
    prefix = digits[:5]
    if prefix == RELAY_EMERGENCY or digits[5:] in ("999", "112"):
        if digits == RELAY_EMERGENCY:
            return digits
        raise NumberError(
            f"{quoted(folded)} cannot be dialled: {RELAY_EMERGENCY} reaches 999 by itself",
            f"write `{RELAY_EMERGENCY}` alone",
        )
    if not _RELAYED.fullmatch(digits):
        raise NumberError(
            f"{quoted(folded)} is not a whole number for Relay UK",
            f"write {prefix} and the whole number, such as `{prefix} 0808 157 0123`",
        )
    _check_length(digits[5:], quoted(folded))
    rest = folded.removeprefix(prefix).strip()
    if " " not in folded or not folded.startswith(f"{prefix} "):
        rest = _in_groups(digits[5:])
    return f"{prefix} {rest if ' ' in rest else _in_groups(rest)}"


def _check_relay_from_abroad(digits: str, shown: str) -> None:
    relayed = _RELAYED_FROM_ABROAD.fullmatch(digits)
    if relayed and not _RELAYED.fullmatch(digits):
        number = _in_groups(f"0{relayed['number']}")
        raise NumberError(
            f"{shown} mixes Relay UK, which is dialled in the UK, with the code of the country",
            f"write `{relayed['prefix']} {number}`",
        )


def _check_length(digits: str, shown: str) -> None:
    if not _FEWEST_DIGITS <= len(digits.removeprefix("+")) <= _MOST_DIGITS:
        raise NumberError(
            f"{shown} has too few or too many digits for a phone number", "write the whole number"
        )
    begun, lengths = _beginning(digits)
    if lengths and len(digits) not in lengths:
        raise NumberError(
            f"{shown} has {len(digits)} digits, and numbers of the UK that begin with {begun} have "
            f"{' or '.join(map(str, lengths))}",
            "write the whole number and nothing else"
            if len(digits) > max(lengths)
            else "copy the whole number from the page again; write one of another country with `+` "
            "and its code",
        )


def _beginning(digits: str) -> tuple[str, tuple[int, ...]]:
    """How a number of the United Kingdom begins, and how many digits it may then have."""
    if _SHORTER.fullmatch(digits):
        return digits, (len(digits),)
    return next((line for line in _NATIONAL_LENGTHS if digits.startswith(line[0])), ("", ()))


def _check_beginning(digits: str, shown: str) -> None:
    """The part of a number that gets lost or doubled on its way through other programs."""
    abroad = re.fullmatch(r"\+?(?:00)?44(0?)([1-9][0-9]{8,9})", digits)
    if abroad and (abroad[1] or not digits.startswith("+44")):
        raise NumberError(
            f"{shown} mixes how a number is dialled here and from abroad",
            f"write `{_in_groups('0' + abroad[2])}`",
        )
    if digits.startswith("00"):
        raise NumberError(
            f"{shown} begins with 00, which not every phone dials",
            "write `+` and the code of the country, such as `+353 1 873 6500`",
        )
    if re.match(r"\+(?:44|0)[01]", digits):
        raise NumberError(
            f"{shown} cannot be dialled from abroad",
            "write it as it is dialled in the UK, without `+` and the code of the country",
        )
    if re.fullmatch(r"[2-9][0-9]{6,}|1(?!8[059]0)[0-9]{9}|1[0-9]{6,8}", digits):
        if len(digits) + 1 not in _beginning(f"0{digits}")[1]:
            raise NumberError(
                f"{shown} is not a whole number", "write it with its area code, which begins with 0"
            )
        raise NumberError(
            f"{shown} lacks its first 0, which spreadsheets leave out",
            f"write `{_in_groups('0' + digits)}`",
        )


def _in_groups(digits: str) -> str:
    """Digits in the groups that are usual for such a number."""
    if digits.startswith("+44"):
        return f"+44 {_in_groups('0' + digits[3:])[1:].strip()}"
    if re.fullmatch(r"11[68][0-9]{3}", digits):
        return f"{digits[:3]} {digits[3:]}"
    if re.fullmatch(r"18[059]0[0-9]{6}", digits):
        return f"{digits[:4]} {digits[4:7]} {digits[7:]}"
    for pattern, lengths in _UNITED_KINGDOM:
        if re.fullmatch(pattern, digits):
            return " ".join(_split(digits, lengths))
    return digits


def _split(digits: str, lengths: tuple[int, ...]) -> list[str]:
    groups = []
    for length in lengths:
        groups.append(digits[:length])
        digits = digits[length:]
    return [group for group in (*groups, digits) if group]


def _mended(text: str) -> str:
    """What to write in place of a number with signs or words in it."""
    if _SHORTENED.search(text):
        return "a spreadsheet has cut its last digits off, so copy the number from the page again"
    plain = _in_digits(text)
    bare = re.sub(r"[().\u2010-\u2015-]+", " ", re.sub(r"\(0\)", " ", plain))
    runs = [run.strip() for run in re.findall(r"\+?[0-9][0-9 ]*", bare)]
    numbers = [run for run in runs if len(run.replace(" ", "")) >= _FEWEST_DIGITS]
    is_whole = not _AMID_LETTERS.search(plain)
    if is_whole and len(numbers) > 1:
        return "write one number, and give the other an entry of its own"
    number = proposed(numbers[0]) if numbers and is_whole else None
    if number is None:
        return "write digits and spaces only: `0800 1111`"
    if plain != _in_western_digits(text):
        return f"did you mean `{number}`, with digits in place of letters?"
    if len(runs) > 1 or re.search(r"[^\W\d_]|[#,;*]", _LABELS.sub("", plain)):
        return f"write `{number}` alone, and anything else about it in the summary"
    return f"write `{number}`"


def is_garbled(text: str) -> bool:
    """Whether digits were cut off a number, or typed as letters.

    Without those letters it looks like a number, and is another one: nothing may be taken from it.
    """
    return any(
        (
            _SHORTENED.search(text),
            _AMID_LETTERS.search(_in_digits(text)),
            _in_digits(text) != _in_western_digits(text),
        )
    )


def _in_digits(text: str) -> str:
    """A number with digits for the letters that were typed in their place: ``O8OO``."""
    western = _in_western_digits(text)
    return _MISTYPED.sub(lambda word: word[0].translate(_DIGITS_FOR_LETTERS), western)


def _in_western_digits(text: str) -> str:
    """A number with ``0`` to ``9`` for the digits of any other script."""
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)


_DIGITS_FOR_LETTERS = str.maketrans("OoIl|", "00111")
_MISTYPED = re.compile(
    r"(?<![^\W\d_])(?=[OoIl|]*[0-9])[0-9OoIl|]{3,}(?![^\W\d_])|(?<=[0-9] )[Oo]{2,}(?= [0-9OoIl|])"
)
"""A word of digits and letters that look like them, or of the letter O between digits."""
_AMID_LETTERS = re.compile(r"[0-9](?!(?:x|ext)[0-9])[^\W\d_]+[0-9]", re.IGNORECASE)
_SHORTENED = re.compile(r"[0-9](?:[.,][0-9]+E\+?|E\+)[0-9]{1,2}\b", re.IGNORECASE)
"""How a spreadsheet shows a long number: ``3.00123E+09``."""


def proposed(digits: str) -> str | None:
    """The number that digits and spaces most likely mean."""
    here = re.sub(r"^(?:\+|00)? ?44 ?(?:0 ?)?(?=[1-9][0-9 ]{6,}$)", "0", " ".join(digits.split()))
    try:
        return readable(here)
    except NumberError:
        return None
