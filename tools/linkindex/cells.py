"""Texts in the cells of a spreadsheet, so that none is calculated and none is changed."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")
"""How a cell begins that a spreadsheet would calculate (OWASP, 'CSV injection')."""

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_CHANGED = re.compile(
    rf"""
    0\d+ | \d{{16,}}                                   # the first zeros, and digits past the 15th
    | [£$€(]?\s?\d[\d,\s]*(?:\.\d*)?\s?[%£€)]?         # but for a plain number, below
    | \.\d+ | \d+(?:\.\d*)?e[+-]?\d+ | \d+\s\d+/\d+
    | \d{{1,4}}(?:[-/.:]\d{{1,4}}){{1,2}}(?:\s?[ap]m)?
    | \d{{1,2}}\s?[ap]m
    | (?:\d{{1,2}}[\s-]?)?{_MONTH}[\s.-]*\d{{1,4}}(?:,?\s\d{{4}})?
    | \d{{1,2}}[\s-]?{_MONTH}(?:[\s.-]+\d{{2,4}})?
    | true | false
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PLAIN = re.compile(r"0|[1-9]\d{0,14}")
"""A number that every spreadsheet shows as it was written."""


def cell_text(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would make something else of it."""
    changed = _CHANGED.fullmatch(text) and not _PLAIN.fullmatch(text)
    return f"'{text}" if changed or is_formula(text) else text


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would calculate with it."""
    return _FORMULA.match(text) is not None
