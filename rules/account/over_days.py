"""Figures of each day of a period: intake, rooms, what was overdue, temperatures.

They are those of the screening report, of the sites' daily reports and of the ledger, and no counts of their own. What
the records do not tell of a day is None, never zero; neither is a sum of which a part is not told.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from statistics import median
from typing import Final, Literal

from dutyboard.frozen import frozen
from dutyboard.rules.account.ledger import Column, PeriodLedger, account
from dutyboard.rules.board import unreadable, without
from dutyboard.rules.duties.post.screening.counts import acts_of_coming, people_come
from dutyboard.rules.duties.site.daily_figures import (
    SiteTemperatures,
    SiteThen,
    entries_by_day,
    people_then,
    rooms_then,
    site_then,
    temperatures_then,
    temperatures_told,
)
from dutyboard.rules.duties.site.day_told import day_told
from dutyboard.rules.records.clock import bounds
from dutyboard.rules.records.effects import acts_since
from dutyboard.rules.records.model import Site, subject_id
from dutyboard.rules.records.snapshot import Snapshot, desk_of

DayFigure = Literal[
    "came",
    "used",
    "kept",
    "vacant",
    "rooms",
    "done_late",
    "late",
    "missed",
    "feverish",
    "highest",
    "median",
    "measured",
    "of",
]
DayFigures = Mapping[DayFigure, int | float | None]
OF_ROOMS: Final = ("used", "kept", "vacant", "rooms")
OVERDUE: Final = ("done_late", "late", "missed")
_DAY: Final = timedelta(days=1)


@frozen(eq=False)
class OverDays:
    """Figures of each day of a period, and those of each site.

    Of a day on which the desk did not know a site those are None. `sites` tell nothing of what was overdue, and are
    empty where one site was asked for. `left_out` are the people whose course cannot be computed: what was owed about
    them is in no figure.
    """

    days: tuple[date, ...]
    figures: tuple[DayFigures, ...]
    sites: Mapping[int, tuple[DayFigures | None, ...]]
    left_out: tuple[int, ...] = ()


def over_days(snapshot: Snapshot, first: date, last: date, now: datetime, site: Site | None = None) -> OverDays:
    """Count each day of a period, of a site or of the whole desk. The day of `now` is counted as it stands.

    `came` are the people who came onto the desk; of a site, into its rooms. Rooms of the desk are those of the sites
    that were active on the day. Raises LookupError where there is no desk.
    """
    days = tuple(first + number * _DAY for number in range((last - first).days + 1))
    opened = snapshot.day_of(desk_of(snapshot).opened_at)
    sites = [site] if site is not None else list(snapshot.sites.values())
    acts = acts_since(snapshot, bounds(first, snapshot.zone)[0])
    comings = acts_of_coming(acts)
    temperatures = {day: temperatures_told(held) for day, held in entries_by_day(snapshot, first, last).items()}
    overdue, left_out = _overdue(snapshot, first, last, now, site)
    figures: list[DayFigures] = []
    by_site: dict[int, list[DayFigures | None]] = {each.id: [] for each in sites if site is None}
    for day in days:
        at = min(now, bounds(day, snapshot.zone)[1])
        there = [each for each in sites if each.registered_at < at] if day >= opened else []
        told = day_told(snapshot, day, acts) if there else None
        stood = [site_then(each, day, told, temperatures.get(day, ()), at) for each in there if told is not None]
        counted = {each.site.id: _SiteDay(each, snapshot) for each in stood}
        for number, told_of in by_site.items():
            told_of.append(counted[number].figures if number in counted else None)
        known = day >= opened and (site is None or bool(stood))
        late: DayFigures = {column: overdue[day, column] if known else None for column in OVERDUE}
        if site is None:
            came = people_come(snapshot, day, now, comings) if known else None
            held = _whole(counted.values())
        else:
            came = people_then(stood[0])["new"] if stood else None
            held = counted[site.id].figures if stood else _whole(())
        figures.append({"came": came, **held, **late})
    return OverDays(
        days=days,
        figures=tuple(figures),
        sites={number: tuple(told_of) for number, told_of in by_site.items()},
        left_out=left_out,
    )


class _SiteDay:
    """A site's day while it is counted: its figures, and what a sum over sites needs besides."""

    def __init__(self, then: SiteThen, snapshot: Snapshot) -> None:
        told, number = then.told, then.site.id
        self.warmth = temperatures_then(then, snapshot)
        held = told.snapshot.sites.get(number, then.site)
        self.active = None if number in told.untold_sites else held.state == "active"
        rooms = rooms_then(then)
        self.rooms: DayFigures = {name: rooms[name] for name in OF_ROOMS}
        self.figures: DayFigures = {**self.rooms, **_warmth([self.warmth])}


def _whole(sites: Iterable[_SiteDay]) -> DayFigures:
    """Return the figures of all sites together. Of rooms, those of the sites that were active."""
    counted = list(sites)
    rooms = [each.rooms for each in counted if each.active is not False]
    unsure = any(each.active is None for each in counted)
    sums: DayFigures = {name: None if unsure else _sum([each[name] for each in rooms]) for name in OF_ROOMS}
    return {**sums, **_warmth([each.warmth for each in counted])}


def _warmth(sites: Sequence[SiteTemperatures | None]) -> DayFigures:
    """Return the temperatures of sites together. The median is of the highest of each person who was measured."""
    told = [each for each in sites if each is not None]
    whole = len(told) == len(sites)
    highest = [each.highest for each in told if each.highest is not None]
    read = [] if any(each.by_totals for each in told) else [high for each in told for high in each.each.values()]
    return {
        "feverish": _sum([each.feverish for each in told]) if whole else None,
        "highest": max(highest, default=None) if whole else None,
        "median": round(median(read), 2) if whole and read else None,
        "measured": _sum([each.measured for each in told]) if whole else None,
        "of": _sum([each.of for each in told]) if whole else None,
    }


def _sum(values: Sequence[int | float | None]) -> int | float | None:
    """Return a sum. None: there is nothing to add up, or a part of it is not told."""
    known = [each for each in values if each is not None]
    return sum(known) if known and len(known) == len(values) else None


def _overdue(
    snapshot: Snapshot, first: date, last: date, now: datetime, site: Site | None
) -> tuple[Counter[tuple[date, Column]], tuple[int, ...]]:
    """Return how many things each day has in each column of the ledger, and who is left out."""
    found, left_out = _account(snapshot, first, last, now)
    if site is not None:
        found = found.of(subject_id(site), snapshot)
    return Counter((row.day, row.column) for row in found.rows), left_out


def _account(snapshot: Snapshot, first: date, last: date, now: datetime) -> tuple[PeriodLedger, tuple[int, ...]]:
    """Return the ledger of a period, without the people whose course cannot be computed, and their numbers."""
    try:
        return account(snapshot, first, last, now), ()
    except Exception:
        failures = tuple(unreadable(snapshot, now))
        if not failures:
            raise
    left_out = tuple(each.person_id for each in failures if each.person_id is not None)
    return account(without(snapshot, failures), first, last, now), left_out
