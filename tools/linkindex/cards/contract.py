"""What Python hands to the templates in ``templates/``, and what they answer when they measure.

A template reads these fields by their names, and answers with the fields of a ``...Fit``. Sizes of
type come from the templates and go back to them as they are.
Text travels as JSON and is shown as strings, so nothing in a catalogue is taken for markup.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from linkindex.cards.deck import About, Card, Deck, Help, Index, IndexEntry, Prompts
from linkindex.cards.edition import Edition
from linkindex.cards.imposition import Footer, Side, footer
from linkindex.cards.languages import languages_of
from linkindex.cards.layout import CardLayout, Flip, LabelLayout, Layout, Offset, one_sided
from linkindex.cards.phrases import Phrases, phrases_in
from linkindex.cards.printers import Printer
from linkindex.cards.themes import CardColours, Theme
from linkindex.catalogue.logo import Logo
from linkindex.qr import QUIET_ZONE, QrPlan, matrix, outline
from linkindex.speaking import _


class Handed(BaseModel):
    """Anything that a template reads or answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def as_json(self) -> str:
        """What the template reads."""
        return json.dumps(self.model_dump(mode="json"))


class Misfit(Handed):
    """A text that does not fit at the smallest size.

    :ivar card: the place of the card in the deck, from 0.
    :ivar word: the word that is too wide, if one is.
    :ivar cut: how many characters to cut, about.
    """

    card: int
    field: str
    word: str | None
    cut: int


class CardSizes(Handed):
    """The sizes, in points, at which the whole deck fits; those of titles stand in the cards.

    :ivar front: of the texts on the fronts.
    :ivar back: of the texts on the backs.
    :ivar index: of the list of the ring, which stands in so many columns.
    :ivar foot: of title and address at the foot of the backs.
    :ivar foot_rows: how many lines the foot has; with none for the title, the address stands alone.
    :ivar help_front: of the text on the front of urgent help.
    :ivar help: of the list of urgent help, which stands in so many columns.
    :ivar help_explained: whether urgent help has room to say when to use each number.
    """

    front: float
    back: float
    address: float
    index: float
    index_columns: int
    foot: float
    foot_rows: Literal["one", "two", "address"]
    help_front: float
    help: float
    help_columns: int
    help_explained: bool


class Spread(Handed):
    """How many entries stand on each face of the index cards, and how much of urgent help fits."""

    entries: tuple[int, ...]
    help_on_front: int
    help_on_back: int


class FittedTitle(Handed):
    """How a title stands on its front.

    :ivar size: in points.
    :ivar place: in the band beside the icon; in the whole of the band; or below it, in place of the
        text, which then stands on the back.
    """

    size: float
    place: Literal["band", "wide", "below"]


class CardFit(Handed):
    """What ``fit.typ`` answers.

    :ivar lacking: what has no size at which it fits.
    :ivar larger: the next larger size of the fronts, if one was wished for.
    :ivar in_the_way: the texts that keep it from being used, where they are few.
    :ivar sizes: none where anything is too long; so is the spread.
    """

    misfits: tuple[Misfit, ...]
    lacking: tuple[Literal["keeper", "address", "index", "help"], ...]
    larger: float | None
    in_the_way: tuple[Misfit, ...]
    titles: tuple[FittedTitle | None, ...]
    sizes: CardSizes | None
    spread: Spread | None


class LabelSizes(Handed):
    """The sizes, in points, of a sheet of labels.

    :ivar address: none where no address has room at a size that can be read.
    """

    title: float
    address: float | None


class LongTitle(Handed):
    """A title that does not fit its label, and whether a word of it is too wide."""

    card: int
    has_wide_word: bool


class LabelFit(Handed):
    """What ``label-fit.typ`` answers.

    :ivar sizes: none where anything is too long.
    """

    too_long: tuple[LongTitle, ...]
    sizes: LabelSizes | None


class PrintedFact(Handed):
    """A line on the back of a link's card."""

    name: str
    value: str


class PrintedAbout(Handed):
    """The back of a link's card."""

    use_when: str | None
    facts: tuple[PrintedFact, ...]


class PrintedEntry(Handed):
    """A line of the index."""

    number: int
    title: str
    accent: str
    group: str


class PrintedIndex(Handed):
    """What an index card lists."""

    entries: tuple[PrintedEntry, ...]
    on_front: tuple[PrintedEntry, ...]


class PrintedCard(CardColours):
    """One card in its colours.

    :ivar front_beside: the text of the front in a second language.
    :ivar title_behind: the title as the back says it.
    :ivar outline: its code, in modules, as a path of SVG.
    """

    kind: Literal["category", "resource", "index", "urgent"]
    number: int | None
    title: str
    title_size: float | None = None
    title_place: Literal["band", "wide", "below"] = "band"
    lead: str | None
    front: str
    front_beside: str | None = None
    title_behind: str
    back: Prompts | PrintedAbout | PrintedIndex | Help
    icon: str
    address: str
    readable: str
    has_code: bool
    outline: str


class PrintedLogo(Handed):
    """The logo, byte by byte."""

    kind: str
    content: tuple[int, ...]
    ratio: float


class LogoAlone(Handed):
    """For ``logo.typ``."""

    logo: PrintedLogo


class LettersAlone(Handed):
    """For ``letters.typ``."""

    texts: tuple[str, ...]


