"""What is answered to somebody who suggested something, in plain words. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from linkindex import wording
from linkindex.catalogue import Audience, Catalogue, Category, Cost, Format, Nation, Problem
from linkindex.catalogue.rules.style import plain_remedy
from linkindex.links.reports.markdown import as_code, as_text
from linkindex.upkeep.suggesting.changing import Change
from linkindex.upkeep.suggesting.questions import FormName, advice_on
from linkindex.upkeep.suggesting.understanding import Entry, Mend, NewLink, NewTopic, Understood
from linkindex.upkeep.written import written_link

MARK = "<!-- kept up to date by linkindex: suggestion -->"
"""By which the answer to an issue is known again; GitHub does not show it."""

LONGEST_NOTE = 1000
"""Characters of a note that are shown again: whoever wrote it has it above."""


@dataclass(frozen=True)
class Fact:
    """One thing that was understood: what it is, and what was written.

    :ivar code: whether it is an address or a code, which is shown as such and never as a link.
    """

    name: str
    value: str
    code: bool = False


@dataclass(frozen=True)
class Answer:
    """All that is said of a suggestion.

    :ivar first: what was made of it, in one sentence or two.
    :ivar facts: how it will look.
    :ivar questions: what is still to be answered.
    :ivar check: what the check says, one sentence each.
    :ivar remarks: what was put right on the way.
    :ivar lines: the lines for the file, ready to copy; empty if there are none.
    :ivar note: what they wrote to those who keep the index.
    """

    first: str
    facts: tuple[Fact, ...] = ()
    questions: tuple[str, ...] = ()
    check: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    lines: str = ""
    note: str = ""


def answer(understood: Understood, change: Change | None, catalogue: Catalogue) -> Answer:
    """What to say of what was understood, and of the change that it makes."""
    suggestion = understood.suggestion
    errors = change.errors if change else ()
    questions = tuple(
        by_codes(question, catalogue)
        for question in (*understood.questions, *(_asked(problem) for problem in errors))
    )
    return Answer(
        first=_first(understood, change, bool(questions)),
        facts=tuple(_facts(understood, catalogue)),
        questions=questions,
        check=tuple(by_codes(line, catalogue) for line in _check(change)) if not questions else (),
        remarks=understood.remarks,
        lines=_lines(suggestion, change),
        note=understood.note[:LONGEST_NOTE],
    )


def by_codes(sentence: str, catalogue: Catalogue) -> str:
    """A sentence that names links and topics by their codes, which give nothing away."""
    for category in catalogue.categories:
        if category.sensitive:
            sentence = sentence.replace(f"`{category.id}`", f"`{category.code}`")
        for resource in category.resources:
            sentence = sentence.replace(f"`{resource.id}`", f"`{resource.code}`")
    return sentence


def by_codes_alone(understood: Understood, catalogue: Catalogue) -> str:
    """What a suggestion does, in words of our own: `Add the link b4kx7m to sleep`."""
    suggestion = understood.suggestion
    if isinstance(suggestion, NewLink):
        topic = catalogue.category(suggestion.category_id)
        return f"Add the link {suggestion.code} to {topic.code}"
    if isinstance(suggestion, Mend):
        return f"Mend the link {suggestion.resource.code}"
    return "Look at a suggestion"


def as_markdown(said: Answer, further: Sequence[str] = ()) -> str:
    """An answer for an issue, in which nothing that anybody wrote can mean anything.

    :param further: sentences of our own that follow the first, such as where the change waits.
    """
    parts = [MARK, as_own(said.first), *map(as_own, further)]
    if said.facts:
        parts.append("\n".join(f"- {as_text(fact.name)}: {_shown(fact)}" for fact in said.facts))
    for heading, sentences in (
        ("Still to be answered", said.questions),
        ("What was put right", said.remarks),
        ("What the check says", said.check),
    ):
        if sentences:
            listed = "\n".join(f"- {as_own(sentence)}" for sentence in sentences)
            parts.append(f"**{heading}**\n\n{listed}")
    if said.questions:
        parts.append(
            "To answer, edit the first message of this issue: choose *Edit* under its three dots."
        )
    if said.lines:
        parts.append(f"**The lines for the file**\n\n{fenced(said.lines, 'yaml')}")
    return "\n\n".join(parts) + "\n"


def as_plain(said: Answer) -> str:
    """An answer for a terminal, or to be sent by e-mail."""
    parts = [_unmarked(said.first)]
    if said.facts:
        parts.append("\n".join(f"  {fact.name}: {fact.value}" for fact in said.facts))
    for heading, sentences in (
        ("Still to be answered:", said.questions),
        ("What was put right:", said.remarks),
        ("What the check says:", said.check),
        ("What they wrote besides:", said.note.splitlines()),
    ):
        if sentences:
            parts.append("\n".join([heading, *(f"  {_unmarked(line)}" for line in sentences)]))
    if said.lines:
        parts.append(said.lines.rstrip("\n"))
    return "\n\n".join(parts)


def as_own(sentence: str) -> str:
    """A sentence in Markdown: what stands between grave accents as code, all else as plain text."""
    parts = re.split(r"`([^`]*)`", sentence)
    return "".join(
        as_code_text(part) if number % 2 else as_text_whole(part)
        for number, part in enumerate(parts)
    )


def as_text_whole(text: str) -> str:
    """:func:`as_text`, keeping the spaces at the ends."""
    if not text.strip():
        return " " if text else ""
    start = " " if text[:1].isspace() else ""
    end = " " if text[-1:].isspace() else ""
    return f"{start}{as_text(text)}{end}"


def as_code_text(text: str) -> str:
    """A few words as code, in which nothing ends the code."""
    kept = re.sub(r"[`|<>\r\n]", "", text)[:300].strip()
    return f"`{kept}`" if kept else ""


def fenced(text: str, language: str) -> str:
    """Lines as they are, between fences that nothing in them can close."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text.rstrip(chr(10))}\n{fence}"


