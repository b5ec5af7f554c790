"""Rules of when the network of a check is at fault, so that nothing that was found counts."""

import itertools
from dataclasses import replace

import pytest

from linkindex.links.asking.answers import Answer, HostAnswer
from linkindex.links.causes import Answered, Danger, Disturbance, Opens, Why
from linkindex.links.judging.disturbance import (
    ENOUGH_SITES,
    MANY_SITES,
    PATIENCE,
    Silence,
    unless_disturbed,
)
from linkindex.links.judging.looks import NOT_IN_TIME, NOT_JUDGED, Look, classify_answer
from linkindex.links.model import Verdict
from linkindex.links.pages.html import PageText
from linkindex.links.pages.identity import Identity

MISSING_SITE = Look(Verdict.BROKEN, Why.NO_SUCH_HOST)
SILENT = Look(Verdict.UNVERIFIED, Why.TOO_SLOW)
NO_SUCH_PAGE = Look(Verdict.BROKEN, Answered(404), status=404)
REMOVED = Look(Verdict.BROKEN, Answered(410), status=410)
REFUSES = Look(Verdict.BLOCKED, Answered(403), status=403)
BAD_GATEWAY = Look(Verdict.UNVERIFIED, Answered(502), status=502)
EMPTY = Look(Verdict.UNVERIFIED, Why.EMPTY_PAGE, status=200, read=True)
OPENS = Look(Verdict.WORKING, Opens(200), status=200)


def address(site, page=0):
    return f"https://site{site}.test/page/{page}"


def sites(count, look, first=0):
    return dict.fromkeys(map(address, range(first, first + count)), look)


def trouble(looks, reliable=()):
    verdicts, found = unless_disturbed(looks, reliable)
    if found:
        assert {look.verdict for look in verdicts.values()} == {"unverified"}
        assert {look.cause for look in verdicts.values()} == {found}
    else:
        assert verdicts == looks
    return found


def shown(site, page=0, *, title, text, entry=None):
    """The look at a page that opened in the place of an entry, judged as in a check."""
    where = address(site, page)
    topic = f"resting nests number {site} {page}"
    entry = entry or Identity(topic, "Bird Trust", f"How to build {topic}.", where)
    answer = Answer(where, where, 200, page=PageText(title=title, text=text))
    return classify_answer(answer, entry, None, HostAnswer.ANSWERS)


@pytest.mark.parametrize("look", [MISSING_SITE, SILENT])
def test_nothing_counts_where_not_one_of_several_sites_answers(look):
    assert trouble(sites(ENOUGH_SITES, look)) is Disturbance.CUT_OFF
    assert not trouble(sites(ENOUGH_SITES - 1, look))


def test_nothing_counts_where_most_of_many_sites_do_not_answer():
    looks = sites(MANY_SITES, MISSING_SITE) | sites(2, OPENS, first=50)
    assert trouble(looks) is Disturbance.CUT_OFF


def test_a_site_is_broken_where_others_answer():
    assert not trouble(sites(3, MISSING_SITE) | sites(1, REFUSES, first=50))


def test_the_pages_of_one_owner_are_one_site():
    looks = {f"https://{part}.council.gov.uk/": MISSING_SITE for part in "abcdefghijkl"}
    assert not trouble(looks)


@pytest.mark.parametrize("look", [REMOVED, NO_SUCH_PAGE, REFUSES, BAD_GATEWAY, EMPTY])
def test_nothing_counts_where_none_of_many_sites_opens_whatever_the_code(look):
    assert trouble(sites(60, look)) is Disturbance.SHUT_OUT
    assert trouble(sites(MANY_SITES, look)) is Disturbance.SHUT_OUT
    assert not trouble(sites(MANY_SITES - 1, look))


def test_one_page_that_opens_among_many_that_do_not_is_evidence_of_a_network():
    assert not trouble(sites(20, REMOVED) | sites(1, OPENS, first=50))


@pytest.mark.parametrize("look", [BAD_GATEWAY, REMOVED, REFUSES])
def test_nothing_counts_where_most_of_what_was_reliable_fails(look):
    looks = sites(50, look) | sites(10, OPENS, first=50)
    assert trouble(looks, reliable=looks) is Disturbance.SHUT_OUT
    assert not trouble(looks, reliable=sites(10, OPENS, first=50))


@pytest.mark.parametrize("dead", [3, 30])
@pytest.mark.parametrize("look", [MISSING_SITE, NO_SUCH_PAGE, BAD_GATEWAY])
def test_doubtful_links_fail_where_reliable_sites_open(dead, look):
    controls = sites(4, OPENS, first=100)
    assert not trouble(sites(dead, look) | controls, reliable=controls)


@pytest.mark.parametrize("dead", [1, 3, 30])
@pytest.mark.parametrize("look", [MISSING_SITE, BAD_GATEWAY])
def test_nothing_counts_where_reliable_sites_fail_with_the_doubtful_ones(dead, look):
    controls = sites(4, look, first=100)
    assert trouble(sites(dead, look) | controls, reliable=controls)


def test_some_reliable_sites_that_fail_among_many_others_that_open_are_broken():
    looks = sites(3, MISSING_SITE) | sites(57, OPENS, first=3)
    assert not trouble(looks, reliable=sites(3, MISSING_SITE))


