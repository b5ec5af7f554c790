"""What the settings of an index say of its address and its domain, and its urgent help."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from linkindex.catalogue import addresses
from linkindex.catalogue.colours import contrast, nearest_readable, ratio_said
from linkindex.catalogue.fields import MOST_YEARS_AHEAD, language_names
from linkindex.catalogue.languages import language_name
from linkindex.catalogue.palette import colour_pairs
from linkindex.catalogue.problems import Place, Problem, quoted
from linkindex.catalogue.rules.tree import WrittenIndex, day_of, text_of, texts_of
from linkindex.catalogue.yaml.source import YamlMap, maps_in
from linkindex.speaking import available

RENEWAL_WARNING_DAYS = 90

SHARED_HOSTS = ("github.io", "gitlab.io", "netlify.app", "pages.dev", "vercel.app", "web.app")
"""Hosts that lend a name: codes get long, some public networks block them, and the name cannot
be kept when the index moves."""

_COLOUR = re.compile(r"#[0-9a-f]{6}")
_PORT = re.compile(r"(?P<host>https?://[^/:@]+)(?P<port>:[0-9]*)(?P<folder>/.*)?", re.IGNORECASE)


def settings(index: WrittenIndex) -> Iterator[Problem]:
    """The address can be printed, leaving leads elsewhere, and the domain is paid for."""
    value = index.root.get("index")
    if not isinstance(value, YamlMap):
        return
    site_url = text_of(value, "site_url")
    if site_url:
        yield from _host(index, site_url, value.key_places["site_url"])
    yield from _exit(index, value)
    yield from _colours(index, value.get("colours"))
    yield from _nations(index, value)
    domain = value.get("domain")
    if isinstance(domain, YamlMap):
        yield from _renewal(index, domain)
    elif "domain" not in value and is_kept_by_somebody(site_url or ""):
        yield index.error(
            value.key_places["site_url"],
            "nobody is named who keeps the domain of `site_url`, and every printed code depends "
            "on it",
            "add `domain:` with lines `owner:` and `renews:`, the day on which it must be renewed",
        )


def is_kept_by_somebody(site_url: str) -> bool:
    """Whether an address has a domain that somebody must renew: it is no example, and lent by
    nobody."""
    try:
        host = urlsplit(site_url).hostname or ""
    except ValueError:
        return False
    is_lent = host.endswith(tuple(f".{shared}" for shared in SHARED_HOSTS))
    return bool(host) and not is_lent and not addresses.is_reserved(host)


def _nations(index: WrittenIndex, value: YamlMap) -> Iterator[Problem]:
    """Most readers live in a nation that the index is for."""
    served = [name for name, _ in texts_of(value, "nations")]
    for position, (name, place) in enumerate(texts_of(value, "nations")):
        if name in served[:position]:
            yield index.error(
                place, f"{quoted(name)} is in `nations` twice", "remove one of the two"
            )
    nation = text_of(value, "nation")
    if nation and served and nation not in served:
        yield index.error(
            value.key_places["nation"],
            f"`nation` is {quoted(nation)}, which is not one of `nations`",
            "add it there, or remove this line",
        )


def languages(index: WrittenIndex) -> Iterator[Problem]:
    """Each language is named once, and no topic has the address of one."""
    value = index.root.get("index")
    if not isinstance(value, YamlMap):
        return
    named = texts_of(value, "languages")
    first = list(texts_of(value, "first_pages"))
    for position, (tag, place) in enumerate(first):
        if tag in [other for other, _ in (*named, *first[:position])]:
            yield index.error(place, f"{quoted(tag)} is named before already", "remove it here")
        elif tag in language_names() and tag not in available():
            known = ", ".join(map(quoted, available()))
            what = f"LinkIndex has no words in {quoted(tag)} ({language_name(tag)})"
            yield index.error(place, what, f"use some of {known}, or translate it first")
    for position, (tag, place) in enumerate(named):
        if tag in [other for other, _ in named[:position]]:
            what = f"{quoted(tag)} is in `languages` twice"
            yield index.error(place, what, "remove one of the two")
    for entry in index.categories:
        for tag, _ in (*named[1:], *first):
            if entry.code == tag:
                yield index.error(
                    entry.place("code" if entry.text("code") else "id"),
                    f"the code {quoted(tag)} is where the pages in {language_name(tag)} are",
                    "give the category another `code:`; where this one was published, put "
                    f"{quoted(tag)} first in `languages` of the index",
                )


def _host(index: WrittenIndex, site_url: str, place: Place) -> Iterator[Problem]:
    try:
        parts = urlsplit(site_url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return
    if host.endswith(tuple(f".{shared}" for shared in SHARED_HOSTS)):
        yield index.warning(
            place,
            f"{quoted(host)} is a shared host: its codes are long, some public "
            "networks block it, and it cannot be kept when the index moves",
            "use a domain of your own before printing",
        )
    port = _PORT.fullmatch(site_url)
    if port:
        goes_without_saying = parts.port in (None, {"https": 443, "http": 80}.get(parts.scheme))
        yield index.warning(
            place,
            f"the site's address names a port ({quoted(port['port'])}): codes get longer"
            + ("" if goes_without_saying else ", and many public networks keep phones from it"),
            ("" if goes_without_saying else "publish the site without one, and ")
            + f"write {quoted(port['host'] + (port['folder'] or '/'), 200)}",
        )
    if parts.scheme == "http" and not addresses.is_reserved(host):
        yield index.warning(place, "the site's address is not encrypted (`http:`)", "use `https:`")


def _colours(index: WrittenIndex, value: object) -> Iterator[Problem]:
    """Text can be read on the colours of an organisation, and they on the pages."""
    if not isinstance(value, YamlMap):
        return
    written = {key: text.lower() for key in value if (text := text_of(value, key))}
    if not all(_COLOUR.fullmatch(colour) for colour in written.values()):
        return
    pairs = colour_pairs(**{key: written.get(key) for key in ("brand", "header", "paper")})
    for key, colour in written.items():
        of_key = [pair for pair in pairs if pair.key == key]
        failing = [pair for pair in of_key if contrast(colour, pair.ground) < pair.least]
        if not failing:
            continue
        worst = min(failing, key=lambda pair: contrast(colour, pair.ground) / pair.least)
        passes = colour
        for pair in of_key:
            passes = nearest_readable(passes, (pair.ground,), pair.least)
        yield index.error(
            value.key_places[key],
            f"the colour {quoted(colour)} has a contrast of "
            f"{ratio_said(contrast(colour, worst.ground))} with {worst.beside}, under "
            f"{worst.least:g}:1",
            f"the nearest shade that passes is {quoted(passes)}",
        )


def _exit(index: WrittenIndex, value: YamlMap) -> Iterator[Problem]:
    """Whoever leaves in a hurry leaves this site."""
    hosts = []
    for key in ("site_url", "exit_url"):
        try:
            hosts.append(urlsplit(text_of(value, key) or "").hostname)
        except ValueError:
            return
    if hosts[0] and hosts[0] == hosts[1]:
        yield index.error(
            value.key_places["exit_url"],
            "the exit address is on this site, so leaving would not leave it",
            "name a well-known page elsewhere, such as a weather forecast",
        )


def _renewal(index: WrittenIndex, domain: YamlMap) -> Iterator[Problem]:
    renews = day_of(text_of(domain, "renews"))
    if renews is None:
        return
    if renews.year - index.today.year > MOST_YEARS_AHEAD:
        yield index.error(
            domain.key_places["renews"],
            f"a domain cannot be paid for until {renews.isoformat()}, over "
            f"{MOST_YEARS_AHEAD} years ahead",
            "check its year",
        )
    days = (renews - index.today).days
    if days < RENEWAL_WARNING_DAYS:
        yield index.warning(
            domain.key_places["renews"],
            f"the domain {_renewal_in_words(days)}, and every printed code depends on it",
            "renew it and write the new date",
        )


def _renewal_in_words(days: int) -> str:
    if days == 0:
        return "renews today"
    counted = "1 day" if abs(days) == 1 else f"{abs(days)} days"
    return f"renews in {counted}" if days > 0 else f"was due to renew {counted} ago"


def urgent_help(index: WrittenIndex) -> Iterator[Problem]:
    """Urgent help is something to call or to text."""
    for _, value in maps_in(index.root.get("urgent_help")):
        if value.get("phone") is None and value.get("text") is None:
            keys = value.key_places
            yield index.error(
                keys.get("phone") or keys.get("text") or value.place,
                "this urgent help has neither a phone nor a text number",
                "add a line such as `phone: 0800 1111`",
            )
