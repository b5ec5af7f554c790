"""What somebody wants of a new index. Pure."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from linkindex.catalogue import LinkIndexError, Nation
from linkindex.catalogue.fields import language, language_names
from linkindex.catalogue.kinds import NATIONS_OF_THE_UK
from linkindex.catalogue.model import (
    Date,
    Email,
    SiteAddress,
    Text,
    WebPage,
)
from linkindex.catalogue.problems import quoted, suggestion
from linkindex.catalogue.values import meant

EXAMPLE_SITE = "https://example.org/"
"""The address of an index that has none yet; whoever scans its cards reads SPECIMEN on them."""

EXAMPLE_CONTACT = "links@example.org"
EXAMPLE_ORGANISATION = "Example organisation"
TAGLINE = "Good links for families and the people who work with them"

SAMPLE = "sample"
"""What an index begins with unless somebody wants something else: three topics."""
EVERY = "all"
"""Every topic of the index that ships with the program."""


class Host(StrEnum):
    """Where the repository of an index is, and does things by itself."""

    GITHUB = "github"
    GITLAB = "gitlab"
    NONE = "none"


@dataclass(frozen=True)
class Wishes:
    """What a new index is to be.

    :ivar topics: what it takes of the index that ships with the program, by ids; nothing means all,
        and none that it begins with the sample.
    :ivar nations: those of the UK that it is for; none means all.
    :ivar owner: who keeps the domain, and ``renews`` the day on which it must be renewed.
    """

    name: str
    organisation: str
    contact: str
    organisation_short: str | None = None
    site_url: str = EXAMPLE_SITE
    tagline: str = TAGLINE
    nations: tuple[Nation, ...] = ()
    languages: tuple[str, ...] = ("en",)
    repository: str | None = None
    owner: str | None = None
    renews: datetime.date | None = None
    host: Host = Host.GITHUB
    topics: tuple[str, ...] | None = ()

    def takes(self, topic: str) -> bool:
        """Whether a topic of the index that ships with the program is wanted."""
        return self.topics is None or topic in self.topics

    @property
    def examples(self) -> tuple[str, ...]:
        """The settings that are examples still, by their keys."""
        values = {
            "organisation": (self.organisation, EXAMPLE_ORGANISATION),
            "contact": (self.contact, EXAMPLE_CONTACT),
            "site_url": (self.site_url, EXAMPLE_SITE),
        }
        return tuple(key for key, (value, example) in values.items() if value == example)


_KINDS: dict[str, Any] = {
    "name": Text,
    "organisation": Text,
    "organisation_short": Annotated[Text, Field(max_length=24)],
    "tagline": Text,
    "owner": Text,
    "contact": Email,
    "site_url": SiteAddress,
    "repository": WebPage,
    "renews": Date,
}


def fitting(key: str, text: str) -> Any:
    """A setting as an index would take it.

    :raises LinkIndexError: with what is wrong, and what to do.
    """
    try:
        return TypeAdapter[Any](_KINDS[key]).validate_python(text.strip())
    except ValidationError as error:
        said = error.errors()[0].get("ctx", {})
        if "max_length" in said:
            extra = len(text.strip()) - said["max_length"]
            what, remedy = f"{quoted(text)} is too long", f"cut {extra} characters of it"
        else:
            what, remedy = said["what"], said["remedy"].removesuffix(", or remove the line")
        raise LinkIndexError(f"{what}; {remedy}") from None


def nations_of(text: str) -> tuple[Nation, ...]:
    """The nations that somebody names, with commas; none where all four are meant.

    :raises LinkIndexError: naming what is none.
    """
    named: set[Nation] = set()
    for word in _parts(text):
        found = meant("nations", word) or (word.lower().replace(" ", "-"),)
        for name in found:
            if name not in [*NATIONS_OF_THE_UK, Nation.UK]:
                known = [*map(str, NATIONS_OF_THE_UK), "uk"]
                raise LinkIndexError(
                    f"{quoted(word)} is not a nation of the UK; {suggestion(word, known)}"
                )
            named |= set(NATIONS_OF_THE_UK) if name == Nation.UK else {Nation(name)}
    if len(named) == len(NATIONS_OF_THE_UK):
        return ()
    return tuple(nation for nation in NATIONS_OF_THE_UK if nation in named)


def topics_of(text: str) -> tuple[str, ...] | None:
    """The topics that somebody names, with commas: none for the sample, and nothing for all.

    :raises LinkIndexError: when none is named.
    """
    parts = (part.strip() for part in re.split(r"[,;]", text))
    named = tuple(dict.fromkeys(filter(None, parts)))
    if not named:
        raise LinkIndexError(f"no topic is named; write `{SAMPLE}`, `{EVERY}`, or ids with commas")
    if EVERY in named:
        return None
    return tuple(name for name in named if name != SAMPLE)


def languages_of(text: str) -> tuple[str, ...]:
    """The codes of the languages that somebody names by code or by name, the main one first.

    :raises LinkIndexError: naming what is none, or what no page can be in.
    """
    named: list[str] = []
    codes = {name.casefold(): code for code, name in language_names().items()}
    for word in _parts(text):
        try:
            code = codes.get(word.casefold()) or language(word)
        except ValueError as error:
            context = getattr(error, "context", None) or {}
            raise LinkIndexError(f"{context['what']}; {context['remedy']}") from None
        if code not in named:
            named.append(code)
    return tuple(named) or ("en",)


def _parts(text: str) -> Sequence[str]:
    return [part.strip() for part in re.split(r"[,;&/]|\band\b", text) if part.strip()]


# Names that Windows keeps for itself, in any case and with any ending:
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_NOT_EVERYWHERE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')


def refuse_folder_name(name: str) -> None:
    """Refuse the name of a folder that some computer cannot have.

    :raises LinkIndexError: saying why.
    """
    fault = next((why for fits, why in _FAULTS if fits(name)), None)
    if fault:
        raise LinkIndexError(
            f"{quoted(name)} {fault}; name the folder with letters, digits and hyphens, such as "
            "`northtown`"
        )


_FAULTS: tuple[tuple[Callable[[str], object], str], ...] = (
    (lambda name: name.startswith("-"), "looks like an option"),
    (_DEVICE.fullmatch, "is a name that Windows keeps for itself"),
    (_NOT_EVERYWHERE.search, "holds a sign that no folder can have on Windows"),
    (lambda name: not name.isprintable(), "holds a sign that nobody sees"),
    (lambda name: name != name.strip() or name.endswith("."), "begins or ends with a space or dot"),
    (lambda name: len(name.encode()) > 100, "is longer than 100 bytes"),
)


def name_from(folder: str) -> str:
    """What an index is called where only its folder has a name: ``northtown`` is `Northtown`."""
    words = re.sub(r"[-_.\s]+", " ", folder).strip()
    return f"{words[:1].upper()}{words[1:]} Links" if words else "Good Links"
