"""The checks of sampling rows as pandera does them, lazily and by columns over pandas: `reference_pandera.py - FILE`.

Of one file alone: nothing is looked up in a lake and nothing is written. Refused and repeated rows must be as many as elsewhere.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

import duckdb
import numpy as np
import pandas as pd
import pandera.pandas as pa
from digests import peak
from reference_import import FIELDS, WORDS
from sampling_rows import sampling_register

AS_OF = pd.Timestamp("2026-11-27")
LENGTHS = {"sample_number": 60, "licence": 60, "trademark": 100, "batch": 100, "value": 100, "limit": 100, "product": 200}
LENGTHS |= {"specification": 200, "item": 200, "sampled_unit": 500, "producer": 500, "laboratory": 500}
REQUIRED = ("programme", "level", "sample_number", "sampled_on", "place", "product", "item", "outcome")
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = np.array([pow(3, n, 31) for n in range(17)])
_VALUES = np.full(128, -1, dtype=np.int64)
_VALUES[[ord(letter) for letter in _ALPHABET]] = range(31)
Series = pd.Series


def _credit_codes(codes: Series) -> Series:
    """Check digits of a column, by arrays."""
    good = codes.str.fullmatch(f"[{_ALPHABET}]{{18}}").fillna(False).to_numpy(bool, copy=True)
    letters = np.array(codes[good].tolist(), dtype="U18").view("U1").reshape(-1, 18)
    found = _VALUES[letters.view(np.uint32).reshape(-1, 18)]
    good[good] = (31 - found[:, :17] @ _WEIGHTS % 31) % 31 == found[:, 17]
    return pd.Series(good, codes.index)


def _dates(texts: Series) -> Series:
    """The usual writing first, the others for what is left."""
    found = pd.to_datetime(texts, format="%Y-%m-%d", errors="coerce")
    rest = texts[found.isna() & texts.notna()]
    plain = rest.str.replace("[年月./]", "-", regex=True).str.rstrip("日")
    plain = plain.str.replace(r"^(\d{4})(\d\d)(\d\d)$", r"\1-\2-\3", regex=True)
    found.loc[rest.index] = pd.to_datetime(plain, format="%Y-%m-%d", errors="coerce")
    return found


def _valid_on(words: pd.DataFrame, texts: Series, days: Series) -> Series:
    """The code that each text means on its day, None where none."""
    rows = pd.DataFrame({"word": texts, "day": days.fillna(AS_OF), "at": np.arange(len(texts))})
    joined = rows.merge(words, on="word")
    joined = joined[(joined["day"] >= joined["start"]) & (joined["day"] < joined["until"])]
    found = np.full(len(texts), None, dtype=object)
    found[joined["at"].to_numpy()] = joined["code"].to_numpy(object)
    return pd.Series(found, texts.index)


def _words() -> dict[str, pd.DataFrame]:
    """Places and industries with their days; far days are ones that pandas can hold."""
    limits = "greatest(start, date '1700-01-01')::timestamp as start, least(until, date '2250-01-01')::timestamp as until"
    with duckdb.connect() as connection:
        connection.execute(WORDS)
        return {
            "place": connection.execute(f"select word, code, {limits} from places").df(),
            "industry": connection.execute(f"select code as word, code, {limits} from industries").df(),
        }


def _typed(texts: pd.DataFrame) -> pd.DataFrame:
    """Values beside the texts they come from (`x_text`)."""
    register, words = sampling_register(), _words()
    frame = texts.apply(lambda column: column.str.strip().replace("", None))
    frame.columns = list(FIELDS)
    for name in ("sampled_on", "reported_on", "programme", "level", "outcome", "sample_outcome", "retest", "place", "industry"):
        frame[f"{name}_text"] = frame[name]
    for name in ("programme", "level", "outcome", "sample_outcome", "retest"):
        codes = register.by_id[name].codes
        assert codes is not None
        frame[name] = frame[name].map({word: c.code for c in codes.codes for word in (c.code, c.name, *c.aliases)})
    for name in ("sampled_on", "reported_on"):
        frame[name] = _dates(frame[name])
    for name in ("place", "industry"):
        frame[name] = _valid_on(words[name], frame[name], frame["sampled_on"])
    for name in ("sampled_unit_code", "producer_code"):
        frame[name] = frame[name].str.upper()
    return frame


def _schema() -> pa.DataFrameSchema:
    columns: dict[str, pa.Column] = {}
    for name in FIELDS:
        checks = [pa.Check.str_length(max_value=LENGTHS[name])] if name in LENGTHS else []
        if name.endswith("_code"):
            checks.append(pa.Check(_credit_codes, name="credit_code"))
        if name == "sampled_on":
            checks.append(pa.Check.in_range(pd.Timestamp("1800-01-01"), AS_OF))
        columns[name] = pa.Column(None, checks, nullable=name not in REQUIRED)
    between: list[tuple[str, Callable[[pd.DataFrame], Series]]] = [
        ("reported_after_sampled", lambda d: ~(d["reported_on"] < d["sampled_on"])),
        (
            "failed_item_fails_sample",
            lambda d: ~((d["outcome"] == "fail") & (d["sample_outcome"] == "pass") & (d["retest"] != "pass")),
        ),
    ]
    for name in ("reported_on", "sample_outcome", "retest", "industry"):
        between.append((f"{name}_read", lambda d, name=name: d[name].notna() | d[f"{name}_text"].isna()))  # type: ignore[misc]
    return pa.DataFrameSchema(columns, checks=[pa.Check(check, name=name, ignore_na=False) for name, check in between])


def main() -> None:
    file = sys.argv[2]
    began = time.perf_counter()
    frame = _typed(pd.read_csv(file, dtype=str, keep_default_na=False))
    faulty: set[int] = set()
    try:
        _schema().validate(frame, lazy=True)
    except pa.errors.SchemaErrors as fault:
        faulty = set(fault.failure_cases["index"].dropna().astype(int))
    sound = frame.loc[~frame.index.isin(faulty), list(FIELDS)]
    alike = sound[sound.duplicated(["programme", "level", "sample_number", "item"], keep=False)]
    again = alike.duplicated(keep=False)
    differing = ~again
    repeated = int(alike[again].duplicated().sum())
    seconds = time.perf_counter() - began
    counts = {"refused": len(faulty) + int(differing.sum()), "repeated": repeated}
    print(json.dumps({"seconds": seconds, "peak": peak(), "counts": counts, "digest": ""}))


if __name__ == "__main__":
    main()
