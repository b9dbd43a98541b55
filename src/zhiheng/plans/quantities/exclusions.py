"""Which numerals are not quantities at all? Titles, dates, periods, ordinals, set labels, slogans, codes.

The spans found here are hidden from the value grammar and are the reasons of the coverage report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_CN = "零〇一二两三四五六七八九十百千"
_UNITS_AHEAD = r"(?!\s*(?:µg|ug|mg|ng|dB|kW|MW|GW|TEU|kg|km|m2|m3|m³|㎡|pct|PFlops|EFlops|Gbps|Mbps|℃|P(?![A-Za-z])))"

# (reason, pattern); earlier patterns win. A named group `x` narrows what is hidden.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("document title", r"《[^《》]{1,80}》"),
    ("document number", r"[〔\[(]\s*(?:19|20)\d\d\s*[〕\])]\s*(?:第?\s*\d+\s*号?)?"),
    ("document number", r"(?<=第)\d+(?=号)|第\s*\d+\s*号|\d+号(?:文|令)"),
    ("index number", r"(?<![\d.])\d{8,}[A-Za-z0-9/-]*"),
    ("telephone", r"(?:0\d{2,3}-\d{7,8}|(?<!\d)1[3-9]\d{9}(?!\d))"),
    (
        "date",
        r"(?:19|20)\d\d\s*(?:年|[-/.])\s*\d{1,2}\s*(?:月|[-/.])\s*\d{1,2}(?:\s*日)?(?:\s*\d{1,2}\s*:\s*\d{2}(?:\s*:\s*\d{2})?)?",
    ),
    (
        "date",
        r"(?:19|20)\d\d年\s*\d{1,2}\s*[-—~至到]?\s*\d{0,2}\s*月(?:份|底|末|初)?|\d{1,2}月(?:\d{1,2}日|份|底|末|初)|\d{1,2}\s*:\s*\d{2}(?::\d{2})?",
    ),
    ("plan period", r"(?:19|20)\d\d\s*年?\s*(?:[-~—–]+|至|到)\s*(?:19|20)\d\d\s*年?度?"),
    (
        "year",
        r"(?:19|20)\d\d(?=、(?:(?:19|20)\d\d、)*(?:19|20)\d\d年)|(?:19|20)\d\d\s*年(?:度|年底|底|末|初)?(?:之?前|内)?|[一二]?[九〇零][一二三四五六七八九〇零]{2}年|二〇[一二三四五六七八九〇]{2}年?",
    ),
    (
        "plan period",
        r"(?<![一二三四五六七八九十百])[“\"]?(?:十[一二三四五六七八九]五|[九八七]五)[”\"]?(?:时期|期间|末期|末|初)?(?![项个家名条座所件])|第?[一二十三四五六七八九]{1,3}个五年(?:规划|计划)?",
    ),
    (
        "congress",
        r"(?:十[一二三四五六七八九]|二十|二十一|二十二)(?:大|届)(?:[一二三四五六七]中|以来)?(?:、[一二三四五六七]中)*",
    ),
    ("meeting number", r"[一二三四五六七八九十\d]+届[^,。;]{0,8}第?\d*次"),
    (
        "ordinal",
        rf"第\s*[{_CN}\d]+(?:\s*(?!位|名)(?:个|次|批|届|条|项|章|节|期|家|类|款|方|代|轮|阶段|季度|三方|一|产业|动力|手|线|责任人|书记|时间|品牌))?(?<!位)(?<!名)",
    ),
    ("footnote mark", r"(?<=[^\s\d,，、])\[\d{1,2}\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?=[,，。;；、)）]|$)"),
    (
        "age group",
        r"\d+(?:\s*[-~—至]\s*\d+)?\s*(?:周)?岁(?:及?以[上下])?(?=[^,。;、\d]{0,6}(?:儿童|老人|老年|婴幼儿|女性|妇女|人口|群众|青少年|学生|未成年|居民))",
    ),
    ("run of years", rf"连续[{_CN}\d]+年"),
    ("body", rf"[{_CN}\d]+(?:个)?部(?:门|委)"),
    ("water class", r"(?:劣\s*)?[ⅠⅡⅢⅣⅤIVX]{1,3}\s*(?:[-—~至]\s*[ⅠⅡⅢⅣⅤIVX]{1,3}\s*)?类"),
    ("grade", rf"[1-9{_CN}]\s*[Aa]{{1,5}}(?![A-Za-z])|[“\"]?\d?A+[”\"]?级|[{_CN}\d]\s*星级?|[{_CN}]级(?!以上工)"),
    (
        "code",
        rf"(?<![/gkmcd])[A-Za-z]+[-.]?\d+(?:\.\d+)?[A-Za-z]*(?![\d%])|(?<![\d.])\d+(?:\.\d+)?{_UNITS_AHEAD}[A-Za-z]+\d*|\d+\.\d+版|\d+(?:\.\d+)?版",
    ),
    (
        "formula label",
        r"\d+\s*[+＋]\s*(?:\d+|[A-Za-z])(?:\s*[+＋]\s*(?:\d+|[A-Za-z]))*|\d+\s*[xX×*]\s*\d+(?:小时|天)?|\d+/\d+(?:小时)?",
    ),
    (
        "hotline",
        r"(?<!\d)(?:12[1-9]\d{2}|96\d{3,4}|95\d{3}|110|119|120)(?!\d|\s*(?:家|个|项|件|人|户|亿|万|元|吨|%|公里|名|所|亩|台|套|条|处|平方|余|多|张|座))",
    ),
    (
        "class descriptor",
        r"(?:\d+(?:\.\d+)?)?(?:千万|百万|万亿|千亿|百亿|十亿|[十百千]?[亿万])(?:元)?级|\d+(?:\.\d+)?(?:微米|纳米|毫米|英寸|千伏|伏|兆瓦|千瓦|吨|万吨)?级|\d+英寸|\d+千伏(?:及?以[上下])?|[百千万]亿级|(?:千|百|万)(?:兆|亿|亩)(?=[^以,。;、\d]{0,12}(?:基地|产业|工程|网络|城市))",
    ),
    ("vague quantity", r"[一1]\s*(?:大)?批(?!次)|若干|数[十百千万](?:个|家|项)|[一]系列|几[个家项]|成[百千]上万"),
    (
        "per-head base",
        r"每\s*[\d一二两三四五六七八九十百千]*\s*[百千万十]*\s*(?:名|个|户|家|平方公里|亩|件|张|吨|元)?(?:人|常住人口|人口|户|家|亩|平方公里|公里|儿童|老人|老年人|学生|职工|企业|[百千万]元)|每百户|百公里|百平方公里|万元(?=(?:地区生产总值|GDP|工业增加值|生产总值|国内生产总值|增加值))|十万(?=分之)",
    ),
    (
        "frequency",
        rf"每[{_CN}\d]+(?:年|月|季度|个月|周|天|日|小时)|连续[{_CN}\d]+(?:个月|次|届)|[{_CN}\d]+年[{_CN}\d]*(?:次|评|倍增|行动|计划|规划|攻坚)",
    ),
    (
        "set label",
        rf"[{_CN}\d]+大(?=[^棚型量数])|[{_CN}]+(?:类(?!以上)|种类|方面|领域|层次|维度|要素|环节|步走|道防线)|[{_CN}\d]+(?:位一体|站式|体化|网通办|网统管|码通|件事|张网|盘棋|窗(?:通办|受理)|门式|把手|本账|张图|张表|平台一中心)",
    ),
    (
        "idiom",
        r"一(?:流|致|定|体|次|般|直|起|样|旦|方面|步|系列|线|带一路|贯|切|律|视同仁|城|盘|跃|道|同|把手|键|站|揽子|企一策|县一[^,。;]|村一[^,。;]|品一[^,。;]|事一[^,。;])|统一|唯一|进一步|单一|逐一|之一|专一|万(?:一|众|物|达)|百(?:姓|强|佳|年|科|花)|千(?:家万户|方百计|年|城|村)|十分|三农|三角|两岸|两翼|两化|八方|四方|四季|五金|六安|三亚|九龙|千岛|万里|双[^%\d,。;]|两(?:不|个确立|个维护|手|者|端|侧|地|级|会|山|旧|业)|三(?:者|方|角|产|级|甲|类|全|农|资|线|废|包|证|同|品|北|江|峡|门|亚)|四(?:川|个意识|个自信|个最严|新|上)|五(?:谷|保|险|星)|六稳|六保|七届|八届",
    ),
)
_QUOTED = re.compile(r"[“\"‘「『]([^”\"’」』“‘]{1,24})[”\"’」』]")
_NO_NUMBER = re.compile(r"\d{30,}")  # no quantity is so long
_NUMERAL = re.compile(rf"[\d{_CN}]")
_QUANTITY_INSIDE = re.compile(r"\d+(?:\.\d+)?\s*(?:%|‰|个百分点|亿元|万元|微克)|达到|以上|以下|不低于")
_COMPILED = tuple((reason, re.compile(pattern)) for reason, pattern in _PATTERNS)
# Titles, document numbers and times are found before quoted labels, which may stand around them.
_FIRST = next(i for i, (reason, _) in enumerate(_PATTERNS) if reason == "congress")
HIDDEN = "\u25a1"
HIDDEN_TIME = "\u25a0"
_BLANKS = frozenset({"footnote mark", "run of years"})
_TIME_REASONS = frozenset({"date", "year", "plan period"})


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A span that holds numerals and is no quantity, with the reason."""

    start: int
    end: int
    reason: str


