"""The handbook: what it says is what the program does, and nothing is left out of it."""

from __future__ import annotations

import importlib
import re
import shlex
import tomllib
from collections.abc import Iterator

import click
import pytest
from pydantic import BaseModel

from linkindex.cards.layout import EXTENDS, CardLayout, LabelLayout
from linkindex.cards.printers import Printer
from linkindex.cards.themes import Theme
from linkindex.catalogue.loading import TOP_KEYS
from linkindex.cli import main
from linkindex.site.hosts import HOSTS
from tests.conftest import REPOSITORY
from tests.support.write_reference import (
    HANDBOOK,
    TOP,
    attribute_docs,
    every_command,
    every_field,
    reference,
)

KINDS = (*TOP.values(), CardLayout, LabelLayout, Theme, Printer)


def documents() -> str:
    """All that people read about the program."""
    pages = [REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *HANDBOOK.rglob("*.md")]
    return "\n".join(page.read_text("utf-8") for page in pages)


PAGES = ("keys.md", "cards.md", "commands.md", *(f"hosts/{name}.md" for name in HOSTS))


@pytest.mark.parametrize("name", PAGES)
def test_the_reference_says_what_the_program_does(name: str) -> None:
    written = (HANDBOOK / name).read_text("utf-8")
    assert written == reference()[name], "run `make reference` and commit what it writes"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_key_is_described_where_it_is_defined(kind: type[BaseModel]) -> None:
    for owner, key, field in every_field(kind):
        described = attribute_docs(owner)
        name = next(name for name, one in owner.model_fields.items() if one is field)
        assert described.get(name, "").endswith("."), f"{owner.__name__}.{key} has no sentence"


def options_and_commands() -> Iterator[str]:
    for path, command in every_command():
        yield " ".join(path)
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                yield from (name for name in parameter.opts if name.startswith("--"))


def test_every_command_option_and_key_is_documented() -> None:
    text = documents()
    keys = {key for kind in KINDS for _, key, _ in every_field(kind)} | {*TOP_KEYS, EXTENDS}
    missing = {key for key in keys if not re.search(rf"`{re.escape(key)}:?`", text)}
    missing |= {
        name
        for name in options_and_commands()
        if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
    }
    assert missing == set()


COMMAND = re.compile(r"(?<![\w/`.-])linkindex ([a-z][^\n`]*)|`linkindex ([^\n`]+)`")
ENDS = re.compile(r"\s{2,}|[|>&;#)]|\.\.\.|…")
"""What follows a command in a line: a remark, or another command."""


def commands_to_copy() -> Iterator[tuple[click.Command, list[str]]]:
    """Every command that a page shows, with the words after it."""
    text = re.sub(r"\\\n\s*", " ", documents())
    for begins, quoted in COMMAND.findall(text):
        line = ENDS.split(begins or quoted)[0]
        try:
            words = shlex.split(line)
        except ValueError:  # a sentence with an apostrophe
            continue
        command: click.Command = main
        while isinstance(command, click.Group) and words and words[0] in command.commands:
            command = command.commands[words.pop(0)]
        if command is not main and "[OPTIONS]" not in words:
            yield command, words


def test_every_command_that_a_page_shows_can_be_copied() -> None:
    shown = list(commands_to_copy())
    assert len(shown) > 200
    for command, words in shown:
        parser = command.make_parser(click.Context(command))
        _, left, _ = parser.parse_args([*words])
        assert left == [], f"{command.name} {' '.join(words)}"


def test_every_page_of_the_handbook_is_in_its_list_and_every_path_is_there() -> None:
    listed = (HANDBOOK / "README.md").read_text("utf-8")
    for page in HANDBOOK.glob("*.md"):
        assert page.name == "README.md" or f"({page.name})" in listed, page.name
    for page in HANDBOOK.rglob("*.md"):
        text = page.read_text("utf-8")
        for path in re.findall(r"`((?:tools|tests|docs)/[\w./-]+)`", text):
            assert (REPOSITORY / path).exists(), f"{page.name} names {path}"
        for link in re.findall(r"\]\(([\w./-]+)\)", text):
            assert (page.parent / link).exists(), f"{page.name} links to {link}"


def test_every_host_has_a_page_and_is_in_their_list() -> None:
    listed = (HANDBOOK / "hosts.md").read_text("utf-8")
    assert {page.stem for page in (HANDBOOK / "hosts").iterdir()} == set(HOSTS)
    assert set(re.findall(r"^\| \[(\w+)\]\(hosts/\1\.md\)", listed, re.MULTILINE)) == set(HOSTS)


def test_every_page_of_the_handbook_has_its_place_in_the_menu_of_its_site() -> None:
    settings = (REPOSITORY / "docs-dev" / "handbook" / "mkdocs.yml").read_text("utf-8")
    menu = settings.partition("\nnav:\n")[2]
    for page in HANDBOOK.rglob("*.md"):
        assert f"- {page.relative_to(HANDBOOK).as_posix()}\n" in menu, page.name


ARCHITECTURE = REPOSITORY / "docs-dev/architecture.md"
NAMED = re.compile(r"`([\w./-]+(?:\.(?:py|yaml|html|typ|css|js)|/))(?::(\w+))?`")


def test_every_path_and_name_in_the_map_for_developers_is_there() -> None:
    named = NAMED.findall(ARCHITECTURE.read_text("utf-8"))
    assert len(named) > 80
    for path, name in named:
        places = (REPOSITORY / "tools/linkindex" / path, REPOSITORY / path)
        assert any(place.exists() for place in places), f"there is no {path}"
        if name:
            module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            assert hasattr(importlib.import_module(f"linkindex.{module}"), name), f"{path}:{name}"


def test_every_room_of_the_program_is_on_the_map_for_developers() -> None:
    program = REPOSITORY / "tools/linkindex"
    rooms = {one.parent for one in program.rglob("__init__.py")} - {program}
    named = {path for path, _ in NAMED.findall(ARCHITECTURE.read_text("utf-8"))}
    assert {f"{room.relative_to(program).as_posix()}/" for room in rooms} <= named


def versions_of_the_changelog() -> dict[str, str]:
    """What is said of each version, by its heading."""
    text = (REPOSITORY / "CHANGELOG.md").read_text("utf-8")
    _, *parts = re.split(r"(?m)^## ", text)
    return {part.partition("\n")[0]: part.partition("\n")[2].strip() for part in parts}


def test_each_version_says_first_what_maintainers_must_do() -> None:
    for version, said in versions_of_the_changelog().items():
        assert re.match(r"What maintainers must do: \w", said), version


def test_the_changelog_begins_with_the_version_of_the_program() -> None:
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    assert next(iter(versions_of_the_changelog())).split()[0] == settings["project"]["version"]
