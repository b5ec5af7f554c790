"""The command ``linkindex`` itself, to which the others belong."""

from __future__ import annotations

import contextlib
import datetime
import errno
import signal
from collections.abc import Iterator
from typing import Any

import click

from linkindex import clock
from linkindex.catalogue import LinkIndexError
from linkindex.cli.console import fail, print_error
from linkindex.cli.usage import WrongUsageError, usage_sentence

EXIT_FAULT = 1
"""Something in the index must be put right. What was typed wrongly ends with 2."""


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def _remedy(error: OSError) -> str:
    """What to do about a file that could not be read or written."""
    if error.errno in _FULL:
        return "make room or choose another place"
    if error.errno == errno.EROFS:
        return "choose another place, where files can be written"
    return "check that the file is there and may be read and written"


class _OneSentence(click.Command):
    """A command that answers what was typed wrongly with one sentence."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with _in_one_sentence(ctx):
            return super().parse_args(ctx, args)


class _Commands(_OneSentence, click.Group):
    """Turns faults that a user can mend into one sentence each, without a traceback."""

    command_class = _OneSentence
    group_class = type

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        with _in_one_sentence(ctx):
            return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except LinkIndexError as error:
            print_error(error)
            ctx.exit(EXIT_FAULT)
        except BrokenPipeError:  # whoever read the output has had enough; click ends quietly
            raise
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            fail(f"{where}{error.strerror or error}; {_remedy(error)}")
            ctx.exit(EXIT_FAULT)
        except click.Abort:  # while something was asked, so the cursor stands behind a question
            click.echo(err=True)
            fail("stopped; nothing was changed")
            ctx.exit(128 + signal.SIGINT)
        except KeyboardInterrupt:
            fail("stopped; nothing was changed")
            ctx.exit(128 + signal.SIGINT)


@contextlib.contextmanager
def _in_one_sentence(context: click.Context) -> Iterator[None]:
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        raise WrongUsageError(usage_sentence(error, context)) from None


@click.group("linkindex", cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="linkindex")
@click.pass_context
def main(context: click.Context) -> None:
    """One catalogue of good links becomes a website and a ring of QR cards.

    Run a command in the folder that holds resources.yaml:

    \b
        linkindex check     say what is wrong, line by line
        linkindex build     make the site and the cards in site/

    A command ends with 0 when all is well, 1 when something must be put right, and 2 when it was
    typed wrongly.
    """
    context.obj = context.obj or clock.now()


def began() -> datetime.datetime:
    """When the command that runs was begun. All that it does is done on that day."""
    moment = click.get_current_context().find_object(datetime.datetime)
    assert moment is not None  # noqa: S101 - `main` has set it
    return moment
