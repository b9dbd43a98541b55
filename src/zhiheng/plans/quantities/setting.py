"""What do the surroundings of a number decide: is it promised or achieved, and for which year?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhiheng.plans.model import Role
from zhiheng.plans.quantities.horizon import Moment
from zhiheng.plans.quantities.site import Phrase
from zhiheng.plans.quantities.values import Value

_THIS_YEAR = re.compile(r"今年|本年度|(?<![一二三四五六七八九十两])年内|全年|本年")


@dataclass(slots=True)
class Setting:
    """The role of the numbers of a section and the year of those that name none.

    `now` is the year of the paper: an earlier year makes a number an achieved one. `horizon` is the plan's deadline,
    `past_year` the year of achieved figures, `first` the plan's first year. `moment` is the time that holds until another is named. `silent` sections
    (guiding ideas, principles) state no quantities; `open_air` is text outside the numbered chapters (news, a notice), `aims` a section that sets the plan's aims,
    `placed` one whose titles say whether it looks back or ahead,
    `row` the deadline of the table row being read.
    """

    role: Role
    horizon: int | None
    now: int | None
    past_year: int | None = None
    first: int | None = None
    silent: bool = False
    open_air: bool = False
    aims: bool = False
    placed: bool = False
    moment: Moment | None = None
    row: Moment | None = None

    def begin_paragraph(self) -> None:
        """Forget a time that does not hold for the next paragraph: only a deadline heading a list of aims does."""
        m = self.moment
        ahead = m is not None and m.deadline and (self.now is None or m.year >= self.now)
        if not (ahead and self.role is Role.TARGET and not self.open_air):
            self.moment = self.row

    def end_sentence(self, times: Sequence[Moment], start: int, *, closed: bool) -> None:
        """Keep the last time of a sentence, if it holds for the next one.

        A time at the head of the paragraph (in aims: of the sentence) does, and any time of achieved figures; one in the middle of a sentence about
        the future holds only up to its full stop (`closed`).
        """
        named = [t for t in times if not t.base]
        if not named:
            return
        last = named[-1]
        achieved = self.role is Role.ACTUAL or (self.now is not None and last.year < self.now)
        heading = [t for t in named if t.start - start <= 3] if start <= 3 or self.aims else []
        if achieved or not closed:
            self.moment = last
        else:
            self.moment = last if last in heading else None


def role_and_year(
    value: Value, phrase: Phrase, times: Sequence[Moment], before: str, setting: Setting
) -> tuple[Role, int | None, str | None]:
    """Role, year and period of a value; `before` is the sentence up to it."""
    if phrase.origin:
        inside = [t for t in times if t.end <= value.number_start and t.start >= phrase.origin_start - 1]
        return Role.BASELINE, inside[-1].year if inside else None, None
    named = [t for t in times if t.end <= value.number_start and not t.base]
    if not named and setting.now is not None and _THIS_YEAR.search(before):
        if setting.role is Role.TARGET:
            return Role.TARGET, setting.now, None
        return setting.role, setting.past_year, None
    moment = named[-1] if named else setting.moment
    if moment is None:
        return setting.role, setting.horizon if setting.role is Role.TARGET else setting.past_year, None
    year = phrase.year or moment.year
    role = setting.role
    if setting.now is not None:
        so_far = year == setting.now and bool(named) and before.rstrip().rfind("截至") >= 0
        if year < setting.now or so_far:
            role = Role.ACTUAL
        elif year > setting.now or setting.open_air:
            role = Role.TARGET
    return role, year, moment.period
