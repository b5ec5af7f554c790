"""What the cards of a ring say, as values: nothing here knows about paper or PDF."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from linkindex import wording
from linkindex.catalogue import (
    Catalogue,
    Category,
    Phone,
    ShownCatalogue,
    Standing,
    UrgentHelp,
)
from linkindex.catalogue.addresses import ascii_host, is_reserved
from linkindex.catalogue.fields import SEVERAL_LANGUAGES
from linkindex.catalogue.kinds import Cost
from linkindex.catalogue.logo import Logo
from linkindex.catalogue.model import (
    DeckPlan,
    Resource,
)
from linkindex.catalogue.palette import colour_on_cards
from linkindex.catalogue.problems import Fault, Location, quoted
from linkindex.catalogue.telling import Telling
from linkindex.icons import icon_svg
from linkindex.speaking import N_, _, gettext, ngettext, pgettext
from linkindex.speaking.said import isolated

INDEX_ICON = "format-list-numbered"
URGENT_COLOUR = "#8c1c13"
URGENT_ICON = "lifebuoy"
SCAN = N_("Point a phone camera at a code.")
SCAN_OR_TYPE = N_("Point a phone camera at a code, or type the address below it.")
EMERGENCY_NUMBER = "999"
"""Fixed by Ofcom's National Telephone Numbering Plan; on the card in any case."""

_EMERGENCY_NUMBERS = frozenset({EMERGENCY_NUMBER, "112", "18000"})
"""What reaches the same people: 112 is 999 in all of Europe, and 18000 is 999 by Relay UK."""


@dataclass(frozen=True)
class Prompts:
    """The back of a category's card: what a worker could ask."""

    items: tuple[str, ...]


class Fact(NamedTuple):
    """Something to know about a link before it is opened."""

    name: str
    value: str


@dataclass(frozen=True)
class About:
    """The back of a link's card: when to use it, and what opens."""

    use_when: str | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class IndexEntry:
    """One category in the list of the ring.

    :ivar group: the title of the group that it stands in.
    """

    number: int
    title: str
    colour: str
    group: str


@dataclass(frozen=True)
class Index:
    """What an index card lists: which card is which.

    :ivar entries: those on the back.
    :ivar on_front: those on the front, where the list goes on from another card.
    """

    entries: tuple[IndexEntry, ...]
    on_front: tuple[IndexEntry, ...] = ()

    def split(self, per_face: tuple[int, ...]) -> Iterator[Index]:
        """The same list on several cards.

        :param per_face: how many entries stand on the back of the first card, then on the front
            and the back of each further one.
        """
        faces, begin = [], 0
        for count in per_face:
            faces.append(self.entries[begin : begin + count])
            begin += count
        yield Index(faces[0] if faces else self.entries)
        for front, back in zip_longest(faces[1::2], faces[2::2], fillvalue=()):
            yield Index(back, front)


@dataclass(frozen=True)
class HelpLine:
    """A number to print, who answers it, where in the UK, and when to use it.

    :ivar fixed: whether the number is fixed by regulation and so always printed.
    :ivar explained: whether the number never stands without saying when to use it.
    :ivar proviso: for whom another way to the emergency services is, such as ``if you cannot
        speak``.
    """

    name: str
    nations: str
    when: str
    number: str
    fixed: bool
    explained: bool
    proviso: str = ""


@dataclass(frozen=True)
class LeftOff:
    """A number that is not printed because nobody has noted lately that it is right.

    :ivar once_confirmed: the day of a confirmation that has ended, if there was one.
    """

    name: str
    number: str
    place: Location
    once_confirmed: datetime.date | None


@dataclass(frozen=True)
class Help:
    """The back of the urgent-help card, and what its front says below the emergency number.

    :ivar beside: other ways to reach the emergency services, in the order in which they come;
        each needs its explanation.
    :ivar on_the_page: the names of those whose number is only on the page.
    """

    beside: tuple[HelpLine, ...]
    lines: tuple[HelpLine, ...]
    on_the_page: tuple[str, ...]

    def arranged(self, on_front: int, on_back: int) -> Help:
        """As many lines as there is room for; the names of the others join those on the page.

        :param on_front: how many of ``beside`` the front holds; the back begins with the others.
        :param on_back: how many lines the back holds.
        """
        lines = self.beside[on_front:] + self.lines
        dropped = tuple(line.name for line in lines[on_back:])
        return Help(self.beside[:on_front], lines[:on_back], self.on_the_page + dropped)


