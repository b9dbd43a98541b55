"""Which number stands in a cell, in which unit, and if none, why not?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from zhiheng.documents.fold import fold
from zhiheng.evidence.intake.sheet import Cell, CellKind

_BOUND_BEFORE = {"≥": ">=", "不低于": ">=", "不少于": ">=", ">": ">", "高于": ">", "大于": ">"} | {
    "≤": "<=",
    "不高于": "<=",
    "不超过": "<=",
    "<": "<",
    "低于": "<",
    "小于": "<",
}
_BOUND_BEHIND = {"以上": ">=", "及以上": ">=", "以下": "<=", "以内": "<=", "及以下": "<="}
# No figure that is counted or measured has more digits; longer ones are slips of the keyboard or worse.
LONGEST = 30
_BEFORE = "|".join(sorted(_BOUND_BEFORE, key=len, reverse=True))
_BEHIND = "|".join(sorted(_BOUND_BEHIND, key=len, reverse=True))
_NUMBER = re.compile(
    rf"^(?P<before>{_BEFORE})?(?P<digits>[+-]?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?)"
    rf"(?P<unit>[^\d+\-.,<>≥≤~至—]*?)(?P<behind>{_BEHIND})?$"
)


@dataclass(frozen=True, slots=True)
class NumberRead:
    """A number with the unit and bound typed beside it, or the code of the fault."""

    amount: Decimal | None = None
    unit: str | None = None
    bound: str | None = None
    fault: str | None = None


def read_number(cell: Cell) -> NumberRead:
    """The number in a cell that is not empty; nothing is computed and nothing guessed."""
    match cell.kind:
        case CellKind.FORMULA:
            return NumberRead(fault="evidence.formula")
        case CellKind.ERROR:
            return NumberRead(fault="evidence.error_value")
        case CellKind.DATE:
            return NumberRead(fault="evidence.date_for_number")
        case CellKind.NUMBER if "E" in cell.text:
            return NumberRead(fault="evidence.number_too_long")
        case _:
            return _from_text(fold(cell.text).replace(" ", ""))


def _from_text(text: str) -> NumberRead:
    if text.startswith(("=", "@")):
        return NumberRead(fault="evidence.formula")
    if sum(c.isdigit() for c in text) > LONGEST:
        return NumberRead(fault="evidence.number_too_long")
    m = _NUMBER.match(text)
    if m is None:
        return NumberRead(fault="evidence.text_for_number")
    bound = _BOUND_BEFORE.get(m["before"] or "") or _BOUND_BEHIND.get(m["behind"] or "")
    return NumberRead(Decimal(m["digits"].replace(",", "")), m["unit"] or None, bound)
