"""Which awards, certificates and standards make the counts of units recognised, awarded and standards made?"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from county_records.figures import PLACE, YEARS, chance, day, value
from county_records.files import RecordFile, Row, sheet
from county_records.units import BUILDERS, LABORATORY, MAKERS, MARKET, Unit, of_kinds

AWARD_HEADER = (
    "奖项名称",
    "授予级别",
    "奖项类别",
    "获奖单位",
    "获奖单位信用代码",
    "获奖对象",
    "所在地区",
    "授予日期",
    "撤销日期",
)
DIGITAL, PRIZES, MODELS = "质量管理数字化示范企业", "县级以上政府质量奖获奖单位（累计）", "省级质量标杆企业"
GREEN, STANDARDS = "绿色工厂创建数", "制定县级地方标准"
# What the plan says of 2023: counts at its end, and what five years from 2019 on added.
BEFORE = {DIGITAL: 12, PRIZES: 14}
PRIZES_ADDED, STANDARDS_BEFORE, HIGHER_STANDARDS_BEFORE = 7, (8, 9, 9, 10, 10), (2, 1, 2, 2, 2)


def _award(dice: random.Random, title: str, level: str, grade: str, unit: Unit, year: int, about: str = "") -> Row:
    on = day(dice, date(year, 4, 1), date(year, 12, 20))
    return (title, level, grade, unit.name, unit.code, about or unit.name, PLACE, on, None)


def _standing(
    dice: random.Random, title: str, level: str, counts: Sequence[tuple[int, int]], units: Sequence[Unit]
) -> Iterator[Row]:
    """Recognitions that stand at the end of each year; one is given and withdrawn again, and counts in no later year."""
    coming = iter(units)
    before = 0
    for year, standing in counts:
        for unit in islice(coming, standing - before):
            yield _award(dice, title, level, "认定", unit, year)
        before = standing
    lost = next(coming)
    yield (*_award(dice, title, level, "认定", lost, 2021)[:-1], date(2025, 5, 12))


def _prizes(dice: random.Random) -> Iterator[Row]:
    """Government quality awards of county and city; a unit that has both is one unit, a nomination is no award."""
    units = iter(dice.sample(MAKERS, 40))
    earlier = BEFORE[PRIZES] - PRIZES_ADDED
    steps = [*((year, 2) for year in (2015, 2016, 2017)), (2018, earlier - 6), (2020, 3), (2022, PRIZES_ADDED - 3)]
    count = BEFORE[PRIZES]
    for year in YEARS:
        now = int(value(PRIZES, year))
        steps.append((year, now - count))
        count = now
    winners: list[Unit] = []
    for year, added in steps:
        for unit in islice(units, added):
            winners.append(unit)
            yield _award(dice, "青岭县政府质量奖", "县级", "正奖", unit, year)
        yield _award(dice, "青岭县政府质量奖", "县级", "提名奖", next(units), year)
    for unit, year in ((winners[0], 2019), (winners[3], 2021), (winners[8], 2025)):
        yield _award(dice, "临河市政府质量奖", "市级", "正奖", unit, year)


def _awards() -> list[Row]:
    dice = chance("awards")
    makers = dice.sample(MAKERS, 120)
    digital = [(2022, 5), (2023, BEFORE[DIGITAL]), *((year, int(value(DIGITAL, year))) for year in YEARS)]
    # The withdrawn one stood at the ends of 2021 to 2024, so that one less is given until then.
    digital = [(year, standing - (year < 2025)) for year, standing in digital]
    rows = list(_standing(dice, DIGITAL, "省级", digital, makers[:50]))
    model = [(year, int(value(MODELS, year))) for year in YEARS]
    before = 0
    for year, standing in model:
        rows += [_award(dice, MODELS, "省级", "认定", unit, year) for unit in makers[50 + before : 50 + standing]]
        before = standing
    green = iter(makers[60:])
    for year in YEARS:
        rows += [_award(dice, "市级绿色工厂", "市级", "认定", unit, year) for unit in islice(green, int(value(GREEN, year)))]
        rows += [_award(dice, "市级绿色工厂", "市级", "提名奖", unit, year) for unit in islice(green, 1)]
    builders = of_kinds(*BUILDERS)
    for indicator, level, title in (
        ("省级优质工程奖（新增）", "省级", "云泽省优质工程奖"),
        ("市级优质工程奖（新增）", "市级", "临河市优质工程奖"),
    ):
        for year in YEARS:
            for number in range(int(value(indicator, year))):
                about = f"青岭{('望川', '竹海', '石泉')[number]}{year}年工程（示例）"
                rows.append(_award(dice, title, level, "正奖", dice.choice(builders), year, about))
    rows += [
        _award(dice, "市级行业计量服务站", "市级", "认定", unit, year)
        for year in YEARS[:2]
        for unit in makers[110 : 110 + int(value("市级行业计量服务站", year))]
    ]
    return [*rows, *_prizes(dice)]


CERTIFICATE_HEADER = (
    *(
        "证书类别",
        "证书编号",
        "持证单位",
        "持证单位信用代码",
        "所在地区",
        "发证日期",
        "有效期至",
        "失效日期",
        "发证机构",
        "认证范围",
    ),
)
CENTRES = (LABORATORY, "青岭县竹木制品检验检测中心（示例）", "青岭县食品农产品检验检测中心（示例）")
_KINDS = (
    ("管理体系认证", 3, "质量管理体系"),
    ("产品认证", 5, "自愿性认证产品"),
    ("强制性产品认证", 5, "聚氯乙烯绝缘电线"),
    ("绿色食品", 3, "笋干、茶叶"),
)


def _certificates() -> list[Row]:
    dice = chance("certificates")
    issuer = "云泽省示例认证中心（示例）"
    rows: list[Row] = []
    for number, unit in enumerate(dice.sample(MAKERS, 150), 1):
        kind, years, about = _KINDS[0] if number % 3 else dice.choice(_KINDS[1:])
        issued = day(dice, date(2021, 3, 1), date(2026, 10, 30))
        expires = issued + timedelta(365 * years)
        gone = issued + timedelta(200) if number % 40 == 0 else None
        rows.append((kind, f"QLRZ{issued.year}{number:05}", unit.name, unit.code, PLACE, issued, expires, gone, issuer, about))
    body = "云泽省示例市场监督管理局（示例）"
    centres = (
        # Renewed in 2024: two certificates, one centre.
        (CENTRES[0], "QLCMA20180001", date(2018, 6, 1), date(2024, 5, 31)),
        (CENTRES[0], "QLCMA20240001", date(2024, 5, 20), date(2030, 5, 19)),
        (CENTRES[1], "QLCMA20220001", date(2022, 3, 15), date(2028, 3, 14)),
        (CENTRES[2], "QLCMA20250001", date(2025, 9, 8), date(2031, 9, 7)),
        ("青岭溪山检测技术有限公司（示例）", "QLCMA20230001", date(2023, 4, 3), date(2029, 4, 2)),
    )
    for holder, numbered, issued, expires in centres:
        rows.append(("检验检测机构资质认定", numbered, holder, None, PLACE, issued, expires, None, body, "产品质量检验检测"))
    return rows


STANDARD_HEADER = (
    *(
        "标准编号",
        "标准名称",
        "标准级别",
        "制定或修订",
        "参与方式",
        "参与单位",
        "参与单位信用代码",
        "所在地区",
        "发布日期",
        "实施日期",
    ),
)
_ABOUT = ("竹地板生产", "笋干加工", "茶叶种植", "农村自建房建造", "养老服务", "民宿服务", "菌菇栽培", "预拌砂浆应用")
_WHAT = ("技术规程", "管理规范", "质量要求")


def _standards() -> list[Row]:
    dice = chance("standards")
    makers = dice.sample(MAKERS, 60)
    rows: list[Row] = []
    local = [*zip(range(2019, 2024), STANDARDS_BEFORE, strict=True), *((y, int(value(STANDARDS, y))) for y in YEARS)]
    running = 0

    def title() -> str:
        return f"{dice.choice(_ABOUT)}{dice.choice(_WHAT)}（示例）"

    def add(numbered: str, name: str, level: str, action: str, role: str, unit: Unit, on: date) -> None:
        rows.append((numbered, name, level, action, role, unit.name, unit.code, PLACE, on, on + timedelta(31)))

    for year, made in local:
        for _ in range(made):
            running += 1
            numbered, name, on = f"DB990124/T {running:03}-{year}", title(), day(dice, date(year, 2, 1), date(year, 11, 25))
            # A standard with two units has two rows and is one standard.
            for role, unit in zip(("主导", "参与"), dice.sample(makers, dice.choice((1, 2))), strict=False):
                add(numbered, name, "地方标准", "制定", role, unit, on)
        if year in YEARS:
            on = day(dice, date(year, 2, 1), date(year, 11, 25))
            add(f"DB990124/T {year - 2023:03}-{year}", title(), "地方标准", "修订", "主导", dice.choice(makers), on)
            add(f"DB9901/T {year - 2000:03}-{year}", title(), "地方标准", "制定", "参与", dice.choice(makers), on)
            add(f"T/QLSL {year - 2000:03}-{year}", title(), "团体标准", "制定", "主导", dice.choice(makers), on)
    for year, made in zip(range(2019, 2024), HIGHER_STANDARDS_BEFORE, strict=True):
        for number in range(made):
            level, prefix = ("国家标准", "GB/T 99") if number else ("行业标准", "LY/T 99")
            on = day(dice, date(year, 2, 1), date(year, 11, 25))
            add(f"{prefix}{year % 100}{number}-{year}", title(), level, "制定", "参与", dice.choice(makers), on)
    return rows


def files() -> list[RecordFile]:
    """Awards, certificates and standards."""
    return [
        sheet("award", "品牌与奖项", MARKET, AWARD_HEADER, _awards()),
        sheet("certificate", "认证证书", MARKET, CERTIFICATE_HEADER, _certificates()),
        sheet("standard_project", "标准制修订项目", MARKET, STANDARD_HEADER, _standards()),
    ]
