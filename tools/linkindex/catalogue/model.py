"""What an index is: settings, categories and resources as immutable values.

Every scalar arrives from the loader as text (see :mod:`linkindex.catalogue.yaml.source`); the types
here say what it means. ``resources.yaml`` is validated piece by piece so that every error in the
file is found in one run, so no rule in this module looks beyond its own key; rules that do are in
:mod:`linkindex.catalogue.rules.whole`, since pydantic would reach them only once every key is
right.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    model_validator,
)

from linkindex.catalogue.codes import resource_code
from linkindex.catalogue.colours import GROUP_COLOURS
from linkindex.catalogue.fields import (
    any_colour,
    category_code,
    colour,
    email,
    evidence,
    exit_address,
    iso_date,
    language,
    one_or_several,
    phone_number,
    picture_name,
    plain_text,
    resource_code_text,
    site_address,
    slug,
    texted,
    trouble,
    web_address,
    web_page,
)
from linkindex.catalogue.kinds import (
    NATIONS_OF_THE_UK,
    Access,
    Audience,
    CardLanguages,
    Cost,
    Engine,
    Format,
    HomeNation,
    Nation,
    StyleRule,
)
from linkindex.catalogue.telephone import RELAY_EMERGENCY, dialled, relayed_number

SCHEMA = "schema"
"""The key of an index that says of which version its layout is."""

OLDEST_SCHEMA = 1

Text = Annotated[str, AfterValidator(plain_text)]
Slug = Annotated[str, AfterValidator(slug)]
Reference = Text
"""An id as another entry names it: whether it is one is asked of the whole file."""

CategoryCode = Annotated[str, AfterValidator(category_code)]
ResourceCode = Annotated[str, AfterValidator(resource_code_text)]
Colour = Annotated[str, AfterValidator(colour)]
AnyColour = Annotated[str, AfterValidator(any_colour)]
Language = Annotated[str, AfterValidator(language)]
Languages = Annotated[tuple[Language, ...], BeforeValidator(one_or_several), Field(min_length=1)]
Number = Annotated[str, AfterValidator(phone_number)]
Email = Annotated[str, AfterValidator(email)]
WebAddress = Annotated[str, AfterValidator(web_address)]
WebPage = Annotated[str, AfterValidator(web_page)]
ExitAddress = Annotated[str, AfterValidator(exit_address)]
PictureName = Annotated[str, AfterValidator(picture_name)]
SiteAddress = Annotated[str, AfterValidator(site_address)]
Date = Annotated[datetime.date, BeforeValidator(iso_date)]
Evidence = Annotated[str, AfterValidator(evidence)]

FIXED_NUMBERS = frozenset({"999", "112", "111", "101", RELAY_EMERGENCY})
"""Numbers fixed by regulation (Ofcom's National Telephone Numbering Plan, type A): these may be
printed on a card without anybody having rung them."""


class Piece(BaseModel):
    """A part of the index with a place in ``resources.yaml``."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    KEPT_LINES: ClassVar[tuple[str, ...]] = ()
    """The keys whose lines are kept, for faults that are found only when something is made of the
    piece; a dot leads into a key, ``deck.layout``, or into a list, ``card.prompts.0``."""

    TEXTS: ClassVar[tuple[str, ...]] = ()
    """The keys of which each language of the index has a text of its own:
    ``title: {en: Sleep, cy: Cwsg}``. One that is not given in a language is missing there."""

    NAMES: ClassVar[tuple[str, ...]] = ()
    """The keys that may be given in each language; what is given once holds in all of them."""

    _line: int = PrivateAttr(default=1)
    _lines: Mapping[str, int] = PrivateAttr(default_factory=dict)
    _borrowed: Mapping[str, str] = PrivateAttr(default_factory=dict)

    @property
    def line(self) -> int:
        """The 1-based line of ``resources.yaml`` on which this piece begins."""
        return self._line

    def line_of(self, key: str) -> int:
        """The 1-based line of one of :attr:`KEPT_LINES`, or of this piece if it is not written."""
        return self._lines.get(key, self._line)

    def placed_at(self, line: int, lines: Mapping[str, int]) -> Self:
        """Note the lines on which this piece and its keys begin; return the piece itself."""
        self._line = line
        self._lines = lines
        return self

    def language_of(self, key: str) -> str | None:
        """The language of a text that is not there in the language of the index: its ISO code.

        :param key: as in :attr:`KEPT_LINES`, with dots: ``title``, ``card.prompts.0``.
        """
        return self.borrowed.get(key)

    @property
    def borrowed(self) -> Mapping[str, str]:
        """Every such text: the language of each by its key."""
        # Asked for each text that is shown; by its own name, pydantic takes fifty times as long.
        private: Mapping[str, Mapping[str, str]] = self.__pydantic_private__ or {}
        return private["_borrowed"]

    def borrowing(self, languages: Mapping[str, str]) -> Self:
        """Note which texts are in another language, and in which; return the piece itself."""
        self._borrowed = languages
        return self


class Phone(Piece):
    """A number to call or text, and the day a person last rang it and got the right service.

    In YAML it is either the number alone or a mapping with ``number``, ``number_checked`` and
    ``checked_by``, the role of that person.
    """

    number: Number
    """The number as it is read out: digits in groups, such as `0800 1111`."""
    number_checked: Date | None = None
    """The day on which a person last rang it and got the right service."""
    checked_by: Text | None = None
    """The role of that person, such as `family team`; not a name."""

    @model_validator(mode="before")
    @classmethod
    def _number_alone(cls, value: Any) -> Any:
        return {"number": value} if isinstance(value, str) else value

    @property
    def fixed(self) -> bool:
        """Whether the number is fixed by regulation, so that nobody need ring it."""
        return (relayed_number(self.number) or self.number) in FIXED_NUMBERS

    def standing(self, day: datetime.date, days: int) -> Standing:
        """What is known of the number on a day.

        :param days: for how many days a confirmation holds, the day itself not counted.
        """
        if self.fixed:
            return Standing.FIXED
        if self.number_checked is None:
            return Standing.UNCONFIRMED
        ended = (day - self.number_checked).days > days
        return Standing.ENDED if ended else Standing.CONFIRMED


def _texted(phone: Phone) -> Phone:
    texted(phone.number)
    return phone


TextNumber = Annotated[Phone, AfterValidator(_texted)]
"""A number that text messages are sent to."""


class Standing(StrEnum):
    """What is known of a number."""

    FIXED = "fixed"
    """By regulation (:data:`FIXED_NUMBERS`)."""
    CONFIRMED = "confirmed"
    ENDED = "ended"
    """Confirmed once, too long ago."""
    UNCONFIRMED = "unconfirmed"

    @property
    def may_be_printed(self) -> bool:
        """Whether the number may go on a card, which nobody can correct once it is printed."""
        return self in (Standing.FIXED, Standing.CONFIRMED)


class Domain(Piece):
    """Who keeps the domain that every printed code depends on."""

    owner: Text
    """Who pays for the domain and keeps it."""
    renews: Date
    """The day on which it must be renewed."""


class DeckSettings(Piece):
    """How the ring of cards is printed."""

    TEXTS = ("note",)

    layout: Slug = "a4-8up"
    """The sheet for the cards: the name of a layout, such as `a4-8up`."""
    urgent_help: Reference | None = None
    """The id of the category for which the card of urgent help stands, so that the ring has one
    card for it and not two. The category keeps its pages."""
    default: Reference | None = None
    """The id of the deck of `decks:` that is printed unless another is asked for; without it, every
    card is."""
    languages: CardLanguages = CardLanguages.RING
    """Of an index in several languages: `ring` for a ring in each, `side` for one language on the
    front and the next on the back, `together` for both on each side."""
    note: Text | None = Field(default=None, max_length=80)
    """A short sentence for the card that lists the ring, such as what the index is not."""


REVIEW_MONTHS = 12
"""How long a review of a link holds unless the index or its category says otherwise: directories
commonly look at each entry once a year."""

CONFIRMATION_DAYS = 180
"""How long a confirmed number may be printed unless the index says otherwise: half a year.

Nobody tells an index that a helpline has closed or changed its number. Directories commonly look at
each entry once a year; a card is worn for longer than a page is read, so this asks twice as often.
"""


class Colours(Piece):
    """The colours of an organisation (``colours:`` of the index).

    Those of dark screens are made of them. The way out stays red.
    """

    KEPT_LINES = ("brand", "header", "paper")

    brand: AnyColour | None = None
    """Links, buttons and the mark; also the card that lists the ring, and the head of a poster."""
    header: AnyColour | None = None
    """What the name of the index stands on; that of the pages if left out."""
    paper: AnyColour | None = None
    """What the pages stand on: a very light colour."""


class Suggestions(StrEnum):
    """When a suggestion that came as an issue becomes a pull request."""

    OPEN = "open"
    LABELLED = "labelled"


class Settings(Piece):
    """Settings of the index as a whole (``index:``)."""

    KEPT_LINES = (
        *("name", "tagline", "organisation", "organisation_short", "site_url", "exit_url", "logo"),
        *("deck.layout", "deck.note"),
    )
    TEXTS = ("name", "tagline")
    NAMES = ("organisation", "organisation_short")

    name: Text
    """What the index is called, on every page and card."""
    tagline: Text
    """What it is, in a few words."""
    organisation: Text
    """Who keeps it."""
    languages: tuple[Language, ...] = Field(default=("en",), min_length=1)
    """The languages in which the whole site is made, such as `[en, cy]`: what codes open is in the
    first. See [languages.md](languages.md)."""
    first_pages: tuple[Language, ...] = ()
    """Further languages in which what a family meets first is made too, such as `[pl, ur]`: what
    codes open, and urgent help. Nobody who speaks them may have read these words yet."""
    texts_in: Language | None = None
    """The language of texts that are not given in several; the first of `languages` if left out."""
    telling: dict[Language, tuple[Text, ...]] = Field(default={})
    """Words that tell a sensitive topic, by language, beside those that the program knows:
    `telling: {pl: [przemoc]}`."""
    nation: Nation | None = None
    """Where most of its readers live: what they should read first must hold there. It is one of
    `nations:`, and needs no line where that names one alone."""
    nations: tuple[HomeNation, ...] = ()
    """The nations of the UK that it is for; without it, all four. Pages then say of a link where it
    holds only if it does not hold in all of these, and offer only these to choose from."""
    organisation_short: Text | None = Field(default=None, max_length=24)
    """What the organisation is called on cards that have no logo, where room is short."""
    contact: Email
    """The e-mail address for questions; each site that is checked is told it."""
    site_url: SiteAddress
    """The address of the site. Every printed code begins with it, so keep it short and for ever."""
    domain: Domain | None = None
    """Who keeps the domain that every printed code depends on: needed once `site_url` is a domain
    of one's own."""
    exit_url: ExitAddress
    """The well-known page to which the button for leaving in a hurry leads."""
    logo: PictureName | None = None
    """A picture beside the file, SVG or PNG, 25 KB at most."""
    colours: Colours = Colours()
    """The colours of the organisation, on the site and on paper."""
    repository: WebPage | None = None
    """The web address of the project, for `Suggest a change`."""
    suggestions: Suggestions = Suggestions.OPEN
    """When a suggestion that came as an issue becomes a pull request: `open` at once, `labelled`
    once a maintainer gives it the label `ready`."""
    deck: DeckSettings = DeckSettings()
    """How the cards are printed."""
    visits: bool = False
    """Whether openings of codes are counted from the log of the web server, by `linkindex visits`;
    the privacy page says which."""
    review_every: int = Field(default=REVIEW_MONTHS, ge=1, le=60)
    """After how many months a person should read each link again."""
    number_days: int = Field(default=CONFIRMATION_DAYS, ge=1, le=366)
    """For how many days a number may be printed after somebody rang it."""
    engine: Engine = Engine.MKDOCS
    """What renders the pages, unless a command names another: see [engines.md](engines.md)."""
    layout_version: int = Field(default=OLDEST_SCHEMA, ge=OLDEST_SCHEMA, alias=SCHEMA)
    """The version of the layout of this file, which `linkindex upgrade` moves along: 1 if left out.
    A program that is older than the file says so, and reads nothing."""

    @property
    def plain_language(self) -> str:
        """The language of texts that are not given in several: its ISO code."""
        return self.texts_in or self.languages[0]

    @property
    def serves(self) -> tuple[Nation, ...]:
        """The nations of the UK that the index is for, in the order of readers' choices."""
        return _served(self.nations)

    @property
    def home(self) -> Nation | None:
        """Where most readers live, if it is known."""
        return self.nation or (self.nations[0] if len(self.nations) == 1 else None)

    @property
    def address_line(self) -> int:
        """The 1-based line of the exit address."""
        return self.line_of("exit_url")


@functools.cache
def _served(named: tuple[Nation, ...]) -> tuple[Nation, ...]:
    return tuple(n for n in NATIONS_OF_THE_UK if not named or n in named)


class Group(Piece):
    """A heading under which categories stand together."""

    KEPT_LINES = ("title",)
    TEXTS = ("title", "summary")

    id: Slug
    """A short name in small letters with hyphens, used once."""
    title: Text
    """The heading, as readers see it."""
    summary: Text | None = None
    """What stands under it, in one sentence."""
    colour: Colour | None = None
    """The hue of its categories, dark enough for white letters: each has a shade of it. One of six
    quiet hues if left out."""


EVERY_CARD = "all"
"""What the deck of every card is called, so that no other can have this id."""


class DeckPlan(Piece):
    """A ring of cards for one kind of work: some of the categories, in an order of its own."""

    KEPT_LINES = ("title", "cards")
    TEXTS = ("title", "summary")

    id: Slug
    """A short name in small letters with hyphens, used once; not `all`, which has every card."""
    title: Text = Field(max_length=60)
    """What it is called, on the card with its list and where it is offered."""
    summary: Text | None = None
    """Whom it is for, in one sentence."""
    cards: tuple[Reference, ...] = Field(min_length=1)
    """The ids of its categories, in the order of the ring. The cards that list them and that hold
    urgent help come with every deck."""
    languages: CardLanguages | None = None
    """`ring`, `side` or `together`; as `languages` of `deck:` if left out."""


class Term(Piece):
    """A word or an acronym with its meaning, on the page of such words (``glossary:``)."""

    TEXTS = ("term", "meaning")

    term: Text
    """The short form or the word, such as `FGC`."""
    meaning: Text
    """What it means, in plain words."""
    category: Reference | None = None
    """The id of the category on whose page it is explained too."""
    as_of: Date | None = None
    """The day on which the meaning was found to be so, if it can age; readers see its month."""
    claim_until: Date | None = None
    """The last day for which the meaning is known to hold; readers are told so."""
    evidence: tuple[Evidence, ...] = ()
    """What it rests on, for editors: never shown to readers."""


class Allow(Piece):
    """The answer to a warning of style: which rule, and why it does not hold here."""

    rule: StyleRule
    """The rule that warned."""
    reason: Text
    """Why the warning is wrong here, for whoever reads it next."""


class UrgentHelp(Piece):
    """One line of the urgent help that is on every page and on a card of its own."""

    KEPT_LINES = ("name", "when", "part")
    TEXTS = ("part", "when")
    NAMES = ("name",)

    name: Text
    """What the service is called."""
    part: Text | None = None
    """The heading under which it stands with others, as a reader would say what is wrong."""
    when: Text
    """For whom or when it is, as a sentence to the reader."""
    nations: tuple[Nation, ...] = Field(min_length=1)
    """Where it answers."""
    phone: Phone | None = None
    """The number to call: alone, or with the keys of a number."""
    text: TextNumber | None = None
    """The number to text: alone, or with the keys of a number."""
    allow: tuple[Allow, ...] = ()
    """Answers to warnings about these words."""


class Retired(Piece):
    """A code that was printed once and now leads on to something else."""

    on: Date
    """The day on which it was taken away."""
    successor: Reference
    """The id of the link or category to which its code now leads."""
    reason: Text | None = None
    """Why it was taken away, for editors."""


WAYS_TO_A_LINK = ("url", "phone", "text", "email")
"""The keys of which a link has one at least."""


class Resource(Piece):
    """One link, with what a reader needs to decide whether to open it."""

    KEPT_LINES = ("url", "title", "summary", "use_when", "publisher")
    TEXTS = ("title", "summary", "use_when")
    NAMES = ("url", "publisher", "keywords")

    id: Slug
    """A short name in small letters with hyphens, used once; never changed once it is published."""
    written_code: ResourceCode | None = Field(default=None, alias="code")
    """The six characters of its printed code; made from the id if left out."""
    title: Text
    """What the page calls itself."""
    url: WebAddress | None = None
    """The address of the page. It may be left out where there is a number or an e-mail address."""
    publisher: Text
    """Who made the page."""
    summary: Text
    """What a reader gets and from whom: at most 25 plain words of your own."""
    use_when: Text | None = None
    """For whom or when it is: about 12 words, right for a family that reads it too."""
    minutes: int | None = Field(default=None, ge=1, le=600)
    """How many minutes it takes to read, watch or do."""
    audiences: tuple[Audience, ...] = Field(min_length=1)
    """Whom it is for."""
    format: Format
    """What opens, or who answers: `helpline` or `service` where there is no page."""
    nations: tuple[Nation, ...] = Field(min_length=1)
    """Where it holds: law, duties and helplines differ by nation."""
    language: Languages = ("en",)
    """Codes of ISO 639, such as `en` or `[cy, en]`; `mul` for several that are not all named."""
    accessible_as: tuple[Access, ...] = ()
    """In which forms besides plain text it can be had: `easy-read`, `bsl` (British Sign Language),
    `audio`, `captions`. Only what the page itself says that it has."""
    cost: Cost = Cost.FREE
    """What the reader pays."""
    phone: Phone | None = None
    """A number to call: alone, or with the keys of a number."""
    text: TextNumber | None = None
    """A number to text: alone, or with the keys of a number."""
    email: Email | None = None
    """An e-mail address to write to."""
    keywords: tuple[Text, ...] = ()
    """Words that people type; they are searched and never shown."""
    sensitive: bool = False
    """Whether it must not be seen who opens it, whatever its topic: no title, preview, feed, file
    or print names it then. The links of a sensitive category are so without it. `false` says that
    a person thought of it, where words that tell make the check ask."""
    also_in: tuple[Reference, ...] = ()
    """The ids of other categories that should show it."""
    added: Date
    """The day on which it was added."""
    reviewed: Date | None = None
    """The day on which a person read the page and signed it off."""
    as_of: Date | None = None
    """The day on which what is said here was found to be so, if it can age: a price, opening hours,
    a pilot. Readers see its month."""
    claim_until: Date | None = None
    """The last day for which it is known to hold; readers are told so."""
    evidence: tuple[Evidence, ...] = ()
    """What it rests on, for editors: addresses, or words such as `a call on 5 May`. Never shown to
    readers."""
    allow: tuple[Allow, ...] = ()
    """Answers to warnings about this link."""
    draft: bool = False
    """Write `true` while something is left to do: the link then stands on no page, and what is
    missing in it stops nothing. `TODO` marks what is still to be written."""
    retired: Retired | None = None
    """Write this in place of removing a link: its code leads on."""

    @property
    def code(self) -> str:
        """The six characters of ``/r/CODE``: written in the file, else hashed from the id."""
        return self.written_code or resource_code(self.id)

    @property
    def address_line(self) -> int:
        """The 1-based line of the address."""
        return self.line_of("url")

    @property
    def opens(self) -> str:
        """What a reader is led to first: the page, or `tel:`, `sms:` or `mailto:` without one."""
        if self.url:
            return self.url
        if self.phone:
            return f"tel:{dialled(self.phone.number)}"
        if self.text:
            return f"sms:{dialled(self.text.number)}"
        return f"mailto:{self.email}"


class CardText(Piece):
    """What a category's card says: one text on the front, prompts on the back."""

    TEXTS = ("front", "prompts")

    front: Text = Field(max_length=110)
    """What the front says."""
    prompts: tuple[Text, ...] = Field(min_length=3, max_length=4)
    """Questions for the back, to begin a talk with."""


class Caution(Piece):
    """What to bear in mind about a topic, in one sentence.

    In YAML it is either the sentence alone or, where it can age or is not for everybody, a mapping
    with ``caution`` and the rest.
    """

    TEXTS = ("caution",)

    text: Text = Field(alias="caution")
    """The sentence."""
    audiences: tuple[Audience, ...] = ()
    """Whom it is for; without it, everybody. Whoever chooses another audience does not see it."""
    as_of: Date | None = None
    """The day on which it was found to be so; readers see its month."""
    claim_until: Date | None = None
    """The last day for which it is known to hold, such as the day on which a law changes; readers
    are told so."""
    evidence: tuple[Evidence, ...] = ()
    """What it rests on, for editors: never shown to readers."""

    @model_validator(mode="before")
    @classmethod
    def _sentence_alone(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"caution": value}
        if isinstance(value, Mapping) and len(value) == 1 and "caution" not in value:
            raise trouble(
                "a colon stands inside a text that is not in quotes",
                "put the whole text in quotes",
            )
        return value


class StartHere(Piece):
    """What each audience should open first, best first.

    One to three, but for families four: each nation of the UK may have a helpline of its own.
    """

    families: tuple[Reference, ...] = Field(default=(), max_length=4)
    """For families; on a sensitive topic, helplines for somebody who is being hurt come first."""
    practitioners: tuple[Reference, ...] = Field(default=(), max_length=3)
    """For practitioners."""
    young_people: tuple[Reference, ...] = Field(default=(), max_length=3, alias="young-people")
    """For young people."""

    def for_audience(self, audience: Audience) -> tuple[str, ...]:
        """The ids for one audience, best first."""
        return {
            Audience.FAMILIES: self.families,
            Audience.PRACTITIONERS: self.practitioners,
            Audience.YOUNG_PEOPLE: self.young_people,
        }[audience]


class Needs(Piece):
    """What those who need a topic would call it, by who they are."""

    TEXTS = ("families", "young-people", "practitioners")

    families: Text | None = Field(default=None, max_length=80)
    """For parents and carers, such as `Grandparents and friends raising a child`."""
    young_people: Text | None = Field(default=None, max_length=80, alias="young-people")
    """For young people."""
    practitioners: Text | None = Field(default=None, max_length=80)
    """For those who work with families."""

    def for_audience(self, audience: Audience) -> str | None:
        """What one audience would call it, if it is written."""
        return {
            Audience.FAMILIES: self.families,
            Audience.PRACTITIONERS: self.practitioners,
            Audience.YOUNG_PEOPLE: self.young_people,
        }[audience]


Claim = Resource | Caution | Term
"""What says something that can age: see ``as_of``, ``claim_until`` and ``evidence`` of each."""


class Category(Piece):
    """One card of the ring and one page of links."""

    KEPT_LINES = (
        *("title", "full_title", "neutral_title", "summary", "cautions"),
        *("card.front", "card.prompts"),
        *(f"card.prompts.{number}" for number in range(4)),
        *("needs.families", "needs.young-people", "needs.practitioners"),
    )
    TEXTS = ("title", "full_title", "summary", "neutral_title", "aliases")
    NAMES = ("keywords",)

    id: Slug
    """A short name in small letters with hyphens, used once; never changed once it is published."""
    source: Reference | None = Field(default=None, alias="from")
    """The name under `extends:` of the index that the topic is taken from. Then only what differs
    is written here: more links, and those to open first."""
    written_code: CategoryCode | None = Field(default=None, alias="code")
    """The 2 to 8 characters of its printed code; the id if left out. Not the tag of a language."""
    title: Text
    """The short title, for the card and the navigation."""
    full_title: Text
    """The title of its page."""
    summary: Text
    """What the topic is, in one or two sentences."""
    group: Reference
    """The id of the group under which it stands."""
    aliases: tuple[Text, ...] = ()
    """Other names of the topic, which are searched and shown."""
    keywords: tuple[Text, ...] = ()
    """Words that people type; they are searched and never shown."""
    icon: Text
    """The name of an icon at https://pictogrammers.com/library/mdi/, for its card and scan page: of
    a sensitive category one that gives nothing away."""
    page_icon: Text | None = None
    """The name of another icon, which says what the topic is, for the pages and tiles of the site;
    `icon` if left out. It is never printed."""
    written_colour: Colour | None = Field(default=None, alias="colour")
    """The colour of its card and page, dark enough for white letters; a shade of its group's if
    left out. Red is for urgent help alone."""
    card: CardText
    """What its card says."""
    cautions: tuple[Caution, ...] = ()
    """What to bear in mind, each in one sentence, alone or with the days for which it holds; shown
    above the links."""
    related: tuple[Reference, ...] = ()
    """The ids of categories that are worth a look too."""
    sensitive: bool = False
    """Whether it must not be seen who looks at it: only a neutral title then stays behind."""
    neutral_title: Text | None = None
    """The title that gives nothing away, for what stays behind on a phone or lies on a table."""
    start_here: StartHere = StartHere()
    """The ids of links to open first, best first, by who reads."""
    needs: Needs = Needs()
    """What it is called on the page for parents and carers, or for young people, by what they need;
    its title if it is not written."""
    steward: Text | None = None
    """Whose turn it is to review its links: a role or a team."""
    review_every: int | None = Field(default=None, ge=1, le=60)
    """After how many months its links should be read again, if not as in the settings."""
    allow: tuple[Allow, ...] = ()
    """Answers to warnings about this category."""
    retired: Retired | None = None
    """Write this in place of removing a category: its code leads on."""
    resources: tuple[Resource, ...] = ()
    """Its links."""

    _shade: str = PrivateAttr(default=GROUP_COLOURS[0])

    @property
    def shown_icon(self) -> str:
        """The name of the icon on the site."""
        return self.page_icon or self.icon

    @property
    def colour(self) -> str:
        """The colour of its card and page, as ``#rrggbb``: written in the file, else a shade."""
        return self.written_colour or self._shade

    def shaded(self, shade: str) -> Self:
        """Note the colour that it has where none is written; return the category itself."""
        self._shade = shade
        return self

    @property
    def code(self) -> str:
        """The characters of ``/CODE/`` and ``/q/CODE``: written in the file, else the id."""
        return self.written_code or self.id

    @property
    def outside_title(self) -> str:
        """The title for whatever stays behind: page title, preview, file name, card face."""
        return self.neutral_title if self.sensitive and self.neutral_title else self.title
