"""In what do two look-alikes differ, as far as their entries in the catalogue tell?"""

from __future__ import annotations

import re
from collections.abc import Mapping

from zhiheng.base.units import measure
from zhiheng.rules.look_alikes import Obstacle

# In this order: what is counted says more than how.
_OF_FLAGS = {
    "denominator": Obstacle.DENOMINATOR,
    "numerator": Obstacle.NUMERATOR,
    "programme": Obstacle.PROGRAMME,
    "counts": Obstacle.COUNTED,
    "level": Obstacle.LEVEL,
    "inclusion": Obstacle.INCLUSION,
    "role": Obstacle.ROLE,
    "list": Obstacle.SCOPE,
    "population": Obstacle.SCOPE,
    "method": Obstacle.METHOD,
}
_PER = re.compile("每(?:[一十百千万亿]+)?(?:[名人家户件]|平方公里|企业|人口)?|人均|亩均|户均|单位")
_SCOPE = re.compile("规模以上|规上|主要|重点|民用|公共|城市|农村|县城|全市|全县|大中型|小微|较大|重大|特别重大|强制检定")
_NOMINEES = re.compile("提名")
_PART = re.compile("参与|主导")


def difference(
    flags: tuple[Mapping[str, str], Mapping[str, str]], units: tuple[str, str], names: tuple[str, str]
) -> tuple[Obstacle, str, str] | None:
    """In what they differ, with what each has of it ("" when its entry does not say); None when nothing tells."""
    for key, obstacle in _OF_FLAGS.items():
        one, other = (f.get(key, "") for f in flags)
        if one != other:
            return obstacle, one, other
    if measure(units[0]).core != measure(units[1]).core:
        return Obstacle.UNIT, *units
    for obstacle, pattern in (
        (Obstacle.DENOMINATOR, _PER),
        (Obstacle.INCLUSION, _NOMINEES),
        (Obstacle.ROLE, _PART),
        (Obstacle.SCOPE, _SCOPE),
    ):
        one, other = ("、".join(pattern.findall(name)) for name in names)
        if one != other:
            return obstacle, one, other
    return None
