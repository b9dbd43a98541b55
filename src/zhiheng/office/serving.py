"""How does the office run on one machine? Tables brought up to date, styles and scripts gathered, the server started."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import django
from django.core.management import call_command

_WORKERS, _THREADS = "2", "4"


def prepared(home: Path) -> None:
    """The installation in the folder is ready to serve: its secret, its tables, its static files; as often as one likes."""
    home.mkdir(parents=True, exist_ok=True)
    os.environ["ZHIHENG_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiheng.office.settings")
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def server(host: str, port: int) -> subprocess.Popen[bytes]:
    """The server of the pages, started; it ends with SIGTERM."""
    where = ["--host", host, "--port", str(port), "--workers", _WORKERS, "--blocking-threads", _THREADS]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", *where, "--no-access-log", "--log-level", "warning"]
    return subprocess.Popen([*command, "zhiheng.office.wsgi:application"])  # noqa: S603 - our own program
