"""Tasks: which titles are work, who is responsible in every shape the genre writes it, and how tightly it binds."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from tests.unit.plans.papers import CORPUS, a_corpus_document, a_document, a_table, a_text

from zhiheng.documents.readers.text import read_text
from zhiheng.documents.tree import Block
from zhiheng.plans.model import CommitmentClass, Task
from zhiheng.plans.outline import read_sections
from zhiheng.plans.tasks import read_tasks
from zhiheng.plans.units import assignments


def tasks(*lines: str | Block) -> tuple[Task, ...]:
    return read_tasks(read_sections(a_document(*lines)))


def titles(*lines: str | Block) -> list[str]:
    return [t.title for t in tasks(*lines)]


def units(line: str) -> tuple[str, ...]:
    return tuple(u for a in assignments(a_text(line)) for u in a.units)


def test_a_task_is_a_title_of_a_working_chapter_with_none_below_it():
    got = tasks(
        "一、总体要求",
        "(一)指导思想",
        "坚持质量第一。",
        "二、重点任务",
        "(一)提升品质",
        "1.强化标准。",
        "推行领跑者。",
        "三、保障措施",
        "(一)加强领导",
        "明确分工。",
    )
    assert [(t.number, t.title, t.parent_title, t.chapter) for t in got] == [
        ("1.", "强化标准", "提升品质", "二、重点任务"),
        ("(一)", "加强领导", "保障措施", "三、保障措施"),
    ]
    assert [t.id for t in got] == ["K01", "K02"]
    assert got[0].text == "推行领跑者。"


@pytest.mark.parametrize(
    "chapter",
    [
        *(
            "发展现状",
            "发展基础",
            "产业发展基础与形势",
            "规划背景",
            "2025年工作回顾",
            "上轮方案实施情况",
            "基础条件",
            "面临的形势与挑战",
        ),
        *("总体思路", "基本原则", "主要目标", "总体要求和目标", "指导思想、原则和目标", "明确总体要求"),
        *("附则", "名词解释", "实施步骤"),
    ],
)
def test_chapters_that_hand_out_nothing(chapter):
    assert titles(f"一、{chapter}", "(一)增强活力", "文字。") == []


@pytest.mark.parametrize(
    "chapter",
    [
        *(
            "夯实质量发展基础",
            "优化发展环境",
            "建立民生服务新高地",
            "以质量建设提升发展新优势",
            "强化目标考核",
            "健全目标责任体系",
        ),
        *("2026年工作安排", "支撑体系", "工作要求", "项目内容", "组织实施", "保障措施", "破解突出问题"),
    ],
)
def test_chapters_that_do(chapter):
    assert titles(f"一、{chapter}", "(一)增强活力", "文字。") == ["增强活力"]


SIGNED = ("青岭县人民政府办公室", "2026年1月5日")


def test_what_a_notice_asks_for_under_titles_of_its_own_is_no_task_of_the_plan():
    notice = ("现将《青岭县分工方案》印发给你们。", "一、压实责任。各单位要抓紧。", "二、加强督导。按季通报。", *SIGNED)
    got = tasks(*notice, "青岭县分工方案", "1.提升质量。(责任单位:县教育局)", "2.强化计量。")
    assert [(t.number, t.title, t.parent_title) for t in got] == [("1.", "提升质量", None), ("2.", "强化计量", None)]


def test_an_enclosure_behind_a_signed_plan_takes_none_of_its_tasks():
    plan = ("现将方案印发给你们。", "一、总体要求", "坚持。", "二、重点任务", "(一)提升质量。抓紧。", *SIGNED)
    got = tasks(*plan, "附件1 任务清单", "1.强化计量。建标准。")
    assert [(t.title, t.parent_title) for t in got] == [("提升质量", "重点任务"), ("强化计量", None)]


def test_a_box_is_a_task_and_its_title_keeps_its_own():
    got = tasks("一、主要任务", "(一)提品质", "1.强化标准。", "专栏1:标准行动", "新增标准5项。", "2.优化服务。")
    assert [(t.title, t.parent_title) for t in got] == [
        ("强化标准", "提品质"),
        ("标准行动", "强化标准"),
        ("优化服务", "提品质"),
    ]


def test_a_box_of_indicators_is_none():
    assert titles("一、主要任务", "(一)提品质", "文字。", "专栏1 主要指标", "1 合格率 95%") == ["提品质"]


def test_an_item_with_units_of_its_own_is_a_task_though_items_hang_under_it():
    got = tasks("一、重点任务", "7.抓好升级。(牵头单位:市经信局,配合单位:市国资委)", "(1)开展评价。组织60家。", "8.推进改造。")
    assert [t.title for t in got] == ["抓好升级", "开展评价", "推进改造"]
    assert got[1].responsible_units == () and got[1].inherited_units == ("市经信局", "市国资委")
    assert got[2].inherited_units == ()


def test_papers_without_chapters_have_tasks():
    got = tasks("2026年重点任务分工", "1.实施标准提升。(责任单位:市市场监管局)", "2.新建幼儿园6所。(责任单位:市教育局)")
    assert [(t.title, t.parent_title, t.chapter) for t in got] == [("实施标准提升", None, None), ("新建幼儿园6所", None, None)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("推进改革。〔责任单位:市市场监管局、市工信局(国资委)〕", "市市场监管局;市工信局(国资委)"),
        (
            "推进改革。（责任单位：市发展改革委（市能源局）、各县（市、区）人民政府）",
            "市发展改革委（市能源局）;各县（市、区）人民政府",
        ),
        ("推进改革。【牵头单位:市教育局;配合单位:市财政局、团市委】", "市教育局;市财政局;团市委"),
        ("推进改革。[责任单位:县水利局 县住建局]", "县水利局;县住建局"),
        ("推进改革。(责任单位:市市场监管局、市国资委、临河、青岭开发区管委会)", "市市场监管局;市国资委;临河、青岭开发区管委会"),
        ("推进改革。(责任单位:各镇、街道)", "各镇、街道"),
        ("推进改革。(责任单位:市人社局,各区、县级市)", "市人社局;各区、县级市"),
        ("推进改革。(牵头单位:市财政局,市审计局)", "市财政局;市审计局"),
        ("推进改革。(市市场监管局负责)", "市市场监管局"),
        (
            "推进改革。(市发展改革委(市信用办)牵头,市市场监管局、人行临河市分行配合)",
            "市发展改革委(市信用办);市市场监管局;人行临河市分行",
        ),
        ("推进改革。(市教育局、市民政局等按职责分工负责)", "市教育局;市民政局"),
        ("责任单位:市教育局、市财政局", "市教育局;市财政局"),
        ("牵头单位:市教育局 配合单位:市财政局", "市教育局;市财政局"),
        ("推进改革。责任单位:市教育局、市财政局。", "市教育局;市财政局"),
        ("由市发展改革委牵头,市财政局、市统计局配合,年底前完成。", "市发展改革委;市财政局;市统计局"),
        ("推进改革。市教育局、市民政局按职责分工负责。", "市教育局;市民政局"),
        ("(责任单位:市市场监管局、质量强市领导小组其他成员单位)", "市市场监管局;质量强市领导小组其他成员单位"),
        ("推进改革。(市市场监管局、市财政局)", "市市场监管局;市财政局"),
        ("推进改革。(市财政局)", "市财政局"),
        ("推进改革。(市市场监管局,各县、区人民政府,完成时限:2026年)", "市市场监管局;各县、区人民政府"),
        ("(责任领导:李某;责任单位:县教育局,县财政局;完成时限:9月)", "县教育局;县财政局"),
        ("推进改革。责任单位:县卫健局 责任领导:王某某", "县卫健局"),
        # No assignment: the bracket says something else, or nobody in particular is named.
        ("各项目由一名县领导牵头,责任单位“一把手”负总责。", ""),
        ("(此件公开发布)", ""),
        ("(由专人负责)", ""),
        ("推进各县(市、区)", ""),
        ("打造开放平台(临河高新区)", ""),
        ("各地各部门按职责分工负责。", ""),
        ("由创建专班统一领导,强化协同。", ""),
    ],
)
def test_units_in_every_shape(line, expected):
    assert ";".join(units(line)) == expected


@pytest.mark.parametrize(
    ("line", "lead", "supporting"),
    [
        ("(牵头单位:市教育局,配合单位:市财政局、市审计局)", ("市教育局",), ("市财政局", "市审计局")),
        ("(市教育局、市科技局牵头,市财政局按职责分工负责)", ("市教育局", "市科技局"), ()),
        ("(责任单位:市教育局、市财政局)", (), ()),
        ("由市教育局牵头负责,市财政局参与。", ("市教育局",), ("市财政局",)),
    ],
)
def test_who_leads_and_who_supports(line, lead, supporting):
    (found,) = assignments(a_text(line))
    assert (found.lead, found.supporting) == (lead, supporting)


def test_first_named_leads_when_the_paper_says_so():
    got = tasks("列第一位的为牵头单位,其余为配合单位。", "一、重点任务", "1.提品质。(责任单位:市教育局、市财政局)")
    assert (got[0].lead_units, got[0].supporting_units) == (("市教育局",), ("市财政局",))


@pytest.mark.parametrize(
    "bracket",
    [
        "(牵头单位:市教育局,配合单位:各县(市、区)人民政府,下同)",
        "(责任单位:市教育局、各县(市、区)人民政府,下同)",
        "(市教育局牵头,各县(市、区)人民政府配合。以下均需各县(市、区)人民政府落实,不再列出)",
    ],
)
def test_what_holds_below_is_inherited_not_copied(bracket):
    got = tasks("一、重点任务", f"1.提品质。{bracket}", "2.强标准。(责任单位:市科技局)")
    assert got[0].responsible_units == ("市教育局", "各县(市、区)人民政府") and got[0].inherited_units == ()
    assert got[1].responsible_units == ("市科技局",) and got[1].inherited_units == ("各县(市、区)人民政府",)


def test_bureaus_with_the_same_below_hold_only_where_a_task_of_the_chapter_names_none():
    first = ("一、重点任务", "1.优环境。(责任单位:县市场监管局、县商务局,下同)", "2.创品牌。", "3.提品质。(责任单位:县教育局)")
    got = tasks(*first, "二、保障措施", "(一)加强领导。")
    assert [t.inherited_units for t in got] == [(), ("县市场监管局", "县商务局"), (), ()]


def test_sets_that_need_a_list_of_members_are_marked():
    got = tasks("一、重点任务", "1.提品质。(责任单位:市教育局、各成员单位、市直有关部门)")
    assert got[0].open_units == ("各成员单位", "市直有关部门")


def test_units_on_a_line_of_their_own_and_over_a_break():
    got = tasks(
        "一、重点任务",
        "(一)提品质",
        "推进改革。",
        "责任单位:市教育局、市财政局",
        "(二)强标准",
        "立项目。(责任单位:",
        "市科技局)",
    )
    assert [t.responsible_units for t in got] == [("市教育局", "市财政局"), ("市科技局",)]
    assert [t.text for t in got] == ["推进改革。", "立项目。"]


def test_rows_of_a_task_table():
    table = a_table(
        ("序号", "类别", "重点任务", "工作内容", "牵头单位", "配合单位", "完成时限"),
        ("1", "标准", "强化标准引领", "新增地方标准15项。", "市市场监管局", "市农业农村局、市财政局", "12月"),
        ("2", "计量", "提升计量能力", "新建计量标准10项。", "市市场监管局", "", "12月"),
    )
    got = tasks("一、重点任务", "任务分工见下表。", table)
    assert [(t.number, t.title, t.parent_title, t.lead_units, t.supporting_units) for t in got] == [
        ("1", "强化标准引领", "标准", ("市市场监管局",), ("市农业农村局", "市财政局")),
        ("2", "提升计量能力", "计量", ("市市场监管局",), ()),
    ]
    assert got[0].text == "强化标准引领\n新增地方标准15项。" and got[0].anchor.place.row == 2


def test_measures_under_one_merged_task_are_tasks_of_their_own():
    rows = (("1", "提升质量", "开展攻关30项。", "市工信局"), ("2", "", "培育标杆10家。", "市国资委"))
    got = tasks("一、重点任务", "见下表。", a_table(("序号", "重点任务", "工作措施", "责任单位"), *rows))
    assert [(t.title, t.parent_title) for t in got] == [("开展攻关30项", "提升质量"), ("培育标杆10家", "提升质量")]


def test_rows_of_a_task_table_set_out_one_cell_a_line():
    head = ("序号", "重点任务", "具体举措", "牵头单位", "配合单位", "完成时限")
    full = ("1", "强化标准引领", "新增标准15项。", "市市场监管局", "市财政局、各县(市、区)人民政府", "12月底")
    without_support = ("2", "提升计量能力", "建设计量标准。", "市市场监管局", "12月底")
    broken = ("3", "优化服务", "建设服务站", "并开展培训。", "市市场监管局", "市教育局", "12月底")
    got = tasks("任务分解表", *head, *full, *without_support, *broken, "注:按季调度。")
    assert [(t.number, t.title, t.lead_units, t.supporting_units) for t in got] == [
        ("1", "强化标准引领", ("市市场监管局",), ("市财政局", "各县(市、区)人民政府")),
        ("2", "提升计量能力", ("市市场监管局",), ()),
        ("3", "优化服务", ("市市场监管局",), ("市教育局",)),
    ]
    assert got[2].text == "优化服务\n建设服务站并开展培训。"


def test_lined_rows_may_begin_with_any_serial_number_and_keep_bars():
    lines = (
        "序号 |",
        "目标与任务 |",
        "牵头责任单位 |",
        "责任单位 |",
        "80 |",
        "增加托育供给。 |",
        "县教育局 |",
        "县各有关单位 |",
    )
    got = tasks("任务分解表", *lines, "81 |", "保障开学。 |", "县教育局 |", "县财政局 |")
    assert [(t.number, t.title, t.responsible_units) for t in got] == [
        ("80", "增加托育供给", ("县教育局", "县各有关单位")),
        ("81", "保障开学", ("县教育局", "县财政局")),
    ]


def test_rows_whose_merged_first_cell_is_missing_are_read_in_place():
    rows = (
        ("四、教育", "14.改扩建学校", "建成教学楼。", "教体局", "刘某"),
        ("15.建设场地", "建成场地。", "教体局", "刘某", ""),
    )
    got = tasks(a_table(("类别", "民生事项名称", "任务目标", "责任单位", "分管领导"), *rows))
    assert [(t.number, t.title, t.parent_title, t.responsible_units) for t in got] == [
        ("14.", "改扩建学校", "四、教育", ("教体局",)),
        ("15.", "建设场地", "四、教育", ("教体局",)),
    ]


def test_a_table_that_repeats_the_tasks_only_adds_who_is_responsible():
    table = a_table(("序号", "工作任务", "责任单位"), ("1", "强化标准引领", "市市场监管局"))
    got = tasks("一、重点任务", "(一)强化标准引领", "新增标准。", "附件1 任务分工表", table)
    assert [(t.title, t.responsible_units) for t in got] == [("强化标准引领", ("市市场监管局",))]


def test_a_table_of_indicators_hands_out_nothing():
    table = a_table(("序号", "指标", "2027年目标", "责任单位"), ("1", "合格率", "95%", "市市场监管局"))
    assert titles("一、重点任务", "(一)强化监管", "按表推进。", table) == ["强化监管"]


@pytest.mark.parametrize(
    ("body", "verb", "kind"),
    [
        ("严格执行强制性标准。", "严格执行", CommitmentClass.STRICT),
        ("全面推行标准化施工。", "全面推行", CommitmentClass.FULL),
        ("鼓励企业建立研发机构。", "鼓励", CommitmentClass.ENCOURAGE),
        ("探索建立激励机制。", "探索", CommitmentClass.EXPLORE),
        ("各镇要完善协作机制。", "完善", CommitmentClass.PLAIN),
    ],
)
def test_sentences_and_how_tightly_they_bind(body, verb, kind):
    (task,) = tasks("一、重点任务", "(一)提品质", body)
    assert [(s.text, s.verb, s.commitment_class) for s in task.sentences] == [(body, verb, kind)]
    assert task.commitment_class is kind


def test_what_follows_the_plan_is_no_text_of_the_last_task():
    (task,) = tasks("一、保障措施", "(一)加强领导", "明确分工。", "本方案自2026年1月1日起施行。", "附件:任务清单")
    assert task.text == "明确分工。"


GENRE = sorted((Path(__file__).parents[2] / "fixtures" / "genre").glob("*.tasks.csv"))


@pytest.mark.parametrize("labels", GENRE, ids=lambda path: path.name.removesuffix(".tasks.csv"))
def test_the_genre_fixtures(labels):
    paper = labels.with_name(labels.name.replace(".tasks.csv", ".txt"))
    got = read_tasks(read_sections(read_text(paper.read_text("utf-8"), paper.name)))
    with labels.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(t.title, t.parent_title or "", ";".join(t.responsible_units), t.chapter or "") for t in got] == [
        (r["title"], r["parent_title"], r["responsible_units"], r["chapter"]) for r in rows
    ]


@pytest.mark.shared
@pytest.mark.parametrize("name", ["s1_jiaxing_13th", "s2_jincheng_2023", "s4_haiyan_14th"])
def test_the_labelled_tasks(name):
    got = read_tasks(read_sections(a_corpus_document(name)))
    with (CORPUS / "labels" / f"{name}.tasks.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [
        (t.anchor.place.line, t.number, t.title, t.parent_title, ";".join(t.responsible_units), t.chapter) for t in got
    ] == [(int(r["line"]), r["number"], r["title"], r["parent_title"], r["responsible_units"], r["chapter"]) for r in rows]


@pytest.mark.shared
@pytest.mark.parametrize(("name", "count", "with_units"), [("s0_jiaxing_14th_fragment", 11, 0), ("s3_jiading_2024", 29, 29)])
def test_the_counts_of_the_other_two(name, count, with_units):
    got = read_tasks(read_sections(a_corpus_document(name)))
    assert (len(got), sum(bool(t.responsible_units) for t in got)) == (count, with_units)
