"""Rules of what opens and shows nothing that anybody could judge: it is not known to work."""

import codecs
import gzip
import json
import random

import pytest

from linkindex.links import Expectations, Link, check_links
from linkindex.links.asking.answers import Answer, Content
from linkindex.links.asking.content import content_of, text_of
from linkindex.links.asking.guard import Guard
from linkindex.links.causes import Why
from linkindex.links.judging.looks import classify_answer
from linkindex.links.judging.settling import settled
from linkindex.links.pages.html import MOST_TEXT, decoded, read_text
from linkindex.links.pages.identity import Identity
from linkindex.links.pages.unread import unread
from tests.links.misbehaving import MisbehavingServer

HERE = "https://a.test/nests"
NEST = Identity("Safe nests", "Bird Trust", "How to build a nest that is safe.", HERE)
GOOD = (
    "<!doctype html><title>Safe nests - Bird Trust</title><h1>Safe nests</h1>"
    "<p>How to build a nest that is safe."
)
NOISE = random.Random(1).randbytes(5_000)


@pytest.mark.parametrize(
    ("body", "kind", "content"),
    [
        (b"", "text/html", Content.NOTHING),
        (b" \r\n ", "text/html", Content.NOTHING),
        (b"", "application/pdf", Content.NOTHING),
        (GOOD.encode(), "text/html", Content.PAGE),
        (GOOD.encode(), "", Content.PAGE),
        (GOOD.encode(), "application/octet-stream", Content.PAGE),
        (GOOD.encode(), "application/json", Content.PAGE),
        (b"\xef\xbb\xbf<html><p>Hello", "text/html", Content.PAGE),
        (b"<!-- made by hand --><html><p>Hello", "text/xml", Content.PAGE),
        (b"How to build a nest.", "text/plain", Content.PAGE),
        (b"[2026] How to build a nest", "text/html", Content.PAGE),
        (b"{{ title }} How to build a nest", "text/html", Content.PAGE),
        (b'{"error": "not found"}', "application/json", Content.DATA),
        (b'{"status": 500}', "text/html", Content.DATA),
        (b'[{"code": 1}]', "text/plain", Content.DATA),
        (b'{"message": "' + b"x" * 300_000, "text/html", Content.DATA),
        (b'{"title": "Gone"}', "application/problem+json", Content.DATA),
        (b"<?xml version='1.0'?><Error><Code>NoSuchKey</Code></Error>", "text/xml", Content.DATA),
        (b"<?xml version='1.0'?><rss><channel/></rss>", "application/xml", Content.FILE),
        (b"%PDF-1.7 ...", "application/pdf", Content.FILE),
        (b"%PDF-1.7 ...", "text/html", Content.FILE),
        (b"<html>The file is gone", "application/pdf", Content.PAGE),
        (b"no such file", "application/pdf", Content.GARBAGE),
        (b"\x89PNG...", "image/png", Content.FILE),
        (NOISE, "text/html", Content.GARBAGE),
        (gzip.compress(GOOD.encode() * 20), "text/html", Content.GARBAGE),
        (GOOD.encode("utf-16-le"), "text/html", Content.GARBAGE),
    ],
)
def test_what_came_is_known_by_its_beginning(body, kind, content):
    assert content_of(body, kind, None) is content


@pytest.mark.parametrize(
    "encoding", ["utf-8", "cp1252", "iso-8859-2", "koi8-r", "shift_jis", "gb18030", "utf-16"]
)
def test_a_text_in_any_language_is_no_garbage(encoding):
    texts = {"koi8-r": "Безопасные гнёзда", "shift_jis": "安全な巣", "gb18030": "安全的巢"}
    text = f"<title>x</title><p>{texts.get(encoding, 'Safe nests cost £5')}".replace(
        "£", "£" if encoding in ("utf-8", "cp1252", "utf-16") else ""
    )
    assert content_of(text.encode(encoding), "text/html", encoding) is Content.PAGE