class Drawings(Handed):
    """For ``drawings.typ``: drawings to stand one a page, so many millimetres wide."""

    drawings: tuple[str, ...]
    width: float


class Job(Handed):
    """A file of cards or labels.

    :ivar keeper: what the organisation is called where room is short.
    :ivar name_beside: the name in the second language of both sides, where they have one.
    :ivar phrases_beside: the phrases in it.
    :ivar languages: of each text that is in another language than the phrases (ISO 639).
    :ivar phrases_behind: those of the backs, which may be in a second language.
    :ivar whole_words: whether a word with a hyphen stays on one line.
    :ivar quiet_zone: how many modules are clear on each side of a code.
    :ivar text_sizes: the sizes to try, in points, where the job is to measure.
    :ivar sizes: the sizes to use, where it is to print.
    :ivar printer: how the calibration page is moved.
    """

    title: str
    name: str
    name_beside: str | None
    organisation: str
    keeper: str
    languages: dict[str, str]
    phrases: Phrases
    phrases_behind: Phrases
    phrases_beside: Phrases | None
    specimen: bool
    edition: str
    theme: Theme
    logo: PrintedLogo | None
    punch: bool
    whole_words: bool
    one_sided: bool
    folded: bool
    layout: CardLayout | LabelLayout
    bleed: Offset
    modules: int
    quiet_zone: int
    cards: tuple[PrintedCard, ...]
    sides: tuple[Side, ...] = ()
    footer: Footer | None
    text_sizes: tuple[float, ...] = ()
    sizes: CardSizes | LabelSizes | None = None
    printer: Printer | None = None

    def of(self, **values: object) -> Job:
        """The same job with other values."""
        return self.model_copy(update=values)

    def with_titles(self, titles: Mapping[str, FittedTitle]) -> Job:
        """The same job with the title of each card, by its address, at its size and place."""
        return self.of(
            cards=tuple(
                card.model_copy(
                    update={
                        "title_size": titles[card.address].size,
                        "title_place": titles[card.address].place,
                    }
                )
                for card in self.cards
            )
        )


@dataclass(frozen=True)
class PrintRun:
    """What all files of one run share besides the deck.

    :ivar outlines: the code of each address that is printed, as an outline in modules; others are
        only measured.
    """

    plan: QrPlan
    outlines: Mapping[str, str]
    theme: Theme
    edition: Edition


def print_run(deck: Deck, plan: QrPlan, theme: Theme, edition: Edition) -> PrintRun:
    """Every code of the deck, drawn once for all files."""
    outlines = {
        card.address: outline(matrix(card.address, plan.version, plan.levels[card.address]))
        for card in deck.cards
    }
    return PrintRun(plan, outlines, theme, edition)


def job_of(deck: Deck, layout: Layout, run: PrintRun, *, punch: bool = True) -> Job:
    """The deck as the templates read it."""
    cards = _("cards")
    return Job(
        title=f"{deck.title}: {deck.name or cards}",
        name=deck.title,
        name_beside=deck.title_beside if deck.title_beside != deck.title else None,
        organisation=deck.organisation,
        keeper=deck.keeper,
        languages=languages_of(deck),
        phrases=phrases_in(deck.language),
        phrases_behind=phrases_in(deck.behind or deck.language).with_headings_of(deck.beside),
        phrases_beside=phrases_in(deck.beside) if deck.beside else None,
        specimen=deck.specimen,
        edition=str(run.edition),
        theme=run.theme,
        logo=printed_logo(deck.logo) if deck.logo else None,
        punch=punch,
        whole_words=isinstance(layout, CardLayout),
        one_sided=one_sided(layout),
        folded=isinstance(layout, CardLayout) and layout.flip is Flip.FOLD,
        layout=layout,
        bleed=layout.bleed,
        modules=run.plan.modules,
        quiet_zone=QUIET_ZONE,
        cards=tuple(_printed(card, run) for card in deck.cards),
        footer=footer(layout),
    )


def printed_logo(logo: Logo) -> PrintedLogo:
    """The logo as the templates read it."""
    return PrintedLogo(kind=logo.kind, content=tuple(logo.content), ratio=logo.ratio)


def _printed(card: Card, run: PrintRun) -> PrintedCard:
    return PrintedCard(
        **dict(run.theme.of_card(card.colour)),
        kind=card.kind,
        number=card.number,
        title=card.title,
        lead=card.lead,
        front=card.front,
        front_beside=card.beside.front if card.beside else None,
        title_behind=card.behind.title if card.behind else card.title,
        back=_back(card.back, run.theme),
        icon=card.icon,
        address=card.address,
        readable=card.readable,
        has_code=card.has_code,
        outline=run.outlines.get(card.address, ""),
    )


def _back(
    back: Prompts | About | Index | Help, theme: Theme
) -> Prompts | PrintedAbout | PrintedIndex | Help:
    match back:
        case About():
            facts = tuple(PrintedFact(name=fact.name, value=fact.value) for fact in back.facts)
            return PrintedAbout(use_when=back.use_when, facts=facts)
        case Index():
            return PrintedIndex(
                entries=tuple(_entry(entry, theme) for entry in back.entries),
                on_front=tuple(_entry(entry, theme) for entry in back.on_front),
            )
        case _:
            return back


def _entry(entry: IndexEntry, theme: Theme) -> PrintedEntry:
    accent = theme.of_card(entry.colour).accent
    return PrintedEntry(number=entry.number, title=entry.title, accent=accent, group=entry.group)
