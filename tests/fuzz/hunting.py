"""Runs in a process of its own: `python hunting.py KIND SEED SECONDS MOST FOLDER` tries so many unsound papers, or until
the time is over.

The paper at hand lies in FOLDER/paper, so that one that hangs or kills the process is not lost. Ends with 1 and FOLDER/fault when
anything but an error with a sentence of ours comes out.
"""

from __future__ import annotations

import gzip
import json
import resource
import sys
import time
import traceback
from pathlib import Path
from random import Random

from mutating import mutated

from zhiheng.base.errors import ZhihengError
from zhiheng.documents.readers import Limits, read_content
from zhiheng.documents.readers.text import read_text
from zhiheng.documents.tree import Document
from zhiheng.flow.plan_source import compiled, open_plan
from zhiheng.plans.restore import plan_from_json
from zhiheng.plans.serial import plan_json
from zhiheng.rules.messages import strict_sentence

ROOT = Path(__file__).resolve().parents[2]
COUNTY = ROOT / "examples" / "model_county"
FIXTURES = ROOT / "tests" / "fixtures"
MEMORY = 3 * 1024**3
EXTENSIONS = {"old": "doc", "compiler": "txt"}
# Converted by LibreOffice or refused: here only what comes before that.
LIMITS = Limits(office="/no/such/program", pages=300)


def seeds_of(kind: str) -> list[bytes]:
    """Sound papers of the kind."""
    match kind:
        case "json":
            return [plan_json(open_plan(COUNTY / "plan.txt")).encode()]
        case "compiler" | "txt":
            files = [COUNTY / "plan.txt", *sorted(FIXTURES.rglob("*.txt"))]
        case "old":
            files = [p for p in sorted((FIXTURES / "papers").iterdir()) if p.suffix in (".doc", ".xls", ".odt", ".rtf")]
        case _:
            files = [p for folder in (COUNTY, FIXTURES) for p in sorted(folder.rglob(f"*.{kind}"))]
    found = [gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in files]
    return [data for data in found if len(data) < 400_000]


def tried(kind: str, data: bytes) -> None:
    """Read, or compile, what may be anything."""
    name = f"paper.{EXTENSIONS.get(kind, kind)}"
    match kind:
        case "json":
            plan_json(plan_from_json(data.decode("utf-8", "replace"), name))
        case "compiler":
            content = data.decode("utf-8", "replace")
            plan = compiled(read_text(content, name))
            assert plan_from_json(plan_json(plan), name) == plan
        case _:
            looked_at(read_content(data, name, LIMITS))


def looked_at(document: Document) -> None:
    """Every text of the document stands somewhere, and every table has a grid."""
    for text in document.texts():
        anchor = text.anchor()
        assert len(text.folded) == len(text.string)
        assert anchor.start <= anchor.end
    for block in document.blocks:
        getattr(block, "grid", list)()


def main() -> int:
    kind, seed, seconds, most, folder = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]), Path(sys.argv[5])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    seeds = seeds_of(kind)
    assert seeds, kind
    chance, ends, count = Random(seed), time.monotonic() + seconds, 0  # noqa: S311
    while count < most and time.monotonic() < ends:
        data = mutated(kind, seeds, chance)
        (folder / "paper").write_bytes(data)
        try:
            tried(kind, data)
        except ZhihengError as error:
            for language in ("zh", "en"):
                strict_sentence(error.code, error.facts, language)
        except Exception:
            (folder / "fault").write_text(traceback.format_exc(), encoding="utf-8")
            return 1
        count += 1
    (folder / "count").write_text(json.dumps(count), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
