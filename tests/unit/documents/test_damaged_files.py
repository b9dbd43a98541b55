"""Whatever happened to a file: it is read, or refused with a sentence."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from sample_papers import PROSE, p, packed, word

from zhiheng.base.errors import DataError
from zhiheng.documents.readers import read_content
from zhiheng.rules.messages import strict_sentence


def a_workbook() -> bytes:
    book, buffer = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in (["指标", "2030年"], ["合格率", 0.95], ["优质奖", 6]):
        sheet.append(row)
    sheet.merge_cells("A4:B5")
    book.save(buffer)
    return buffer.getvalue()


NUMBERING = '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
NUMBERING += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
TABLE = f"<w:tbl><w:tr><w:tc>{p('甲')}</w:tc><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{p('乙')}</w:tc></w:tr></w:tbl>"
NUMBERED = p("总则", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
PAPERS = {
    "plan.docx": word(NUMBERED + p(PROSE) + TABLE, numbering=NUMBERING),
    "plan.xlsx": a_workbook(),
    "plan.html": f"<html><body><h1>规划</h1><p>{PROSE}</p><table><tr><td rowspan=2>甲<td>乙<tr><td>丙</table></body></html>".encode(),
    "plan.txt": f"一、总则\n{PROSE}\n指标\t目标\n合格率\t95%\n".encode(),
}
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), st.binary(max_size=5)), min_size=1, max_size=4)


def edited(data: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    for where, gone, new in edits:
        at = int(where * len(data))
        data = data[:at] + new + data[at + gone :]
    return data


def survives(data: bytes, name: str) -> None:
    try:
        assert read_content(data, name).blocks
    except DataError as error:
        assert strict_sentence(error.code, error.facts)


@pytest.mark.parametrize("name", PAPERS)
@settings(max_examples=80, deadline=None)
@given(edits=EDITS)
def test_bytes_changed(name: str, edits: list[tuple[float, int, bytes]]) -> None:
    survives(edited(PAPERS[name], edits), name)


@pytest.mark.parametrize("name", ["plan.docx", "plan.xlsx"])
@settings(max_examples=120, deadline=None)
@given(edits=EDITS, which=st.integers(0, 20))
def test_markup_changed_inside_the_package(name: str, edits: list[tuple[float, int, bytes]], which: int) -> None:
    with ZipFile(BytesIO(PAPERS[name])) as archive:
        parts: dict[str, str | bytes] = {entry: archive.read(entry) for entry in archive.namelist()}
    chosen = sorted(parts)[which % len(parts)]
    content = parts[chosen]
    parts[chosen] = edited(content if isinstance(content, bytes) else content.encode(), edits)
    survives(packed(parts), name)
