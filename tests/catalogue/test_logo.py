"""The organisation's logo is a picture, small, of a fair shape, and does nothing but draw."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from linkindex.catalogue.loading import examine_file
from linkindex.catalogue.logo import LARGEST_BYTES, Logo, LogoError, read_logo
from linkindex.icons import icon_names
from tests.catalogue.small import SMALLEST, TODAY

NAMESPACE = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(inside: str = '<path d="M0 0h9v9z"/>', size: str = 'viewBox="0 0 90 30"') -> bytes:
    return f"<svg {NAMESPACE} {size}>{inside}</svg>".encode()


def png(width: int, height: int, kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, kind)
    return file.getvalue()


def logo(name: str, content: bytes) -> Logo:
    return read_logo(name, lambda _: content)


def fault(name: str, content: bytes) -> str:
    with pytest.raises(LogoError) as raised:
        logo(name, content)
    return f"{raised.value.what}; {raised.value.remedy}"


@pytest.mark.parametrize(
    ("name", "content", "ratio"),
    [
        ("logo.svg", svg(), 3),
        ("logo.SVG", svg(size='width="40mm" height="20mm"'), 2),
        ("logo.svg", svg('<style>a{fill:url(#b)}</style><use xlink:href="#b"/>'), 3),
        ("logo.svg", b"<?xml version='1.0'?>" + svg(), 3),
        (
            "logo.svg",
            svg('<n:view xmlns:n="urn:notes" href="a"/><path style="fill:#0a0"/>'),
            3,
        ),
        ("logo.png", png(240, 120), 2),
    ],
)
def test_a_plain_picture_is_taken_with_its_shape(name: str, content: bytes, ratio: float) -> None:
    assert logo(name, content).ratio == ratio
    assert logo(name, content).content == content


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("logo.png", b"not a picture", "is not a PNG picture"),
        ("logo.png", png(240, 120, "GIF"), "is not a PNG picture"),
        ("logo.png", png(240, 120)[:-40], "is not a PNG picture, or is damaged"),
        ("logo.svg", b"not a picture", "is not an SVG picture"),
        ("logo.svg", b"<html/>", "is not an SVG picture"),
        ("logo.svg", png(240, 120), "is not an SVG picture"),
        ("logo.svg", svg(size=""), "does not say its size"),
        ("logo.svg", svg(size='viewBox="0 0 0 30"'), "does not say its size"),
        ("logo.png", png(400, 60), "too small to print (400 by 60 pixels)"),
        ("logo.svg", svg(size='viewBox="0 0 700 100"'), "too wide (700 by 100)"),
        ("logo.svg", svg(size='viewBox="0 0 100 200"'), "too tall (100 by 200)"),
        ("logo.svg", svg("x" * LARGEST_BYTES), "has 25 KB, and every page loads it"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_one_sentence(
    name: str, content: bytes, said: str
) -> None:
    assert said in fault(name, content)
    assert "\n" not in fault(name, content)


@pytest.mark.parametrize(
    "inside",
    [
        "<script>1</script>",
        '<path onload="1"/>',
        '<image href="https://example.org/a.png"/>',
        '<use xlink:href="other.svg#a"/>',
        "<foreignObject/>",
        "<style>@import 'a.css'</style>",
        '<path style="fill:url(https://example.org/a)"/>',
        "<style>a{background:url('//example.org/a')}</style>",
        "<style>a{}<b/>@import 'a.css';</style>",
        r"<style>a{fill:\75rl(https://example.org/a)}</style>",
        "<style>a{background:image-set('https://example.org/a' 1x)}</style>",
        '<animate attributeName="href" values="javascript:1"/>',
        '<a href="javascript:1"/>',
        '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>',
        '<script xmlns="http://www.w3.org/1999/xhtml">1</script>',
        "<?xml-stylesheet href='https://example.org/a'?>",
    ],
)
def test_a_picture_that_acts_or_fetches_is_refused(inside: str) -> None:
    assert "holds more than a picture" in fault("logo.svg", svg(inside))


def test_a_picture_with_entities_is_refused_before_they_grow() -> None:
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaa">]>' + svg("&a;")
    assert "holds more than a picture (a declaration" in fault("logo.svg", bomb)


def test_a_catalogue_finds_its_logo_beside_itself_and_names_the_line_of_a_fault(
    tmp_path: Path,
) -> None:
    catalogue = tmp_path / "resources.yaml"
    catalogue.write_text(SMALLEST.replace("\n  exit_url:", "\n  logo: brand/logo.png\n  exit_url:"))
    line = next(
        number
        for number, text in enumerate(catalogue.read_text().splitlines(), start=1)
        if "logo:" in text
    )
    (tmp_path / "brand").mkdir()
    picture = tmp_path / "brand" / "logo.png"
    picture.write_bytes(b"no picture")
    problems = examine_file(catalogue, icons=icon_names(), today=TODAY).problems
    assert [problem.line for problem in problems] == [line]
    assert "is not a PNG picture" in str(problems[0])
    picture.write_bytes(png(240, 120))
    found = examine_file(catalogue, icons=icon_names(), today=TODAY)
    assert found.catalogue is not None
    assert found.catalogue.logo == Logo("png", png(240, 120), 2)
