"""What does the plan's Excel form look like? Sheets of rows, one row a target, that `form_reading` turns into the same plan.

A sheet of its own marks the workbook as a form. Columns name the key of the record (`plans.serial`) that they hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhiheng.base.problem import Severity
from zhiheng.base.quantity import Basis
from zhiheng.plans import form_cells as cells
from zhiheng.plans import form_words as said
from zhiheng.plans.form_cells import Cell, Codec, LongTexts, words
from zhiheng.plans.model import CommitmentClass, CommitmentKind, Comparator, Modality, Plan, Role, Source, Standing, TargetKind
from zhiheng.plans.serial import plan_record
from zhiheng.rules.messages import sentence

MARK = "质衡规划表"
VERSION = "1"
LONG = "长文"
LONG_HEADER = ("编号", "段", "内容")
TARGETS = "目标"
ASKED = "asked"  # the open questions as sentences; clearing them answers them


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, the record's key (a dot leads into an inner record), how cells hold it.

    `needed`: a row without it is no row. `empty` is the value that an empty cell stands for. `folded`: there to keep
    the plan whole, nothing a person would change.
    """

    header: str
    key: str
    codec: Codec = cells.TEXT
    needed: bool = False
    empty: object = None
    width: int = 10
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet of the form: the plan's list it holds and its columns."""

    name: str
    key: str
    columns: tuple[Column, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as rows of cells; `widths` in characters, `choices` by column offer the words that may stand there.

    `folded` columns are shown when a person unfolds them.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    choices: Mapping[int, tuple[str, ...]]
    hidden: bool = False
    folded: frozenset[int] = frozenset()


def _text(header: str, key: str, width: int = 10, *, needed: bool = False, folded: bool = False) -> Column:
    """A text that is always there, if only empty."""
    return Column(header, key, cells.TEXT, needed, empty="", width=width, folded=folded)


def _list(header: str, key: str, width: int = 16, *, folded: bool = False) -> Column:
    return Column(header, key, cells.LIST, empty=(), width=width, folded=folded)


def _whole(header: str, key: str, empty: int | None = None) -> Column:
    return Column(header, key, cells.WHOLE, empty=empty, width=7, folded=True)


_ELSEWHERE = (
    _whole("段落", "paragraph"),
    _whole("表序", "table"),
    _whole("表行", "row"),
    _whole("表列", "column"),
    Column("原工作表", "sheet", folded=True),
    _whole("脚注", "note"),
    _whole("页", "page"),
    Column("页内位置", "box", cells.BOX, width=20, folded=True),
)
_PLACE = (_whole("行", "line"), _whole("起", "char_start", 0), _whole("止", "char_end", 0), *_ELSEWHERE)
_OPEN_PLACE = (_whole("行", "line"), _whole("起", "char_start"), _whole("止", "char_end"), *_ELSEWHERE)
_CATALOGUE = (
    Column("目录指标", "catalogue.indicator", width=24, folded=True),
    Column("目录名称", "catalogue.name", empty="", width=20, folded=True),
    Column("匹配分", "catalogue.score", cells.SCORE, empty=0.0, width=8, folded=True),
    Column("匹配依据", "catalogue.reason", said.MATCH, empty="", folded=True),
)

COVER = (
    ("规划名称", Column("", "meta.title")),
    ("发文机关", Column("", "meta.issuing_body")),
    ("文号", Column("", "meta.document_number")),
    ("索引号", Column("", "meta.index_no")),
    ("成文日期", Column("", "meta.adopted_date")),
    ("发布日期", Column("", "meta.published_date")),
    ("起始年份", Column("", "meta.period_start", cells.WHOLE)),
    ("截止年份", Column("", "meta.period_end", cells.WHOLE)),
    ("地区", Column("", "meta.region_name")),
    ("地区代码", Column("", "meta.region_code")),
    ("来源文件", Column("", "name", empty="")),
    ("其他信息", Column("", "meta.extra", said.BESIDE, empty={})),
)

LAYOUTS = (
    Layout(
        TARGETS,
        "targets",
        (
            _text("编号", "id", 8),
            Column("分组", "group", width=12),
            _text("指标", "indicator", 34, needed=True),
            Column("判定方式", "comparator_judged", words(Comparator), needed=True),
            Column("数值下限", "value_low", cells.DECIMAL),
            Column("数值上限", "value_high", cells.DECIMAL),
            Column("单位", "unit"),
            Column("完成年份", "year", cells.YEAR),
            Column("口径", "basis", words(Basis), needed=True),
            Column("约束力", "modality", words(Modality), empty=Modality.FIRM.value),
            Column("属性", "attribute"),
            Column("范围", "scope"),
            Column("基期值", "baseline.value", cells.DECIMAL),
            Column("基期年份", "baseline.year", cells.YEAR),
            Column("基期为下限", "baseline.floor", cells.YES_NO, empty=False),
            Column("年度路径", "path", cells.PATH, empty={}, width=22),
            _text("待确认", ASKED, 30),
            Column("本规划目标", "own", cells.YES_NO, empty=True),
            Column("起算年份", "period_start", cells.YEAR),
            _text("原文数值", "text", 14),
            _text("原文语句", "context", 50),
            Column("原文方式", "comparator_printed", words(Comparator), folded=True),
            Column("判定依据", "judged_by", said.WHY_JUDGED, empty="", width=30, folded=True),
            Column("方向", "direction", said.DIRECTION, folded=True),
            Column("类型", "kind", words(TargetKind), folded=True),
            Column("待确认代码", "questions", cells.QUESTIONS, empty=(), width=20, folded=True),
            _list("目标出处", "mentions", folded=True),
            _list("实绩出处", "actuals", folded=True),
            *_CATALOGUE,
            *_OPEN_PLACE,
        ),
    ),
    Layout(
        "任务",
        "tasks",
        (
            _text("编号", "id", 8),
            Column("序号", "number"),
            _text("任务", "title", 30, needed=True),
            Column("上级标题", "parent_title", width=24),
            Column("章", "chapter", width=24),
            _list("责任单位", "responsible_units", 36),
            _list("牵头单位", "lead_units", 20),
            _list("配合单位", "supporting_units", 20),
            _list("沿用单位", "inherited_units", 20),
            _list("集合表述", "open_units", 20),
            Column("承诺等级", "commitment_class", words(CommitmentClass), empty=CommitmentClass.PLAIN.value),
            _text("正文", "text", 60),
            Column("承诺语句", "sentences", said.COMMITTED, empty=(), width=40, folded=True),
            *_PLACE,
        ),
    ),
    Layout(
        "无数值承诺",
        "commitments",
        (
            _text("编号", "id", 8),
            Column("种类", "kind", words(CommitmentKind), needed=True, width=12),
            _text("指标", "indicator", 34, needed=True),
            _text("原文", "text", 20),
            _text("原文语句", "context", 50),
            Column("完成年份", "year", cells.YEAR),
            Column("约束力", "modality", words(Modality), empty=Modality.FIRM.value),
            *_PLACE,
        ),
    ),
    Layout(
        "数据出处",
        "mentions",
        (
            _text("编号", "id", 8),
            _text("指标", "indicator", 34),
            Column("角色", "role", words(Role), needed=True),
            Column("原文方式", "comparator", words(Comparator), needed=True),
            Column("数值下限", "value_low", cells.DECIMAL),
            Column("数值上限", "value_high", cells.DECIMAL),
            Column("单位", "unit"),
            Column("年份", "year", cells.YEAR),
            Column("口径", "basis", words(Basis), needed=True),
            Column("约束力", "modality", words(Modality)),
            Column("范围", "scope"),
            _text("原文数值", "text", 14),
            Column("位置", "source", words(Source), needed=True),
            Column("时期", "period"),
            Column("属性", "attribute"),
            _list("标记", "marks", 10),
            Column("分组", "group"),
            _text("原文语句", "context", 50),
            *_CATALOGUE,
            *_PLACE,
        ),
    ),
    Layout("名词解释", "definitions", (_text("名词", "term", 20), _text("解释", "text", 70), *_PLACE)),
    Layout(
        "提纲",
        "outline",
        (Column("层级", "level", cells.WHOLE, needed=True), Column("序号", "number"), _text("标题", "title", 40), *_PLACE),
        hidden=True,
    ),
    Layout(
        "数字清点",
        "coverage.numbers",
        (
            _text("数字", "text", 14),
            Column("去向", "standing", words(Standing), needed=True),
            Column("原因", "reason", said.REASON, empty="", width=24),
            *_PLACE,
        ),
        hidden=True,
    ),
    Layout(
        "问题",
        "problems",
        (
            _text("代码", "code", 30, needed=True),
            Column("程度", "severity", words(Severity), needed=True),
            Column("事实", "facts", cells.OBJECT, empty={}, width=50),
            Column("文件", "file", width=20),
            Column("工作表", "sheet"),
            Column("行", "row", cells.WHOLE),
            Column("列", "column"),
            Column("原文行", "line", cells.WHOLE),
        ),
        hidden=True,
    ),
)

HOW_TO = (
    ("说明一", "本表可直接修改后再次导入：在“目标”表中一行为一项目标，改动单元格、增加行或删除行均可，“编号”留空由系统补齐。"),
    ("说明二", "数值只填数字，单位填“单位”列；“判定方式”“口径”“约束力”等请从下拉列表中选取。"),
    ("说明三", "“待确认”列不空的目标暂不下结论；问题已经明确的，改好有关各列后清空该格。"),
)


def form_sheets(plan: Plan) -> tuple[Sheet, ...]:
    """The sheets of the form, the marking one first."""
    record, long = plan_record(plan), LongTexts()
    for row, target in zip(record["targets"], plan.targets, strict=True):
        row[ASKED] = "\n".join(sentence(q.code, q.facts).strip() or q.code.strip() or "？" for q in target.questions)
    sheets = [_cover(record, long)]
    for layout in LAYOUTS:
        rows = tuple(tuple(long.short(_cell(r, c)) for c in layout.columns) for r in _inner(record, layout.key))
        sheets.append(_sheet(layout, rows))
    if long.parts:
        sheets.append(Sheet(LONG, LONG_HEADER, tuple(long.parts), (8, 6, 80), {}, hidden=True))
    return tuple(sheets)


def _cover(record: Mapping[str, Any], long: LongTexts) -> Sheet:
    rows: list[tuple[Cell, ...]] = [("表式版本", VERSION)]
    rows += [(name, long.short(_cell(record, column))) for name, column in COVER]
    return Sheet(MARK, ("项目", "内容"), (*rows, *HOW_TO), (14, 90), {})


def _sheet(layout: Layout, rows: Sequence[tuple[Cell, ...]]) -> Sheet:
    columns = layout.columns
    choices = {i: c.codec.choices for i, c in enumerate(columns) if c.codec.choices}
    widths = tuple(c.width for c in columns)
    folded = frozenset(i for i, c in enumerate(columns) if c.folded)
    return Sheet(layout.name, _headers(columns), tuple(rows), widths, choices, layout.hidden, folded)


def _headers(columns: Iterable[Column]) -> tuple[str, ...]:
    return tuple(c.header for c in columns)


def _cell(record: Mapping[str, Any], column: Column) -> Cell:
    value = _inner(record, column.key)
    if value is None or (value == column.empty and isinstance(value, (str, list, dict, tuple)) and not value):
        return None
    return column.codec.write(value)


def _inner(record: Mapping[str, Any], key: str) -> Any:
    value: Any = record
    for part in key.split("."):
        value = None if value is None else value[part]
    return value
