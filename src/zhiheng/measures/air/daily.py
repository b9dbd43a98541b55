"""What can an indicator ask of a column of city days: the AQI, or whether the day is a good one?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zhiheng.base.reading import Reading
from zhiheng.measures.air.index import index_by_day
from zhiheng.measures.air.model import AirIndex, Report
from zhiheng.measures.air.scales import index_rules
from zhiheng.measures.model import Column

Readings = Mapping[str, Sequence[Reading]]


def aqi_of_days(days: Column, columns: Mapping[str, Column], readings: Readings) -> Column:
    """The AQI of each day (int16), masked where none is given; readings of `air.aqi` and `air.aqi_missing`."""
    return _index(days, columns, readings).aqi


def good_of_days(days: Column, columns: Mapping[str, Column], readings: Readings) -> Column:
    """Whether each day counts among the good ones (优良天数), masked where no AQI is given."""
    return _index(days, columns, readings).good()


def _index(days: Column, columns: Mapping[str, Column], readings: Readings) -> AirIndex:
    return index_by_day(days, columns, index_rules(readings["air.aqi"], readings["air.aqi_missing"], Report.DAILY))
