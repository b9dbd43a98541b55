"""What a PDF says: order, columns, tables, places, and what of it cannot be read and is said."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import zlib
from functools import cache
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree
from pypdfium2 import raw
from sample_papers import refused, strings, table

from zhiheng.documents.readers import read, read_content
from zhiheng.documents.tree import Document, Format, Heading, Paragraph, Table, Text
from zhiheng.rules.messages import strict_sentence

PAPERS = Path(__file__).parents[2] / "fixtures" / "papers"
COUNTY = PAPERS / "county_libreoffice.pdf"
PRINTED = PAPERS / "columns_reportlab.pdf"


@cache
def paper(name: str) -> Document:
    return read(PAPERS / name)


def saved(made: pypdfium2.PdfDocument) -> bytes:
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def texts(document: Document) -> list[Text]:
    return list(document.texts())


def test_the_format_and_the_pages() -> None:
    found = paper("county_libreoffice.pdf")
    assert found.format is Format.PDF
    assert [p.code for p in found.problems] == ["documents.struck_out"]  # its tracked change is printed
    pages = [text.anchor().place.page for text in texts(found)]
    assert set(pages) == set(range(1, 10))
    prose = [b.text.anchor().place.page or 0 for b in found.blocks if isinstance(b, Paragraph | Heading)]
    assert prose == sorted(prose)


@pytest.mark.office
@pytest.mark.parametrize("name", ["county_libreoffice.pdf", "county_chromium.pdf"])
def test_boxes_are_those_that_poppler_finds(name: str) -> None:
    """Each word that poppler finds stands within the box that our anchor of the same characters has."""
    command = [shutil.which("pdftotext") or "pdftotext", "-bbox", str(PAPERS / name), "-"]
    page = etree.HTML(subprocess.run(command, check=True, capture_output=True).stdout.decode()).find(".//page")
    words = [
        (w.text or "", *(float(w.get(side)) for side in ("xmin", "ymin", "xmax", "ymax"))) for w in page.iterfind(".//word")
    ]
    checked, whole = 0, "\n".join(text.string for text in texts(paper(name)))
    for text in texts(paper(name)):
        if text.anchor().place.page != 1:
            continue
        for word, left, top, right, bottom in words:
            at = text.string.find(word)
            if len(word) < 4 or at < 0 or whole.count(word) > 1:
                continue
            box = text.anchor(at, at + len(word)).box
            assert box is not None
            assert (box.left, box.right) == pytest.approx((left, right), abs=4), word
            assert box.top < (top + bottom) / 2 < box.bottom, word
            checked += 1
    assert checked > 5


def test_heads_feet_and_page_numbers_are_no_text() -> None:
    for name in ("county_libreoffice.pdf", "county_chromium.pdf", "columns_reportlab.pdf"):
        said = strings(paper(name))
        assert not any(s.strip("—- 0123456789/") == "" for s in said)
        assert not any("http" in s or "file:" in s for s in said)


def test_columns_are_read_one_after_the_other() -> None:
    numbered = [s for s in strings(paper("columns_reportlab.pdf")) if s.startswith("说明第")]
    assert [int(s[3 : s.index("段")]) for s in numbered] == list(range(1, len(numbered) + 1))
    assert len(numbered) >= 8


def test_a_table_that_goes_on_over_pages_is_one_table_with_one_head() -> None:
    (found,) = [b for b in paper("columns_reportlab.pdf").blocks if isinstance(b, Table)]
    rows = [[t.string for t in row] for row in found.grid()]
    assert rows[0] == ["序号", "指标", "单位", "2025年", "2030年", "属性"]
    assert [row[0] for row in rows[1:]] == [str(i) for i in range(1, len(rows))]
    assert sum(row == rows[0] for row in rows) == 1
    assert "虚构指标第7项的名称较长需要换行显示" in [row[1] for row in rows]


def test_merged_cells() -> None:
    grid = table(paper("county_libreoffice.pdf"))
    assert [row[0] for row in grid[:3]] == ["类别", "产品质量", "产品质量"]
    (found, *_) = [b for b in paper("county_libreoffice.pdf").blocks if isinstance(b, Table)]
    assert next(c.row_span for c in found.cells if c.text.string == "产品质量") == 2


@pytest.mark.parametrize(("number", "rows", "columns"), [(1, 5, 5), (2, 3, 6)])
def test_tables_without_lines_and_with_three(number: int, rows: int, columns: int) -> None:
    grid = table(paper("tables_reportlab.pdf"), number)
    assert (len(grid), len(grid[0])) == (rows, columns)


def test_a_page_whose_text_is_turned() -> None:
    grid = table(paper("tables_reportlab.pdf"), 3)
    assert grid[0] == ["指标", "单位", "2025年", "2030年"] and grid[1] == ["每万人有效发明专利拥有量", "件", "6", "9"]


def test_cells_know_their_place() -> None:
    found = next(b for b in paper("tables_reportlab.pdf").blocks if isinstance(b, Table))
    cell = next(c for c in found.cells if c.text.string == "98.5")
    place = cell.text.anchor().place
    assert (place.page, place.table, place.row, place.column) == (1, 1, 3, 3)
    assert cell.text.anchor().box is not None


def test_turned_and_cropped_pages_say_the_same() -> None:
    whole = "".join(strings(paper("county_libreoffice.pdf")))
    prose = [s for s in strings(paper("turned_cropped.pdf")) if len(s) > 60 and "|" not in s]
    assert len(prose) >= 4
    assert all(s in whole for s in prose[:-1])


def test_a_scan_says_to_read_it_first() -> None:
    error = refused((PAPERS / "scanned.pdf").read_bytes(), "scanned.pdf")
    assert error.code == "documents.scanned"
    assert "OCR" in strict_sentence(error.code, error.facts)


def test_scanned_pages_within_a_paper_are_named() -> None:
    made, source = pypdfium2.PdfDocument(PRINTED), pypdfium2.PdfDocument(PAPERS / "scanned.pdf")
    made.import_pages(source, [0], 2)
    found = read_content(saved(made), "plan.pdf")
    assert [(p.code, dict(p.facts)) for p in found.problems] == [("documents.scanned_pages", {"pages": "3"})]
    assert "第 3 页" in strict_sentence("documents.scanned_pages", found.problems[0].facts)


def test_a_font_that_does_not_say_its_characters() -> None:
    error = refused((PAPERS / "without_tounicode.pdf").read_bytes(), "plan.pdf")
    assert error.code == "documents.unreadable_font" and error.facts["share"] == 100


def test_some_pages_in_such_a_font() -> None:
    made, source = pypdfium2.PdfDocument(PRINTED), pypdfium2.PdfDocument(PAPERS / "without_tounicode.pdf")
    made.import_pages(source, [0])
    found = read_content(saved(made), "plan.pdf")
    (problem,) = found.problems
    assert problem.code == "documents.font_without_unicode" and problem.facts["pages"] == "5"
    assert strict_sentence(problem.code, problem.facts) and strict_sentence(problem.code, problem.facts, "en")
    said = strings(paper("columns_reportlab.pdf"))
    assert strings(found)[: len(said) - 1] == said[:-1]


def test_locked() -> None:
    assert refused((PAPERS / "encrypted.pdf").read_bytes(), "plan.pdf").code == "documents.encrypted"


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>", COUNTY.read_bytes()[:5000]])
def test_damaged(data: bytes) -> None:
    assert refused(data, "plan.pdf").code == "documents.damaged"


def test_too_many_pages() -> None:
    error = refused(COUNTY.read_bytes(), "plan.pdf", pages=8)
    assert error.code == "documents.too_many_pages" and error.facts["pages"] == 9


def test_too_long() -> None:
    assert refused(COUNTY.read_bytes(), "plan.pdf", characters=500).code == "documents.too_long"


def test_attachments_are_mentioned() -> None:
    made = pypdfium2.PdfDocument(PRINTED)
    name = (ctypes.c_ushort * 6)(*map(ord, "a.txt"), 0)
    attached = raw.FPDFDoc_AddAttachment(made.raw, name)
    assert raw.FPDFAttachment_SetFile(attached, made.raw, b"x", 1)
    (problem,) = read_content(saved(made), "plan.pdf").problems
    assert (problem.code, dict(problem.facts)) == ("documents.attachments", {"count": "1"})
    assert "1 个附件" in strict_sentence(problem.code, problem.facts)


def minimal(content: bytes, more: bytes = b"", catalogue: bytes = b"") -> bytes:
    """A PDF of one page with that content; its offsets are for the program that reads it to repair."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R" + catalogue + b">>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
        b"4 0 obj<</Length " + str(len(content)).encode() + b">>stream\n" + content + b"\nendstream endobj\n"
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n" + more + b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


