"""Asking the Wayback Machine for a copy of a page that is gone."""

from __future__ import annotations

import datetime
import time
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from linkindex.links.asking.guard import Guard

SERVICE = "https://archive.org/wayback/available"
"""The availability API of the Internet Archive."""

_PAUSE = 1.0
_TIMEOUT = 20.0


@dataclass(frozen=True)
class Copy:
    """A copy of a page and the day it was made."""

    address: str
    day: datetime.date


def archived_copies(
    wanted: Mapping[str, datetime.date | None],
    *,
    user_agent: str,
    guard: Guard | None = None,
    service: str = SERVICE,
    pause: float = _PAUSE,
) -> dict[str, Copy | None]:
    """The copy of each page that is nearest to a day on which it worked.

    :param wanted: addresses, with the day; without one, the newest copy is meant.
    :param guard: lets tests, whose service is on this computer, through to it.
    :param pause: seconds between two questions to the service.
    :return: ``None`` for a page of which there is no copy or no answer.
    """
    copies: dict[str, Copy | None] = {}
    with guard or Guard() as gate:
        for place, (address, day) in enumerate(wanted.items()):
            if place:
                time.sleep(pause)
            query = {"url": address} | ({"timestamp": f"{day:%Y%m%d}"} if day else {})
            try:
                answer = httpx.get(
                    service,
                    params=query,
                    proxy=gate.address,
                    trust_env=False,
                    timeout=_TIMEOUT,
                    headers={"User-Agent": user_agent},
                )
                copies[address] = copy_in(answer.json() if answer.status_code == 200 else None)
            except (httpx.HTTPError, ValueError):
                copies[address] = None
    return copies


def copy_in(document: object) -> Copy | None:
    """The copy that an answer of the service names, if it names one that opened. Pure."""
    try:
        closest = document["archived_snapshots"]["closest"]  # type: ignore[index]
        day = datetime.datetime.strptime(closest["timestamp"][:8], "%Y%m%d").date()
        address = str(closest["url"])
        opened = closest["available"] is True and str(closest["status"]).startswith("2")
    except (KeyError, TypeError, ValueError, IndexError):
        return None
    if not opened or not address.startswith(
        ("https://web.archive.org/", "http://web.archive.org/")
    ):
        return None
    return Copy(address.replace("http://", "https://", 1), day)
