"""Which files does the model county consist of? Writes its plan, the answers and the figures from their sources."""

from __future__ import annotations

from pathlib import Path

import answers
import faulty
import reported
from checklist import checklist
from ofdplan import ofd_file
from plantext import plain_text
from webplan import web_page
from wordplan import word_file

HERE = Path(__file__).parent


def files() -> dict[str, bytes]:
    """Content by name below this directory."""
    return {
        "plan.txt": plain_text().encode(),
        "plan.html": web_page().encode(),
        "plan.docx": word_file(),
        "plan.ofd": ofd_file(),
        "FORMS.md": checklist().encode(),
        "figures.xlsx": reported.workbook(),
        "figures_with_errors.xlsx": faulty.workbook(),
        "labels/plan.targets.csv": answers.sheet(answers.target_rows()).encode(),
        "labels/plan.tasks.csv": answers.sheet(answers.task_rows()).encode(),
        "labels/plan.unscored.csv": answers.sheet(answers.unscored_rows()).encode(),
    }


def main() -> None:
    for name, content in files().items():
        path = HERE / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
