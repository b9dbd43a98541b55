"""Which Spark session counts, and what is missing where there can be none?

A target is what Spark calls a master (`local[2]`, `spark://host:7077`, `yarn`), for a session in this program, or the address of a Spark
Connect server (`sc://host:15002`). pyspark is an extra of the installation, so it is looked for only when it is asked for.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from zhiheng.base.errors import DataError, UsageError

LOCAL, CONNECT = "local[*]", "sc://"
JAVA_VERSIONS = (17, 21)
_PORT, _PATIENCE = 15002, 10
_DETAIL = 300
# What makes Spark exact or refuse, whatever a cluster has set: no sum that overflows into a missing value, no digits cut off, days
# that are the same in every time zone, names as they are written, no file passed over.
_EXACT: Mapping[str, str] = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "true",
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",
    "spark.sql.files.ignoreCorruptFiles": "false",
    "spark.sql.files.ignoreMissingFiles": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
}
# On one machine: nothing listens beyond it, and a query is not cut into the 200 pieces meant for a cluster.
_ON_THIS_MACHINE: Mapping[str, str] = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "8",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


@cache
def session_of(target: str) -> Any:
    """The session of this process for a target, made when first asked for; `UsageError` with the remedy where it cannot be."""
    module = _module("pyspark.sql.connect.session" if target.startswith(CONNECT) else "pyspark.sql")
    try:
        session = _connected(module, target) if target.startswith(CONNECT) else _started(module, target)
        for name, value in _EXACT.items():
            session.conf.set(name, value)
    except _errors() as fault:
        raise UsageError("evidence.spark_no_session", target=shown(target), detail=detail_of(fault)) from fault
    return session


@contextmanager
def spark_faults(target: str) -> Iterator[None]:
    """What Spark gives up with becomes an error with its sentence; who asks next begins with a new session."""
    try:
        yield
    except _errors() as fault:
        session_of.cache_clear()
        raise DataError("evidence.spark_failed", target=shown(target), detail=detail_of(fault)) from fault


def shown(target: str) -> str:
    """The target without what may be a secret behind it."""
    return target.split(";", 1)[0].rstrip("/")


def detail_of(fault: BaseException) -> str:
    """The first line of what Spark says."""
    lines = [line.strip() for line in str(fault).splitlines() if line.strip()]
    return (lines[0] if lines else type(fault).__name__)[:_DETAIL]


def _module(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as fault:
        raise UsageError("evidence.spark_not_installed", module=fault.name or name, detail=detail_of(fault)) from fault


def _errors() -> tuple[type[BaseException], ...]:
    """What pyspark raises: its own errors, those of Java that it does not translate, those of the connection."""
    return (
        *_optional("pyspark.errors", "PySparkException"),
        *_optional("py4j.protocol", "Py4JError"),
        *_optional("grpc", "RpcError"),
    )


def _optional(module: str, name: str) -> tuple[type[BaseException], ...]:
    try:
        return (getattr(import_module(module), name),)
    except ImportError:
        return ()


def _connected(module: Any, target: str) -> Any:
    """A session of a Connect server. Asked by a plain connection first: Spark itself would try for many minutes."""
    place = urlsplit(target)
    try:
        with socket.create_connection((place.hostname or "localhost", place.port or _PORT), _PATIENCE):
            pass
    except (OSError, ValueError) as fault:
        raise UsageError("evidence.spark_no_session", target=shown(target), detail=detail_of(fault)) from fault
    return module.SparkSession.builder.remote(target).create()


def _started(module: Any, target: str) -> Any:
    """A session whose driver is this program; Java starts with it."""
    found = java_version()
    if found not in JAVA_VERSIONS:
        raise UsageError("evidence.spark_needs_java", found=found, wanted=JAVA_VERSIONS)
    builder = module.SparkSession.builder.master(target).appName("zhiheng")
    for name, value in {**(_ON_THIS_MACHINE if target.startswith("local") else {}), **_EXACT}.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def java_version() -> int | None:
    """The main version of the Java that Spark would start, None where there is none."""
    home = os.environ.get("JAVA_HOME")
    program = Path(home) / "bin" / "java" if home else shutil.which("java")
    if program is None or not os.access(program, os.X_OK):
        return None
    told = subprocess.run([str(program), "-version"], check=False, capture_output=True, text=True)  # noqa: S603 - what Spark starts
    found = re.search(r'version "(\d+)', told.stderr + told.stdout)
    return int(found[1]) if found else None
