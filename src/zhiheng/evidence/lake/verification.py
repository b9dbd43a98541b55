"""Do the lake's files still say what they said, and is its log whole?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from deltalake.exceptions import DeltaError

from zhiheng.base.problem import Problem, Severity
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.journal import Journal
from zhiheng.evidence.lake.table import digest_of, log_entry, opened, paths


def verify(home: Home, register_id: str) -> tuple[Problem, ...]:
    """Every file of a register that is missing or says something else than it did, and every broken link of its log.

    The log comes first: one that is damaged may not open, and then its files cannot be named.
    """
    broken = tuple(_log(home, register_id))
    try:
        table = opened(home, register_id)
    except DeltaError:
        if broken:
            return broken
        raise
    return (*broken, *_files(paths(table) if table is not None else []))


def _files(files: list[str]) -> Iterator[Problem]:
    for name in files:
        file = Path(name)
        if not file.is_file():
            yield Problem("evidence.lake_file_missing", Severity.ERROR, {}, file=name)
        elif digest_of(file) != file.stem:
            yield Problem("evidence.lake_file_changed", Severity.ERROR, {"expected": file.stem}, file=name)


def _log(home: Home, register_id: str) -> Iterator[Problem]:
    """Each entry names the digest of the one before; the journal knows those of the imports."""
    told: dict[int, set[str]] = {}
    for file in log_entry(home, register_id, 0).parent.glob("*.json"):
        said = _previous(file)
        if said is not None:
            told.setdefault(int(file.stem) - 1, set()).add(said)
    for entry in Journal(home).entries(register_id):
        if entry.position is not None and entry.log_digest is not None:
            told.setdefault(entry.position, set()).add(entry.log_digest)
    for position, digests in sorted(told.items()):
        file = log_entry(home, register_id, position)
        if not file.is_file() or digests != {digest_of(file)}:
            yield Problem("evidence.lake_log_changed", Severity.ERROR, {"position": position}, file=str(file))


def _previous(file: Path) -> str | None:
    try:
        for line in file.read_text(encoding="utf-8").splitlines():
            told = json.loads(line).get("commitInfo", {}).get("zhiheng")
            if told:
                return str(json.loads(told)["previous"])
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return None  # damaged: the entry behind it, or the journal, knows its digest
    return None
