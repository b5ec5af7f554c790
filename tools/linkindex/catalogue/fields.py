"""Rules for single texts: each takes what the editor wrote and returns what it means.

A rule that is broken raises a :func:`trouble`, which says what is wrong and what to do; the loader
adds the place.
"""

from __future__ import annotations

import datetime
import functools
import re
import unicodedata
from importlib import resources
from pathlib import PurePosixPath
from typing import Any

from pydantic_core import PydanticCustomError

from linkindex.catalogue import addresses, colours, telephone
from linkindex.catalogue.addresses import contacts
from linkindex.catalogue.codes import (
    CODE_ALPHABET,
    PAGE_NAMES,
    fits_category_code,
    fits_resource_code,
)
from linkindex.catalogue.problems import INVISIBLE, nearest, quoted
from linkindex.tables import table_of

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def trouble(what: str, remedy: str) -> PydanticCustomError:
    """A broken rule, as an error that pydantic collects with the others."""
    return PydanticCustomError("linkindex", "{what}", {"what": what, "remedy": remedy})


LONGEST_TEXT = 2000
"""Characters: about a page. Nothing that an index says of a link is nearly so long."""

LONGEST_WORD = 120
"""Characters without a space between: the longest names of places have about 60."""

_PICTURE = re.compile(r"data:[\w/+.-]{1,60};base64,\S*", re.IGNORECASE)
_WORD = re.compile(
    # Chinese, Japanese, Korean, Thai, Lao, Burmese and Khmer put no spaces between words.
    r"[^\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef"
    rf"\U00020000-\U0003ffff]{{{LONGEST_WORD + 1},}}"
)
_BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs that show nothing: the fillers of Hangul, and the blank of Braille."""


def plain_text(text: str) -> str:
    """One line of text: white space folded, nothing invisible that could mislead."""
    folded = " ".join(text.split())
    if not _shows_something(folded):
        raise trouble(
            "there is no text here that anybody could see" if folded else "there is no text here",
            "write the text, or remove the line",
        )
    if not (folded.isascii() and folded.isprintable()):
        refuse_garbled(folded)
        _refuse_invisible(folded)
    refuse_pasted(folded)
    return folded


def _refuse_invisible(text: str) -> None:
    if INVISIBLE.search(text):
        raise trouble(
            f"there is an invisible character in {quoted(text)}", "type the text again without it"
        )


_GARBLED = re.compile(r"â€.|Ã[\u0080-\u00bfŠŒŽšœžŸ]|Â[\u00a0-\u00bf]|ï»¿|ðŸ..")
"""Signs of UTF-8 that another program read as ANSI: ``â€™`` for `’`, ``Ã©`` for `é`."""

_LOST = "\N{REPLACEMENT CHARACTER}"


def refuse_garbled(text: str) -> None:
    """Refuse a text that lost letters when it was opened in the wrong encoding.

    :raises ValueError: saying which, and what they were.
    """
    if _LOST in text:
        raise trouble(
            f"letters were lost in {quoted(text)} when it was copied or opened",
            "type it again as it stands on the page",
        )
    garbled = _GARBLED.search(text)
    if garbled:
        meant = _read_as_utf8(garbled[0])
        raise trouble(
            f"{quoted(garbled[0])} stands here, which a program makes of a letter that it misreads",
            f"type {quoted(meant)} in its place" if meant else "type the text again",
        )


def _read_as_utf8(text: str) -> str | None:
    signs = (
        sign.encode("latin-1" if sign <= "\xff" else "cp1252", errors="replace") for sign in text
    )
    try:
        return b"".join(signs).decode()
    except UnicodeDecodeError:
        return None


def _shows_something(text: str) -> bool:
    """Whether a letter, digit, mark of punctuation or symbol is there, by Unicode's categories."""
    return any(
        unicodedata.category(sign)[0] in "LNPS" and sign not in _BLANK_LETTERS for sign in text
    )


