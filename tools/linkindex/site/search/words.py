"""Words of a text, cut as ``assets/search/engine.js`` cuts what is typed."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from linkindex.tables import table_of

_APOSTROPHES = re.compile("['`\u00b4\u02bb\u02bc\u2018\u2019\u201b\u2032\uff07]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


class WordData(BaseModel):
    """What the program knows of English: see ``words.yaml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    small: tuple[str, ...]
    common: tuple[str, ...]
    elsewhere: tuple[str, ...]
    spellings: tuple[tuple[str, str], ...]
    families: tuple[tuple[str, ...], ...]


@functools.cache
def word_data() -> WordData:
    """The words of ``words.yaml``, each line of which is text with spaces between its words."""
    read = table_of(files(__package__).joinpath("words.yaml").read_text("utf-8"))
    return WordData(
        small=tuple(word for line in read["small"] for word in line.split()),
        common=tuple(word for line in read["common"] for word in line.split()),
        elsewhere=tuple(word for line in read["elsewhere"] for word in line.split()),
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
    left_out = {*word_data().small, *(word for text in besides for word in words(text))}
    kept = {word for text in texts for word in words(text)} - left_out
    return " ".join(sorted(kept))


class _OnlyWords(dict[int, int]):
    """What becomes of each sign: letters, digits, and marks over or under one stay."""

    def __missing__(self, sign: int) -> int:
        kept = unicodedata.category(chr(sign))[0] in "LMN"
        self[sign] = sign if kept else ord(" ")
        return self[sign]


_ONLY_WORDS = _OnlyWords()
