"""Word papers, from parts written by hand: what Word writes, no more."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from sample_papers import PROSE, STRICT_W, kinds, p, r, read_word, strings, table

from zhiheng.documents.readers import read_content
from zhiheng.documents.tree import Anchor, ListItem, Note, Place


def level(at: int, kind: str, text: str, extra: str = "") -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>{extra}</w:lvl>'


def a_list(*levels: str, key: int = 0, nums: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>' + (
        nums or f'<w:num w:numId="1"><w:abstractNumId w:val="{key}"/></w:num>'
    )


def numbered(content: str, at: int = 0, number: int = 1) -> str:
    return p(content, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')


PLAN_LIST = a_list(
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCountingThousand", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimal", "(%4)"),
    level(4, "decimalEnclosedCircle", "%5"),
)


def test_numbers_that_no_run_holds() -> None:
    body = "".join(
        numbered(content, at) for content, at in zip("甲乙丙丁戊己庚辛壬癸子", (0, 1, 1, 0, 1, 2, 2, 3, 4, 1, 2), strict=True)
    )
    document = read_word(body, numbering=PLAN_LIST)
    labels = ["一、", "（一）", "（二）", "二、", "（一）", "1.", "2.", "(1)", "①", "（二）", "1."]
    assert strings(document) == [label + content for label, content in zip(labels, "甲乙丙丁戊己庚辛壬癸子", strict=True)]
    assert kinds(document) == ["p"] * 8 + ["item", "p", "p"]
    assert [t.anchor().place for t in document.texts()][:2] == [Place(paragraph=1), Place(paragraph=2)]
    assert next(document.texts()).anchor(2).start == 2


@pytest.mark.parametrize(
    ("kind", "text", "labels"),
    [
        ("chineseCounting", "第%1章", ["第一章 ", "第十一章 ", "第二十章 ", "第一百零二章 "]),
        ("decimal", "%1", ["1 ", "11 ", "20 ", "102 "]),
        ("decimalZero", "%1.", ["01.", "11.", "20.", "102."]),
        ("decimalEnclosedCircle", "%1", ["①", "⑪", "⑳", "102 "]),
        ("decimalEnclosedParen", "%1", ["⑴", "⑾", "⒇", "102 "]),
        ("upperLetter", "%1.", ["A.", "K.", "T.", "XXXX."]),
        ("lowerRoman", "%1)", ["i)", "xi)", "xx)", "cii)"]),
        ("upperRoman", "%1.", ["I.", "XI.", "XX.", "CII."]),
        ("chineseLegalSimplified", "%1、", ["壹、", "壹拾壹、", "贰拾、", "壹佰零贰、"]),
        ("ideographTraditional", "%1、", ["甲、", "11、", "20、", "102、"]),
        ("ideographDigital", "%1、", ["一、", "一一、", "二〇、", "一〇二、"]),
        ("decimalFullWidth", "%1.", ["１.", "１１.", "２０.", "１０２."]),
        ("somethingNew", "%1.", ["1.", "11.", "20.", "102."]),
        ("none", "", ["", "", "", ""]),
    ],
)
def test_formats_of_numbers(kind: str, text: str, labels: list[str]) -> None:
    document = read_word("".join(numbered(f"条目{i}") for i in range(1, 103)), numbering=a_list(level(0, kind, text)))
    found = strings(document)
    assert [found[i - 1] for i in (1, 11, 20, 102)] == [
        f"{label}条目{i}" for label, i in zip(labels, (1, 11, 20, 102), strict=True)
    ]


def test_start_values_and_restarts() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    )
    numbering = a_list(level(0, "decimal", "%1.").replace('start w:val="1"', 'start w:val="3"'), nums=nums)
    body = numbered("甲") + numbered("乙") + numbered("丙", number=2) + numbered("丁", number=2) + numbered("戊", number=3)
    assert strings(read_word(body, numbering=numbering)) == ["3.甲", "4.乙", "1.丙", "2.丁", "3.戊"]


def test_a_level_that_never_restarts_and_legal_numbers() -> None:
    numbering = a_list(
        level(0, "chineseCounting", "%1、"),
        level(1, "decimal", "（%2）", '<w:lvlRestart w:val="0"/>'),
        level(2, "decimal", "%1.%3", "<w:isLgl/>"),
    )
    body = numbered("甲") + numbered("一", 1) + numbered("乙") + numbered("二", 1) + numbered("三", 2)
    assert strings(read_word(body, numbering=numbering)) == ["一、甲", "（1）一", "二、乙", "（2）二", "2.1 三"]


def test_numbering_linked_to_styles() -> None:
    styles = (
        '<w:style w:styleId="h1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="h2"><w:name w:val="heading 2"/><w:basedOn w:val="h1"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="plain"><w:basedOn w:val="h2"/>'
        '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
    )
    numbering = a_list(
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="h1"/>'),
        level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="h2"/>'),
    )
    body = p("总则", '<w:pStyle w:val="h1"/>') + p("目标", '<w:pStyle w:val="h2"/>') + p("正文", '<w:pStyle w:val="plain"/>')
    document = read_word(body, styles=styles, numbering=numbering)
    assert strings(document) == ["一、总则", "（一）目标", "正文"]
    assert kinds(document) == ["h1", "h2", "p"]


def test_a_list_style_shared_by_link() -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="0"><w:styleLink w:val="own"/>{level(0, "decimal", "%1.")}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="own"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    assert strings(read_word(numbered("甲") + numbered("乙"), numbering=numbering)) == ["1.甲", "2.乙"]


def test_bullets() -> None:
    numbering = a_list(level(0, "bullet", "\uf0b7"), level(1, "bullet", "——"))
    document = read_word(numbered("质量效益") + numbered("品牌", 1), numbering=numbering)
    assert strings(document) == ["质量效益", "——品牌"]
    assert [b.level for b in document.blocks if isinstance(b, ListItem)] == [1, 2]


def test_headings_by_style_name_outline_and_their_limits() -> None:
    styles = (
        '<w:style w:styleId="a"><w:name w:val="标题 2"/></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:styleId="toc1"><w:name w:val="toc 1"/></w:style>'
        '<w:style w:styleId="loop1"><w:basedOn w:val="loop2"/></w:style>'
        '<w:style w:styleId="loop2"><w:basedOn w:val="loop1"/></w:style>'
    )
    body = "".join(
        [
            p("一、总则\t1", '<w:pStyle w:val="toc1"/>'),
            p("总则", '<w:pStyle w:val="b"/>'),
            p("目标", '<w:outlineLvl w:val="0"/>'),
            p("正文", '<w:pStyle w:val="a"/><w:outlineLvl w:val="9"/>'),
            p(f"(一)指导思想。{PROSE}", '<w:pStyle w:val="a"/>'),
            p("循环", '<w:pStyle w:val="loop1"/>'),
        ]
    )
    document = read_word(body, styles=styles)
    assert kinds(document) == ["h2", "h1", "p", "p", "p"]


def test_changes_as_accepted() -> None:
    body = p(
        r("合格率达到") + f'<w:del w:id="1"><w:r><w:delText>93%</w:delText></w:r></w:del><w:ins w:id="2">{r("95%")}</w:ins>'
        + f'<w:moveFrom w:id="3">{r("以下")}</w:moveFrom><w:moveTo w:id="4">{r("以上")}</w:moveTo>'
    ) + p(r("到2027年,"), '<w:rPr><w:del w:id="5"/></w:rPr>') + p("建成绿色工厂20家。")  # fmt: skip
    document = read_word(body)
    assert strings(document) == ["合格率达到95%以上", "到2027年,建成绿色工厂20家。"]
    anchors = [t.anchor() for t in document.texts()]
    assert anchors[1].place == Place(paragraph=2)
    row = f"<w:tr><w:tc>{p('甲')}</w:tc><w:tc>{p('1')}</w:tc></w:tr>"
    gone = row.replace("<w:tr>", '<w:tr><w:trPr><w:del w:id="6"/></w:trPr>').replace("甲", "乙")
    assert table(read_word(f"<w:tbl>{row}{gone}{row}</w:tbl>")) == [["甲", "1"], ["甲", "1"]]


def test_what_a_run_prints() -> None:
    body = p(
        r("质量") + "<w:r><w:tab/><w:noBreakHyphen/><w:softHyphen/></w:r>"
        + r("秘密", "<w:vanish/>") + r("公开", '<w:vanish w:val="0"/>')
        + '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + r("95")
        + "<w:r><w:ruby><w:rt><w:r><w:t>zhì</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>质</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        + f"<w:hyperlink>{r('链接')}</w:hyperlink><w:sdt><w:sdtContent>{r('控件')}</w:sdtContent></w:sdt>"
    )  # fmt: skip
    assert strings(read_word(body)) == ["质量\t-公开≥95质链接控件"]


def test_fields_keep_results_only() -> None:
    body = p(
        r("共")
        + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> =SUM(ABOVE) </w:instrText></w:r>'
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + r("26")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        + f'<w:fldSimple w:instr="PAGE">{r("项")}</w:fldSimple>'
    )
    assert strings(read_word(body)) == ["共26项"]


def test_breaks_in_a_paragraph_make_paragraphs() -> None:
    body = p(r("一、总体要求") + "<w:r><w:br/></w:r>" + r("(一)目标") + "<w:r><w:cr/></w:r>" + r("  正文。"))
    document = read_word(body)
    assert strings(document) == ["一、总体要求", "(一)目标", "正文。"]
    assert [(t.anchor().place.paragraph, t.anchor().start) for t in document.texts()] == [(1, 0), (1, 7), (1, 15)]


def test_hidden_by_style_and_contents() -> None:
    styles = '<w:style w:styleId="x"><w:name w:val="Hidden"/><w:rPr><w:vanish/></w:rPr></w:style>'
    contents = '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    body = p("看不见", '<w:pStyle w:val="x"/>') + p(r("也看不见", '<w:rStyle w:val="x"/>') + r("看得见"))
    body += f"{contents}<w:sdtContent>{p('一、总则 1')}</w:sdtContent></w:sdt>"
    body += f"<w:sdt><w:sdtContent>{p('正文')}</w:sdtContent></w:sdt>"
    assert strings(read_word(body, styles=styles)) == ["看得见", "正文"]


def a_table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def test_merged_cells() -> None:
    body = a_table(
        cell("指标", '<w:gridSpan w:val="2"/>') + cell("目标"),
        cell("产品", '<w:vMerge w:val="restart"/>') + cell("合格率") + cell("95%"),
        cell("", "<w:vMerge/>") + cell("抽检率") + cell("98%"),
        cell("环境", '<w:vMerge w:val="restart"/>') + cell("优良率") + cell("90%"),
    )
    document = read_word(body)
    assert table(document) == [
        ["指标", "指标", "目标"],
        ["产品", "合格率", "95%"],
        ["产品", "抽检率", "98%"],
        ["环境", "优良率", "90%"],
    ]
    assert [t.anchor().place for t in document.texts()][3] == Place(table=1, row=2, column=2)


def test_a_row_that_begins_further_right() -> None:
    body = (
        "<w:tbl>"
        + f"<w:tr>{cell('甲')}{cell('乙')}</w:tr><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{cell('丙')}</w:tr></w:tbl>"
    )
    assert table(read_word(body)) == [["甲", "乙"], ["", "丙"]]


def test_lines_and_numbers_in_cells() -> None:
    numbering = a_list(level(0, "decimal", "%1"))
    two = p("省级") + p("市级")
    body = a_table(
        cell("序号") + cell("指标") + cell("目标"),
        cell(numbered("")) + cell("合格率") + cell("95%"),
        cell(numbered("甲")) + cell(two) + cell(p("1") + p("5")),
    )
    document = read_word(body, numbering=numbering)
    assert table(document)[2] == ["1 甲", "省级\n市级", "1\n5"]
    stacked = next(t for t in document.texts() if t.string == "省级\n市级")
    assert stacked.anchor(3, 5) == Anchor(Place(table=1, row=3, column=2), 3, 5)


def test_tables_inside_tables_and_frames_of_one_column() -> None:
    inner = a_table(cell("内一") + cell("内二"), cell("1") + cell("2"))
    document = read_word(a_table(cell("外") + cell(p("外文") + inner + p())) + a_table(cell("专栏1 攻关行动"), cell(PROSE)))
    assert kinds(document) == ["table", "table", "p", "p"]
    assert table(document, 1) == [["外", "外文"]]
    assert table(document, 2) == [["内一", "内二"], ["1", "2"]]
    assert strings(document)[2:] == ["专栏1 攻关行动", PROSE]


def test_notes_are_blocks_and_do_not_stick_to_figures() -> None:
    own = p("<w:r><w:footnoteRef/></w:r>" + r(" 首席质量官:统管质量工作的人。"))
    note = f'<w:footnote w:id="0" w:type="separator">{p("-")}</w:footnote><w:footnote w:id="2">{own}</w:footnote>'
    end = f'<w:endnote w:id="3">{p("尾注。")}</w:endnote>'
    body = p(
        r("培训首席质量官")
        + '<w:r><w:footnoteReference w:id="2"/></w:r>'
        + r("260名")
        + '<w:r><w:endnoteReference w:id="3"/></w:r>'
    ) + p("后文。")
    document = read_word(body, footnotes=note, endnotes=end)
    assert strings(document) == ["培训首席质量官260名", "首席质量官:统管质量工作的人。", "尾注。", "后文。"]
    assert [b.mark for b in document.blocks if isinstance(b, Note)] == ["1", "i"]
    assert [t.anchor().place for t in document.texts()][1] == Place(note=1)


def test_raised_marks_and_exponents() -> None:
    up = '<w:vertAlign w:val="superscript"/>'
    document = read_word(
        p(
            r("比例达到15.7%")
            + r("4", up)
            + r(",浓度27µg/m")
            + r("3", up)
            + r(",扩大10")
            + r("4", up)
            + r("倍,优良率")
            + r("[2]", up)
            + r("90%")
        )
    )
    assert strings(document) == ["比例达到15.7%,浓度27µg/m3,扩大104倍,优良率90%"]
    [text] = document.texts()
    assert text.anchor(text.string.index("90%")).start == len("比例达到15.7%4,浓度27µg/m3,扩大104倍,优良率[2]")


def test_text_boxes_once() -> None:
    box = f"<w:txbxContent>{p('文件编号:青政发〔2027〕9号')}</w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    choice = f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
    fallback = f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    alternatives = f'<mc:AlternateContent xmlns:mc="{mc}">{choice}{fallback}</mc:AlternateContent>'
    document = read_word(p(r("红头") + f"<w:r>{alternatives}</w:r>") + p("正文。"))
    assert strings(document) == ["红头", "文件编号:青政发〔2027〕9号", "正文。"]


def test_a_paper_pasted_line_by_line() -> None:
    lines = [PROSE[i : i + 30] for i in range(0, len(PROSE), 30)]
    document = read_word(p("一、主要目标") + "".join(p(line) for line in lines) + p("二、重点任务"))
    assert strings(document) == ["一、主要目标", PROSE, "二、重点任务"]
    text = list(document.texts())[1]
    assert text.anchor(35).place == Place(paragraph=3)


def test_strict_namespace() -> None:
    assert strings(read_word(numbered("总则"), STRICT_W, numbering=PLAN_LIST)) == ["一、总则"]


def test_a_paper_of_python_docx() -> None:
    paper = docx.Document()
    paper.add_heading("青岭县质量强县规划", 0)
    paper.add_heading("一、主要目标", 1)
    paper.add_paragraph(PROSE)
    paper.add_paragraph("新增品牌", style="List Bullet")
    paper.add_paragraph("新增标准", style="List Number")
    grid = paper.add_table(3, 3)
    for i, row in enumerate(grid.rows):
        for k, c in enumerate(row.cells):
            c.text = f"{i}{k}"
    grid.cell(0, 0).merge(grid.cell(1, 0)).text = "并"
    grid.cell(2, 1).merge(grid.cell(2, 2)).text = "宽"
    buffer = BytesIO()
    paper.save(buffer)
    document = read_content(buffer.getvalue(), "plan.docx")
    assert strings(document)[1:5] == ["一、主要目标", PROSE, "新增品牌", "1.新增标准"]
    assert kinds(document)[1:] == ["h1", "p", "item", "p", "table"]
    assert table(document) == [["并", "01", "02"], ["并", "11", "12"], ["20", "宽", "宽"]]
