"""Which language is spoken, and what is said in it."""

from __future__ import annotations

import datetime
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from linkindex.site.templating import html_environment
from linkindex.speaking import (
    Sayings,
    Translations,
    direction,
    html_language,
    ngettext,
    pgettext,
    speaking,
    spoken,
    translations,
)
from linkindex.speaking import gettext as say
from linkindex.speaking.extracting import begun
from linkindex.speaking.frames import frame_text, spoken_frame
from linkindex.speaking.language import LONGER, MIRRORED
from linkindex.speaking.pseudo import BEGINS, ENDS, LENGTHENED, pseudo_text
from linkindex.speaking.scripts import calls, spoken_script
from linkindex.speaking.translations import NOBODY, catalogue_path, read_translations
from linkindex.speaking.words import date_in_words, listed, month_in_words, short_date

DAY = datetime.date(2026, 9, 3)
POLISH = """
msgid ""
msgstr ""
"Language: pl\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4"
" && (n%100<12 || n%100>14) ? 1 : 2);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Leave this site"
msgstr "Opuść \\"tę\\" stronę"

msgid "{n} link"
msgid_plural "{n} links"
msgstr[0] "{n} link"
msgstr[1] "{n} linki"
msgstr[2] "{n} linków"

msgctxt "verb"
msgid "Text"
msgstr "Napisz"

#, fuzzy
msgid "Menu"
msgstr "Nie wiadomo"

msgid "Call %(number)s <b>now</b>"
msgstr "Zadzwoń <b>teraz</b>: %(number)s"
"""


