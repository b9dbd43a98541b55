"""Which quantities do tables state, drawn, flattened or glued?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhiheng.documents.fold import fold
from zhiheng.documents.tree import Block, Note, Table, Text
from zhiheng.plans.model import Basis, Comparator, Modality, Role, Source
from zhiheng.plans.quantities.cells import BREAK, CellValue, is_unit
from zhiheng.plans.quantities.columns import Column, Kind, is_table, merge_heads
from zhiheng.plans.quantities.draft import Draft
from zhiheng.plans.quantities.horizon import moments
from zhiheng.plans.quantities.phrases import per_head
from zhiheng.plans.quantities.prose import read_prose
from zhiheng.plans.quantities.rows import Entry, Row, grid_columns, grid_rows, sequence_rows, split_glued
from zhiheng.plans.quantities.setting import Setting
from zhiheng.plans.quantities.values import unit_kind
from zhiheng.plans.sections import Section

_NOTES = re.compile(r"^\s*(?:注|说明|备注|备 注|注释)\s*[:：1①.]|^\s*(?:注|说明)\d")
_MARK_NOTE = re.compile(
    r"(?P<mark>\{\}|\{ \}|<>|< >|〔〕|〔 〕|\[\]|\[ \]|【】|\(\)|\*)[^;。\n①②③④⑤]{0,6}?(?:内|号|中)?(?:数值|数据|数字|数|的)?(?:为|表示|是|指|均为)?(?P<says>[^;。\n①②③④⑤]{2,30})"
)
_MARKS = re.compile(r"\{ ?\}|< ?>|〔 ?〕|\[ ?\]|【】")
_CAPTION = re.compile(r"^\s*(?:附?表|专栏|附件)\s*\d")
# A head begins with the serial number, a group or the indicator.
_HEAD_HINT = re.compile(r"序|编号|类|领域|维度|指标|目标|项目|内容|名称|单位|方面|板块|No")
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


def read_tables(section: Section, setting: Setting, open_head: list[Column] | None = None) -> TablesRead:
    """The section's tables. `open_head`: columns of a table that the section before left open, whose rows go on here
    when the title between them is a group label (一、经济发展) and no title of the text."""
    blocks = list(section.body)
    meanings = _mark_meanings(blocks)
    drafts: list[Draft] = []
    rest: list[Block] = []
    left_open: list[Column] | None = None
    i = 0
    if open_head is not None:
        found, i = _rows_from(blocks, 0, open_head, setting, meanings, section.titles[-1] if section.titles else "")
        drafts += found
        left_open = open_head if (found or not blocks) and i == len(blocks) else None
        i = i if found else 0
    while i < len(blocks):
        block = blocks[i]
        if isinstance(block, Table):
            found, leftover = _drawn(block, blocks[i + 1 :], setting, meanings, _caption(blocks, i))
            drafts += found
            i += 1 + leftover
            continue
        taken = _flattened(blocks, i, setting, meanings)
        if taken is not None:
            found, i, columns = taken
            drafts += found
            left_open = columns if i == len(blocks) else None
            continue
        if _NOTES.match(block.text.folded) or isinstance(block, Note):
            i = _skip_notes(blocks, i)
            continue
        rest.append(block)
        i += 1
    return TablesRead(drafts, rest, left_open)


@dataclass(frozen=True, slots=True)
class TablesRead:
    """Drafts of the tables of a section, the blocks that are none, and the head of a table still open at its end."""

    drafts: list[Draft]
    rest: list[Block]
    left_open: list[Column] | None


def _skip_notes(blocks: Sequence[Block], i: int) -> int:
    """Past a note under a table: the note and its numbered continuation lines."""
    i += 1
    while (
        i < len(blocks)
        and not isinstance(blocks[i], Table)
        and re.match(r"^\s*(?:\d{1,2}[.、 ]?|[①②③④⑤⑥])\s*\S", blocks[i].text.folded)
        and len(blocks[i].text.folded) < 80
        and not re.match(r"^\s*\d{1,2}[.、]\S{4,20}$|^\s*\d{1,2}[.、][^,。]{4,16}。", blocks[i].text.folded)
    ):
        i += 1
    return i


def _caption(blocks: Sequence[Block], i: int) -> str:
    for block in reversed(blocks[max(0, i - 2) : i]):
        if not isinstance(block, Table) and len(block.text.folded) <= 60:
            return block.text.folded
    return ""


def _mark_meanings(blocks: Sequence[Block]) -> dict[str, str]:
    """What {} <> 〔〕 mean by the notes of the section; the usual meaning where no note says it."""
    return _meanings_in("\n".join(b.text.folded for b in blocks if not isinstance(b, Table) and _MARKS.search(b.text.folded)))


def _meanings_in(notes: str) -> dict[str, str]:
    meanings = {"{}": "new", "<>": "average", "〔〕": "cumulative", "[]": "cumulative", "【】": "cumulative"}
    for m in _MARK_NOTE.finditer(notes):
        says = m["says"]
        meaning = (
            "average"
            if "平均" in says
            else "new"
            if "新增" in says
            else "cumulative"
            if re.search(r"累计|合计|总数", says)
            else None
        )
        if meaning:
            meanings[m["mark"].replace(" ", "")] = meaning
    return meanings


def _drawn(
    table: Table, after: Sequence[Block], setting: Setting, meanings: dict[str, str], caption: str
) -> tuple[list[Draft], int]:
    """Drafts of a drawn table, and how many of the following blocks are glued rows of it."""
    grid = table.grid()
    found = grid_columns(grid)
    if found is None:
        found_rows = _undrawn(grid, after, setting, meanings, caption)
        return found_rows if found_rows[0] else (_cells_as_prose(grid, setting), 0)
    columns, head = found
    known = [c for c in columns if c]
    context = _context(known, setting, meanings, caption)
    rows = list(grid_rows(grid, columns, head))
    more, used = _glued_rows(after, known, _last_serial(rows))
    return list(_drafts([*rows, *more], known, context)), used


def _undrawn(
    grid: list[list[Text]], after: Sequence[Block], setting: Setting, meanings: dict[str, str], caption: str
) -> tuple[list[Draft], int]:
    """A table whose columns do not line up: its cells read one after the other."""
    cells = [c for row in grid for c in row if c.folded.strip()]
    for first in range(min(12, len(cells))):
        columns, used = _scattered_head(cells[first:])
        if is_table(columns):
            rows = list(sequence_rows(cells[first + used :], columns))
            context = _context(columns, setting, meanings, caption)
            more, taken = _glued_rows(after, columns, _last_serial(rows))
            return list(_drafts([*rows, *more], columns, context)), taken
    return [], 0


def _cells_as_prose(grid: list[list[Text]], setting: Setting) -> list[Draft]:
    """A table of work, not of indicators: its cells hold sentences."""
    drafts: list[Draft] = []
    done: list[Text] = []
    for row in grid:
        due = [t for cell in row if len(cell) <= 20 for t in moments(cell.folded) if not t.base]
        setting.row = due[-1] if due else None
        for cell in row:
            if re.search(r"\d|[一二两三四五六七八九十]", cell.folded) and cell not in done:
                done.append(cell)
                drafts += read_prose(cell, setting)
    setting.row = None
    return drafts


def _scattered_head(cells: Sequence[Text]) -> tuple[list[Column], int]:
    return merge_heads(cells)


def _last_serial(rows: Sequence[Row]) -> int | None:
    serials = [int(r.serial) for r in rows if r.serial and r.serial.isdigit()]
    return serials[-1] if serials else None


def _glued_rows(after: Sequence[Block], columns: Sequence[Column], last: int | None) -> tuple[list[Row], int]:
    rows: list[Row] = []
    used = 0
    for block in after:
        if isinstance(block, Table):
            break
        expected = last + 1 if last is not None else None
        cells = split_glued(block.text, columns, expected)
        if cells is None:
            break
        numbered = [*cells]
        if expected is not None:
            numbered = cells[1:]
            last = expected
        rows += list(sequence_rows(numbered, [c for c in columns if c.kind is not Kind.SERIAL]))
        used += 1
    return rows, used


def _flattened(
    blocks: Sequence[Block], i: int, setting: Setting, meanings: dict[str, str]
) -> tuple[list[Draft], int, list[Column]] | None:
    """A table printed one cell a line, or one row a line with blanks between cells, from its head on; None when none begins here."""
    head = _head_at(blocks, i)
    if head is None:
        return None
    columns, j = head
    drafts, j = _rows_from(blocks, j, columns, setting, meanings, _caption(blocks, i))
    return drafts, j, columns


def _rows_from(
    blocks: Sequence[Block], i: int, columns: list[Column], setting: Setting, meanings: dict[str, str], caption: str
) -> tuple[list[Draft], int]:
    """Drafts of the rows from block `i` on, and the block behind them."""
    cells: list[Text] = []
    while i < len(blocks):
        block = blocks[i]
        if (
            isinstance(block, Table)
            or _NOTES.match(block.text.folded)
            or _CAPTION.match(block.text.folded)
            or _is_prose(block.text)
        ):
            break
        if cells and _head_at(blocks, i) is not None:
            break
        cells += _cells_of(block.text)
        i += 1
    context = _context(columns, setting, meanings, caption)
    return list(_drafts(list(sequence_rows(cells, columns)), columns, context)), i


def _head_at(blocks: Sequence[Block], i: int) -> tuple[list[Column], int] | None:
    """The columns of a table head that begins at block `i`, and the block behind it."""
    first = blocks[i]
    if isinstance(first, Table) or len(first.text.folded) > 120 or not _HEAD_HINT.search(first.text.folded):
        return None
    cells = _cells_of(first.text)
    if len(cells) >= 3:
        columns, used = merge_heads(cells)
        return (columns, i + 1) if used == len(cells) and is_table(columns) else None
    run: list[Text] = []
    for block in blocks[i : i + 14]:
        if isinstance(block, Table) or len(block.text.folded.strip()) > 24:
            break
        run += _cells_of(block.text)
    columns, used = merge_heads(run) if len(run) >= 3 else ([], 0)
    return (columns, i + used) if is_table(columns) else None


def _cells_of(text: Text) -> list[Text]:
    """The cells of a line: its parts between blanks when there are three or more, else the line itself."""
    bare = re.sub(r"\s*\|\s*$", "", text.folded)  # a bar left over from a table that lost its rows
    text = text.slice(0, len(bare))
    spans = [m.span() for m in re.finditer(r"\S+", bare)]
    return [text.slice(a, b) for a, b in spans] if len(spans) >= 3 else [text]


def _is_prose(text: Text) -> bool:
    folded = text.folded.strip()
    return (len(folded) > 60 and bool(re.search(r"[。;]", folded))) or (len(folded) > 24 and folded.endswith("。"))


def inline_table(text: Text, setting: Setting) -> tuple[list[Draft], int, int] | None:
    """A table whose head and rows stand inside running text; its drafts and the span it takes."""
    folded = text.folded
    m = re.search(
        r"(?:序\s*号)\s*(?:(?:分类|类别|领域)\s*)?(?:主要)?指标(?:名称)?\s*(?:单位)?\s*(?:[^\d,。;]{0,6}(?:20\d\d)\s*年[^\d,。;一-鿿]{0,3}(?:\([^)]*\)|现状值?|基期值?|目标值?|实际值?|预期目标|数据|完成)?\s*)+(?:(?:指标)?属性|指标性质)?",
        folded,
    )
    if m is None:
        return None
    head = [text.slice(m.start() + a, m.start() + b) for a, b in _head_spans(m[0])]
    columns, _ = merge_heads(head)
    if not is_table(columns):
        return None
    stop = _inline_end(folded, m.end(), columns)
    rows: list[Row] = []
    at, expected = m.end(), 1
    for a, b in _row_spans(folded, at, stop, columns):
        cells = split_glued(text.slice(a, b), columns, expected)
        if cells is None:
            continue
        expected += 1
        rows += list(sequence_rows(cells[1:], [c for c in columns if c.kind is not Kind.SERIAL]))
    context = _context(columns, setting, _meanings_in(folded), folded[max(0, m.start() - 30) : m.start()])
    return list(_drafts(rows, columns, context)), m.start(), stop


_HEAD_WORD = re.compile(
    r"序\s*号|分类|类别|领域|(?:主要)?指标名称|指标属性|属性|指标性质|(?:主要)?指标|单位|20\d\d\s*年(?:\([^)]*\)|现状值?|基期值?|目标值?|实际值?|预期目标|数据|完成)?"
)


def _head_spans(head: str) -> Iterator[tuple[int, int]]:
    for m in _HEAD_WORD.finditer(head):
        yield m.span()


def _inline_end(folded: str, start: int, columns: Sequence[Column]) -> int:
    last = start
    if any(c.kind is Kind.ATTRIBUTE for c in columns):
        for m in re.finditer(r"约束性|预期性|引导性|指导性", folded[start:]):
            last = start + m.end()
        return last
    m = re.search(r"注[:1①]|。|(?:[一二三四五六七八九十]+、)", folded[start:])
    return start + m.start() if m else len(folded)


def _row_spans(folded: str, start: int, stop: int, columns: Sequence[Column]) -> Iterator[tuple[int, int]]:
    if any(c.kind is Kind.ATTRIBUTE for c in columns):
        at = start
        for m in re.finditer(r"约束性|预期性|引导性|指导性", folded[start:stop]):
            yield at, start + m.end()
            at = start + m.end()
        return
    at, number = start, 1
    while at < stop:
        m = re.search(rf"(?<![\d.]){number + 1}(?=[^\d.%\s,、以左])", folded[at + 1 : stop])
        end = at + 1 + m.start() if m else stop
        yield at, end
        at, number = end, number + 1


def _context(columns: Sequence[Column], setting: Setting, meanings: dict[str, str], caption: str) -> TableContext:
    verdicts = any(c.kind is Kind.VERDICT for c in columns)
    parts = {c.part for c in columns if c.kind is Kind.VALUE}
    completed = verdicts or ("actual" in parts and "target" in parts and bool(_CAPTION_PAST.search(caption)))
    return TableContext(setting, completed, meanings)


def _drafts(rows: Sequence[Row], columns: Sequence[Column], context: TableContext) -> Iterator[Draft]:
    for row in rows:
        for k, indicator in enumerate(row.indicators):
            key = None
            for entry, value in _row_values(row, k):
                if key is None:
                    anchor = entry.cell.anchor(value.start, value.end)
                    key = (anchor.place, anchor.start, k)
                yield _draft(row, indicator, entry, value, columns, context, key)


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
    comparator, low, high, basis = _reading(name, value, column, unit, row, context)
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
    if printed is None and (m := _UNIT_IN_NAME.search(fold(indicator))):
        inside = re.split(r"[,，、;；]", indicator[m.start("unit") : m.end("unit")])[0].strip()
        printed = inside if is_unit(fold(inside)) else None
    if column.growth and column.unit and not _own_growth(name, column, row):
        return column.unit
    if value.unit:  # a scale word alone (2.3万) belongs to the unit of the column
        return value.unit + (printed or "")
    return printed


def _own_growth(name: str, column: Column, row: Row) -> bool:
    """Whether a growth column holds the indicator's own value because its level columns say nothing (失业率 — <5.5)."""
    others = [
        e
        for e in row.entries
        if not e.column.growth and e.column.part != "baseline" and e.column.kind is Kind.VALUE and e.values and e.column.year
    ]
    latest = max((e.column.year or 0 for e in row.entries if not e.column.growth), default=0)
    return not any(e.column.year == latest for e in others) and not _RISING.search(name)


