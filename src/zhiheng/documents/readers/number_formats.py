"""How does a spreadsheet show a number?

The cell holds 0.97; the reader of the sheet sees 97%. What is seen is what the paper says.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 31: 'yyyy"年"m"月"d"日"', 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 49: "@", 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]|(AM/PM|上午/下午)|([yYmMdDhHsS]+)|([0#?.,]+(?:E[+-][0#]+)?)|(%)|(General|@)|(.)'
)
_PLACEHOLDERS = re.compile(r"[0#?]")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_LARGEST = Decimal("1e15")


class _Piece(NamedTuple):
    """Part of a format: `kind` is literal, date, number, percent, slash or general."""

    kind: str
    text: str


@lru_cache(maxsize=65_536)
def shown(stored: str, code: str, *, since_1904: bool = False) -> str:
    """The stored number as the format `code` shows it; as it stands when it is no number."""
    try:
        value = Decimal(stored)
        value = Decimal(repr(float(f"{value:.15g}"))) if value.is_finite() else value
    except (InvalidOperation, ValueError, OverflowError):
        return stored
    if not value.is_finite():
        return stored
    sections = _sections(code)
    section = sections[_choose(value, len(sections))]
    kinds = {piece.kind for piece in section}
    if abs(value) >= _LARGEST or "general" in kinds or any(_is_fraction(piece) for piece in section):
        return _plain(value)
    if "date" in kinds:
        return _date(value, section, since_1904=since_1904) or _plain(value)
    if "number" in kinds:
        return _number(value, section, signed=len(sections) == 1 or value >= 0)
    return "".join(piece.text for piece in section).strip()


def _is_fraction(piece: _Piece) -> bool:
    """Whether the format writes powers of ten or fractions, which no plan prints."""
    return (piece.kind == "number" and "E" in piece.text) or (piece.kind == "slash")


def _choose(value: Decimal, count: int) -> int:
    if value < 0 and count > 1:
        return 1
    return 2 if value == 0 and count > 2 else 0


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[tuple[_Piece, ...], ...]:
    """The sections for positive, negative and zero, in pieces."""
    parts: list[list[_Piece]] = [[]]
    for match in _TOKEN.finditer(code or "General"):
        quoted, escaped, half, date, number, percent, general, other = match.groups()
        if other == ";":
            parts.append([])
        elif quoted is not None or escaped is not None or other is not None:
            parts[-1].append(_Piece("literal", quoted or escaped or other or ""))
        elif half or date:
            parts[-1].append(_Piece("date", half or date))
        elif number:
            kind = "number" if _PLACEHOLDERS.search(number) else "literal"
            parts[-1].append(_Piece(kind, number))
        elif percent:
            parts[-1].append(_Piece("percent", "%"))
        elif general:
            parts[-1].append(_Piece("general", general))
    return tuple(tuple(_with_slashes(part)) for part in parts)


def _with_slashes(pieces: list[_Piece]) -> list[_Piece]:
    """A stroke between placeholders divides a fraction; between parts of a date it is only printed."""
    numbers = any(piece.kind == "number" for piece in pieces)
    dates = any(piece.kind == "date" for piece in pieces)
    stroke = numbers and not dates
    return [_Piece("slash", "/") if stroke and piece == ("literal", "/") else piece for piece in pieces]


def _plain(value: Decimal) -> str:
    """A number without noise: 95.0 is 95, 0.30000000000000004 is 0.3."""
    said = f"{value.normalize():f}" if abs(value) < _LARGEST else f"{value:f}"
    return "0" if said == "-0" else said


def _number(value: Decimal, section: tuple[_Piece, ...], *, signed: bool) -> str:
    scaled = abs(value) * 100 ** sum(piece.kind == "percent" for piece in section)
    pattern = next(piece.text for piece in section if piece.kind == "number")
    whole, _, decimals = pattern.partition(".")
    scaled = scaled / 1000 ** (len(whole) - len(whole.rstrip(",")))
    places = len(_PLACEHOLDERS.findall(decimals))
    rounded = scaled.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    said = f"{rounded:,f}" if "," in whole.rstrip(",") else f"{rounded:f}"
    kept = decimals.count("0")
    if places > kept:
        head, _, tail = said.partition(".")
        tail = tail[:kept] + tail[kept:].rstrip("0")
        said = f"{head}.{tail}" if tail else head
    least = whole.count("0")
    head, dot, tail = said.partition(".")
    said = head.zfill(least) + dot + tail if "," not in whole else said
    printed, done = "", False
    for piece in section:
        if piece.kind == "number":
            printed, done = printed + ("" if done else said), True
        else:
            printed += piece.text
    return ("-" if value < 0 and rounded != 0 and signed else "") + printed.strip()


def _date(value: Decimal, section: tuple[_Piece, ...], *, since_1904: bool) -> str | None:
    days = float(value)
    origin = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30 if days >= 60 else 31)  # noqa: DTZ001
    try:
        moment = origin + timedelta(seconds=round(days * 86_400))
    except (OverflowError, ValueError):
        return None
    printed = ""
    for i, piece in enumerate(section):
        if piece.kind != "date":
            printed += piece.text
            continue
        near = [p.text[0].lower() for p in section[max(0, i - 2) : i + 3] if p.kind == "date" and p is not piece]
        printed += _date_part(moment, piece.text.lower(), minutes="h" in near or "s" in near)
    return printed.strip()


def _date_part(moment: datetime, token: str, *, minutes: bool) -> str:
    two = len(token) >= 2
    match token[0]:
        case "y":
            return f"{moment.year:04d}" if len(token) > 2 else f"{moment.year % 100:02d}"
        case "m" if minutes and len(token) <= 2:
            return f"{moment.minute:02d}" if two else str(moment.minute)
        case "m":
            return _MONTHS[moment.month - 1] if len(token) > 2 else f"{moment.month:02d}" if two else str(moment.month)
        case "d":
            return f"{moment.day:02d}" if two else str(moment.day)
        case "h":
            return f"{moment.hour:02d}" if two else str(moment.hour)
        case "s":
            return f"{moment.second:02d}" if two else str(moment.second)
        case _:
            return ""
