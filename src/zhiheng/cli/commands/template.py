"""`zhiheng template`: the workbook that departments fill in, of figures or of records of a register."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from zhiheng.base.errors import UsageError
from zhiheng.cli.reporting import report_problems, tell
from zhiheng.evidence.intake.forms.register_template import register_template
from zhiheng.flow.figures import template_of
from zhiheng.flow.plan_source import open_plan
from zhiheng.flow.registers import registers
from zhiheng.publication.writers.placing import put

_COMMAND = "zhiheng template"


def main(arguments: Namespace) -> int:
    """Write the workbook."""
    name, content = _register(arguments) if arguments.kind == "register" else _figures(arguments)
    target = put(Path(arguments.out or name), content)
    tell("flow.written", arguments.language, file=str(target))
    return 0


def _figures(arguments: Namespace) -> tuple[str, bytes]:
    if arguments.name is not None:
        raise UsageError("cli.usage_unknown", names=arguments.name, command=f"{_COMMAND} figures")
    if arguments.plan is None:
        raise UsageError("cli.usage_required", names="--plan", command=f"{_COMMAND} figures")
    plan = open_plan(Path(arguments.plan))
    report_problems(plan.problems, arguments.language)
    return "figures.xlsx", template_of(plan)


def _register(arguments: Namespace) -> tuple[str, bytes]:
    if arguments.plan is not None:
        raise UsageError("cli.usage_unknown", names="--plan", command=f"{_COMMAND} register")
    if arguments.name is None:
        raise UsageError("cli.usage_required", names="REGISTER", command=f"{_COMMAND} register")
    (register,) = registers([arguments.name])
    return f"{register.id}.xlsx", register_template(register)
