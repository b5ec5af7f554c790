"""The page beside the downloads says what the cards say."""

from __future__ import annotations

import base64
import html
import re

from linkindex.cards.deck import Help, Index, Prompts, make_deck
from linkindex.cards.formats import OFFERED
from linkindex.site.codes import code_png
from linkindex.site.generate import generate
from tests.cards.ring import ring
from tests.cards.test_deck import SENSITIVE


def test_every_word_and_address_of_the_cards_is_on_the_page() -> None:
    page = html.unescape(_page())
    for card in make_deck(ring()).cards:
        for text in (card.title, card.lead or "", card.front, card.readable):
            assert text in page
        back = card.back
        if isinstance(back, Prompts):
            assert all(f"<li>{prompt}</li>" in page for prompt in back.items)
        elif isinstance(back, Index):
            assert all(f"<li>{entry.title}</li>" in page for entry in back.entries)
        elif isinstance(back, Help):
            assert all(line.number in page and line.when in page for line in back.lines)
            assert ", ".join(back.on_the_page) in page


def test_every_card_s_code_is_on_the_page_with_what_it_opens() -> None:
    page = _page()
    for card in make_deck(ring()).cards:
        assert f'"QR code. Opens {card.readable}"' in page
        if card.kind == "category":
            assert f'src="../q/{card.key}.png"' in page
        else:
            assert base64.b64encode(code_png(card.address)).decode() in page


def test_the_page_offers_what_is_made_and_says_how_to_print_it() -> None:
    links = re.findall(r'href="([\w-]+)\.pdf"', _page())
    assert links == list(OFFERED)
    assert "flip on long edge" in _page()


def test_the_page_offers_nothing_that_was_not_made() -> None:
    page = generate(ring(), {}, cards={"cards/sheet.pdf", "cards/fold.pdf"})["cards/index.md"]
    assert re.findall(rb'href="([\w-]+)\.pdf"', page) == [b"sheet", b"fold"]
    assert b"cards.png" not in page
    without = generate(ring(), {}, cards=())["cards/index.md"].decode()
    assert "There are no cards to print at the moment." in without
    assert "manifest.json" not in without
    assert "What the cards say" in without


def test_the_page_shows_a_sensitive_topic_as_its_card_does() -> None:
    page = generate(ring(*SENSITIVE), {})["cards/index.md"].decode()
    assert "Home days" in page
    assert "eglect" not in page


def _page() -> str:
    return generate(ring(), {})["cards/index.md"].decode()
