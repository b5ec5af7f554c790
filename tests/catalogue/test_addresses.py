"""Which addresses are allowed, and when two are the same page."""

from __future__ import annotations

import pytest

from linkindex.catalogue.addresses import (
    AddressError,
    check,
    check_site,
    domain_shown,
    is_private,
    is_reserved,
    same_page_key,
)

SAME_PAGE = [
    ("http://nhs.uk/a", "https://nhs.uk/a"),
    ("https://www.nhs.uk/a", "https://nhs.uk/a"),
    ("https://NHS.uk/a", "https://nhs.uk/a"),
    ("HTTPS://nhs.uk/a", "https://nhs.uk/a"),
    ("https://nhs.uk/a/", "https://nhs.uk/a"),
    ("https://nhs.uk", "https://nhs.uk/"),
    ("https://nhs.uk./a", "https://nhs.uk/a"),
    ("https://nhs.uk:443/a", "https://nhs.uk/a"),
    ("http://nhs.uk:80/a", "https://nhs.uk/a"),
    ("https://nhs.uk/a?utm_source=x&utm_medium=y", "https://nhs.uk/a"),
    ("https://nhs.uk/a?fbclid=1", "https://nhs.uk/a"),
    ("https://nhs.uk/a?UTM_Source=x&b=1", "https://nhs.uk/a?b=1"),
    ("https://nhs.uk/a?b=1&c=2", "https://nhs.uk/a?c=2&b=1"),
    ("https://nhs.uk/%7Ejo", "https://nhs.uk/~jo"),
    ("https://nhs.uk/caf%C3%A9", "https://nhs.uk/café"),
    ("https://nhs.uk/a#", "https://nhs.uk/a"),
    ("https://bücher.de/", "https://xn--bcher-kva.de/"),
    ("mailto:Help@nhs.uk", "mailto:help@nhs.uk"),
    ("tel:08001111", "TEL:08001111"),
]
OTHER_PAGE = [
    ("https://nhs.uk/a", "https://nhs.uk/b"),
    ("https://nhs.uk/a", "https://nhs.uk/A"),
    ("https://nhs.uk/a", "https://www.nhs.net/a"),
    ("https://nhs.uk/a", "https://about.nhs.uk/a"),
    ("https://nhs.uk/a", "https://nhs.uk:8080/a"),
    ("https://nhs.uk/a?b=1", "https://nhs.uk/a?b=2"),
    ("https://nhs.uk/a?b=1", "https://nhs.uk/a"),
    ("https://nhs.uk/a?b=", "https://nhs.uk/a"),
    ("https://nhs.uk/a#families", "https://nhs.uk/a#schools"),
    ("https://nhs.uk/a#families", "https://nhs.uk/a"),
    ("https://nhs.uk/a/b", "https://nhs.uk/a%2Fb"),
    ("tel:08001111", "tel:08001112"),
]


@pytest.mark.parametrize(("one", "other"), SAME_PAGE)
def test_spellings_of_one_address_are_the_same_page(one: str, other: str) -> None:
    assert same_page_key(one) == same_page_key(other)


@pytest.mark.parametrize(("one", "other"), OTHER_PAGE)
def test_addresses_that_can_differ_are_different_pages(one: str, other: str) -> None:
    assert same_page_key(one) != same_page_key(other)


PRIVATE = [
    *("127.0.0.1", "127.1", "127.0.0.1.", "2130706433", "0x7f.1", "0177.0.0.1", "0", "0.0.0.0"),
    *("10.0.0.8", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "224.0.0.1"),
    *("::1", "::", "fe80::1%25eth0", "fd00::1", "ff02::1", "::ffff:127.0.0.1", "::127.0.0.1"),
    *(
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "１２７.0.0.1",
        "①27.0.0.1",
        "127。0。0。1",
        "127%2e0.0.1",
    ),
    *("localhost", "LOCALHOST.", "x.localhost", "%6cocalhost", "intranet", "printer.local"),
    *("a.b。local", "db.internal", "router.lan", "router.home.arpa", "files.corp"),
]
PUBLIC = [
    *("nhs.uk", "www.nhs.uk.", "local.gov.uk", "localhost.example.org", "home.org", "10.com"),
    *("8.8.8.8", "172.32.0.1", "::ffff:8.8.8.8", "2606:4700::1111", "xn--bcher-kva.de"),
    *("0800.org", "cafe.de", "internal.nhs.uk", "bücher.de"),
]


