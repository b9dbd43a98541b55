"""What is said of a target whose figures were handed in, but refused?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from zhiheng.judgement.verdict import Judgement
from zhiheng.rules.messages import sentence

NO_VALUES, REFUSED = "judgement.no_values", "judgement.values_refused"


def told_of_refusals(judgements: Iterable[Judgement], refused: Mapping[str, int]) -> tuple[Judgement, ...]:
    """The judgements; where nothing is known, but `refused` rows of the indicator were handed in, the reason says so."""
    return tuple(_told(j, refused.get(j.indicator, 0)) for j in judgements)


def _told(judgement: Judgement, rows: int) -> Judgement:
    if not rows or judgement.reason != NO_VALUES:
        return judgement
    facts = {**judgement.reason_facts, "rows": rows}
    return replace(judgement, reason=REFUSED, reason_facts=facts, sentence=sentence(REFUSED, facts))
