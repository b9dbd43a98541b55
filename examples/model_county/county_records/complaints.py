"""Which complaints make the rate of those closed in time?

Due in a year are complaints (no reports or enquiries) that were accepted and whose deadline lies in it; in time are those closed
on the day of the deadline or before. What was refused has no deadline; what is not yet due stands in no year's rate.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from county_records.figures import PLACE, YEARS, chance, counts, day
from county_records.files import RecordFile, Row, by_year
from county_records.units import MAKERS, MARKET, SHOPS, of_kinds

HEADER = (
    *("登记编号", "类型", "来源渠道", "收到日期", "受理日期", "法定期限", "办结日期", "办理结果", "发生地", "涉及领域"),
    *("被投诉单位", "被投诉单位信用代码", "办理单位", "涉及金额", "挽回损失", "是否满意", "投诉人姓名", "联系电话"),
)
INDICATOR = "消费投诉按时办结率"
# Mediation may take 45 working days; the example counts them as nine weeks and knows no holidays.
_ALLOWED, _ALLOWED_REPORT = 63, 21
_LAST_SEEN = date(2027, 1, 24)
_SUBJECTS = (
    "食品",
    "家居用品",
    "服装鞋帽",
    "家用电器",
    "餐饮服务",
    "美容美发服务",
    "汽车维修",
    "预付卡",
    "网络购物",
    "物业服务",
)
_CHANNELS = ("电话", "电话", "电话", "互联网", "互联网", "来人来函", "转办")


@dataclass(frozen=True)
class Case:
    """A case before it has its number."""

    kind: str
    received: datetime
    accepted: datetime | None = None
    deadline: date | None = None
    closed: datetime | None = None
    result: str | None = None


def _at(dice: random.Random, when: date, first: int = 8, last: int = 18) -> datetime:
    return datetime.combine(when, time(dice.randrange(first, last), dice.randrange(60)))


def _accepted(dice: random.Random, deadline: date) -> tuple[datetime, datetime]:
    """When the case came and when it was accepted, so that it is due on the day of the deadline."""
    accepted = deadline - timedelta(_ALLOWED)
    return _at(dice, accepted - timedelta(dice.randrange(1, 8))), _at(dice, accepted)


def _closing(dice: random.Random, accepted: datetime, deadline: date, *, in_time: bool) -> datetime | None:
    """A day from acceptance to the deadline, or after it; None: not closed to this day."""
    if in_time:
        return _at(dice, accepted.date() + timedelta(dice.choice((dice.randrange(1, 30), dice.randrange(1, 64)))), 18, 20)
    closed = deadline + timedelta(dice.randrange(1, 40))
    return _at(dice, closed) if closed < _LAST_SEEN and dice.random() < 0.9 else None


def _due(dice: random.Random) -> Iterator[Case]:
    for year in YEARS:
        in_time, due = counts(INDICATOR, year)
        for number in range(due):
            deadline = date(year, 1, 1) + timedelta(dice.randrange((date(year + 1, 1, 1) - date(year, 1, 1)).days))
            received, accepted = _accepted(dice, deadline)
            closed = _closing(dice, accepted, deadline, in_time=number < in_time)
            settled = dice.random() < 0.72
            yield Case("投诉", received, accepted, deadline, closed, closed and ("调解成功" if settled else "调解不成"))


def _beside(dice: random.Random) -> Iterator[Case]:
    """Cases that count in no year: refused, reports, enquiries, and complaints that are not yet due."""
    for year in YEARS:
        first, last = date(year, 1, 4), date(year, 11, 30)
        for _ in range(210):
            received = _at(dice, day(dice, first, last))
            yield Case("投诉", received, closed=received + timedelta(dice.randrange(1, 7)), result="不予受理")
        for _ in range(330):
            received = _at(dice, day(dice, first, last))
            accepted = received + timedelta(dice.randrange(1, 5))
            closed = accepted + timedelta(dice.randrange(2, 30))
            result = dice.choice(("立案查处", "不予立案", "不予立案"))
            yield Case("举报", received, accepted, accepted.date() + timedelta(_ALLOWED_REPORT), closed, result)
        for _ in range(90):
            received = _at(dice, day(dice, first, last))
            yield Case("咨询", received, closed=received + timedelta(dice.randrange(3)), result="已答复")
    for _ in range(620):
        deadline = date(2027, 1, 26) + timedelta(dice.randrange(34))
        received, accepted = _accepted(dice, deadline)
        closed = _closing(dice, accepted, deadline, in_time=True)
        closed = closed if closed and closed.date() < _LAST_SEEN else None
        yield Case("投诉", received, accepted, deadline, closed, closed and "调解成功")


def _rows() -> Iterator[tuple[int, Row]]:
    dice = chance("complaints")
    sellers = (*of_kinds(*SHOPS), *MAKERS[::4])
    cases = sorted((*_due(dice), *_beside(dice)), key=lambda c: c.received)
    numbers: dict[int, int] = {}
    for case in cases:
        year = case.received.year
        numbers[year] = numbers.get(year, 0) + 1
        unit = dice.choice(sellers)
        amount = None if case.kind == "咨询" else Decimal(dice.randrange(1_000, 600_000)) / 100
        recovered = amount and (amount * dice.randrange(40, 101) / 100).quantize(Decimal("0.01"))
        back = recovered if case.result == "调解成功" else None
        pleased = dice.random() < 0.9 if case.result == "调解成功" else None
        person = (f"{dice.choice('赵钱孙李周吴郑王冯陈')}某某（示例）", f"示例{dice.randrange(100_000, 1_000_000)}")
        about = (PLACE, dice.choice(_SUBJECTS), unit.name, unit.code, MARKET, amount, back, pleased)
        times = (case.received, case.accepted, case.deadline, case.closed, case.result)
        yield year, (f"QLTS{year}{numbers[year]:05}", case.kind, dice.choice(_CHANNELS), *times, *about, *person)


def files() -> list[RecordFile]:
    """Complaints and reports by the year in which they came."""
    return by_year("complaint", "投诉举报", MARKET, HEADER, _rows())
