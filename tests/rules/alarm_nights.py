"""Two nights of a county at the level of the rules, minute by minute: the alarms that come and the bells that ring.

20 towns, 8 sites and 300 people from 20:00 to 08:00. On the normal night three people have a fever for once, one is
positive, twelve arrive, and the work is done in time. On the bad one thirty have a fever within seven minutes, two are
positive, rides take too long, a seat stands empty for an hour, and nobody looks at the board for a quarter of one.
`python -m tests.rules.alarm_nights` prints the counts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache

from dutyboard.rules.board import board
from dutyboard.rules.board_rows import BoardRows
from dutyboard.rules.duties.person.positive import consequences
from dutyboard.rules.duties.post.alarms import FLOOD, FLOOD_WITHIN, flood_groups
from dutyboard.rules.duties.post.ringing import LastRung, rung
from dutyboard.rules.people.course import assessment_of, course_of, fresh_course
from dutyboard.rules.people.rooms import free_rooms
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.person import (
    ActOnPositive,
    Confirm,
    EndTransfer,
    RecordTest,
    StartTransfer,
    TakeReading,
    TraceContacts,
)
from dutyboard.rules.records.commands.post import Acknowledge, Discharge, TakeSeat
from dutyboard.rules.records.model import Person, Record
from dutyboard.rules.records.obligation import OWED, Obligation
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from tests.rules.desks import ADMIN, LI, LIU, WANG, ZHANG, act, actor, desk, shift, signed, site, t, unit
from tests.rules.duties.test_queue import AREAS, facts_of, someone

TOWNS, SITES, AT_SITES, AT_HOME, ARRIVALS = 20, 8, 216, 72, 12
BEGINS, ENDS = t("20:00"), t("08:00", 8)
CALM = 5
"""Alarms in ten minutes below which a flood is over (ISA-18.2)."""
MINUTE = timedelta(minutes=1)
Event = Callable[[Snapshot, datetime], Snapshot]


@dataclass
class Night:
    """What came of a night. `rows_most`: the most rows of the red lane at once, `rows_in_flood` while
    some are grouped; `grouped`: the most alarms in groups at once.

    `desk` is the picture at its end. `left`: alarms that stand by then; `lost`: alarms that left the board and the
    shelf without an act about them.
    """

    people: int
    came: list[datetime] = field(default_factory=list)
    bells: list[datetime] = field(default_factory=list)
    rows_most: int = 0
    rows_in_flood: int = 0
    alarms_most: int = 0
    grouped: int = 0
    left: int = 0
    lost: int = 0
    desk: Snapshot | None = None

    @property
    def hours(self) -> int:
        """How long it is."""
        return int((ENDS - BEGINS) / timedelta(hours=1))

    def each_ten_minutes(self) -> list[int]:
        """The alarms of each ten minutes."""
        return _each(self.came)

    def bells_each_ten_minutes(self) -> list[int]:
        """The bells of each ten minutes."""
        return _each(self.bells)

    @property
    def flooded(self) -> int:
        """Per cent of the ten minutes in which more than ten alarms came."""
        each = self.each_ten_minutes()
        return round(100 * sum(n > FLOOD for n in each) / len(each))


def _each(instants: list[datetime]) -> list[int]:
    spans = [BEGINS + n * FLOOD_WITHIN for n in range(int((ENDS - BEGINS) / FLOOD_WITHIN))]
    return [sum(start <= at < start + FLOOD_WITHIN for at in instants) for start in spans]


def county(*shifts: Record) -> Snapshot:
    """The county at 20:00, with everybody who is at a site or at home."""
    people: list[Person] = []
    for number in range(1, AT_SITES + AT_HOME + 1):
        given: dict[str, object] = {
            "unit_id": number % TOWNS + 1,
            "admitted_on": date(2021, 6, 7),
            "officer_name": "王芳",
            "officer_id": WANG,
        }
        if number <= AT_SITES:
            given |= {"stage": "site", "site_id": number % SITES + 1, "room": number // SITES + 1}
        else:
            given |= {"stage": "home", "home_from": date(2021, 6, 7), "home_cadre": "村干部"}
        facts = facts_of("3.5" if number <= AT_SITES else "3.7a")
        people.append(replace(someone(number, "3.5"), registered_at=t("10:30"), facts=facts, **given))  # type: ignore[arg-type]
    snapshot = desk(
        *(unit(number) for number in range(1, TOWNS + 1)),
        *(site(number, rooms=60) for number in range(1, SITES + 1)),
        *AREAS,
        *shifts,
        *people,
    )
    judged = [
        replace(each, assessment=assessment_of(fresh_course(each, snapshot, BEGINS).result, 1, t("10:40")))
        for each in snapshot.persons.values()
    ]
    return snapshot.applied(snapshot.seq, judged)


def _seats(*leader: Record) -> tuple[Record, ...]:
    return (
        shift(1, "officer", ZHANG, t("08:00"), t("20:00")),
        shift(2, "officer", LIU, t("20:00"), t("08:00", 8)),
        shift(3, "officer", WANG, t("08:00", 8), t("20:00", 8)),
        *(leader or (shift(4, "leader", LI, t("00:00"), t("20:00", 8)),)),
    )


def _said(command: Command) -> Event:
    return lambda snapshot, now: act(snapshot, command, now)


def _positive(number: int) -> Event:
    """His result comes in, and all that follows is carried out at once."""

    def found(snapshot: Snapshot, now: datetime) -> Snapshot:
        result = RecordTest(person_id=number, type="pcr", sampled_on=date(2021, 6, 7), result="positive")
        snapshot = act(snapshot, result, now)
        shown = tuple(each.id for each in consequences(snapshot, snapshot.persons[number], now))
        return act(snapshot, ActOnPositive(person_id=number, shown=shown), now)

    return found


def _arrivals(first: datetime, apart: timedelta) -> Iterator[tuple[datetime, Event]]:
    def came(number: int) -> Event:
        def put(snapshot: Snapshot, now: datetime) -> Snapshot:
            return snapshot.applied(snapshot.seq + 1, [replace(someone(number, "3.5"), registered_at=now, unit_id=1)])

        return put

    for nth in range(ARRIVALS):
        yield first + nth * apart, came(AT_SITES + AT_HOME + 1 + nth)


@cache
def normal_night() -> Night:
    """The night on which the work is done in time."""
    events = [
        *_arrivals(t("20:10"), timedelta(minutes=50)),
        *((t(at, day), _said(TakeReading(person_id=n, temp_c=37.8))) for n, at, day in NORMAL_FEVERS),
        (t("23:00"), _positive(40)),
    ]
    return _worked(county(*_seats()), events, looks_after=2, road=30, retakes_after=20)


NORMAL_FEVERS = ((10, "21:00", 7), (20, "00:30", 8), (30, "04:00", 8))


@cache
def bad_night() -> Night:
    """The night on which everything comes at once."""
    fevers = (
        (t("20:05") + timedelta(seconds=14 * nth), _said(TakeReading(person_id=nth, temp_c=38.2)))
        for nth in range(1, 31)
    )
    leader = shift(4, "leader", LI, t("00:00"), t("22:00"))
    events = [
        *_arrivals(t("20:01"), timedelta(minutes=1)),
        *fevers,
        (t("21:00"), _positive(41)),
        (t("21:02"), _positive(50)),
        (t("23:00"), lambda snapshot, now: act(snapshot, TakeSeat(seat="leader"), now, actor(LI))),
    ]
    return _worked(county(*_seats(leader)), events, looks_after=15, road=100, retakes_after=45)


def _worked(
    snapshot: Snapshot, events: list[tuple[datetime, Event]], *, looks_after: int, road: int, retakes_after: int
) -> Night:
    """Work a night. An alarm is seen so many minutes after it came; rides and retakes take so long."""
    rows, heard = BoardRows(), None
    night = Night(people=len(snapshot.persons) + ARRIVALS)
    came: dict[str, datetime] = {}
    pending = sorted(events, key=lambda each: each[0])
    now = BEGINS
    while now < ENDS:
        while pending and pending[0][0] < now + MINUTE:
            at, event = pending.pop(0)
            snapshot = event(snapshot, max(at, now))
        shown = board(snapshot, now + timedelta(seconds=59), rows)
        heard = _looked_at(night, shown.obligations, snapshot, shown.now, came, heard)
        for row in shown.obligations:
            if row.state in OWED and (command := _done(row, snapshot, shown.now, road, retakes_after)) is not None:
                answer = signed(command, snapshot, shown.now, ADMIN)
                assert not isinstance(answer, Refusal), (row.id, answer)
                snapshot = answer.on(snapshot)
        alarms = (row for row in shown.obligations if row.grave and not row.acknowledged)
        seen = [row.id for row in alarms if shown.now - came[row.id] >= looks_after * MINUTE]
        standing = board(snapshot, shown.now).obligations if seen else ()
        left = tuple(row.id for row in standing if row.id in seen and row.grave and not row.acknowledged)
        if left:
            snapshot = act(snapshot, Acknowledge(obligations=left), shown.now)
        now += MINUTE
    night.desk = snapshot
    night.left = sum(row.grave for row in board(snapshot, ENDS).obligations)
    return night


def _looked_at(
    night: Night,
    shown: tuple[Obligation, ...],
    snapshot: Snapshot,
    now: datetime,
    came: dict[str, datetime],
    heard: LastRung | None,
) -> LastRung:
    """Count what one minute of the board shows and rings."""
    lane = {row.id: row for row in shown if row.grave}
    new = [key for key in lane if key not in came]
    gone = [key for key in came if key not in lane]
    subjects = {entry.subject for entry in snapshot.entries.values() if entry.entered_at >= now - 2 * MINUTE}
    seats = [key for key in gone if key.startswith("seat-")]  # somebody has sat down, or another day has begun
    night.lost += sum(about.split("/")[1] not in subjects for about in gone if about not in seats)
    for key in gone:
        del came[key]
    came |= dict.fromkeys(new, now)
    night.came += [now for _ in new]
    groups = flood_groups(shown, snapshot)
    in_groups = sum(len(group.rows) for group in groups)
    night.grouped = max(night.grouped, in_groups)
    night.alarms_most = max(night.alarms_most, len(lane))
    rows = len(lane) - in_groups + len(groups)
    night.rows_most = max(night.rows_most, rows)
    night.rows_in_flood = max(night.rows_in_flood, rows if groups else 0)
    heard, ringing = rung(heard, shown, snapshot, now)
    night.bells += [now] if ringing else []
    return heard


def _done(row: Obligation, snapshot: Snapshot, now: datetime, road: int, retakes_after: int) -> Command | None:
    """What the officer does about a row now; None: nothing yet."""
    waited = (now - row.opens) / MINUTE
    if row.kind in ("patrol", "disinfection", "home_check") and waited >= 20:
        return Discharge(obligation=row.id)
    if row.kind == "staff_check" and waited >= 20:
        return Discharge(obligation=row.id, figures={"checked": 6, "abnormal": 0})
    if row.kind == "temperature" and waited >= 20:
        return Discharge(obligation=row.id, figures={"measured": row.total, "of": row.total, "highest": 36.8})
    number = row.subject_id.number
    if row.kind == "retake" and waited >= retakes_after:
        return TakeReading(person_id=number, temp_c=36.6)
    if row.kind == "trace" and waited >= 60 and snapshot.persons[number].site_id is None:
        return TraceContacts(person_id=number, contacts=3, told="市疾控")
    if row.kind == "transfer" and row.slot == "arrival":
        return EndTransfer(person_id=number, received_by="其他：负责人") if waited >= road else None
    if row.kind == "transfer" and waited >= 30:
        return StartTransfer(person_id=number, vehicle="湘K1", driver="周涛")
    if row.kind == "assess" and row.slot == "assess" and waited >= 20:
        home = snapshot.sites[number % SITES + 1]
        clause = course_of(snapshot.persons[number], snapshot, now).result.clause
        room = free_rooms(snapshot, home)[0]
        return Confirm(person_id=number, clause=clause, officer_name="王芳", site_id=home.id, room=room)
    return None


def told(name: str, night: Night) -> str:
    """One line of a night's counts."""
    each, bells = night.each_ten_minutes(), night.bells_each_ten_minutes()
    average, most = len(night.came) / len(each), max(each)
    return (
        f"{name}: {len(night.came)} alarms in {night.hours} h, {average:.2f} in ten minutes on the average, "
        f"{most} at most; {night.flooded} % of the night in flood; {len(night.bells)} bells, {max(bells)} "
        f"in ten minutes at most; red lane: {night.alarms_most} alarms in {night.rows_most} rows at most"
    )


if __name__ == "__main__":
    print(told("normal night", normal_night()))
    print(told("bad night", bad_night()))
