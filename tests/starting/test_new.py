"""`linkindex new`: the folder of an index of one's own."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from linkindex import clock
from linkindex.catalogue import load
from linkindex.cli import main
from linkindex.cli import starting as command
from linkindex.icons import icon_names
from linkindex.sharing import sources
from linkindex.starting.beginning import sample
from linkindex.starting.program import Program, Wheel
from tests.conftest import REPOSITORY, STARTED

WHEEL = Wheel("linkindex-0.1.0-py3-none-any.whl", b"a wheel")
ALL = {
    "--name": "Northtown: Good Links",
    "--organisation": "Northtown's #1 team",
    "--contact": "links@northtown.gov.uk",
    "--nations": "England, Wales",
}


@pytest.fixture(autouse=True)
def known_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program, as if it had been installed from a wheel."""
    program = Program("0.1.0", WHEEL.sha256, WHEEL)
    monkeypatch.setattr("linkindex.starting.program.known_program", lambda _wheel=None: program)


def new(*arguments: object, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, ["new", *map(str, arguments)], input=typed)


def options(**changed: str | None) -> list[str]:
    named = ALL | {f"--{key.replace('_', '-')}": value for key, value in changed.items()}
    return [part for key, value in named.items() if value is not None for part in (key, value)]


def files_in(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_a_new_index_holds_data_and_nothing_of_the_program(tmp_path: Path) -> None:
    made = new(tmp_path / "northtown", *options())
    assert made.exit_code == 0, made.output
    files = files_in(tmp_path / "northtown")
    assert {
        *("resources.yaml", "README.md", "requirements.in", "requirements.txt", ".gitignore"),
        *(".gitattributes", ".github/dependabot.yml", "permalinks/README.md"),
        ".github/ISSUE_TEMPLATE/suggest-a-link.yml",
    } <= files
    assert not [
        name for name in files if name.endswith((".py", ".html", ".css", ".js", "Makefile"))
    ]


@pytest.mark.parametrize(
    "nations", ["uk", "england", "scotland", "wales", "northern-ireland", "scotland, wales"]
)
def test_a_new_index_passes_the_check_without_a_warning(tmp_path: Path, nations: str) -> None:
    assert new(tmp_path / "a", *options(nations=nations)).exit_code == 0
    checked = CliRunner().invoke(main, ["check", "--catalogue", str(tmp_path / "a/resources.yaml")])
    assert checked.exit_code == 0, checked.output
    assert checked.stderr == ""


def test_what_somebody_wants_stands_in_the_settings_as_it_was_typed(tmp_path: Path) -> None:
    made = new(
        tmp_path / "a",
        *options(
            site_url="https://links.northtown.gov.uk",
            domain_owner="Digital: team",
            domain_renews="2027-11-24",
            tagline="Links & lines",
            repository="https://github.com/example/northtown",
            organisation_short="#1 team",
        ),
    )
    assert made.exit_code == 0, made.output
    settings = load(tmp_path / "a/resources.yaml", icons=icon_names()).settings
    assert settings.name == "Northtown: Good Links"
    assert settings.organisation == "Northtown's #1 team"
    assert [*settings.nations] == ["england", "wales"]
    assert settings.site_url == "https://links.northtown.gov.uk/"
    assert settings.domain
    assert settings.domain.owner == "Digital: team"
    assert settings.domain.renews.isoformat() == "2027-11-24"
    assert settings.tagline == "Links & lines"
    assert settings.organisation_short == "#1 team"
    assert settings.repository == "https://github.com/example/northtown"
    assert "Still examples" not in made.output


def test_the_readme_is_that_of_the_index_in_its_own_name(tmp_path: Path) -> None:
    new(tmp_path / "a", *options(name="Links *for* <all>"))
    text = (tmp_path / "a/README.md").read_text("utf-8")
    assert text.startswith("# Links \\*for\\* \\<all\\>\n")
    assert "Family Links" not in text
    assert "Northtown's \\#1 team" in text


def test_without_a_terminal_nothing_is_asked_and_examples_are_named(tmp_path: Path) -> None:
    made = new(tmp_path / "north-town")
    assert made.exit_code == 0, made.output
    assert "Still examples at the top of resources.yaml: organisation, contact, site_url" in (
        made.output
    )
    settings = load(tmp_path / "north-town/resources.yaml", icons=icon_names()).settings
    assert settings.name == "North town Links"
    assert settings.nations == ()


@pytest.mark.usefixtures("later")
def test_a_topic_that_is_not_there_is_asked_again_and_no_answer_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "_is_terminal", lambda: True)
    typed = ["England and Wales", "English, Welsh", "Slep", "SLEEP", ""]
    given = options(nations=None, site_url="https://example.org/")
    made = new(tmp_path / "a", *given, typed="\n".join(typed))
    assert made.exit_code == 0, made.output
    assert "has no topic `Slep`; did you mean `sleep`?\n" in made.output
    settings = load(tmp_path / "a/resources.yaml", icons=icon_names()).settings
    assert [*settings.nations] == ["england", "wales"]
    assert settings.languages == ("en", "cy")
    taken = yaml.safe_load((tmp_path / "a/resources.yaml").read_text("utf-8"))["extends"]
    assert taken[0]["topics"] == ["sleep"]


