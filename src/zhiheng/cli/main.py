"""Which command was called, and with which exit code does it end?

Exit codes by family: 0 fine, 1 findings, 2 usage, 3 data, 4 rule, 5 internal. Results go to stdout, problems to stderr.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from importlib import import_module

from zhiheng import __version__
from zhiheng.cli import output

# command → module whose `main(arguments)` answers it
COMMANDS = {name: f"zhiheng.cli.commands.{name}" for name in ("extract", "judge", "check", "template", "run")}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    arguments = parser().parse_args(argv)
    arguments.language = _language()
    output.prepare()
    try:
        return int(import_module(COMMANDS[arguments.command]).main(arguments))
    except BrokenPipeError:  # the reader of our output left (| head)
        output.give_up(sys.stdout)
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        report = import_module("zhiheng.cli.reporting")
        return int(report.report_error(error, arguments.language))


def _language() -> str:
    return "en" if os.environ.get("ZHIHENG_LANG", "zh").lower().startswith("en") else "zh"


def parser() -> argparse.ArgumentParser:
    """All commands with their words."""
    whole = argparse.ArgumentParser(
        prog="zhiheng",
        description="质衡：从规划里的一句话，到证明它的一条记录。From the sentence that promised a number to the record that proves it.",
    )
    whole.add_argument("--version", action="version", version=f"zhiheng {__version__}")
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")

    extract = commands.add_parser("extract", help="读出规划里的指标、任务和承诺 / targets, tasks and promises of a plan")
    extract.add_argument("files", nargs="+", metavar="FILE", help="规划文件 / docx, html, txt, xlsx, plan.json")
    _format(extract, ("table", "json", "xlsx"))
    extract.add_argument("--out", metavar="PATH", help="写入文件或文件夹 / file, or folder for several files")
    extract.add_argument("--no-aliases", action="store_true", help="只按标准名称对应指标 / align official names only")

    judge = commands.add_parser(
        "judge", help="按规划自己公布的完成情况判定上期目标 / judge the predecessor's targets a plan reports"
    )
    judge.add_argument("file", metavar="PLAN")
    _format(judge, ("table", "json"))

    check = commands.add_parser("check", help="列出没读懂的数字和待确认的口径 / numbers not understood, open questions")
    check.add_argument("file", metavar="FILE")
    _format(check, ("table", "json"))

    template = commands.add_parser("template", help="生成填报表 / workbook to be filled in")
    template.add_argument("kind", choices=("figures",))
    template.add_argument("--plan", required=True, metavar="FILE")
    template.add_argument("--out", metavar="FILE", default="figures.xlsx")

    run = commands.add_parser("run", help="规划加数据，出判定、报告和网页 / plan and figures in, verdicts and papers out")
    run.add_argument("--plan", required=True, metavar="FILE")
    run.add_argument("--figures", required=True, metavar="FILE")
    run.add_argument(
        "--as-of", type=_day, default=None, metavar="DAY", help="判定日期，默认今天 / day of judgement, today by default"
    )
    run.add_argument("--out", required=True, metavar="DIR")
    _format(run, ("table", "json"))
    return whole


def _format(command: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    command.add_argument("--format", choices=formats, default=formats[0], help="输出格式 / output")
    command.add_argument("--json", dest="format", action="store_const", const="json", help="即 --format json / short for it")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2027-02-01 / not a day: write 2027-02-01") from fault


if __name__ == "__main__":
    sys.exit(main())
