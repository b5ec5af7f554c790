"""``linkindex share`` and ``linkindex extend``, as a maintainer runs them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from linkindex.catalogue import load
from linkindex.catalogue.shared.share import digest_of
from linkindex.cli import main
from linkindex.icons import icon_names
from linkindex.links.asking.guard import Guard
from linkindex.sharing import sources
from tests.sharing.support import HEAD, OWN_LINK, UPSTREAM, shared
from tests.support.static_host import serve_folder


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "resources.yaml").write_text(f"# Our links.\n{HEAD}", "utf-8")
    (tmp_path / "good.yaml").write_bytes(shared())
    return tmp_path


def run(*arguments: str):
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def text() -> str:
    return Path("resources.yaml").read_text("utf-8")


def test_share_writes_the_file_and_says_its_hash(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("resources.yaml").write_text(UPSTREAM, "utf-8")
    ended = run("share")
    assert ended.exit_code == 0
    data = Path("good-links-2026-03-02.yaml").read_bytes()
    assert data == shared()
    assert f"Its hash is {digest_of(data)}" in ended.output
    assert "keep it off the site" in ended.output


@pytest.mark.parametrize("place", ["site/x.yaml", "docs/a/x.yaml"])
def test_share_writes_nothing_where_the_site_is(place, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("resources.yaml").write_text(UPSTREAM, "utf-8")
    ended = run("share", "--output", place)
    assert ended.exit_code == 1
    assert "would be published with the site" in ended.output
    assert not Path(place).exists()


def test_extend_lists_the_topics_until_some_are_named(folder):
    before = text()
    ended = run("extend", "good.yaml")
    assert ended.exit_code == 0
    assert "sleep: Sleep of babies and children (3)" in ended.output
    assert text() == before
    assert not Path("shared").exists()


def test_extend_takes_topics_and_keeps_every_line_that_was_there(folder):
    before = text()
    ended = run("extend", "good.yaml", "--topics", "sleep,play")
    assert ended.exit_code == 0, ended.output
    assert text().startswith(before.rstrip("\n"))
    assert text().endswith(
        f'\n\nextends:\n  - name: good\n    from: good.yaml\n    version: "2026-03-02"\n'
        f"    hash: {digest_of(shared())}\n    topics: [sleep, play]\n"
    )
    assert Path("shared/good.yaml").read_bytes() == shared()
    assert "Took 2 topics of Good Links" in ended.output
    assert run("check").exit_code == 0


def test_a_second_index_is_taken_below_the_first(folder):
    assert run("extend", "good.yaml", "--topics", "sleep").exit_code == 0
    other = shared(UPSTREAM.replace("Good Links", "Other Links"))
    Path("other.yaml").write_bytes(other)
    with_remark = text().replace("topics: [sleep]", "topics: [sleep]  # nights")
    Path("resources.yaml").write_text(with_remark, "utf-8")
    ended = run("extend", "other.yaml", "--topics", "play")
    assert ended.exit_code == 0, ended.output
    assert text().startswith(with_remark.rstrip("\n"))
    assert run("check").exit_code == 0


def test_ones_own_code_and_id_win_and_the_taken_ones_give_way(folder):
    own = (
        "groups:\n  - id: ours\n    title: Ours\n    summary: Ours.\n"
        "categories:\n  - id: sleep\n    title: Our nights\n    full_title: Our nights\n"
        "    summary: Ours.\n    group: ours\n    icon: home\n    card:\n      front: Ours.\n"
        "      prompts: [One?, Two?, Three?]\n    resources:\n"
        + OWN_LINK.format(id="night-line", title="Our line")
        + "urgent_help:\n  - name: Ours\n    when: You need us\n    nations: [uk]\n    phone: 999\n"
    )
    Path("resources.yaml").write_text(text() + own, "utf-8")
    ended = run("extend", "good.yaml", "--topics", "sleep")
    assert ended.exit_code == 0, ended.output
    assert "The topic `sleep` has the code `sle` here" in ended.output
    assert "The topic `sleep` of `good` is called `sleep-2` here" in ended.output
    assert "- id: sleep\n        as: sleep-2\n        code: sle\n" in text()
    assert run("check").exit_code == 0


def test_a_code_in_the_ledger_belongs_to_what_was_published_with_it(folder):
    Path("permalinks").mkdir()
    Path("permalinks/north.example.org.txt").write_text("q/sleep\n", "utf-8")
    ended = run("extend", "good.yaml", "--topics", "sleep")
    assert "has the code `sle` here, since `sleep` belongs to something else" in ended.output


def test_two_upstreams_that_list_one_page_show_it_once(folder):
    assert run("extend", "good.yaml", "--topics", "sleep").exit_code == 0
    Path("other.yaml").write_bytes(shared())
    ended = run("extend", "other.yaml", "--topics", "sleep")
    assert ended.exit_code == 0, ended.output
    assert "`sleep-tips` is hidden, since `sleep-tips` is the same page." in ended.output
    assert run("check").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing.yaml"], "there is no file `nothing.yaml`"),
        (["resources.yaml"], "is not a shared file"),
        (["linkindex:fr"], "no index called `linkindex:fr` ships with LinkIndex"),
        (["http://example.org/x.yaml"], "is not encrypted"),
        (["good.yaml", "--topics", "sleeep"], "has no topic `sleeep`; did you mean `sleep`?"),
        (["good.yaml", "--topics", "sleep", "--hash", "0" * 64], "is not what you were told of"),
        (
            ["good.yaml", "--topics", "sleep", "--name", "A B"],
            "--name: `A B` cannot be the name of a file",
        ),
    ],
)
def test_what_cannot_be_taken_is_one_sentence_and_nothing_is_written(folder, arguments, said):
    before = text()
    ended = run("extend", *arguments)
    assert ended.exit_code == 1
    assert said in ended.output
    assert text() == before
    assert not Path("shared").exists()


def test_a_hostile_file_is_not_taken(folder):
    before = text()
    hostile = shared().replace(b"https://www.nhs.uk/night-line", b"http://10.0.0.1/")
    Path("good.yaml").write_bytes(hostile)
    ended = run("extend", "good.yaml", "--topics", "sleep")
    assert ended.exit_code == 1
    assert "nothing is written" in ended.output
    assert text() == before
    assert not Path("shared").exists()


def test_update_tells_takes_and_is_quiet_when_nothing_is_new(folder):
    assert run("extend", "good.yaml", "--topics", "sleep").exit_code == 0
    assert "is as it was: version 2026-03-02" in run("update").output
    newer = shared(UPSTREAM.replace("to better nights", "to calmer nights"), version="2026-11-20")
    Path("good.yaml").write_bytes(newer)
    before = text()
    ended = run("update", "good", "--dry-run")
    assert ended.exit_code == 0, ended.output
    assert "summary: `Ways to better nights.` is now `Ways to calmer nights.`" in ended.output
    assert text() == before
    assert Path("shared/good.yaml").read_bytes() == shared()
    ended = run("update")
    assert ended.exit_code == 0, ended.output
    assert "Took version 2026-11-20 of Good Links" in ended.output
    assert digest_of(newer) in text()
    assert Path("shared/good.yaml").read_bytes() == newer
    assert run("check").exit_code == 0
    assert "is as it was" in run("update").output


def test_update_from_another_place_remembers_the_place(folder):
    assert run("extend", "good.yaml", "--topics", "sleep").exit_code == 0
    newer = shared(version="2026-11-20")
    Path("good.yaml").rename("away.yaml")
    Path("new.yaml").write_bytes(newer)
    assert "there is no file `good.yaml`" in run("update").output
    ended = run("update", "good", "--from", "new.yaml", "--hash", digest_of(newer))
    assert ended.exit_code == 0, ended.output
    assert "from: new.yaml" in text()


def test_update_puts_back_a_kept_file_that_is_gone_or_was_changed(folder):
    assert run("extend", "good.yaml", "--topics", "sleep").exit_code == 0
    kept = Path("shared/good.yaml")
    kept.unlink()
    assert run("check").exit_code == 1
    assert "Put shared/good.yaml back" in run("update").output
    kept.write_bytes(b"share:\n  format: 1\n  version: x\n")
    assert "Put shared/good.yaml back" in run("update", "good").output
    assert kept.read_bytes() == shared()
    assert run("check").exit_code == 0


def test_update_compares_with_nothing_but_what_was_pinned(folder):
    assert run("extend", "good.yaml", "--topics", "sleep").exit_code == 0
    kept = Path("shared/good.yaml")
    kept.write_bytes(shared().replace(b"better nights", b"worse nights"))
    Path("good.yaml").write_bytes(shared(version="2026-11-20"))
    before = text()
    ended = run("update")
    assert ended.exit_code == 1
    assert "`shared/good.yaml` is not the file that was pinned" in ended.output
    assert text() == before


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (shared().replace(b"https://www.nhs.uk/night-line", b"http://10.0.0.1/"), "private"),
        (b'{"topics": []}', "is what a site publishes for readers"),
        (b"<!doctype html>", "is a web page"),
    ],
)
def test_an_upstream_that_turned_hostile_changes_nothing(folder, data, said):
    assert run("extend", "good.yaml", "--topics", "sleep").exit_code == 0
    Path("good.yaml").write_bytes(data)
    before = text()
    ended = run("update")
    assert ended.exit_code == 1
    assert said in ended.output
    assert text() == before
    assert Path("shared/good.yaml").read_bytes() == shared()
    assert run("check").exit_code == 0


def test_what_an_update_quotes_paints_no_terminal(folder):
    assert run("extend", "good.yaml", "--topics", "sleep").exit_code == 0
    data = shared(version="2026-11-20").decode()
    hostile = data.replace("title: Night line", 'title: "\\e[31mRed\\u202e ::error::x"')
    assert hostile != data
    Path("good.yaml").write_text(hostile, "utf-8")
    output = run("update").output
    assert "\x1b" not in output
    assert "\u202e" not in output


def test_update_of_an_index_that_takes_nothing_says_so(folder):
    ended = run("update")
    assert ended.exit_code == 1
    assert "takes nothing of another index" in ended.output
    assert run("extend", "good.yaml", "--topics", "sleep").exit_code == 0
    assert "did you mean `good`?" in run("update", "goood").output


def test_an_address_is_fetched_through_the_guard(tmp_path):
    (tmp_path / "x.yaml").write_bytes(shared())
    (tmp_path / "404.html").write_text("Not here.", "utf-8")
    with serve_folder(tmp_path) as address:
        got = sources.fetched(f"{address}x.yaml", "a@example.org", guard=Guard(loopback=True))
        assert got == shared()
        with pytest.raises(sources.LinkIndexError, match="it lies inside a network; nothing was"):
            sources.fetched(f"{address}x.yaml", "a@example.org")
        with pytest.raises(sources.LinkIndexError, match="there is nothing at this address any"):
            sources.fetched(f"{address}y.yaml", "a@example.org", guard=Guard(loopback=True))


def test_an_address_that_nobody_knows_is_said_so():
    def nowhere(_name, _port):
        import socket

        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    guard = Guard(resolve=nowhere, upstream="")
    with pytest.raises(sources.LinkIndexError, match="there is no such host; nothing was changed"):
        sources.fetched("https://links.example.org/x.yaml", "a@example.org", guard=guard)


def test_nothing_of_what_is_shared_is_on_the_site(folder):
    assert run("extend", "good.yaml", "--topics", "sleep").exit_code == 0
    ended = subprocess.run(
        ["git", "check-ignore", "shared/good.yaml"], capture_output=True, check=False
    )
    assert ended.returncode != 0, "what is kept belongs into git"


# --- The everyday commands, of what is taken. ---


@pytest.fixture
def taking(folder):
    assert run("extend", "good.yaml", "--topics", "sleep,play").exit_code == 0
    return folder


def index():
    return load(Path("resources.yaml"), icons=icon_names())


def test_a_number_of_what_is_taken_is_confirmed_below_extends(taking):
    before = Path("shared/good.yaml").read_bytes()
    ended = run("numbers", "confirm", "0800 1111", "--by", "family team")
    assert ended.exit_code == 0, ended.output
    assert Path("shared/good.yaml").read_bytes() == before
    assert "    rung:\n      - number: 0800 1111\n        number_checked: 2026-" in text()
    line = next(line for line in index().urgent_help if line.name == "Children's line")
    assert line.phone is not None
    assert line.phone.number_checked is not None
    assert index().resource("night-line").phone == line.phone
    again = run("numbers", "confirm", "08001111", "--by", "duty desk")
    assert again.exit_code == 0, again.output
    assert text().count("rung:") == text().count("0800 1111") == 1
    assert "duty desk" in text()


def test_a_number_of_ones_own_is_confirmed_where_it_stands(taking):
    own = (
        "urgent_help:\n  - name: Town line\n    part: Someone to talk to\n    when: You live here\n"
        "    nations: [england]\n    phone: 0800 800 5000\n"
    )
    Path("resources.yaml").write_text(f"{text()}{own}", "utf-8")
    ended = run("numbers", "confirm", "0800 800 5000", "--by", "family team")
    assert ended.exit_code == 0, ended.output
    assert "    phone:\n      number: 0800 800 5000\n      number_checked: 2026-" in text()
    assert "rung" not in text()


def test_what_another_index_has_rung_is_not_confirmed_here(folder):
    rung = UPSTREAM.replace(
        "phone: 0808 80 10 800",
        "phone: {number: 0808 80 10 800, number_checked: 2026-11-01, checked_by: them}",
    )
    Path("good.yaml").write_bytes(shared(rung))
    assert run("extend", "good.yaml", "--topics", "sleep").exit_code == 0
    line = next(line for line in index().urgent_help if line.name == "Helpline of Wales")
    assert line.phone is not None
    assert line.phone.number_checked is None


def test_edit_says_a_taken_link_otherwise_with_a_reason(taking):
    ended = run("edit", "sleep-tips", "--minutes", "5")
    assert ended.exit_code == 1
    assert "say with --reason why it is said otherwise here" in ended.output
    ended = run("edit", "sleep-tips", "--minutes", "5", "--reason", "We counted.")
    assert ended.exit_code == 0, ended.output
    ended = run("edit", "sleep-tips", "--title", "Tips", "--reason", "Shorter.")
    assert ended.exit_code == 0, ended.output
    assert text().endswith(
        "    change:\n      - id: sleep-tips\n        minutes: 5\n        reason: Shorter.\n"
        "        title: Tips\n"
    )
    assert (index().resource("sleep-tips").minutes, index().resource("sleep-tips").title) == (
        5,
        "Tips",
    )


def test_retire_hides_a_taken_link_and_its_code_leads_on(taking):
    ended = run("retire", "night-line", "--successor", "sleep-tips", "--reason", "Ours is better.")
    assert ended.exit_code == 0, ended.output
    assert "    hide:\n      - id: night-line\n        successor: sleep-tips\n" in text()
    assert index().successor_of(index().resource("night-line")).id == "sleep-tips"


def test_what_cannot_be_done_to_a_taken_link_says_whose_it_is(taking):
    before = text()
    for arguments in (["move", "sleep-tips", "play"], ["review", "--done", "sleep-tips"]):
        ended = run(*arguments)
        assert ended.exit_code == 1
        assert "`sleep-tips` is taken from `good`; tell those who keep that" in ended.output
    assert text() == before


def test_add_makes_room_in_a_topic_that_is_taken(taking):
    ended = run(
        *("add", "https://www.example.org/cafe", "--offline", "--topic", "sleep"),
        *("--title", "Night cafe", "--publisher", "Northtown Council"),
        *("--summary", "Help in the town.", "--audiences", "families", "--format", "service"),
        *("--nations", "england", "--use-when", "For a night."),
    )
    assert ended.exit_code == 0, ended.output
    assert "\ncategories:\n  - id: sleep\n    from: good\n    resources:\n      - id: " in text()
    cafe = next(link for link in index().current_resources if link.title == "Night cafe")
    assert index().home_of(cafe).id == "sleep"
    assert index().source_of(cafe) is None


def test_import_adds_to_a_topic_that_is_taken_and_says_otherwise_what_is_changed(taking):
    Path("links.csv").write_text(
        "title,url,publisher,summary,audiences,format,nations,topic\n"
        "Night cafe,https://www.example.org/cafe,Northtown,Help.,families,service,uk,sleep\n",
        "utf-8",
    )
    ended = run("import", "links.csv")
    assert ended.exit_code == 0, ended.output
    assert "from: good\n" in text()
    cafe = next(link for link in index().current_resources if link.title == "Night cafe")
    assert index().home_of(cafe).id == "sleep"
    code = index().resource("night-line").code
    Path("change.csv").write_text(f"code,minutes\n{code},7\n", "utf-8")
    ended = run("import", "change.csv")
    assert ended.exit_code == 0, ended.output
    assert index().resource("night-line").minutes == 7
    assert "reason: It came with a file." in text()


def test_links_that_are_taken_are_reviewed_where_they_are_kept(taking):
    output = run("review").output
    assert "sleep-tips" not in output
    assert "0 of 0 links are due for a review; 0 never reviewed." in output
    assert "4 more links are taken from others, who review them." in output


def test_an_update_writes_into_files_of_topics(taking):
    add = ("add", "https://www.example.org/cafe", "--offline", "--topic", "sleep")
    given = ("--title", "Night cafe", "--publisher", "Town", "--summary", "Help.")
    more = ("--audiences", "families", "--format", "service", "--nations", "england")
    assert run(*add, *given, *more).exit_code == 0
    assert run("split").exit_code == 0
    link = "      - id: {}\n(?:        .*\n)*"
    less = re.sub(link.format("night-line"), "", UPSTREAM)
    less = re.sub(link.format("play-ideas"), link_of_play("play-more"), less)
    less = less.replace(", night-line]", "]").replace("[play-ideas]", "[play-more]")
    Path("good.yaml").write_bytes(shared(less, version="2026-11-20"))
    ended = run("update")
    assert ended.exit_code == 0, ended.output
    assert "- id: night-line" in Path("topics/sleep.yaml").read_text("utf-8")
    assert "\n  - id: play\n    from: good\n    resources:\n      - id: play-ideas\n" in text()
    assert run("check").exit_code == 0
    after = index()
    assert after.successor_of(after.resource("night-line")).id == "sleep"
    assert after.successor_of(after.resource("play-ideas")).id == "play"


def link_of_play(name):
    return (
        f"      - id: {name}\n        title: More play\n        url: https://www.nhs.uk/{name}\n"
        "        publisher: NHS\n        summary: More games.\n        use_when: For rain.\n"
        "        audiences: [families]\n        format: guide\n        nations: [uk]\n"
        "        added: 2026-03-01\n"
    )


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("http://example.org/x.yaml", "leads on to an address that is not encrypted"),
        ("file:///etc/passwd", "leads on to what is no address of the web"),
        ("javascript:alert(1)", "leads on to what is no address of the web"),
    ],
)
def test_an_address_leads_on_to_nothing_worse(location, said):
    with pytest.raises(sources.LinkIndexError, match=said):
        sources._next("https://example.org/a.yaml", location, "`x`")
    assert sources._next("https://example.org/a.yaml", "b.yaml", "") == "https://example.org/b.yaml"


def test_a_file_that_is_too_large_is_given_up(tmp_path, monkeypatch):
    (tmp_path / "x.yaml").write_bytes(shared())
    monkeypatch.setattr(sources, "LARGEST", 1000)
    with (
        serve_folder(tmp_path) as address,
        pytest.raises(sources.LinkIndexError, match="over 1,000"),
    ):
        sources.fetched(f"{address}x.yaml", "a@example.org", guard=Guard(loopback=True))
