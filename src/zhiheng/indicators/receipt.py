"""What does a receipt say, so that whoever may see the records can compute the value again, and everybody else can check the sum?

Its content has one writing (`base/canonical_json`), whose SHA-256 is its name. It tells no time of its own: the same definition over
the same records gives the same receipt whenever it is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from zhiheng import __version__
from zhiheng.base.canonical_json import Json, digest
from zhiheng.base.quantity import exact
from zhiheng.base.reading import Reading
from zhiheng.evidence.registers.model import Sensitivity
from zhiheng.indicators.computed import ComputedValue, RowSet, times

SCHEMA = "zhiheng/receipt/1"
_COUNTS = ("seen", "records", "used", "unclear", "undated", "groups_unclear", "due", "met")
_SUMS = ("above", "below", "above_squared", "product", "below_squared")


@dataclass(frozen=True, slots=True)
class Approval:
    """Who confirmed something that the value rests on (`of`: the definition, the records), in which role, on which day."""

    by: str
    role: str
    of: str
    on: date


@dataclass(frozen=True)
class Receipt:
    """A computed value with where it comes from.

    `known_at`: when the register came to its position, as the lake's log tells (ISO 8601). `approvals` are attested, not computed.
    """

    value: ComputedValue
    known_at: str | None = None
    approvals: tuple[Approval, ...] = ()

    @cached_property
    def content(self) -> Json:
        """What is signed: mappings, lists, texts, whole numbers; exact numbers are texts, as 97.3 or 292/3."""
        value = self.value
        return {
            "schema": SCHEMA,
            "indicator": {"id": value.definition.id, "name": value.definition.indicator.name, "unit": value.unit},
            "place": value.place,
            "period": {"start": value.period.start.isoformat(), "end": value.period.end.isoformat()},
            "definition": _definition(value),
            "rules": [_rule(reading) for reading in value.rules],
            "evidence": self._evidence(),
            "complete": _complete(value),
            "apart": _apart(value.apart),
            "counts": _counts(value),
            "result": _result(value),
            "approvals": [{"by": a.by, "role": a.role, "of": a.of, "on": a.on.isoformat()} for a in self.approvals],
            "made_by": {"engine": value.engine, "program": f"zhiheng {__version__}"},
        }

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content, 64 hexadecimal digits: the receipt's name."""
        return digest(self.content)

    def _evidence(self) -> Json:
        standing = self.value.evidence
        return {
            "register": standing.register,
            "register_name": self.value.definition.register.name,
            "position": standing.position,
            "known_at": self.known_at,
            "log_digest": standing.log_digest,
            "files": list(standing.files),
            "rows": _rows(self.value.rows),
        }


def _definition(value: ComputedValue) -> Json:
    definition = value.definition
    return {
        "digest": definition.digest,
        "meaning": definition.meaning,
        "about": {"zh": definition.about_zh, "en": definition.about_en},
        "citation": {"doc": definition.citation.doc, "clause": definition.citation.clause},
        "confirmed": definition.confirmed,
        "layer": definition.layer,
    }


def _rule(reading: Reading) -> Json:
    return {
        "rule": reading.rule,
        "name": reading.name,
        "standing": reading.standing.value,
        "start": reading.start.isoformat(),
        "end": reading.end.isoformat() if reading.end else None,
        "citation": {"doc": reading.citation.doc, "clause": reading.citation.clause},
        "confirmed": reading.confirmed,
        "layer": reading.layer,
    }


def _rows(rows: RowSet | None) -> Json:
    """Sums of words pass what JSON keeps exactly, so they travel as text."""
    if rows is None:
        return None
    words = [str(word) for word in rows.words]
    return {"records": rows.records, "words": words, "versions": str(rows.versions), "digest": rows.digest}


def _complete(value: ComputedValue) -> Json:
    standing = value.complete_evidence
    if value.complete is None or standing is None:
        return None
    where = {"register": standing.register, "position": standing.position, "log_digest": standing.log_digest}
    return {"declared": value.complete, **where}


def _apart(apart: Mapping[str, tuple[str, ...]] | None) -> Json:
    return None if apart is None else {name: list(words) for name, words in apart.items()}


def _counts(value: ComputedValue) -> Json:
    counts = value.counts
    left_out = [{"reason": o.reason, "zh": o.zh, "en": o.en, "records": o.records} for o in counts.left_out]
    return {**{name: getattr(counts, name) for name in _COUNTS}, "left_out": left_out}


def _result(value: ComputedValue) -> dict[str, Any]:
    return {
        "amount": _exact(value.amount),
        "printed": value.printed,
        "numerator": _exact(value.numerator),
        "denominator": _exact(value.denominator),
        "times": times(value.definition),
        "decimals": value.definition.decimals,
        "rounding": value.definition.rounding.value,
        "absence": value.absence.value if value.absence else None,
        "interval": _interval(value),
        "sample": _sample(value),
        "missing": list(value.missing),
    }


def _sample(value: ComputedValue) -> Json:
    """The parts from which anybody can compute the interval again; strata whose names are not for everybody are numbered."""
    sample, design = value.sample, value.definition.design
    if sample is None or design is None:
        return None
    register = value.definition.register
    named = all(register.field(name).sensitivity is Sensitivity.PUBLIC for name in design.strata)
    strata = [
        {
            "stratum": list(stratum.names) if named else [str(number)],
            "units": stratum.sums.units,
            "held": stratum.sums.held,
            **{name: exact(getattr(stratum.sums, name)) for name in _SUMS},
        }
        for number, stratum in enumerate(sample.strata, 1)
    ]
    return {"absence": sample.absence.value if sample.absence else None, "degrees": sample.degrees, "strata": strata}


def _interval(value: ComputedValue) -> Json:
    """An estimate: told as text, with more digits than anybody prints and fewer than machines may differ in."""
    found = value.interval
    if found is None:
        return None
    return {"low": f"{found.low:.9f}", "high": f"{found.high:.9f}", "confidence": found.confidence, "method": found.method}


def _exact(amount: Fraction | None) -> str | None:
    return None if amount is None else exact(amount)
