"""What an index says of itself outside its pages: neutral where a topic is sensitive.

Feeds, files and previews stay behind on a device, so all of them are made from these values and
never from the catalogue itself: what is left out here can stand in none of them. The same models
give the JSON export its schema.
"""

from __future__ import annotations

import datetime
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from linkindex.catalogue import Access, Audience, Cost, Format, Nation
from linkindex.speaking import _
from linkindex.speaking.said import isolated


class Public(BaseModel):
    """A part of what is published."""

    model_config = ConfigDict(frozen=True, extra="forbid")


TextsIn = Annotated[
    dict[str, str] | None,
    Field(
        description="Languages (ISO 639) of the texts that are not there in the language of this "
        "file, by their keys; absent if all are."
    ),
]


class PublicNumber(Public):
    """A number to call or text."""

    number: str
    number_checked: datetime.date | None = Field(
        default=None, description="The day a person last rang it and got the right service."
    )


class PublicLink(Public):
    """One link. A neutral one is on a sensitive topic and has a code, a title and a page only."""

    code: str = Field(description="Permanent; printed codes and addresses are made of it.")
    title: str
    page: str = Field(description="The address of its own page on this site. Permanent.")
    neutral: bool = Field(default=False, description="Whether the title stands in for another.")
    url: str | None = Field(
        default=None,
        description="Where it leads; absent where it is reached by phone, text or e-mail alone.",
    )
    publisher: str | None = None
    summary: str | None = None
    use_when: str | None = Field(default=None, description="When to reach for it.")
    minutes: int | None = Field(default=None, description="How long it takes.")
    audiences: tuple[Audience, ...] = ()
    format: Format | None = None
    nations: tuple[Nation, ...] = Field(default=(), description="Where it holds.")
    language: tuple[str, ...] = Field(default=(), description="Codes of ISO 639, such as en.")
    accessible_as: tuple[Access, ...] = Field(
        default=(), description="In which forms besides plain text it can be had."
    )
    cost: Cost | None = None
    phone: PublicNumber | None = None
    text: PublicNumber | None = None
    email: str | None = Field(default=None, description="An address to write to.")
    also_in: tuple[str, ...] = Field(default=(), description="Codes of other topics that show it.")
    added: datetime.date | None = Field(
        default=None, description="The day it was added to the index."
    )
    reviewed: datetime.date | None = Field(
        default=None,
        description="The day a person read it and signed it off; absent if nobody has.",
    )
    as_of: datetime.date | None = Field(
        default=None, description="The day on which its summary was found to be so."
    )
    claim_until: datetime.date | None = Field(
        default=None, description="The last day for which its summary is known to hold."
    )
    texts_in: TextsIn = None

    @property
    def ways(self) -> tuple[str, ...]:
        """How it is reached besides its page, in words: ``call 0800 1111``."""
        given = {
            _("call {number}"): self.phone.number if self.phone else None,
            _("text {number}"): self.text.number if self.text else None,
            _("write to {number}"): self.email,
        }
        return tuple(said.format(number=isolated(what)) for said, what in given.items() if what)


class PublicTopic(Public):
    """One topic with the links that stand under it in the index."""

    code: str = Field(description="Permanent; printed codes and addresses are made of it.")
    title: str
    page: str = Field(description="The address of its page.")
    scan_page: str = Field(description="What its printed code opens. Permanent.")
    neutral: bool = Field(default=False, description="Whether the title stands in for another.")
    full_title: str | None = None
    summary: str | None = None
    group: str | None = Field(default=None, description="The heading it stands under.")
    also_called: tuple[str, ...] = ()
    texts_in: TextsIn = None
    links: tuple[PublicLink, ...] = ()


class RetiredCode(Public):
    """A code that was published once, and what took its place. It still answers."""

    kind: Literal["topic", "link"]
    code: str
    retired_on: datetime.date
    successor: str = Field(description="The address of the page that took its place.")


class PublicIndex(Public):
    """Everything an index gives to other programs."""

    name: str
    tagline: str
    organisation: str
    contact: str
    address: str = Field(description="The address of the site, ending in a slash.")
    glossary: str | None = Field(
        default=None, description="The address of the page of short forms, if there is one."
    )
    topics: tuple[PublicTopic, ...]
    retired: tuple[RetiredCode, ...] = ()

    @cached_property
    def _guests(self) -> dict[str, list[PublicLink]]:
        guests: dict[str, list[PublicLink]] = {}
        for topic in self.topics:
            for link in topic.links:
                for code in link.also_in:
                    guests.setdefault(code, []).append(link)
        return guests

    def named_links(self, topic: PublicTopic) -> tuple[PublicLink, ...]:
        """What the topic's page shows, without what may not be named; nothing if it is neutral."""
        if topic.neutral:
            return ()
        own = tuple(link for link in topic.links if not link.neutral)
        return own + tuple(self._guests.get(topic.code, ()))

    @cached_property
    def all_named_links(self) -> tuple[PublicLink, ...]:
        """Every link that may be named, once, in the order of the index."""
        return tuple(link for topic in self.topics for link in topic.links if not link.neutral)
