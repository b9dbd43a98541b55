"""What are the columns of the table of targets called, in every paper that prints it?"""

from __future__ import annotations

from enum import StrEnum


class Head(StrEnum):
    """A column; its value is the printed head."""

    NUMBER = "序号"
    GROUP = "分组"
    INDICATOR = "指标"
    ATTRIBUTE = "属性"
    GOAL = "规划目标"
    YEAR = "完成年份"
    BASELINE = "基期水平"
    LATEST = "最新进展"
    VERDICT = "评价"
    SHARE = "已完成进度"
    ELAPSED = "时间进度"
    REASON = "评价理由"
    UNITS = "责任单位"
