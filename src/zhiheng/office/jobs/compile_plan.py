"""Reads a paper that was handed in."""

from __future__ import annotations

from typing import Any, Protocol

from zhiheng.office.work import plans


class Context(Protocol):
    """What a job is run with: where it tells how far it is."""

    def progress(self, done: int, total: int, said: str) -> None:
        """`done` of `total`, and in words what is being done."""


def run(context: Context, payload: dict[str, Any]) -> dict[str, Any]:
    """Compile the paper of the draft that the payload names."""
    return plans.compile_draft(str(payload["draft"]), context.progress)
