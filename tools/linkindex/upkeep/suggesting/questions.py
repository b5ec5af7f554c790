"""The questions of each form, with the choices that an index has.

Issue forms, e-mails and the page of the site are made from these alone, and what comes back is read
by them, so that a new topic or format is everywhere at once.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from typing import Any

from linkindex import wording
from linkindex.catalogue import Audience, Catalogue, Category, Cost, Format, Nation
from linkindex.speaking import N_, gettext
from linkindex.tables import table_of

NOT_SURE = N_("I am not sure")
"""The choice of whoever knows no topic for a link: then the topic is asked for."""


class FormName(StrEnum):
    """Which form was filled in."""

    LINK = "link"
    FAULT = "fault"
    TOPIC = "topic"


class Kind(StrEnum):
    """How a question is answered."""

    LINE = "line"
    TEXT = "text"
    ONE = "one"
    SEVERAL = "several"


@dataclass(frozen=True)
class Choice:
    """One answer of a question that can be chosen.

    :ivar value: what the index calls it.
    :ivar label: what is chosen. Of a sensitive topic it is the neutral title, since what is sent
        stays behind.
    :ivar shown: how a page names it, which is read on the spot.
    :ivar others: other words by which it is known when somebody writes by hand.
    """

    value: str
    label: str
    shown: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """One question of a form.

    :ivar needed: whether no change can be made without its answer.
    :ivar more: whether few know it, so that a page shows it only when it is asked for.
    """

    key: str
    label: str
    help: str
    kind: Kind
    needed: bool = False
    more: bool = False
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Form:
    """A form with its questions in order."""

    name: FormName
    title: str
    about: str
    thanks: str
    questions: tuple[Question, ...]

    def question(self, key: str) -> Question:
        """The question whose answer fills a key (``KeyError`` when there is none)."""
        for question in self.questions:
            if question.key == key:
                return question
        raise KeyError(key)


def forms_of(catalogue: Catalogue) -> dict[FormName, Form]:
    """Every form, with the topics of an index. Pure."""
    choices = {
        # By what is sent: the order must not tell which topic has which quiet name.
        "topics": tuple(
            sorted(map(_topic, catalogue.current_categories), key=lambda it: it.label.casefold())
        ),
        "audiences": tuple(_plain(value, wording.AUDIENCES.english[value]) for value in Audience),
        "formats": tuple(_plain(value, wording.FORMATS.english[value]) for value in Format),
        "nations": tuple(_plain(value, _nation(value)) for value in Nation),
        "costs": tuple(_plain(value, wording.COSTS.english[value]) for value in Cost),
        "faults": tuple(
            _plain(value, words["label"]) for value, words in _written()["faults"].items()
        ),
    }
    return {name: _form(name, choices) for name in FormName}


def advice_on(fault: str) -> str:
    """What to do about a fault, for those who keep the index."""
    return str(_written()["faults"][fault]["advice"])


def known_as(text: str) -> str:
    """Words by which a label or a choice is known again, whatever became of its signs."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _form(name: FormName, choices: dict[str, tuple[Choice, ...]]) -> Form:
    written = _written()[name]
    return Form(
        name=name,
        title=written["name"],
        about=written["about"],
        thanks=written["thanks"],
        questions=tuple(
            Question(
                key=question["key"],
                label=question["label"],
                help=question["help"],
                kind=Kind(question["kind"]),
                needed=question.get("needed", False),
                more=question.get("more", False),
                choices=choices.get(question.get("choices", ""), ()),
            )
            for question in written["questions"]
        ),
    )


def _topic(category: Category) -> Choice:
    others = (category.id, category.code, category.title, category.full_title, *category.aliases)
    quiet = f"{category.outside_title} ({category.code})" if category.sensitive else category.title
    return Choice(category.id, quiet.replace(",", ""), category.title, others)


def _plain(value: str, label: str) -> Choice:
    """A choice that is sent in English, in which it is read, and shown in the language spoken."""
    sent, shown = (text[0].upper() + text[1:] for text in (label, gettext(label)))
    return Choice(value, sent, shown, (value,))


def _nation(nation: Nation) -> str:
    return {Nation.UK: N_("The whole UK"), Nation.INTERNATIONAL: N_("Everywhere")}.get(
        nation, wording.NATIONS.english[nation]
    )


@functools.cache
def _written() -> dict[str, Any]:
    text = (
        resources.files("linkindex.upkeep.suggesting").joinpath("questions.yaml").read_text("utf-8")
    )
    written: dict[str, Any] = table_of(text)
    return written
