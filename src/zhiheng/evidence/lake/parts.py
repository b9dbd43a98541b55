"""What stands in the parts of a register at a position, and what came and went since an earlier one?

A part is the records of one year. Every version of a record adds to its part from its own position on; a correction takes away what it
supersedes, wherever that lies: the entry of its import in the log says in which files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from zhiheng.evidence.lake.columns import CORRECTS, KEY, KNOWN_FROM, VERSION, YEAR
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.log import LogEntry, files_at, log_entries
from zhiheng.evidence.lake.reading import rows_of
from zhiheng.evidence.lake.table import digest_of, log_entry
from zhiheng.evidence.registers.model import Register

# +1 for a row that stands, -1 for one that stood and does not any more.
SIGN = "_sign"

# Name in the table's folder → size in bytes and time of the last change in nanoseconds.
Stamps = Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Parts:
    """The parts of a register as known at a position that was reached."""

    home: Home
    register: Register
    position: int

    @cached_property
    def _entries(self) -> tuple[LogEntry, ...]:
        return tuple(log_entries(self.home, self.register.id))

    @cached_property
    def _until(self) -> tuple[LogEntry, ...]:
        """The entries of imports up to the position."""
        return tuple(entry for entry in self._entries if entry.position <= self.position and not entry.removed)

    @cached_property
    def _current(self) -> Mapping[str, tuple[int, int]]:
        """The files that can hold rows known at the position: those of its imports, and those that joined some."""
        standing, _ = files_at(iter(self._entries))
        brought = {name for entry in self._until for name in entry.added}
        joined = {name for entry in self._entries if entry.removed for name in entry.added}
        return {name: said for name, said in standing.items() if name in brought or name in joined}

    @property
    def rows(self) -> int:
        """About how many rows stand: those of all imports."""
        return sum(rows for entry in self._until for _, rows in entry.added.values())

    @property
    def years(self) -> tuple[int, ...]:
        """The years that have rows, each a part."""
        return tuple(sorted({_year(name) for entry in self._until for name in entry.added}))

    @cached_property
    def log_digest(self) -> str:
        """The log's entry of the position, in which that of the entry before stands, and so on to the first."""
        return self.log_digest_at(self.position)

    def log_digest_at(self, position: int) -> str:
        """The same of an earlier position; empty for one that the log does not have."""
        file = log_entry(self.home, self.register.id, position)
        return digest_of(file) if file.is_file() else ""

    def stamps(self, year: int) -> Stamps:
        """The files that say what stands in a part: its own, and all that correct; `OSError` when one is gone."""
        return {name: self._stamp(name) for name in self._saying(year)}

    def _saying(self, year: int) -> list[str]:
        return [name for name in self._current if _year(name) == year or _correcting(name)]

    def unchanged(self, year: int, then: Stamps) -> bool:
        """Whether files are what they were, and nothing but imports came to them since."""
        now = self.stamps(year)
        return all(now.get(name) == stamp for name, stamp in then.items())

    def _stamp(self, name: str) -> tuple[int, int]:
        if name not in self._stamps:
            found = (self.home.table(self.register.id) / name).stat()
            self._stamps[name] = (found.st_size, found.st_mtime_ns)
        return self._stamps[name]

    @cached_property
    def _stamps(self) -> dict[str, tuple[int, int]]:
        """Each file is looked at once."""
        return {}

    def began_after(self, year: int, since: int) -> bool:
        """Whether no row of the part was there at the position yet."""
        return all(entry.position > since for entry in self._until for name in entry.added if _year(name) == year)

    def touched_since(self, year: int, since: int) -> bool | None:
        """Whether rows of a part came or went since the position; None when the log cannot tell."""
        touched = False
        for entry in self._until:
            if entry.position <= since:
                continue
            if any(name not in self._current for name in entry.added):
                return None  # joined with others since
            if entry.supersedes is None and any(_correcting(name) for name in entry.added):
                return None
            touched |= any(_year(name) == year for name in (*entry.added, *(entry.supersedes or ())))
        return touched

    def standing(self, years: Iterable[int]) -> str:
        """SQL of the rows that stand in these parts, each with the sign +1."""
        wanted = set(years)
        files = [name for name in self._current if _year(name) in wanted]
        superseded = self._superseding([name for name in self._current if _correcting(name)], 0)
        return (
            f"select *, 1::BIGINT as {SIGN} from ({self._rows(files)}) r anti join ({superseded}) s using ({KEY}, {VERSION}) "
            f"where {KNOWN_FROM} <= {self.position}"
        )

    def changes(self, years: Iterable[int], since: int) -> str:
        """SQL of the rows that came to these parts (+1) and went from them (-1) after the position `since`; the log can tell them."""
        wanted = set(years)
        new = [entry for entry in self._until if entry.position > since]
        came = [name for entry in new for name in entry.added if _year(name) in wanted]
        superseded = self._superseding([name for entry in new for name in entry.added if _correcting(name)], since)
        went = [name for name in self.superseded(years, since) if name not in came]
        return (
            f"select *, 1::BIGINT as {SIGN} from ({self._rows(came)}) r anti join ({superseded}) s using ({KEY}, {VERSION}) "
            f"union all by name select *, -1::BIGINT as {SIGN} from ({self._rows(went)}) r semi join ({superseded}) s "
            f"using ({KEY}, {VERSION})"
        )

    def superseded(self, years: Iterable[int], since: int) -> Mapping[str, int]:
        """How many rows of which files of the parts are superseded by imports after the position."""
        found: Counter[str] = Counter()
        for entry in self._until:
            if entry.position > since:
                found.update({name: count for name, count in (entry.supersedes or {}).items() if _year(name) in set(years)})
        return found

    def went(self, year: int, since: int) -> int:
        """How many rows that stood in the part at the position went since, by the log."""
        new = {name for entry in self._until if entry.position > since for name in entry.added}
        return sum(count for name, count in self.superseded((year,), since).items() if name not in new)

    def _superseding(self, files: Iterable[str], since: int) -> str:
        """SQL of the keys and versions that corrections after a position supersede."""
        return (
            f"select {KEY}, ({VERSION} - 1)::INTEGER as {VERSION} from ({self._rows(files)}) "
            f"where {KNOWN_FROM} > {since} and {KNOWN_FROM} <= {self.position}"
        )

    def _rows(self, files: Iterable[str]) -> str:
        folder = self.home.table(self.register.id)
        return rows_of(self.register, [str(folder / name) for name in sorted(files)])


def _year(name: str) -> int:
    part = PurePosixPath(name).parts[0].removeprefix(f"{YEAR}=")
    return int(part) if part.lstrip("-").isdigit() else 0


def _correcting(name: str) -> bool:
    return f"/{CORRECTS}=true/" in name
