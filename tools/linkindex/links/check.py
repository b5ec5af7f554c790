"""A check of links: which addresses are asked for, and what is found of each link."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from linkindex.links.asking import linkchecker
from linkindex.links.asking.addresses import UnaskableError, interleaved, requested
from linkindex.links.asking.answers import host_of
from linkindex.links.asking.guard import Guard
from linkindex.links.asking.linkchecker import Manners
from linkindex.links.judging.disturbance import unless_disturbed
from linkindex.links.judging.faults import too_many_unjudged
from linkindex.links.judging.looks import NOT_OF_THE_WEB, Look
from linkindex.links.looking import USUAL_MEANS, Looks, Means, Progress
from linkindex.links.model import Link, LinkReport, Outcome
from linkindex.links.pages.identity import Identity, Seen


@dataclass(frozen=True)
class Expectations:
    """What is expected at an address: what the index says of it, and what was seen there before.

    ``identities`` and ``seen`` are by address as the catalogue writes it; an address without either
    may hold any page. ``reliable`` are the addresses that opened when they were last looked at, not
    long ago: where those do not open, the network is to blame.
    """

    identities: Mapping[str, Identity] = field(default_factory=dict)
    seen: Mapping[str, Seen] = field(default_factory=dict)
    reliable: Collection[str] = frozenset()


def check_links(
    links: Iterable[Link],
    *,
    contact: str,
    expectations: Expectations | None = None,
    controls: Sequence[str] = (),
    today: datetime.date | None = None,
    deadline: float = 900.0,
    timeout: float = 10.0,
    pause: float = 2.0,
    with_linkchecker: bool = False,
    progress: Progress | None = None,
    guard: Guard | None = None,
    means: Means = USUAL_MEANS,
) -> LinkReport:
    """Check addresses of the web and say what was found of each link.

    Every address is asked for once, however many links lead to it, and its page is read. It is
    asked for again, some seconds later, only where one look says too little: where the page is
    gone, is not what the index says, or gave no answer. A link is broken, or suspect, when two
    looks agree. What is no address of the web (``mailto:``, ``tel:``) is unverified, for nothing
    can be fetched.

    No request goes to an address inside a network, whatever an entry, a redirect or a name says.

    :param contact: an e-mail address or a page for the owners of the sites, sent with each request.
    :param expectations: what the pages should be; without them, whatever opens is working.
    :param controls: other addresses that are asked for only to tell whether the network works.
    :param today: the day on which the check began, after which announced work has not ended yet.
    :param deadline: seconds after which the check ends; what was found by then is kept, the rest
        is unverified.
    :param timeout: seconds of silence after which one request is given up.
    :param pause: seconds between the first look at an address and the second.
    :param with_linkchecker: whether linkchecker looks at each address, too, before it is read.
    :param progress: called with the number of addresses that are settled and of all addresses.
    :param guard: lets tests, whose sites are on this computer, through to it.
    :param means: what it asks with and judges by.
    :raises LinksError: when linkchecker is asked for and is missing or does not start.
    """
    links = tuple(links)
    asked, refused = _to_ask(link.address for link in links)
    asked_beside, _ = _to_ask(address for address in controls if address not in asked)
    expected = expectations or Expectations()
    requests = {**asked_beside, **asked}
    written = {sent: address for address, sent in requests.items()}
    # As many threads as hosts: with more, linkchecker makes them all wait for one host.
    hosts = {host_of(address) for address in requests.values()}
    threads = max(1, min(len(hosts), _MOST_THREADS))
    manners = Manners(linkchecker.user_agent(contact), timeout, threads=threads)
    with guard or Guard() as gate:
        looks = Looks(
            interleaved(requests.values()),
            manners,
            means.now() + deadline,
            gate,
            lambda answer, host: means.classify_answer(
                answer,
                expected.identities.get(written[answer.address]),
                expected.seen.get(written[answer.address]),
                host,
                today,
            ),
            pause=pause,
            progress=progress,
            means=means,
        )
        verdicts = looks.verdicts(with_linkchecker=with_linkchecker)
    reliable = {sent for address, sent in requests.items() if address in expected.reliable}
    verdicts, trouble = unless_disturbed(verdicts, reliable)
    judged = [verdicts[sent] for sent in dict.fromkeys(asked.values())]
    fault = looks.errors.fault or too_many_unjudged(judged)
    outcomes = (
        outcome(link, refused.get(link.address) or verdicts[asked[link.address]]) for link in links
    )
    return LinkReport(tuple(outcomes), disturbance=trouble, fault=fault)


_MOST_THREADS = 100


def _to_ask(addresses: Iterable[str]) -> tuple[dict[str, str], dict[str, Look]]:
    """The address to send for each that is written, and why some cannot be sent."""
    asked: dict[str, str] = {}
    refused: dict[str, Look] = {}
    for address in addresses:
        try:
            asked[address] = requested(address)
        except UnaskableError:
            refused[address] = NOT_OF_THE_WEB
    return asked, refused


def outcome(link: Link, look: Look) -> Outcome:
    """A link together with what was found of its address."""
    return Outcome(
        link,
        look.verdict,
        look.cause,
        status=look.status,
        final_address=look.final_address,
        hops=look.hops,
        title=look.title,
        danger=look.danger,
        fits=look.fits,
    )
