"""Does `diff` find every change that was planted in a revision of the model county's plan, and nothing else?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from zhiheng.documents.readers.text import read_text
from zhiheng.flow.plan_source import compiled, open_plan
from zhiheng.plans.differences.between import differences
from zhiheng.plans.differences.change import Change, Differences
from zhiheng.plans.model import Plan

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "examples" / "model_county" / "plan.txt").read_text(encoding="utf-8")
CORPUS = ROOT.parent / "shared" / "corpus"

MOVED = next(line for line in TEXT.splitlines() if line.startswith("2.壮大质量人才队伍")) + "\n"
DROPPED = next(line for line in TEXT.splitlines() if line.startswith("2.打造暖心服务品牌")) + "\n"
SECOND = "（二）提升工程建设质量\n"
ADDED = "3.建设放心市场。完善农贸市场快检和公示，培育一批明码实价的放心市场。（责任单位：县商务局）\n"

# What is planted (subject, natures, name then, name now) → the edits that plant it, each made wherever its words stand.
PLANTED: dict[tuple[str, str, str, str], list[tuple[str, str]]] = {
    ("target", "tightened", "制造业产品质量合格率", "制造业产品质量合格率"): [
        ("≥95.5", "≥96"),
        ("分别达到95.5%", "分别达到96%"),
    ],
    ("target", "loosened", "空气质量优良天数比例", "空气质量优良天数比例"): [
        ("≥88.5", "≥88"),
        ("不低于88.5%", "不低于88%"),
        ("| 88.5 |", "| 88.0 |"),
    ],
    ("target", "tightened", "细颗粒物（PM2.5）年平均浓度", "细颗粒物（PM2.5）年平均浓度"): [
        ("33\n\n29\n", "33\n\n28\n"),
        ("控制在29微克", "控制在28微克"),
    ],
    ("target", "loosened", "质量管理数字化示范企业", "质量管理数字化示范企业"): [("到2026年，质量管理", "到2027年，质量管理")],
    ("target", "tightened", "质量竞争型产业增加值占规上工业增加值比重", "质量竞争型产业增加值占规上工业增加值比重"): [
        ("力争质量竞争型产业", "质量竞争型产业")
    ],
    ("target", "tightened", "绿色工厂创建数", "绿色工厂创建数"): [
        ("〔15〕\n\n预期性", "〔15〕\n\n约束性"),
        ("性指标10项", "性指标11项"),
    ],
    ("target", "reworded", "公共服务质量满意度", "公共服务满意度"): [("公共服务质量满意度", "公共服务满意度")],
    ("target", "added", "", "重点工业产品监督抽查合格率"): [
        ("均保持在99%以上，", "均保持在99%以上，重点工业产品监督抽查合格率达到95%以上，")
    ],
    ("target", "dropped", "省级质量标杆企业", ""): [("，培育2—3家省级质量标杆企业", "")],
    ("commitment", "dropped", "劣Ⅴ类断面", ""): [("，全面消除劣Ⅴ类断面", "")],
    ("commitment", "tightened", "全员劳动生产率", "全员劳动生产率"): [("力争全员劳动生产率", "全员劳动生产率")],
    ("commitment", "reworded", "区域品牌知晓度", "区域品牌知晓度"): [("知晓度逐年提升", "知晓度持续提升")],
    ("task", "added", "", "建设放心市场"): [(SECOND, ADDED + SECOND)],
    ("task", "dropped", "打造暖心服务品牌", ""): [(DROPPED, ""), ("3.提升公共服务品质", "2.提升公共服务品质")],
    ("task", "moved", "壮大质量人才队伍", "壮大质量人才队伍"): [(MOVED, ""), (SECOND, MOVED.replace("2.", "4.", 1) + SECOND)],
    ("task", "reworded", "推广绿色智能建造", "推广绿色智能建造"): [
        ("培养一批懂设计、会施工的产业工人", "培养一支懂设计、会管理的产业工人队伍")
    ],
    ("task", "reworded", "守护碧水", "守护一河碧水"): [("2.守护碧水", "2.守护一河碧水")],
    ("task", "loosened,reworded", "守护餐桌上的质量", "守护餐桌上的质量"): [("严格执行食品生产许可", "鼓励执行食品生产许可")],
    ("unit", "added", "", "县公安局"): [("县市场监管局、县应急管理局〕", "县市场监管局、县应急管理局、县公安局〕")],
    ("unit", "dropped", "县教育局", ""): [("县融媒体中心、县教育局配合", "县融媒体中心配合")],
    ("unit", "altered", "县科技局", "县科技局"): [
        ("（牵头单位：县市场监管局；配合单位：县财政局、县科技局）", "（牵头单位：县科技局；配合单位：县财政局、县市场监管局）")
    ],
    ("unit", "altered", "县市场监管局", "县市场监管局"): [],  # planted with the one above: the two change their parts
    ("unit", "reworded", "县金融工作服务中心", "县金融服务中心"): [("县金融工作服务中心", "县金融服务中心")],
}


def plan(text: str) -> Plan:
    return compiled(read_text(text, "plan.txt"))


def revised(*planted: tuple[str, str, str, str]) -> str:
    text = TEXT
    for key in planted or PLANTED:
        for old, new in PLANTED[key]:
            assert old in text, old
            text = text.replace(old, new)
    return text


def told(change: Change) -> tuple[str, str, str, str]:
    before, after = (side.name if side else "" for side in (change.before, change.after))
    return change.subject.value, ",".join(change.natures), before, after


def found(old: str, new: str) -> list[tuple[str, str, str, str]]:
    return sorted(map(told, differences(plan(old), plan(new)).changes))


def test_all_planted_changes_and_nothing_else() -> None:
    assert found(TEXT, revised()) == sorted(PLANTED)


@pytest.mark.parametrize("planted", PLANTED, ids=lambda key: f"{key[0]}-{key[1]}-{key[3] or key[2]}")
def test_each_planted_change_alone(planted: tuple[str, str, str, str]) -> None:
    if not PLANTED[planted]:
        planted = ("unit", "altered", "县科技局", "县科技局")
    expected = [planted]
    if planted[:2] == ("unit", "altered"):
        expected = [("unit", "altered", "县市场监管局", "县市场监管局"), planted]
    assert found(TEXT, revised(planted)) == sorted(expected)


def test_the_way_back_is_the_mirror() -> None:
    opposite = {"added": "dropped", "dropped": "added", "tightened": "loosened", "loosened": "tightened"}

    def mirrored(key: tuple[str, str, str, str]) -> tuple[str, str, str, str]:
        subject, natures, before, after = key
        return subject, ",".join(sorted(opposite.get(n, n) for n in natures.split(","))), after, before

    back = [(s, ",".join(sorted(n.split(","))), b, a) for s, n, b, a in found(revised(), TEXT)]
    assert sorted(back) == sorted(map(mirrored, PLANTED))


def test_numbers_of_titles_alone_are_no_change() -> None:
    renumbered = re.sub(r"^([12])\.", lambda m: f"{int(m[1]) + 4}.", TEXT.replace("（一）", "（九）"), flags=re.MULTILINE)
    assert found(TEXT, renumbered) == []


def test_other_marks_and_spaces_are_no_change() -> None:
    assert found(TEXT, TEXT.replace("，", ",").replace("（", "(").replace("）", ")")) == []


def test_the_same_plan_in_another_format() -> None:
    county = ROOT / "examples" / "model_county"
    assert differences(open_plan(county / "plan.docx"), open_plan(county / "plan.ofd")).changes == ()


def test_places_of_both_versions() -> None:
    for change in differences(plan(TEXT), plan(revised())).changes:
        for side in (change.before, change.after):
            assert side is None or (side.anchor is not None and side.text)


@pytest.mark.shared
def test_plans_of_two_places_and_terms() -> None:
    texts = sorted(CORPUS.glob("*.txt"))
    plans = [open_plan(path) for path in texts]
    for old in plans:
        for new in plans:
            made: Differences = differences(old, new)
            assert (made.changes == ()) is (old is new)
            own = [t for t in old.targets if t.own]
            kept = sum(c.before is not None and c.subject == "target" for c in made.changes) + made.unchanged["target"]
            assert kept == len(own)
