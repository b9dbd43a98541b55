"""Which characters does a Word paragraph print?

Insertions count, deletions do not; results of fields count, their instructions do not; hidden text does not. Marks of notes
set as superscript are left out, so that they do not stick to a figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from zhiheng.documents.readers.word_styles import Styles
from zhiheng.documents.readers.wordml import child, is_on, local, value

_TRANSPARENT = frozenset(
    {"hyperlink", "smartTag", "sdt", "sdtContent", "ins", "moveTo", "fldSimple", "customXml", "dir", "bdo", "rubyBase"}
)
_NOTE_MARK = re.compile(r"[\[(〔]?(?:\d{1,2}|[①-⑳]|注\d{0,2})[\])〕]?$")
_NEAR = 8
_TEN = re.compile(r"(?<!\d)10$")
# Characters of the Symbol font that plans use; others of private use have no meaning outside their font.
_SYMBOLS = {
    0xB3: "≥",
    0xA3: "≤",
    0xB1: "±",
    0xB4: "×",
    0xB0: "°",
    0x6D: "µ",
    0xB9: "≠",
    0xBB: "≈",
    0x2D: "-",
    0xD7: "·",
    0xA5: "∞",
}


@dataclass(slots=True)
class Printed:
    """Pieces of a paragraph in order, `False` for those left out, with the notes it refers to and its text boxes."""

    pieces: list[tuple[str, bool]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)

    @property
    def string(self) -> str:
        """All characters, those left out included: offsets count them."""
        return "".join(piece for piece, _ in self.pieces)

    def left_out(self) -> list[tuple[int, int]]:
        """Spans of `string` that are not part of the text."""
        spans, at = [], 0
        for piece, kept in self.pieces:
            if not kept:
                spans.append((at, at + len(piece)))
            at += len(piece)
        return spans


def printed(paragraph: etree._Element, styles: Styles, *, hidden: bool = False) -> Printed:
    """What a paragraph prints; `hidden` when its style hides it."""
    found = Printed()
    _inline(paragraph, styles, found, hidden=hidden)
    return found


def is_note_mark(before: str, raised: str) -> bool:
    """Whether superscript characters behind `before` are the mark of a note, and not an exponent (m², 10³)."""
    if not _NOTE_MARK.match(raised) or not before:
        return False
    return not (before[-1].isascii() and before[-1].isalpha()) and before[-1] not in "µ²³" and not _TEN.search(before)


def chosen(alternatives: etree._Element) -> etree._Element | None:
    """The branch of mc:AlternateContent that a current Word shows."""
    branches = list(alternatives)
    return next((b for b in branches if local(b) == "Choice"), branches[0] if branches else None)


def _inline(parent: etree._Element, styles: Styles, found: Printed, *, hidden: bool) -> None:
    for element in parent:
        name = local(element)
        if name == "r":
            _run(element, styles, found, hidden=hidden)
        elif name in _TRANSPARENT:
            _inline(element, styles, found, hidden=hidden)
        elif name in ("oMath", "oMathPara"):
            found.pieces.append(("".join(str(t.text or "") for t in element.iter() if local(t) == "t"), True))
        elif name == "AlternateContent" and (branch := chosen(element)) is not None:
            _inline(branch, styles, found, hidden=hidden)


def _run(run: etree._Element, styles: Styles, found: Printed, *, hidden: bool) -> None:
    properties = child(run, "rPr")
    own = child(properties, "vanish")
    style = value(child(properties, "rStyle"))
    if is_on(own) if own is not None else hidden or (style is not None and styles.style(style).hidden):
        return
    start = len(found.pieces)
    for element in run:
        _character(element, styles, found)
    if value(child(properties, "vertAlign")) == "superscript":
        raised = "".join(piece for piece, _ in found.pieces[start:])
        before = found.pieces[max(0, start - _NEAR) : start]
        if is_note_mark("".join(piece for piece, kept in before if kept), raised.strip()):
            found.pieces[start:] = [(raised, False)]


def _character(element: etree._Element, styles: Styles, found: Printed) -> None:
    match local(element):
        case "t":
            found.pieces.append((str(element.text or ""), True))
        case "tab" | "ptab":
            found.pieces.append(("\t", True))
        case "br" | "cr":
            found.pieces.append(("\n", True))
        case "noBreakHyphen":
            found.pieces.append(("-", True))
        case "sym":
            found.pieces.append((_symbol(value(element, "char") or ""), True))
        case "footnoteReference" | "endnoteReference":
            found.notes.append((local(element).removesuffix("Reference"), value(element, "id") or ""))
        case "ruby":
            _inline(element, styles, found, hidden=False)
        case "AlternateContent":
            branch = chosen(element)
            for inner in branch if branch is not None else ():
                _character(inner, styles, found)
        case "drawing" | "pict" | "object":
            found.boxes += [e for e in element.iter() if local(e) == "txbxContent"]


def _symbol(code: str) -> str:
    if not re.fullmatch(r"[0-9A-Fa-f]{1,4}", code):
        return ""
    point = int(code, 16)
    if 0xF000 <= point <= 0xF0FF:
        return _SYMBOLS.get(point - 0xF000, "")
    return "" if 0xD800 <= point <= 0xDFFF or 0xE000 <= point <= 0xF8FF else chr(point)
