"""How are the commands about registers and their records called?"""

from __future__ import annotations

from collections.abc import Callable

from zhiheng.cli.asking import Asking, day


def add(command: Callable[..., Asking]) -> None:
    """Add the commands; `command(name, words in Chinese, words in English)` makes one."""
    _registers(command)
    _export(command)
    _import(command)
    _lake(command)
    _indicators(command)
    _compute(command)


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
    as_json(registers)


def _import(command: Callable[..., Asking]) -> None:
    taking = command("import", "把部门的数据文件导入台账", "take files of a department into a register")
    taking.names(
        "register", metavar="REGISTER", words=("台账，见 zhiheng registers list", "a register, see zhiheng registers list")
    )
    taking.names(
        "files",
        nargs="+",
        metavar="FILE",
        words=("数据文件，可写多个：xlsx、csv、tsv、jsonl、parquet", "files, one or more: xlsx, csv, tsv, jsonl, parquet"),
    )
    home(taking)
    taking.option("--by", metavar="WHO", words=("填报单位，默认当前用户名", "who reports, by default the name of the user"))
    taking.option(
        "--mapping",
        metavar="NAME",
        words=(
            "使用已保存的对照方案；与 --map 等一起写时，以这个名称保存",
            "use the mapping saved under this name; together with --map and the like, save it under this name",
        ),
    )
    taking.option(
        "--map",
        action="append",
        metavar="COLUMN=FIELD",
        words=("表中的某列就是台账的某字段", "a column of the table is that field"),
    )
    taking.option(
        "--set",
        action="append",
        metavar="FIELD=VALUE",
        words=("表中没有的字段，各行都取这个值", "value of all rows for a field that the table lacks"),
    )
    taking.option(
        "--word",
        action="append",
        metavar="FIELD=OLD=NEW",
        words=("某字段里的一个写法换成台账的写法", "a word in the column of a field means that word of the register"),
    )
    taking.option("--ignore", action="append", metavar="COLUMN", words=("不导入的列", "a column to leave out"))
    taking.option("--dry-run", action="store_true", words=("只检查，不写入任何内容", "check only, nothing is kept"))
    taking.option(
        "--preview",
        action="store_true",
        words=("只显示各列对应哪个字段和示例值", "only show which column is which field, with an example"),
    )
    taking.option(
        "--as-of",
        type=day,
        metavar="DAY",
        words=(
            "导入日期，写成 2027-02-01，默认今天；晚于它的记录不收",
            "day of the import, such as 2027-02-01; today by default; nothing later is taken",
        ),
    )
    taking.option(
        "--out",
        default=".",
        metavar="DIR",
        words=("退回表写入的文件夹，默认当前文件夹", "folder for the workbook of refused rows, this folder by default"),
    )
    as_json(taking)


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
    taking_out.option(
        "--on",
        type=day,
        metavar="DAY",
        words=("只要某日结束时已知的记录，写成 2027-02-01", "records as known at the end of that day, such as 2027-02-01"),
    )
    home(taking_out)


def _lake(command: Callable[..., Asking]) -> None:
    lake = command(
        "lake",
        "查看、核对、整理已入库的台账数据，或删除个人信息",
        "what is kept, whether it is sound, join its files, or erase personal fields",
    )
    lake.names(
        "action",
        choices=("status", "verify", "compact", "erase"),
        words=(
            "status：现有多少数据；verify：逐个文件核对摘要；compact：合并小文件；erase：删除个人信息",
            "status: what is kept; verify: check every file by its digest; compact: join small files; erase: personal fields",
        ),
    )
    lake.names("names", nargs="*", metavar="REGISTER", words=("台账，可写多个，默认全部", "registers, all by default"))
    home(lake)
    lake.option("--by", metavar="WHO", words=("办理人，默认当前用户名", "who does it, by default the name of the user"))
    lake.option(
        "--prune",
        action="store_true",
        words=("compact：合并后删除已被替代的旧文件", "compact: delete the files that joined ones stand for"),
    )
    lake.option(
        "--key",
        action="append",
        metavar="KEY",
        words=(
            "erase：记录的标识，可写多次；标识由几个字段组成时用 | 隔开",
            "erase: the key of a record, may be given again; | between the fields of a key",
        ),
    )
    lake.option("--why", metavar="REASON", words=("erase：删除的依据，记入台账", "erase: the reason, which is kept"))
    as_json(lake)


def _indicators(command: Callable[..., Asking]) -> None:
    indicators = command(
        "indicators", "列出、检查指标的计算定义，或生成说明", "list, check or describe how indicators are computed"
    )
    indicators.names(
        "action",
        choices=("list", "check", "docs"),
        words=("list：列出指标；check：检查定义；docs：生成说明", "list them, check their definitions, or describe them"),
    )
    _indicator_names(indicators)
    home(indicators)
    indicators.option(
        "--out",
        metavar="FILE",
        words=("说明写入的文件，默认显示在终端", "file to write the description to, the terminal by default"),
    )
    as_json(indicators)


def _compute(command: Callable[..., Asking]) -> None:
    compute = command("compute", "由台账记录计算指标", "compute indicators from the records")
    _indicator_names(compute)
    compute.option(
        "--period",
        action="append",
        metavar="PERIOD",
        words=(
            "时期，可写多次：2026、2026Q1、2026-06、2021-2025",
            "a period, may be given again: 2026, 2026Q1, 2026-06, 2021-2025",
        ),
    )
    compute.option(
        "--place",
        action="append",
        metavar="CODE",
        words=(
            "行政区划代码，可写多次；上级地区含下级地区的记录，默认不分地区",
            "code of a place, may be given again; it takes in the places below it; all records by default",
        ),
    )
    compute.option(
        "--by",
        choices=("province", "city", "county"),
        words=("按省、市、县分别计算", "one value for each province, city or county"),
    )
    home(compute)
    compute.option(
        "--on",
        type=day,
        metavar="DAY",
        words=("按某日结束时已知的记录计算，默认现在", "from records as known at the end of that day, by default now"),
    )
    compute.option(
        "--then",
        type=day,
        metavar="DAY",
        words=(
            "与某日结束时已知的数值对照，并列出造成差别的记录",
            "set beside the value as known at the end of that day, with the records that made the difference",
        ),
    )
    compute.option(
        "--receipts",
        action="store_true",
        words=(
            "为每个数值写一张签名凭证，与台账数据存放在一起",
            "write a signed receipt of each value into the folder receipts",
        ),
    )
    engine(compute)
    as_json(compute)


def _indicator_names(command: Asking) -> None:
    command.names(
        "names",
        nargs="*",
        metavar="INDICATOR",
        words=("指标名称或代号，可写多个，默认全部", "indicators by name or id, all by default"),
    )


def as_json(command: Asking) -> None:
    """The option that asks for JSON instead of a table."""
    command.option(
        "--json", dest="format", action="store_const", const="json", default="table", words=("输出 JSON", "print JSON")
    )


def engine(command: Asking) -> None:
    """The option that says what counts the records."""
    command.option(
        "--engine",
        choices=("duckdb", "spark"),
        words=(
            "由哪个引擎统计记录，默认取环境变量 ZHIHENG_ENGINE，没有时为 duckdb；spark 在环境变量 ZHIHENG_SPARK 指明之处运行",
            "what counts the records; ZHIHENG_ENGINE by default, else duckdb; spark runs where ZHIHENG_SPARK says",
        ),
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
