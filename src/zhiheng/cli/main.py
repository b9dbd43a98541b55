"""Which command was called, and with which exit code does it end?

Exit codes by family: 0 fine, 1 findings, 2 usage, 3 data, 4 rule, 5 internal. Results go to stdout, problems to stderr.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from zhiheng import __version__
from zhiheng.cli import office_commands, output, receipt_commands, record_commands
from zhiheng.cli.asking import Asking, day

# command → module whose `main(arguments)` answers it
COMMANDS = {
    name: f"zhiheng.cli.commands.{name}"
    for name in (
        "extract",
        "judge",
        "check",
        "diff",
        "compare",
        "template",
        "run",
        "registers",
        "export",
        "import",
        "lake",
        "indicators",
        "compute",
        "verify",
        "explain",
        "serve",
    )
} | {"import": "zhiheng.cli.commands.import_"}
_KINDS = "docx, pdf, ofd, html, txt, md, xlsx, doc, wps, et, rtf, odt, ods, plan.json"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    language = _language()
    arguments = parser(language).parse_args(argv)
    arguments.language = language
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


def parser(language: str = "zh") -> Asking:
    """All commands with their words."""
    whole = Asking(
        prog="zhiheng",
        language=language,
        description=(
            "From the sentence that promised a number to the record that proves it."
            if language == "en"
            else "质衡：从规划里的一句话，到证明它的一条记录。"
        ),
    )
    version = f"zhiheng {__version__}"
    whole.option("--version", action="version", version=version, words=("显示版本后退出", "show the version and leave"))
    title, metavar = whole.said(("命令", "commands")), whole.said(("命令", "COMMAND"))
    commands = whole.add_subparsers(dest="command", required=True, metavar=metavar, title=title)

    def command(name: str, *words: str) -> Asking:
        said = whole.said((words[0], words[1]))
        return commands.add_parser(name, help=said, description=said, language=language)

    extract = command("extract", "读出规划里的指标、任务和承诺", "targets, tasks and promises of a plan")
    extract.names("files", nargs="+", metavar="FILE", words=(f"规划文件，可写多个：{_KINDS}", f"plans, one or more: {_KINDS}"))
    _format(extract, ("table", "json", "xlsx"))
    extract.option(
        "--out",
        metavar="PATH",
        words=("结果写入的文件；多个规划文件时写文件夹", "file to write to; a folder when there are several plans"),
    )
    extract.option(
        "--no-aliases",
        action="store_true",
        words=("只按标准名称对应指标目录，不用别名", "find indicators in the catalogue by official names only"),
    )

    judge = command("judge", "按规划自己公布的完成情况判定上期目标", "judge the predecessor's targets by what the plan reports")
    judge.names("file", metavar="PLAN", words=(f"规划文件：{_KINDS}", f"plan: {_KINDS}"))
    _format(judge, ("table", "json"))

    check = command(
        "check",
        "列出没读懂的数字、待确认的口径和前后不一致之处",
        "numbers not understood, open questions, and what does not fit together",
    )
    check.names("file", metavar="FILE", words=(f"规划文件：{_KINDS}", f"plan: {_KINDS}"))
    check.option(
        "--organisations",
        metavar="FILE",
        words=(
            "机构名单：xlsx、csv 或 txt，每行一个机构，可有“别名”列；用来核对责任单位",
            "list of organisations (xlsx, csv or txt), one a row, aliases in a column of their own; responsible units are checked against it",
        ),
    )
    _format(check, ("table", "json"))

    diff = command("diff", "比较规划的两个版本", "what changed between two versions of a plan")
    diff.names("old", metavar="OLD", words=(f"旧版规划：{_KINDS}", f"old version: {_KINDS}"))
    diff.names("new", metavar="NEW", words=("新版规划，或下一个规划期的规划", "new version, or the plan of the next term"))
    diff.option(
        "--format",
        choices=("table", "json", "xlsx", "docx", "html"),
        default="table",
        words=(
            "输出格式：在终端显示表格（table）、输出 JSON，或写成 xlsx、docx（带修订标记）、html（左右对照）；默认 table",
            "output: a table on the terminal, JSON, or a file: xlsx, docx (tracked changes), html (side by side); table by default",
        ),
    )
    diff.option(
        "--out", metavar="FILE", words=("结果写入的文件，默认放在当前文件夹", "file to write to, in this folder by default")
    )

    compare = command("compare", "几份规划的指标放在一起对比", "indicators of several plans side by side")
    compare.names("files", nargs="+", metavar="PLAN", words=(f"规划文件，两份以上：{_KINDS}", f"plans, two or more: {_KINDS}"))
    compare.option(
        "--format",
        choices=("table", "json", "xlsx", "html"),
        default="table",
        words=(
            "输出格式：在终端显示表格（table）、输出 JSON，或写成 xlsx、html；默认 table",
            "output: a table on the terminal, JSON, or a file: xlsx, html; table by default",
        ),
    )
    compare.option(
        "--out", metavar="FILE", words=("结果写入的文件，默认放在当前文件夹", "file to write to, in this folder by default")
    )

    template = command("template", "生成发给各部门的填报表", "workbook that departments fill in")
    template.names(
        "kind",
        choices=("figures", "register"),
        words=(
            "figures：指标数据填报表；register：台账填报表",
            "figures: workbook of figures; register: workbook of a register's records",
        ),
    )
    template.names(
        "name", nargs="?", metavar="REGISTER", words=("台账，生成台账填报表时写", "register, for a workbook of records")
    )
    _plan(template, required=False)
    template.option(
        "--out",
        metavar="FILE",
        words=(
            "填报表写入的文件，默认 figures.xlsx 或台账名.xlsx",
            "file to write to, figures.xlsx or the register's name by default",
        ),
    )

    run = command("run", "规划加数据，出判定、报告和网页", "plan and figures or records in, verdicts and papers out")
    _plan(run)
    run.option(
        "--figures",
        metavar="FILE",
        words=("填好的数据填报表：xlsx 或 csv", "workbook of figures, filled in: xlsx or csv"),
    )
    run.option(
        "--evidence",
        metavar="DIR",
        words=(
            "存放台账数据的文件夹，指标由记录计算，并写凭证；可与填报表同用",
            "folder that keeps the records: figures are computed from them, with receipts; together with a workbook or alone",
        ),
    )
    run.option(
        "--place",
        metavar="CODE",
        words=("规划地区的行政区划代码，规划没有写明时用", "code of the plan's place, where the plan does not tell it"),
    )
    run.option(
        "--on",
        type=day,
        metavar="DAY",
        words=("按某日结束时已知的记录计算，默认现在", "compute from what was known at the end of a day, now by default"),
    )
    run.option(
        "--as-of",
        type=day,
        metavar="DAY",
        words=("判定日期，写成 2027-02-01，默认今天", "day of judgement, such as 2027-02-01; today by default"),
    )
    run.option(
        "--out", required=True, metavar="DIR", words=("报告等结果写入的文件夹", "folder for the report and the other papers")
    )
    _format(run, ("table", "json"))

    record_commands.add(command)
    receipt_commands.add(command)
    office_commands.add(command)
    return whole


def _plan(command: Asking, *, required: bool = True) -> None:
    command.option("--plan", required=required, metavar="FILE", words=(f"规划文件：{_KINDS}", f"plan: {_KINDS}"))


def _format(command: Asking, formats: Sequence[str]) -> None:
    words = ("在终端显示表格（table）、输出 JSON", "a table on the terminal, JSON")
    xlsx = (
        ("，或写成可修改的规划表（xlsx）", ", or the plan workbook that can be corrected (xlsx)")
        if "xlsx" in formats
        else ("", "")
    )
    both = (f"输出格式：{words[0]}{xlsx[0]}；默认 table", f"output: {words[1]}{xlsx[1]}; table by default")
    command.option("--format", choices=formats, default=formats[0], words=both)
    command.option(
        "--json", dest="format", action="store_const", const="json", words=("即 --format json", "short for --format json")
    )


if __name__ == "__main__":
    sys.exit(main())
