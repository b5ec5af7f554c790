"""The options that several commands share, each in one shape."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
from click.core import ParameterSource
from click.decorators import FC
from pydantic_core import PydanticCustomError

from linkindex.catalogue import Engine
from linkindex.catalogue.fields import plain_text
from linkindex.catalogue.problems import quoted


def folder_option(name: str, *, default: str, text: str) -> Callable[[FC], FC]:
    """A folder to write into or to read, which need not be there yet."""
    return click.option(
        name,
        type=click.Path(path_type=Path, file_okay=False),
        default=Path(default),
        show_default=True,
        help=text,
    )


def file_option(*names: str, text: str, exists: bool = False) -> Callable[[FC], FC]:
    """A file to write or to read.

    :param exists: whether it must be there already.
    """
    return click.option(
        *names,
        type=click.Path(path_type=Path, dir_okay=False, exists=exists),
        metavar="FILE",
        help=text,
    )


def _said_before(context: click.Context, parameter: click.Parameter, path: Path) -> Path:
    """The file named before the command, unless another is named after it.

    So that ``linkindex numbers --catalogue X confirm`` means what it says.
    """
    above = context.parent.params.get("catalogue_path") if context.parent else None
    is_said = context.get_parameter_source(parameter.name or "") is not ParameterSource.DEFAULT
    return path if is_said or above is None else above


catalogue_option = click.option(
    "--catalogue",
    "catalogue_path",
    type=click.Path(path_type=Path, dir_okay=False, readable=False),  # reading says more
    default=Path("resources.yaml"),
    show_default=True,
    callback=_said_before,
    help="The file that holds the index.",
)


def language_option(text: str) -> Callable[[FC], FC]:
    """One of the languages of an index, in which texts are read or written."""
    return click.option("--in-language", "in_language", default=None, metavar="CODE", help=text)


def _engine(
    _context: click.Context, _parameter: click.Parameter, name: str | None
) -> Engine | None:
    return Engine(name) if name else None


engine_option = click.option(
    "--engine",
    type=click.Choice([engine.value for engine in Engine]),
    callback=_engine,
    help="What renders the pages; by default what the index names with `engine:`, or else MkDocs.",
)


def _role(context: click.Context, parameter: click.Parameter, text: str) -> str:
    if not text.strip():
        raise click.BadParameter("there is no role; write one, such as `family team`")
    return plain_words(context, parameter, text)


def plain_words(_context: click.Context, _parameter: click.Parameter, text: str) -> str:
    """Words that are kept in a file: held to the same rules as a text of the catalogue."""
    if not text.strip():
        return ""
    try:
        return plain_text(text)
    except PydanticCustomError as error:
        context = error.context or {}
        raise click.BadParameter(f"{context['what']}; {context['remedy']}") from None


role_option = click.option(
    "--by",
    "role",
    required=True,
    metavar="ROLE",
    callback=_role,
    help="Who looked, as a role: 'family team'. Not a person's name.",
)


class _ReportFile(click.ParamType[tuple[str, Path]]):
    """A report and the file for it, such as ``json=links.json``."""

    name = "name=file"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Path]:
        name, _, file = str(value).partition("=")
        if not name or not file:
            self.fail(f"{quoted(value)} is not a name with a file; write `NAME=FILE`", param, ctx)
        if Path(file).is_dir():
            self.fail(f"{quoted(file)} is a folder; name a file", param, ctx)
        return name, Path(file)


def report_options(command: FC) -> FC:
    """The files into which a report on links is written, and whether what was found is kept."""
    for option in (
        click.option(
            "--record",
            is_flag=True,
            help="Keep what was found in link-history.tsv beside the index.",
        ),
        click.option(
            "--report",
            "reports",
            type=_ReportFile(),
            multiple=True,
            metavar="NAME=FILE",
            help="Write a report into a file: json, junit, markdown, text, or one that another "
            "package adds.",
        ),
        file_option("--junit", "junit_file", text="Write the report as JUnit XML into this file."),
        file_option(
            "--markdown", "markdown_file", text="Write the report as Markdown into this file."
        ),
        file_option("--json", "json_file", text="Write the report as JSON into this file."),
    ):
        command = option(command)
    return command
