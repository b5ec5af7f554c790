"""How values are said to people: days and counts, and what an entry of an index holds.

What a check of links found is said by :mod:`linkindex.links.wording`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence

from linkindex.catalogue import (
    Audience,
    Category,
    Cost,
    Format,
    Nation,
    Resource,
    UrgentHelp,
    addresses,
)
from linkindex.catalogue.fields import language_names
from linkindex.catalogue.model import NATIONS_OF_THE_UK, Claim

AUDIENCES = {
    Audience.PRACTITIONERS: "practitioners",
    Audience.FAMILIES: "families",
    Audience.YOUNG_PEOPLE: "young people",
}
FORMATS = {
    Format.APP: "App",
    Format.ARTICLE: "Article",
    Format.BOOK: "Book",
    Format.COURSE: "Course",
    Format.GUIDE: "Guide",
    Format.HELPLINE: "Helpline",
    Format.PODCAST: "Podcast",
    Format.REPORT: "Report",
    Format.SERVICE: "Service",
    Format.TOOL: "Tool",
    Format.VIDEO: "Video",
    Format.WEBSITE: "Website",
}
NATIONS = {
    Nation.ENGLAND: "England",
    Nation.SCOTLAND: "Scotland",
    Nation.WALES: "Wales",
    Nation.NORTHERN_IRELAND: "Northern Ireland",
    Nation.UK: "UK",
    Nation.INTERNATIONAL: "International",
}
COSTS = {Cost.FREE: "Free", Cost.PART_FREE: "Some of it is free", Cost.PAID: "You have to pay"}
COSTS_IN_SHORT = {Cost.PART_FREE: "some of it is free", Cost.PAID: "must be paid for"}
"""What a card says after the word "Cost"; nothing where a link is free."""


def date_in_words(day: datetime.date) -> str:
    """A date as people say it: ``24 November 2026``."""
    return f"{day.day} {day:%B %Y}"


def moment_in_words(moment: datetime.datetime) -> str:
    """A moment as people say it: ``24 November 2026 at 09:30 UTC``."""
    utc = moment.astimezone(datetime.UTC)
    return f"{date_in_words(utc)} at {utc:%H:%M} UTC"


def short_date(day: datetime.date) -> str:
    """A date for a narrow column: ``24 Nov 2026``."""
    return f"{day.day} {day:%b %Y}"


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: ``1 error``, ``2 errors``."""
    return f"1 {noun}" if count == 1 else f"{count} {plural or noun + 's'}"


def listed(words: Iterable[str]) -> str:
    """Words joined as in a sentence: ``one, two and three``."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def audiences(resource: Resource) -> str:
    """Who a resource is for, as a phrase: ``families and practitioners``, ``everybody``."""
    if len(resource.audiences) == len(AUDIENCES):
        return "everybody"
    return listed(AUDIENCES[audience] for audience in resource.audiences)


def way(resource: Resource) -> str:
    """What a link opens, or how it is reached without a page: ``by phone and e-mail``."""
    if resource.url:
        return f"opens {addresses.domain_shown(resource.url)}"
    return f"by {listed(ways_without_a_page(resource))}"


def ways_without_a_page(resource: Resource) -> list[str]:
    """How else a link is reached: ``phone``, ``text``, ``e-mail``."""
    ways = {"phone": resource.phone, "text": resource.text, "e-mail": resource.email}
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
        return "Whole UK"
    if Nation.INTERNATIONAL in line.nations:
        return "International"
    return f"{listed(NATIONS[nation] for nation in line.nations)} only"


def nations_in_short(line: UrgentHelp, served: Sequence[Nation] = NATIONS_OF_THE_UK) -> str:
    """Where a number works, for a narrow line: empty where it works in all nations that the index
    is for, else the nations."""
    names = [NATIONS[nation] for nation in line.nations if nation in NATIONS_OF_THE_UK]
    if Nation.INTERNATIONAL in line.nations or _holds_in_all(line, served):
        return ""
    if len(names) == len(NATIONS_OF_THE_UK) - 1:
        (left_out,) = (NATIONS[n] for n in NATIONS_OF_THE_UK if n not in line.nations)
        return f"not {left_out}"
    return " and ".join(names)


def _holds_in_all(line: Resource | UrgentHelp, served: Sequence[Nation]) -> bool:
    return Nation.UK in line.nations or set(served) <= set(line.nations)


def language(resource: Resource) -> str:
    """The English name of the resource's language."""
    return language_names()[resource.language]


NOT_CHECKED = "Link not yet checked."
"""True of every link as long as no check of links is recorded beside the index."""


def review(resource: Resource, checked: Mapping[str, str]) -> str:
    """What has been done to make sure of a resource, as far as it has been done.

    :param checked: what the last check of links says of a link, by id.
    """
    said = checked.get(resource.id, NOT_CHECKED) if resource.url else ""
    if resource.reviewed:
        return f"{said} Reviewed by a person on {date_in_words(resource.reviewed)}.".strip()
    return f"{said} Not yet reviewed by a person.".strip()


def reviews(resources: Sequence[Resource], last_check: str) -> str:
    """The same of all links of a page together.

    :param last_check: when links were last checked, as a sentence; empty if they never were.
    """
    reviewed = sum(resource.reviewed is not None for resource in resources)
    if not reviewed and not last_check:
        return "These links are not yet checked, and not yet reviewed by a person."
    said = last_check or "These links are not yet checked."
    if not reviewed:
        return f"{said} They are not yet reviewed by a person."
    count = "all" if reviewed == len(resources) else str(reviewed)
    return f"{said} A person has reviewed {count} of them."


def age(claim: Claim, today: datetime.date) -> str:
    """Since when and until when what is said is known to hold; empty for what does not age.

    A page may be read long after it was made, so a day to come is said too.
    """
    said = []
    if claim.as_of:
        said.append(f"As of {claim.as_of:%B %Y}.")
    if claim.claim_until:
        may = "may have changed since" if claim.claim_until < today else "may change after"
        said.append(f"This {may} {date_in_words(claim.claim_until)}.")
    return " ".join(said)


def with_age(text: str, claim: Claim, today: datetime.date) -> str:
    """What a claim says, with its age behind it."""
    said = age(claim, today)
    end = "" if text.endswith((".", "!", "?")) else "."
    return f"{text}{end} {said}" if said else text


def count_of_links(count: int) -> str:
    """``1 link`` or ``12 links``."""
    return counted(count, "link")


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
