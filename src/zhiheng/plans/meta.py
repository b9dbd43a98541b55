"""What does the paper say about itself: title, issuing body, numbers, dates, place, period?

The title is the plan's own, not that of the notice that sends it round; who issued it is read from the signature, the
notice or the number, not from the web page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from zhiheng.documents.fold import fold
from zhiheng.documents.tree import Block, Text
from zhiheng.plans.model import Meta
from zhiheng.plans.particulars import (
    NUMBER,
    Printed,
    document_number,
    fields,
    is_body,
    iso_date,
    lines_of,
    lone_date,
    signature,
)
from zhiheng.plans.plan_period import PlanPeriod, plan_period
from zhiheng.plans.sections import Section, behind_the_notice
from zhiheng.rules.regions import Region, region_in

_NOTICE = re.compile(
    r"^(?P<body>[^《》,。:]{3,40}?)(?:关于)?(?:印发|发布|下达|公布|转发|批转|颁布)(?P<name>.{4,120}?)的(?:通知|公告|通告|函|通报|批复|决定)$"
)
_SENT = re.compile(r"[《〈<](?P<name>[^》]{4,80})[》〉>]")
_HEREBY = re.compile(r"(?:现将|^) *《(?P<name>[^》]{4,80})》")
_PLAN = re.compile(
    r"(?:规划|方案|计划|纲要|意见|报告|办法|措施|要点|清单|分工|规定|条例|行动|细则|安排|任务书|决定|任务|举措|建议)"
    r"(?: *\([^()]{2,24}\))*$"
)
_ADDENDUM = re.compile(r"^[(（][^()（）]{2,24}[)）]$")
_PLACE = re.compile(
    r"^(?:中共|关于)?(?P<name>(?:(?!质量|推进|建设|发展|打造|全面)[一-鿿]){2,7}?(?:省|市|县|区|州|盟|旗))(?!场|域|级|长|委|[一-鿿]?[县区]域)"
)
_CONGRESS = re.compile("在(?P<name>[一-鿿]{2,8}[省市县区])第[一二三四五六七八九十]{1,3}届人")
_OFFICE = re.compile(r"办|政府办")


def read_meta(sections: Sequence[Section], *, find_region: Callable[[str], Region | None] = region_in) -> Meta:
    """The particulars of the paper; `extra` has the notice's title, the web page's publisher and source, and lines."""
    preamble = _preamble(sections)
    head = lines_of(preamble)
    known = fields(preamble)
    signed = signature(head) or signature(_last_lines(sections))
    notice, plan_name = _notice(head, known.get("notice_title"))
    number = known.get("document_number") or document_number(head)
    title = _title(head, plan_name, notice)
    body = _issuing_body(signed.bodies if signed else (), notice, head, known.get("publisher"), number)
    period = plan_period(title.value if title else None, head, sections)
    place, place_name = _region([title, body, notice], head, find_region)
    printed = known | {"title": title, "notice_title": notice, "issuing_body": body, "document_number": number}
    printed["adopted_date"] = _day(known.get("adopted_date")) or (signed.day if signed else None) or lone_date(head)
    printed["published_date"] = _day(known.get("published_date"))

    def value(key: str) -> str | None:
        one = printed.get(key)
        return one.value if one else None

    return Meta(
        title=value("title"),
        issuing_body=value("issuing_body"),
        document_number=value("document_number"),
        index_no=value("index_no"),
        adopted_date=value("adopted_date"),
        published_date=value("published_date"),
        period_start=period.first,
        period_end=period.last,
        region_name=place_name,
        region_code=place.code if place else None,
        extra=_extra(printed, period),
    )


def _extra(printed: Mapping[str, Printed | None], period: PlanPeriod) -> dict[str, object]:
    """What the paper says beside the asked-for particulars, and the line each stands on."""
    extra: dict[str, object] = {k: one.value for k in ("notice_title", "publisher", "info_source") if (one := printed.get(k))}
    number = printed.get("document_number")
    if number and (normal := "".join(number.value.split())) != number.value:
        extra["document_number_normalised"] = normal
    if period.later:
        extra["long_term_year"] = period.later
    lines = {k: one.line for k, one in printed.items() if one and one.line is not None}
    if period.line is not None:
        lines |= {"period_end": period.line} | ({"period_start": period.line} if period.first else {})
    extra["lines"] = lines
    return extra


def _preamble(sections: Sequence[Section]) -> list[Block]:
    """What precedes the plan's first title, the notice included."""
    first = behind_the_notice(sections)
    return [b for s in sections[: first + 1] if first or s.heading is None for b in s.body]


