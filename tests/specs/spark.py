"""Spark as the specs ask it: in this program, and by way of a Connect server that is started for the tests."""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

import pytest

from zhiheng.evidence.engines.spark_engine import SparkEngine

CLASSIC, CONNECT = "classic", "connect"
BOTH = (CLASSIC, CONNECT)
# pyspark leaves the closing of its sockets to chance.
MARKS = [pytest.mark.spark, pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")]
_MASTER, _ADDRESS = "local[2]", "127.0.0.1"
_PATIENCE = 90


def spark(kind: str) -> SparkEngine:
    """The engine: a session of this program, or one of a server beside it."""
    # Whatever an installation or a folder of settings around it says, the tests start from nothing.
    os.environ["SPARK_LOCAL_IP"] = _ADDRESS
    return SparkEngine(_MASTER if kind == CLASSIC else connect_server())


@cache
def connect_server() -> str:
    """The address of a Connect server of our own; it ends with the tests."""
    import pyspark

    root = Path(pyspark.__file__).parent
    with socket.socket() as free:
        free.bind((_ADDRESS, 0))
        port = free.getsockname()[1]
    settings = {
        "spark.connect.grpc.binding.address": _ADDRESS,
        "spark.connect.grpc.binding.port": str(port),
        "spark.driver.bindAddress": _ADDRESS,
        "spark.driver.host": _ADDRESS,
        "spark.ui.enabled": "false",
        # A server is set up by others: what makes answers exact has to come with our session.
        "spark.sql.ansi.enabled": "false",
        "spark.sql.session.timeZone": "America/New_York",
        "spark.sql.shuffle.partitions": "8",
    }
    said = tempfile.NamedTemporaryFile(prefix="connect-", suffix=".log")  # noqa: SIM115 - as long as the server
    command = [str(root / "bin" / "spark-submit"), "--master", _MASTER]
    command += ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer"]
    command += [part for name, value in settings.items() for part in ("--conf", f"{name}={value}")]
    environment = {**os.environ, "SPARK_HOME": str(root), "PYSPARK_PYTHON": sys.executable}
    server = subprocess.Popen([*command, "spark-internal"], stdout=said, stderr=said, env=environment)
    atexit.register(_ended, server)
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection((_ADDRESS, port), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return f"sc://{_ADDRESS}:{port}"
    raise RuntimeError(f"the Connect server did not start: {Path(said.name).read_text(encoding='utf-8')[-2000:]}")


def _ended(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()
