"""What do the head of a page and the signature say: labelled fields, numbers of the paper, dates, issuing bodies?

Works on folded text; what is returned is printed text with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from zhiheng.base.numerals import decimal_string
from zhiheng.documents.tree import Block, Heading, ListItem, Paragraph, Table, Text

_FIELDS = {
    "index_no": r"索 *引 *号?|信息索引号?",
    "document_number": r"(?:发文|文件)(?:字号|文号|编号)|文 *号",
    "adopted_date": r"(?:成文|签发|印发|制发|生成)(?:日期|时间)",
    "published_date": r"(?:发布|公开|公布|发文)(?:日期|时间)|日 *期|(?<!有效)(?<!施行)(?<!更新)时 *间",
    "notice_title": r"(?:文件|信息)名称|名 *称|标 *题",
    "publisher": r"(?:发布|公开|制发|发文|公布)(?:机构|单位|机关|部门)",
    "info_source": r"(?:信息|文章|稿件)?来 *源",
}
_FIELD = re.compile("(?<![一-鿿])(?:" + "|".join(f"(?P<{k}>{v})" for k, v in _FIELDS.items()) + ") *: *")
# Where the value of a field ends when the next one stands on the same line.
_NEXT = re.compile(r" +(?=[一-鿿]{2,6} *:)| {2,}|(?<=\S)[|]|$")
NUMBER = re.compile(r"[一-鿿]{2,14} ?[〔\[({【] ?(?:19|20)\d\d ?[〕\])}】] ?第? ?\d{1,4} ?号?")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d) ?[年./-] ?(\d{1,2}) ?[月./-] ?(\d{1,2})(?!\d) ?日?")
_CHINESE_DATE = re.compile(
    r"([一二][〇○零0一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_BODY = re.compile(r"(?:政府|办公室|办公厅|委员会|局|厅|委|院|领导小组|指挥部|组|部|管委会|会|办)$")
_NOT_A_BODY = re.compile(r"[,。:;《》“”0-9、]|关于|通知|规划|方案|计划")


@dataclass(frozen=True, slots=True)
class Printed:
    """A value as printed and the line it stands on, if the paper has lines."""

    value: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, and when (ISO)."""

    bodies: tuple[Printed, ...]
    day: Printed


def lines_of(blocks: Iterable[Block]) -> list[Text]:
    """The paragraphs and headings of some blocks, without blanks around them."""
    texts = (b.text.stripped() for b in blocks if isinstance(b, Heading | Paragraph | ListItem))
    return [t for t in texts if t.string]


def fields(blocks: Sequence[Block]) -> dict[str, Printed]:
    """Labelled fields of the head of a page: in a table, or several to a line; the first of a kind counts."""
    found: dict[str, Printed] = {}
    for block in blocks:
        if isinstance(block, Table):
            for row in block.grid():
                for label, cell in pairwise(row):
                    m = _FIELD.fullmatch(label.folded.strip().rstrip(":") + ":")
                    if m and cell.string.strip():
                        found.setdefault(_kind(m), Printed(cell.string.strip(), cell.anchor().place.line))
    for text in lines_of(blocks):
        if len(text) > 200 or "。" in text.folded:
            continue
        for m in _FIELD.finditer(text.folded):
            stop = _NEXT.search(text.folded, m.end())
            value = text.string[m.end() : stop.start() if stop else len(text)].strip(" \u3000\u00a0[]【】")
            if value:
                found.setdefault(_kind(m), Printed(value, text.anchor(m.start()).place.line))
    return found


def _kind(match: re.Match[str]) -> str:
    return next(k for k in _FIELDS if match[k])


def document_number(texts: Iterable[Text]) -> Printed | None:
    """The number of the paper on a line of its own."""
    for text in texts:
        if m := NUMBER.fullmatch(text.folded):
            return Printed(text.string[m.start() : m.end()], text.anchor().place.line)
    return None


def iso_date(folded: str) -> str | None:
    """The first day a text names, whatever its layout."""
    if m := _DATE.search(folded):
        return _iso(m[1], m[2], m[3])
    if m := _CHINESE_DATE.search(folded):
        year = "".join(decimal_string(c.replace("○", "零").replace("0", "零")) or "" for c in m[1])
        return _iso(year, decimal_string(m[2]) or "", decimal_string(m[3]) or "")
    return None


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def signature(texts: Sequence[Text]) -> Signature | None:
    """Bodies on lines of their own above a line that is nothing but a date."""
    for i, text in enumerate(texts):
        if not is_date_line(text.folded):
            continue
        bodies: list[Printed] = []
        for above in reversed(texts[max(0, i - 6) : i]):
            if not is_body(above.folded):
                break
            bodies.insert(0, Printed("".join(above.string.split()), above.anchor().place.line))
        day = iso_date(text.folded)
        if day and bodies:
            return Signature(tuple(bodies), Printed(day, text.anchor().place.line))
    return None


def lone_date(texts: Iterable[Text]) -> Printed | None:
    """A date on a line of its own."""
    for text in texts:
        if is_date_line(text.folded) and (day := iso_date(text.folded)):
            return Printed(day, text.anchor().place.line)
    return None


def is_body(folded: str) -> bool:
    """Whether a line is nothing but the name of a body."""
    name = folded.replace(" ", "")
    return 4 <= len(name) <= 30 and bool(_BODY.search(name)) and not _NOT_A_BODY.search(name)


def is_date_line(folded: str) -> bool:
    """Whether a line is nothing but a day."""
    text = folded.strip(" ()")
    return bool(len(text) < 24 and (_DATE.fullmatch(text) or _CHINESE_DATE.fullmatch(text)))
