"""Which registers does this installation have, and which of them are unsound?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from zhiheng.base.errors import RuleError
from zhiheng.evidence.registers.loading import load_register, register_ids
from zhiheng.evidence.registers.model import Register
from zhiheng.flow.knowledge import knowledge


def registers(names: Iterable[str] = (), home: Path | None = None) -> tuple[Register, ...]:
    """The registers of those names, or all, with the layer of the installation at `home`; the first fault ends it."""
    rulebook = knowledge(home=home).rulebook
    return tuple(load_register(rulebook, name) for name in names or register_ids(rulebook))


def checked(names: Iterable[str] = ()) -> tuple[tuple[Register, ...], tuple[RuleError, ...]]:
    """The sound registers, and the first fault of each that is not."""
    sound, faults = [], []
    rulebook = knowledge().rulebook
    for name in names or register_ids(rulebook):
        try:
            sound.append(load_register(rulebook, name))
        except RuleError as fault:
            faults.append(fault)
    return tuple(sound), tuple(faults)
