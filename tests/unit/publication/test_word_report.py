"""report.docx: the layout of GB/T 9704, native charts, every target, in the order that Word's schema asks for."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.shared import Pt
from hostile import hostile_findings
from lxml import etree
from programs import needed, office, profile
from sample import AS_OF, JUDGEMENTS, NOTE, PLAN

from zhiheng.publication.findings import findings_of
from zhiheng.publication.writers.docx import report_paper
from zhiheng.publication.writers.official_paper import title_lines

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
FINDINGS = findings_of(PLAN, JUDGEMENTS, as_of=AS_OF, figures_note=NOTE)
FACES = {"仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"}


@lru_cache(maxsize=1)
def paper() -> bytes:
    return report_paper(FINDINGS)


def opened(content: bytes | None = None) -> Any:
    return docx.Document(io.BytesIO(content or paper()))


def part(name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(paper())) as archive:
        return etree.fromstring(archive.read(name))


def parts(pattern: str) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(paper())) as archive:
        return [n for n in archive.namelist() if re.fullmatch(pattern, n)]


def cell_texts(table: Any) -> list[list[str]]:
    return [[c.text for c in row.cells] for row in table.rows]


def test_every_target_stands_in_the_table_with_its_verdict() -> None:
    table = next(t for t in opened().tables if t.rows[0].cells[1].text == "指标")
    rows = [r for r in cell_texts(table) if r[0].isdigit()]
    assert [r[1] for r in rows] == [t.indicator for t in PLAN.targets]
    assert [r[2] for r in rows] == [t.attribute for t in PLAN.targets]
    assert {r[6] for r in rows} == {
        "已完成",
        "进度正常",
        "进度滞后",
        "未完成",
        "待上级下达",
        "数据不足",
        "不可比",
        "口径待确认",
    }


def test_every_task_and_every_figure_has_its_row() -> None:
    texts = [cell for table in opened().tables for row in cell_texts(table) for cell in row]
    assert all(t.title in texts for t in PLAN.tasks)
    places = [text for text in texts if text.startswith("figures.xlsx，填报，第")]
    assert len(places) == sum(bool(j.observations) for j in JUDGEMENTS)
    assert sum(place.count("、") + 1 for place in places) == sum(len(j.observations) for j in JUDGEMENTS)


def test_page_is_that_of_the_standard() -> None:
    sections = opened().sections
    first = sections[0]
    sizes = (first.page_width, first.page_height, first.top_margin, first.bottom_margin, first.left_margin, first.right_margin)
    assert [round(size.mm) for size in sizes] == [210, 297, 37, 35, 28, 26]
    assert [s.page_width > s.page_height for s in sections] == [False, True, True, True]
    grid = first._sectPr.find(f"{W}docGrid")
    assert (grid.get(f"{W}type"), grid.get(f"{W}linePitch")) == ("lines", "579")


def test_title_and_body_have_their_sizes() -> None:
    document = opened()
    title, body = document.paragraphs[0], next(p for p in document.paragraphs if "共有监测目标" in p.text)
    assert (title.runs[0].font.size, title.runs[0]._r.rPr.rFonts.get(f"{W}eastAsia")) == (Pt(22), "方正小标宋简体")
    assert (body.runs[0].font.size, body.runs[0]._r.rPr.rFonts.get(f"{W}eastAsia")) == (Pt(16), "仿宋_GB2312")
    assert body.paragraph_format.first_line_indent == Pt(32)
    assert document.styles["Normal"].paragraph_format.line_spacing == Pt(28.95)
    assert document.styles["Heading 1"].element.rPr.rFonts.get(f"{W}eastAsia") == "黑体"
    assert document.styles["Heading 2"].element.rPr.rFonts.get(f"{W}eastAsia") == "楷体_GB2312"


def test_every_run_and_style_names_its_font_for_chinese() -> None:
    names = ["word/document.xml", "word/styles.xml", *parts(r"word/footer\d+\.xml")]
    for name in names:
        for fonts in part(name).iter(f"{W}rFonts"):
            assert fonts.get(f"{W}eastAsia") in FACES, name
            assert not any("heme" in key for key in fonts.attrib), name
    for run in part("word/document.xml").iter(f"{W}r"):
        assert run.find(f"{W}rPr/{W}rFonts") is not None


def test_pages_are_numbered_outside() -> None:
    section = opened().sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.alignment, even.alignment) == (2, 0)
    for paragraph in (odd, even):
        assert "PAGE" in "".join(t.text or "" for t in paragraph._p.iter(f"{W}instrText"))
        assert paragraph.text.startswith("— ") and paragraph.text.endswith(" —")
        assert {r.font.size for r in paragraph.runs} == {Pt(14)}


def test_table_heads_repeat_and_rows_do_not_break() -> None:
    for table in opened().tables:
        rows = table._tbl.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(r.find(f"{W}trPr/{W}cantSplit") is not None for r in rows[1:])
        assert not list(table._tbl.iter(f"{W}trHeight")), "a fixed height would clip text"


def test_charts_are_native_and_carry_their_numbers() -> None:
    names = parts(r"word/charts/chart\d+\.xml")
    assert len(names) == 3
    with zipfile.ZipFile(io.BytesIO(paper())) as archive:
        book = openpyxl.load_workbook(io.BytesIO(archive.read("word/embeddings/chart1.xlsx")))
        relations = archive.read("word/charts/_rels/chart1.xml.rels").decode()
    assert "embeddings/chart1.xlsx" in relations
    rows = list(book["Sheet1"].values)
    assert dict(rows[1:]) == {
        "已完成": 7,
        "未完成": 2,
        "进度正常": 9,
        "进度滞后": 5,
        "待上级下达": 1,
        "数据不足": 2,
        "不可比": 1,
        "口径待确认": 1,
    }
    doughnut = part(names[0])
    assert [v.text for v in doughnut.iter(f"{C}v")][-8:] == [repr(float(n)) for _, n in rows[1:]]
    described = [d.get("descr") for d in part("word/document.xml").iter("{*}docPr")]
    assert len(described) == 3 and all(described)


# Order of children as the schema has it; Word refuses a paper in which they stand otherwise.
ORDER = {
    f"{W}pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs snapToGrid spacing ind jc "
    "outlineLvl rPr sectPr",
    f"{W}rPr": "rStyle rFonts b bCs i iCs color spacing w kern position sz szCs highlight u lang",
    f"{W}tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
    f"{W}tblPr": "tblStyle tblpPr tblOverlap tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook",
    f"{W}sectPr": "headerReference footerReference type pgSz pgMar cols titlePg docGrid",
    f"{C}chartSpace": "date1904 lang roundedCorners chart spPr txPr externalData",
    f"{C}chart": "autoTitleDeleted plotArea legend plotVisOnly dispBlanksAs",
    f"{C}ser": "idx order tx spPr invertIfNegative dPt dLbls cat val",
    f"{C}dPt": "idx invertIfNegative marker bubble3D explosion spPr",
    f"{C}dLbls": "dLbl numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize "
    "showLeaderLines",
    f"{C}barChart": "barDir grouping varyColors ser dLbls gapWidth overlap axId",
    f"{C}doughnutChart": "varyColors ser dLbls firstSliceAng holeSize",
    f"{C}scaling": "orientation max min",
}


def out_of_order(root: Any) -> Iterable[str]:
    for element in root.iter(*ORDER):
        names = ORDER[element.tag].split()
        if element.tag == f"{C}chart" and len(element) == 0:
            continue
        places = [names.index(etree.QName(child).localname) for child in element]
        if places != sorted(places):
            yield f"{element.tag}: {[etree.QName(child).localname for child in element]}"


@pytest.mark.parametrize(
    "name", ["word/document.xml", "word/charts/chart1.xml", "word/charts/chart2.xml", "word/charts/chart3.xml"]
)
def test_elements_stand_in_the_order_of_the_schema(name: str) -> None:
    assert list(out_of_order(part(name))) == []


def test_equal_content_gives_equal_bytes() -> None:
    assert report_paper(FINDINGS) == paper()


def test_day_and_attachments() -> None:
    texts = [p.text for p in opened().paragraphs]
    assert "2026年6月30日" in texts
    listed = [t for t in texts if re.match(r"(附件：)?\d\.(规划|数据)", t)]
    assert listed == ["附件：1.规划目标监测一览表", "2.规划任务分工表", "3.数据来源"]


def test_a_quiet_plan_says_so() -> None:
    one = replace(JUDGEMENTS[1], observations=(), value=None)
    plan = replace(PLAN, targets=(PLAN.targets[1],), tasks=())
    text = "\n".join(p.text for p in opened(report_paper(findings_of(plan, [one], as_of=AS_OF))).paragraphs)
    for said in ("没有未完成或者进度滞后的目标", "没有需要另行明确的事项", "没有列出任务分工"):
        assert said in text


def test_a_plan_without_targets_still_gives_a_paper() -> None:
    empty = findings_of(replace(PLAN, targets=(), tasks=()), [], as_of=AS_OF)
    assert "共有监测目标0项" in "\n".join(p.text for p in opened(report_paper(empty)).paragraphs)


def test_earlier_targets_are_told_apart() -> None:
    targets = tuple(replace(t, own=i > 1) for i, t in enumerate(PLAN.targets))
    found = findings_of(replace(PLAN, targets=targets), JUDGEMENTS, as_of=AS_OF)
    text = "\n".join(p.text for p in opened(report_paper(found)).paragraphs)
    assert "共有监测目标26项" in text and "上期规划目标2项的完成情况：已完成1项、进度正常1项" in text


def test_hostile_texts_do_not_break_the_paper() -> None:
    texts = [c for t in opened(report_paper(hostile_findings())).tables for row in cell_texts(t) for c in row]
    assert "</script><script>window.hacked=1</script>0" in texts
    assert "质量合格率5" in texts


@pytest.mark.parametrize(
    ("parts", "lines"),
    [
        (("《短规划》", "实施情况", "年度监测报告"), 1),
        (("《青岭县质量强县建设规划", "（2024—2028年）》", "实施情况", "年度监测报告"), 3),
        (("《" + "很长" * 30 + "》", "实施情况"), 2),
    ],
)
def test_titles_break_between_their_parts(parts: tuple[str, ...], lines: int) -> None:
    found = title_lines(parts)
    assert len(found) == lines and "".join(found) == "".join(parts)


@pytest.mark.office
def test_libreoffice_opens_it_and_nothing_is_clipped(tmp_path: Path) -> None:
    program, reader = office(), needed("pdftotext")
    (tmp_path / "report.docx").write_bytes(paper())
    command = [
        program,
        profile(tmp_path),
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "report.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    shown = subprocess.run(
        [reader, "-layout", str(tmp_path / "report.pdf"), "-"], check=True, capture_output=True
    ).stdout.decode()
    flat = "".join(
        subprocess.run([reader, "-raw", str(tmp_path / "report.pdf"), "-"], check=True, capture_output=True)
        .stdout.decode()
        .split()
    )
    assert all(t.indicator.replace(" ", "") in flat for t in PLAN.targets)
    assert all(t.title in flat for t in PLAN.tasks)
    pages = shown.split("\f")[:-1]
    assert 12 <= len(pages) <= 24
    assert all(f"—{n}—" in page.replace(" ", "") for n, page in enumerate(pages, 1))
