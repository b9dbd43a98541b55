"""Which indicators does this installation define, and which of the definitions are unsound?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from zhiheng.base.errors import RuleError, UsageError
from zhiheng.flow.knowledge import knowledge
from zhiheng.indicators.definition import IndicatorDefinition
from zhiheng.indicators.loading import definition_ids, load_definition


def definitions(names: Iterable[str] = (), home: Path | None = None) -> tuple[IndicatorDefinition, ...]:
    """The definitions of those indicators (ids, or names as the catalogue knows them), or all; the first fault ends it."""
    rulebook = knowledge(home=home).rulebook
    return tuple(load_definition(rulebook, name) for name in _ids(names, home))


def checked_definitions(
    names: Iterable[str] = (), home: Path | None = None
) -> tuple[tuple[IndicatorDefinition, ...], tuple[RuleError, ...]]:
    """The sound definitions, and the first fault of each that is not."""
    sound, faults = [], []
    rulebook = knowledge(home=home).rulebook
    for name in _ids(names, home):
        try:
            sound.append(load_definition(rulebook, name))
        except RuleError as fault:
            faults.append(fault)
    return tuple(sound), tuple(faults)


def _ids(names: Iterable[str], home: Path | None) -> tuple[str, ...]:
    known = knowledge(home=home)
    defined = definition_ids(known.rulebook)
    found = []
    for name in names:
        match = None if name in defined else known.catalogue.align(name)
        if match is not None and match.indicator not in defined:
            raise UsageError("flow.indicator_not_defined", indicator=name, found=match.name)
        if match is None and name not in defined:
            raise UsageError("flow.no_such_indicator", indicator=name)
        found.append(name if match is None else match.indicator)
    return tuple(dict.fromkeys(found)) or defined
