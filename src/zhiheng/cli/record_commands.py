"""How are the commands about registers and their records called?"""

from __future__ import annotations

from collections.abc import Callable

from zhiheng.cli.asking import Asking


def add(command: Callable[..., Asking]) -> None:
    """Add the commands; `command(name, words in Chinese, words in English)` makes one."""
    _registers(command)
    _export(command)


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


def _export(command: Callable[..., Asking]) -> None:
    taking_out = command("export", "把台账记录导出成文件", "records of a register into a file that can be imported again")
    taking_out.names(
        "register", metavar="REGISTER", words=("台账，见 zhiheng registers list", "a register, see zhiheng registers list")
    )
    taking_out.option(
        "--out",
        required=True,
        metavar="FILE",
        words=(
            "写入的文件，格式按扩展名：xlsx、csv、jsonl、parquet",
            "file to write to; its ending says the format: xlsx, csv, jsonl, parquet",
        ),
    )
    taking_out.option(
        "--at",
        type=int,
        metavar="POSITION",
        words=("只要某一版时已知的记录，默认最新", "records as known at that position, by default now"),
    )
    home(taking_out)


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
