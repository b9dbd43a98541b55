"""Up to which position had a register come by the end of a day?

The time of a position is the one its entry in the log tells, which the chain of digests protects; times of files and clocks of the
library play no part.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.log import log_entries

# The day of the offices: one time in the whole country.
OFFICE_TIME = timezone(timedelta(hours=8))


def position_on(home: Home, register_id: str, day: date) -> int | None:
    """The last position whose commit was made on or before the day; None when there was none yet."""
    reached = None
    for entry in log_entries(home, register_id):
        if entry.at is not None and office_day(entry.at) <= day:
            reached = entry.position
    return reached


def office_day(moment: str) -> date:
    """The day in an office of a moment in ISO 8601; without an offset it is office time already."""
    return _in_office(moment).date()


def office_minute(moment: str) -> str:
    """The time in an office of a moment in ISO 8601, to the minute: 2027-02-01 09:30."""
    return f"{_in_office(moment):%Y-%m-%d %H:%M}"


def _in_office(moment: str) -> datetime:
    at = datetime.fromisoformat(moment)
    return at if at.tzinfo is None else at.astimezone(OFFICE_TIME)
