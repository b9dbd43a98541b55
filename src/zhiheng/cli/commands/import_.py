"""`zhiheng import`: files of a department into a register."""

from __future__ import annotations

import getpass
from argparse import Namespace
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.status import Status

from zhiheng.base.errors import UsageError, ZhihengError
from zhiheng.base.problem import Problem, Severity
from zhiheng.cli.home import home_of
from zhiheng.cli.output import hand_out, say
from zhiheng.cli.reporting import report_error, report_problems, tell
from zhiheng.cli.tables import print_table
from zhiheng.evidence.intake.mapping import ColumnMapping, check_mapping, save_mapping, saved_mapping
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.registers.model import Register
from zhiheng.flow.intake import ImportReport, Order, Progress, import_file, preview
from zhiheng.flow.registers import registers
from zhiheng.plans.serial import problem_record
from zhiheng.publication.writers.json import record_bytes
from zhiheng.rules.messages import problem_sentence, sentence

_SHOWN = 20
_COUNTS = ("taken", "unchanged", "corrected", "asked", "refused", "repeated")


def main(arguments: Namespace) -> int:
    """Import each file; 1 when rows came back, 3 when a file could not be read, though the others were."""
    home = home_of(arguments)
    register = registers([arguments.register], home.root)[0]
    mapping = _mapping(home, register, arguments)
    now = datetime.now(UTC)
    as_of = arguments.as_of or date.today()  # noqa: DTZ011 - the office's own day
    worst, reports = 0, []
    for name in dict.fromkeys(arguments.files):
        path = Path(name)
        order = Order(
            register,
            path,
            mapping,
            arguments.by or getpass.getuser(),
            now,
            as_of,
            arguments.mapping,
            arguments.dry_run,
            _back(path, arguments),
            arguments.language,
        )
        try:
            if arguments.preview:
                _show_preview(order, arguments.language)
                continue
            report = _imported(home, order, arguments.language)
        except ZhihengError as error:
            worst = max(worst, report_error(error, arguments.language))
            continue
        reports.append(report)
        worst = max(worst, 1 if report.refused or report.kept.asked else 0)
        if arguments.format != "json":
            _tell(report, arguments.language)
    if arguments.mapping and _says(arguments) and not arguments.dry_run and worst < UsageError.exit_code:
        path = save_mapping(home.mappings, register, arguments.mapping, mapping)
        tell("cli.mapping_saved", arguments.language, name=arguments.mapping, file=str(path))
    if arguments.format == "json" and not arguments.preview:
        hand_out(record_bytes({"imports": [_record(report, arguments.language) for report in reports]}))
    return worst


def _imported(home: Home, order: Order, language: str) -> ImportReport:
    console = Console(stderr=True)
    with console.status("…") if console.is_terminal else nullcontext() as status:
        return import_file(home, order, _progress(status, order.path.name, language))


def _progress(status: Status | None, file: str, language: str) -> Progress:
    def told(step: str, rows: int) -> None:
        if status is not None:
            status.update(sentence(f"cli.import_{step}", {"file": file, "rows": f"{rows:,}"}, language))

    return told


def _back(path: Path, arguments: Namespace) -> Path | None:
    return None if arguments.dry_run else Path(arguments.out) / f"{path.stem}.退回.xlsx"


def _says(arguments: Namespace) -> bool:
    return bool(arguments.map or arguments.set or arguments.ignore or arguments.word)


def _mapping(home: Home, register: Register, arguments: Namespace) -> ColumnMapping:
    """The saved mapping with what the call says as well."""
    saved = saved_mapping(home.mappings, register, arguments.mapping) if arguments.mapping else None
    if arguments.mapping and saved is None and not _says(arguments):
        raise UsageError("evidence.no_such_mapping", register=register.id, name=arguments.mapping)
    words: dict[str, dict[str, str]] = {}
    for one in arguments.word or ():
        name, _, rest = one.partition("=")
        old, mark, new = rest.partition("=")
        if not mark or not old.strip():
            raise UsageError("cli.word_needs_field", value=one)
        words.setdefault(_field(register, name), {})[old.strip()] = new.strip()
    said = ColumnMapping(
        {header: _field(register, name) for header, name in _pairs(arguments.map, "--map")},
        tuple(arguments.ignore or ()),
        {_field(register, name): value for name, value in _pairs(arguments.set, "--set")},
        words,
    )
    check_mapping(said, register)
    return (saved or ColumnMapping()).widened(said)


