"""Where does a new paragraph begin in a line that holds a whole document, or a whole chapter?

At the number of a title that stands behind the end of a sentence, directly behind another title, or in its place in the
sequence (三、 after 二、); at a blank behind a sentence; before the first title, at every blank that parts two statements; and
between the cells of a table, when blanks part them. A table glued together stays as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from zhiheng.documents.readers.marks import HAN, NUMERAL, is_cell
from zhiheng.documents.readers.strips import Strip
from zhiheng.documents.tree import Text

SHORT, LONG = 100, 800
_PARAGRAPH, _LONGEST_TITLE = 300, 45
_MARK = re.compile(
    rf"(?P<part>(?<!本)第[{NUMERAL}]{{1,3}}[章节](?=\s?[{HAN}]))"
    rf"|(?P<chapter>(?<![第{NUMERAL}])[{NUMERAL}]{{1,3}}、(?![{NUMERAL}]{{1,3}}[、是]))"
    rf"|(?P<section>\([{NUMERAL}]{{1,3}}\))"
    r"|(?P<item>(?<![\d.A-Za-z])\d{1,2}[.、](?!\d))"
    rf"|(?P<box>专栏\s?(?:\d{{1,2}}|[{NUMERAL}]{{1,3}})(?![个项中所]))"
    rf"|(?P<loose>——(?=[{HAN}“\d])|附?表\s?\d{{1,2}}(?=[:\s{HAN}])|(?:备?注|说明):)"
)
_TITLE_INSIDE = re.compile(rf"[。)\]〕]\s?(?:[{NUMERAL}]{{1,3}}、(?![{NUMERAL}]{{1,3}}[、是])|\([{NUMERAL}]{{1,3}}\))")
_RANK = ("part", "chapter", "section", "item")
_NOTE_ANYWHERE = re.compile(r"注:[①1(〔{<\[]")
_CAPTION_NUMBER = re.compile(r"(?:表|专栏)\s?\d{1,2}$")
_BLANKS = re.compile(r"\s+")
_FEWEST_CELLS, _LONGEST_CELL, _LEAST_VALUED = 8, 40, 0.3
_POINTERS = ("见", "如", "和", "与", "及", "至", "按", "第")
_DIGITS = {c: i for i, c in enumerate("一二三四五六七八九", 1)}
_STOP = re.compile(r"[。;!?…][”’」』)\]】〕》]*\s*$|[)\]】〕]\s*$|[^,、:\s]\s+$|^\s*$|:\s*$")
_SENTENCE_END = re.compile(r"[。!?…][”’」』)\]】〕》]*\s+|[)\]】〕]\s+(?=[(一二三四五六七八九十专第]|\d{1,2}[.、](?!\d))")
# Far behind a title, a sentence that begins with a year opens a paragraph on what is to be reached by then.
_HORIZON = re.compile(r"(?<=[。”])(?:到|展望)20\d\d年")
# A blank parts two statements unless it stands inside a date, a number, or an enumeration.
_BLANK = re.compile(rf"(?<=[{HAN}”》)\]】〕\d])\s+(?=[{HAN}“《(〔]|\d{{4}}\s*年\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日)")
_INSIDE = re.compile(
    rf"\d\s+(?:[年月日号时分个项家件％%])|[大中小]\s+[大中小]\b|(?<![{HAN}])[{HAN}]\s+[{HAN}](?![{HAN}])|[序指单]\s+[号标位]"
)
_KEY = (
    r"(?:发布|发文|印发|公布|成文)(?:日期|时间|机构|字号|单位):|(?:信息|文章)来源:|索\s*引\s*号:"
    r"|[文标名]\s+[号题称]:|主题分类:|公开(?:类型|属性|期限):|浏览次数"
)
_HEAD_EDGE = re.compile(
    rf"。[”’」』)\]】〕》]*|:\s*(?=现将|为[贯深进加全推落]|《|经)|次数:\s*(?=[{HAN}])|(?<=\d日)(?=[{HAN}(])|(?=\(此件)|(?<=发布\))"
    rf"|(?=[•●])|(?={_KEY})|(?<=[府厅局会室委办])(?=\d{{4}}年\d{{1,2}}月\d{{1,2}}日)"
)
_FOOT_EDGE = re.compile(
    r"(?<![【\[(])(?=[【\[(]?责任编辑|相关(?:稿件|链接|阅读)|(?:规划|政策|文件)解读:|作者:|信息来源:|[上下]一[篇条]:|(?:主|承)办单位:|政策咨询|联系电话)"
)
_TITLE_THEN_BODY = re.compile(
    rf"(?:[{NUMERAL}]{{1,3}}、|\([{NUMERAL}]{{1,3}}\)|\d{{1,2}}[.、]|专栏\s?\d{{1,2}}[:\s]?|第[{NUMERAL}]{{1,3}}[章节])"
    rf"\s*[^\s。；;:,，]{{2,40}}(?<![序指单])(\s+)(?=[{HAN}“《\d(—])"
)


def is_run_on(lengths: Sequence[int]) -> bool:
    """Whether a document consists of a few lines only, or of lines far too long for paragraphs."""
    return len(lengths) <= 3 or sum(lengths) > _PARAGRAPH * len(lengths)


def cut(strip: Strip, *, alone: bool) -> list[Strip]:
    """The paragraphs of a strip, each a strip of its own set apart from what precedes it."""
    texts = paragraphs(strip.text, alone=alone)
    if len(texts) == 1:
        return [strip]
    return [Strip(text, "", strip.line, 1 if i else strip.gap) for i, text in enumerate(texts)]


def paragraphs(text: Text, *, alone: bool) -> list[Text]:
    """The parts of a text that is very long, `alone` in its document, or holds a title behind a sentence; else the text."""
    if len(text) < SHORT or not (alone or len(text) >= LONG or _TITLE_INSIDE.search(text.folded)):
        return [text]
    starts = _starts(text.folded)
    edges = {0, len(text), *starts, *(m.end() for m in _SENTENCE_END.finditer(text.folded))}
    if alone and len(text) > _PARAGRAPH:
        edges |= _statements(text.folded, min(starts, default=max(text.folded.find("。"), 0)))
    elif not starts or starts == [0]:
        return [text]
    if starts:
        known = sorted(edges)
        further = (m.start() for m in _HORIZON.finditer(text.folded))
        edges |= {at for at in further if at - known[bisect_left(known, at) - 1] > SHORT}
    parts = [text.slice(a, b).stripped() for a, b in pairwise(sorted(edges))]
    pieces = (piece for part in parts for piece in _title_and_body(part))
    return [cell for piece in pieces for cell in _cells(piece) if cell.string]


def _starts(folded: str) -> list[int]:
    """Offsets at which a title, an item, a caption or a note begins."""
    found: list[int] = []
    numbering = _Numbering()
    title = -1
    for match in _MARK.finditer(folded):
        kind, at = str(match.lastgroup), match.start()
        free = bool(_STOP.search(folded[max(0, at - 12) : at]))
        if kind == "loose":
            if free or _NOTE_ANYWHERE.match(folded, at):
                found.append(at)
            continue
        number = _number(match[0])
        follows = numbering.follows(kind, number)
        possible = follows or number == 1 or kind == "box" or numbering.is_new(kind)
        stands = free or (follows and kind != "item") or (title >= 0 and _is_title(folded, title, at))
        if possible and stands and folded[at - 1 : at] not in _POINTERS:
            found.append(at)
            numbering.take(kind, number)
            title = match.end()
    return found


def _is_title(folded: str, start: int, end: int) -> bool:
    """Whether nothing but a title stands between two numbers."""
    return end - start <= _LONGEST_TITLE and not re.search(r"[。;!?]", folded[start:end])


class _Numbering:
    """Which number each kind of title had last; chapters start the sections again, or let them run on."""

    def __init__(self) -> None:
        self._under_title: dict[str, int] = {}
        self._running: dict[str, int] = {}

    def is_new(self, kind: str) -> bool:
        return kind not in self._under_title

    def follows(self, kind: str, number: int) -> bool:
        return number in (self._under_title.get(kind, 0) + 1, self._running.get(kind, 0) + 1)

    def take(self, kind: str, number: int) -> None:
        if kind in _RANK:
            below = _RANK[_RANK.index(kind) + 1 :]
            self._under_title = {k: n for k, n in self._under_title.items() if k not in below}
        self._under_title[kind] = self._running[kind] = number


def _number(mark: str) -> int:
    digits = re.sub(r"\D", "", mark)
    if digits:
        return int(digits)
    tens, ten, ones = "".join(c for c in mark if c in NUMERAL).rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def _statements(folded: str, first_title: int) -> set[int]:
    """Ends of the statements of the head, before the first title, and of the foot, behind the last sentence."""
    foot = folded.rfind("。") + 1
    blanks = (m for span in ((0, first_title), (foot, len(folded))) for m in _BLANK.finditer(folded, *span))
    found = {m.end() for m in blanks if not _INSIDE.match(folded, m.start() - 1)}
    found |= {m.end() for m in _HEAD_EDGE.finditer(folded, 0, first_title)}
    return found | {m.end() for m in _FOOT_EDGE.finditer(folded, foot)}


def _title_and_body(part: Text) -> list[Text]:
    """A title set apart from its body by a blank only."""
    match = _TITLE_THEN_BODY.match(part.folded)
    if match is None:
        return [part]
    return [part.slice(0, match.start(1)), part.slice(match.end(1), len(part))]


def _cells(part: Text) -> list[Text]:
    """The cells of a table whose lines were joined by blanks: as one cell a line, as they stood."""
    folded = part.folded
    blanks = [m.span() for m in _BLANKS.finditer(folded) if not _INSIDE.match(folded, m.start() - 1)]
    blanks = [span for span in blanks if not _CAPTION_NUMBER.search(folded[max(0, span[0] - 8) : span[0]])]
    if len(blanks) < _FEWEST_CELLS or "。" in folded:
        return [part]
    edges = [0, *(at for span in blanks for at in span), len(folded)]
    cells = [part.slice(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    valued = sum(is_cell(cell.folded) for cell in cells)
    return cells if max(map(len, cells)) <= _LONGEST_CELL and valued > _LEAST_VALUED * len(cells) else [part]
