"""Histories of links for tests: looks, and how an index stands by them."""

from __future__ import annotations

import datetime

from linkindex.catalogue import Catalogue
from linkindex.links.causes import Danger
from linkindex.links.history.lines import History, Line, PastLook
from linkindex.links.model import Verdict
from linkindex.site.health import SiteHealth, site_health

NOW = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


def looks(address: str, *verdicts: str) -> list[Line]:
    """One look a day, the last of them today; ``working/fits`` read a page that fits."""
    found: list[Line] = []
    for days, told in enumerate(reversed(verdicts)):
        verdict, _, sign = told.partition("/")
        fits = sign == "fits"
        danger = Danger(sign) if sign and not fits else None
        when = NOW - days * DAY
        look = PastLook(
            when, address, Verdict(verdict), danger=danger, status=200, note="seen", fits=fits
        )
        found.append(look)
    return found


def health_of(catalogue: Catalogue, lines: list[Line]) -> SiteHealth:
    return site_health(catalogue, History().with_lines(lines), NOW)
