"""Where does the noun phrase before a value begin and end?

Positions are offsets in one masked text (see `exclusions.hidden`): times are ■, other numerals in names □.
"""

from __future__ import annotations

import re

from zhiheng.plans.model import Comparator
from zhiheng.plans.quantities.exclusions import HIDDEN, HIDDEN_TIME
from zhiheng.plans.quantities.values import Value
from zhiheng.plans.quantities.vocabulary import LEAD_VERBS, LINKS, MAKE_VERBS, NOUN_LIKE, alternation

_TAIL = re.compile(
    rf"(?:{alternation(LINKS)}|(?<=[一-鿿])[三四五]年(?:内|间|来)?|(?:到|至|截至|在)?{HIDDEN_TIME}+的?|(?:(?<!占)比|较|同比|与)(?:上年|去年|上一年|同期|{HIDDEN_TIME}+)?(?:相比)?"
    r"|连续[一二三四五两\d]+年|(?:进入|跻身|位居|位列|排名|居|列)(?:全[国省市区县])?前|努力|有望|原则上|整体"
    rf"|(?:提高|提升|调整)[到至为]{HIDDEN}+(?:每[月年日])?|(?:(?:提高|提升|调整)[到至为])?(?:从|由)?每[人户个]?每?[人年月日次]"
    r"|[ \"'“]|<|\(|〔|\[|\{|、|=|:|→|->|—)$"
)
_UP = r"增长|提高|提升|增加|上升|递增|上涨|扩大|(?<![新净倍剧])增(?![速幅长])"
_DOWN = r"下降|降低|减少|削减|压减|缩减|减排|下调|缩小|压缩|缩短|压降|递减|(?<![下升])降"
_QUALIFIER = r"(?:约|了|累计|分别|各|均|再|年均|不低于|不少于|超过|达到|达|控制在|不高于|力争|至少)*"
_REACHED = r"(?:为|达到?|在|保持在|稳定在|控制在|不低于|高于|超过|不高于|力争|至少|均|分别|将|要|约)*\s*$"
# Comparator, the verb (增长7%) and the noun (增速达到7%) of a change.
_CHANGES = (
    (
        Comparator.DECREASE_BY,
        re.compile(rf"(?:{_DOWN}){_QUALIFIER}\s*$"),
        re.compile(rf"(?P<noun>降幅|下降率|降低率|减少率|减幅|下降幅度|下降比例|削减比例){_REACHED}"),
    ),
    (
        Comparator.INCREASE_BY,
        re.compile(rf"(?:{_UP}){_QUALIFIER}\s*$"),
        re.compile(rf"(?P<noun>增速|增幅|增长率|涨幅|增长速度|增长幅度){_REACHED}"),
    ),
)
_LEAD = re.compile(
    rf"^(?:[ 、,:;.\-—·●○◆*]|“(?![^”]*”)|(?:[\d一二三四五]+年内)|(?:到|至|截至|截止到?|力争到|在|自|从|由)?{HIDDEN_TIME}+(?:的|年底|年|底|末期|末|期间|时期|以来|里)?(?:止|为止)?,?"
    r"|(?:未来|今后)(?:[三四五两]|十)年(?:内|间)?,?|分别"
    r"|(?:到|至)?(?:本世纪|规划期|期)末"
    r"|(?:去年|今年|上年|明年|全年|年内|本年度|目前|现在|近年来|年底前?|年末|截至目前|期间|时期|届时|(?:规划|计划|任)?期内|[三四五两]年(?:来|间|内)?(?=提高|累计|新增|下降|增|降|完成|培育|建成|实现|共))"
    r"|(?:全|我|本)(?:市域?|县域?|[区省旗州国镇])|(?:市域|县域|辖区)内?(?=.{4})|区域内|各[县市区](?:\([^)]*\))?|各地"
    r"|各[类级](?!别)|其中|同时|另外|此外|并且|并|且|以及|而|也|还|再(?!生|就业|利用|制造|造)|继续|持续|预计|预期|特别是|尤其是|包括|含(?!提名)"
    r"|重点(?=培育|打造|抓好|建设|推进|推动|支持|扶持|引进|实施|组织|发展|改造|开展|培养|监测)|着力|积极|努力|大力|加快|全力|稳步|扎实|深入|有序|统筹|全面|进一步|逐步|不断|坚持|切实|严格|认真|滚动|免费|优先"
    r"|每年(?:至少)?|每半年|每季度|每月|每周|年均|一次性|单独|一[是二]|二是|三是|四是|五是|六是|和|及|与)"
)
_LEAD_VERB = re.compile(rf"^{alternation(LEAD_VERBS)}")
# 拥有核心技术的…企业: what is had only praises the things counted.
_HAVING = re.compile(r"(?:拥有|具有|具备)[^,;的]{2,20}的(?=[^的]{2,})|[^,;]{2,10}基础上(?=.{3,})")
# Nouns that begin like a verb.
_NOT_VERB = re.compile(
    r"^(?:建设(?:工程|用地|单位|项目|系统|领域)|服务(?:业|质量|满意度|贸易|消费|外包)|改造(?:率|面积)|治理率|培训(?:率|人次)|完成率|实施率|推广率|覆盖"
    r"|新(?:能源|材料|型|一代|产品|生儿|建(?:民用|建筑|筑|公共(?:建筑|机构)|住宅|成区)|开工项目|城|区|兴|药|增(?:就业|耕地|建设用地))|有(?:效|机|害|毒|色|线|证|组织)"
    r"|认定登记|开展率|提升率|对外|对口|在(?:校|建|岗|册|职|线|园|孵|营|用|产|籍|编)|达到(?:或|和)|发展(?:指数|水平|用地)|增加值|获证|获奖|使用|将军|为(?:民|农)"
    r"|给(?:水|排)|从业|向(?:好|上)|把关|送(?:检|达|电)|再(?:生|就业|利用|制造)|让利|向阳|(?:发展|配备|配置|储备|集聚|孵化|巩固|改建|扩建)(?:率|量|度|器|库|区|粮|指数|水平|基地|载体)|共(?:同|享|建|治)|建(?:成区|筑|档|制)|注册|规范|减排量|节约型|创建(?:比例|示范)"
    r"|(?:更新|形成|实现|支持|保持|优化|淘汰|整治|引进|转化|检定|承担|突破|处置|落实)率|培育数|治理能力|改造升级|服务能力|提升工程)"
)
_NAMES_WORK = frozenset(NOUN_LIKE) | frozenset(
    "推广 引进 更新 种植 组织 新建 培养 招聘 安置 落实 处置 修复 减排 转化 培育 投放".split()
)
_MEASURE_LEFT = re.compile(r"(?:[一-鿿]{0,4}(?:率|得分|满意度|幅度|指数)|面积|规模|比例)$")
# A share is not built or brought in: the verb tells which things it is a share of.
_SHARE_OF = re.compile(r"(?:新建|引进|更新|推广|治理|种植|改造)[^,、]{2,16}(?:率|占比|比例|比重)$")
_VERBS_ONLY = re.compile(
    rf"^(?:{alternation(MAKE_VERBS)}|{HIDDEN_TIME}+|[到至在截止末底前,、 \"“]|全[市县区省]|我[市县区省]|本[市县区]|期间|时期|每年|每季度|每月|年均|今年|全年|年内"
    r"|重点|着力|积极|努力|大力|加快|全力|统筹|滚动|免费|分别|各|均|其中|同时|并|且|再|也|还|要|应|将|约|近|规模以上|的|等|共计|合计|不低于|不少于|超过|至少"
    r"|不超过|达|以|用|由|从|和|及|与|县级|市级)*$"
)
_TRAILING_WORK = re.compile(rf"(?:完成)?{alternation(NOUN_LIKE)}$")
_ENDS_WITH_VERB = re.compile(
    rf"(?:{alternation(set(MAKE_VERBS) - set(NOUN_LIKE) - {'累计', '合计', '总计', '达到', '至少', '新', '再'})}|等|共|组织|帮扶|改造提升|提供)$"
)
_INNER_VERB = re.compile(
    r"(?<=.{2})(?:建成|打造|培育|新增(?!就业|耕地|建设用地)|新建(?!民用|建筑|住宅)|统筹安排|安排|引进|获得|出台|开展|召开|累计(?:完成|实施|获得|建成|培育|修复|治理)|落户"
    r"|共有|组织实施|培养|投放|选派|配置|配备(?!率|达标|比|到位|情况)|设置(?!率)|评定(?!率)|争取到?|发放)(?=[^0-9]{2,})"
)


