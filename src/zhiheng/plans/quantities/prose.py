"""Which quantities of indicators does running text state?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from zhiheng.documents.tree import Text
from zhiheng.plans.model import Comparator, Modality, Role, Source
from zhiheng.plans.quantities.basis import Carry, basis_of
from zhiheng.plans.quantities.draft import Draft
from zhiheng.plans.quantities.exclusions import exclusions, hidden
from zhiheng.plans.quantities.horizon import moments
from zhiheng.plans.quantities.phrases import phrase_for
from zhiheng.plans.quantities.sentence import Sentence
from zhiheng.plans.quantities.setting import Setting, role_and_year
from zhiheng.plans.quantities.sharing import Joined, distribute
from zhiheng.plans.quantities.values import Value, bounded, find_values, printed_unit
from zhiheng.plans.quantities.vocabulary import MAINTAIN, MAKE_VERBS, STRIVE, alternation
from zhiheng.plans.quantities.zero import read_zero

# One that runs on for pages is cut at a comma.
_SENTENCE = re.compile(r"[^。;!?\n]{1,3000}(?:[。;!?\n]|$)|[^。;!?\n]{1,3000}[,、](?!\d)|[^。;!?\n]{1,3000}")
_STRIVE = re.compile(alternation(STRIVE))
_MAINTAIN = re.compile(rf"(?:{alternation(MAINTAIN)})$")
# After 力争, another governing verb with a clause of its own takes over.
_STOCK = re.compile(r"达到|总数|总量|拥有|共有|保有|保持|稳定|有$|增加到|增至|提高到|发展到|超过|突破")
_MADE = re.compile(
    alternation(
        w
        for w in MAKE_VERBS
        if len(w) > 1
        and w not in {"力争", "争取", "确保", "累计", "达到", "重点", "努力", "积极", "全力", "加快", "着力", "至少"}
    )
)
_OWN_CLAUSE = re.compile(r",(?:建成|打造|培育|新增|新建|建设|推进|确保|稳定|保持|实施|开展|完成)")
_SCOPE = re.compile(
    r"(?:全|我|本)(?:市域|县域|[市县区省旗州])|市域内|县域内|辖区内|规模以上|规上|[国省市县区]控(?:以上)?断面|县级以上城市|县级以上|公共建筑|每年"
)


def read_prose(text: Text, setting: Setting) -> list[Draft]:
    """Drafts of all quantities in one paragraph; `setting.moment` is what the paragraph leaves to the next."""
    setting.begin_paragraph()
    if setting.silent:
        return []
    masked = hidden(text.folded, exclusions(text.folded))
    drafts: list[Draft] = []
    for m in _SENTENCE.finditer(masked):
        start, end = m.span()
        times = [replace(t, start=t.start + start, end=t.end + start) for t in moments(text.folded[start:end])]
        sentence = Sentence(text, masked, start, end, times)
        found = [*_read_sentence(sentence, setting), *read_zero(sentence, setting)]
        drafts += sorted(found, key=lambda d: d.start)
        setting.end_sentence(times, start, closed=m[0][-1] != ";")
    return drafts


def _read_sentence(s: Sentence, setting: Setting) -> Iterator[Draft]:
    values = [_moved(v, s.start) for v in find_values(s.masked[s.start : s.end])]
    joined: list[Joined] = []
    last, previous_end = None, s.start
    for i, value in enumerate(values):
        following = values[i + 1] if i + 1 < len(values) else None
        phrase = phrase_for(s, previous_end, value, following, last)
        if phrase is not None:
            joined.append((value, phrase, previous_end))
            last = phrase
            previous_end = value.end if phrase.stop is None else phrase.stop
    carry = Carry()
    pair: tuple[object, ...] | None = None  # 由X提高到Y: the two values belong to one row
    for value, phrase, at in distribute(s.masked, joined, [(t.start, t.year) for t in s.times]):
        carry.step(s.masked[at : value.start], phrase, first=at == s.start)
        draft = _draft(s, (value, phrase, at), carry, setting)
        if phrase.origin:
            pair = (s.text.anchor(value.start, value.end), "from")
        elif pair is None:
            yield draft
            continue
        draft.row = pair
        pair = pair if phrase.origin else None
        yield draft


def _moved(v: Value, by: int) -> Value:
    spans = tuple((a + by, b + by) for a, b in v.unit_spans)
    return replace(v, start=v.start + by, end=v.end + by, number_start=v.number_start + by, unit_spans=spans)


def _draft(s: Sentence, joined: Joined, carry: Carry, setting: Setting) -> Draft:
    value, phrase, _ = joined
    comparator, low, high, start = value.comparator, value.low, value.high, value.start
    if phrase.bound and comparator is Comparator.EQUAL:
        comparator, low, high = bounded(phrase.bound, low)
    if phrase.change is not None:
        comparator, start = phrase.change
        low, high = low or high, high or low
    before = s.masked[s.start : value.start]
    role, year, period = role_and_year(value, phrase, s.times, before, setting)
    basis = basis_of(comparator, value, phrase, carry, clause=re.split(r"[,;。:]", before[-40:])[-1], period=period)
    if phrase.background:
        role, year = Role.BACKGROUND, None
    scope = _SCOPE.findall(phrase.indicator) or _SCOPE.findall(before[-80:])
    return Draft(
        s.text, start, value.end, s.printed(phrase.indicator), comparator, low, high, printed_unit(s.text, value.unit_spans) if value.unit_spans else value.unit, Source.PROSE, role=role, year=year,
        basis=basis, modality=_modality(phrase.link, before) if role is Role.TARGET else None, scope=scope[-1] if scope else None,
        context=s.context, period=period, counted=_counted(phrase.link, carry.verbs),
    )  # fmt: skip


def _counted(link: str, verbs: str) -> str | None:
    """Whether the words count what there is at a time, or what is made until then."""
    if _STOCK.search(link + verbs):
        return "stock"
    return "made" if _MADE.search(verbs) else None


def _modality(link: str, before: str) -> Modality:
    if _MAINTAIN.search(link.rstrip()):
        return Modality.MAINTAIN
    strive = [m.start() for m in _STRIVE.finditer(before)]
    if strive and not _OWN_CLAUSE.search(before[strive[-1] :]):
        return Modality.STRIVE
    return Modality.FIRM