def test_at_a_terminal_what_no_option_says_is_asked_until_it_fits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "_is_terminal", lambda: True)
    typed = ["Northtown Council", "not an address", "links@northtown.gov.uk"]
    typed += [
        "https://links.northtown.gov.uk/",
        "Digital team",
        "2027-11-24",
        "narnia",
        "wales",
        "",
        "sample",
    ]
    made = new(tmp_path / "a", "--name", "Northtown Links", typed="\n".join([*typed, ""]))
    assert made.exit_code == 0, made.output
    assert "What is the index called" not in made.output
    assert "`not an address` is not" in made.output
    assert "`narnia` is not a nation of the UK" in made.output
    settings = load(tmp_path / "a/resources.yaml", icons=icon_names()).settings
    assert (settings.contact, [*settings.nations]) == ("links@northtown.gov.uk", ["wales"])
    assert settings.domain
    assert settings.domain.owner == "Digital team"


def test_who_keeps_the_domain_is_asked_only_of_an_address_of_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = new(tmp_path / "a", *options(site_url="https://links.northtown.gov.uk/"))
    assert refused.exit_code == 1
    assert "--domain-owner and --domain-renews" in refused.output
    assert not (tmp_path / "a").exists()
    monkeypatch.setattr(command, "_is_terminal", lambda: True)
    for address in ("https://northtown.github.io/links/", "https://example.org/"):
        named = options(site_url=address, languages="en", topics="sample")
        made = new(tmp_path / address[-6:-1], *named)
        assert made.exit_code == 0, made.output


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--contact", "links at northtown", "is not an e-mail address"),
        ("--site-url", "northtown", "`--site-url`"),
        ("--nations", "narnia", "`narnia` is not a nation of the UK"),
        ("--languages", "klingonish", "`klingonish` is not a language code"),
        ("--domain-renews", "soon", "`--domain-renews`"),
        ("--name", " ", "`--name`"),
        ("--name", "a\u202eb", "invisible"),
    ],
)
def test_an_option_that_does_not_fit_is_refused_in_one_sentence(
    tmp_path: Path, option: str, value: str, said: str
) -> None:
    refused = new(tmp_path / "a", option, value)
    assert refused.exit_code == 2
    assert said in refused.output
    assert "; " in refused.output
    assert refused.output.count("\n") == 1
    assert not (tmp_path / "a").exists()


def test_a_name_that_no_card_can_hold_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    refused = new(tmp_path / "a", *options(name="Northtown and all the villages round it " * 8))
    assert refused.exit_code == 1
    assert "nothing is written" in refused.output
    assert not (tmp_path / "a").exists()


