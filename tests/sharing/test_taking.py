"""An index that takes topics of another is read as one, by the same rules."""

from __future__ import annotations

import json
import re

import pytest

from linkindex.catalogue import ShownCatalogue, load
from linkindex.catalogue.renamed import Renamed
from linkindex.catalogue.rules.style import style_problems
from linkindex.catalogue.shared.share import digest_of
from linkindex.icons import icon_names
from linkindex.site.exports import Discretion
from linkindex.site.health import LinkNotes
from linkindex.site.lists.files import list_files
from linkindex.site.scan import scan_pages
from tests.sharing.support import (
    HEAD,
    LOCAL,
    UPSTREAM,
    extends,
    own,
    read,
    sentences,
    shared,
    taken,
    upstream,
    whole,
)


def titles(index, topic):
    return [link.title for link in index.resources_of(index.category(topic))]


def test_a_topic_comes_with_its_links_group_words_deck_and_urgent_help():
    index = whole(taken())
    assert [topic.id for topic in index.current_categories] == ["sleep"]
    assert titles(index, "sleep") == ["Sleep tips", "Night line", "A course on sleep"]
    assert [group.id for group in index.groups] == ["home"]
    assert [term.term for term in index.glossary] == ["NHS", "REM"]
    assert [deck.id for deck in index.decks] == ["nights"]
    assert len(index.urgent_help) == 3


def test_nobody_is_asked_to_move_a_link_that_others_put_at_the_end_of_their_topic():
    text = UPSTREAM.replace(
        "        also_in: [sleep]\n        added: 2026-03-01", "        added: 2026-11-20"
    )
    text = text.replace("title: Play ideas", "title: Babies and children who sleep")
    assert sentences(taken("[sleep, play]", data=shared(text))) == []


def test_what_belongs_to_a_topic_that_is_left_out_stays_out_in_silence():
    examined = taken()
    assert sentences(examined) == []
    sleep = whole(examined).category("sleep")
    assert sleep.related == ()
    assert all(link.also_in == () for link in sleep.resources)


def test_all_takes_every_topic_as_its_own_index_has_it():
    index = whole(taken("all"))
    there = upstream()
    assert [topic.code for topic in index.categories] == [topic.code for topic in there.categories]
    codes = [link.code for topic in index.categories for link in topic.resources]
    assert codes == [link.code for topic in there.categories for link in topic.resources]
    assert titles(index, "play") == titles(there, "play")


def test_topics_stand_in_the_order_in_which_they_are_named():
    index = whole(taken("[play, sleep]"))
    assert [topic.id for topic in index.categories] == ["play", "sleep"]


def test_own_links_join_a_topic_and_one_of_them_stands_first():
    index = whole(taken(rest=LOCAL))
    sleep = index.category("sleep")
    assert "Night cafe" in titles(index, "sleep")
    assert sleep.start_here.families == ("night-cafe", "sleep-tips", "night-line")
    assert index.source_of(sleep) == "good"
    assert index.source_of(index.resource("night-cafe")) is None


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("  - name: good\n", "upstream `good` has no `from`, `version`, `hash` and `topics`"),
        ("  - {}\n", "this upstream has no `name`, `from`, `version`, `hash` and `topics`"),
        ("  - name: good\n    from: a.yaml\n    topics: all\n    version: 1\n", "has no `hash`"),
        ("  - good.yaml\n", "this upstream is not made of `key: value` lines"),
        ("  good.yaml\n", "`extends` should be a list"),
    ],
)
def test_what_is_wrong_with_extends_is_one_fault_and_all_that_is_said(entry: str, said: str):
    """The file has no topics, groups and urgent help of its own: those would have been taken."""
    (sentence,) = sentences(read(f"{HEAD}extends:\n{entry}", {"shared/good.yaml": shared()}))
    assert said in sentence


