"""How are elements and attributes of WordprocessingML found, in either of its two namespaces?"""

from __future__ import annotations

import re

from lxml import etree

_SPACES = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
_OFF = ("0", "false", "off", "none")


def local(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of that name."""
    if element is None:
        return None
    for space in _SPACES:
        found = element.find(space + name)
        if found is not None:
            return found
    return None


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """An attribute of the element."""
    if element is None:
        return None
    for space in _SPACES:
        found = element.get(space + name)
        if found is not None:
            return str(found)
    return None


def whole(element: etree._Element | None, name: str = "val") -> int | None:
    """An attribute that holds a whole number."""
    found = value(element, name)
    return int(found) if found is not None and re.fullmatch(r"-?\d{1,9}", found) else None


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch (w:vanish) is there and not turned off."""
    return element is not None and (value(element) or "1").lower() not in _OFF
