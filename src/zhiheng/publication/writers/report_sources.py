"""Which figures was everything judged by, and where do they come from? One row an indicator, one column a year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from zhiheng.indicators.value import IndicatorValue
from zhiheng.publication.findings import Finding, Findings
from zhiheng.publication.wording import source_words, value_words
from zhiheng.publication.writers.paper_table import Row, TableColumn

Table = tuple[str, list[TableColumn], list[Row]]

_NAME = "数据来源"
_YEARS_ABREAST = 5
_WIDTH, _INDICATOR, _YEAR = 225, 48, 20


def source_tables(findings: Findings) -> Iterator[Table]:
    """Name, columns and rows; a table of its own for every five years."""
    shown = (*findings.own, *findings.earlier)
    years = sorted({_year(v) for f in shown for v in f.observations})
    if not years:
        yield _NAME, [TableColumn("指标", _WIDTH)], ["没有收到数据。"]
    for start in range(0, len(years), _YEARS_ABREAST):
        some = years[start : start + _YEARS_ABREAST]
        name = _NAME if len(years) <= _YEARS_ABREAST else f"{_NAME}（{some[0]}—{some[-1]}年）"
        rows = dict.fromkeys(row for f in shown if (row := _row(f, some)))  # two targets of one indicator share its figures
        yield name, _columns(some), list(rows)


def _year(value: IndicatorValue) -> int:
    return value.period.end.year


def _columns(years: Sequence[int]) -> list[TableColumn]:
    rest = (_WIDTH - _INDICATOR - _YEAR * len(years)) / 2
    told = [TableColumn(f"{year}年", _YEAR, centred=True) for year in years]
    return [
        TableColumn("指标", _INDICATOR),
        *told,
        TableColumn("填报单位或台账", rest),
        TableColumn("填报文件、工作表、行", rest),
    ]


def _row(finding: Finding, years: Sequence[int]) -> tuple[str, ...] | None:
    values = [v for v in finding.observations if _year(v) in years]
    if not values:
        return None
    units = {v.unit for v in values}
    unit = next(iter(units)) if len(units) == 1 else None
    cells = ["\n".join(_figure(v, finding, unit) for v in values if _year(v) == year) or "—" for year in years]
    sources = dict.fromkeys(source_words(v) for v in values)
    name = f"{values[0].indicator}（{unit}）" if unit else values[0].indicator
    return (name, *cells, "\n".join(filter(None, sources)) or "—", "\n".join(_places(values)) or "—")


def _figure(value: IndicatorValue, finding: Finding, unit: str | None) -> str:
    """The figure with its counts; its period where that is not the year of the column; whether it was handed down."""
    words = value_words(value, finding.bound)
    said = [words.removesuffix(unit) if unit else words]
    if value.numerator is not None and value.denominator is not None:
        said.append(f"{value.numerator}／{value.denominator}")
    if value.period.label != f"{_year(value)}年":
        said.append(value.period.label)
    if value.assigned:
        said.append("上级下达")
    return "\n".join(said)


def _places(values: Iterable[IndicatorValue]) -> Iterator[str]:
    rows: dict[tuple[str, str], list[int]] = {}
    for origin in ((v.typed or v).origin for v in values):
        if origin is None:
            continue
        rows.setdefault((origin.file, origin.sheet or "正文"), []).append(origin.row)
    for (file, sheet), numbers in rows.items():
        yield f"{file}，{sheet}，第{'、'.join(map(str, sorted(set(numbers))))}行"
