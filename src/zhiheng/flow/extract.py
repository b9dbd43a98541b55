"""What do these papers set? Many files on all cores, one file that fails does not hold the others."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from zhiheng.base.errors import InternalError, ZhihengError
from zhiheng.documents.readers import Limits
from zhiheng.flow import settings
from zhiheng.flow.plan_source import open_plan
from zhiheng.plans.model import Plan

# Starting workers costs about as much as reading this many plans.
_WORTH_WORKERS = 8


@dataclass(frozen=True, slots=True)
class Extracted:
    """A file with its plan, or with the error that kept it from being read; of a fault of ours, `trace` says where."""

    path: Path
    plan: Plan | None
    error: ZhihengError | None = None
    trace: str = ""


def extract_all(paths: Sequence[Path], *, use_aliases: bool = True, workers: int | None = None) -> Iterator[Extracted]:
    """The plans of the files in the order given."""
    count, limits = workers or os.cpu_count() or 1, settings.limits()
    if len(paths) < _WORTH_WORKERS or count == 1:
        for path in paths:
            yield _extract(path, use_aliases, limits)
        return
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        chunk = max(1, min(16, len(paths) // (count * 4)))
        same = ([use_aliases] * len(paths), [limits] * len(paths))
        yield from pool.map(_extract, paths, *same, chunksize=chunk)


def _extract(path: Path, use_aliases: bool, limits: Limits) -> Extracted:
    try:
        return Extracted(path, open_plan(path, use_aliases=use_aliases, limits=limits))
    except ZhihengError as error:
        return Extracted(path, None, error)
    except Exception as fault:  # a fault of ours in one paper is told with its name, and the others go on
        return Extracted(path, None, internal_error(path, fault), "".join(traceback.format_exception(fault)))


def internal_error(path: Path, fault: Exception) -> InternalError:
    """A fault of ours that one paper brought to light."""
    return InternalError("flow.internal_file", file=str(path), kind=type(fault).__name__)