def clause_start(masked: str, previous_end: int, stop: int) -> int:
    """Where the clause of a value begins: behind the last hard mark, or the open bracket it stands in."""
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


def strip_tail(masked: str, begin: int, value: Value) -> tuple[int, tuple[Comparator, int] | None]:
    """End of the noun before the value, and the verb of growth or fall next to the value if there is one."""
    end, change = value.start, None
    left = masked[begin:end]
    for comparator, verb, noun in _CHANGES:
        if m := noun.search(left):  # …增速达到7%: the word belongs to the indicator
            return begin + m.end("noun"), (comparator, end)
        if m := verb.search(left):
            change = (comparator, begin + m.start())
            end = begin + m.start()
            break
    while end > begin and (m := _TAIL.search(masked[begin:end])):
        end = begin + m.start()
    return end, change


def strip_lead(masked: str, begin: int, end: int) -> int:
    """Start of the noun: behind times, scopes, adverbs and the verbs that govern it."""
    while begin < end:
        rest = masked[begin:end]
        m = _LEAD.match(rest) or _HAVING.match(rest)
        if m is None and not _NOT_VERB.match(rest):
            m = _LEAD_VERB.match(rest)
            if m and len(rest) - m.end() < 2 and m.end() != len(rest):
                break
            if m and m[0] in _NAMES_WORK and (_MEASURE_LEFT.match(rest, m.end()) or _SHARE_OF.match(rest)):
                break  # 培训合格率, 种植面积: the verb belongs to the name
        if m is None or m.end() == 0:
            break
        begin += m.end()
    return begin


