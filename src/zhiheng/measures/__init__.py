"""What does a norm or a calendar compute from arrays? Functions that registers name in `derived`."""

from zhiheng.measures.calendar import days_between, not_after
from zhiheng.measures.model import Measure

_DAYS = tuple((a, b) for a in ("date", "datetime") for b in ("date", "datetime"))
MEASURES = {
    "calendar.days_between": Measure(days_between, _DAYS, "integer"),
    "calendar.not_after": Measure(not_after, _DAYS, "boolean"),
}
__all__ = ["MEASURES", "Measure"]