def test_what_a_card_lacks_for_a_long_name_is_said_at_once(tmp_path: Path) -> None:
    made = new(tmp_path / "a", *options(organisation="Northtown and Villages Family Partnership"))
    assert made.exit_code == 0
    assert "add a short name as `organisation_short`" in made.output


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "resources.yaml").write_text("mine", "utf-8")
    refused = new(tmp_path, *options())
    assert refused.exit_code == 1
    assert "is not empty (`resources.yaml`), and nothing is overwritten" in refused.output
    assert files_in(tmp_path) == {"resources.yaml"}


def test_a_repository_that_was_cloned_empty_takes_a_new_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "northtown/.git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "northtown")
    made = new(".")
    assert made.exit_code == 0, made.output
    assert Path("resources.yaml").is_file()
    assert "name: Northtown Links" in Path("resources.yaml").read_text("utf-8")


@pytest.mark.parametrize("name", ["con", "AUX.links", "a:b", "what?", "links ", "x" * 101])
def test_a_name_that_windows_or_git_cannot_have_is_refused(tmp_path: Path, name: str) -> None:
    refused = new(tmp_path / name)
    assert refused.exit_code == 1
    assert "name the folder with letters, digits and hyphens" in refused.output
    assert files_in(tmp_path) == set()


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "northtown").write_text("mine", "utf-8")
    refused = new(tmp_path / "northtown")
    assert refused.exit_code == 1
    assert "northtown is a file; name a new folder" in refused.output


def test_a_folder_that_cannot_be_written_gets_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "mkdir", closed)
    refused = new(tmp_path / "northtown")
    assert refused.exit_code == 1
    assert "northtown: nothing can be written there (Permission denied)" in refused.output
    assert refused.output.count("\n") == 1


def test_what_cannot_be_written_whole_is_not_written_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, count = Path.write_bytes, iter(range(100))

    def full(path: Path, content: bytes) -> int:
        if next(count) == 5:
            raise OSError(28, "No space left on device")
        return real(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    refused = new(tmp_path / "northtown")
    assert refused.exit_code == 1
    assert "No space left on device" in refused.output
    assert not (tmp_path / "northtown").exists()


def test_the_issue_forms_are_those_of_the_index(tmp_path: Path) -> None:
    new(tmp_path / "a", *options())
    wrote = CliRunner().invoke(main, ["forms", "--catalogue", str(tmp_path / "a/resources.yaml")])
    assert "The issue forms are as the index says." in wrote.output


def test_a_new_index_has_the_layout_of_this_version(tmp_path: Path) -> None:
    new(tmp_path / "a", *options())
    ran = CliRunner().invoke(main, ["upgrade", "--catalogue", str(tmp_path / "a/resources.yaml")])
    assert ran.exit_code == 0, ran.output
    assert "Nothing to do." in ran.output, ran.output


def test_on_github_the_workflows_are_whole_until_there_is_a_release_to_call(tmp_path: Path) -> None:
    commit = "0123456789" * 4
    new(tmp_path / "whole", *options())
    new(tmp_path / "calls", *options(call=f"example/linkindex@{commit}"))
    whole, calls = (
        (tmp_path / name / ".github/workflows/weekly.yml").read_text("utf-8")
        for name in ("whole", "calls")
    )
    assert "linkindex links" in whole
    assert f"uses: example/linkindex/.github/workflows/index-weekly.yml@{commit} # v" in calls
    assert "linkindex links" not in calls


@pytest.mark.parametrize(("host", "wanted"), [("gitlab", {".gitlab-ci.yml"}), ("none", set())])
def test_elsewhere_nothing_is_written_for_github(
    tmp_path: Path, host: str, wanted: set[str]
) -> None:
    made = new(tmp_path / "a", "--for", host)
    assert made.exit_code == 0, made.output
    files = files_in(tmp_path / "a")
    assert {name for name in files if name.startswith((".github", ".gitlab"))} == wanted
    text = (tmp_path / "a/README.md").read_text("utf-8")
    assert "GitHub" not in text
    assert ("GitLab" in text) == (host == "gitlab")


LATER = datetime(2027, 1, 1, 9, tzinfo=UTC)
"""A day on which all is there that the index that comes along holds."""


@pytest.fixture(scope="module")
def shipped() -> bytes:
    return sources.shipped_share(LATER.date())


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch, shipped: bytes) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)
    monkeypatch.setattr(sources, "shipped_share", lambda _today: shipped)


