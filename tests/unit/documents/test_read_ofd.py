"""What an OFD paper says: text where it stands, tables, templates, several documents, marks, signatures, hostile files."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from sample_papers import kinds, packed, refused, strings, table

from zhiheng.documents.readers import read, read_content
from zhiheng.documents.tree import Document, Format
from zhiheng.rules.messages import strict_sentence

NAMESPACE = "http://www.ofdspec.org/2016"
PAPERS = Path(__file__).parents[2] / "fixtures" / "papers"
SIZE = 5.0


def text(
    string: str, x: float, y: float, *, steps: str | None = None, more: str = "", size: float = SIZE, code: str = ""
) -> str:
    """A text object at x, y (millimetres); characters stand `steps` apart, an em each when not told."""
    told = f"g {len(string) - 1} {size}" if steps is None else steps
    delta = f' DeltaX="{told}"' if len(string) > 1 and told else ""
    return (
        f'<ofd:TextObject ID="9" Font="3" Size="{size}" Boundary="{x} {y} {len(string) * size} {size}" {more}>'
        f'{code}<ofd:TextCode X="0" Y="{0.88 * size}"{delta}>{escape(string)}</ofd:TextCode></ofd:TextObject>'
    )


def path(x: float, y: float, width: float, height: float, data: str, more: str = "") -> str:
    return (
        f'<ofd:PathObject ID="9" Boundary="{x} {y} {width} {height}" {more}>'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def page(*objects: str, template: str = "", box: str = "0 0 210 297", namespace: str = NAMESPACE) -> str:
    return (
        f'<ofd:Page xmlns:ofd="{namespace}">{template}<ofd:Area><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:Area>'
        f'<ofd:Content><ofd:Layer ID="1">{"".join(objects)}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def document(pages: int, *, common: str = "", more: str = "", namespace: str = NAMESPACE) -> str:
    listed = "".join(f'<ofd:Page ID="{i + 1}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(pages))
    return (
        f'<ofd:Document xmlns:ofd="{namespace}"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>'
        f"</ofd:PageArea>{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{more}</ofd:Document>"
    )


def parts(*pages: str, common: str = "", more: str = "", body: str = "", namespace: str = NAMESPACE) -> dict[str, str | bytes]:
    """The parts of a file of one document."""
    return {
        "OFD.xml": f'<ofd:OFD xmlns:ofd="{namespace}"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{body}'
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": document(len(pages), common=common, more=more, namespace=namespace),
        **{f"Doc_0/Pages/Page_{i}/Content.xml": content for i, content in enumerate(pages)},
    }


def ofd(*pages: str, **more: str) -> Document:
    return read_content(packed(parts(*pages, **more)), "plan.ofd")


FIRST = text("到2030年产品质量合格率达到百分之九十六。", 30, 40)
SECOND = text("服务质量满意度达到百分之八十五以上。", 30, 60)


def test_characters_stand_where_the_anchor_says() -> None:
    found = ofd(page(FIRST, SECOND))
    assert found.format is Format.OFD
    assert strings(found) == ["到2030年产品质量合格率达到百分之九十六。", "服务质量满意度达到百分之八十五以上。"]
    anchor = found.blocks[1].text.anchor(2, 4)  # type: ignore[union-attr]
    assert anchor.place.page == 1 and anchor.box is not None
    points = 72 / 25.4
    box = anchor.box
    assert (box.left, box.top, box.right, box.bottom) == pytest.approx(
        (40 * points, 60 * points, 50 * points, 65 * points), abs=0.01
    )


def test_order_is_that_of_the_page_not_of_the_file() -> None:
    assert strings(ofd(page(SECOND, FIRST))) == strings(ofd(page(FIRST, SECOND)))


@pytest.mark.parametrize("namespace", ["http://www.ofdspec.org/2016", "http://www.ofdspec.org", "urn:anything"])
def test_drafts_of_the_standard(namespace: str) -> None:
    page_of = page(FIRST, namespace=namespace)
    assert strings(ofd(page_of, namespace=namespace)) == ["到2030年产品质量合格率达到百分之九十六。"]


@pytest.mark.parametrize("steps", ["5 5 5 5 5", "g 5 5", "g 2 5 5 g 2 5", "g 5 5.0", "5,5,5,5,5", "g 99999999 5", "5"])
def test_steps_in_every_form(steps: str) -> None:
    assert strings(ofd(page(text("质量强县建设", 30, 40, steps=steps), SECOND)))[0] == "质量强县建设"


def test_characters_set_by_the_font_alone() -> None:
    assert strings(ofd(page(text("质量ABC强县", 30, 40, steps=""), SECOND)))[0] == "质量ABC强县"


def test_one_object_a_character() -> None:
    objects = [text(c, 30 + 5 * i, 40) for i, c in enumerate("质量强县建设规划")]
    assert strings(ofd(page(*reversed(objects), SECOND)))[0] == "质量强县建设规划"


def test_lines_within_one_object_go_down() -> None:
    down = (
        f'<ofd:TextObject Font="3" Size="{SIZE}" Boundary="30 40 100 40">'
        '<ofd:TextCode X="0" Y="4" DeltaX="5 5 5">一、总体</ofd:TextCode><ofd:TextCode X="0" Y="24" DeltaX="5 5 5">二、任务</ofd:TextCode>'
        "</ofd:TextObject>"
    )
    assert strings(ofd(page(down))) == ["一、总体", "二、任务"]


def test_a_matrix_sets_size_and_place() -> None:
    small = text("质量强县", 30, 40, size=1.0, steps="1 1 1", more='CTM="5 0 0 5 0 0"')
    found = ofd(page(small, SECOND))
    box = found.blocks[0].text.anchor(0, 4).box  # type: ignore[union-attr]
    assert strings(found)[0] == "质量强县"
    assert box is not None and box.right - box.left == pytest.approx(20 * 72 / 25.4, abs=0.1)


def test_a_page_whose_text_is_turned_is_read_the_way_it_stands() -> None:
    turned = [text(s, x, 200, more='CTM="0 -1 1 0 0 0"') for s, x in (("第一行文字在左", 40), ("第二行文字在右", 80))]
    assert strings(ofd(page(*turned))) == ["第一行文字在左", "第二行文字在右"]


def test_slanted_text_is_none_of_the_paper() -> None:
    assert strings(ofd(page(FIRST, text("内部资料", 50, 100, more='CTM="0.7 -0.7 0.7 0.7 0 0"')))) == strings(ofd(page(FIRST)))


def test_hidden_objects_are_not_read() -> None:
    assert strings(ofd(page(FIRST, text("旧稿", 30, 80, more='Visible="false"')))) == strings(ofd(page(FIRST)))


def test_glyphs_that_differ_from_their_codes_keep_the_codes() -> None:
    glyphs = (
        '<ofd:CGTransform CodePosition="0" CodeCount="4" GlyphCount="4"><ofd:Glyphs>7 8 9 10</ofd:Glyphs></ofd:CGTransform>'
    )
    assert strings(ofd(page(text("质量强县", 30, 40, code=glyphs), SECOND)))[0] == "质量强县"


def test_radicals_become_characters() -> None:
    assert strings(ofd(page(text("⼯程质量⻓期", 30, 40), SECOND)))[0] == "工程质量长期"


def test_signs_of_lists_are_no_damage() -> None:
    found = ofd(page(FIRST, text("\uf0b7 食品抽检", 30, 60), text("\uf0d8 工程验收", 30, 80)))
    assert kinds(found)[1:] == ["item", "item"] and strings(found)[1:] == ["食品抽检", "工程验收"]
    assert found.problems == ()


def test_codes_without_meaning_are_said_and_never_shown() -> None:
    found = ofd(page(FIRST, SECOND, text("\ue001\ue002\ue003", 30, 80)))
    assert [p.code for p in found.problems] == ["documents.font_without_unicode"]
    assert "\ue001" not in "".join(strings(found))


def grid(x: float, y: float, columns: int, rows: int, wide: float = 40, high: float = 10) -> str:
    across = [path(x, y + i * high, columns * wide, 0.1, f"M 0 0 L {columns * wide} 0") for i in range(rows + 1)]
    down = [path(x + i * wide, y, 0.1, rows * high, f"M 0 0 L 0 {rows * high}") for i in range(columns + 1)]
    return "".join(across + down)


CELLS = [["指标", "目标"], ["合格率", "九十六"], ["满意度", "八十五"]]


def in_cells(x: float, y: float) -> str:
    return "".join(text(s, x + 3 + c * 40, y + 2 + r * 10) for r, row in enumerate(CELLS) for c, s in enumerate(row))


def test_ruled_tables() -> None:
    assert table(ofd(page(FIRST, grid(30, 60, 2, 3), in_cells(30, 60)))) == CELLS


def test_tables_of_rectangles() -> None:
    boxes = "".join(path(30 + c * 40, 60 + r * 10, 40, 10, "M 0 0 L 40 0 L 40 10 L 0 10 C") for r in range(3) for c in range(2))
    assert table(ofd(page(FIRST, boxes, in_cells(30, 60)))) == CELLS


def test_curves_and_broken_paths_are_no_lines() -> None:
    odd = [
        path(0, 0, 9, 9, data)
        for data in (
            "M 0 0 B 1 1 2 2 3 3",
            "M 0 0 L",
            "M 0 0 Q 5 5 9 9 L 9 0",
            "Z",
            "",
            "A 1 1 0 0 1 5 5",
            "M a b L c d",
            "C C C",
        )
    ]
    assert strings(ofd(page(FIRST, *odd))) == strings(ofd(page(FIRST)))


def test_templates_lie_under_and_over_the_page() -> None:
    common = '<ofd:TemplatePage ID="2" BaseLoc="Tpls/T/Content.xml"/>'
    use = '<ofd:Template TemplateID="2" ZOrder="Background"/>'
    files = parts(page(FIRST, template=use), page(SECOND, template=use), common=common)
    files["Doc_0/Tpls/T/Content.xml"] = page(text("内部试行", 30, 10), grid(30, 100, 2, 3), in_cells(30, 100))
    found = read_content(packed(files), "plan.ofd")
    assert "内部试行" not in strings(found)  # a running head
    assert table(found)[0] == CELLS[0]


def test_nested_blocks_and_shared_drawings() -> None:
    shared = (
        f'<ofd:Res xmlns:ofd="{NAMESPACE}"><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="5" Width="100" Height="20">'
        f"<ofd:Content>{text('共用文字', 0, 0)}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"
    )
    block = f"<ofd:PageBlock><ofd:PageBlock>{FIRST}</ofd:PageBlock></ofd:PageBlock>"
    use = '<ofd:CompositeObject ID="8" ResourceID="5" Boundary="30 80 100 20"/>'
    files = parts(page(block, use), common="<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>")
    files["Doc_0/DocumentRes.xml"] = shared
    assert strings(read_content(packed(files), "plan.ofd")) == [*strings(ofd(page(FIRST))), "共用文字"]


def test_a_drawing_that_holds_itself_ends() -> None:
    use = '<ofd:CompositeObject ID="8" ResourceID="5" Boundary="1 1 100 20"/>'
    files = parts(page(FIRST, use), common="<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>")
    files["Doc_0/DocumentRes.xml"] = (
        f'<ofd:Res xmlns:ofd="{NAMESPACE}"><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="5"><ofd:Content>{use}'
        "</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"
    )
    assert strings(read_content(packed(files), "plan.ofd")) == strings(ofd(page(FIRST)))


def test_drawings_that_hold_each_other_many_times_are_refused() -> None:
    uses = '<ofd:CompositeObject ID="8" ResourceID="5" Boundary="1 1 100 20"/>' * 20
    files = parts(page(uses), common="<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>")
    files["Doc_0/DocumentRes.xml"] = (
        f'<ofd:Res xmlns:ofd="{NAMESPACE}"><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="5"><ofd:Content>{uses}'
        "</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"
    )
    assert refused(packed(files), "plan.ofd", cells=5_000).code == "documents.too_many_cells"


def test_several_documents_follow_one_another_and_it_is_said() -> None:
    files = parts(page(FIRST))
    files["OFD.xml"] = (
        f'<ofd:OFD xmlns:ofd="{NAMESPACE}">'
        + "".join(f"<ofd:DocBody><ofd:DocRoot>/Doc_{i}/Document.xml</ofd:DocRoot></ofd:DocBody>" for i in (0, 1))
        + "</ofd:OFD>"
    )
    files["Doc_1/Document.xml"] = document(1)
    files["Doc_1/Pages/Page_0/Content.xml"] = page(SECOND)
    found = read_content(packed(files), "plan.ofd")
    assert strings(found) == strings(ofd(page(FIRST), page(SECOND)))
    last = found.blocks[-1].text  # type: ignore[union-attr]
    assert last.anchor(len(last.string) - 1, len(last.string)).place.page == 2
    assert [(p.code, dict(p.facts)) for p in found.problems] == [("documents.several_documents", {"count": "2"})]


def test_signatures_are_mentioned() -> None:
    files = parts(page(FIRST), body="<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>")
    files["Doc_0/Signs/Signatures.xml"] = (
        f'<ofd:Signatures xmlns:ofd="{NAMESPACE}"><ofd:Signature/><ofd:Signature/></ofd:Signatures>'
    )
    (problem,) = read_content(packed(files), "plan.ofd").problems
    assert (problem.code, dict(problem.facts)) == ("documents.signed", {"count": "2"})
    assert "没有验证" in strict_sentence(problem.code, problem.facts)


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ('<ofd:Annot Type="Stamp"/>', True),
        ('<ofd:Annot Type="Highlight"/>', True),
        ('<ofd:Annot Type="Watermark"/>', False),
        ('<ofd:Annot Type="Link"/>', False),
        ('<ofd:Annot Type="Path" Visible="false"/>', False),
    ],
)
def test_marks_over_the_text_are_mentioned(mark: str, *, told: bool) -> None:
    files = parts(page(FIRST), page(SECOND), more="<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>")
    files["Doc_0/Annots/Annotations.xml"] = (
        f'<ofd:Annotations xmlns:ofd="{NAMESPACE}"><ofd:Page PageID="2"><ofd:FileLoc>P/Annot.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'
    )
    files["Doc_0/Annots/P/Annot.xml"] = f'<ofd:PageAnnot xmlns:ofd="{NAMESPACE}">{mark}</ofd:PageAnnot>'
    found = [(p.code, dict(p.facts)) for p in read_content(packed(files), "plan.ofd").problems]
    assert found == ([("documents.marks_over_text", {"pages": "2"})] if told else [])


def test_attachments_are_mentioned() -> None:
    files = parts(page(FIRST), more="<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>")
    files["Doc_0/Attachs/Attachments.xml"] = f'<ofd:Attachments xmlns:ofd="{NAMESPACE}"><ofd:Attachment/></ofd:Attachments>'
    assert [p.code for p in read_content(packed(files), "plan.ofd").problems] == ["documents.attachments"]


def test_encrypted() -> None:
    files = parts(page(FIRST), body="<ofd:Encryptions>Encryptions.xml</ofd:Encryptions>")
    assert refused(packed(files), "plan.ofd").code == "documents.encrypted"


def test_pictures_without_text() -> None:
    picture = '<ofd:ImageObject ID="7" ResourceID="6" Boundary="0 0 210 297"/>'
    assert refused(packed(parts(page(picture), page(picture))), "plan.ofd").code == "documents.scanned"
    found = ofd(page(FIRST), page(picture))
    assert [(p.code, dict(p.facts)) for p in found.problems] == [("documents.scanned_pages", {"pages": "2"})]


@pytest.mark.parametrize("content", [None, "<ofd:Page", "no markup"])
def test_a_damaged_page_is_lost_alone(content: str | None) -> None:
    files = parts(page(FIRST), page(SECOND))
    if content is None:
        del files["Doc_0/Pages/Page_1/Content.xml"]
    else:
        files["Doc_0/Pages/Page_1/Content.xml"] = content
    found = read_content(packed(files), "plan.ofd")
    assert strings(found) == strings(ofd(page(FIRST)))
    assert [(p.code, dict(p.facts)) for p in found.problems] == [("documents.damaged_pages", {"pages": "2"})]


@pytest.mark.parametrize("part", ["OFD.xml", "Doc_0/Document.xml"])
@pytest.mark.parametrize("content", ["", "<a", "<a/>"])
def test_damaged(part: str, content: str) -> None:
    assert refused(packed({**parts(page(FIRST)), part: content}), "plan.ofd").code in {
        "documents.damaged",
        "documents.nothing_to_read",
    }


def test_no_page_at_all() -> None:
    assert refused(packed(parts()), "plan.ofd").code == "documents.damaged"


def test_entities() -> None:
    hidden = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert refused(packed({**parts(page(FIRST)), "Doc_0/Pages/Page_0/Content.xml": hidden}), "plan.ofd").code == (
        "documents.xml_entities"
    )


def test_too_many_pages() -> None:
    error = refused(packed(parts(*[page(FIRST)] * 3)), "plan.ofd", pages=2)
    assert error.code == "documents.too_many_pages"
    assert "3" in strict_sentence(error.code, error.facts)


def test_too_long() -> None:
    assert refused(packed(parts(page(*[FIRST] * 50))), "plan.ofd", characters=100).code == "documents.too_long"


def test_blocks_nested_beyond_reason() -> None:
    deep = "<ofd:PageBlock>" * 300 + FIRST + "</ofd:PageBlock>" * 300
    assert refused(packed(parts(page(deep))), "plan.ofd").code == "documents.nested_too_deep"


@pytest.mark.parametrize("value", ["NaN", "inf", "1e300", "", "x", "1 2 3", "-1e5"])
@pytest.mark.parametrize("attribute", ["Size", "Boundary", "CTM", "HScale", "ReadDirection"])
def test_values_that_are_no_place(attribute: str, value: str) -> None:
    odd = (
        '<ofd:TextObject Font="3" Size="5" Boundary="30 90 50 5"><ofd:TextCode X="0" Y="4">质量</ofd:TextCode></ofd:TextObject>'
    )
    odd = (
        odd.replace(f'{attribute}="', f'{attribute}="{value}" Old="', 1)
        if attribute in odd
        else odd.replace("Font=", f'{attribute}="{value}" Font=')
    )
    found = strings(ofd(page(FIRST, odd)))
    assert strings(ofd(page(FIRST)))[0] in found


def test_a_place_outside_the_package_is_none() -> None:
    files = parts(page(FIRST))
    files["Doc_0/Document.xml"] = document(1).replace("Pages/Page_0/Content.xml", "../../../etc/passwd")
    assert refused(packed(files), "plan.ofd").code == "documents.damaged"


def test_the_paper_of_another_producer_is_read_in_the_order_of_its_columns() -> None:
    prose = [s for s in strings(read(PAPERS / "columns_easyofd.ofd")) if s.startswith(("说明第", "（"))]
    printed = [s for s in strings(read(PAPERS / "columns_reportlab.pdf")) if s.startswith(("说明第", "（"))]
    assert len(prose) > 10
    assert prose == printed
