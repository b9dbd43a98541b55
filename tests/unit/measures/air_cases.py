"""The rules of the air measures as the rulebook has them, and columns written as a person writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from zhiheng.measures.air.model import IndexRule, Report
from zhiheng.measures.air.scales import index_rules
from zhiheng.measures.exact import thousandths
from zhiheng.measures.model import Column
from zhiheng.rules.rulebook import open_rulebook

FIRST, LAST = date(2016, 1, 1), date(2030, 12, 31)


def rules(report: Report = Report.DAILY, *, practice: bool = False) -> tuple[IndexRule, ...]:
    book = open_rulebook()
    aqi, missing, release = (book.read_between(f"air.{n}", FIRST, LAST) for n in ("aqi", "aqi_missing", "realtime_release"))
    return index_rules(aqi, missing, report, release if practice else ())


def columns(**amounts: Iterable[str | int | None]) -> dict[str, Column]:
    return {name: thousandths(values) for name, values in amounts.items()}


def days(*written: str) -> Column:
    return np.ma.masked_array(np.array(written, dtype="datetime64[D]"))
