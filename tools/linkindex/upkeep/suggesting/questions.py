"""The questions of each form, with the choices that an index has.

Issue forms, e-mails and the page of the site are made from these alone, and what comes back is read
by them, so that a new topic or format is everywhere at once.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import resources
from typing import Any

from linkindex import wording
from linkindex.catalogue import Audience, Catalogue, Category, Cost, Format, Nation
from linkindex.speaking import N_, Language, gettext, translations_of
from linkindex.tables import table_of

NOT_SURE = N_("I am not sure")
"""The choice of whoever knows no topic for a link: then the topic is asked for."""

END = N_("End of the form")
"""The last line of what the site writes: what stands below it is a signature, or a farewell."""

FROM_THE_SITE = N_("Filled in on the site")
"""The question of an issue that holds the answers given on the site: GitHub fills in only fields to
type into, and shows an empty issue when an address names one to choose from."""


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
    :ivar label: what is chosen, as those who keep the index read it. Of a sensitive topic it is the
        neutral title, since what is sent stays behind.
    :ivar sent: the same in the language that is spoken.
    :ivar shown: how a page names it, which is read on the spot.
    :ivar others: other words by which it is known: in the other languages of the index, and when
        somebody writes by hand.
    """

    value: str
    label: str
    sent: str
    shown: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """One question of a form.

    :ivar label: what is asked, in English; whoever keeps the index reads it so.
    :ivar labels: what is asked in each language of the index.
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
    labels: Mapping[Language, str] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """The words by which it is known again (:func:`known_as`), in whatever language."""
        return frozenset(map(known_as, (self.label, *self.labels.values())))


@dataclass(frozen=True)
class Form:
    """A form with its questions in order.

    :ivar ends: what may stand in the last line of an answer, in any language of the index.
    :ivar from_the_site: what the question for the answers given on the site may be called.
    """

    name: FormName
    title: str
    about: str
    thanks: str
    questions: tuple[Question, ...]
    ends: frozenset[str] = frozenset()
    from_the_site: frozenset[str] = frozenset()

    def by_name(self) -> dict[str, Question]:
        """Its questions by the words by which each is known again."""
        return {name: question for question in self.questions for name in question.names}

    def question(self, key: str) -> Question:
        """The question whose answer fills a key (``KeyError`` when there is none)."""
        for question in self.questions:
            if question.key == key:
                return question
        raise KeyError(key)


def forms_of(catalogue: Catalogue) -> dict[FormName, Form]:
    """Every form, with the topics of an index; answers are known in each of its languages. Pure."""
    every = catalogue.languages

    def plain(labels: Iterable[tuple[str, str]]) -> tuple[Choice, ...]:
        return tuple(_plain(value, label, every) for value, label in labels)

    choices = {
        # By what is sent: the order must not tell which topic has which quiet name.
        "topics": tuple(sorted(_topics(catalogue), key=lambda it: it.label.casefold())),
        "audiences": plain((value, wording.AUDIENCES.english[value]) for value in Audience),
        "formats": plain((value, wording.FORMATS.english[value]) for value in Format),
        "nations": plain((value, _nation(value)) for value in Nation),
        "costs": plain((value, wording.COSTS.english[value]) for value in Cost),
        "faults": plain((value, words["label"]) for value, words in _written()["faults"].items()),
    }
    return {name: _form(name, choices, every) for name in FormName}


def known_in(message: str, languages: Iterable[Language]) -> frozenset[str]:
    """The words by which a message is known again in English, and in each of some languages."""
    said = (translations_of(language).text(message) for language in languages)
    return frozenset(map(known_as, (message, *said)))


def advice_on(fault: str) -> str:
    """What to do about a fault, for those who keep the index."""
    return str(_written()["faults"][fault]["advice"])


def known_as(text: str) -> str:
    """Words by which a label or a choice is known again, whatever became of its signs."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _form(
    name: FormName, choices: dict[str, tuple[Choice, ...]], languages: Sequence[Language]
) -> Form:
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
                labels={
                    language: translations_of(language).text(question["label"])
                    for language in languages
                },
            )
            for question in written["questions"]
        ),
        ends=known_in(END, languages),
        from_the_site=known_in(FROM_THE_SITE, languages),
    )


def _topics(catalogue: Catalogue) -> Iterator[Choice]:
    """The current topics, known by what they are called in any language of the index."""
    each_language = (catalogue, *catalogue.translations)
    for category in catalogue.current_categories:
        same = [index.category(category.id) for index in each_language]
        quiet = _quiet(category)
        others = (category.id, category.code, *(name for each in same for name in _names(each)))
        yield Choice(category.id, quiet, quiet, category.title, others)


def _names(category: Category) -> tuple[str, ...]:
    return (_quiet(category), category.title, category.full_title, *category.aliases)


def _quiet(category: Category) -> str:
    """What a topic is called where it stays behind. Commas stand between several choices."""
    quiet = f"{category.outside_title} ({category.code})" if category.sensitive else category.title
    return quiet.replace(",", "")


def _plain(value: str, label: str, languages: Sequence[Language]) -> Choice:
    """A choice that has the same words in every index."""
    elsewhere = (translations_of(language).text(label) for language in languages)
    shown = _capital(gettext(label))
    return Choice(value, _capital(label), shown, shown, (value, *elsewhere))


def _capital(text: str) -> str:
    return _FIRST_LETTER.sub(lambda letter: letter[0].upper(), text, 1)


_FIRST_LETTER = re.compile(r"[^\W\d_]")


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
