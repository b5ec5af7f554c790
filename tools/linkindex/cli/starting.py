"""``linkindex new`` and ``linkindex lock``: an index of one's own."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from linkindex.catalogue import LinkIndexError, Severity
from linkindex.catalogue.problems import on_one_line, quoted, shown
from linkindex.catalogue.taken import kept_name
from linkindex.cli.console import fail, print_problems, say
from linkindex.cli.group import began, main
from linkindex.cli.options import catalogue_option, file_option
from linkindex.icons import icon_names
from linkindex.placing import place_files
from linkindex.starting import wishes as wanted
from linkindex.starting.wishes import Host
from linkindex.wording import counted

if TYPE_CHECKING:
    from linkindex.catalogue import Catalogue
    from linkindex.catalogue.shared.share import Share
    from linkindex.starting.automation import Source
    from linkindex.starting.program import Program
    from linkindex.starting.wishes import Wishes

_T = TypeVar("_T")

_QUESTIONS: Mapping[str, str] = {
    "name": "What is the index called? It stands on every page and card",
    "organisation": "Which organisation keeps it?",
    "contact": "Which e-mail address answers questions?",
    "site_url": "At which address will it be? Leave the example if there is none yet",
    "owner": "Who keeps that domain?",
    "renews": "When must that domain be renewed? Such as 2027-11-24",
    "nations": "For which nations is it? england, scotland, wales, northern-ireland; or uk",
    "languages": "In which languages? The main one first, such as en or English, Welsh",
    "topics": "Which topics does it begin with? Type sample for three of your own, or list to see "
    "those that come along: then all, or their names with commas",
}

_UK = "uk"
"""What the index that comes along is called in one that takes its topics."""

_ALLOWED_BEFORE = frozenset({".git"})
"""What may lie in a folder in which an index begins: a repository that was cloned empty."""


def _setting(_context: click.Context, parameter: click.Parameter, text: str | None) -> Any:
    """An option as the index will take it."""
    if text is None:
        return None
    return _as_typed(lambda: _fitted(parameter.name or "", text))


def _as_typed(read: Callable[[], _T]) -> _T:
    try:
        return read()
    except LinkIndexError as error:
        raise click.BadParameter(str(error)) from None


def _fitted(key: str, text: str) -> Any:
    if key == "nations":
        return wanted.nations_of(text)
    if key == "languages":
        return wanted.languages_of(text)
    if key == "topics":
        return wanted.topics_of(text)
    return wanted.fitting(key, text)


def _option(name: str, key: str, metavar: str, text: str) -> Callable[..., Any]:
    return click.option(name, key, default=None, metavar=metavar, callback=_setting, help=text)


wheel_option = file_option(
    "--wheel",
    text="The wheel of the program that the index is made with, as long as no registry has it.",
)


def _host(_context: click.Context, _parameter: click.Parameter, name: str) -> Host:
    return Host(name)


host_option = click.option(
    "--for",
    "host",
    type=click.Choice([host.value for host in Host]),
    default=Host.GITHUB.value,
    show_default=True,
    callback=_host,
    help="Where its repository is: what is done there by itself is written, too.",
)


def _source(_context: click.Context, _parameter: click.Parameter, text: str | None) -> Any:
    from linkindex.starting.automation import source_named

    return _as_typed(lambda: source_named(text, version("linkindex"))) if text else None


call_option = click.option(
    "--call",
    "source",
    default=None,
    metavar="OWNER/NAME@COMMIT",
    callback=_source,
    help="The repository of the program on GitHub, and the commit, whose workflows are called.",
)


@main.command(short_help="Begin an index of your own.")
@click.argument("folder", type=click.Path(path_type=Path))
@_option("--name", "name", "TEXT", "What it is called; made of the name of the folder.")
@_option("--organisation", "organisation", "TEXT", "Who keeps it.")
@_option("--organisation-short", "organisation_short", "TEXT", "Its name where room is short.")
@_option("--contact", "contact", "EMAIL", "The e-mail address for questions.")
@_option("--site-url", "site_url", "ADDRESS", "The address of the site, if there is one.")
@_option("--domain-owner", "owner", "TEXT", "Who keeps the domain of that address.")
@_option("--domain-renews", "renews", "DAY", "When that domain must be renewed.")
@_option("--tagline", "tagline", "TEXT", "What it is, in a few words.")
@_option("--nations", "nations", "NATIONS", "The nations it is for, with commas; all without it.")
@_option("--languages", "languages", "CODES", "The languages of the pages, with commas.")
@_option(
    "--topics",
    "topics",
    "IDS",
    "What it begins with: sample for three topics of its own; or all, or the ids with commas, of "
    "the index that comes along.",
)
@_option("--repository", "repository", "ADDRESS", "The web address of its project.")
@host_option
@call_option
@wheel_option
def new(
    folder: Path, *, host: Host, source: Source | None, wheel: Path | None, **given: Any
) -> None:
    """Begin an index of your own in FOLDER, which holds data and nothing of the program.

    Asks for what no option says; without a terminal it asks nothing, and takes examples, which it
    names. FOLDER is new or empty, or a repository that was cloned empty: nothing is overwritten.
    The index has three topics to begin with, or takes those that --topics names of the index that
    comes with the program (`linkindex extend linkindex:uk` lists them). It passes `linkindex
    check`, and can be built at once.

    On GitHub its workflows are a few lines each that call those of the program, at the commit that
    --call names, or that this version was released from; where none is known they are written
    whole, as `linkindex workflows` writes them.

    requirements.txt holds the hash of every package, and of the program itself where the registry
    has it, or the wheel that the program was installed from is there, or --wheel names it.

    \b
    Example:
        linkindex new northtown
        linkindex new northtown --topics sleep,parenting,urgent-help
        linkindex new northtown --name "Northtown Links" --organisation "Northtown Council" \\
            --contact links@example.org --nations england
    """
    from linkindex.starting.beginning import sample
    from linkindex.starting.files import CATALOGUE, catalogue_text, files_of
    from linkindex.starting.origin import known_source
    from linkindex.starting.program import known_program

    refuse_unfit(folder)
    today = began().date()
    typed = click.get_current_context().get_parameter_source("topics")
    wishes = _wishes(folder, {**given, "host": host}, asks_topics=typed is ParameterSource.DEFAULT)
    if wishes.topics == ():
        index = {CATALOGUE: catalogue_text(wishes, sample(wishes.nations, today)).encode()}
    else:
        index = _taking(wishes)
    catalogue = _catalogue(index)
    program = known_program(wheel)
    made = files_of(wishes, index, catalogue, program, source or known_source())
    refuse_unfit(folder)  # the questions may have taken a while
    place_files({folder / path: content for path, content in made.items()})
    _tell(folder, wishes, catalogue, program)


def refuse_unfit(folder: Path) -> None:
    """Refuse a folder in which something stands, or that cannot be one.

    :raises LinkIndexError: saying why.
    """
    place = Path(os.path.abspath(folder))  # noqa: PTH100 - a link must stay one, to be named
    if place.name:
        wanted.refuse_folder_name(place.name)
    if place.is_symlink() and not place.exists():
        return  # `place_files` says where it leads
    if place.is_file():
        raise LinkIndexError(f"{on_one_line(folder)} is a file; name a new folder")
    if not place.is_dir():
        return
    there = sorted(path.name for path in place.iterdir() if path.name not in _ALLOWED_BEFORE)
    if there:
        raise LinkIndexError(
            f"{on_one_line(folder)} is not empty ({quoted(there[0])}"
            + (f" and {counted(len(there) - 1, 'other')}" if len(there) > 1 else "")
            + "), and nothing is overwritten; name a new folder"
        )


def _wishes(folder: Path, given: Mapping[str, Any], *, asks_topics: bool) -> Wishes:
    """What somebody wants, asked for at a terminal as far as no option says it."""
    own_name = Path(os.path.abspath(folder)).name  # noqa: PTH100
    usual: dict[str, str] = {
        "name": wanted.name_from(own_name),
        "organisation": wanted.EXAMPLE_ORGANISATION,
        "contact": wanted.EXAMPLE_CONTACT,
        "site_url": wanted.EXAMPLE_SITE,
    }
    answers = dict(given)
    for key, example in usual.items():
        if answers[key] is None:
            answers[key] = _asked(key, example)
    _ask_of_domain(answers)
    for key, example in (("nations", "uk"), ("languages", "en")):
        if answers[key] is None:
            answers[key] = _asked(key, example)
    if asks_topics:
        answers["topics"] = _asked("topics", wanted.SAMPLE)
    if answers["tagline"] is None:
        answers["tagline"] = wanted.TAGLINE
    return wanted.Wishes(**answers)


def _ask_of_domain(answers: dict[str, Any]) -> None:
    """Who keeps the domain, where there is one of one's own."""
    from linkindex.catalogue.rules.settings import is_kept_by_somebody

    keys = {"owner": "--domain-owner", "renews": "--domain-renews"}
    missing = [key for key in keys if answers[key] is None]
    if not is_kept_by_somebody(answers["site_url"]):
        if len(missing) < len(keys):
            raise LinkIndexError(
                "a domain is kept by somebody only if it is one of your own; leave out "
                "--domain-owner and --domain-renews, or give the address with --site-url"
            )
        return
    if missing and not _is_terminal():
        raise LinkIndexError(
            f"every printed code depends on the domain of {quoted(answers['site_url'])}; say who "
            f"keeps it, and until when, with {' and '.join(keys[key] for key in missing)}"
        )
    for key in missing:
        answers[key] = _asked(key, "")


