"""What is wrong with each marked row, in words that name value, column and remedy?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

import duckdb
from rapidfuzz import fuzz, process

from zhiheng.base.problem import Problem, Severity
from zhiheng.documents.fold import fold
from zhiheng.evidence.intake.staging.checking import AT, CHECKED, MARKS, Checked
from zhiheng.evidence.intake.staging.conditions import WIDTH, Condition
from zhiheng.evidence.intake.staging.raw_rows import CELL_FAULTS, FILE, RAW, ROW, SHEET
from zhiheng.evidence.intake.staging.repeats import DIFFERS, REPEATED
from zhiheng.evidence.registers.model import Field, FieldKind, Register

_AT_ONCE = 5_000
# How many words of a list are named.
_NAMED = 12
_CLOSE = 50  # of a hundred
_BELOW_LIMIT = re.compile(r"[<＜≤].*|未检出.*|ND|.*\dL", re.IGNORECASE)
_NUMBER = re.compile(r"([+-]?[\d,]*(?:\.\d+)?|[+-]?\d(?:\.\d+)?[eE][+-]?\d{1,3})\s*(\D*)")


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A row with what was found: `texts` by field as they came; refused when a finding is an error."""

    sheet: str
    row: int
    texts: Mapping[str, str]
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> bool:
        """Whether an error keeps the row out."""
        return any(p.severity is Severity.ERROR for p in self.problems)


def marked_rows(
    connection: duckdb.DuckDBPyConnection, register: Register, checked: Checked, file: str, as_of: date
) -> Iterator[MarkedRow]:
    """Every row with a finding, in the order of the file; `file` is its name for people."""
    teller = _Teller(register, file, as_of)
    faults = _cell_faults(connection)
    fields = ", ".join(f'r."{field.id}"' for field in register.fields)
    columns = ", ".join(f"c.{MARKS}{n}" for n in range(checked.columns))
    cursor = connection.cursor()
    cursor.execute(
        f"select c.{FILE}, c.{SHEET}, c.{ROW}, d.fate, d.rows, {columns}, {fields} "
        f"from {CHECKED} c join {RAW} r on r.rowid = c.{AT} left join {REPEATED} d on d.{AT} = c.{AT} "
        f"where {checked.marked} or d.fate is not null order by c.{AT}"
    )
    while rows := cursor.fetchmany(_AT_ONCE):
        for digest, sheet, number, fate, others, *rest in rows:
            marks, values = rest[: checked.columns], rest[checked.columns :]
            texts = {f.id: text for f, text in zip(register.fields, values, strict=True) if text is not None}
            cells = faults.get((digest, sheet, number), {})
            problems = [teller.cell(sheet, number, name, code, texts) for name, code in cells.items()]
            held = [one for bit, one in enumerate(checked.asked) if marks[bit // WIDTH] >> bit % WIDTH & 1]
            problems += [teller.tell(sheet, number, one, texts) for one in _worth_telling(held, cells)]
            if fate is not None:
                problems.append(teller.repeated(sheet, number, fate, others))
            yield MarkedRow(sheet, number, texts, tuple(problems))


def _worth_telling(held: Sequence[Condition], cells: Mapping[str, str]) -> Iterator[Condition]:
    """Without what only follows from another fault: of a cell that holds no value, of a check over unreadable fields."""
    unread = {one.field.id for one in held if one.field is not None and one.fatal and one.check is None} | set(cells)
    for one in held:
        if one.field is None or (one.check is None and one.field.id in cells):
            continue
        if one.check is None or not unread.intersection(one.check.holds.fields):
            yield one


def _cell_faults(connection: duckdb.DuckDBPyConnection) -> Mapping[tuple[str, str, int], Mapping[str, str]]:
    found: dict[tuple[str, str, int], dict[str, str]] = {}
    for file, sheet, row, name, code in connection.execute(f"select * from {CELL_FAULTS}").fetchall():
        found.setdefault((file, sheet, row), {})[name] = code
    return found


@dataclass(frozen=True)
class _Teller:
    register: Register
    file: str
    as_of: date

    def cell(self, sheet: str, row: int, name: str, code: str, texts: Mapping[str, str]) -> Problem:
        return self._problem(code, Severity.ERROR, {"value": texts.get(name, "")}, sheet, row, self.register.by_id[name].name)

    def repeated(self, sheet: str, row: int, fate: str, others: Sequence[int]) -> Problem:
        names = "、".join(self.register.by_id[name].name for name in self.register.key)
        shown = "、".join(map(str, (n for n in others if n != row)))
        facts = {"others": shown or str(row), "key": names}
        if fate == DIFFERS:
            return self._problem("evidence.key_twice", Severity.ERROR, facts, sheet, row, names)
        return self._problem("evidence.row_twice", Severity.WARNING, facts, sheet, row, names)

    def tell(self, sheet: str, row: int, one: Condition, texts: Mapping[str, str]) -> Problem:
        field = one.field
        if field is None:
            raise TypeError(one.code)
        value = texts.get(field.id, "")
        severity = Severity.ERROR if one.fatal else Severity.WARNING
        if one.check is not None:
            facts: dict[str, object] = {"said": {"zh": one.check.zh, "en": one.check.en}, "value": value}
            return self._problem(one.code, severity, facts, sheet, row, field.name)
        code = why_no_number(value, field) if field.kind in (FieldKind.DECIMAL, FieldKind.INTEGER) else one.code
        code = code if one.code in ("evidence.not_a_decimal", "evidence.not_an_integer") else one.code
        return self._problem(code, severity, {"value": value, **self._facts(field, value, texts)}, sheet, row, field.name)

    def _facts(self, field: Field, value: str, texts: Mapping[str, str]) -> Mapping[str, object]:
        """What the sentences about a field may name."""
        return {
            "unit": field.unit or texts.get(field.unit_field or "", ""),
            "decimals": field.decimals,
            "least": field.least,
            "most": field.most,
            "longest": field.longest,
            "length": len(value),
            "event": texts.get(self.register.event_date, ""),
            "as_of": self.as_of,
            "words": _some_words(field, value),
        }

    def _problem(
        self, code: str, severity: Severity, facts: Mapping[str, object], sheet: str, row: int, column: str
    ) -> Problem:
        return Problem(code, severity, facts, self.file, sheet, row, column)


def why_no_number(value: str, field: Field) -> str:
    """The code that says why a text is no number of its field."""
    if _BELOW_LIMIT.fullmatch(value):
        return "evidence.below_detection"
    found = _NUMBER.fullmatch(fold(value))
    if found and found[1] and found[2]:
        return "evidence.other_unit_behind"
    if found and found[1] and field.kind is FieldKind.DECIMAL and _places(found[1]) > field.decimals:
        return "evidence.decimals_beyond_field"
    return "evidence.not_a_decimal" if field.kind is FieldKind.DECIMAL else "evidence.not_an_integer"


def _places(number: str) -> int:
    """Digits behind the point that are not zero at the end."""
    exponent = Decimal(number.replace(",", "")).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _near(value: str, names: Sequence[str]) -> list[str]:
    return [name for name, *_ in process.extract(value, names, scorer=fuzz.ratio, limit=_NAMED // 3, score_cutoff=_CLOSE)]


@lru_cache(maxsize=4096)
def _some_words(field: Field, value: str) -> str:
    """What might be meant; of a short list all of it."""
    if field.codes is None:
        return ""
    names = list(dict.fromkeys(code.name for code in field.codes.codes))
    near = names if len(names) <= _NAMED else _near(value, names)
    return "、".join(near) or f"{field.codes.name}中的名称或代码"
