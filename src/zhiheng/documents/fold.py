"""Which characters mean the same? One character in, one character out, so that offsets stay.

Full-width letters, digits and marks become half-width (except 。、《》“” and the like, which have no half-width twin in
Chinese text), a point that ends a sentence of Chinese becomes 。, NBSP and other blanks become a space, traditional characters become simplified ones.
"""

from __future__ import annotations

import re
from functools import lru_cache

from opencc import OpenCC

_TWINS = {chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)}
_TWINS |= dict.fromkeys("\u00a0\u3000\u2002\u2003\u2009\u200a\u202f\ufeff\t", " ")
_TWINS |= {"μ": "µ", "〈": "<", "〉": ">", "≧": "≥", "≦": "≤", "⩾": "≥", "⩽": "≤", "﹪": "%"}
_TWINS |= dict.fromkeys("–−‐‑", "-")
_HAS_TWIN = re.compile("[" + re.escape("".join(_TWINS)) + "]")
# Characters that only traditional text uses and that no plan does without: a text without them is simplified already.
_TRADITIONAL = re.compile(
    "[質標準規劃發實強設區縣號產業務經濟與對為達個項國開應監測評價環農費級體數關點萬億責單牽頭職團總領導協會門時來學動機構過組織續計處"
    "辦廳廣園積極進運這說書長現無線見風馬專欄階層條約創優樣檢驗認證維護後權聯網絡統籌紅圍據廢氣淨調屬財稅審]"
)
# A point that ends a sentence of Chinese: behind a character that numbers nothing, before no figure's decimals
_POINT = re.compile(
    r"(?<=[㐀-鿿%)”》])(?<![一二三四五六七八九十])(?<![(][一二三四五六七八九十\d]\))(?<!\d\))\.(?=[^.\dA-Za-z]|\d{1,2}月|$)"
)


class _Simplified(dict[str, str]):
    """Fills itself, one character at a time, as texts bring them."""

    def __missing__(self, character: str) -> str:
        one = _converter().convert(character) if character >= "\u3400" else character
        self[character] = one if len(one) == 1 else character
        return self[character]


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")


_SIMPLIFIED = _Simplified()


def _twin(match: re.Match[str]) -> str:
    return _TWINS[match[0]]


def fold(string: str) -> str:
    """The string with every character replaced by its plain twin; same length."""
    folded = _POINT.sub("。", _HAS_TWIN.sub(_twin, string))
    if _TRADITIONAL.search(folded) is None:
        return folded
    return "".join(map(_SIMPLIFIED.__getitem__, folded))