@pytest.mark.parametrize("host", PRIVATE)
def test_no_spelling_of_a_private_host_is_public(host: str) -> None:
    assert is_private(host)


@pytest.mark.parametrize("host", PUBLIC)
def test_a_public_host_is_not_private(host: str) -> None:
    assert not is_private(host)


@pytest.mark.parametrize(
    "address",
    [
        *("https://www.nhs.uk/", "http://nhs.uk", "HTTPS://NHS.UK/", "https://nhs.uk:8443/a?b#c"),
        *("https://bücher.de/ä", "https://my_site.nhs.uk/", "https://nhs.uk/#user:pw@x"),
        *("tel:+44-800-1111", "tel:999", "mailto:help@nhs.uk"),
    ],
)
def test_ordinary_addresses_are_allowed(address: str) -> None:
    check(address)


@pytest.mark.parametrize(
    "address",
    [
        *("", "nhs.uk", "//nhs.uk", "/a", "ftp://nhs.uk", "javascript:alert(1)", "data:,x"),
        *("JavaScript:alert(1)", "java\tscript:x", " javascript:x", "vbscript:x", "file:///etc"),
        *(
            "https:nhs.uk",
            "https:/nhs.uk",
            "https:///nhs.uk",
            "https://",
            "https://?a",
            "https://:1",
        ),
        *("https://u:p@nhs.uk/", "https://u@nhs.uk/", "https://@nhs.uk/", "https://nhs.uk\\@x.org"),
        *("https://nhs.uk/a b", "https://nhs.uk/\u202e", 'https://nhs.uk/"', "https://nhs.uk/<b>"),
        *("https://nhs..uk/", "https://-nhs.uk/", "https://nhs.uk:x/", "https://nhs.uk:70000/"),
        *("https://[::1", "https://[nhs.uk]/", "https://n%68s.uk/", f"https://{'a' * 64}.uk/"),
        *("tel:", "tel:12", "tel:call-me", "mailto:", "mailto:help", "mailto:a@b.uk?bcc=c@d.uk"),
    ],
)
def test_malformed_and_unsafe_addresses_are_refused(address: str) -> None:
    with pytest.raises(AddressError):
        check(address)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://www.nhs.uk/a", "nhs.uk"),
        ("https://WWW.NHS.uk:8443/", "nhs.uk"),
        ("https://about.www.nhs.uk/", "about.www.nhs.uk"),
    ],
)
def test_a_reader_sees_the_host_without_www(address: str, shown: str) -> None:
    assert domain_shown(address) == shown


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://links.nhs.uk", "https://links.nhs.uk/"),
        ("https://links.nhs.uk/ring", "https://links.nhs.uk/ring/"),
        ("http://localhost:8000/", "http://localhost:8000/"),
    ],
)
def test_the_address_of_the_site_ends_in_one_slash(written: str, address: str) -> None:
    assert check_site(written) == address


@pytest.mark.parametrize(
    "address",
    [
        *("", "links.nhs.uk", "ftp://nhs.uk/", "tel:999", "https://", "https://u@nhs.uk/"),
        *("https://nhs.uk/?a", "https://nhs.uk/#a", "https://NHS.uk/", "https://nhs.uk/Ring/"),
        *("https://nhs.uk//", "https://nhs.uk/a b/", "https://nhs.uk:x/", "https://[::1/"),
        *("http://10.0.0.8/", "https://intranet/", "https://nhs..uk/"),
    ],
)
def test_the_site_has_a_public_address_that_can_be_typed(address: str) -> None:
    with pytest.raises(AddressError):
        check_site(address)


@pytest.mark.parametrize("host", ["example.org", "links.example.com", "a.test", "localhost"])
def test_hosts_under_a_domain_for_examples_are_reserved(host: str) -> None:
    assert is_reserved(host)


@pytest.mark.parametrize("host", ["myexample.org", "example.org.uk", "test.nhs.uk"])
def test_hosts_that_only_resemble_one_are_not_reserved(host: str) -> None:
    assert not is_reserved(host)
