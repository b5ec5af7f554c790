"""The issue forms: written from the index, read back by it, and known to be out of date."""

from __future__ import annotations

import re

import yaml
from click.testing import CliRunner

from linkindex.cli import main
from linkindex.upkeep.suggesting.issue_forms import FROM_THE_SITE, issue_forms
from linkindex.upkeep.suggesting.issues import answers_of_issue
from linkindex.upkeep.suggesting.questions import NOT_SURE, forms_of, known_as
from tests.conftest import STARTED
from tests.upkeep.test_suggestions import FOLDER, index

FORMS = {
    path: yaml.safe_load(text)
    for path, text in issue_forms(index()).items()
    if not path.endswith("config.yml")
}


def as_github_writes(form: dict, choose: int) -> str:
    """The body that GitHub makes of a form in which everything is answered."""
    parts = []
    for field in form["body"]:
        attributes = field["attributes"]
        if field["type"] == "markdown" or attributes["label"] == FROM_THE_SITE:
            continue
        answer = f"Answer to {attributes['label']}"
        if field["type"] == "dropdown":
            answer = attributes["options"][choose % len(attributes["options"])]
        if field["type"] == "checkboxes":
            boxes = [box["label"] for box in attributes["options"]]
            answer = "\n".join(
                f"- [{'X' if place == choose % len(boxes) else ' '}] {label}"
                for place, label in enumerate(boxes)
            )
        parts.append(f"### {attributes['label']}\n\n{answer}")
    return "\n\n".join(parts)


def test_every_answer_of_a_form_is_read_back_under_its_key() -> None:
    for path, form in FORMS.items():
        for choose in range(12):
            answers = answers_of_issue(as_github_writes(form, choose), forms_of(index()))
            assert answers.form.title == form["name"], path
            assert [*answers.given] == [question.key for question in answers.form.questions]
            assert not answers.twice


def test_the_forms_are_what_github_takes() -> None:
    # https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
    for form in FORMS.values():
        fields = [field for field in form["body"] if field["type"] != "markdown"]
        ids = [field["id"] for field in fields]
        labels = [known_as(field["attributes"]["label"]) for field in fields]
        assert len(set(ids)) == len(ids)
        assert len(set(labels)) == len(labels)
        assert all(re.fullmatch(r"[\w-]+", name) for name in ids)
        # https://docs.github.com/issues/tracking-your-work-with-issues/creating-an-issue
        assert not {"title", "body", "labels", "assignees", "template", "projects"} & set(ids)
        for field in fields:
            options = field["attributes"].get("options", [])
            names = [option if isinstance(option, str) else option["label"] for option in options]
            assert len(set(names)) == len(names)
            assert not any("," in name or name.casefold() == "none" for name in names)
            assert all(isinstance(name, str) for name in names)


def test_every_topic_can_be_chosen_and_a_sensitive_one_by_its_quiet_name() -> None:
    form = next(form for path, form in FORMS.items() if "suggest-a-link" in path)
    topic = next(field for field in form["body"] if field.get("id") == "answer-topic")
    assert topic["attributes"]["options"] == ["Home life (hb4)", "Money", "Sleep", NOT_SURE]
    assert "abuse" not in str(FORMS).casefold()


def test_only_what_can_be_filled_in_from_the_site_is_demanded() -> None:
    for form in FORMS.values():
        demanded = [field for field in form["body"] if field.get("validations", {}).get("required")]
        assert demanded
        assert {field["type"] for field in demanded} <= {"input", "textarea"}


def test_a_new_topic_makes_the_forms_out_of_date_until_they_are_written(tmp_path) -> None:
    text = (FOLDER / "resources.yaml").read_text("utf-8")
    catalogue = tmp_path / "resources.yaml"
    catalogue.write_text(text, "utf-8")
    where = ["--catalogue", str(catalogue)]

    def run(*words: str) -> str:
        done = CliRunner().invoke(main, [*words, *where], obj=STARTED)
        assert done.exit_code == 0, done.output
        return done.output

    assert "ISSUE_TEMPLATE" not in run("check")  # an index without forms owes none
    run("forms")
    assert "ISSUE_TEMPLATE" not in run("check")
    catalogue.write_text(text.replace("title: Money\n", "title: Money and debts\n"), "utf-8")
    found = run("check")
    assert "suggest-a-link.yml:1:1: warning: this form is not what the index says now" in found
    assert "suggest-a-topic.yml" not in found
    assert "suggest-a-link.yml" in run("forms")
    assert "as the index says" in run("forms")
