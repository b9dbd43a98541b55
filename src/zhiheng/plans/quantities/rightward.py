"""Which noun phrase follows a value, and does the value only describe it?"""

from __future__ import annotations

import re

from zhiheng.plans.quantities.values import Value

_NO_NOUN = re.compile(
    r"^(?:[的和及与以并且或、,;。)\]}>〕→~—至到由]|用于|以上|左右|大关|总数|总量|占|达到?|超|较|比|同比|其中|高[于出]|[上下]下|上升|下降|减少|压缩|缩短|扩[大展]|提[高升]|增[长至加]|降[低至到]|低于)"
)
_AWARDED = re.compile(
    r"^[^,;。]{0,8}?(?:企业|组织|单位|个人|项目|产品|机构|工程|品牌|团队|集体)[^,;。]{0,2}(?:获得|荣获|获评|获批|入选|获)(?P<prize>[^,;。]{2,})$"
)
_EVALUATIVE = re.compile(
    r"^(?:(?:具有|拥有|富有|带有|体现|代表|在|对|能够|可|较|最|更|一定|高|强|好|大|优|特色|影响|竞争|知名|有|质量|技术|市场|品质|符合|专业"
    r"|国内|国际|全国|全省|行业)[^,;。]*)的(?=[^的]{2,}$)"
)
_NEXT_CLAUSE = re.compile(r"(?<=.{3})(?:完成|达到|达|实现|累计|带动|惠及|投资|、[^、]{0,4}(?:新建|新增|建成|培育))[^、]*$")
_NEXT_VERB = re.compile(r"(?<=.{2})、(?=(?:新建|新增|建成|培育|打造|完成|推进|建设|实施|开展|改造|引进))")


def right_noun(folded: str, masked: str, value: Value, following: Value | None, end: int) -> tuple[str, int | None]:
    """The noun phrase behind the value, cut at the next mark, value or governing verb ('' when there is none).

    Also where it stops when the next item of a list begins there (1个…中心、1个…基地).
    """
    begin = value.end
    if begin < end and masked[begin] == "(" and ")" in masked[begin:end]:
        begin = masked.index(")", begin) + 1
    right = masked[begin:end]
    if not right or (_NO_NOUN.match(right) and not right.startswith("的")):
        return "", None
    if right.startswith("的"):
        begin += 1
        right = right[1:]
    stop, listed = _balanced_stop(right), None
    limit = following.start - begin if following is not None else len(right)
    if limit < stop:
        chunk = re.sub(r"[、和及与以]+(?:其中)?$", "", right[:limit])
        if len(chunk) < limit:
            listed = begin + len(chunk)
        if m := _NEXT_CLAUSE.search(chunk):
            chunk = chunk[: m.start()]
        stop = len(chunk)
    if not masked[begin : begin + stop].strip():
        return "", None
    noun = _NEXT_VERB.split(folded[begin : begin + stop])[0]
    if m := _AWARDED.match(noun):
        noun = m["prize"]
    if m := _EVALUATIVE.match(noun):
        noun = noun[m.end() :]
    return noun.strip(" 、和及与"), listed


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


def describes_next(masked: str, value: Value, following: Value | None, end: int) -> bool:
    """Whether the number only describes the things that the next number counts (10亿元以上项目35个)."""
    if following is None or following.start >= end:
        return False
    between = masked[value.end : following.start]
    if following.kind == "rate":  # 收入20万元以上的村占比76%
        return (
            value.after is not None
            and value.kind != "rate"
            and bool(re.match(r"的?[^,;。、]{1,12}(?:占比|比例|比重|覆盖率)(?:达到?|为)?$", between))
        )
    if following.kind != "count":
        return False
    if re.search(r"[,;。:、()]", between) or not between.strip():
        return False
    if _NO_NOUN.match(between) and not re.match(r"的[^,。]{2,12}$", between):
        return False
    sized = value.kind in {"measure", "scale", "bare"}
    if re.match(r"(?:惠及|带动|完成|新增|覆盖|服务|受益|实现|达到)", between):
        return False
    if re.search(r"(?:完成|新建|新增|培育|建成|打造|为)$", between):
        return False
    if re.search(r"(?:达到|达|至|到)$", between):
        return sized and value.after is not None
    if sized:
        return True
    return value.after is not None and len(between) <= 12 and value.unit in {"人", "名", "年", "户", "张"}
