"""Whatever a paper holds, reading it ends without a fault and loses no text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.plans.papers import a_document, a_table

from zhiheng.documents.tree import Paragraph
from zhiheng.plans.commitments import read_commitments
from zhiheng.plans.definitions import read_definitions
from zhiheng.plans.meta import read_meta
from zhiheng.plans.outline import read_sections
from zhiheng.plans.tasks import read_tasks

PIECES = [
    "一、", "（二）", "(3)", "4.", "5、", "㈠", "⒈", "专栏6:", "第七章 ", "第八条", "# ", "**", "注:", "附件:",
    "目录", "1", "序号", "主要任务", "发展现状", "总体目标", "强化标准", "提升质量", "推动企业加强", "充分发挥作用",
    "“四个最严”", "《方案》", "质(zhì)量", "(责任单位:", "市教育局", "、", "各县(市、区)", "下同)", "牵头", "配合",
    ")", "〔", "〕", "[", "]", "责任单位", "重点任务", "到2030年,", "合格率", "不断提高", "全覆盖", "完成省下达任务",
    "全面消除", "零的突破", "95%", "。", ";", ":", ",", " ", "\u3000", "青岭县人民政府", "2026年3月9日",
    "现将《质量规划》印发给你们", "二〇二六年十三月四十日", "以下简称“方案”", "是指",
]  # fmt: skip
lines = st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join), max_size=14)


@settings(max_examples=150, deadline=None)
@given(lines)
def test_no_paper_is_a_fault_and_no_text_is_lost(paper):
    document = a_document(*paper, a_table(tuple(paper[:4]) or ("",), tuple(paper[4:8]) or ("",)))
    sections = read_sections(document)
    read_meta(sections, find_region=lambda _: None)
    read_tasks(sections)
    read_definitions(sections)
    read_commitments(sections, 2030)
    kept = "".join((s.heading.number or "") + s.heading.title if s.heading else "" for s in sections) + "".join(
        b.text.string for s in sections for b in s.body if isinstance(b, Paragraph)
    )
    letters = {c for line in paper for c in line if c.isalnum() and c.isascii() is False} - set("zhì")
    assert letters <= set(kept)
