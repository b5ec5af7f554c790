"""Opening one address for somebody who means to list it, through the guard."""

from __future__ import annotations

import datetime
import threading
import time
from typing import NamedTuple

from linkindex.links.asking.addresses import UnaskableError, requested
from linkindex.links.asking.answers import Answer
from linkindex.links.asking.guard import Guard
from linkindex.links.asking.linkchecker import user_agent
from linkindex.links.asking.reader import Reader
from linkindex.links.judging.looks import NOT_IN_TIME, NOT_OF_THE_WEB, Look, classify_answer
from linkindex.links.pages.html import PageText

_SILENCE = 15.0
"""Seconds of silence after which a site is given up; a whole page may take twice as long."""


class Opened(NamedTuple):
    """What came of one look at an address.

    :ivar page: what the page says; none where it was not read.
    :ivar is_file: whether a file came, such as a PDF.
    """

    look: Look
    page: PageText | None = None
    is_file: bool = False


def opened(
    address: str,
    contact: str,
    *,
    guard: Guard | None = None,
    today: datetime.date | None = None,
    timeout: float = _SILENCE,
) -> Opened:
    """Look at one address once. No request goes to an address inside a network.

    :param contact: who is told to the site, as with every request of a check.
    :param guard: lets tests, whose sites are on this computer, through to it.
    :raises LinksError: when this computer allows no connections to itself.
    """
    try:
        sent = requested(address)
    except UnaskableError:
        return Opened(NOT_OF_THE_WEB)
    answers: list[Answer] = []
    there = threading.Event()

    def take(answer: Answer) -> None:
        answers.append(answer)
        there.set()

    with guard or Guard() as gate:
        reader = Reader(gate.address, user_agent(contact), timeout, take, answer_of=gate.answer)
        with reader as reading:
            reading.submit([sent])
            reading.wait(time.monotonic() + 2 * timeout + 5, there.is_set)
        if not answers:
            return Opened(NOT_IN_TIME)
        answer = answers[0]
        look = classify_answer(answer, None, host=gate.answer(answer.host), today=today)
    return Opened(look, answer.page, answer.page is None and answer.status == 200)
