"""How often the search of the shipped index finds what was meant, and what it costs.

Run as ``python -m tests.bench.search [--all] [FILE ...]``. A file is a list of questions in YAML:
``ask`` is what is typed, ``first`` the titles of which any should come first (none: nothing here
answers it), ``also`` what is fair within the first three, and ``by`` who asks. Without a file,
those of ``tests/bench/questions`` are asked. The search of a stock Material site with the same
text is asked them, too. What went wrong is listed with ``--all`` alone, so that a set can be
scored without its questions being seen.
"""

from __future__ import annotations

import gzip
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Page, sync_playwright
from tests.bench.stock_search import stock_search
from tests.conftest import BROWSER_ARGUMENTS, REPOSITORY, chromium_program
from tests.support.searching import add_engine, begin

from linkindex.catalogue import ShownCatalogue, load
from linkindex.icons import icon_names
from linkindex.site.call_first import PATH, call_first_file
from linkindex.site.scripts import JOINED, OF_SEARCH, joined, short_script_file
from linkindex.site.search.files import IN_ONE_PART, files_of, search_content, search_files

QUESTIONS = Path(__file__).with_name("questions")
MEASURED = QUESTIONS / "measured"
"""Questions that were measured unread, and that neither rules nor sayings were made with."""
ASSETS = REPOSITORY / "overrides/assets"
MANY, SOME = 20_000, 2_000
SLOWED = 6
"""So many times slower than this computer is the processor on which an answer is timed."""

FIRST_ANSWER = """([numbers, text, title]) => {
    const {table} = LinkIndexUnpack.numbers(JSON.parse(numbers));
    const began = performance.now();
    const engine = LinkIndexEngine.create(MiniSearch);
    engine.begin(LinkIndexUnpack.create(table).begin(JSON.parse(text)));
    const found = engine.search(title).groups.some(({lines}) =>
        lines.some(({link}) => link && link.title === title));
    return [found, performance.now() - began];
}"""
ASK = """text => engine.search(text, {isTyping: true}).groups
    .flatMap(({lines}) => lines.map(({topic, link}) => (link || topic).title))"""


Find = Callable[[str], list[str]]
"""Titles that a search finds for what is typed, best first."""


@dataclass(frozen=True)
class Question:
    """What somebody types, and the titles that answer it."""

    ask: str
    first: tuple[str, ...]
    also: tuple[str, ...]

    def is_first(self, found: Sequence[str]) -> bool:
        """Whether one of the right titles came first; nothing, if nothing answers it."""
        return found[0] in self.first if found and self.first else not found and not self.first

    def is_near(self, found: Sequence[str]) -> bool:
        """Whether one that is right or fair is within the first three."""
        return not {*self.first, *self.also}.isdisjoint(found[:3])


def questions_of(file: Path) -> list[Question]:
    """The questions of a file."""
    read = yaml.safe_load(file.read_text("utf-8"))
    return [
        Question(str(one["ask"]), tuple(one["first"]), tuple(one.get("also", ()))) for one in read
    ]


def main(arguments: Sequence[str]) -> None:
    """Print the figures of each file, and the weight of what is fetched."""
    tells_all = "--all" in arguments
    named = [Path(name) for name in arguments if not name.startswith("--")]
    index = load(REPOSITORY / "resources.yaml", icons=icon_names())
    catalogue = ShownCatalogue.of(index, ())
    numbers = call_first_file(catalogue)
    with page() as opened:
        add_engine(opened)
        begin(opened, numbers, search_files(catalogue))
        searches: dict[str, Find] = {
            "ours": lambda question: opened.evaluate(ASK, question),
            "stock Material": stock_search(opened, index),
        }
        for file in named or [
            *sorted(QUESTIONS.glob("*.yaml")),
            *sorted(MEASURED.glob("search-*")),
        ]:
            score(file, searches, tells_all=tells_all)
        if not named:
            print_many(opened, numbers, search_content(catalogue))
        print(f"  one answer, {SLOWED} times slowed: {slowed(opened):.0f} ms")
        if not named:
            begin(opened, numbers, files_of(many_links(search_content(catalogue), SOME)))
            print(f"  and of {SOME} links: {slowed(opened):.0f} ms")
    if not named:
        print_weights(first_use(catalogue))


