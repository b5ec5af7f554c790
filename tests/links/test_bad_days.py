"""Rules for bad input and bad days: each gets a sensible verdict, and nothing hangs or swells."""

import functools
import gzip
import resource
import shutil
import socket
import ssl
import subprocess
import threading
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkindex.links import (
    Expectations,
    Link,
    check_links,
    is_whole,
    merged,
    report_from_json,
    report_json,
)
from linkindex.links.asking.guard import Guard
from linkindex.links.asking.reader import Reader
from linkindex.links.causes import Disturbance, Told, TooManyUnjudged, Why
from linkindex.links.judging.looks import classify_answer
from linkindex.links.looking import Means
from linkindex.links.pages.html import decoded, read_text
from linkindex.links.pages.identity import Identity
from linkindex.links.wording import fault
from tests.links.misbehaving import BOMB, MisbehavingServer


def nest(address):
    return Identity("Safe nests", "Bird Trust", "How to build a nest that is safe.", address)


def check(addresses, *, expecting=True, **more):
    identities = {address: nest(address) for address in addresses} if expecting else {}
    more = {"timeout": 10, "pause": 0, "deadline": 300, "guard": Guard(loopback=True), **more}
    links = [Link(address, "resources.yaml", 1, "an-id", "A title") for address in addresses]
    return check_links(
        links, contact="checks@example.org", expectations=Expectations(identities), **more
    )


TRAPS = {
    "/nests": "working",
    "/301/nests": "moved",
    "/casino": "suspect",
    "/301/casino": "suspect",
    "/casino-once": "working",
    "/slow-casino-once": "suspect",
    "/refresh": "suspect",
    "/refresh-loop": "working",
    "/wrong-charset": "working",
    "/bomb": "unverified",
    "/garbled": "unverified",
    "/big-headers": "unverified",
    "/never-ends": "working",
    "/to-private": "broken",
    "/to-metadata": "broken",
    "/to-a-file": "unverified",
    "/to-no-port": "unverified",
    "/busy-for-ages": "unverified",
    "/marked-section": "working",
    "/comments-only": "unverified",
    "/punycode": "working",
    "/challenge": "blocked",
}


@pytest.fixture(scope="module")
def trapped():
    """One check of every trap, each on a host of its own."""
    with MisbehavingServer() as server:
        addresses = [server.address(path, host) for host, path in enumerate(TRAPS, start=2)]
        before = most_memory()
        report = check(addresses)
        return dict(zip(TRAPS, report.outcomes, strict=True)), most_memory() - before


