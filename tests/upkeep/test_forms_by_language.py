"""Forms in each language of an index: people see theirs, and what arrives is understood."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
import yaml

from linkindex.catalogue import Catalogue
from linkindex.site.suggesting import mail_to
from linkindex.speaking import speaking, translations_of
from linkindex.upkeep.suggesting.answering import answer, as_plain
from linkindex.upkeep.suggesting.issue_forms import FOLDER as FORMS
from linkindex.upkeep.suggesting.issue_forms import issue_forms, out_of_date
from linkindex.upkeep.suggesting.issues import answers_of_issue
from linkindex.upkeep.suggesting.mails import answers_of_email
from linkindex.upkeep.suggesting.questions import FormName, Kind, forms_of, known_as
from linkindex.upkeep.suggesting.understanding import NewLink, understood
from tests.catalogue.small import examined
from tests.conftest import REPOSITORY, STARTED
from tests.upkeep.test_issue_forms import as_github_writes

BILINGUAL = (REPOSITORY / "tests/data/bilingual.yaml").read_text("utf-8")
GIVEN = {
    "url": "https://www.example.org/lullabies",
    "title": "Hwiangerddi",
    "publisher": "Elusen Enghraifft",
    "topic": "Cwsg",
    "summary": "Caneuon i dawelu plentyn.",
    "audiences": "Teuluoedd, Pobl ifanc",
    "format": "Canllaw",
    "nations": "Cymru",
    "cost": "Mae peth ohono am ddim",
}


def _index(order: str) -> Catalogue:
    text = BILINGUAL.replace("[en, cy]\n", f"[{order}]\n  texts_in: en\n")
    found = examined(text).catalogue
    assert found is not None
    return found


def _welsh_mail(index: Catalogue) -> bytes:
    """What the site writes into an e-mail on its Welsh page, each answer behind its question."""
    with speaking("cy"):
        form = forms_of(index.in_language("cy"))[FormName.LINK]
        body = parse_qs(mail_to(index.settings.contact, form).partition("?")[2])["body"][0]
    for question in form.questions:
        heading = f"{question.labels['cy']}:"
        assert heading in body
        body = body.replace(heading, f"{heading} {GIVEN.get(question.key, '')}")
    return body.encode()


@pytest.mark.parametrize("order", ["en, cy", "cy, en"])
def test_an_e_mail_in_welsh_is_understood_as_one_in_english_is(order: str) -> None:
    index = _index(order)
    raw = _welsh_mail(index)
    what = understood(answers_of_email(raw, forms_of(index)), index, STARTED.date())
    assert what.questions == ()
    assert isinstance(what.suggestion, NewLink)
    assert what.suggestion.category_id == "sleep"
    entry = what.suggestion.entry
    assert entry["audiences"] == ["families", "young-people"]
    assert (entry["format"], entry["nations"]) == ("guide", ["wales"])
    assert entry["cost"] == "part-free"
    assert entry["summary"] == GIVEN["summary"]


def test_a_form_in_another_language_than_the_first_is_said_to_be_in_it() -> None:
    for order, is_said in (("en, cy", True), ("cy, en", False)):
        index = _index(order)
        what = understood(
            answers_of_email(_welsh_mail(index), forms_of(index)), index, STARTED.date()
        )
        said = as_plain(answer(what, None, index))
        assert ("This came by the form in Welsh" in said) is is_said


def test_no_english_heading_stands_in_an_e_mail_of_a_welsh_page() -> None:
    body = _welsh_mail(_index("en, cy")).decode()
    english = {
        text
        for form in forms_of(_index("en, cy")).values()
        for question in form.questions
        for text in (question.label, question.help, *(each.label for each in question.choices))
        if translations_of("cy").text(text) != text
    }
    assert len(english) > 40
    lines = {part.strip("() .:") for line in body.split("\r\n") for part in line.split(", ")}
    assert english & lines == set()
    assert "End of the form" not in body


@pytest.mark.parametrize("order", ["en, cy", "cy, en"])
def test_there_is_an_issue_form_in_each_language_and_each_is_read_back(order: str) -> None:
    index = _index(order)
    files = {path.removeprefix(f"{FORMS}/"): text for path, text in issue_forms(index).items()}
    first, second = index.languages
    for stem in ("suggest-a-link", "something-is-wrong", "suggest-a-topic"):
        for name, language in ((f"{stem}.yml", first), (f"{stem}.{second}.yml", second)):
            form = yaml.safe_load(files[name])
            for choose in range(12):
                read = answers_of_issue(as_github_writes(form, choose), forms_of(index))
                assert read.language == language
                assert [*read.given] == [question.key for question in read.form.questions]
                what = understood(read, index, STARTED.date())
                asked = [one for one in what.questions if "none of the choices" in one]
                assert asked == []
    names = {
        yaml.safe_load(files[f"suggest-a-link{tag}.yml"])["name"] for tag in ("", f".{second}")
    }
    assert names == {"Suggest a link", "Awgrymu dolen"}
    chooser = yaml.safe_load(files["config.yml"])["contact_links"]
    assert [link["url"] for link in chooser] == [
        "https://example.org/contribute/",
        f"https://example.org/{second}/contribute/",
    ]
    assert [problem.file for problem in out_of_date(index, dict.fromkeys(issue_forms(index), ""))]


def test_no_two_questions_of_a_form_can_be_taken_for_each_other_in_any_language() -> None:
    for form in forms_of(_index("en, cy")).values():
        for one in form.questions:
            for other in form.questions:
                assert one is other or not one.names & other.names
            for label in one.labels.values():
                assert ":" not in label, "a colon ends the question"
                assert len(label) <= 80, "a longer one is not known again"
            # What is chosen stands with commas between.
            for choice in one.choices if one.kind is Kind.SEVERAL else ():
                assert "," not in choice.sent
                assert known_as(choice.sent)
