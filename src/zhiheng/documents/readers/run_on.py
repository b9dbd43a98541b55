"""Where does a new paragraph begin in a line that holds a whole document, or a whole chapter?

At the number of a title that stands behind the end of a sentence, directly behind another title, or in its place in the
sequence (三、 after 二、); at a blank behind a sentence; and, before the first title, at every blank that parts two statements.
Nothing else is cut: a table flattened into the line stays as it is.
"""

from __future__ import annotations

import re
from itertools import pairwise

from zhiheng.documents.readers.marks import HAN, NUMERAL
from zhiheng.documents.readers.strips import Strip
from zhiheng.documents.tree import Text

LONG = 800
_MARK = re.compile(
    rf"(?P<part>(?<!本)第[{NUMERAL}]{{1,3}}[章节](?=\s?[{HAN}]))"
    rf"|(?P<chapter>(?<![第{NUMERAL}])[{NUMERAL}]{{1,3}}、(?![{NUMERAL}]{{1,3}}[、是]))"
    rf"|(?P<section>\([{NUMERAL}]{{1,3}}\))"
    r"|(?P<item>(?<![\d.A-Za-z])\d{1,2}[.、](?!\d))"
    rf"|(?P<box>专栏\s?(?:\d{{1,2}}|[{NUMERAL}]{{1,3}})(?![个项中所]))"
    rf"|(?P<loose>——(?=[{HAN}“\d])|附?表\s?\d{{1,2}}(?=[:\s{HAN}])|(?:备?注|说明):)"
)
_RANK = ("part", "chapter", "section", "item")
_DIGITS = {c: i for i, c in enumerate("一二三四五六七八九", 1)}
_STOP = re.compile(r"[。;!?…][”’」』)\]】〕》]*\s*$|[)\]】〕]\s*$|[^,、:\s]\s+$|^\s*$|:\s*$")
_SENTENCE_END = re.compile(r"[。!?…][”’」』)\]】〕》]*(\s+)|[)\]】〕](\s+)(?=[\(一二三四五六七八九十\d专第])")
# A blank parts two statements unless it stands inside a date, a number, or an enumeration.
_BLANK = re.compile(rf"(?<=[{HAN}”》)\]】〕\d])\s+(?=[{HAN}“《(〔]|\d{{4}}\s*年\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日)")
_INSIDE = re.compile(rf"\d\s+(?:[年月日号时分个项家件％%])|[大中小]\s+[大中小]\b|(?<![{HAN}])[{HAN}]\s+[{HAN}](?![{HAN}])")
_HEAD_SENTENCE = re.compile(r"。[”’」』)\]】〕》]*|:(?=现将|为[贯深进加全推落]|《|经)")
_TITLE_THEN_BODY = re.compile(
    rf"(?:[{NUMERAL}]{{1,3}}、|\([{NUMERAL}]{{1,3}}\)|\d{{1,2}}[.、]|专栏\s?\d{{1,2}}[:\s]?|第[{NUMERAL}]{{1,3}}[章节])"
    rf"\s*[^\s。；;:,，]{{2,40}}(\s+)(?=[{HAN}“《\d(—])"
)


def cut(strip: Strip, *, alone: bool) -> list[Strip]:
    """The paragraphs of a strip; the strip itself unless it is very long, or `alone` in its document, and holds titles."""
    if len(strip.text) < (100 if alone else LONG):
        return [strip]
    starts = _starts(strip.folded)
    if len(starts) < 2:
        return [strip]
    edges = {0, len(strip.text), *starts, *_sentences(strip.folded)}
    if alone:
        edges |= _statements(strip.folded, min(starts))
    parts = [strip.text.slice(a, b).stripped() for a, b in pairwise(sorted(edges))]
    parts = [piece for part in parts for piece in _title_and_body(part) if piece.string]
    return [_strip(strip, part, first=i == 0) for i, part in enumerate(parts)]


def _strip(strip: Strip, part: Text, *, first: bool) -> Strip:
    """A part as a strip of its own, set apart from what precedes it."""
    start = part.pieces[0].offset
    return Strip(part, strip.line, start, start + len(part), strip.gap if first else 1)


def _starts(folded: str) -> list[int]:
    """Offsets at which a title, an item, a caption or a note begins."""
    found: list[int] = []
    last: dict[str, int] = {}
    previous = -1
    for match in _MARK.finditer(folded):
        kind, at = str(match.lastgroup), match.start()
        free = bool(_STOP.search(folded[max(0, at - 12) : at]))
        number = _number(match[0]) if kind != "loose" else 0
        follows = last.get(kind, 0) + 1 == number
        if kind == "loose":
            accepted = free
        elif folded[at - 1 : at] in ("见", "如", "和", "与", "及", "至", "按", "第"):
            accepted = False
        else:
            behind_title = previous >= 0 and at - previous <= 45 and not re.search(r"[。;!?]", folded[previous:at])
            accepted = (follows or number == 1 or kind == "box") and (free or behind_title or (follows and kind != "item"))
        if accepted:
            found.append(at)
            if kind != "loose":
                last = {
                    k: n for k, n in last.items() if k not in _RANK or kind not in _RANK or _RANK.index(k) <= _RANK.index(kind)
                }
                last[kind], previous = number, match.end()
    return found


def _is_below(kind: str, other: str) -> bool:
    """Whether titles of `kind` start again under one of the `other` kind."""
    return kind in _RANK and other in _RANK and _RANK.index(kind) > _RANK.index(other)


def _number(mark: str) -> int:
    digits = re.sub(r"\D", "", mark)
    if digits:
        return int(digits)
    tens, ten, ones = "".join(c for c in mark if c in NUMERAL).rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def _sentences(folded: str) -> set[int]:
    """Where a blank stands behind a sentence: lines were joined there by a blank."""
    return {m.end() for m in _SENTENCE_END.finditer(folded)}


def _statements(folded: str, first_title: int) -> set[int]:
    """Ends of the statements of the head, before the first title, and of the foot, behind the last sentence."""
    foot = folded.rfind("。") + 1
    blanks = (m for span in ((0, first_title), (foot, len(folded))) for m in _BLANK.finditer(folded, *span))
    found = {m.end() for m in blanks if not _INSIDE.match(folded, m.start() - 1)}
    return found | {m.end() for m in _HEAD_SENTENCE.finditer(folded, 0, first_title)}


def _title_and_body(part: Text) -> list[Text]:
    """A title set apart from its body by a blank only."""
    match = _TITLE_THEN_BODY.match(part.folded)
    if match is None:
        return [part]
    return [part.slice(0, match.start(1)), part.slice(match.end(1), len(part))]
