"""What of the program is made again, and what is kept for its next run."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader

from linkindex.places import shipped, shipped_file
from linkindex.site import compiled
from linkindex.site.compiled import MadeOnce

TEMPLATES = shipped_file("site") / "templates"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    return tmp_path / "__pycache__" / "templates.pyc"


def held(kept: Path) -> int:
    """How many templates are kept in a file for this program."""
    return len(MadeOnce(kept)._codes)


def keep(kept: Path, folder: Path, name: str) -> None:
    templates = MadeOnce(kept)
    environment = Environment(
        loader=FileSystemLoader(folder), extensions=["jinja2.ext.i18n"], bytecode_cache=templates
    )
    environment.get_template(name)
    templates.keep()


def test_a_template_is_compiled_again_only_when_its_text_has_changed() -> None:
    templates = MadeOnce()

    def compiled(text: str) -> object:
        environment = Environment(loader=DictLoader({"page": text}), bytecode_cache=templates)
        template = environment.get_template("page")
        assert template.render() == text
        return template.root_render_func.__code__

    assert compiled("before") is compiled("before")
    assert compiled("after") is not compiled("before")


def test_what_was_compiled_is_kept_for_the_next_run_of_the_same_program(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(kept, TEMPLATES, "scan-slash.html")
    assert held(kept) == 1
    monkeypatch.setattr(compiled, "_program", lambda: "another")
    assert held(kept) == 0


def test_a_value_that_no_index_changes_is_made_by_the_first_run(kept: Path) -> None:
    before = MadeOnce(kept)
    assert before.value("words", lambda: {"one": [1, (2,)]}) == {"one": [1, (2,)]}
    before.keep()
    made: list[str] = []
    kept_value = MadeOnce(kept).value("words", lambda: made.append("again"))
    assert (kept_value, made) == ({"one": [1, (2,)]}, [])


def test_another_program_is_one_of_which_a_file_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "site" / "module.py"
    module.parent.mkdir()
    module.write_bytes(b"before")
    monkeypatch.setattr(compiled, "shipped_file", tmp_path.joinpath)
    states = []
    for text in (b"before", b"afterwards"):
        module.write_bytes(text)
        compiled._program.cache_clear()
        states.append(compiled._program())
    compiled._program.cache_clear()
    assert states[0] != states[1]


@pytest.mark.parametrize("damage", [b"", b"x", b"i\0\0\0\0"])
def test_a_damaged_file_is_as_none(kept: Path, damage: bytes) -> None:
    keep(kept, TEMPLATES, "scan-slash.html")
    kept.write_bytes(damage)
    assert held(kept) == 0
    keep(kept, TEMPLATES, "scan-slash.html")
    assert held(kept) == 1


def test_templates_of_an_index_are_not_kept(kept: Path, tmp_path: Path) -> None:
    (tmp_path / "own.html").write_text("its own", "utf-8")
    keep(kept, tmp_path, "own.html")
    assert not kept.exists()
    keep(kept, shipped("overrides") / "partials", "mark.html")
    assert held(kept) == 1


def test_nothing_is_kept_where_python_keeps_nothing(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("sys.dont_write_bytecode", True)
        keep(kept, TEMPLATES, "scan-slash.html")
        assert not kept.parent.exists()
    (tmp_path / "file").write_bytes(b"")
    keep(tmp_path / "file" / "templates.pyc", TEMPLATES, "scan-slash.html")
    assert (tmp_path / "file").read_bytes() == b""
