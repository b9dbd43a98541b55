"""Of which indicator is a value? The noun phrase before it, or behind it, and how the two are joined."""

from __future__ import annotations

import re
from dataclasses import replace

from zhiheng.plans.model import Comparator
from zhiheng.plans.quantities.background import is_background, paid
from zhiheng.plans.quantities.leftward import (
    begins_with_verb,
    clause_start,
    cut_inside,
    ends_with_verb,
    only_verbs,
    strip_lead,
    strip_tail,
    trailing_work,
)
from zhiheng.plans.quantities.origin import is_origin, starts_alone
from zhiheng.plans.quantities.rightward import describes_next, right_noun
from zhiheng.plans.quantities.sentence import Sentence
from zhiheng.plans.quantities.site import GENERIC, MONEY, Phrase, Site, unit_of_work
from zhiheng.plans.quantities.values import Value

_COMPARED = re.compile(r"(?P<bound>不低于|不少于|不高于|不超过|高于|低于|超过)[^,;。\d]{2,20}的$")
_IN_NAME = re.compile(r"[级类版号届强星线代维网]|大(?!关)|周年|年代|多年|[Xx×+]")
_BETTERED = re.compile(r"^(?:提高|提升|扩大)")
# 总数达到…: the total of what was named before
_OF_THE_LAST = re.compile(r"^(?:其)?(?:总数|总量|总计|总规模|总额|合计)$")
_LESSENED = re.compile(r"(?:削减|压减|减少|降低|减排|节约)$")
_LABELS = re.compile(
    r"^方面(?:设置|提出|部署|明确|作出)|^(?:制度|机制|原则|理念|要求|关系|转变|转型|方针|体系|方面|部分|大类|类别|维度|档|层级|等级|步骤|阶段|坚持|体制机制|制度机制|统一|不|必须|融合|一体)(?:$|[,;。])"
)
_PLACES = re.compile(
    r"^(?:市州|州市|市|州|县|区|省|乡镇|镇|街道|社区|村|城市|区县|设区市)(?=$|[(和、,;。]|城区|扩大|增加|提高)"
)
_NO_INDICATOR = re.compile(
    r"浏览|点击|阅读|访问|字体|字数|(?<![老国])字号|编辑|记者|页码|售价|价格从|邮编|^(?:围绕|针对|聚焦|面向|其中|以|用|由|从|自|按|依托)$"
)
_YEARS_ONLY = re.compile(
    r"^[一二三四五六七八九十两]$|^(?:[一二三四五六七八九十两]+年|连续[一二三四五]年|期间)?(?:来|间|内)?(?:年均|同比|累计)?$"
)
_READERS = re.compile(r"(?:浏览|点击|阅读|访问)(?:次数|量|数|人次)?\s*:\s*$")
_MEASURE_NOUN = re.compile(
    r"(?:率|比例|比重|占比|指数|满意度|得分|评分|分数|系数|强度|浓度|密度|覆盖度|数量|总数|总量|规模|数|量|值|度|比|盖度|水平|能耗|排放|产值|收入"
    r"|支出|总额|面积|里程|价值|人口|当量|级|位|名次|排名|质量分|容量|产量|评价|指标|结果|成绩)$"
)
_TIME_NOUN = re.compile(
    r"(?:年限|寿命|时间|时长|时限|天数|期限|周期|用时|耗时|年龄|日数|学时|环节|时|间隔|响应|龄)(?:\([^)]*\))?$"
)
# 新建管网420公里、改造180公里: a verb alone takes the noun of the verb before
_GOES_ON = re.compile(r"、(?:改造|新建|改建|扩建|修复|更新|维修|提升)$")
_TREND = re.compile(
    r"(?:不降低|不下降|只增不减|稳中有升|(?:稳步|持续|不断|进一步|明显|显著|逐年|逐步|大幅)(?:提高|提升|改善|增强|增长|下降|降低|扩大|优化)|(?:达到)?更高水平)$"
)
_NO_COUNT = re.compile(
    r"确立|维护|意识|自信|方面|层级|环节|领域|文明|阶段|方向|维度|方针|月|小时|人民|不|转变|一体|层面|核心|关键"
)


