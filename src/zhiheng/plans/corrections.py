"""How does a person correct what was compiled? Records of a plan (`plans.serial`) in, records out; nothing is changed in place.

What a person decides is judged `by_hand`. A correction of a target reaches the mentions that said the same, so that they can serve as
labels. Whatever would break the contract is refused with a `DataError`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator

from zhiheng.base.errors import DataError
from zhiheng.plans.contract import EXTRACT
from zhiheng.plans.form_reading import BY_HAND
from zhiheng.plans.model import Comparator, Modality, Role, Standing, TargetKind
from zhiheng.rules.catalogue import Catalogue

Record = Mapping[str, Any]
Row = dict[str, Any]

PARTS = ("targets", "mentions", "commitments", "tasks")
DIRECTION_OPEN, COUNT_OPEN = "plans.direction_open", "plans.count_convention_open"
_LOW = frozenset({Comparator.AT_LEAST, Comparator.ABOVE})
_HIGH = frozenset({Comparator.AT_MOST, Comparator.BELOW})
# What a mention says with the same words as its target.
_SHARED = ("indicator", "value_low", "value_high", "unit", "year", "basis")
_BESIDE = ("line", "paragraph", "table", "row", "column", "sheet", "note", "page", "box", "char_start", "char_end")
_NUMBERED = re.compile(r"[A-Z](\d{1,6})")


def corrected(record: Record, part: str, id: str, changes: Mapping[str, Any], catalogue: Catalogue | None = None) -> Row:
    """The plan with other values in the fields of one thing."""
    old = item(record, part, id)
    new = {**old, **changes}
    if "catalogue" in old and new["indicator"] != old["indicator"]:
        new["catalogue"] = aligned(new["indicator"], catalogue)
    if part == "mentions":
        new = _bounded(_one_value(old, new, "comparator"), "comparator")
    if part != "targets":
        return _put(record, part, id, [_sound(part, new)])
    new = _one_value(old, new, "comparator_judged")
    if new["comparator_judged"] != old["comparator_judged"]:
        new["judged_by"] = BY_HAND
    new = _sound(part, _target_bounded(new))
    told = {k: (old[k], new[k]) for k in _SHARED if new[k] != old[k]}
    reached = {*old["mentions"]}
    mentions = [_follows(m, told, new["catalogue"]) if m["id"] in reached else m for m in record["mentions"]]
    return _put({**record, "mentions": mentions}, part, id, [new])


def dropped(record: Record, part: str, id: str) -> Row:
    """The plan without one thing; the mentions of a target that is none become background, the numbers of a mention excluded."""
    old = item(record, part, id)
    without = _put(record, part, id, [])
    if part == "targets":
        kept = {m for t in without["targets"] for m in t["mentions"]}
        gone = {*old["mentions"]} - kept
        without["mentions"] = [_background(m) if m["id"] in gone else m for m in record["mentions"]]
    if part == "mentions":
        without["targets"] = [
            {**t, **{key: [m for m in t[key] if m != id] for key in ("mentions", "actuals")}} for t in record["targets"]
        ]
        without["coverage"] = _covered(record, lambda n: _within(n, old), Standing.EXCLUDED, BY_HAND)
    return without


def answered(record: Record, id: str, code: str, answer: str) -> Row:
    """The plan with one question of a target answered."""
    old = item(record, "targets", id)
    if all(q["code"] != code for q in old["questions"]):
        raise DataError("plans.correction_no_question", id=id)
    new = {**old, "questions": [q for q in old["questions"] if q["code"] != code]}
    if code == DIRECTION_OPEN:
        new |= {"comparator_judged": answer, "judged_by": BY_HAND}
    elif code == COUNT_OPEN:
        new["basis"] = answer
        new["comparator_judged"] = Comparator.AT_LEAST.value if old["judged_by"] == "open" else old["comparator_judged"]
    new = _sound("targets", _target_bounded(_sound("targets", new)))
    told = {"basis": (old["basis"], new["basis"])} if new["basis"] != old["basis"] else {}
    mentions = [_follows(m, told, None) if m["id"] in old["mentions"] else m for m in record["mentions"]]
    return _put({**record, "mentions": mentions}, "targets", id, [new])


def merged(record: Record, id: str, into: str) -> Row:
    """The plan with a target that says the same as another taken into that one."""
    if id == into:
        raise DataError("plans.correction_with_itself", id=id)
    gone, kept = item(record, "targets", id), item(record, "targets", into)
    new = {
        **kept,
        "mentions": list(dict.fromkeys((*kept["mentions"], *gone["mentions"]))),
        "actuals": list(dict.fromkeys((*kept["actuals"], *gone["actuals"]))),
        "path": {**gone["path"], **kept["path"]},
        "baseline": kept["baseline"] or gone["baseline"],
    }
    return _put(_put(record, "targets", into, [new]), "targets", id, [])


def split(record: Record, id: str, mentions: Sequence[str]) -> Row:
    """The plan with some of a target's mentions as a target of their own, right behind it."""
    old = item(record, "targets", id)
    chosen = [m for m in old["mentions"] if m in set(mentions)]
    left = [m for m in old["mentions"] if m not in chosen]
    if not chosen or not left:
        raise DataError("plans.correction_split", id=id, mentions=len(old["mentions"]))
    own = target_from(record, item(record, "mentions", chosen[0])) | {"mentions": chosen}
    return _put(record, "targets", id, [{**old, "mentions": left}, _sound("targets", own)])


