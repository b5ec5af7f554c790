"""The form of the page 'Add or mend a link', and what its script needs. Pure."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from importlib import resources
from urllib.parse import quote

from markupsafe import Markup

from linkindex.catalogue import ShownCatalogue, addresses
from linkindex.catalogue.addresses.sharing import shared_rules
from linkindex.catalogue.rules.style import LONGEST_SUMMARY
from linkindex.site.templating import render
from linkindex.speaking import gettext
from linkindex.speaking.lent import noting_lent_words
from linkindex.tables import table_of
from linkindex.upkeep.suggesting.issue_forms import SENT, field_id, file_of
from linkindex.upkeep.suggesting.questions import END, NOT_SURE, Form, Kind, Question, forms_of

DATA = "assets/suggest.json"
"""What the script fetches, below the site."""

_GITHUB = "https://github.com/"

_MOST_LISTED = 12
"""Choices that are named in an e-mail: of more, the question itself must do."""


def suggestion_form(catalogue: ShownCatalogue, root: str = "../") -> Markup:
    """The form in HTML, for a page that people wrote. Without a script it is three e-mails.

    :param root: leads from the page to the site.
    """
    with noting_lent_words():
        return _suggestion_form(catalogue, root)


def _suggestion_form(catalogue: ShownCatalogue, root: str) -> Markup:
    settings = catalogue.settings
    repository = settings.repository or ""
    forms = forms_of(catalogue)
    text = render(
        "suggest.html",
        index=settings,
        root=root,
        data=DATA,
        forms=forms.values(),
        mails={form.name: mail_to(settings.contact, form) for form in forms.values()},
        issues=f"{repository}/issues/new" if repository.startswith(_GITHUB) else "",
        files={name: file_of(name, catalogue.language, catalogue) for name in forms},
        sent=SENT,
        id_begins=field_id(""),
        end=END,
        not_sure=NOT_SURE,
        shown_first=lambda choices: sorted(choices, key=lambda choice: choice.shown.casefold()),
        words={name: gettext(said) for name, said in _words().items()},
        most_words=LONGEST_SUMMARY,
    )
    # A blank line would end the part of a page that is left as it is.
    lines = (line.strip() for line in text.splitlines())
    return Markup("\n".join(line for line in lines if line))  # noqa: S704 - a rendered template


def suggestion_files(catalogue: ShownCatalogue) -> dict[str, str]:
    """What the script of the form fetches, by its path on the site."""
    words = {name: gettext(said) for name, said in _words().items()}
    content = {"rules": shared_rules(), "listed": dict(_listed(catalogue)), "words": words}
    return {DATA: json.dumps(content, separators=(",", ":"), sort_keys=True) + "\n"}


def mail_to(address: str, form: Form) -> str:
    """An address that opens an e-mail with the questions of a form, each with what to write."""
    title = gettext(form.title)
    lines = [title, ""]
    for question in form.questions:
        lines += [f"{gettext(question.label)}:", f"({_hint(question)})", ""]
    body = "\r\n".join([*lines, gettext(END)])
    return f"mailto:{quote(address, safe='@')}?subject={quote(title)}&body={quote(body)}"


def _hint(question: Question) -> str:
    help_text = gettext(question.help)
    if question.kind in (Kind.ONE, Kind.SEVERAL) and len(question.choices) <= _MOST_LISTED:
        named = ", ".join(choice.sent for choice in question.choices)
        return f"{help_text} {named}."
    return help_text


def _listed(catalogue: ShownCatalogue) -> Iterator[tuple[str, str]]:
    """The code of each link by a short digest of its address, to know one again."""
    for resource in catalogue.current_resources:
        if resource.url:
            yield digest(addresses.same_page_key(resource.url)), resource.code


def digest(text: str) -> str:
    """FNV-1a of 32 bits as eight hexadecimal digits (draft-eastlake-fnv)."""
    total = 0x811C9DC5
    for byte in text.encode():
        total = ((total ^ byte) * 0x01000193) & 0xFFFFFFFF
    return f"{total:08x}"


@functools.cache
def _words() -> dict[str, str]:
    file = resources.files("linkindex.site").joinpath("suggest-words.yaml")
    written: dict[str, str] = table_of(file.read_text("utf-8"))
    return written
