"""What do these papers set? Many files on all cores, one file that fails does not hold the others."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from zhiheng.base.errors import ZhihengError
from zhiheng.flow.plan_source import open_plan
from zhiheng.plans.model import Plan

# Starting workers costs about as much as reading this many plans.
_WORTH_WORKERS = 8


@dataclass(frozen=True, slots=True)
class Extracted:
    """A file with its plan, or with the error that kept it from being read."""

    path: Path
    plan: Plan | None
    error: ZhihengError | None = None


def extract_all(paths: Sequence[Path], *, use_aliases: bool = True, workers: int | None = None) -> Iterator[Extracted]:
    """The plans of the files in the order given."""
    count = workers or os.cpu_count() or 1
    if len(paths) < _WORTH_WORKERS or count == 1:
        for path in paths:
            yield _extract(path, use_aliases)
        return
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        chunk = max(1, min(16, len(paths) // (count * 4)))
        yield from pool.map(_extract, paths, [use_aliases] * len(paths), chunksize=chunk)


def _extract(path: Path, use_aliases: bool) -> Extracted:
    try:
        return Extracted(path, open_plan(path, use_aliases=use_aliases))
    except ZhihengError as error:
        return Extracted(path, None, error)