def _last_lines(sections: Sequence[Section]) -> list[Text]:
    return lines_of(sections[-1].body)[-8:] if sections else []


def _day(printed: Printed | None) -> Printed | None:
    day = iso_date(fold(printed.value)) if printed else None
    return Printed(day, printed.line) if printed and day else None


def _notice(head: Sequence[Text], field: Printed | None) -> tuple[Printed | None, str | None]:
    """The notice's title and the plan it sends round, by its title or by the 《》 of its first sentence."""
    printed = [*([field] if field else []), *(Printed(t.string, t.anchor().place.line) for t in head if len(t) <= 140)]
    for one in printed:
        value = "".join(one.value.split())
        value = value[1:-1] if value.startswith("《") and value.endswith("》") else value
        if m := _NOTICE.match(fold(value)):
            inside = _SENT.search(value)
            return Printed(value, one.line), inside["name"] if inside else value[m.start("name") : m.end("name")].strip("《》")
    for pattern in (_HEREBY, _SENT):
        for text in head:
            if (m := pattern.search(text.folded)) and re.search("印发|发布|公布", text.folded):
                return None, text.string[m.start("name") : m.end("name")]
    return None, None


def _title(head: Sequence[Text], plan_name: str | None, notice: Printed | None) -> Printed | None:
    """The line that is the plan's title: the last one with the name the notice gives, else the first that sounds like one."""
    candidates: list[Printed] = []
    for i, text in enumerate(head):
        line = text.string.strip()
        if not _sounds_like_a_title(text.folded, line, notice):
            continue
        following = head[i + 1].string.strip() if i + 1 < len(head) else ""
        whole = line + following if _ADDENDUM.match(following) and "公开" not in following else line
        candidates.append(Printed(whole, text.anchor().place.line))
    if plan_name:
        same = [c for c in candidates if _alike(c.value, plan_name)]
        return same[-1] if same else Printed(plan_name, notice.line if notice else None)
    if candidates:
        return candidates[0]
    return next(
        (Printed(m["name"], t.anchor().place.line) for t in head for m in _SENT.finditer(t.string) if _is_plan(m["name"])), None
    )


def _sounds_like_a_title(folded: str, line: str, notice: Printed | None) -> bool:
    if not 5 <= len(folded) <= 70 or re.search("[。;:]", folded) or NUMBER.fullmatch(folded):
        return False
    return bool(_PLAN.search(folded)) and not (notice and "".join(line.split()) == notice.value)


def _is_plan(name: str) -> bool:
    return bool(_PLAN.search(fold(name))) and "国" not in name[:5]


def _alike(line: str, name: str) -> bool:
    one, other = ("".join(c for c in fold(s) if c.isalnum()) for s in (line, name))
    return one == other or (len(one) >= 6 and (one in other or other in one))


def _issuing_body(
    signed: Sequence[Printed], notice: Printed | None, head: Sequence[Text], publisher: Printed | None, number: Printed | None
) -> Printed | None:
    """From the signature, the notice's title, the head of the sheet (…文件); the publisher only if the number agrees."""
    if signed:
        return Printed("、".join(p.value for p in signed), signed[-1].line)
    if notice and (m := _NOTICE.match(fold(notice.value))):
        return Printed(notice.value[: m.end("body")], notice.line)
    for text in head:
        if text.folded.endswith("文件") and is_body(text.folded[:-2]):
            return Printed(text.string[:-2], text.anchor().place.line)
    if publisher and number and bool(_OFFICE.search(fold(number.value))) == publisher.value.endswith(("办公室", "办公厅")):
        return publisher if is_body(fold(publisher.value)) else None
    return None


def _region(
    named: Sequence[Printed | None], head: Sequence[Text], find_region: Callable[[str], Region | None]
) -> tuple[Region | None, str | None]:
    """The place the title, else the issuing body or the notice speaks of; by its name alone where no code is known."""
    texts = [fold(p.value) for p in named if p]
    texts += [m["name"] for t in head if (m := _CONGRESS.search(t.folded))]
    for text in texts:
        if place := find_region(text):
            return place, place.name
    for text in texts:
        if m := _PLACE.match(text):
            return None, m["name"]
    return None, None
