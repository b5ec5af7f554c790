"""The command ``linkindex`` itself, to which the others belong."""

from __future__ import annotations

from typing import Any

import click

from linkindex.catalogue import LinkIndexError
from linkindex.cli.console import fail, print_error

EXIT_FAULT = 1
"""Something in the index must be put right. Wrong usage is 2, which click gives."""


class _Commands(click.Group):
    """Turns faults that a user can mend into one sentence each, without a traceback."""

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
            fail(f"{where}{error.strerror or error}; make room or choose another place")
            ctx.exit(EXIT_FAULT)
        except KeyboardInterrupt:
            fail("stopped; nothing was changed")
            ctx.exit(130)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="linkindex")
def main() -> None:
    """One catalogue of good links becomes a website and a ring of QR cards.

    Run a command in the folder that holds resources.yaml:

    \b
        linkindex check     say what is wrong, line by line
        linkindex build     make the site and the cards in site/
    """
