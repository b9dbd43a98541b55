"""Is a receipt ours, and do the records still make what it says? Computed again from the lake; nothing else is believed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from zhiheng.base.canonical_json import MOST_BYTES, Json
from zhiheng.base.errors import DataError, RuleError, UsageError, ZhihengError
from zhiheng.base.period import Period
from zhiheng.base.problem import Problem, Severity
from zhiheng.evidence.engines.model import Engine, Source
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.payload import count_of_others
from zhiheng.evidence.lake.table import digest_of, log_entry
from zhiheng.evidence.lake.verification import verify as problems_of
from zhiheng.evidence.registers.model import Register
from zhiheng.flow.engine import chosen_engine
from zhiheng.flow.knowledge import knowledge
from zhiheng.indicators.asking import Asked, PlaceLevel, level_of
from zhiheng.indicators.computing import compute
from zhiheng.indicators.definition import IndicatorDefinition
from zhiheng.indicators.loading import definition_from, load_definition
from zhiheng.indicators.receipt import Receipt
from zhiheng.publication.receipts.comparing import chain_differences, evidence_differences, result_differences
from zhiheng.publication.receipts.contract import demand_form
from zhiheng.publication.receipts.outcome import Outcome, Verification
from zhiheng.publication.receipts.signing import PublicKeys, SignedContent, read_signed, signed_by

_MISSING = "evidence.lake_file_missing"
_SHOWN = 16


@dataclass
class Verifier:
    """Verifies receipts against one installation; a register's files are digested once, however many receipts there are.

    `keys` are those that count as ours. Nothing that a receipt says is ever made into a path.
    """

    home: Home
    keys: PublicKeys
    engine: Engine = field(default_factory=chosen_engine)
    progress: Callable[[str], None] = lambda register: None
    _problems: dict[str, tuple[Problem, ...]] = field(default_factory=dict)

    def verify(self, path: Path) -> Verification:
        """What is to be said of the receipt in the file; `DataError` when it is none."""
        signed = read_receipt(path)
        key = signed_by(signed, self.keys)
        if key is None:
            return Verification(Outcome.FOREIGN, signed, (self._foreign(signed),))
        content = demand_form(signed)
        own = (*_of_the_file(path, signed), *chain_differences(content))
        if own:
            return Verification(Outcome.DIFFERENT, signed, own, key=key)
        gone = tuple(self._gone(content))
        if gone:
            return Verification(Outcome.GONE, signed, gone, key=key)
        return self._computed_again(signed, key)

    def _foreign(self, signed: SignedContent) -> Problem:
        facts = {"key": signed.key[:_SHOWN], "keys": [name[:_SHOWN] for name in self.keys]}
        if not self.keys:
            return Problem("publication.receipt_no_keys", facts=facts)
        code = "publication.receipt_altered" if signed.key in self.keys else "publication.receipt_other_key"
        return Problem(code, facts=facts)

    def _gone(self, content: Json) -> Iterator[Problem]:
        """Why the records can no longer be looked at: those counted, and those that declare them complete."""
        for part in (content["evidence"], content["complete"]):
            if part is not None and part["position"] is not None:
                yield from self._gone_of(part["register"], part["position"])

    def _gone_of(self, register_id: str, position: int) -> Iterator[Problem]:
        newest = _newest(self.home, register_id)
        facts = {"register": register_id, "position": position, "lake": str(self.home.lake)}
        if newest is None:
            yield Problem("publication.receipt_register_gone", facts=facts)
        elif newest < position:
            yield Problem("publication.receipt_position_gone", facts={**facts, "newest": newest})
        else:
            problems = self._of_files(register_id)
            if problems and all(problem.code == _MISSING for problem in problems):
                yield from problems

    def _of_files(self, register_id: str) -> tuple[Problem, ...]:
        if register_id not in self._problems:
            self.progress(register_id)
            try:
                self._problems[register_id] = problems_of(self.home, register_id)
            except DataError as fault:
                self._problems[register_id] = (Problem(fault.code, facts=fault.facts),)
        return self._problems[register_id]

    def _computed_again(self, signed: SignedContent, key: str) -> Verification:
        content = signed.content
        damaged, same_log = self._damaged(content), self._same_log(content)
        try:
            definition, installed = self.definition(content)
            anew = self._content(content, definition, now=False)
        except (RuleError, UsageError) as fault:
            lost = Problem("publication.receipt_definition_lost", facts={"code": fault.code, "facts": _facts(fault)})
            outcome = Outcome.CHANGED if damaged else Outcome.DIFFERENT
            return Verification(outcome, signed, (lost, *damaged), key=key)
        except (DataError, duckdb.Error):
            if not damaged:
                raise
            return Verification(Outcome.CHANGED, signed, tuple(damaged), key=key)
        of_evidence, of_result = list(evidence_differences(content, anew)), list(result_differences(content, anew))
        if damaged or not same_log:
            # Neither names of files nor the log vouch for the content of records, so each is asked for its own digest.
            of_evidence += self._others(definition.register, content["evidence"]["position"])
        reasons = (*of_evidence, *of_result, *damaged)
        if reasons and not same_log:
            # What a record's digest does not cover (derived fields) may be another too, so the receipt is not to blame.
            position = content["evidence"]["position"]
            reasons = (*reasons, Problem("publication.receipt_log_differs", facts={"position": position}))
        # Under the very log that the receipt names, sound files hold what they held: then it is the receipt that says otherwise.
        if reasons and (damaged or not same_log):
            return Verification(Outcome.CHANGED, signed, reasons, key=key)
        if reasons:
            return Verification(Outcome.DIFFERENT, signed, reasons, key=key)
        notes = [*self._notes(content, definition, installed=installed, same_log=same_log)]
        return Verification(Outcome.EQUAL, signed, (), tuple(notes), key)

    def _damaged(self, content: Json) -> list[Problem]:
        found = list(self._of_files(content["evidence"]["register"]))
        complete = content["complete"]
        return found + list(self._of_files(complete["register"]) if complete and complete["position"] is not None else ())

    def _same_log(self, content: Json) -> bool:
        parts = [part for part in (content["evidence"], content["complete"]) if part and part["position"] is not None]
        files = [log_entry(self.home, part["register"], part["position"]) for part in parts]
        return all(file.is_file() and digest_of(file) == part["log_digest"] for file, part in zip(files, parts, strict=True))

    def definition(self, content: Json) -> tuple[IndicatorDefinition, bool]:
        """The definition the receipt was made by, and whether it is the one that is installed.

        The receipt carries it. Where the installed one is another by now, the receipt's own is read again under the registers and
        code lists of today; `RuleError` when that no longer gives what the receipt's digest is of.
        """
        rulebook, wanted = knowledge(home=self.home.root).rulebook, content["definition"]
        with suppress(RuleError):
            installed = load_definition(rulebook, content["indicator"]["id"])
            if installed.digest == wanted["digest"]:
                return installed, True
        carried = definition_from(rulebook, content["indicator"]["id"], wanted["meaning"]["file"])
        if carried.digest != wanted["digest"]:
            raise RuleError("publication.receipt_meaning_changed", indicator=content["indicator"]["id"])
        return carried, False

    def _content(self, content: Json, definition: IndicatorDefinition, *, now: bool) -> Json:
        """What a receipt made from the records says: of the receipt's position, or of now."""
        complete, beside = content["complete"], {}
        if complete is not None and not now:
            beside = {complete["register"]: complete["position"] or 0}
        source = Source(self.home, definition.register, None if now else content["evidence"]["position"], beside)
        (value,) = compute(self.engine, source, (definition,), asked_of(content))
        return Receipt(value).content

    def _others(self, register: Register, position: int) -> Iterator[Problem]:
        with suppress(duckdb.Error), duckdb.connect() as connection:
            ((count,),) = connection.execute(count_of_others(self.home, register, position)).fetchall()
            if count:
                yield Problem("publication.receipt_record_digest", facts={"count": count})

    def _notes(self, content: Json, definition: IndicatorDefinition, *, installed: bool, same_log: bool) -> Iterator[Problem]:
        """The receipt is true of what was known then; what has become of definition, log and value since."""
        evidence = content["evidence"]
        if not installed:
            yield Problem("publication.receipt_definition_changed", Severity.WARNING)
        if not same_log:
            yield Problem("publication.receipt_other_log", Severity.WARNING, {"position": evidence["position"]})
        if _newest(self.home, evidence["register"]) == evidence["position"]:
            return
        with suppress(ZhihengError, duckdb.Error):
            now = self._content(content, definition, now=True)
            if now["evidence"]["rows"] != evidence["rows"] or now["result"] != content["result"]:
                said = now["result"]["printed"] or now["result"]["absence"]
                facts = {"position": now["evidence"]["position"], "printed": said}
                yield Problem("publication.receipt_since", Severity.WARNING, facts)