def test_what_was_not_looked_at_in_time_is_no_evidence():
    assert not trouble(sites(50, NOT_IN_TIME) | sites(4, OPENS, first=100))
    assert not trouble(sites(50, NOT_IN_TIME))


def test_a_page_that_could_not_be_judged_is_no_fault_of_the_network():
    assert not trouble(sites(20, NOT_JUDGED))


PORTAL = "Sign in to go on. Accept the terms of use of this network and choose a room number."


@pytest.mark.parametrize("count", [ENOUGH_SITES, MANY_SITES, 60])
@pytest.mark.parametrize("title", ["Guest network", ""])
def test_nothing_counts_where_every_site_shows_one_page(count, title):
    looks = {
        address(site, page): shown(site, page, title=title, text=PORTAL)
        for site in range(count)
        for page in range(3)
    }
    assert trouble(looks) is Disturbance.CAPTIVE


def test_a_page_of_the_network_may_name_what_was_asked_for():
    looks = {
        address(site): shown(
            site, title="Guest network", text=f"{PORTAL} Then go to site{site}.test/page/0."
        )
        for site in range(12)
    }
    assert trouble(looks) is Disturbance.CAPTIVE


def test_a_page_of_the_network_may_say_something_new_every_time():
    looks = {
        address(site): shown(site, title="Guest network", text=f"{PORTAL} Visitor {site * 7}.")
        for site in range(12)
    }
    assert trouble(looks) is Disturbance.CAPTIVE


def test_a_network_may_send_everybody_to_its_own_site():
    looks = {
        where: replace(
            shown(site, title=f"Hello {site}", text=f"{PORTAL} {site}"),
            final_address=f"https://portal.hotel.test/?from={site}",
        )
        for site, where in enumerate(map(address, range(12)))
    }
    assert trouble(looks) is Disturbance.CAPTIVE


def test_some_sites_may_open_though_the_network_shows_its_page_for_the_others():
    looks = {address(site): shown(site, title="Hi", text=PORTAL) for site in range(40)}
    looks |= {address(site): healthy(site, 0, title="Safe nests") for site in range(40, 60)}
    assert trouble(looks) is Disturbance.CAPTIVE


def test_secure_sites_do_not_answer_where_the_network_shows_its_page_for_the_others():
    looks = {address(site): shown(site, title="Hi", text=PORTAL) for site in range(20)}
    assert trouble(looks | sites(40, SILENT, first=20)) is Disturbance.CAPTIVE


def healthy(site, page, *, title):
    topic = f"resting nests number {site} {page}"
    text = f"How to build {topic}. Advice from Bird Trust for birds that need {topic} in spring."
    return shown(site, page, title=title, text=text)


TITLES = {
    "the same on each": "Home",
    "that of a common program": "Home | My website",
    "their own": "Nests {site} {page} | Bird Trust",
    "partly their own": "Nests {page}",
    "none": "",
}


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("pages", [1, 10])
def test_pages_that_fit_count_whatever_their_titles_share(title, pages):
    looks = {
        address(site, page): healthy(site, page, title=TITLES[title].format(site=site, page=page))
        for site in range(60)
        for page in range(pages)
    }
    assert not trouble(looks)


def test_pages_of_their_own_that_do_not_fit_are_not_taken_for_one():
    """A share of all pages shows nothing of its entry, and many of those have one title."""
    looks = {address(site): healthy(site, 0, title="Home") for site in range(20)}
    looks |= {
        address(site): shown(site, title="Home", text=f"Welcome, friends of {word}. " * 5)
        for site, word in zip(
            range(20, 60), map("".join, itertools.product("bcdf", "aeiou", "lmn")), strict=False
        )
    }
    assert not trouble(looks)


def test_domains_in_the_hands_of_one_trader_are_no_network():
    parked = Look(
        Verdict.SUSPECT, Danger.PARKED, status=200, danger=Danger.PARKED, read=True, shown="p"
    )
    looks = {address(site): healthy(site, 0, title="Nests") for site in range(40)}
    assert not trouble(looks | sites(20, parked, first=40))
    controls = {address(site): healthy(site, 0, title="Nests") for site in range(4)}
    assert not trouble(controls | sites(5, parked, first=40), reliable=controls)


def heard(count, asked, look=SILENT):
    silence = Silence(map(address, range(count)), since=100.0)
    for site in range(asked):
        silence.heard(address(site), look)
    return silence


def test_a_check_goes_on_until_all_sites_were_silent_or_many_for_long():
    early, late = 101.0, 100.0 + PATIENCE
    assert heard(60, 60).is_of_the_network(early)
    assert heard(60, MANY_SITES).is_of_the_network(late)
    assert not heard(60, MANY_SITES).is_of_the_network(early)
    assert not heard(60, MANY_SITES - 1).is_of_the_network(late)
    assert not heard(ENOUGH_SITES - 1, ENOUGH_SITES - 1).is_of_the_network(late)


def test_a_check_goes_on_once_anybody_has_answered():
    silence = heard(60, 60)
    silence.heard(address(0), NO_SUCH_PAGE)
    assert not silence.is_of_the_network(1000.0)
