"""Figures of a site's day, counted from the desk's records and its log, for its daily report (四（一）).

What the records do not tell is None, never zero.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.rules.duties.site import rounds, staff
from dutyboard.rules.duties.site.day_told import DayTold, day_told
from dutyboard.rules.law.daily import SiteFigure
from dutyboard.rules.law.sampling.samples import FINAL, samples_of
from dutyboard.rules.law.section_three import Branch
from dutyboard.rules.people.rooms import free_by_day, residents, room_count, taken
from dutyboard.rules.people.staff import began, by_site, is_there
from dutyboard.rules.people.stage import in_hospital, is_classed, lodging, on_road
from dutyboard.rules.records.clock import bounds
from dutyboard.rules.records.codes import SiteClass
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Entry, Matter, Person, Site, subject_id
from dutyboard.rules.records.obligation import Obligation, State
from dutyboard.rules.records.readings import readings_told
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.staff import StaffMember
from dutyboard.rules.records.told.site import StaffChecked, StaffTested, TemperatureTaken

FORECAST_DAYS: Final = 3
CLASSES: Final[tuple[SiteClass, ...]] = ("close", "secondary", "entry", "other_class")
"""Classes of the people at a site; everybody is of one."""
_ABROAD: Final = frozenset({"foreign", "hongkong", "taiwan", "macau"})
_LONGEST: Final = 365
"""Days. A stay that would be longer is a slip in its date of admission."""
_ROUNDS: Final[Mapping[State, SiteFigure]] = {
    "done": "rounds_done",
    "done_late": "rounds_late",
    "missed": "rounds_missed",
    "open": "rounds_open",
    "due_soon": "rounds_open",
    "late": "rounds_open",
    "upcoming": "rounds_open",
}
"""Figures of a round by its state; one that is waived is in none."""


@frozen(eq=False)
class SiteDay:
    """A site on a day, counted at `at`: now, or the end of a past day.

    `clauses` are the people by the clause that holds them ("": none does yet), `days` by the day of their stay (None:
    nobody knows it), `ahead` the rooms free on each of the next days by the plans of those inside. `incidents` are the
    findings of the day about the site, its people and its staff. None: the records do not tell it.
    """

    at: datetime
    figures: Mapping[SiteFigure, int | None]
    clauses: Mapping[str, int] | None
    days: Mapping[int | None, int] | None
    ahead: tuple[int, ...] | None
    incidents: tuple[Matter, ...]


DayTemperatures = Sequence[tuple[Entry, tuple[tuple[int, float], ...]]]
"""Entries that tell of temperatures, each with every person and °C that it tells."""


@frozen(eq=False)
class SiteThen:
    """A site at the end of a day, or now on today. `temperatures` are all that the log tells of the day.

    `inside` lived there then; of `there` some had left on that day. `known` False: the desk did not know the site yet,
    or the log leaves something open.
    """

    site: Site
    day: date
    told: DayTold
    temperatures: DayTemperatures
    known: bool
    inside: tuple[Person, ...]
    there: frozenset[int]


def site_then(site: Site, day: date, told: DayTold, temperatures: DayTemperatures, at: datetime) -> SiteThen:
    """Return a site as it stood at the end of a day, or by now."""
    known = site.registered_at < at and told.tells_of(site.id)
    inside = residents(told.snapshot, site.id) if known else ()
    there = {each.id for each in inside} | {each.person for each in told.moves if each.before == site.id}
    return SiteThen(
        site=site, day=day, told=told, temperatures=temperatures, known=known, inside=inside, there=frozenset(there)
    )


def temperatures_told(entries: Iterable[Entry]) -> DayTemperatures:
    """Return the entries of a day that tell of temperatures, with their readings."""
    found = []
    for entry in entries:
        read = tuple((who, told.temp_c) for who, told in readings_told(entry) if told.temp_c is not None)
        if read or isinstance(entry.told, TemperatureTaken):
            found.append((entry, read))
    return found


def entries_by_day(snapshot: Snapshot, first: date, last: date) -> Mapping[date, list[Entry]]:
    """Return the entries that stand of each of some days."""
    starts, ends = bounds(first, snapshot.zone)[0], bounds(last, snapshot.zone)[1]
    found: dict[date, list[Entry]] = {}
    for each in snapshot.entries.values():
        if starts <= each.happened_at < ends and each.id not in snapshot.amended and each.kind != "retract":
            found.setdefault(snapshot.day_of(each.happened_at), []).append(each)
    return found


def site_day(snapshot: Snapshot, site: Site, day: date, now: datetime) -> SiteDay:
    """Count a site on a day. The picture must hold what the log tells since then."""
    starts, ends = bounds(day, snapshot.zone)
    at = min(now, ends)
    entries = entries_by_day(snapshot, day, day).get(day, [])
    then = site_then(site, day, day_told(snapshot, day), temperatures_told(entries), at)
    known, inside, there = then.known, then.inside, then.there
    temperatures = temperatures_then(then, snapshot)
    figures: dict[SiteFigure, int | None] = {
        **rooms_then(then),
        **people_then(then),
        **_samples(there, snapshot, day, known=known),
        "feverish": temperatures.feverish if temperatures is not None else None,
        **_rounds(snapshot, site, day, now),
        **_staff(snapshot, site, entries, at),
        "abnormal": sum(each.abnormal and each.subject == subject_id(site) for each in entries),
    }
    incidents = tuple(_incidents(snapshot, site, there, starts, ends))
    figures["incidents"] = len(incidents) if known else None
    return SiteDay(
        at=at,
        figures=figures,
        clauses=Counter(_clause(each) for each in inside) if known else None,
        days=Counter(_day_of_stay(each, day) for each in inside) if known else None,
        ahead=_ahead(snapshot, site, now) if known and at == now else None,
        incidents=incidents,
    )


def rooms_then(then: SiteThen) -> dict[SiteFigure, int | None]:
    """Return the rooms of a site: lived in, kept for somebody on his way, and free. They add up to all of them."""
    site, told = then.site, then.told
    rooms = room_count(told.snapshot.sites.get(site.id, site)) if site.id not in told.untold_sites else None
    if not then.known:
        return {"rooms": rooms, "used": None, "kept": None, "vacant": None}
    lived_in = {place.room for each in then.inside if (place := lodging(each)) is not None} - {None}
    used, held = len(lived_in), len(taken(told.snapshot, site.id))
    return {"rooms": rooms, "used": used, "kept": held - used, "vacant": rooms - held if rooms is not None else None}


def people_then(then: SiteThen) -> dict[SiteFigure, int | None]:
    """Return who is there, who came and left, each time that he did, and those there by class."""
    site, told, inside = then.site, then.told, then.inside
    if not then.known:
        names: tuple[SiteFigure, ...] = ("occupied", "new", "left", *CLASSES, "to_hospital")
        return dict.fromkeys(names)
    came = [each for each in told.moves if each.site_id == site.id]
    left = [each for each in told.moves if each.before == site.id]
    # Whom no act of the day has brought came on the day that his record says.
    recorded = {each.id for each in inside if each.admitted_on == then.day} - {each.person for each in told.moves}
    people = told.snapshot.persons
    classes = Counter(class_of(each, told.snapshot) for each in inside)
    return {
        "occupied": len(inside),
        "new": len(came) + len(recorded),
        "left": len(left),
        **{name: classes[name] for name in CLASSES},
        "to_hospital": len({each.person for each in left if any(map(_ill, (each.after, people[each.person])))}),
    }


def _ill(person: Person) -> bool:
    """Return True of somebody at the hospital or the fever clinic, or on his way there."""
    bound = person.road.to if person.road is not None and on_road(person) else None
    return bound in ("hospital", "fever-clinic") or (bound is None and in_hospital(person))


def class_of(person: Person, snapshot: Snapshot) -> SiteClass:
    """Return the class of somebody, as the clause of his assessment tells it, or his facts without one.

    A clause that holds close and secondary contacts alike leaves it to the facts.
    """
    contact, border = person.facts.contact, person.facts.border
    told: SiteClass = "other_class"
    if contact == "close" or contact == "secondary":
        told = contact
    elif border in _ABROAD:
        told = "entry"
    assessment = person.assessment
    notice = snapshot.notices_known.get(assessment.notice) if assessment is not None else None
    if assessment is None or notice is None or not is_classed(person):
        return told
    branches = notice.section_three.of_clause(assessment.clause or "")
    classes = list(dict.fromkeys(_class_asked(each) for each in branches))
    return told if not classes or told in classes else classes[0]


def _class_asked(branch: Branch) -> SiteClass:
    """Return the class of those whom a branch is about, by what it asks."""
    asked = {(each.subject, word) for way in branch.when for each in way if each.affirms for word in each.words}
    if ("contact", "close") in asked:
        return "close"
    if ("contact", "secondary") in asked:
        return "secondary"
    return "entry" if ("entrant", "yes") in asked or ("border", "macau") in asked else "other_class"


def _clause(person: Person) -> str:
    """Return the clause that holds somebody; "": none does yet."""
    return person.assessment.clause or "" if person.assessment is not None and is_classed(person) else ""


def _day_of_stay(person: Person, day: date) -> int | None:
    """Return the day of a stay, 0 on that of the admission (O3). None: nobody knows it."""
    number = (day - person.admitted_on).days if person.admitted_on is not None else -1
    return number if 0 <= number <= _LONGEST else None


def _samples(there: Collection[int], snapshot: Snapshot, day: date, *, known: bool) -> dict[SiteFigure, int | None]:
    """Return how many of those there were sampled on a day, had a result, had a positive one."""
    if not known:
        return {"sampled": None, "results": None, "positives": None}
    counts: Counter[SiteFigure] = Counter()
    for person in (snapshot.persons[each] for each in there):
        samples = samples_of(person.facts)
        results = {each.result for each in samples if each.result_on == day and each.result in FINAL}
        counts["sampled"] += any(each.sampled_on == day for each in samples)
        counts["results"] += bool(results)
        counts["positives"] += "positive" in results
    return {"sampled": counts["sampled"], "results": counts["results"], "positives": counts["positives"]}


@frozen
class SiteTemperatures:
    """Temperatures of a site's day, of those who were there.

    `feverish` had a fever (None: nobody was measured, or a fever has no name). `highest` was read of somebody, `each`
    are the highest of everybody by his number; `by_totals`: of some a round told no more than that they were measured.
    `measured` of `of` were, once or oftener; None: the rounds told only how many, and that not all.
    """

    feverish: int | None
    highest: float | None
    each: Mapping[int, float]
    by_totals: bool
    measured: int | None
    of: int


def temperatures_then(then: SiteThen, snapshot: Snapshot) -> SiteTemperatures | None:
    """Return the temperatures of a site's day. None: the log does not tell who was there."""
    if not then.known:
        return None
    named: set[int] = set()
    each: dict[int, float] = {}
    rounds: list[TemperatureTaken] = []
    unnamed = False
    for entry, read in then.temperatures:
        readings = [(who, temp_c) for who, temp_c in read if who in then.there]
        told = entry.told
        round_here = isinstance(told, TemperatureTaken) and entry.subject == subject_id(then.site)
        if not readings and not round_here:
            continue
        fever_c = snapshot.daily_at(entry.happened_at).thresholds.fever_c
        hot = {who for who, temp_c in readings if temp_c >= fever_c}
        named |= hot
        for who, temp_c in readings:
            each[who] = max(temp_c, each.get(who, temp_c))
        if round_here and isinstance(told, TemperatureTaken) and told.measured:
            rounds.append(told)
            unnamed |= (told.highest or 0) >= fever_c and not hot
    unsure = not (each or rounds) or (unnamed and not named)
    highest = [*each.values(), *(told.highest for told in rounds if told.highest is not None)]
    return SiteTemperatures(
        feverish=None if then.there and unsure else len(named),
        highest=max(highest, default=None),
        each=each,
        by_totals=any(told.measured > len(told.readings) for told in rounds),
        measured=_measured(each.keys(), rounds, then.there),
        of=len(then.there),
    )


