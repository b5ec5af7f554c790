"""What speaks for a link, a topic, or for that anything here is meant, and how much each weighs.

``assets/search/engine.js`` gives everything that a question finds some numbers, its features. Their
weights are learnt from questions by ``tests/bench/ranking_weights.py`` and stand in
``ranking.yaml``, in logits; words of questions that are asked elsewhere, in ``elsewhere.yaml``.
"""

from __future__ import annotations

import functools
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from linkindex.speaking.language import PSEUDO, SOURCE, spoken
from linkindex.tables import table_of

RANKING, ELSEWHERE = (
    Path(str(files(__package__).joinpath(name))) for name in ("ranking.yaml", "elsewhere.yaml")
)


class Ranking(BaseModel):
    """What each feature weighs, by its name in ``engine.js``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    links: dict[str, float]
    topics: dict[str, float]
    meant: dict[str, float]


@functools.cache
def ranking() -> Ranking:
    """The weights of features, which are of no language."""
    return Ranking.model_validate(table_of(RANKING.read_text("utf-8")))


def strange_words() -> list[tuple[float, str]]:
    """Words of the language that is spoken, by how much they tell that something else is asked for.

    Those whose weight is less than nothing are hardly ever asked elsewhere. Only English has any.
    """
    language = spoken()
    return _strange_words() if language == SOURCE or language in PSEUDO else []


@functools.cache
def _strange_words() -> list[tuple[float, str]]:
    read = table_of(ELSEWHERE.read_text("utf-8"))
    return [(float(weight), " ".join(told)) for weight, told in read.items()]
