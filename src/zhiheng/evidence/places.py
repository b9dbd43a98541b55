"""Is the place that a row names the region of the plan?"""

from __future__ import annotations

from zhiheng.evidence.names import plain_name

# The region itself, whatever its rank; 全省, 全市, 全县 only where the region is one.
_ITSELF = ("本级", "本地", "本地区", "本省", "本市", "本州", "本县", "本区", "本旗", "合计", "全域", "全辖区")
_WHOLE = ("全省", "全市", "全州", "全盟", "全县", "全区", "全旗")
_RANKS = ("省", "市", "州", "盟", "地区", "区", "县", "旗")
# Without its rank (山东青岭县) a higher place has two characters at least, and what follows is a whole name.
_HIGHER, _WHOLE_NAME = 2, 3


def same_place(place: str | None, region: str | None) -> bool:
    """Whether a row's place is the plan's region; the full name of one may end in the other (青州市青岭县, 青岭县)."""
    if not place or not region:
        return True
    a, b = plain_name(place), plain_name(region)
    if a in _ITSELF or (a in _WHOLE and b.endswith(a[1])):
        return True
    return a == b or _lies_in(a, b) or _lies_in(b, a)


def _lies_in(full: str, name: str) -> bool:
    """Whether `full` is `name` with the higher places before it."""
    higher = full.removesuffix(name)
    if not name or higher == full:
        return False
    return higher.endswith(_RANKS) or (len(higher) >= _HIGHER and len(name) >= _WHOLE_NAME)
