"""Does the main job work here? Takes the records of the model county into a lake, computes its figures from them with a signed
receipt each, judges its plan on 1 February 2027 by them and by the figures that were handed in, and says where the papers are.
`OUT` is an installation's folder.

The day is pinned, so the papers are the same whenever this runs; records that are there already are told as unchanged.
"""

from __future__ import annotations

import argparse
import io
import json
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

from records import by_register, files_with_mistakes, record_files, write

from zhiheng.cli.main import main as zhiheng

HERE = Path(__file__).parent
AS_OF = "2027-02-01"
# Codes of this kind are no codes of GB/T 2260: `rulebook/` adds it.
COUNTY, YEARS = "990124", (2024, 2025, 2026)
ZHIHENG = (sys.executable, "-m", "zhiheng.cli.main")
COUNTS = {
    "taken": "新增 new",
    "unchanged": "未变 unchanged",
    "corrected": "更正 corrected",
    "asked": "待核对 asked",
    "refused": "退回 handed back",
    "repeated": "重复 repeated",
}
PAPERS = {
    "report.docx": ("年度监测报告（Word）", "annual monitoring report (Word)"),
    "report.html": (
        "网页报告，点数字可看出处（用浏览器打开）",
        "web report: click a figure for its origin (open in a browser)",
    ),
    "table.xlsx": ("指标判定表，可改后再导入", "table of verdicts, can be corrected and imported again"),
    "plan.json": ("规划的目标、承诺、任务", "targets, commitments and tasks of the plan"),
    "values.json": ("采用的指标数值及来源", "values used, with their sources"),
    "records": ("指标背后的示例记录，见 examples/model_county/EVIDENCE.md", "invented records behind the figures"),
    "lake": ("存放这些记录的数据湖", "the lake that holds these records"),
    "receipts": (
        "由记录计算的每个数的签名凭证，list.csv 是目录，用 zhiheng verify 核对",
        "signed receipts of the values computed from them, told in list.csv; zhiheng verify checks them",
    ),
    "示例数据_有错误的投诉记录.退回.xlsx": (
        "退回的记录，最后一列写明原因，改好后可直接再导入",
        "records handed back, each with its reason",
    ),
    "verdicts.json": ("每个目标的判定和理由", "verdict and reason of every target"),
}


def main() -> int:
    parser = argparse.ArgumentParser(description="青岭县（虚构）示例 / example of a fictional county")
    parser.add_argument("--out", type=Path, default=Path("out/example"), help="输出目录 / directory for the papers")
    out: Path = parser.parse_args().out
    inputs = ["--plan", str(HERE / "plan.docx"), "--figures", str(HERE / "figures.xlsx")]
    failed = import_records(out) or compute_values(out) or judge(out, inputs)
    if failed:
        print(f"示例没有完成（退出码 {failed}），请看上面的说明。", file=sys.stderr)
        print(f"The example did not finish (exit code {failed}); see the messages above.", file=sys.stderr)
        return failed
    print_papers(out.resolve())
    return 0


def import_records(out: Path) -> int:
    """Write the records, take them into the lake of `out`, and have the faulty ones handed back; the exit code."""
    folder = out / "records"
    sound, faulty = record_files(), files_with_mistakes()
    write(folder, [*sound, *faulty])
    shutil.copytree(HERE / "rulebook", out / "rulebook", dirs_exist_ok=True)
    print("\n导入示例记录 / records taken into the lake：")
    for group in (*by_register(sound), *by_register(faulty)):
        register, by = group[0].register, group[0].by
        paths = [str(folder / file.name) for file in group]
        into = ["--home", str(out), "--by", by, "--as-of", AS_OF, "--out", str(out), "--json"]
        # One process for all of them: opening the rulebook costs more than taking in such files.
        with redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")) as printed:
            code = zhiheng(["import", register, *paths, *into])
        # 1: rows were handed back, which is what the faulty file is there for.
        if code not in ((1,) if group[0] in faulty else (0,)):
            return code or 1
        printed.seek(0)
        for told in json.loads(printed.read())["imports"]:
            counts = "，".join(f"{name} {told[key]}" for key, name in COUNTS.items() if told[key] or key == "taken")
            print(f"  {register:<22} {told['file']}：{told['rows']} 行，{counts}")
    return 0


def compute_values(out: Path) -> int:
    """Compute the county's indicators of each year from the lake, with receipts, and verify these; the exit code."""
    years = [word for year in YEARS for word in ("--period", str(year))]
    with redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")):
        code = zhiheng(["compute", *years, "--place", COUNTY, "--receipts", "--home", str(out), "--json"])
        receipts = sorted(str(file) for file in (out / "receipts").glob("*.json"))
        return code or zhiheng(["verify", *receipts, "--home", str(out)])


def judge(out: Path, inputs: list[str]) -> int:
    """Judge the plan by records and figures, in a process of its own as a user would; the exit code."""
    print("\n判定规划 / the plan judged：", flush=True)
    command = [*ZHIHENG, "run", *inputs, "--evidence", str(out), "--as-of", AS_OF, "--out", str(out)]
    return subprocess.run(command, check=False).returncode


def print_papers(out: Path) -> None:
    print(f"\n示例完成：虚构的青岭县，评价日 {AS_OF}，全部为示例数据。文件在 {out}")
    print(f"Example done: fictional Qingling county as of {AS_OF}, all figures invented. The papers are in {out}\n")
    for name, (chinese, english) in PAPERS.items():
        if (out / name).exists():
            print(f"  {out / name}\n      {chinese} / {english}")
    print("\n下一步见 docs/start/快速上手.md。Next: docs/start/first-hour.md.")


if __name__ == "__main__":
    raise SystemExit(main())
