"""A stock Material site with the same text: what LinkIndex is measured against."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from linkindex.catalogue import Catalogue, Category, Resource
from linkindex.site.generate import generate
from linkindex.site.outputs import written_pages


def write_stock_site(catalogue: Catalogue, folder: Path) -> None:
    """Write the pages of an index as plain Markdown, for Material as it comes.

    The same pages as LinkIndex makes of it, but for scan pages, codes and exports: home, A to Z,
    a page a category and those that people wrote.
    """
    docs = folder / "docs"
    docs.mkdir(parents=True)
    generated = generate(catalogue, written_pages())
    for path in written_pages():
        (docs / path).write_bytes(generated[path])
    (docs / "index.md").write_text(_home(catalogue), "utf-8")
    (docs / "all.md").write_text(_everything(catalogue), "utf-8")
    (docs / "cards").mkdir()
    (docs / "cards" / "index.md").write_text("# Print the cards\n", "utf-8")
    for category in catalogue.current_categories:
        (docs / f"{category.code}.md").write_text(_category(catalogue, category), "utf-8")
    (folder / "mkdocs.yml").write_text(
        "site_name: Stock\ntheme: material\nmarkdown_extensions: [attr_list]\n", "utf-8"
    )


def build_stock_site(folder: Path) -> Path:
    """Build what was written, in a process of its own, and return the built site."""
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        cwd=folder,
        check=True,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    return folder / "site"


def _home(catalogue: Catalogue) -> str:
    lines = [f"# {catalogue.settings.tagline}", ""]
    for category in catalogue.current_categories:
        lines += [f"- [{category.title}]({category.code}.md) {category.summary}"]
    return "\n".join(lines)


def _everything(catalogue: Catalogue) -> str:
    lines = ["# Everything, A to Z", ""]
    for resource in sorted(catalogue.current_resources, key=lambda one: one.title):
        home = catalogue.home_of(resource)
        lines += [f"- [{resource.title}]({resource.url}) {home.title}, {resource.publisher}"]
    return "\n".join(lines)


def _category(catalogue: Catalogue, category: Category) -> str:
    lines = [f"# {category.full_title}", "", category.summary, ""]
    for resource in catalogue.resources_of(category):
        lines += [f"## [{resource.title}]({resource.url})", "", resource.summary, ""]
        lines += [resource.use_when or "", "", _facts(resource), ""]
    return "\n".join(lines)


def _facts(resource: Resource) -> str:
    return (
        f"{resource.publisher}. For {', '.join(resource.audiences)}. {resource.format.title()}. "
        f"{', '.join(resource.nations)}. {resource.cost}. Added {resource.added.isoformat()}."
    )
