"""Every word that a reader meets, in the language that is spoken.

English is the source: a message is looked up by its English sentence, and said in English where
nobody has translated it. Which language is spoken is a value of the context (:func:`speaking`),
and it is looked up when something is said. What is told to maintainers is English by never being
marked.
"""

from linkindex.speaking.language import (
    SOURCE,
    Language,
    direction,
    html_language,
    speaking,
    spoken,
)
from linkindex.speaking.said import (
    N_,
    Sayings,
    gettext,
    html_text,
    isolated,
    ngettext,
    npgettext,
    pgettext,
)
from linkindex.speaking.translations import Translations, available, translations_of

_ = gettext

__all__ = [
    "N_",
    "SOURCE",
    "Language",
    "Sayings",
    "Translations",
    "_",
    "available",
    "direction",
    "gettext",
    "html_language",
    "html_text",
    "isolated",
    "ngettext",
    "npgettext",
    "pgettext",
    "speaking",
    "spoken",
    "translations_of",
]
