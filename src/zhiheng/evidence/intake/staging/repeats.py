"""Which rows of one file name the same record?

Alike in every value, the first is taken and the others are said to repeat it; with different values none is taken, since
nothing says which is right.
"""

from __future__ import annotations

import duckdb

from zhiheng.evidence.intake.staging.checking import AT, CHECKED, Checked
from zhiheng.evidence.intake.staging.raw_rows import ROW
from zhiheng.evidence.lake.columns import KEY
from zhiheng.evidence.registers.model import Register

REPEATED = "repeated"
SAME, DIFFERS = "same", "differs"
_NAMED = 10


def find_repeats(connection: duckdb.DuckDBPyConnection, register: Register, checked: Checked) -> None:
    """Make the table `repeated`: row, whether it is the same or differs, and the rows that share its key."""
    payload = "hash(" + ", ".join(f'"{field.id}"' for field in register.fields) + ")"
    connection.execute(
        f"create or replace table {REPEATED} as "
        f"with twice as (select {KEY} from {CHECKED} where {checked.sound} group by {KEY} having count(*) > 1), "
        f"found as (select {AT}, {ROW}, {KEY}, {payload} as payload from {CHECKED} semi join twice using ({KEY}) "
        f"where {checked.sound}), "
        f"groups as (select {KEY}, min(payload) <> max(payload) as differs, min({AT}) as first, "
        f"(array_agg({ROW} order by {AT}))[:{_NAMED}] as rows from found group by {KEY}) "
        f"select {AT}, case when differs then '{DIFFERS}' else '{SAME}' end as fate, rows "
        f"from found join groups using ({KEY}) where differs or {AT} <> first"
    )