BETWEEN = " · "
"""What stands between the two languages of a text."""


class Behind(NamedTuple):
    """What the back of a card says in another language than its front."""

    title: str
    language: str


class Beside(NamedTuple):
    """The text of the front in a second language, below the first."""

    front: str
    language: str


@dataclass(frozen=True)
class Card:
    """One double-sided card.

    :ivar key: what names the card in files and options: its code, ``index`` or ``urgent``.
    :ivar place: the line of what it was made from.
    :ivar lines: the lines of its texts there, by the names that the typesetting has for them.
    :ivar number: its place in the ring, from 1; none for the index and urgent-help cards.
    :ivar lead: what stands above the text of the front, if anything.
    :ivar address: what the code opens.
    :ivar readable: the same address as a person types it.
    :ivar language: in which its texts are written, where the catalogue says so (ISO 639).
    """

    kind: Literal["category", "resource", "index", "urgent"]
    key: str
    place: Location
    number: int | None
    title: str
    lead: str | None
    front: str
    colour: str
    icon: str
    address: str
    readable: str
    back: Prompts | About | Index | Help
    lines: Mapping[str, int] = field(default_factory=dict)
    language: str | None = None
    behind: Behind | None = None
    beside: Beside | None = None

    @property
    def has_code(self) -> bool:
        """Whether its front carries a code: where the list of the ring goes on, it does not."""
        return not (isinstance(self.back, Index) and self.back.on_front)

    def place_of(self, text: str) -> Location:
        """The line of one of its texts, or of the whole where that is not known."""
        return self.place._replace(line=self.lines.get(text, self.place.line))


@dataclass(frozen=True)
class Deck:
    """The cards of one ring, in order, and what they share.

    :ivar keeper: what the organisation is called where room is short.
    :ivar keeper_place: the line of that.
    :ivar name: what it is called, unless it has every card.
    :ivar place: the line of the address of the index, on which every code depends.
    :ivar help_place: the line of the urgent help.
    :ivar logo_place: the line of the logo.
    :ivar specimen: whether the address can never be a real one, so that no card may be used.
    :ivar kept_back: how many links have no card because they are sensitive, or tell what is.
    :ivar withheld: how many have none because their pages became harmful.
    :ivar language: what it is in, where a text says nothing else (ISO 639).
    :ivar behind: what the backs are in, where that is another.
    :ivar beside: the second language of both sides, where they have two.
    :ivar title_beside: the title in that language.
    :ivar without_back: the same cards for what has one side, where the deck has a language a side.
    """

    title: str
    organisation: str
    keeper: str
    keeper_place: Location
    place: Location
    help_place: Location
    logo_place: Location
    specimen: bool
    cards: tuple[Card, ...]
    left_off: tuple[LeftOff, ...]
    logo: Logo | None = None
    kept_back: int = 0
    withheld: int = 0
    name: str | None = None
    language: str = "en"
    behind: str | None = None
    beside: str | None = None
    title_beside: str | None = None
    without_back: Deck | None = None

    def printed_on(self, *, one_side: bool) -> Deck:
        """The deck as it is printed on one side alone, or on both."""
        if not one_side or self.without_back is None:
            return self
        same = {card.key: card for card in self.without_back.cards}
        return replace(self.without_back, cards=tuple(same[card.key] for card in self.cards))

    def arranged(
        self, per_index_face: tuple[int, ...], help_on_front: int, help_on_back: int
    ) -> Deck:
        """The deck with as many index cards and lines of urgent help as there is room for.

        :param per_index_face: as for :meth:`Index.split`.
        :param help_on_front: as for :meth:`Help.arranged`, and so is the other.
        """
        cards: list[Card] = []
        for card in self.cards:
            if isinstance(card.back, Index):
                parts = card.back.split(per_index_face)
                cards.extend(replace(card, back=part) for part in parts)
            elif isinstance(card.back, Help):
                arranged = card.back.arranged(help_on_front, help_on_back)
                cards.append(replace(card, back=arranged))
            else:
                cards.append(card)
        return replace(self, cards=tuple(cards))


