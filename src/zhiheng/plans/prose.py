"""Which quantities of indicators does running text state?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from zhiheng.documents.tree import Text
from zhiheng.plans.draft import Draft
from zhiheng.plans.exclusions import HIDDEN, exclusions, hidden
from zhiheng.plans.horizon import Moment, moments
from zhiheng.plans.model import Basis, Comparator, Modality, Role, Source
from zhiheng.plans.phrases import Phrase, distribute, phrase_for
from zhiheng.plans.values import Value, change_before, find_values
from zhiheng.plans.vocabulary import CUMULATIVE_WORDS, MAINTAIN, NEW_VERBS, STRIVE, alternation

_SENTENCE = re.compile(r"[^。;!?！？\n]+[。;!?！？\n]?")
_STRIVE = re.compile(alternation(STRIVE))
_MAINTAIN = re.compile(rf"(?:{alternation(MAINTAIN)})(?:全[省市县区]领先)?$")
_NEW = re.compile(rf"(?:{alternation(NEW_VERBS)})(?!\(|（|和?(?:扩|改)建成|率|额|量|值|建(?:民用|建筑|筑|公共|项目|成区))")
_CUMULATIVE = re.compile(alternation(CUMULATIVE_WORDS))
_ANNUAL = re.compile(r"每年|每年度|年均每|每半年|每季度|每月|每周|每日")
_YEARLY_MEAN = re.compile(r"年均|平均每年")
_GOVERNING = re.compile(r"(?:^|[,、])(?:并)?(?:打造|建成|培育|建设|创建|完成|推进|推动|指导|取得|实施|形成|引进|制定|组织|开展|改造|提升|新增|新建|力争|达到)")
_ZERO = re.compile(
    r"(?P<what>[^,。;、:]{0,24}?)(?P<zero>(?:实现|保持|确保)?“?零(?:事故|发生|死亡|伤亡|增长事故|责任事故|重大事故|违规|感染|发案|上访|火灾|污染事件|报告)”?|(?:不|未|杜绝|无)(?:得)?发生[^,。;、]{0,22}?(?:事故|事件|案件|疫情|灾害|问题))"
)
_PAST = re.compile(r"去年|上年|过去[一二三四五]年|过去的|一年来|五年来|目前|现有|截至目前|以来|(?<!自)已(?!上|下)")
_THIS_YEAR = re.compile(r"今年|本年度|年内|全年|年度")
_MONEY = re.compile(r"(?:万亿|千亿|百亿|亿|万|千)?(?:元|美元|人民币)$")
_FLOW_MONEY = re.compile(r"投资|投入|资金|筹集|到位|引资|融资|贷款|签约")
_SCOPE = re.compile(r"(?:全|我|本)(?:市域|县域|[市县区省旗州])|市域内|县域内|辖区内|规模以上|规上|[国省市县区]控(?:以上)?断面|县级以上城市|县级以上|公共建筑|每年")


@dataclass(slots=True)
class Setting:
    """What the surroundings of a sentence decide: the role of its numbers and the year when it names none.

    `now` is the year of the paper: an earlier year makes a number an achieved one. `horizon` is the plan's deadline.
    """

    role: Role
    horizon: int | None
    now: int | None
    past_year: int | None = None
    silent: bool = False
    moment: Moment | None = None
    news: bool = False
    period_first: int | None = None


@dataclass(slots=True)
class _State:
    """What carries over inside one sentence."""

    cumulative: bool = False
    new: bool = False
    strive: int | None = None
    last: Phrase | None = None
    previous_end: int = 0
    drafts: list[Draft] = field(default_factory=list)
    values: list[tuple[Value, int]] = field(default_factory=list)


def read_prose(text: Text, setting: Setting) -> list[Draft]:
    """Drafts of all quantities in one paragraph; `setting.moment` is carried on to the next paragraph."""
    folded = text.folded
    if setting.silent:
        return []
    spans = exclusions(folded)
    masked = hidden(folded, spans)
    drafts: list[Draft] = []
    for m in _SENTENCE.finditer(masked):
        drafts += _read_sentence(text, folded, masked, m.start(), m.end(), setting)
    return drafts


def _read_sentence(text: Text, folded: str, masked: str, start: int, end: int, setting: Setting) -> list[Draft]:
    sentence = masked[start:end]
    times = [replace(t, start=t.start + start, end=t.end + start) for t in moments(folded[start:end])]
    leading = [t for t in times if not t.base]
    drafts: list[Draft] = []
    values = [_shift(v, start) for v in find_values(sentence)]
    if values:
        drafts = list(_read_values(text, folded, masked, start, end, values, times, setting))
    drafts += _zero_events(text, folded, masked, start, end, times, setting)
    drafts.sort(key=lambda d: d.start)
    if leading:
        last = leading[-1]
        if last.deadline or last.period or setting.role is Role.ACTUAL or folded[max(start, last.start - 1) : last.start] in ("", folded[start : start + 1]):
            setting.moment = last
    return drafts


def _shift(v: Value, by: int) -> Value:
    return replace(v, start=v.start + by, end=v.end + by, number_start=v.number_start + by)


def _read_values(
    text: Text, folded: str, masked: str, start: int, end: int, values: list[Value], times: list[Moment], setting: Setting
) -> Iterator[Draft]:
    state = _State(previous_end=start)
    context = text.string[start:end].strip()
    pending: list[tuple[Value, Phrase, int]] = []
    for i, value in enumerate(values):
        following = values[i + 1] if i + 1 < len(values) else None
        phrase = phrase_for(folded, masked, start, end, state.previous_end, value, following, state.last)
        if phrase is None:
            continue
        pending.append((value, phrase, state.previous_end))
        state.last = phrase
        state.previous_end = value.end
    yield from _drafts(text, folded, masked, start, context, distribute(folded, masked, pending), times, setting)


def _drafts(
    text: Text, folded: str, masked: str, start: int, context: str, pending: list[tuple[Value, Phrase, int]], times: list[Moment], setting: Setting
) -> Iterator[Draft]:
    cumulative = new = False
    strive_until = -1
    for value, phrase, previous_end in pending:
        left = masked[previous_end : value.start]
        clause_break = max(left.rfind(","), left.rfind(":"))
        fresh = left[clause_break + 1 :]
        whole_left = masked[start : value.start]
        if _CUMULATIVE.search(left):
            cumulative = True
        elif clause_break >= 0 and _GOVERNING.search(left[clause_break:]) and not re.search(r"取得|获得|制定|主导|参与", fresh[:8]):
            cumulative = False
        verbs_seen = bool(clause_break >= 0) or previous_end == start
        if _NEW.search(phrase.verbs) or _NEW.search(fresh[: max(0, len(fresh))].split(HIDDEN)[-1][:6] if fresh else ""):
            new = True
        elif verbs_seen:
            new = False
        if m := list(_STRIVE.finditer(whole_left)):
            strive_until = m[-1].start()
        strive = strive_until >= 0 and not _new_subject(whole_left[strive_until:])
        yield _draft(text, folded, masked, value, phrase, times, setting, context, cumulative=cumulative, new=new, strive=strive, whole_left=whole_left)


def _new_subject(rest: str) -> bool:
    """Whether, after 力争, another governing verb with its own clause took over."""
    return bool(re.search(r",(?:建成|打造|培育|新增|新建|建设|推进|确保|稳定|保持|实施|开展|完成)", rest))


def _draft(
    text: Text, folded: str, masked: str, value: Value, phrase: Phrase, times: list[Moment], setting: Setting, context: str,
    *, cumulative: bool, new: bool, strive: bool, whole_left: str,
) -> Draft:
    comparator, low, high, span_start = value.comparator, value.low, value.high, value.start
    if phrase.change is not None:
        comparator, span_start = phrase.change
        low, high = low or high, high or low
    role, year, period = _time(value, phrase, times, setting, masked)
    left = masked[max(0, value.start - 40) : value.start]
    clause = re.split(r"[,;。:]", left)[-1]
    basis = _basis(comparator, value, phrase, clause, cumulative=cumulative, new=new, period=period)
    modality = None
    if role is Role.TARGET:
        modality = Modality.MAINTAIN if _MAINTAIN.search(phrase.link) else Modality.STRIVE if strive else Modality.FIRM
    scope_hits = _SCOPE.findall(phrase.indicator) or _SCOPE.findall(whole_left[-80:])
    if phrase.background:
        role, year, modality = Role.BACKGROUND, None, None
    return Draft(
        text, span_start, value.end, phrase.indicator, comparator, low, high, _printed_unit(text, value), Source.PROSE,
        role=role, year=year, basis=basis, modality=modality, scope=scope_hits[-1] if scope_hits else None, context=context, period=period,
    )


def _printed_unit(text: Text, value: Value) -> str | None:
    return value.unit


def _basis(comparator: Comparator, value: Value, phrase: Phrase, clause: str, *, cumulative: bool, new: bool, period: str | None) -> Basis:
    if comparator is Comparator.DECREASE_BY:
        return Basis.REDUCTION
    if comparator is Comparator.INCREASE_BY:
        return Basis.AVERAGE if _YEARLY_MEAN.search(clause) or "年均" in phrase.indicator else Basis.LEVEL
    if _ANNUAL.search(clause):
        return Basis.LEVEL
    counts = value.kind in {"count", "scale"}
    if counts and new:
        return Basis.NEW
    if cumulative or "累计" in phrase.indicator:
        return Basis.CUMULATIVE
    if new and value.kind == "measure" and not _MONEY.search(value.unit or ""):
        return Basis.NEW
    if _YEARLY_MEAN.search(clause):
        return Basis.AVERAGE
    if value.kind == "rate" and re.search(r"(?<!率)平均(?:合格率)?", phrase.indicator) and False:
        return Basis.AVERAGE
    if not counts or (value.unit or "") in {"分", "位", "倍"}:
        if value.kind == "measure" and re.search(r"期间|时期", clause) and _FLOW_MONEY.search(phrase.indicator):
            return Basis.CUMULATIVE
        if value.kind == "measure" and period and _MONEY.search(value.unit or "") and _FLOW_MONEY.search(phrase.indicator):
            return Basis.CUMULATIVE
        return Basis.LEVEL
    return Basis.LEVEL if phrase.per_head else Basis.COUNT


def _time(value: Value, phrase: Phrase, times: list[Moment], setting: Setting, masked: str) -> tuple[Role, int | None, str | None]:
    before = [t for t in times if t.end <= value.number_start and not t.base]
    nearest = before[-1] if before else None
    if phrase.origin:
        inside = [t for t in before if t.start >= phrase.origin_start - 1]
        return Role.BASELINE, inside[-1].year if inside else None, None
    moment = nearest or setting.moment
    if moment is None:
        role = setting.role
        return role, setting.horizon if role is Role.TARGET else setting.past_year, None
    role = setting.role
    if nearest is not None and setting.now is not None:
        if nearest.year < setting.now or (nearest.year == setting.now and setting.role is Role.ACTUAL):
            role = Role.ACTUAL
        elif nearest.year > setting.now:
            role = Role.TARGET
    return role, moment.year, moment.period


def _zero_events(text: Text, folded: str, masked: str, start: int, end: int, times: list[Moment], setting: Setting) -> list[Draft]:
    found = []
    for m in _ZERO.finditer(folded, start, end):
        moment = ([t for t in times if t.end <= m.start("zero") and not t.base] or [setting.moment])[-1]
        role = setting.role
        what = re.sub(r"^(?:到□+|确保|实现|坚决|努力|力争|全年|全县|全市|全区)+", "", m["what"]).strip() or m["zero"]
        what = re.sub(r"(?:保持|实现|确保)$", "", what)
        year = moment.year if moment else (setting.horizon if role is Role.TARGET else setting.past_year)
        found.append(
            Draft(
                text, m.start("zero"), m.end("zero"), what, Comparator.ZERO_EVENTS, "0", "0", None, Source.PROSE, role=role, year=year,
                basis=Basis.COUNT, modality=Modality.FIRM if role is Role.TARGET else None, context=folded[start:end],
            )
        )
    return found
