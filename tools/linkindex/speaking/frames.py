"""The words of templates that an engine renders which knows no catalogue.

They say ``{{ _("Leave this site") }}``. Under MkDocs ``_`` is a function; for any other engine the
text is put in when the templates are copied.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from linkindex.speaking.lent import marked_template, noting_lent_words
from linkindex.speaking.mirrored import spoken_style
from linkindex.speaking.said import gettext, html_text
from linkindex.speaking.scripts import spoken_script

_ALONE = re.compile(r'\{\{-?\s*_\("(?P<text>(?:[^"\\]|\\.)*)"\)\s*-?\}\}')
_WITHIN = re.compile(r'(?<![\w.])_\("(?P<text>(?:[^"\\]|\\.)*)"\)')


def frame_text(message: str) -> str:
    """A message as the templates of a frame show it: HTML."""
    return html_text(gettext(message))


def spoken_frame(template: str) -> str:
    """A template with each message in the language that is spoken, or marked as English."""
    with noting_lent_words():
        whole = _ALONE.sub(lambda call: frame_text(_message(call)), template)
        whole = _WITHIN.sub(
            lambda call: json.dumps(frame_text(_message(call)), ensure_ascii=False), whole
        )
    return marked_template(whole)


def speak_frames(folder: Path) -> None:
    """Put the texts into all templates and scripts of a folder of copies, and turn its styles."""
    ways = {".html": spoken_frame, ".js": spoken_script, ".css": spoken_style}
    for path in sorted(folder.rglob("*")):
        if path.suffix in ways:
            text = path.read_text("utf-8")
            said = ways[path.suffix](text)
            if said != text:
                path.write_bytes(said.encode())


def _message(call: re.Match[str]) -> str:
    return str(json.loads(f'"{call["text"]}"'))
