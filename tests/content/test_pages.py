"""The pages that come with the program lead to each other."""

from __future__ import annotations

from linkindex.site.outputs import written_pages


def test_the_page_about_the_site_leads_to_the_health_of_its_links() -> None:
    assert "(health.md)" in written_pages()["about.md"]
