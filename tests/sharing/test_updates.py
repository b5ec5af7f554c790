"""Taking another version: what is told, what is written, and that every printed code goes on.

Each file of ``updates/`` is a case: what the index takes and says otherwise (``topics``, ``more``,
``rest``), and what becomes of the other index (``replace``, ``drop``, ``drop-topic``,
``withheld``). Beside it stands what is told (``.txt``), and the index after it (``.after.yaml``).
"""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from random import Random

import pytest
import yaml

from linkindex.catalogue.permalinks import answered
from linkindex.catalogue.shared.share import read_share
from linkindex.catalogue.yaml.source import YamlMap
from linkindex.sharing.naming import own_names
from linkindex.sharing.present import kept_of
from linkindex.sharing.sentences import sentences
from linkindex.sharing.updating import updated
from linkindex.upkeep.writing import tree_of
from tests.sharing.support import (
    LOCAL,
    TODAY,
    UPSTREAM,
    own,
    read,
    shared,
    upstream,
    whole,
)

CASES = sorted((Path(__file__).parent / "updates").glob("*.yaml"))
CASES = [path for path in CASES if not path.name.endswith(".after.yaml")]


class Case:
    def __init__(self, path: Path) -> None:
        case = yaml.safe_load(path.read_text("utf-8"))
        self.old = shared()
        self.new = shared(changed(case), withheld=case.get("withheld", ()), version="2026-11-20")
        topics = f"[{', '.join(case['topics'])}]"
        more = re.sub("^  ", "", case.get("more", ""), flags=re.MULTILINE)
        more = "".join(f"  {line}\n" for line in more.splitlines())
        self.text = own(self.old, topics, more, case.get("rest", ""))
        root = tree_of(self.text, "resources.yaml")
        upstreams = root["extends"]
        assert isinstance(upstreams, list)
        assert isinstance(upstreams[0], YamlMap)
        kept = kept_of(upstreams[0], 0, read_share(self.old, "shared/good.yaml"))
        share = read_share(self.new, "shared/good.yaml")
        self.before = whole(read(self.text, {"shared/good.yaml": self.old}))
        self.update = updated(
            self.text,
            "resources.yaml",
            root,
            kept,
            share,
            source="good.yaml",
            names=own_names(root, [entry.code for entry in answered(self.before).values()]),
            today=TODAY,
        )
        told = sentences("good", kept.share.head, share.head, self.update)
        self.told = "".join(f"{line}\n" for line in told)
        self.after = read(self.update.text, {"shared/good.yaml": self.new})


def changed(case: dict) -> str:
    text = UPSTREAM
    codes = {link.id: link.code for topic in upstream().categories for link in topic.resources}
    for name in case.get("drop", ()):
        text, count = re.subn(rf"      - id: {name}\n(?:        .*\n)*", "", text)
        assert count == 1, name
    if "drop-topic" in case:
        pattern = rf"  - id: {case['drop-topic']}\n(?:(?:    .*)?\n)*(?=  - id|\Z)"
        text, count = re.subn(pattern, "", text)
        assert count == 1
        text = text.replace("also_in: [play]", "also_in: []")
    for before, after in case["replace"]:
        assert before in text, before
        after = re.sub(r"CODE-OF-([\w-]+)", lambda match: codes[match[1]], after)
        text = text.replace(before, after)
    return text


@pytest.fixture(scope="module", params=CASES, ids=lambda path: path.stem)
def case(request):
    made = Case(request.param)
    made.path = request.param
    return made


def test_what_is_told_is_as_it_is_written(case):
    assert case.told == case.path.with_suffix(".txt").read_text("utf-8")


def test_the_index_after_it_is_as_it_is_written(case):
    written = re.sub("sha256:[0-9a-f]{64}", "sha256:…", case.update.text)
    assert written == case.path.with_suffix(".after.yaml").read_text("utf-8")


def test_the_index_after_it_has_no_error(case):
    assert whole(case.after)


def test_every_code_answers_for_the_same_thing_as_before(case):
    before, after = answered(case.before), answered(whole(case.after))
    assert before.keys() <= after.keys()
    assert {code: entry.id for code, entry in before.items()} == {
        code: after[code].id for code in before
    }


def test_every_line_of_ones_own_is_kept(case):
    own_lines = case.text.split("categories:\n")[1:]
    lines = [line for part in own_lines for line in part.splitlines() if "from: good" not in line]
    kept = case.update.text.splitlines()
    for line in lines:
        assert line in kept or "families: [" in line


def test_what_is_not_there_any_more_is_retired_since_that_day_or_as_it_was(case):
    after = whole(case.after)
    links = {link.id for topic in case.before.categories for link in topic.resources}
    for name in case.update.written:
        piece = next(
            piece
            for topic in after.categories
            for piece in (topic, *topic.resources)
            if piece.id == name
        )
        assert piece.retired is not None
        before = case.before.resource(name) if name in links else None
        was_retired = before is not None and before.retired and not case.before.is_hidden(before)
        earlier = before.retired.on if was_retired else TODAY
        assert piece.retired.on == earlier
        assert after.successor_of(piece).retired is None


