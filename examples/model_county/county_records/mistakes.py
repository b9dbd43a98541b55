"""Which mistakes do offices make in records? A few rows to be handed back, beside one that is taken.

They are of the register of complaints, and dated so that no figure changes whatever becomes of them.
"""

from __future__ import annotations

from county_records.complaints import HEADER
from county_records.files import RecordFile, Row, Table
from county_records.units import MARKET

NAME = "示例数据_有错误的投诉记录.xlsx"
_GOOD = {
    "登记编号": "QLCW2026001",
    "类型": "咨询",
    "来源渠道": "电话",
    "收到日期": "2026-12-07 09:20",
    "办结日期": "2026-12-07 16:05",
    "办理结果": "已答复",
    "发生地": "青岭县",
    "涉及领域": "家用电器",
    "办理单位": MARKET,
}
# What is wrong, and the cells that say so.
MISTAKES: tuple[tuple[str, dict[str, str]], ...] = (
    ("没有错误", {}),
    ("登记编号没填", {"登记编号": ""}),
    ("类型不在代码表里", {"类型": "表扬"}),
    ("地区不存在", {"发生地": "青领县"}),
    ("日期读不懂", {"收到日期": "上周三"}),
    ("日期还没到", {"收到日期": "2062-12-07 09:20", "办结日期": "2062-12-08 09:20"}),
    ("办结早于收到", {"办结日期": "2026-12-01 10:00"}),
    ("办结了没有结果", {"办理结果": ""}),
    ("信用代码抄错一位", {"被投诉单位": "青岭云岫食品有限公司（示例）", "被投诉单位信用代码": "91990124MA0002005X"}),
    ("金额为负", {"涉及金额": "-120"}),
    ("金额不是数", {"涉及金额": "约三百元"}),
    ("一行有两处错误", {"类型": "", "办结日期": "2026-11-30 10:00"}),
)


def files() -> list[RecordFile]:
    """The workbook with mistakes."""
    rows: list[Row] = []
    for number, (_, cells) in enumerate(MISTAKES, 1):
        said = {**_GOOD, "登记编号": f"QLCW2026{number:03}", **cells}
        rows.append(tuple(said.get(name) or None for name in HEADER))
    return [RecordFile("complaint", NAME, MARKET, (Table("有错误的投诉记录", HEADER, rows),))]
