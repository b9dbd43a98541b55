"""Where does running text promise or report that something does not happen at all?"""

from __future__ import annotations

import re

from zhiheng.base.quantity import Basis
from zhiheng.plans.model import Comparator, Modality, Role, Source
from zhiheng.plans.quantities.draft import Draft
from zhiheng.plans.quantities.exclusions import HIDDEN_TIME
from zhiheng.plans.quantities.sentence import Sentence
from zhiheng.plans.quantities.setting import Setting

_NOTHING = re.compile(
    r"(?P<what>[^,。;、:]{0,30}?)(?P<zero>“?零(?:事故|发生|死亡|伤亡|责任事故|重大事故|违规|感染|发案|火灾|污染事件)”?"
    r"|(?:不|未|杜绝|无)(?:得)?发生[^,。;、]{0,22}?(?:事故|事件|案件|疫情|灾害)|杜绝(?!发生)[^,。;、]{2,20}?(?:事故|事件|案件)(?:的?发生)?)"
)
_RATE_ZERO = re.compile(
    r"(?P<what>[^,。;:]{2,30}?(?:率|数|起数|比例))(?:控制)?(?:为|是|保持为?|达到|降为|降至)(?P<zero>零)(?=[,。;、]|$)"
)
_EVENTS_ZERO = re.compile(
    r"(?P<what>[^,。;:]{2,30}?(?:事故|事件|伤亡|死亡))(?:控制)?(?:为|保持为?|降为|降至)(?P<zero>零)(?=[,。;、]|$)"
)
_NOT_AT_ALL = re.compile(r"^(?:不|未|杜绝|无)得?(?:发生)?(?=..)|(?<=..)的?发生$")
_VERBS = re.compile(r"(?:保持|实现|确保|控制)+$")
_LEAD = re.compile(rf"^(?:到?{HIDDEN_TIME}+,?|确保|实现|坚决|努力|力争|全[年县市区省]|连续[^,]*年|[\s、,])+")


def read_zero(s: Sentence, setting: Setting) -> list[Draft]:
    """Drafts of 零事故, 不发生…事件 and 检出率为零 in a sentence."""
    folded, start, end = s.folded, s.start, s.end
    drafts: list[Draft] = []
    if all(folded.find(word, start, end) < 0 for word in ("零", "发生", "杜绝")):
        return drafts
    for pattern, comparator in (
        (_NOTHING, Comparator.ZERO_EVENTS), (_EVENTS_ZERO, Comparator.ZERO_EVENTS), (_RATE_ZERO, Comparator.EQUAL),
    ):  # fmt: skip
        for m in pattern.finditer(folded, start, end):
            if "连续" in folded[max(start, m.start("zero") - 8) : m.start("zero")]:
                continue
            named = [t for t in s.times if t.end <= m.start("zero") and not t.base] or (
                [setting.moment] if setting.moment else []
            )
            role = setting.role
            if named and setting.now is not None:
                role = Role.ACTUAL if named[-1].year < setting.now else role
            default = setting.horizon if role is Role.TARGET else setting.past_year
            what = _LEAD.sub("", s.masked[m.start("what") : m.end("what")])
            words = folded[m.end("what") - len(what) : m.end("what")]
            about = _VERBS.sub("", words).strip() or _NOT_AT_ALL.sub("", m["zero"])
            drafts.append(
                Draft(
                    s.text, m.start("zero"), m.end("zero"), s.printed(about),
                    comparator, "0", "0", None, Source.PROSE, role=role, year=named[-1].year if named else default,
                    basis=Basis.COUNT if comparator is Comparator.ZERO_EVENTS else Basis.LEVEL,
                    modality=Modality.FIRM if role is Role.TARGET else None, context=s.context,
                )
            )  # fmt: skip
    return drafts
