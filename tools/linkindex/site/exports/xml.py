"""Writing XML. Nothing is read here, so the standard library's writer is safe."""

from __future__ import annotations

from xml.etree import ElementTree as ET


def element(
    parent: ET.Element, name: str, text: str | None = None, /, **attributes: str
) -> ET.Element:
    """Add an element at the end of another."""
    child = ET.SubElement(parent, name, attributes)
    child.text = text
    return child


def document(root: ET.Element) -> bytes:
    """The file: UTF-8, with a newline at the end."""
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written.replace(b" />", b"/>") + b"\n"
