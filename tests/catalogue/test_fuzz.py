"""No input whatever raises, and no text of a catalogue becomes markup on a page."""

from __future__ import annotations

import contextlib
import html
import json
import re
from html.parser import HTMLParser

import markdown
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from linkindex.catalogue import Catalogue, LinkIndexError, Problem
from linkindex.catalogue.rules.style import style_problems
from linkindex.site.generate import generate
from linkindex.site.templating import written_page
from tests.catalogue.small import SMALLEST, examined
from tests.support.catalogues import catalogue_text, parsed

HOSTILE_PIECES = [
    *("<script>alert(1)</script>", "<b onclick=x>", "</p>", "</script>", "<!--", "-->", "]]>"),
    *('"', "'", "`", "```", '" onclick="x', "'><img src=x>", "&amp;", "&lt;b&gt;", "&#60;b>", "&"),
    *(
        "{{ index.name }}",
        "{% raw %}",
        "{# x #}",
        "{: onclick=x }",
        "${x}",
        "$x$",
        "#",
        "# ",
        "= x",
    ),
    *("[x](javascript:y)", "![x](y)", "[x]: y", "<https://x.y>", "*x*", "**x**", "_x_", "~~x~~"),
    *(
        "\\",
        "\\<b>",
        "\\`",
        "|",
        "- ",
        "1. ",
        "> ",
        ":::",
        "!!! note",
        "*[x]: y",
        "[^1]",
        "%3Cb%3E",
    ),
    *("\n", "\n\n", "\t", "---", "\u00a0", "<", ">", "=", "«", "ŵ", "اردو", "x", "word ", "  "),
]
"""Pieces of text that mean something to HTML, Markdown, Jinja, YAML, JavaScript or a shell."""

hostile_texts = (
    st.lists(st.sampled_from(HOSTILE_PIECES), min_size=1, max_size=8)
    .map(lambda pieces: " ".join("".join(pieces).split())[:100].strip())
    .filter(re.compile(r"[^\s.,:;!?*_/-]").search)  # Signs alone say nothing, and are refused.
)
printable = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


def examine_without_raising(data: bytes | str) -> None:
    for problem in examined(data).problems:
        assert_readable(problem)


def assert_readable(problem: Problem) -> None:
    for said in (str(problem), problem.as_annotation()):
        assert len(said.splitlines()) == 1, said
        assert not re.search(
            r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]", said
        )
    assert problem.line >= 1
    assert problem.column >= 1


@settings(max_examples=1000)
@given(st.binary(max_size=200))
def test_no_bytes_raise(data: bytes) -> None:
    examine_without_raising(data)


@settings(max_examples=1000)
@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    examine_without_raising(text.encode("utf-8", "surrogatepass"))


@settings(max_examples=1000)
@given(
    st.lists(st.sampled_from([*"-:?[]{},&*!|>'\"%@`#~<=\\ \n\t", "\n  ", "\n- ", "a", "a: ", "é"]))
)
def test_no_signs_of_yaml_raise(pieces: list[str]) -> None:
    examine_without_raising("".join(pieces))


@st.composite
def mangled_catalogues(draw: st.DrawFn) -> str:
    """The smallest catalogue after a few slips of an editor's hand."""
    lines = SMALLEST.splitlines()
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(lines) - 1))
        line = lines[place]
        cut = draw(st.integers(0, len(line)))
        lines[place : place + 1] = draw(
            st.sampled_from(
                [
                    [],
                    [line, line],
                    [line[:cut]],
                    [f"  {line}"],
                    [line[1:]],
                    [f"{line[:cut]}{draw(printable)}{line[cut:]}"],
                    [f"{line.partition(':')[0]}: {draw(printable)}"],
                    [f"{line.partition(':')[0]}: {json.dumps(draw(printable))}"],
                    [f"{line.partition(':')[0]}: {draw(st.sampled_from(VALUES))}"],
                ]
            )
        )
        lines = lines or [""]
    return "\n".join(lines)


VALUES = [
    *(
        "[]",
        "{}",
        "~",
        "[~]",
        "[[]]",
        "[{}]",
        "{a: b}",
        "{a: {b: [c]}}",
        '""',
        "[a, a]",
        "- a",
        "!!x",
    ),
    *(
        "true",
        "-1",
        "1e999",
        "9" * 400,
        "0x10",
        "2026-99-99",
        "0000-00-00",
        "9999-12-31",
        "tel:999",
    ),
    *(
        "http://[",
        "http://]/",
        "http://:/",
        "http://a.b:c/",
        "http://%/",
        "https://xn--/",
        "http://./",
    ),
    *("https://ａ.ｂ/", "https://a..b/", "https://[::1%25]/", "https://0x/", "mailto:@", "//", ":"),
    *("https://\u0130.org/", "https://\u00df.de/", "https://a.b/%", "https://a.b/%ff?%ff=%ff#%ff"),
]


@settings(max_examples=1500)
@given(mangled_catalogues())
def test_no_slip_in_a_catalogue_raises(text: str) -> None:
    examine_without_raising(text)


