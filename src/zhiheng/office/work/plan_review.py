"""What did people decide about a draft?"""

from __future__ import annotations

from zhiheng.office.ledger.models import PlanDraft, PlanEdit

_KINDS = {
    "accept": "已确认",
    "correct": "已更正",
    "answer": "已答复",
    "set_aside": "已搁置",
    "exclude": "已排除",
    "add": "人工补录",
    "merge": "已合并",
    "split": "已拆分",
    "promote": "改作目标",
    "form": "由表格更正",
}


def decisions(draft: PlanDraft) -> dict[tuple[str, str], str]:
    """The last decision about each thing that was decided, in words, by its part and id."""
    found: dict[tuple[str, str], str] = {}
    for edit in PlanEdit.objects.filter(draft=draft, undone=False, kind__in=_KINDS).select_related("by"):
        said = f"{_KINDS[edit.kind]} · {edit.by.name}"
        found[edit.part, edit.item] = said
        for part, items in (edit.after or {}).items():
            for id in items:
                found[part, id] = said
    return found
