#!/usr/bin/env python3
"""AQI of station days by the measures of the project and the rulebook: ROWS."""

from __future__ import annotations

import json
import sys
from datetime import date

from air_days import digest, station_days
from measuring import best_of

from zhiheng.measures.air.index import index_by_day
from zhiheng.measures.air.model import AirIndex, Report
from zhiheng.measures.air.scales import index_rules
from zhiheng.rules.rulebook import open_rulebook


def main() -> None:
    days, columns = station_days(int(sys.argv[1]))
    book = open_rulebook()
    found: list[AirIndex] = []

    def indexed() -> None:
        first, last = date(2025, 1, 1), date(2026, 12, 31)
        aqi, missing = (book.read_between(name, first, last) for name in ("air.aqi", "air.aqi_missing"))
        found[:] = [index_by_day(days, columns, index_rules(aqi, missing, Report.DAILY))]

    seconds = best_of(3, indexed)
    (index,) = found
    iaqi = [column.data for column in index.iaqi.values()]
    print(
        json.dumps(
            {"seconds": seconds, "digest": digest([*iaqi, index.aqi.data, index.level.data, index.primary, index.state])}
        )
    )


if __name__ == "__main__":
    main()
