"""Rules on what a page turned out to be, measured on labelled pages."""

import re
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

import pytest

from linkindex.links.pages.danger import Danger, danger
from linkindex.links.pages.hosts import is_home, registrable
from linkindex.links.pages.html import PageText, read_text
from linkindex.links.pages.identity import Identity, Seen, identity_of
from linkindex.links.pages.signs import signs
from linkindex.links.wording import reason
from tests.links.labelled import danger_pages, judged

LEAST_FOUND = 0.95
MOST_FALSE_ALARMS = 0.02

HARMFUL = [kind for kind in Danger if kind.is_harmful]


def ordinary_pages(catalogue):
    """Every resource of the index as a page that says little of it, as real pages may."""
    for resource in catalogue.current_resources:
        identity = identity_of(catalogue, resource)
        menu = "Accept all cookies. Menu. Search. Donate. Contact us. Shop. Log in."
        yield identity, PageText(title=resource.title, scripts=5)
        yield identity, PageText(title=resource.publisher, text=f"{menu} {resource.summary}")


@pytest.mark.slow
@pytest.mark.parametrize("part", ["tuned-on", "held-out"])
def test_nearly_every_danger_is_found(part):
    dangers = [case for case in judged(part) if case.expected]
    missed = [case.name for case in dangers if not case.found]
    assert 1 - len(missed) / len(dangers) >= LEAST_FOUND, missed


@pytest.mark.parametrize("part", ["tuned-on", "held-out"])
def test_nearly_every_harmful_page_is_known_to_be_harmful(part):
    harmful = [case for case in judged(part) if case.expected in HARMFUL]
    missed = [case.name for case in harmful if not (case.found and case.found.is_harmful)]
    assert 1 - len(missed) / len(harmful) >= LEAST_FOUND, missed


@pytest.mark.parametrize("part", ["tuned-on", "held-out"])
def test_pages_that_were_made_to_look_suspicious_are_left_alone(part):
    fine = [case for case in judged(part) if not case.expected]
    alarms = [case.name for case in fine if case.found]
    assert len(alarms) / len(fine) < MOST_FALSE_ALARMS, alarms


@pytest.mark.slow
def test_there_are_no_false_alarms_on_the_plainest_pages_of_this_index(catalogue):
    found = [danger(page, who.address, who) for who, page in ordinary_pages(catalogue)]
    assert set(found) == {None}


@pytest.mark.slow
def test_nearly_every_danger_is_found_in_place_of_the_links_of_this_index(catalogue):
    found = of = 0
    entries = [identity_of(catalogue, one) for one in catalogue.current_resources[::40]]
    for kind, final, page in danger_pages("tuned-on"):
        for who in entries:
            if kind != "home" or not is_home(urlsplit(who.address).path):
                of += 1
                found += danger(page, urljoin(who.address, final), who) is not None
    assert found / of >= LEAST_FOUND


@pytest.mark.parametrize("language", ["cy", "gd", "ga"])
def test_a_translation_on_the_same_site_is_not_something_else(language):
    text = "Mae nythod diogel i bob aderyn yn cael eu hadeiladu yn y gwanwyn gan ein tîm. " * 4
    page = PageText(title="Hafan", text=text, language=language)
    assert danger(page, NEST.address, NEST) is None
    assert danger(page, "https://other.test/", NEST) is Danger.OTHER
    indonesian = "Kami adalah toko yang menjual sarang burung dengan harga untuk semua orang. " * 4
    page = PageText(title="Toko", text=indonesian, language="id")
    assert danger(page, NEST.address, NEST) is Danger.OTHER


def test_a_login_of_another_company_is_a_danger_where_it_is_not_its_own():
    page = PageText(title="Sign in to Outlook", text="Password", password_asked=True)
    assert danger(page, NEST.address, NEST) is Danger.LOGIN
    assert danger(page, "https://login.live.com/x", NEST) is None
    own = replace(page, title="Sign in with Microsoft - Bird Trust")
    assert danger(own, NEST.address, NEST) is None


