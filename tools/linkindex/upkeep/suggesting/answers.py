"""Answers to the questions of a form, as they were read: hostile text until it is understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from linkindex.catalogue import LinkIndexError
from linkindex.upkeep.suggesting.questions import Form

LONGEST = 65_536
"""Characters of an issue: GitHub takes no more (https://docs.github.com/rest/issues)."""


class NotAFormError(LinkIndexError):
    """What arrived is not one of our forms."""


@dataclass(frozen=True)
class Answers:
    """What somebody answered, by the key of the question. Empty answers are left out.

    :ivar twice: labels of questions that were answered twice, in different words.
    """

    form: Form
    given: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    twice: tuple[str, ...] = ()

    def one(self, key: str) -> str:
        """The answer to a question, on one line; empty if there is none."""
        answer = " ".join(" ".join(self.given.get(key, ())).split())
        return "" if _answers_nothing(answer) else answer

    def lines(self, key: str) -> tuple[str, ...]:
        """The lines of an answer that hold something."""
        if not self.one(key):
            return ()
        return tuple(line.strip() for line in self.given.get(key, ()) if line.strip())


_NO_ANSWER = frozenset(
    {
        *("n/a", "nil", "none", "not applicable", "tba", "tbc", "to be confirmed"),
        *("don't know", "don’t know", "dont know", "not known", "not sure", "unknown"),
    }
)
"""What people write into a field that they have nothing for."""


def _answers_nothing(answer: str) -> bool:
    bare = answer.casefold().strip(" .,;:!?*_/-\u2010\u2011\u2012\u2013\u2014\u2026")
    return not bare or bare in _NO_ANSWER


def refuse_long(text: str) -> None:
    """Refuse what is longer than any form can be.

    :raises NotAFormError: saying how long it is.
    """
    if len(text) > LONGEST:
        raise NotAFormError(
            f"this has {len(text):,} characters, over {LONGEST:,}, which no form has; send the "
            "form by itself"
        )
