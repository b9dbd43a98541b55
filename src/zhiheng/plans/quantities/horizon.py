"""Which year does a clause speak of?"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CN = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_YEAR = re.compile(
    r"(?P<lead>到|至|截至|截止到?|力争到|自|从|由|比|较|与|对比|相比于?|在|是|为|相当于)?\s*"
    r"(?:(?P<year>(?:19|20)\d\d)\s*年?(?P<span>\s*(?:[-~—–]+|至|到)\s*(?P<to>(?:19|20)\d\d))?\s*年?|(?P<cn>[一二][零〇九][零〇一二三四五六七八九]{2})年?)"
    r"(?P<tail>年?底|末|初|前|度)?(?P<after>[^,。;、]{0,4})"
)
_PERIOD = re.compile(
    r"(?<![一二三四五六七八九十百])[“\"]?(?P<n>十[一二三四五六七八]|十|九|八)五(?P<close>[”\"])?(?P<tail>时期|期间|末期|末|以来|收官)?(?![项个家名条座所件])"
)
_COUNT = {"八": 8, "九": 9, "十": 10} | {f"十{c}": 10 + i for i, c in enumerate("一二三四五六七八", 1)}
# 2000年底前建成的小区: the year describes the things
_OF_OLD = re.compile(r"(?:底|末)?(?:之|以)?前(?:建成|投用|竣工|投入)(?:使用)?的")
_EQUATED = ("是", "为", "相当于")
_BASE = ("比", "较", "与", "对比", "相比", "相比于", "自", "从", "由")


def five_year_plan(word: str) -> tuple[int, int] | None:
    """First and last year of a five-year period: 十三五 → (2016, 2020)."""
    m = _PERIOD.search(word)
    if m is None:
        return None
    end = 2020 + 5 * (_COUNT[m["n"]] - 13)
    return end - 4, end


@dataclass(frozen=True, slots=True)
class Moment:
    """A year the text names at `start:end`: `base` when it is only compared with; `deadline` when led by 到/至; `period` as printed."""

    start: int
    end: int
    year: int
    base: bool
    deadline: bool
    period: str | None = None
    first: int | None = None


def moments(text: str) -> list[Moment]:
    """All years and five-year periods that a folded text names, in order."""
    found = []
    if "0" in text or "〇" in text or "零" in text or "9" in text:
        for m in _YEAR.finditer(text):
            moment = _year(m, text)
            if moment:
                found.append(moment)
    if "五" in text:
        for m in _PERIOD.finditer(text):
            years = five_year_plan(m[0])
            following = text[m.end() : m.end() + 6]
            if (
                years
                and (m["close"] or m["tail"])
                and not re.match(r"[”\"]?[^,。;]{0,4}(?:规划|纲要|计划|开局|开好局|起步|奠定|打下)", following)
            ):
                lead = text[max(0, m.start() - 3) : m.start()]
                base = lead.endswith(_BASE) or (lead.endswith(_EQUATED) and following.lstrip('”"').startswith("的"))
                found.append(
                    Moment(m.start(), m.end(), years[1], base=base, deadline=False, period=m[0].strip('“”"'), first=years[0])
                )
    return sorted(found, key=lambda m: m.start)


def _year(m: re.Match[str], text: str) -> Moment | None:
    digits = m["year"] or "".join(_CN[c] for c in m["cn"] if c in _CN)
    start = m.start("year") if m["year"] else m.start("cn")
    stop = m.start("after")
    if m["year"] and (
        (start and text[start - 1] in "0123456789.〔[")
        or (stop < len(text) and stop == m.end("year") and text[stop] in "0123456789.")
    ):
        return None
    if (
        m["year"]
        and "年" not in text[start : stop + 1]
        and not re.match(r"、(?:(?:19|20)\d\d、)*(?:19|20)\d\d年", text[m.end("year") :])
        and not (m["lead"] and m["lead"] in {"到", "至"})
        and len(text.strip()) > 12
    ):
        return None
    lead, after = m["lead"] or "", m["after"]
    base = (
        (lead in _BASE and not (m["to"] and lead in {"自", "从", "由"}))
        or (lead in _EQUATED and after.startswith("的"))
        or bool(re.match(r"相比|以来|为基|基数|水平|基础上|的基|以前", after))
        or bool(_OF_OLD.match(text, stop))
    )
    deadline = lead in {"到", "至", "截至", "截止", "截止到", "力争到"} or m["tail"] in {"底", "年底", "末", "前"}
    if m["to"]:
        return Moment(m.start(), stop, int(m["to"]), base, deadline, period=f"{digits}-{m['to']}", first=int(digits))
    return Moment(m.start(), stop, int(digits), base, deadline)
