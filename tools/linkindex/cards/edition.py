"""Which printing of the cards this is, and what has changed since another.

What an edition said is kept beside the ledger of published codes, in ``permalinks/editions``: who
printed cards a year ago can print only what has changed. A card is one line of the record, with its
key and title and a digest of each of its texts.
"""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from linkindex.cards.deck import Card, Deck
from linkindex.cards.errors import CardError
from linkindex.catalogue import Catalogue
from linkindex.catalogue.permalinks import FOLDER as LEDGERS
from linkindex.catalogue.problems import Fault, Location, quoted
from linkindex.wording import short_date

FOLDER = "editions"
"""Beside the ledgers: what each edition said, by its hash."""

_HASH_LENGTH = 7


class Kept(NamedTuple):
    """What is kept of a card.

    :ivar digests: one for each field, by its name.
    """

    title: str
    digests: Mapping[str, str]


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
        return f"{short_date(self.date)}, {self.hash}"


@dataclasses.dataclass(frozen=True)
class Change:
    """A card that is not as it was.

    :ivar what: in a few words, such as ``the title and the back``.
    """

    card: Card
    what: str


def edition_of(catalogue: Catalogue, deck: Deck) -> Edition:
    """The edition of a deck: the same catalogue gives the same, on whatever day it is printed."""
    cards = {card.key: _printed(card) for card in deck.cards}
    texts = json.dumps(cards, sort_keys=True, ensure_ascii=False)
    return Edition(_newest(catalogue), _digest(texts))


def contents(deck: Deck) -> dict[str, Kept]:
    """What each card says, by its key: all that would make a new print worth while."""
    return {card.key: Kept(card.title, _digests(card)) for card in deck.cards}


_FIELD = re.compile(rf"\w+=[0-9a-f]{{{_HASH_LENGTH}}}")
_HEAD = re.compile(r"edition ([0-9a-f]+) (\d{4}-\d\d-\d\d) (\d+) cards")


def edition_path(folder: Path, edition: Edition) -> Path:
    """Where the record of an edition is, under the folder of the index."""
    return folder / LEDGERS / FOLDER / f"{edition.hash}.txt"