def test_what_an_entry_says_of_domains_is_not_held_against_its_page():
    text = "This domain is for sale: such a notice says that it is too late. Set a reminder. " * 2
    page = PageText(title="Keep it", text=text)
    about = Identity("Web addresses", "Help", "How to keep a domain.", "https://a.test/")
    assert danger(page, "https://a.test/", about) is None
    assert danger(page, NEST.address, NEST) is Danger.FOR_SALE


NEST = Identity(
    "Safe nests", "Bird Trust", "How to build a nest that is safe.", "https://birds.test/nests/safe"
)


def test_what_the_entry_speaks_of_is_no_danger():
    page = PageText(title="Casinos", text="Online casinos, bets, slots and poker: find help.")
    about = Identity("Casinos and families", "Help", "On gambling harm.", "https://a.test/")
    assert danger(page, "https://birds.test/nests/safe", NEST) is Danger.GAMBLING
    assert danger(page, "https://a.test/", about) is None


def test_more_is_needed_where_an_entry_speaks_of_such_things():
    page = PageText(title="Not on GamStop", text="What that means.")
    about = Identity("Casinos and families", "Help", "On gambling harm.", "https://a.test/")
    assert danger(page, "https://a.test/", about) is None
    assert danger(page, NEST.address, NEST) is Danger.GAMBLING


def test_a_deep_link_that_ends_at_the_home_page_is_noticed():
    page = PageText(title="Bird Trust", text="Welcome to the Bird Trust. News. Events.")
    assert danger(page, "https://birds.test/", NEST) is Danger.HOME
    assert danger(page, "https://birds.test/nests/", NEST) is None


def test_a_home_page_that_is_what_the_entry_says_is_in_order():
    page = PageText(title="Safe nests: home", text="Safe nests for all birds.")
    assert danger(page, "https://birds.test/", NEST) is None


def test_a_page_that_fits_nothing_is_suspect_unless_it_was_always_so():
    text = "Roof tiles and gutters for your house. " * 10
    page = PageText(title="Roofers", text=text)
    here = NEST.address
    assert danger(page, here, NEST) is Danger.OTHER
    assert danger(page, here, NEST, Seen("Roofers", here)) is None
    assert danger(page, here, NEST, Seen("Safe nests", here)) is Danger.OTHER


@pytest.mark.parametrize("title", ["", "Roofers"])
def test_a_page_of_which_nothing_was_read_before_is_not_what_it_was(title):
    text = "Roof tiles and gutters for your house. " * 10
    page, here = PageText(title=title, text=text), NEST.address
    assert danger(page, here, NEST, Seen("", here)) is Danger.OTHER


def test_a_page_in_another_script_is_suspect_unless_the_entry_is():
    page = PageText(title="Онлайн", text="Добро пожаловать на наш новый сайт для всех")
    assert danger(page, NEST.address, NEST) is not None
    russian = Identity("Для семей", "Дом", "", NEST.address, "ru")
    assert danger(page, NEST.address, russian) is None


def test_a_title_that_is_only_the_host_adds_to_a_sign_of_parking():
    page = PageText(title="birds.test", text="Related searches. Flights. Loans.")
    assert danger(page, NEST.address, NEST) is Danger.PARKED
    assert danger(replace(page, text="Loading"), NEST.address, NEST) is None
    assert danger(replace(page, title="Birds"), NEST.address, NEST) is None


@pytest.mark.parametrize("path", ["", "/", "/home", "/en/", "/en-gb/index.html", "/Default.aspx"])
def test_front_pages_are_known(path):
    assert is_home(path)


@pytest.mark.parametrize("path", ["/nests", "/home/nests", "/a/", "/index/of"])
def test_other_pages_are_not_front_pages(path):
    assert not is_home(path)


def test_who_owns_a_host_is_read_from_the_public_suffixes():
    assert registrable("https://www.families.leeds.gov.uk/x") == "leeds.gov.uk"
    assert registrable("https://one.github.io/") != registrable("https://two.github.io/")


