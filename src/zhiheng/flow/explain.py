"""Where does a receipt's value come from: which imports, files and rows, and which records behind numerator and denominator?"""

from __future__ import annotations

from pathlib import Path

from zhiheng.base.canonical_json import Json
from zhiheng.evidence.engines.model import Source
from zhiheng.flow.plan_source import open_plan
from zhiheng.flow.verify import Verifier, asked_of
from zhiheng.indicators.behind import Behind, behind
from zhiheng.plans.model import Plan, Target


def behind_receipt(verifier: Verifier, content: Json) -> Behind:
    """Files and records behind a receipt, as known at its position; the receipt must have been verified."""
    definition, _ = verifier.definition(content)
    source = Source(verifier.home, definition.register, content["evidence"]["position"])
    (found,) = behind(verifier.engine, source, definition, asked_of(content))
    return found


def targets_of(paper: Path, content: Json, home: Path | None = None) -> tuple[Plan, tuple[Target, ...]]:
    """The plan's own targets of the receipt's indicator, by the catalogue of the installation in `home`."""
    plan = open_plan(paper, home=home)
    wanted = content["indicator"]["id"]
    return plan, tuple(t for t in plan.targets if t.own and t.catalogue is not None and t.catalogue.indicator == wanted)
