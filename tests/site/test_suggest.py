"""The form 'Add or mend a link': what it says and offers, and that it sends nothing by itself."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from tests.conftest import SAMPLE, STARTED, NewPage
from tests.site.conftest import PHONE, wait_for_what_was_begun
from tests.support.take_pictures_of_changes import pictures

from linkindex.catalogue import Catalogue, ShownCatalogue, examine
from linkindex.icons import icon_names
from linkindex.site.suggesting import mail_to, suggestion_files, suggestion_form
from linkindex.upkeep.suggesting.issue_forms import SENT, field_id
from linkindex.upkeep.suggesting.issues import answers_of_issue
from linkindex.upkeep.suggesting.mails import answers_of_email
from linkindex.upkeep.suggesting.questions import FormName, forms_of
from linkindex.upkeep.suggesting.understanding import Mend, NewLink, understood

SAFE_LINK = (
    "https://eur03.safelinks.protection.outlook.com/"
    "?url=https%3A%2F%2Fwww.nhs.uk%2Fbedtime&data=05%7C02%7Cworker%40example.gov.uk"
)


@pytest.fixture
def page(browser: Browser, host: str) -> Iterator[Page]:
    opened = browser.new_page(viewport=PHONE)
    opened.goto(f"{host}contribute/")
    opened.wait_for_load_state("networkidle")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def sensitive(catalogue: Catalogue) -> str:
    return next(topic.id for topic in catalogue.current_categories if topic.sensitive)


def fill(page: Page, topic: str) -> None:
    page.fill("#link-url", SAFE_LINK)
    page.fill("#link-title", 'Bedtime: "calm" #stories')
    page.fill("#link-publisher", "NHS")
    page.select_option("#link-topic", topic)
    page.fill("#link-summary", "Stories to read at bedtime,\nfor tired parents.")
    page.get_by_label("Families", exact=True).check()
    page.get_by_label("Young people", exact=True).check()
    page.select_option("#link-format", "helpline")
    page.get_by_label("Wales", exact=True).check()
    page.fill("#link-phone", "0808 80 10 800")


def mailed(page: Page) -> bytes:
    """What arrives of the e-mail that the page offers."""
    href = page.get_attribute("[data-way=mail]", "href") or ""
    address, _, query = href.removeprefix("mailto:").partition("?")
    given = parse_qs(query)
    message = EmailMessage()
    message["To"], message["Subject"] = unquote(address), given["subject"][0]
    message.set_content(given["body"][0])
    return message.as_bytes()


def test_what_is_filled_in_arrives_by_e_mail_whole(
    page: Page, catalogue: Catalogue, sensitive: str
) -> None:
    fill(page, sensitive)
    answers = answers_of_email(mailed(page), forms_of(catalogue))
    what = understood(answers, catalogue, STARTED.date())
    assert what.questions == ()
    assert isinstance(what.suggestion, NewLink)
    assert what.suggestion.category_id == sensitive
    assert what.suggestion.entry == {
        "id": "bedtime-calm-stories",
        "title": 'Bedtime: "calm" #stories',
        "url": "https://www.nhs.uk/bedtime",
        "publisher": "NHS",
        "summary": "Stories to read at bedtime, for tired parents.",
        "audiences": ["families", "young-people"],
        "format": "helpline",
        "nations": ["wales"],
        "phone": "0808 80 10 800",
        "added": STARTED.date(),
    }


def test_what_is_sent_names_a_sensitive_topic_by_its_quiet_name(
    page: Page, catalogue: Catalogue, sensitive: str
) -> None:
    topic = catalogue.category(sensitive)
    fill(page, sensitive)
    sent = unquote(page.get_attribute("[data-way=mail]", "href") or "")
    sent += unquote(page.get_attribute("[data-way=issue]", "href") or "")
    assert f"{topic.outside_title} ({topic.code})" in sent
    assert topic.title not in sent
    assert "worker@example.gov.uk" not in sent


def test_an_issue_form_is_filled_in_without_a_field_to_choose_from(
    page: Page, catalogue: Catalogue, sensitive: str
) -> None:
    fill(page, sensitive)
    href = urlsplit(page.get_attribute("[data-way=issue]", "href") or "")
    assert href.path == "/example/linkindex/issues/new"
    given = {name: values[0] for name, values in parse_qs(href.query).items()}
    form = forms_of(catalogue)[FormName.LINK]
    assert given.pop("template") == "suggest-a-link.yml"
    assert given.pop("title") == "Suggest a link"
    sent = given.pop(SENT)
    typed = {
        field_id(question.key): question for question in form.questions if not question.choices
    }
    assert set(given) <= set(typed)
    body = "\n\n".join(
        f"### {question.label}\n\n{given.get(field_id(question.key), '_No response_')}"
        for question in form.questions
    )
    answers = answers_of_issue(
        f"{body}\n\n### Filled in on the site\n\n{sent}", forms_of(catalogue)
    )
    assert understood(answers, catalogue, STARTED.date()).questions == ()


def test_the_lines_to_copy_stand_in_the_file_as_they_are(page: Page, sensitive: str) -> None:
    fill(page, sensitive)
    block = page.input_value("[data-block]")
    text = SAMPLE.read_text("utf-8")
    # Below the first link of all.
    first = text.index("\n\n", text.index("    resources:\n"))
    examined = examine(
        f"{text[:first]}\n\n{block}{text[first:]}".encode(),
        file="resources.yaml",
        icons=icon_names(),
        today=STARTED.date().replace(year=STARTED.year + 50),
    )
    assert examined.catalogue is not None, [str(problem) for problem in examined.errors]
    link = examined.catalogue.resource("bedtime-calm-stories")
    assert (link.title, link.url) == ('Bedtime: "calm" #stories', "https://www.nhs.uk/bedtime")
    assert link.summary == "Stories to read at bedtime, for tired parents."
    assert link.phone is not None


def test_an_address_is_judged_while_it_is_typed(page: Page, catalogue: Catalogue) -> None:
    said = page.locator("#link-url-said")
    for typed, sentence in (
        (SAFE_LINK, "Outlook Safe Links"),
        (SAFE_LINK, "Taken instead: https://www.nhs.uk/bedtime"),
        ("https://www.nhs.uk/x?utm_source=a", "utm_source"),
        ("http://192.168.0.1/", "from outside your network"),
        ("somebody@example.org", "in its own field"),
        ("https://www.nhs.uk/bedtime", "can be used"),
        (f"{catalogue.current_resources[0].url}?fbclid=x", catalogue.current_resources[0].code),
    ):
        page.fill("#link-url", typed)
        assert sentence in said.inner_text(), typed


def test_what_is_missing_is_named_until_it_is_there(page: Page, sensitive: str) -> None:
    missing = page.locator("[data-missing]")
    assert missing.inner_text() == ""
    page.fill("#link-title", "Bedtime")
    assert "Address of the page, Who made it, Topic" in missing.inner_text()
    fill(page, sensitive)
    assert missing.inner_text() == "Everything that is needed is here."


def test_something_wrong_opens_the_form_with_the_code_of_the_link_alone(
    browser: Browser, host: str, catalogue: Catalogue
) -> None:
    topic = next(topic for topic in catalogue.current_categories if topic.sensitive)
    link = catalogue.resources_of(topic)[0]
    opened = browser.new_page(viewport=PHONE)
    for start in (f"{topic.code}/", f"r/{link.code}"):
        opened.goto(host + start)
        opened.locator(f"a[href$='#wrong-{link.code}']").click()
        expect(opened.locator("#fault-link")).to_have_value(link.code)
        opened.select_option("#fault-fault", "gone")
        answers = answers_of_email(mailed(opened), forms_of(catalogue))
        what = understood(answers, catalogue, STARTED.date()).suggestion
        assert isinstance(what, Mend)
        assert (what.resource.id, what.fault) == (link.id, "gone")
        offered = unquote(" ".join(
            opened.get_attribute(f"[data-way={way}]", "href") or "" for way in ("mail", "issue")
        )) + opened.input_value("[data-block]")  # fmt: skip
        for telling in (link.title, link.publisher, topic.title, str(link.url)):
            assert telling not in offered
    opened.close()


def test_every_link_has_something_wrong(site, catalogue: Catalogue) -> None:
    for topic in catalogue.current_categories:
        text = (site / topic.code / "index.html").read_text("utf-8")
        for link in catalogue.resources_of(topic):
            assert f"#wrong-{link.code}" in text
            assert f"#wrong-{link.code}" in (site / "r" / f"{link.code}.html").read_text("utf-8")


def test_the_page_sends_and_keeps_nothing(browser: Browser, host: str, sensitive: str) -> None:
    opened = browser.new_page(viewport=PHONE)
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    opened.goto(f"{host}contribute/")
    opened.wait_for_load_state("networkidle")
    before = list(asked)
    fill(opened, sensitive)
    opened.keyboard.press("Enter")
    opened.click("[data-way=copy]")
    wait_for_what_was_begun(opened)
    assert asked == before
    assert all(line.startswith(f"GET {host}") for line in asked)
    stored = opened.evaluate("[localStorage.length, sessionStorage.length, document.cookie.length]")
    assert stored == [0, 0, 0]
    opened.reload()
    assert opened.input_value("#link-title") == ""
    opened.close()


def test_where_the_host_fails_the_form_still_says_what_it_sends(
    host: str, sensitive: str, new_page: NewPage
) -> None:
    opened = new_page(viewport=PHONE)
    faults: list[str] = []
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    opened.route("**/assets/suggest.json", lambda route: route.fulfill(status=503, body="{}"))
    with opened.expect_response("**/assets/suggest.json"):
        opened.goto(f"{host}contribute/")
    fill(opened, sensitive)
    opened.click("[data-way=copy]")
    assert 'Bedtime: "calm" #stories' in mailed(opened).decode()
    assert faults == []


def test_without_scripts_it_is_three_e_mails_with_the_questions(
    browser: Browser, host: str, catalogue: Catalogue
) -> None:
    opened = browser.new_page(java_script_enabled=False)
    opened.goto(f"{host}contribute/")
    assert not opened.locator("[data-form]").is_visible()
    links = opened.locator("[data-plain] a")
    assert links.count() == len(FormName)
    for place, form in enumerate(forms_of(catalogue).values()):
        href = links.nth(place).get_attribute("href") or ""
        assert href == mail_to(catalogue.settings.contact, form)
        body = parse_qs(href.partition("?")[2])["body"][0]
        assert [f"{question.label}:" in body for question in form.questions]
        assert len(href) < 2000 or form.name is FormName.LINK
    opened.close()


def test_an_index_without_a_repository_offers_e_mail_and_a_copy(catalogue: Catalogue) -> None:
    def offered(repository: str | None) -> str:
        settings = catalogue.settings.model_copy(update={"repository": repository})
        return suggestion_form(
            ShownCatalogue.of(dataclasses.replace(catalogue, settings=settings), ())
        )

    for elsewhere in (None, "https://git.example.org/links"):
        assert 'data-way="issue"' not in offered(elsewhere)
        assert 'data-way="mail"' in offered(elsewhere)
        assert 'data-way="copy"' in offered(elsewhere)
    assert 'data-way="issue"' in offered("https://github.com/example/links")


def test_what_the_page_fetches_names_no_link(catalogue: Catalogue) -> None:
    (text,) = suggestion_files(ShownCatalogue.of(catalogue, ())).values()
    listed = json.loads(text)["listed"]
    assert len(listed) > len(catalogue.current_resources) / 2
    for link in catalogue.current_resources:
        assert link.title not in json.dumps(listed)


def test_a_review_has_pictures_of_each_changed_topic_on_both_screens(
    browser: Browser, site: Path, tmp_path: Path
) -> None:
    assert pictures(browser, site, ["aces", "nosuch"], tmp_path / "pictures") == [
        "aces-phone.png",
        "aces-desktop.png",
    ]
    with Image.open(tmp_path / "pictures" / "aces-phone.png") as picture:
        assert picture.width == PHONE["width"]
        assert picture.height > PHONE["height"]