def _unmarked(sentence: str) -> str:
    return sentence.replace("*", "") if "*" in sentence else sentence


def _shown(fact: Fact) -> str:
    return as_code(fact.value) if fact.code else as_text(fact.value)


def _first(understood: Understood, change: Change | None, is_open: bool) -> str:
    suggestion, form = understood.suggestion, understood.answers.form.name
    if is_open:
        what = {
            FormName.LINK: "a new link",
            FormName.FAULT: "something wrong with a link",
            FormName.TOPIC: "a new topic",
        }[form]
        return (
            f"Thank you. This was read as {what}. Before it can go on, something must be answered."
        )
    if isinstance(suggestion, NewLink):
        return "Thank you. This is how the link will look."
    if isinstance(suggestion, NewTopic):
        return (
            "Thank you. A topic becomes a page and a printed card, so those who keep the index "
            "decide on it. Nothing more is needed from you."
        )
    if isinstance(suggestion, Mend) and change is None:
        return (
            "Thank you. Nothing here can be changed without looking, so those who keep the index "
            "will look at it. Nothing more is needed from you."
        )
    return "Thank you. This is what would be changed."


def _facts(understood: Understood, catalogue: Catalogue) -> Iterator[Fact]:
    suggestion = understood.suggestion
    if isinstance(suggestion, Mend):
        # By its code alone: an answer travels by e-mail, and says nothing of what somebody read.
        yield Fact("Link", suggestion.resource.code, code=True)
        yield Fact("What is wrong", _fault_words(understood, suggestion.fault))
        for key, value in suggestion.changes.items():
            label = understood.answers.form.question(key).label
            yield Fact(label, str(value), code=key == "url")
        if not suggestion.changes:
            yield Fact("To do", advice_on(suggestion.fault))
        return
    if isinstance(suggestion, NewTopic):
        yield Fact("Name", suggestion.title)
        yield Fact("What it is about", suggestion.summary)
        if suggestion.aliases:
            yield Fact("Also called", ", ".join(suggestion.aliases))
        for address in suggestion.links:
            yield Fact("A link for it", address, code=True)
        return
    if understood.answers.form.name is FormName.LINK:
        yield from _facts_of_link(understood, catalogue)
    elif understood.answers.form.name is FormName.TOPIC:
        for key, value in understood.given.items():
            yield Fact(understood.answers.form.question(key).label, str(value))


def _facts_of_link(understood: Understood, catalogue: Catalogue) -> Iterator[Fact]:
    given = understood.given
    if "title" in given:
        yield Fact("Title", given["title"])
    if "publisher" in given:
        yield Fact("From", given["publisher"])
    if "url" in given:
        yield Fact("Address", given["url"], code=True)
    if "topic" in given:
        yield Fact("Topic", quiet_topic(catalogue.category(given["topic"])))
    if "summary" in given:
        yield Fact("What people get", given["summary"])
    if "use_when" in given:
        yield Fact("When to use it", given["use_when"])
    kind = _kind(given)
    if kind:
        yield Fact("What it is", kind)
    for key, name in (("phone", "Call"), ("text", "Text"), ("email", "Write to")):
        if key in given:
            yield Fact(name, given[key])
    if isinstance(understood.suggestion, NewLink):
        yield Fact("Its code", understood.suggestion.code, code=True)


def quiet_topic(category: Category) -> str:
    """A topic as it is named in what stays behind."""
    return f"{category.outside_title} ({category.code})" if category.sensitive else category.title


def _kind(given: Entry) -> str:
    parts = []
    if "format" in given:
        parts.append(wording.FORMATS[Format(given["format"])])
    if "audiences" in given:
        names = [wording.AUDIENCES[Audience(value)] for value in given["audiences"]]
        parts.append(f"for {wording.listed(names)}")
    if "nations" in given:
        parts.append(wording.listed(wording.NATIONS[Nation(value)] for value in given["nations"]))
    if "cost" in given:
        parts.append(wording.COSTS[Cost(given["cost"])])
    if "language" in given:
        given_languages = given["language"]
        codes = [given_languages] if isinstance(given_languages, str) else given_languages
        parts.append(wording.listed(map(wording.language_name, codes)))
    return " · ".join(parts)


def _fault_words(understood: Understood, fault: str) -> str:
    choices = understood.answers.form.question("fault").choices
    return next(choice.label for choice in choices if choice.value == fault)


def _asked(problem: Problem) -> str:
    return f"{problem.what}; {problem.remedy}"


def _check(change: Change | None) -> tuple[str, ...]:
    if change is None:
        return ()
    if not change.warnings:
        return ("All is well.",)
    return tuple(f"{problem.what}; {plain_remedy(problem)}" for problem in change.warnings)


def _lines(suggestion: object, change: Change | None) -> str:
    if change is None:
        return ""
    if isinstance(suggestion, NewLink):
        return written_link(suggestion.entry)
    if isinstance(suggestion, Mend):
        return _changed_lines(change)
    return ""


def _changed_lines(change: Change) -> str:
    """What the file says after the change and did not say before."""
    before, after = change.before.splitlines(), change.text.splitlines()
    diff = list(difflib.unified_diff(before, after, lineterm="", n=0))
    return "".join(f"{line[1:]}\n" for line in diff[2:] if line.startswith("+"))