def test_a_list_says_of_a_hidden_link_that_it_is_not_here_and_of_a_retired_one_that_it_closed():
    index = whole(taken(more="    hide: [sleep-tips]\n"))
    shown = ShownCatalogue.of(index, ())
    told = json.loads(list_files(shown, Discretion(shown))["l/links.json"])["retired"]
    what, more, path, _ = told[index.resource("sleep-tips").code]
    assert (what, more, path) == ("This link is not in this index any more", "", "q/sleep")
    what, more, *_ = told[index.resource("old-leaflet").code]
    assert what == "This link has closed"
    assert more == "It closed on 1 March 2026. The page has closed."


def test_a_hidden_link_is_shown_nowhere_and_its_code_leads_on():
    index = whole(taken(more="    hide: [sleep-tips]\n"))
    assert "Sleep tips" not in titles(index, "sleep")
    assert index.category("sleep").start_here.families == ("night-line",)
    code = index.resource("sleep-tips").code
    page = _page(index, f"r/{code}.html")
    assert "This link is not in this index any more" in page
    assert "closed" not in page
    assert "href=/q/sleep>" in page or "href=/q/sleep " in page


def test_a_hidden_topic_has_no_page_and_its_codes_lead_on():
    more = "    hide:\n      - id: sleep\n        successor: play\n"
    index = whole(taken("[sleep, play]", more))
    assert [topic.id for topic in index.current_categories] == ["play"]
    assert index.successor_of(index.category("sleep")).id == "play"
    assert index.successor_of(index.resource("night-line")).id == "play"
    assert "is not in this index any more" in _page(index, "q/sleep.html")


def test_what_stands_in_the_place_of_a_hidden_link_is_where_that_one_was():
    more = "    hide:\n      - id: sleep-tips\n        successor: play-ideas\n"
    index = whole(taken("[sleep, play]", more))
    assert index.category("sleep").start_here.families == ("play-ideas", "night-line")
    assert index.successor_of(index.resource("sleep-tips")).id == "play-ideas"


def test_a_link_that_was_retired_there_still_answers_here():
    index = whole(taken())
    assert index.successor_of(index.resource("old-leaflet")).id == "sleep-tips"
    assert "This link has closed" in _page(index, f"r/{index.resource('old-leaflet').code}.html")


def test_a_successor_that_is_not_taken_gives_way_to_the_topic():
    text = UPSTREAM.replace("successor: sleep-tips", "successor: play-ideas")
    index = whole(taken(data=shared(text)))
    assert index.successor_of(index.resource("old-leaflet")).id == "sleep"


def test_a_link_that_is_withheld_there_is_shown_nowhere_here():
    index = whole(taken(data=shared(withheld={"night-line"})))
    assert "Night line" not in titles(index, "sleep")
    assert index.successor_of(index.resource("night-line")).id == "sleep"


def test_nations_leave_out_what_holds_elsewhere_alone():
    data = shared()
    text = own(data).replace("  contact:", "  nations: [england]\n  contact:", 1)
    index = whole(read(text, {"shared/good.yaml": data}))
    assert titles(index, "sleep") == ["Sleep tips", "Night line"]
    assert index.category("sleep").start_here.practitioners == ()
    assert [line.name for line in index.urgent_help] == ["Emergency services", "Children's line"]


def test_a_published_code_of_what_nations_leave_out_still_answers():
    data = shared()
    text = own(data).replace("  contact:", "  nations: [england]\n  contact:", 1)
    code = upstream().resource("sleep-course").code
    ledger = {"permalinks/north.example.org.txt": f"r/{code}\n".encode()}
    index = whole(read(text, {"shared/good.yaml": data, **ledger}))
    assert "A course on sleep" not in titles(index, "sleep")
    assert index.successor_of(index.resource("sleep-course")).id == "sleep"


def test_a_field_is_said_otherwise_with_a_reason():
    more = (
        "    change:\n      - id: sleep-tips\n        summary: Plain words of our own.\n"
        "        minutes: 5\n        reason: Ours is shorter.\n"
    )
    link = whole(taken(more=more)).resource("sleep-tips")
    assert (link.summary, link.minutes) == ("Plain words of our own.", 5)


