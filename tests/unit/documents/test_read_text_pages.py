"""Furniture of web pages, contents, and documents in one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_papers import PROSE, astray, strings, text

from zhiheng.documents.readers.text import read_text

SHARED = Path(__file__).parents[4] / "shared" / "corpus"
TABLE = "表1 主要指标 合格率 % 94.2 ≥95 第一、二产业增加值 亿元 20 30 优质服务站 个 3 5"
SHEETS = [
    "青岭县人民政府关于印发青岭县质量强县规划的通知",
    "信息来源:县市场监管局",
    "发布日期:2027年3月20日",
    "青政发〔2027〕9号",
    "各镇(街道),县级各部门:",
    "现将规划印发给你们,请认真组织实施。",
    "青岭县人民政府",
    "2027年3月16日",
    "青岭县质量强县规划(2027—2030年)",
    "为深入实施质量强国战略,结合我县实际,制定本规划。",
    "一、总体要求",
    f"(一)指导思想。{PROSE}",
    f"(二)主要目标。{PROSE}",
    TABLE,
    "注:①为累计数。",
    "二、重点任务",
    "(一)推动产品质量提档",
    f"1.提升农产品质量。{PROSE}(责任单位:县农业农村局)",
    f"2.提升工业品质量,见专栏1。{PROSE}(责任单位:县经信局)",
    "专栏1 质量攻关",
    f"围绕3.5英寸产品,{PROSE}",
    "(二)推动服务质量提优",
    f"1.优化公共服务。{PROSE}",
    "三、保障措施",
    f"(一)加强组织领导。{PROSE}",
]


def test_a_page_keeps_what_tells_about_the_paper() -> None:
    page = [
        "首页 > 政务公开 > 规划信息",
        "无障碍浏览 | 长者模式 | 登录",
        "今天是2027年3月6日 星期六 多云",
        "青岭县质量强县规划",
        "  • 发布日期: 2027-03-20 11:36",
        "  • 信息来源: 县市场监管局",
        "  • 浏览次数: 1,326",
        "  • 【字体:大 中 小】",
        "  • 打印",
        "索引号:QL0100-2027-1",
        "文号:青政发〔2027〕9号",
        PROSE,
        "打印本页  关闭窗口  分享到：微信",
        "【责任编辑：苏某】",
        "上一篇:关于做好汛期工作的通知",
        "相关稿件",
        "图解:规划要点",
        "主办:青岭县人民政府办公室 备案号:云ICP备00000000号",
    ]
    kept = [
        "青岭县质量强县规划",
        "发布日期: 2027-03-20 11:36",
        "信息来源: 县市场监管局",
        "索引号:QL0100-2027-1",
        "文号:青政发〔2027〕9号",
        PROSE,
    ]
    assert text("\n".join(page)) == kept


def test_furniture_is_only_furniture_at_the_edges() -> None:
    middle = [f"{i}.{PROSE}" for i in range(1, 20)]
    assert "打印" in text("\n".join([*middle, "打印", *middle]))


def test_contents_and_rules() -> None:
    paper = f"目  录\n一、总体要求...........1\n二、重点任务……………12\n--------\n一、总体要求\n{PROSE}"
    assert text(paper) == ["一、总体要求", PROSE]


@pytest.mark.parametrize("separator", ["", " "], ids=["glued", "blank"])
def test_a_document_in_one_line(separator: str) -> None:
    document = read_text(separator.join(SHEETS), "plan.txt")
    found = strings(document)
    for title in ("一、总体要求", "二、重点任务", "(一)推动产品质量提档", "三、保障措施", *SHEETS[11:13], *SHEETS[17:19]):
        assert title in found
    cells = ["表1 主要指标", *TABLE.split()[2:], "注:①为累计数。"]
    assert found[found.index("表1 主要指标") :][: len(cells)] == cells
    assert "2027年3月16日" in found
    assert not list(astray(document))
    if separator:
        assert [s for s in found if s not in cells] == [s for s in SHEETS if s not in (TABLE, "注:①为累计数。")]


@pytest.mark.parametrize("width", [20, 36])
def test_a_document_in_one_line_that_was_wrapped(width: int) -> None:
    line = " ".join(SHEETS)
    found = text("\n".join(line[i : i + width] for i in range(0, len(line), width)))
    assert {"二、重点任务", "三、保障措施", SHEETS[17], SHEETS[18]} <= set(found)


def test_a_short_paper_of_one_paragraph_is_no_document_in_one_line() -> None:
    paper = f"全县 质量总体水平 稳步提高,产品供给 更加优质。{PROSE}"
    assert text(paper) == [paper]


def test_a_glued_table_stays_as_it_is() -> None:
    glued = "表1主要指标序号指标单位2025年2030年1合格率%94.2≥952增加值亿元20303服务站个35"
    assert glued in text(f"一、目标(一)水平。{PROSE}{glued}二、任务(一)创新。{PROSE}")


def test_a_sentence_on_a_later_year_is_a_paragraph_of_its_own() -> None:
    paper = f"一、目标(一)主要目标。{PROSE}到2035年,质量强县基础更加牢固。二、任务(一)创新。{PROSE}"
    assert "到2035年,质量强县基础更加牢固。" in text(paper)


def test_news_in_one_line_has_no_titles_to_cut_at() -> None:
    lines = ["青岭县出台质量强县行动方案", "发布时间：2027-03-05 08:42", f"本报讯 3月4日，{PROSE}", f"记者了解到，{PROSE}"]
    assert text(" ".join(["首页 > 新闻", *lines, "【责任编辑：苏某】", "上一篇：全县会议召开"])) == lines


def test_a_few_enormous_lines() -> None:
    chapters = [
        f"一、总则(一)目标。{PROSE * 3}",
        f"二、任务(二)创新。{PROSE}(三)绿色。{PROSE * 2}",
        f"三、保障(四)组织。{PROSE * 3}",
    ]
    found = text("\n".join(chapters))
    assert [s[:5] for s in found if s[0] in "一二三("] == [
        "一、总则",
        "(一)目标",
        "二、任务",
        "(二)创新",
        "(三)绿色",
        "三、保障",
        "(四)组织",
    ]


def test_sections_that_run_on_across_chapters() -> None:
    paper = f"一、目标(一)水平。{PROSE}二、任务(二)创新。{PROSE}(三)绿色。{PROSE}三、保障(四)组织。{PROSE}"
    found = text(paper)
    assert [s[:5] for s in found] == ["一、目标", "(一)水平", "二、任务", "(二)创新", "(三)绿色", "三、保障", "(四)组织"]


def test_a_paragraph_that_lists_is_not_cut() -> None:
    paper = f"一、总则\n二、目标\n三、任务\n加强第一、二、三产业质量,做好3.5万亩示范,一是抓标准,二是抓计量。{PROSE}\n四、保障"
    assert text(paper) == paper.split("\n")


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared corpus is not beside the project")
@pytest.mark.parametrize(
    "name", ["s0_jiaxing_14th_fragment", "s1_jiaxing_13th", "s2_jincheng_2023", "s3_jiading_2024", "s4_haiyan_14th"]
)
@pytest.mark.parametrize("width", [24, 40])
def test_published_plans_wrapped(name: str, width: int) -> None:
    content = (SHARED / f"{name}.txt").read_text(encoding="utf-8")
    lines = [line[i : i + width] for line in content.split("\n") if "|" not in line for i in range(0, max(len(line), 1), width)]
    plain = "\n".join(line for line in content.split("\n") if "|" not in line)
    before = [s.replace(" ", "") for s in text(plain)]
    document = read_text("\n".join(lines), "plan.txt")
    after = {s.replace(" ", "") for s in strings(document)}
    assert not list(astray(document))
    assert sum(s not in after for s in before) <= 0.02 * len(before)
