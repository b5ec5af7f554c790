"""What is kept of the index that ships, wherever it is kept, tells nothing of its readers."""

from __future__ import annotations

import io
import re

import pytest
import yaml
from PIL import Image

from linkindex.catalogue import Catalogue, ShownCatalogue
from linkindex.catalogue.rules.telling import telling_words
from linkindex.site.exports import Discretion
from linkindex.site.generate import generate
from linkindex.site.outputs import written_pages
from tests.support.pages import as_written

PREVIEW = re.compile(r'<title>(.*?)</title>|<meta [^>]*content="(.*?)"', re.DOTALL)


@pytest.fixture(scope="module")
def files(catalogue: Catalogue) -> dict[str, bytes]:
    return generate(ShownCatalogue.of(catalogue, ()), written_pages())


def kept(path: str, content: bytes) -> str:
    """What a phone, a message or a feed reader keeps of a file."""
    if path.endswith(".png"):
        return " ".join(map(str, Image.open(io.BytesIO(content)).info.values()))
    text = content.decode()
    if path.endswith(".html"):
        return " ".join(map("".join, PREVIEW.findall(as_written(text).partition("<body")[0])))
    if path.endswith(".md"):
        head = yaml.safe_load(text.split("---\n")[1]) if text.startswith("---\n") else {}
        heading = re.search("^# (.*)", text, re.MULTILINE)
        return f"{head.get('title') or (heading and heading[1])}\n{head.get('description', '')}"
    return text if path.startswith(("feeds/", "data/", "llms", "offline/")) else ""


def test_no_title_preview_or_file_name_tells_anything(files: dict[str, bytes]) -> None:
    pages = [path for path in files if path.endswith((".html", ".md"))]
    assert len(pages) > 1000
    for path in files:
        assert telling_words(path) == set(), path
    for path in pages:
        assert telling_words(kept(path, files[path])) == set(), path


def test_a_sensitive_link_is_named_nowhere_outside_the_pages(
    catalogue: Catalogue, files: dict[str, bytes]
) -> None:
    discretion = Discretion(ShownCatalogue.of(catalogue, ()))
    of_its_own = [link for link in catalogue.current_resources if link.sensitive]
    assert of_its_own
    outside = {path: kept(path, content) for path, content in files.items()}
    for link in of_its_own:
        assert discretion.is_neutral(link)
        for path, text in outside.items():
            for secret in (link.url, f"{link.title} - ", f'"{link.title}"', f">{link.title}<"):
                assert secret not in text, (path, secret)
