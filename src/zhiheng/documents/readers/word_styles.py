"""What does the style of a Word paragraph say about it: heading, hidden, numbered, line of contents?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from zhiheng.documents.readers.wordml import child, is_on, local, value, whole

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"(?:toc|目录)\s*(?:[1-9]|heading|标题)$", re.IGNORECASE)
_CHAIN = 12


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says after its ancestors; `level` of the outline from 1, None for body text."""

    name: str = ""
    level: int | None = None
    hidden: bool = False
    list_id: str | None = None
    list_level: int | None = None

    @property
    def is_contents(self) -> bool:
        """Whether the style marks lines of a table of contents."""
        return _CONTENTS_NAME.match(self.name) is not None


class Styles:
    """Styles by id, each with what it inherits."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements = {value(s, "styleId") or "": s for s in root if local(s) == "style"} if root is not None else {}
        self._known: dict[str, Style] = {}

    def style(self, name: str | None, depth: int = 0) -> Style:
        """The style of that id; a plain one when there is none."""
        element = self._elements.get(name or "")
        if element is None or name is None or depth > _CHAIN:
            return Style()
        if name not in self._known:
            self._known[name] = self._read(element, depth)
        return self._known[name]

    def _read(self, element: etree._Element, depth: int) -> Style:
        parent = self.style(value(child(element, "basedOn")), depth + 1)
        name = value(child(element, "name")) or ""
        paragraph = child(element, "pPr")
        numbering = child(paragraph, "numPr")
        hidden = child(child(element, "rPr"), "vanish")
        level, named = outline_level(paragraph), _HEADING_NAME.match(name)
        if level is None and named:
            level = int(named[1])
        list_id, list_level = value(child(numbering, "numId")), whole(child(numbering, "ilvl"))
        return Style(
            name,
            parent.level if level is None else (level or None),
            parent.hidden if hidden is None else is_on(hidden),
            parent.list_id if list_id is None else list_id,
            parent.list_level if list_level is None else list_level,
        )


def outline_level(properties: etree._Element | None) -> int | None:
    """Outline level from 1 that paragraph properties set; 0 for body text, None when they set none."""
    found = whole(child(properties, "outlineLvl"))
    if found is None:
        return None
    return found + 1 if 0 <= found <= 8 else 0