PROSE = [
    *(
        "(",
        ")",
        "()",
        "( )",
        "[",
        "]",
        "{",
        "}",
        "“",
        "”",
        "‘",
        "’",
        "«",
        "„",
        "'",
        '"',
        "...",
        "…",
    ),
    *("• ", "– ", "— ", "- ", "* ", "1) ", ", ", ". ", "? ", "! ", ": ", "; ", "/", "&", "@", "#"),
    *("24/11/2026", "9.30am", "£5", "100 %", "0800 1111", "a@b.uk", "https://a.uk/b?c=d", "www."),
    *("ACE", "ACEs", "DoLS", "GOV.UK", "NHS (", "(CAMHS)", "a", "A course", " for parents", "s"),
    *(
        "word-" * 12,
        "Supercalifragilistic",
        "ŵ",
        "اردو",
        "\u200f",
        "ਪੰਜਾਬੀ",
        "中文",
        "می\u200cخواهم",
    ),
    *(
        "👩\u200d👧",
        "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
        "❤\ufe0f",
        "🙂",
    ),
    *("e\u0301", "\u0301", "\u3164", "\u2800", "\u00ad", "\u00a0", "\u2028", "\n", "\t", " ", "  "),
]
"""What stands in the texts of people, and what comes along when they paste."""

prose = st.lists(st.sampled_from(PROSE), min_size=1, max_size=12).map("".join)
scalars = st.one_of(prose, printable, st.sampled_from(VALUES))


@settings(max_examples=100)
@given(prose)
def test_no_prose_raises_or_is_said_raw(text: str) -> None:
    written = catalogue_text(text)
    examine_without_raising(written)
    found = examined(written)
    if found.catalogue is not None:
        assert found.tree is not None
        for problem in style_problems(found.catalogue, found.tree):
            assert_readable(problem)


SETTINGS = [line for line in SMALLEST.splitlines()[1:8] if line.strip()]


@settings(max_examples=100)
@given(st.sampled_from(SETTINGS), scalars)
def test_no_setting_raises_or_is_said_raw(line: str, value: str) -> None:
    key = line.partition(":")[0]
    examine_without_raising(SMALLEST.replace(line, f"{key}: {json.dumps(value)}"))
    examine_without_raising(SMALLEST.replace(line, f"{key}: {value}"))


@settings(max_examples=100)
@given(st.lists(st.one_of(prose, st.sampled_from(HOSTILE_PIECES)), max_size=6).map("".join))
def test_no_written_page_raises_anything_but_a_sentence(text: str) -> None:
    with contextlib.suppress(LinkIndexError):
        written_page(text, "page.md", {"index": {"name": "Good Links"}})


class Structure(HTMLParser):
    """The elements and attributes of a page, and the text a reader sees."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, ...]] = []
        self.pieces: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, *sorted(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_comment(self, data: str) -> None:
        self.elements.append(("comment", data))

    def handle_decl(self, decl: str) -> None:
        self.elements.append(("declaration", decl))

    def unknown_decl(self, data: str) -> None:
        self.elements.append(("declaration", data))

    def handle_pi(self, data: str) -> None:
        self.elements.append(("instruction", data))

    @property
    def text(self) -> str:
        return " ".join("".join(self.pieces).split())


MARKDOWN = markdown.Markdown(extensions=["toc", "tables", "fenced_code", "attr_list", "md_in_html"])
"""As MkDocs renders pages, with the settings of site/mkdocs.yml."""


def pages(catalogue: Catalogue) -> dict[str, tuple[dict[str, str], str]]:
    """The front matter and the HTML of every page, by its path."""
    return {path: _rendered(content.decode()) for path, content in _files(catalogue)}


def _files(catalogue: Catalogue) -> list[tuple[str, bytes]]:
    return [
        (path, content)
        for path, content in generate(catalogue, {}).items()
        if path.endswith((".md", ".html"))
    ]


def _rendered(page: str) -> tuple[dict[str, str], str]:
    front = re.match(r"\s*---\n(.*?)\n---\n", page, re.DOTALL)
    if front is None:
        return {}, page
    return yaml.safe_load(front[1]), MARKDOWN.reset().convert(page[front.end() :])


HARMLESS = pages(parsed(catalogue_text("Plain words")))
SHOWS_THE_TEXT = ["index.md", "plain.md", "help4.md", "all.md", "cards/index.md", "q/plain.html"]


@settings(max_examples=120)
@given(hostile_texts)
def test_text_of_a_catalogue_is_text_on_every_page(text: str) -> None:
    made = pages(parsed(catalogue_text(text)))
    assert made.keys() == HARMLESS.keys()
    for path, (front, page) in made.items():
        harmless_front, harmless_page = HARMLESS[path]
        structure, harmless = Structure(page), Structure(harmless_page)
        if path == "all.md":  # in the order of titles, so only the kinds can be compared
            assert set(structure.elements) <= set(harmless.elements)
        else:
            assert structure.elements == harmless.elements, path
        assert front.keys() == harmless_front.keys()
        if path in SHOWS_THE_TEXT:
            assert text in structure.text, path
        for key in front.keys() & {"title", "description"}:
            shown = harmless_front[key].replace("Plain words", text)
            assert html.unescape(front[key]) == shown
            assert Structure(front[key]).elements == []
