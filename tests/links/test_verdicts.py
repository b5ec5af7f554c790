"""Rules that turn a record into a verdict."""

from dataclasses import replace

import pytest

from linkindex.links.asking.answers import (
    Answer,
    Failure,
    Host,
    HostAnswer,
    Record,
    doubtful_host,
)
from linkindex.links.judging.looks import NOT_IN_TIME, Look, classify, classify_answer
from linkindex.links.judging.settling import settled, unsettled
from linkindex.links.model import Hop
from linkindex.links.pages.html import PageText
from linkindex.links.pages.identity import Identity
from linkindex.links.wording import reason

HERE = "https://a.test/page"
UNANSWERED = Answer(HERE, HERE, failure=Failure.HUNG_UP)
NO_HOST = (
    "ConnectionError: HTTPSConnectionPool(host='gone.test', port=443): Max retries exceeded with "
    "url: /page (Caused by NameResolutionError(\"HTTPSConnection(host='gone.test', port=443): ..."
)
EXPIRED = (
    "SSLError: HTTPSConnectionPool(host='a.test', port=443): Max retries exceeded with url: /page "
    "(Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] "
    "certificate verify failed: certificate has expired (_ssl.c:1006)')))"
)

WORKING = classify(Record(HERE, "200 OK", HERE))
MISSING = classify(Record(HERE, "404 Not Found", HERE))
FAULT = classify(Record(HERE, "500 Internal Server Error", HERE))
REFUSAL = classify(Record(HERE, "403 Forbidden", HERE))


def verdict(result: str, **more) -> str:
    return classify(Record(HERE, result, HERE, **more)).verdict


@pytest.mark.parametrize("result", ["404 Not Found", "410 Gone", "TooManyRedirects: Exceeded 10"])
def test_a_page_that_is_gone_looks_broken(result):
    assert verdict(result) == "broken"


@pytest.mark.parametrize("status", [401, 403, 405, 406, 407, 451, 999])
def test_a_site_that_refuses_robots_is_blocked(status):
    assert verdict(f"{status} ") == "blocked"


@pytest.mark.parametrize(
    "result",
    ["429 Too Many Requests", "500 x", "503 x", "202 Accepted", "204 No Content", "300 x", "400 x",
     "418 x", "ReadTimeout: ...", "ConnectTimeout: ...", "InvalidURL: x", "",
     "ProxyError: HTTPSConnectionPool(host='a.test', port=443): Connection refused",
     "ConnectionError: ('Connection aborted.', ConnectionResetError(104, 'reset'))"],
)  # fmt: skip
def test_whatever_proves_nothing_is_unverified(result):
    assert verdict(result) == "unverified"


@pytest.mark.parametrize("answer", [HostAnswer.MISSING, HostAnswer.REFUSES])
def test_a_host_that_is_not_there_looks_broken(answer):
    assert classify(Record(HERE, NO_HOST, HERE), answer).verdict == "broken"


@pytest.mark.parametrize("answer", [HostAnswer.UNKNOWN, HostAnswer.ANSWERS])
def test_a_host_that_could_not_be_looked_up_is_unverified(answer):
    assert classify(Record(HERE, NO_HOST, HERE), answer).verdict == "unverified"


def test_the_host_in_doubt_is_the_one_at_the_end_of_the_redirects():
    assert doubtful_host(Record(HERE, NO_HOST, HERE)) == Host("gone.test", 443)
    assert doubtful_host(Record(HERE, "404 Not Found", HERE)) is None


@pytest.mark.parametrize("answer", [HostAnswer.UNRESOLVED, HostAnswer.SLOW, HostAnswer.PROXY])
def test_where_the_way_is_blocked_the_host_is_not_broken(answer):
    look = classify(Record(HERE, "599 not connected", HERE), answer)
    assert (look.verdict, look) == ("unverified", classify_answer(UNANSWERED, None, None, answer))


def test_a_host_inside_a_network_is_broken_for_readers_of_the_index():
    look = classify(Record(HERE, "599 not connected", HERE), HostAnswer.PRIVATE)
    assert (look.verdict, classify_answer(UNANSWERED, None, None, HostAnswer.PRIVATE)) == (
        "broken",
        look,
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [(EXPIRED, "broken"),
     (EXPIRED.replace("certificate has expired", "self-signed certificate"), "broken"),
     (EXPIRED.replace("certificate has expired", "unable to get local issuer certificate"),
      "unverified"),
     ("SSLError: HTTPSConnectionPool(host='a.test', port=443): WRONG_VERSION_NUMBER",
      "unverified")],
)  # fmt: skip
def test_a_certificate_is_broken_only_when_browsers_refuse_it(said, expected):
    assert verdict(said) == expected


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [((301,), "moved"), ((308,), "moved"), ((301, 308), "moved"), ((302,), "working"),
     ((301, 302), "working"), ((307, 301), "working")],
)  # fmt: skip
def test_a_link_has_moved_when_every_hop_is_permanent(statuses, expected):
    hops = tuple(Hop(f"https://b.test/{place}", status) for place, status in enumerate(statuses))
    record = Record(HERE, "200 OK", hops[-1].address, hops)
    assert classify(record).verdict == expected
    assert classify(record).final_address == hops[-1].address


def test_the_redirects_of_another_link_to_this_one_do_not_count():
    hops = (Hop("https://b.test/", 301), Hop(HERE, 301))
    assert classify(Record(HERE, "200 OK", HERE, hops)).verdict == "working"


