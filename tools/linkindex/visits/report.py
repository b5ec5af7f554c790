"""A table and a page of what may be told, for those who pay for the cards."""

from __future__ import annotations

import csv
import io

from jinja2 import Environment, PackageLoader

from linkindex.catalogue import Catalogue
from linkindex.cells import cell_text
from linkindex.visits.counting import FEWEST, Visits

TOO_FEW = f"under {FEWEST}"


def as_csv(found: Visits) -> bytes:
    """One row a code, one column a month."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["kind", "code", "title", *found.months, "all that is shown"])
    for code in found.counted:
        numbers = [_number(code.months[month]) for month in found.months]
        writer.writerow([code.kind, code.code, cell_text(code.title), *numbers, code.shown])
    return out.getvalue().encode("utf-8-sig")


def as_page(found: Visits, catalogue: Catalogue) -> bytes:
    """A page that stands by itself, to print or to send."""
    environment = Environment(
        loader=PackageLoader("linkindex.visits", "."), autoescape=True, trim_blocks=True
    )
    page = environment.get_template("visits.html").render(
        index=catalogue.settings,
        found=found,
        fewest=FEWEST,
        most=max((code.shown for code in found.counted), default=1),
        number=_number,
    )
    return page.encode()


def _number(number: int | None) -> str:
    return TOO_FEW if number is None else str(number)