def most_memory():
    """The most memory that this process has had at any time, in kB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@pytest.mark.parametrize("path", TRAPS)
def test_each_trap_gets_its_verdict(trapped, path):
    outcomes, _ = trapped
    assert outcomes[path].verdict == TRAPS[path], outcomes[path].cause


def test_a_check_of_traps_comes_to_an_end_by_itself(trapped):
    outcomes, _ = trapped
    assert [path for path, one in outcomes.items() if one.cause is Why.NOT_IN_TIME] == []


def test_a_bomb_is_not_unpacked(trapped):
    _, more_memory = trapped
    assert more_memory < len(gzip.decompress(BOMB)) / 1000


def judging_fails(error):
    """Means with which the page /plain makes the judging fail."""

    def fails(answer, *more):
        if "/plain" in answer.address:
            raise error
        return classify_answer(answer, *more)

    return Means(classify_answer=fails)


def reading_fails(error):
    """Means with which the page /plain makes the reading of its HTML fail."""

    def fails(html):
        if "Plain" in html:
            raise error
        return read_text(html)

    return Means(reader=functools.partial(Reader, read_page=fails))


def check_with(means, pages=("/plain", "/casino")):
    with MisbehavingServer() as server:
        addresses = [server.address(page, host) for host, page in enumerate(pages, start=2)]
        return check(addresses, means=means)


@pytest.mark.parametrize(
    "error", [RecursionError(), ValueError("Invalid IPv6 URL"), UnicodeError(), OverflowError()]
)
def test_a_page_that_cannot_be_judged_is_not_working_and_spoils_no_other_look(error):
    report = check_with(judging_fails(error))
    assert [str(one.verdict) for one in report.outcomes] == ["unverified", "suspect"]
    assert report.outcomes[0].cause is Why.NOT_JUDGED
    assert report.fault is None


@pytest.mark.parametrize("error", [NameError("x"), AttributeError("x"), KeyError("x")])
@pytest.mark.parametrize("failing", [judging_fails, reading_fails])
def test_an_error_of_the_program_fails_the_check_and_no_page_passes_for_it(caplog, failing, error):
    report = check_with(failing(error))
    assert [str(one.verdict) for one in report.outcomes] == ["unverified", "suspect"]
    assert report.fault.kinds == (type(error).__name__,)
    assert not is_whole(report)
    assert "Traceback" in caplog.text
    assert report_from_json(report_json(report), "r").fault == Told(fault(report.fault))
    assert merged([replace(report, fault=None), report]).fault == report.fault


def test_a_check_in_which_many_pages_could_not_be_judged_has_failed():
    pages = [f"/plain?{number}" for number in range(4)]
    report = check_with(judging_fails(ValueError("x")), pages)
    assert report.fault == TooManyUnjudged(4, 4)
    assert not is_whole(report)


def test_a_reader_that_hangs_is_left_behind():
    hung, go_on = threading.Event(), threading.Event()

    def hang(_answer):
        hung.set()
        go_on.wait(30)

    with MisbehavingServer() as server, Guard(loopback=True) as guard:
        with Reader(guard.address, "me", 4, hang, patience=0.2) as reading:
            reading.submit([server.address("/plain")])
            assert hung.wait(10)
        go_on.set()


def test_what_was_found_is_told_with_evidence(trapped):
    found = trapped[0]["/301/casino"]
    assert found.harmful
    assert found.danger == "gambling"
    assert found.title == "Online casino"
    assert [hop.status for hop in found.hops] == [301]
    assert found.final_address.endswith("/casino")


def test_a_page_that_moved_and_fits_may_take_over(trapped):
    assert trapped[0]["/301/nests"].fits
    assert not trapped[0]["/wrong-charset"].harmful


def test_a_redirect_inside_a_network_is_told_and_not_followed(trapped):
    for path in ("/to-private", "/to-metadata"):
        assert trapped[0][path].cause is Why.PRIVATE_NETWORK


def test_nothing_was_learned_of_a_link_that_nothing_is_said_of():
    with MisbehavingServer() as server:
        report = check([server.address("/casino")], expecting=False)
    assert report.outcomes[0].verdict == "working"


def names(count):
    return [f"http://site{number}.test/page" for number in range(count)]


def test_without_dns_nothing_counts():
    def away(_name, _port):
        raise socket.gaierror(socket.EAI_AGAIN, "")

    report = check(names(4), guard=Guard(resolve=away))
    assert report.disturbance is Disturbance.CUT_OFF
    assert {one.verdict for one in report.outcomes} == {"unverified"}


def test_without_a_network_nothing_counts():
    def nowhere(_name, _port):
        raise socket.gaierror(socket.EAI_NONAME, "")

    report = check(names(4), guard=Guard(resolve=nowhere))
    assert report.disturbance
    assert not report.has_failed


def test_in_a_network_that_shows_its_own_page_for_every_site_nothing_counts():
    with MisbehavingServer() as server:
        port = server.server_port
        addresses = [f"http://site{number}.test:{port}/portal" for number in range(12)]
        guard = Guard(loopback=True, resolve=lambda _name, _port: ["127.0.0.1"])
        report = check(addresses, guard=guard)
    assert report.disturbance is Disturbance.CAPTIVE


def test_behind_a_proxy_that_is_down_nothing_counts():
    report = check(names(4), guard=Guard(upstream="http://127.0.0.1:9"))
    assert report.disturbance


def test_a_name_outside_ascii_is_asked_for_as_dns_knows_it():
    asked = []

    def resolve(name, _port):
        asked.append(name)
        return ["127.0.0.1"]

    with MisbehavingServer() as server:
        address = f"http://bücher.test:{server.server_port}/nests"
        report = check([address], guard=Guard(loopback=True, resolve=resolve))
    assert report.outcomes[0].verdict == "working"
    assert set(asked) == {"xn--bcher-kva.test"}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate that nobody vouches for."""
    openssl = shutil.which("openssl")
    assert openssl, "openssl is missing; install it"
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=site.test", "-addext", "subjectAltName=DNS:site.test,DNS:other.test", "-keyout",
         "key.pem", "-out", "cert.pem"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    return folder


