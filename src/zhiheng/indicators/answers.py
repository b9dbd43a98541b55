"""How are a record's answers to everything that definitions ask told as few whole numbers?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from zhiheng.evidence.registers.model import Register

# Ibis divides by way of doubles: below this the quotient of two whole numbers is exact to its floor.
_MOST = 2**48


class Answers:
    """Answers by name; as numbers the least and the greatest over the records of a subject say whether all of them answer alike."""

    def __init__(self, register: Register, values: Mapping[str, Any]) -> None:
        self.values = values
        self.codes = {name: _codes(register, name, value) for name, value in values.items()}
        self.columns: dict[str, list[str]] = {}
        size = _MOST
        for name in values:
            size *= len(self.codes[name]) + 2
            if size >= _MOST:
                self.columns[f"_answers{len(self.columns)}"] = []
                size = len(self.codes[name]) + 2
            list(self.columns.values())[-1].append(name)

    def coded(self) -> dict[str, Any]:
        """The whole numbers: 0 stands for a missing value, the last digit of each for a value that is not listed."""
        found: dict[str, Any] = {}
        for column, names in self.columns.items():
            total: Any = ibis.literal(0, type="int64")
            for name in names:
                codes = self.codes[name]
                cases = [(self.values[name] == code, number) for number, code in enumerate(codes, 1)]
                digit = ibis.cases((self.values[name].isnull(), 0), *cases, else_=len(codes) + 1)
                total = total * (len(codes) + 2) + digit.cast("int64")
            found[column] = total
        return found

    def digits(self, table: ir.Table) -> Iterator[tuple[str, Any]]:
        """Each name with its digit."""
        for column, names in self.columns.items():
            rest = table[column]
            for name in reversed(names):
                base = len(self.codes[name]) + 2
                yield name, rest % base
                rest = (rest // base).cast("int64")

    def decoded(self, table: ir.Table) -> dict[str, Any]:
        """The answers again."""
        return {
            name: ibis.cases(*((digit == number, ibis.literal(code)) for number, code in enumerate(self.codes[name], 1)))
            for name, digit in self.digits(table)
        }

    def listed(self, table: ir.Table) -> Any:
        """Whether every answer is one of those that have a number."""
        listed: Any = ibis.literal(value=True)
        for name, digit in self.digits(table):
            listed &= digit <= len(self.codes[name])
        return listed


def _codes(register: Register, name: str, value: Any) -> Sequence[Any]:
    """The values that an answer can have."""
    if value.type().is_boolean():
        return (True, False)
    codes = register.field(name).codes
    return [code.code for code in codes.codes] if codes is not None else ()
