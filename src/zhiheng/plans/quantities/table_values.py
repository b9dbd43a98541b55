"""What does one value of a table row say: its role and year, comparator, unit and basis?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhiheng.base.quantity import Basis
from zhiheng.documents.fold import fold
from zhiheng.plans.model import Comparator, Modality, Role, Source
from zhiheng.plans.quantities.cells import BREAK, CellValue, is_unit
from zhiheng.plans.quantities.columns import Column, Kind
from zhiheng.plans.quantities.draft import Draft
from zhiheng.plans.quantities.rows import Entry, Row
from zhiheng.plans.quantities.setting import Setting
from zhiheng.plans.quantities.site import per_head
from zhiheng.plans.quantities.values import printed_unit, unit_kind

_HALF_WIDTH = str.maketrans("％﹪／", "%%/")
_CAPTION_PAST = re.compile(r"完成|执行|实现|落实|达成")
_RISING = re.compile(r"(?:增长|增速|增幅|增长率|涨幅|年均增速|年均增长)(?:率|速度)?\d?(?:[(〔\[][^)〕\]]*[)〕\]])*$")
_FALLING = re.compile(
    r"(?:下降|降低|减少|削减|下降率|降低率|减少率|下降幅度|降幅|下降比例|降低幅度|缩减)(?:率|比例|幅度)?\d?(?:[(〔\[][^)〕\]]*[)〕\]])*$"
)
_UNIT_IN_NAME = re.compile(r"[(](?P<unit>[^()]*(?:\([^()]*\))?[^()]*)[)]\s*$")
_LEVEL_NAME = re.compile(
    r"(?:率|比例|比重|占比|指数|满意度|浓度|强度|系数|得分|评分|水平|生产率|总值|产值|增加值|收入|支出|投资|税收|面积|寿命|年限|产量|能力|储量|蓄积量|里程|密度|消费量|用水量|排放量|销售额|营业额|总额|经费|周转量|规模|公共厕所|盖度|保有量(?=.*[亩])|位次|排名|指标|时间|时长|天数|价值|贡献率|当量)(?:[(〔\[][^)〕\]]*[)〕\]])*$"
)
_SCOPE = re.compile(r"规模以上|规上|[国省市县区]控(?:以上)?断面|县级以上城市|县级以上|公共建筑")


@dataclass(frozen=True, slots=True)
class TableContext:
    """What the surroundings of a table decide: years, role of undated columns, and what its marks mean."""

    setting: Setting
    completed: bool
    meanings: dict[str, str]


def table_context(columns: Sequence[Column], setting: Setting, meanings: dict[str, str], caption: str) -> TableContext:
    """The context of a table with these columns under this caption."""
    verdicts = any(c.kind is Kind.VERDICT for c in columns)
    parts = {c.part for c in columns if c.kind is Kind.VALUE}
    years = {part: {c.year for c in columns if c.part == part and c.year} for part in ("target", "actual")}
    side_by_side = bool(years["target"] & years["actual"])
    completed = verdicts or ("actual" in parts and "target" in parts and (side_by_side or bool(_CAPTION_PAST.search(caption))))
    return TableContext(setting, completed, meanings)


def row_drafts(rows: Sequence[Row], columns: Sequence[Column], context: TableContext) -> Iterator[Draft]:
    """Drafts of every value of the rows."""
    for row in rows:
        for k, indicator in enumerate(row.indicators):
            key = None
            for entry, value in _row_values(row, k):
                if key is None:
                    anchor = entry.cell.anchor(value.start, value.end)
                    key = (anchor.place, anchor.start, k)
                yield _draft(row, indicator, entry, value, columns=columns, context=context, key=key)


def _row_values(row: Row, k: int) -> Iterator[tuple[Entry, CellValue]]:
    """Values of the k-th indicator of a row: the k-th value of stacked cells, or the k-th run of entries."""
    n = len(row.indicators)
    if n == 1:
        for entry in row.entries:
            for value in entry.values if any(v.part for v in entry.values) else entry.values[:1]:
                yield entry, value
        return
    if any(len(e.values) == n for e in row.entries):
        for entry in row.entries:
            if len(entry.values) == n:
                yield entry, entry.values[k]
        return
    width = len(row.entries) // n
    for entry in row.entries[k * width : (k + 1) * width]:
        for value in entry.values[:1]:
            yield entry, value


def _draft(
    row: Row,
    indicator: str,
    entry: Entry,
    value: CellValue,
    *,
    columns: Sequence[Column],
    context: TableContext,
    key: tuple[object, ...],
) -> Draft:
    column = entry.column
    role, year = _role_and_year(column, columns, context)
    if value.part is not None:
        role = Role(value.part)
        year = (column.first or context.setting.past_year) if role is Role.BASELINE else (year or context.setting.horizon)
    name = re.sub(r"^\s*其中:?", "", fold(indicator))
    unit = _unit(row, name, indicator, value, column)
    if unit and unit == value.unit and (at := entry.cell.folded.find(unit, value.start)) >= 0:
        unit = printed_unit(entry.cell, [(at, at + len(unit))])
    comparator, low, high, basis = _reading(name, value, column, fold(unit) if unit else unit, row=row, context=context)
    scope = _SCOPE.findall(indicator)
    return Draft(
        entry.cell,
        value.start,
        value.end,
        indicator,
        comparator,
        low,
        high,
        unit,
        Source.TABLE,
        role=role,
        year=year,
        basis=basis,
        modality=Modality.FIRM if role is Role.TARGET else None,
        scope=scope[-1] if scope else None,
        context=" ".join(
            x for x in (row.group, indicator, row.unit, *(e.cell.string.strip() for e in row.entries), row.verdict) if x
        ),
        attribute=row.attribute,
        marks=value.marks,
        group=row.group,
        row=key,
        period=column.head if column.past else None,
    )


def _unit(row: Row, name: str, indicator: str, value: CellValue, column: Column) -> str | None:
    if value.unit and unit_kind(value.unit) != "scale":
        return value.unit
    units = BREAK.split(row.unit) if row.unit else []
    printed = units[row.indicators.index(indicator)] if len(units) == len(row.indicators) else row.unit
    printed = printed.translate(_HALF_WIDTH) if printed else printed
    if printed is None and (m := _UNIT_IN_NAME.search(fold(indicator))):
        inside = re.split(r"[,，、;；]", indicator[m.start("unit") : m.end("unit")])[0].strip()
        printed = inside.translate(_HALF_WIDTH) if is_unit(fold(inside)) else None
    if column.growth and column.unit and not _own_growth(name, row):
        return column.unit
    if value.unit:  # a scale word alone (2.3万) belongs to the unit of the column
        return value.unit + (printed or "")
    return printed


def _own_growth(name: str, row: Row) -> bool:
    """Whether a growth column holds the indicator's own value because its level columns say nothing (失业率 — <5.5)."""
    others = [
        e
        for e in row.entries
        if not e.column.growth and e.column.part != "baseline" and e.column.kind is Kind.VALUE and e.values and e.column.year
    ]
    latest = max((e.column.year or 0 for e in row.entries if not e.column.growth), default=0)
    return not any(e.column.year == latest for e in others) and not _RISING.search(name)


