"""Who may see the value of a field? What is not public is not told, unless whoever asks may see internal fields; persons never."""

from __future__ import annotations

from zhiheng.evidence.registers.model import Field, Sensitivity
from zhiheng.rules.messages import sentence


def masked(field: Field, value: object, language: str, *, internal: bool = False) -> str:
    """The value in words: codes by name; a word in its place where the field is not for everybody. A missing value is empty."""
    if field.personal:
        return sentence("publication.masked_personal", {}, language)
    if field.sensitivity is not Sensitivity.PUBLIC and not internal:
        return sentence("publication.masked_internal", {}, language)
    return "" if value is None else field.said(str(value))
