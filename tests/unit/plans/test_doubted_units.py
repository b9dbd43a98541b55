"""Which responsible units are misspelt, not on the list, or missing?"""

from __future__ import annotations

import pytest
from doubting import a_task, codes, words

from builders import a_plan
from zhiheng.plans.consistency.units import Organisations, unit_doubts

LISTED = Organisations({"县市场监督管理局": ("县市场监管局", "县市监局"), "县教育局": (), "县自然资源和规划局": ()}, "青岭县")


@pytest.mark.parametrize(
    "printed",
    ["县市场监督管理局", "县市场监管局", "市场监管局", "青岭县教育局", "青岭教育局", "县教育局（体育局）", "县 教育局"],
)
def test_a_listed_body_by_any_of_its_names(printed: str) -> None:
    assert LISTED.find(printed) is not None
    assert list(unit_doubts(a_plan(tasks=(a_task("甲", printed),)), LISTED)) == []


@pytest.mark.parametrize(
    ("printed", "code", "near"),
    [
        ("县市场监督管理所", "unit_not_listed_near", "县市场监督管理局"),
        ("县自然资源和规化局", "unit_not_listed_near", "县自然资源和规划局"),
        ("县规划局", "unit_not_listed", None),
        ("县市场监督管理", "unit_not_listed_near", "县市场监督管理局"),
        ("县气象局", "unit_not_listed", None),
    ],
)
def test_a_body_that_is_not_listed(printed: str, code: str, near: str | None) -> None:
    tasks = (a_task("甲", printed), a_task("乙", "县教育局", printed), a_task("丙", printed))
    (found,) = unit_doubts(a_plan(tasks=tasks), LISTED)
    assert codes([found]) == [code]
    assert (found.facts["unit"], found.facts["near"], found.facts["tasks"]) == (printed, near, 3)
    assert words(found) == [f"甲（{printed}）", f"乙（县教育局、{printed}）"]


@pytest.mark.parametrize("printed", ["各镇（街道）", "领导小组其他成员单位", "有关部门", "县直单位"])
def test_sets_of_bodies_are_on_no_list(printed: str) -> None:
    assert list(unit_doubts(a_plan(tasks=(a_task("甲", printed),)), LISTED)) == []


@pytest.mark.parametrize(
    ("printed", "body"),
    [
        ("县发改局", "县发展和改革局"),
        ("县发展改革局", "县发展和改革局"),
        ("县住建局", "县住房和城乡建设局"),
        ("县自然资源局", "县自然资源和规划局"),
        ("市生态环境局青岭分局", "临河市生态环境局青岭分局"),
        ("县文局", None),
        ("县文旅局", None),  # two bodies could be meant
        ("县质监局", None),
    ],
)
def test_a_short_form_means_a_body_when_it_fits_one_only(printed: str, body: str | None) -> None:
    names = "县发展和改革局 县住房和城乡建设局 县自然资源和规划局 临河市生态环境局青岭分局 县文化和旅游局 县文物旅游局 县市场监督管理局"
    assert Organisations(dict.fromkeys(names.split(), ()), "青岭县").find(printed) == body


def slips(rare: str, known: str = "县市场监督管理局") -> list[str]:
    tasks = (*(a_task(f"常{n}", known) for n in range(3)), a_task("甲", rare))
    return codes(unit_doubts(a_plan(tasks=tasks), None))


@pytest.mark.parametrize(
    ("rare", "expected"),
    [
        ("县市场监督管理周", []),  # no body's name at all
        ("县市场监督营理局", ["unit_misspelt"]),
        ("县市场督监管理局", ["unit_misspelt"]),
        ("县市场监督管局", ["unit_misspelt"]),
        ("市市场监督管理局", []),  # another level
        ("县教育局", []),
    ],
)
def test_without_a_list_one_slip_beside_a_frequent_name(rare: str, expected: list[str]) -> None:
    assert slips(rare) == expected


def test_short_names_differ_by_one_letter_rightly() -> None:
    assert slips("县税务局", "县商务局") == []


def test_tasks_without_a_unit_are_told_by_chapter_beside_one_that_has_some() -> None:
    tasks = (
        a_task("甲", "县教育局"),
        a_task("乙"),
        a_task("丙"),
        a_task("丁", parent_title="二、保障措施"),
        a_task("戊", inherited_units=("县教育局",)),
    )
    found = list(unit_doubts(a_plan(tasks=tasks), None))
    assert codes(found) == ["task_without_unit", "task_without_unit"]
    assert [d.facts["titles"] for d in found] == [["乙", "丙"], ["丁"]]
    assert words(found[0]) == ["乙", "甲（县教育局）", "丙"]


def test_a_paper_that_names_no_unit_is_asked_once() -> None:
    assert codes(unit_doubts(a_plan(tasks=(a_task("甲"), a_task("乙"))), None)) == ["no_task_has_units"]
    assert codes(unit_doubts(a_plan(tasks=(a_task("甲"),)), None)) == []
    assert codes(unit_doubts(a_plan(), None)) == []
