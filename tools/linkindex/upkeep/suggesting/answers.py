"""Answers to the questions of a form, as they were read: hostile text until it is understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from linkindex.catalogue import LinkIndexError
from linkindex.speaking import Language
from linkindex.upkeep.suggesting.questions import Form, known_as

LONGEST = 65_536
"""Characters of an issue: GitHub takes no more (https://docs.github.com/rest/issues)."""


class NotAFormError(LinkIndexError):
    """What arrived is not one of our forms."""


@dataclass(frozen=True)
class Answers:
    """What somebody answered, by the key of the question. Empty answers are left out.

    :ivar twice: labels of questions that were answered twice, in different words.
    :ivar language: that of the form that was filled in, where it tells; empty where it does not.
    """

    form: Form
    given: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    twice: tuple[str, ...] = ()
    language: Language = ""

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


def language_of(names: Collection[str], form: Form) -> Language:
    """In which language a form was filled in.

    :param names: the words of its questions that were found (:func:`known_as`).
    """
    counts: Counter[Language] = Counter()
    for question in form.questions:
        counts.update(tag for tag, label in question.labels.items() if known_as(label) in names)
    if not counts:
        return ""
    (first, most), *others = counts.most_common()
    return first if all(count < most for _, count in others) else ""


def refuse_long(text: str) -> None:
    """Refuse what is longer than any form can be.

    :raises NotAFormError: saying how long it is.
    """
    if len(text) > LONGEST:
        raise NotAFormError(
            f"this has {len(text):,} characters, over {LONGEST:,}, which no form has; send the "
            "form by itself"
        )