def test_every_kind_says_in_a_sentence_what_was_found():
    assert all(len(reason(kind)) > 20 for kind in Danger)


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://img1.wsimg.com/parking-lander/static/main.js"></script><div id=root>',
        '<title>birds</title><iframe src="//www.sedoparking.com/frame?x=1"></iframe>',
        '<img src="https://c.parkingcrew.net/pixel.gif"><p>Loading',
    ],
)
def test_a_page_that_says_nothing_is_known_by_the_parking_service_that_it_loads(html):
    assert danger(read_text(html), NEST.address, NEST) is Danger.PARKED


def test_what_a_page_loads_of_others_is_no_danger():
    html = '<title>Safe nests</title><img src="https://jordan.com/a.png"><form action="/lander/x">'
    assert danger(read_text(html), NEST.address, NEST) is None


@pytest.mark.parametrize(
    "script",
    [
        'window.onload=function(){window.location.href="/lander"}',
        "location.replace('/lander')",
        'document.location = "/lander"',
    ],
)
def test_a_page_that_shows_nothing_leads_where_its_script_says(script):
    page = f"<!DOCTYPE html><html><head><script>{script}</script></head></html>"
    assert read_text(page).refresh == "/lander"
    assert read_text(f"{page}<p>Safe nests for birds").refresh == ""
    assert read_text(f"{page}<script>{'go(); ' * 200}</script>").refresh == ""


def test_less_is_enough_where_nothing_is_left_of_the_title_that_a_page_had():
    page = PageText(title="Safe bets", text="Live casino and roulette for all.")
    assert danger(page, NEST.address, NEST, Seen("Safe boxes", NEST.address)) is None
    assert danger(page, NEST.address, NEST, Seen("Garden boxes", NEST.address)) is Danger.GAMBLING


def test_no_sign_that_may_begin_anywhere_goes_on_without_end():
    """Else a long enough row of digits on a page would take minutes."""
    endless = re.compile(r"(?<!\\)[*+]|\{\d*,\}")
    in_brackets = re.compile(r"\[[^]]*\]")
    patterns = [sign.pattern.pattern for kind in signs().values() for sign in kind if sign.pattern]
    ways = [way.strip() for pattern in patterns for way in re.split(r"(?:^|\|)\(\?:", pattern)]
    assert len(ways) > 40
    assert not [
        way
        for way in ways
        if endless.search(in_brackets.sub("", way)) and way[0] != "^" and not way.endswith("$)")
    ]


SPAM = "Online casino. Free spins without deposit. Slot gacor."


@pytest.mark.parametrize(
    "style", ["display:none", "position:absolute; left:-9999px", "font-size:0", "opacity: 0"]
)
def test_what_intruders_hide_in_a_page_is_found_though_the_page_is_what_it_was(style):
    page = read_text(
        "<title>Safe nests - Bird Trust</title><h1>Safe nests</h1><p>How to build a nest, where."
        f'<div style="{style}"><div>{SPAM}</div></div><p>Call us.'
    )
    assert page.hidden == SPAM
    assert danger(page, NEST.address, NEST) is Danger.GAMBLING
    about = Identity("Casinos", "Bird Trust", "Gambling, slots and casinos", NEST.address)
    assert danger(page, NEST.address, about) is None


@pytest.mark.parametrize(
    "page",
    [
        f'<body style="opacity:0"><p>{SPAM}',
        f'<div style="display:none">{SPAM}</div>',
        f'<p style="display:none">Menu<p>{SPAM}<p>{"Nests for all birds. " * 9}',
        f'<div style="display:none">{SPAM} Worried about your child or teenager? Our helpline.'
        f"</div><p>{'Nests for all birds. ' * 9}",
    ],
)
def test_what_is_hidden_until_it_is_drawn_or_opened_is_not_of_intruders(page):
    page = read_text(f"<title>Safe nests - Bird Trust</title><h1>Safe nests</h1>{page}")
    assert danger(page, NEST.address, NEST) is None