def shown(*lines: tuple[int, int, str], size: int = 12) -> bytes:
    return b"".join(f"BT /F {size} Tf {x} {y} Td ({s}) Tj ET\n".encode() for x, y, s in lines)


def test_a_form_that_only_its_own_program_shows() -> None:
    form = b"/AcroForm<</XFA 6 0 R/Fields[]>>/NeedsRendering true"
    data = minimal(shown((72, 700, "Please wait")), b"6 0 obj<</Length 9>>stream\n<xdp></xdp>\nendstream endobj\n", form)
    error = refused(data, "plan.pdf")
    assert error.code == "documents.dynamic_form"
    assert "XFA" in strict_sentence(error.code, error.facts)


def test_struck_out_words_are_no_text_and_it_is_said() -> None:
    words = "the rate of qualified products stays high in all towns of the county this year"
    content = shown((72, 700, words), (72, 660, "withdrawn sentence"), (72, 620, words)) + b"1 w 70 664 m 190 664 l S\n"
    found = read_content(minimal(content), "plan.pdf")
    assert not any("withdrawn" in s for s in strings(found))
    (problem,) = found.problems
    assert (problem.code, dict(problem.facts)) == ("documents.struck_out", {"pages": "1"})
    assert strict_sentence(problem.code, problem.facts)


