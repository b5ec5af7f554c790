"""What can be said of a new link from its page and from the links that are there. Pure.

Everything is a proposal, with its reason, which a person takes or not. What a link is for and what
a reader gets from it nobody can read off a page: that is asked.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from linkindex.catalogue import Catalogue, Category, Format, Nation, Resource
from linkindex.catalogue.fields import language_names
from linkindex.catalogue.problems import shown
from linkindex.links.pages.hosts import is_home, registrable
from linkindex.links.pages.html import PageText
from linkindex.links.pages.words import folded, words
from linkindex.wording import counted

MOST_TOPICS = 3
"""Topics that are proposed, the likeliest first."""

_TITLE, _TEXT = 4.0, 1.0
"""What a word counts that stands in the title or a heading of a page, and elsewhere on it."""

_LEAST_SCORE = 6.0
"""Below it a page says too little for any topic."""

_MOST_BLOCKS = 60
"""Paragraphs of a page that are held against the topics: what it is about stands at its top."""


class Proposal(NamedTuple):
    """A value with why it is likely, as a phrase."""

    value: str
    reason: str


@dataclass(frozen=True)
class Proposed:
    """What was made of a page.

    :ivar values: by key: ``title``, ``publisher``, ``language``, ``format``, ``nations``.
    :ivar topics: ids of the likeliest topics, best first.
    :ivar said: what the page says of itself, for who writes the summary.
    """

    values: Mapping[str, Proposal]
    topics: tuple[Proposal, ...]
    said: str = ""


def proposed(
    catalogue: Catalogue, address: str | None, page: PageText | None, *, is_file: bool = False
) -> Proposed:
    """What to write about a link that is not there yet.

    :param address: its address; none for a service without a page.
    :param page: what its page says; none if it was not read.
    """
    page = page or PageText()
    kin = _kin(catalogue, address) if address else []
    publisher = _publisher(page, kin)
    made = {
        "title": _title(page, publisher.value if publisher else ""),
        "publisher": publisher,
        "language": _language(page),
        "format": _format(address, page, is_file=is_file),
        "nations": _nation(address or "", page, kin),
    }
    return Proposed(
        {key: proposal for key, proposal in made.items() if proposal},
        tuple(_topics(catalogue, page)),
        page.description.strip(),
    )


def free_id(title: str, taken: Collection[str]) -> str:
    """An id for a title that nothing has yet."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    found = re.findall(r"[a-z0-9]+", plain)
    name = ""
    for word in found:
        if len(name) + len(word) > 48:
            break
        name = f"{name}-{word}" if name else word
    name = name[:48] or "link"
    numbers = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return next(free for free in (name, *numbers) if free not in taken)


def _kin(catalogue: Catalogue, address: str) -> list[Resource]:
    """The links that lead to the same site."""
    own = registrable(address)
    return [r for r in catalogue.resources_with_a_page if registrable(r.opens) == own]


_PARTS = re.compile(r"\s+[|–—·•»:]\s+|\s+-\s+|\s*\|\s*")
"""What stands between the title of a page and the name of its site."""


def _title(page: PageText, publisher: str) -> Proposal | None:
    whole = " ".join(page.title.split())
    heading = " ".join(page.headings[0].split()) if page.headings else ""
    if heading and whole and folded(heading) in folded(whole):
        return Proposal(heading, "the heading of the page")
    parts = [part for part in _PARTS.split(whole) if part]
    own = [part for part in parts if folded(part) != folded(publisher)]
    if own:
        return Proposal(own[0], "the title of the page")
    title = heading or whole
    return Proposal(title, "the heading of the page") if title else None


def _publisher(page: PageText, kin: list[Resource]) -> Proposal | None:
    if kin:
        name, count = Counter(resource.publisher for resource in kin).most_common(1)[0]
        site = registrable(kin[0].opens)
        return Proposal(
            name, f"{counted(count, 'link')} to {site} {'says' if count == 1 else 'say'} so"
        )
    parts = [part.strip() for part in _PARTS.split(" ".join(page.title.split())) if part.strip()]
    names = [" ".join(name.split()) for name in page.names]
    for name in names:
        if name and folded(name) != folded(page.title) and folded(name) in folded(page.title):
            others = [part for part in parts if folded(part) == folded(name)]
            if others and (len(parts) < 2 or folded(parts[0]) != folded(name)):
                return Proposal(name, "the page names its site so")
    if len(parts) > 1:
        return Proposal(parts[-1], "it stands at the end of the page's title")
    site = next((name for name in names if folded(name) != folded(page.title)), "")
    return Proposal(site, "the page names its site so") if site else None


def _language(page: PageText) -> Proposal | None:
    code = re.split("[-_]", page.language.strip().lower(), maxsplit=1)[0]
    if code in language_names():
        return Proposal(code, f"the page says that it is in {language_names()[code]}")
    return None


