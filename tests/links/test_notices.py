"""Rules on what a page says of itself, and on what counts as evidence of whose it is."""

import datetime

import pytest

from linkindex.links.causes import Danger, OneSign, SaysMovedTo
from linkindex.links.pages.danger import cause, danger
from linkindex.links.pages.fit import Fit
from linkindex.links.pages.html import read_text
from linkindex.links.pages.identity import Identity
from linkindex.links.wording import reason

TODAY = datetime.date(2026, 11, 25)
NEST = Identity(
    "Safe nests for birds",
    "Bird Trust",
    "How to build a safe nest.",
    "https://birds.test/nests/safe",
)
WHOLE = "Choose a sheltered wall. Drill the hole first. Clean the nest each autumn. " * 12


def page(*paragraphs, title="Safe nests for birds - Bird Trust"):
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return read_text(f"<title>{title}</title><h1>Safe nests for birds</h1>{body}")


def found(*paragraphs, title="Safe nests for birds - Bird Trust"):
    return danger(page(*paragraphs, title=title), NEST.address, NEST, None, TODAY)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Our website is down for maintenance. Please come back soon.", Danger.MAINTENANCE),
        (
            "Our website is being upgraded until 9 March 2026.",
            Danger.MAINTENANCE,
        ),
        ("We have moved to our new website, nests.example.org.", Danger.MOVED),
        ("The charity has closed its doors for good.", Danger.CLOSED),
        ("Bird Council was abolished, and its work is carried on by others.", Danger.REPLACED),
        ("This guidance was withdrawn in May.", Danger.WITHDRAWN),
        ("The helpline number is no longer in use.", Danger.NUMBER_ENDED),
    ],
)
def test_a_page_that_says_it_has_ended_is_one_to_look_at(text, kind):
    assert found(text) is kind
    assert not kind.is_harmful


@pytest.mark.parametrize(
    "text",
    [
        "Our website is down for maintenance tonight between 8pm and 10pm.",
        "Our website is being upgraded until 9 December 2026.",
        "Our offices have moved to Wren Street.",
        "Our helpline is closed on Christmas Day.",
        "An earlier edition of this leaflet was withdrawn in 2019.",
        "If a charity has closed, ask the council what to do.",
    ],
)
def test_what_passes_or_is_about_something_else_is_no_notice(text):
    assert found(WHOLE, text) is None


def test_a_notice_deep_in_a_page_with_much_else_to_say_is_none_of_the_page():
    far_below = [WHOLE, *["A wren needs less room than a robin."] * 8]
    assert found(*far_below, "The group in Wrenford has closed its doors.") is None


def test_the_new_address_of_a_page_that_moved_in_words_is_named():
    for said in ("nests.example.org/safe", '<a href="https://nests.example.org/safe">here</a>'):
        moved = page(f"We have moved to our new website: {said}")
        why = cause(Danger.MOVED, moved, NEST.address, NEST)
        assert why == SaysMovedTo("https://nests.example.org/safe")
        assert "https://nests.example.org/safe" in reason(why)


SOLD = "Our partner offers an online casino with free spins."


def test_one_sign_asks_a_person_to_look_and_says_what_it_is():
    shown = page(WHOLE, SOLD)
    assert found(WHOLE, SOLD) is Danger.DOUBTFUL
    why = cause(Danger.DOUBTFUL, shown, NEST.address, NEST)
    assert why == OneSign(Danger.GAMBLING)
    assert "gambling" in reason(why)


def test_two_signs_that_do_not_hang_together_hide_a_page():
    more = "Claim your no deposit bonus and play roulette at the best casino sites."
    assert found(WHOLE, SOLD, more, title="Online casino bonus") is Danger.GAMBLING


def test_what_a_page_quotes_or_warns_of_is_not_what_it_offers():
    assert found(WHOLE, 'They write "online casino, free spins" on the wall.') is None
    assert found(WHOLE, "Never click on adverts for an online casino with free spins.") is None


def test_what_advertisers_fill_says_nothing_of_a_page():
    html = f'<title>Safe nests for birds</title><p>{WHOLE}</p><div class="taboola">{SOLD}</div>'
    assert danger(read_text(html), NEST.address, NEST, None, TODAY) is None


def test_the_name_of_its_own_domain_does_not_sign_a_page():
    named = Identity("Safe nests", "Birds", "How to build.", "https://birds.test/nests")
    assert Fit(read_text("<p>birds.test may be for sale"), named.address, named).signed == 0
    assert Fit(read_text("<p>We are Birds"), named.address, named).signed == 1


def test_words_that_a_page_hides_do_not_count_for_it():
    html = "<style>.x{display:none}</style><p>Buy a used car from us today, or rent one.</p>"
    hidden = read_text(f'{html}<div class="x">Safe nests for birds</div>')
    assert Fit(hidden, NEST.address, NEST).named == 0
    printed = read_text(f'{html.replace(".x{", "@media print{.x{")}<div class="x">Safe nests</div>')
    assert Fit(printed, NEST.address, NEST).named > 0


def test_a_front_page_that_lists_an_entry_is_not_its_page():
    html = f"<title>Bird Trust</title><h1>Welcome</h1><p>Safe nests for birds</p><p>{WHOLE}</p>"
    assert not Fit(read_text(html), "https://birds.test/", NEST).fits
    own = html.replace("<title>", "<title>Safe nests for birds - ")
    assert Fit(read_text(own), "https://birds.test/", NEST).fits
