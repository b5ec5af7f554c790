"""The catalogues of messages that come with LinkIndex."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable

from linkindex.speaking import available, translations_of
from linkindex.speaking.extracting import TEMPLATE, template_text, updated
from linkindex.speaking.translations import catalogue_path
from tests.conftest import REPOSITORY

LANGUAGES = available()[1:]
KEPT = re.compile(r"%\(\w+\)s|\{\w*\}|</?\w+[^>]*>|%%")
COUNTS = {"{n}", "%(num)s"}


def test_the_template_holds_what_the_program_says() -> None:
    assert TEMPLATE.read_text("utf-8") == template_text(), "run `make messages`"


def test_every_catalogue_holds_what_the_program_says() -> None:
    for language in LANGUAGES:
        path = catalogue_path(language)
        assert path.read_text("utf-8") == updated(path, language), "run `make messages`"


def places(text: str, besides: Iterable[str] = ()) -> Counter[str]:
    """The places and tags of a message."""
    return Counter(place for place in KEPT.findall(text) if place not in besides)


def is_kept(message: str, form: str, *, counts: bool) -> bool:
    """Whether a translation has the places and tags of its message.

    :param counts: whether it is a form for some counts: one for a single count may say it in words.
    """
    besides = COUNTS if counts else ()
    return places(form, besides) == places(message, besides)


def test_a_translation_keeps_every_place_and_tag_of_its_message() -> None:
    wrong = [
        (language, message, form)
        for language in LANGUAGES
        for (_, message), forms in translations_of(language).forms.items()
        for form in forms
        if not is_kept(message, form, counts=len(forms) > 1)
        or form[:1].isspace() != message[:1].isspace()
        or form[-1:].isspace() != message[-1:].isspace()
    ]
    assert wrong == []


def test_a_lost_place_or_tag_is_seen() -> None:
    assert is_kept("Call %(a)s", "%(a)s: ring", counts=False)
    assert not is_kept("Call %(a)s", "Ring", counts=False)
    assert not is_kept("Call <b>now</b>", "Ring <b>now", counts=False)
    assert is_kept("{n} link", "one link", counts=True)
    assert not is_kept("{n} link of {m}", "one link", counts=True)


def test_no_message_stands_where_the_tools_of_translators_do_not_look() -> None:
    """Within the braces of another text they see nothing."""
    hidden = [
        f"{path.relative_to(REPOSITORY)}:{call.lineno}"
        for path in sorted((REPOSITORY / "tools/linkindex").rglob("*.py"))
        for text in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        if call.func.id in ("_", "N_", "ngettext", "pgettext", "npgettext")
    ]
    assert hidden == []