def test_a_certificate_that_browsers_refuse_is_broken(certificate):
    with MisbehavingServer() as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
        guard = Guard(loopback=True, resolve=lambda _name, _port: ["127.0.0.1"])
        report = check([f"https://site.test:{server.server_port}/nests"], guard=guard)
    assert report.outcomes[0].verdict == "broken"
    assert report.outcomes[0].cause is Why.CERTIFICATE_SELF_SIGNED


def test_certificates_that_the_environment_names_are_trusted(certificate, monkeypatch):
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    with MisbehavingServer() as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
        guard = Guard(loopback=True, resolve=lambda _name, _port: ["127.0.0.1"])
        report = check([f"https://site.test:{server.server_port}/nests"], guard=guard)
    assert report.outcomes[0].verdict == "working", report.outcomes[0].cause


@pytest.mark.parametrize(
    ("body", "charset"),
    [("Łódź".encode(), "utf-8"), ("Łódź".encode(), None), ("Łódź".encode("iso-8859-2"), "latin2"),
     (b'<meta charset="iso-8859-2">' + "Łódź".encode("iso-8859-2"), None),
     ("Łódź".encode(), "no-such-set")],
)  # fmt: skip
def test_text_is_read_in_the_character_set_that_is_named(body, charset):
    assert "Łódź" in decoded(body, charset)


def test_a_wrong_character_set_spoils_letters_and_nothing_else():
    assert "title" in decoded(b"<title>\xff\xfe caf\xe9</title>", "ascii")


def test_a_page_is_read_without_what_is_not_shown():
    page = read_text(
        "<html lang=cy><title>A <b>title</title><h1>One</h1><script>casino</script>"
        "<style>casino</style><noscript>casino</noscript><p>Word &amp; word<h2>Two"
    )
    assert page.headings == ("One", "Two")
    assert (page.language, page.scripts) == ("cy", 1)
    assert "casino" not in page.text
    assert "Word & word" in page.text


def test_a_page_is_read_as_browsers_read_it():
    page = read_text(
        "<!doctype html><!-- <title>no</title> --><HTML LANG='cy'><title>A &lt; B</title>"
        "<![CDATA[<h1>x]]><meta name=description content='It&#39;s > that'><script/>"
        '<h1 class=a=b>1 < 2</h1><input type = password><p title="<h2>">Text</p><svg/>end'
        "<h2 unfinished"
    )
    assert (page.title, page.language, page.headings) == ("A < B", "cy", ("1 < 2",))
    assert page.description == "It's > that"
    assert page.password_asked
    assert page.text.endswith("Text end")


@given(st.text(st.sampled_from("<>!-/?\"'= []ab&;\n")))
def test_no_page_can_break_the_reading(text):
    assert read_text(f"<title>T</title>{text}").title == "T"


PIECES = ["<a ", "<!--", "<!", "<a a=", "</", "<?", "<svg>", "<script>", "</script", "&x", "a<b>"]
PIECES += ["<a b='", '<a b="', "<h1>x", "<![", "<title>", "=", "< ", "<a  "]


@pytest.mark.parametrize("piece", PIECES)
def test_a_page_twice_as_long_takes_no_more_than_twice_the_steps(piece):
    """Quadratic reading of one such page takes a minute, so that this test would not end."""
    read_text("<h1>" + piece * (2_000_000 // len(piece)))
