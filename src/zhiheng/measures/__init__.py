"""What does a norm or a calendar compute from arrays?

`MEASURES` are functions that registers name in `derived`; `RULED` need dated rules besides, and indicators name them.
"""

from zhiheng.measures.air.daily import aqi_of_days, good_of_days
from zhiheng.measures.calendar import days_between, not_after
from zhiheng.measures.model import Measure, RuledMeasure

_DAYS = tuple((a, b) for a in ("date", "datetime") for b in ("date", "datetime"))
MEASURES = {
    "calendar.days_between": Measure(days_between, _DAYS, "integer"),
    "calendar.not_after": Measure(not_after, _DAYS, "boolean"),
}
_AIR = ("so2", "no2", "co", "o3_8h", "pm10", "pm25")
_AIR_RULES = ("air.aqi", "air.aqi_missing")
RULED = {
    "air.aqi": RuledMeasure(aqi_of_days, _AIR, _AIR_RULES, "integer"),
    "air.good_day": RuledMeasure(good_of_days, _AIR, _AIR_RULES, "boolean"),
}
__all__ = ["MEASURES", "RULED", "Measure", "RuledMeasure"]