@lru_cache(maxsize=512)
def exclusions(folded: str) -> tuple[Exclusion, ...]:
    """The spans of one folded text that are not quantities, in order, without overlaps."""
    if not _NUMERAL.search(folded) and "若干" not in folded and "万" not in folded:
        return ()
    whole, folded = folded, _NO_NUMBER.sub(lambda m: " " * len(m[0]), folded)
    taken = bytearray(len(folded))
    found: list[Exclusion] = []

    def take(start: int, end: int, reason: str) -> None:
        if end > start and not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            found.append(Exclusion(start, end, reason))

    for m in _NO_NUMBER.finditer(whole):
        take(m.start(), m.end(), "code")
    for reason, pattern in _COMPILED[:_FIRST]:
        for m in pattern.finditer(folded):
            take(m.start(), m.end(), reason)
    for m in _QUOTED.finditer(folded):
        if _NUMERAL.search(m[1]) and not _QUANTITY_INSIDE.search(m[1]):
            take(m.start(), m.end(), "quoted label")
    for reason, pattern in _COMPILED[_FIRST:]:
        for m in pattern.finditer(folded):
            take(m.start(), m.end(), reason)
    return tuple(sorted(found, key=lambda e: e.start))


def hidden(folded: str, spans: Sequence[Exclusion]) -> str:
    """The text with excluded spans blanked out, same length."""
    if not spans:
        return folded
    characters = list(folded)
    for e in spans:
        mark = HIDDEN_TIME if e.reason in _TIME_REASONS else " " if e.reason in _BLANKS else HIDDEN
        characters[e.start : e.end] = mark * (e.end - e.start)
    return "".join(characters)