def make_deck(catalogue: Catalogue, plan: DeckPlan | None = None) -> Deck:
    """A ring of cards: urgent help, the index, then categories in their order.

    :param plan: which categories; all that are current by default.
    """
    settings = catalogue.settings
    site = _site_address(settings.site_url)
    chosen = _with_cards(catalogue, categories_of(catalogue, plan))
    categories = tuple(
        _category_card(catalogue, category, number, site)
        for number, category in enumerate(chosen, start=1)
    )
    urgent, left_off = _urgent_card(catalogue, site)
    keeper_key = "organisation_short" if settings.organisation_short else "organisation"
    return Deck(
        title=settings.name,
        organisation=settings.organisation,
        keeper=settings.organisation_short or settings.organisation,
        keeper_place=catalogue.at(settings.line_of(keeper_key)),
        place=catalogue.at(settings.line_of("site_url")),
        help_place=catalogue.at(catalogue.urgent_help[0].line),
        logo_place=catalogue.at(settings.line_of("logo")),
        specimen=is_reserved(urlsplit(settings.site_url).hostname or ""),
        cards=(urgent, _index_card(catalogue, site, chosen, plan), *categories),
        left_off=left_off,
        logo=catalogue.logo,
        name=plan.title if plan else None,
        language=catalogue.language,
    )


def categories_of(catalogue: Catalogue, plan: DeckPlan | None) -> tuple[Category, ...]:
    """The categories of a deck, in its order; all that are current without a plan."""
    if plan is None:
        return catalogue.current_categories
    return tuple(catalogue.category(name) for name in plan.cards)


def make_resource_deck(catalogue: ShownCatalogue, plan: DeckPlan | None = None) -> Deck:
    """A card for each link instead of each category.

    Sensitive links, and those whose words tell a topic, have none: a card shows them. Nor has one
    that is withheld: its code would lead to a page that says only that.

    :param plan: of which categories; of all that are current by default.
    """
    site = _site_address(catalogue.settings.site_url)
    chosen = categories_of(catalogue, plan)
    homes = [
        (category, resource)
        for category in chosen
        for resource in category.resources
        if catalogue.is_shown(resource)
    ]
    telling = Telling(catalogue)
    open_ones = [
        (home, resource) for home, resource in homes if not _tells_on_a_card(telling, resource)
    ]
    return replace(
        make_deck(catalogue, plan),
        cards=tuple(
            _resource_card(catalogue, home, resource, number, site)
            for number, (home, resource) in enumerate(open_ones, start=1)
        ),
        left_off=(),
        kept_back=len(homes) - len(open_ones),
        withheld=sum(
            resource.retired is None and not catalogue.is_shown(resource)
            for category in chosen
            for resource in category.resources
        ),
    )


def _tells_on_a_card(telling: Telling, resource: Resource) -> bool:
    """Whether the name of a link, or what a card says of it, tells a sensitive topic."""
    texts = (resource.summary, resource.use_when)
    return telling.by_link(resource) or any(telling.tells(text or "") for text in texts)


def why_without_a_card(catalogue: ShownCatalogue, resource: Resource) -> Fault | None:
    """Why a link has no card of its own, and what to do, where it has none in any deck."""
    name = f"the link {quoted(resource.code)} has no card"
    if resource.retired:
        gone = "is hidden in this index" if catalogue.is_hidden(resource) else "has closed"
        return Fault(None, f"{name}: it {gone}", "name the one that took its place")
    if not catalogue.is_shown(resource):
        what = f"{name} while it is hidden: what is there now may be harmful"
        return Fault(None, what, "wait until a check finds it well, or give it another address")
    telling = Telling(catalogue)
    if telling.by_link(resource):
        what = f"{name}: it is sensitive, and a card would show its name"
        return Fault(
            None, what, "print the card of its topic, or a hand-out (`linkindex hand-out`)"
        )
    if _tells_on_a_card(telling, resource):
        what = f"{name}: its summary or `use_when` has words that tell a sensitive topic"
        return Fault(None, what, "write it in other words, or print a hand-out")
    return None


def deck_addresses(catalogue: Catalogue, *, resources: bool = False) -> tuple[str, ...]:
    """What the codes of the deck open, in the order of the cards; those of links on request."""
    site = _site_address(catalogue.settings.site_url)
    categories = _with_cards(catalogue, catalogue.current_categories)
    codes = (f"{site}q/{category.code}" for category in categories)
    links = (f"{site}r/{link.code}" for link in catalogue.current_resources) if resources else ()
    return (f"{site}urgent", site, *codes, *links)


def _with_cards(catalogue: Catalogue, categories: tuple[Category, ...]) -> tuple[Category, ...]:
    """All but that for which the card of urgent help stands."""
    urgent = catalogue.settings.deck.urgent_help
    return tuple(category for category in categories if category.id != urgent)


