"""Where does the result of each file go? Known for all of them before any is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from zhiheng.base.errors import UsageError


def destinations(paths: Sequence[Path], out: Path, suffix: str) -> list[Path]:
    """A place for each file: `out` itself for one file, inside `out` where it is a folder or there are several.

    Two files of one stem get their whole names (`plan.txt.plan.json`); two that would still overwrite each other, or
    their own source, are refused.
    """
    if len(paths) == 1 and not out.is_dir():
        found = [out]
    elif out.is_file() or (out.suffix == Path(suffix).suffix and not out.is_dir()):
        raise UsageError("flow.out_is_file", out=str(out), count=len(paths))
    else:
        found = [out / name for name in _names(paths, suffix)]
    sources = {path.resolve() for path in paths}
    for target in found:
        if target.resolve() in sources:
            raise UsageError("flow.target_is_source", file=str(target))
    return found


def _names(paths: Sequence[Path], suffix: str) -> list[str]:
    """By their stems, where those are different even to a disk that does not tell capitals apart."""
    stems = Counter(path.stem.casefold() for path in paths)
    names = [(path.stem if stems[path.stem.casefold()] == 1 else path.name) + suffix for path in paths]
    taken = Counter(name.casefold() for name in names)
    for name in names:
        if taken[name.casefold()] > 1:
            same = [str(path) for path, other in zip(paths, names, strict=True) if other.casefold() == name.casefold()]
            raise UsageError("flow.same_target", files=same, target=name)
    return names
