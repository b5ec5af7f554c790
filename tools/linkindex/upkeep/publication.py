"""What publishing must not forget: the codes that went out, and what the cards of that day say.

Both are kept in ``permalinks/``: the codes in the ledger of the host, each edition of the cards in
a file of its own, so that two branches that publish can be merged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from linkindex.cards.bilingual import ring_of
from linkindex.cards.deck import Deck
from linkindex.cards.edition import Edition, edition_of, edition_path, new_record
from linkindex.cards.plans import other_decks, plan_of
from linkindex.catalogue import ShownCatalogue, addresses
from linkindex.catalogue.permalinks import add_to_ledger, batches, ledger_path
from linkindex.speaking import speaking
from linkindex.wording import counted


@dataclass(frozen=True)
class Publication:
    """What is to be recorded of an index as it is.

    :ivar ledger: the file of the codes of its host.
    :ivar codes: those that the ledger does not hold yet.
    :ivar editions: the files of those decks whose cards say what no record says yet.
    :ivar files: all that is to be written, by its path.
    """

    ledger: Path
    codes: tuple[str, ...]
    editions: tuple[Path, ...]
    files: dict[Path, bytes]


def publication(folder: Path, shown: ShownCatalogue) -> Publication:
    """What of an index is not recorded yet.

    :param folder: that of the index.
    :param shown: the index as it is published, since that is what the cards are made of.
    """
    ledger = ledger_path(folder, shown)
    before = ledger.read_text("utf-8") if ledger.exists() else ""
    after, codes = add_to_ledger(before, shown)
    held = tuple(f"{ledger.name} {batch}" for batch in batches(after))
    records: dict[Path, bytes] = {}
    new: list[Path] = []
    for language in shown.languages:
        for deck, edition in _printed(shown.in_language(language)):
            records |= new_record(folder, deck, edition, held)
            path = edition_path(folder, edition)
            if not path.exists():
                new.append(path)
    changed = {ledger: after.encode()} if after != before else {}
    return Publication(ledger, tuple(codes), tuple(dict.fromkeys(new)), records | changed)


def _printed(shown: ShownCatalogue) -> Iterator[tuple[Deck, Edition]]:
    """The decks that a site offers in one of its languages."""
    with speaking(shown.language):
        for plan in (plan_of(shown, None), *other_decks(shown)):
            deck = ring_of(shown, plan)
            yield deck, edition_of(shown, deck)


def reminder(folder: Path, shown: ShownCatalogue) -> str | None:
    """What was published and is not recorded, in one sentence; none while nothing can be live.

    :param folder: that of the index.
    """
    if addresses.is_reserved(urlsplit(shown.settings.site_url).hostname or ""):
        return None
    due = publication(folder, shown)
    parts = []
    if due.codes:
        parts.append(counted(len(due.codes), "code"))
    if due.editions:
        parts.append(f"the cards of {counted(len(due.editions), 'deck')}")
    if not parts:
        return None
    verb = "is" if parts == ["1 code"] else "are"
    return (
        f"Not recorded as published {verb} {' and '.join(parts)}: run `linkindex publish` when the "
        "site is live, and commit permalinks/."
    )
