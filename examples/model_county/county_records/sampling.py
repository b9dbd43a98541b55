"""Which samples make the pass rates of industry, food, farm produce and drugs?

A sample has a row for each of its two items. Samples of other programmes and levels stand beside them and are never merged.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from county_records.figures import PLACE, PLACE_CODE, YEARS, chance, counts, day
from county_records.files import Cell, RecordFile, Row, by_year, sheets
from county_records.goods import DEVICES, DRUG, FARM, FOOD, INDUSTRIAL, Good, Item
from county_records.units import FARMING, LABORATORY, MAKERS, MARKET, SHOPS, Unit, of_kinds

# A few samples fail at first and pass when tested again: they have passed.
_RETESTED = 3


@dataclass(frozen=True)
class Draw:
    """Samples of one programme and level in one year, `passed` of `total`; None: nothing is judged."""

    year: int
    programme: str
    level: str
    mark: str
    goods: tuple[Good, ...]
    passed: int | None
    total: int


@dataclass(frozen=True)
class Taken:
    """What the rows of a sample share; `fails` is the item that failed, if any."""

    draw: Draw
    number: str
    good: Good
    sampled: date
    reported: date
    fails: int | None
    outcome: str
    retest: str | None


def _samples(dice: random.Random, draws: list[Draw]) -> Iterator[Taken]:
    for draw in draws:
        passed = draw.total if draw.passed is None else draw.passed
        order = [True] * passed + [False] * (draw.total - passed)
        dice.shuffle(order)
        again = 0
        for number, good_one in enumerate(order, 1):
            retested = draw.passed is not None and good_one and again < _RETESTED and dice.random() < 0.05
            again += retested
            fails = dice.randrange(2) if retested or not good_one else None
            sampled = day(dice, date(draw.year, 2, 20), date(draw.year, 11, 25))
            outcome = "未作判定" if draw.passed is None else "合格" if good_one else "不合格"
            retest = "合格" if retested else "不合格" if not good_one and dice.random() < 0.2 else None
            numbered = f"QL{draw.mark}{draw.year}{number:05}"
            reported = sampled + timedelta(dice.randrange(6, 31))
            yield Taken(draw, numbered, dice.choice(draw.goods), sampled, reported, fails, outcome, retest)


def _tested(dice: random.Random, one: Taken, index: int, item: Item) -> Row:
    """Item, value, limit, verdict on the item and on the sample."""
    failed = index == one.fails
    single = "未作判定" if one.outcome == "未作判定" else "不合格" if failed else "合格"
    return (item.name, item.bad if failed else item.passing(dice), item.limit, single, one.outcome)


def _rows(
    theme: str, draws: list[Draw], middle: Callable[[random.Random, Taken], Row], place: str
) -> Iterator[tuple[int, Row]]:
    dice = chance(theme)
    for one in _samples(dice, draws):
        shared: tuple[Cell, ...] = (one.draw.programme, one.draw.level, one.number, one.sampled, one.reported, place)
        shared = (*shared, *middle(dice, one))
        for index, item in enumerate(one.good.items):
            yield one.draw.year, (*shared, *_tested(dice, one, index, item), LABORATORY, one.retest)


_FIRST = ("抽检计划", "组织级别", "抽样编号", "抽样日期", "报告日期", "抽样地区")
_LAST = ("检验项目", "检测值", "标准值", "项目判定", "样品判定", "检验机构", "复检结论")
_UNIT = ("被抽样单位", "被抽样单位信用代码")


def _industrial() -> list[RecordFile]:
    survey, draws = "制造业产品质量合格率调查", []
    for year in YEARS:
        draws.append(Draw(year, survey, "县", "HG", INDUSTRIAL, *counts("制造业产品质量合格率", year)))
        draws.append(Draw(year, "监督抽查", "县", "XC", INDUSTRIAL, 171 + 3 * (year - 2024), 180))
        draws.append(Draw(year, "监督抽查", "市级", "SC", INDUSTRIAL, 88, 96))

    def middle(dice: random.Random, one: Taken) -> Row:
        maker = dice.choice([u for u in MAKERS if u.kind in one.good.makers])
        batch = (one.sampled - timedelta(dice.randrange(5, 60))).strftime("%Y%m%d")
        return (maker.name, maker.code, one.good.group, one.good.name, one.good.specification, batch)

    header = (*_FIRST, "生产单位", "生产单位信用代码", "行业代码", "产品名称", "规格型号", "生产日期或批号", *_LAST)
    return by_year("sampling.industrial", "工业产品抽检", MARKET, header, _rows("industrial", draws, middle, PLACE))


def _seller(dice: random.Random, good: Good, sellers: tuple[Unit, ...]) -> tuple[Unit, str]:
    """Where food was taken, and in which stage."""
    at_maker = good.makers != ("酒楼",) and dice.random() < 0.3
    if at_maker:
        return dice.choice([u for u in MAKERS if u.kind in good.makers]), "生产"
    wanted = [u for u in sellers if (u.kind == "酒楼") == (good.makers == ("酒楼",))]
    return dice.choice(wanted), "餐饮" if good.makers == ("酒楼",) else "流通"


def _food() -> list[RecordFile]:
    draws, sizes = [], {2024: 1250, 2025: 1350, 2026: 1400}
    for year in YEARS:
        draws.append(Draw(year, "监督抽检", "县", "SJ", FOOD, *counts("食品抽检合格率", year, sizes[year])))
        draws.append(Draw(year, "评价性抽检", "市级", "SP", FOOD, 97, 100))
        draws.append(Draw(year, "风险监测", "县", "SF", FOOD, None, 60))
    sellers = of_kinds(*SHOPS)

    def middle(dice: random.Random, one: Taken) -> Row:
        unit, stage = _seller(dice, one.good, sellers)
        batch = (one.sampled - timedelta(dice.randrange(1, 40))).isoformat()
        return (unit.name, unit.code, one.good.group, stage, one.good.name, one.good.specification, batch)

    header = (*_FIRST, *_UNIT, "食品大类", "抽样环节", "产品名称", "规格型号", "生产日期或批号", *_LAST)
    return by_year("sampling.food", "食品抽检", MARKET, header, _rows("food", draws, middle, PLACE_CODE))


def _farm() -> list[RecordFile]:
    draws, sizes = [], {2024: 600, 2025: 500, 2026: 620}
    for year in YEARS:
        draws.append(Draw(year, "例行监测", "县", "NL", FARM, *counts("农产品质量安全例行监测合格率", year, sizes[year])))
        draws.append(Draw(year, "例行监测", "省级", "NS", FARM, 59, 60))
        draws.append(Draw(year, "监督抽查", "县", "NC", FARM, 76, 80))

    def middle(dice: random.Random, one: Taken) -> Row:
        unit = dice.choice(of_kinds(*one.good.makers))
        stage = dice.choice(("生产基地", "生产基地", "批发市场"))
        return (unit.name, unit.code, one.good.group, stage, one.good.name)

    header = (*_FIRST, *_UNIT, "产品类别", "抽样环节", "产品名称", *_LAST)
    return [sheets("sampling.farm", "农产品监测", FARMING, header, _rows("farm", draws, middle, PLACE))]


def _drug() -> list[RecordFile]:
    draws, sizes = [], {2024: 160, 2025: 150, 2026: 240}
    for year in YEARS:
        draws.append(Draw(year, "监督抽检", "县", "YJ", DRUG, *counts("药品抽检合格率", year, sizes[year])))
        draws.append(Draw(year, "监督抽检", "县", "YX", DEVICES, 38, 40))
        draws.append(Draw(year, "评价抽检", "省级", "YP", DRUG, 20, 20))
    sellers = of_kinds("大药房", "诊所", "连锁药店")

    def middle(dice: random.Random, one: Taken) -> Row:
        unit, drug = dice.choice(sellers), one.good.group == "药品"
        batch = f"{one.sampled.year % 100:02}{dice.randrange(1, 10_000):04}"
        return (
            unit.name,
            unit.code,
            one.good.group,
            drug and dice.random() < 0.6,
            one.good.name,
            one.good.specification,
            batch,
        )

    header = (*_FIRST, *_UNIT, "品种类别", "是否基本药物", "产品名称", "规格型号", "生产日期或批号", *_LAST)
    return [sheets("sampling.drug", "药品抽检", MARKET, header, _rows("drug", draws, middle, PLACE))]


def files() -> list[RecordFile]:
    """Samples of all four kinds."""
    return [*_industrial(), *_food(), *_farm(), *_drug()]
