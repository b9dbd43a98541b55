"""`zhiheng compute`: values of indicators from the records, as known now or on a day, or both with what lies between."""

from __future__ import annotations

from argparse import Namespace

from zhiheng.base.errors import UsageError
from zhiheng.base.period import Period
from zhiheng.cli.home import home_of
from zhiheng.cli.output import hand_out, say
from zhiheng.cli.reporting import tell
from zhiheng.cli.tables import print_table
from zhiheng.evidence.lake.home import Home
from zhiheng.flow.compute import Wanted, compared, computed, long_enough
from zhiheng.flow.engine import chosen_engine
from zhiheng.flow.indicators import definitions
from zhiheng.flow.issue import issued
from zhiheng.indicators.asking import PlaceLevel
from zhiheng.indicators.computed import ComputedValue
from zhiheng.indicators.definition import IndicatorDefinition
from zhiheng.indicators.then_and_now import ThenAndNow
from zhiheng.publication.computed_values import amount_words, computed_records, counted_words, remarks, then_and_now_record
from zhiheng.publication.writers.json import record_bytes
from zhiheng.rules.messages import sentence

_HEADS = tuple(f"cli.computed_{name}" for name in ("indicator", "place", "period", "value", "counted", "remarks"))
_CHANGED = tuple(f"cli.changed_{name}" for name in ("record", "cause", "versions", "counted", "source"))
_KEY_SEPARATOR = "\x1f"


def main(arguments: Namespace) -> int:
    """Print the values; 1 when one of those that were named has none."""
    home, language = home_of(arguments), arguments.language
    wanted = Wanted(
        tuple(_period(text) for text in arguments.period or ()),
        tuple(arguments.place or ()),
        PlaceLevel[arguments.by.upper()] if arguments.by else None,
    )
    wanted.asked()
    found = definitions(arguments.names, home.root)
    if not arguments.names:
        kept = long_enough(found, wanted.periods)
        if len(kept) < len(found):
            tell("cli.computed_too_short", language, count=len(found) - len(kept))
        found = kept
    if arguments.then is not None:
        if arguments.receipts:
            raise UsageError("cli.receipts_of_one_day")
        return _compare(home, found, wanted, arguments)
    values = computed(home, found, wanted, arguments.on, engine=chosen_engine(arguments.engine))
    if arguments.receipts:
        tell("cli.receipts_written", language, count=len(issued(home, values)), folder=str(home.receipts))
    if arguments.format == "json":
        hand_out(record_bytes(computed_records(values)))
    else:
        print_table(_HEADS, [_row(value, language) for value in values], language)
    return 1 if arguments.names and any(value.absence for value in values) else 0


def _period(text: str) -> Period:
    period = Period.parse(text)
    if period is None:
        raise UsageError("cli.no_such_period", found=text)
    return period


def _row(value: ComputedValue, language: str) -> tuple[str, ...]:
    indicator = value.definition.indicator
    return (
        indicator.english if language == "en" else indicator.name,
        _place(value, language),
        value.period.label,
        amount_words(value, language),
        counted_words(value),
        remarks(value, language),
    )


def _place(value: ComputedValue, language: str) -> str:
    """The name of the place as the register's list of codes has it."""
    register = value.definition.register
    if not value.place or register.place is None:
        return sentence("cli.everywhere", {}, language)
    return register.field(register.place).said(value.place)


def _compare(home: Home, found: tuple[IndicatorDefinition, ...], wanted: Wanted, arguments: Namespace) -> int:
    pairs = compared(home, found, wanted, arguments.then, arguments.on, engine=chosen_engine(arguments.engine))
    if arguments.format == "json":
        hand_out(record_bytes({"compared": [then_and_now_record(pair) for pair in pairs]}))
        return 0
    for pair in pairs:
        _print_pair(pair, arguments.language)
    return 0


def _print_pair(pair: ThenAndNow, language: str) -> None:
    now = pair.now
    indicator = now.definition.indicator
    facts = {
        "indicator": indicator.english if language == "en" else indicator.name,
        "place": _place(now, language),
        "period": now.period.label,
        "then": amount_words(pair.then, language),
        "now": amount_words(now, language),
        "count": len(pair.changed),
    }
    say(sentence("cli.then_and_now" if pair.changed else "cli.then_as_now", facts, language))
    if pair.changed:
        rows = [
            (
                record.key.replace(_KEY_SEPARATOR, "|"),
                sentence(f"cli.cause_{record.cause}", {}, language),
                f"{record.version_then or '—'} → {record.version_now or '—'}",
                f"{_counted(record.counted_then, record.held_then, language)} → {_counted(record.counted_now, record.held_now, language)}",
                f"{record.file[:12]} {record.sheet} {record.row}",
            )
            for record in pair.changed
        ]
        print_table(_CHANGED, rows, language)


def _counted(counted: bool, held: bool | None, language: str) -> str:
    word = "not_counted" if not counted else "counted" if held is None else "held" if held else "not_held"
    return sentence(f"cli.record_{word}", {}, language)
