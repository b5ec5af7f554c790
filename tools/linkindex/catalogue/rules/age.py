"""Which of two entries was there first: the newer one is to give way, for the older is printed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from linkindex.catalogue.codes import resource_code
from linkindex.catalogue.permalinks import Published, digest_of
from linkindex.catalogue.rules.tree import Entry, WrittenIndex, day_of
from linkindex.catalogue.yaml.source import YamlMap, read_yaml


class Age(NamedTuple):
    """What is known of when an entry came; the lesser is the older.

    :ivar published: 0 if the ledger or the index before a change has it just so, 1 if its code was
        for another page there, else 2.
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
    own = _as_published(entry)
    if own is None:
        return Age(2, added)
    known = index.ledger | index.there
    if own in known:
        return Age(0, added)
    is_known = any(there.code == own.code and there.id == own.id for there in known)
    return Age(1 if is_known else 2, added)


def there_before(text: str, file: str) -> frozenset[Published]:
    """What stands in the text of an index, as a ledger would have it; nothing if it is no YAML."""
    root = read_yaml(text.encode(), file).root if text else None
    if not isinstance(root, YamlMap):
        return frozenset()
    index = WrittenIndex(root, file, (), datetime.date.min)
    return frozenset(
        own for entry in index.categories_and_resources if (own := _as_published(entry))
    )


def _as_published(entry: Entry) -> Published | None:
    """A topic or link as a ledger would have it."""
    if entry.noun not in ("resource", "category") or not entry.id:
        return None
    kind = "r" if entry.noun == "resource" else "q"
    opens = entry.text("url" if entry.noun == "resource" else "title") or ""
    code = entry.code or resource_code(entry.id)
    return Published(f"{kind}/{code}", entry.id, digest_of(opens))
