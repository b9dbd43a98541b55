"""Where has the paper lost a character? Shown with its place, never filled in.

A class of water without its numeral, the sign of a decoder that gave up, characters of a private font, a box or a run of question
marks inside a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhiheng.base.problem import Severity
from zhiheng.documents.tree import Document
from zhiheng.plans.consistency.doubt import Doubt, at, strips

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_DAMAGE = (
    # 类 of surface water counts from Ⅰ to Ⅴ, so a word that leads up to a class must be followed by its numeral.
    ("consistency.class_without_number", re.compile("(?<=[以于到至劣])类(?=水质|水体|地表水|标准|断面|水(?![产泥果]))")),
    ("consistency.damaged_characters", re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd]+|锟斤拷|烫烫烫")),
    ("consistency.damaged_characters", re.compile(rf"(?<=[{_HAN}])\?{{2,}}(?=[{_HAN}])")),
    ("consistency.damaged_characters", re.compile(rf"(?<=[{_HAN}\d])[□■◻](?=[{_HAN}])")),
)
_BOXES = re.compile("[□■◻☐]")
_AROUND = 8


def damaged_doubts(document: Document) -> Iterator[Doubt]:
    """Every lost character of the paper, in reading order of the passages."""
    for text in strips(document):
        form = len(_BOXES.findall(text.string)) > 1  # 是□ 否□ are boxes to tick
        for code, pattern in _DAMAGE:
            for m in pattern.finditer(text.string):
                if not (form and _BOXES.match(m[0])):
                    around = text.string[max(0, m.start() - _AROUND) : m.end() + _AROUND].strip()
                    yield Doubt(code, Severity.WARNING, {"words": around}, (at(text, m.start(), m.end()),))
