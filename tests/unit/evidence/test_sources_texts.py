"""Files of text and columns as programs and people write them: what is read, and which sentence refuses what cannot be."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from zhiheng.base.errors import DataError
from zhiheng.evidence.intake.sources.opening import tables
from zhiheng.evidence.intake.sources.raw_table import RawTable

NAMES = frozenset(("点位", "日期", "数值"))
HEADER = "点位,日期,数值\n"
Rows = dict[int, list[str | None]]


def read(path: Path) -> tuple[RawTable, Rows, list[tuple[int, int, str]]]:
    """The only table, its rows by number, and its faults with the numbers of their rows."""
    rows: Rows = {}
    faults = []
    (table,) = [opened for opened in tables(path, NAMES.__contains__) if _taken(opened, rows, faults)]
    return table, rows, faults


def _taken(table: RawTable, rows: Rows, faults: list[tuple[int, int, str]]) -> bool:
    for batch in table.batches:
        for index, number in enumerate(batch.rows):
            rows[number] = [column[index] for column in batch.columns]
        faults += [(batch.rows[index], column, code) for index, column, code in batch.faults]
    return True


def written(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        read(path)
    return caught.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_any_usual_encoding_and_separator_is_found(tmp_path: Path, encoding: str, mark: str) -> None:
    lines = ["云溪县监测结果，按月报送", "点位,日期,数值", "云溪桥,2024年1月,0.10", "合计,,0.10", "注：数据为示例"]
    content = "\r\n".join(lines).replace(",", mark).encode(encoding)
    table, rows, faults = read(written(tmp_path, "a.txt", content))
    assert (table.headers, table.header_row) == (("点位", "日期", "数值"), 2)
    assert (rows, faults) == ({3: ["云溪桥", "2024年1月", "0.10"]}, [])
    assert [p.code for p in table.problems] == ["evidence.totals_skipped", "evidence.notes_skipped"]


def test_lines_above_a_header_may_give_the_units_of_the_table(tmp_path: Path) -> None:
    text = "监测结果（单位：毫克/升、％）,,\n填报单位：云溪县,,计量单位: 万元\n" + HEADER + "云溪桥,2024-01-05,1\n"
    table, _, _ = read(written(tmp_path, "a.csv", text))
    assert (table.header_row, table.units) == (3, ("毫克/升", "%", "万元"))
    table, _, _ = read(written(tmp_path, "b.csv", "填报单位：云溪县\n" + HEADER + "云溪桥,2024-01-05,1\n"))
    assert table.units == ()


def test_lines_of_a_form_with_a_number_and_nothing_else_are_told_and_left(tmp_path: Path) -> None:
    text = "序号," + HEADER + "1,云溪桥,2024-01-05,1\n2,,,\n=ROW()-1,,,\n合计,,,\n,,,7\n"
    table, rows, _ = read(written(tmp_path, "a.csv", text))
    assert sorted(rows) == [2, 6]
    told = {p.code: p.facts["rows"] for p in table.problems}
    assert told == {"evidence.totals_skipped": "5", "evidence.rows_unfilled": "3、4"}


def test_what_stands_under_a_name_is_its_unit_only_when_it_can_be_one(tmp_path: Path) -> None:
    table, rows, _ = read(written(tmp_path, "a.csv", HEADER + ",,（mg/m3）\n云溪桥,2024-01-05,1\n"))
    assert (table.headers, sorted(rows)) == (("点位", "日期", "数值"), [2, 3])
    table, rows, _ = read(written(tmp_path, "b.csv", "点位,日期,数值,数值\n云溪桥,2024-01-05,1,2\n"))
    assert (table.headers, sorted(rows)) == (("点位", "日期", "数值", "数值"), [2])


def test_commas_within_numbers_do_not_hide_the_semicolons_between_columns(tmp_path: Path) -> None:
    _, rows, _ = read(written(tmp_path, "a.csv", "点位;日期;数值\n甲,乙,丙,丁;2024-01-01;1,5\n"))
    assert rows == {2: ["甲,乙,丙,丁", "2024-01-01", "1,5"]}


def test_formulas_in_text_are_faults_and_guarded_texts_are_texts(tmp_path: Path) -> None:
    _, rows, faults = read(written(tmp_path, "a.csv", HEADER + '=1+1,\'=5,"=""007"""\n'))
    assert rows == {2: ["=1+1", "=5", "007"]}
    assert faults == [(2, 0, "evidence.cell_formula")]


def test_a_row_with_more_fields_than_the_header_is_a_fault(tmp_path: Path) -> None:
    _, rows, faults = read(written(tmp_path, "a.csv", HEADER + "甲,2024,1,,\n甲,乙,2024,1\n"))
    assert set(rows) == {2, 3}
    assert faults == [(3, 0, "evidence.cells_beyond_header")]


def test_rows_are_numbered_by_the_line_they_begin_in(tmp_path: Path) -> None:
    _, rows, _ = read(written(tmp_path, "a.csv", HEADER + '"甲\n站",2024,1\n\n乙,2024,2'))
    assert rows == {2: ["甲\n站", "2024", "1"], 5: ["乙", "2024", "2"]}


def test_a_quotation_mark_left_open_swallows_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", HEADER + '甲,2024,1\n"乙,2024,2\n丙,2024,3\n')
    with pytest.raises(DataError) as caught:
        read(path)
    assert (caught.value.code, caught.value.facts["row"]) == ("evidence.quote_left_open", 3)


