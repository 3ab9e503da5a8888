"""Alarms of the red lane: seen by whom, shelved until when, and grouped in a flood (ISA-18.2, EEMUA 191).

An alarm is a duty of top priority that is owed now (`Obligation.grave`): each kind of it has an act that ends it. To
acknowledge is not to do: the row stays. What was said before the last handover counts no more, save that the incoming
officer has seen what he took over by its name.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.rules.belonging import record_named
from dutyboard.rules.duties.post.matters import about_whom
from dutyboard.rules.people.officers import officer_name
from dutyboard.rules.people.stage import site_of
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.post import Acknowledge, Shelve
from dutyboard.rules.records.ids import POST, DutyId, Subject
from dutyboard.rules.records.model import Entry, Officer, Person
from dutyboard.rules.records.obligation import OWED, Attention, Kind, Obligation, minutes
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.staff import StaffMember
from dutyboard.rules.records.told.post import Acknowledged, HandedOver, Shelved
from dutyboard.rules.records.transaction import Accepted, Transaction

FindRow = Callable[[Snapshot, DutyId, datetime], Obligation | None]
"""Finder of a row of the board, which only the face of the rules gathers."""
NEVER_SHELVED: Final[frozenset[Kind]] = frozenset({"seat", "handover"})
"""Kinds that nobody puts aside: while they wait, nobody answers for the rest."""
FLOOD: Final = 10
"""Alarms that may come in `FLOOD_WITHIN` and still be read one by one; more are a flood, and grouped."""
FLOOD_WITHIN: Final = timedelta(minutes=10)


def attended(rows: tuple[Obligation, ...], snapshot: Snapshot, now: datetime) -> tuple[Obligation, ...]:
    """Return the rows of a board with what was said of each beyond doing it. Rows of which nothing was said stay."""
    said = snapshot.attended
    if not said or not any(row.id in said for row in rows):
        return rows
    return tuple(
        replace(row, attention=found) if row.id in said and (found := attention(row, snapshot, now)) else row
        for row in rows
    )


def attention(owed: Obligation, snapshot: Snapshot, now: datetime) -> Attention | None:
    """Return the last thing said of a duty that still counts; None: nothing is.

    A duty put aside before it became an alarm is back at once, and is an alarm that nobody has seen.
    """
    last = next((each for each in reversed(snapshot.attended.get(owed.id, ())) if _counts(each, owed, snapshot)), None)
    if last is None or owed.state not in OWED:
        return None
    told = last.told
    if isinstance(told, Shelved):
        if owed.grave and not told.alarm:
            return None
        return Attention(last.id, last.done_by, last.happened_at, told.until, last.text, now >= told.until)
    if not owed.grave or (isinstance(told, Acknowledged) and owed.id not in told.alarms):
        return None
    by = officer_name(snapshot, told.incoming) if isinstance(told, HandedOver) else last.done_by
    return Attention(last.id, by, last.happened_at)


def _counts(entry: Entry, owed: Obligation, snapshot: Snapshot) -> bool:
    """Return True unless a handover came after an entry, or it was said before the duty began."""
    handed_over = snapshot.handed_over_at
    if handed_over is not None and entry.happened_at <= handed_over:
        return isinstance(entry.told, HandedOver) and entry.happened_at == handed_over
    return entry.happened_at >= began(owed, snapshot)


def began(owed: Obligation, snapshot: Snapshot) -> datetime:
    """Return the instant from which on a duty of top priority is an alarm.

    An empty seat is one since it is empty. A ride or a question that grew late is one since then. Contacts are owed
    from the day of the sample on, but nobody knows of them before its result.
    """
    if owed.kind == "trace":
        return max(owed.opens, snapshot.restated.get(owed.subject_id.number, owed.opens))
    by_its_lateness = owed.kind in ("seat", "transfer", "referral") and owed.state == "late"
    return owed.due if by_its_lateness else owed.opens


def unseen_since(owed: Obligation, snapshot: Snapshot) -> datetime:
    """Return since when an alarm has waited for somebody to see it: its beginning, a handover, or its return."""
    back = [each for each in (snapshot.handed_over_at,) if each is not None]
    if owed.attention is not None and owed.attention.until is not None:
        back.append(owed.attention.until)
    return max((began(owed, snapshot), *back))


def unseen_minutes(owed: Obligation, snapshot: Snapshot, now: datetime) -> int:
    """Return for how many minutes an alarm has been overlooked. 0: it was seen, has only just come, or is none."""
    if not owed.grave or owed.acknowledged or owed.shelved:
        return 0
    waited = now - unseen_since(owed, snapshot)
    return minutes(waited) if waited >= snapshot.daily_at(now).duty.alarm_again else 0


@frozen(eq=False)
class AlarmGroup:
    """Alarms of one kind at one site, in one town or at the post, which have come in a flood. `id` is of no day."""

    id: DutyId
    place: Subject
    rows: tuple[Obligation, ...]

    @property
    def unseen(self) -> tuple[Obligation, ...]:
        """The alarms that nobody has acknowledged."""
        return tuple(row for row in self.rows if not row.acknowledged)


def flood_groups(rows: Iterable[Obligation], snapshot: Snapshot) -> tuple[AlarmGroup, ...]:
    """Return the groups of a flood, in the order of the rows. None: no more than ten alarms came within ten minutes.

    An empty seat stands by itself, and so does what is alone of its kind and place.
    """
    alarms = [row for row in rows if row.grave and not row.shelved]
    instants = sorted(began(row, snapshot) for row in alarms)
    starts = [first for first, last in zip(instants, instants[FLOOD:]) if last - first <= FLOOD_WITHIN]
    if not starts:
        return ()
    found: dict[DutyId, list[Obligation]] = {}
    for row in alarms:
        if row.kind != "seat" and any(start <= began(row, snapshot) <= start + FLOOD_WITHIN for start in starts):
            found.setdefault(DutyId(row.kind, place_of(row.subject_id, snapshot), date.min), []).append(row)
    return tuple(
        AlarmGroup(id=key, place=key.subject, rows=tuple(each)) for key, each in found.items() if len(each) > 1
    )


def place_of(named: Subject, snapshot: Snapshot) -> Subject:
    """Return the site or the town that a name is about; the post's name where it is about neither."""
    about, site, unit = about_whom(named, snapshot), None, None
    match record_named(about, snapshot):
        case Person() as person:
            site, unit = site_of(person), person.unit_id
        case StaffMember() as member:
            site = member.site_id
        case Officer() as officer:
            unit = officer.unit_id
        case _:
            return about if about.kind in ("site", "unit") else POST
    return Subject("site", site) if site is not None else Subject("unit", unit) if unit is not None else POST