def _category_card(catalogue: Catalogue, category: Category, number: int, site: str) -> Card:
    title = category.outside_title
    address = f"{site}q/{category.code}"
    says_more = category.full_title.casefold() != title.casefold()
    return Card(
        kind="category",
        key=category.code,
        place=catalogue.at(category.line),
        number=number,
        title=title,
        lead=category.full_title if says_more and not category.sensitive else None,
        front=category.card.front,
        colour=category.colour,
        icon=icon_svg(category.icon),
        address=address,
        readable=_readable(catalogue, f"q/{category.code}"),
        back=Prompts(category.card.prompts),
        lines={
            "title": category.line_of("neutral_title" if category.sensitive else "title"),
            "lead": category.line_of("full_title"),
            "front": category.line_of("card.front"),
            "prompts": category.line_of("card.prompts"),
            **{
                f"prompt {number}": category.line_of(f"card.prompts.{number}")
                for number in range(len(category.card.prompts))
            },
        },
    )


def _resource_card(
    catalogue: Catalogue, home: Category, resource: Resource, number: int, site: str
) -> Card:
    facts = [
        Fact(pgettext("on a card", "From"), resource.publisher),
        Fact(_("Format"), _format(resource)),
        Fact(_("For"), ", ".join(wording.AUDIENCES[audience] for audience in resource.audiences)),
    ]
    if resource.cost is not Cost.FREE:
        facts.append(Fact(_("Cost"), wording.COSTS_IN_SHORT[resource.cost]))
    return Card(
        kind="resource",
        key=resource.code,
        place=catalogue.at(resource.line),
        number=number,
        title=resource.title,
        lead=None,
        front=resource.summary,
        colour=home.colour,
        icon=icon_svg(home.icon),
        address=f"{site}r/{resource.code}",
        readable=_readable(catalogue, f"r/{resource.code}"),
        back=About(resource.use_when, tuple(facts)),
        lines={
            "title": resource.line_of("title"),
            "front": resource.line_of("summary"),
            "use_when": resource.line_of("use_when"),
            "facts": resource.line_of("publisher"),
        },
        language=_language(resource),
    )


def _language(resource: Resource) -> str | None:
    """What its texts are in, where the catalogue leaves no doubt."""
    (first, *others) = resource.language
    return None if others or first == SEVERAL_LANGUAGES else first


def _format(resource: Resource) -> str:
    """What it is, and how long it takes: ``Video, 5 minutes``."""
    name = wording.FORMATS[resource.format]
    if not resource.minutes:
        return name
    return ngettext("{format}, {n} minute", "{format}, {n} minutes", resource.minutes).format(
        format=name
    )


def _index_card(
    catalogue: Catalogue, site: str, categories: tuple[Category, ...], plan: DeckPlan | None
) -> Card:
    telling = Telling(catalogue)
    # A heading that tells a topic stands on no card.
    groups = {
        group.id: "" if telling.tells(group.title) else group.title for group in catalogue.groups
    }
    entries = tuple(
        # The order of a plan is its own, and runs across the groups.
        IndexEntry(
            number,
            category.outside_title,
            category.colour,
            "" if plan else groups[category.group],
        )
        for number, category in enumerate(categories, start=1)
    )
    settings = catalogue.settings
    note = settings.deck.note
    return Card(
        kind="index",
        key="index",
        place=catalogue.at((plan or settings).line),
        number=None,
        title=settings.name,
        lead=plan.title if plan else settings.tagline,
        front=f"{gettext(SCAN)} {note}" if note else gettext(SCAN_OR_TYPE),
        colour=colour_on_cards(settings.colours),
        icon=icon_svg(INDEX_ICON),
        address=site,
        readable=_readable(catalogue, ""),
        back=Index(entries),
        lines={
            **({"front": settings.line_of("deck.note")} if note else {}),
            "title": settings.line_of("name"),
            "lead": plan.line_of("title") if plan else settings.line_of("tagline"),
            **{f"group {group.title}": group.line_of("title") for group in catalogue.groups},
        },
    )


