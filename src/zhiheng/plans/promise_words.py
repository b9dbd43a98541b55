"""How does the genre promise without a number? Patterns by kind, on folded text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhiheng.plans.model import CommitmentKind

_WHO = "(?:国家|中央|省|市|县|区|上级|自治区|国|(?:省|市|国家)[、和](?:省|市))(?:级|里|委|政府|委、?(?:省|市)政府)?"
_WHERE = (
    "(?:全国|国家|国内|国际|全球|世界|全省|全市|全区域?|省内?|市内|省级|区域"
    "|长三角|珠三角|京津冀|中部|西部|东部|中西部|同类|同行业|行业|周边)"
)
_ALL_DO = (
    "(?:完成|达到|达标|接受|实现|纳入|建成|消除|执行|采用|采取|开工|取消|整改|覆盖|落实|兑现|接入|公开|办结|实行|实施|推行"
    "|建立|配备|通过|安装|使用|改造|治理|解决|开展|符合|入网|上线|解除|处置|参加|更换|取得|持证|受理|归集)"
)
# Nouns whose rise or fall can be measured: a trend of anything else is a wish, not a promise about an indicator.
MEASURABLE = re.compile(
    r"(?:[^效频]率|比例|比重|占比|指数|满意度|知晓度|知名度|美誉度|认可度|贡献度|集中度|浓度|强度|总量|存量|数量|产量|[^质]量|价值|产值|均值"
    r"|投入|收入|能耗|成本|人数|起数|户数|家数|次数|天数|时间|面积|竞争力|获得感|覆盖面)(?:\([^()]*\))?$"
)


@dataclass(frozen=True, slots=True)
class Promise:
    """A kind of promise and its words; the group `thing`, where there is one, is what is promised.

    A sentence without any of `hints` need not be searched. `before`, `after`: where else the thing promised may stand.
    """

    kind: CommitmentKind
    hints: tuple[str, ...]
    words: re.Pattern[str]
    before: bool = True
    after: bool = False


_RISE = "提高|提升|改善|增强|上升|增长|增加|扩大|优化|好转|向好|趋好|下降|降低|减少|缩短|减轻|回落|压减|拓展"
_HOW = "不断|持续|稳步|逐步|逐年|连续|进一步|显著|明显|大幅度?|全面|整体|总体|稳定|有效|继续|较快|平稳|更大|有所"
_GONE = "消除|淘汰|取缔|关停|退出|禁止|清除|消灭|清零|清退|根除"
PROMISES = (
    Promise(CommitmentKind.FIRST_EVER, ("突破",), re.compile("(?:实现|取得|争取|力争)?(?:了)?“?零的?”?(?:的)?突破”?")),
    Promise(
        CommitmentKind.ASSIGNED,
        ("下达", "分解", "规定", "确定", "核定", "考核", "要求", "交办", "控制"),
        re.compile(
            rf"(?:全面|按期|超额|圆满|确保|如期|全部|高质量)?(?:完成|达到|符合|控制在)(?:{_WHO})+的?"
            r"(?:下达|分解|规定|确定|核定|考核|要求|交办|控制)的?(?P<thing>[^,。;]{0,20}?)(?:年度)?"
            r"(?:目标任务|任务目标|控制目标|控制要求|约束性指标|目标|任务|指标|要求|以内|范围)(?:任务|要求)?(?:数|内)?"
        ),
    ),
    Promise(
        CommitmentKind.RELATIVE,
        ("前列", "前", "首位", "前茅", "上游", "第一方阵", "领先", "平均", "先进", "一流", "增长", "增速", "增幅"),
        re.compile(
            rf"(?:[走排位居处]|处于|保持|稳居|位居|位列|进入|跻身|继续)?在?{_WHERE}(?:同类[^,。;]{{0,6}})?"
            r"(?:前列|首位|前茅|上游|第一方阵|领先(?:水平|地位)?)(?!的|、[^,。;]{2,8}的)"
            rf"|(?:位|稳|跻)?[居身]{_WHERE}前[一二三四五六七八九十]+[位名]?"
            rf"|(?:达到|高于|超过|优于|好于|不低于|快于|接近|超出|赶上|赶超)(?:或(?:超过|接近|优于))?{_WHERE}(?:同期|同类[^,。;]{{0,6}})?"
            r"的?(?:平均(?:水平|值|增速)?|先进水平|领先水平|一流水平)"
            r"|(?:高于|快于|低于|不低于)(?:经济|GDP|地区生产总值|财政|居民收入)[^,。;]{0,8}?(?:增长|增速|增幅)|与经济(?:增长|发展)基本同步"
        ),
    ),
    Promise(
        CommitmentKind.TOTAL_REMOVAL,
        tuple(_GONE.split("|")),
        re.compile(f"(?:全面|基本|彻底|完全|全部)(?:{_GONE})了?|动态清零"),
        after=True,
    ),
    Promise(
        CommitmentKind.FULL_COVERAGE,
        ("覆盖", "应"),
        re.compile("(?:实现(?P<place>[^,。;实现]{0,10}))?(?:基本|100%)?全(?:面)?覆盖|应([建检收纳保报登查])尽\\2"),
    ),
    Promise(CommitmentKind.FULL_COVERAGE, ("全部",), re.compile(f"[均都已]?全部(?={_ALL_DO})[^,。;]{{2,20}}")),
    Promise(
        CommitmentKind.FULL_COVERAGE,
        ("所有",),
        re.compile(f"所有(?P<thing>[^,。;]{{2,24}}?)(?:均|都|全部|实现)(?:{_ALL_DO})?[^,。;]{{0,16}}"),
        before=False,
    ),
    Promise(
        CommitmentKind.TREND,
        ("稳", "番", "减半", *(w for w in _HOW.split("|") if w != "大幅度?"), "大幅", "只增不减", "不减少", "不降低", "负增长"),
        re.compile(
            r"稳中(?:有升|有降|向好|有进|提质)|(?:基本)?(?:保持|维持)(?:总体|基本|相对)?(?:稳定|平稳|领先)(?=[,。;]|$)"
            r"|(?:实现)?翻[一两]?番|(?:较[^,。;]{2,8})?减半"
            r"|(?:保持)?稳定向好|只增不减|不减少|不降低|负增长"
            rf"|(?:(?:{_HOW})地?、?)+(?:{_RISE})(?=[,。;、和]|并|$)"
        ),
    ),
)
