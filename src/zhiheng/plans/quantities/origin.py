"""Is a value only what another one starts from (由X提高到Y, X→Y)?"""

from __future__ import annotations

import re

from zhiheng.plans.quantities.exclusions import HIDDEN_TIME

_ORIGIN_GAP = re.compile(
    rf"^(?:左右|以上|以下)?(?:县|市|区|镇|村|户|人)?(?:\([^)]*\))?\s*,?(?:逐步|逐年|稳步|进一步|已|快速|大幅|,)*(?:提高|提升|增加|增长|上升|扩大|下降|降低|减少|缩小|压缩|压减|精简|缩短|发展|拓展|扩展|升|降|增|提)"
    rf"(?:到|至|为)?(?:{HIDDEN_TIME}+的?)?\s*$|^\s*(?:→|->|—>)\s*$|^(?:到|至)(?:{HIDDEN_TIME}+的?)?$"
)
_ORIGIN_ALONE = re.compile(r"(?:左右|以上|以下)?(?:提高|提升|增加|增长|上升|下降|降低|减少|降|升)(?:到|至)")
_ARROW = re.compile(r"→|->|—>")
_ORIGIN_LEAD = re.compile(
    rf"(?:由|从)(?:每[人户个])?(?:每[年月日天])?(?:目前的?|现在的?|原来的?|上年的?|去年的?|当前的?|{HIDDEN_TIME}+(?:底|末)?的?)?\s*$"
)


def is_origin(left: str, gap: str | None) -> bool:
    """Whether a value starts a change: `left` are the words before it, `gap` those between it and the next value."""
    return gap is not None and bool(_ORIGIN_GAP.match(gap)) and bool(_ORIGIN_LEAD.search(left) or _ARROW.search(gap))


def starts_alone(left: str, right: str) -> bool:
    """Whether what it grows to is no value of its own (由120家增加到…)."""
    return bool(_ORIGIN_LEAD.search(left)) and bool(_ORIGIN_ALONE.match(right))