def test_a_link_in_the_middle_of_another_links_redirects_is_judged_by_what_follows_it():
    hops = (Hop(HERE, 302), Hop("https://c.test/", 301))
    assert classify(Record(HERE, "200 OK", "https://c.test/", hops)).verdict == "moved"


def test_a_redirect_to_a_malformed_address_is_not_an_error_of_the_check():
    record = Record(HERE, "404 Not Found", HERE, (Hop("http://[bad/", 301),))
    assert classify(record).verdict == "broken"
    assert classify(Record(HERE, "200 OK", HERE, record.hops)).verdict != "broken"


def test_a_redirect_to_another_spelling_of_the_address_is_no_move():
    hops = (Hop("https://a.test/it's", 301),)
    record = Record("https://a.test/it%27s", "200 OK", "https://a.test/it's", hops)
    assert classify(record).verdict == "working"


def test_one_look_never_makes_a_link_broken():
    assert settled([MISSING]) is None
    assert unsettled([MISSING]).verdict == "unverified"


def test_two_looks_that_agree_make_a_link_broken():
    assert settled([MISSING, MISSING]).verdict == "broken"


def test_a_good_answer_outweighs_a_bad_one():
    assert settled([MISSING, WORKING]) is WORKING
    assert settled([FAULT, WORKING]) is WORKING


def test_a_third_look_decides_between_two_that_disagree():
    assert settled([FAULT, MISSING]) is None
    assert settled([FAULT, MISSING, MISSING]).verdict == "broken"
    assert settled([FAULT, MISSING, FAULT]).verdict == "unverified"


def test_two_looks_without_an_answer_are_enough():
    assert settled([FAULT]) is None
    assert settled([FAULT, FAULT]).verdict == "unverified"


def test_a_plain_answer_needs_no_second_look():
    assert settled([WORKING]) is WORKING
    assert settled([REFUSAL]) is REFUSAL


def test_no_look_at_all_is_never_working():
    assert settled([]) is None
    assert unsettled([]) is NOT_IN_TIME


@pytest.mark.parametrize("asked_for", ["86400", "Wed, 21 Oct 2099 07:28:00 GMT", "tomorrow"])
def test_a_site_that_wants_a_long_rest_is_not_asked_again(asked_for):
    look = classify(Record(HERE, "429 Too Many Requests", HERE, retry_after=asked_for))
    assert settled([look]).verdict == "unverified"


def test_a_rest_until_a_moment_that_has_passed_is_over():
    look = classify(Record(HERE, "503 x", HERE, retry_after="Wed, 21 Oct 2015 07:28:00 GMT"))
    assert look.wait == 0


def test_a_site_that_wants_a_short_rest_is_asked_again_after_it():
    look = classify(Record(HERE, "429 Too Many Requests", HERE, retry_after="7"))
    assert look.wait == 7
    assert settled([look]) is None


def test_reasons_are_sentences_without_the_words_of_a_program():
    for look in (MISSING, FAULT, REFUSAL, classify(Record(HERE, NO_HOST, HERE))):
        assert isinstance(look, Look)
        assert "Error" not in reason(look.cause)
        assert "(host=" not in reason(look.cause)


def page(text, title="A page", **more):
    return Answer(HERE, HERE, 200, page=PageText(title=title, text=text), **more)


NEST = Identity("Safe nests", "Bird Trust", "How to build a nest that is safe.", HERE)
SAFE = page("How to build safe nests for birds.", "Safe nests - Bird Trust")
CASINO = page(
    "Online casino with free spins and jackpots. Slots, poker, roulette.", "Online casino"
)


def test_a_page_that_says_what_its_entry_says_is_working():
    look = classify_answer(SAFE, NEST)
    assert (look.verdict, look.title, look.read) == ("working", "Safe nests - Bird Trust", True)


def test_a_page_that_says_something_else_is_suspect_and_says_what():
    look = classify_answer(CASINO, NEST)
    assert (look.verdict, look.danger) == ("suspect", "gambling")
    assert look.danger.is_harmful


def test_a_link_of_which_nothing_is_said_may_show_any_page():
    assert classify_answer(CASINO, None).verdict == "working"


def test_a_page_that_was_read_outweighs_one_that_was_only_seen_to_open():
    suspect = classify_answer(CASINO, NEST)
    assert settled([WORKING, suspect, suspect]) is suspect
    assert settled([classify_answer(SAFE, NEST), REFUSAL]).verdict == "working"


def test_a_harmful_page_is_read_twice_before_it_is_called_so():
    suspect = classify_answer(CASINO, NEST)
    assert settled([WORKING, suspect]) is None
    assert settled([suspect, classify_answer(SAFE, NEST)]).verdict == "working"


def test_a_page_that_opens_for_one_of_the_two_is_working():
    assert settled([WORKING, REFUSAL]) is WORKING


def test_a_test_for_robots_is_blocked_even_where_it_answers_200():
    assert classify_answer(page("", "Just a moment..."), NEST).verdict == "blocked"
    assert classify_answer(page("x", challenged=True), NEST).verdict == "blocked"


def test_a_redirect_to_a_login_is_blocked_but_a_page_with_a_login_is_not():
    form = PageText(title="Safe nests - Bird Trust", text="Log in", password_asked=True)
    hops = (Hop("https://a.test/login", 302),)
    sent = Answer(HERE, "https://a.test/login", 200, hops, page=form)
    assert classify_answer(sent, NEST).verdict == "blocked"
    assert classify_answer(replace(sent, final_address=HERE, hops=()), NEST).verdict == "working"