def _measured(read: Collection[int], rounds: Iterable[TemperatureTaken], there: Collection[int]) -> int | None:
    """Return how many of those there were measured. None: rounds told numbers alone that no names add up to."""
    rounds = list(rounds)
    named = {*read, *(number for told in rounds for number in _numbers(told.people) if number in there)}
    untold = [told for told in rounds if told.measured > len(told.readings) and not told.people]
    if not untold or len(named) == len(there):
        return len(named)
    [first, *more] = untold
    alone = not more and named <= set(_numbers(first.readings))
    return first.measured if alone and first.measured <= len(there) else None


def _numbers(people: Iterable[str]) -> Iterator[int]:
    return (about.number for each in people if (about := Subject.parse(each)) is not None)


def _rounds(snapshot: Snapshot, site: Site, day: date, now: datetime) -> dict[SiteFigure, int | None]:
    """Return how many rounds of a day were done in time, late or not at all, or are still open."""
    owed = site_rounds(snapshot, site, day, now)
    counts = Counter(_ROUNDS[each.state] for each in owed if each.state in _ROUNDS)
    return {name: counts[name] if owed else None for name in dict.fromkeys(_ROUNDS.values())}


def site_rounds(snapshot: Snapshot, site: Site, day: date, now: datetime) -> list[Obligation]:
    """Return the rounds and the staff checks of a site's day, as they stand by now."""
    return [*rounds.owed_at(site, snapshot, day, now), *staff.owed_at(site, snapshot, day, now)]