def _reading(
    name: str, value: CellValue, column: Column, unit: str | None, *, row: Row, context: TableContext
) -> tuple[Comparator, str | None, str | None, Basis]:
    comparator, low, high = value.comparator, value.low, value.high
    meaning = next((context.meanings[m] for m in value.marks if m in context.meanings), None)
    negative = (low or "").startswith("-")
    falling = bool(_FALLING.search(name)) or (
        bool(re.search(r"下降|降低|减少", value.prefix)) and not re.search(r"[到至]$", value.prefix)
    )
    rising = bool(_RISING.search(name)) or bool(re.search(r"增长(?!到|至)|增速|提高$|提升$", value.prefix))
    rising = rising or (column.growth and not _own_growth(name, row))
    if comparator is Comparator.ZERO_EVENTS:
        return comparator, low, high, Basis.COUNT
    yearly = (
        "年均" in value.prefix
        or "年均" in name
        or ("年均" in column.head and "〔" not in "".join(value.marks) and not _own_growth(name, row))
    )
    if falling or (negative and (meaning == "cumulative" or column.growth)):
        low = high = (low or high or "").lstrip("-")
        return Comparator.DECREASE_BY, low, high, Basis.REDUCTION
    if rising:
        if comparator is not Comparator.RANGE:
            low = high = low or high
        basis = (
            Basis.CUMULATIVE
            if meaning == "cumulative" and not _RISING.search(name)
            else Basis.AVERAGE
            if yearly
            else Basis.LEVEL
        )
        return Comparator.INCREASE_BY, low, high, basis
    if column.total and unit_kind(unit) in {"count", "measure"} and not meaning:
        return comparator, low, high, Basis.CUMULATIVE
    return comparator, low, high, _basis(name, unit, meaning, value)


