"""Which letters of the cards their typefaces do not have.

Typst is asked, since what it prints decides: it composes letters and marks, and knows which signs
may stay invisible. Only texts that are not plain ASCII are looked at.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator

from linkindex.cards.contract import LettersAlone
from linkindex.cards.deck import Deck
from linkindex.cards.errors import CardError, TextFault
from linkindex.cards.layout import CardLayout, Layout
from linkindex.cards.texts import Text, texts_of
from linkindex.cards.typesetting import refusal
from linkindex.catalogue.problems import quoted
from linkindex.speaking import SOURCE
from linkindex.wording import listed

_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_MOST_NAMED = 4
"""Letters that are named of one text."""

_SIMPLER = dict.fromkeys("ʼʻʽ‛′ʹ", "’") | {"″": "”", "‟": "“", "‒": "–", "―": "—"}


def refuse_missing(deck: Deck, layout: Layout) -> None:
    """Refuse a text that is printed with this layout and holds what the typefaces do not have.

    :raises CardError: naming each text and letter.
    """
    faults = missing_letters(deck, on_labels=not isinstance(layout, CardLayout))
    if faults:
        raise CardError(*faults)


def missing_letters(deck: Deck, *, on_labels: bool = False) -> tuple[TextFault, ...]:
    """One fault for each text that cannot be printed as it stands.

    :param on_labels: whether only the texts of labels are looked at.
    """
    wanted = [text for text in texts_of(deck) if text.on_labels or not on_labels]
    # Titles stand on the index card too, and names in several places.
    unusual = list(dict.fromkeys(text for text in wanted if not text.words.isascii()))
    if not unusual or _refused(tuple(text.words for text in unusual)) is None:
        return ()
    return tuple(_faults(unusual))


def _faults(texts: Iterable[Text]) -> Iterator[TextFault]:
    for text in texts:
        letters = _missing_in(text.words)
        if letters:
            about = f"{text.name} {quoted(text.words)}"
            what = f"{about} holds {_listed(letters)}"
            yield TextFault(text.place, what, _remedy(letters), about)


@functools.cache
def _missing_in(words: str) -> tuple[str, ...]:
    missing: list[str] = []
    left = words
    while len(missing) < _MOST_NAMED and (message := _refused((left,))) is not None:
        letter = _MISSING.search(message)
        if letter is None or letter[1] not in left:
            return (*missing, words)
        missing.append(letter[1])
        if _is_letter(letter[1]) and "LATIN" not in unicodedata.name(letter[1][0], ""):
            break  # the rest is most likely of the same script
        left = left.replace(letter[1], "")
    return tuple(missing)


@functools.lru_cache(maxsize=64)
def _refused(texts: tuple[str, ...]) -> str | None:
    return refusal("letters.typ", LettersAlone(texts=texts))


def _listed(letters: tuple[str, ...]) -> str:
    names = [f"{quoted(letter)} ({_code(letter)})" for letter in letters]
    return f"{listed(names, SOURCE)}, which the typefaces of the cards do not have"


def _code(letters: str) -> str:
    return " ".join(f"U+{ord(letter):04X}" for letter in letters[:3])


def _remedy(letters: tuple[str, ...]) -> str:
    """What to write instead: a plainer sign where there is one, else other words."""
    simpler = {letter: _simpler(letter) for letter in letters}
    if all(simpler.values()):
        written = ", ".join(
            f"{quoted(plain)} for {quoted(letter)}" for letter, plain in simpler.items() if plain
        )
        return f"write {written}"
    if not any(map(_is_letter, letters)):
        return "leave it out, or write a word for it"
    return (
        "cards have Latin, Greek, Cyrillic, Arabic, Bengali, Devanagari, Gujarati, Gurmukhi and "
        "Tamil letters, so write it in those"
    )


def _simpler(letter: str) -> str | None:
    """A sign that looks much the same, if the typefaces have one."""
    if letter in _SIMPLER:
        return _SIMPLER[letter]
    plain = unicodedata.normalize("NFKC", letter)
    return plain if plain != letter and _refused((plain,)) is None else None


def _is_letter(letter: str) -> bool:
    return unicodedata.category(letter[0])[0] == "L"
