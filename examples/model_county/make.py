"""Does the main job work here? Judges the model county's plan on 1 February 2027 and says where the papers are.

The day is pinned, so the papers are the same whenever this runs.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
AS_OF = "2027-02-01"
PAPERS = {
    "report.docx": ("年度监测报告（Word）", "annual monitoring report (Word)"),
    "report.html": (
        "网页报告，点数字可看出处（用浏览器打开）",
        "web report: click a figure for its origin (open in a browser)",
    ),
    "table.xlsx": ("指标判定表，可改后再导入", "table of verdicts, can be corrected and imported again"),
    "plan.json": ("规划的目标、承诺、任务", "targets, commitments and tasks of the plan"),
    "values.json": ("采用的指标数值及来源", "values used, with their sources"),
    "verdicts.json": ("每个目标的判定和理由", "verdict and reason of every target"),
}


def main() -> int:
    parser = argparse.ArgumentParser(description="青岭县（虚构）示例 / example of a fictional county")
    parser.add_argument("--out", type=Path, default=Path("out/example"), help="输出目录 / directory for the papers")
    out: Path = parser.parse_args().out
    inputs = ["--plan", str(HERE / "plan.docx"), "--figures", str(HERE / "figures.xlsx")]
    command = [sys.executable, "-m", "zhiheng.cli.main", "run", *inputs, "--as-of", AS_OF, "--out", str(out)]
    done = subprocess.run(command, check=False)
    if done.returncode:
        print(f"示例没有完成（退出码 {done.returncode}），请看上面的说明。", file=sys.stderr)
        print(f"The example did not finish (exit code {done.returncode}); see the messages above.", file=sys.stderr)
        return done.returncode
    print_papers(out.resolve())
    return 0


def print_papers(out: Path) -> None:
    print(f"\n示例完成：虚构的青岭县，评价日 {AS_OF}，全部为示例数据。文件在 {out}")
    print(f"Example done: fictional Qingling county as of {AS_OF}, all figures invented. The papers are in {out}\n")
    for name, (chinese, english) in PAPERS.items():
        if (out / name).exists():
            print(f"  {out / name}\n      {chinese} / {english}")
    print("\n下一步见 docs/start/快速上手.md。Next: docs/start/first-hour.md.")


if __name__ == "__main__":
    raise SystemExit(main())
