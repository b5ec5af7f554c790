"""Link checking: catalogue (or built site) in, verdicts and their history out."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from linkindex.links.asking.linkchecker import user_agent
    from linkindex.links.check import Expectations, check_links
    from linkindex.links.history.kept import history_path, kept_history, record, refuse_other_text
    from linkindex.links.history.lines import (
        FILE_NAME,
        History,
        Opened,
        add_to_history,
        is_whole,
        looks_of,
        read_history,
        sweep_of,
        tidy_file,
    )
    from linkindex.links.history.standing import (
        WAIVER_DAYS,
        is_unsettled,
        seen_before,
        standing_report,
        standings,
        stood_by,
    )
    from linkindex.links.inside.site import check_site, look_inside
    from linkindex.links.model import (
        Hop,
        Link,
        LinkReport,
        LinksError,
        MissingParts,
        Outcome,
        Part,
        Verdict,
    )
    from linkindex.links.reports.json import report_from_json, report_json
    from linkindex.links.reports.junit import report_junit
    from linkindex.links.reports.markdown import report_markdown
    from linkindex.links.reports.text import report_text
    from linkindex.links.shards import merged, part_of, shard, with_lost_links
    from linkindex.links.sources import catalogue_links, changed_links, identities

__all__ = [
    "FILE_NAME",
    "WAIVER_DAYS",
    "Expectations",
    "History",
    "Hop",
    "Link",
    "LinkReport",
    "LinksError",
    "MissingParts",
    "Opened",
    "Outcome",
    "Part",
    "Verdict",
    "add_to_history",
    "catalogue_links",
    "changed_links",
    "check_links",
    "check_site",
    "history_path",
    "identities",
    "is_unsettled",
    "is_whole",
    "kept_history",
    "look_inside",
    "looks_of",
    "merged",
    "part_of",
    "read_history",
    "record",
    "refuse_other_text",
    "report_from_json",
    "report_json",
    "report_junit",
    "report_markdown",
    "report_text",
    "seen_before",
    "shard",
    "standing_report",
    "standings",
    "stood_by",
    "sweep_of",
    "tidy_file",
    "user_agent",
    "with_lost_links",
]

_HOMES = {
    "asking.linkchecker": ("user_agent",),
    "check": ("Expectations", "check_links"),
    "history.kept": ("history_path", "kept_history", "record", "refuse_other_text"),
    "history.lines": (
        "FILE_NAME",
        "History",
        "Opened",
        "add_to_history",
        "is_whole",
        "looks_of",
        "read_history",
        "sweep_of",
        "tidy_file",
    ),
    "history.standing": (
        "WAIVER_DAYS",
        "is_unsettled",
        "seen_before",
        "standing_report",
        "standings",
        "stood_by",
    ),
    "inside.site": ("check_site", "look_inside"),
    "model": (
        "Hop",
        "Link",
        "LinkReport",
        "LinksError",
        "MissingParts",
        "Outcome",
        "Part",
        "Verdict",
    ),
    "reports.json": ("report_from_json", "report_json"),
    "reports.junit": ("report_junit",),
    "reports.markdown": ("report_markdown",),
    "reports.text": ("report_text",),
    "shards": ("merged", "part_of", "shard", "with_lost_links"),
    "sources": ("catalogue_links", "changed_links", "identities"),
}
"""Where each name is. A site is built with the history alone: loading what asks the web would take
a tenth of a second besides."""


def __getattr__(name: str) -> Any:
    home = next((home for home, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = getattr(importlib.import_module(f"{__name__}.{home}"), name)
    return globals()[name]
