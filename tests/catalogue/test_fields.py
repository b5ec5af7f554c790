"""Rules for single texts."""

from __future__ import annotations

import datetime
from importlib.resources import files

import pytest
from pydantic_core import PydanticCustomError

from linkindex.catalogue import telephone
from linkindex.catalogue.colours import WHITE, contrast
from linkindex.catalogue.fields import (
    colour,
    email,
    iso_date,
    language,
    language_names,
    names_of_language,
    own_name,
    phone_number,
    plain_text,
    slug,
    texted,
)
from linkindex.catalogue.model import Phone, Standing
from linkindex.tables import table_of


@pytest.mark.parametrize(
    ("hex_colour", "ratio"),
    # The first two follow from the definition; the greys are the well-known ones that just reach
    # 4.5:1 and 7:1 (WCAG 2.2, 1.4.3 and 1.4.6), the rest WebAIM's contrast checker.
    [
        ("#000000", 21.0),
        ("#ffffff", 1.0),
        ("#767676", 4.54),
        ("#595959", 7.0),
        ("#ff0000", 4.0),
        ("#0000ff", 8.59),
        ("#008000", 5.14),
    ],
)
def test_contrast_is_that_of_wcag(hex_colour: str, ratio: float) -> None:
    assert contrast(hex_colour, WHITE) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("text", ["#595959", "#000000", "#96103A"])
def test_a_colour_of_seven_to_one_is_allowed(text: str) -> None:
    assert colour(text) == text.lower()


@pytest.mark.parametrize("text", ["#5a5a5a", "#ffffff", "#000", "000000", "red", "#00000g", ""])
def test_a_lighter_or_malformed_colour_is_refused(text: str) -> None:
    with pytest.raises(PydanticCustomError):
        colour(text)


@pytest.mark.parametrize(
    ("code", "name"), [("en", "English"), ("cy", "Welsh"), ("ur", "Urdu"), ("so", "Somali")]
)
def test_languages_have_english_names(code: str, name: str) -> None:
    assert language(code) == code
    assert language_names()[code] == name


def test_the_names_that_are_kept_are_those_that_languages_call_themselves() -> None:
    kept = files("linkindex.catalogue").joinpath("own-names.yaml").read_text("utf-8")
    for code, name in table_of(kept).items():
        assert own_name(code) == name
        assert name in names_of_language(code)


@pytest.mark.parametrize("code", ["", "english", "EN", "en_GB", "zz"])
def test_a_language_that_nobody_knows_is_refused(code: str) -> None:
    with pytest.raises(PydanticCustomError):
        language(code)


@pytest.mark.parametrize("text", ["a", "a-b", "0800", "nhs-111-online"])
def test_an_id_is_lower_case_words_with_hyphens(text: str) -> None:
    assert slug(text) == text


@pytest.mark.parametrize("text", ["", "A", "a_b", "a--b", "-a", "a-", "a b", "é", "a\n", "a" * 61])
def test_anything_else_is_not_an_id(text: str) -> None:
    with pytest.raises(PydanticCustomError):
        slug(text)


@pytest.mark.parametrize("text", ["999", "0800 1111", "+44 20 7946 0000", "0800  1111"])
def test_a_phone_number_is_digits_in_groups(text: str) -> None:
    assert phone_number(text) == " ".join(text.split())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("08001111", "0800 1111"),
        ("0800123456", "0800 123 456"),
        ("08081570123", "0808 157 0123"),
        ("03001234567", "0300 123 4567"),
        ("02079460000", "020 7946 0000"),
        ("01134960000", "0113 496 0000"),
        ("01632960000", "01632 960000"),
        ("07700900123", "07700 900 123"),
        ("0500123456", "0500 123 456"),
        ("09011234567", "0901 123 4567"),
        ("+442079460000", "+44 20 7946 0000"),
        ("116123", "116 123"),
        ("118500", "118 500"),
        ("1800100200", "1800 100 200"),
        ("85258", "85258"),
        ("119", "119"),
    ],
)
def test_a_number_typed_without_a_space_is_grouped(typed: str, shown: str) -> None:
    assert phone_number(typed) == shown
    assert phone_number(shown) == shown


