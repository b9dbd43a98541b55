"""How are the commands about registers and their records called?"""

from __future__ import annotations

from collections.abc import Callable

from zhiheng.cli.asking import Asking


def add(command: Callable[..., Asking]) -> None:
    """Add the commands; `command(name, words in Chinese, words in English)` makes one."""
    _registers(command)


def _registers(command: Callable[..., Asking]) -> None:
    registers = command(
        "registers", "列出、检查台账定义，或生成台账说明", "list, check or describe the registers of the rulebook"
    )
    registers.names(
        "action",
        choices=("list", "check", "docs"),
        words=("list：列出台账；check：检查定义；docs：生成说明", "list them, check their definitions, or describe them"),
    )
    registers.names("names", nargs="*", metavar="REGISTER", words=("台账，可写多个，默认全部", "registers, all by default"))
    registers.option(
        "--out",
        metavar="FILE",
        words=("说明写入的文件，默认显示在终端", "file to write the description to, the terminal by default"),
    )


def home(command: Asking) -> None:
    """The option that says where the installation keeps its records."""
    command.option(
        "--home",
        metavar="DIR",
        words=(
            "存放台账数据的文件夹，默认取环境变量 ZHIHENG_HOME",
            "folder that keeps the records, by default the one that ZHIHENG_HOME names",
        ),
    )