@pytest.mark.usefixtures("later")
def test_topics_can_be_taken_from_the_index_that_comes_along(tmp_path: Path) -> None:
    made = new(tmp_path / "a", *options(topics="sleep, urgent-help", nations="scotland"))
    assert made.exit_code == 0, made.output
    path = tmp_path / "a/resources.yaml"
    index = load(path, icons=icon_names())
    assert [category.id for category in index.current_categories] == ["sleep", "urgent-help"]
    assert index.settings.deck.urgent_help == "urgent-help"
    assert "from: linkindex:uk" in path.read_text("utf-8")
    assert "categories:" not in path.read_text("utf-8")
    assert (tmp_path / "a/shared/uk.yaml").is_file()
    assert CliRunner().invoke(main, ["check", "--catalogue", str(path)]).exit_code == 0


@pytest.mark.usefixtures("later")
def test_a_topic_that_does_not_come_along_is_refused_and_nothing_is_written(
    tmp_path: Path,
) -> None:
    refused = new(tmp_path / "a", *options(topics="sleeep"))
    assert refused.exit_code == 1
    assert "did you mean `sleep`?" in refused.output
    assert not (tmp_path / "a").exists()


@pytest.mark.usefixtures("later")
def test_at_a_terminal_the_topics_that_come_along_are_listed_on_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "_is_terminal", lambda: True)
    typed = "https://example.org/\n\nlist\nsleep\n"
    made = new(tmp_path / "a", *options(), typed=typed)
    assert made.exit_code == 0, made.output
    assert "money-housing: Money, housing and benefits (" in made.output
    assert "topics: [sleep]" in (tmp_path / "a/resources.yaml").read_text("utf-8")


def test_who_stops_while_something_is_asked_finds_nothing_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "_is_terminal", lambda: True)
    stopped = new(tmp_path / "a", typed="Northtown Links\n")
    assert stopped.exit_code == 130
    assert "\nstopped; nothing was changed\n" in stopped.output
    assert not (tmp_path / "a").exists()


def test_an_index_in_several_languages_says_so(tmp_path: Path) -> None:
    assert new(tmp_path / "a", *options(languages="cy, en, cy")).exit_code == 0
    assert "  languages: [cy, en]\n" in (tmp_path / "a/resources.yaml").read_text("utf-8")


def test_dependabot_watches_the_one_line_and_the_workflows(tmp_path: Path) -> None:
    new(tmp_path / "a", *options())
    document = yaml.safe_load((tmp_path / "a/.github/dependabot.yml").read_text("utf-8"))
    assert [each["package-ecosystem"] for each in document["updates"]] == ["uv", "github-actions"]
    assert {each["multi-ecosystem-group"] for each in document["updates"]} == {"linkindex"}


def test_each_link_and_number_to_begin_with_is_one_of_the_index_that_comes_along(
    tmp_path: Path,
) -> None:
    new(tmp_path / "a", *options(nations="uk"))
    ours = load(REPOSITORY / "resources.yaml", icons=icon_names(), today=date(2027, 1, 1))
    made = load(tmp_path / "a/resources.yaml", icons=icon_names())
    known = {resource.id: resource for resource in ours.current_resources}
    for resource in made.current_resources:
        for key in ("url", "phone", "text", "title", "nations", "code"):
            assert getattr(resource, key) == getattr(known[resource.id], key)
    assert [(line.name, line.phone, line.text, line.nations) for line in made.urgent_help] == [
        (line.name, line.phone, line.text, line.nations) for line in ours.urgent_help
    ]


def test_a_helpline_of_another_nation_is_left_out() -> None:
    beginning = sample((), STARTED.date())
    scottish = sample(["scotland"], STARTED.date())  # type: ignore[list-item]
    assert any("Live Fear Free" in line for line in beginning.urgent_help)
    assert not any("Live Fear Free" in line for line in scottish.urgent_help)
    assert any("Scotland's" in line for line in scottish.urgent_help)
