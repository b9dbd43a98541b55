"""Which characters mean the same? One character in, one character out, so that offsets stay.

Full-width letters, digits and marks become half-width (except 。、《》“” and the like, which have no half-width twin in
Chinese text), NBSP and other blanks become a space, traditional characters become simplified ones.
"""

from __future__ import annotations

from functools import lru_cache

from opencc import OpenCC

_PAIRS = {chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)}
_PAIRS |= dict.fromkeys("\u00a0\u3000\u2002\u2003\u2009\u200a\u202f\ufeff\t", " ")
_PAIRS |= {"μ": "µ", "㎡": "㎡", "〈": "<", "〉": ">", "≧": "≥", "≦": "≤", "⩾": "≥", "⩽": "≤", "﹪": "%", "–": "-", "−": "-", "‐": "-", "‑": "-"}
_TABLE = str.maketrans(_PAIRS)
# Characters that only traditional text uses and that no plan does without.
_TRADITIONAL = frozenset("質標準規劃發展實強設區縣號產業務業經濟與對為達個項國開應監測評價環務農費級體數關點萬億")


@lru_cache(maxsize=8192)
def _simplified(character: str) -> str:
    one = _converter().convert(character)
    return one if len(one) == 1 else character


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")


def fold(string: str) -> str:
    """The string with every character replaced by its plain twin; same length."""
    folded = string.translate(_TABLE)
    if _TRADITIONAL.isdisjoint(folded):
        return folded
    return "".join(_simplified(c) if c >= "\u3400" else c for c in folded)
