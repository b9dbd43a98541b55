"""`zhiheng explain`: the chain of a receipt in words, from the plan's sentence to the result, and the records behind it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from zhiheng.base.canonical_json import Json
from zhiheng.base.errors import UsageError, ZhihengError
from zhiheng.cli.commands.verify import EXIT_CODES
from zhiheng.cli.output import hand_out, stdout
from zhiheng.cli.places import place_words
from zhiheng.cli.receipt_home import receipt_home, receipt_keys
from zhiheng.cli.reporting import report_problems
from zhiheng.cli.tables import print_table
from zhiheng.flow.engine import chosen_engine
from zhiheng.flow.explain import behind_receipt, targets_of
from zhiheng.flow.verify import Verifier
from zhiheng.indicators.behind import Behind, RecordBehind
from zhiheng.publication.masking import masked
from zhiheng.publication.receipts.contract import demand_form
from zhiheng.publication.receipts.outcome import Outcome, Verification, outcome_sentence
from zhiheng.publication.receipts.words import chain, link, moment
from zhiheng.publication.writers.json import record_bytes
from zhiheng.rules.messages import sentence

_HEADS = tuple(f"cli.behind_{name}" for name in ("part", "file", "row"))
_SHOWN = 16


def main(arguments: Namespace) -> int:
    """Tell it; the exit code is that of `zhiheng verify`."""
    path, language = Path(arguments.receipt), arguments.language
    if not path.is_file():
        raise UsageError("cli.no_such_receipt", file=arguments.receipt)
    home = receipt_home(arguments, path)
    verifier = Verifier(home, receipt_keys(arguments, path, home), chosen_engine(arguments.engine))
    found = verifier.verify(path)
    content = demand_form(found.signed)
    standing = _behind(verifier, found, content)
    links = chain(content, language, standing.definition.register if standing else None)
    lines = [*_targets(arguments, content, home.root), *links, *_files(standing, language), *_standing(found, language)]
    if arguments.format == "json":
        records = [_record(one, standing, arguments) for one in standing.records] if standing and arguments.records else []
        hand_out(record_bytes({"outcome": found.outcome.value, "content": content, "chain": lines, "records": records}))
        return EXIT_CODES[found.outcome]
    with stdout() as stream:
        stream.writelines(f"{line}\n" for line in lines)
    report_problems(found.notes, language)
    if arguments.records and standing is not None:
        _print(standing, arguments)
    return EXIT_CODES[found.outcome]


def _behind(verifier: Verifier, found: Verification, content: Json) -> Behind | None:
    """Files and records, where the lake still has them and the receipt is ours."""
    if found.outcome in (Outcome.FOREIGN, Outcome.GONE):
        return None
    try:
        return behind_receipt(verifier, content)
    except (ZhihengError, duckdb.Error):
        if found.outcome is Outcome.EQUAL:
            raise
        return None


def _targets(arguments: Namespace, content: Json, home: Path) -> Iterator[str]:
    if arguments.plan is None:
        return
    plan, targets = targets_of(Path(arguments.plan), content, home)
    name = plan.meta.title or plan.name
    for target in targets:
        place = place_words(target.anchor, arguments.language)
        yield link("target", arguments.language, plan=name, place=place, text=target.context or target.text)
    if not targets:
        yield link("no_target", arguments.language, plan=name)


def _files(standing: Behind | None, language: str) -> Iterator[str]:
    for file in standing.files if standing else ():
        facts = {"name": file.name or file.digest[:_SHOWN], "by": file.by, "at": moment(file.at), "rows": file.rows}
        yield link("file", language, **facts, digest=file.digest[:_SHOWN])


def _standing(found: Verification, language: str) -> Iterator[str]:
    if found.key is None:
        yield link("signature_foreign", language)
    else:
        yield link("signature", language, key=found.key[:_SHOWN])
    yield link("verified", language, said=outcome_sentence(found, language))


def _print(standing: Behind, arguments: Namespace) -> None:
    names = [field.english if arguments.language == "en" else field.name for field in standing.fields]
    rows = [
        [one["part"], one["file"], f"{one['sheet']} {one['row']}".strip(), *one["values"].values()]
        for one in (_record(record, standing, arguments) for record in standing.records)
    ]
    print_table(_HEADS, rows, arguments.language, columns=names)


def _record(record: RecordBehind, standing: Behind, arguments: Namespace) -> dict[str, Any]:
    language = arguments.language
    reason = standing.reason_words(record.reason, language) if record.reason else ""
    return {
        "part": sentence(f"publication.part_{record.part.value}", {"reason": reason}, language),
        "file": standing.file_name(record),
        "sheet": record.sheet,
        "row": record.row,
        "values": {
            field.id: masked(field, record.values[field.id], language, internal=arguments.internal) for field in standing.fields
        },
    }
