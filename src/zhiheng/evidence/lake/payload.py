"""Does the content of a record still make the digest that stands beside it?"""

from __future__ import annotations

from zhiheng.evidence.lake.columns import DIGEST, PERSON
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.reading import known_at
from zhiheng.evidence.registers.model import Register

_DIGITS = 32


def payload_digest(register: Register) -> str:
    """SQL of a record's digest from its fields, as it was made when the record was taken in."""
    said = [f"'{name}=' || \"{name}\"" for name in sorted(field.id for field in register.open_fields)]
    said.append(f"'{PERSON}=' || {PERSON}")
    return f"unhex(substr(sha256(concat_ws(chr(30), {', '.join(said)})), 1, {_DIGITS}))"


def count_of_others(home: Home, register: Register, position: int) -> str:
    """SQL of how many records known at the position have another content than their digest says."""
    return f"select count(*) from ({known_at(home, register, position)}) where {DIGEST} is distinct from {payload_digest(register)}"
