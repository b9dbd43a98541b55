"""Which errors can stop the work, and which exit code does each family mean?

ZhihengError
├── UsageError      2  the call is wrong
├── DataError       3  a paper, a table or a record cannot be used
├── RuleError       4  the rulebook cannot answer
└── InternalError   5  our own fault

An error carries a code and facts; its sentences live in `rulebook/messages/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar


class ZhihengError(Exception):
    """Base of all errors: `code` names the sentence in the messages catalogue, `facts` fill it."""

    exit_code: ClassVar[int] = 5

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts: Mapping[str, object] = facts
        super().__init__(f"{code}: " + ", ".join(f"{k}={v!r}" for k, v in facts.items()))


class UsageError(ZhihengError):
    """The command was called with words that do not fit together."""

    exit_code = 2


class DataError(ZhihengError):
    """A file, cell or record cannot be used as it is."""

    exit_code = 3


class RuleError(ZhihengError):
    """The rulebook is wrong or has no answer for that day."""

    exit_code = 4


class InternalError(ZhihengError):
    """Something that no input should cause."""

    exit_code = 5