def read_receipt(path: Path) -> SignedContent:
    """What stands in the file, no more of it than a receipt may have; `DataError` when it is none."""
    with path.open("rb") as stream:
        return read_signed(stream.read(MOST_BYTES + 1))


def asked_of(content: Json) -> Asked:
    """Place and period of a receipt."""
    period = Period(*(date.fromisoformat(content["period"][end]) for end in ("start", "end")))
    place = content["place"]
    return Asked((period,), level_of(place), (place,)) if place else Asked((period,), PlaceLevel.NATION)


def _of_the_file(path: Path, signed: SignedContent) -> Sequence[Problem]:
    """The digest over the content, and the file's name where it is a digest."""
    found = [] if signed.whole else [Problem("publication.receipt_digest_wrong", facts={"digest": signed.digest[:_SHOWN]})]
    name = path.stem
    if len(name) == len(signed.digest) and not set(name) - set("0123456789abcdef") and name != signed.digest:
        facts = {"name": name[:_SHOWN], "digest": signed.digest[:_SHOWN]}
        found.append(Problem("publication.receipt_misnamed", facts=facts))
    return found


def _facts(fault: ZhihengError) -> str:
    return ", ".join(f"{name}={value}" for name, value in fault.facts.items())


def _newest(home: Home, register_id: str) -> int | None:
    """The last position that files of the log tell; a register is looked up among the folders by its name."""
    if not home.lake.is_dir() or register_id not in {folder.name for folder in home.lake.iterdir()}:
        return None
    entries = [
        int(file.stem)
        for file in log_entry(home, register_id, 0).parent.glob("*.json")
        if file.stem.isascii() and file.stem.isdecimal()
    ]
    return max(entries, default=None)
