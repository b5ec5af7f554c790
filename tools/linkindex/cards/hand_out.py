"""A hand-out of some links for one family: one sheet with a code for each, and one for them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import typst
import zxingcpp

from linkindex import wording
from linkindex.cards.contract import Handed
from linkindex.cards.errors import CardError
from linkindex.cards.formats import PRESS
from linkindex.cards.phrases import Phrases, phrases
from linkindex.cards.rendering import page_count, rendered_pages
from linkindex.cards.typesetting import typeset
from linkindex.catalogue import Audience, Category, Resource, ShownCatalogue
from linkindex.catalogue.problems import Fault, quoted, suggestion
from linkindex.catalogue.telling import Telling, neutral_link
from linkindex.qr import QUIET_ZONE, matrix, outline, plan
from linkindex.speaking import _, direction
from linkindex.speaking.language import said_in
from linkindex.speaking.said import isolated

MOST = 20
"""Links of one hand-out: so many make a code that a phone still reads off paper."""

SIZES = {"usual": 10.5, "large": 16.0, "largest": 20.0}
"""The size of the text in points; large print has 16 or more (UKAAF, Clear and Large Print)."""

LINK_MM = 24.0
"""The side of a link's code with its quiet zone, in millimetres."""

WHOLE_MM = 28.0
"""The least side of the code of all links."""

MODULE_MM = 0.55
"""The least side of a module of that code."""

_PROOF_DPI = 200


@dataclass(frozen=True)
class HandOut:
    """What is to be made.

    :ivar names: codes or ids of links, in their order.
    :ivar title: what stands at its head; empty for what usually does.
    :ivar audience: for whom the words are.
    :ivar size: one of :data:`SIZES`.
    :ivar space: whether there is room to write by hand.
    """

    names: tuple[str, ...]
    title: str = ""
    audience: Audience = Audience.FAMILIES
    size: str = "usual"
    space: bool = False


@dataclass(frozen=True)
class MadeHandOut:
    """The file, and what to say of it.

    :ivar neutral: links that have no name on it.
    """

    pdf: bytes
    links: int
    pages: int
    neutral: int


class PrintedCode(Handed):
    """A code: its outline in modules, ``cells`` a side with the quiet zone, printed ``side`` mm."""

    address: str
    outline: str
    cells: int
    side: float


class PrintedText(Handed):
    """A text, and its language with the way it runs where that is not the language of the sheet."""

    text: str
    language: str = ""
    way: str = ""


class PrintedLink(Handed):
    """What stands beside the code of a link; a neutral one has its title and address alone."""

    title: PrintedText
    facts: str
    words: tuple[PrintedText, ...]
    ways: str
    typed: str
    code: PrintedCode


class PrintedHandOut(Handed):
    """What the template reads."""

    title: str
    author: str
    phrases: Phrases
    from_right: bool
    size: float
    space: bool
    quiet_zone: int
    whole: PrintedCode
    links: tuple[PrintedLink, ...]


def make_hand_out(catalogue: ShownCatalogue, wanted: HandOut) -> MadeHandOut:
    """The sheet as a tagged PDF (PDF/UA-1), of which every code was rendered and read back.

    It is in the language of the index that is given.

    :raises CardError: for a link that is not there or has closed, too many, or a letter that the
        typefaces do not have.
    """
    with said_in(catalogue.language):
        return _made(catalogue, wanted)


def _made(catalogue: ShownCatalogue, wanted: HandOut) -> MadeHandOut:
    links = _links(catalogue, wanted.names)
    telling = Telling(catalogue)
    neutral = sum(map(telling.by_link, links))
    site = catalogue.settings.site_url
    job = PrintedHandOut(
        title=wanted.title or _("Links for you"),
        author="" if neutral else catalogue.settings.organisation,
        phrases=phrases(),
        from_right=direction() == "rtl",
        size=SIZES[wanted.size],
        space=wanted.space,
        quiet_zone=QUIET_ZONE,
        whole=_code(f"{site}l#{','.join(link.code for link in links)}", WHOLE_MM, MODULE_MM),
        links=tuple(_printed(catalogue, link, wanted.audience, telling) for link in links),
    )
    try:
        pdf = typeset("hand-out.typ", job, PRESS)
    except typst.TypstError as error:
        what = f"the hand-out cannot be printed ({error.message})"
        raise CardError(Fault(None, what, "write it in other letters, or leave it out")) from None
    _prove(pdf, [job.whole.address, *(link.code.address for link in job.links)])
    return MadeHandOut(pdf, len(links), page_count(pdf), neutral)