def promoted(record: Record, mention: str) -> Row:
    """The plan with a target made of one mention."""
    row = {**item(record, "mentions", mention), "role": Role.TARGET.value}
    row["modality"] = row["modality"] or Modality.FIRM.value
    with_role = _put(record, "mentions", mention, [row])
    targets = [{**t, "actuals": [m for m in t["actuals"] if m != mention]} for t in record["targets"]]
    return {**with_role, "targets": [*targets, _sound("targets", target_from(record, row))]}


def number_excluded(record: Record, index: int) -> Row:
    """The plan with a number that is no quantity said to be none."""
    seen = number_at(record, index)
    return {**record, "coverage": _covered(record, lambda n: n is seen, Standing.EXCLUDED, BY_HAND)}


def number_added(
    record: Record, index: int, fields: Mapping[str, Any], context: str, catalogue: Catalogue | None = None
) -> Row:
    """The plan with a mention, and where that is its role a target, made of a number that was not understood."""
    seen = number_at(record, index)
    row = {
        "id": free_id(record["mentions"], "M"),
        **{key: seen[key] for key in _BESIDE},
        "scope": None,
        "text": seen["text"],
        "source": "table" if seen["table"] else "prose",
        "period": None,
        "attribute": None,
        "marks": [],
        "group": None,
        "context": context,
        "modality": Modality.FIRM.value if fields["role"] == Role.TARGET else None,
        **fields,
    }
    row["catalogue"] = aligned(row["indicator"], catalogue)
    row = _sound("mentions", _bounded(row, "comparator"))
    found = {
        **record,
        "mentions": [*record["mentions"], row],
        "coverage": _covered(record, lambda n: n is seen, Standing.MENTION, ""),
    }
    if row["role"] == Role.TARGET:
        found["targets"] = [*record["targets"], _sound("targets", target_from(record, row))]
    return found


def target_added(record: Record, fields: Mapping[str, Any], catalogue: Catalogue | None = None) -> Row:
    """The plan with a target that stands nowhere in its paper, or where nobody can point at it."""
    row = {
        **_empty_target(free_id(record["targets"], "T")),
        **fields,
        "comparator_printed": fields["comparator_judged"],
        "catalogue": aligned(fields["indicator"], catalogue),
    }
    return {**record, "targets": [*record["targets"], _sound("targets", _target_bounded(row))]}


def target_from(record: Record, mention: Record) -> Row:
    """A target that says what one mention says, judged as it is printed."""
    how = mention["comparator"]
    said = {key: mention[key] for key in (*_SHARED, *_BESIDE, "scope", "attribute", "group", "text", "context", "catalogue")}
    return _target_bounded(
        {
            **_empty_target(free_id(record["targets"], "T")),
            **said,
            "comparator_printed": how,
            "comparator_judged": how,
            "modality": mention["modality"] or Modality.FIRM.value,
            "mentions": [mention["id"]],
        }
    )


def item(record: Record, part: str, id: str) -> Row:
    """One thing of a part by its id."""
    for row in record[part] if part in PARTS else ():
        if row["id"] == id:
            found: Row = row
            return found
    raise DataError("plans.correction_unknown", id=id)


def number_at(record: Record, index: int) -> Row:
    """A number of the coverage, counted from 0, that is not understood."""
    numbers = record["coverage"]["numbers"]
    if not 0 <= index < len(numbers) or numbers[index]["standing"] != Standing.NOT_UNDERSTOOD:
        raise DataError("plans.correction_unknown", id=str(index + 1))
    found: Row = numbers[index]
    return found


def free_id(rows: Sequence[Record], letter: str) -> str:
    """The first id behind all numbers that are taken."""
    taken = [int(m[1]) for row in rows if (m := _NUMBERED.fullmatch(row["id"]))]
    return f"{letter}{max(taken, default=0) + 1:03d}"


def aligned(indicator: str, catalogue: Catalogue | None) -> Row | None:
    """Which indicator of the catalogue a phrase names."""
    found = catalogue.align(indicator) if catalogue else None
    if found is None:
        return None
    return {"indicator": found.indicator, "name": found.name, "score": found.score, "reason": found.reason.value}


