"""A year of sampling as known now or at a position, in SQL written by hand: `reference_reading.py LAKE YEAR [POSITION]`."""

from __future__ import annotations

import json
import sys
import time

import duckdb
from digests import peak, table_digest


def main() -> None:
    lake, year, position = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1 << 40
    with duckdb.connect() as connection:
        began = time.perf_counter()
        table = connection.sql(
            f"select * from read_parquet('{lake}/_year={year}/**/*.parquet', hive_partitioning = true) r where _known_from <= {position} "
            "and not exists (select 1 from "
            f"read_parquet('{lake}/*/_corrects=true/*.parquet', hive_partitioning = true) c "
            f"where c._known_from <= {position} and c._key = r._key and c._version = r._version + 1)"
        ).to_arrow_table()
        seconds = time.perf_counter() - began
        print(
            json.dumps({"seconds": seconds, "peak": peak(), "counts": {"rows": table.num_rows}, "digest": table_digest(table)})
        )


if __name__ == "__main__":
    main()
