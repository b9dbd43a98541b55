"""What does each entry of a register's log say: who made it when, for which work, and which files came and went?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.table import SUPERSEDES, TOLD, log_entry


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One position: time and author as told by the caller, the import (or compaction), digest of the entry before.

    Files are named as in the log, from the folder of the table; `added` says their size in bytes and their rows, `supersedes` how
    many rows of which files the corrections of the import supersede, None where the entry does not tell.
    """

    position: int
    at: str | None
    by: str | None
    import_id: str | None
    previous: str | None
    added: Mapping[str, tuple[int, int]]
    removed: frozenset[str]
    supersedes: Mapping[str, int] | None = None


def log_entries(home: Home, register_id: str) -> Iterator[LogEntry]:
    """The entries, oldest first; `ValueError` names the file of one that cannot be understood."""
    for file in sorted(log_entry(home, register_id, 0).parent.glob("*.json")):
        if file.stem.isdigit():
            yield read_entry(file)


def read_entry(file: Path) -> LogEntry:
    """One entry; `ValueError` when it is damaged."""
    added: dict[str, tuple[int, int]] = {}
    removed: set[str] = set()
    told: Mapping[str, Any] = {}
    try:
        actions = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        for action in actions:
            if "add" in action:
                one = action["add"]
                rows = json.loads(one.get("stats") or "{}").get("numRecords", 0)
                added[unquote(one["path"])] = (int(one["size"]), int(rows))
            if "remove" in action:
                removed.add(unquote(action["remove"]["path"]))
            told = json.loads(action.get("commitInfo", {}).get(TOLD) or "{}") or told
        if not actions:
            raise ValueError("nothing stands in it")
        said = {name: told.get(name) for name in ("at", "by", "import", "previous")}
        gone = {str(name): int(count) for name, count in told[SUPERSEDES].items()} if SUPERSEDES in told else None
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as fault:
        raise ValueError(f"{file}: {fault}") from fault
    return LogEntry(int(file.stem), said["at"], said["by"], said["import"], said["previous"], added, frozenset(removed), gone)


def files_at(entries: Iterator[LogEntry]) -> tuple[Mapping[str, tuple[int, int]], frozenset[str]]:
    """Files that make up the table after these entries, with size and rows, and all that were ever named."""
    standing: dict[str, tuple[int, int]] = {}
    named: set[str] = set()
    for entry in entries:
        standing = {name: of for name, of in standing.items() if name not in entry.removed} | dict(entry.added)
        named |= {*entry.added, *entry.removed}
    return standing, frozenset(named)
