"""Link checking: catalogue (or built site) in, verdicts and their history out."""

from linkindex.links.archive import archived_copies
from linkindex.links.check import Expectations, check_links
from linkindex.links.github import keep_issue
from linkindex.links.history import (
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
from linkindex.links.issue_report import issue_text
from linkindex.links.json_report import report_from_json, report_json
from linkindex.links.junit_report import report_junit
from linkindex.links.kept import history_path, kept_history, record, refuse_other_text
from linkindex.links.linkchecker import user_agent
from linkindex.links.markdown_report import report_markdown
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
from linkindex.links.review import overdue, review_queue
from linkindex.links.shards import merged, part_of, shard, with_lost_links
from linkindex.links.site import check_site
from linkindex.links.sources import catalogue_links, changed_links, identities
from linkindex.links.standing import (
    WAIVER_DAYS,
    is_unsettled,
    seen_before,
    standing_report,
    standings,
    stood_by,
)
from linkindex.links.text_report import report_text

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
    "archived_copies",
    "catalogue_links",
    "changed_links",
    "check_links",
    "check_site",
    "history_path",
    "identities",
    "is_unsettled",
    "is_whole",
    "issue_text",
    "keep_issue",
    "kept_history",
    "looks_of",
    "merged",
    "overdue",
    "part_of",
    "read_history",
    "record",
    "refuse_other_text",
    "report_from_json",
    "report_json",
    "report_junit",
    "report_markdown",
    "report_text",
    "review_queue",
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
