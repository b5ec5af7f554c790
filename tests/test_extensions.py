"""What other packages add: exports and reports, and what is said of those that go wrong."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from linkindex.cli import main
from linkindex.extensions import EXPORTS, REPORTS, ExtensionError, extensions
from linkindex.links.model import LinkReport, LinksError
from linkindex.links.reports.json import report_json
from linkindex.links.reports.table import BUILT_IN, report_named
from linkindex.site.engines.export import export_docs
from linkindex.site.exports import added_exports, exports, public_index
from linkindex.site.generate import generate
from tests.site.kestrels import kestrel_text
from tests.support.catalogues import catalogue_text, parsed

Install = Callable[..., None]

SOUND = """\
about = "list of titles"
sensitive_topics = "left-out"
sensitive_links = "left-out"

def files(index):
    return {"data/titles.txt": "\\n".join(one.title for one in index.all_named_links).encode()}
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Installs packages beside LinkIndex: a module of this text, and what it adds to a group."""

    def installed(code: str, group: str = EXPORTS, package: str = "guest", name: str = "") -> None:
        folder = tmp_path / f"packages/{package}"
        metadata = folder / f"{package}-1.0.dist-info"
        metadata.mkdir(parents=True)
        (folder / f"{package}.py").write_text(code, "utf-8")
        (metadata / "METADATA").write_text(f"Name: {package}\nVersion: 1.0\n", "utf-8")
        what = f"{name or package} = {package}{':write' if group == REPORTS else ''}\n"
        (metadata / "entry_points.txt").write_text(f"[{group}]\n{what}", "utf-8")
        monkeypatch.syspath_prepend(str(folder))
        monkeypatch.delitem(sys.modules, package, raising=False)

    return installed


def made(catalogue: str = "") -> dict[str, bytes]:
    return generate(parsed(catalogue or catalogue_text()), {}, added=added_exports())


def refusal() -> str:
    with pytest.raises(ExtensionError) as caught:
        made(kestrel_text())
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


def test_without_other_packages_nothing_is_added() -> None:
    assert extensions(EXPORTS) == extensions(REPORTS) == ()
    index = public_index(parsed(kestrel_text()))
    assert exports(index, added_exports(), taken=["index.md"]) == exports(index)


def test_an_installed_export_adds_its_files_and_says_what_they_show(install: Install) -> None:
    before = made()
    install(SOUND)
    after = made()
    assert after.keys() - before.keys() == {"data/titles.txt"}
    assert {path for path in before if after[path] != before[path]} == {"data/neutral.json"}
    assert json.loads(after["data/neutral.json"])["outputs"][-1] == {
        "kind": "list of titles",
        "files": ["data/titles.txt"],
        "topic": "left-out",
        "links": "left-out",
    }


@pytest.mark.slow
def test_an_installed_export_stands_in_what_is_written_for_other_engines(
    install: Install, tmp_path: Path
) -> None:
    install(SOUND)
    export_docs(parsed(catalogue_text()), tmp_path / "pages")
    assert (tmp_path / "pages/docs/data/titles.txt").is_file()


def test_an_export_is_made_of_the_public_index_alone(install: Install) -> None:
    install(SOUND.replace("index.all_named_links", "index.categories"))
    assert "AttributeError: 'PublicIndex' object has no attribute 'categories'" in refusal()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('sensitive_topics = "left-out"', "", "does not say in `sensitive_topics` what it shows"),
        ('sensitive_links = "left-out"', "", "does not say in `sensitive_links` what it shows"),
        ('links = "left-out"', 'links = "plain"', "does not say in `sensitive_links` what it"),
        ('links = "left-out"', "links = []", "does not say in `sensitive_links` what it shows"),
        ('about = "list of titles"', "", "does not say in `about` what it makes"),
        ('about = "list of titles"', 'about = " "', "does not say in `about` what it makes"),
        ("def files", "def fiels", "has no function `files`"),
    ],
)
def test_an_export_that_does_not_say_what_it_shows_is_refused(
    old: str, new: str, sentence: str, install: Install
) -> None:
    assert old in SOUND
    install(SOUND.replace(old, new))
    assert refusal().startswith(f"the export `guest` of `guest` {sentence}")


@pytest.mark.parametrize(
    ("given", "noun"), [("topic.scan_page", "topics"), ("topic.links[0].page", "links")]
)
def test_an_export_that_shows_more_than_it_says_is_refused(
    given: str, noun: str, install: Install
) -> None:
    titles = "one.title for one in index.all_named_links"
    install(SOUND.replace(titles, f"{given} for topic in index.topics if topic.neutral"))
    sentence = f"says that it leaves sensitive {noun} out, and names one in `data/titles.txt`"
    assert sentence in refusal()
    shown = SOUND.replace(f'_{noun} = "left-out"', f'_{noun} = "neutral"')
    install(
        shown.replace(titles, f"{given} for topic in index.topics if topic.neutral"),
        package="honest",
    )
    assert "`guest`" in refusal(), "the honest one is in order"


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("data/links.csv", "`data/links.csv`, which LinkIndex makes too"),
        ("data/Links.CSV", "`data/Links.CSV`, which LinkIndex makes too"),
        ("data/neutral.json", "which LinkIndex makes too"),
        ("data/links.csv/more.txt", "which LinkIndex makes too"),
        ("all", "`all`, which LinkIndex makes too"),
        ("feeds", "`feeds`, which LinkIndex makes too"),
        ("cards/sheet.pdf", "where the site has files of its own"),
        ("Assets/linkindex.css", "where the site has files of its own"),
        ("sitemap.xml", "where the site has files of its own"),
        ("q/x.png", "where the site has files of its own"),
        ("page.md", "makes the page `page.md`"),
        ("data/page.HTML", "makes the page `data/page.HTML`"),
        ("/etc/passwd", "is not a path below the site"),
        ("../secret.txt", "is not a path below the site"),
        ("data/../../x.txt", "is not a path below the site"),
        ("a\\\\b.txt", "is not a path below the site"),
        (".hidden", "is not a path below the site"),
        ("data/", "is not a path below the site"),
        ("data/a b.txt\\n", "is not a path below the site"),
        ("", "is not a path below the site"),
    ],
)
def test_a_file_that_cannot_stand_on_the_site_is_refused(
    path: str, sentence: str, install: Install
) -> None:
    install(SOUND.replace("data/titles.txt", path))
    assert sentence in refusal()
    assert refusal().endswith("; ask whoever makes it for another name, or uninstall it")


def test_two_packages_cannot_make_the_same_file(install: Install) -> None:
    install(SOUND)
    install(SOUND.replace("titles.txt", "Titles.txt"), package="second")
    assert "makes `data/Titles.txt`, which the export `guest` of `guest` makes too" in refusal()


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("import nowhere", "cannot be loaded (ModuleNotFoundError: No module named 'nowhere')"),
        ("def", "cannot be loaded (SyntaxError: "),
        ("raise SystemExit(3)", "cannot be loaded (SystemExit: 3)"),
        (
            SOUND.replace("return {", "raise ValueError('two\\nlines') or {"),
            "ValueError: two lines",
        ),
        (SOUND.replace("return {", "raise KeyError or {"), "failed (KeyError); tell whoever makes"),
        (SOUND.replace(".encode()", ""), "does not give the content of its files as bytes"),
        (SOUND.replace("return {", "return None and {"), "failed (TypeError: "),
    ],
)
def test_an_extension_that_fails_names_itself_in_one_sentence_and_logs_the_traceback(
    code: str, sentence: str, install: Install, caplog: pytest.LogCaptureFixture
) -> None:
    install(code)
    with caplog.at_level(logging.ERROR):
        assert sentence in refusal()
    assert "bytes" in sentence or caplog.records[0].exc_info


@pytest.mark.slow
def test_a_build_with_an_extension_that_fails_is_one_sentence_and_leaves_the_site(
    install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "resources.yaml").write_text(catalogue_text(), "utf-8")
    install("import nowhere")
    ended = CliRunner().invoke(main, ["build"])
    assert ended.exit_code == 1
    assert "the export `guest` of `guest` cannot be loaded (ModuleNotFoundError" in ended.output
    assert not (tmp_path / "site").exists()


# Reports

COUNTING = "def write(report):\n    return f'{len(report.outcomes)} links\\n'\n"


@pytest.mark.parametrize("name", BUILT_IN)
def test_our_own_reports_are_in_the_same_table(name: str) -> None:
    assert report_named(name)(LinkReport(()))
    assert report_named("json") is report_json


def test_an_installed_report_is_written_by_its_name(
    install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(COUNTING, REPORTS, name="count")
    part = tmp_path / "part.json"
    part.write_text(report_json(LinkReport(())), "utf-8")
    (tmp_path / "resources.yaml").write_text(catalogue_text(), "utf-8")
    monkeypatch.chdir(tmp_path)
    merge = ["links", "merge", "part.json", "--report"]
    ended = CliRunner().invoke(main, [*merge, "count=n.txt", "--report", "json=n.json"])
    assert ended.exit_code in (0, 1), ended.output
    assert (tmp_path / "n.txt").read_text("utf-8").endswith(" links\n")
    assert json.loads((tmp_path / "n.json").read_text("utf-8"))["version"] == 1
    for wrong, code, sentence in (
        ("count", 2, "`--report`: `count` is not a name with a file; write `NAME=FILE`"),
        ("=x", 2, "`--report`: `=x` is not a name with a file; write `NAME=FILE`"),
        ("count=.", 2, "`--report`: `.` is a folder; name a file"),
        ("cuont=y", 1, "there is no report `cuont`; did you mean `count`?"),
        ("json=x", 1, "two reports would be written into x; name a file for each"),
    ):
        ended = CliRunner().invoke(main, [*merge, wrong, "--markdown", "x"])
        assert (ended.exit_code, ended.output.startswith(sentence)) == (code, True), ended.output
        assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("import nowhere", "the report `count` of `guest` cannot be loaded (ModuleNotFoundError"),
        ("def wirte(report): ...", "cannot be loaded (AttributeError: "),
        ("write = 3", "the report `count` of `guest` is not a function; tell whoever makes it"),
        ("def write(report): return 3", "the report `count` of `guest` gives int and not text"),
        ("def write(report): return '\\ud800'", "`guest` failed (UnicodeEncodeError: "),
        ("def write(report): return 1 / 0", "`guest` failed (ZeroDivisionError: division by zero)"),
    ],
)
def test_a_report_that_fails_names_itself(code: str, sentence: str, install: Install) -> None:
    install(code, REPORTS, name="count")
    with pytest.raises(ExtensionError) as caught:
        report_named("count")(LinkReport(()))
    assert sentence in str(caught.value)
    assert report_named("json") is report_json, "what is not asked for is not loaded"


def test_a_name_that_two_reports_have_is_refused(install: Install) -> None:
    install(COUNTING, REPORTS, name="count")
    install(COUNTING, REPORTS, package="second", name="count")
    with pytest.raises(ExtensionError, match="`second` has the same name as the report `count` of"):
        report_named("count")
    install(COUNTING, REPORTS, package="third", name="json")
    with pytest.raises(ExtensionError, match="`third` has the name of one of our reports"):
        report_named("json")
    with pytest.raises(LinksError, match="there is no report `nothing`; use one of: json"):
        report_named("nothing")
