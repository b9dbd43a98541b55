"""How are the commands of the office called?"""

from __future__ import annotations

from collections.abc import Callable

from zhiheng.cli.asking import Asking
from zhiheng.cli.record_commands import home


def add(command: Callable[..., Asking]) -> None:
    """Add the commands; `command(name, words in Chinese, words in English)` makes one."""
    serve = command("serve", "启动网页工作台", "serve the pages of the office")
    home(serve)
    serve.option("--port", type=int, default=8000, metavar="PORT", words=("端口，默认 8000", "port, 8000 by default"))
    serve.option(
        "--host",
        default="127.0.0.1",
        metavar="HOST",
        words=("监听的地址，默认 127.0.0.1，只有本机能访问", "address to listen on, 127.0.0.1 (this machine only) by default"),
    )
