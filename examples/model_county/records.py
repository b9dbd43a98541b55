"""Which records stand behind the model county's figures? Writes them as the files that offices would hand in.

All of them are invented; EVIDENCE.md says which records make which figure. The same call writes the same bytes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from county_records import air, building, complaints, honours, mistakes, safety, sampling, survey, units, water
from county_records.files import RecordFile

THEMES = (units, sampling, complaints, air, water, building, honours, safety, survey)


def record_files() -> list[RecordFile]:
    """All files with sound records."""
    return [file for theme in THEMES for file in theme.files()]


def files_with_mistakes() -> list[RecordFile]:
    """Files whose rows are handed back to be mended."""
    return mistakes.files()


def by_register(found: list[RecordFile]) -> list[list[RecordFile]]:
    """The files of each register together, in the order in which they come."""
    groups: dict[str, list[RecordFile]] = {}
    for file in found:
        groups.setdefault(file.register, []).append(file)
    return list(groups.values())


def write(folder: Path, found: list[RecordFile]) -> None:
    """Write the files into the folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in found:
        (folder / file.name).write_bytes(file.content())


def main() -> None:
    parser = argparse.ArgumentParser(description="青岭县（虚构）的示例记录 / records of a fictional county")
    parser.add_argument("--out", type=Path, default=Path("out/example/records"), help="输出目录 / directory")
    out: Path = parser.parse_args().out
    found = record_files()
    write(out, [*found, *files_with_mistakes()])
    for file in found:
        print(f"{file.rows:>7}  {file.register:<24} {out / file.name}")


if __name__ == "__main__":
    main()
