"""One slip of an editor's hand is one message, on the line where it was made."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from linkindex.catalogue import examine
from linkindex.catalogue.rules.examples import EXAMPLE
from linkindex.icons import icon_names
from linkindex.starting.beginning import sample
from linkindex.starting.files import catalogue_text
from linkindex.starting.wishes import Wishes
from tests.catalogue.small import SMALLEST, TODAY, messages

ROOT = Path(__file__).parents[2]
REAL = (ROOT / "resources.yaml").read_text("utf-8")
SAMPLE = (
    (Path(__file__).parent / "cases" / "valid-every-key.yaml")
    .read_text("utf-8")
    .partition("#--- expected")[0]
)
LINES = SAMPLE.split("\n")
GROUPS = LINES.index("groups:") + 1
KEYS = [
    number
    for number, line in enumerate(LINES)
    if re.match(r" *(?:- )?[\w-]+:", line) and "Two lines" not in LINES[number - 1]
]
ENTRIES = [number for number in KEYS if LINES[number].lstrip().startswith("- ")]
TEXTS = [
    number
    for number, line in enumerate(LINES)
    if line.lstrip().startswith("- ") and number not in ENTRIES
]
LATER = datetime.date(2099, 1, 1)

Broken = tuple[str, int]
"""A text with one slip, and the line that should be named, counted from 0."""


def instead(number: int, *lines: str) -> Broken:
    return "\n".join([*LINES[:number], *lines, *LINES[number + 1 :]]), number


def block_end(number: int) -> int:
    indent = len(LINES[number]) - len(LINES[number].lstrip())
    end = number + 1
    while end < len(LINES) and LINES[end].startswith(" " * (indent + 1)):
        end += 1
    return end


def lost_quotes() -> Iterator[Broken]:
    for mark in re.finditer('"', SAMPLE):
        without = SAMPLE[: mark.start()] + SAMPLE[mark.end() :]
        yield without, SAMPLE.count("\n", 0, mark.start())


def lost_dashes() -> Iterator[Broken]:
    for number in ENTRIES:
        for instead_of_dash in ("", "  ", " "):
            yield instead(number, LINES[number].replace("- ", instead_of_dash, 1))
    for number in TEXTS:
        yield instead(number, LINES[number].replace("- ", "", 1))


def needless_dashes() -> Iterator[Broken]:
    for key, sign in (("full_title", "-"), ("colour", "–"), ("url", "-"), ("added", "-")):
        number = next(n for n in KEYS if re.match(rf" +{key}:", LINES[n]))
        yield instead(number, LINES[number].replace(f"  {key}", f"{sign} {key}", 1))


def other_dashes() -> Iterator[Broken]:
    for number, sign in zip([*ENTRIES, *TEXTS], "–—•−·*" * 9, strict=False):
        yield instead(number, LINES[number].replace("-", sign, 1))


def shifted_keys() -> Iterator[Broken]:
    # A key that is alone in its part may begin anywhere below it.
    alone = "          number: 85258"
    for number in [n for n in KEYS if n not in ENTRIES and LINES[n] != alone][::5]:
        yield instead(number, f" {LINES[number]}")
        if LINES[number].startswith(" "):
            yield instead(number, LINES[number][1:])


def shifted_entries() -> Iterator[Broken]:
    for number in [n for n in ENTRIES if "families-first" not in LINES[n]][2:]:
        for shift in (-2, 2):
            moved = [
                f"  {line}" if shift > 0 else line[2:] for line in LINES[number : block_end(number)]
            ]
            yield "\n".join([*LINES[:number], *moved, *LINES[block_end(number) :]]), number


def misspelt_keys() -> Iterator[Broken]:
    for number in [n for n in KEYS if re.search(r"\w{5,}:", LINES[n])][::4]:
        yield instead(number, re.sub(r"(\w\w)(\w)(\w*):", r"\1\3:", LINES[number], count=1))


def pasted_twice() -> Iterator[Broken]:
    for number in ENTRIES:
        end = block_end(number)
        twice = [*LINES[:end], *LINES[number:end], *LINES[end:]]
        yield "\n".join(twice), end


def lost_colons() -> Iterator[Broken]:
    for number in KEYS[::4]:
        yield instead(number, LINES[number].replace(":", "", 1))


def lost_spaces() -> Iterator[Broken]:
    for number in [number for number in KEYS if re.search(r": [\w\[]", LINES[number])][::6]:
        yield instead(number, LINES[number].replace(": ", ":", 1))


def emptied_by_a_remark() -> Iterator[Broken]:
    for number in [n for n in KEYS if re.search(r": [\w]", LINES[n])][::5]:
        yield instead(number, LINES[number].replace(": ", ": #", 1))
    for number in TEXTS:
        yield instead(number, LINES[number].replace("- ", "- #", 1))


def wrapped_texts() -> Iterator[Broken]:
    for number in [n for n in KEYS if re.search(r": \w+ \w+ \w", LINES[n])]:
        words = re.match(r"(?P<first>.*?: \w+) (?P<rest>.*)", LINES[number])
        assert words
        indent = words["first"].index(words["first"].lstrip("- "))
        text, _ = instead(number, words["first"], " " * indent + words["rest"])
        yield text, number + 1


def swallowed_keys() -> Iterator[Broken]:
    number = LINES.index("        use_when: When you have time.")
    for more in ("  ", "    "):
        yield instead(number, more + LINES[number])


def invisible_line_breaks() -> Iterator[Broken]:
    number = LINES.index("    summary: Help when life is hard.")
    for sign in "\u2028\u2029\x85":
        yield instead(number, LINES[number].replace(" life", f"{sign}life"))


KINDS = [
    *(
        lost_quotes,
        lost_dashes,
        needless_dashes,
        other_dashes,
        shifted_keys,
        shifted_entries,
        misspelt_keys,
    ),
    *(pasted_twice, lost_colons, lost_spaces, emptied_by_a_remark, wrapped_texts),
    *(swallowed_keys, invisible_line_breaks),
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_one_slip_is_one_message_on_its_line(kind: Callable[[], Iterator[Broken]]) -> None:
    assert messages(SAMPLE) == []
    wrong = []
    for text, line in kind():
        found = messages(text)
        if [place_of(message) for message in found] != [line + 1]:
            wrong.append((line + 1, found))
    assert wrong == []


def place_of(message: str) -> int:
    return int(message.split(":")[1])


def test_a_lost_quotation_mark_of_the_whole_index_is_one_message() -> None:
    values = re.finditer(r'^ *(?:[\w-]+: "|\["|"|\w+, "|.*: ")', REAL, re.MULTILINE)
    marks = [value.end() - 1 for value in values]
    for place in marks[7 :: len(marks) // 2]:
        without = REAL[:place] + REAL[place + 1 :]
        found = examine(
            without.encode(), file="resources.yaml", icons=icon_names(), today=LATER
        ).errors
        assert [error.line for error in found] == [REAL.count("\n", 0, place) + 1], found


def test_a_slip_in_an_index_that_the_program_began_is_one_message() -> None:
    wishes = Wishes(name="Northtown Links", organisation="Northtown", contact="links@example.org")
    text = catalogue_text(wishes, sample(wishes.nations, TODAY))
    assert messages(text) == []
    for key, slipped in (
        ("      - id: turn2us", "      – id: turn2us"),
        ("        title: Turn2us", '        title: "Turn2us'),
        ("        format: tool", "        format tool"),
        ("        publisher: DAD.info", "         publisher: DAD.info"),
    ):
        assert text.count(key) == 1
        line = text.count("\n", 0, text.index(key)) + 1
        assert [place_of(message) for message in messages(text.replace(key, slipped))] == [line]


def test_two_slips_are_two_messages() -> None:
    first, second = LINES.index("    title: Home life"), LINES.index("    title: ACEs")
    lines = list(LINES)
    lines[first] = '    title: "Home life'
    lines[second] = "     title: ACEs"
    assert [place_of(message) for message in messages("\n".join(lines))] == [first + 1, second + 1]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (f"{SAMPLE}{SAMPLE}", len(LINES), "whole file begins here once more"),
        (f"Hello\n{SAMPLE}", 1, "before the first key"),
        (f"From: a@b.org\nTo: c@d.org\n{SAMPLE}", 1, "header of an e-mail"),
        ("".join(f"> {line}\n" for line in LINES), 1, "as e-mail programs mark"),
        ("".join(f"{n}  {line}\n" for n, line in enumerate(LINES, 1)), 1, "line numbers"),
        ("".join(f"{n}: {line}\n" for n, line in enumerate(LINES, 1)), 1, "line numbers"),
        ("Title,Link,Who\nACEs,https://www.cdc.gov,CDC\n", 1, "a table (CSV)"),
        ("Title;Link;Who\nACEs;https://www.cdc.gov;CDC\n", 1, "a table (CSV)"),
        (f"{SAMPLE}ACEs,https://www.cdc.gov,CDC\n", len(LINES), "a row of a table"),
        (f"```yaml\n{SAMPLE}", 1, "a block of code"),
        (f"<!DOCTYPE html>\n{SAMPLE}", 1, "a web page"),
        (SAMPLE.replace("groups:", "=======\ngroups:"), GROUPS, "this line is `=======`"),
        (SAMPLE.replace("groups:", "----------\ngroups:"), GROUPS, "neither a key with its text"),
        (SAMPLE.replace("groups:", "...\ngroups:"), GROUPS, "a line `...` ends the file here"),
        (
            SAMPLE.replace("          of text.", "          <<<<<<< HEAD\n          of text."),
            LINES.index("          of text.") + 1,
            "`<<<<<<<` of a merge conflict",
        ),
    ],
)
def test_what_was_pasted_is_called_by_its_name(text: str, line: int, said: str) -> None:
    (message,) = messages(text)
    assert place_of(message) == line
    assert said in message


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("description", "did you mean `summary`?"),
        ("link", "did you mean `url`?"),
        ("pubisher", "did you mean `publisher`?"),
        ("zzz", "use one of: id, code, title, url, publisher, summary"),
    ],
)
def test_an_unknown_key_gets_its_nearest_or_every_key(key: str, meant: str) -> None:
    text = SMALLEST.replace("        publisher: CDC", f"        {key}: x\n        publisher: CDC")
    (message,) = messages(text)
    assert meant in message


def test_no_required_key_is_to_be_removed() -> None:
    for key in ("title", "publisher", "format", "added", "summary"):
        for value in ("", ' ""'):
            text = re.sub(rf"^        {key}:.*$", f"        {key}:{value}", SMALLEST, flags=re.M)
            (message,) = messages(text)
            assert "remove" not in message


def handbook_example() -> str:
    page = (ROOT / "handbook" / "adding.md").read_text("utf-8")
    block = re.search(r"```yaml\n(      - id: .*?)```", page, re.DOTALL)
    assert block is not None
    return block[1]


def test_the_example_of_the_handbook_is_known_as_one() -> None:
    for key, words in EXAMPLE.items():
        assert f"{key}: {words}\n" in handbook_example()
    (message,) = messages(SMALLEST + handbook_example())
    assert "still the example's" in message


def test_an_example_that_is_partly_changed_is_still_one() -> None:
    changed = handbook_example().replace("example-guide-for-parents", "sleep")
    changed = changed.replace("A guide for parents", "Sleep").replace("Example Charity", "NHS")
    (message,) = messages(SMALLEST + changed)
    assert "`url`, `summary` of this link are still the example's" in message
    assert (
        messages(SMALLEST + re.sub(r"(summary|url): .*", r"\1: https://www.nhs.uk/", changed)) == []
    )


def test_a_published_index_links_to_no_address_for_examples() -> None:
    text = SMALLEST.replace("https://links.example.org/", "https://links.gov.uk/")
    assert messages(text) == []
    (message,) = messages(text.replace("https://www.cdc.gov/aces/", "https://www.example.org/a"))
    assert "an address for examples" in message


PROMPTS = SMALLEST.replace(
    "prompts: [What helps?, Who is there?, What comes next?]",
    "prompts:\n        @What helps?\n        @Who is there?\n        @What comes next?",
).replace("links@", "links(at)")
"""The smallest catalogue with a list of texts, each behind a sign that a test puts in."""


@pytest.mark.parametrize(
    ("sign", "space"),
    [
        *(
            (sign, space)
            for sign in "–—―−•·‣▪●◦○■►➢❖\uf0b7*+"
            for space in ("", " ", "\t", "\u00a0")
        ),
        *(("-", space) for space in ("", "\u00a0")),
    ],
)
def test_signs_in_place_of_dashes_are_told_once_with_their_number(sign: str, space: str) -> None:
    found = messages(PROMPTS.replace("@", sign + space).replace("(at)", "@"))
    assert len(found) == 1, found
    assert found[0].startswith("resources.yaml:27:9: ")
    assert ", here and on 2 more lines below; " in found[0]


def test_entries_in_braces_behind_another_sign_are_told_with_the_others() -> None:
    text = re.sub(r"^( *)- ", r"\1• ", SMALLEST, flags=re.MULTILINE)
    assert messages(text) == [
        "resources.yaml:11:3: `•` stands where a list has its dash, here and on 3 more lines "
        "below; type a hyphen and a space: `- `"
    ]


def test_signs_of_several_kinds_in_place_of_dashes_are_one_fault() -> None:
    found = messages(PROMPTS.replace("@", "– ", 1).replace("@", "• ").replace("(at)", "@"))
    assert found == [
        "resources.yaml:27:9: `–` and `•` stand where a list has its dash, here and on 2 more "
        "lines below; type a hyphen and a space: `- `"
    ]


def test_what_else_is_wrong_beside_signs_in_place_of_dashes_is_told_too() -> None:
    text = PROMPTS.replace("@", "• ").replace("(at)", "@").replace("format: guide", "format: gide")
    assert [message.partition(":")[2].partition(":")[0] for message in messages(text)] == [
        "27",
        "37",
    ]
