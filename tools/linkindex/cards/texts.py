"""Every text that the cards of a deck print, and where it stands in the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from linkindex.cards.deck import About, Card, Deck, Help, Index, Prompts
from linkindex.catalogue.problems import Location

ADDRESS = "the address"
"""What an editor calls what a code opens."""


class Text(NamedTuple):
    """A text of the cards: where it stands, what an editor calls it, and where it is printed.

    :ivar on_labels: whether it is printed on labels as well as on cards.
    :ivar language: which it is in, where the catalogue says so (ISO 639).
    """

    place: Location
    name: str
    words: str
    on_labels: bool
    language: str | None = None


def texts_of(deck: Deck) -> Iterator[Text]:
    """Every text that is printed, each with its place in the catalogue."""
    for card in deck.cards:
        yield from _on_front(card)
        yield from _on_back(card)
        yield Text(deck.place, ADDRESS, card.readable, on_labels=True)
    yield Text(deck.keeper_place, "the organisation", deck.keeper, on_labels=False)


def _on_front(card: Card) -> Iterator[Text]:
    title, lead, front = _NAMES[card.kind]
    yield Text(card.place_of("title"), title, card.title, True, card.language)
    if card.lead:
        yield Text(card.place_of("lead"), lead, card.lead, False, card.language)
    yield Text(card.place_of("front"), front, card.front, False, card.language)
    if card.beside:
        words, language = card.beside
        yield Text(card.place_of("front"), front, words, False, language)


_NAMES = {
    "category": ("the title", "the full title", "the front text"),
    "resource": ("the title", "", "the `summary`"),
    "index": ("the `name` of the index", "the `tagline`", ""),
    "urgent": ("", "", "`when` of the emergency number"),
}
"""What the editor calls title, lead and front text, by the kind of card."""


def _on_back(card: Card) -> Iterator[Text]:
    back = card.back

    language = card.behind.language if card.behind else card.language

    def text(key: str, name: str, words: str) -> Text:
        return Text(card.place_of(key), name, words, False, language)

    if card.behind:
        yield text("title", "the title", card.behind.title)

    match back:
        case Prompts():
            for number, prompt in enumerate(back.items):
                yield text(f"prompt {number}", "the prompt", prompt)
        case About():
            if back.use_when:
                yield text("use_when", "`use_when`", back.use_when)
            yield from (text("facts", "the `publisher`", fact.value) for fact in back.facts)
        case Index():
            for group in dict.fromkeys(entry.group for entry in back.entries if entry.group):
                yield text(f"group {group}", "the title of a group", group)
        case Help():
            yield from _of_help(back, text)


def _of_help(back: Help, text: Callable[[str, str, str], Text]) -> Iterator[Text]:
    for line in (*back.beside, *back.lines):
        yield text(f"name {line.name}", "the name", line.name)
        yield text(f"when {line.name}", "`when`", line.when)
    for name in back.on_the_page:
        yield text(f"name {name}", "the name", name)