def _pairs(given: Iterable[str] | None, option: str) -> Iterable[tuple[str, str]]:
    for one in given or ():
        left, mark, right = one.rpartition("=") if option == "--map" else one.partition("=")
        if not mark or not left.strip() or (option == "--map" and not right.strip()):
            raise UsageError("cli.not_a_pair", option=option, value=one)
        yield left.strip(), right.strip()


def _field(register: Register, name: str) -> str:
    """The id of a field by its id or Chinese or English name."""
    found = next((f.id for f in register.fields if name.strip() in (f.id, f.name, f.english)), None)
    return found or name.strip()


def _show_preview(order: Order, language: str) -> None:
    for sheet, match, rows in preview(order, _SHOWN // 2):
        title = sentence("cli.preview", {"file": order.path.name, "sheet": sheet}, language)
        told = [
            (
                column.header,
                (column.field.english if language == "en" else column.field.name) if column.field else "",
                sentence(f"cli.column_{column.how.value}", {}, language),
                column.perhaps.name if column.perhaps else "",
                next((row[index] for row in rows if row[index]), ""),
            )
            for index, column in enumerate(match.columns)
        ]
        print_table(("cli.column", "cli.field", "cli.column_how", "cli.column_perhaps", "cli.example"), told, language, title)
        if match.lacking:
            say(sentence("cli.preview_lacking", {"fields": [f.name for f in match.lacking]}, language))


def _tell(report: ImportReport, language: str) -> None:
    shown = sorted(report.problems, key=lambda p: p.severity is not Severity.ERROR)[:_SHOWN]
    told = 0
    for problem in shown:
        report_problems([problem], language)
        same = report.words.get((problem.code, problem.column, str(problem.facts.get("value", ""))), 1)
        if same > 1:
            tell("cli.same_word", language, word=problem.facts["value"], count=same)
        told += same
    if sum(report.counts.values()) > told:
        tell("cli.more_findings", language, count=sum(report.counts.values()) - told)
    _print_corrections(report, language)
    code = "cli.import_foreseen" if report.order.dry_run else "cli.import_done"
    say(sentence(code, {"file": report.order.path.name, **_counts(report)}, language))
    if report.kept.position is not None:
        say(sentence("cli.import_position", {"register": report.order.register.id, "position": report.kept.position}, language))
    if report.hand_back is not None:
        say(sentence("cli.import_back", {"file": str(report.hand_back)}, language))


def _print_corrections(report: ImportReport, language: str) -> None:
    if not report.corrections:
        return
    nothing = sentence("cli.nothing", {}, language)
    rows = [
        (one.row, "、".join(one.key.values()), change.field, change.old or nothing, change.new or nothing)
        for one in report.corrections[:_SHOWN]
        for change in one.changes
    ]
    heads = ("cli.row", "cli.record_key", "cli.field", "cli.value_before", "cli.value_now")
    print_table(heads, rows, language, sentence("cli.corrections", {"count": report.kept.corrected}, language))


def _counts(report: ImportReport) -> Mapping[str, int]:
    kept = report.kept
    counts = (kept.new, kept.unchanged, kept.corrected, kept.asked, report.refused, report.repeated)
    return {"rows": report.rows, **dict(zip(_COUNTS, counts, strict=True))}


def _record(report: ImportReport, language: str) -> Mapping[str, Any]:
    return {
        "file": report.order.path.name,
        "digest": report.digest,
        "register": report.order.register.id,
        "import": report.import_id,
        "dry_run": report.order.dry_run,
        "position": report.kept.position,
        **_counts(report),
        "findings": [
            {"severity": severity.value, "code": code, "count": count}
            for (severity, code), count in sorted(report.counts.items())
        ],
        "problems": [_problem(p, language) for p in report.problems],
        "corrections": [
            {
                "key": dict(one.key),
                "row": one.row,
                "changes": [{"field": c.field, "old": c.old, "new": c.new} for c in one.changes],
            }
            for one in report.corrections
        ],
        "hand_back": str(report.hand_back) if report.hand_back else None,
    }


def _problem(problem: Problem, language: str) -> Mapping[str, Any]:
    return {**problem_record(problem), "sentence": problem_sentence(problem, language)}