def test_a_key_without_a_value_is_taken_away():
    more = "    change:\n      - id: night-line\n        use_when:\n        reason: Not so here.\n"
    assert whole(taken(more=more)).resource("night-line").use_when is None


def test_an_own_line_of_urgent_help_stands_with_its_part_and_replaces_its_namesake():
    rest = """\
urgent_help:
  - name: Town line
    part: Someone to talk to
    when: You live in the town
    nations: [england]
    phone: 0800 1111
  - name: Emergency services
    part: In danger now
    when: Someone is hurt
    nations: [uk]
    phone: 999
"""
    lines = whole(taken(rest=rest)).urgent_help
    assert [(line.name, line.when[:10]) for line in lines] == [
        ("Emergency services", "Someone is"),
        ("Helpline of Wales", "You live i"),
        ("Children's line", "You are un"),
        ("Town line", "You live i"),
    ]
    assert lines[0].when == "Someone is hurt"


def test_urgent_help_can_be_ones_own_alone():
    rest = (
        "urgent_help:\n  - name: Ours\n    when: You need us\n    nations: [uk]\n    phone: 999\n"
    )
    index = whole(taken(more="    urgent_help: false\n", rest=rest))
    assert [line.name for line in index.urgent_help] == ["Ours"]


def test_an_id_and_a_code_can_be_another_here():
    more = (
        "    here:\n      - id: sleep\n        as: nights\n        code: nights\n"
        "      - id: sleep-tips\n        as: night-tips\n        code: bcdfgh\n"
    )
    index = whole(taken("[sleep, play]", more))
    nights = index.category("nights")
    assert nights.code == "nights"
    assert nights.start_here.families == ("night-tips", "night-line")
    assert index.resource("night-tips").code == "bcdfgh"
    assert index.resource("play-ideas").also_in == ("nights",)
    assert [deck.cards for deck in index.decks] == [("nights",), ("nights", "play")]


def test_two_indexes_can_be_taken_from():
    data = shared()
    other = shared(UPSTREAM.replace("Good Links", "Other Links"))
    text = own(data) + extends(other, "[play]", name="other")
    index = whole(read(text, {"shared/good.yaml": data, "shared/other.yaml": other}))
    assert [index.source_of(topic) for topic in index.categories] == ["good", "other"]
    assert len(index.urgent_help) == 3
    assert [term.term for term in index.glossary] == ["NHS", "REM", "PPP"]


def test_places_of_what_is_taken_are_lines_that_an_editor_can_change():
    more = "    change:\n      - id: night-line\n        minutes: 5\n        reason: Why not.\n"
    data = shared()
    text = own(data, "[sleep]", more)
    index = whole(read(text, {"shared/good.yaml": data}))
    lines = text.split("\n")
    assert index.at(index.resource("sleep-tips").line).file == "resources.yaml"
    assert "topics:" in lines[index.at(index.resource("sleep-tips").line).line - 1]
    assert "- id: night-line" in lines[index.at(index.resource("night-line").line).line - 1]


def test_what_a_changed_field_gets_wrong_is_said_of_its_own_line():
    more = "    change:\n      - id: night-line\n        format: giude\n        reason: Why not.\n"
    (sentence,) = sentences(taken(more=more))
    assert sentence == (
        "resources.yaml:19:9: `giude` is not a known value of `format`; did you mean `guide`?"
    )


def test_style_of_what_is_taken_is_not_asked_of_the_editor():
    text = UPSTREAM.replace("Ways to better nights.", "Ways to better nights for addicts.")
    examined = taken(data=shared(text))
    assert style_problems(whole(examined), examined.tree) == ()
    own_words = LOCAL.replace("Help in the town.", "Help for addicts.")
    examined = taken(rest=own_words)
    (problem,) = style_problems(whole(examined), examined.tree)
    assert "addicts" in problem.what


