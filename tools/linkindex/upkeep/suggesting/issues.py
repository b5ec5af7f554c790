"""Reading the body of an issue that GitHub made from one of our forms. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from linkindex.upkeep.suggesting.answers import Answers, NotAFormError, language_of, refuse_long
from linkindex.upkeep.suggesting.labelled import labelled_answers
from linkindex.upkeep.suggesting.questions import Form, FormName, Kind, Question, known_as

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(?P<label>.*?)(?:[ \t]+#+)?[ \t]*")
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})(?P<info>.*)")
_BOX = re.compile(r"\s*[-*+] \[(?P<mark>[ xX])\]\s*(?P<label>.*)")
_NOTHING = frozenset({"_no response_", "*no response*", "no response", "none"})
"""What GitHub writes where nothing was answered or chosen."""


def answers_of_issue(body: str, forms: Mapping[FormName, Form]) -> Answers:
    """What somebody answered in an issue.

    A heading counts as a question whatever became of its capitals and signs. A second one with the
    same words is part of an answer, unless it says something else: then both are asked about.

    :raises NotAFormError: when the questions of no form are there.
    """
    refuse_long(body)
    lines = re.split(r"\r\n|\r|\n", body)
    form = _form_of(lines, forms)
    by_label = form.by_name()
    known = {*by_label, *form.from_the_site}
    found = _sections(lines, known, fences=True)
    if known - found.keys():
        # A fence that somebody opened in one answer and another closed hides what is between them.
        without = _sections(lines, known, fences=False)
        found = without if len(without) > len(found) else found
    given: dict[str, tuple[str, ...]] = {}
    twice: list[str] = []
    for label, texts in found.items():
        if label in form.from_the_site:
            continue
        question = by_label[label]
        answers = [answer for text in texts if (answer := _answer(text, question))]
        if answers:
            given[question.key] = answers[0]
        if any(answer != answers[0] for answer in answers):
            twice.append(question.label)
    texts_of_site = (text for name in form.from_the_site for text in found.get(name, ()))
    sent = [line for text in texts_of_site for line in _unfenced(text)]
    for key, answer in labelled_answers(sent, form).items():
        given.setdefault(key, answer)
    return Answers(form, given, tuple(twice), language_of(found.keys(), form))


def _form_of(lines: list[str], forms: Mapping[FormName, Form]) -> Form:
    """The form whose headings are there: one of the first two, and half of all."""
    headings = {
        known_as(match["label"]) for line in lines if (match := _HEADING.fullmatch(line[:300]))
    }
    best, share = None, 0.5
    for form in forms.values():
        here = [bool(headings & question.names) for question in form.questions]
        if sum(here) / len(here) >= share and any(here[:2]):
            best, share = form, sum(here) / len(here)
    if best is None:
        raise NotAFormError(
            "the questions of none of the forms are in this issue; open one of the forms under "
            "*New issue*, and answer below its headings"
        )
    return best


def _sections(
    lines: list[str], known: Collection[str], *, fences: bool
) -> dict[str, list[list[str]]]:
    """The lines below each heading that is a question, by its words."""
    sections: dict[str, list[list[str]]] = {}
    current: list[str] | None = None
    for line, is_text in _lines(lines, fences=fences):
        heading = None if is_text else _HEADING.fullmatch(line[:300])
        label = known_as(heading["label"]) if heading else ""
        if label in known:
            current = []
            sections.setdefault(label, []).append(current)
        elif current is not None:
            current.append(line)
    return sections


def _lines(lines: list[str], *, fences: bool) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it stands inside a fence, where nothing is a heading."""
    closing = ""
    for number, line in enumerate(lines):
        match = _FENCE.fullmatch(line[:300]) if fences else None
        if closing:
            yield line, True
            if match and match["fence"].startswith(closing) and not match["info"].strip():
                closing = ""
            continue
        opened = match["fence"] if match else ""
        if opened and any(_closes(later, opened) for later in lines[number + 1 :]):
            closing = opened
            yield line, True
            continue
        yield line, False


def _closes(line: str, opened: str) -> bool:
    match = _FENCE.fullmatch(line[:300])
    return bool(match and match["fence"].startswith(opened) and not match["info"].strip())


def _unfenced(lines: list[str]) -> list[str]:
    """The lines without the marks of a fence, which people put around what they paste."""
    return [line for line in lines if not _FENCE.fullmatch(line[:300])]


def _answer(lines: list[str], question: Question) -> tuple[str, ...]:
    """What was answered: what is ticked, or the lines that hold something."""
    kept = [line for line in _unfenced(lines) if line.strip()]
    if question.kind is Kind.SEVERAL:
        boxes = [match for line in kept if (match := _BOX.fullmatch(line[:300]))]
        if boxes:
            return tuple(box["label"].strip() for box in boxes if box["mark"] != " ")
    if " ".join(kept).strip().casefold() in _NOTHING:
        return ()
    return tuple(kept)
