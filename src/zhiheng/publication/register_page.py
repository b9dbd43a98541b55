"""How are registers described to those who fill them in and those who read them?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from zhiheng.evidence.registers.codes import CodeList
from zhiheng.evidence.registers.model import Field, FieldKind, Register

_FEW_CODES = 20


def register_page(registers: Iterable[Register]) -> str:
    """A page in Markdown, one section a register."""
    return (
        "# Registers\n\nWhat a record of each kind is. Names in the second column are those that people read, the third has other names "
        "for\nthe same column. Personal fields are no columns of the record.\n"
        + "".join("".join(_section(r)) for r in registers)
    )


def register_record(register: Register) -> Mapping[str, Any]:
    """A register as plain data; bounds are exact decimals as text, null where nothing is said."""
    return {
        "id": register.id,
        "name": register.name,
        "english": register.english,
        "about": dict(register.about),
        "layer": register.layer,
        "key": list(register.key),
        "event_date": register.event_date,
        "place": register.place,
        "retention": {
            "years": register.retention.years,
            "doc": register.retention.doc,
            "clause": register.retention.clause,
            "confirmed": register.retention.confirmed,
        },
        "fields": [_field_record(field) for field in register.fields],
        "derived": [{**_field_record(one.field), "by": one.by, "of": list(one.of)} for one in register.derived],
        "checks": [
            {
                "id": c.id,
                "holds": c.holds.written,
                "severity": "error" if c.fatal else "warning",
                "column": c.column,
                "zh": c.zh,
                "en": c.en,
            }
            for c in register.checks
        ],
    }


def _field_record(field: Field) -> Mapping[str, Any]:
    return {
        "id": field.id,
        "name": field.name,
        "english": field.english,
        "aliases": list(field.aliases),
        "kind": field.kind.value,
        "required": field.required,
        "sensitivity": field.sensitivity.value,
        "unit": field.unit,
        "unit_field": field.unit_field,
        "decimals": field.decimals if field.kind is FieldKind.DECIMAL else None,
        "least": None if field.least is None else str(field.least),
        "most": None if field.most is None else str(field.most),
        "longest": field.longest if field.kind is FieldKind.TEXT else None,
        "codes": field.codes.id if field.codes else None,
        "scheme": field.scheme,
    }


def _section(register: Register) -> Iterator[str]:
    yield f"\n## {register.id}\n\n**{register.name}** · {register.english}. {register.about['zh']} {register.about['en']}\n\n"
    yield f"- key: {', '.join(f'`{name}`' for name in register.key)}\n- event date: `{register.event_date}`\n"
    if register.place:
        yield f"- place: `{register.place}`\n"
    kept = register.retention
    flag = "" if kept.confirmed else ", unconfirmed"
    yield f"- kept for {kept.years} years ({kept.doc}, {kept.clause}{flag})\n\n"
    yield "| field | 名称 | other names | kind | required | seen by |\n|---|---|---|---|---|---|\n"
    for field in register.fields:
        required = "yes" if field.required else ""
        yield f"| `{field.id}` | {field.name} | {'、'.join(field.aliases)} | {_kind(field)} | {required} | {field.sensitivity} |\n"
    for derived in register.derived:
        of = ", ".join(f"`{name}`" for name in derived.of)
        yield f"| `{derived.field.id}` | {derived.field.name} | | {derived.field.kind}, `{derived.by}` of {of} | | internal |\n"
    if register.checks:
        yield "\n| must hold | else | |\n|---|---|---|\n"
    for check in register.checks:
        yield f"| `{check.holds.written}` | {check.zh} {check.en} | {'error' if check.fatal else 'warning'} |\n"


def _kind(field: Field) -> str:
    parts = [str(field.kind)]
    if field.kind is FieldKind.DECIMAL:
        parts.append(f"{field.decimals} decimals")
    if field.unit:
        parts.append(field.unit)
    if field.least is not None or field.most is not None:
        parts.append(f"{'' if field.least is None else field.least} … {'' if field.most is None else field.most}".strip())
    if field.codes is not None:
        parts.append(_codes(field.codes))
    if field.scheme:
        parts.append(field.scheme)
    return ", ".join(parts)


def _codes(codes: CodeList) -> str:
    few = len(codes.codes) <= _FEW_CODES
    said = "、".join(code.name for code in codes.codes) if few else f"list `{codes.id}`"
    return said if codes.confirmed else f"{said} (unconfirmed)"
