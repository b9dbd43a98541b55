"""Which acceptances make the rate of works accepted?

Counted are parts of housing and municipal works by their first acceptance on completion; traffic and water works, dwellings and
spot checks stand beside them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from county_records.figures import PLACE, YEARS, chance, counts, day
from county_records.files import RecordFile, Row, by_year
from county_records.units import BUILDERS, BUILDING, of_kinds

HEADER = (
    *(
        "项目编号",
        "项目名称",
        "单体或分户",
        "工程类别",
        "工程规模",
        "重点工程",
        "验收类别",
        "第几次验收",
        "验收日期",
        "验收结论",
    ),
    *("建筑面积", "绿色建筑星级", "所在地区", "施工单位"),
)
INDICATOR = "房屋市政工程竣工验收合格率"
_PARTS = 8
_HOUSING = ("花园小区", "人才公寓", "产业园厂房", "中学扩建", "卫生院改建", "安置房")
_WORKS = ("路提升", "污水管网", "停车场", "公园改造")
_BESIDE = (("交通工程", "县道改建"), ("水利工程", "溪流整治"))
_ROADS = ("竹海", "青溪", "望川", "石泉", "梅坞", "雁坪", "锦屏", "枫林", "金钟", "白鹭")


def _project(dice: random.Random, year: int, number: int) -> tuple[str, str, str, bool]:
    """Number, name and kind of a project, and whether it is a key one."""
    housing = dice.random() < 0.8
    name = f"青岭{dice.choice(_ROADS)}{dice.choice(_HOUSING if housing else _WORKS)}{number}期（示例）"
    return f"QLGC{year}{number:04}", name, "房屋建筑" if housing else "市政工程", dice.random() < 0.08


def _completions(dice: random.Random, year: int) -> Iterator[Row]:
    builders = of_kinds(*BUILDERS)
    passed, total = counts(INDICATOR, year)
    failing = set(dice.sample(range(total), total - passed))
    for number in range(total):
        part = number % _PARTS
        if part == 0:
            code, name, kind, key = _project(dice, year, number // _PARTS + 1)
            when, builder = day(dice, date(year, 1, 8), date(year, 10, 30)), dice.choice(builders).name
        housing = kind == "房屋建筑"
        area = Decimal(dice.randrange(90_000, 2_400_000)) / 100 if housing else None
        size = dice.choice(("中型", "小型", "小型")) if not key else "大型"
        shown = f"{part + 1}号楼" if housing else f"{part + 1}标段"
        star = dice.choice((1, 1, 2, 2, 3)) if housing else None
        accepted = when + timedelta(dice.randrange(20))
        fails = number in failing

        def row(attempt: int, on: date, outcome: str) -> Row:
            first = (code, name, shown, kind, size, key, "竣工验收", attempt, on, outcome)  # noqa: B023 - used at once
            return (*first, area, star, PLACE, builder)  # noqa: B023 - used at once

        yield row(1, accepted, "不合格" if fails else "合格")
        if fails:
            yield row(2, accepted + timedelta(33), "合格")


def _beside(dice: random.Random, year: int) -> Iterator[Row]:
    builders = of_kinds(*BUILDERS)
    for number in range(60):
        kind, about = _BESIDE[number % 2]
        when, outcome = day(dice, date(year, 2, 6), date(year, 11, 20)), "不合格" if number % 20 == 0 else "合格"
        name = f"青岭{dice.choice(_ROADS)}{about}{number + 1}期（示例）"
        shared = (f"QLJS{year}{number:04}", name, "1标段", kind, "中型", False, "竣工验收", 1, when, outcome)
        yield (*shared, None, None, PLACE, dice.choice(builders).name)
    for number in range(120):
        when, outcome = day(dice, date(year, 2, 6), date(year, 11, 20)), "不合格" if number % 30 == 0 else "合格"
        home = f"{number // 24 + 1}号楼{number % 24 // 4 + 1}0{number % 4 + 1}室"
        shared = (f"QLFH{year}0001", "青岭竹海安置房（示例）", home, "房屋建筑", "小型", False, "分户验收", 1, when, outcome)
        yield (*shared, Decimal(dice.randrange(6_800, 13_200)) / 100, None, PLACE, builders[0].name)
    for number in range(40):
        when, outcome = day(dice, date(year, 2, 6), date(year, 11, 20)), "不合格" if number % 8 == 0 else "合格"
        shared = (f"QLCC{year}{number:04}", f"青岭质量抽查工地{number + 1}（示例）", "1号楼", "房屋建筑", "小型", False)
        yield (*shared, "质量抽查", 1, when, outcome, None, None, PLACE, dice.choice(builders).name)


def files() -> list[RecordFile]:
    """Acceptances by year."""
    dice = chance("building")
    rows = ((year, row) for year in YEARS for row in (*_completions(dice, year), *_beside(dice, year)))
    return by_year("engineering", "工程验收", BUILDING, HEADER, rows)
