"""Decks of some of the cards: which cards, their list, and what is offered."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner

from linkindex.cards import CardError, Order, Selection, card_problems, make_offered, proof
from linkindex.cards.deck import Index, make_deck, make_resource_deck
from linkindex.cards.edition import edition_of
from linkindex.cards.hardships import Endured, PrintedCode
from linkindex.cards.plans import other_decks, plan_of
from linkindex.catalogue import Catalogue
from linkindex.catalogue.model import EVERY_CARD
from linkindex.cli import main
from linkindex.site.exports.neutrality import OUTPUTS
from linkindex.site.generate import generate
from tests.cards.ring import RING, all_text, make_files, ring, ring_of

DECKS = """\
decks:
  - id: talking
    title: Talking with families
    summary: For whoever sits at a kitchen table.
    cards: [motivational-interviewing, ddp]
  - id: court
    title: Court days
    cards:
      - signs-of-safety

categories:
"""
WITH_DECKS = (("categories:\n", DECKS),)
PRINTED = ("domain: {owner", "deck: {default: talking}\n  domain: {owner")


def decks() -> Catalogue:
    """The small ring with two decks, the first of which is printed by default."""
    return ring(*WITH_DECKS, PRINTED)


def test_a_deck_has_its_cards_in_its_own_order_with_numbers_of_its_own() -> None:
    catalogue = decks()
    cards = make_deck(catalogue, plan_of(catalogue, "talking")).cards
    assert [(card.key, card.number) for card in cards] == [
        ("urgent", None),
        ("index", None),
        ("motiv", 1),
        ("ddp", 2),
    ]
    assert cards[1].lead == "Talking with families"
    assert isinstance(cards[1].back, Index)
    listed = [(entry.number, entry.title) for entry in cards[1].back.entries]
    assert listed == [(card.number, card.title) for card in cards[2:]]


def test_the_deck_that_is_printed_is_the_default_one_and_all_has_every_card() -> None:
    catalogue = decks()
    assert plan_of(catalogue, None) == catalogue.decks[0]
    assert plan_of(catalogue, "all") is None
    assert other_decks(catalogue) == (catalogue.decks[1], None)
    assert make_deck(catalogue, plan_of(catalogue, "all")) == make_deck(catalogue)


def test_an_index_without_decks_prints_every_card_and_offers_no_other() -> None:
    assert plan_of(ring(), None) is None
    assert other_decks(ring()) == ()


def test_an_index_that_names_no_default_prints_every_card() -> None:
    catalogue = ring(*WITH_DECKS)
    assert plan_of(catalogue, None) is None
    assert other_decks(catalogue) == catalogue.decks


def test_a_deck_that_is_not_there_names_the_nearest() -> None:
    with pytest.raises(CardError, match=r"there is no deck `talkin`; did you mean `talking`\?"):
        make_files(decks(), Order(("sheet",), Selection(deck="talkin"), showcase=False))


def test_a_card_of_another_deck_is_told_from_one_that_is_nowhere() -> None:
    for name, said in (("sos", "`sos` is not in the deck `talking`"), ("sox", "there is no card")):
        with pytest.raises(CardError, match=said):
            make_files(decks(), Order(("sheet",), Selection(only=(name,)), showcase=False))


def test_the_note_of_an_index_is_on_the_card_that_lists_the_ring() -> None:
    note = ("deck: {default: talking}", "deck: {default: talking, note: Kept by us.}")
    catalogue = ring(*WITH_DECKS, PRINTED, note)
    whole = make_deck(catalogue)
    assert whole.cards[1].front == "Point a phone camera at a code. Kept by us."
    single = make_files(catalogue, Order(("single",), showcase=False)).files["single.pdf"]
    assert all_text(single).count("Kept by us.") == 1


def test_only_the_links_of_a_deck_get_cards_of_their_own() -> None:
    catalogue = decks()
    keys = {card.key for card in make_resource_deck(catalogue, catalogue.decks[1]).cards}
    assert keys == {link.code for link in catalogue.category("signs-of-safety").resources}


def test_each_deck_is_an_edition_of_its_own() -> None:
    catalogue = decks()
    plans = (plan_of(catalogue, None), *other_decks(catalogue))
    editions = {edition_of(catalogue, make_deck(catalogue, plan)).hash for plan in plans}
    assert len(editions) == 3


def test_a_site_offers_the_default_deck_and_the_sheet_of_each_other() -> None:
    with patch.object(proof, "endure", return_value=Endured({"tilt": 1}, {"tilt": 1})):
        made = make_offered(decks())
    assert {"sheet.pdf", "single.pdf", "court/sheet.pdf", "all/sheet.pdf"} <= made.files.keys()
    assert "court/single.pdf" not in made.files
    printed = next(output.files for output in OUTPUTS if output.kind == "printed card")
    for name in made.files:
        assert any(Path(f"cards/{name}").match(pattern) for pattern in printed), name
    assert "Talking with families" in all_text(made.files["sheet.pdf"])
    assert "Signs of Safety" not in all_text(made.files["sheet.pdf"])
    assert "Court days" in all_text(made.files["court/sheet.pdf"])
    assert made.summary[0].startswith("Talking with families: 4 cards on 1 double-sided sheet")


def test_a_code_that_prints_alike_in_several_decks_is_tried_once() -> None:
    tried: list[tuple[str, float]] = []

    def noted(code: PrintedCode, address: str) -> Endured:
        tried.append((address, code.side_mm))
        return Endured({"tilt": 1}, {"tilt": 1})

    with patch.object(proof, "endure", side_effect=noted):
        made = make_offered(decks())
    assert len(tried) == len(set(tried))
    assert {address for address, _ in tried} == {
        card.address for card in make_deck(decks(), plan_of(decks(), EVERY_CARD)).cards
    }
    assert {(code.card.address, code.side_mm) for code in made.proven} <= set(tried)


def test_a_code_that_is_read_too_seldom_keeps_back_every_deck_it_stands_in() -> None:
    def weak(_: PrintedCode, address: str) -> Endured:
        return Endured({"tilt": 0 if address.endswith("/ddp") else 9}, {"tilt": 10})

    with patch.object(proof, "endure", side_effect=weak):
        made = make_offered(
            ring(*WITH_DECKS, ("domain: {owner", "deck: {default: court}\n  domain: {owner"))
        )
    assert {"sheet.pdf", "single.pdf"} <= made.files.keys()
    assert not {"talking/sheet.pdf", "all/sheet.pdf"} & made.files.keys()
    assert {left.file for left in made.not_made} >= {"talking/sheet.pdf", "all/sheet.pdf"}


def test_the_page_names_each_deck_with_its_cards_and_offers_no_sheet_that_is_not_made() -> None:
    files = {"cards/sheet.pdf", "cards/court/sheet.pdf"}
    page = generate(decks(), {}, cards=files)["cards/index.md"].decode()
    assert '<a href="court/sheet.pdf">Court days (PDF)</a>: 1 topic.' in page
    assert "all/sheet.pdf" not in page
    assert "<strong>Talking with families</strong>. For whoever sits at a kitchen table." in page


def test_a_list_that_needs_a_third_card_is_a_warning_at_the_cards_of_its_deck() -> None:
    many = ring_of(60)
    plan = decks().decks[0]
    long = plan.model_copy(update={"cards": tuple(one.id for one in many.categories)})
    long = long.placed_at(plan.line, {"cards": plan.line_of("cards")})
    problems = card_problems(dataclasses.replace(many, decks=(long,)))
    told = [str(problem) for problem in problems if "the list of this deck" in problem.what]
    assert len(told) == 1
    assert f"ring.yaml:{plan.line_of('cards')}:" in told[0]
    assert "names; keep about" in told[0]


def test_a_deck_whose_title_does_not_fit_its_card_is_an_error_at_the_title() -> None:
    title = "Wordwithoutanyspaceinitthatisfartoolongforanycardofthisring"
    catalogue = ring(("categories:\n", DECKS.replace("Court days", title)))
    (problem,) = card_problems(catalogue)
    assert problem.line == catalogue.decks[1].line_of("title")


def test_a_deck_is_printed_by_its_name(tmp_path: Path) -> None:
    text = RING.read_text("utf-8").replace("categories:\n", DECKS)
    (tmp_path / "resources.yaml").write_text(text, "utf-8")
    options = ("--catalogue", str(tmp_path / "resources.yaml"), "--output", str(tmp_path / "out"))
    ended = CliRunner().invoke(main, ["cards", *options, "--deck", "court", "--format", "sheet"])
    assert ended.exit_code == 0, ended.output
    assert "Court days: 3 cards on 1 double-sided sheet" in ended.output
