"""Which digest does the content of a record make, and does it still make the one that stands beside it?"""

from __future__ import annotations

from zhiheng.evidence.lake.columns import DIGEST, PERSON
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.reading import known_at
from zhiheng.evidence.registers.model import Register

_DIGITS = 32


def payload_digest(register: Register, person: str = PERSON) -> str:
    """SQL of a record's digest from its fields and from `person`, SQL of the pseudonym of its personal ones."""
    said = [f"'{name}=' || \"{name}\"" for name in sorted(field.id for field in register.open_fields)]
    said.append(f"'{PERSON}=' || {person}")
    return f"unhex(substr(sha256(concat_ws(chr(30), {', '.join(said)})), 1, {_DIGITS}))"


def count_of_others(home: Home, register: Register, position: int) -> str:
    """SQL of how many records known at the position have another content than their digest says."""
    return f"select count(*) from ({known_at(home, register, position)}) where {DIGEST} is distinct from {payload_digest(register)}"
