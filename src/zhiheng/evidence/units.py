"""Do two printed units mean the same, and does one count whole things?"""

from __future__ import annotations

from zhiheng.documents.fold import fold

PERCENT = "%"
_SAME = {
    "微克/立方米": ("µg/m3", "µg/m³", "ug/m3", "微克每立方米"),
    "毫克/升": ("mg/l", "毫克每升"),
    PERCENT: ("百分比", "百分之", "percent", "pct"),
    "个百分点": ("百分点",),
}
_CANONICAL = {alias: unit for unit, aliases in _SAME.items() for alias in aliases}
_WHOLE = frozenset("家个项件起张人次种条处所座台套部门名户批例支")


def canonical(unit: str | None) -> str | None:
    """The one spelling of a unit (µg/m3 → 微克/立方米); None when there is none."""
    if unit is None:
        return None
    plain = fold(unit).replace(" ", "").strip("()").lower()
    return _CANONICAL.get(plain, plain) or None


def same_unit(left: str | None, right: str | None) -> bool:
    """Whether two units agree. A plan often prints no unit for things it counts: none agrees with any such word."""
    a, b = canonical(left), canonical(right)
    return a == b or (a is None and b in _WHOLE) or (b is None and a in _WHOLE)


def counts_whole_things(unit: str | None) -> bool:
    """Whether the unit is a plain counting word (家, 项, 起), of which there are no halves."""
    return canonical(unit) in _WHOLE
