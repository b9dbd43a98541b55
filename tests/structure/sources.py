"""Which files make up the project, and which names and words do they hold?"""

from __future__ import annotations

import ast
import shutil
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "zhiheng"
RULEBOOK = SRC / "rulebook"
SHARED = ROOT.parent / "shared"


@lru_cache(maxsize=1)
def modules() -> dict[Path, ast.Module]:
    """Every module of the package, parsed."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SRC.rglob("*.py"))}


def dotted(path: Path) -> str:
    """src/zhiheng/plans/model.py → plans.model"""
    return ".".join(path.relative_to(SRC).with_suffix("").parts)


def strings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and value of every string in the code, docstrings included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


@lru_cache(maxsize=1)
def project_files() -> tuple[Path, ...]:
    """Files of the project that git knows or would add."""
    git = shutil.which("git") if (ROOT / ".git").exists() else None
    if git is None:
        made = {"venv", "out", "build", "dist", "__pycache__"}
        parts = ((p, p.relative_to(ROOT).parts) for p in ROOT.rglob("*"))
        found = [p for p, names in parts if not any(n in made or n.startswith(".") or n.endswith(".egg-info") for n in names)]
    else:
        command = [git, "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
        found = [ROOT / name for name in listed.stdout.split("\0") if name]
    return tuple(sorted(p for p in found if p.is_file()))


def listed(found: object) -> str:
    """Every finding on a line of its own: what a failing test shows."""
    rows = [f"{key}: {value}" for key, value in found.items()] if isinstance(found, dict) else list(found)  # type: ignore[call-overload]
    return "\n".join(["", *map(str, rows)])
