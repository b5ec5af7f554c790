"""``linkindex host``."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import click

from linkindex.catalogue import LinkIndexError, addresses
from linkindex.cli.console import fail, say
from linkindex.cli.group import main
from linkindex.cli.index import checked
from linkindex.cli.options import catalogue_option, file_option
from linkindex.placing import place_files

NAMES = (
    *("apache", "caddy", "cloudflare", "folder", "github", "gitlab", "iis", "netlify", "nginx"),
    "s3",
)
"""Those of `linkindex.site.hosts`, without what takes a moment to load."""


@main.command(short_help="Write the settings of a web server.")
@catalogue_option
@click.argument("name", type=click.Choice(NAMES), metavar="NAME")
@file_option("--output", text="The file to write, which must not be there yet. [default: show it]")
@click.option(
    "--root",
    metavar="FOLDER",
    help="The folder on the server for the host. [default: /var/www/HOST]",
)
@click.option(
    "--languages",
    metavar="TAGS",
    default="",
    help="The languages in which the site has pages in a folder of their own, with commas: what a "
    "code opens then comes in the first of them that a browser asks for.",
)
def host(
    catalogue_path: Path, *, name: str, output: Path | None, root: str | None, languages: str
) -> None:
    """Write what a web server or a service must be told of the site.

    NAME is apache, caddy, cloudflare, folder, github, gitlab, iis, netlify, nginx or s3. The few
    lines say how codes open, what answers where nothing is, which headers are sent, and that
    nothing is kept for so long that a link that was withdrawn would stay. The first of them say
    where they belong.

    \b
    Example:
        linkindex host nginx --output index.conf
        linkindex host apache --root /srv/www
        linkindex host caddy --languages cy
    """
    from linkindex.site.hosts import place_of, written

    settings = checked(catalogue_path).settings
    tags = [tag.strip() for tag in languages.split(",") if tag.strip()]
    text = written(name, place_of(settings, root, tags))
    if addresses.is_reserved(urlsplit(settings.site_url).hostname or ""):
        fail("`site_url` is reserved for examples: write your own, and run this again.")
    if output is None:
        say(text.rstrip("\n"))
        return
    if output.exists() or output.is_symlink():
        raise LinkIndexError(
            f"{output} is there already, and nothing is written over it; name another file"
        )
    place_files({output: text.encode()})
    say(f"Wrote {output}; its first lines say where it belongs.")
