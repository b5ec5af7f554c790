"""The kinds of danger, in the order in which what is typed is held against them."""

from __future__ import annotations

import functools
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from linkindex.site.danger.words import written_out
from linkindex.tables import table_of

FILE = Path(__file__).with_name("concerns.yaml")


class Concern(BaseModel):
    """One kind of danger: see ``concerns.yaml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    concern: str
    told: tuple[str, ...]
    named: tuple[str, ...]
    faint: tuple[str, ...]
    lines: tuple[str, ...]

    def frames(self) -> dict[str, list[str]]:
        """Its frames, as the browser compares them."""
        return {
            "told": [written_out(frame) for frame in self.told],
            "named": [written_out(frame) for frame in self.named],
            "faint": [written_out(frame) for frame in self.faint],
        }


@functools.cache
def concerns() -> tuple[Concern, ...]:
    """All kinds, the most urgent first."""
    known = table_of(FILE.read_text("utf-8"))
    return tuple(Concern.model_validate(concern) for concern in known)
