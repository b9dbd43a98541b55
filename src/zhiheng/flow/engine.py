"""Which engine counts records in this installation? As a command names it, else as the environment says, else DuckDB."""

from __future__ import annotations

import os
from collections.abc import Mapping

from zhiheng.base.errors import UsageError
from zhiheng.evidence.engines.duckdb_engine import DuckDBEngine
from zhiheng.evidence.engines.model import Engine
from zhiheng.evidence.engines.spark_engine import SparkEngine
from zhiheng.evidence.engines.spark_session import LOCAL

ENGINE, SPARK = "ZHIHENG_ENGINE", "ZHIHENG_SPARK"
ENGINES = ("duckdb", "spark")


def chosen_engine(name: str | None = None) -> Engine:
    """The engine of that name, by default the one of this installation."""
    return engine_in(os.environ, name)


def engine_in(environment: Mapping[str, str], name: str | None = None) -> Engine:
    """The engine that an environment names; Spark runs where `ZHIHENG_SPARK` says. `UsageError` for a name of none."""
    wanted = name or environment.get(ENGINE, "").strip() or ENGINES[0]
    match wanted:
        case "duckdb":
            return DuckDBEngine()
        case "spark":
            return SparkEngine(environment.get(SPARK, "").strip() or LOCAL)
        case _:
            raise UsageError("flow.unknown_engine", variable=ENGINE, value=wanted, known=ENGINES)
