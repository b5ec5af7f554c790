"""The matcher of what people in danger type, in a page that holds it and nothing else."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from linkindex.catalogue import ShownCatalogue
from linkindex.site.call_first import call_first_file
from tests.conftest import REPOSITORY

SCRIPT = REPOSITORY / "overrides/assets/search/danger.js"
UNPACK = SCRIPT.with_name("unpack.js")

NUMBERS, QUIET, NOTHING = "numbers", "quiet", "nothing"


@dataclass(frozen=True)
class Weighed:
    """What is weighed of a text: its marks with their places among the weights; its words, and what
    these weigh together, in fifths of a logit; and whether a frame fits.
    """

    marks: dict[str, int]
    words: list[str]
    together: int
    fits: bool


class Matcher:
    """Asks the matcher as it runs in a browser, with the numbers of an index."""

    def __init__(self, page: Page, catalogue: ShownCatalogue, script: Path = SCRIPT) -> None:
        self._page = page
        page.add_script_tag(path=UNPACK)
        page.add_script_tag(path=script)
        page.evaluate(
            """packed => {
                window.matcher = LinkIndexDanger.create(LinkIndexUnpack.numbers(packed));
            }""",
            json.loads(call_first_file(catalogue)),
        )

    def level(self, text: str) -> str:
        """Whether numbers, one quiet line or nothing is shown for what is typed."""
        shown = self._shown(text)
        return NOTHING if shown is None else QUIET if shown["isQuiet"] else NUMBERS

    def numbers(self, text: str) -> list[str]:
        """The numbers shown for what is typed, in order."""
        shown = self._shown(text)
        return re.findall(r'href="(?:tel|sms):(\d+)"', shown["lines"]) if shown else []

    def weighed(self, text: str) -> Weighed:
        """What is weighed of a text."""
        found = self._page.evaluate("text => matcher.weighed(text)", text)
        return Weighed(**{**found, "marks": dict(found["marks"])})

    def is_same(self, text: str, other: str) -> bool:
        """Whether two texts are answered by the same object, so that nothing is shown anew."""
        script = "([text, other]) => matcher.concernOf(text) === matcher.concernOf(other)"
        return bool(self._page.evaluate(script, [text, other]))

    def milliseconds(self, texts: list[str]) -> float:
        """How long it takes to judge one of these texts."""
        script = """texts => {
            const start = performance.now();
            for (const text of texts) matcher.concernOf(text);
            return (performance.now() - start) / texts.length;
        }"""
        return float(self._page.evaluate(script, texts))

    def _shown(self, text: str) -> dict[str, Any] | None:
        shown: dict[str, Any] | None = self._page.evaluate("text => matcher.concernOf(text)", text)
        return shown
