"""How values are said to people: days and counts, and what an entry of an index holds.

What a check of links found is said by :mod:`linkindex.links.wording`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence

from linkindex.catalogue import (
    Access,
    Audience,
    Category,
    Cost,
    Format,
    Nation,
    Resource,
    UrgentHelp,
    addresses,
)
from linkindex.catalogue.fields import SEVERAL_LANGUAGES, names_of_language
from linkindex.catalogue.kinds import NATIONS_OF_THE_UK
from linkindex.catalogue.model import (
    Claim,
)
from linkindex.speaking import N_, SOURCE, Sayings, _, gettext, ngettext, pgettext, spoken
from linkindex.speaking.language import PSEUDO
from linkindex.speaking.words import date_in_words as date_in_words
from linkindex.speaking.words import language_names, month_in_words
from linkindex.speaking.words import listed as listed
from linkindex.speaking.words import short_date as short_date

AUDIENCES = Sayings(
    {
        Audience.PRACTITIONERS: N_("practitioners"),
        Audience.FAMILIES: N_("families"),
        Audience.YOUNG_PEOPLE: N_("young people"),
    }
)
FORMATS = Sayings(
    {
        Format.APP: N_("App"),
        Format.ARTICLE: N_("Article"),
        Format.BOOK: N_("Book"),
        Format.COURSE: N_("Course"),
        Format.GUIDE: N_("Guide"),
        Format.HELPLINE: N_("Helpline"),
        Format.PODCAST: N_("Podcast"),
        Format.REPORT: N_("Report"),
        Format.SERVICE: N_("Service"),
        Format.TOOL: N_("Tool"),
        Format.VIDEO: N_("Video"),
        Format.WEBSITE: N_("Website"),
    }
)
NATIONS = Sayings(
    {
        Nation.ENGLAND: N_("England"),
        Nation.SCOTLAND: N_("Scotland"),
        Nation.WALES: N_("Wales"),
        Nation.NORTHERN_IRELAND: N_("Northern Ireland"),
        Nation.UK: N_("UK"),
        Nation.INTERNATIONAL: N_("International"),
    }
)
COSTS = Sayings(
    {
        Cost.FREE: N_("Free"),
        Cost.PART_FREE: N_("Some of it is free"),
        Cost.PAID: N_("You have to pay"),
    }
)
COSTS_IN_SHORT = Sayings(
    {Cost.PART_FREE: N_("some of it is free"), Cost.PAID: N_("must be paid for")}
)
"""What a card says after the word "Cost"; nothing where a link is free."""


def moment_in_words(moment: datetime.datetime) -> str:
    """A moment as people say it: ``24 November 2026 at 09:30 UTC``."""
    utc = moment.astimezone(datetime.UTC)
    return f"{date_in_words(utc)} at {utc:%H:%M} UTC"


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: ``1 error``, ``2 errors``."""
    return f"1 {noun}" if count == 1 else f"{count} {plural or noun + 's'}"


def audiences(resource: Resource) -> str:
    """Who a resource is for, as a phrase: ``families and practitioners``, ``everybody``."""
    if len(resource.audiences) == len(AUDIENCES):
        return _("everybody")
    return listed(AUDIENCES[audience] for audience in resource.audiences)


def way(resource: Resource) -> str:
    """What a link opens, or how it is reached without a page: ``by phone and e-mail``."""
    if resource.url:
        return _("opens {site}").format(site=addresses.domain_shown(resource.url))
    # TRANSLATORS: How somebody is reached: "by phone and e-mail".
    return _("by {ways}").format(ways=listed(ways_without_a_page(resource)))


def ways_without_a_page(resource: Resource) -> list[str]:
    """How else a link is reached: ``phone``, ``text``, ``e-mail``."""
    if not (resource.phone or resource.text or resource.email):
        return []
    ways = {
        # TRANSLATORS: How somebody is reached: by phone, text or e-mail.
        pgettext("reached by", "phone"): resource.phone,
        pgettext("reached by", "text"): resource.text,
        pgettext("reached by", "e-mail"): resource.email,
    }
    return [name for name, given in ways.items() if given]


def nations(line: Resource | UrgentHelp, served: Sequence[Nation] = NATIONS_OF_THE_UK) -> str:
    """Where a link or a line of urgent help holds: ``Whole UK``, ``England and Wales only``.

    What holds in one nation must not look as if it held everywhere. In an index for some nations
    alone, nothing is said of what holds in all of these.

    :param served: the nations that the index is for.
    """
    if _holds_in_all(line, served) and len(served) < len(NATIONS_OF_THE_UK):
        return ""
    if Nation.UK in line.nations:
        return _("Whole UK")
    if Nation.INTERNATIONAL in line.nations:
        return NATIONS[Nation.INTERNATIONAL]
    return only_in(line.nations)


def only_in(nations: Iterable[Nation]) -> str:
    """Where alone something holds: ``England and Wales only``."""
    return _("{nations} only").format(nations=listed(NATIONS[nation] for nation in nations))


