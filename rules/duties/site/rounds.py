"""The rounds of a quarantine site: patrols, temperature rounds, disinfections and the staff check (四（一）)."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import cast

from dutyboard.rules.duties.person import home_checks
from dutyboard.rules.duties.post import spare_rooms as standby
from dutyboard.rules.law.daily import Slot, Thresholds
from dutyboard.rules.records.clock import at, midnight
from dutyboard.rules.records.commands import Actor, Discharge
from dutyboard.rules.records.ids import DutyId, slot_of
from dutyboard.rules.records.model import Entry, Site, subject_id
from dutyboard.rules.records.obligation import Kind, Obligation, standing
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot, desk_of, unknown_subject
from dutyboard.rules.records.timely import untimely
from dutyboard.rules.records.told import RoundDone, StaffChecked, TemperatureTaken
from dutyboard.rules.records.transaction import Accepted, Transaction

SITE_KINDS: frozenset[Kind] = frozenset({"patrol", "temperature", "disinfection", "staff_check"})
_MOST_PEOPLE = 100_000
_NEVER_ENDS = datetime.max.replace(tzinfo=UTC)


def obligations(snapshot: Snapshot, day: date, now: datetime) -> list[Obligation]:
    """Every round that every site owes on one day: site by site, in the order of the notice's slots."""
    zone = snapshot.zone
    slots = [(slot, at(day, slot.closes, zone)) for slot in rounds_of(snapshot, day)]
    residents = Counter(p.site_id for p in snapshot.persons.values() if p.stage == "site")
    soon = snapshot.daily_at(now).duty.due_soon
    return [
        _round(snapshot, site, slot, day, now, soon, residents[site.id])
        for site in snapshot.sites.values()
        for since, until in [on_duty(snapshot, site)]
        for slot, closes in slots
        if since < closes <= until
    ]


def rounds_of(snapshot: Snapshot, day: date) -> list[Slot]:
    """Return the rounds that the notice of a day asks of each site, in its order."""
    return [slot for slot in snapshot.daily_at(midnight(day, snapshot.zone)).slots if slot.kind in SITE_KINDS]


def _round(
    snapshot: Snapshot, site: Site, slot: Slot, day: date, now: datetime, soon: timedelta, residents: int
) -> Obligation:
    zone = snapshot.zone
    opens, due, closes = at(day, slot.opens, zone), at(day, slot.due, zone), at(day, slot.closes, zone)
    obligation_id = DutyId(slot.id, subject_id(site), day)
    check = snapshot.done.get(obligation_id)
    state, late, entered_late = standing(opens, due, closes, check, now, soon)
    count, total = _heads(slot, check, residents)
    return Obligation(
        id=obligation_id,
        kind=cast(Kind, slot.kind),
        slot=slot.id,
        name=slot.name,
        subject=site.name,
        subject_id=subject_id(site),
        clause=slot.clause,
        owed_by=site.keeper,
        opens=opens,
        due=due,
        closes=closes,
        state=state,
        entry=check.id if check else None,
        late_minutes=late,
        entered_late=entered_late,
        abnormal=check.abnormal if check else False,
        count=count,
        total=total,
    )


def _heads(slot: Slot, check: Entry | None, residents: int) -> tuple[int, int]:
    """A temperature round counts heads: those measured of those there; before it is done, of the residents."""
    if slot.kind != "temperature":
        return 0, 0
    if check is None:
        return 0, residents
    return (check.told.measured, check.told.of) if isinstance(check.told, TemperatureTaken) else (0, 0)


def on_duty(snapshot: Snapshot, site: Site) -> tuple[datetime, datetime]:
    """Between which instants a daily duty's window must close for the site to owe it: after the first, not after the
    second. Both alike: never.

    It begins when the site was registered, opened or first seen in the log, and ends when it was closed: a window that
    had closed before, or was still open when the site closed, is not held against it.
    """
    since = site.opened_at or _known_since(snapshot, site)
    if site.state == "active":
        return since, _NEVER_ENDS
    return since, site.closed_at or since