_FORMATS: tuple[tuple[Format, str], ...] = (
    (Format.HELPLINE, r"helpline|phone line|text line|crisis line|call us free"),
    (Format.PODCAST, r"podcasts?|episode"),
    (Format.COURSE, r"e-?learning|online course|training course|course|webinar"),
    (Format.VIDEO, r"videos?|films?|animation"),
    (Format.APP, r"app store|google play|mobile app|\bapp"),
    (Format.BOOK, r"isbn|paperback|e-?book"),
    (Format.TOOL, r"toolkits?|templates?|worksheets?|checklists?|calculator|assessment tool"),
    (Format.REPORT, r"reports?|research|evaluation|review of|briefing|inquiry"),
    (Format.GUIDE, r"guides?|guidance|leaflets?|factsheets?|fact sheet|booklet|advice|information"),
)
_VIDEO_SITES = ("youtube.com", "youtu.be", "vimeo.com")


def _format(address: str | None, page: PageText, *, is_file: bool) -> Proposal | None:
    if address is None:
        return None
    if registrable(address) in _VIDEO_SITES:
        return Proposal(Format.VIDEO, f"it is on {registrable(address)}")
    head = folded(" . ".join((page.title, *page.headings[:2])))
    for kind, pattern in _FORMATS:
        found = re.search(rf"\b(?:{pattern})\b", head)
        if found:
            return Proposal(kind, f"its title says “{found[0]}”")
    if is_file:
        return Proposal(Format.GUIDE, "it is a file, such as a leaflet")
    parts = urlsplit(address)
    if is_home(parts.path) and not parts.query:
        return Proposal(Format.WEBSITE, "it is the front page of a site")
    return Proposal(Format.ARTICLE, "it is a page of a site")


_NATIONS: tuple[tuple[Nation, str, str], ...] = (
    (Nation.SCOTLAND, r"\.scot$|scot\.nhs\.uk$", r"scotland|scottish"),
    (Nation.WALES, r"\.wales$|\.cymru$|wales\.nhs\.uk$", r"wales|welsh|cymru"),
    (Nation.NORTHERN_IRELAND, r"nidirect|hscni\.net$", r"northern ireland"),
    (Nation.ENGLAND, r"(?<!scot)(?<!wales)\.nhs\.uk$|(?:^|\.)nhs\.uk$", r"england|english"),
)


def _nation(address: str, page: PageText, kin: list[Resource]) -> Proposal | None:
    host = urlsplit(address).hostname or ""
    head = folded(" . ".join((page.title, *page.headings[:2], page.description)))
    named = [nation for nation, _, pattern in _NATIONS if re.search(rf"\b(?:{pattern})\b", head)]
    if len(named) == 1:
        return Proposal(named[0], "its title or description names it")
    by_host = [nation for nation, pattern, _ in _NATIONS if re.search(pattern, host)]
    if by_host:
        return Proposal(by_host[0], f"that is where {host} is for")
    holds = Counter(resource.nations for resource in kin)
    if holds and len(holds) == 1:
        nations = next(iter(holds))
        return Proposal(", ".join(nations), f"the other links to {registrable(address)} say so")
    return None


def _topics(catalogue: Catalogue, page: PageText) -> Iterator[Proposal]:
    head = words(" ".join((page.title, *page.headings, *page.names, page.description)))
    body = words(" ".join((page.main or page.blocks)[:_MOST_BLOCKS]))
    told = {
        category.id: _words_of(catalogue, category) for category in catalogue.current_categories
    }
    in_topics = Counter(word for own in told.values() for word in own)
    scores: dict[str, float] = {}
    shared: dict[str, list[str]] = {}
    for name, own in told.items():
        weights = {
            word: math.log(len(told) / in_topics[word] + 1) * (_TITLE if word in head else _TEXT)
            for word in sorted(own & (head | body))
        }
        scores[name] = sum(weights.values()) / math.sqrt(math.sqrt(max(1, len(own))))
        shared[name] = sorted(weights, key=lambda word: (-weights[word], word))
    best = sorted(scores, key=lambda name: -scores[name])
    spelt = _spellings(page)
    for name in best[:MOST_TOPICS]:
        if scores[name] >= _LEAST_SCORE and scores[name] > scores[best[0]] / 2:
            said = [spelt.get(word, word) for word in shared[name][:4]]
            yield Proposal(name, f"it speaks of {', '.join(map(shown, said))}")


def _words_of(catalogue: Catalogue, category: Category) -> frozenset[str]:
    names = (category.title, category.full_title, *category.aliases, *category.keywords)
    titles = (resource.title for resource in category.resources)
    return words(" ".join((*names, *titles, *catalogue.meanings.get(category.id, ()))))


def _spellings(page: PageText) -> dict[str, str]:
    """Words as the page has them, by what is left of them when they are compared."""
    text = " ".join((page.title, *page.headings, page.description, page.text[:20000]))
    spelt: dict[str, str] = {}
    for word in re.findall(r"[^\W\d_][\w'’-]*", text):
        for stem in words(word):
            spelt.setdefault(stem, word.lower())
    return spelt
