"""What is wrong with a command as it was typed, in one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

from linkindex.catalogue.problems import nearest, quoted, suggestion
from linkindex.cli.console import fail


class WrongUsageError(click.ClickException):
    """A command that was typed wrongly: one sentence that says what, and what to do."""

    exit_code = 2

    def show(self, file: object = None) -> None:  # noqa: ARG002
        """Say the sentence, and nothing else, on standard error."""
        fail(self.message)


def usage_sentence(error: click.UsageError, context: click.Context) -> str:
    """What is wrong with a command, what to write instead, and where that is explained.

    :param context: that of the command which was being read.
    """
    what, remedy = _fault(error, error.ctx or context)
    return f"{what}; {remedy} (see `{context.command_path} --help`)"


def _fault(error: click.UsageError, context: click.Context) -> tuple[str, str]:
    command = f"`{context.command_path}`"
    match error:
        case click.NoSuchOption():
            return (
                f"{command} has no option {quoted(error.option_name)}",
                _option_like(error.option_name, context.command.get_params(context)),
            )
        case click.exceptions.NoSuchCommand():
            assert isinstance(context.command, click.Group)  # noqa: S101 - it was looked up there
            known = context.command.list_commands(context)
            return (
                f"{command} has no command {quoted(error.command_name)}",
                suggestion(error.command_name, known, "leave it out"),
            )
        case click.BadOptionUsage():
            return _about_value(error.option_name, context)
        case click.MissingParameter():
            return _missing(error, context)
        case click.BadParameter():
            return _bad_value(error, context)
    extra = re.search(r"unexpected extra arguments? \((.*)\)", error.message)
    if extra:
        return (
            f"{command} cannot use {quoted(extra[1])}",
            "leave it out, or put what belongs together in quotes",
        )
    return f"{command}: {error.message.rstrip('.')}", "mend it"


def _option_like(name: str, parameters: Iterable[click.Parameter]) -> str:
    known = {
        opt.strip("-"): opt for parameter in parameters for opt in parameter.opts if opt[:2] == "--"
    }
    # Every name begins with the same two signs, so they make none alike.
    close = nearest(name.strip("-"), known)
    return f"did you mean `{known[close]}`?" if close else suggestion("", known.values())


def _about_value(option: str, context: click.Context) -> tuple[str, str]:
    """An option without its value, or with one that it does not take."""
    parameter = next(param for param in context.command.get_params(context) if option in param.opts)
    if getattr(parameter, "is_flag", False):
        return f"{quoted(option)} takes no value", f"write {quoted(option)} alone"
    return f"{quoted(option)} lacks its value", f"write `{option} {_value(parameter, context)}`"


def _value(parameter: click.Parameter, context: click.Context) -> str:
    """What stands for a value: ``FILE``, ``long|short``."""
    if isinstance(parameter.type, click.Choice):
        return "|".join(str(choice) for choice in parameter.type.choices)
    return parameter.make_metavar(context)


def _missing(error: click.MissingParameter, context: click.Context) -> tuple[str, str]:
    command, parameter = context.command_path, error.param
    assert parameter is not None  # noqa: S101 - click names it wherever it misses one
    wanted = _value(parameter, context)
    if isinstance(parameter, click.Option):
        option = parameter.opts[0]
        return f"`{command}` needs {quoted(option)}", f"add `{option} {wanted}`"
    return f"`{command}` needs {quoted(wanted)}", f"write `{command} {wanted}`"


def _bad_value(error: click.BadParameter, context: click.Context) -> tuple[str, str]:
    """A value that an option or an argument cannot take."""
    parameter = error.param
    assert parameter is not None  # noqa: S101 - click names it wherever it refuses a value
    name = quoted(
        parameter.opts[0]
        if isinstance(parameter, click.Option)
        else parameter.make_metavar(context).rstrip(".")
    )
    what, semicolon, remedy = error.message.partition("; ")
    if semicolon:  # one of our own types, which says both
        return f"{name}: {what}", remedy
    if isinstance(parameter.type, click.Path):
        return _bad_path(name, parameter.type, error.message)
    # click says which value it was only in its sentence.
    quoted_value = re.match(r"'?(.*?)'? (?:is not|does not match)", error.message)
    value = quoted_value[1] if quoted_value else ""
    return f"{name} cannot be {quoted(value) if value else 'empty'}", _fitting(
        parameter.type, value
    )


def _bad_path(name: str, kind: click.Path, message: str) -> tuple[str, str]:
    noun = "file" if kind.file_okay else "folder"
    parts = re.match(r"\w+ '(.*)' (.*)\.$", message)
    if not parts:
        return f"{name}: {message.rstrip('.')}", f"name another {noun}"
    path, wrong = quoted(parts[1]), parts[2].replace("directory", "folder")
    if wrong == "does not exist":
        return f"{name}: there is no {noun} {path}", "check its name and the folder you are in"
    return f"{name}: {path} {wrong}", f"name a {noun}"


def _fitting(kind: click.ParamType[object], value: str) -> str:
    """What to write in place of a value that does not fit."""
    match kind:
        case click.Choice():
            return suggestion(value, [str(choice) for choice in kind.choices])
        case click.IntRange():
            return f"write a whole number from {kind.min} to {kind.max}"
        case click.FloatRange():
            return f"write a number from {kind.min} up"
        case click.DateTime():
            return "write year-month-day, such as 2026-11-24"
    return "write another value"