def _known_since(snapshot: Snapshot, site: Site) -> datetime:
    """Never before the day the desk was opened: a mistyped year must not owe a year of rounds."""
    seen = snapshot.first_seen.get(subject_id(site), site.registered_at)
    return max(min(site.registered_at, seen), _first_day(snapshot))


def _first_day(snapshot: Snapshot) -> datetime:
    return midnight(snapshot.day_of(desk_of(snapshot).opened_at), snapshot.zone)


def find_round(snapshot: Snapshot, obligation_id: str, now: datetime) -> Obligation | Refusal:
    """The round of that id. One before the site was registered is found as well, from the desk's first day on: the
    entry that says it was done makes the site's duties begin there."""
    unknown = Refusal("unknown_obligation", {"obligation": obligation_id})
    named = DutyId.parse(obligation_id)
    if named is None or named.subject.kind != "site":
        return unknown
    day, site = named.day, snapshot.sites.get(named.subject.number)
    slot = next((s for s in rounds_of(snapshot, day) if s.id == named.slot), None)
    if site is None or slot is None:
        return unknown
    closes = at(day, slot.closes, snapshot.zone)
    since, until = on_duty(snapshot, site)
    if not since < closes <= until:
        if site.state != "active":
            return Refusal("site_not_active", {"site": site.name})
        if site.opened_at is not None or closes <= _first_day(snapshot):
            return unknown
    residents = sum(1 for p in snapshot.persons.values() if p.stage == "site" and p.site_id == site.id)
    return _round(snapshot, site, slot, day, now, snapshot.daily_at(now).duty.due_soon, residents)


