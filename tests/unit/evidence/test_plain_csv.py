"""A file that the database takes in at once gives the same rows as one that is read line by line."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiheng.base.errors import DataError
from zhiheng.evidence.intake.mapping import ColumnMapping
from zhiheng.evidence.intake.matching import Names
from zhiheng.evidence.intake.sources.opening import tables
from zhiheng.evidence.intake.staging import plain_csv, raw_rows
from zhiheng.flow.registers import registers

REGISTER = registers(["sampling.industrial"])[0]
HEADERS = ["抽样编号", "产品名称", "检测值", "规格型号"]
FIELDS = ("sample_number", "product", "value", "specification")


def _raw(path: Path, *, at_once: bool) -> tuple[bool, list[tuple[object, ...]]]:
    """Whether the file was taken at once, and the rows of `raw`."""
    connection = duckdb.connect()
    names = Names(REGISTER, ColumnMapping())
    raw_rows.make(connection, REGISTER)
    for table in tables(path, names.knows):
        layout = names.match(table.headers).layout()
        taken = plain_csv.take(connection, REGISTER, layout, "d", path, table.headers) if table.plain and at_once else None
        if taken is None:
            for batch in table.batches:
                raw_rows.add(connection, REGISTER, layout, "d", table.sheet, batch)
            if at_once:
                return False, []
    chosen = ", ".join(FIELDS)
    return True, connection.execute(f"select {raw_rows.NUMBER}, _sheet, {chosen} from raw order by 1").fetchall()


def _same(path: Path) -> bool:
    taken, rows = _raw(path, at_once=True)
    if taken:
        assert rows == _raw(path, at_once=False)[1]
    return taken


WORDS = st.text(st.sampled_from(list("ab1 .,\"'=-+\t　\u00a0合计注：电热水器;|\r\n")), max_size=6)


@settings(max_examples=300)
@given(
    st.lists(st.tuples(WORDS, WORDS, WORDS, WORDS), min_size=1, max_size=6), st.sampled_from([",", "\t", ";"]), st.booleans()
)
def test_at_once_and_line_by_line_agree(rows: list[tuple[str, ...]], separator: str, every: bool) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL if every else csv.QUOTE_MINIMAL)
    writer.writerow(HEADERS)
    writer.writerows(rows)
    path = Path(_folder.name) / "rows.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    _same(path)


@settings(max_examples=300)
@given(st.lists(st.text(st.sampled_from(list("ab,\"'= \n")), max_size=20), min_size=1, max_size=5))
def test_broken_lines_too(lines: list[str]) -> None:
    path = Path(_folder.name) / "lines.csv"
    path.write_text("\n".join([",".join(HEADERS), *lines]), encoding="utf-8", newline="")
    try:
        _same(path)
    except DataError as refused:
        assert refused.code == "evidence.quote_left_open"


@pytest.mark.parametrize(
    ("text", "at_once"),
    [
        ("抽样编号,产品名称\nA1,热水器\nA2, 电水壶 \n", True),
        ("\ufeff抽样编号,产品名称\r\nA1,热水器\r\n", True),
        ("抽样编号,产品名称\nA1,　热水器\n", True),
        ('抽样编号,产品名称\nA1,"热,水器"\n', False),
        ('抽样编号,产品名称\nA1,"热\n水器"\n', False),
        ("抽样编号,产品名称\nA1,热水器\n\nA2,电水壶\n", False),
        ("抽样编号,产品名称\nA1,热水器\n合计,2\n", False),
        ("抽样编号,产品名称\nA1,=1+1\n", False),
        ("抽样编号,产品名称\nA1,热水器\n,\n", False),
        ("抽样编号,产品名称\nA1,热水器,多余\n", False),
    ],
)
def test_which_files_are_taken_at_once(tmp_path: Path, text: str, at_once: bool) -> None:
    path = tmp_path / "甲.csv"
    path.write_text(text, encoding="utf-8", newline="")
    if at_once:
        assert _same(path)
    else:
        assert _same(path) in (True, False)


@pytest.fixture(autouse=True, scope="module")
def _temporary(tmp_path_factory: pytest.TempPathFactory) -> None:
    _folder.name = str(tmp_path_factory.mktemp("csv"))


class _Folder:
    name = ""


_folder = _Folder()


@pytest.mark.parametrize("quoted", [False, True])
def test_a_unit_of_the_header_counts_whichever_way_a_file_is_read(tmp_path: Path, quoted: bool) -> None:
    figures = registers(["reported_figure"])[0]
    path = tmp_path / "a.csv"
    names = "序号,指标,地区,时期,时期末,类别,填报单位,数值（万元）,单位"
    first = '"一""类"' if quoted else "一类"
    path.write_text(
        f"{names}\n1,{first},330402,2025年,2025-12-31,填报值,甲局,3,\n2,乙,330402,2025年,2025-12-31,填报值,甲局,4,元\n"
    )
    connection = duckdb.connect()
    raw_rows.make(connection, figures)
    known = Names(figures, ColumnMapping())
    for table in tables(path, known.knows):
        layout = known.match(table.headers, table.units).layout()
        assert plain_csv.take(connection, figures, layout, "d", path, table.headers) == 2
        raw_rows.mark_other_units(connection, layout, "d", table.sheet)
    found = connection.execute(f"select {raw_rows.NUMBER}, unit, _faulty from raw order by 1").fetchall()
    assert found == [(2, "万元", False), (3, "元", True)]
    assert connection.execute("select _row, field, code from cell_faults").fetchall() == [(3, "unit", raw_rows.OTHER_UNIT)]