def refuse_pasted(text: str) -> None:
    """Refuse what no person has typed.

    :raises ValueError: saying what it is.
    """
    picture = _PICTURE.search(text)
    if picture:
        raise trouble(
            f"a picture was pasted into this text ({quoted(picture[0], 30)})",
            "remove it, for texts hold words only",
        )
    word = _WORD.search(text)
    if word:
        raise trouble(
            f"a word of {len(word[0]):,} characters is in this text ({quoted(word[0], 30)})",
            "remove it if it was pasted by mistake, or put spaces between its words",
        )
    if len(text) > LONGEST_TEXT:
        raise trouble(
            f"this text has {len(text):,} characters, over {LONGEST_TEXT:,}",
            "cut it to a few sentences",
        )


def slug(text: str) -> str:
    """An id: lower-case words joined by hyphens, at most 60 characters."""
    if len(text) > 60:
        raise trouble(f"the id {quoted(text)} is longer than 60 characters", "shorten it")
    if not _SLUG.fullmatch(text):
        raise trouble(
            f"{quoted(text)} is not an id",
            f"use lower-case letters, digits and single hyphens, such as {quoted(_slugged(text))}",
        )
    return text


_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def digest(text: str) -> str:
    """`sha256:` and 64 digits: what a file must be, to the letter."""
    if not _DIGEST.fullmatch(text):
        raise trouble(
            f"{quoted(text)} is not a hash",
            "write `sha256:` and the 64 letters and digits that `linkindex share` says",
        )
    return text


def category_code(text: str) -> str:
    """A category's code, which is printed and so can never change."""
    if not fits_category_code(text):
        raise trouble(
            f"{quoted(text)} is not a category code", "use 2 to 8 lower-case letters and digits"
        )
    if text in PAGE_NAMES:
        raise trouble(
            f"the code {quoted(text)} is the address of another page of the site",
            "choose another code",
        )
    return text


def resource_code_text(text: str) -> str:
    """A resource's code, written only to settle a clash or to keep it when the id changes."""
    if not fits_resource_code(text):
        raise trouble(
            f"{quoted(text)} is not a resource code",
            f"use 6 characters out of {CODE_ALPHABET}, or remove the line to have one made",
        )
    return text


def colour(text: str) -> str:
    """A colour as ``#rrggbb`` on which white text can be read."""
    written = any_colour(text)
    ratio = colours.contrast(written, colours.WHITE)
    if ratio < colours.LEAST_BAND:
        passes = colours.nearest_readable(written, (colours.WHITE,), colours.LEAST_BAND)
        raise trouble(
            f"the colour {quoted(text)} has a contrast of {colours.ratio_said(ratio)} on "
            f"white, under {colours.LEAST_BAND:.0f}:1",
            f"choose a darker one; the nearest shade that passes is {quoted(passes)}",
        )
    return written


def any_colour(text: str) -> str:
    """A colour as ``#rrggbb``, in small letters."""
    if not _COLOUR.fullmatch(text):
        raise trouble(
            f"{quoted(text)} is not a colour",
            f'did you mean `"#{text}"`?'
            if _COLOUR.fullmatch(f"#{text}")
            else 'write `#` and six digits of 0-9 and a-f in quotes, such as `"#1f4e5f"`',
        )
    return text.lower()


_SIGNED = frozenset({"bsl", "bfi", "sgn", "british sign language", "sign language"})

SEVERAL_LANGUAGES = "mul"
"""The code for several languages that are not named (ISO 639-2)."""


def language(text: str) -> str:
    """A language code of ISO 639 that has an English name, such as ``en``, ``cy`` or ``ur``."""
    if text not in language_names():
        if text.casefold() in _SIGNED:
            raise trouble(
                f"{quoted(text)} is signed, and `language` is what is written or spoken",
                "write `accessible_as: [bsl]`",
            )
        meant = _language_meant(text)
        raise trouble(
            f"{quoted(text)} is not a language code",
            f"did you mean {quoted(meant)}?"
            if meant
            else "write two or three letters, such as `en` (English), `cy` (Welsh) or "
            "`pl` (Polish)",
        )
    return text


def one_or_several(value: object) -> object:
    """A list, where a text alone stands for a list of one."""
    return (value,) if isinstance(value, str) else value


