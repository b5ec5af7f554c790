"""Rules of the order and the form in which addresses are asked for."""

from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkindex.links.asking.addresses import (
    UnaskableError,
    for_linkchecker,
    interleaved,
    requested,
    same_address,
)

ADDRESSES = st.lists(
    st.builds("http://h{}.test/{}".format, st.integers(0, 5), st.integers(0, 20)), max_size=60
)


def hosts(addresses):
    return [urlsplit(address).netloc for address in addresses]


@given(ADDRESSES)
def test_every_address_is_asked_for_once(addresses):
    assert sorted(interleaved(addresses)) == sorted(set(addresses))


@given(ADDRESSES)
def test_one_host_follows_itself_only_when_no_other_is_left(addresses):
    order = hosts(interleaved(addresses))
    for place, (one, following) in enumerate(pairwise(order)):
        if one == following:
            assert set(order[place:]) == {one}


@given(ADDRESSES)
def test_no_host_has_its_next_turn_before_every_other_had_one(addresses):
    order = hosts(interleaved(addresses))
    turns = {host: [place for place, other in enumerate(order) if other == host] for host in order}
    for host, places in turns.items():
        for start, end in pairwise(places):
            waiting = {other for other in turns if turns[other][-1] > start} - {host}
            assert waiting <= set(order[start + 1 : end]) | set(order[:start])


def test_a_fragment_is_not_sent():
    assert requested("https://a.test/page#part") == "https://a.test/page"


def test_a_host_in_another_script_is_sent_in_ascii():
    assert requested("https://bücher.test/ä") == "https://xn--bcher-kva.test/%C3%A4"


def test_the_default_port_and_the_case_of_the_host_do_not_make_two_addresses():
    assert requested("HTTPS://A.test:443/x") == requested("https://a.test/x")


def test_an_address_without_a_path_asks_for_the_front_page():
    assert requested("https://a.test") == "https://a.test/"


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "/etc/passwd", "javascript:alert(1)", "http:", "http://u:p@a.test/",
     "http://a.test:99999/", "http://[bad/", "ftp://a.test/"],
)  # fmt: skip
def test_only_addresses_of_the_web_are_handed_to_linkchecker(address):
    with pytest.raises(UnaskableError):
        requested(address)


@given(st.text())
def test_whatever_is_sent_is_one_word_of_the_web(text):
    for address in (text, f"https://a.test/{text}", f"https://a.test/?{text}"):
        try:
            sent = requested(address)
        except UnaskableError:
            continue
        assert sent.split() == [sent]
        assert sent.isascii()
        assert sent.startswith(("http://", "https://"))


@pytest.mark.parametrize("path", ["a%2Fb", "a%2fb", "a//b", "a%5Cb", "caf%E9", "?q=caf%E9"])
def test_an_address_that_linkchecker_would_change_is_left_to_the_second_look(path):
    assert not for_linkchecker(requested(f"https://a.test/{path}"))


def test_an_address_inside_the_address_of_an_archive_is_not_changed():
    archived = "https://web.archive.test/web/2020/https://a.test/x"
    assert requested(archived) == archived
    assert for_linkchecker(archived)


def test_two_spellings_of_one_address_are_the_same():
    assert same_address("https://a.test/it's", "https://A.test/it%27s#part")
    assert not same_address("https://a.test/one", "https://a.test/two")
