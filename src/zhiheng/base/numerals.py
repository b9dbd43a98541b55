"""How much does a number word say? Exact decimals from digits, full-width digits and Chinese numerals."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

import cn2an

CHINESE_DIGITS = "零〇一二两三四五六七八九十百千万亿"
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")


@lru_cache(maxsize=4096)
def decimal_string(printed: str) -> str | None:
    """The decimal string of a printed number, digits as printed (`83.20` stays), or None when it is not a number.

    Thousands separators go; Chinese numerals are converted (三 → 3, 一百零五 → 105).
    """
    text = printed.translate(_FULL_WIDTH).replace(",", "").strip()
    if text and all(c.isascii() and (c.isdigit() or c in ".-+") for c in text):
        try:
            return str(Decimal(text)) if text[0] in "+" else text if Decimal(text).is_finite() else None
        except ArithmeticError:
            return None
    if not text or any(c not in CHINESE_DIGITS + "点" for c in text):
        return None
    try:
        return str(cn2an.cn2an(text, "normal"))
    except ValueError:
        return None


def whole_number(printed: str) -> int | None:
    """The whole number that up to nine decimal digits say; None for anything else (① is a digit, but no decimal one)."""
    return int(printed) if 0 < len(printed) < 10 and printed.isdecimal() else None
