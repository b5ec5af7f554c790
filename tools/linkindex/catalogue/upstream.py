"""What an index takes of others, as `extends:` names it, in immutable values."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, model_validator

from linkindex.catalogue.fields import digest
from linkindex.catalogue.model import Date, Piece, Reference, Slug, Text

Digest = Annotated[str, AfterValidator(digest)]

EVERY_TOPIC = "all"
"""What stands under ``topics:`` of an upstream in place of ids, so that every topic is taken."""


class Hidden(Piece):
    """A link or a topic of another index that is not shown here.

    In YAML it is either the id alone or a mapping with ``id`` and the rest.
    """

    id: Reference
    """Its id."""
    successor: Reference | None = None
    """The id of what stands in its place here, to which its code leads; the topic of a link if left
    out. A topic needs one."""
    reason: Text | None = None
    """Why it is hidden, for editors."""

    @model_validator(mode="before")
    @classmethod
    def _id_alone(cls, value: Any) -> Any:
        return {"id": value} if isinstance(value, str) else value


class Changed(Piece):
    """What is said otherwise here of a link or a topic of another index.

    Beside these two keys it has those that differ, as they are written in a link or a topic; a key
    without a value is taken away.
    """

    model_config = ConfigDict(extra="allow")

    id: Reference
    """The id of the link or the topic."""
    reason: Text
    """Why it is changed, for whoever reads what has changed there since."""


class Renamed(Piece):
    """What a link or a topic of another index is called here, where its own name was taken."""

    id: Reference
    """Its id there."""
    named: Slug | None = Field(default=None, alias="as")
    """Its id here, if it is another."""
    code: Text | None = None
    """Its code here, if it is another. Never changed once it is published."""


class Rung(Piece):
    """A number of another index that somebody here has rung, so that it may be printed here."""

    number: Text
    """The number as `linkindex numbers` lists it, such as `0800 1111` or `text 85258`. One that it
    becomes there is another, which nobody here has rung."""
    number_checked: Date
    """The day on which a person here rang it and got the right service."""
    checked_by: Text
    """The role of that person, such as `family team`; not a name."""


def _every_topic(value: object) -> object:
    """Ids, or `all`."""
    is_every = isinstance(value, str) and value.strip() == EVERY_TOPIC
    return (EVERY_TOPIC,) if is_every else value


class Upstream(Piece):
    """Another index, of which topics are taken.

    `linkindex extend` and `linkindex update` write it; all but `hash` can be changed by hand.
    """

    KEPT_LINES = ("from", "version", "hash", "topics")

    name: Slug
    """What it is called here, in small letters with hyphens. What is taken stands in the file
    `shared/NAME.yaml`."""
    source: Text = Field(alias="from")
    """Where it comes from: `linkindex:uk` ships with the program; else the address or the path of a
    file that `linkindex share` has written."""
    version: Text = Field(max_length=60)
    """Which version of it was taken."""
    digest: Digest = Field(alias="hash")
    """What the file `shared/NAME.yaml` must be, to the letter."""
    topics: Annotated[tuple[Reference, ...], BeforeValidator(_every_topic)] = Field(min_length=1)
    """The ids of the topics that are taken, in their order here; or `all`."""
    urgent_help: bool = True
    """Whether its urgent help is taken, too."""
    hide: tuple[Hidden, ...] = ()
    """The ids of links or topics that are not shown here; their codes still answer."""
    change: tuple[Changed, ...] = ()
    """What is said otherwise here of its links and topics, each with a reason."""
    rung: tuple[Rung, ...] = ()
    """The numbers of it that somebody here has rung. `linkindex numbers confirm` writes it."""
    here: tuple[Renamed, ...] = ()
    """What has another id or code here than there. `linkindex extend` and `linkindex update` write
    this, so that each code stays what it is once it is printed."""
