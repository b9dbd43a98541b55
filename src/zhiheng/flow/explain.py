"""Where does a receipt's value come from: which imports, files and rows, and which records behind numerator and denominator?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zhiheng.base.canonical_json import Json
from zhiheng.evidence.engines.model import Source
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.journal import Journal
from zhiheng.evidence.registers.model import Field
from zhiheng.flow.plan_source import open_plan
from zhiheng.flow.verify import Verifier, asked_of
from zhiheng.indicators.behind import Part, RecordBehind, fields_asked, records_behind
from zhiheng.indicators.definition import IndicatorDefinition
from zhiheng.plans.model import Plan, Target
from zhiheng.rules.messages import sentence


@dataclass(frozen=True, slots=True)
class FileBehind:
    """A file that records came in with: the import (when, by whom), the file's name and SHA-256, and how many of its rows count."""

    at: str
    by: str
    name: str
    digest: str
    rows: int


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a value: files, fields that were asked, records."""

    files: tuple[FileBehind, ...]
    fields: tuple[Field, ...]
    records: tuple[RecordBehind, ...]
    definition: IndicatorDefinition

    def reason_words(self, reason: str, language: str) -> str:
        """Why a record is left out: the definition's own reasons have their words there."""
        own = next((one for one in self.definition.exclusions if one.id == reason), None)
        if own is None:
            return sentence(f"indicators.reason_{reason}", {}, language)
        return own.en if language == "en" else own.zh


def behind(verifier: Verifier, content: Json) -> Behind:
    """Files and records behind a receipt, as known at its position; the receipt must have been verified."""
    definition, _ = verifier.definition(content)
    source = Source(verifier.home, definition.register, content["evidence"]["position"])
    records = tuple(records_behind(verifier.engine, source, definition, asked_of(content)))
    files = _files(verifier.home, definition.register.id, records)
    return Behind(files, fields_asked(definition), records, definition)


def targets_of(paper: Path, content: Json) -> tuple[Plan, tuple[Target, ...]]:
    """The plan's own targets of the receipt's indicator."""
    plan = open_plan(paper)
    wanted = content["indicator"]["id"]
    return plan, tuple(t for t in plan.targets if t.own and t.catalogue is not None and t.catalogue.indicator == wanted)


def _files(home: Home, register_id: str, records: Sequence[RecordBehind]) -> tuple[FileBehind, ...]:
    counted = Counter((record.import_id, record.file) for record in records if record.part is not Part.LEFT_OUT)
    entries = {entry.id: entry for entry in Journal(home).entries(register_id)}
    found = []
    for (import_id, digest), rows in counted.items():
        entry = entries.get(import_id)
        name = str(entry.told.get("files", {}).get(digest, "")) if entry else ""
        found.append(FileBehind(entry.at if entry else "", entry.by if entry else "", name, digest, rows))
    return tuple(sorted(found, key=lambda file: (file.at, file.name, file.digest)))
