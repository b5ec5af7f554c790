"""Rings in two languages: one a ring, one a side, or both together."""

from __future__ import annotations

import pytest

from linkindex.cards import MadeCards, Order, Selection
from linkindex.cards.bilingual import ring_of
from linkindex.cards.edition import edition_of
from linkindex.cards.errors import CardError
from linkindex.cards.languages import language_of
from linkindex.cards.layout import CardLayout, named_layout
from linkindex.catalogue import Catalogue
from tests.cards.ring import RING, catalogue_of, letters, make_files, page_text
from tests.cards.test_look import says_language

TITLE = {"en": "Trauma-informed practice", "cy": "Ymarfer trawma"}
FRONT = {
    "en": "Trauma is common. Notice its effects, work with people, and avoid making things worse.",
    "cy": "Mae trawma yn gyffredin. Sylwch ar ei effeithiau, a pheidiwch â gwneud pethau'n waeth.",
}
ASKED = {
    "en": "What helps you feel safe when we meet?",
    "cy": "Beth sy'n eich helpu i deimlo'n ddiogel?",
}


def _index(how: str, languages: str = "[en, cy]") -> Catalogue:
    text = RING.read_text("utf-8")
    given = {
        "index:\n": f"index:\n  languages: {languages}\n  texts_in: en\n"
        f"  deck: {{languages: {how}}}\n",
        "    title: Trauma-informed practice\n": f"    title: {TITLE}\n",
        f'      front: "{FRONT["en"]}"\n': f"      front: {{en: {FRONT['en']!r}, cy: "
        f'"{FRONT["cy"]}"}}\n',
        f'        - "{ASKED["en"]}"\n': f'        - {{en: {ASKED["en"]!r}, cy: "{ASKED["cy"]}"}}\n',
    }
    for plain, both in given.items():
        assert plain in text, plain
        text = text.replace(plain, both, 1)
    return catalogue_of(text)


def _one_card(how: str, layout: str = "a4-8up", languages: str = "[en, cy]") -> MadeCards:
    index = _index(how, languages)
    order = Order(("single",), Selection(only=("tip",)), showcase=False)
    return make_files(index, order)


def _faces(made: MadeCards) -> tuple[str, str]:
    """The texts of both faces of a card, without their line breaks."""
    front, back = (" ".join(page_text(made.files["single.pdf"], n).split()) for n in (0, 1))
    return front, back


def test_a_ring_in_each_language_is_in_one_alone_and_its_codes_stay() -> None:
    index = _index("ring")
    english, welsh = ring_of(index), ring_of(index.in_language("cy"))
    cards = {card.key: card for card in welsh.cards}
    assert cards["tip"].title == TITLE["cy"]
    assert cards["tip"].front == FRONT["cy"]
    assert [card.address for card in welsh.cards] == [card.address for card in english.cards]
    assert not any(card.behind or card.beside for card in (*english.cards, *welsh.cards))


@pytest.mark.parametrize(("first", "then"), [("en", "cy"), ("cy", "en")])
def test_one_language_a_side_has_the_first_on_the_front_and_the_next_behind(
    first: str, then: str
) -> None:
    made = _one_card("side", languages=f"[{first}, {then}]")
    front, back = _faces(made)
    assert FRONT[first] in front
    assert FRONT[then] not in front
    assert ASKED[then] in back
    assert ASKED[first] not in back
    assert TITLE[then] in back
    heading = {"en": "You could ask", "cy": "Gallech ofyn"}[then]
    assert heading in back
    assert says_language(made.files["single.pdf"], "cy")


def test_what_the_front_says_of_calling_999_is_in_the_language_of_the_front() -> None:
    order = Order(("single",), Selection(only=("urgent",)), showcase=False)
    front, back = _faces(make_files(_index("side"), order))
    assert "text 999" in front
    assert "Help arall" in back


def test_both_on_each_side_have_their_room_and_the_first_is_read_first() -> None:
    front, back = _faces(_one_card("together"))
    assert front.index(FRONT["en"]) < front.index(FRONT["cy"])
    assert f"{TITLE['en']} · {TITLE['cy']}" in front
    assert back.index(ASKED["en"]) < back.index(ASKED["cy"])
    assert "You could ask · Gallech ofyn" in back