def test_an_update_to_the_same_state_changes_nothing_more():
    first = Case(CASES[0])
    root = tree_of(first.update.text, "resources.yaml")
    share = read_share(first.new, "shared/good.yaml")
    kept = kept_of(root["extends"][0], 0, share)
    again = updated(
        first.update.text,
        "resources.yaml",
        root,
        kept,
        share,
        source="good.yaml",
        names=own_names(root),
        today=datetime.date(2027, 1, 1),
    )
    assert again.text == first.update.text


def test_what_was_dropped_and_comes_back_is_open_again_under_its_code():
    path = next(path for path in CASES if path.stem == "dropped-links")
    dropped = Case(path)
    text = dropped.update.text
    root = tree_of(text, "resources.yaml")
    share = read_share(dropped.old, "shared/good.yaml")
    kept = kept_of(root["extends"][0], 0, read_share(dropped.new, "shared/good.yaml"))
    back = updated(
        text,
        "resources.yaml",
        root,
        kept,
        share,
        source="good.yaml",
        names=own_names(root),
        today=TODAY,
    )
    after = whole(read(back.text, {"shared/good.yaml": dropped.old}))
    assert after.resource("night-line").retired is None
    assert after.resource("night-line").code == dropped.before.resource("night-line").code
    assert "night-line" in back.returned


# --- Whatever becomes of it there. ---


def _shaken(random: Random) -> bytes:
    """The shared file after some of what can become of an index in half a year."""
    share = yaml.safe_load(shared())
    topics = share["categories"]
    for _ in range(random.randint(1, 4)):
        topic = random.choice(topics)
        links = topic.get("resources") or []
        link = random.choice(links) if links else None
        match random.choice(["drop", "retire", "withhold", "id", "both", "code", "move", "topic"]):
            case "drop" if link:
                links.remove(link)
            case "retire" if link:
                link["retired"] = {"on": "2026-06-01", "successor": random.choice(topics)["id"]}
            case "withhold" if link:
                link["withheld"] = True
            case "id" if link:
                link["id"] = f"{link['id']}-x"
            case "both" if link:
                link["id"], link["code"] = f"{link['id']}-y", random.choice(FREE)
            case "code" if link:
                other = random.choice(links)
                link["code"], other["code"] = other["code"], link["code"]
            case "move" if link and len(topics) > 1:
                links.remove(link)
                random.choice(topics).setdefault("resources", []).append(link)
            case "topic" if len(topics) > 1:
                match random.choice(["drop", "rename", "recode", "retire"]):
                    case "drop":
                        topics.remove(topic)
                    case "rename":
                        topic["id"] = f"{topic['id']}-z"
                    case "recode":
                        topic["code"] = random.choice(["nights", "toys", "care"])
                    case "retire":
                        other = random.choice([each for each in topics if each is not topic])
                        topic["retired"] = {"on": "2026-06-01", "successor": other["id"]}
    return yaml.safe_dump(share, sort_keys=False, width=10**6).encode()


FREE = ["bcdfgh", "ghjkmn", "npqrtv", "tvwxyb", "346789"]


@pytest.mark.parametrize("seed", range(40))
def test_no_printed_code_is_lost_whatever_becomes_of_it_there(seed):
    random = Random(seed)
    old, new = shared(), _shaken(random)
    topics = random.choice(["all", "[sleep]", "[sleep, play]", "[sleep, harm]"])
    more = random.choice(["", "    hide: [night-line]\n", CHANGED, RENAMED_HERE])
    text = own(old, topics, more, random.choice(["", LOCAL]))
    before = whole(read(text, {"shared/good.yaml": old}))
    root = tree_of(text, "resources.yaml")
    upstreams = root["extends"]
    assert isinstance(upstreams, list)
    update = updated(
        text,
        "resources.yaml",
        root,
        kept_of(upstreams[0], 0, read_share(old, "x")),
        read_share(new, "x"),
        source="good.yaml",
        names=own_names(root, answered(before)),
        today=TODAY,
    )
    after = read(update.text, {"shared/good.yaml": new})
    # What it cannot decide is refused as a whole, with a line for each thing.
    if after.catalogue is None:
        assert all(str(problem).startswith("resources.yaml:") for problem in after.problems)
        pytest.fail("\n".join(map(str, after.problems)))
    codes = answered(after.catalogue)
    assert {code: entry.id for code, entry in answered(before).items()} == {
        code: codes[code].id for code in answered(before)
    }


CHANGED = "    change:\n      - id: sleep-tips\n        minutes: 5\n        reason: We counted.\n"
RENAMED_HERE = "    here:\n      - id: sleep-tips\n        as: tips\n        code: tvwxyb\n"