@pytest.mark.parametrize("text", ["08000 28 22 33", "0808 80 10 800", "0845 46 47"])
def test_a_number_that_an_editor_grouped_stays_as_it_is(text: str) -> None:
    assert phone_number(text) == text


@pytest.mark.parametrize(
    ("typed", "shown", "dialled"),
    [
        ("18001 0808 157 0123", "18001 0808 157 0123", "1800108081570123"),
        ("1800108081570123", "18001 0808 157 0123", "1800108081570123"),
        ("180010808 157 0123", "18001 0808 157 0123", "1800108081570123"),
        ("18001 08000 28 22 33", "18001 08000 28 22 33", "1800108000282233"),
        ("18002 02079460000", "18002 020 7946 0000", "1800202079460000"),
        ("18001101", "18001 101", "18001101"),
        ("18001 116123", "18001 116 123", "18001116123"),
        ("18000", "18000", "18000"),
    ],
)
def test_the_prefix_of_a_relay_stands_apart_and_is_dialled_first(
    typed: str, shown: str, dialled: str
) -> None:
    assert phone_number(typed) == shown
    assert telephone.dialled(shown) == dialled


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        *(
            (text, "write digits and spaces only: `0800 1111`")
            for text in ("", "0800 CALL", "０８")
        ),
        *((text, "write the whole number") for text in ("99", "1" * 16, "+12")),
        *((text, "write `0800 1111`") for text in ("0800-1111", "(0800) 1111", "tel:08001111")),
        ("020.7946.0000", "write `020 7946 0000`"),
        ("+44 (0)20 7946 0000", "write `020 7946 0000`"),
        ("+44 020 7946 0000", "write `020 7946 0000`"),
        ("0044 20 7946 0000", "write `020 7946 0000`"),
        ("2079460000", "write `020 7946 0000`"),
        ("800 1111", "write `0800 1111`"),
        ("00 353 1 873 6500", "write `+` and the code of the country, such as `+353 1 873 6500`"),
        ("0808 157 01234", "write the whole number and nothing else"),
        ("0800 1111 ext 5", "write `0800 1111` alone, and anything else about it in the summary"),
        ("SHOUT to 85258", "write `85258` alone, and anything else about it in the summary"),
        (
            "0800 1111 / 0808 157 0123",
            "write one number, and give the other an entry of its own",
        ),
        ("18000 999", "write `18000` alone"),
        ("18001 999", "write `18000` alone"),
        ("18001", "write 18001 and the whole number, such as `18001 0808 157 0123`"),
        ("18001 +44 808 157 0123", "write `18001 0808 157 0123`"),
        ("+44 18001 0808 157 0123", "write `18001 0808 157 0123`"),
    ],
)
def test_anything_else_is_not_a_phone_number_and_the_cure_is_named(text: str, cure: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        phone_number(text)
    assert (refused.value.context or {})["remedy"] == cure


@pytest.mark.parametrize(
    "text",
    [
        *("0300 123 456", "0123 4567", "0808 157 012", "07700 900 12", "0800 12 34"),
        *("0845 123 456", "123 4567", "01 873 6500", "0456 7", "18001 0808 157 012"),
    ],
)
def test_a_number_that_has_lost_a_digit_is_refused(text: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        phone_number(text)
    assert (refused.value.context or {})["remedy"].startswith(
        ("copy the whole number from the page again", "write it with its area code")
    )


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        *(
            (text, "did you mean `0300 123 4567`, with digits in place of letters?")
            for text in ("O3OO 123 4567", "0300 l23 4567", "o3oo I23 4567", "03OO1234567")
        ),
        *(
            (text, "write `0300 123 4567`")
            for text in ("０３００ 123 4567", "٠٣٠٠ ١٢٣ ٤٥٦٧", "০৩০০ ১২৩ ৪৫৬৭")
        ),
        (
            "3.00123E+09",
            "a spreadsheet has cut its last digits off, so copy the number from the page again",
        ),
        ("03001B34567", "write digits and spaces only: `0800 1111`"),
    ],
)
def test_no_number_is_proposed_that_lacks_what_was_typed_as_a_letter(text: str, cure: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        phone_number(text)
    assert (refused.value.context or {})["remedy"] == cure


@pytest.mark.parametrize("number", ["18001 0808 157 0123", "18000"])
def test_a_number_for_calls_by_relay_cannot_be_texted(number: str) -> None:
    with pytest.raises(PydanticCustomError):
        texted(number)


def test_the_emergency_number_of_the_relay_needs_nobody_to_ring_it() -> None:
    fixed = {
        number: Phone(number=number).fixed for number in ("18000", "18001 101", "18001 0800 1111")
    }
    assert fixed == {"18000": True, "18001 101": True, "18001 0800 1111": False}


@pytest.mark.parametrize(
    ("number", "checked", "standing"),
    [
        ("999", None, Standing.FIXED),
        ("0800 1111", None, Standing.UNCONFIRMED),
        ("0800 1111", "2026-11-24", Standing.CONFIRMED),
        ("0800 1111", "2026-05-28", Standing.CONFIRMED),
        ("0800 1111", "2026-05-27", Standing.ENDED),
    ],
)
def test_a_confirmation_holds_for_so_many_days_and_no_longer(
    number: str, checked: str | None, standing: Standing
) -> None:
    phone = Phone.model_validate({"number": number, "number_checked": checked})
    assert phone.standing(datetime.date(2026, 11, 24), 180) is standing


def test_only_fixed_and_confirmed_numbers_may_be_printed() -> None:
    printed = {standing for standing in Standing if standing.may_be_printed}
    assert printed == {Standing.FIXED, Standing.CONFIRMED}


@pytest.mark.parametrize(
    "text", ["24/11/2026", "2026-1-5", "20261124", "2026-02-30", "２０２６-11-24"]
)
def test_a_date_is_written_year_month_day(text: str) -> None:
    with pytest.raises(PydanticCustomError):
        iso_date(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("20261124", "did you mean `2026-11-24`?"),
        ("2026-02-30", "there is no day `2026-02-30`"),
        ("2026-13-01", "there is no day `2026-13-01`"),
        ("20261324", "`20261324` is not a date; write year-month-day"),
    ],
)
def test_a_day_that_is_not_there_is_told_from_one_written_otherwise(
    text: str, sentence: str
) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        iso_date(text)
    assert sentence in f"{caught.value.message()}; {(caught.value.context or {})['remedy']}"


