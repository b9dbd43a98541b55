"""Short ways to ask a family of doubts for its codes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from builders import a_plan, an_anchor
from zhiheng.plans.consistency.doubt import Doubt
from zhiheng.plans.model import Plan, Task


def codes(doubts: Iterable[Doubt]) -> list[str]:
    return [d.code.removeprefix("consistency.") for d in doubts]


def words(doubt: Doubt) -> list[str]:
    return [p.text for p in doubt.places]


def a_task(title: str, *units: str, **fields: Any) -> Task:
    given: dict[str, Any] = {
        "id": title,
        "number": None,
        "title": title,
        "parent_title": "一、主要任务",
        "chapter": "主要任务",
        "responsible_units": units,
        "lead_units": (),
        "supporting_units": (),
        "inherited_units": (),
        "open_units": (),
        "anchor": an_anchor(),
        "text": title,
    }
    return Task(**(given | fields))


def with_mentions(*mentions: Any, **fields: Any) -> Plan:
    return a_plan(mentions=mentions, **fields)