def score(file: Path, searches: Mapping[str, Find], *, tells_all: bool) -> None:
    """Ask each search the questions of a file and print what came of them."""
    questions = questions_of(file)
    print(f"Search: {file.name}, {len(questions)} questions")
    for name, find in searches.items():
        asked = [(question, find(question.ask)) for question in questions]
        answered = [pair for pair in asked if pair[0].first]
        strange = [pair for pair in asked if not pair[0].first]
        print(f"  {name}")
        print(f"    right first          {share(answered, Question.is_first)}")
        print(f"    in the first three   {share(answered, Question.is_near)}")
        print(f"    nothing for nonsense {share(strange, Question.is_first)}")
        if tells_all and find is searches["ours"]:
            for question, found in asked:
                if not question.is_first(found):
                    print(f"    {question.ask} -> {' | '.join(found[:3]) or 'nothing'}")


def share(asked: Sequence[tuple[Question, list[str]]], holds: Any) -> str:
    """How many hold: "97 of 100 (0.970)"."""
    count = sum(holds(question, found) for question, found in asked)
    return f"{count} of {len(asked)} ({count / len(asked):.3f})" if asked else "none asked"


def slowed(opened: Page) -> float:
    """The median time of an answer in milliseconds on a slowed processor."""
    opened.context.new_cdp_session(opened).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    times = []
    for text in ("my son will not go to school", "anxiaty help", "grandparents rights money"):
        began = time.perf_counter()
        opened.evaluate(ASK, text)
        times.append(1000 * (time.perf_counter() - began))
    return sorted(times)[1]


def first_use(catalogue: ShownCatalogue) -> dict[str, int]:
    """What the first use of the search of an index fetches: compressed bytes by name."""
    parts = [(ASSETS / f"search/{name}.js").read_text("utf-8") for name in OF_SEARCH]
    opening = (ASSETS / "search.js").read_text("utf-8")
    scripts = {"search.js": short_script_file(opening, of_search=True), JOINED: joined(parts)}
    files = {**scripts, **search_files(catalogue), PATH: call_first_file(catalogue)}
    return {name: compressed(text) for name, text in files.items()}


def compressed(text: str) -> int:
    """Bytes of a text as a server sends it."""
    return len(gzip.compress(text.encode(), 9))


def print_weights(sizes: dict[str, int]) -> None:
    """Print what the first use of the search fetches, compressed."""
    for name, size in sizes.items():
        print(f"  {name:24} {size / 1000:6.1f} KB")
    print(f"  {'in all, on first use':24} {sum(sizes.values()) / 1000:6.1f} KB")


def many_links(first: dict[str, Any], count: int) -> dict[str, Any]:
    """An index of so many links, whose words are those of the shipped index, mixed.

    :param first: what the search is told of the shipped index.
    """
    chance = random.Random(1)

    def mixed(texts: list[str]) -> str:
        one, other = (chance.choice(texts).split() for _ in range(2))
        return " ".join(one[::2] + other[1::2])

    columns, words = first["links"], first["words"]
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    made: dict[str, Any] = {
        name: [chance.choice(columns[name]) for _ in range(count)]
        for name in ("topic", "publisher", "nations", "audiences")
    }
    made["title"] = [mixed(columns["title"]) for _ in range(count)]
    made["code"] = "".join(chance.choice(letters) for _ in range(6 * count))
    parts = [
        {name: [mixed(words[name]) for _ in range(IN_ONE_PART)] for name in words}
        for _ in range(count // IN_ONE_PART)
    ]
    # As they first come.
    met = list(dict.fromkeys(made["publisher"]))
    made["publisher"] = [met.index(at) for at in made["publisher"]]
    made["publishers"] = [columns["publishers"][at] for at in met]
    links = {**columns, **made, "call": {}, "text": {}}
    names = [f"words-{number}.json" for number, _ in enumerate(parts, start=1)]
    nothing: dict[str, list[str]] = {name: [] for name in words}
    vectors = {
        **first["vectors"],
        "links": [chance.choice(first["vectors"]["links"]) for _ in range(count)],
    }
    return {
        **first,
        **{"links": links, "words": nothing, "parts": names, "others": parts, "vectors": vectors},
    }


def print_many(opened: Page, numbers: str, first: dict[str, Any]) -> None:
    """Print what an index of many links weighs, and how soon its first part answers."""
    content = many_links(first, MANY)
    texts = list(files_of(content).values())
    sizes = [compressed(text) for text in texts]
    found, milliseconds = opened.evaluate(
        FIRST_ANSWER, [numbers, texts[0], content["links"]["title"][-1]]
    )
    print(f"  {MANY} links: {sum(sizes) / 1e6:.2f} MB in {len(sizes)} parts")
    came = "found" if found else "NOT found"
    print(f"  the last of them is {came} by its title {milliseconds:.0f} ms after the first part")


@contextmanager
def page() -> Iterator[Page]:
    """A blank page of a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_program(), args=BROWSER_ARGUMENTS
        )
        yield browser.new_page()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