def _reading(
    name: str, value: CellValue, column: Column, unit: str | None, row: Row, context: TableContext
) -> tuple[Comparator, str | None, str | None, Basis]:
    comparator, low, high = value.comparator, value.low, value.high
    meaning = next((context.meanings[m] for m in value.marks if m in context.meanings), None)
    negative = (low or "").startswith("-")
    falling = bool(_FALLING.search(name)) or (
        bool(re.search(r"下降|降低|减少", value.prefix)) and not re.search(r"[到至]$", value.prefix)
    )
    rising = bool(_RISING.search(name)) or bool(re.search(r"增长(?!到|至)|增速|提高$|提升$", value.prefix))
    rising = rising or (column.growth and not _own_growth(name, column, row))
    if comparator is Comparator.ZERO_EVENTS:
        return comparator, low, high, Basis.COUNT
    yearly = (
        "年均" in value.prefix
        or "年均" in name
        or ("年均" in column.head and "〔" not in "".join(value.marks) and not _own_growth(name, column, row))
    )
    if falling or (negative and meaning == "cumulative"):
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
    return comparator, low, high, _basis(name, unit, meaning, value)


def _basis(name: str, unit: str | None, meaning: str | None, value: CellValue) -> Basis:
    if meaning:
        return Basis(meaning)
    if "年均" in value.prefix:
        return Basis.AVERAGE
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
