"""Which characters mean the same? One character in, one character out, so that offsets stay.

Full-width letters, digits and marks become half-width (except 。、《》“” and the like, which have no half-width twin in
Chinese text), a point that ends a sentence of Chinese becomes 。, NBSP and other blanks become a space, traditional characters
become simplified ones.
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
# A point that ends a sentence of Chinese: behind a character that numbers nothing, before no figure's decimals
_POINT = re.compile(
    r"\.(?<=[㐀-鿿%)”》]\.)(?<![一二三四五六七八九十]\.)(?<![(][一二三四五六七八九十\d]\)\.)(?<!\d\)\.)(?=[^.\dA-Za-z]|\d{1,2}月|$)"
)


class _Simplified(dict[str, str]):
    """Fills itself, one character at a time, as texts bring them; `only`: those that no simplified text uses."""

    def __init__(self, *, only: bool) -> None:
        super().__init__()
        self._only = only

    def __missing__(self, character: str) -> str:
        keep = character < "\u3400" or (self._only and _is_encodable(character))
        one = character if keep else _converter().convert(character)
        self[character] = one if len(one) == 1 else character
        return self[character]


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")


# GB/T 2312 holds no traditional character, but some that are both (乾, 著): those count only beside one that is not.
_SURELY, _SIMPLIFIED = _Simplified(only=True), _Simplified(only=False)


def _is_encodable(string: str) -> bool:
    try:
        string.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _twin(match: re.Match[str]) -> str:
    return _TWINS[match[0]]


def fold(string: str) -> str:
    """The string with every character replaced by its plain twin; same length."""
    folded = _POINT.sub("。", _HAS_TWIN.sub(_twin, string))
    if _is_encodable(folded) or "".join(map(_SURELY.__getitem__, folded)) == folded:
        return folded
    return "".join(map(_SIMPLIFIED.__getitem__, folded))
