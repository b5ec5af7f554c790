"""What a suggestion changes in the text of an index, and what the rules say of it then. Pure."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from linkindex.catalogue import Catalogue, Problem, Severity, examine
from linkindex.catalogue.rules.style import style_problems
from linkindex.upkeep.suggesting.understanding import Mend, NewLink, Understood
from linkindex.upkeep.writing import link_in, link_lines, with_changes, with_link


@dataclass(frozen=True)
class Change:
    """What a suggestion does to the index.

    :ivar before: the whole text of the file before it; ``text`` is the one after it.
    :ivar errors: what the check then says that it did not say before, and that must be put right.
    :ivar warnings: the same of what stops nothing, as far as it is about this link.
    """

    before: str
    text: str
    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def changed(
    text: str,
    catalogue: Catalogue,
    understood: Understood,
    *,
    icons: Collection[str],
    today: datetime.date,
) -> Change | None:
    """The index as somebody suggests it; none where a person must decide what changes.

    :param text: the text of the file that the catalogue was read from.
    :raises LinkIndexError: when the file is written in a way that no line can be changed alone.
    """
    suggestion = understood.suggestion
    if isinstance(suggestion, NewLink):
        after = with_link(text, suggestion.category_id, suggestion.entry, catalogue.file)
    elif isinstance(suggestion, Mend) and suggestion.changes:
        after = with_changes(
            text, suggestion.resource.id, suggestion.changes, catalogue.file, catalogue.language
        )
    else:
        return None
    link = suggestion.resource.id if isinstance(suggestion, Mend) else suggestion.entry["id"]
    first = link_in(after, link, catalogue.file).entry.place.line
    own = range(first, first + len(link_lines(after, link, catalogue.file)))
    before = Counter(map(_said, _problems(text, catalogue.file, icons, today)))
    new = []
    for problem in _problems(after, catalogue.file, icons, today):
        before[_said(problem)] -= 1
        if before[_said(problem)] < 0:
            new.append(problem)
    return Change(
        text,
        after,
        tuple(problem for problem in new if problem.severity is Severity.ERROR),
        tuple(
            problem
            for problem in new
            if problem.severity is Severity.WARNING and problem.line in own
        ),
    )


def _problems(
    text: str, file: str, icons: Collection[str], today: datetime.date
) -> tuple[Problem, ...]:
    examined = examine(text.encode(), file=file, icons=icons, today=today)
    if examined.catalogue is None or examined.tree is None:
        return examined.problems
    return (*examined.problems, *style_problems(examined.catalogue, examined.tree))


def _said(problem: Problem) -> tuple[str, str]:
    """A problem wherever it stands: lines move."""
    return problem.what, problem.remedy
