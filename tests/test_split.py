"""An index in several files: every command reads it, and writes into the file that it means."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from linkindex import load
from linkindex.catalogue import ShownCatalogue
from linkindex.catalogue.loading import read_whole
from linkindex.cli import main
from linkindex.site.generate import generate
from tests.support.catalogues import catalogue_text


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    (tmp_path / "resources.yaml").write_text(catalogue_text(), "utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*.yaml"))
    }


def test_split_and_join_are_each_other_s_way_back(index: Path) -> None:
    before = files(index)
    assert "topics/" in run("split").output
    assert len(files(index)) > 2
    assert "has a file of its own already" in run("split").output
    assert run("check").exit_code == 0
    assert "2 topics" in run("join").output
    assert files(index) == before
    assert not (index / "topics").exists()
    assert "already" in run("join").output


def test_a_dry_run_writes_nothing(index: Path) -> None:
    before = files(index)
    assert "Would write 2 topics" in run("split", "--dry-run").output
    assert files(index) == before
    run("split")
    apart = files(index)
    assert "Would put 2 topics" in run("join", "--dry-run").output
    assert files(index) == apart


def test_no_file_is_written_over(index: Path) -> None:
    run("split")
    (index / "resources.yaml").write_text(catalogue_text(), "utf-8")
    before = files(index)
    ended = run("split")
    assert ended.exit_code == 1
    assert ".yaml is there already" in ended.output
    assert files(index) == before


def test_the_pages_are_the_same_but_for_where_a_change_is_suggested(index: Path) -> None:
    one = generate(ShownCatalogue.of(load("resources.yaml"), ()), {})
    run("split")
    many = generate(ShownCatalogue.of(load("resources.yaml"), ()), {})
    way = re.compile(rb"/blob/main/[^\"#]+#L\d+")
    assert {path: way.sub(b"", content) for path, content in one.items()} == {
        path: way.sub(b"", content) for path, content in many.items()
    }


def test_what_a_command_writes_goes_into_the_file_it_is_in(index: Path) -> None:
    run("split")
    before = files(index)
    code = load("resources.yaml").current_resources[0]
    ended = run("review", "--done", code.id)
    assert ended.exit_code == 0, ended.output
    changed = {name for name, text in files(index).items() if text != before[name]}
    place = load("resources.yaml").at(code.line)
    assert changed == {place.file}
    assert place.file.startswith("topics/")
    assert f"--- {place.file}" in ended.output


def test_a_number_that_stands_in_two_files_is_confirmed_in_both(index: Path) -> None:
    run("split")
    before = files(index)
    ended = run("numbers", "confirm", "text 85258", "--by", "family team")
    assert ended.exit_code == 0, ended.output
    changed = {name for name, text in files(index).items() if text != before[name]}
    assert changed >= {"resources.yaml"}
    assert ended.output.count("+++ ") == len(changed)


def test_every_list_names_the_small_file(index: Path) -> None:
    run("split")
    for command in (("review",), ("numbers",)):
        assert "topics/" in run(*command).output, command


def test_suggest_a_change_opens_the_small_file(index: Path) -> None:
    run("split")
    source = load("resources.yaml")
    category = source.current_categories[0]
    page = generate(ShownCatalogue.of(source, ()), {})[f"{category.code}.md"].decode()
    assert f"/blob/main/topics/{category.id}.yaml?plain=1#L2" in page


def test_the_links_of_a_former_version_in_several_files_are_known(index: Path) -> None:
    from linkindex.links.sources import catalogue_links, changed_links

    run("split")
    base = read_whole(index / "resources.yaml").text.encode()
    assert changed_links(catalogue_links(load("resources.yaml")), base) == ()


def test_schema_writes_what_the_first_lines_name(index: Path) -> None:
    run("split")
    ended = run("schema")
    assert (index / "schema" / "resources.schema.json").exists()
    assert "first line of resources.yaml" in ended.output
    name = next(name for name in files(index) if name.startswith("topics/"))
    first = files(index)[name].partition("\n")[0]
    schema = (index / name).parent / first.partition("$schema=")[2]
    assert schema.resolve() == (index / "schema" / "topic.schema.json").resolve()
