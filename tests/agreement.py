"""Do two plans set the same, wherever it stands in their papers, and if not, what differs?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from zhiheng.plans.model import Plan

# Where something stands and what is counted from there; `context` is the sentence around, cut where the paper cuts.
_OF_THE_PAPER = frozenset({"id", "anchor", "context", "mentions", "actuals", "sentences"})
_KINDS = ("targets", "commitments", "tasks")
_BLANKS = re.compile(r"\s+")


def differences(one: Plan, other: Plan) -> list[str]:
    """A line for everything that only one of two plans sets: `-` the first, `+` the second. Blanks do not count."""
    return [line for kind in _KINDS for line in _apart(kind, getattr(one, kind), getattr(other, kind))]


def _apart(kind: str, one: tuple[Any, ...], other: tuple[Any, ...]) -> Iterator[str]:
    here, there = Counter(map(_said, one)), Counter(map(_said, other))
    yield from (f"- {kind}: {said}" for said in (here - there).elements())
    yield from (f"+ {kind}: {said}" for said in (there - here).elements())


def _said(item: Any) -> str:
    values = (f"{f.name}={getattr(item, f.name)!r}" for f in fields(item) if f.name not in _OF_THE_PAPER)
    return _BLANKS.sub("", " ".join(values).replace("\\n", "").replace("\\t", "").replace("\\xa0", ""))
