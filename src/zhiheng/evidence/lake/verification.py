"""Do the lake's files still say what they said, and is its log whole?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from zhiheng.base.problem import Problem, Severity
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.journal import Journal
from zhiheng.evidence.lake.table import digest_of, log_entry, opened, paths


def verify(home: Home, register_id: str) -> tuple[Problem, ...]:
    """Every changed or missing entry of a register's log; if there is none, every changed or missing file.

    A log that was changed may name other files, or not open at all, so the files are asked only of a sound one.
    """
    broken = tuple(_log(home, register_id))
    table = None if broken else opened(home, register_id)
    return broken if table is None else tuple(_files(paths(table)))


def _files(files: list[str]) -> Iterator[Problem]:
    for name in files:
        file = Path(name)
        if not file.is_file():
            yield Problem("evidence.lake_file_missing", Severity.ERROR, {}, file=name)
        elif digest_of(file) != file.stem:
            yield Problem("evidence.lake_file_changed", Severity.ERROR, {"expected": file.stem}, file=name)


def _log(home: Home, register_id: str) -> Iterator[Problem]:
    """Entries that are not what the journal or the entry behind them says; one that is changed itself is no witness."""
    imports = Journal(home).entries(register_id)
    told = {e.position: e.log_digest for e in imports if e.position is not None and e.log_digest is not None}
    standing = {int(file.stem) for file in log_entry(home, register_id, 0).parent.glob("*.json")}
    witness = None
    for position in sorted({*standing, *told}, reverse=True):
        file = log_entry(home, register_id, position)
        expected = told.get(position, witness)
        sound = file.is_file() and expected in (None, digest_of(file))
        if not sound:
            yield Problem("evidence.lake_log_changed", Severity.ERROR, {"position": position}, file=str(file))
        witness = _previous(file) if sound else None
        if witness is not None and position - 1 not in standing and position - 1 not in told:
            missing = log_entry(home, register_id, position - 1)
            yield Problem("evidence.lake_log_changed", Severity.ERROR, {"position": position - 1}, file=str(missing))


def _previous(file: Path) -> str | None:
    try:
        for line in file.read_text(encoding="utf-8").splitlines():
            told = json.loads(line).get("commitInfo", {}).get("zhiheng")
            if told:
                return str(json.loads(told)["previous"])
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return None  # damaged: the entry behind it, or the journal, knows its digest
    return None
