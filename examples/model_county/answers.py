"""What should a reader find in the plan of the model county? Answers by hand; lines and offsets are computed.

Every prose answer is located by the words before it, every table answer by its cell, so a change of the plan moves the
answers along. Written to labels/ in the format of hand-made labels.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from plantext import Spot, laid_out
from source import BLOCKS, Grid, Head

COLUMNS = (
    *("id", "line", "char_start", "char_end", "indicator", "role", "comparator", "value_low", "value_high", "unit", "year"),
    *("basis", "modality", "scope", "text", "source"),
)


@dataclass(frozen=True)
class Fact:
    """One quantity: the printed `text` and how it is to be read; `value` is one number, or two with a blank between."""

    text: str
    indicator: str
    role: str
    comparator: str
    value: str
    unit: str
    year: int | None
    basis: str
    modality: str = ""
    scope: str = ""

    def bounds(self) -> tuple[str, str]:
        """Low and high value as the comparator fills them."""
        low, _, high = self.value.partition(" ")
        if self.comparator in (">=", ">"):
            return low, ""
        if self.comparator in ("<=", "<"):
            return "", low
        return low, high or low


COUNTY = "全县"
RATE, SHARE = "制造业产品质量合格率", "质量竞争型产业增加值占规上工业增加值比重"
FARM, FOOD, DRUG = "农产品质量安全例行监测合格率", "食品抽检合格率", "药品抽检合格率"
PREFAB, ONTIME, PUBLIC = "装配式建筑占新建建筑面积比例", "消费投诉按时办结率", "公共服务质量满意度"
AIR, PM, WATER = "空气质量优良天数比例", "细颗粒物（PM2.5）年平均浓度", "地表水达到或好于Ⅲ类断面比例"
LIFTS, BUILT, AWARD = "万台特种设备死亡人数", "房屋市政工程竣工验收合格率", "县级以上政府质量奖"
DIGITAL, UG = "质量管理数字化示范企业", "微克/立方米"

# (words right before the value, fact)
PROSE: tuple[tuple[str, Fact], ...] = (
    ("产品质量合格率为", Fact("93.6%", RATE, "actual", "==", "93.6", "%", 2023, "level", scope=COUNTY)),
    ("较2018年", Fact("提高2.4个百分点", RATE, "actual", "increase_by", "2.4", "个百分点", 2023, "level", scope=COUNTY)),
    ("药品抽检合格率分别为", Fact("98.8%", FOOD, "actual", "==", "98.8", "%", 2023, "level", scope=COUNTY)),
    ("98.8%、", Fact("99.1%", DRUG, "actual", "==", "99.1", "%", 2023, "level", scope=COUNTY)),
    ("例行监测合格率为", Fact("98.9%", FARM, "actual", "==", "98.9", "%", 2023, "level", scope=COUNTY)),
    ("占规上工业增加值比重为", Fact("30.2%", SHARE, "actual", "==", "30.2", "%", 2023, "level", scope="规上")),
    ("数字化示范企业达到", Fact("12家", DIGITAL, "actual", "==", "12", "家", 2023, "count")),
    ("品牌标准有起色。累计有", Fact("14家", AWARD, "actual", "==", "14", "家", 2023, "cumulative")),
    ("累计发布县级地方标准", Fact("46项", "县级地方标准", "actual", "==", "46", "项", 2023, "cumulative")),
    ("有效注册商标", Fact("超过1.2万件", "有效注册商标", "actual", ">", "1.2", "万件", 2023, "count")),
    ("竣工验收合格率保持", Fact("100%", BUILT, "actual", "==", "100", "%", 2023, "level")),
    ("新建建筑面积比例达到", Fact("21%", PREFAB, "actual", "==", "21", "%", 2023, "level")),
    ("消费投诉按时办结率为", Fact("94.2%", ONTIME, "actual", "==", "94.2", "%", 2023, "level")),
    ("公共服务质量满意度为", Fact("81.2分", PUBLIC, "actual", "==", "81.2", "分", 2023, "level")),
    ("空气质量优良天数比例为", Fact("86.2%", AIR, "actual", "==", "86.2", "%", 2023, "level")),
    ("由2018年的", Fact("41微克/立方米", PM, "baseline", "==", "41", UG, 2018, "level")),
    ("41微克/立方米降至", Fact("33微克/立方米", PM, "actual", "==", "33", UG, 2023, "level")),
    ("Ⅲ类断面比例为", Fact("91.7%", WATER, "actual", "==", "91.7", "%", 2023, "level", scope="县控以上")),
    ("万台特种设备死亡人数为", Fact("0.12人", LIFTS, "actual", "==", "0.12", "人", 2023, "level")),
    ("主要指标共", Fact("15项", "主要指标", "background", "==", "15", "项", None, "count")),
    ("其中约束性指标", Fact("10项", "约束性指标", "background", "==", "10", "项", None, "count")),
    ("例行监测合格率分别达到", Fact("95.5%", RATE, "target", ">=", "95.5", "%", 2028, "level", "firm")),
    ("95.5%和", Fact("98.5%以上", FARM, "target", ">=", "98.5", "%", 2028, "level", "firm")),
    ("药品抽检合格率均保持在", Fact("99%以上", FOOD, "target", ">=", "99", "%", 2028, "level", "maintain")),
    ("药品抽检合格率均保持在", Fact("99%以上", DRUG, "target", ">=", "99", "%", 2028, "level", "maintain")),
    ("占规上工业增加值比重", Fact("超过35%", SHARE, "target", ">", "35", "%", 2028, "level", "strive", "规上")),
    ("由目前的", Fact("12家", DIGITAL, "baseline", "==", "12", "家", None, "count")),
    ("12家提高到", Fact("30家", DIGITAL, "target", "==", "30", "家", 2026, "count", "firm")),
    ("获奖单位累计达到", Fact("25家", "县级以上政府质量奖获奖单位", "target", "==", "25", "家", 2028, "cumulative", "firm")),
    ("培育", Fact("2—3家", "省级质量标杆企业", "target", "range", "2 3", "家", 2028, "count", "firm")),
    ("新建建筑面积比例", Fact("21%", PREFAB, "baseline", "==", "21", "%", None, "level")),
    ("21%→", Fact("40%", PREFAB, "target", "==", "40", "%", 2028, "level", "firm")),
    ("消费投诉按时办结率在", Fact("98%以上", ONTIME, "target", ">=", "98", "%", 2028, "level", "firm")),
    ("公共服务质量满意度达到", Fact("84分", PUBLIC, "target", "==", "84", "分", 2028, "level", "firm")),
    ("空气质量优良天数比例", Fact("不低于88.5%", AIR, "target", ">=", "88.5", "%", 2028, "level", "firm")),
    ("年平均浓度控制在", Fact("29微克/立方米以内", PM, "target", "<=", "29", UG, 2028, "level", "firm")),
    ("质量安全。", Fact("重大食品安全零事故", "重大食品安全", "target", "zero_events", "0", "", 2028, "count", "firm")),
    ("死亡人数", Fact("低于0.08人", LIFTS, "target", "<", "0.08", "人", 2028, "level", "firm")),
    ("开展质量技术帮扶", Fact("不少于120家次", "质量技术帮扶", "target", ">=", "120", "家次", 2028, "level", "firm", "每年")),
    ("质量技术改造投资", Fact("18亿元以上", "质量技术改造投资", "target", ">=", "18", "亿元", 2028, "cumulative", "firm")),
    ("制定县级地方标准", Fact("20项", "县级地方标准", "target", "==", "20", "项", 2028, "count", "firm")),
    ("五年累计", Fact("下降12%", "重点行业挥发性有机物排放量", "target", "decrease_by", "12", "%", 2028, "reduction", "firm")),
    ("设施去除效率", Fact("不低于80%", "新建项目废气治理设施去除效率", "background", ">=", "80", "%", None, "level")),
    ("新建", Fact("2个", "市级行业计量服务站", "target", "==", "2", "个", 2025, "new", "firm")),
    ("市级行业计量服务站、", Fact("1个", "检验检测中心", "target", "==", "1", "个", 2025, "new", "firm")),
    ("年均", Fact("增长6%以上", "企业质量人员培训规模", "target", "increase_by", "6", "%", 2028, "average", "firm")),
    ("在用电梯定期检验", Fact("100%", "在用电梯定期检验", "target", "==", "100", "%", 2028, "level", "firm")),
)


# Table 1: row, indicator, then text, comparator, value, unit, basis of target and of actual.
PAST: tuple[tuple[int, str, tuple[str, str, str, str, str], tuple[str, str, str, str, str]], ...] = (
    (1, RATE, ("92.5%", "==", "92.5", "%", "level"), ("<93.1%>", "==", "93.1", "%", "average")),
    (2, "主要农产品质量安全监测合格率", ("98%以上", ">=", "98", "%", "level"), ("99.2%", "==", "99.2", "%", "level")),
    (3, "县级以上政府质量奖获奖单位", ("6家", "==", "6", "家", "count"), ("{7}家", "==", "7", "家", "new")),
    (4, "主导或参与编制国家、行业标准", ("10项", "==", "10", "项", "count"), ("{9}项", "==", "9", "项", "new")),
    (5, BUILT, ("100%", "==", "100", "%", "level"), ("100%", "==", "100", "%", "level")),
    (6, PREFAB, ("20%", "==", "20", "%", "level"), ("21%", "==", "21", "%", "level")),
    (7, ONTIME, ("大于90%", ">", "90", "%", "level"), ("94.2%", "==", "94.2", "%", "level")),
    (8, PUBLIC, ("80分", "==", "80", "分", "level"), ("81.2分", "==", "81.2", "分", "level")),
    (9, AIR, ("85%以上", ">=", "85", "%", "level"), ("86.2%", "==", "86.2", "%", "level")),
    (10, PM, ("35微克/立方米", "==", "35", UG, "level"), ("33微克/立方米", "==", "33", UG, "level")),
    (11, "重大质量安全事故", ("零发生", "zero_events", "0", "", "count"), ("零发生", "zero_events", "0", "", "count")),
)

# Table 2: row, entry of a stacked cell, indicator, unit, basis, baseline text, target text, target comparator, target value.
MAIN: tuple[tuple[int, int, str, str, str, str, str, str, str], ...] = (
    (1, 0, RATE, "%", "level", "93.6", "≥95.5", ">=", "95.5"),
    (2, 0, FARM, "%", "level", "98.9", "≥98.5", ">=", "98.5"),
    (3, 0, "县级以上政府质量奖获奖单位（累计）", "家", "cumulative", "14", "25", "==", "25"),
    (4, 0, BUILT, "%", "level", "100", "100", "==", "100"),
    (5, 0, "省级优质工程奖（新增）", "项", "new", "1", "2", "==", "2"),
    (5, 1, "市级优质工程奖（新增）", "项", "new", "5", "8", "==", "8"),
    (6, 0, ONTIME, "%", "level", "94.2", "98以上", ">=", "98"),
    (7, 0, PUBLIC, "分", "level", "81.2", "84*", "==", "84"),
    (8, 0, AIR, "%", "level", "86.2", "≥88.5", ">=", "88.5"),
    (9, 0, PM, UG, "level", "33", "29", "==", "29"),
    (10, 0, "地表水达到或好于Ⅲ类断面比例（县控以上）", "%", "level", "91.7", "100", "==", "100"),
    (11, 0, "集中式饮用水水源水质达标率", "%", "level", "100", "100", "==", "100"),
    (12, 0, "绿色工厂创建数", "家", "cumulative", "", "〔15〕", "==", "15"),
    (13, 0, "单位生产总值能耗降低", "%", "reduction", "〔8.7〕", "", "", ""),
    (14, 0, "较大以上质量安全事故", "起", "count", "0", "0", "==", "0"),
    (15, 0, LIFTS, "人", "level", "0.12", "<0.08", "<", "0.08"),
)

# Table 3: row, indicator, one value a year from 2024 on.
PATH: tuple[tuple[int, str, tuple[str, ...]], ...] = (
    (1, ONTIME + "（%）", ("95", "96", "96.8", "97.4", "98")),
    (2, AIR + "（%）", ("86.6", "87.0", "87.5", "88.0", "88.5")),
)


def _table_facts() -> Iterator[tuple[tuple[int, int, int, int], Fact]]:
    for row, indicator, aim, done in PAST:
        text, comparator, value, unit, basis = aim
        yield (1, row, 2, 0), Fact(text, indicator, "target", comparator, value, unit, 2023, basis, "firm")
        text, comparator, value, unit, basis = done
        yield (1, row, 3, 0), Fact(text, indicator, "actual", comparator, value, unit, 2023, basis)
    for row, entry, indicator, unit, basis, base, text, comparator, value in MAIN:
        scope = "县控以上" if "县控以上" in indicator else ""
        if base:
            falling = "decrease_by" if basis == "reduction" else "=="
            yield (
                (2, row, 4, entry),
                Fact(base, indicator, "baseline", falling, base.strip("〔〕"), unit, 2023, basis, "", scope),
            )
        if text:
            yield (2, row, 5, entry), Fact(text, indicator, "target", comparator, value, unit, 2028, basis, "firm", scope)
    for row, indicator, values in PATH:
        for column, value in enumerate(values, 1):
            yield (3, row, column, 0), Fact(value, indicator, "target", "==", value, "%", 2023 + column, "level", "firm")


# (words right before, the expression, why either reading is defensible)
UNSCORED: tuple[tuple[str, str, str], ...] = (
    ("新型建材", "三个特色产业", "numeral that only sums a list"),
    ("；在", "12个", "size of a monitored set"),
    ("实现省政府质量奖", "零的突破", "first ever, no number"),
    ("全员劳动生产率", "赶上全市平均水平", "benchmark without a number"),
    ("", "全面消除劣Ⅴ类断面", "total removal, no number"),
    ("减排总量", "完成市下达任务", "benchmark without a number"),
    ("追溯体系实现", "全覆盖", "universal quantifier"),
    ("单体面积", "2万平方米及以上", "class descriptor inside an indicator"),
    ("", "三项行动", "numeral that only sums a list"),
)


def _located() -> Iterator[tuple[Spot, Fact, str]]:
    lines, spots = laid_out()
    for before, fact in PROSE:
        yield _find(lines, before, fact.text), fact, "prose"
    for place, fact in _table_facts():
        yield spots[place], fact, "table"


def _find(lines: tuple[str, ...], before: str, text: str) -> Spot:
    hits = [
        Spot(number, line.index(before + text) + len(before)) for number, line in enumerate(lines, 1) if before + text in line
    ]
    if len(hits) != 1:
        raise LookupError(f"{before}|{text}: on {len(hits)} lines")
    return hits[0]


def target_rows() -> list[dict[str, object]]:
    """Every quantity in the order of the paper."""
    lines, _ = laid_out()
    rows = []
    for number, (spot, fact, source) in enumerate(sorted(_located(), key=lambda x: (x[0].line, x[0].start)), 1):
        end = spot.start + len(fact.text)
        if lines[spot.line - 1][spot.start : end] != fact.text:
            raise LookupError(f"line {spot.line}: {fact.text}")
        low, high = fact.bounds()
        values = (
            f"mc-P{number:03}",
            spot.line,
            spot.start,
            end,
            fact.indicator,
            fact.role,
            fact.comparator,
            low,
            high,
            fact.unit,
        )
        more = ("" if fact.year is None else fact.year, fact.basis, fact.modality, fact.scope, fact.text, source)
        rows.append(dict(zip(COLUMNS, values + more, strict=True)))
    return rows


def unscored_rows() -> list[dict[str, object]]:
    """What may be found or left."""
    lines, spots = laid_out()
    found = [(_find(lines, before, text), text, why) for before, text, why in UNSCORED]
    found.append((spots[2, 13, 5, 0], "完成市下达任务", "benchmark without a number"))
    return [
        {
            "line": s.line,
            "char_start": s.start,
            "char_end": s.start + len(text),
            "text": text,
            "scoring": "unscored",
            "reason": why,
        }
        for s, text, why in sorted(found, key=lambda x: (x[0].line, x[0].start))
    ]


# Responsible units by task title, in order; a title that is missing has none of its own.
UNITS: dict[str, str] = {
    "做强制造业质量优势": "县工业和信息化局（国资办）;县市场监管局;青岭、望川园区管委会",
    "守护餐桌上的质量": "县市场监管局;县农业农村局;县教育局",
    "压实工程质量责任": "县住房和城乡建设局;县交通运输局;县水利局",
    "推广绿色智能建造": "县住房和城乡建设局;县自然资源和规划局",
    "优化消费环境": "县市场监管局;县商务局",
    "提升公共服务品质": "县政务服务和数据局;县卫生健康局;县教育局;县交通运输局",
    "守护蓝天": "市生态环境局青岭分局",
    "守护碧水": "市生态环境局青岭分局;县水利局;各镇（街道）",
    "建强质量基础设施": "县市场监管局;县财政局;县科技局",
    "壮大质量人才队伍": "县人力资源和社会保障局;县总工会;团县委",
    "织密风险防控网": "县市场监管局;县应急管理局",
    "构建社会共治格局": "县市场监管局;县委宣传部",
    "加强组织领导": "县市场监管局;县质量强县领导小组其他成员单位",
    "强化要素支持": "县财政局;县金融工作服务中心",
    "严格监测评估": "县发展和改革局;县统计局;县市场监管局",
    "营造浓厚氛围": "县委宣传部;县融媒体中心;县教育局",
}


def task_rows() -> list[dict[str, object]]:
    """Numbered titles without a numbered title below, and every 专栏, from chapter 三 on."""
    heads = [(line, block) for line, block in _heads_with_lines() if block.level <= 4]
    rows: list[dict[str, object]] = []
    trail: dict[int, Head] = {}
    for i, (line, head) in enumerate(heads):
        trail = {level: h for level, h in trail.items() if level < head.level} | {head.level: head}
        below = heads[i + 1][1].level if i + 1 < len(heads) else 0
        parent = any(k == below for k in range(head.level + 1, 4))
        if head.level == 1 or parent or trail[1].number in ("一、", "二、"):
            continue
        above = max((h for level, h in trail.items() if level < head.level), key=lambda h: h.level)
        values = (f"mc-K{len(rows) + 1:02}", line, head.number.rstrip("："), head.title, above.title, UNITS.get(head.title, ""))
        columns = ("id", "line", "number", "title", "parent_title", "responsible_units", "chapter")
        rows.append(dict(zip(columns, (*values, trail[1].number + trail[1].title), strict=True)))
    return rows


def _heads_with_lines() -> Iterator[tuple[int, Head]]:
    lines, _ = laid_out()
    at = 0
    for block in BLOCKS:
        if isinstance(block, Grid):
            continue
        printed = block.printed if isinstance(block, Head) else block.text
        at = lines.index(printed, at) + 1
        if isinstance(block, Head):
            yield at, block


def sheet(rows: list[dict[str, object]]) -> str:
    """Rows as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
