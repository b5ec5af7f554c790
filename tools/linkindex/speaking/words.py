"""Days, lists and languages, as each language says them (CLDR)."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable

from linkindex.speaking.language import PSEUDO, SOURCE, Language, locale_of, spoken
from linkindex.speaking.pseudo import BEGINS, ENDS


def date_in_words(day: datetime.date) -> str:
    """A date as people say it: ``24 November 2026``."""
    return _date(_only_day(day), "long", spoken())


def short_date(day: datetime.date) -> str:
    """A date for a narrow column: ``24 Nov 2026``."""
    return _date(_only_day(day), "medium", spoken())


def month_in_words(day: datetime.date) -> str:
    """A month of a year: ``November 2026``."""
    return _month(_only_day(day).replace(day=1), spoken())


def listed(words: Iterable[str], language: Language | None = None) -> str:
    """Words joined as in a sentence: ``one, two and three``.

    :param language: that of the sentence, where it is not the one that is spoken.
    """
    return _listed(tuple(map(str, words)), language or spoken())


def language_names() -> dict[str, str]:
    """What languages are called in the one that is spoken, by code."""
    return _language_names(spoken())


@functools.cache
def _language_names(language: Language) -> dict[str, str]:
    from babel import Locale

    names = dict(Locale("en").languages)
    if language != SOURCE:
        names |= locale_of(language).languages
    codes = (code for code in names if "_" not in str(code))
    return {str(code): _marked(str(names[code]), language) for code in codes}


def _only_day(day: datetime.date) -> datetime.date:
    return datetime.date(day.year, day.month, day.day)


@functools.lru_cache(maxsize=4096)
def _date(day: datetime.date, kind: str, language: Language) -> str:
    from babel.dates import format_date

    return _marked(format_date(day, kind, locale_of(language)), language)


@functools.lru_cache(maxsize=512)
def _month(day: datetime.date, language: Language) -> str:
    from babel.dates import format_skeleton

    return _marked(format_skeleton("yMMMM", day, locale=locale_of(language)), language)


_WITHOUT_AND = frozenset({"cy"})
"""Where "and" depends on the word after it and changes it, as in Welsh *a Chymru*: a list of
names can only have commas."""


@functools.lru_cache(maxsize=4096)
def _listed(words: tuple[str, ...], language: Language) -> str:
    from babel.lists import format_list

    if len(words) == 1:
        return words[0]
    if language in PSEUDO:
        return f"{BEGINS}{', '.join(words)}{ENDS}"
    if language in _WITHOUT_AND:
        return ", ".join(words)
    return format_list(words, locale=locale_of(language))


def _marked(text: str, language: Language) -> str:
    return f"{BEGINS}{text}{ENDS}" if language in PSEUDO else text
