"""Building a site: whole or not at all, anywhere, and as any user of MkDocs expects."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.conftest import REPOSITORY, SAMPLE
from tests.support.catalogues import catalogue_text
from tests.support.pages import as_written

from linkindex.catalogue import Engine, LinkIndexError
from linkindex.placing import replaced_when_whole
from linkindex.site import build as building
from linkindex.site.build import build_site
from linkindex.site.clashes import FROM_LINKINDEX, refuse_clashes
from linkindex.site.settings import (
    SHARED_SETTINGS,
    refuse_unreadable,
    refuse_unreadable_date,
)
from linkindex.site.templating import written_page
from linkindex.site.written import is_page, page_text, page_texts

FRESH = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """A folder with nothing but a catalogue."""
    (tmp_path / "resources.yaml").write_text(catalogue_text(), "utf-8")
    return tmp_path


@pytest.fixture
def plain_index(index: Path) -> Path:
    """An index with settings of its own, and without cards, which take most of the time."""
    (index / "docs").mkdir()
    (index / "mkdocs.yml").write_text(
        f"INHERIT: {SHARED_SETTINGS}\nplugins:\n  - linkindex: {{cards: false}}\n",
        "utf-8",
    )
    return index


def test_an_index_needs_nothing_but_its_catalogue(index: Path) -> None:
    build_site(index / "resources.yaml", index / "site")
    for page in ("index.html", "plain/index.html", "safety/index.html", "q/plain.html"):
        assert (index / "site" / page).is_file()
    assert (index / "site/assets/linkindex.css").is_file()
    assert sorted(path.name for path in index.iterdir()) == ["resources.yaml", "site"]


def test_a_page_of_ones_own_stands_in_for_the_one_that_comes_along(index: Path) -> None:
    (index / "docs").mkdir()
    (index / "docs/about.md").write_text("# Ours\n\nKept by {{ index.organisation }}.\n", "utf-8")
    build_site(index / "resources.yaml", index / "site")
    page = (index / "site/about/index.html").read_text("utf-8")
    assert "Kept by Plain words." in page
    assert (index / "site/privacy/index.html").is_file()


def test_the_logo_of_the_organisation_is_named_after_it_on_every_themed_page(index: Path) -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    )
    (index / "logo.svg").write_text(drawing, "utf-8")
    settings = (index / "resources.yaml").read_text("utf-8")
    (index / "resources.yaml").write_text(
        settings.replace("\n  exit_url:", "\n  logo: logo.svg\n  exit_url:"), "utf-8"
    )
    build_site(index / "resources.yaml", index / "site")
    assert (index / "site/assets/logo.svg").read_text("utf-8") == drawing
    page = as_written((index / "site/plain/index.html").read_bytes())
    assert '<img class="li-logo" src="../assets/logo.svg" alt="Plain words"' in page


def test_a_failed_build_leaves_the_former_site(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_site(index / "resources.yaml", index / "site")
    before = (index / "site/index.html").read_bytes()

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(building, "build", full_disk)
    with pytest.raises(OSError, match="No space"):
        build_site(index / "resources.yaml", index / "site")
    assert (index / "site/index.html").read_bytes() == before
    assert sorted(path.name for path in index.iterdir()) == ["resources.yaml", "site"]


def test_an_interrupted_build_leaves_nothing_behind(tmp_path: Path) -> None:
    def interrupted() -> None:
        with replaced_when_whole(tmp_path / "site") as unfinished:
            (unfinished / "half.html").write_text("half", "utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_other_files_is_never_replaced(index: Path) -> None:
    (index / "site").mkdir()
    (index / "site/letter.txt").write_text("mine", "utf-8")
    with pytest.raises(LinkIndexError, match="holds files that LinkIndex did not make"):
        build_site(index / "resources.yaml", index / "site")
    assert (index / "site/letter.txt").read_text("utf-8") == "mine"


def test_a_site_with_a_repository_in_it_is_never_replaced(index: Path) -> None:
    build_site(index / "resources.yaml", index / "site")
    (index / "site/.git").mkdir()
    with pytest.raises(LinkIndexError, match="holds files that LinkIndex did not make"):
        build_site(index / "resources.yaml", index / "site")
    assert (index / "site/.git").is_dir()


def test_a_file_that_a_host_asked_for_is_published_as_it_is(index: Path) -> None:
    (index / "docs").mkdir()
    # The last two are of Cloudflare and IIS, as `linkindex host` writes them.
    for name in ("proof.html", "_headers", "web.config"):
        (index / "docs" / name).write_text("proof: 123", "utf-8")
    build_site(index / "resources.yaml", index / "site")
    for name in ("proof.html", "_headers", "web.config"):
        assert (index / "site" / name).read_text("utf-8") == "proof: 123"


def test_a_page_that_speaks_of_policies_has_one_of_its_own(index: Path) -> None:
    (index / "docs").mkdir()
    words = '# Policies\n\n`<meta http-equiv="Content-Security-Policy" content="x">`\n'
    (index / "docs/policies.md").write_text(words, "utf-8")
    build_site(index / "resources.yaml", index / "site")
    head = (index / "site/policies/index.html").read_text("utf-8").split("</head>")[0]
    assert "default-src 'none'" in head


def test_a_broken_link_in_a_written_page_fails_the_build(index: Path) -> None:
    (index / "docs").mkdir()
    (index / "docs/about.md").write_text("# About\n\n[gone](gone.md)\n", "utf-8")
    with pytest.raises(
        LinkIndexError,
        match=r"^docs/about\.md:3: the link to `gone\.md` leads nowhere; mend or remove it$",
    ):
        build_site(index / "resources.yaml", index / "site")
    assert not (index / "site").exists()


def test_a_page_of_ones_own_is_built_found_and_in_the_navigation(index: Path) -> None:
    (index / "docs/guide").mkdir(parents=True)
    (index / "docs/local.md").write_text("# Help in our town\n", "utf-8")
    (index / "docs/guide/index.md").write_text("# Our guide\n", "utf-8")
    build_site(index / "resources.yaml", index / "site")
    for path in ("local", "guide"):
        assert (index / "site" / path / "index.html").is_file()
        assert f'href="{path}/"' in as_written((index / "site/index.html").read_bytes())
        assert f'"{path}/"' in (index / "site/search/index.json").read_text("utf-8")


GENERATED = dict.fromkeys(
    ("index.md", "aces.md", "urgent.html", "urgent/index.html", "q/aces.html", "q/aces/index.html"),
    "is made from resources.yaml",
)
OTHERS = {
    "about.md": FROM_LINKINDEX,
    "assets/exit.js": "is a file of the theme",
    "sitemap.xml.gz": "is written when the site is finished",
}


@pytest.mark.parametrize(
    ("own", "taken"),
    [
        ("README.md", "index.md"),
        ("index.html", "index.md"),
        ("urgent.md", "urgent.html"),
        ("Urgent.md", "urgent.html"),
        ("q/aces.md", "q/aces.html"),
        ("q/aces/README.markdown", "q/aces.html"),
        ("aces/index.md", "aces.md"),
        ("aces.html", "aces.md"),
        ("ACES.md", "aces.md"),
        ("q", "q/aces.html"),
        ("about/index.md", "about.md"),
        ("About.md", "about.md"),
        ("assets/exit.js", "assets/exit.js"),
        ("sitemap.xml.gz", "sitemap.xml.gz"),
    ],
)
def test_files_are_compared_by_the_addresses_they_become(own: str, taken: str) -> None:
    with pytest.raises(LinkIndexError) as refused:
        refuse_clashes([own], GENERATED | OTHERS)
    sentence = str(refused.value)
    assert sentence.startswith(f"docs/{own}:1: " if is_page(own) else f"docs/{own}: ")
    assert f"is taken by `{taken}`, which " in sentence
    assert sentence.endswith("another name")


@pytest.mark.parametrize("names", [("a.md", "a/index.md"), ("a.html", "a.md"), ("A.md", "a.md")])
def test_two_files_of_ones_own_never_share_an_address(names: tuple[str, str]) -> None:
    with pytest.raises(LinkIndexError) as refused:
        refuse_clashes(names, GENERATED)
    assert all(f"docs/{name}" in str(refused.value) for name in names)


def test_files_with_addresses_of_their_own_clash_with_none() -> None:
    refuse_clashes(["q/other.md", "aces/more.md", "CNAME", "proof.html", "qq"], GENERATED | OTHERS)


@pytest.mark.parametrize("name", ["README.md", "feeds/all.xml", "404.html", "q/plain.html"])
def test_a_file_of_ones_own_never_replaces_a_generated_one(name: str, plain_index: Path) -> None:
    page = plain_index / "docs" / name
    page.parent.mkdir(exist_ok=True)
    page.write_text("# Mine\n", "utf-8")
    with pytest.raises(LinkIndexError, match=rf"^docs/{name}.* is taken by `"):
        build_site(plain_index / "resources.yaml", plain_index / "site")
    assert not (plain_index / "site").exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("# Menu\n\nCafé\n".encode("cp1252"), r":3: this line is not saved as UTF-8"),
        ("# Menu\n".encode("utf-16"), r":1: this page is saved as UTF-16"),
        (b"# Menu\r\n\0\r\n", r":2: this line holds a NUL character"),
        (b"---\ntitle: a: b\n---\n", r":2: the settings of this page cannot be read"),
        (b"---\ntitle: a\n", r":1: the settings that begin here never end"),
        (b"---\nhide: []\ntitle: 2026\n---\n", r":3: `title` cannot be `2026`; put it in double"),
        (b"---\nscripts: offline\n---\n", r":2: `scripts` cannot be `offline`; write a list"),
    ],
)
def test_a_page_that_cannot_be_read_is_said_with_its_line(content: bytes, sentence: str) -> None:
    with pytest.raises(LinkIndexError, match=rf"^docs/menu\.md{sentence}"):
        written_page(page_text(content, "menu.md"), "menu.md", {})


def test_a_rule_at_the_top_of_a_page_is_no_setting() -> None:
    page = "---\nSome words\n---\n"
    assert written_page(page_text(page.encode("utf-8-sig"), "a.md"), "a.md", {}) == page


def test_a_link_that_leads_round_in_a_circle_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/up").symlink_to(tmp_path)
    with pytest.raises(LinkIndexError, match=r"^docs/a/up: this link leads back"):
        page_texts(tmp_path)


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ("theme: readthedocs", r":4: .*not for `readthedocs`"),
        ("use_directory_urls: false", r":4: `use_directory_urls: false` would break"),
        ("a: [", r":5: this is not valid YAML"),
        ("extra: 5", r":4: `extra`: "),
        ("hooks: [hook.py]", None),
    ],
)
def test_settings_that_no_site_can_be_built_with_are_named(
    setting: str, sentence: str | None, plain_index: Path
) -> None:
    settings = plain_index / "mkdocs.yml"
    settings.write_text(f"{settings.read_text('utf-8')}{setting}\n", "utf-8")
    (plain_index / "hook.py").write_text("def on_config(config):\n    raise OSError('no')\n")
    expected = rf"^mkdocs\.yml{sentence}" if sentence else r"^hook\.py:2: "
    with pytest.raises(LinkIndexError, match=expected):
        build_site(plain_index / "resources.yaml", plain_index / "site")


def test_settings_that_inherit_themselves_are_named(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nINHERIT: mkdocs.yml\n", "utf-8")
    with pytest.raises(LinkIndexError, match=r"^mkdocs\.yml:2: `INHERIT` leads back"):
        refuse_unreadable(tmp_path / "mkdocs.yml")


@pytest.mark.parametrize("date", ["garbage", "", "-1", str(2**32), "9" * 40, "1.5"])
def test_a_date_that_is_none_is_said_before_anything_is_built(date: str) -> None:
    with pytest.raises(LinkIndexError, match="SOURCE_DATE_EPOCH is "):
        refuse_unreadable_date({"SOURCE_DATE_EPOCH": date})
    refuse_unreadable_date({"SOURCE_DATE_EPOCH": "1764288000"})


def test_a_fault_in_a_template_is_said_with_its_line(plain_index: Path) -> None:
    settings = plain_index / "mkdocs.yml"
    text = settings.read_text("utf-8")
    settings.write_text(f"{text}theme: {{name: material, custom_dir: look}}\n", "utf-8")
    (plain_index / "look/partials").mkdir(parents=True)
    (plain_index / "look/partials/feeds.html").write_text("\n{{ nothing.at.all }}\n", "utf-8")
    with pytest.raises(LinkIndexError, match=r"^look/partials/feeds\.html:2: "):
        build_site(plain_index / "resources.yaml", plain_index / "site")


def test_a_site_without_search_speaks_of_none(plain_index: Path) -> None:
    settings = plain_index / "mkdocs.yml"
    settings.write_text(
        settings.read_text("utf-8").replace("cards: false", "cards: false, search: false"), "utf-8"
    )
    build_site(plain_index / "resources.yaml", plain_index / "site")
    for name in ("index.html", "plain/index.html", "privacy/index.html", "404.html"):
        page = (plain_index / "site" / name).read_text("utf-8")
        page = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
        assert not re.search(r"search the|search runs|li-search|assets/search", page, re.I), name
    assert not (plain_index / "site/search").exists()


def test_a_linked_folder_for_the_site_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to("real")
    with replaced_when_whole(tmp_path / "site") as unfinished:
        (unfinished / "page.html").write_text("new", "utf-8")
    assert (tmp_path / "site").is_symlink()
    assert (tmp_path / "real/page.html").read_text("utf-8") == "new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["real", "site"]


def test_what_a_killed_build_left_is_swept_and_its_site_given_back(tmp_path: Path) -> None:
    (tmp_path / ".site-0123abcd").mkdir()
    (tmp_path / ".site-0123abcd-former").mkdir()
    (tmp_path / ".site-0123abcd-former/page.html").write_text("old", "utf-8")
    with pytest.raises(KeyboardInterrupt), replaced_when_whole(tmp_path / "site"):
        raise KeyboardInterrupt
    assert (tmp_path / "site/page.html").read_text("utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_build_that_is_still_running_is_left_alone(tmp_path: Path) -> None:
    with replaced_when_whole(tmp_path / "site") as first:
        with replaced_when_whole(tmp_path / "site") as second:
            (second / "page.html").write_text("second", "utf-8")
        assert first.is_dir()


def test_a_folder_that_cannot_be_written_is_named(index: Path) -> None:
    (index / "file").write_text("", "utf-8")
    with pytest.raises(LinkIndexError, match=r"file/site: nothing can be written there"):
        build_site(index / "resources.yaml", index / "file/site")


def test_a_folder_of_pages_that_holds_the_site_is_one_fault(index: Path) -> None:
    (index / "mkdocs.yml").write_text(f"INHERIT: {SHARED_SETTINGS}\ndocs_dir: .\n", "utf-8")
    with pytest.raises(LinkIndexError) as refused:
        build_site(index / "resources.yaml", index / "site")
    assert str(refused.value).startswith("mkdocs.yml:2: `docs_dir`: ")
    assert len(str(refused.value).splitlines()) == 1
    (index / "mkdocs.yml").write_text(f"INHERIT: {SHARED_SETTINGS}\n", "utf-8")
    with pytest.raises(LinkIndexError, match=r"^the site would be put into the folder .*--output"):
        build_site(index / "resources.yaml", index / "docs" / "site")


def test_what_typesets_and_reads_back_is_loaded_only_where_cards_are_made(tmp_path: Path) -> None:
    (tmp_path / "resources.yaml").write_text(catalogue_text(), "utf-8")
    (tmp_path / "docs").mkdir()
    settings = f"INHERIT: {SHARED_SETTINGS}\nplugins:\n  - linkindex: {{cards: false}}\n"
    (tmp_path / "mkdocs.yml").write_text(settings, "utf-8")
    code = (
        "import sys; from pathlib import Path; from linkindex.site.build import build_site; "
        "build_site(Path('resources.yaml'), Path('site')); "
        "print(*({'typst', 'pikepdf', 'pypdfium2'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert (tmp_path / "site" / "index.html").is_file()
    assert done.stdout.split() == []


def test_an_unknown_setting_of_mkdocs_names_its_file(index: Path) -> None:
    (index / "docs").mkdir()
    settings = f"INHERIT: {SHARED_SETTINGS}\nbogus: 1\n"
    (index / "mkdocs.yml").write_text(settings, "utf-8")
    with pytest.raises(LinkIndexError, match=r"mkdocs\.yml:2: .*bogus"):
        build_site(index / "resources.yaml", index / "site")


def test_settings_that_build_another_catalogue_are_refused(index: Path) -> None:
    shutil.copy(index / "resources.yaml", index / "other.yaml")
    (index / "mkdocs.yml").write_text(
        "site_name: x\ntheme: material\nplugins:\n  - linkindex: {catalogue: other.yaml}\n", "utf-8"
    )
    (index / "docs").mkdir()
    with pytest.raises(LinkIndexError, match=r"mkdocs\.yml builds other\.yaml"):
        build_site(index / "resources.yaml", index / "site")


def test_mkdocs_build_strict_builds_the_same_pages(site: Path, tmp_path: Path) -> None:
    shutil.copy(SAMPLE, tmp_path / "resources.yaml")
    settings = (REPOSITORY / "mkdocs.yml").read_text("utf-8")
    for place in ("tools/linkindex", "overrides"):
        settings = settings.replace(f": {place}", f": {REPOSITORY / place}")
    (tmp_path / "mkdocs.yml").write_text(settings, "utf-8")
    shutil.copytree(REPOSITORY / "docs", tmp_path / "docs")
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")],
        cwd=tmp_path,
        env=FRESH,
        check=True,
        capture_output=True,
    )
    ours = {path.relative_to(site) for path in site.rglob("*") if path.is_file()}
    theirs = {
        path.relative_to(tmp_path / "site")
        for path in (tmp_path / "site").rglob("*")
        if path.is_file()
    }
    assert ours == theirs


def test_a_fault_in_the_catalogue_stops_mkdocs_without_a_traceback(index: Path) -> None:
    (index / "mkdocs.yml").write_text(f"INHERIT: {SHARED_SETTINGS}\n", "utf-8")
    (index / "docs").mkdir()
    broken = catalogue_text().replace("format: guide", "format: giude")
    (index / "resources.yaml").write_text(broken, "utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=index,
        env=FRESH,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "did you mean `guide`?" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.fixture(params=Engine)
def served(request: pytest.FixtureRequest, index: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "linkindex", "serve", "--address", f"127.0.0.1:{port}"),
            *("--engine", request.param),
        ],
        cwd=index,
        env=FRESH,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield f"http://127.0.0.1:{port}/"
    process.kill()
    process.wait()


def page_at(address: str, sign: str) -> str:
    """The page once it holds the sign, within some minutes."""
    page = ""
    for _ in range(1500):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                page = answer.read().decode()
        except urllib.error.HTTPError as fault:
            page = fault.read().decode()
        except OSError:
            page = ""
        if sign in page:
            return page
        time.sleep(0.2)
    pytest.fail(f"{address} never showed {sign!r}: {page[:200]!r}")


def test_serve_shows_the_site_and_every_change_to_the_catalogue(served: str, index: Path) -> None:
    page_at(f"{served}plain/", "A second link of plain")
    scanned = as_written(page_at(f"{served}q/plain.html", "A second link of plain"))
    assert f'href="{urlsplit(served).path}plain/"' in scanned
    page = page_at(f"{served}plain/", "livereload")
    assert "Content-Security-Policy" not in page
    changed = catalogue_text().replace("A second link of plain", "A better link")
    wrong = changed.replace("format: guide", "format: giude", 1)
    (index / "resources.yaml").write_text(wrong, "utf-8")
    shown = page_at(f"{served}plain/", "did you mean `guide`?")
    line = next(n for n, text in enumerate(wrong.splitlines(), 1) if "giude" in text)
    assert f"resources.yaml, line {line}<" in shown
    assert "<pre>format: giude</pre>" in shown
    (index / "resources.yaml").write_text(changed, "utf-8")
    page_at(f"{served}plain/", "A better link")