def record(deck: Deck, edition: Edition, published: tuple[str, ...] = ()) -> bytes:
    """An edition as it is kept, for a later one to be compared with.

    :param published: what ledgers held when it was published, as :func:`publications` reads it.
    """
    kept = contents(deck)
    lines = [
        "# What the cards of an edition said. Keep this file: `linkindex cards --changed-since` "
        "reads it.",
        f"edition {edition.hash} {edition.date.isoformat()} {len(kept)} cards",
        *(f"published {line}" for line in sorted(set(published))),
        *("\t".join(_line_of(key, card)) for key, card in sorted(kept.items())),
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def _line_of(key: str, card: Kept) -> Iterator[str]:
    yield "card"
    yield key
    yield " ".join(card.title.split())
    yield from (f"{field}={digest}" for field, digest in card.digests.items())


def new_record(
    folder: Path, deck: Deck, edition: Edition, published: tuple[str, ...] = ()
) -> dict[Path, bytes]:
    """The record of an edition as it is to be written, if it does not say all of it already.

    :param folder: that of the index.
    :param published: as for :func:`record`; what the record said of ledgers before is kept.
    """
    path = edition_path(folder, edition)
    content = record(deck, edition, (*publications(path), *published))
    before = path.read_text("utf-8", errors="replace") if path.exists() else ""
    # The day of an edition may be another where the same cards come of other links.
    same = _HEAD.search(before) and _body(before) == _body(content.decode())
    return {} if same else {path: content}


def _body(text: str) -> set[str]:
    return {line for line in text.splitlines() if not line.startswith(("#", "edition "))}


def publications(path: Path) -> tuple[str, ...]:
    """What a record says of ledgers: lines with the name of one and a digest that it must hold."""
    text = path.read_text("utf-8", errors="replace") if path.exists() else ""
    return tuple(
        line.removeprefix("published ")
        for line in text.splitlines()
        if line.startswith("published ")
    )


def witnesses(folder: Path, ledger: str) -> dict[str, str]:
    """What a ledger held once, and the file of the record that tells.

    :param folder: that of the index.
    :param ledger: the name of the ledger's file.
    """
    told: dict[str, str] = {}
    for path in sorted((folder / LEDGERS / FOLDER).glob("*.txt")):
        for line in publications(path):
            name, _, batch = line.rpartition(" ")
            if name == ledger:
                told.setdefault(batch, path.relative_to(folder).as_posix())
    return told


def former_edition(name: str, folder: Path) -> dict[str, Kept]:
    """What the cards of an earlier edition said.

    :param name: its hash, as it stands on the cards, or the path of its record.
    :param folder: that of the index.
    :raises CardError: when there is no such edition, or its record is damaged.
    """
    path = Path(name) if name.endswith(".txt") else _record_called(name, folder / LEDGERS / FOLDER)
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise CardError(
            Fault(
                Location(str(path)),
                f"the edition cannot be read ({error.strerror or error})",
                "name another file",
            )
        ) from None
    except UnicodeDecodeError:
        text = ""
    head = _HEAD.search(text)
    cards = dict(_read_cards(text))
    # An older release may have kept fewer fields of a card, but the same of each.
    fields = {frozenset(card.digests) for card in cards.values()}
    if head is None or len(cards) != int(head[3]) or len(fields) > 1:
        raise CardError(
            Fault(
                Location(str(path)),
                "this record of an edition is not complete",
                f"restore it with `git checkout HEAD -- {path}`, or name another edition",
            )
        )
    return cards


def _read_cards(text: str) -> Iterator[tuple[str, Kept]]:
    for line in text.splitlines():
        word, *parts = line.split("\t")
        if word == "card" and len(parts) > 2 and all(map(_FIELD.fullmatch, parts[2:])):
            key, title, *fields = parts
            yield key, Kept(title, dict(field.partition("=")[::2] for field in fields))


def _record_called(name: str, folder: Path) -> Path:
    """The record of an edition by its hash, or the beginning of it."""
    # On the cards it stands after the day: `24 Nov 2026, f197d36`.
    wanted = name.lower().split()[-1] if name.split() else ""
    known = sorted(folder.glob("*.txt"))
    matches = [path for path in known if wanted and path.stem.startswith(wanted)]
    if len(matches) == 1:
        return matches[0]
    if not known:
        raise CardError(
            Fault(
                None,
                f"there is no record of the edition {quoted(name)}, and none of any other in "
                f"{folder}",
                "`linkindex cards` and `linkindex publish` will keep one from now on",
            )
        )
    listed = ", ".join(map(_with_day, matches or known))
    if matches:
        what = f"{quoted(name)} could be any of several editions"
        raise CardError(Fault(None, what, f"name one: {listed}"))
    what = f"there is no record of the edition {quoted(name)} in {folder}"
    raise CardError(Fault(None, what, f"use one of: {listed}"))


def _with_day(path: Path) -> str:
    head = _HEAD.search(path.read_text("utf-8", errors="replace"))
    return f"{path.stem} ({head[2]})" if head else f"{path.stem} (damaged)"


def changes(deck: Deck, former: Mapping[str, Kept]) -> tuple[Change, ...]:
    """The cards of a deck that are new or say something else."""
    return tuple(_changes(deck, former))


def gone(deck: Deck, former: Mapping[str, Kept]) -> list[str]:
    """The titles of cards that are in the deck no more, under whatever code."""
    recoded = set(_recoded(deck, former).values())
    kept = {card.key for card in deck.cards} | recoded
    return [card.title for key, card in former.items() if key not in kept]


def _recoded(deck: Deck, former: Mapping[str, Kept]) -> dict[str, str]:
    """The former key of each card whose code is another now: it is known by its title."""
    keys = {card.key for card in deck.cards}
    lost = {card.title: key for key, card in former.items() if key not in keys}
    return {
        card.key: lost[title]
        for card in deck.cards
        if card.key not in former and (title := " ".join(card.title.split())) in lost
    }


def _changes(deck: Deck, former: Mapping[str, Kept]) -> Iterator[Change]:
    recoded = _recoded(deck, former)
    for card in deck.cards:
        before, now = former.get(recoded.get(card.key, card.key)), _digests(card)
        if before is None:
            yield Change(card, "new")
            continue
        known = [field for field in now if field in before.digests]
        fields = [_NAMES[field] for field in known if now[field] != before.digests[field]]
        if fields:
            head, last = fields[:-1], fields[-1]
            yield Change(card, f"{', '.join(head)} and {last}" if head else last)


def _printed(card: Card) -> dict[str, Any]:
    """What a card says, by the name of the field."""
    texts = {name: getattr(card, name) for name in _NAMES if name not in ("back", "icon")}
    back = dataclasses.asdict(card.back)
    # What most decks lack leaves the digests of those as they were.
    front = [card.front, *card.beside] if card.beside else card.front
    back |= {"behind": card.behind} if card.behind else {}
    return texts | {"icon": _digest(card.icon), "front": front, "back": back}


def _digests(card: Card) -> dict[str, str]:
    printed = _printed(card)
    return {
        field: _digest(json.dumps(printed[field], sort_keys=True, ensure_ascii=False))
        for field in _NAMES
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_HASH_LENGTH]


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