def test_a_plain_text_is_read_as_it_stands():
    text = text_of(b"Nests <b> & co", "text/plain", None)
    assert read_text(text).text == "Nests <b> & co"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF8, "utf-8"),
    ],
)
@pytest.mark.parametrize("named", [None, "utf-8", "iso-8859-1"])
def test_a_text_is_read_as_its_mark_says_whatever_its_header_names(mark, encoding, named):
    assert decoded(mark + GOOD.encode(encoding), named) == GOOD


def test_a_page_that_can_be_read_byte_by_byte_is_not_in_two_bytes_a_letter():
    page = f"<meta charset=utf-16>{GOOD}"
    assert decoded(page.encode(), None) == page


def test_a_page_that_is_cut_within_a_letter_is_read_to_there():
    text = "Łódź " * MOST_TEXT
    assert decoded(text.encode()[:9_999], "utf-8").startswith("Łódź Łódź")


BLANK = {
    "nothing": "<!doctype html><html><head></head><body></body></html>",
    "a title alone": "<title>Safe nests - Bird Trust</title>",
    "a picture alone": "<title>Safe nests</title><img src=nest.png>",
    "a frame alone": "<title>Safe nests</title><iframe src=/nest></iframe>",
    "signs without a word": "<p>... --- *** 2026",
    "a comment that never ends": "<title>Safe nests</title><!-- <p>How to build a nest.",
}
FOR_SCRIPTS = {
    "an empty place": (
        "<title>Safe nests - Bird Trust</title><div id=root></div><script src=a.js></script>"
    ),
    "a word meanwhile": "<title>Safe nests</title><script>x()</script><p>Loading, please wait ...",
    "a request for scripts": (
        "<title>Safe nests</title><script>x()</script><p>You need to enable JavaScript to run this "
        "app, or come back with another browser."
    ),
    "a request to those without": (
        "<script src=a.js></script><noscript>Please enable JavaScript</noscript><div></div>"
    ),
}
LOGINS = {
    "a heading": "<title>Bird Trust</title><h1>Sign in</h1><p>Email address. Continue.",
    "a title": "<title>Sign in - Bird Trust</title><p>Email address. Password. Forgotten it?",
    "a title after the name": "<title>Bird Trust | Log in</title><p>Email address. Password.",
    "a sentence": "<title>Bird Trust</title><h1>Please sign in to continue</h1><p>Email address.",
    "who it is for": "<title>x</title><h1>Staff login</h1><p>User name and password, please.",
    "in place of the page": (
        "<title>Safe nests - Bird Trust</title><h1>Sign in</h1><p>Email address. Continue."
    ),
    "with more beside": (
        "<title>Bird Trust</title><h1>Sign in</h1><form><input type=password></form><h2>New here?"
        "</h2><h2>Help</h2><p>" + "Ask us for an account, and for help with it. " * 12
    ),
    "in Welsh": "<title>Mewngofnodi</title><p>Cyfeiriad e-bost. Cyfrinair. Anghofio?",
    "in German": "<title>Vogelbund</title><h1>Anmelden</h1><p>E-Mail und Passwort bitte eingeben.",
}
SHOWN = {
    "a good page": GOOD,
    "a good page with scripts": f"{GOOD}<script>x()</script>",
    "a short page": "<p>It is here.",
    "a box to sign in first": (
        "<title>Safe nests - Bird Trust</title><h2>Sign in</h2><h1>Safe nests</h1>"
        "<p>How to build a nest that is safe."
    ),
    "a long page with a box first": (
        "<title>Safe nests - Bird Trust</title><h2>Log in</h2><form><input type=password></form>"
        "<p>" + "How to build a nest that is safe for every bird. " * 12
    ),
    "a page about signing in": (
        "<title>Help - Bird Trust</title><h1>How to sign in to your account</h1>"
        "<p>How to build a nest that is safe. Ask us how to sign in."
    ),
    "a note on scripts": f"{GOOD}<script>x()</script><p>Some maps need JavaScript to be enabled. "
    + "Nests for all birds, and how to build them. " * 6,
}


@pytest.mark.parametrize("page", BLANK)
def test_a_page_that_shows_nothing_is_not_known_to_work(page):
    assert unread(read_text(BLANK[page]), NEST) is Why.EMPTY_PAGE