def _asked(key: str, example: str) -> Any:
    """What somebody types, until it fits; without a terminal the example."""
    if not _is_terminal():
        return _fitted(key, example)
    while True:
        typed = click.prompt(_QUESTIONS[key], default=example or None, show_default=bool(example))
        if key == "topics" and str(typed).strip() == "list":
            _list_topics()
            continue
        try:
            answer = _fitted(key, str(typed))
            return _topics_of_the_index(answer) if key == "topics" else answer
        except LinkIndexError as error:
            fail(str(error))


def _topics_of_the_index(names: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """The ids of topics that are named; asked again at once where there is no such topic.

    :raises LinkIndexError: naming it.
    """
    from linkindex.sharing.extending import chosen_topics
    from linkindex.sharing.sources import SHIPPED

    return chosen_topics(_shipped()[1], SHIPPED, names) if names else names


def _is_terminal() -> bool:
    return sys.stdin.isatty()


def _list_topics() -> None:
    from linkindex.sharing.extending import topic_lines

    for line in topic_lines(_shipped()[1]):
        say(f"  {shown(line, 100)}")


def _shipped() -> tuple[bytes, Share]:
    """The index that comes along, as its bytes and as it was read."""
    from linkindex.sharing.sources import opened_share, shipped_share

    content = shipped_share(began().date())
    return content, opened_share(content, kept_name(_UK))


def _taking(wishes: Wishes) -> dict[str, bytes]:
    """An index that takes topics of the one that comes along.

    :raises LinkIndexError: for a topic that it does not have.
    """
    from linkindex.catalogue.yaml.source import YamlMap, read_yaml
    from linkindex.sharing.extending import extended
    from linkindex.sharing.naming import own_names
    from linkindex.sharing.sources import SHIPPED
    from linkindex.starting.files import CATALOGUE, catalogue_text

    content, share = _shipped()
    text = catalogue_text(wishes, None)
    root = read_yaml(text.encode(), CATALOGUE).root
    assert isinstance(root, YamlMap)  # noqa: S101 - it was just written
    done = extended(
        text,
        CATALOGUE,
        root,
        share,
        name=_UK,
        source=SHIPPED,
        topics=wishes.topics,
        names=own_names(root),
        listed=(),
    )
    return {CATALOGUE: done.text.encode(), kept_name(_UK): content}


def _beside(index: Mapping[str, bytes], name: str) -> bytes:
    if name not in index:
        raise FileNotFoundError(name)
    return index[name]


def _catalogue(index: Mapping[str, bytes]) -> Catalogue:
    """The index as it will be read, once nothing is wrong with it.

    :raises LinkIndexError: when it could not be built or printed as it is.
    """
    from linkindex.cards import card_problems
    from linkindex.catalogue import examine
    from linkindex.starting.files import CATALOGUE

    examined = examine(
        index[CATALOGUE],
        file=CATALOGUE,
        icons=icon_names(),
        today=began().date(),
        read=lambda name: _beside(index, name),
    )
    found = [*examined.problems]
    if examined.catalogue is not None:
        found += card_problems(examined.catalogue)
    errors = [problem for problem in found if problem.severity is Severity.ERROR]
    if errors or examined.catalogue is None:
        print_problems(errors)
        raise LinkIndexError("nothing is written; change what the lines above name")
    print_problems(found)
    return examined.catalogue


def _tell(folder: Path, wishes: Wishes, catalogue: Catalogue, program: Program) -> None:
    topics = counted(len(catalogue.current_categories), "topic")
    links = counted(len(catalogue.current_resources), "link")
    say(f"Made {on_one_line(folder)}: {topics} with {links} to begin with.")
    if wishes.examples:
        say(
            f"Still examples at the top of resources.yaml: {', '.join(wishes.examples)}. Change "
            "them before it goes live."
        )
    if program.wheel:
        say(
            f"The program lies in it as {program.wheel.name}, since no registry was asked for it; "
            "README.md says what to do once one has it."
        )
    if not program.sha256:
        say(
            f"requirements.txt has no hash of the program itself: {program.reason}. Give it one "
            "with: linkindex lock --wheel FILE"
        )
    say(
        "Next: its README.md says how to set it up on your computer. Then, in that folder: "
        "linkindex build, and linkindex serve"
    )


@main.command(short_help="Write anew which packages the index is made with.")
@catalogue_option
@wheel_option
def lock(catalogue_path: Path, wheel: Path | None) -> None:
    """Write requirements.in and requirements.txt for the version of the program that runs.

    requirements.in holds the one line that a person reads. requirements.txt holds every package
    that was tested with this version, each with its hashes; that of the program itself is of the
    registry or of the wheel that --wheel names.

    \b
    Example:
        linkindex lock
        linkindex lock --wheel linkindex-0.1.0-py3-none-any.whl
    """
    from linkindex.starting.locking import LOCK, requirement_files
    from linkindex.starting.program import known_program

    program = known_program(wheel)
    files = requirement_files(program)
    folder = catalogue_path.parent
    place_files({folder / name: content for name, content in files.items()})
    say(f"Wrote {', '.join(files)} for version {program.version}.")
    if not program.sha256:
        say(f"{LOCK} has no hash of the program itself: {program.reason}. Name a wheel: --wheel")


@main.command(short_help="Write whole what GitHub or GitLab does by itself.")
@catalogue_option
@host_option
@call_option
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
def workflows(catalogue_path: Path, *, host: Host, source: Source | None, dry_run: bool) -> None:
    """Write the workflows of an index: what GitHub or GitLab does for it by itself.

    They stand beside the index in .github/workflows, or in .gitlab-ci.yml, with everything in them,
    for whoever must have all of it in their own repository. With --call they are a few lines each
    that call the workflows of the program. What stands there is written anew: run it after an
    upgrade, and look at the change before you commit it.

    \b
    Example:
        linkindex workflows
        linkindex workflows --for gitlab
    """
    from linkindex.starting.automation import github_files, gitlab_files

    if host is Host.NONE:
        raise LinkIndexError("there is nothing to write; name `--for github` or `--for gitlab`")
    if source and host is not Host.GITHUB:
        raise LinkIndexError("only GitHub can call workflows; leave out --call, or --for")
    files = github_files(source) if host is Host.GITHUB else gitlab_files()
    folder = catalogue_path.parent
    changed = [path for path, text in files.items() if not _holds(folder / path, text)]
    if not dry_run:
        place_files({folder / path: files[path].encode() for path in changed})
    for path in changed:
        say(f"{'Would write' if dry_run else 'Wrote'} {path}.")
    if not changed:
        say("They are as this version writes them.")


def _holds(file: Path, text: str) -> bool:
    return file.is_file() and file.read_text("utf-8", errors="replace") == text
