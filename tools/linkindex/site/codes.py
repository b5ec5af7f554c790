"""Codes for a screen: what one phone shows so that another can scan it.

Each is a file of its own, ``q/CODE.svg`` or ``r/CODE.svg``, fetched when somebody asks for it.
"""

from __future__ import annotations

from itertools import groupby

from linkindex.catalogue import Catalogue
from linkindex.qr import QUIET_ZONE, Matrix, matrix, plan

_MASK = 2
"""One mask for all: a screen shows the code large, and there may be thousands to make."""


def code_files(catalogue: Catalogue) -> dict[str, str]:
    """The code of every current category and resource as SVG, by path."""
    names = [
        *(f"q/{category.code}" for category in catalogue.current_categories),
        *(f"r/{resource.code}" for resource in catalogue.current_resources),
    ]
    return {f"{name}.svg": code_svg(f"{catalogue.settings.site_url}{name}") for name in names}


def code_svg(address: str) -> str:
    """A QR code, black on white in any colour scheme, with its quiet zone."""
    # Only the version and level of the plan matter here: an SVG has no size of its own.
    wanted = plan([address], side_mm=1)
    modules = matrix(address, wanted.version, wanted.level, _MASK)
    side = len(modules) + 2 * QUIET_ZONE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" '
        f'shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
        f'<path d="{_runs(modules)}"/></svg>\n'
    )


def _runs(modules: Matrix) -> str:
    """The dark modules as one path, a rectangle for each run of them in a row."""
    path = []
    for y, row in enumerate(modules, start=QUIET_ZONE):
        x = QUIET_ZONE
        for dark, run in groupby(row):
            length = sum(1 for _ in run)
            if dark:
                path.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return "".join(path)