@pytest.mark.parametrize("page", FOR_SCRIPTS)
def test_a_page_that_shows_nothing_without_its_scripts_is_for_a_person(page):
    assert unread(read_text(FOR_SCRIPTS[page]), NEST) is Why.NEEDS_SCRIPTS


@pytest.mark.parametrize("page", LOGINS)
def test_a_page_that_calls_itself_a_login_is_for_a_person(page):
    assert unread(read_text(LOGINS[page]), NEST) is Why.WANTS_LOGIN


def test_an_entry_about_signing_in_may_lead_to_a_login():
    portal = Identity("Sign in to the parent portal", "Bird Trust", "Where parents log in.", HERE)
    assert unread(read_text(LOGINS["a heading"]), portal) is None


@pytest.mark.parametrize("page", SHOWN)
def test_a_page_that_shows_something_is_judged(page):
    assert unread(read_text(SHOWN[page]), NEST) is None


def look(content, page=None):
    return classify_answer(Answer(HERE, HERE, 200, content=content, page=page), NEST)


@pytest.mark.parametrize("content", [Content.NOTHING, Content.DATA, Content.GARBAGE, Content.LATE])
def test_what_could_not_be_read_is_unverified_and_read_once_more(content):
    unclear = look(content)
    assert unclear.verdict == "unverified"
    assert settled([unclear]) is None
    assert settled([unclear, unclear]).verdict == "unverified"
    assert settled([unclear, classify_answer(good(), NEST)]).verdict == "working"


def good():
    return Answer(HERE, HERE, 200, content=Content.PAGE, page=read_text(GOOD))


def test_a_file_is_there_though_nobody_reads_it():
    assert look(Content.FILE).verdict == "working"


@pytest.mark.parametrize(
    "title",
    ["Error 404? How to build safe nests", "404 safe nests | Bird Trust", "Not found: nests"],
)
def test_a_page_that_fits_is_not_missing_for_a_word_in_its_title(title):
    text = GOOD.replace("Safe nests - Bird Trust", title) + " Page 404 of the book was not found."
    found = look(Content.PAGE, read_text(text))
    assert (found.verdict, found.fits) == ("working", True)


def test_a_page_that_is_missing_says_so():
    text = "<title>404 Not Found - Bird Trust</title><h1>Page not found</h1><p>It was not found."
    assert look(Content.PAGE, read_text(text)).danger == "missing"


def chunked(parts, end=b"0\r\n\r\n"):
    """A body in chunks, as they go over the wire."""
    framed = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n" + (
        framed + end
    )


RAW = {
    "chunks": (chunked([GOOD.encode()]), "working"),
    "chunks that end early": (chunked([GOOD.encode()], b""), "working"),
    "no chunks": (chunked([], NOISE), "unverified"),
    "garbage in chunks": (chunked([NOISE]), "unverified"),
    "an empty page": (chunked([]), "unverified"),
    "a page in UTF-16": (chunked([codecs.BOM_UTF16_LE + GOOD.encode("utf-16-le")]), "working"),
    "an error for programs": (chunked([json.dumps({"error": "x"}).encode()]), "unverified"),
    "scripts alone": (chunked([FOR_SCRIPTS["an empty place"].encode()]), "blocked"),
    "a login": (chunked([LOGINS["a heading"].encode()]), "blocked"),
}


@pytest.fixture(scope="module")
def answered():
    """One check of everything above, each on a host of its own."""
    with MisbehavingServer() as server:
        server.raw = {f"/{number}": raw for number, (raw, _) in enumerate(RAW.values(), 10)}
        addresses = [server.address(path, host) for host, path in enumerate(server.raw, 2)]
        report = check_links(
            [Link(address, "r.yaml", 1, "an-id", "A title") for address in addresses],
            contact="checks@example.org",
            expectations=Expectations(dict.fromkeys(addresses, NEST)),
            timeout=10,
            pause=0,
            guard=Guard(loopback=True),
        )
        return dict(zip(RAW, report.outcomes, strict=True))


@pytest.mark.parametrize("name", RAW)
def test_what_is_sent_gets_its_verdict(answered, name):
    assert answered[name].verdict == RAW[name][1], answered[name].cause
