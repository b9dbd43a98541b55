"""Who asks, and from where?"""

from __future__ import annotations

from dataclasses import dataclass

from zhiheng.office.ledger.models import Person

__all__ = ["Actor", "Person"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who signed in, or (without a person) the installation itself: a job, a command of its operator."""

    person: Person | None = None
    address: str = ""

    @property
    def username(self) -> str:
        """The name to sign in with; that of the program where it acts by itself."""
        return self.person.username if self.person else "zhiheng"
