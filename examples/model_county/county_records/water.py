"""Which readings make the share of good sections, and which months the share of drinking-water sources on standard?

A section's class of the year is that of the means of its readings, each item by the table of GB 3838—2002 (total nitrogen and
temperature aside); a month's class is that of its reading.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from county_records.figures import PLACE, PLACE_CODE, YEARS, chance, counts, day
from county_records.files import RecordFile, Row, sheet
from county_records.units import NATURE

SECTIONS_GOOD, SOURCES_GOOD = "地表水达到或好于Ⅲ类断面比例（县控以上）", "集中式饮用水水源水质达标率"
LIST_VERSION = "2023年县控以上断面名单（示例）"
CLASSES = ("Ⅰ类", "Ⅱ类", "Ⅲ类", "Ⅳ类", "Ⅴ类", "劣Ⅴ类")
# Most of each class; of dissolved oxygen the least.
_LIMITS = {
    "高锰酸盐指数": ("2", "4", "6", "10", "15"),
    "氨氮": ("0.15", "0.5", "1.0", "1.5", "2.0"),
    "总磷": ("0.02", "0.1", "0.2", "0.3", "0.4"),
}
_OXYGEN = ("7.5", "6", "5", "3", "2")


@dataclass(frozen=True)
class Section:
    """A section and how burdened it is: 1 is a brook from the hills, 3 the lower river."""

    name: str
    river: str
    control: str | None
    burden: int


SECTIONS = (
    Section("青岭大桥（示例）", "青溪", "国控", 3),
    Section("望川水文站（示例）", "青溪", "省控", 3),
    Section("横塘出境（示例）", "青溪", "省控", 3),
    Section("竹海湖心（示例）", "竹海溪", "市控", 1),
    Section("白鹭洲（示例）", "竹海溪", "市控", 2),
    Section("石泉桥（示例）", "石泉溪", "市控", 1),
    Section("半岭村（示例）", "石泉溪", "县控", 2),
    Section("梅坞口（示例）", "梅溪", "县控", 2),
    Section("金钟桥（示例）", "梅溪", "县控", 2),
    Section("雁坪电站（示例）", "雁溪", "县控", 1),
    Section("枫林桥（示例）", "枫溪", "县控", 4),
    Section("锦屏闸（示例）", "锦溪", "县控", 3),
    # Watched by a town for itself: no section of the county's list.
    Section("枫林支沟（示例）", "枫溪", None, 5),
)
_MEANS = {1: (1.6, 0.06, 0.028), 2: (2.6, 0.18, 0.06), 3: (3.9, 0.42, 0.12), 4: (4.8, 0.62, 0.16), 5: (7.2, 1.3, 0.26)}


@dataclass(frozen=True)
class Reading:
    """What was measured at a section on a day, by item."""

    section: Section
    at: datetime
    items: dict[str, Decimal]

    def water_class(self) -> int:
        """The worst class of any item, from 1 to 6."""
        oxygen = 1 + sum(self.items["溶解氧"] < Decimal(least) for least in _OXYGEN)
        others = (1 + sum(self.items[name] > Decimal(most) for most in limits) for name, limits in _LIMITS.items())
        return max(oxygen, *others)

    def beyond(self) -> str | None:
        """The items that are worse than class III."""
        found = ["溶解氧"] if self.items["溶解氧"] < Decimal(_OXYGEN[2]) else []
        found += [name for name, limits in _LIMITS.items() if self.items[name] > Decimal(limits[2])]
        return "、".join(found) or None


def readings() -> list[Reading]:
    """One reading a month at every section; in years with a section to spare, the worst of the list fails."""
    dice = chance("water")
    found = []
    for year in YEARS:
        good, listed = counts(SECTIONS_GOOD, year)
        if listed != sum(s.control is not None for s in SECTIONS):
            raise ValueError(f"{year}: {listed} sections")
        ranked = sorted((s for s in SECTIONS if s.control), key=lambda s: s.burden)
        failing = {s.name for s in ranked[good:]}
        for month in range(1, 13):
            for section in SECTIONS:
                found.append(_reading(dice, section, year, month, bad=section.name in failing))
    return found


def _reading(dice: random.Random, section: Section, year: int, month: int, *, bad: bool) -> Reading:
    permanganate, ammonia, phosphorus = _MEANS[section.burden]
    flood = 1.25 if month in (5, 6, 7) else 0.95
    phosphorus *= 1.5 if bad else 1
    warmth = 9 + 17 * (1 - abs(month - 7.2) / 6.5)
    when = day(dice, date(year, month, 2), date(year, month, 10))

    def about(mean: float, places: int, apart: float = 0.14) -> Decimal:
        return Decimal(f"{max(mean * 0.5, mean * dice.gauss(1, apart)):.{places}f}")

    items = {
        "水温": about(warmth, 1, 0.05),
        "pH值": Decimal(f"{dice.uniform(6.9, 8.2):.1f}"),
        "溶解氧": Decimal(f"{max(3.4, 11.4 - 0.16 * warmth - 0.45 * section.burden + dice.gauss(0, 0.4)):.1f}"),
        "高锰酸盐指数": about(permanganate * flood, 1),
        "氨氮": about(ammonia, 2),
        "总磷": about(phosphorus * flood, 3),
    }
    nitrogen = items["氨氮"] + about(0.7 + 0.3 * section.burden, 2)
    turbidity, conductivity = about(4.0 * section.burden * flood, 1), about(110 + 40 * section.burden, 0)
    items |= {"总氮": nitrogen, "电导率": conductivity, "浊度": turbidity}
    return Reading(section, datetime.combine(when, datetime.min.time()) + timedelta(minutes=dice.randrange(540, 900)), items)


READING_HEADER = (
    *(
        "所在地区",
        "河流湖库",
        "断面名称",
        "水体类型",
        "控制级别",
        "监测时间",
        "水温",
        "pH值",
        "溶解氧",
        "高锰酸盐指数",
        "氨氮",
        "总磷",
    ),
    *("总氮", "电导率", "浊度", "公布类别"),
)
MONTH_HEADER = ("所在地区", "断面名称", "控制级别", "断面名单版本", "月份", "水质类别", "目标类别", "主要污染指标")


def _reading_row(one: Reading) -> Row:
    section = one.section
    place = (PLACE, section.river, section.name, "河流", section.control)
    return (*place, one.at, *one.items.values(), CLASSES[one.water_class() - 1])


def _month_row(one: Reading) -> Row:
    section = one.section
    version = LIST_VERSION if section.control else None
    listed = (PLACE, section.name, section.control, version, one.at.date().replace(day=1))
    return (*listed, CLASSES[one.water_class() - 1], "Ⅱ类" if section.burden == 1 else "Ⅲ类", one.beyond())


SOURCE_HEADER = ("所在地区", "水源地名称", "水源级别", "月份", "取水量", "监测项目数", "达标项目数", "是否达标", "超标项目")
SOURCES = (
    ("竹海水库（示例）", "县级以上", 92),
    ("石泉水库（示例）", "县级以上", 61),
    ("望川应急水源（示例）", "县级以上", 8),
    ("雁坪水厂（示例）", "乡镇级", 14),
    ("梅坞水厂（示例）", "乡镇级", 9),
)


def _sources() -> Iterator[Row]:
    dice = chance("sources")
    for year in YEARS:
        met, judged = counts(SOURCES_GOOD, year, 12 * len(SOURCES))
        order = [True] * met + [False] * (judged - met)
        dice.shuffle(order)
        for number, fine in enumerate(order):
            name, level, volume = SOURCES[number % len(SOURCES)]
            items = 61 if level == "县级以上" else 29
            drawn = Decimal(f"{volume * dice.uniform(0.9, 1.12):.2f}")
            month = date(year, 1 + number // len(SOURCES), 1)
            yield (PLACE_CODE, name, level, month, drawn, items, items - (not fine), fine, None if fine else "总磷")


def files() -> list[RecordFile]:
    """Readings and classes of the sections, and the sources."""
    found = readings()
    return [
        sheet("water.section_reading", "地表水断面监测值", NATURE, READING_HEADER, [_reading_row(r) for r in found]),
        sheet("water.section_month", "地表水断面月度类别", NATURE, MONTH_HEADER, [_month_row(r) for r in found]),
        sheet("water.drinking_source", "饮用水水源水质", NATURE, SOURCE_HEADER, list(_sources())),
    ]
