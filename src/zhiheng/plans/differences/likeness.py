"""How alike are two names or two texts? 0 to 100, on folded characters without marks."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.fuzz import partial_ratio, ratio

from zhiheng.documents.fold import fold

_MARKS = re.compile(r"[\s,，。.;；:：、“”\"'‘’()（）《》〈〉\[\]【】·—\-…!?！？*¹²³①-⑳]+")


@lru_cache(maxsize=8192)
def bare(string: str) -> str:
    """The characters that carry the meaning."""
    return _MARKS.sub("", fold(string)).lower()


def alike(one: str, other: str) -> float:
    """How much of both strings is the same, in order."""
    return float(ratio(bare(one), bare(other)))


def holds(whole: str, part: str) -> float:
    """How much of `part` stands somewhere in `whole`."""
    one, other = bare(whole), bare(part)
    return float(partial_ratio(one, other)) if len(other) <= len(one) else 0.0


def is_shortened(one: str, other: str) -> bool:
    """Whether one string has all characters of the other in order: words were put in or left out."""
    short, long = sorted((bare(one), bare(other)), key=len)
    rest = iter(long)
    return bool(short) and all(character in rest for character in short)
