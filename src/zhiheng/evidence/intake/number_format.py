"""How does Excel show a stored number: as it is, as a percentage, as a day, month or year, or with a time of day?"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from zhiheng.evidence.intake.sheet import Cell, CellKind

# Excel keeps 15 significant digits of what is typed; what a double says beyond is binary noise.
_EXCEL_DIGITS = 15
# Beyond this power of ten a number is left in the writing of powers; written out it could fill the memory.
_FARTHEST = 60
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


class Look(StrEnum):
    """What a number format makes of a number."""

    PLAIN = "plain"
    PERCENT = "percent"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


_BUILT_IN = (
    dict.fromkeys((9, 10), Look.PERCENT)
    | dict.fromkeys((14, 15, 16, 22, 28, 29, 30, 31, 36, 50, 51, 53, 54, 58), Look.DAY)
    | dict.fromkeys((17, 27, 52, 55, 56, 57), Look.MONTH)
)


# Numbers of the formats with a time of day; 32 to 35 are those of Chinese Excel.
_TIMED = frozenset((18, 19, 20, 21, 22, 32, 33, 34, 35))
_DAY_SECONDS = 24 * 60 * 60
# Excel's calendar ends with the year 9999.
_LATEST = 2_958_466


def look_of(number: int, code: str | None) -> Look:
    """The look of a number format by its number, or its code when it is the workbook's own."""
    if code is None:
        return _BUILT_IN.get(number, Look.PLAIN)
    bare = _QUOTED.sub("", code.split(";")[0]).lower()
    if "%" in bare:
        return Look.PERCENT
    if "y" in bare or "e" in bare.replace("e+", "").replace("e-", "").replace("general", ""):
        return Look.DAY if "d" in bare else Look.MONTH if "m" in bare else Look.YEAR
    return Look.DAY if "d" in bare and "m" in bare else Look.PLAIN


def shows_time(number: int, code: str | None) -> bool:
    """Whether a number format shows a time of day; spans of hours ([h]:mm) are no such time."""
    return number in _TIMED if code is None else "h" in _QUOTED.sub("", code.split(";")[0]).lower()


def moment(stored: str, epoch_1904: bool, *, day: bool) -> str | None:
    """A stored number as `YYYY-MM-DD HH:MM:SS`, to the second; of a time without a `day` the time. None when it is neither."""
    number = exact_decimal(stored)
    if not 0 <= number < _LATEST:
        return None
    days, seconds = divmod(int((number * _DAY_SECONDS).to_integral_value()), _DAY_SECONDS)
    clock = time(seconds // 3600, seconds // 60 % 60, seconds % 60)
    if not days and not day:
        return clock.isoformat()
    on = _day(Decimal(days), epoch_1904)
    return None if on is None else datetime.combine(on, clock).isoformat(sep=" ")


@lru_cache(maxsize=16_384)
def number_cell(stored: str, look: Look, epoch_1904: bool) -> Cell:
    """The cell that a stored number makes."""
    number = exact_decimal(stored)
    if number and abs(number.adjusted()) > _FARTHEST:
        return Cell(CellKind.NUMBER, f"{number:E}")
    if look is Look.PLAIN:
        return Cell(CellKind.NUMBER, plain(number))
    if look is Look.PERCENT:
        return Cell(CellKind.NUMBER, plain(number.scaleb(2)) + "%")
    day = _day(number, epoch_1904)
    if day is None:
        return Cell(CellKind.NUMBER, plain(number))
    shown = {Look.DAY: day.isoformat(), Look.MONTH: day.isoformat()[:7], Look.YEAR: f"{day.year}"}[look]
    return Cell(CellKind.DATE, shown)


def exact_decimal(stored: str) -> Decimal:
    """The decimal a person typed: 97.099999999999994 is 97.1."""
    number = Decimal(stored)
    if len(number.as_tuple().digits) <= _EXCEL_DIGITS:
        return number
    return Decimal(format(float(number), f".{_EXCEL_DIGITS}g"))


def plain(number: Decimal) -> str:
    """Without exponent and trailing zeros."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _day(serial: Decimal, epoch_1904: bool) -> date | None:
    # Excel's 1900 calendar has a 29 February 1900 that never was; counting from 1899-12-30 is right from March 1900 on.
    epoch = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)
    try:
        return epoch + timedelta(days=int(serial))
    except OverflowError:
        return None