def _language_meant(text: str) -> str | None:
    """The code of a language that is written by its name, in capitals or with a country."""
    code = re.split("[-_]", text.lower(), maxsplit=1)[0]
    if code in language_names():
        return code
    codes = {name.lower(): code for code, name in language_names().items()}
    name = nearest(text, codes)
    return codes[name] if name else None


@functools.cache
def language_names() -> dict[str, str]:
    """English names of languages by code (from CLDR)."""
    from babel import Locale

    names = Locale("en").languages
    return {str(code): str(name) for code, name in names.items() if "_" not in str(code)}


_FORMER_TAGS = {
    "bh": "Bihari",
    "in": "Indonesian",
    "iw": "Hebrew",
    "ji": "Yiddish",
    "jw": "Javanese",
    "mo": "Moldovan",
}
"""Tags that ISO 639-1 gave once, and browsers still know."""


def language_of_tag(tag: str) -> str | None:
    """The English name of the language whose tag this is or was, if it is one."""
    return language_names().get(tag) or _FORMER_TAGS.get(tag)


_CALLED = {"bn": "Bengali", "ckb": "Kurdish (Sorani)", SEVERAL_LANGUAGES: "several languages"}
"""Where people in the UK call a language otherwise than CLDR does."""

_ALSO_CALLED = {
    "bn": ("Bangla",),
    "ckb": ("Sorani", "Kurdish"),
    "fa": ("Farsi",),
    "ku": ("Kurmanji",),
    "pa": ("Panjabi",),
    "yue": ("Chinese",),
    "zh": ("Mandarin",),
}
"""What people in the UK also call a language; services use these names."""


@functools.cache
def names_of_language(code: str) -> tuple[str, ...]:
    """What a language is called: in English, in itself, and otherwise."""
    english = _CALLED.get(code) or language_names()[code]
    own = _own_names().get(code) or own_name(code) or english
    return tuple(dict.fromkeys((english, own, *_ALSO_CALLED.get(code, ()))))


