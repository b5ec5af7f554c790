"""Every form that a report on links can have, ours and those that other packages add.

A report is a function from a :class:`~linkindex.links.model.LinkReport` to text. A package adds one
by an entry point of the group ``linkindex.reports``.
"""

from __future__ import annotations

from collections.abc import Callable

from linkindex.catalogue.problems import quoted, suggestion
from linkindex.extensions import REPORTS, Extension, extensions
from linkindex.links.model import LinkReport, LinksError
from linkindex.links.reports.json import report_json
from linkindex.links.reports.junit import report_junit
from linkindex.links.reports.markdown import report_markdown
from linkindex.links.reports.text import report_text

Report = Callable[[LinkReport], str]

BUILT_IN: dict[str, Report] = {
    "json": report_json,
    "junit": report_junit,
    "markdown": report_markdown,
    "text": report_text,
}
"""The reports that come with LinkIndex, by the names they have on the command line."""


def report_named(name: str) -> Report:
    """The report of this name, ours or one of another package.

    :raises LinksError: when there is none.
    :raises ExtensionError: when a package's cannot be used, or two have the same name.
    """
    added = [extension for extension in extensions(REPORTS) if extension.name == name]
    if name in BUILT_IN:
        for extension in added:
            extension.refuse("has the name of one of our reports", "uninstall it to use ours")
        return BUILT_IN[name]
    if not added:
        known = [*BUILT_IN, *(extension.name for extension in extensions(REPORTS))]
        raise LinksError(f"there is no report {quoted(name)}; {suggestion(name, known)}")
    first, *others = added
    for other in others:
        other.refuse(f"has the same name as {first}", "uninstall one of the two")
    return _checked(first)


def _checked(extension: Extension) -> Report:
    """A report of another package, whose faults are said to be its own."""
    written = extension.load()
    if not callable(written):
        extension.refuse("is not a function")

    def report(links: LinkReport) -> str:
        text = extension.run(lambda: written(links))
        if not isinstance(text, str):
            extension.refuse(f"gives {type(text).__name__} and not text")
        extension.run(lambda: text.encode())  # half a character cannot be written
        return text

    return report
