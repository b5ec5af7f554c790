"""What a pull request does to an index, as values small and plain enough to be taken from anybody.

The half that knows it runs the code of the pull request, so its file may hold anything. The half
that writes the comment reads that file into these models alone: known keys, short texts, no more.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

FILE = "review.json"
"""The one file that is read of what the other half hands over."""

MOST_LINKS = 100
MOST_SENTENCES = 20
LARGEST = 1_000_000
"""Bytes of the file: what fits into the limits below has fewer."""

Short = Annotated[str, Field(max_length=300)]
Sentence = Annotated[str, Field(max_length=2000)]
Code = Annotated[str, Field(pattern=r"^[a-z0-9]{2,8}$")]


class What(StrEnum):
    """What happens to a link."""

    COMES = "comes"
    CHANGES = "changes"
    MOVES = "moves"
    GOES = "goes"


class _Plain(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ChangedLink(_Plain):
    """One link that a pull request changes."""

    what: What
    """What happens to it."""
    code: Code
    """Its code."""
    title: Short = ""
    """What it is called; empty where that would tell a sensitive topic."""
    topic: Short = ""
    """The topic in which it stands, by the title that may be told."""
    keys: tuple[Short, ...] = Field(default=(), max_length=30)
    """Which of its keys change."""
    says: tuple[Sentence, ...] = Field(default=(), max_length=MOST_SENTENCES)
    """What the check says of it."""
    looked: Sentence = ""
    """What opening its address found."""


class Review(_Plain):
    """What a pull request does to an index."""

    links: tuple[ChangedLink, ...] = Field(default=(), max_length=MOST_LINKS)
    """The links that come, change, move and go."""
    more_links: int = Field(default=0, ge=0)
    """How many more there are."""
    parts: tuple[Short, ...] = Field(default=(), max_length=30)
    """What else of the index changes: topics and settings, by name."""
    says: tuple[Sentence, ...] = Field(default=(), max_length=MOST_SENTENCES)
    """What the check says of all else, and did not say before."""
    errors: int = Field(default=0, ge=0)
    """How many of all these stop the build."""
    topics: tuple[Code, ...] = Field(default=(), max_length=60)
    """The codes of the topics whose pages look different."""
