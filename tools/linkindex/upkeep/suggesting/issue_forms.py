"""The issue forms of GitHub, written from the questions and the index.

Their syntax: https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-issue-forms
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from linkindex.catalogue import Catalogue
from linkindex.catalogue.problems import Problem, Severity
from linkindex.speaking import Language, _, speaking
from linkindex.upkeep.suggesting.questions import (
    FROM_THE_SITE,
    NOT_SURE,
    Form,
    FormName,
    Kind,
    Question,
    forms_of,
)

FOLDER = ".github/ISSUE_TEMPLATE"

_FILES = {
    FormName.LINK: "suggest-a-link.yml",
    FormName.FAULT: "something-is-wrong.yml",
    FormName.TOPIC: "suggest-a-topic.yml",
}

SENT = "filled-in"
"""The id of the question that holds the answers given on the site."""


def file_of(name: FormName, language: Language, catalogue: Catalogue) -> str:
    """The file of a form in a language of an index; of the first, without its tag."""
    stem, _, suffix = _FILES[name].rpartition(".")
    return _FILES[name] if language == catalogue.languages[0] else f"{stem}.{language}.{suffix}"


def field_id(key: str) -> str:
    """The id of a question, by which an address fills it in.

    Not the key alone: an address uses `title`, `body` and others for the issue itself.
    """
    return f"answer-{key.replace('_', '-')}"


LABEL = "suggestion"
"""What every issue of these forms is labelled. GitHub gives it if the repository has it."""

_HEAD = (
    "# Written by `linkindex forms` from resources.yaml. Change the questions there, not here.\n"
)


def issue_forms(catalogue: Catalogue) -> dict[str, str]:
    """The text of every issue form, by its path below the folder of the index. Pure.

    There is one in each language of the index.
    """
    files: dict[str, str] = {}
    contacts = []
    for language in catalogue.languages:
        with speaking(language):
            contacts.append(
                {
                    "name": _("Suggest without an account"),
                    "url": f"{catalogue.address_in(language)}contribute/",
                    "about": _("A form on the site that sends an e-mail of your own."),
                }
            )
            for name, form in forms_of(catalogue.in_language(language)).items():
                path = f"{FOLDER}/{file_of(name, language, catalogue)}"
                files[path] = _HEAD + _dumped(_issue_form(form))
    chooser = {"blank_issues_enabled": True, "contact_links": contacts}
    return files | {f"{FOLDER}/config.yml": _HEAD + _dumped(chooser)}


def out_of_date(catalogue: Catalogue, found: Mapping[str, str | None]) -> tuple[Problem, ...]:
    """A warning for each issue form that is not as the index would write it.

    :param found: the text of each form, by its path; none where there is no such file. Where there
        is none at all, the index has no forms, and nothing is wrong.
    """
    wanted = issue_forms(catalogue)
    if all(found.get(path) is None for path in wanted):
        return ()
    return tuple(
        Problem(
            path,
            1,
            1,
            "this form is not what the index says now"
            if found.get(path) is not None
            else "this form is missing",
            "run `linkindex forms`, and commit what it writes",
            Severity.WARNING,
        )
        for path, text in wanted.items()
        if (found.get(path) or "").replace("\r\n", "\n") != text
    )


def _issue_form(form: Form) -> dict[str, Any]:
    body = [{"type": "markdown", "attributes": {"value": _(form.thanks)}}]
    body += [_field(question) for question in form.questions]
    body.append(
        {
            "type": "textarea",
            "id": SENT,
            "attributes": {
                "label": _(FROM_THE_SITE),
                "description": _(
                    "If you came from the site, your answers are here. Leave them as they are; "
                    "what you choose above counts for more."
                ),
            },
        }
    )
    return {
        "name": _(form.title),
        "description": _(form.about),
        "title": _(form.title) + ": ",
        "labels": [LABEL],
        "body": body,
    }


def _field(question: Question) -> dict[str, Any]:
    attributes: dict[str, Any] = {"label": _(question.label), "description": _(question.help)}
    if question.kind in (Kind.ONE, Kind.SEVERAL):
        options = [choice.sent for choice in question.choices]
        # A field to choose from cannot be filled in from the site, so none of them is demanded.
        if question.kind is Kind.SEVERAL:
            attributes["options"] = [{"label": label} for label in options]
            return {"type": "checkboxes", "id": field_id(question.key), "attributes": attributes}
        attributes["options"] = options
        if question.key == "topic":
            attributes["options"] = [*options, _(NOT_SURE)]
            if any(choice.sent != choice.shown for choice in question.choices):
                quietly = _("Some have a quiet name here, with their code.")
                attributes["description"] += f" {quietly}"
        return {"type": "dropdown", "id": field_id(question.key), "attributes": attributes}
    field = {
        "type": "textarea" if question.kind is Kind.TEXT else "input",
        "id": field_id(question.key),
        "attributes": attributes,
    }
    return field | ({"validations": {"required": True}} if question.needed else {})


def _dumped(document: dict[str, Any]) -> str:
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100)
