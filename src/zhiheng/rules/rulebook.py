"""Which rulebook speaks for this place: the nation's, the province's, the city's or the installation's?

The lower layer overrides the same path. Packaged layers are `national`, `province/<6-digit code>` and
`city/<6-digit code>`; the installation's directory is handed in by who reads the environment.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from zhiheng.base.errors import RuleError
from zhiheng.base.reading import Reading
from zhiheng.rules.dated import Rule, read, read_between, rule_of
from zhiheng.rules.strict_yaml import Table, load_table

CATALOGUE = "catalogue"
_NOT_RULES = frozenset([CATALOGUE, "codes", "indicators", "messages", "registers", "wording"])


@dataclass(frozen=True)
class Layer:
    """One directory of the rulebook; `name` is what a reading quotes."""

    name: str
    root: Traversable

    def table(self, path: str) -> Table | None:
        """The file at the dotted `path`, or None when this layer has none."""
        file = path.replace(".", "/") + ".yaml"
        source = self.root.joinpath(*file.split("/"))
        return self._load(source, file) if source.is_file() else None

    def data(self, path: str) -> str | None:
        """The text of a file of data at the slashed `path`, or None when this layer has none."""
        source = self.root.joinpath(*path.split("/"))
        return self._text(source, path) if source.is_file() else None

    def paths(self, under: str = "") -> Iterator[str]:
        """Dotted paths of all files, in order of name."""
        start = self.root.joinpath(*under.split(".")) if under else self.root
        yield from _walk(start, under)

    def _load(self, source: Traversable, path: str) -> Table:
        return load_table(self._text(source, path), f"{self.name}/{path}")

    def _text(self, source: Traversable, path: str) -> str:
        try:
            return source.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            raise RuleError("rules.not_utf8", file=f"{self.name}/{path}", line=1) from fault


@dataclass(frozen=True)
class Rulebook:
    """The layers that speak for one place, widest first."""

    layers: tuple[Layer, ...]

    def rule(self, rule_id: str) -> Rule:
        """The rule at the dotted path `rule_id` (`plan.progress`; slashes do too); an error when no layer has it."""
        rule = _rule(self, rule_id.replace("/", "."))
        if rule is None:
            raise RuleError("rules.no_such_rule", rule=rule_id, layers=[layer.name for layer in self.layers])
        return rule

    def read(self, rule_id: str, as_of: date) -> Reading:
        """What the rule says on the day `as_of`."""
        return read(self.rule(rule_id), as_of)

    def read_between(self, rule_id: str, first: date, last: date) -> tuple[Reading, ...]:
        """What the rule says from `first` to `last`: one reading for each version in force on any of these days."""
        return read_between(self.rule(rule_id), first, last)

    def rule_ids(self) -> tuple[str, ...]:
        """All rules that any layer has, in order of name."""
        found = {path for layer in self.layers for path in layer.paths() if path.split(".")[0] not in _NOT_RULES}
        return tuple(sorted(found))

    def table(self, path: str) -> Table:
        """The file at the dotted `path` from the lowest layer that has it; an error when none has."""
        for layer in reversed(self.layers):
            found = layer.table(path)
            if found is not None:
                return found
        raise RuleError("rules.no_such_rule", rule=path, layers=[layer.name for layer in self.layers])

    def data(self, path: str) -> str | None:
        """The text of the file of data at the slashed `path` from the lowest layer that has it."""
        found = (layer.data(path) for layer in reversed(self.layers))
        return next((text for text in found if text is not None), None)

    def tables(self, under: str) -> Iterator[Table]:
        """The files under the dotted path `under`, of the widest layer first."""
        for layer in self.layers:
            for path in layer.paths(under):
                table = layer.table(path)
                if table is not None:
                    yield table


@lru_cache(maxsize=64)
def open_rulebook(region_code: str | None = None, installation: Path | None = None) -> Rulebook:
    """The rulebook for a place (GB/T 2260 code) with the installation's own directory as its lowest layer."""
    packaged = files("zhiheng").joinpath("rulebook")
    names = ["national"]
    if region_code:
        names += [f"province/{region_code[:2]}0000", f"city/{region_code[:4]}00"]
    layers = [Layer(name, packaged.joinpath(*name.split("/"))) for name in names]
    if installation is not None:
        layers.append(Layer("installation", installation))
    return Rulebook(tuple(layer for layer in layers if layer.root.is_dir()))


@lru_cache(maxsize=1024)
def _rule(rulebook: Rulebook, rule_id: str) -> Rule | None:
    for layer in reversed(rulebook.layers):
        table = layer.table(rule_id)
        if table is not None:
            return rule_of(table, rule_id, layer.name)
    return None


def _walk(directory: Traversable, prefix: str) -> Iterator[str]:
    if not directory.is_dir():
        return
    for entry in sorted(directory.iterdir(), key=lambda e: e.name):
        path = f"{prefix}.{entry.name}" if prefix else entry.name
        if entry.is_dir():
            yield from _walk(entry, path)
        elif entry.name.endswith(".yaml"):
            yield path.removesuffix(".yaml")
