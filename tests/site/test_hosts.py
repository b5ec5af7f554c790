"""What `linkindex host` writes: the settings of each host, tried by the servers themselves."""

from __future__ import annotations

import contextlib
import gzip
import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from xml.etree import ElementTree

import httpx
import pytest
import yaml
from click.testing import CliRunner, Result
from playwright.sync_api import Browser
from tests.conftest import SAMPLE, NewPage
from tests.support.servers import NAMES, copy_site, needed, open_folder, serving
from tests.support.static_host import serve_folder

from linkindex.catalogue import Catalogue, LinkIndexError
from linkindex.cli import main
from linkindex.cli.host import NAMES as NAMES_OF_THE_COMMAND
from linkindex.site.hosts import HOSTS, Place, place_of, written
from linkindex.site.hosts.writing import HEADERS, KEPT


class Served(NamedTuple):
    """A real server with the site of the sample.

    :ivar folder: the files of the site.
    :ivar url: the address of the site, with a slash at its end.
    """

    name: str
    place: Place
    folder: Path
    url: str
    client: httpx.Client

    def get(self, path: str, **headers: str) -> httpx.Response:
        """What a browser gets that follows no redirect."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(f"{self.url}{path}", headers=named)


VARIANTS = {
    "host": Place("https://example.org/", "example.org", "/", ""),
    "folder": Place("https://example.org/Key-ring/", "example.org", "/Key-ring/", "", ("cy", "pl")),
}


@contextlib.contextmanager
def served(name: str, variant: str, site: Path) -> Iterator[Served]:
    needed(name)
    with open_folder() as folder:
        bare = VARIANTS[variant]
        place = Place(bare.url, bare.host, bare.base, f"{folder}/www", bare.languages)
        copy_site(site, Path(place.folder))
        with (
            serving(name, written(name, place), folder, as_snippet=not place.has_host) as address,
            httpx.Client(timeout=30) as client,
        ):
            yield Served(name, place, Path(place.folder), f"{address}{place.base}", client)


@pytest.fixture(
    scope="module", params=[(name, kind) for name in NAMES for kind in VARIANTS], ids="-".join
)
def server(request: pytest.FixtureRequest, site: Path) -> Iterator[Served]:
    """Each server, with a host of its own and in a folder of one."""
    with served(*request.param, site) as running:
        yield running


def a_file_of_each_kind(folder: Path) -> list[str]:
    """One path of each ending in each folder at the top.

    But not of those pages that lead on to the one of a code, which these servers need not.
    """
    kinds: dict[tuple[str, str], str] = {}
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        leads_on = re.fullmatch(r"[qr]/\w+/index\.html", path)
        if file.is_file() and not file.name.startswith(".") and not leads_on:
            kinds.setdefault((path.rpartition("/")[0].partition("/")[0], file.suffix), path)
    return sorted(kinds.values())


def asked_for(path: str) -> str:
    """How readers ask for a page: a code without its ending, a folder without its page."""
    if re.fullmatch(r"(?:[qr]/)?[a-z0-9]+\.html", path) and path not in ("404.html", "index.html"):
        return path.removesuffix(".html")
    return path.removesuffix("index.html")


def codes(folder: Path) -> list[str]:
    """A category and a link, as their cards name them."""
    return [
        next(file for file in sorted((folder / kind).glob("*.html"))).relative_to(folder).as_posix()
        for kind in ("q", "r")
    ]


def test_every_kind_of_file_arrives_whole_and_is_called_what_it_is(server: Served) -> None:
    paths = a_file_of_each_kind(server.folder)
    assert len(paths) > 40
    for path in (*paths, *codes(server.folder)):
        answer = server.get(asked_for(path))
        assert answer.status_code == 200, path
        assert answer.content == (server.folder / path).read_bytes(), path
        kind = answer.headers.get("content-type", "none").partition(";")[0]
        wanted = {
            "html": "text/html",
            "htm": "text/html",
            "svg": "image/svg+xml",
            "json": "application/json",
            "pdf": "application/pdf",
            "webmanifest": "application/manifest+json",
            "csv": "text/csv",
            "css": "text/css",
        }.get(path.rpartition(".")[2])
        assert kind == wanted if wanted else kind != "text/html", path


def test_what_a_code_opens_comes_at_once_however_it_was_typed(server: Served) -> None:
    for path in codes(server.folder):
        page = (server.folder / path).read_bytes()
        code = path.removesuffix(".html")
        kind, _, name = code.partition("/")
        for typed in (
            code,
            f"{code}/",
            f"{kind}/{name.upper()}",
            f"{kind}/{name.upper()}/",
            f"{kind.upper()}/{name.upper()}",
            f"{kind}/{name.capitalize()}",
        ):
            answer = server.get(typed)
            assert (answer.status_code, answer.content == page) == (200, True), typed


def test_what_is_not_there_is_answered_with_the_page_for_it_and_with_404(server: Served) -> None:
    page = (server.folder / "404.html").read_bytes()
    for path in (
        "nothing",
        "nothing/",
        "q/zzzzzz",
        "q/ZZZZZZZZ/",
        "q/",
        "r/",
        "assets/",
        "q",
        "assets/nothing.js",
        "a/b/c.html",
    ):
        answer = server.get(path)
        if answer.is_redirect:
            answer = server.client.get(answer.url.join(answer.headers["location"]))
        assert (answer.status_code, answer.content == page) == (404, True), path
        assert answer.headers["cache-control"] == "no-cache", path
        assert headers_missing(answer, server) == {}, path


def headers_missing(answer: httpx.Response, server: Served) -> dict[str, str]:
    return {
        name: value for name, value in HEADERS.items() if answer.headers.get_list(name) != [value]
    }


def test_every_answer_carries_the_headers_and_each_page_its_stricter_policy(server: Served) -> None:
    for path in a_file_of_each_kind(server.folder):
        answer = server.get(asked_for(path))
        assert headers_missing(answer, server) == {}, path
        kept = answer.headers.get("strict-transport-security")
        assert (kept is not None) == server.place.has_host, path
        if path.endswith(".html"):
            assert b"http-equiv=Content-Security-Policy" in answer.content, path


def test_nothing_but_scripts_styles_and_pictures_is_kept_unasked(server: Served) -> None:
    assert KEPT <= 600
    for path in a_file_of_each_kind(server.folder):
        for answer in (
            server.get(asked_for(path)),
            server.get(asked_for(path), if_none_match=server.get(asked_for(path)).headers["etag"]),
        ):
            kept = answer.headers.get_list("cache-control")
            wanted = f"max-age={KEPT}" if path.startswith("assets/") else "no-cache"
            assert kept == [wanted], path
            assert "expires" not in answer.headers


@pytest.mark.parametrize("packing", ["identity", "gzip"])
def test_who_has_a_page_is_sent_it_again_only_when_it_changed(server: Served, packing: str) -> None:
    for path in (*codes(server.folder), "index.html", "assets/linkindex.css", "feeds/all.json"):
        asked = asked_for(path)
        first = server.get(asked, accept_encoding=packing)
        etag, modified = first.headers["etag"], first.headers["last-modified"]
        again = server.get(asked, accept_encoding=packing, if_none_match=etag)
        assert (again.status_code, again.content) == (304, b""), path
        again = server.get(asked, accept_encoding=packing, if_modified_since=modified)
        assert again.status_code == 304, path


def test_a_link_that_was_withdrawn_is_gone_at_the_next_look(server: Served) -> None:
    _, path = codes(server.folder)
    file = server.folder / path
    page, day = file.read_bytes(), file.stat().st_mtime
    held = server.get(asked_for(path), accept_encoding="gzip")
    try:
        file.unlink()  # it may be one with the file of the site that was built
        file.write_bytes(page.replace(b"<h1", b"<h2"))
        os.utime(file, (day + 60, day + 60))
        now = server.get(
            asked_for(path), accept_encoding="gzip", if_none_match=held.headers["etag"]
        )
        assert (now.status_code, now.content) == (200, file.read_bytes())
    finally:
        file.write_bytes(page)
        os.utime(file, (day, day))


def test_text_is_packed_and_what_is_packed_already_is_not(server: Served) -> None:
    for path in (
        "index.html",
        "assets/linkindex.css",
        "feeds/all.json",
        "feeds/all.xml",
        "offline-worker.js",
        *codes(server.folder),
    ):
        answer = server.get(asked_for(path), accept_encoding="gzip")
        assert answer.headers.get("content-encoding") == "gzip", path
        assert "accept-encoding" in answer.headers["vary"].lower(), path
        assert answer.content == (server.folder / path).read_bytes(), path
    for path in ("cards/sheet.pdf", "assets/icon-512.png", "sitemap.xml.gz"):
        answer = server.get(path, accept_encoding="gzip")
        assert "content-encoding" not in answer.headers, path


def test_a_page_without_its_slash_leads_to_it_on_the_same_host(server: Served) -> None:
    answer = server.get("about")
    assert answer.is_redirect
    assert answer.url.join(answer.headers["location"]) == httpx.URL(f"{server.url}about/")


def test_a_site_in_a_folder_leaves_the_rest_of_its_host_alone(server: Served) -> None:
    if server.place.has_host:
        return
    root = f"{server.url.removesuffix(server.place.base)}/"
    for path in ("", "other", "q/aces"):
        answer = server.client.get(f"{root}{path}")
        assert "content-security-policy" not in answer.headers, path


WELSH = b"<!doctype html><title>Cymraeg</title>"


def test_a_code_opens_the_first_language_of_a_browser_that_the_site_has(server: Served) -> None:
    path, other = codes(server.folder)
    code = path.removesuffix(".html")
    page = (server.folder / path).read_bytes()
    (server.folder / "cy" / "q").mkdir(parents=True)
    (server.folder / "cy" / path).write_bytes(WELSH)
    asked = {
        "cy": WELSH,
        "cy-GB,cy;q=0.9,en;q=0.8": WELSH,
        "de, cy;q=0.9, en;q=0.8": WELSH,
        "pl, en": page,
        "en-GB,en;q=0.9,cy;q=0.8": page,
        "cym": page,
        "de": page,
        "": page,
    }
    able = bool(server.place.languages)
    for languages, wanted in asked.items():
        for typed in (code, f"{code}/", code.upper()):
            answer = server.get(typed, accept_language=languages)
            assert answer.status_code == 200, languages
            assert answer.content == (wanted if able else page), (languages, typed)
            assert answer.history == []
            varies = ", ".join(answer.headers.get_list("vary")).lower()
            assert ("accept-language" in varies) == able
            assert ("sec-fetch-site" in varies) == able
            assert "set-cookie" not in answer.headers
    # A link in the Welsh page to the English one, and the whole name of a page, are meant.
    led = server.get(code, accept_language="cy", sec_fetch_site="same-origin")
    assert led.content == page
    scanned = server.get(code, accept_language="cy", sec_fetch_site="none")
    assert scanned.content == (WELSH if able else page)
    assert server.get(path, accept_language="cy").content == page
    for typed in (f"cy/{code}", *((f"cy/{code}/", f"cy/{code.upper()}") if able else ())):
        assert server.get(typed).content == WELSH, typed
    assert server.get(other, accept_language="cy").content == (server.folder / other).read_bytes()


@pytest.mark.parametrize("server", [(name, "host") for name in NAMES], ids="-".join, indirect=True)
def test_the_headers_break_nothing_that_a_page_does_and_allow_nothing_that_it_forbids(
    server: Served, new_page: NewPage, tmp_path: Path
) -> None:
    page = new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in ("", "all/", "q/aces", "list/", "offline/", "send/", "urgent"):
        page.goto(f"{server.url}{path}")
        page.wait_for_load_state("networkidle")
        assert said == [], path
        # The header would let it run, and the policy of the page does not.
        ran = page.evaluate(
            """() => {
                const script = document.createElement("script");
                script.textContent = "window.ranForAnother = true";
                document.body.append(script);
                return window.ranForAnother === true;
            }"""
        )
        assert not ran, path
        assert said, path
        said.clear()
    # Another site shows it in no frame.
    frame = f'<!doctype html><iframe src="{server.url}q/aces"></iframe>'
    (tmp_path / "index.html").write_text(frame, "utf-8")
    with (
        serve_folder(tmp_path) as other,
        page.expect_console_message(lambda message: "frame-ancestors" in message.text),
    ):
        page.goto(other)


# What can be asked of a host that is not here: that it can read what it is told.


def settings_of(name: str, base: str = "/") -> str:
    root = "/var/www/index.example.org"
    return written(name, Place(f"https://index.example.org{base}", "index.example.org", base, root))


def test_netlify_reads_what_it_is_told() -> None:
    told = tomllib.loads(settings_of("netlify"))
    assert told["build"]["publish"] == "site"
    (headers,) = told["headers"]
    assert headers["for"] == "/*"
    assert HEADERS.items() <= headers["values"].items()


def test_cloudflare_reads_what_it_is_told() -> None:
    lines = [one for one in settings_of("cloudflare").splitlines() if not one.startswith("#")]
    assert lines[0] == "/*"
    headers = dict(line.strip().split(": ", 1) for line in lines[1:])
    assert HEADERS.items() <= headers.items()
    assert all(len(line) < 2000 for line in lines)  # as Cloudflare's own page on them says


@pytest.mark.parametrize("name", ["cloudflare", "netlify"])
def test_a_host_that_has_no_folders_says_so(name: str) -> None:
    with pytest.raises(LinkIndexError, match="names the folder `/key/`; use an address without"):
        settings_of(name, "/key/")


def test_iis_reads_what_it_is_told_with_and_without_its_module_for_rewriting() -> None:
    text = settings_of("iis")
    without = ElementTree.fromstring(text)
    assert without.find(".//rewrite") is None
    told = ElementTree.fromstring(
        re.sub(r"<!-- Only where.*?\n(?=    <rewrite>)|    -->", "", text, flags=re.DOTALL)
    )
    for settings in (without, told):
        sent = {one.get("name"): one.get("value") for one in settings.iter("add")}
        assert HEADERS.items() <= sent.items()
    rule = told.find(".//rewrite//match")
    assert rule is not None
    assert re.search(rule.get("url", ""), "q/aces/")


def test_the_job_of_gitlab_makes_a_code_one_answer_and_packs_what_is_text(
    site: Path, tmp_path: Path
) -> None:
    job = yaml.safe_load(settings_of("gitlab"))["pages"]
    install, build, *then = job["script"]
    assert install.startswith("pip install")
    assert build == "linkindex build --output public"
    public = tmp_path / "public"
    shutil.copytree(site, public)
    for line in then:
        subprocess.run(["sh", "-e", "-c", line], cwd=tmp_path, check=True)
    for path in codes(public):
        page = (public / path).read_bytes()
        assert (public / path.removesuffix(".html") / "index.html").read_bytes() == page
        assert gzip.decompress((public / f"{path}.gz").read_bytes()) == page
    assert not (public / "cards/sheet.pdf.gz").exists()
    assert (public / "sitemap.xml.gz").read_bytes() == (site / "sitemap.xml.gz").read_bytes()


class _Template(yaml.SafeLoader):
    """YAML with the short forms of CloudFormation, each as a list of its name and its value."""


_Template.add_multi_constructor(
    "!",
    lambda loader, tag, node: [
        tag,
        loader.construct_sequence(node)
        if isinstance(node, yaml.SequenceNode)
        else loader.construct_scalar(node),
    ],
)


@pytest.mark.parametrize("base", ["/", "/Key-ring/"])
def test_the_function_of_cloudfront_finds_the_file_that_is_meant(
    base: str, site: Path, browser: Browser
) -> None:
    told = yaml.load(settings_of("s3", base), _Template)
    code = told["Resources"]["Paths"]["Properties"]["FunctionCode"]
    page = browser.new_page()

    def answered(path: str) -> object:
        asked = {"request": {"uri": f"{base}{path}"}}
        return page.evaluate(f"asked => {{ {code}\nreturn handler(asked); }}", asked)

    for path in (*a_file_of_each_kind(site), *codes(site)):
        assert answered(path) == {"uri": f"{base}{path}"}
        meant = answered(asked_for(path))
        assert isinstance(meant, dict)
        file = site / meant["uri"].removeprefix(base)
        assert file.read_bytes() == (site / path).read_bytes(), path
    for path in codes(site):
        code_alone = path.removesuffix(".html")
        for typed in (f"{code_alone}/", code_alone.upper(), f"{code_alone.upper()}/"):
            assert answered(typed) == {"uri": f"{base}{path}"}, typed
    led_on = answered("about")
    assert isinstance(led_on, dict)
    assert led_on["headers"] == {"location": {"value": f"{base}about/"}}
    page.close()


def test_cloudfront_sends_the_headers_and_keeps_no_page_unasked() -> None:
    told = yaml.load(settings_of("s3"), _Template)["Resources"]
    kept = told["AskedAnew"]["Properties"]["CachePolicyConfig"]
    assert (kept["MinTTL"], kept["DefaultTTL"], kept["MaxTTL"]) == (0, 0, KEPT)
    for name, cache in (("Pages", "no-cache"), ("Assets", f"max-age={KEPT}")):
        sent = told[f"HeadersOf{name}"]["Properties"]["ResponseHeadersPolicyConfig"]
        items = {one["Header"]: one["Value"] for one in sent["CustomHeadersConfig"]["Items"]}
        secure = sent["SecurityHeadersConfig"]
        assert items["Cache-Control"] == cache
        assert items["Permissions-Policy"] == HEADERS["Permissions-Policy"]
        policy = secure["ContentSecurityPolicy"]["ContentSecurityPolicy"]
        assert policy == HEADERS["Content-Security-Policy"]
        assert secure["ReferrerPolicy"]["ReferrerPolicy"] == HEADERS["Referrer-Policy"]
        assert secure["ContentTypeOptions"]["Override"] is True


@pytest.mark.parametrize(
    ("url", "owner", "wanted"),
    [
        ("https://index.example.org/", "team", "index.example.org. CNAME team.github.io."),
        ("https://index.example.org/", None, "index.example.org. CNAME OWNER.github.io."),
        ("https://example.org/", "team", "example.org. A 185.199.108.153"),
        ("https://team.github.io/index/", "team", "Nothing else: the address is one that GitHub"),
    ],
)
def test_github_is_told_by_the_records_of_a_domain(
    url: str, owner: str | None, wanted: str
) -> None:
    parts = urlsplit(url)
    place = Place(url, parts.hostname or "", parts.path, "/var/www/x", owner=owner)
    assert wanted in written("github", place)


@pytest.mark.parametrize("name", sorted({*HOSTS} - {"github"}))
def test_no_host_writes_settings_for_an_address_that_another_lends(name: str) -> None:
    place = Place("https://team.github.io/index/", "team.github.io", "/index/", "/var/www/x")
    with pytest.raises(LinkIndexError, match=r"github\.io lends|names the folder"):
        written(name, place)


# The command.


def host(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["host", "--catalogue", str(folder / SAMPLE.name), *arguments])


@pytest.fixture
def index(tmp_path: Path) -> Path:
    shutil.copytree(SAMPLE.parent, tmp_path / "index")
    return tmp_path / "index"


def test_the_command_offers_every_host_and_shows_what_it_would_write(
    index: Path, catalogue: Catalogue
) -> None:
    assert set(NAMES_OF_THE_COMMAND) == set(HOSTS)
    for name in HOSTS:
        ended = host(index, name)
        assert ended.exit_code == 0, ended.output
        assert ended.stdout == written(name, place_of(catalogue.settings))
        assert "`site_url` is reserved for examples" in ended.stderr


def test_the_command_writes_a_file_once_and_never_over_another(index: Path) -> None:
    file = index / "new" / "nginx.conf"
    assert (
        "its first lines say where it belongs" in host(index, "nginx", "--output", str(file)).stdout
    )
    assert "server_name example.org;" in file.read_text("utf-8")
    file.write_text("mine")
    ended = host(index, "nginx", "--output", str(file))
    assert ended.exit_code == 1
    assert "is there already, and nothing is written over it; name another file" in ended.stderr
    assert file.read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nginx", "--root", "/srv/a b;}"], "cannot stand in the settings of a server"),
        (["nginx", "--root", "www"], "name a folder that begins with `/`"),
        (["caddy", "--languages", "cy,$(id)"], "is not the tag of a language; write `cy`"),
        (["iis", "--languages", "cy"], "that can be written for apache, caddy, nginx"),
        (["lighttpd"], "use one of: apache, caddy"),
    ],
)
def test_what_no_server_could_be_told_is_one_sentence(
    index: Path, arguments: list[str], said: str
) -> None:
    ended = host(index, *arguments)
    assert ended.exit_code in (1, 2)
    assert ended.stdout == ""
    assert said in " ".join(ended.stderr.split())


@pytest.mark.parametrize("folder", ["caf\u00e9", "a b", "a'b", "a;b", "a$b"])
def test_a_folder_that_servers_read_in_different_ways_is_refused(
    catalogue: Catalogue, folder: str
) -> None:
    url = f"https://example.org/{folder}/"
    with pytest.raises(LinkIndexError, match="use letters, digits and hyphens"):
        place_of(catalogue.settings.model_copy(update={"site_url": url}))
