"""Of which indicator is a value? The noun phrase before it, or behind it, and how the two are joined."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from zhiheng.plans.exclusions import HIDDEN, HIDDEN_TIME
from zhiheng.plans.model import Comparator
from zhiheng.plans.values import Value
from zhiheng.plans.vocabulary import LINKS, MAKE_VERBS, alternation

_T = HIDDEN_TIME
_TAIL = re.compile(
    rf"(?:{alternation(LINKS)}|(?:到|至|截至|在)?{_T}+的?|(?:比|较|同比|与)(?:上年|去年|上一年|同期|{_T}+)?(?:相比)?|[ \"'“]|<|\(|〔|\[|\{{|、|=|:|→|->|—)$"
)
_UP = r"增长|提高|提升|增加|上升|递增|上涨|扩大|(?<![新净倍剧])增"
_DOWN = r"下降|降低|减少|削减|压减|缩减|减排|下调|缩小|压缩|缩短|压降|递减|(?<![下升])降"
_QUALIFIER = r"(?:约|了|累计|分别|各|均|再|年均|不低于|不少于|超过|达到|达|控制在|不高于|力争|至少)*"
_CHANGE = (
    (Comparator.DECREASE_BY, re.compile(rf"(?:(?:{_DOWN}){_QUALIFIER}|(?:降幅|下降率|降低率|减少率|减幅)(?:为|达到|达|在|保持在|控制在|不低于)?)\s*$")),
    (Comparator.INCREASE_BY, re.compile(rf"(?:(?:{_UP}){_QUALIFIER}|(?:增速|增幅|增长率|涨幅|增长速度|增长幅度)(?:为|达到|达|在|保持在|稳定在|控制在|不低于|高于|超过|不高于)*)\s*$")),
)
_SAFE_VERBS = (
    "培育", "建成", "打造", "创建", "创成", "新增", "新建", "新建和改造", "新改建", "改扩建", "新建或改造", "引进", "培养", "荣获", "获评", "获批", "获得", "获取", "拥有", "共有", "已有", "推广", "实施", "推进", "推动", "建立", "实现",
    "组织", "争创", "选树", "遴选", "新培育", "力争", "争取", "确保", "带动", "促进", "扶持", "建好", "筹集", "引育", "招引", "新开工", "开工建设", "规划建设", "加快建设", "组织开展", "开展", "举办", "完成", "形成", "突破", "布局", "投放", "更新",
    "增设", "增加", "设立", "成立", "组建", "发布", "推荐", "支持", "指导", "帮助", "惠及", "发放", "淘汰", "整治", "建设", "再", "新", "共", "有", "使", "让", "将", "获", "全面", "评选", "认定", "出台", "承担", "达到", "保持", "抓好", "做强", "攻克", "导入", "服务", "改造", "治理", "种植", "修复",
    "提升", "优化", "适配", "放映", "检定", "免费检定", "送", "资助", "培训", "改造提升", "规范提升", "更新改造", "新购", "购置", "打通", "撬动", "转移转化", "转化", "解决", "建", "取得", "新创建", "新认定", "累计", "梳理", "引导", "办好", "召开", "安排", "统筹安排", "为", "对", "给", "向", "在", "从", "把",
)
_LEAD = re.compile(
    rf"^(?:[ 、,:;.\-—·●○◆■]|(?:到|至|截至|截止到?|力争到|在|自|从|由)?{_T}+(?:的|年|底|末|期间|时期|以来|里)?(?:止|为止)?,?"
    r"|(?:到|至)?(?:本世纪|规划期|期)末|(?:去年|今年|上年|明年|全年|年内|本年度|年度|目前|现在|近年来|年底前?|年末|截至目前|期间|时期|届时)"
    r"|(?:全|我|本)(?:市域?|县域?|[区省旗州国镇])|(?:市域|县域|辖区|区域)内?|各[县市区](?:\([^)]*\))?|各地"
    r"|其中|同时|另外|此外|并且|并|且|以及|而|也|还|再|继续|持续|预计|预期|计划|主要|特别是|尤其是|包括|含"
    r"|重点|着力|积极|努力|大力|加快|全力|稳步|扎实|深入|有序|统筹|全面|进一步|逐步|不断|坚持|切实|有效|严格|认真|滚动|免费|优先"
    r"|每年(?:至少)?|每半年|每季度|每月|每周|年均|一次性|单独|一[是二]|二是|三是|四是|五是|六是|和|及|与)"
)
_LEAD_VERB = re.compile(rf"^{alternation(_SAFE_VERBS)}")
_NOT_VERB = re.compile(
    r"^(?:建设(?:工程|用地|单位|项目|系统|领域)|服务(?:业|质量|满意度|贸易|消费|外包)|改造(?:率|面积)|治理率|培训(?:率|人次)|完成率|实施率|推广率|覆盖|新(?:能源|材料|型|一代|产品|生儿|建(?:民用|建筑|筑|公共|住宅|成区)|开工项目|城|区|兴|药)|有(?:效|机|害|毒|色|线|证|组织)|认定登记|开展率|提升率|对外|对口|在(?:校|建|岗|册|职|线|园|孵|营)"
    r"|达到(?:或|和)|发展(?:指数|水平|用地)|增加值|获证|获奖|让|使用|将军|为(?:民|农)|给(?:水|排)|从业|向(?:好|上)|把关|送(?:检|达|电)|再(?:生|就业|利用|制造)|共(?:同|享)|建(?:成区|筑|档|制)|更新率|形成率|实现率|支持率|保持率|推广率|优化率|淘汰率|整治率|建成区|引进率|转化率|培育数|注册|检定率|新增(?:建设用地|耕地)|规范|承担率|突破率)"
)
_VERBS_ONLY = re.compile(
    rf"^(?:{alternation((*MAKE_VERBS, *_SAFE_VERBS))}|{_T}+|{HIDDEN_TIME}|[到至在截止末底前,、 \"“]|全[市县区省]|我[市县区省]|本[市县区]|期间|时期|每年|每季度|每月|年均|今年|全年|年内|重点|着力|积极|努力|大力|加快|全力|统筹|滚动|免费|分别|各|均|其中|同时|并|且|再|也|还|要|应|将|约|近|规模以上|的|等|共计|合计|不低于|不少于|超过|至少|不超过|达|以|用|由|从|和|及|与|县级|市级)*$"
)
_ENDS_WITH_VERB = re.compile(rf"(?:{alternation(set(MAKE_VERBS) - {'累计', '共', '合计', '总计', '达到', '至少', '新', '再', '服务', '发展', '认证', '监测', '检验', '检测', '治理', '绿化', '改造', '投资', '建设', '授权', '注册', '登记', '申请', '申报', '培训', '修复', '抽检', '抽查', '检查', '检定', '校准', '维护', '运营', '运行', '投入', '转化', '更新', '检修', '出版', '命名', '造林', '表彰', '查处', '奖励', '补贴', '资助', '覆盖', '提升', '升级', '安排', '清淤', '疏浚', '保障', '为', '在', '对'})}|等|共|为|对|在|有|向|给|组织|帮扶|改造提升|提供)$")
_STOP_R = re.compile(r"[,;。:!?！？、(]")
_GENERIC = re.compile(r"^(?:目标|水平|要求|标准|任务|规模|速度|基础上|比例|幅度|左右|以上|程度|总数|总量|大关|关口|台阶|区间)$")
_NO_NOUN_START = re.compile(r"^(?:[的和及与以并且或、,;。)\]}>〕→~—至到由提增降下上高达]|用于|以上|左右|大关|的目标|总数|总量|占|达|超|较|比|同比|其中)")
_AWARDED = re.compile(r"^[^,;。]{0,8}?(?:企业|组织|单位|个人|项目|产品|机构|工程|品牌|团队|集体)(?:[^,;。]{0,2})(?:获得|荣获|获评|获批|入选|获)(?P<prize>[^,;。]{2,})$")
_EVALUATIVE = re.compile(r"^(?:(?:具有|拥有|富有|带有|体现|代表|在|对|能够|可|较|最|更|一定|高|强|好|大|优|特色|影响|竞争|知名|有|质量|技术|市场|品质|符合|专业|国内|国际|全国|全省|行业)[^,;。]*)的(?=[^的]{2,}$)")
_MEASURE_NOUN = re.compile(r"(?:率|比例|比重|占比|指数|满意度|得分|评分|分数|系数|强度|浓度|密度|覆盖度|数量|总数|总量|规模|数|量|值|度|比|盖度|水平|能耗|排放|产值|收入|支出|总额|面积|里程|价值|人口|当量|级|位|名次|排名|质量分|容量|产量|评价|指标)$")
_TIME_NOUN = re.compile(r"(?:年限|寿命|时间|时长|时限|天数|期限|周期|用时|耗时|年龄|日数|学时|环节|时|间隔|响应|龄)(?:\([^)]*\))?$")
_PROGRAMME = re.compile(r"^(?:[^,;。]{0,6})?(?:主要|具体|重点|核心|量化|细化|共性|一级|二级|三级)?(?:指标|任务|举措|措施|条款|条意见|政策措施|工作任务|重点任务|具体任务|具体措施|改革任务|工作举措)(?:[,;。]|$)")
_REWARD = re.compile(r"奖励|补助|补贴|资助|奖金|给予|奖补|罚款|处以|每家|每项|最高|一次性|保费|每人|每户|标准为|额度|授信|定额")
_REWARD_UNIT = re.compile(r"元$")

_ORIGIN_GAP = re.compile(rf"^(?:左右|以上|以下)?\s*,?(?:逐步|逐年|稳步|进一步|已|快速|大幅|,)*(?:提高|提升|增加|增长|上升|扩大|下降|降低|减少|缩小|压缩|压减|缩短|发展|拓展|升|降|增|提)(?:到|至|为)?(?:{_T}+的?)?\s*$|^\s*(?:→|->|—>)\s*$|^(?:到|至)(?:{_T}+的?)?$")
_ORIGIN_LEAD = re.compile(rf"(?:由|从)(?:目前的?|现在的?|原来的?|上年的?|去年的?|当前的?|{_T}+(?:底|末)?的?)?\s*$")
_PER_HEAD = re.compile(r"每[\d十百千万一]*[万千百十]?(?:名|个)?(?:人|常住人口|户|平方公里|百户|家企业|百家企业)|人均|户均|每百|每千|每万|万人")


@dataclass(frozen=True, slots=True)
class Phrase:
    """How a value is joined to its indicator.

    `behind` when the noun follows the value; `link` the words between noun and value; `verbs` what governed the noun;
    `change` comparator and start of 增长, 下降 …; `origin` for X of 由X提高到Y; `inherited` when the noun is the last one's.
    """

    indicator: str
    link: str = ""
    verbs: str = ""
    change: tuple[Comparator, int] | None = None
    background: bool = False
    origin: bool = False
    origin_start: int = 0
    per_head: bool = False
    behind: bool = False
    inherited: bool = False
    year: int | None = None


def phrase_for(
    folded: str, masked: str, start: int, end: int, previous_end: int, value: Value, following: Value | None, last: Phrase | None
) -> Phrase | None:
    """The phrase of `value` in the sentence `start:end`, or None when the number is part of a name or no quantity."""
    right_raw = masked[value.end : end]
    if re.match(r"[级类大版号届强星线代维网]|周年|年代|小时内|天内|年内|个工作日内|多年|[Xx×+]", right_raw) or (value.kind == "time" and right_raw[:1] in "以之"):
        return None
    begin = _left_begin(masked, previous_end, value.start)
    left = masked[begin : value.start]
    if value.start and masked[value.start - 1] in f"第每{HIDDEN}" and value.kind != "rate" and masked[value.start - 1] != HIDDEN:
        return None
    link_start, change = _strip_tail(masked, begin, value)
    lead_end = _strip_lead(masked, begin, link_start)
    noun = folded[lead_end:link_start].strip(" 、,")
    verbs = masked[begin:lead_end]
    link = masked[link_start : value.start]
    right = _right_noun(folded, masked, value, following, end)
    if _is_descriptor(masked, value, following, noun, right, end):
        return None
    origin = bool(following) and bool(_ORIGIN_GAP.match(masked[value.end : following.start if following else end])) and bool(_ORIGIN_LEAD.search(left))
    verbs_only = bool(_VERBS_ONLY.match(masked[lead_end:link_start])) if noun else True
    phrase = _decide(masked, value, noun, verbs_only, right, right_raw, link, verbs, left, last, folded, start, begin)
    if phrase is None:
        return None
    if change is not None and not (phrase.behind and value.kind == "count"):
        phrase = replace(phrase, change=change)
    elif phrase.change is None and not phrase.behind and value.kind == "measure" and (m := re.search(r"(?:削减|压减|减少|降低|减排|节约|节省)[^,、]{0,4}$", verbs)):
        phrase = replace(phrase, change=(Comparator.DECREASE_BY, value.start)) if m and not noun.startswith("节") else phrase
    return replace(phrase, origin=origin, origin_start=begin, per_head=bool(_PER_HEAD.search(phrase.indicator)))


def _left_begin(masked: str, previous_end: int, stop: int) -> int:
    """Where the clause of the value begins: behind the last hard mark or the open bracket it stands in."""
    depth = 0
    for i in range(stop - 1, previous_end - 1, -1):
        c = masked[i]
        if c in ")〕]":
            depth += 1
        elif c in "([" and depth == 0:
            return i + 1
        elif c in "(〔[" and depth:
            depth -= 1
        elif depth == 0 and c in ",:;。!?—":
            return i + 1
    return previous_end


def _strip_tail(masked: str, begin: int, value: Value) -> tuple[int, tuple[Comparator, int] | None]:
    """End of the noun before the value, and the verb of change next to the value if there is one."""
    end = value.start
    change = None
    left = masked[begin:end]
    for comparator, pattern in _CHANGE:
        if m := pattern.search(left):
            change = (comparator, begin + m.start())
            end = begin + m.start()
            break
    while end > begin:
        m = _TAIL.search(masked[begin:end])
        if m is None:
            break
        end = begin + m.start()
    return end, change


def _strip_lead(masked: str, begin: int, end: int) -> int:
    """Start of the noun: behind times, scopes, adverbs and the verbs that govern it."""
    while begin < end:
        rest = masked[begin:end]
        m = _LEAD.match(rest)
        if m is None:
            m = None if _NOT_VERB.match(rest) else _LEAD_VERB.match(rest)
            if m and len(rest) - m.end() < 2 and m.end() != len(rest):
                break
        if m is None or m.end() == 0:
            break
        begin += m.end()
    return begin


def _right_noun(folded: str, masked: str, value: Value, following: Value | None, end: int) -> str:
    """The noun phrase that follows the value, cut at the next mark, value or governing verb; '' when none does."""
    begin = value.end
    if begin < end and masked[begin] == "(" and ")" in masked[begin:end]:
        begin = masked.index(")", begin) + 1
    right = masked[begin:end]
    if not right or _NO_NOUN_START.match(right) and not right.startswith("的"):
        return ""
    if right.startswith("的"):
        begin += 1
        right = right[1:]
    stop = _balanced_stop(right)
    limit = following.start - begin if following is not None else len(right)
    if limit < stop:
        chunk = re.sub(r"[、和及与以]+(?:其中)?$", "", right[:limit])
        if m := re.search(r"(?<=.{3})(?:完成|达到|达|实现|累计|带动|惠及|投资|、[^、]{0,4}(?:新建|新增|建成|培育))[^、]*$", chunk):
            chunk = chunk[: m.start()]
        stop = len(chunk)
    noun = folded[begin : begin + stop]
    noun = re.split(r"(?<=.{2})、(?=(?:新建|新增|建成|培育|打造|完成|推进|建设|实施|开展|改造|引进))", noun)[0]
    if m := _AWARDED.match(noun):
        noun = m["prize"]
    if m := _EVALUATIVE.match(noun):
        noun = noun[m.end() :]
    return noun.strip(" 、和及与")


def _balanced_stop(right: str) -> int:
    depth = 0
    for i, c in enumerate(right):
        if c in "(“《":
            depth += 1
        elif c in ")”》":
            if depth == 0:
                return i
            depth -= 1
        elif depth == 0 and c in ",;。:!?":
            return i
    return len(right)


def _is_descriptor(masked: str, value: Value, following: Value | None, noun: str, right: str, end: int) -> bool:
    """Whether the number only describes the things that the next number counts (10亿元以上项目35个)."""
    if following is None or following.kind != "count" or following.start >= end:
        return False
    between = masked[value.end : following.start]
    if re.search(r"[,;。:、()]", between) or not between.strip() or _NO_NOUN_START.match(between):
        return False
    if re.match(r"(?:惠及|带动|完成|新增|覆盖|服务|受益|实现|达到)", between) or re.search(r"(?:完成|新建|新增|培育|达到|建成|打造|为|至|到|达)$", between):
        return bool(re.search(r"(?:达到|达|至|到)$", between)) and value.kind in {"measure", "scale", "bare"} and value.after is not None
    if value.kind in {"measure", "scale", "bare"}:
        return True
    return value.after is not None and value.kind == "count" and len(between) <= 12 and value.unit in {"人", "名", "年", "户", "张"}


def _decide(
    masked: str, value: Value, noun: str, verbs_only: bool, right: str, right_raw: str, link: str, verbs: str, left: str, last: Phrase | None, folded: str, start: int, begin: int
) -> Phrase | None:
    countable = value.kind in {"count", "scale"} or (value.kind == "measure" and value.unit is not None and not _REWARD_UNIT.search(value.unit))
    has_noun = bool(noun) and not verbs_only
    background = _background(value, left, right, right_raw, noun)
    if value.chinese and not _chinese_counts(masked, value, right, right_raw, left):
        return None
    if has_noun and right and countable and value.kind in {"count", "scale"}:
        tail = masked[begin : value.number_start].rstrip("约近超过不少于达到至共")
        if _ENDS_WITH_VERB.search(tail) or tail.endswith("等") or (not link.strip(" ") and not right_raw.startswith("的")):
            return Phrase(right, link, verbs + noun, background=background, behind=True)
    if has_noun:
        if not _acceptable(value, noun, link, right, right_raw):
            return None
        return Phrase(noun, link, verbs, background=background)
    if right and value.kind not in {"bare", "time"} and not _GENERIC.match(right):
        if value.kind == "scale" and not re.match(r"[^,;。]{0,6}(?:人|民|户|名|家|群众|学生|用户)", right):
            return None
        if value.kind == "measure" and value.after is not None:
            background = True
        return Phrase(right, link, verbs + noun, background=background, behind=True)
    return _inherit(masked, value, link, verbs, last, folded, start, begin, right_raw)


def _acceptable(value: Value, noun: str, link: str, right: str, right_raw: str) -> bool:
    if len(noun) < 2 and not noun.isascii():
        return False
    if value.kind == "bare":
        return bool(_MEASURE_NOUN.search(noun.rstrip(")").split("(")[0])) and (bool(link.strip()) or value.comparator is not Comparator.EQUAL)
    if value.kind == "time":
        return bool(_TIME_NOUN.search(noun))
    if value.kind == "scale":
        return bool(link.strip()) or not right
    return True


def _inherit(masked: str, value: Value, link: str, verbs: str, last: Phrase | None, folded: str, start: int, begin: int, right_raw: str) -> Phrase | None:
    """The noun of the value before, or of the clause before when this clause names only a time (…合格率,到2025年达到95%)."""
    before = masked[start : begin - 1] if begin > start else ""
    clause = re.split(r"[,;。:]", before)[-1] if before else ""
    if clause and not re.search(r"\d", clause) and begin > start and masked[begin - 1] == "," and (not last or clause.strip()):
        at = begin - 1 - len(clause)
        lead = _strip_lead(masked, at, begin - 1)
        noun = folded[lead : begin - 1].strip()
        if 2 <= len(noun) <= 30 and _MEASURE_NOUN.search(noun) and value.kind != "time":
            return Phrase(noun, link, verbs)
    if last is not None and value.kind not in {"time"}:
        return replace(last, link=link, verbs=verbs, change=None, inherited=True, origin=False, behind=False)
    return None


def _background(value: Value, left: str, right: str, right_raw: str, noun: str) -> bool:
    if value.unit and _REWARD_UNIT.search(value.unit) and _REWARD.search(left) and not re.search(r"资金|收入|支出|总额", noun[-4:]):
        return True
    if value.kind == "count" and value.unit in {"项", "个", "条", "类", "方面"} and (_PROGRAMME.match(right) or (not right and re.search(r"(?:指标|任务|举措|措施)$", noun))):
        return True
    if value.kind == "measure" and right_raw.startswith("的") and noun and value.after:
        return True
    return bool(re.search(r"(?:效率|能效)$", noun)) and value.comparator is Comparator.AT_LEAST and value.kind == "rate"


def _chinese_counts(masked: str, value: Value, right: str, right_raw: str, left: str) -> bool:
    """Whether a Chinese numeral counts things: under a verb that makes them, or at the end of a list item."""
    if re.match(r"(?:确立|维护|意识|自信|方面|层级|环节|领域|文明|阶段|方向|维度|方针|月|小时|人民|不|转变|一体|层面|核心|关键)", right_raw):
        return False
    ended = not right_raw or right_raw[0] in ",;。、)(以左"
    if masked[value.number_start] == "一" and value.low == "1":
        return ended and bool(re.search(r"[^\d,;。、]{2,}$", left)) and (value.after is not None or not re.search(r"(?:每|同|另|任|唯|第|这|该|由|为)$", left))
    if value.comparator is not Comparator.EQUAL or ended:
        return bool(left.strip())
    return bool(_ENDS_WITH_VERB.search(left.rstrip("约近超过不少于达到至共"))) or bool(_VERBS_ONLY.match(left))


def distribute(folded: str, masked: str, pending: list[tuple[Value, Phrase, int]]) -> list[tuple[Value, Phrase, int]]:
    """分别 and 均: one row for each noun; a bound and a unit said once hold for the whole list."""
    out: list[tuple[Value, Phrase, int]] = []
    i = 0
    while i < len(pending):
        value, phrase, at = pending[i]
        if "分别" in phrase.link or "分别" in masked[max(at, (phrase.change[1] if phrase.change else value.start) - 8) : value.start] or "各" == phrase.link[-1:]:
            j = i + 1
            while j < len(pending) and pending[j][1].inherited and re.fullmatch(r"[、,和及与以\s]*(?:增长|下降|提高|降低|减少|增加|达到|达)?", masked[pending[j - 1][0].end : pending[j][0].start]):
                j += 1
            out += _respectively(pending[i:j])
            i = j
            continue
        if re.search(r"(?:均|都|双双|同时|全部)", phrase.link) or (phrase.change and re.search(r"(?:均|都|双双)(?:增长|下降|提高|降低|减少)?$", masked[max(at, phrase.change[1] - 3) : value.start])):
            nouns = split_nouns(phrase.indicator, None)
            out += [(value, replace(phrase, indicator=n), at) for n in nouns]
        else:
            out.append(pending[i])
        i += 1
    return out


def _respectively(group: list[tuple[Value, Phrase, int]]) -> list[tuple[Value, Phrase, int]]:
    first = group[0][1]
    nouns = split_nouns(first.indicator, len(group))
    tail = group[-1][0]
    values = []
    for value, _, _ in group:
        if value.comparator is Comparator.EQUAL and tail.after and tail.comparator in {Comparator.AT_LEAST, Comparator.AT_MOST}:
            low, high = (value.low, None) if tail.comparator is Comparator.AT_LEAST else (None, value.low)
            value = replace(value, comparator=tail.comparator, low=low, high=high)
        head = group[0][0]
        if value.comparator is Comparator.EQUAL and head.comparator is not Comparator.EQUAL and not head.after and head is not value:
            low, high = (value.low, None) if head.comparator in {Comparator.AT_LEAST, Comparator.ABOVE} else (None, value.low)
            if head.comparator is not Comparator.RANGE:
                value = replace(value, comparator=head.comparator, low=low, high=high)
        if value.unit is None and tail.unit:
            value = replace(value, unit=tail.unit, kind=tail.kind)
        values.append(value)
    rows = []
    for k, (value, (_, phrase, at)) in enumerate(zip(values, group, strict=True)):
        name = nouns[k] if len(nouns) == len(group) else first.indicator
        change = phrase.change or ((first.change[0], value.start) if first.change else None)
        rows.append((value, replace(phrase, indicator=name, change=change, link=phrase.link or first.link, verbs=first.verbs), at))
    if len(group) == 1 and len(nouns) > 1:
        return [(values[0], replace(group[0][1], indicator=n), group[0][2]) for n in nouns]
    return rows


def split_nouns(phrase: str, wanted: int | None) -> list[str]:
    """The nouns of a coordinated phrase, shared beginnings and endings restored (食品、药品合格率 → 食品合格率, 药品合格率)."""
    parts = _outside_brackets(phrase, "、")
    if wanted is None or len(parts) < wanted:
        joined = []
        for k, part in enumerate(parts):
            pieces = re.split(r"(?<=.{2})(?:以及|和|及|与)(?=.{2})", part) if k == len(parts) - 1 or wanted else [part]
            joined += pieces
        if wanted is None and len(parts) > 1 or wanted is None and len(joined) > 1 or wanted == len(joined):
            parts = joined
    parts = [p.strip() for p in parts if p.strip()]
    if len(parts) < 2:
        return parts or [phrase]
    return _share(parts)


def _outside_brackets(phrase: str, mark: str) -> list[str]:
    parts, depth, at = [], 0, 0
    for i, c in enumerate(phrase):
        if c in "(“《":
            depth += 1
        elif c in ")”》":
            depth = max(0, depth - 1)
        elif c == mark and depth == 0:
            parts.append(phrase[at:i])
            at = i + 1
    return [*parts, phrase[at:]]


def _share(parts: list[str]) -> list[str]:
    last, first = parts[-1], parts[0]
    shared = list(parts)
    measured = [bool(_MEASURE_NOUN.search(p)) or p.endswith(("次数", "人数")) for p in parts]
    if measured[-1] and not all(measured[:-1]):
        for k, p in enumerate(parts[:-1]):
            if not measured[k]:
                ending = last[len(p) :] if len(last) - len(p) >= 2 else last[-2:]
                shared[k] = p + ending
    elif measured[0] and len(first) > 6:
        for k, p in enumerate(parts[1:], 1):
            if len(p) <= 4 and p[-1] == first[-1]:
                shared[k] = first[: -len(p)] + p
    return shared