def own_name(code: str) -> str | None:
    """What a language calls itself (from CLDR), where that is known."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale(code).languages.get(code)
    except UnknownLocaleError:
        return None


@functools.cache
def _own_names() -> dict[str, str]:
    """What nearly every build asks for: loading the data of each takes a tenth of a second."""
    text = resources.files("linkindex.catalogue").joinpath("own-names.yaml").read_text("utf-8")
    names: dict[str, str] = table_of(text)
    return names


def phone_number(text: str) -> str:
    """A number as it is read out: digits in groups, perhaps with a leading ``+``."""
    try:
        return telephone.readable(text)
    except telephone.NumberError as error:
        raise trouble(error.what, error.remedy) from None


def texted(number: str) -> None:
    """Refuse to text a number that is only for calls."""
    if number == telephone.RELAY_EMERGENCY or telephone.relayed_number(number):
        raise trouble(
            f"{quoted(number)} is a number for calls by Relay UK, which takes no text messages",
            f"write `phone: {number}`",
        )


def email(text: str) -> str:
    """An e-mail address."""
    if not contacts.EMAIL.fullmatch(text):
        raise trouble(f"{quoted(text)} is not an e-mail address", _email_meant(text))
    return text


_LONGEST_EMAIL = 254
"""Characters that an address can have (RFC 5321, 4.5.3.1)."""


def _email_meant(text: str) -> str:
    """What to write in place of a text that is no e-mail address, or is more than one."""
    beginning = text[:_LONGEST_EMAIL]  # What is longer was pasted, and searching it takes long.
    plain = re.sub(r"\s*[(\[]\s*at\s*[)\]]\s*", "@", beginning, flags=re.IGNORECASE)
    found = [address.rstrip(".") for address in contacts.EMAIL.findall(plain)]
    if len(set(found)) > 1:
        return f"write one address alone, such as {quoted(found[0])}"
    return f"did you mean {quoted(found[0])}?" if found else "write `name@example.org`"


FIRST_DAY_OF_THE_WEB = datetime.date(1991, 8, 6)
"""When the first page was announced, so that no link and no number of an index is older."""

MOST_YEARS_AHEAD = 10
"""For how long a domain can be paid for (ICANN, and Nominet for .uk)."""


def iso_date(value: Any) -> Any:
    """A date written as year-month-day; anything that is not text is left to pydantic."""
    if not isinstance(value, str):
        return value
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise ValueError
        day = datetime.date.fromisoformat(value)
    except ValueError:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
            raise trouble(f"there is no day {quoted(value)}", "check its month and day") from None
        meant = _date_meant(value)
        raise trouble(
            f"{quoted(value)} is not a date",
            f"did you mean {quoted(meant)}?"
            if meant
            else "write year-month-day, such as 2026-11-24",
        ) from None
    if day < FIRST_DAY_OF_THE_WEB:
        raise trouble(f"{quoted(value)} is before the web existed", "check its year")
    return day


_SHORT_YEARS = 60
"""Years of this century that people write with two digits."""


def _date_meant(text: str) -> str | None:
    """The day that is written in another common way: 5/1/26, 20260105, 5th January 2026."""
    text = re.sub(r"[\u2010-\u2015]", "-", text.strip())
    text = re.sub(r"[T ]\d{1,2}:\d{2}\S*$", "", text)
    in_words = _day_in_words(text)
    if in_words:
        return in_words
    parts = re.fullmatch(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})", text, re.ASCII)
    parts = parts or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text, re.ASCII)
    if parts is None:
        return None
    numbers = [int(part) for part in parts.groups()]
    year, month, day = numbers if len(parts[1]) == 4 else reversed(numbers)
    is_short = len(parts[1]) < 3 and len(parts[3]) == 2
    year += 2000 if is_short and year < _SHORT_YEARS else 0
    try:
        meant = datetime.date(year, month, day)
    except ValueError:
        return None
    return meant.isoformat() if meant >= FIRST_DAY_OF_THE_WEB else None


def _day_in_words(text: str) -> str | None:
    """A day with the name of its month, as people write it."""
    bare = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|[,-]|\bof\b|\b[A-Za-z]{3,6}day\b", " ", text)
    bare = " ".join(bare.split())
    for form in ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y"):
        try:
            meant = datetime.datetime.strptime(bare, form).date()
        except ValueError:
            continue
        return meant.isoformat() if meant >= FIRST_DAY_OF_THE_WEB else None
    return None


def web_address(text: str) -> str:
    """The address of a resource, as the editor wrote it once it is known to be safe."""
    contact = contacts.contact_instead(text)
    if contact:
        raise trouble(contact.what, contact.remedy)
    return web_page(text)


def web_page(text: str) -> str:
    """The address of a page that a browser opens, as it is written."""
    try:
        addresses.check(text)
    except addresses.AddressError as error:
        raise trouble(error.what, error.remedy) from None
    return text


def evidence(text: str) -> str:
    """What a claim rests on: the address of a page, or plain words."""
    is_address = re.fullmatch(r"https?://\S+", text.strip(), re.IGNORECASE)
    return web_page(text.strip()) if is_address else plain_text(text)


def exit_address(text: str) -> str:
    """The page to which a reader leaves in a hurry: encrypted, so that the way there tells less."""
    page = web_page(text)
    if not page.lower().startswith("https:"):
        raise trouble(
            f"the exit address {quoted(text)} is not encrypted (`http:`)",
            "use a well-known page that begins with `https://`",
        )
    return page


def picture_name(text: str) -> str:
    """The path of a picture beside the catalogue or in a folder below it."""
    path = PurePosixPath(text)
    if path.suffix.lower() not in (".svg", ".png"):
        raise trouble(f"{quoted(text)} is not a picture", "name a file that ends in .svg or .png")
    if path.is_absolute() or ".." in path.parts or "\\" in text or ":" in text:
        raise trouble(
            f"{quoted(text)} is not beside this file",
            "put the picture there, and write its name alone, such as `logo.svg`",
        )
    return text


def site_address(text: str) -> str:
    """The address under which the index is published, ending in ``/``."""
    try:
        return addresses.check_site(text)
    except addresses.AddressError as error:
        raise trouble(error.what, error.remedy) from None


def _slugged(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower())
    without_accents = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = re.findall(r"[a-z0-9]+", without_accents)
    return "-".join(words)[:60].strip("-") or "a-short-name"