def phrase_for(s: Sentence, previous_end: int, value: Value, following: Value | None, last: Phrase | None) -> Phrase | None:
    """The phrase of `value` in a sentence, or None when the number is part of a name or no quantity.

    `previous_end` is where the value before (or its noun) ends, `last` that value's phrase.
    """
    folded, masked, start, end = s.folded, s.masked, s.start, s.end
    right_raw = masked[value.end : end]
    if _IN_NAME.match(right_raw) or ((value.unit or "").endswith("人") and right_raw[:1] in {"才", "口"}):
        return None
    if value.kind == "time" and right_raw[:1] in "以之" and right_raw:
        return None
    if value.start and masked[value.start - 1] in "第每" and value.kind != "rate":
        return None
    if _READERS.search(masked[max(s.start, value.start - 8) : value.start]):
        return None
    begin = clause_start(masked, previous_end, value.start)
    link_start, change = strip_tail(masked, begin, value)
    compared = (
        _COMPARED.search(masked[begin:link_start] + "的")
        if masked[link_start : value.start].endswith("的") or masked[value.start - 1 : value.start] == "的"
        else None
    )
    if compared:
        link_start = begin + compared.start()
    noun_start = cut_inside(masked, strip_lead(masked, begin, link_start), link_start)
    right, stop = right_noun(folded, masked, value, following, end)
    if masked[begin : value.start].endswith("在") and (right.endswith("中") or _PLACES.match(right)):
        return None
    if describes_next(masked, value, following, end) or (value.kind == "count" and _LABELS.match(right)):
        return None
    left = masked[begin : value.start]
    site = Site(
        folded, masked, start, begin, value, folded[noun_start:link_start].strip(" 、,"), masked[begin:noun_start],
        masked[link_start : value.start], left, right, right_raw, last,
    )  # fmt: skip
    phrase = _decide(site, only_verbs(masked[noun_start:link_start]))
    if phrase is None:
        return None
    if phrase.background and MONEY.search(value.unit or ""):
        phrase = replace(phrase, indicator=paid(phrase.indicator))
    phrase = _with_change(phrase, site, change, masked[previous_end : previous_end + 1])
    gap = masked[value.end : following.start] if following is not None else None
    origin = is_origin(left, gap) or (phrase.inherited and starts_alone(left, right_raw))
    if compared:
        phrase = replace(phrase, bound=compared["bound"])
    elif "至少" in phrase.verbs:
        phrase = replace(phrase, bound="至少")
    return replace(phrase, origin=origin, origin_start=begin, stop=stop if phrase.behind else None)


def _with_change(phrase: Phrase, site: Site, change: tuple[Comparator, int] | None, before: str) -> Phrase:
    """The phrase with its comparator of change: the verb next to the value, or 削减 … that governs the noun (and a list)."""
    value = site.value
    if (
        change is None
        and phrase.inherited
        and site.last is not None
        and site.last.change
        and not value.before
        and not re.search(r"[^、和及与,\s]", site.link)
    ):
        change = (site.last.change[0], value.start)  # 增长4.9%和6.2%
    if change is not None and change[0] is Comparator.INCREASE_BY and _BETTERED.search(site.masked[change[1] : value.start]):
        # 提升 of things and lengths is work done (道路提升50公里), not growth
        change = None if value.kind in {"count", "measure"} and unit_of_work(value) else change
    if change is not None:
        return phrase if phrase.behind and value.kind == "count" else replace(phrase, change=change)
    if phrase.behind or phrase.inherited or value.kind not in {"measure", "rate"}:
        return phrase
    listed = before in {"、", "和", "及"} and site.last is not None and site.last.lessened
    if _LESSENED.search(phrase.verbs) or (listed and not begins_with_verb(site.left.strip("、和及"))):
        return replace(phrase, change=(Comparator.DECREASE_BY, value.start), lessened=True)
    return phrase


def _decide(site: Site, verbs_only: bool) -> Phrase | None:
    """Noun before, noun behind, or the noun of the value before."""
    value, right, right_raw = site.value, site.right, site.right_raw
    noun = (
        ""
        if verbs_only or _YEARS_ONLY.match(site.noun) or (site.last is not None and _OF_THE_LAST.match(site.noun))
        else site.noun
    )
    verbs = site.verbs if noun else site.verbs + site.noun
    background = is_background(site, noun)
    if value.chinese and not _chinese_counts(site):
        return None
    if noun and right and _counted_behind(site, noun):
        return Phrase(right, site.link, verbs + noun, background=background, behind=True)
    if noun and right and background and value.kind == "measure" and not right_raw.startswith("的"):
        return Phrase(right, site.link, verbs + noun, background=True, behind=True)
    noun = re.sub(r"^[^的]*[\d一二三四五六七八九十]+年(?:及?以[上下])?的(?=.{2,})", "", noun)
    if noun:
        if background and right_raw.startswith("的"):
            noun = re.split(r"、(?![^(]*\))", noun)[-1]
        return Phrase(noun, site.link, verbs, background=background) if _acceptable(site, noun) else None
    if right and value.kind not in {"bare", "time"} and not GENERIC.match(right):
        if value.kind == "scale" and not re.match(
            r"[^,;。]{0,6}(?:人|民|户|名|家|群众|学生|用户|妇女|儿童|职工|老年|青年)", right
        ):
            return None
        background = background or (value.kind == "measure" and value.after is not None)
        return Phrase(right, site.link, verbs, background=background, behind=True)
    if (
        site.last is not None
        and not site.last.behind
        and _GOES_ON.match(site.left)
        and site.last.verbs
        and value.kind in {"count", "measure"}
    ):
        return replace(site.last, link=site.link, verbs=site.left, change=None, inherited=True, origin=False)
    if not right and value.kind in {"count", "measure"} and (work := trailing_work(site.verbs + site.noun)):
        return Phrase(work, site.link, verbs)
    return _inherit(site, verbs)


