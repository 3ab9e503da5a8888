"""Years and numbers that an act may tell, on every door. Beyond them lies a slip of the hand, or harm."""

from datetime import date, datetime, timedelta
from typing import Final

from dutyboard.rules.law.facts import Facts
from dutyboard.rules.law.impossible import EARLIEST
from dutyboard.rules.records.commands.leaves import leaves
from dutyboard.rules.records.commands.sheets import ImportAreas, ImportResults, ImportRounds, ImportTemperatures
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.refusals import Refusal

AHEAD: Final = timedelta(days=731)
"""The time from now to the last day that can be told: two years, a leap day in them."""
MOST: Final = 10_000_000
"""The largest number of an act, and the least with a minus. The county has a million people."""

_NOT_TOLD: Final = frozenset({"practice_since"})
"""Fields that no officer fills: the real clock, when that of a practice desk was started."""


_ROW_BY_ROW: Final = (ImportAreas, ImportResults, ImportTemperatures, ImportRounds)
"""Sheets whose rows are judged one by one, their days too."""


def out_of_years(at: date, now: datetime) -> bool:
    """Return True for a day or an instant before 2019, or more than two years after now."""
    day = at.date() if isinstance(at, datetime) else at
    return not EARLIEST <= day <= now.date() + AHEAD


def unfit_value(command: object, now: datetime) -> Refusal | None:
    """Return the refusal of an act's first date or number that cannot be meant; None if all may be.

    Facts of a person are not looked at: `law.impossible` judges them, in a sheet row by row. Nor are the days of a
    sheet: one slip of a year rejects its own row, and no other.
    """
    for name, value in leaves(command, closed=(Facts, Person)):
        if isinstance(value, (bool, str)) or name in _NOT_TOLD:
            continue
        if isinstance(value, date):
            if not isinstance(command, _ROW_BY_ROW) and out_of_years(value, now):
                return years_refused(name, value, now)
        elif not -MOST <= value <= MOST:  # nor NaN
            shown = value if abs(value) < MOST**2 else "…"
            return Refusal("bad_figure", {"name": name, "value": shown, "low": -MOST, "high": MOST})
    return None


def years_refused(name: str, at: date, now: datetime) -> Refusal:
    """Return the refusal of a date that is out of the years, told in the field `name`."""
    high = now.date() + AHEAD
    return Refusal(
        "out_of_years",
        {"name": name, "day": f"{at:%Y-%m-%d}", "first": EARLIEST.isoformat(), "last": high.isoformat()},
    )
