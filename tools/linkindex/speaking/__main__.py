"""Bringing the catalogues up to the program: ``python -m linkindex.speaking``.

Without an argument, the template and every catalogue are brought up to date. With the tag of a
language, a catalogue for it is begun.
"""

from __future__ import annotations

import sys

from linkindex.speaking.extracting import begun, template, write_all
from linkindex.speaking.translations import available, catalogue_path, translations_of


def run(arguments: list[str]) -> None:
    """Do what is asked, and say how far each language is."""
    for language in arguments:
        path = catalogue_path(language)
        if path.exists():
            sys.exit(f"{path} is there already; translate it, or run this without a language")
        path.parent.mkdir(parents=True)
        path.write_bytes(begun(language).encode())
    write_all()
    total = sum(bool(message.id) for message in template())
    print(f"{total} messages")
    for language in available()[1:]:
        found = translations_of(language)
        print(f"{language}: {len(found.forms)} translated; read by {found.reviewed_by}")


if __name__ == "__main__":
    run(sys.argv[1:])
