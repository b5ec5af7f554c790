"""The search of a stock Material site with the same text, asked the same questions."""

from __future__ import annotations

import html
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import material
from playwright.sync_api import Page
from tests.bench.stock import build_stock_site, write_stock_site

from linkindex.catalogue import Catalogue

BEGIN = """([worker, index]) => new Promise((resolve, refuse) => {
    window.stock = new Worker(URL.createObjectURL(new Blob([worker])));
    stock.onerror = ({message}) => refuse(message);
    stock.onmessage = ({data}) => data.type === 1 && resolve();
    const data = JSON.parse(index);
    stock.postMessage({type: 0, data: {...data, options: {suggest: false}}});
})"""
ASK = """text => new Promise((resolve) => {
    stock.onmessage = ({data}) => {
        if (data.type !== 3) return;
        resolve(data.data.items.flatMap((group) => group.map(({title}) => title)));
    };
    stock.postMessage({type: 2, data: text});
})"""


def stock_search(page: Page, catalogue: Catalogue) -> Callable[[str], list[str]]:
    """Asks Material's own worker for titles, best first, as a page of a stock site does."""
    with tempfile.TemporaryDirectory() as name:
        write_stock_site(catalogue, Path(name))
        index = build_stock_site(Path(name)) / "search/search_index.json"
        text = index.read_text("utf-8")
    workers = Path(material.__file__).parent / "templates/assets/javascripts/workers"
    (worker,) = workers.glob("search.*.min.js")
    page.evaluate(BEGIN, [worker.read_text("utf-8"), text])
    full = {html.escape(one.full_title): one.title for one in catalogue.current_categories}

    def titles(question: str) -> list[str]:
        found = [re.sub("<[^>]+>", "", title) for title in page.evaluate(ASK, question)]
        return [full.get(title, html.unescape(title)) for title in found]

    return titles
