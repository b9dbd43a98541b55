"""How is the chain of a receipt told: from the indicator by definition, rules, records and counts to the result?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from zhiheng.base.canonical_json import Json
from zhiheng.evidence.lake.positions import office_minute
from zhiheng.evidence.registers.model import Register
from zhiheng.publication.receipts.outcome import harmless, subject
from zhiheng.rules.messages import sentence

_SHOWN = 16


def chain(content: Json, language: str, register: Register | None = None) -> Iterator[str]:
    """Every link; the content must have the form of a receipt. Where the register is known, fields and codes are
    told by name."""
    tell = _Teller(content, language, register)
    for links in (tell.definition, tell.rules, tell.evidence, tell.counts, tell.arithmetic, tell.approvals):
        yield from links()


def link(name: str, language: str, /, **facts: object) -> str:
    """One link of the chain."""
    return harmless(sentence(f"publication.chain_{name}", facts, language))


class _Teller:
    def __init__(self, content: Json, language: str, register: Register | None) -> None:
        self.content = content
        self.register = register
        self.language = language

    def say(self, name: str, /, **facts: object) -> str:
        return link(name, self.language, **facts)

    def both(self, part: Mapping[str, str]) -> str:
        return part["en" if self.language == "en" else "zh"]

    def name(self, field: str) -> str:
        if self.register is None or field not in self.register.by_id:
            return field
        found = self.register.by_id[field]
        return found.english if self.language == "en" else found.name

    def word(self, field: str, code: str) -> str:
        return code if self.register is None or field not in self.register.by_id else self.register.by_id[field].said(code)

    def definition(self) -> Iterator[str]:
        definition = self.content["definition"]
        file = definition["meaning"]["file"]
        place = self.content["place"]
        if place and self.register is not None and self.register.place is not None:
            place = self.register.field(self.register.place).said(place)
        what = subject({**self.content, "place": place}, self.language)
        yield self.say("indicator", what=what, id=self.content["indicator"]["id"])
        facts = {"about": self.both(definition["about"]), **definition["citation"], "layer": definition["layer"]}
        yield self.say("definition" if definition["confirmed"] else "definition_unconfirmed", **facts)
        yield self.say("measure", measure=_flat(file["measure"]), population=file.get("population") or "—")
        yield self.say("definition_digest", digest=definition["digest"][:_SHOWN])

    def rules(self) -> Iterator[str]:
        for rule in self.content["rules"]:
            facts = {**{name: rule[name] for name in ("name", "start", "end", "layer")}, **rule["citation"]}
            yield self.say("rule", **facts)
        rounding = sentence(f"publication.rounding_{self.content['result']['rounding']}", {}, self.language)
        yield self.say("rounding", rounding=rounding, decimals=self.content["result"]["decimals"])

    def evidence(self) -> Iterator[str]:
        evidence, complete = self.content["evidence"], self.content["complete"]
        facts = {"name": evidence["register_name"], "register": evidence["register"], "position": evidence["position"]}
        yield self.say(
            "register",
            **facts,
            at=moment(evidence["known_at"]),
            log=evidence["log_digest"][:_SHOWN],
            files=len(evidence["files"]),
        )
        yield self.say("rows", records=evidence["rows"]["records"], digest=evidence["rows"]["digest"][:_SHOWN])
        if complete is not None:
            name = "complete" if complete["declared"] else "not_complete"
            yield self.say(name, register=complete["register"], position=complete["position"])

    def counts(self) -> Iterator[str]:
        counts = self.content["counts"]
        yield self.say("counts", **{name: counts[name] for name in ("seen", "records", "used")})
        for row in counts["left_out"]:
            reason = self.both(row) or sentence(f"indicators.reason_{row['reason']}", {}, self.language)
            yield self.say("left_out", reason=reason, records=row["records"])
        for name in ("unclear", "undated", "groups_unclear"):
            if counts[name]:
                yield self.say(name, count=counts[name])
        if self.content["result"]["missing"]:
            yield self.say("missing", parts=self.content["result"]["missing"])
        for name, words in (self.content["apart"] or {}).items():
            yield self.say("apart", name=self.name(name), words=[self.word(name, word) for word in words])

    def arithmetic(self) -> Iterator[str]:
        result, unit = self.content["result"], self.content["indicator"]["unit"] or ""
        if result["amount"] is None:
            yield self.say("absent", reason=sentence(f"indicators.absence_{result['absence']}", {}, self.language))
            return
        facts = {**{name: result[name] for name in ("numerator", "denominator", "times", "amount", "printed")}, "unit": unit}
        yield self.say("total" if result["denominator"] is None else "share" if result["times"] != 1 else "quotient", **facts)
        if result["interval"] is not None:
            yield self.say("interval", **{name: result["interval"][name] for name in ("low", "high", "confidence")})
        if (sample := result["sample"]) is not None:
            yield from self.sample(sample)

    def sample(self, sample: Json) -> Iterator[str]:
        if sample["absence"] is not None:
            yield self.say("no_interval", reason=sentence(f"indicators.no_interval_{sample['absence']}", {}, self.language))
            return
        strata = sample["strata"]
        yield self.say("sample", strata=len(strata), units=sum(one["units"] for one in strata), degrees=sample["degrees"])

    def approvals(self) -> Iterator[str]:
        for one in self.content["approvals"]:
            yield self.say("approval", **one)
        yield self.say("made_by", **self.content["made_by"])


def moment(at: str | None) -> str:
    """A moment of the lake's log in the time of the offices, to the minute."""
    return office_minute(at) if at else "—"


def _flat(measure: Mapping[str, Any]) -> str:
    """The measure as the rulebook writes it."""
    return ", ".join(
        f"{name}: {value if not isinstance(value, list) else ' '.join(map(str, value))}" for name, value in measure.items()
    )