def nations_in_short(line: UrgentHelp, served: Sequence[Nation] = NATIONS_OF_THE_UK) -> str:
    """Where a number works, for a narrow line: empty where it works in all nations that the index
    is for, else the nations."""
    names = [NATIONS[nation] for nation in line.nations if nation in NATIONS_OF_THE_UK]
    if Nation.INTERNATIONAL in line.nations or _holds_in_all(line, served):
        return ""
    if len(names) == len(NATIONS_OF_THE_UK) - 1:
        (left_out,) = (NATIONS[n] for n in NATIONS_OF_THE_UK if n not in line.nations)
        return _("not {nation}").format(nation=left_out)
    return listed(names) if names else ""


def _holds_in_all(line: Resource | UrgentHelp, served: Sequence[Nation]) -> bool:
    return Nation.UK in line.nations or set(served) <= set(line.nations)


ACCESS = Sayings(
    {
        Access.EASY_READ: N_("Easy read"),
        Access.BSL: N_("British Sign Language (BSL)"),
        Access.AUDIO: N_("To listen to"),
        Access.CAPTIONS: N_("With captions"),
    }
)
"""In which forms something can be had."""

USUAL_LANGUAGE = "en"
"""What most links of the UK are in."""


def usual_language() -> str:
    """What goes without saying on a page: that it leads to others in its own language."""
    return SOURCE if spoken() in PSEUDO else spoken()


def languages(resource: Resource) -> str:
    """The languages of a resource by name; empty where it is in the usual one."""
    if resource.language == (usual_language(),):
        return ""
    names = [language_name(code) for code in resource.language if code != SEVERAL_LANGUAGES]
    if len(names) < len(resource.language):
        names.append(_("other languages") if names else language_name(SEVERAL_LANGUAGES))
    return listed(names)


def language_name(code: str) -> str:
    """What a language is called in the one that is spoken; in English, as people in the UK do."""
    if code == SEVERAL_LANGUAGES:
        return _("several languages")
    return names_of_language(code)[0] if spoken() == SOURCE else language_names()[code]


def access(resource: Resource) -> str:
    """In which forms besides plain text a resource can be had; empty if in none."""
    return ", ".join(ACCESS[form] for form in resource.accessible_as)


NOT_CHECKED = N_("Link not yet checked.")
"""True of every link as long as no check of links is recorded beside the index."""


def review(resource: Resource, checked: Mapping[str, str]) -> str:
    """What has been done to make sure of a resource, as far as it has been done.

    :param checked: what the last check of links says of a link, by id.
    """
    said = checked.get(resource.id, gettext(NOT_CHECKED)) if resource.url else ""
    read = reviewed(resource) or _("Not yet reviewed by a person.")
    return f"{said} {read}".strip()


def reviewed(resource: Resource) -> str:
    """That a person has read a resource, and when; empty if nobody has."""
    if resource.reviewed is None:
        return ""
    return _("Reviewed by a person on {day}.").format(day=date_in_words(resource.reviewed))


def reviews(resources: Sequence[Resource], last_check: str) -> str:
    """The same of all links of a page together.

    :param last_check: when links were last checked, as a sentence; empty if they never were.
    """
    count = sum(resource.reviewed is not None for resource in resources)
    if not count and not last_check:
        return _("These links are not yet checked, and not yet reviewed by a person.")
    said = last_check or _("These links are not yet checked.")
    return f"{said} {_reviewed_of(count, len(resources))}"


def _reviewed_of(count: int, total: int) -> str:
    if not count:
        return _("They are not yet reviewed by a person.")
    if count == total:
        return _("A person has reviewed all of them.")
    return ngettext(
        "A person has reviewed {n} of them.", "A person has reviewed {n} of them.", count
    )


def age(claim: Claim, today: datetime.date) -> str:
    """Since when and until when what is said is known to hold; empty for what does not age.

    A page may be read long after it was made, so a day to come is said too.
    """
    said = []
    if claim.as_of:
        said.append(_("As of {month}.").format(month=month_in_words(claim.as_of)))
    if claim.claim_until:
        day = date_in_words(claim.claim_until)
        is_past = claim.claim_until < today
        said.append(
            _("This may have changed since {day}.").format(day=day)
            if is_past
            else _("This may change after {day}.").format(day=day)
        )
    return " ".join(said)


def with_age(text: str, claim: Claim, today: datetime.date) -> str:
    """What a claim says, with its age behind it."""
    said = age(claim, today)
    end = "" if text.endswith((".", "!", "?")) else "."
    return f"{text}{end} {said}" if said else text


def count_of_links(count: int) -> str:
    """``1 link`` or ``12 links``."""
    return ngettext("{n} link", "{n} links", count)


def second_line(category: Category) -> str | None:
    """What stands below the title of a topic on its tile: when a family needs it, in their words.

    Where nobody has written that, or it only says the title again, the full title if it says more.
    """
    said = set(_words(category.title))
    lines = (category.needs.families, subtitle(category))
    return next((one for one in lines if one and set(_words(one)) - said), None)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def subtitle(category: Category) -> str | None:
    """The full title, where it says more than the title does."""
    same = category.full_title.casefold() == category.title.casefold()
    return None if same else category.full_title
