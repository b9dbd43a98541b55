"""What did killed writers leave behind, and how is it put right? Only for who holds the register.

Rests are never part of the lake: a file that no entry of the log names, or an entry that a loss of power tore before anybody
was told of it. Nothing is touched while the log is unsound, for its changed entry might name what looks like a rest.
"""

from __future__ import annotations

import shutil

from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.journal import ImportState, Journal
from zhiheng.evidence.lake.log import files_at, log_entries
from zhiheng.evidence.lake.table import digest_of, log_entry, opened, to_disk
from zhiheng.evidence.lake.verification import log_problems, torn_entry


def settle_open(home: Home, register_id: str) -> bool:
    """Mark what a crash left open, as the lake's log says; whether anything was."""
    journal = Journal(home)
    begun = [entry for entry in journal.entries(register_id) if entry.state is ImportState.BEGUN]
    if not begun:
        return False
    torn = torn_entry(home, register_id)
    if torn is not None:
        torn.rename(torn.with_suffix(".torn"))
        to_disk(torn.parent)
    for entry in begun:
        table = opened(home, register_id)
        position = table.transaction_version(entry.id) if table is not None else None
        state = ImportState.ABANDONED if position is None else ImportState.TAKEN
        digest = None if position is None else digest_of(log_entry(home, register_id, position))
        journal.settle(entry.id, state, position, digest, {})
    return True


def clear_rests(home: Home, register_id: str) -> int:
    """Delete files that no entry of a sound log names; how many."""
    for work in home.scratch.glob(f"{register_id}-*"):
        shutil.rmtree(work, ignore_errors=True)
    folder = home.table(register_id)
    lying = {file.relative_to(folder).as_posix(): file for file in folder.glob("_year=*/*/*.parquet")}
    if not lying or log_problems(home, register_id):
        return 0
    _, named = files_at(log_entries(home, register_id))
    rests = [file for name, file in lying.items() if name not in named]
    for file in rests:
        file.unlink()
    return len(rests)