def _urgent_card(catalogue: Catalogue, site: str) -> tuple[Card, tuple[LeftOff, ...]]:
    first = next((entry for entry in catalogue.urgent_help if _is_emergency(entry.phone)), None)
    telling = Telling(catalogue)
    beside: list[HelpLine] = []
    lines: list[HelpLine] = []
    on_the_page: list[str] = []
    left_off: list[LeftOff] = []
    for entry in catalogue.urgent_help:
        phone = None if entry is first else entry.phone
        wanted = [(phone, ""), (entry.text, "text ")]
        known = [(n, how, catalogue.standing_of(n)) for n, how in wanted if n]
        printed = [
            _("text {number}").format(number=isolated(n.number)) if how else n.number
            for n, how, standing in known
            if standing.may_be_printed
        ]
        missing = [
            (number, how, standing)
            for number, how, standing in known
            if not standing.may_be_printed
        ]
        if printed:
            fixed = any(n.fixed for n, *_how in known)
            # What else 999 can do is of use only to whoever knows how: text it once the phone is
            # registered, or press 55 when one cannot speak.
            to_explain = any(n.number in _EMERGENCY_NUMBERS for n, *_how in known)
            line = HelpLine(
                name=telling.paper_name(entry),
                nations=wording.nations_in_short(entry, catalogue.settings.serves),
                when="" if telling.by_line(entry) else entry.when,
                number=_either(printed),
                fixed=fixed,
                explained=to_explain,
                proviso=_proviso(entry, first) if to_explain and phone else "",
            )
            (beside if to_explain else lines).append(line)
        for number, how, standing in missing:
            left_off.append(_left_off(catalogue, entry, number, how, standing))
        # A name that tells is of use on the page alone.
        if missing and telling.paper_name(entry) == entry.name:
            on_the_page.append(_name_with_nations(catalogue, entry))
    card = Card(
        kind="urgent",
        key="urgent",
        place=catalogue.at(first.line if first else catalogue.settings.line),
        number=None,
        title=_("Urgent help"),
        lead=EMERGENCY_NUMBER,
        front=first.when if first else _("Someone is in danger now"),
        colour=URGENT_COLOUR,
        icon=icon_svg(URGENT_ICON),
        address=f"{site}urgent",
        readable=_readable(catalogue, "urgent"),
        # Where room is short the last lines go, and a fixed number is never left off.
        back=Help(
            tuple(beside), tuple(sorted(lines, key=lambda line: not line.fixed)), tuple(on_the_page)
        ),
        lines=_lines_of_help(catalogue) | ({"front": first.line_of("when")} if first else {}),
    )
    return card, tuple(left_off)


def _either(ways: Sequence[str]) -> str:
    """``0800 1111 or text 85258``."""
    first, *second = ways
    return _("{first} or {second}").format(first=first, second=second[0]) if second else first


def _proviso(entry: UrgentHelp, first: UrgentHelp | None) -> str:
    """What a name adds to that of the emergency services, such as ``if you cannot speak``."""
    name = first.name if first else ""
    if not name or not entry.name.casefold().startswith(name.casefold()):
        return ""
    return entry.name[len(name) :].strip(" ,:;()")


def _lines_of_help(catalogue: Catalogue) -> dict[str, int]:
    lines: dict[str, int] = {}
    for entry in catalogue.urgent_help:
        names = (entry.name, _name_with_nations(catalogue, entry))
        lines |= {f"name {name}": entry.line_of("name") for name in names}
        lines[f"when {entry.name}"] = entry.line_of("when")
    return lines


def _name_with_nations(catalogue: Catalogue, entry: UrgentHelp) -> str:
    nations = wording.nations_in_short(entry, catalogue.settings.serves)
    return f"{entry.name} ({nations})" if nations else entry.name


def _is_emergency(phone: Phone | None) -> bool:
    return phone is not None and phone.number == EMERGENCY_NUMBER


def _left_off(
    catalogue: Catalogue, entry: UrgentHelp, phone: Phone, how: str, standing: Standing
) -> LeftOff:
    return LeftOff(
        name=entry.name,
        number=f"{how}{phone.number}",
        place=catalogue.at(entry.line),
        once_confirmed=phone.number_checked if standing is Standing.ENDED else None,
    )


def _site_address(site_url: str) -> str:
    """The site's address in the characters that every phone's camera reads alike."""
    parts = urlsplit(site_url)
    host = parts.hostname or ""
    return parts._replace(netloc=parts.netloc.replace(host, ascii_host(host))).geturl()


def _readable(catalogue: Catalogue, path: str) -> str:
    """An address as it is typed: browsers add the scheme themselves."""
    return f"{catalogue.settings.site_url}{path}".partition("://")[2].rstrip("/")
