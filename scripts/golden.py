#!/usr/bin/env python3
"""What does the compiler make of each golden paper? Written to `golden/<paper>/expected.json`; a person reads the difference.

usage: golden.py                     write the expected files again
       golden.py --may-understand-less   also where more numbers than before are not understood (say why in the commit)

A folder holds its `source.*`, or names in expected.json the file of the project that is its source.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from zhiheng.documents.tree import Anchor
from zhiheng.flow.plan_source import open_plan
from zhiheng.plans.model import Commitment, Plan, Standing, Target, Task
from zhiheng.publication.wording import target_words

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "golden"


def sources() -> dict[str, Path]:
    """Golden paper → its source: own papers of the folder, the model county in each form, the papers of the genre."""
    own = {path.parent.name: path for path in GOLDEN.glob("*/source.*")}
    county = {f"county_{p.suffix[1:]}": p for p in (ROOT / "examples" / "model_county").glob("plan.*")}
    genre = {p.stem: p for p in (ROOT / "tests" / "fixtures" / "genre").glob("*.txt")}
    return dict(sorted({**own, **county, **genre}.items()))


def expected(source: Path) -> dict[str, Any]:
    """The plan in few words: one line for each target, promise and task."""
    plan = open_plan(source)
    return {
        "source": source.relative_to(ROOT).as_posix(),
        "sha256": hashlib.sha256(source.read_bytes()).hexdigest(),
        "meta": {
            "title": plan.meta.title,
            "issuing_body": plan.meta.issuing_body,
            "document_number": plan.meta.document_number,
            "region": plan.meta.region_name,
            "period": [plan.meta.period_start, plan.meta.period_end],
        },
        "targets": [_target(t) for t in plan.targets],
        "commitments": [_commitment(c) for c in plan.commitments],
        "tasks": [_task(t) for t in plan.tasks],
        "definitions": [d.term for d in plan.definitions],
        "coverage": _coverage(plan),
        "not_understood": sorted(n.text for n in plan.coverage.numbers if n.standing is Standing.NOT_UNDERSTOOD),
    }


def _coverage(plan: Plan) -> dict[str, int]:
    counts = {str(standing.value): plan.coverage.count(standing) for standing in Standing}
    return {"mentions": len(plan.mentions), "total": plan.coverage.total, **counts}


def _at(anchor: Anchor | None) -> str:
    if anchor is None:
        return "-"
    place = anchor.place
    return (
        f"L{place.line}"
        if place.line
        else f"P{place.paragraph}"
        if place.paragraph
        else f"T{place.table}.{place.row}.{place.column}"
    )


def _target(t: Target) -> str:
    whose = "" if t.own else "predecessor"
    base = f"from {t.baseline.value} ({t.baseline.year})" if t.baseline else ""
    path = ", ".join(f"{year}: {value}" for year, value in t.path.items())
    asked = ", ".join(q.code for q in t.questions)
    known = t.catalogue.indicator if t.catalogue else "not in the catalogue"
    facts = (
        t.indicator,
        target_words(t),
        str(t.year),
        t.basis.value,
        t.modality.value,
        t.scope or "",
        known,
        whose,
        base,
        path,
        asked,
    )
    return f"{_at(t.anchor)} " + " | ".join(fact for fact in facts if fact)


def _commitment(c: Commitment) -> str:
    return f"{_at(c.anchor)} {c.kind.value} | {c.indicator} | {c.year} | {c.text}"


def _task(t: Task) -> str:
    units = "、".join(t.responsible_units)
    return f"{_at(t.anchor)} {t.number or ''} {t.title} | {units} | lead {'、'.join(t.lead_units)} | {t.commitment_class.value}"


def recorded(paper: str) -> dict[str, Any]:
    """What is expected of a paper; empty when it is new."""
    path = GOLDEN / paper / "expected.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--may-understand-less", action="store_true")
    allowed = ask.parse_args().may_understand_less
    refused = False
    for paper, source in sources().items():
        now, before = expected(source), recorded(paper)
        same = before.get("sha256") == now["sha256"]
        grown = len(now["not_understood"]) - len(before.get("not_understood", []))
        if before and same and grown > 0 and not allowed:
            print(f"{paper}: {grown} more numbers not understood; left as it was", file=sys.stderr)
            refused = True
        elif now != before:
            path = GOLDEN / paper / "expected.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            print(f"{paper}: written")
    gone = [path.name for path in GOLDEN.iterdir() if path.is_dir() and path.name not in sources()]
    for paper in gone:
        print(f"{paper}: its source is gone; remove golden/{paper}", file=sys.stderr)
    return 1 if refused or gone else 0


if __name__ == "__main__":
    raise SystemExit(main())