def test_a_line_without_end_is_not_held_in_memory(tmp_path: Path) -> None:
    assert refusal(written(tmp_path, "a.csv", HEADER + "甲,2024," + "1 , " * (1 << 20))) == "evidence.line_too_long"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("页.xls", "<html><table><tr><td>点位</td><td>日期</td></tr></table></html>".encode(), "evidence.unknown_format"),
        ("页.xls", b"\xef\xbb\xbf\n<?xml version='1.0'?><Workbook/>", "evidence.unknown_format"),
        ("文.csv", b"%PDF-1.4\n", "evidence.unknown_format"),
        ("文.csv", b"{\\rtf1 a}", "evidence.unknown_format"),
        ("图.xlsx", b"\x89PNG\r\n\x1a\n", "evidence.unknown_format"),
        ("包.csv", b"\x1f\x8b\x08\x00", "evidence.unknown_format"),
        ("包.xlsx", b"PK\x05\x06" + bytes(18), "evidence.unknown_format"),
        ("旧.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "evidence.old_or_encrypted"),
        ("断.xlsx", b"PK\x03\x04" + bytes(100), "documents.damaged"),
        ("空.csv", b"", "evidence.empty_file"),
        ("空.csv", b"\xef\xbb\xbf \r\n", "evidence.empty_file"),
        ("乱.csv", b"\x81\x00\xff\xfe\x01\x02" * 90, "documents.undecodable"),
        ("断.parquet", b"PAR1" + bytes(90), "evidence.broken_parquet"),
        ("组.json", b"[1, 2]", "evidence.no_json_record"),
        ("行.jsonl", '{"点位": "甲",\n"数值": 1}'.encode(), "evidence.broken_json"),
        ("深.json", b"[" * 200_000, "evidence.broken_json"),
        ("码.jsonl", '{"点位": "甲"}'.encode("gb18030"), "documents.undecodable"),
    ],
)
def test_what_is_no_table_is_refused_with_its_sentence(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    assert refusal(written(tmp_path, name, content)) == code


def test_a_note_in_brackets_does_not_make_a_table_json(tmp_path: Path) -> None:
    table, rows, _ = read(written(tmp_path, "a.csv", "[注]本表为示例\n" + HEADER + "甲,2024,1\n"))
    assert (table.header_row, list(rows)) == (2, [3])


def test_records_of_json_keep_numbers_as_they_are_written(tmp_path: Path) -> None:
    lines = (
        '{"点位": "甲", "数值": 0.1000000000000000055}\n\n{"数值": 1e400, "日期": null, "在用": true, "点位": " 乙\\ud800 "}\n'
    )
    table, rows, faults = read(written(tmp_path, "a.jsonl", lines))
    assert table.headers == ("点位", "数值", "日期", "在用")
    assert rows == {1: ["甲", "0.1000000000000000055", None, None], 3: ["乙\ufffd", "1e400", None, "TRUE"]}
    assert faults == []


def test_values_within_values_are_faults(tmp_path: Path) -> None:
    _, rows, faults = read(written(tmp_path, "a.json", '[{"点位": {"名": "甲"}, "数值": [1, 2]}]'))
    assert rows == {1: ['{"名": "甲"}', '["1", "2"]']}
    assert faults == [(1, 0, "evidence.nested_value"), (1, 1, "evidence.nested_value")]


def test_keys_that_are_values_do_not_fill_the_memory(tmp_path: Path) -> None:
    lines = "\n".join(f'{{"点位": "甲", "{n}": 1}}' for n in range(17_000))
    assert refusal(written(tmp_path, "a.jsonl", lines)) == "evidence.too_many_columns"


def test_columns_of_parquet_become_texts_exactly(tmp_path: Path) -> None:
    noon = datetime(2024, 5, 1, 4, tzinfo=UTC)
    columns = {
        "点位": pa.array(["甲 ", None]),
        "数值": pa.array([Decimal("0.0000001"), Decimal("12.5")], pa.decimal128(20, 7)),
        "日期": pa.array([date(2024, 5, 1), None]),
        "单": pa.array([0.1, float("nan")], pa.float32()),
        "双": pa.array([1e-7, 1e16]),
        "时": pa.array([noon, None], pa.timestamp("ns", "UTC")),
        "刻": pa.array([1_714_536_000_000_000_001, None], pa.timestamp("ns")),
        "真": pa.array([True, False]),
        "类": pa.array(["Ⅱ", "Ⅲ"]).dictionary_encode(),
        "组": pa.array([[1], None]),
    }
    parquet.write_table(pa.table(columns), tmp_path / "a.parquet")
    table, rows, faults = read(tmp_path / "a.parquet")
    first = ["甲", "0.0000001", "2024-05-01", "0.1", "0.0000001", "2024-05-01 12:00:00", "2024-05-01 04:00:00.000000001"]
    assert table.headers == tuple(columns)
    assert rows[1] == [*first, "TRUE", "Ⅱ", "[1]"]
    assert rows[2] == [None, "12.5000000", None, None, "10000000000000000", None, None, "FALSE", "Ⅲ", None]
    assert faults == [(1, 9, "evidence.nested_value")]


def test_texts_of_parquet_that_are_none_are_refused(tmp_path: Path) -> None:
    broken = pa.Array.from_buffers(pa.string(), 1, pa.array([b"\xff\xfe"]).buffers())
    parquet.write_table(pa.table({"点位": broken, "数值": [1]}), tmp_path / "a.parquet")
    assert refusal(tmp_path / "a.parquet") == "evidence.broken_parquet"
