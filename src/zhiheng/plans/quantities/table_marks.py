"""What do the marks around table values mean ({} <> 〔〕), by the notes under the table?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhiheng.documents.tree import Block, Table

_MARK_NOTE = re.compile(
    r"(?P<mark>\{\}|\{ \}|<>|< >|〔〕|〔 〕|\[\]|\[ \]|【】|\(\)|\*)[^;。\n①②③④⑤]{0,6}?(?:内|号|中)?(?:数值|数据|数字|数|的)?(?:为|表示|是|指|均为)?"
    r"(?P<says>(?:(?![{<〔\[【*]\s?[}>〕\]】内])[^;。\n①②③④⑤]){2,30})"
)
_MARKS = re.compile(r"\{ ?\}|< ?>|〔 ?〕|\[ ?\]|【】")


def mark_meanings(blocks: Sequence[Block]) -> dict[str, str]:
    """What {} <> 〔〕 mean by the notes of the section; the usual meaning where no note says it."""
    return meanings_in("\n".join(b.text.folded for b in blocks if not isinstance(b, Table) and _MARKS.search(b.text.folded)))


def meanings_in(notes: str) -> dict[str, str]:
    """By the notes in a text."""
    meanings = {"{}": "new", "<>": "average", "〔〕": "cumulative", "[]": "cumulative", "【】": "cumulative"}
    for m in _MARK_NOTE.finditer(notes):
        says = m["says"]
        meaning = (
            "average"
            if "平均" in says
            else "new"
            if "新增" in says
            else "cumulative"
            if re.search(r"累计|合计|总数", says)
            else None
        )
        if meaning:
            meanings[m["mark"].replace(" ", "")] = meaning
    return meanings
