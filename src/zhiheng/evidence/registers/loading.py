"""What does the rulebook say of a register, and is the definition sound?

Every fault is a `RuleError` with file and line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from zhiheng.base.errors import RuleError
from zhiheng.evidence.registers import expressions
from zhiheng.evidence.registers.codes import CodeList, load_codes, plain
from zhiheng.evidence.registers.expressions import Kind, expression
from zhiheng.evidence.registers.model import LONGEST, Check, Derived, Field, FieldKind, Register, Retention, Sensitivity
from zhiheng.measures import MEASURES
from zhiheng.rules import fields
from zhiheng.rules.rulebook import Rulebook
from zhiheng.rules.strict_yaml import Table

REGISTERS = "registers"
SCHEMES = ("uscc",)
_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_KEYS = ("name", "english", "about", "key", "event_date", "fields", "retention")
_FIELD_OPTIONS = (
    "required",
    "sensitivity",
    "aliases",
    "codes",
    "scheme",
    "unit",
    "decimals",
    "least",
    "most",
    "max",
    "unit_field",
    "valid_on",
)
_FOR_KIND = {
    FieldKind.CODE: {"codes", "valid_on"},
    FieldKind.PLACE: {"valid_on"},
    FieldKind.INDUSTRY: {"valid_on"},
    FieldKind.IDENTIFIER: {"scheme"},
    FieldKind.DECIMAL: {"unit", "unit_field", "decimals", "least", "most"},
    FieldKind.INTEGER: {"unit", "least", "most"},
    FieldKind.TEXT: {"max"},
    FieldKind.ORGANISATION: {"max"},
}
_ALWAYS = {"required", "sensitivity", "aliases"}
_LISTS = {FieldKind.PLACE: "gbt2260", FieldKind.INDUSTRY: "gbt4754"}
# Exact decimals are kept with at most 38 digits.
_MOST_DECIMALS = 12
KINDS: Mapping[FieldKind, Kind] = {
    FieldKind.DECIMAL: expressions.NUMBER,
    FieldKind.INTEGER: expressions.NUMBER,
    FieldKind.DATE: expressions.DAY,
    FieldKind.DATETIME: expressions.DAY,
    FieldKind.BOOLEAN: expressions.TRUTH,
}


def register_ids(rulebook: Rulebook) -> tuple[str, ...]:
    """All registers that any layer has, in order of name."""
    found = {path.removeprefix(f"{REGISTERS}.") for layer in rulebook.layers for path in layer.paths(REGISTERS)}
    return tuple(sorted(found))


@lru_cache(maxsize=256)
def load_register(rulebook: Rulebook, register_id: str) -> Register:
    """The register of that id; `RuleError` when there is none or its definition is unsound."""
    known = register_ids(rulebook)
    if register_id not in known:
        raise RuleError("evidence.no_such_register", register=register_id, known=known)
    return _Loader(rulebook, rulebook.table(f"{REGISTERS}.{register_id}")).register(register_id)


def kinds_of(found: Iterable[Field]) -> Mapping[str, Kind]:
    """The kind of value that expressions see in each field."""
    return {f.id: KINDS.get(f.kind, expressions.TEXT) for f in found}


def lists_of(found: Iterable[Field]) -> Mapping[str, CodeList]:
    """The list of codes of each field that has one of its own."""
    return {f.id: f.codes for f in found if f.codes is not None and f.kind is FieldKind.CODE}


class _Loader:
    def __init__(self, rulebook: Rulebook, table: Table) -> None:
        self.rulebook = rulebook
        self.table = table
        self.code_lists: Mapping[str, CodeList] = {}

    def fault(self, code: str, line: int, **facts: object) -> RuleError:
        return RuleError(code, file=self.table.file, line=line, **facts)

    def register(self, register_id: str) -> Register:
        table = self.table
        fields.require_keys(table, _KEYS, ["place", "checks", "derived"])
        about = fields.inner(table, "about")
        fields.require_keys(about, ["zh", "en"])
        rows = fields.tables(table, "fields")
        found = tuple(self.field(row) for row in rows)
        self.distinct(found)
        derived = tuple(self.derivation(row, found) for row in fields.tables(table, "derived")) if "derived" in table else ()
        every = (*found, *(d.field for d in derived))
        self.distinct(every)
        kinds = kinds_of(every)
        self.code_lists = lists_of(every)
        checks = tuple(self.check(row, kinds) for row in fields.tables(table, "checks")) if "checks" in table else ()
        return Register(
            register_id,
            fields.text(table, "name"),
            fields.text(table, "english"),
            {"zh": fields.text(about, "zh"), "en": fields.text(about, "en")},
            found,
            self.key(found),
            self.named(found, "event_date", (FieldKind.DATE, FieldKind.DATETIME)),
            self.named(found, "place", (FieldKind.PLACE,)) if "place" in table else None,
            checks,
            derived,
            self.retention(),
            table.file.partition("/")[0],
        )

    def distinct(self, found: tuple[Field, ...]) -> None:
        """No two fields share an id, a name or another name."""
        for words in ([f.id for f in found], [f.name for f in found]):
            twice = [word for word, count in Counter(words).items() if count > 1]
            if twice:
                raise self.fault("evidence.field_twice", self.table.lines["fields"], word=twice[0])
        seen: dict[str, str] = {}
        for one in found:
            for word in {plain(w) for w in (one.id, one.name, one.english, *one.aliases)}:
                other = seen.setdefault(word, one.id)
                if other != one.id:
                    raise self.fault("evidence.field_word_twice", self.table.lines["fields"], word=word, fields=[other, one.id])

    def field(self, row: Table) -> Field:
        fields.require_keys(row, ["id", "name", "english", "kind"], _FIELD_OPTIONS)
        field_id = fields.text(row, "id")
        if not _ID.match(field_id):
            raise self.fault("evidence.bad_field_id", row.lines["id"], word=field_id)
        kind = FieldKind(fields.one_of(row, "kind", [k.value for k in FieldKind]))
        allowed = _ALWAYS | _FOR_KIND.get(kind, set())
        for key in row:
            if key in _FIELD_OPTIONS and key not in allowed:
                raise self.fault("evidence.option_not_of_kind", row.lines[key], key=key, kind=kind, field=field_id)
        for key in {FieldKind.CODE: ["codes"], FieldKind.IDENTIFIER: ["scheme"]}.get(kind, []):
            if key not in row:
                raise self.fault("rules.missing_key", row.line, key=key)
        decimals = fields.whole(row, "decimals") if "decimals" in row else 0
        if not 0 <= decimals <= _MOST_DECIMALS:
            raise self.fault("evidence.too_many_decimals", row.lines["decimals"], most=_MOST_DECIMALS)
        return Field(
            field_id,
            fields.text(row, "name"),
            fields.text(row, "english"),
            kind,
            fields.truth(row, "required", default=False),
            Sensitivity(fields.one_of(row, "sensitivity", [s.value for s in Sensitivity]))
            if "sensitivity" in row
            else Sensitivity.INTERNAL,
            fields.texts(row, "aliases"),
            self.codes(row, kind),
            fields.one_of(row, "scheme", SCHEMES) if "scheme" in row else None,
            fields.optional_text(row, "unit"),
            decimals,
            self.number(row, "least"),
            self.number(row, "most"),
            fields.whole(row, "max") if "max" in row else LONGEST,
            fields.optional_text(row, "unit_field"),
            "valid_on" in row and fields.one_of(row, "valid_on", ["event", "import"]) == "import",
        )

    def codes(self, row: Table, kind: FieldKind) -> CodeList | None:
        name = fields.text(row, "codes") if kind is FieldKind.CODE else _LISTS.get(kind)
        if name is None:
            return None
        try:
            return load_codes(self.rulebook, name)
        except RuleError as fault:
            if fault.code != "rules.no_such_rule":
                raise
            raise self.fault("evidence.no_such_codes", row.line, codes=name) from fault

    def number(self, row: Table, key: str) -> Decimal | None:
        text = fields.optional_text(row, key)
        try:
            return None if text is None else Decimal(text)
        except InvalidOperation as fault:
            raise self.fault("evidence.bad_limit", row.lines[key], key=key, word=text) from fault

    def key(self, found: tuple[Field, ...]) -> tuple[str, ...]:
        line = self.table.lines["key"]
        names = fields.texts(self.table, "key")
        by_id = {f.id: f for f in found}
        for name in names:
            if name not in by_id:
                raise self.fault("evidence.unknown_field", line, key="key", word=name, known=sorted(by_id))
            if not by_id[name].required or by_id[name].personal:
                raise self.fault("evidence.bad_key_field", line, field=name)
        if not names or len(set(names)) < len(names):
            raise self.fault("rules.missing_key", line, key="key")
        return names

    def named(self, found: tuple[Field, ...], key: str, kinds: tuple[FieldKind, ...]) -> str:
        """The field that `key` names, which must be required, open, and of one of the kinds."""
        name, line = fields.text(self.table, key), self.table.lines[key]
        field = next((f for f in found if f.id == name), None)
        if field is None:
            raise self.fault("evidence.unknown_field", line, key=key, word=name, known=sorted(f.id for f in found))
        if field.kind not in kinds or field.personal or not field.required:
            raise self.fault("evidence.bad_role_field", line, key=key, field=name, kinds=[k.value for k in kinds])
        return name

    def check(self, row: Table, kinds: Mapping[str, Kind]) -> Check:
        fields.require_keys(row, ["id", "holds", "column", "zh", "en"], ["severity"])
        column, holds = fields.text(row, "column"), fields.text(row, "holds")
        if column not in kinds:
            raise self.fault("evidence.unknown_field", row.lines["column"], key="column", word=column, known=sorted(kinds))
        return Check(
            fields.text(row, "id"),
            expression(holds, kinds, self.table.file, row.lines["holds"], self.code_lists),
            "severity" not in row or fields.one_of(row, "severity", ["error", "warning"]) == "error",
            column,
            fields.text(row, "zh"),
            fields.text(row, "en"),
        )

    def derivation(self, row: Table, found: tuple[Field, ...]) -> Derived:
        fields.require_keys(row, ["id", "name", "english", "kind", "by", "of"], ["unit"])
        by, of = fields.text(row, "by"), fields.texts(row, "of")
        if by not in MEASURES:
            raise self.fault("evidence.no_such_measure", row.lines["by"], word=by, known=sorted(MEASURES))
        by_id = {f.id: f for f in found}
        for name in of:
            if name not in by_id or by_id[name].personal:
                raise self.fault("evidence.unknown_field", row.lines["of"], key="of", word=name, known=sorted(by_id))
        measure = MEASURES[by]
        if tuple(by_id[name].kind.value for name in of) not in measure.takes or fields.text(row, "kind") != measure.gives:
            raise self.fault("evidence.measure_does_not_fit", row.line, measure=by, gives=measure.gives, of=list(of))
        kind = FieldKind(measure.gives)
        unit = fields.optional_text(row, "unit")
        made = Field(fields.text(row, "id"), fields.text(row, "name"), fields.text(row, "english"), kind, unit=unit)
        return Derived(made, by, of)

    def retention(self) -> Retention:
        row = fields.inner(self.table, "retention")
        fields.require_keys(row, ["years", "citation"], ["confirmed"])
        citation = fields.inner(row, "citation")
        fields.require_keys(citation, ["doc", "clause"])
        confirmed = fields.truth(row, "confirmed", default=True)
        return Retention(fields.whole(row, "years"), fields.text(citation, "doc"), fields.text(citation, "clause"), confirmed)