def test_a_false_test_for_robots_is_a_danger_and_not_a_wall():
    text = "Verify you are human. Press Windows key + R, then Ctrl + V, then Enter."
    for title in ("Just a moment...", "Safe nests - Bird Trust"):
        assert danger(PageText(title=title, text=text), NEST.address, NEST) is Danger.OTHER


def test_the_logins_of_a_site_and_of_those_who_let_people_in_for_others_are_no_danger():
    own = PageText(
        title="Log in to your account",
        text="Log in to continue. Email. Password. Continue with Google. Continue with Microsoft.",
        password_asked=True,
    )
    assert danger(own, NEST.address, NEST) is None
    for address in ("https://login.microsoftonline.com/x", "https://signin.account.gov.uk/x"):
        page = replace(own, title="Sign in - Microsoft", text="Sign in to continue. Password")
        assert danger(page, address, NEST) is None
    assert danger(page, "https://roofs.test/x", NEST) is Danger.LOGIN
    assert danger(page, NEST.address, NEST, Seen(page.title, NEST.address)) is None


@pytest.mark.parametrize(
    "text",
    [
        "Home Services Housing Schools Bins Planning Jobs News Events Contact Search Login Menu "
        "Accessibility Privacy Sitemap Translate Facebook Instagram",
        "Our website is currently unavailable for maintenance. Please try again later.",
        "Loading",
        "",
    ],
)
def test_a_page_that_says_nothing_of_anything_is_no_danger(text):
    assert danger(PageText(title="Home", text=text), NEST.address, NEST) is None


def test_a_question_about_cookies_is_a_wall():
    text = "We value your privacy. We and our 40 partners store and access information. Accept all."
    assert danger(PageText(title="Cookies", text=text), NEST.address, NEST) is Danger.WALL
    assert danger(PageText(title="Safe nests", text=text), NEST.address, NEST) is None


@pytest.mark.parametrize(
    "page",
    [
        '<script>if (old) location.href="/old"</script>',
        '<script>document.cookie="a"; location.href="/?i=1"</script>',
        '<script>var location = "gb"</script>',
        '<noscript><meta http-equiv=refresh content="0;url=/nojs"></noscript>',
    ],
)
def test_a_page_that_leads_on_only_some_leads_nowhere(page):
    assert read_text(page).refresh == ""


def test_those_who_help_with_gambling_may_speak_of_it_where_their_entry_does_not():
    text = f"{SPAM} Bet365, betting sites. If your child or teenager gambles, call our helpline."
    page = PageText(title="When play is not play", text=f"{text} Bird Trust, a charity.")
    assert danger(page, NEST.address, NEST) is None
    assert danger(replace(page, text=text), NEST.address, NEST) is Danger.GAMBLING


def test_a_page_with_another_title_and_nothing_of_its_entry_is_something_else():
    text = "Ten days of mountains: where to walk with children, and where to eat and sleep well."
    page, before = PageText(title="On foot", text=text), Seen("Nests", NEST.address)
    assert danger(page, NEST.address, NEST, before) is Danger.OTHER
    assert danger(page, NEST.address, NEST, Seen("On foot", NEST.address)) is None


def test_a_phrase_counts_for_one_sign_of_its_kind():
    for kind, all_signs in signs().items():
        phrases = [one for sign in all_signs for some in sign.phrases.values() for one in some]
        assert len(phrases) == len(set(phrases)), kind


def test_no_sign_waits_for_what_the_words_of_a_page_cannot_hold():
    worded = [sign.worded.pattern for kind in signs().values() for sign in kind if sign.worded]
    cannot = re.compile(r"""[,'"&/$^]|\\[+$/.]""")
    plain = [re.sub(r"\{\d,\d+\}", "", one) for one in worded]
    assert plain
    assert not [one for one in plain if cannot.search(one)]