def longest(owed: Obligation, snapshot: Snapshot, now: datetime) -> timedelta:
    """Return for how long a duty may be put aside at most, by the settings of the desk."""
    duty = snapshot.daily_at(now).duty
    return duty.shelve_red if owed.grave else duty.shelve


def decide_acknowledge(
    command: Acknowledge, snapshot: Snapshot, now: datetime, actor: Actor, find: FindRow
) -> Accepted | Refusal:
    """Write down that alarms were seen. One that is shelved, alarm or not, is taken up again."""
    alarms: list[str] = []
    taken_up: list[str] = []
    about = []
    for typed in dict.fromkeys(command.obligations):
        owed = _owed(typed, snapshot, now, find)
        if isinstance(owed, Refusal):
            return owed
        said = owed.attention
        if owed.acknowledged and said is not None:
            return Refusal("seen_already", {"subject": owed.subject, "by": said.by, "at": said.at})
        if not owed.grave and not owed.shelved:
            return Refusal("no_alarm", {"subject": owed.subject})
        (alarms if owed.grave else taken_up).append(owed.id)
        about.append(owed.subject_id)
    if not about:
        return Refusal("figures_needed", {"names": ["obligations"]})
    transaction = Transaction(snapshot, now, actor)
    transaction.log(
        Acknowledged(alarms=tuple(alarms), taken_up=tuple(taken_up)), subject=about[0] if len(set(about)) == 1 else POST
    )
    return transaction.accepted("open")


def decide_shelve(
    command: Shelve, snapshot: Snapshot, now: datetime, actor: Actor, find: FindRow
) -> Accepted | Refusal:
    """Put a duty aside for a time, with the reason. It comes back by itself, and every handover ends it."""
    owed = _owed(command.obligation, snapshot, now, find)
    if isinstance(owed, Refusal):
        return owed
    if owed.kind in NEVER_SHELVED:
        return Refusal("never_shelved", {"subject": owed.subject})
    said = owed.attention
    if owed.shelved and said is not None and said.until is not None:
        return Refusal("shelved_already", {"subject": owed.subject, "by": said.by, "until": said.until})
    reason = command.reason.strip()
    if not reason:
        return Refusal("reason_needed")
    if command.until <= now:
        return Refusal("before_now", {"at": command.until})
    most = longest(owed, snapshot, now)
    if command.until - now > most:
        return Refusal("shelved_too_long", {"minutes": most // timedelta(minutes=1)})
    transaction = Transaction(snapshot, now, actor)
    transaction.log(Shelved(duty=owed.id, until=command.until, alarm=owed.grave), subject=owed.subject_id, text=reason)
    return transaction.accepted(owed.state)


def _owed(typed: str, snapshot: Snapshot, now: datetime, find: FindRow) -> Obligation | Refusal:
    """Return a duty that somebody can act on now, or why it is none."""
    duty = DutyId.parse(typed)
    owed = find(snapshot, duty, now) if duty is not None else None
    if owed is None:
        return Refusal("unknown_obligation", {"obligation": typed})
    done = snapshot.entries.get(owed.entry or 0)
    if done is not None and owed.state not in OWED:
        return Refusal("already_done", {"subject": owed.subject, "by": done.done_by, "at": done.happened_at})
    if owed.state == "upcoming":
        return Refusal("not_open_yet", {"subject": owed.subject, "opens": owed.opens})
    if owed.state not in OWED:
        return Refusal("window_closed", {"subject": owed.subject, "closes": owed.closes or owed.due})
    return owed
