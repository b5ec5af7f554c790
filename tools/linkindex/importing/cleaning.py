"""From the text of a cell to a value of the index, or to the reason why it is none."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from pydantic_core import PydanticCustomError

from linkindex.catalogue import addresses, fields, telephone
from linkindex.catalogue.addresses import around, tracking, wrapped
from linkindex.catalogue.problems import INVISIBLE, quoted
from linkindex.catalogue.telephone import NumberError
from linkindex.catalogue.values import words_of
from linkindex.importing.tables import Column

Value = str | tuple[str, ...]


class Cleaned(NamedTuple):
    """What became of a cell.

    :ivar values: by column; a cell of addresses that begins with ``tel:`` holds a number.
    :ivar left_over: why some of it could not be read; empty if all of it was.
    """

    values: Mapping[Column, Value]
    left_over: str = ""


def cleaned(column: Column, cell: str) -> Cleaned:
    """What the cell of a column holds. An empty cell holds nothing."""
    text = _without_apostrophe(_plain(cell))
    if not text:
        return Cleaned({})
    clean = _CLEANERS.get(column, _text)
    return clean(column, text)


def _plain(cell: str) -> str:
    """The text with single spaces, without signs that nobody sees."""
    lines = (" ".join(INVISIBLE.sub("", line).split()) for line in cell.splitlines())
    return "\n".join(line for line in lines if line)


def _without_apostrophe(text: str) -> str:
    """The text without the sign that keeps a spreadsheet from calculating with it."""
    return text[1:] if re.match(r"'[\d=+\-@']", text) else text


def _text(column: Column, text: str) -> Cleaned:
    line = " ".join(text.split())
    try:
        return Cleaned({column: fields.plain_text(line)})
    except PydanticCustomError as error:
        return Cleaned({}, f"{column}: {(error.context or {})['what']}")


def _address(column: Column, text: str) -> Cleaned:
    found = [around.without_ends(around.bare(word)) for word in around.bare(text).split()]
    at = next((place for place, word in enumerate(found) if _is_like_an_address(word)), None)
    if at is None:
        return Cleaned({}, f"{column}: there is no address in {quoted(text)}")
    first, rest = found[at], list(filter(_says_something, found[:at] + found[at + 1 :]))
    if first.lower().startswith("mailto:"):
        return cleaned(Column.EMAIL, first[len("mailto:") :].partition("?")[0])
    if first.lower().startswith(("tel:", "sms:")):
        return cleaned(Column.PHONE if first[0] in "tT" else Column.TEXT, first[4:])
    if "@" in first and not re.match(r"https?:", first, re.IGNORECASE):
        return cleaned(Column.EMAIL, first)
    try:
        address, instead_of = cleaned_address(first), ""
    except addresses.AddressError as error:
        if error.instead is None:
            return Cleaned({}, f"{column}: {error.what}")
        address, instead_of = error.instead, f"{error.what}; `{error.instead}` was taken"
    said = instead_of or _rest_of(text, rest)
    return Cleaned({column: address}, f"{column}: {said}" if said else "")


def _rest_of(text: str, rest: list[str]) -> str:
    """What was not taken of a cell beside its first address; empty if that was all."""
    if any(re.match(r"https?:|www\.", part, re.IGNORECASE) for part in rest):
        return "only the first of several addresses was taken"
    return f"only the address was taken of {quoted(text)}" if rest else ""


def _is_like_an_address(word: str) -> bool:
    return re.search(r"://|\w[.@]\w|^(?:mailto|tel|sms|javascript|data|file):", word) is not None


def _says_something(word: str) -> bool:
    return re.search(r"\w", word) is not None


def cleaned_address(written: str) -> str:
    """The address itself, without what it is wrapped in or what follows its readers.

    :raises AddressError: when it may not stand in an index.
    """
    address = written if re.search("[:/]/", written) else f"https://{written}"
    inside = wrapped.wrapped(address)
    if inside is not None and inside.inside and not inside.archive:
        address = inside.inside
    address = tracking.clean(address).address
    addresses.check(address)
    return address


def _number(column: Column, text: str) -> Cleaned:
    number = _as_number(text)
    if number is not None:
        return Cleaned({column: number})
    if telephone.is_garbled(text):
        return Cleaned({}, f"{column}: {_why_no_number(text)}")
    found = [
        number
        for signs in (r"\+?[0-9(][0-9 ()\-‐-―./]*[0-9]", r"\+?[0-9][0-9 ]*[0-9]")
        for run in re.findall(signs, text)
        if (number := _as_number(run)) is not None
    ]
    if not found:
        return Cleaned({}, f"{column}: {_why_no_number(text)}")
    return Cleaned({column: found[0]}, f"{column}: only {found[0]} was taken of {quoted(text)}")


def _why_no_number(text: str) -> str:
    try:
        telephone.readable(text)
    except NumberError as error:
        if any(sign.isdigit() for sign in text):
            return str(error)
    return f"there is no number to dial in {quoted(text)}"


def _as_number(text: str) -> str | None:
    """The number that is written; a spreadsheet may have lost its first zero."""
    bare = re.sub(r"[().\-‐-―/]+", " ", re.sub(r"\(0\)", " ", text)).strip()
    if not re.fullmatch(r"\+?[0-9][0-9 ]*", bare):
        return None
    digits = bare.replace(" ", "")
    for meant in (bare, f"0{bare}" if digits[0] not in "0+" and len(digits) in (7, 9, 10) else ""):
        try:
            if meant:
                return telephone.readable(meant)
        except NumberError:
            pass
    return telephone.proposed(bare)


def _email(column: Column, text: str) -> Cleaned:
    found = re.search(r"[^\s<>@,;:()]+@[\w-]+(?:\.[\w-]+)+", text)
    if found is None:
        return Cleaned({}, f"{column}: there is no e-mail address in {quoted(text)}")
    return Cleaned({column: found[0]})


def _day(column: Column, text: str) -> Cleaned:
    """A day; where only numbers are written, the day stands before the month, as in the UK."""
    meant = _written_day(text.split(" ")[0]) or _written_day(text)
    if meant is None:
        return Cleaned({}, f"{column}: {quoted(text)} is no day that could be read")
    try:
        return Cleaned({column: fields.iso_date(meant).isoformat()})
    except PydanticCustomError as error:
        return Cleaned({}, f"{column}: {(error.context or {})['what']}")


def _written_day(text: str) -> str | None:
    text = text.partition("T")[0]
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return text
    for form in _DAYS:
        try:
            return datetime.datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    return None


_DAYS = (
    *("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d.%m.%y", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"),
    *("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%d-%b-%Y", "%d-%b-%y", "%b %Y", "%B %Y"),
)


def _minutes(column: Column, text: str) -> Cleaned:
    numbers = re.findall(r"\d+(?:\.\d+)?", text)
    if not numbers:
        return Cleaned({}, f"{column}: {quoted(text)} is no number of minutes")
    hours = re.search(r"\d\s*(?:h\b|hr|hour)", text, re.IGNORECASE)
    minutes = round(float(numbers[-1 if not hours else 0]) * (60 if hours else 1))
    if not 1 <= minutes <= 600:
        return Cleaned({}, f"{column}: {quoted(text)} is not between 1 and 600 minutes")
    return Cleaned({column: str(minutes)})


def _language(column: Column, text: str) -> Cleaned:
    codes = [code for part in _parts(text) if (code := _language_code(part))]
    if not codes:
        return Cleaned({}, f"{column}: {quoted(text)} is no language that is known")
    unknown = [part for part in _parts(text) if not _language_code(part)]
    left_over = f"{column}: {quoted(', '.join(unknown))} is not known" if unknown else ""
    return Cleaned({column: tuple(dict.fromkeys(codes))}, left_over)


@functools.lru_cache(maxsize=512)
def _language_code(text: str) -> str | None:
    known = fields.language_names()
    code = text.casefold().partition("-")[0]
    if code in known:
        return code
    names = (code for code in known if text.casefold() in map(str.casefold, _called(code)))
    return next(names, None)


@functools.cache
def _called(code: str) -> tuple[str, ...]:
    return fields.names_of_language(code)


def _several(column: Column, text: str) -> Cleaned:
    """Values of a list that the index knows, whatever they are called."""
    names = _words()[column]
    found: list[str] = []
    unknown: list[str] = []
    whole = names.get(_folded(text))
    for part in [text] if whole else _parts(text):
        meant = names.get(_folded(part)) or names.get(_folded(part).removesuffix(" only"))
        if meant:
            found += meant
        else:
            unknown.append(part)
    left_over = f"{column}: {quoted(', '.join(unknown))} is not known" if unknown else ""
    return Cleaned({column: tuple(dict.fromkeys(found))} if found else {}, left_over)


def _one(column: Column, text: str) -> Cleaned:
    """One value of a list that the index knows."""
    if column is Column.COST and re.search(r"[£$€]\s*[1-9]", text):
        return Cleaned({column: "paid"})
    values, left_over = _several(column, re.sub(r"[£$€]", "", text))
    found = values.get(column)
    if not found:
        return Cleaned({}, left_over)
    if len(found) > 1:
        left_over = f"{column}: only {found[0]} was taken of {quoted(text)}"
    return Cleaned({column: found[0]}, left_over)


def _list(column: Column, text: str) -> Cleaned:
    """Texts with line breaks or semicolons between them, else with commas."""
    parts = re.split(r"[\n;]", text) if re.search(r"[\n;]", text) else text.split(",")
    return Cleaned({column: tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))})


def _lines(column: Column, text: str) -> Cleaned:
    return Cleaned({column: tuple(text.splitlines())})


def _as_it_is(column: Column, text: str) -> Cleaned:
    return Cleaned({column: text})


def _yes(column: Column, text: str) -> Cleaned:
    word = _folded(text)
    if word in ("true", "yes", "y", "1", "x"):
        return Cleaned({column: "true"})
    if word in ("false", "no", "n", "0"):
        return Cleaned({column: "false"})
    return Cleaned({}, f"{column}: {quoted(text)} is neither yes nor no")


_CLEANERS: Mapping[Column, Callable[[Column, str], Cleaned]] = {
    Column.URL: _address,
    Column.OUR_PAGE: _as_it_is,
    Column.CODE: _as_it_is,
    Column.ID: _as_it_is,
    Column.TOPIC: _as_it_is,
    Column.PHONE: _number,
    Column.TEXT: _number,
    Column.EMAIL: _email,
    Column.MINUTES: _minutes,
    Column.LANGUAGE: _language,
    Column.AUDIENCES: _several,
    Column.NATIONS: _several,
    Column.ACCESSIBLE_AS: _several,
    Column.FORMAT: _one,
    Column.COST: _one,
    Column.KEYWORDS: _list,
    Column.ALSO_IN: _list,
    Column.EVIDENCE: _lines,
    Column.ALLOW: _lines,
    Column.SENSITIVE: _yes,
    **dict.fromkeys(
        (
            *(Column.ADDED, Column.REVIEWED, Column.AS_OF, Column.CLAIM_UNTIL),
            *(Column.PHONE_CHECKED, Column.TEXT_CHECKED),
        ),
        _day,
    ),
}


def _parts(text: str) -> Iterator[str]:
    for part in re.split(r"[,;/&+|\n]|\band\b", text):
        if part.strip():
            yield part.strip()


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+|_", " ", text.casefold()).split())


@functools.cache
def _words() -> Mapping[Column, Mapping[str, tuple[str, ...]]]:
    """Which values each word means, by the column."""
    return {column: words_of(column) for column in _OF_FEW_VALUES}


_OF_FEW_VALUES = (
    *(Column.AUDIENCES, Column.FORMAT, Column.NATIONS, Column.COST, Column.ACCESSIBLE_AS),
)