def decide_discharge(command: Discharge, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Say that a round or a check was done. Its state follows `happened_at`, not the time of entry."""
    if slot_of(command.obligation) == home_checks.SLOT:
        return home_checks.decide_home_check(command, snapshot, now, actor)
    if slot_of(command.obligation) == standby.ROOMS:
        return standby.decide_considered(command, snapshot, now, actor)
    owed = find_round(snapshot, command.obligation, now)
    if isinstance(owed, Refusal):
        return owed
    happened_at = command.happened_at or now
    refused = untimely(snapshot, owed, happened_at, now)
    if refused:
        return refused
    limits = snapshot.daily_at(happened_at).thresholds
    told = _told(owed.kind, command, limits)
    if isinstance(told, Refusal):
        return told
    if isinstance(told, TemperatureTaken):
        unsound = _too_close(snapshot, owed, told, happened_at) or _unsound(told, snapshot, limits)
        if unsound:
            return unsound
    abnormal, incomplete = _telling(told, limits)
    text = command.text.strip()
    if (command.abnormal or abnormal or incomplete) and not text:
        return Refusal("note_needed")
    transaction = Transaction(snapshot, now, actor)
    entry = transaction.log(
        told,
        happened_at=happened_at,
        subject=owed.subject_id,
        obligation=owed.id,
        abnormal=command.abnormal or abnormal,
        text=text,
        done_by=command.done_by.strip() or owed.owed_by,
    )
    state, _, _ = standing(owed.opens, owed.due, owed.closes, entry, now, timedelta())
    return transaction.accepted(state)


def _told(kind: Kind, command: Discharge, limits: Thresholds) -> RoundDone | TemperatureTaken | StaffChecked | Refusal:
    """Return what the form of a round stated, or why it cannot be; a round without a form states nothing."""
    if kind == "temperature":
        return _temperature(command, limits)
    if kind == "staff_check":
        figures = command.figures
        refused = _misstated(figures, {"checked": (1, _MOST_PEOPLE), "abnormal": (0, figures.get("checked", 0))}, {})
        return refused or StaffChecked(checked=int(figures["checked"]), abnormal=int(figures["abnormal"]))
    return RoundDone()


def _too_close(snapshot: Snapshot, owed: Obligation, taken: TemperatureTaken, happened_at: datetime) -> Refusal | None:
    """Refuse a temperature round beside another: two readings of a person less than the setting apart count as one."""
    if not taken.measured:
        return None
    apart = snapshot.daily_at(happened_at).duty.temperature_rounds_apart
    today = snapshot.day_of(happened_at)
    for day in (today - timedelta(days=1), today, today + timedelta(days=1)):
        for slot in rounds_of(snapshot, day):
            other = snapshot.done.get(DutyId(slot.id, owed.subject_id, day))
            measured = other is not None and isinstance(other.told, TemperatureTaken) and other.told.measured
            if other and measured and abs(other.happened_at - happened_at) < apart:
                hours = int(apart.total_seconds() // 3600)
                return Refusal("rounds_too_close", {"hours": hours, "at": other.happened_at})
    return None


def _temperature(command: Discharge, limits: Thresholds) -> TemperatureTaken | Refusal:
    figures = command.figures
    heat = {"highest": (limits.least_c, limits.most_c)} if figures.get("measured") != 0 else {}
    refused = _misstated(figures, {"of": (0, _MOST_PEOPLE), "measured": (0, figures.get("of", 0))}, heat)
    if refused:
        return refused
    return TemperatureTaken(
        of=int(figures["of"]),
        measured=int(figures["measured"]),
        highest=figures["highest"] if heat else None,
        readings=dict(command.readings),
    )


def _unsound(taken: TemperatureTaken, snapshot: Snapshot, limits: Thresholds) -> Refusal | None:
    """Return why readings told one by one cannot be: of nobody on the desk, out of range, or against the totals.

    They may be fewer than were measured, for the rest may have been told as totals; and of a person who has left.
    """
    readings = taken.readings
    if not readings:
        return None
    for whose, reading in readings.items():
        refused = unknown_subject(snapshot, whose)
        if refused:
            return refused
        if not isinstance(reading, int | float) or not limits.least_c <= reading <= limits.most_c:
            return Refusal(
                "bad_figure", {"name": whose, "value": reading, "low": limits.least_c, "high": limits.most_c}
            )
    if len(readings) > taken.measured:
        return Refusal(
            "bad_figure", {"name": "measured", "value": taken.measured, "low": len(readings), "high": taken.of}
        )
    if taken.highest is not None and max(readings.values()) > taken.highest:
        return Refusal(
            "bad_figure",
            {"name": "highest", "value": taken.highest, "low": max(readings.values()), "high": limits.most_c},
        )
    return None


def _misstated(
    figures: Mapping[str, int | float],
    counts: Mapping[str, tuple[int, int | float]],
    readings: Mapping[str, tuple[float, float]],
) -> Refusal | None:
    """Return why figures cannot be: one is missing, is no whole number where heads are counted, or out of range."""
    missing = [name for name in (*counts, *readings) if figures.get(name) is None]
    if missing:
        return Refusal("figures_needed", {"names": missing})
    for name, (low, high) in {**counts, **readings}.items():
        value = figures[name]
        fits = isinstance(value, int) if name in counts else isinstance(value, int | float)
        if isinstance(value, bool) or not fits or not low <= value <= high:
            return Refusal("bad_figure", {"name": name, "value": value, "low": low, "high": high})
    return None


def _telling(told: RoundDone | TemperatureTaken | StaffChecked, limits: Thresholds) -> tuple[bool, bool]:
    """Return (abnormal, incomplete) as the figures say: a fever, a symptom among the staff; somebody left out."""
    match told:
        case TemperatureTaken(of=of, measured=measured, highest=highest):
            return (highest or 0) >= limits.fever_c, measured < of
        case StaffChecked(abnormal=abnormal):
            return abnormal > 0, False
        case _:
            return False, False
