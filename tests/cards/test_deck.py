"""What the cards say, before they are set."""

from __future__ import annotations

import dataclasses
import datetime

from linkindex.cards.deck import Card, Help, Index, make_deck, make_resource_deck
from linkindex.catalogue import Catalogue, ShownCatalogue
from linkindex.catalogue.model import Retired
from tests.cards.ring import changed, ring
from tests.site.kestrels import GIVEAWAY, kestrel_text
from tests.support.catalogues import parsed

SENSITIVE = (
    (
        "    title: GCP2\n",
        "    title: Neglect\n    sensitive: true\n    neutral_title: Home days\n",
    ),
    ("    code: gcp2\n", "    code: hd4\n"),
    ("Graded Care Profile 2", "Neglect of children"),
)


def test_the_ring_is_urgent_help_then_the_index_then_the_categories_by_number() -> None:
    cards = make_deck(ring()).cards
    assert [card.kind for card in cards] == ["urgent", "index", *["category"] * 7]
    assert [card.number for card in cards] == [None, None, 1, 2, 3, 4, 5, 6, 7]


def test_the_category_of_urgent_help_has_no_card_beside_that_of_urgent_help() -> None:
    deck = make_deck(ring(("  tagline:", "  deck: {urgent_help: gcp2}\n  tagline:")))
    assert "GCP2" not in [card.title for card in deck.cards]
    assert [entry.title for entry in _index(deck.cards).entries][-1] == "Motivational Interviewing"
    assert [card.number for card in deck.cards] == [None, None, 1, 2, 3, 4, 5, 6]


def test_codes_open_short_addresses_without_a_slash_at_the_end() -> None:
    cards = make_deck(ring()).cards
    assert cards[0].address == "https://example.org/urgent"
    assert cards[1].address == "https://example.org/"
    assert cards[2].address == "https://example.org/q/aces"
    assert [card.readable for card in cards[1:3]] == ["example.org", "example.org/q/aces"]


def test_a_host_outside_ascii_is_typed_as_it_is_and_scanned_as_dns_knows_it() -> None:
    card = make_deck(ring(("https://example.org/", "https://bücher.example/"))).cards[2]
    assert card.address == "https://xn--bcher-kva.example/q/aces"
    assert card.readable == "bücher.example/q/aces"


def test_a_retired_category_gets_no_card_and_no_line_of_the_index() -> None:
    whole = ring()
    retired = Retired(on=datetime.date(2026, 11, 1), successor="ddp")
    last = changed(whole.categories[-1], retired=retired)
    deck = make_deck(dataclasses.replace(whole, categories=(*whole.categories[:-1], last)))
    assert "Motivational Interviewing" not in [card.title for card in deck.cards]
    assert [entry.title for entry in _index(deck.cards).entries][-1] == "GCP2"


def test_a_sensitive_category_shows_only_its_neutral_title() -> None:
    deck = make_deck(ring(*SENSITIVE))
    card = deck.cards[7]
    assert (card.title, card.lead) == ("Home days", None)
    assert "eglect" not in repr(deck)


def test_no_link_that_is_sensitive_or_tells_has_a_card_of_its_own() -> None:
    kestrels = ShownCatalogue.of(parsed(kestrel_text()), ())
    deck = make_resource_deck(kestrels)
    assert kestrels.resource("open-own").sensitive
    assert "A newer link" in repr(deck)
    assert GIVEAWAY not in repr(deck).casefold()


def test_the_full_title_is_left_out_where_it_says_nothing_more() -> None:
    leads = {card.title: card.lead for card in make_deck(ring()).cards}
    assert leads["Signs of Safety"] is None
    assert leads["ACEs"] == "Adverse childhood experiences"


def test_a_number_nobody_has_confirmed_is_left_off_and_the_card_says_where_it_is() -> None:
    deck = make_deck(ring())
    found = _help(deck.cards)
    assert "0800 1111" not in repr(deck.cards)
    assert found.on_the_page == ("Childline", "Shout", "Lifeline (Northern Ireland)")
    assert [(left.number, str(left.place)) for left in deck.left_off] == [
        ("0800 1111", "ring.yaml:22"),
        ("text 85258", "ring.yaml:26"),
        ("0808 808 8000", "ring.yaml:34"),
    ]


def test_fixed_numbers_are_printed_and_come_before_confirmed_ones() -> None:
    found = _help(make_deck(ring()).cards)
    assert [line.number for line in found.beside] == ["text 999"]
    assert [line.number for line in found.lines] == ["111", "101", "116 123"]


def test_every_way_to_the_emergency_services_is_explained_and_comes_first() -> None:
    other = (
        "  - name: Emergency services by text\n",
        "  - name: Emergency services, if you cannot speak\n    when: Press 55 when asked\n"
        "    nations: [uk]\n    phone: 999\n"
        "  - name: Emergency services by Relay UK\n    when: You are deaf\n"
        "    nations: [uk]\n    phone: 18000\n"
        "  - name: Emergency services by text\n",
    )
    beside = _help(make_deck(ring(other)).cards).beside
    assert [(line.number, line.proviso) for line in beside] == [
        ("999", "if you cannot speak"),
        ("18000", "by Relay UK"),
        ("text 999", ""),
    ]
    assert all(line.explained for line in beside)


def test_999_is_on_the_card_even_when_the_catalogue_does_not_name_it() -> None:
    card = _urgent(ring(("    phone: 999\n", "    phone: 101\n")))
    assert (card.lead, card.front) == ("999", "Someone is in danger now")


def test_a_number_that_does_not_work_everywhere_says_so() -> None:
    nations = {line.name: line.nations for line in _help(make_deck(ring()).cards).lines}
    assert nations["NHS 111, mental health option"] == "not Northern Ireland"
    assert nations["Samaritans"] == ""


def test_an_entry_with_one_confirmed_number_prints_it_and_names_itself_for_the_other() -> None:
    both = (
        "phone: {number: 116 123, number_checked: 2026-11-20}",
        "phone: {number: 116 123, number_checked: 2026-11-20}\n    text: 81066",
    )
    found = _help(make_deck(ring(both)).cards)
    assert "116 123" in [line.number for line in found.lines]
    assert "Samaritans" in found.on_the_page
    assert "81066" not in repr(found)


def test_every_category_is_named_once_when_the_index_needs_several_cards() -> None:
    deck = make_deck(ring()).arranged((2, 2, 2, 1), help_on_front=1, help_on_back=3)
    lists = [card.back for card in deck.cards if isinstance(card.back, Index)]
    faces = [face for each in lists for face in (each.on_front, each.entries)]
    assert [[entry.number for entry in face] for face in faces] == [
        *([], [1, 2]),
        *([3, 4], [5, 6]),
        *([7], []),
    ]
    assert [card.has_code for card in deck.cards if card.kind == "index"] == [True, False, False]


def test_lines_for_which_there_is_no_room_join_those_on_the_page() -> None:
    found = _help(make_deck(ring()).arranged((7,), help_on_front=0, help_on_back=3).cards)
    assert [line.number for line in found.lines] == ["text 999", "111", "101"]
    assert found.on_the_page[-1] == "Samaritans"


def _index(cards: tuple[Card, ...]) -> Index:
    return next(card.back for card in cards if isinstance(card.back, Index))


def _help(cards: tuple[Card, ...]) -> Help:
    return next(card.back for card in cards if isinstance(card.back, Help))


def _urgent(catalogue: Catalogue) -> Card:
    return make_deck(catalogue).cards[0]
