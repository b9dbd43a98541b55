"""How are definitions of indicators described to those who answer for them and those who read the values?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zhiheng.indicators.definition import IndicatorDefinition, Window


def indicator_page(definitions: Iterable[IndicatorDefinition]) -> str:
    """A page in Markdown, one section an indicator."""
    return (
        "# Indicators\n\nHow each indicator is computed from records: which are meant, which of them count, and what is made of them. "
        "A file of a province,\ncity or installation under the same path replaces the nation's. Shares are multiplied by 100 where the unit is %.\n"
        + "".join("".join(_section(d)) for d in definitions)
    )


def _section(one: IndicatorDefinition) -> Iterator[str]:
    yield f"\n## {one.id}\n\n**{one.indicator.name}** · {one.indicator.english}. {one.about_zh} {one.about_en}\n\n"
    yield f"- register: `{one.register.id}`\n"
    yield f"- meant: `{one.population.written}`\n" if one.population else "- meant: every record\n"
    for exclusion in one.exclusions:
        yield f"- left out: `{exclusion.when.written}`: {exclusion.zh} · {exclusion.en}\n"
    if one.subject:
        several = f", a subject holds by {one.holds_of.value} of its records" if one.distinct and one.measure.numerator else ""
        order = f" by `{one.order}`" if one.order else ""
        yield f"- counted: {_listed(one.subject)}{several}{order}\n"
    yield f"- made: {_measure(one)}\n- which period: {_window(one)}; no shorter than a {one.grain.value}\n"
    if one.apart:
        yield f"- never mixed: {_listed(one.apart)}\n"
    if one.due:
        yield f"- due: a record for every {one.due.value}\n"
    if one.complete:
        yield f"- zero only where `{one.complete.register.id}` declares {', '.join(one.complete.kinds)} complete for every day\n"
    if one.selection:
        yield f"- drawn: {one.selection.value}{_design(one)}, so an interval is told\n"
    flag = "" if one.confirmed else ", unconfirmed"
    yield f"- in {one.indicator.unit or 'no unit'}, {one.decimals} decimals, rounded {one.rounding.value}\n"
    yield f"- {one.citation.doc}, {one.citation.clause}{flag}\n"


def _design(one: IndicatorDefinition) -> str:
    design = one.design
    if design is None:
        return ""
    parts = [
        f" {word} `{', '.join(names)}`" for word, names in (("from strata", design.strata), ("of units", design.unit)) if names
    ]
    parts += [f" with `{design.population}` in each"] if design.population else []
    return "".join([*parts, f" where `{design.when.written}`" if design.when else ""])


def _measure(one: IndicatorDefinition) -> str:
    measure = one.measure
    parts = [measure.kind.value.replace("_", " ")]
    if measure.of:
        parts.append(f"of `{measure.of}`")
    if measure.numerator:
        parts.append(f"holding `{measure.numerator.written}`")
    if measure.weight:
        parts.append(f"weighted by `{measure.weight}`")
    if measure.per:
        parts.append(f"over groups of {_listed(measure.per)} by the means of {_listed(measure.means)}")
    if measure.by:
        parts.append(f"`result` by `{measure.by}` ({', '.join(rule.id for rule in one.rules)})")
    return ", ".join(parts)


def _window(one: IndicatorDefinition) -> str:
    if one.in_force is not None:
        through = "".join(f", through `{name}`" for name in one.in_force.through)
        until = "".join(f", until `{name}`" for name in one.in_force.until)
        return f"in force on its last day, from `{one.in_force.start}`{through}{until}"
    return f"`{one.event}` {'until its end' if one.window is Window.TO_END else 'in it'}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
