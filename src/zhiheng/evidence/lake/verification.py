"""Do the lake's files still say what they said, and is its log whole?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from zhiheng.base.problem import Problem, Severity
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.journal import ImportState, Journal
from zhiheng.evidence.lake.table import digest_of, log_entry, opened, paths


def verify(home: Home, register_id: str) -> tuple[Problem, ...]:
    """Every file of a register that is missing or says something else than it did, and every broken link of its log."""
    table = opened(home, register_id)
    if table is None:
        return ()
    return (*_files(paths(table)), *_log(home, register_id, table.version()))


def _files(files: list[str]) -> Iterator[Problem]:
    for name in files:
        file = Path(name)
        if not file.is_file():
            yield Problem("evidence.lake_file_missing", Severity.ERROR, {}, file=name)
        elif digest_of(file) != file.stem:
            yield Problem("evidence.lake_file_changed", Severity.ERROR, {"expected": file.stem}, file=name)


def _log(home: Home, register_id: str, last: int) -> Iterator[Problem]:
    """Each entry names the digest of the one before; the journal knows the newest."""
    for position in range(1, last + 1):
        said = _previous(log_entry(home, register_id, position))
        before = log_entry(home, register_id, position - 1)
        if said is not None and (not before.is_file() or digest_of(before) != said):
            yield Problem("evidence.lake_log_changed", Severity.ERROR, {"position": position - 1}, file=str(before))
    for entry in Journal(home).entries(register_id):
        if entry.state is ImportState.TAKEN and entry.position is not None:
            file = log_entry(home, register_id, entry.position)
            if not file.is_file() or digest_of(file) != entry.log_digest:
                yield Problem("evidence.lake_log_changed", Severity.ERROR, {"position": entry.position}, file=str(file))


def _previous(file: Path) -> str | None:
    try:
        for line in file.read_text(encoding="utf-8").splitlines():
            told = json.loads(line).get("commitInfo", {}).get("zhiheng")
            if told:
                return str(json.loads(told)["previous"])
    except (OSError, ValueError, KeyError):
        return None
    return None
