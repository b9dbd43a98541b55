"""What does a column of an indicator table hold?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from zhiheng.documents.tree import Text
from zhiheng.plans.quantities.horizon import five_year_plan


class Kind(StrEnum):
    """What stands in a column."""

    SERIAL = "serial"
    GROUP = "group"
    INDICATOR = "indicator"
    UNIT = "unit"
    VALUE = "value"
    ATTRIBUTE = "attribute"
    VERDICT = "verdict"
    OFFICE = "office"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its kind and, of values, which: `part` target, baseline or actual as the head says (None: only a year),
    `first` the earlier of two years (2025年→2030年)."""

    kind: Kind
    part: str | None = None
    year: int | None = None
    growth: bool = False
    total: bool = False
    unit: str | None = None
    head: str = ""
    past: bool = False
    first: int | None = None


_SERIAL = re.compile(r"^(?:序号|序|编号|号|No\.?)$")
_GROUP = re.compile(
    r"^(?:分类|类别|领域|类型|维度|一级指标|指标类别|指标分类|项目类别|目标类别|板块|方面|指标类型分类|序列|分项)$"
)
_INDICATOR = re.compile(
    r"^(?:主要|具体|核心|二级|三级|重点|工作内容及|工作|规划|发展|评价|监测|考核)*(?:指标|目标)(?:名称|内容|项目|体系)?$|^(?:项目|内容|名称|工作内容|指标项|指标及单位|指标名称\(单位\)|指标\(单位\)|目标名称|建设内容)$"
)
_AIM = frozenset({"目标", "工作目标", "规划目标", "发展目标"})
_UNIT = re.compile(r"^(?:计量|指标|数值)?单位$")
_ATTRIBUTE = re.compile(r"^(?:指标)?(?:属性|性质)$|^(?:指标)类型$|^约束性/预期性$")
_VERDICT = re.compile(
    r"^(?:完成)?(?:指标)?(?:情况评价|完成情况评价|评价|完成评价|完成与否|是否完成|判定|评估结果|达标情况|完成状态|评价结果|实现情况|完成指标情况|完成情况判定|目标完成情况|结论)$"
)
_OFFICE = re.compile(r"^(?:责任|牵头|实施|主管|负责|数据|配合|主要责任|牵头责任)(?:单位|部门|来源|科室|主体)(?:\(.*\))?$")
_NOTE = re.compile(r"^(?:备注|说明|口径|指标解释|数据来源|统计口径|注)$")
_YEAR = re.compile(r"((?:19|20)\d\d)\s*年?")
_COMPARED_WITH = re.compile(r"比(?:19|20)\d\d年?")
_TARGET = re.compile(r"目标|预期|规划值|规划数|计划|指标值|任务|预计达到")
_BASE = re.compile(r"现状|基期|基准|基础|现有|当前|初始|起始|基数")
_ACTUAL = re.compile(r"完成|实际|实绩|达到|实现|执行")
_GROWTH = re.compile(r"增长|增速|增幅|年均|升降|变化|增减")
_TOTAL = re.compile(r"累计|合计|〔")
_CONTINUES = re.compile(
    r"^(?:数据|目标|目标值|预期目标|情况|数|值|预期值|名称|属性|单位|现状|实绩|实际值|完成情况|完成值|基期值|\(.*\)|[\[〔].*[\]〕]|\(.*)$"
)
_VALUE_HEAD = re.compile(
    r"(?:(?:19|20)\d\d|[“\"]?(?:十[一二三四五六七]?|[一二三四五])五[”\"]?|[一二三四五]年|年度?|[底末初]|时期|期间|规划期?|五年|目标|指标|预期|预计|现状|基期|基准|基础|完成|实际|实绩|情况|数据|数值?|值|数|增长率?|增速|增|[一二三四五1-5]年|年均|累计|平均|或|及|和|与|"
    r"[〔〕→>()\[\]{}%、/\-~—至到]|[现当]前|现有|计划|任务|期|上|达到|水平|实现|较|比|变化|升降|幅度|增幅|新增|的|基数|执行|执行数|中期|终期|阶段|近期|远期|属性值|合计|总数|下达|分年度|全县|全市|全区|全省|单位){1,14}"
)
ATTRIBUTES = ("约束性", "预期性", "引导性", "指导性", "约束", "预期", "基础性", "核心", "特色", "自选性", "参考性", "监测性")


