"""An index whose texts are given in several languages."""

from __future__ import annotations

import pytest

from linkindex.catalogue import Catalogue, Examined, Severity, ShownCatalogue, examine
from linkindex.catalogue.languages import unread_words, untranslated
from linkindex.catalogue.rules.style import style_problems
from linkindex.catalogue.rules.telling import words_in
from linkindex.catalogue.telling import Telling
from linkindex.icons import icon_names
from linkindex.links.sources import catalogue_links, changed_links, identities
from linkindex.visits.counting import FEWEST, visits
from linkindex.visits.logs import Opened
from tests.catalogue.small import SMALLEST, TODAY, examined, valid
from tests.conftest import REPOSITORY

BILINGUAL = (REPOSITORY / "tests/data/bilingual.yaml").read_text("utf-8")
IN_BOTH = "  languages: [en, cy]\n"


def both(text: str = BILINGUAL) -> tuple[Catalogue, Examined]:
    found = examined(text)
    assert found.catalogue is not None, [str(problem) for problem in found.problems]
    return found.catalogue, found


def test_an_index_without_a_word_about_languages_is_in_english_alone() -> None:
    index = valid()
    assert (index.language, index.languages, index.translations) == ("en", ("en",), ())
    assert index.category("aces").language_of("title") is None


def test_each_text_is_there_in_the_language_that_is_asked_for() -> None:
    english, _ = both()
    welsh = english.in_language("cy")
    assert [each.settings.name for each in (english, welsh)] == ["Good Links", "Dolenni Da"]
    for index, title, prompt, caution, need in (
        (english, "Sleep", "Who is there?", "Never shake a baby.", "A child who does not sleep"),
        (welsh, "Cwsg", "Pwy sydd yno?", "Peidiwch byth ag ysgwyd babi.", "Plentyn nad yw'n cysgu"),
    ):
        sleep = index.category("sleep")
        said = sleep.title, sleep.card.prompts[1], sleep.cautions[0].text, sleep.needs.families
        assert said == (title, prompt, caution, need)
    assert welsh.category("crying").card.prompts[2] == "Pwy all ddal y babi?"
    assert welsh.glossary[1].term == "Llygoden"
    assert welsh.in_language("en").settings == english.settings
    with pytest.raises(KeyError):
        english.in_language("pl")


def test_the_first_language_is_the_one_that_is_named_first() -> None:
    welsh, _ = both(BILINGUAL.replace("[en, cy]", "[cy, en]"))
    assert (welsh.language, welsh.category("sleep").title) == ("cy", "Cwsg")
    assert welsh.in_language("en").category("sleep").title == "Sleep"


def test_a_text_that_is_missing_comes_from_another_language_which_is_noted() -> None:
    english, _ = both()
    songs = english.in_language("cy").resource("night-songs")
    assert (songs.title, songs.language_of("title")) == ("Night songs", "en")
    assert (songs.summary, songs.language_of("summary")) == ("Caneuon ar gyfer y nos.", None)
    assert songs.language_of("publisher") is None, "a name that is given once holds in all"
    text = SMALLEST.replace("organisation: Example Council\n", f"organisation: A\n{IN_BOTH}")
    text = text.replace(
        "Who is there?, What comes next?",
        "{en: Who is there?, cy: Pwy sydd yno?}, What comes next?",
    ).replace("    group: core\n", "    group: core\n    cautions: [Take care.]\n")
    aces = both(text)[0].in_language("cy").category("aces")
    marked = [aces.language_of(f"card.prompts.{number}") for number in range(3)]
    assert marked == ["en", None, "en"]
    assert aces.language_of("card.front") == "en"
    assert (aces.cautions[0].text, aces.cautions[0].language_of("caution")) == ("Take care.", "en")


def test_texts_that_are_given_once_may_be_said_to_be_in_another_language_than_the_first() -> None:
    text = SMALLEST.replace(
        "  organisation: Example Council\n",
        "  organisation: A\n  languages: [cy, en]\n  texts_in: en\n",
    )
    welsh, found = both(text)
    assert welsh.category("aces").language_of("title") == "en"
    assert welsh.in_language("en").category("aces").language_of("title") is None
    (missing,) = untranslated(welsh, found.tree)  # type: ignore[arg-type]
    assert "in `cy` (Welsh)" in missing.what


def test_what_is_missing_is_counted_for_each_language_with_the_first_places() -> None:
    english, found = both()
    assert found.tree is not None
    (missing,) = untranslated(english, found.tree)
    line = 1 + BILINGUAL.split("\n").index("        title: Night songs")
    assert (missing.line, missing.severity) == (line, Severity.WARNING)
    assert "1 text is not there in `cy` (Welsh)" in missing.what
    assert "(1 `title`)" in missing.what
    strict = untranslated(english, found.tree, strict=True)
    assert [problem.severity for problem in strict] == [Severity.ERROR]
    whole = BILINGUAL.replace("title: Night songs", "title: {en: Night songs, cy: Caneuon nos}")
    index, found = both(whole)
    assert untranslated(index, found.tree) == ()  # type: ignore[arg-type]


def test_what_is_shown_to_nobody_is_not_missing() -> None:
    gone = "retired: {on: 2026-11-20, successor: sleep-tips}\n        title: Night songs"
    index, found = both(BILINGUAL.replace("title: Night songs", gone))
    assert untranslated(index, found.tree) == ()  # type: ignore[arg-type]