def cut_inside(masked: str, begin: int, end: int) -> int:
    """Past a time or a governing verb inside the words before the value (县财政每年安排质量资金 → 质量资金)."""
    words = masked[begin:end]
    time = words.rfind(HIDDEN_TIME)
    if 0 <= time < len(words) - 2 and not words[time + 1 :].startswith(("的", "年")):
        begin = strip_lead(masked, begin + time + 1, end)
        words = masked[begin:end]
    cut = None
    if not words.startswith("每"):
        for m in _INNER_VERB.finditer(words):
            inside = re.search(r"[(“][^)”]*$", words[: m.start()])
            measured = _MEASURE_LEFT.match(words, m.end()) or words.startswith(("率", "比例"), m.end())
            if not measured and not _NOT_VERB.match(words[m.start() :]) and not inside and "的" not in words[m.end() :]:
                cut = m.end()
    if cut is not None and end - begin - cut >= 2:
        begin = strip_lead(masked, begin + cut, end)
    return begin


def only_verbs(words: str) -> bool:
    """Whether the words hold no noun: times, scopes, adverbs and verbs only."""
    return bool(_VERBS_ONLY.match(words))


def trailing_work(words: str) -> str | None:
    """The name of work at the end of words that are verbs only (每年清淤 → 清淤)."""
    m = _TRAILING_WORK.search(words)
    return m[0] if m else None


def ends_with_verb(words: str) -> bool:
    """Whether a governing verb (or 等, 为 …) stands last, so that the counted noun must follow."""
    return bool(_ENDS_WITH_VERB.search(words))


def begins_with_verb(words: str) -> bool:
    """Whether a governing verb opens the words."""
    return bool(_LEAD_VERB.match(words)) and not _NOT_VERB.match(words)