def classify(head: str) -> Column | None:
    """The column that a head cell names, or None when it names none. `head` folded."""
    text = re.sub(r"\s+", "", head).strip("*:")
    if not text or len(text) > 30:
        return None
    for kind, pattern in (
        (Kind.SERIAL, _SERIAL),
        (Kind.GROUP, _GROUP),
        (Kind.INDICATOR, _INDICATOR),
        (Kind.UNIT, _UNIT),
        (Kind.ATTRIBUTE, _ATTRIBUTE),
        (Kind.VERDICT, _VERDICT),
        (Kind.OFFICE, _OFFICE),
        (Kind.NOTE, _NOTE),
    ):
        if pattern.match(text):
            return Column(kind, head=text)
    if _VALUE_HEAD.fullmatch(text):
        return value_column(text)
    plain = re.sub(r"\([^()]{4,}\)", "", text)  # a gloss in brackets is no part of the head
    return value_column(plain) if plain != text and _VALUE_HEAD.fullmatch(plain) else None


def value_column(text: str) -> Column | None:
    """A value column from its folded head."""
    years = [int(y) for y in _YEAR.findall(_COMPARED_WITH.sub("", text))]
    year = years[-1] if years else None
    past = False
    if year is None and (span := five_year_plan(text)):
        year, past = span[1], True
    part = None
    if _BASE.search(text):
        part = "baseline"
    elif _TARGET.search(text):
        part = "target"
    elif _ACTUAL.search(text):
        part = "actual"
    growth = bool(_GROWTH.search(text))
    if year is None and part is None and not growth and not _TOTAL.search(text) and not re.search(r"^数据$|期末|末$", text):
        return None
    unit = "%" if growth and re.search(r"%|增速|增长率", text) else None
    if re.search(r"→|->", text):
        part = "target"
    first = years[0] if len(years) > 1 else None
    return Column(Kind.VALUE, part, year, growth, bool(_TOTAL.search(text)), unit, text, past, first)


def merge_heads(cells: Sequence[Text]) -> tuple[list[Column], int]:
    """Columns of a head written one cell after the other, pieces of one head rejoined; and how many cells it took.

    The head ends at the first cell that neither names a column nor continues the one before.
    """
    columns: list[Column] = []
    used = 0
    for cell in cells:
        text = re.sub(r"\s+", "", cell.folded)
        if columns and (joined := _joined(columns, text)) is not None:
            columns[-1] = joined
            used += 1
            continue
        column = classify(text)
        if column is None and columns and used + 1 < len(cells):
            # A head broken over two cells ("“十三五”指标" + "目标").
            following = re.sub(r"\s+", "", cells[used + 1].folded)
            column = classify(text + following) if len(text) <= 10 and classify(following) is None else None
            if column is not None and column.kind is Kind.VALUE and not re.search(r"\d{4}|目标|现状|完成", text):
                column = None
            if column is not None:
                break
        if column is None:
            break
        columns.append(column)
        used += 1
    return columns, used


def _joined(columns: Sequence[Column], text: str) -> Column | None:
    """The last column with this cell as the rest of its head, or None when the cell begins a column of its own."""
    last = columns[-1]
    if last.kind is Kind.SERIAL:
        return last if text == "号" else None
    if text == "属性" and last.kind is Kind.INDICATOR and sum(c.kind is Kind.INDICATOR for c in columns) > 1:
        return Column(Kind.ATTRIBUTE, head=last.head + text)
    if not _CONTINUES.match(text):
        return None
    alone = classify(text)
    if last.kind is Kind.VALUE:
        if alone is not None and alone.kind not in {Kind.VALUE, Kind.INDICATOR}:
            return None
        whole = value_column(last.head + text)
        if whole is None or (
            last.part is not None and alone is not None and alone.part is not None and not text.startswith("(")
        ):
            return None
        return whole
    return classify(last.head + text) if alone is None else None


def aims_beside(columns: Sequence[Column | None]) -> list[Column | None]:
    """The columns with 目标 read as values where another column names the indicator (指标 | 目标 | 完成)."""
    names = [c for c in columns if c is not None and c.kind is Kind.INDICATOR]
    if len(names) < 2 or all(c.head in _AIM for c in names):
        return list(columns)
    return [
        Column(Kind.VALUE, "target", head=c.head) if c is not None and c.kind is Kind.INDICATOR and c.head in _AIM else c
        for c in columns
    ]


def is_table(columns: Sequence[Column]) -> bool:
    """Whether these columns make an indicator table: an indicator and at least one value."""
    kinds = [c.kind for c in columns]
    return Kind.INDICATOR in kinds and Kind.VALUE in kinds