def _put(record: Record, part: str, id: str, rows: Sequence[Row]) -> Row:
    """The record with these rows in the place of one."""
    return {**record, part: [new for row in record[part] for new in (rows if row["id"] == id else (row,))]}


def _follows(mention: Row, told: Mapping[str, tuple[Any, Any]], catalogue: Any) -> Row:
    """The mention with what its target changed, where it had said the same."""
    new = {**mention, **{key: now for key, (before, now) in told.items() if mention[key] == before}}
    if new["indicator"] != mention["indicator"]:
        new["catalogue"] = catalogue
    return new


def _background(mention: Row) -> Row:
    return {**mention, "role": Role.BACKGROUND.value, "modality": None} if mention["role"] == Role.TARGET else mention


def _within(number: Record, mention: Record) -> bool:
    place = [k for k in _BESIDE if k not in ("char_start", "char_end", "box")]
    return (
        all(number[k] == mention[k] for k in place)
        and mention["char_start"] <= number["char_start"]
        and number["char_end"] <= mention["char_end"]
    )


def _covered(record: Record, which: Callable[[Row], bool], standing: Standing, reason: str) -> Row:
    numbers = [{**n, "standing": standing.value, "reason": reason} if which(n) else n for n in record["coverage"]["numbers"]]
    counts = {s.value: sum(n["standing"] == s for n in numbers) for s in Standing}
    return {**record["coverage"], **counts, "numbers": numbers}


def _one_value(old: Record, new: Row, how: str) -> Row:
    """The row whose two bounds agree where its comparator has one value: the bound that was changed decides."""
    comparator, low, high = Comparator(new[how]), new["value_low"], new["value_high"]
    if comparator is Comparator.RANGE:
        return new
    if comparator in _LOW and low is not None:
        return {**new, "value_high": None if old["value_high"] is None else low}
    if comparator in _HIGH and high is not None:
        return {**new, "value_low": None if old["value_low"] is None else high}
    if low is not None and high is not None and low != high:
        if low != old["value_low"] and high != old["value_high"]:
            raise DataError("plans.correction_two_values", indicator=new["indicator"], low=low, high=high)
        value = low if low != old["value_low"] else high
        return {**new, "value_low": value, "value_high": value}
    return new


def _bounded(row: Row, how: str) -> Row:
    """The row with the bounds that its comparator needs."""
    low, high, comparator = row["value_low"], row["value_high"], Comparator(row[how])
    if comparator is Comparator.ZERO_EVENTS:
        low, high = low or "0", high or "0"
    elif comparator in _LOW:
        low = low or high
    elif comparator in _HIGH:
        high = high or low
    elif comparator is not Comparator.RANGE:
        low, high = low or high, high or low
    if (low is None and comparator not in _HIGH) or (high is None and comparator not in _LOW):
        raise DataError("plans.correction_without_value", indicator=row["indicator"])
    row = {**row, "value_low": low, "value_high": high}
    _sound_values(row)
    if comparator is Comparator.RANGE and Decimal(low) > Decimal(high):
        raise DataError("plans.correction_crossed", low=low, high=high)
    return row


def _target_bounded(row: Row) -> Row:
    row = _bounded(row, "comparator_judged")
    zero = row["comparator_judged"] == Comparator.ZERO_EVENTS
    return {**row, "kind": (TargetKind.ZERO_EVENTS if zero else TargetKind.NUMERIC).value}


def _sound_values(row: Row) -> None:
    for key in ("value_low", "value_high"):
        if row[key] is not None and not re.fullmatch(r"-?[0-9]{1,30}(\.[0-9]{1,9})?", row[key]):
            raise DataError("plans.correction_field", field=key, found=str(row[key])[:40])


def _sound(part: str, row: Row) -> Row:
    """The row, which keeps the contract; else a `DataError` names the field."""
    fault = next(iter(sorted(_validator(part).iter_errors(row), key=lambda f: len(f.absolute_path))), None)
    if fault is not None:
        where = ".".join(map(str, fault.absolute_path)) or part
        raise DataError("plans.correction_field", field=where, found=str(fault.instance)[:40])
    return row


def _empty_target(id: str) -> Row:
    absent = ("line", "char_start", "char_end", "paragraph", "table", "row", "column", "sheet", "note", "page", "box",
              "value_low", "value_high", "unit", "year", "period_start", "direction", "baseline", "scope", "attribute", "group", "catalogue")  # fmt: skip
    return {
        "id": id,
        **dict.fromkeys(absent),
        "kind": TargetKind.NUMERIC.value,
        "judged_by": BY_HAND,
        "modality": Modality.FIRM.value,
        "own": True,
        "path": {},
        "mentions": [],
        "actuals": [],
        "text": "",
        "context": "",
        "questions": [],
    }


@lru_cache(maxsize=8)
def _validator(part: str) -> Draft202012Validator:
    return Draft202012Validator({**EXTRACT["properties"][part]["items"], "$defs": EXTRACT["$defs"]})
