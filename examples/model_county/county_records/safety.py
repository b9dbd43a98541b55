"""Which incidents happened, and who declared for which quarter that no other did?

No incident of the grades that count as larger: zero is proven by the declarations, one for each kind and quarter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from county_records.figures import PLACE, PLACE_CODE, YEARS, value
from county_records.files import RecordFile, Row, sheet
from county_records.units import BUILDING, FARMING, MARKET, NATURE, SAFETY

LARGER, FOOD_ZERO = "较大以上质量安全事故", "重大食品安全"


@dataclass(frozen=True)
class Incident:
    """An incident of the grade 一般."""

    kind: str
    happened: date
    deaths: int
    injured: int
    loss: str
    summary: str


# The deaths are those behind 万台特种设备死亡人数, whose denominator no register holds.
INCIDENTS = (
    Incident("特种设备", date(2024, 5, 17), 1, 0, "96.5", "厂内机动车辆碰撞（示例）"),
    Incident("工程质量", date(2024, 8, 2), 0, 1, "38", "围墙局部倒塌（示例）"),
    Incident("食品安全", date(2025, 6, 11), 0, 9, "4.2", "婚宴聚餐后多人腹泻（示例）"),
    Incident("特种设备", date(2025, 9, 23), 1, 1, "110.8", "货梯检修中坠落（示例）"),
    Incident("突发环境事件", date(2026, 3, 5), 0, 0, "12.6", "罐车侧翻少量泄漏（示例）"),
    Incident("特种设备", date(2026, 4, 29), 1, 0, "101", "压力容器快开门伤人（示例）"),
    Incident("产品质量", date(2026, 10, 14), 0, 2, "1.5", "电热器具漏电（示例）"),
)
DECLARERS = {
    "产品质量": MARKET,
    "食品安全": MARKET,
    "农产品质量安全": FARMING,
    "药品安全": MARKET,
    "工程质量": BUILDING,
    "特种设备": MARKET,
    "突发环境事件": NATURE,
}
HEADER = (
    *("事故编号", "事故类别", "事故等级", "发生日期", "报告日期", "发生地", "责任单位", "死亡人数", "受伤人数"),
    *("直接经济损失", "区域性系统性", "事故简况"),
)
COMPLETE_HEADER = ("地区", "事故类别", "时期起", "时期止", "登记事故数", "声明单位", "声明日期", "核对依据")


def _incidents() -> Iterator[Row]:
    for number, one in enumerate(INCIDENTS, 1):
        first = (f"QLSG{one.happened.year}{number:03}", one.kind, "一般", one.happened, one.happened + timedelta(1), PLACE)
        yield (*first, "示例责任单位（示例）", one.deaths, one.injured, Decimal(one.loss), False, one.summary)


def _declarations() -> Iterator[Row]:
    for year in YEARS:
        if value(LARGER, year) or value(FOOD_ZERO, year):
            raise ValueError(f"{year}: no longer zero")
        for quarter in range(4):
            start = date(year, 3 * quarter + 1, 1)
            end = (date(year, 3 * quarter + 4, 1) if quarter < 3 else date(year + 1, 1, 1)) - timedelta(1)
            for number, (kind, by) in enumerate(DECLARERS.items()):
                count = sum(one.kind == kind and start <= one.happened <= end for one in INCIDENTS)
                basis = "与应急值班记录、12315和12345工单、医疗机构报告逐条核对（示例）"
                yield (PLACE_CODE, kind, start, end, count, by, end + timedelta(5 + number), basis)


def files() -> list[RecordFile]:
    """Incidents and the declarations that there are no others."""
    return [
        sheet("incident", "质量安全事故", SAFETY, HEADER, list(_incidents())),
        sheet("incident_completeness", "事故台账完整性声明", SAFETY, COMPLETE_HEADER, list(_declarations())),
    ]
