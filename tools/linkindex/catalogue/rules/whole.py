"""Every rule that looks beyond one key, in order."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable

from linkindex.catalogue.languages import ENGLISH
from linkindex.catalogue.permalinks import Published
from linkindex.catalogue.problems import Place, Problem
from linkindex.catalogue.rules import (
    dates,
    discretion,
    last_topic,
    names,
    reached,
    references,
    settings,
    texts,
)
from linkindex.catalogue.rules.kept_codes import kept_codes
from linkindex.catalogue.rules.tree import WrittenIndex
from linkindex.catalogue.yaml.source import YamlMap

_RULES: tuple[Callable[[WrittenIndex], Iterable[Problem]], ...] = (
    settings.settings,
    settings.languages,
    settings.urgent_help,
    names.ids,
    names.codes,
    names.missing_codes,
    names.neutral_titles,
    names.listed_addresses,
    reached.reached,
    last_topic.at_the_end,
    names.glossary_words,
    names.cautions,
    references.glossary_categories,
    references.decks,
    references.categories,
    references.resources,
    references.successors,
    discretion.words_to_hold_it_by,
    discretion.discretion,
    discretion.links,
    discretion.decks,
    dates.reviews,
    dates.past_days,
    dates.claims,
    texts.texts,
)


def check(
    root: YamlMap,
    *,
    file: str,
    icons: Collection[str],
    today: datetime.date,
    ledger: frozenset[Published] = frozenset(),
    there: frozenset[Published] = frozenset(),
    language: str = ENGLISH,
    own_lines: int | None = None,
) -> list[Problem]:
    """Every broken rule of the index as a whole.

    :param ledger: what was published, and so can never change.
    :param there: what stood there before a change, if that is known.
    :param language: the one language of its texts.
    :param own_lines: how many lines the file has, behind which stands what is taken from elsewhere.
    """
    index = WrittenIndex(root, file, icons, today, ledger, there, language, own_lines)
    problems = [problem for rule in _RULES for problem in rule(index)]
    wrong = {Place(problem.line, problem.column) for problem in problems}
    return [*problems, *kept_codes(index, wrong)]