@pytest.mark.parametrize("how", ["side", "together"])
def test_what_has_no_back_has_both_languages_on_its_one_side(how: str) -> None:
    only = Selection(only=("tip",))
    scan = {"en": "Point a phone camera at a code", "cy": "Pwyntiwch gamera ff"}
    wanted = {
        ("poster", "poster-a4"): (*TITLE.values(), *scan.values()),
        ("poster", "poster-topic-a4"): (*TITLE.values(), *FRONT.values()),
        ("sticker", "avery-l7160"): tuple(TITLE.values()),
    }
    for (name, layout), texts in wanted.items():
        order = Order((name,), only, layout=layout, showcase=False)
        (content,) = [
            file for path, file in make_files(_index(how), order).files.items() if ".pdf" in path
        ]
        shown = _letters(page_text(content, 0))
        assert [text for text in texts if _letters(text) not in shown] == [], layout
        assert says_language(content, "cy") or name == "sticker"


def _letters(text: str) -> str:
    """A text without what stands between its words, since lines are broken there."""
    return "".join(filter(str.isalnum, text))


def test_a_title_runs_as_its_first_language_does_and_each_prompt_has_its_marker_before_it() -> None:
    urdu = "کیا مدد دیتا ہے؟"
    text = RING.read_text("utf-8")
    given = {
        "index:\n": "index:\n  languages: [en, ur]\n  deck: {languages: together}\n",
        "    title: Trauma-informed practice\n": "    title: {en: Trauma, ur: صدمہ}\n",
        f'        - "{ASKED["en"]}"\n': f'        - {{en: "{ASKED["en"]}", ur: "{urdu}"}}\n',
    }
    for plain, both in given.items():
        text = text.replace(plain, both, 1)
    order = Order(("single",), Selection(only=("tip",)), showcase=False)
    content = make_files(catalogue_of(text), order).files["single.pdf"]
    title = [one for one in letters(content, 0) if one.points > 12]
    latin = [one.right for one in title if one.text in "Trauma"]
    arabic = [one.left for one in title if "\u0600" <= one.text <= "\u06ff"]
    assert max(latin) < min(arabic)
    back = letters(content, 1)
    asked = [one for one in back if "\u0600" <= one.text <= "\u06ff" and one.points < 12]
    markers = [one for one in back if one.text in "›‹"]
    prompt = max(asked, key=lambda one: one.right)
    beside = [one for one in markers if one.left > prompt.right and abs(one.top - prompt.top) < 4]
    assert beside


def test_a_label_too_small_for_both_titles_is_refused_by_name() -> None:
    order = Order(("fob",), Selection(only=("tip",)), showcase=False)
    with pytest.raises(CardError, match=r"the title `Trauma-informed practice · Ymarfer trawma`"):
        make_files(_index("side"), order)
    assert make_files(_index("ring"), order).files


def test_a_text_that_is_in_one_language_alone_is_not_said_twice() -> None:
    cards = {card.key: card for card in ring_of(_index("together")).cards}
    assert cards["aces"].title == "ACEs"
    assert cards["aces"].beside is None


def test_a_ring_in_urdu_stands_where_any_ring_does_and_its_texts_run_from_the_right() -> None:
    urdu = "محبت بھرے رشتے مدد کرتے ہیں۔"
    text = RING.read_text("utf-8")
    text = text.replace("index:\n", "index:\n  languages: [ur]\n  texts_in: en\n", 1)
    text = text.replace(f'front: "{FRONT["en"]}"', f'front: {{en: Trauma, ur: "{urdu}"}}', 1)
    order = Order(("single",), Selection(only=("tip",)), showcase=False)
    made = make_files(catalogue_of(text), order)  # Every code is read back at its place.
    content = made.files["single.pdf"]
    right = [letter.right for letter in letters(content, 0) if "\u0600" <= letter.text <= "\u06ff"]
    layout = named_layout("a4-8up")
    assert isinstance(layout, CardLayout)
    assert max(right) == pytest.approx(layout.code.x, abs=1.5)
    assert says_language(content, "ur")
    assert language_of("DMM attachment", "ur") == "en"


def test_a_deck_in_one_language_is_the_edition_that_it_was() -> None:
    index = catalogue_of(RING.read_text("utf-8"))
    (same,) = {edition_of(index, ring_of(index)).hash}
    two = _index("side")
    assert edition_of(two, ring_of(two)).hash != same
    assert edition_of(two, ring_of(two)).hash != edition_of(two, ring_of(_index("ring"))).hash
