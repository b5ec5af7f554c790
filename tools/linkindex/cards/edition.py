"""Which printing of the cards this is, and what has changed since another."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from linkindex.cards.deck import Card, Deck
from linkindex.cards.errors import CardError
from linkindex.catalogue import Catalogue
from linkindex.catalogue.problems import quoted

FOLDER = "editions"
"""Beside the files: what each edition said, by its hash."""

_HASH_LENGTH = 7

Printed = dict[str, Any]
"""What a card says, by the name of the field."""

_NAMES = {
    "number": "its number",
    "title": "the title",
    "lead": "the full title",
    "front": "the front text",
    "colour": "the colour",
    "icon": "the icon",
    "address": "the address",
    "back": "the back",
}


@dataclasses.dataclass(frozen=True)
class Edition:
    """The date of the newest change in the catalogue, and a short hash of all that is printed."""

    date: datetime.date
    hash: str

    def __str__(self) -> str:
        return f"{self.date.day} {self.date:%b %Y}, {self.hash}"


@dataclasses.dataclass(frozen=True)
class Change:
    """A card that is not as it was.

    :ivar what: in a few words, such as ``the title and the back``.
    """

    card: Card
    what: str


def edition_of(catalogue: Catalogue, deck: Deck) -> Edition:
    """The edition of a deck: the same catalogue gives the same, on whatever day it is printed."""
    said = json.dumps(contents(deck), sort_keys=True, ensure_ascii=False)
    return Edition(_newest(catalogue), hashlib.sha256(said.encode()).hexdigest()[:_HASH_LENGTH])


def contents(deck: Deck) -> dict[str, Printed]:
    """What each card says, by its key: all that would make a new print worth while."""
    return {card.key: _printed(card) for card in deck.cards}


def record(deck: Deck, edition: Edition) -> bytes:
    """An edition as it is kept, for a later one to be compared with."""
    kept = {"edition": edition.hash, "date": edition.date.isoformat(), "cards": contents(deck)}
    return json.dumps(kept, indent=1, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def former_edition(name: str, folder: Path) -> dict[str, Printed]:
    """What the cards of an earlier edition said.

    :param name: its hash, or the path of a record.
    :param folder: where the cards are written, with the records in ``editions/``.
    :raises CardError: when there is no such edition.
    """
    known = sorted(path.stem for path in (folder / FOLDER).glob("*.json"))
    matches = [stem for stem in known if stem.startswith(name.lower())]
    path = Path(name) if name.endswith(".json") else None
    if path is None and len(matches) == 1:
        path = folder / FOLDER / f"{matches[0]}.json"
    if path is None:
        raise CardError(
            f"there is no record of the edition {quoted(name)} in {folder / FOLDER}; "
            + (f"use one of: {', '.join(known)}" if known else "name the file of a record")
        )
    try:
        cards = json.loads(path.read_text("utf-8"))["cards"]
        if not all(isinstance(card, dict) for card in cards.values()):
            raise ValueError
    except OSError as error:
        raise CardError(
            f"{path}: the edition cannot be read ({error.strerror or error}); name another file"
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CardError(f"{path}: this is no record of an edition; name another file") from None
    found: dict[str, Printed] = cards
    return found


def changes(deck: Deck, former: Mapping[str, Printed]) -> tuple[Change, ...]:
    """The cards of a deck that are new or say something else."""
    return tuple(_changes(deck, former))


def gone(deck: Deck, former: Mapping[str, Printed]) -> list[str]:
    """The titles of cards that are in the deck no more."""
    kept = {card.key for card in deck.cards}
    return [str(said.get("title", key)) for key, said in former.items() if key not in kept]


def _changes(deck: Deck, former: Mapping[str, Printed]) -> Iterator[Change]:
    for card in deck.cards:
        before, now = former.get(card.key), _printed(card)
        if before is None:
            yield Change(card, "new")
            continue
        fields = [_NAMES.get(field, field) for field in now if now[field] != before.get(field)]
        if fields:
            head, last = fields[:-1], fields[-1]
            yield Change(card, f"{', '.join(head)} and {last}" if head else last)


def _printed(card: Card) -> Printed:
    said = {name: getattr(card, name) for name in _NAMES if name not in ("back", "icon")}
    said["icon"] = hashlib.sha256(card.icon.encode()).hexdigest()[:_HASH_LENGTH]
    said["back"] = dataclasses.asdict(card.back)
    # As it comes back from a file: tuples are lists there.
    printed: Printed = json.loads(json.dumps(said))
    return printed


def _newest(catalogue: Catalogue) -> datetime.date:
    dates = [
        date
        for category in catalogue.categories
        for resource in category.resources
        for date in (resource.added, resource.reviewed)
        if date
    ]
    retired = [piece.retired.on for piece in catalogue.categories if piece.retired]
    checked = [
        phone.number_checked
        for entry in catalogue.urgent_help
        for phone in (entry.phone, entry.text)
        if phone and phone.number_checked
    ]
    return max([*dates, *retired, *checked], default=datetime.date(2026, 1, 1))