def test_a_page_that_cannot_be_opened_is_lost_alone() -> None:
    data = minimal(shown((72, 700, "a sound page with enough words")))
    broken = data.replace(b"/Kids[3 0 R]/Count 1", b"/Kids[3 0 R 9 0 R]/Count 2")
    found = read_content(broken, "plan.pdf")
    assert [(p.code, dict(p.facts)) for p in found.problems] == [("documents.damaged_pages", {"pages": "2"})]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages(turn: int) -> None:
    data = minimal(shown((72, 700, "first line of a page"), (72, 600, "second line below it")))
    data = data.replace(b"/MediaBox", f"/Rotate {turn}/MediaBox".encode())
    assert strings(read_content(data, "plan.pdf")) == ["first line of a page", "second line below it"]


def test_slanted_words_are_none_of_the_paper() -> None:
    mark = b"BT /F 60 Tf 0.7 0.7 -0.7 0.7 100 300 Tm (DRAFT) Tj ET\n"
    content = shown((72, 700, "first line of a page"), (72, 400, "second line below it"))
    assert strings(read_content(minimal(content + mark), "plan.pdf")) == ["first line of a page", "second line below it"]


@pytest.mark.parametrize("number", ["1e30", "-99999999", "0.00000001", "nan"])
def test_places_beyond_any_page(number: str) -> None:
    content = shown((72, 700, "a sound line of text")) + f"BT /F 12 Tf {number} {number} Td (x) Tj ET\n".encode()
    content += f"{number} {number} m {number} 5 l S 0 0 {number} {number} re f\n".encode()
    assert any("a sound line of text" in s for s in strings(read_content(minimal(content), "plan.pdf")))


def test_a_paper_with_a_red_head() -> None:
    said = strings(paper("red_headed_libreoffice.pdf"))
    assert said[:3] == [
        "云溪县人民政府文件",
        "云政发〔2026〕12号",
        "云溪县人民政府关于印发质量强县建设行动方案（2026—2030年）的通知",  # printed in two centred lines
    ]
    rows = table(paper("red_headed_libreoffice.pdf"))
    assert [row[0] for row in rows][8:10] == ["虚构指标第8项", "虚构指标第9项的名称比较长要换行"]  # cut by the end of a page
    assert len(rows) == 12 and all(all(row) for row in rows)


def packed(content: bytes, times: int = 1) -> bytes:
    """A PDF whose page is packed so many times over."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    plain = minimal(b"X")
    filters = b"/Filter[" + b"/FlateDecode" * times + b"]"
    return plain.replace(b"<</Length 1>>stream\nX", b"<</Length %d%s>>stream\n" % (len(content), filters) + content)


def test_a_packed_page_is_read() -> None:
    assert strings(read_content(packed(shown((72, 700, "a sound line of text")), 2), "plan.pdf")) == ["a sound line of text"]


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_page_that_unpacks_to_far_more_is_refused_unopened(times: int) -> None:
    data = packed(b"0 0 m 1 1 l S\n" * 3_000_000, times)
    assert len(data) < 200_000
    assert refused(data, "plan.pdf").code == "documents.packed_too_tight"


def test_pages_that_together_unpack_to_too_much() -> None:
    many = b"".join(
        b"%d 0 obj<</Filter/FlateDecode>>stream\n" % i + zlib.compress(bytes(900_000)) + b"\nendstream endobj\n"
        for i in range(6, 12)
    )
    error = refused(minimal(shown((72, 700, "text")), many), "plan.pdf", unpacked_bytes=3 * 1024 * 1024)
    assert error.code == "documents.unpacks_too_large"
