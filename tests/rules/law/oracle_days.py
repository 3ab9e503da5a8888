"""Days of section three said a second time, from the reading and not from the notice's file or the engine.

One row a clause: where it puts somebody, from which day it counts, and how long. Then the join of section 4, on dates.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dutyboard.rules.law.facts import ArrivalPcr, Facts, PcrCert
from tests.rules.law.oracle import admitted

DAY = timedelta(days=1)
LEAST_OWN_DAYS = 7
CLOSE_DAYS = 14


@dataclass(frozen=True)
class Row:
    """`site` and `home` are days; None: no number. `after` is what the days at home follow."""

    place: str
    start: str = "admission"
    site: int | None = None
    home: int = 0
    after: str = "site"


ROWS: dict[str, Row] = {
    "3.1 hospital": Row("hospital", "discharge", 14, 7),
    "3.1 positive": Row("hospital", "discharge", 14, 7),
    "3.1 discharged": Row("site", "discharge", 14, 7),
    "3.2a close": Row("site", "exposure", 14, 7),
    "3.2a converted": Row("site", "conversion", 14, 7),
    "3.2b": Row("site", "exposure", None, 0),
    "3.3a none done": Row("site", "admission", 21, 7),
    "3.3a port done": Row("site", "admission", 7, 7),
    "3.3b": Row("home", "admission", None, 7, "start"),
    "3.4": Row("free_after_negative"),
    "3.5": Row("site", "arrival", 14, 7),
    "3.6": Row("site", "admission", 7, 7),
    "3.7a": Row("home", "admission", None, 14, "negative"),
    "3.7b": Row("site", "admission", None, 14, "cleared"),
    "3.8b": Row("free_after_negative"),
    "3.9": Row("site", "admission", 14, 7),
    "3.10": Row("site", "admission", 7, 7),
    "3.11b": Row("home", "admission", None, 14, "negative"),
}
PLACES = ("none", "free_after_negative", "home", "site", "hospital")


@dataclass(frozen=True)
class Days:
    """First and last day at the site, first and last day at home. None: not known, or there is none."""

    site_first: date | None = None
    site_last: date | None = None
    home_first: date | None = None
    home_last: date | None = None


def day_0(row: Row, f: Facts) -> date | None:
    here = admitted(f)
    if row.start == "arrival":
        return f.arrival_on
    if here is None:
        return None
    if row.start == "discharge":
        return max(here, f.discharged_on) if f.discharged_on else None
    if row.start == "admission":
        return here
    days = [here, f.last_exposure_on]
    if row.start == "conversion" and f.last_exposure_on is None:
        for link in f.linked or ():
            apart = link.admitted_on and link.positive_on and link.admitted_on <= link.positive_on
            if link.state == "positive" and not apart:
                days.append(link.positive_on)
    return max(day for day in days if day)


def first_negative(f: Facts) -> date | None:
    """The day of the first negative result of a sample taken since the arrival; of a resident, since the assessing."""
    since = f.assessed_on if f.no_arrival else f.arrival_on
    told: list[tuple[str | None, date | None, date | None]] = []
    if isinstance(f.arrival_pcr, ArrivalPcr):
        told.append((f.arrival_pcr.result, f.arrival_pcr.sampled_on, f.arrival_pcr.result_on))
    told += [(each.result, each.sampled_on, each.result_on) for each in f.tests if each.type == "pcr"]
    days = [
        result_on
        for result, sampled_on, result_on in told
        if result == "negative" and result_on and sampled_on and (since is None or sampled_on >= since)
    ]
    return min(days, default=None)


def contact_ends(f: Facts, start: date) -> date | None:
    """The last day of a secondary contact: all his close contacts released, not before his own day 7."""
    ends = [start + LEAST_OWN_DAYS * DAY]
    for link in f.linked or ():
        if link.state in ("released", "released_early"):
            if link.released_on is None:
                return None
            ends.append(link.released_on - DAY)
        elif link.admitted_on is None:
            return None
        else:
            ends.append(link.admitted_on + CLOSE_DAYS * DAY)
    return max(ends)


def days_of(name: str, f: Facts) -> Days:
    row = ROWS[name]
    start = day_0(row, f)
    if row.place not in ("site", "home") or start is None:
        return Days()
    if row.after == "start":
        return Days(home_first=start + DAY, home_last=start + row.home * DAY)
    if row.after in ("negative", "cleared"):
        negative = first_negative(f)
        if negative is None or (row.after == "cleared" and f.investigation != "clean"):
            return Days()
        zero = max(negative, start)  # or the later move home (section 5); nobody was under control before it (O4)
        left = zero if row.after == "cleared" else None
        return Days(site_last=left, home_first=zero + DAY, home_last=zero + row.home * DAY)
    last = contact_ends(f, start) if row.site is None else start + row.site * DAY
    if last is None or not row.home:
        return Days(site_first=start + DAY, site_last=last)
    return Days(site_first=start + DAY, site_last=last, home_first=last + DAY, home_last=last + row.home * DAY)


def result_out(f: Facts) -> bool:
    """A sample whose result is out or unclear, with no later one of its kind that is negative or positive (O10)."""
    since = f.assessed_on if f.no_arrival else f.arrival_on
    told: list[tuple[str, str | None, date | None]] = []
    one = f.arrival_pcr
    if isinstance(one, ArrivalPcr) and one.sampled_on and (since is None or one.sampled_on >= since):
        told.append(("pcr", one.result, one.sampled_on))
    elif isinstance(f.pcr, PcrCert) and f.pcr.sampled_at and f.arrival_at:
        here = f.arrival_at + DAY if f.arrival_hour_unknown else f.arrival_at
        if f.pcr.sampled_at > here or (f.arrival_hour_unknown and f.pcr.sampled_at == here):
            told.append(("pcr", f.pcr.result, f.pcr.sampled_at.date()))
    told += [(each.type, each.result, each.sampled_on) for each in f.tests]
    for at, (kind, said, on) in enumerate(told):
        if said in (None, "negative", "positive"):
            continue
        settled = any(
            kind == other
            and answer in ("negative", "positive")
            and ((day > on) if day and on and day != on else later > at)
            for later, (other, answer, day) in enumerate(told)
        )
        if not settled:
            return True
    return False


def joined(names: Sequence[str], f: Facts) -> Days | None:
    """The days of several clauses together; None: no stage has days."""
    place = max((ROWS[name].place for name in names), key=PLACES.index, default="none")
    if place not in ("site", "home"):
        return None
    counted = [name for name in names if ROWS[name].place in ("site", "home")]
    each = {name: days_of(name, f) for name in counted}
    site_ends = [days.site_last for days in each.values() if days.site_last]
    site_last = max(site_ends, default=None)
    site_open = any(ROWS[name].place == "site" and each[name].site_last is None for name in counted)
    ends = [days.home_last or (days.site_last if not ROWS[name].home else None) for name, days in each.items()]
    out = result_out(f)
    closed = not site_open and not out and None not in ends
    last = max(day for day in ends if day) if closed else None
    site_first = min((days.site_first for days in each.values() if days.site_first), default=None)
    if place == "home":
        first = min((days.home_first for days in each.values() if days.home_first), default=None)
        return Days(home_first=None if out else first, home_last=last)
    goes_home = (
        site_last is not None and not site_open and not out and (None in ends or (last or site_last) > site_last)
    )
    return Days(
        site_first=site_first,
        site_last=site_last,
        home_first=site_last + DAY if site_last and goes_home else None,
        home_last=last if goes_home else None,
    )
