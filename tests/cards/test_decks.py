"""Which cards are printed, and what tells one edition from another."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from linkindex.cards import CardError, Order, Selection
from linkindex.cards.deck import Deck, make_deck, make_resource_deck
from linkindex.cards.edition import (
    Kept,
    changes,
    contents,
    edition_of,
    edition_path,
    former_edition,
    gone,
    new_record,
    record,
    witnesses,
)
from linkindex.cards.selection import chosen
from linkindex.catalogue import ShownCatalogue
from linkindex.catalogue.kinds import Audience
from tests.cards.ring import all_text, make_files, page_text, ring, with_card
from tests.cards.test_deck import SENSITIVE
from tests.support.catalogues import catalogue_text, parsed


def chosen_from(catalogue: ShownCatalogue, selection: Selection) -> Deck:
    """The cards that a selection leaves of the deck that it names."""
    whole = make_resource_deck(catalogue) if selection.resources else make_deck(catalogue)
    return chosen(catalogue, whole, selection)


def test_only_some_cards_keep_the_order_and_the_numbers_of_the_ring() -> None:
    deck = chosen_from(ring(), Selection(only=("ddp", "aces")))
    assert [(card.key, card.number) for card in deck.cards] == [("aces", 1), ("ddp", 4)]


def test_cards_may_be_named_by_code_or_id_and_the_index_and_urgent_help_by_their_names() -> None:
    deck = chosen_from(ring(), Selection(only=("URGENT", "signs-of-safety", "index")))
    assert [card.key for card in deck.cards] == ["urgent", "index", "sos"]


def test_a_card_that_is_not_there_names_the_nearest() -> None:
    with pytest.raises(CardError, match=r"there is no card `acess`; did you mean `aces`\?"):
        chosen_from(ring(), Selection(only=("acess",)))


def test_an_audience_gets_the_cards_that_hold_something_for_it() -> None:
    catalogue = parsed(catalogue_text())
    young = chosen_from(catalogue, Selection(audience=Audience.YOUNG_PEOPLE))
    assert [card.kind for card in young.cards] == ["urgent", "index", "category", "category"]
    with pytest.raises(CardError, match="no link is for young-people"):
        chosen_from(ring(), Selection(only=("aces",), audience=Audience.YOUNG_PEOPLE))


def test_a_deck_of_links_has_a_card_for_each_with_its_own_address() -> None:
    catalogue = parsed(catalogue_text())
    deck = chosen_from(catalogue, Selection(resources=True))
    assert deck.cards[0].title == "Plain words"
    assert [card.number for card in deck.cards] == list(range(1, len(deck.cards) + 1))
    codes = [resource.code for resource in catalogue.current_resources]
    assert [card.address for card in deck.cards] == [f"https://example.org/r/{c}" for c in codes]


def test_links_of_sensitive_topics_get_no_card_and_the_summary_says_so() -> None:
    catalogue = parsed(catalogue_text(sensitive=True))
    made = make_files(catalogue, Order(("sheet",), Selection(resources=True), showcase=False))
    text = all_text(made.files["sheet.pdf"])
    assert "kestrel" not in text.lower()
    assert "Plain words" in text
    assert "2 sensitive links have no card of their own." in made.summary


def test_a_card_of_a_link_says_when_to_use_it_and_what_opens() -> None:
    catalogue = parsed(catalogue_text("Words"))
    order = Order(("single",), Selection(resources=True), showcase=False)
    back = page_text(make_files(catalogue, order).files["single.pdf"], 1)
    for said in ("About this link", "Words", "From: Words", "Format: Guide, 10 minutes"):
        assert said in back


def test_the_edition_is_on_every_back_and_in_the_manifest() -> None:
    catalogue = ring()
    edition = edition_of(catalogue, make_deck(catalogue))
    files = make_files(catalogue).files
    for number in range(1, 18, 2):
        assert f"Edition {edition}" in page_text(files["single.pdf"], number)
    manifest = json.loads(files["manifest.json"])
    assert manifest["edition"] == {"hash": edition.hash, "date": edition.date.isoformat()}


def test_the_edition_is_that_of_the_ring_however_few_cards_are_printed() -> None:
    catalogue = ring()
    edition = edition_of(catalogue, make_deck(catalogue))
    made = make_files(catalogue, Order(("sheet",), Selection(only=("ddp",)), showcase=False))
    assert made.summary[0] == f"1 card on 1 double-sided sheet, edition {edition}."


def test_the_edition_changes_with_what_is_printed_and_only_with_that() -> None:
    before = edition_of(ring(), make_deck(ring()))
    summary = ring(("    summary: What it is in a sentence.", "    summary: Something else."))
    assert edition_of(summary, make_deck(summary)) == before
    front = with_card(ring(), 4, front="Something else.")
    assert edition_of(front, make_deck(front)).hash != before.hash


def test_only_cards_that_say_something_else_are_printed_and_the_summary_says_what() -> None:
    former = contents(make_deck(ring()))
    now = with_card(ring(("    title: GCP2\n", "    title: GCP\n")), 4, front="Something else.")
    made = make_files(now, Order(("single",), former=former, showcase=False))
    text = all_text(made.files["single.pdf"])
    assert "Something else." in text
    assert "Signs of Safety" not in page_text(made.files["single.pdf"], 2)
    # The index names the card whose title changed, so it has changed too.
    assert made.summary[:3] == (
        "Changed: LinkIndex (the back).",
        "Changed: 4 DDP (the front text).",
        "Changed: 6 GCP (the title).",
    )


def test_nothing_is_made_when_nothing_has_changed() -> None:
    made = make_files(ring(), Order(former=contents(make_deck(ring()))))
    assert dict(made.files) == {}
    assert made.summary[0].startswith("No card has changed in edition")


def test_cards_that_left_the_ring_are_named() -> None:
    former = {**contents(make_deck(ring())), "old": Kept("An old topic", {})}
    assert gone(make_deck(ring()), former) == ["An old topic"]
    assert changes(make_deck(ring()), former) == ()


def test_a_card_whose_code_changed_is_the_same_card_with_another_address() -> None:
    former = contents(make_deck(ring(("    code: gcp2\n", "    code: gc\n"))))
    deck = make_deck(ring())
    assert gone(deck, former) == []
    assert [(change.card.title, change.what) for change in changes(deck, former)] == [
        ("GCP2", "the address")
    ]


def test_an_edition_is_found_by_the_beginning_of_its_hash_or_by_its_file(tmp_path: Path) -> None:
    deck = make_deck(ring())
    edition = edition_of(ring(), deck)
    with pytest.raises(CardError, match=r"no record of the edition `zzz`, and none of any other"):
        former_edition("zzz", tmp_path)
    ((path, content),) = new_record(tmp_path, deck, edition).items()
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    for name in (edition.hash, edition.hash[:4], f"{edition}", str(path)):
        assert former_edition(name, tmp_path) == contents(deck)
    known = rf"no record of the edition `zzz`.*{edition.hash} \({edition.date}\)"
    with pytest.raises(CardError, match=known):
        former_edition("zzz", tmp_path)
    path.with_stem(f"{edition.hash[:4]}ffff").write_bytes(content)
    with pytest.raises(CardError, match="could be any of several editions"):
        former_edition(edition.hash[:4], tmp_path)


def test_a_record_survives_a_merge_of_both_sides_and_is_not_written_again(tmp_path: Path) -> None:
    deck = make_deck(ring())
    edition = edition_of(ring(), deck)
    path = edition_path(tmp_path, edition)
    path.parent.mkdir(parents=True)
    one, other = record(deck, edition, ("a.txt 1",)), record(deck, edition, ("a.txt 2",))
    path.write_bytes(one + other)
    assert former_edition(edition.hash, tmp_path) == contents(deck)
    assert witnesses(tmp_path, "a.txt").keys() == {"1", "2"}
    assert new_record(tmp_path, deck, edition) == {}
    assert new_record(tmp_path, deck, edition, ("a.txt 2",)) == {}
    assert b"published a.txt 1\npublished a.txt 3\n" in b"".join(
        new_record(tmp_path, deck, edition, ("a.txt 3",)).values()
    ).replace(b"published a.txt 2\n", b"")


@pytest.mark.parametrize("kept", ["", "[]", "edition abc 2026-11-24 3 cards\n", "\xff"])
def test_a_file_that_is_no_whole_record_of_an_edition_is_an_error(
    tmp_path: Path, kept: str
) -> None:
    path = tmp_path / "old.txt"
    path.write_text(kept, "latin-1")
    with pytest.raises(CardError, match="this record of an edition is not complete"):
        former_edition(str(path), tmp_path)


def test_a_record_of_another_release_is_compared_by_what_both_know(tmp_path: Path) -> None:
    deck = make_deck(ring())
    kept = record(deck, edition_of(ring(), deck)).decode()
    path = tmp_path / "old.txt"
    without = re.sub(r"\ticon=\w+", "", kept)
    for text in (without, kept.replace("\tback=", "\tfoil=0123456\tback=")):
        path.write_text(text, "utf-8")
        assert changes(deck, former_edition(str(path), tmp_path)) == ()
    path.write_text(re.sub(r"\tfront=\w+", "\tfront=0123456", without), "utf-8")
    assert {change.what for change in changes(deck, former_edition(str(path), tmp_path))} == {
        "the front text"
    }
    # A line that was cut is no line of another release.
    for cut in (kept.rstrip()[:-2], kept.rstrip().rpartition("\t")[0]):
        path.write_text(cut, "utf-8")
        with pytest.raises(CardError, match="this record of an edition is not complete"):
            former_edition(str(path), tmp_path)


def test_the_record_of_an_edition_gives_no_sensitive_topic_away() -> None:
    deck = make_deck(ring(*SENSITIVE))
    kept = record(deck, edition_of(ring(*SENSITIVE), deck)).decode().lower()
    assert "home days" in kept
    assert "neglect" not in kept