def test_warnings_of_what_is_taken_are_one():
    text = UPSTREAM.replace("Ways to better nights.", '"**Ways** to better nights."').replace(
        "A person to talk to at night.", "A *person* to talk to at night."
    )
    (sentence,) = sentences(taken(data=shared(text)))
    assert sentence.startswith(
        "resources.yaml:12:1: warning: there are 2 warnings about what comes from `good`, such as: "
        "`summary` holds what looks like Markdown: `**Ways**` (shared/good.yaml:"
    )
    assert sentence.endswith("see whether `linkindex update good` brings something newer")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("    hide: [nothing-such]\n", "`nothing-such` stands below `hide:` of `good`, and is not"),
        (
            "    hide: [play-ideas]\n",
            "`play-ideas` stands below `hide:` of `good`, and is not taken",
        ),
        (
            "    change:\n      - id: nothing-such\n        minutes: 5\n        reason: Why.\n",
            "`nothing-such` stands below `change:` of `good`, and is not there",
        ),
        ("    change:\n      - id: sleep-tips\n        minutes: 5\n", "has no `reason`"),
        (
            "    change:\n      - id: sleep-tips\n        code: bcdfgh\n        reason: Why.\n",
            "`code` cannot be changed here; cards are printed with it",
        ),
        ("    hide: [sleep]\n", "`sleep` is a topic, and its printed cards must lead somewhere"),
    ],
)
def test_what_stands_on_nothing_is_said_with_its_line(more, said):
    found = [sentence for sentence in sentences(taken(more=more)) if said in sentence]
    assert found
    assert re.match(r"resources\.yaml:\d+:\d+: ", found[0])


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        (LOCAL.replace("from: good", "from: goood"), "did you mean `good`?"),
        (LOCAL.replace("id: sleep\n", "id: play\n"), "`play` is not taken from `good`"),
        (
            LOCAL.replace("from: good", "from: good\n    summary: Ours."),
            "`summary` of `sleep` is written at `good`; to say it otherwise, write it below "
            "`change:`",
        ),
        (LOCAL.replace("id: night-cafe", "id: night-line"), "`night-line` is what `good` calls"),
    ],
)
def test_an_entry_that_adds_to_a_topic_is_checked(rest, said):
    found = [sentence for sentence in sentences(taken(rest=rest)) if said in sentence]
    assert found


def test_a_topic_that_is_not_there_is_named_with_the_likeliest():
    (sentence,) = [one for one in sentences(taken("[sleep, plai]")) if "plai" in one]
    assert "`good` has no topic `plai`; did you mean `play`?" in sentence
    (sentence,) = [one for one in sentences(taken("[help4]")) if "help4" in one]
    assert sentence.endswith("`good` has no topic `help4`; write its id, `harm`")


def test_two_indexes_that_claim_one_id_are_told_apart_by_what_one_is_called_here():
    data = shared()
    text = own(data) + extends(data, "[sleep]", name="other")
    files = {"shared/good.yaml": data, "shared/other.yaml": data}
    first, *_ = [one for one in sentences(read(text, files)) if "both call" in one]
    assert "`good` and `other` both call something `sleep`" in first
    assert "`as: other-sleep`" in first


def test_topics_of_files_of_their_own_add_to_what_is_taken(tmp_path):
    data = shared()
    (tmp_path / "shared").mkdir()
    (tmp_path / "topics").mkdir()
    (tmp_path / "shared" / "good.yaml").write_bytes(data)
    (tmp_path / "resources.yaml").write_text(own(data, rest="categories:\n"), "utf-8")
    local = LOCAL.split("\n", 1)[1]
    topic = "\n".join(line[4:] for line in local.split("\n"))
    (tmp_path / "topics" / "sleep.yaml").write_text(topic, "utf-8")
    index = load(tmp_path / "resources.yaml", icons=icon_names())
    assert "Night cafe" in titles(index, "sleep")
    cafe = index.at(index.resource("night-cafe").line)
    assert (cafe.file, cafe.line) == ("topics/sleep.yaml", 6)
    assert index.at(index.resource("sleep-tips").line).file == "resources.yaml"


