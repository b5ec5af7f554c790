"""What a suggestion changes in the text of an index, and what the rules say of it then. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from linkindex.catalogue import Catalogue, Examined, Problem, Severity, examine
from linkindex.catalogue.beside import ReadBeside
from linkindex.upkeep.new_problems import new_problems
from linkindex.upkeep.suggesting.understanding import Mend, NewLink, Understood
from linkindex.upkeep.taken import with_room
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
    read: ReadBeside | None = None,
) -> Change | None:
    """The index as somebody suggests it; none where a person must decide what changes.

    So it is with a link that is taken from another index: it is mended there.

    :param text: the text of the file that the catalogue was read from.
    :param read: reads a file beside it.
    :raises LinkIndexError: when the file is written in a way that no line can be changed alone.
    """
    suggestion = understood.suggestion
    if isinstance(suggestion, NewLink):
        roomy = with_room(text, catalogue, suggestion.category_id)
        after = with_link(roomy, suggestion.category_id, suggestion.entry, catalogue.file)
    elif isinstance(suggestion, Mend) and catalogue.source_of(suggestion.resource):
        return None
    elif isinstance(suggestion, Mend) and suggestion.changes:
        after = with_changes(
            text, suggestion.resource.id, suggestion.changes, catalogue.file, catalogue.language
        )
    else:
        return None
    link = suggestion.resource.id if isinstance(suggestion, Mend) else suggestion.entry["id"]
    first = link_in(after, link, catalogue.file).entry.place.line
    own = range(first, first + len(link_lines(after, link, catalogue.file)))

    def examined(text: str) -> Examined:
        data, file = text.encode(), catalogue.file
        if read is None:
            return examine(data, file=file, icons=icons, today=today)
        return examine(data, file=file, icons=icons, today=today, read=read)

    new = new_problems(examined(text), examined(after))
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