def _basis(name: str, unit: str | None, meaning: str | None, value: CellValue) -> Basis:
    if meaning:
        return Basis(meaning)
    if "年均" in value.prefix:
        return Basis.AVERAGE
    if unit_kind(unit) == "rate":
        return Basis.LEVEL
    if re.search(r"[(（](?:五年|历年|规划期|年)?(?:[^()]{0,6})?累计(?:数)?[)）]|累计|[,,]累计[)）]", name):
        return Basis.CUMULATIVE
    if re.search(r"[(（][^()]{0,4}新增(?:数)?[)）]|^新增(?!\()|^新建(?!民用|建筑|住宅)|^引进", name):
        return Basis.NEW
    bare = re.sub(r"[(〔\[（][^)〕\]）]*[)〕\]）]", "", name)
    if per_head(bare) or re.search(r"^(?:人均|户均|亩均|万元|千人|万[人台车户]|百[万户人]|单位|每)", bare):
        return Basis.LEVEL
    kind = unit_kind(unit)
    if kind in {"rate", "time"} or (kind == "measure" and not _person_scale(unit)) or (unit and "/" in unit):
        return Basis.LEVEL
    if unit in {"分", "位", "倍"}:
        return Basis.LEVEL
    if (
        kind in {"bare", "scale"}
        and _LEVEL_NAME.search(name)
        and not re.search(r"总数|数量|个数|家数|次数|起数|人数|件数|项数", bare[-3:])
    ):
        return Basis.LEVEL
    return Basis.COUNT


def _person_scale(unit: str | None) -> bool:
    return bool(unit and re.search(r"[人户名]$", unit))


def _role_and_year(column: Column, columns: Sequence[Column], context: TableContext) -> tuple[Role, int | None]:
    """Role and year of a value column: what its head says, else its year against the paper's own."""
    setting = context.setting
    later = [c.year for c in columns if c.year is not None]
    if context.completed:
        if column.part == "target":
            return Role.TARGET, column.year or max(later, default=setting.past_year or 0) or None
        if column.part != "baseline":
            return Role.ACTUAL, column.year or max(later, default=setting.past_year or 0) or None
    if column.part == "target":
        return Role.TARGET, column.year or setting.horizon
    year = column.year
    if column.part in {"baseline", "actual"}:
        role = Role.ACTUAL if column.part == "actual" and not _has_target(columns, setting) else Role.BASELINE
        return role, year if year is not None else setting.past_year
    if year is None:
        return (Role.ACTUAL, setting.past_year) if setting.role is Role.ACTUAL else (Role.TARGET, setting.horizon)
    now = setting.now
    past = now is not None and (
        year < now
        or (
            year == now
            and year == min(later)
            and max(later) > year
            and (setting.first != year or min(y for y in later if y > year) > year + 1)
        )
    )
    if past:
        return (Role.BASELINE if _has_target(columns, setting) else Role.ACTUAL), year
    return Role.TARGET, year


def _has_target(columns: Sequence[Column], setting: Setting) -> bool:
    return any(
        c.part == "target" or (c.part is None and c.year is not None and setting.now is not None and c.year > setting.now)
        for c in columns
    )