def _staff(snapshot: Snapshot, site: Site, entries: Collection[Entry], at: datetime) -> dict[SiteFigure, int | None]:
    """Return how many of the staff are on duty, by the register, and how many were found unwell or positive.

    A site without a register has what its checks counted.
    """
    day = snapshot.day_of(at - timedelta.resolution)
    members = by_site(snapshot).get(site.id, ())
    there = [each for each in members if began(each, snapshot) <= at and is_there(each, day)]
    here = {subject_id(each) for each in members}
    checks = [each.told for each in entries if isinstance(each.told, StaffChecked) and each.subject == subject_id(site)]
    unwell = {name for told in checks for name in _unwell(told, snapshot, at)}
    tests = [each.told for each in entries if isinstance(each.told, StaffTested)]
    unwell |= {name for told in tests if told.result == "positive" for name in told.people if name in here}
    by_count = [told for told in checks if not told.named]
    on_duty = (
        sum(_on_duty(each, at) for each in there) if there else max((each.checked for each in by_count), default=None)
    )
    found = len(unwell) + sum(told.abnormal for told in by_count)
    return {"staff": on_duty, "staff_unwell": found if checks or unwell else None}


def _unwell(told: StaffChecked, snapshot: Snapshot, at: datetime) -> Iterator[str]:
    fever_c = snapshot.daily_at(at).thresholds.fever_c
    yield from told.unwell
    yield from (name for name, temp_c in told.readings.items() if temp_c >= fever_c)


