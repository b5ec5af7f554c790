"""Which of two entries was there first: the newer one is to give way, for the older is printed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from linkindex.catalogue.codes import resource_code
from linkindex.catalogue.permalinks import Published, digest_of
from linkindex.catalogue.rules.tree import Entry, WrittenIndex, day_of


class Age(NamedTuple):
    """What is known of when an entry came; the lesser is the older.

    :ivar published: 0 if the ledger has it just so, 1 if it has its code for another page, else 2.
    """

    published: int
    added: datetime.date


def oldest_first(index: WrittenIndex, entries: Iterable[Entry]) -> list[Entry]:
    """Entries by the ledger, then by the day they were added, then as they stand in the file."""
    return sorted(entries, key=lambda entry: age_of(index, entry))


def age_of(index: WrittenIndex, entry: Entry) -> Age:
    """When an entry came, as far as the index can tell. Topics and the like have no day."""
    added = day_of(entry.text("added")) or (
        datetime.date.max if entry.noun == "resource" else datetime.date.min
    )
    if entry.noun not in ("resource", "category") or not entry.id:
        return Age(2, added)
    kind = "r" if entry.noun == "resource" else "q"
    opens = entry.text("url" if entry.noun == "resource" else "title") or ""
    code = entry.code or resource_code(entry.id)
    if Published(f"{kind}/{code}", entry.id, digest_of(opens)) in index.ledger:
        return Age(0, added)
    known = any(there.code == f"{kind}/{code}" and there.id == entry.id for there in index.ledger)
    return Age(1 if known else 2, added)
