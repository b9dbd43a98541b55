"""What can be said of a receipt once it was looked into, and how is it said?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhiheng.base.canonical_json import Json
from zhiheng.base.period import Period
from zhiheng.base.problem import Problem
from zhiheng.publication.receipts.signing import SignedContent
from zhiheng.rules.messages import problem_sentence, sentence


class Outcome(StrEnum):
    """Exactly one of these is said of a receipt."""

    EQUAL = "equal"
    DIFFERENT = "different"
    CHANGED = "evidence_changed"
    GONE = "evidence_gone"
    FOREIGN = "signature_foreign"


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome with its reasons, and what is worth knowing beside it; `key` is the fingerprint of the key of ours that signed."""

    outcome: Outcome
    signed: SignedContent
    reasons: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    key: str | None = None


def outcome_sentence(found: Verification, language: str) -> str:
    """The one sentence."""
    facts: dict[str, object] = {"reasons": _joined(found.reasons, language)}
    if found.outcome is not Outcome.FOREIGN:
        facts |= {"what": subject(found.signed.content, language), "key": (found.key or "")[:16]}
    return sentence(f"publication.outcome_{found.outcome.value}", facts, language)


def subject(content: Json, language: str) -> str:
    """What a receipt is of: indicator, place, period, value; the content must have the form of a receipt."""
    result = content["result"]
    value = f"{result['printed']}{content['indicator']['unit'] or ''}"
    if result["printed"] is None:
        value = sentence(f"indicators.absence_{result['absence']}", {}, language)
    period = Period(*(date.fromisoformat(content["period"][end]) for end in ("start", "end"))).label
    parts = [content["indicator"]["name"], content["place"], period, value]
    return harmless(("，" if language == "zh" else ", ").join(part for part in parts if part))


def harmless(text: str) -> str:
    """Characters that move the cursor or turn the direction of writing are shown as escapes."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def _joined(reasons: Iterable[Problem], language: str) -> str:
    said = [harmless(problem_sentence(problem, language)).rstrip("。. ") for problem in reasons]
    return ("；" if language == "zh" else "; ").join(dict.fromkeys(said))