def test_a_place_is_that_of_the_text_in_its_language() -> None:
    english, _ = both()
    lines = BILINGUAL.split("\n")
    for index, text in ((english, "en: Your child"), (english.in_language("cy"), "cy: Nid yw")):
        line = index.resource("sleep-tips").line_of("use_when")
        assert lines[line - 1].strip().startswith(text)


def test_a_link_with_an_address_in_each_language_is_checked_at_each() -> None:
    english, _ = both()
    tips = [link for link in catalogue_links(english) if link.owner_id == "sleep-tips"]
    addresses = ["https://www.example.org/sleep", "https://www.example.org/cy/cwsg"]
    assert [link.address for link in tips] == addresses
    lines = BILINGUAL.split("\n")
    assert all(link.address in lines[link.line - 1] for link in tips)
    known = identities(english)
    assert [known[address].title for address in addresses] == ["Sleep tips", "Cynghorion cysgu"]
    assert [known[address].language for address in addresses] == ["en", "cy"]
    before = BILINGUAL.replace("cy/cwsg", "cy/cysgu").encode()
    assert [link.address for link in changed_links(tips, before)] == addresses[1:]


def test_a_link_that_is_withheld_is_withheld_in_every_language() -> None:
    english, _ = both()
    shown = ShownCatalogue.of(english, {"sleep-tips"})
    for language in ("en", "cy"):
        there = shown.in_language(language)
        assert isinstance(there, ShownCatalogue)
        assert "sleep-tips" not in [each.id for each in there.current_resources]


def test_style_is_asked_in_english_alone_but_length_in_every_language() -> None:
    long = " ".join(["gair"] * 21)
    text = BILINGUAL.replace("cy: Ffyrdd o dawelu babi.", f"cy: {long} DVLO.").replace(
        "en: Ways to calm a baby.", "en: Ways to calm a DVLO."
    )
    index, found = both(text)
    assert found.tree is not None
    said = [str(problem) for problem in style_problems(index, found.tree)]
    assert len([line for line in said if "22 words, over 20" in line]) == 1
    assert len([line for line in said if "`DVLO`" in line]) == 1


def test_an_answer_to_a_warning_in_one_language_answers_something() -> None:
    allow = "        allow: [{rule: acronym, reason: Everybody knows it.}]\n"
    text = BILINGUAL.replace(
        "        title: {en: A crying baby, cy: Babi'n crio}\n",
        f"        title: {{en: A crying DVLO, cy: Babi'n crio}}\n{allow}",
    )
    index, found = both(text)
    said = [str(problem) for problem in style_problems(index, found.tree)]  # type: ignore[arg-type]
    assert [line for line in said if "DVLO" in line or "answers no warning" in line] == []


@pytest.mark.parametrize(
    "text",
    [
        *("trais", "o drais", "fy nhrais", "a thrais", "Cam-drin", "ei gam-drin", "eu hiselder"),
        *("iechyd meddwl", "cocên", "ei loches", "sexual"),
    ],
)
def test_welsh_words_tell_however_they_begin(text: str) -> None:
    assert words_in("cy").words(text)


@pytest.mark.parametrize("text", ["Bore da", "Iechyd da", "meddwl am rywun", "Amser i siarad"])
def test_harmless_welsh_tells_nothing(text: str) -> None:
    assert words_in("cy").words(text) == set()


def test_what_a_topic_is_called_in_any_language_tells_it_in_all() -> None:
    english, _ = both()
    for index in (english, english.in_language("cy")):
        telling = Telling(index)
        assert telling.tells("Help: domestic abuse")
        assert telling.tells("Cymorth: Cam-drin domestig")
        assert not telling.tells("Cwsg")


def test_another_language_may_have_sayings_of_its_own() -> None:
    files = {"meanings.yaml": b"sleep: [he is awake]\n", "meanings.cy.yaml": b"sleep: [yn effro]\n"}

    def said(beside: dict[str, bytes]) -> list[tuple[str, ...]]:
        def read(name: str) -> bytes:
            if name not in beside:
                raise FileNotFoundError
            return beside[name]

        found = examine(
            BILINGUAL.encode(), file="resources.yaml", icons=icon_names(), today=TODAY, read=read
        )
        assert found.catalogue is not None
        editions = (found.catalogue, found.catalogue.in_language("cy"))
        return [edition.meanings["sleep"] for edition in editions]

    assert said(files) == [("he is awake",), ("yn effro",)]
    del files["meanings.cy.yaml"]
    assert said(files) == [("he is awake",), ("he is awake",)]


def test_check_says_in_which_languages_nobody_has_read_the_words_of_the_site() -> None:
    assert unread_words(valid()) == ()
    (said,) = unread_words(both()[0])
    assert "nobody has yet read the Welsh of the site itself" in said.what
    french = valid(("  organisation: Example Council\n", "  organisation: A\n  languages: [fr]\n"))
    (said,) = unread_words(french)
    assert "are not there in French" in said.what
    assert said.severity is Severity.WARNING


def test_a_code_is_counted_in_whatever_language_it_was_opened() -> None:
    english, _ = both()
    paths = ("/keyring/q/sleep", "/keyring/cy/q/sleep.html", "/keyring/pl/q/sleep")
    opened = [Opened(path, "2026-11") for path in paths for _ in range(FEWEST)]
    (code,) = visits(opened, english, "/keyring/").counted
    assert (code.code, code.months) == ("sleep", {"2026-11": 2 * FEWEST})
    assert visits([Opened("/cy/q/aces", "2026-11")] * FEWEST, valid()).counted == ()
