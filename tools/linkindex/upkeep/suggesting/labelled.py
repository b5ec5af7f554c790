"""Reading answers that stand behind their questions: ``Title: Sleep tips``. Pure.

So an e-mail is written by the site, and so the site hands answers to an issue.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from linkindex.upkeep.suggesting.questions import Form, Kind, known_as

_QUOTED = re.compile(r"[ \t]*((?:[>|][ \t]?)+)")
_LABEL = re.compile(r"[\s*_#•·-]*(?P<label>[^:：]{2,80}?)[\s*_]*[:：][*_]*\s*(?P<rest>.*)")
_SIGNATURE = re.compile(
    r"--\s?$|[_-]{5,}\s*$|-{3,} ?\w[\w ]{3,40}-{3,}\s*$|\*?(?:from|von|de|da|van|od|fra) ?:\*? .*@",
    re.IGNORECASE,
)
_HINT = re.compile(r"^\s*[(（\[].*[)）\]]\s*$")
"""A line in brackets is what we wrote below a question, not an answer."""
_PASSED_ON = re.compile(
    r"(?:on|am|le|el|il|op|em|den|dnia|ar)\b.{4,300}(?:wrote|schrieb|écrit|escribió|scritto|schreef"
    r"|escreveu|skrev|napisał\(?a?\)?|ysgrifennodd)\b.{0,80}:?\s*$",
    re.IGNORECASE,
)
"""The line that mail programs put above what they quote."""
_PHONES = re.compile(
    r"(?:sent|gesendet|envoyé|enviado|inviato|get outlook) "
    r"(?:from|for|von meinem|depuis mon|desde mi|dal mio)\b.{0,60}$",
    re.IGNORECASE,
)


class _Written(NamedTuple):
    """One answer as it was found.

    :ivar depth: how often it was quoted: what somebody wrote last is quoted least.
    """

    depth: int
    place: int
    lines: tuple[str, ...]


def labelled_answers(lines: Sequence[str], form: Form) -> dict[str, tuple[str, ...]]:
    """The newest answer to each question that has one, by the key of the question.

    Where the questions come several times, as in a chain of replies, that counts which is quoted
    least, and of those the first. An answer may stand below its question, quoted or not.
    """
    by_label = form.by_name()
    found: dict[str, list[_Written]] = {}
    key, depth, place, kept = "", 0, 0, list[str]()
    whole = _with_gaps(form, lines)

    def close() -> None:
        text = _trimmed(kept, gaps=key in whole)
        if key and text:
            found.setdefault(key, []).append(_Written(depth, place, text))

    for number, line in enumerate(lines):
        level, bare = _unquoted(line)
        match = _LABEL.fullmatch(bare[:400])
        question = by_label.get(known_as(match["label"])) if match else None
        if match and question is not None:
            close()
            rest = bare[match.start("rest") :]
            key, depth, place, kept = question.key, level, number, [rest] if rest.strip() else []
        elif key and _ends(bare, form):
            close()
            key = ""
        elif key and level < depth and bare.strip():
            if _is_rest(lines[number - 1], kept):
                kept.append(bare)
                continue
            # Answered below a question that is quoted: newer than what is quoted.
            close()
            depth, place, kept = level, number, [bare]
        elif key and level == depth:
            kept.append(bare)
        elif key and level != depth and bare.strip():
            close()
            key = ""
    close()
    return {
        key: min(written, key=lambda answer: (answer.depth, answer.place)).lines
        for key, written in found.items()
    }


_WRAPPED = 60
"""Characters of a line that a mail program may have broken because it had become too long."""


def _is_rest(before: str, kept: Sequence[str]) -> bool:
    """Whether a line is what a mail program broke off a quoted one, without marking it."""
    return bool(kept) and len(before) >= _WRAPPED and bool(_unquoted(before)[0])


def labels_found(lines: Sequence[str], form: Form) -> int:
    """How many questions of a form stand in some lines."""
    return len({form.by_name()[name].key for name in names_found(lines, form)})


def names_found(lines: Sequence[str], form: Form) -> frozenset[str]:
    """The words of the questions of a form that stand in some lines, in whatever language."""
    matches = (_LABEL.fullmatch(_unquoted(line)[1][:400]) for line in lines)
    here = {known_as(match["label"]) for match in matches if match}
    return frozenset(here & form.by_name().keys())


def _unquoted(line: str) -> tuple[int, str]:
    """How often a line is quoted, and the line itself."""
    match = _QUOTED.match(line)
    if match is None:
        return 0, line
    return sum(sign in ">|" for sign in match[1]), line[match.end() :]


def _ends(line: str, form: Form) -> bool:
    """Whether what follows is no answer any more."""
    return known_as(line) in form.ends or any(
        pattern.match(line) for pattern in (_SIGNATURE, _PASSED_ON, _PHONES)
    )


def _with_gaps(form: Form, lines: Sequence[str]) -> frozenset[str]:
    """The questions whose answers may have several paragraphs.

    Not the last one of a form whose end is missing: a farewell and a name would be taken for it.
    """
    ends = any(known_as(_unquoted(line)[1]) in form.ends for line in lines)
    texts = [question for question in form.questions if question.kind is Kind.TEXT]
    return frozenset(
        question.key for question in texts if ends or question is not form.questions[-1]
    )


def _trimmed(lines: Sequence[str], *, gaps: bool) -> tuple[str, ...]:
    """The lines of an answer without our own hints; up to a gap, unless it may have some."""
    text: list[str] = []
    for line in lines:
        if _HINT.match(line):
            continue
        if line.strip():
            text.append(line.strip())
        elif text and not gaps:
            break
    return tuple(text)
