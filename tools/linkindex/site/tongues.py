"""The pages of what there is in other languages, in sign language and in easy read.

Somebody who reads Polish, or a worker beside them, finds here what the index has in Polish, and
what to say on the telephone to be given an interpreter.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

import yaml

from linkindex import wording
from linkindex.catalogue import Access, Audience, Resource, ShownCatalogue
from linkindex.catalogue.fields import SEVERAL_LANGUAGES, language_names, names_of_language

ADDRESS = "languages"
"""Of the page that lists the others, below the site. It is too long for a code of a topic."""

_FORMS = (Access.BSL, Access.EASY_READ)
"""Forms that people look for as they do for a language; the others are choices of a page."""

_SEARCHED = {
    Access.BSL: ("British Sign Language", "sign language", "Deaf", "signed"),
    Access.EASY_READ: ("easyread", "easy to read", "easy words", "pictures"),
}
"""What else people type for the page of a form."""


@dataclass(frozen=True)
class Tongue:
    """A page of links in one language or form.

    :ivar code: of the language (ISO 639), or the value of the form.
    :ivar heading: in that language: ``Po polsku``.
    :ivar tag: what the heading is in (BCP 47).
    :ivar name: in the language that is spoken: ``Polish``, ``Easy read``.
    :ivar english: the same in English.
    :ivar names: what people type to find it.
    :ivar links: those that name it, families' first.
    :ivar perhaps: those that come in several languages which the index does not name.
    """

    code: str
    heading: str
    tag: str
    name: str
    english: str
    names: tuple[str, ...]
    links: tuple[Resource, ...]
    perhaps: tuple[Resource, ...] = ()

    @property
    def address(self) -> str:
        """Of its page, below the site and with a slash at its end."""
        return f"{ADDRESS}/{self.code}/"

    @property
    def path(self) -> str:
        """Of its page, among the documents of the site."""
        return f"{ADDRESS}/{self.code}.md"

    @property
    def from_right(self) -> bool:
        """Whether its script is read from the right."""
        return self.tag in _written()["from_right"]

    @property
    def short(self) -> str:
        """Its name where room is short."""
        return "BSL" if self.code == Access.BSL else self.name

    @property
    def is_form(self) -> bool:
        """Whether it is a form of English, not a language."""
        return self.code in list(Access)


def tongues(catalogue: ShownCatalogue) -> tuple[Tongue, ...]:
    """What an index has pages for: nothing where everything is in the usual language."""
    links = sorted(
        catalogue.current_resources, key=lambda link: Audience.FAMILIES not in link.audiences
    )
    perhaps = tuple(link for link in links if SEVERAL_LANGUAGES in link.language)
    # In any language of the index, so that each page is there in all of them.
    editions = (catalogue, *catalogue.translations)
    codes_of = {
        link.id: {code for edition in editions for code in edition.resource(link.id).language}
        for link in links
    }
    spoken = set().union(*codes_of.values()) - {wording.USUAL_LANGUAGE, SEVERAL_LANGUAGES}
    languages = [
        _language(
            code,
            [link for link in links if code in codes_of[link.id]],
            [link for link in perhaps if code not in codes_of[link.id]],
        )
        for code in sorted(spoken, key=wording.language_name)
    ]
    forms = [_form(form, links) for form in _FORMS]
    return (*languages, *(form for form in forms if form.links))


def _language(code: str, links: Sequence[Resource], perhaps: Sequence[Resource]) -> Tongue:
    names = names_of_language(code)
    english = names[0]
    own = next((name for name in names if name not in (english, language_names()[code])), english)
    heading = _written()["headings"].get(code, own[:1].upper() + own[1:])
    return Tongue(
        code=code,
        heading=heading,
        tag=code,
        name=wording.language_name(code),
        english=english,
        names=tuple(dict.fromkeys((*names, heading))),
        links=tuple(links),
        perhaps=tuple(perhaps),
    )


def _form(form: Access, links: Sequence[Resource]) -> Tongue:
    name = wording.ACCESS[form]
    return Tongue(
        code=str(form),
        heading=name,
        tag="en",
        name=name,
        english=name,
        names=(name, *_SEARCHED[form]),
        links=tuple(link for link in links if form in link.accessible_as),
    )


@functools.cache
def _written() -> dict[str, Any]:
    text = resources.files("linkindex.site").joinpath("tongues.yaml").read_text("utf-8")
    written: dict[str, Any] = yaml.safe_load(text)
    return written
