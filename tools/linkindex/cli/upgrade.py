"""``linkindex upgrade`` and ``linkindex compare``: a newer version of the program."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.versions import CURRENT
from linkindex.cli.console import printable, say
from linkindex.cli.group import EXIT_FAULT, main
from linkindex.cli.index import write_all
from linkindex.cli.options import catalogue_option, file_option
from linkindex.wording import counted


@main.command(short_help="Move an older index along.")
@catalogue_option
@click.option("--dry-run", is_flag=True, help="Show each step, and write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask, also on a terminal.")
def upgrade(catalogue_path: Path, *, dry_run: bool, yes: bool) -> None:
    """Move the folder of an index along to what this version of the program expects.

    Each step is shown before anything is written, and all of them are done or none is. Comments
    stay, and so does the order of all that is there. Where git holds the folder, it can take the
    upgrade back; where it does not, the former files are kept in before-upgrade.zip.

    \b
    Example:
        linkindex upgrade --dry-run
    """
    from linkindex.upkeep.upgrading.doing import read_folder, write_upgrade
    from linkindex.upkeep.upgrading.plan import plan_of, shown_change
    from linkindex.upkeep.upgrading.steps import PROGRAM

    folder = read_folder(catalogue_path)
    plan = plan_of(folder)
    if PROGRAM in folder.files:
        say(
            "This folder is a copy of the program, too, so pages and frame come with git; only the "
            "index is moved along. The handbook says how to leave the copy behind (upgrade.md)."
        )
    if not plan.files:
        say(
            f"{catalogue_path.name} is of version {CURRENT}, as this program has it. Nothing to do."
        )
        return
    count = len(plan.steps)
    if plan.version < CURRENT:
        say(f"From version {plan.version} to {CURRENT}, in {counted(count, 'step')}.")
    for number, planned in enumerate(plan.steps, start=1):
        say(f"\nStep {number} of {count}: {planned.step.title}\n{shown_change(planned)}")
    say("")
    if dry_run:
        say("Nothing was written.")
        return
    if not yes and _is_on_terminal() and not click.confirm("Do all of this?", default=False):
        say("Nothing was written.")
        return
    kept = write_upgrade(catalogue_path, folder, plan.files)
    say(f"Done: {counted(len(plan.files), 'file')} changed. Now run `linkindex check`.")
    if kept:
        say(f"Git does not hold this folder, so the former files are kept in {kept.name}.")
        return
    former = sorted(name for name in plan.files if name in folder.files)
    new = sorted(set(plan.files) - set(former))
    say(f"To take it back: git restore --staged --worktree {' '.join(former)}")
    if new:
        say(f"and remove {', '.join(new)}.")


def _is_on_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


_built_site = click.Path(path_type=Path, file_okay=False, exists=True)


@main.command(short_help="Say what readers would notice.")
@click.argument("old", type=_built_site)
@click.argument("new", type=_built_site)
@file_option("--markdown", text="Write it into this file, too, for a page of a workflow.")
def compare(old: Path, new: Path, *, markdown: Path | None) -> None:
    """Say in plain words what readers would notice between two built sites, OLD and NEW.

    Pages and addresses that come and go, what pages say, and which cards look different when they
    are printed. For whoever decides whether to take a newer version: build the site with each, then
    compare. It ends with 1 where a printed code would no longer answer.

    \b
    Example:
        linkindex compare before/site site
    """
    from linkindex.site.compared_words import comparison_text
    from linkindex.site.comparing import compared
    from linkindex.site.finish import MARK

    for folder in (old, new):
        if not (folder / MARK).is_file():
            raise LinkIndexError(
                f"{folder} is no site that LinkIndex built; name the folder that `linkindex build` "
                "wrote"
            )
    found = compared(files_below(old), files_below(new))
    text = comparison_text(found)
    if markdown:
        fence = "`" * 12  # longer than any that a line could hold
        page = f"## What readers would notice\n\n{fence}text\n{printable(text)}\n{fence}\n"
        write_all(Path(), {str(markdown): page.encode()})
    say(text)
    if found.lost_codes:
        sys.exit(EXIT_FAULT)


def files_below(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