def _counted_behind(site: Site, noun: str) -> bool:
    """Whether the noun behind a number is what is counted although words stand before it too."""
    if site.value.kind == "measure":
        plain = site.value.after is None and not MONEY.search(site.value.unit or "") and not site.link.strip()
        return (
            plain and not _PLACES.match(site.right) and not _MEASURE_NOUN.search(noun) and not site.right_raw.startswith("的")
        )
    if site.value.kind not in {"count", "scale"} or _PLACES.match(site.right):
        return False
    words = site.left[: site.value.number_start - site.begin].rstrip("约近超过不少于达到至共")
    return ends_with_verb(words) or (not site.link.strip() and not site.right_raw.startswith("的"))


def _acceptable(site: Site, noun: str) -> bool:
    value = site.value
    if _NO_INDICATOR.search(noun) or (len(noun) < 2 and not noun.isascii()):
        return False
    if value.kind == "bare":
        plain = noun.rstrip(")").split("(")[0]
        return bool(_MEASURE_NOUN.search(plain)) and (
            bool(site.link.strip()) or value.before is not None or value.comparator is not Comparator.EQUAL
        )
    if value.kind == "time":
        return bool(_TIME_NOUN.search(noun))
    if value.kind == "scale":
        return bool(site.link.strip()) or not site.right
    return not (value.kind == "count" and _LABELS.match(noun))


def _inherit(site: Site, verbs: str) -> Phrase | None:
    """The noun of the value before, or of the clause before when this clause names only a time (…合格率,到2025年达到95%)."""
    value, last = site.value, site.last
    if site.begin > site.start and site.masked[site.begin - 1] in ",:":
        clause = re.split(r"[,;。:]", site.masked[site.start : site.begin - 1])[-1]
        if clause and not re.search(r"\d", clause):
            lead = strip_lead(site.masked, site.begin - 1 - len(clause), site.begin - 1)
            noun = _TREND.sub("", site.folded[lead : site.begin - 1].strip())
            named = _MEASURE_NOUN.search(noun) and not _NO_INDICATOR.search(clause)
            if 2 <= len(noun) <= 30 and named and value.kind != "time":
                return Phrase(noun, site.link, verbs)
    if last is None or (value.kind == "time" and not _TIME_NOUN.search(last.indicator)):
        return None
    same = last.inherited or (site.begin > 0 and site.link.strip() in {"、", "和", "及"})
    bound = (
        same or site.link.strip(" 、和及与,") or "分别" in last.link or last.inherited or last.origin or last.change is not None
    )
    if value.kind in {"scale", "count"} and not bound:
        return None
    return replace(last, link=site.link, verbs=verbs, change=None, inherited=True, origin=False, behind=False)


def _chinese_counts(site: Site) -> bool:
    """Whether a Chinese numeral counts things: under a verb that makes them, or at the end of a list item."""
    value, left, right_raw = site.value, site.left, site.right_raw
    if _NO_COUNT.match(right_raw):
        return False
    ended = not right_raw or right_raw[0] in ",;。、)(以左"
    if value.low == "1" and site.masked[value.number_start] == "一":
        named = re.search(r"[^\d,;。、]{2,}$", left) and not re.search(r"(?:每|同|另|任|唯|第|这|该|由|为)$", left)
        return ended and bool(named)
    if value.unit == "期" and not (ended and re.search(r"举办|开办|组织|开展|开设|完成", left)):
        return False
    if value.comparator is not Comparator.EQUAL or ended:
        return bool(left.strip())
    return ends_with_verb(left.rstrip("约近超过不少于达到至共")) or (bool(left.strip()) and only_verbs(left))
