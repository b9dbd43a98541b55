"""What does Spark answer, on this machine or on a cluster, from the Parquet files of the lake?"""

from __future__ import annotations

import itertools
import re
from typing import Any

import ibis
import ibis.expr.types as ir
from ibis.backends.sql.compilers import PySparkCompiler

from zhiheng.base.errors import DataError
from zhiheng.evidence.engines.model import RECORDS, WORD_DIGITS, WORDS, Row, Source
from zhiheng.evidence.engines.spark_session import LOCAL, session_of, spark_faults
from zhiheng.evidence.lake.columns import KEY, KNOWN_FROM, VERSION, sql_columns
from zhiheng.evidence.lake.home import disk_faults
from zhiheng.evidence.lake.reading import files_of
from zhiheng.evidence.lake.verification import verify
from zhiheng.evidence.registers.model import Register

_VIEWS = itertools.count(1)
_TYPES = {"VARCHAR": "STRING", "BLOB": "BINARY", "INTEGER": "INT", "TIMESTAMP": "TIMESTAMP_NTZ"}
_GLOB = re.compile(r"([\\{}\[\]*?])")


@ibis.udf.scalar.builtin(name="hex")  # type: ignore[untyped-decorator]
def _hexadecimal(data: bytes) -> str:  # type: ignore[empty-body]
    """Two digits a byte."""


@ibis.udf.scalar.builtin(name="conv")  # type: ignore[untyped-decorator]
def _in_base(digits: str, of: int, wanted: int) -> str:  # type: ignore[empty-body]
    """The same number in another base."""


class SparkEngine:
    """Counts where Spark runs: `target` is a master or the address of a Connect server, which must find the lake under the same path."""

    def __init__(self, target: str = LOCAL) -> None:
        self.target = target

    @property
    def name(self) -> str:
        """Name and version, of the server where there is one."""
        with spark_faults(self.target):
            return f"spark {session_of(self.target).version}"

    def rows(self, query: ir.Table, source: Source) -> list[Row]:
        """What the query answers."""
        session = session_of(self.target)
        home, register = source.home, source.register
        with disk_faults(home):
            files, corrections = files_of(home, register)
            view = f"{RECORDS}_{next(_VIEWS)}"
            try:
                with spark_faults(self.target):
                    _known_at(session, source, files, corrections).createOrReplaceTempView(view)
                    try:
                        found: list[Row] = session.sql(spark_sql(query, view)).toArrow().to_pylist()
                    finally:
                        session.catalog.dropTempView(view)
                    return found
            except DataError as fault:
                for problem in verify(home, register.id):
                    raise DataError(problem.code, **{**problem.facts, "file": problem.file}) from fault
                raise

    def words(self, digest: ir.Value) -> tuple[ir.IntegerValue, ...]:
        """By way of the digits, as numbers of base 16."""
        digits: ir.StringValue = _hexadecimal(digest)
        starts = range(0, WORDS * WORD_DIGITS, WORD_DIGITS)
        return tuple(_in_base(digits.substr(start, WORD_DIGITS), 16, 10).cast("int64") for start in starts)


def spark_sql(query: ir.Table, view: str) -> str:
    """The query in the words of Spark, over a view that holds the records."""
    compiler = PySparkCompiler()
    said = compiler.to_sqlglot(query).sql(dialect=compiler.dialect)
    return f"with {RECORDS} as (select * from {view}) select * from ({said})"  # noqa: S608 - names of our own


def _known_at(session: Any, source: Source, files: list[str], corrections: list[str]) -> Any:
    """The records as known at the position: one row a key, the version that stood then, as `known_at` says in SQL."""
    rows = _standing(session, source, files)
    if not corrections:
        return rows
    superseded = _standing(session, source, corrections).selectExpr(KEY, f"{VERSION} - 1 as {VERSION}")
    return rows.join(superseded, [KEY, VERSION], "left_anti")


def _standing(session: Any, source: Source, files: list[str]) -> Any:
    """All versions that were there at the position."""
    schema = _schema(source.register)
    if not files:
        return session.createDataFrame([], schema)
    base = str(source.home.table(source.register.id))
    # A file without a field that the register got only later has it as a missing value.
    rows = session.read.schema(schema).option("basePath", base).parquet(*(_GLOB.sub(r"\\\1", file) for file in files))
    return rows if source.position is None else rows.where(f"{KNOWN_FROM} <= {int(source.position)}")


def _schema(register: Register) -> str:
    """The columns of a register's records in the words of Spark."""
    return ", ".join(f"`{name}` {_TYPES.get(kind, kind)}" for name, kind in sql_columns(register).items())
