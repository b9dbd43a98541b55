"""Signed receipts of computed values, each under its digest, with what anybody needs to check them beside."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.log import read_entry
from zhiheng.evidence.lake.table import log_entry
from zhiheng.indicators.computed import ComputedValue
from zhiheng.indicators.receipt import Receipt
from zhiheng.publication.receipts.keys import signing_key, written
from zhiheng.publication.receipts.signing import sign
from zhiheng.publication.receipts.verify_receipt import SCRIPT
from zhiheng.publication.writers.placing import put_all

LIST = "list.csv"
_HEADS = ("凭证", "指标", "地区", "起", "止", "结果", "单位")


def issued(home: Home, values: Iterable[ComputedValue]) -> tuple[Path, ...]:
    """A receipt for each value over a register that was ever filled; the files, in the order of the values.

    The same value gets the same file again. `verify_receipt.py`, the public key and a list of all receipts lie beside them.
    """
    receipts = [receipt_of(home, value) for value in values if value.evidence.position is not None and value.rows is not None]
    key = signing_key(home)
    contents = {home.receipts / f"{receipt.digest}.json": sign(receipt.content, key) for receipt in receipts}
    beside = {
        home.receipts / "verify_receipt.py": SCRIPT.read_bytes(),
        home.receipts / "public_key.pem": written(key.public_key()),
        home.receipts / LIST: _listed(home.receipts / LIST, receipts),
    }
    put_all({**contents, **beside})
    return tuple(contents)


def receipt_of(home: Home, value: ComputedValue) -> Receipt:
    """The receipt of a value, with the time at which the lake came to its position."""
    evidence = value.evidence
    at = None if evidence.position is None else read_entry(log_entry(home, evidence.register, evidence.position)).at
    return Receipt(value, at)


def _listed(path: Path, receipts: Iterable[Receipt]) -> bytes:
    """The list as it stands with these receipts in it, for people: which file is which value."""
    rows: dict[str, tuple[str, ...]] = {}
    if path.is_file():
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = {row[0]: tuple(row) for row in csv.reader(stream) if row and row[0] != _HEADS[0]}
    for receipt in receipts:
        value = receipt.value
        shown = value.printed if value.printed is not None else str(value.absence)
        days = (value.period.start.isoformat(), value.period.end.isoformat())
        name = f"{receipt.digest}.json"
        rows[name] = (name, value.definition.indicator.name, value.place, *days, shown, value.unit or "")
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([_HEADS, *sorted(rows.values(), key=lambda row: row[1:])])
    return text.getvalue().encode("utf-8-sig")
