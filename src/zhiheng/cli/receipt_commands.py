"""How are the commands about receipts called?"""

from __future__ import annotations

from collections.abc import Callable

from zhiheng.cli.asking import Asking
from zhiheng.cli.record_commands import as_json, engine, home


def add(command: Callable[..., Asking]) -> None:
    """Add the commands; `command(name, words in Chinese, words in English)` makes one."""
    verify = command(
        "verify",
        "核对凭证：签名是不是本单位的，由记录重新计算是否相同",
        "whether a receipt is ours and the records still make what it says",
    )
    verify.names("receipts", nargs="+", metavar="RECEIPT", words=("凭证文件，可写多个", "receipts, one or more"))
    _where(verify)
    as_json(verify)

    explain = command(
        "explain",
        "用文字说明一张凭证：指标、定义、规则、台账、计数、算术、结果",
        "tell the chain of a receipt: indicator, definition, rules, records, counts, arithmetic, result",
    )
    explain.names("receipt", metavar="RECEIPT", words=("凭证文件", "a receipt"))
    explain.option(
        "--plan",
        metavar="FILE",
        words=("规划文件，写出这个指标的目标语句", "a plan, to tell the sentences that set the targets"),
    )
    explain.option(
        "--records",
        action="store_true",
        words=("列出分子、分母背后的每条记录", "list the records behind numerator and denominator"),
    )
    explain.option(
        "--internal",
        action="store_true",
        words=("也显示内部字段；个人信息从不显示", "show internal fields too; personal ones are never shown"),
    )
    _where(explain)
    as_json(explain)


def _where(command: Asking) -> None:
    command.option(
        "--lake",
        metavar="DIR",
        words=(
            "数据湖所在的文件夹，默认是存放台账数据的文件夹里的那个",
            "folder of the lake, by default the one in the folder that keeps the records",
        ),
    )
    home(command)
    engine(command)
    command.option(
        "--key",
        action="append",
        metavar="FILE",
        words=(
            "本单位的公钥文件，可写多次；默认用与台账数据存放在一起的",
            "a public key of ours, may be given again; by default those in keys",
        ),
    )
