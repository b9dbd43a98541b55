"""Is it told what Spark lacks, with the remedy, and is nothing of it needed where nobody asks for it?"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from zhiheng.base.errors import UsageError
from zhiheng.evidence.engines import spark_session
from zhiheng.evidence.engines.duckdb_engine import DuckDBEngine
from zhiheng.evidence.engines.spark_engine import SparkEngine
from zhiheng.evidence.engines.spark_session import java_version, session_of, shown
from zhiheng.flow.engine import ENGINES, chosen_engine, engine_in
from zhiheng.rules.messages import strict_sentence

JAVA = """#!/bin/sh
echo 'openjdk version "{version}" 2025-04-15' >&2
"""


def told(fault: UsageError) -> str:
    """Both sentences are there; the English one."""
    assert strict_sentence(fault.code, fault.facts, "zh")
    return strict_sentence(fault.code, fault.facts, "en")


def with_java(folder: Path, version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Java of that version in JAVA_HOME."""
    program = folder / "bin" / "java"
    program.parent.mkdir()
    program.write_text(JAVA.format(version=version), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(folder))


def with_pyspark(monkeypatch: pytest.MonkeyPatch) -> None:
    """Modules that can be imported as pyspark's are, and do nothing."""
    for name in ("pyspark", "pyspark.sql", "pyspark.sql.connect", "pyspark.sql.connect.session", "pyspark.errors"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setattr(sys.modules["pyspark.errors"], "PySparkException", RuntimeError, raising=False)


@pytest.mark.parametrize("target", ["local[2]", "sc://localhost:15002"])
def test_without_pyspark_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch, target: str) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    for name in [name for name in sys.modules if name.startswith("pyspark.")]:
        monkeypatch.delitem(sys.modules, name)
    session_of.cache_clear()
    with pytest.raises(UsageError) as caught:
        _ = SparkEngine(target).name
    assert caught.value.code == "evidence.spark_not_installed"
    assert 'pip install "zhiheng[spark]"' in told(caught.value)


@pytest.mark.parametrize(("version", "found"), [("11.0.2", 11), ("1.8.0_392", 1), ("17.0.15", 17), ("21", 21)])
def test_the_version_of_java_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, found: int) -> None:
    with_java(tmp_path, version, monkeypatch)
    assert java_version() == found


@pytest.mark.parametrize("version", ["11.0.2", None])
def test_another_java_or_none_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str | None) -> None:
    with_pyspark(monkeypatch)
    if version is None:
        monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    else:
        with_java(tmp_path, version, monkeypatch)
    session_of.cache_clear()
    with pytest.raises(UsageError) as caught:
        session_of("local[2]")
    assert caught.value.code == "evidence.spark_needs_java"
    assert "17" in told(caught.value)


@pytest.mark.parametrize("target", ["sc://127.0.0.1:1/;token=secret", "sc://127.0.0.1:nonsense"])
def test_a_server_that_is_not_there_is_told_at_once_and_without_its_secret(
    monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    with_pyspark(monkeypatch)
    session_of.cache_clear()
    with pytest.raises(UsageError) as caught:
        session_of(target)
    assert caught.value.code == "evidence.spark_no_session"
    assert "secret" not in told(caught.value)
    assert shown(target) in told(caught.value)


def test_the_installation_says_which_engine_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(engine_in({}), DuckDBEngine)
    assert isinstance(engine_in({"ZHIHENG_ENGINE": " "}), DuckDBEngine)
    spark = engine_in({"ZHIHENG_ENGINE": "spark", "ZHIHENG_SPARK": "sc://cluster"})
    assert isinstance(spark, SparkEngine)
    assert spark.target == "sc://cluster"
    assert isinstance(engine_in({"ZHIHENG_ENGINE": "spark"}, "duckdb"), DuckDBEngine)
    with pytest.raises(UsageError) as caught:
        engine_in({"ZHIHENG_ENGINE": "postgresql"})
    assert all(name in told(caught.value) for name in ENGINES)
    monkeypatch.setenv("ZHIHENG_ENGINE", "spark")
    assert isinstance(chosen_engine(), SparkEngine)
    assert SparkEngine().target == spark_session.LOCAL
