"""Takes out of MiniSearch what the search of a site does not use.

Run it for another version of it: ``python -m tests.support.trim_minisearch``. It needs npm, and
writes ``overrides/assets/search/minisearch.js``. Change the version, its hash (``npm view
minisearch@VERSION dist.integrity``) and the version in the notice together.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import REPOSITORY
from tests.support.npm import npm_package

SCRIPT = REPOSITORY / "overrides/assets/search/minisearch.js"
TERSER = "terser@5.44.0"
OPTIONS = ("--compress", "passes=3,ecma=2019", "--mangle")

NOTICE = (
    "/*! MiniSearch 7.2.0, Copyright 2022 Luca Ongaro, MIT licence: see minisearch-licence.txt. "
    "Changed: without what this site does not use (documents taken out again, suggestions, saved "
    "indexes, the end of words left open, and mistakes forgiven) */"
)
UNUSED = (
    *("addAll", "addAllAsync", "remove", "removeAll", "discard", "discardAll", "replace", "has"),
    *("maybeAutoVacuum", "vacuum", "conditionalVacuum", "performVacuuming", "isVacuuming"),
    *("vacuumConditionsMet", "dirtCount", "dirtFactor", "removeTerm", "removeFieldLength"),
    *("warnDocumentChanged", "getStoredFields", "autoSuggest", "documentCount", "termCount"),
    *("loadJSON", "loadJSONAsync", "loadJS", "loadJSAsync", "instantiateMiniSearch", "toJSON"),
    *("getDefault", "clear", "delete", "forEach", "from", "fromObject", "executeWildcardQuery"),
    *("atPrefix", "fuzzyGet", "entries", "keys", "values", "size"),
)
"""Methods that neither ``engine.js`` nor what it uses of MiniSearch calls."""


def minisearch() -> Path | None:
    """The folder of the package."""
    return npm_package(
        "minisearch",
        "7.2.0",
        "dqT2XBYUOZOiC5t2HRnwADjhNS2cecp9u+TJRiJ1Qp/f5qjkeT5APcGPjHw+bz89Ms8Jp+cG4AlE+QZ/QnDglg==",
    )


def trimmed(source: str) -> str:
    """The library without these methods, as a script that puts it into ``window``."""
    for name in UNUSED:
        method = re.compile(
            rf"\n    (?:static |async |get )*{name}\([^\n]*\{{\n(?:(?!    \}}\n).*\n)*    \}}(?=\n)"
        )
        source, found = method.subn("", source)
        if not found:
            raise ValueError(f"there is no method {name}")
    source = re.sub(r"export \{.*\};|//# sourceMappingURL.*", "", source)
    return f'(() => {{"use strict";\n{source}\nwindow.MiniSearch = MiniSearch;\n}})();'


def main() -> None:
    """Fetch the library, trim it and write it."""
    package = minisearch()
    if package is None:
        sys.exit("npm is missing, or did not find the package")
    shortened = subprocess.run(
        ["npm", "exec", "--yes", f"--package={TERSER}", "--", "terser", *OPTIONS],
        input=trimmed((package / "dist/es/index.js").read_text("utf-8")),
        capture_output=True,
        text=True,
        check=True,
    )
    SCRIPT.write_text(f"{NOTICE}\n{shortened.stdout.strip()}\n", "utf-8")


if __name__ == "__main__":
    main()
