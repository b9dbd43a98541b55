"""Which plan with judgements do the papers' tests print? An invented county, 28 targets, every verdict at least once."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import accumulate

from zhiheng.base.period import Period
from zhiheng.base.problem import Problem, Severity
from zhiheng.base.quantity import Basis
from zhiheng.documents.tree import Anchor, Place
from zhiheng.evidence.figures import Proof, RowRef
from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.case import Point
from zhiheng.judgement.verdict import Forecast, Judgement, Progress, ProgressState, Verdict
from zhiheng.plans.model import (
    Alignment,
    Baseline,
    Commitment,
    CommitmentClass,
    CommitmentKind,
    Comparator,
    Coverage,
    Definition,
    Heading,
    Mention,
    Meta,
    Modality,
    NumberSeen,
    Plan,
    Question,
    Role,
    Source,
    Standing,
    Target,
    TargetKind,
    Task,
    TaskSentence,
)

AS_OF = date(2026, 6, 30)
NOTE = "示例数据：以下数值均为虚构，仅用于演示。"

# indicator | group | comparator | value | unit | basis | base (2023) | figures by year | verdict | department
ROWS = """
制造业产品质量合格率|供给质量|>=|95.5|%|level|93.6|2024:94.2 2025:94.8|on_track|县市场监管局
农产品质量安全例行监测合格率|供给质量|>=|98.5|%|level|98.9|2024:98.7 2025:99.1|met|县农业农村局
食品抽检合格率|供给质量|>=|99|%|level|98.8|2024:99.3 2025:98.6|missed|县市场监管局
药品抽检合格率|供给质量|>=|99|%|level|99.1|2024:99.4 2025:99.5|met|县市场监管局
质量竞争型产业增加值占规上工业增加值比重|供给质量|>|35|%|level|30.2|2024:31 2025:31.5|behind|县经信局
质量管理数字化示范企业|质量品牌|>=|30|家|count|12|2024:19 2025:26|on_track|县经信局
县级以上政府质量奖获奖单位|质量品牌|>=|25|家|cumulative|14|2024:16 2025:21|on_track|县市场监管局
省级质量标杆企业|质量品牌|range|2,3|家|count|0|2024:0 2025:1|on_track|县经信局
主导或参与编制国家、行业标准|质量品牌|>=|20|项|new||2024:3 2025:8|on_track|县市场监管局
有效注册商标|质量品牌|>=|1.5|万件|count|1.2|2024:1.25 2025:1.28|behind|县市场监管局
“青岭制造”认证企业|质量品牌|>=|10|家|count|2|2024:5 2025:11|met|县市场监管局
绿色食品、有机农产品和地理标志农产品认证总数（含续展、换证）|质量品牌|>=|60|个|count|41|2024:47 2025:52|on_track|县农业农村局
装配式建筑占新建建筑面积比例|工程服务|>=|40|%|level|21|2024:24 2025:27|behind|县住建局
房屋市政工程竣工验收合格率|工程服务|==|100|%|level|100|2024:100 2025:100|met|县住建局
消费投诉按时办结率|工程服务|>=|98|%|level|94.2|2024:9312/9620 2025:9987/10142|met|县市场监管局
公共服务质量满意度|工程服务|>=|84|分|level|81.2|2024:82 2025:82.9|on_track|县政务服务办
消费环境满意度|工程服务|>=|85|分|level||2025:86.1|not_comparable|县市场监管局
空气质量优良天数比例|环境质量|>=|88.5|%|level|86.2|2024:87.1 2025:88.8|met|市生态环境局青岭分局
细颗粒物（PM2.5）年平均浓度|环境质量|<=|29|微克/立方米|average|33|2024:32 2025:31.4|behind|市生态环境局青岭分局
地表水达到或好于Ⅲ类断面比例|环境质量|>=|95|%|level|91.7|2024:91.7 2025:91.7|behind|市生态环境局青岭分局
单位地区生产总值能耗|环境质量|decrease_by|14|%|reduction||2024:2.1 2025:5.3|on_track|县发展改革局
主要污染物减排总量|环境质量|>=||吨|level|||pending_assignment|市生态环境局青岭分局
重大食品安全事故|质量安全|zero_events|0|起|count||2024:0 2025:0|met|县市场监管局
万台特种设备死亡人数|质量安全|<|0.08|人/万台|level|0.12|2024:0.1 2025:0|on_track|县市场监管局
重大质量安全事故|质量安全|zero_events|0|起|count||2024:0 2025:1|missed|县市场监管局
群众安全感|质量安全|>=|98.5|%|level|98.1||no_evidence|县公安局
全员劳动生产率|质量安全|>=|22|万元/人|level|17.8||no_evidence|县统计局
臭氧浓度|质量安全|==|150|微克/立方米|level|158|2025:152|unconfirmed|市生态环境局青岭分局
"""

SENTENCES = {
    Verdict.MET: "{value}，达到“{target}”的要求。",
    Verdict.ON_TRACK: "已完成{share}，不慢于时间进度40.0%，进度正常。",
    Verdict.BEHIND: "已完成{share}，时间进度40.0%，慢于时序要求。",
    Verdict.MISSED: "目标要求各年均达到“{target}”，2025年为{value}，未完成。",
    Verdict.PENDING_ASSIGNMENT: "目标值由上级下达，尚未收到下达文件。请补录下达数后再评价。",
    Verdict.NO_EVIDENCE: "没有收到2024年以来的数据，无法评价。请责任单位填报。",
    Verdict.NOT_COMPARABLE: "填报数的口径与规划不一致，不能直接比较。",
    Verdict.UNCONFIRMED: "规划只写“150微克/立方米”，未写明是不高于还是不低于，待确认后评价。",
}


def _values(text: str, indicator: str, unit: str, department: str, basis: Basis) -> tuple[IndicatorValue, ...]:
    found = []
    for row, part in enumerate(text.split(), 2):
        year, _, figure = part.partition(":")
        top, _, below = figure.partition("/")
        found.append(
            IndicatorValue(
                indicator=indicator,
                period=Period.year(int(year)),
                amount=Fraction(top) / Fraction(below) * 100 if below else Fraction(figure),
                unit=unit,
                numerator=Fraction(top) if below else None,
                denominator=Fraction(below) if below else None,
                printed=None if below else figure,
                place="青岭县",
                proof=Proof.DECLARED if unit == "起" else None,
                source=department,
                note="示例数据",
                basis=basis,
                origin=RowRef("figures.xlsx", "填报", row + 3 * len(indicator)),
            )
        )
    return tuple(found)


def _progress(verdict: Verdict, base: str, low: str, values: tuple[IndicatorValue, ...]) -> Progress | None:
    if verdict not in (Verdict.ON_TRACK, Verdict.BEHIND) or not values or values[-1].amount is None:
        return None
    start, goal, now = Fraction(base or 0), Fraction(low), values[-1].amount
    share = (now - start) / (goal - start)
    better = 1 if goal >= start else -1
    step, best = (goal - now) * better / 3, (now - start) * better / 2
    behind = ProgressState.SEVERE if share < Fraction(1, 4) else ProgressState.LAG
    return Progress(
        state=ProgressState.ON_TRACK if verdict is Verdict.ON_TRACK else behind,
        share=share,
        elapsed=Fraction(2, 5),
        schedule=start + (goal - start) * Fraction(2, 5),
        needed_per_year=step,
        best_year=best,
        in_reach=step <= best,
        rule="plan.progress@2021-01-01",
    )


def _totals(values: tuple[IndicatorValue, ...]) -> tuple[Point, ...]:
    amounts = accumulate(v.amount or Fraction(0) for v in values)
    return tuple(Point(Fraction(v.period.end.year + 1), total, v) for v, total in zip(values, amounts, strict=True))


def _forecast(values: tuple[IndicatorValue, ...], base: str) -> Forecast:
    if len(values) < 2 or not base or values[-1].amount is None:
        return Forecast(None, None, None, len(values), "只有不足3个年度的数据，不作预测。")
    now, slope = float(values[-1].amount), (float(values[-1].amount) - float(base)) / 2
    return Forecast(round(now + 3 * slope, 2), round(now + 2 * slope, 2), round(now + 4 * slope, 2), 3)


def _row(number: int, line: str) -> tuple[Mention, Target, Judgement, str]:
    indicator, group, how, value, unit, basis, base, figures, verdict_word, department = line.split("|")
    comparator, verdict = Comparator(how), Verdict(verdict_word)
    low, _, high = value.partition(",")
    printed = {">=": f"{low}{unit}以上", "<=": f"{low}{unit}以内", ">": f"超过{low}{unit}", "range": f"{low}—{high}{unit}"}
    text = printed.get(how, f"{low}{unit}") if value else "完成市下达任务"
    context = f"到2028年，{indicator}达到{text}；有关部门按季度调度，按年度评估。"
    place = Anchor(Place(line=40 + number), context.index(text), context.index(text) + len(text))
    only_low, only_high = how in (">=", ">"), how in ("<=", "<")
    low_value = (low or None) if not only_high else None
    high_value = (high or low or None) if not only_low else None
    mention = Mention(
        id=f"m{number}",
        indicator=indicator,
        role=Role.TARGET,
        comparator=comparator,
        value_low=low_value,
        value_high=high_value,
        unit=unit,
        year=2028,
        basis=Basis(basis),
        modality=Modality.FIRM,
        scope="全县",
        source=Source.PROSE,
        text=text,
        anchor=place,
        context=context,
        group=group,
    )
    values = _values(figures, indicator, unit, department, Basis(basis))
    target = Target(
        id=f"t{number}",
        indicator=indicator,
        kind=TargetKind.ZERO_EVENTS if how == "zero_events" else TargetKind.NUMERIC,
        comparator_printed=comparator,
        comparator_judged=comparator,
        judged_by="printed",
        value_low=low_value,
        value_high=high_value,
        unit=unit,
        year=2028,
        period_start=2024,
        basis=Basis(basis),
        modality=Modality.FIRM,
        direction="lower" if only_high else "higher",
        baseline=Baseline(base, 2023) if base else None,
        attribute="约束性" if number % 3 else "预期性",
        group=group,
        path={2026: "90", 2027: "93"} if indicator == "房屋市政工程竣工验收合格率" else {},
        mentions=(f"m{number}",),
        text=text,
        context=context,
        anchor=place,
        catalogue=Alignment(f"sample.indicator_{number}", indicator, 100.0, "name"),
        questions=(Question("plan_form.no_value", {"file": "规划.xlsx", "sheet": "目标", "row": 2, "column": "数值上限"}),)
        if verdict is Verdict.UNCONFIRMED
        else (),
    )
    progress = _progress(verdict, base, low, values)
    share = f"{float(progress.share) * 100:.1f}%" if progress and progress.share is not None else ""
    shown = (values[-1].printed or f"{float(values[-1].amount or 0):.2f}") + unit if values else ""
    judgement = Judgement(
        target_id=target.id,
        indicator=indicator,
        as_of=AS_OF,
        period=Period.year(2025),
        verdict=verdict,
        reason=f"judgement.{verdict.value}",
        sentence=SENTENCES[verdict].format(value=shown, target=text, share=share),
        value=values[-1] if values else None,
        observations=values,
        totals=_totals(values) if target.basis is Basis.NEW else (),
        progress=progress,
        forecast=_forecast(values, base) if progress else None,
    )
    return mention, target, judgement, department


def _tasks() -> tuple[Task, ...]:
    rows = [
        ("1.", "开展产品质量攻坚", "夯实供给质量", ("县市场监管局", "县经信局", "县农业农村局"), ("县市场监管局",)),
        ("2.", "培育质量管理数字化示范企业", "夯实供给质量", ("县经信局", "县财政局"), ()),
        ("3.", "推进装配式建造", "提升工程品质", ("县住建局", "县自然资源和规划局"), ("县住建局",)),
        ("4.", "办好消费投诉", "提升服务质量", ("县市场监管局", "县政务服务办", "各镇人民政府、街道办事处"), ("县市场监管局",)),
        ("5.", "打好蓝天碧水保卫战", "厚植生态底色", ("市生态环境局青岭分局", "县水利局", "县发展改革局"), ()),
    ]
    indicators = [line.split("|")[0] for line in ROWS.strip().splitlines()]
    tasks = []
    for n, (number, title, parent, units, lead) in enumerate(rows, 1):
        body = "。".join(f"全面推行{indicators[5 * (n - 1) + k]}监测" for k in range(5)) + "。"
        tasks.append(
            Task(
                id=f"k{n}",
                number=number,
                title=title,
                parent_title=parent,
                chapter="三、主要任务",
                responsible_units=units,
                lead_units=lead,
                supporting_units=units[1:] if lead else (),
                inherited_units=(),
                open_units=units[2:] if n == 4 else (),
                anchor=Anchor(Place(line=100 + n), 0, 6),
                text=body,
                sentences=(TaskSentence(body[:12], "全面推行", CommitmentClass.FULL),),
                commitment_class=CommitmentClass.FULL,
            )
        )
    return tuple(tasks)


_BUILT = [_row(n, line) for n, line in enumerate(ROWS.strip().splitlines(), 1)]

JUDGEMENTS: tuple[Judgement, ...] = tuple(j for _, _, j, _ in _BUILT)
VALUES: tuple[IndicatorValue, ...] = tuple(v for j in JUDGEMENTS for v in j.observations)
PLAN = Plan(
    name="plan.txt",
    meta=Meta(
        title="青岭县质量强县建设规划（2024—2028年）",
        issuing_body="青岭县人民政府",
        document_number="青政发〔2024〕6号",
        index_no="QL0100-2024-00061",
        adopted_date="2024-03-15",
        published_date="2024-03-20",
        period_start=2024,
        period_end=2028,
        region_name="青岭县",
        extra={"notice_title": "青岭县人民政府关于印发规划的通知", "lines": {"title": 11}},
    ),
    outline=(
        Heading(1, "一、", "总体要求", Anchor(Place(line=20), 0, 6)),
        Heading(2, "（三）", "发展目标", Anchor(Place(line=39), 0, 7)),
        Heading(1, "三、", "主要任务", Anchor(Place(line=99), 0, 6)),
    ),
    mentions=tuple(m for m, _, _, _ in _BUILT),
    targets=tuple(t for _, t, _, _ in _BUILT),
    commitments=(
        Commitment(
            "c1",
            CommitmentKind.FIRST_EVER,
            "省政府质量奖",
            "零的突破",
            "到2028年，实现省政府质量奖零的突破。",
            2028,
            Modality.FIRM,
            Anchor(Place(line=70), 9, 13),
        ),
    ),
    tasks=_tasks(),
    definitions=(Definition("质量竞争型产业", "指以质量为主要竞争手段的产业。", Anchor(Place(line=120), 0, 15)),),
    coverage=Coverage(
        (
            NumberSeen("95.5", Standing.MENTION, "", Anchor(Place(line=41), 5, 9)),
            NumberSeen("2024", Standing.EXCLUDED, "date", Anchor(Place(line=4), 5, 9)),
            NumberSeen("1+3+N", Standing.NOT_UNDERSTOOD, "", Anchor(Place(line=36), 5, 10)),
        )
    ),
    problems=(Problem("plan_form.no_value", Severity.QUESTION, {"row": 3}, line=68),),
)
