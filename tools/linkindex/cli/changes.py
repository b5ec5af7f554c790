"""``linkindex changes``: what a change does to an index, and the comment on a pull request."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linkindex.catalogue import LinkIndexError
from linkindex.cli.console import say
from linkindex.cli.group import began, main
from linkindex.cli.index import write_all
from linkindex.cli.options import catalogue_option, file_option
from linkindex.icons import icon_names

if TYPE_CHECKING:
    from linkindex.catalogue import Examined


@main.group(short_help="Say what a change does.", invoke_without_command=True)
@catalogue_option
@file_option("--since", text="The index as it was before.", exists=True)
@file_option("--looked", text="The JSON report of opening the changed links, if there is one.")
@file_option("--json", "json_file", text="Write it as JSON into this file, for `changes comment`.")
@click.pass_context
def changes(
    context: click.Context,
    catalogue_path: Path,
    *,
    since: Path | None,
    looked: Path | None,
    json_file: Path | None,
) -> None:
    """Say in plain words which links come, change, move and go since another state of the index.

    With what the check says of each, and did not say before. It works for an index with errors,
    too.

    \\b
    Example:
        linkindex changes --since before/resources.yaml
    """
    from linkindex.upkeep.reviewing.comment import comment_text
    from linkindex.upkeep.reviewing.comparing import review_of

    if context.invoked_subcommand:
        return
    if since is None:
        raise LinkIndexError("name the index as it was before with --since FILE")
    review = review_of(_examined(since), _examined(catalogue_path), _looked(looked))
    if json_file:
        write_all(Path(), {str(json_file): review.model_dump_json(indent=1).encode()})
    text = comment_text(review, "0" * 40)
    say("\n".join(text.split("\n\n", 1)[1].splitlines()[:-2]).rstrip())


def _examined(path: Path) -> Examined:
    from linkindex.catalogue.loading import examine_file

    return examine_file(path, icons=icon_names(), today=began().date())


def _looked(path: Path | None) -> dict[str, str]:
    from linkindex import links as health
    from linkindex.links import wording

    if path is None or not path.is_file():
        return {}
    report = health.report_from_json(path.read_text("utf-8"), str(path))
    return {
        outcome.link.address: f"{outcome.verdict}. "
        + wording.as_sentence(wording.reason(outcome.cause))
        for outcome in report.outcomes
    }


@changes.command(short_help="Keep one comment on a pull request.")
@file_option("--event", text="The event of the workflow (GITHUB_EVENT_PATH).", exists=True)
@click.option(
    "--from",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="The folder that the run of the pull request handed over.",
)
def comment(*, event: Path, folder: Path) -> None:
    """Keep one comment on a pull request up to date, from what its run has handed over.

    For a workflow that follows that run: reads the token from GITHUB_TOKEN. The folder is taken for
    hostile. Only `review.json` is read of it, as short texts, and all of them are shown as they
    stand. An edit after a maintainer's label `ready` takes the label away.

    \\b
    Example:
        linkindex changes comment --event "$GITHUB_EVENT_PATH" --from review
    """
    from linkindex.upkeep.hub import hub
    from linkindex.upkeep.reviewing.receiving import keep_comment, received, run_of

    token = os.environ.get("GITHUB_TOKEN", "")
    if not token:
        raise LinkIndexError("this needs GITHUB_TOKEN; run it in a workflow")
    run = run_of(event.read_text("utf-8"))
    api = os.environ.get("GITHUB_API_URL", "https://api.github.com")
    rights = "`actions: read` and `pull-requests: write`"
    with hub(run.repository, token, api, rights) as repository:
        say(keep_comment(repository, run, received(folder)))
