"""Words of a text, cut as ``assets/search/engine.js`` cuts what is typed."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from linkindex.speaking.beginnings import changes, unchanged
from linkindex.speaking.language import PSEUDO, SOURCE, Language, spoken
from linkindex.tables import table_of

_APOSTROPHES = re.compile("['`\u00b4\u02bb\u02bc\u2018\u2019\u201b\u2032\uff07]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


class WordData(BaseModel):
    """What the program knows of a language: see ``words.yaml``, which is about English."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    small: tuple[str, ...]
    common: tuple[str, ...]
    spellings: tuple[tuple[str, str], ...]
    families: tuple[tuple[str, ...], ...]

    @functools.cached_property
    def left_out(self) -> frozenset[str]:
        """The small words, which tell nothing."""
        return frozenset(self.small)

    @functools.cached_property
    def common_words(self) -> frozenset[str]:
        """The common words, which tell little by themselves."""
        return frozenset(self.common)


def word_data() -> WordData:
    """The words of the language that is spoken; none of one without a file ``words.LANGUAGE.yaml``.

    Each line is text with spaces between its words.
    """
    return _word_data(spoken())


@functools.cache
def _word_data(language: Language) -> WordData:
    is_english = language == SOURCE or language in PSEUDO
    file = files(__package__).joinpath("words.yaml" if is_english else f"words.{language}.yaml")
    if not file.is_file():
        return WordData(small=(), common=(), spellings=(), families=())
    read = table_of(file.read_text("utf-8"))
    return WordData(
        small=tuple(word for line in read["small"] for word in line.split()),
        common=tuple(word for line in read["common"] for word in line.split()),
        spellings=tuple((british, american) for british, american in read["spellings"].items()),
        families=tuple(tuple(family.split()) for family in read["families"]),
    )


@functools.lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words of a text in small letters, without apostrophes and unseen signs."""
    whole = _UNSEEN.sub("", _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text)))
    return tuple(whole.lower().translate(_ONLY_WORDS).split())


def telling_words(texts: Iterable[str], besides: Iterable[str] = ()) -> str:
    """Each word of some texts once, but for small ones and those of others, in a fixed order."""
    kept: set[str] = set().union(*map(words, texts))
    kept.difference_update(*map(words, besides))
    return " ".join(sorted(kept - word_data().left_out))


def beginnings(texts: Iterable[str]) -> set[str]:
    """How words of some texts are looked up, where the language changes how a word begins.

    In Welsh ``i gysgu`` is found by ``cysgu``, which a reader types.
    """
    if not changes(spoken()):
        return set()
    found = {form for text in texts for word in words(text) for form in unchanged(word)}
    return found - word_data().left_out


class _OnlyWords(dict[int, int]):
    """What becomes of each sign: letters, digits, and marks over or under one stay."""

    def __missing__(self, sign: int) -> int:
        kept = unicodedata.category(chr(sign))[0] in "LMN"
        self[sign] = sign if kept else ord(" ")
        return self[sign]


_ONLY_WORDS = _OnlyWords()
