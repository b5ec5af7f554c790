"""Days on which something has happened."""

from __future__ import annotations

from collections.abc import Iterator

from linkindex.catalogue.problems import Problem, quoted
from linkindex.catalogue.rules.tree import WrittenIndex, all_texts, day_of
from linkindex.clock import is_in_the_future

_PAST_DATES = frozenset({"added", "reviewed", "number_checked", "on"})


def past_days(index: WrittenIndex) -> Iterator[Problem]:
    """Nothing has happened in the future, wherever it was written."""
    for text, place, key in all_texts(index.root):
        day = day_of(text) if key in _PAST_DATES else None
        if day and is_in_the_future(day, index.today):
            yield index.error(
                place,
                f"{quoted(key)} is in the future ({day.isoformat()})",
                "write the day on which it happened, today at the latest",
            )


def reviews(index: WrittenIndex) -> Iterator[Problem]:
    """A link is reviewed once it has been added."""
    for entry in index.resources:
        added, reviewed = day_of(entry.text("added")), day_of(entry.text("reviewed"))
        if added and reviewed and is_in_the_future(added, reviewed):
            yield index.error(
                entry.place("reviewed"),
                "this link was reviewed before it was added",
                "check the two dates",
            )