# --- Bad days. ---


def test_a_kept_file_that_was_changed_is_refused_in_one_sentence():
    data = shared()
    text = own(data)
    other = data.replace(b"Ways to better nights.", b"Ways to worse nights.")
    (sentence,) = sentences(read(text, {"shared/good.yaml": other}))
    assert sentence == (
        f"resources.yaml:15:5: `shared/good.yaml` is not the file that was pinned (its hash is "
        f"{digest_of(other)}); nobody should change it; put it back with `git checkout -- "
        "shared/good.yaml`, or fetch it again with `linkindex update good`"
    )


def test_a_kept_file_holds_whatever_way_git_ends_its_lines():
    data = shared()
    windows = data.replace(b"\n", b"\r\n")
    assert whole(read(own(data), {"shared/good.yaml": windows})).category("sleep")


def test_a_kept_file_that_is_gone_is_said_in_one_sentence():
    (sentence,) = sentences(read(own(shared()), {}))
    assert "there is no file `shared/good.yaml`, which holds what is taken from `good`" in sentence
    assert "`linkindex update good`" in sentence


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"name": "x", "topics": []}', "is what a site publishes for readers"),
        (b"<!doctype html><p>Not found", "is a web page, not a shared file"),
        (b"[1, 2]", "is not a shared file"),
        (UPSTREAM.encode(), "is an index itself, not a shared file"),
        (b"a: [", "cannot be read"),
        (b"share:\n  format: 99\n  version: x\n", "a newer LinkIndex has written"),
        (b"share:\n  version: x\n", "does not say which format"),
        (b"share:\n  format: 1\n", "does not say which version"),
        (b"\xff\xfe", "is not UTF-8 text"),
        (b"", "is not a shared file"),
        (b"share: &a\n  format: 1\ncategories: *a\n", "cannot be read"),
    ],
)
def test_what_is_no_shared_file_is_called_what_it_is(data, said):
    (sentence,) = sentences(read(own(data), {"shared/good.yaml": data}))
    assert said in sentence
    assert sentence.startswith("resources.yaml:15:5: ")


HOSTILE = {
    "a script as an address": ("url: https://www.nhs.uk/night-line", "url: javascript:alert(1)"),
    "an address inside a network": ("url: https://www.nhs.uk/night-line", "url: http://10.0.0.1/"),
    "a text without end": ("summary: A person to talk to at night.", "summary: " + "x " * 3000),
    "a text that paints": ("title: Night line", 'title: "\\e[31mNight"'),
    "an icon that is none": ("icon: sleep\n", "icon: ../../secret\n"),
    "a code that is a path": ("  code: sleep\n", "  code: ../x\n"),
    "a date to come": ("added: '2026-02-11'", "added: '2999-02-11'"),
    "a page that is kept": ("  code: sleep\n", "  code: search\n"),
}


