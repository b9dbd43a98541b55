#!/usr/bin/env python3
"""Are the vendored files still exactly those of the npm packages that `assets/vendor/README.md` names?

usage: vendor.py            compare digests with the table, and the files with npm
       vendor.py --local    compare digests with the table only (no network)
       vendor.py --fetch    bring the files from npm again; the table's digests decide
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "src/zhiheng/publication/assets/vendor"


@dataclass(frozen=True)
class Vendored:
    """A row of the table: one file, and where it comes from."""

    file: str
    package: str
    version: str
    path: str
    licence: str
    sha256: str


def listed(readme: str) -> list[Vendored]:
    rows = [[c.strip() for c in line.strip().strip("|").split("|")] for line in readme.splitlines() if line.startswith("|")]
    return [Vendored(*row) for row in rows if len(row) == 6 and len(row[5]) == 64]


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def packed(package: str, version: str, into: Path) -> dict[str, bytes]:
    """Files of an npm package, by path inside it."""
    done = subprocess.run(
        ["npm", "pack", "--silent", f"{package}@{version}"], cwd=into, capture_output=True, text=True, check=True
    )
    with tarfile.open(into / done.stdout.strip().splitlines()[-1]) as tar:
        files = (m for m in tar if m.isfile())
        return {m.name.partition("/")[2]: tar.extractfile(m).read() for m in files}  # type: ignore[union-attr]


def local_faults(rows: list[Vendored]) -> list[str]:
    faults = []
    for row in rows:
        path = VENDOR / row.file
        if not path.is_file():
            faults.append(f"{row.file}: missing")
        elif digest(path.read_bytes()) != row.sha256:
            faults.append(f"{row.file}: sha256 is not the one in README.md")
    known = {row.file for row in rows} | {"README.md"}
    return faults + [f"{p.name}: not listed in README.md" for p in sorted(VENDOR.iterdir()) if p.name not in known]


def npm_files(rows: list[Vendored]) -> dict[str, bytes]:
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for package, version in sorted({(r.package, r.version) for r in rows}):
            content = packed(package, version, Path(folder))
            found |= {r.file: content[r.path] for r in rows if (r.package, r.version) == (package, version)}
    return found


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--local", action="store_true")
    ask.add_argument("--fetch", action="store_true")
    args = ask.parse_args()
    rows = listed((VENDOR / "README.md").read_text("utf-8"))
    faults = [] if args.fetch else local_faults(rows)
    if not args.local:
        for file, content in npm_files(rows).items():
            row = next(r for r in rows if r.file == file)
            if digest(content) != row.sha256:
                faults.append(f"{file}: npm has other bytes for {row.package}@{row.version}")
            elif args.fetch:
                (VENDOR / file).write_bytes(content)
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"vendored files: {len(rows)}, faults: {len(faults)}")
    return 1 if faults or not rows else 0


if __name__ == "__main__":
    raise SystemExit(main())
