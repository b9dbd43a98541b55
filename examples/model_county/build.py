"""Writes every form of the model plan from `source`: plan.txt and the answers."""

from __future__ import annotations

from pathlib import Path

import answers
from plantext import plain_text

HERE = Path(__file__).parent


def main() -> None:
    (HERE / "plan.txt").write_text(plain_text(), encoding="utf-8", newline="\n")
    labels = HERE / "labels"
    labels.mkdir(exist_ok=True)
    (labels / "plan.targets.csv").write_text(answers.sheet(answers.target_rows()), encoding="utf-8", newline="\n")
    (labels / "plan.tasks.csv").write_text(answers.sheet(answers.task_rows()), encoding="utf-8", newline="\n")
    (labels / "plan.unscored.csv").write_text(answers.sheet(answers.unscored_rows()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
