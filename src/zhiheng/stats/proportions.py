"""Between which bounds does a proportion lie, of which a random draw is known?"""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

from zhiheng.base.errors import InternalError

CONFIDENCE = "0.95"


def wilson(hits: int, drawn: int, confidence: str = CONFIDENCE) -> tuple[float, float]:
    """Wilson's score interval of hits/drawn, from 0 to 1, both sides together missing it with probability 1 - confidence.

    E. B. Wilson, Journal of the American Statistical Association 22 (1927) 209–212. Holds its
    level also near 0 and 1, where that of the normal distribution does not.
    """
    if not 0 <= hits <= drawn or drawn == 0:
        raise InternalError("stats.not_a_proportion", hits=hits, drawn=drawn)
    z = NormalDist().inv_cdf((1 + float(confidence)) / 2)
    share, spread = hits / drawn, z * z / drawn
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * sqrt(share * (1 - share) / drawn + spread / (4 * drawn))
    return max(0.0, middle - half), min(1.0, middle + half)
