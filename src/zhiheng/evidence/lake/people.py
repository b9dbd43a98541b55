"""Where are the personal fields of records, apart from the records and erasable?

A record carries a pseudonym, made with a key of the installation from the record's key and its personal fields: the same
record handed in again has the same one. Erasing takes the fields away and leaves a mark, so that the same file handed in
again does not bring them back; digests and receipts of the record stay as they are.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager

from zhiheng.evidence.lake.home import Home, disk_faults

_KEY_BYTES = 32
_AT_ONCE = 500
_SCHEMA = """
create table if not exists people (
    register text not null, pseudonym text not null, key text not null, fields text not null,
    primary key (register, pseudonym)
) without rowid;
create index if not exists people_by_key on people (register, key);
create table if not exists erased (
    register text not null, pseudonym text not null, at text not null, by text not null, why text not null,
    primary key (register, pseudonym)
) without rowid;
"""


def pseudonyms(home: Home, register_id: str, keys: Sequence[str], payloads: Sequence[str]) -> list[str]:
    """A pseudonym for each record: HMAC-SHA256 over register, key and personal fields, 64 hexadecimal digits."""
    secret = _secret(home)
    said = (json.dumps([register_id, key, payload], ensure_ascii=False) for key, payload in zip(keys, payloads, strict=True))
    return [hmac.new(secret, one.encode(), hashlib.sha256).hexdigest() for one in said]


def remember(home: Home, register_id: str, rows: Iterable[tuple[str, str, str]]) -> None:
    """Keep personal fields: rows of key, pseudonym, fields as JSON; those that were erased stay away."""
    with _opened(home) as connection, connection:
        connection.execute("begin immediate")
        connection.executemany(
            "insert or ignore into people (register, key, pseudonym, fields) select ?1, ?2, ?3, ?4 "
            "where not exists (select 1 from erased where register = ?1 and pseudonym = ?3)",
            ((register_id, *row) for row in rows),
        )


def recall(home: Home, register_id: str, wanted: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """Personal fields by pseudonym; those that were erased are not among them."""
    if not home.people.is_file():
        return {}
    found: dict[str, Mapping[str, str]] = {}
    with _opened(home) as connection:
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(part))
            rows = connection.execute(
                f"select pseudonym, fields from people where register = ? and pseudonym in ({marks})", [register_id, *part]
            )
            found |= {pseudonym: json.loads(fields) for pseudonym, fields in rows}
    return found


def erase(home: Home, register_id: str, keys: Sequence[str], by: str, at: str, why: str) -> int:
    """Take away the personal fields of the records of these keys, in all their versions; how many rows went."""
    if not home.people.is_file():
        return 0
    gone = 0
    with _opened(home) as connection:
        with connection:
            connection.execute("begin immediate")
            for key in keys:
                connection.execute(
                    "insert or ignore into erased select register, pseudonym, ?, ?, ? from people where register = ? and key = ?",
                    (at, by, why, register_id, key),
                )
                gone += connection.execute("delete from people where register = ? and key = ?", (register_id, key)).rowcount
        # The bytes are overwritten in the file (secure_delete) and gone from the write-ahead log.
        connection.execute("pragma wal_checkpoint(truncate)")
    return gone


@contextmanager
def _opened(home: Home) -> Iterator[sqlite3.Connection]:
    with disk_faults(home):
        home.root.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(home.people, os.O_RDWR | os.O_CREAT, 0o600)
            os.close(handle)
            with closing(sqlite3.connect(home.people, timeout=30, isolation_level=None)) as connection:
                connection.execute("pragma journal_mode = wal")
                connection.execute("pragma synchronous = full")
                connection.execute("pragma secure_delete = on")
                connection.executescript(_SCHEMA)
                yield connection
        except sqlite3.OperationalError as fault:
            raise OSError(str(fault)) from fault


def _secret(home: Home) -> bytes:
    """The installation's key, made when it is first needed; whoever makes it second uses the first."""
    with disk_faults(home):
        home.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = home.keys / "people.key"
        if not path.is_file():
            fresh = home.keys / f".{os.getpid()}.new"
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as stream:
                stream.write(secrets.token_bytes(_KEY_BYTES))
                stream.flush()
                os.fsync(stream.fileno())
            try:
                os.link(fresh, path)
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
        return path.read_bytes()
