"""`zhiheng serve`: the pages of the office, until interrupted."""

from __future__ import annotations

import signal
from argparse import Namespace

from zhiheng.cli.home import home_of
from zhiheng.cli.reporting import tell
from zhiheng.office.serving import prepared, server


def main(arguments: Namespace) -> int:
    """Bring tables and styles up to date and serve; 0 when told to stop."""
    home, language = home_of(arguments).root, arguments.language
    prepared(home)
    running = server(arguments.host, arguments.port)
    signal.signal(signal.SIGTERM, lambda *_: running.terminate())
    tell("cli.serving", language, address=f"http://{arguments.host}:{arguments.port}", folder=str(home))
    try:
        return 0 if running.wait() in (0, -signal.SIGTERM) else 5
    except KeyboardInterrupt:
        running.terminate()
        running.wait()
        return 0
