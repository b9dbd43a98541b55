"""Which records does the report rest on? One row a computed figure, from its counts to the receipt."""

from __future__ import annotations

from collections.abc import Iterator

from zhiheng.publication.evidence_words import DIGITS, counts_words, files_words, left_out_reasons
from zhiheng.publication.findings import Findings
from zhiheng.publication.wording import counted_figure_words
from zhiheng.publication.writers.paper_table import Row, TableColumn
from zhiheng.publication.writers.report_sources import Table

_NAME = "台账数据依据"
_COLUMNS = (("时期", 16), ("数值", 27), ("计数", 46), ("未计入的记录", 42), ("台账和来源文件", 60), ("凭证（前16位）", 34))


def evidence_tables(findings: Findings) -> Iterator[Table]:
    """Name, columns and rows, an indicator above its figures; none where no figure was made from records."""
    rows = list(_rows(findings))
    if rows:
        columns = [TableColumn(name, width, centred=name == "时期") for name, width in _COLUMNS]
        yield _NAME, columns, rows


def _rows(findings: Findings) -> Iterator[Row]:
    above = ""
    for value in findings.values:
        found = value.records
        if found is None or value.receipt is None or value.amount is None:
            continue
        if value.indicator != above:
            above = value.indicator
            yield f"{above}：{found.definition.about_zh}"
        behind = findings.behind.get(value.receipt)
        register = f"{found.definition.register.name}，第{found.evidence.position}版"
        files = files_words(behind) if behind else ""
        yield [
            value.period.label,
            counted_figure_words(value).replace("（", "\n").rstrip("）"),
            counts_words(found).replace("；", "\n"),
            left_out_reasons(found).replace("；", "\n"),
            "\n".join(filter(None, (register, files.replace("；", "\n")))),
            value.receipt[:DIGITS],
        ]