def _links(catalogue: ShownCatalogue, names: Sequence[str]) -> list[Resource]:
    if len(names) > MOST:
        what = f"{len(names)} links are named, and the code of a hand-out holds {MOST}"
        raise CardError(Fault(None, what, "make two hand-outs"))
    return list({link.id: link for link in (_link(catalogue, name) for name in names)}.values())


def _link(catalogue: ShownCatalogue, name: str) -> Resource:
    wanted = name.strip().lower()
    every = [link for category in catalogue.categories for link in category.resources]
    found = next((link for link in every if wanted in (link.code, link.id)), None)
    if found is None:
        known = [name for link in catalogue.current_resources for name in (link.code, link.id)]
        remedy = suggestion(wanted, known, "name links by their codes, such as those in /r/CODE")
        raise CardError(Fault(None, f"there is no link {quoted(name)}", remedy))
    if found.retired:
        successor = catalogue.successor_of(found)
        is_topic = isinstance(successor, Category)
        remedy = "leave it out" if is_topic else f"name {quoted(successor.code)} in its place"
        gone = "is hidden in this index" if catalogue.is_hidden(found) else "has closed"
        raise CardError(Fault(None, f"the link {quoted(name)} {gone}", remedy))
    if not catalogue.is_shown(found):
        what = f"the link {quoted(name)} is hidden from readers"
        raise CardError(Fault(None, what, "leave it out until it is shown again"))
    return found


def _printed(
    catalogue: ShownCatalogue, link: Resource, audience: Audience, telling: Telling
) -> PrintedLink:
    address = f"{catalogue.settings.site_url}r/{link.code}"
    typed = address.partition("://")[2]
    code = _code(address, LINK_MM)
    if telling.by_link(link):
        return PrintedLink(
            title=PrintedText(text=neutral_link()),
            facts="",
            words=(),
            ways="",
            typed=typed,
            code=code,
        )
    facts = [
        "" if link.publisher == link.title else link.publisher,
        wording.FORMATS[link.format],
        wording.nations(link, catalogue.settings.serves),
        wording.languages(link),
        wording.access(link),
    ]
    is_for_them = audience in link.audiences
    return PrintedLink(
        title=_text_of(link, "title", link.title),
        facts=" · ".join(filter(None, facts)),
        words=_joined(
            _text_of(link, "summary", wording.with_age(link.summary, link, catalogue.day)),
            _text_of(link, "use_when", link.use_when or "")
            if is_for_them
            else PrintedText(
                text=_("Written for {audiences}.").format(audiences=wording.audiences(link))
            ),
        ),
        ways=" · ".join(_ways(link)),
        typed=typed,
        code=code,
    )


def _text_of(link: Resource, key: str, text: str) -> PrintedText:
    """A text of a link, with its language where it is not there in that of the sheet."""
    language = link.language_of(key)
    if not language:
        return PrintedText(text=text)
    return PrintedText(text=text, language=language, way=direction(language))


def _joined(*texts: PrintedText) -> tuple[PrintedText, ...]:
    """Texts in one paragraph if they are in one language, else a paragraph each."""
    said = tuple(each for each in texts if each.text)
    if len({each.language for each in said}) > 1 or (said and said[0].way not in ("", direction())):
        return said
    whole = " ".join(each.text for each in said)
    return tuple(each.model_copy(update={"text": whole}) for each in said[:1])


def _ways(link: Resource) -> list[str]:
    given = {
        _("Call {number}"): link.phone.number if link.phone else None,
        _("Text {number}"): link.text.number if link.text else None,
        _("E-mail {address}"): link.email,
    }
    return [
        said.format(number=isolated(what), address=isolated(what))
        for said, what in given.items()
        if what
    ]


def _code(address: str, side: float, module: float = 0.0) -> PrintedCode:
    """A code of its own version: a short address has fewer and larger squares."""
    planned = plan([address], side)
    cells = planned.modules + 2 * QUIET_ZONE
    drawn = outline(matrix(address, planned.version, planned.level))
    return PrintedCode(
        address=address, outline=drawn, cells=cells, side=max(side, round(cells * module, 1))
    )


def _prove(pdf: bytes, addresses: Sequence[str]) -> None:
    read = {
        code.text
        for page in rendered_pages(pdf, _PROOF_DPI)
        for code in zxingcpp.read_barcodes(page)
    }
    if missing := set(addresses) - read:
        what = f"{wording.counted(len(missing), 'code')} could not be read back"
        raise CardError(Fault(None, what, "name fewer links"))