@pytest.fixture
def polish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A language with a catalogue of its own, for this test alone."""
    path = tmp_path / "pl.po"
    path.write_text(POLISH, "utf-8")
    found = read_translations(path, "pl")
    known = translations.translations_of

    def of(language: str) -> Translations:
        return found if language == "pl" else known(language)

    for module in ("said", "scripts"):
        monkeypatch.setattr(f"linkindex.speaking.{module}.translations_of", of)
    monkeypatch.setattr("linkindex.site.templating.translations_of", of)


def test_english_is_spoken_unless_another_language_is_named() -> None:
    assert (spoken(), html_language(), direction()) == ("en", "en-GB", "ltr")
    with speaking("cy"):
        assert (spoken(), html_language(), direction()) == ("cy", "cy", "ltr")
        with speaking("ur"):
            assert (html_language(), direction()) == ("ur", "rtl")
    assert spoken() == "en"


@pytest.mark.usefixtures("polish")
def test_a_message_is_said_in_the_language_that_is_spoken_when_it_is_said() -> None:
    names = Sayings({"leave": "Leave this site"})
    with speaking("pl"):
        assert say("Leave this site") == names["leave"] == 'Opuść "tę" stronę'
        assert names.english["leave"] == "Leave this site"
        assert pgettext("verb", "Text") == "Napisz"
        assert say("Text") == "Text", "the same word in another sense is another message"
    assert say("Leave this site") == names["leave"] == "Leave this site"


@pytest.mark.usefixtures("polish")
def test_what_nobody_translated_or_is_not_sure_of_is_said_in_english() -> None:
    with speaking("pl"):
        assert say("Search") == "Search"
        assert say("Menu") == "Menu"
        assert ngettext("{n} topic", "{n} topics", 2) == "2 topics"


@pytest.mark.usefixtures("polish")
def test_a_count_has_the_form_that_its_language_has_for_it() -> None:
    said = {count: ngettext("{n} link", "{n} links", count) for count in (0, 1, 2)}
    assert said == {0: "0 links", 1: "1 link", 2: "2 links"}
    with speaking("pl"):
        forms = [ngettext("{n} link", "{n} links", count) for count in (1, 3, 5, 12, 22)]
    assert forms == ["1 link", "3 linki", "5 linków", "12 linków", "22 linki"]


@pytest.mark.usefixtures("polish")
def test_a_template_fills_places_with_escaped_values_and_keeps_the_tags_of_a_message() -> None:
    template = html_environment().from_string(
        '{{ _("Call %(number)s <b>now</b>", number=number) }} '
        '<i title="{{ _("Leave this site") }}">'
        "{% trans count=count %}one{% pluralize %}{{ count }} of them{% endtrans %}"
    )
    values = {"number": "<1>", "count": 2}
    assert template.render(values) == (
        'Call &lt;1&gt; <b>now</b> <i title="Leave this site">2 of them'
    )
    with speaking("pl"):
        assert template.render(values).startswith(
            'Zadzwoń <b>teraz</b>: &lt;1&gt; <i title="Opuść &quot;tę&quot; stronę">'
        )


@pytest.mark.usefixtures("polish")
def test_a_frame_says_the_same_from_a_catalogue_and_put_in() -> None:
    frame = '<a title="{{ _("Leave this site") }}">{{ _("Leave this site") | upper }}</a>'
    with speaking("pl"):
        assert frame_text("Leave this site") == "Opuść &quot;tę&quot; stronę"
        put_in = spoken_frame(frame)
    assert put_in == (
        '<a title="Opuść &quot;tę&quot; stronę">{{ "Opuść &quot;tę&quot; stronę" | upper }}</a>'
    )


SCRIPT = """
said = _("Leave this site");
said += _n(count, "{n} link", "{n} links");
said += _p("verb", "Text") + ", " + _("From {from}: {what}", { from, what: f(1, "a, b)") });
"""


def run(script: str) -> str:
    """What a script says, given three links."""
    node = shutil.which("node")
    whole = f"let said; const count = 3, from = 'Ada', f = (a, b) => b;{script};console.log(said)"
    if node is None:
        pytest.fail("the tests of scripts need node")
    ended = subprocess.run([node, "-e", whole], capture_output=True, text=True, check=True)
    return ended.stdout.strip()


@pytest.mark.usefixtures("polish")
def test_a_script_says_its_messages_in_the_language_of_the_site() -> None:
    assert [call.texts for call in calls(SCRIPT)][1] == ("{n} link", "{n} links")
    english = spoken_script(SCRIPT)
    assert '"Leave this site"' in english
    assert 'count+" link"+(count!=1?"s":"")' in english
    with speaking("pl"):
        polish = spoken_script(SCRIPT)
    assert json.dumps('Opuść "tę" stronę', ensure_ascii=False) in polish
    assert '["","i","ów"][+((' in polish
    assert run(english) == "Leave this site3 linksText, From Ada: a, b)"
    assert run(polish) == 'Opuść "tę" stronę3 linkiNapisz, From Ada: a, b)'


@pytest.mark.parametrize(
    "script", ['_("a {name}")', '_n(2, "a")', '_("never closed"', '_("a", values)', "_n(2, a, b)"]
)
def test_a_message_of_a_script_that_cannot_be_looked_up_is_refused(script: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        list(calls(script))


def test_what_is_no_message_in_a_script_of_others_stays() -> None:
    script = 'var a=_n(e,t);_("a {b}");_n(1,2);x._("a");y_("b");_("never closed'
    assert spoken_script(script) == script


def test_days_and_lists_are_said_as_a_language_says_them() -> None:
    assert date_in_words(DAY) == "3 September 2026"
    assert month_in_words(DAY) == "September 2026"
    assert listed(["one", "two", "three"]) == "one, two and three"
    assert listed(["one"]) == "one"
    with speaking("cy"):
        assert date_in_words(DAY) == "3 Medi 2026"
        assert short_date(DAY) == "3 Medi 2026"
        assert listed(["un", "dau"]) == "un, dau"


def test_a_pseudo_language_shows_where_a_message_is_and_keeps_its_places() -> None:
    message = "Call %(number)s or <b>write</b> to {name}"
    for language in (LONGER, MIRRORED):
        said = pseudo_text(message, language)
        assert said.startswith(BEGINS)
        assert said.endswith(ENDS)
        assert all(part in said for part in ("%(number)s", "<b>", "</b>", "{name}"))
    letters = len("Call or write to")
    assert len(pseudo_text(message, LONGER)) >= len(message) + LENGTHENED * letters


def test_a_catalogue_is_begun_with_every_message_and_nobody_has_read_it(tmp_path: Path) -> None:
    path = tmp_path / "cy.po"
    path.write_text(begun("cy"), "utf-8")
    assert 'msgid "Leave this site"' in begun("cy")
    found = read_translations(path, "cy")
    assert (found.forms, found.reviewed_by) == ({}, NOBODY)
    assert catalogue_path("en-XA").parts[-3] == "en_XA"


def test_a_list_in_welsh_has_no_and_that_would_have_to_change_the_next_word() -> None:
    with speaking("cy"):
        assert listed(["Lloegr", "Yr Alban", "Cymru"]) == "Lloegr, Yr Alban, Cymru"