def _on_duty(member: StaffMember, at: datetime) -> bool:
    """Return True unless somebody is off duty at an instant."""
    return not any(each.since <= at and (each.back is None or each.back > at) for each in member.off)


def _ahead(snapshot: Snapshot, site: Site, now: datetime) -> tuple[int, ...] | None:
    """Return the rooms free on each of the next days. None: the plan of somebody there cannot be computed."""
    try:
        return free_by_day(snapshot, site, now, FORECAST_DAYS)
    except Exception:  # the board names whose plan it is: the other figures stand without him
        return None


def _incidents(
    snapshot: Snapshot, site: Site, there: Collection[int], starts: datetime, ends: datetime
) -> Iterator[Matter]:
    """Yield the findings of a day about a site, its people and its staff. One that was taken back is none."""
    staffed = {each.id for each in by_site(snapshot).get(site.id, ())}
    for matter in snapshot.matters.values():
        struck = matter.closed_at is not None and not matter.outcome
        about = Subject.parse(matter.subject)
        if matter.kind != "finding" or struck or about is None or not starts <= matter.opened_at < ends:
            continue
        of_site = about == subject_id(site)
        of_people = about.kind == "person" and about.number in there
        if of_site or of_people or (about.kind == "staff" and about.number in staffed):
            yield matter