@pytest.mark.parametrize(("before", "after"), HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_shared_file_is_judged_as_any_editor_is(before, after):
    text = shared().decode()
    assert before in text
    data = text.replace(before, after).encode()
    examined = read(own(data), {"shared/good.yaml": data})
    assert examined.catalogue is None
    found = sentences(examined)
    assert 0 < len(found) <= 6
    assert all(re.match(r"resources\.yaml:\d+:\d+: ", sentence) for sentence in found)
    assert all("\x1b" not in sentence and len(sentence) < 2200 for sentence in found)


def test_thousands_of_errors_of_one_upstream_are_told_in_few_lines():
    data = shared().decode()
    link = data[data.index("  - id: night-line") : data.index("  - id: sleep-course")]
    many = "".join(
        link.replace("night-line", f"line-{number}").replace("format: helpline", "format: x")
        for number in range(500)
    )
    hostile = data.replace(link, link + many).encode()
    found = sentences(read(own(hostile), {"shared/good.yaml": hostile}))
    assert len(found) <= 6


def test_texts_of_others_are_shown_as_they_stand():
    text = UPSTREAM.replace("title: Night line", "title: <img src=x onerror=alert(1)>")
    index = whole(taken(data=shared(text)))
    page = _page(index, f"r/{index.resource('night-line').code}.html")
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_successors_that_lead_round_end_at_the_topic():
    text = shared().decode().replace("successor: sleep-tips", "successor: round").encode()
    index = whole(read(own(text), {"shared/good.yaml": text}))
    assert index.successor_of(index.resource("old-leaflet")).id == "sleep"


def _page(index, path):
    return scan_pages(ShownCatalogue.of(index, ()), LinkNotes({}, {}, "", {}))[path]


# --- In several languages. ---

WELSH = UPSTREAM.replace("  contact:", "  languages: [en, cy]\n  contact:", 1).replace(
    "title: Sleep tips", "title: {en: Sleep tips, cy: Cynghorion cysgu}"
)


def test_texts_of_several_languages_are_shared_and_taken():
    data = shared(WELSH)
    text = own(data).replace("  contact:", "  languages: [cy, en]\n  contact:", 1)
    welsh = whole(read(text, {"shared/good.yaml": data}))
    assert welsh.resource("sleep-tips").title == "Cynghorion cysgu"
    assert welsh.in_language("en").resource("sleep-tips").title == "Sleep tips"
    # What was written without a language is in that of its own index.
    assert welsh.resource("night-line").language_of("title") == "en"
    assert welsh.in_language("en").resource("night-line").language_of("title") is None


def test_languages_that_the_index_is_not_in_are_left_out_in_silence():
    examined = taken(data=shared(WELSH))
    assert sentences(examined) == []
    assert whole(examined).resource("sleep-tips").title == "Sleep tips"


def test_an_own_line_of_urgent_help_replaces_its_namesake_in_several_languages():
    rest = (
        "urgent_help:\n  - name: {en: Emergency services, cy: Gwasanaethau brys}\n"
        "    when: {en: Now, cy: Nawr}\n    nations: [uk]\n    phone: 999\n"
    )
    data = shared()
    text = own(data, rest=rest).replace("  contact:", "  languages: [en, cy]\n  contact:", 1)
    names = [line.name for line in whole(read(text, {"shared/good.yaml": data})).urgent_help]
    assert names == ["Emergency services", "Helpline of Wales", "Children's line"]


def test_a_topic_of_which_nothing_holds_here_is_left_out_of_all_and_named_where_it_is_asked_for():
    text = UPSTREAM.replace("nations: [uk]\n        also_in: [sleep]", "nations: [scotland]")
    data = shared(text)
    narrowed = own(data, "all").replace("  contact:", "  nations: [england]\n  contact:", 1)
    index = whole(read(narrowed, {"shared/good.yaml": data}))
    assert [topic.id for topic in index.categories] == ["sleep", "harm"]
    asked = own(data, "[sleep, play]").replace("  contact:", "  nations: [england]\n  contact:", 1)
    (sentence,) = sentences(read(asked, {"shared/good.yaml": data}))
    assert "`play` of `good` has no link that holds where this index is for" in sentence


def test_a_file_of_an_older_program_is_read_by_the_keys_of_this_one(monkeypatch):
    former = Renamed("categories.resources", "purpose", "use_when", "0.2", "99.0")
    monkeypatch.setattr("linkindex.catalogue.loading.renamed_keys", lambda: (former,))
    data = shared().replace(b"  use_when:", b"  purpose:")
    examined = read(own(data), {"shared/good.yaml": data})
    assert whole(examined).resource("sleep-tips").use_when == "For a parent who is tired."
    (sentence,) = sentences(examined)
    assert "warnings about what comes from `good`" in sentence
