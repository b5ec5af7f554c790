"""Link checking: catalogue (or built site) in, verdicts out."""

from linkindex.links.check import check_links
from linkindex.links.json_report import report_json
from linkindex.links.markdown_report import report_markdown
from linkindex.links.model import Link, LinkReport, LinksError, Outcome, Verdict
from linkindex.links.site import check_site
from linkindex.links.sources import catalogue_links, changed_links
from linkindex.links.text_report import report_text

__all__ = [
    "Link",
    "LinkReport",
    "LinksError",
    "Outcome",
    "Verdict",
    "catalogue_links",
    "changed_links",
    "check_links",
    "check_site",
    "report_json",
    "report_markdown",
    "report_text",
]
