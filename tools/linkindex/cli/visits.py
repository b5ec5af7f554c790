"""``linkindex visits``."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import click

from linkindex.catalogue import LinkIndexError
from linkindex.cli.console import say, working
from linkindex.cli.group import main
from linkindex.cli.index import checked, write_all
from linkindex.cli.options import catalogue_option, folder_option
from linkindex.wording import counted


@main.command(short_help="Count openings of codes from a server's log.")
@catalogue_option
@folder_option("--output", default="visits", text="The folder for the page and the table.")
@click.argument("logs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="LOG...")
def visits(catalogue_path: Path, *, output: Path, logs: tuple[Path, ...]) -> None:
    """Count how often the codes of cards and links were opened, month by month.

    Each LOG is a log of your web server: of Apache, nginx, IIS, Caddy or CloudFront, packed (.gz)
    or not. Who asked is dropped as a line is read. Sensitive topics and links are not counted at
    all, and no number under five is shown. Programs that say so are left out.

    This needs `visits: true` under `index:`, which also makes the privacy page of the next build
    say that openings are counted.

    \b
    Example:
        linkindex visits /var/log/nginx/access.log*
    """
    from linkindex.visits import report
    from linkindex.visits.counting import visits as count
    from linkindex.visits.logs import Opened, lines_of, read_log

    catalogue = checked(catalogue_path)
    if not catalogue.settings.visits:
        raise LinkIndexError(
            f"{catalogue_path}: the privacy page promises that visits are not counted; write "
            "`visits: true` under `index:` and publish the site, and count from then on"
        )
    opened: list[Opened] = []
    read = unread = 0
    with working("Reading the logs"):
        for log in logs:
            with lines_of(log) as lines:
                found = read_log(lines)
            opened += found.opened
            read, unread = read + found.read, unread + found.unread
    if not read:
        raise LinkIndexError(
            f"{logs[0]}: no line of it is a request in a form that is known; give the access log"
        )
    told = count(opened, catalogue, urlsplit(catalogue.settings.site_url).path)
    write_all(
        output,
        {"visits.csv": report.as_csv(told), "visits.html": report.as_page(told, catalogue)},
    )
    say(
        f"Counted {counted(len(told.counted), 'code')} in {counted(len(told.months), 'month')}; "
        f"{counted(told.left_out, 'code')} of what is sensitive left out. See {output}/visits.html"
    )
    if unread:
        say(f"{counted(unread, 'line')} could not be read and were left out.")