@pytest.mark.parametrize("text", ["", "a", "a@b", "a b@c.uk", "a@b..uk", "a@b.uk\n", "<a@b.uk>"])
def test_an_address_without_a_host_is_no_e_mail_address(text: str) -> None:
    with pytest.raises(PydanticCustomError):
        email(text)


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x9f", "\u202e", "\u2066", "\ue000"])
def test_text_holds_nothing_that_controls_or_reorders_the_screen(character: str) -> None:
    with pytest.raises(PydanticCustomError):
        plain_text(f"a{character}b")


@pytest.mark.parametrize("text", ["Cymraeg ŵ", "اردو", "می‌خواهم", "👩‍👧", "naïve – “quoted”"])
def test_text_of_any_language_is_allowed(text: str) -> None:
    assert plain_text(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "\n\t",
            "\u3164",
            "\u2800 \u2800",
            "\u115f",
            "\uffa0",
            "\ufffc",
            "\ufffd",
            "\u0301",
            "\u200e\u200f",
        ),
        *(
            "\u200b",
            "\u00ad",
            "\u2060",
            "\u180e",
            "\u034f",
            "\ufe0f",
            "\u200d",
            "\U000e0041",
            "\u00a0",
        ),
    ],
)
def test_a_text_holds_something(text: str) -> None:
    with pytest.raises(PydanticCustomError):
        plain_text(text)
