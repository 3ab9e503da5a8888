"""Whole courses of people, drawn at random: registered, assessed, moved, tested, ill, corrected, released, back again.

An officer who errs works a small desk for weeks. Each act is plausible, not always right: the rules take it or refuse
it. After each act, and at instants between, the desk is asked for what may never be.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from dutyboard.rules.amending.undoing import act_of
from dutyboard.rules.amending.ways import ByOwnAct, OnlyBack, way_of
from dutyboard.rules.board import board
from dutyboard.rules.decide import decide
from dutyboard.rules.duties.person.positive import consequences
from dutyboard.rules.duties.person.suspicion import precautions
from dutyboard.rules.law.facts import Facts, Stay
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.rooms import free_rooms, rooms_held
from dutyboard.rules.people.stage import (
    awaits_answer,
    dwelling,
    first_place,
    in_hospital,
    in_queue,
    on_desk,
    on_road,
    site_of,
)
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.person import (
    ActOnPositive,
    ActOnSuspicion,
    AnswerReferral,
    CancelTransfer,
    Confirm,
    Correct,
    EndTransfer,
    HandOff,
    Move,
    PersonData,
    RecordTest,
    Register,
    Release,
    Reopen,
    StartTransfer,
    TakeReading,
    TraceContacts,
    Transfer,
    Void,
)
from dutyboard.rules.records.commands.post import CloseMatter, Discharge
from dutyboard.rules.records.model import Person, Unit, subject_id
from dutyboard.rules.records.obligation import OWED, Kind, Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted
from tests.rules.desks import LI, ZONE, actor, desk, shift, site, t

STARTS: Final = t("08:00")
CADRES: Final = ("镇干部", "村干部")
SOON: Final = timedelta(hours=24)
"""A thing that begins within so long is owed already, in the sense of the notice's sentence."""

Act = Callable[["Night", Person], Command | None]


@dataclass
class Night:
    """A desk that is worked: the picture, the clock, and what was done and refused."""

    random: Random
    snapshot: Snapshot
    now: datetime = STARTS
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day of the clock."""
        return self.now.astimezone(ZONE).date()

    def chance(self, often: float) -> bool:
        """Return True that often."""
        return self.random.random() < often

    def say(self, command: Command) -> None:
        """Say an act; the rules take it or refuse it."""
        name = type(command).__name__
        answer = decide(command, self.snapshot, self.now, actor(LI))
        if isinstance(answer, Accepted):
            self.snapshot = self.snapshot.applied(self.snapshot.seq + 1, answer.changes)
            self.done[name] += 1
            self.told.append(f"{self.now:%m-%d %H:%M} {command}")
        else:
            self.refused[f"{name} {answer.code}"] += 1


def new_desk() -> Snapshot:
    """Two sites, a town, and both seats held for two months."""
    return desk(
        Unit(id=1, name="蓝田街道", kind="street", registered_at=STARTS),
        site(1, registered=STARTS, rooms=6),
        site(2, registered=STARTS, rooms=4),
        shift(1, "leader", LI, STARTS, STARTS + timedelta(days=60)),
        shift(2, "officer", LI, STARTS, STARTS + timedelta(days=60)),
        opened=STARTS,
    )


# ---------------------------------------------------------------- facts


def facts_of(night: Night) -> Facts:
    """Draw what somebody says of himself when he comes."""
    pick, today = night.random.choice, night.today
    arrived = datetime.combine(today - timedelta(days=pick((0, 0, 0, 1, 3, 9, 20))), time(pick((1, 7))))
    left = arrived.date() - timedelta(days=pick((0, 1, 5)))
    category = pick(("high", "medium", "risk_county_other", "risk_city_province_other", "low", "unknown"))
    quiet = Facts(
        arrival_at=arrived,
        border="none",
        stays=(),
        health_code="green",
        travel_card="green",
        symptoms="none",
        pcr=None,
        sanfei="no",
    )
    drawn: dict[str, object] = pick(
        (
            {"stays": (Stay(place="某地", category=category, left_on=left),)},
            {"contact": pick(("close", "secondary", "unspecified"))},
            {"health_code": pick(("red", "yellow", "none"))},
            {"travel_card": pick(("red", "yellow", "orange"))},
            {"symptoms": pick(("present", None)), "border": "foreign", "isolation_days_done": pick((0, 14, 21))},
            {"case_status": pick(("suspected", "confirmed", "discharged"))},
            {"sanfei": pick(("yes", None))},
            {"arrival_at": None},
            {},
        )
    )
    return replace(quiet, **drawn)  # type: ignore[arg-type]


# ---------------------------------------------------------------- acts about a person


def confirm(night: Night, person: Person) -> Command | None:
    """Assess him, with a room where he needs one."""
    result = course_of(person, night.snapshot, night.now).result
    room = {}
    if first_place(result) == "site":
        number = night.random.choice((1, 2))
        free = free_rooms(night.snapshot, night.snapshot.sites[number])
        room = {"site_id": number, "room": free[0]} if free else {}
    home = CADRES if first_place(result) == "home" else ()
    return Confirm(person_id=person.id, clause=result.clause, officer_name="李建国", cadres=home, **room)


def answer(night: Night, person: Person) -> Command | None:
    """Write down what the office decided."""
    clause = night.random.choice((None, "3.5", "3.6", "3.10", "none"))
    return AnswerReferral(person_id=person.id, decision="按此办理", authority="指挥部", clause=clause)


def move(night: Night, person: Person) -> Command | None:
    """Tell of a ride that is over."""
    left = night.now - timedelta(minutes=night.random.choice((20, 50)))
    return Transfer(
        person_id=person.id, left_at=left, vehicle="湘K1", driver="赵", arrived_at=night.now, received_by="周"
    )


def leave(night: Night, person: Person) -> Command | None:
    """Tell that he has left, mostly where his transfer is owed to, else anywhere."""
    to = night.random.choice((None, None, None, "site", "hospital", "fever-clinic", "home", "county"))
    return StartTransfer(
        person_id=person.id,
        vehicle="湘K3",
        driver="钱",
        to=to,
        site_id=night.random.choice((1, 2)) if to == "site" else None,
        place="邻县" if to == "county" else "",
    )


def arrive(_: Night, person: Person) -> Command | None:
    """Tell that he has arrived."""
    return EndTransfer(person_id=person.id, received_by="孙")


def turn_back(_: Night, person: Person) -> Command | None:
    """Tell that he is back where he had left."""
    return CancelTransfer(person_id=person.id, reason="道路不通")


def other_room(night: Night, person: Person) -> Command | None:
    """Give him another room, of his site or of the other."""
    return Move(person_id=person.id, site_id=night.random.choice((1, 2)), reason="空调坏了")


def suspect(night: Night, person: Person) -> Command | None:
    """Carry out all that a suspected case brings, with or without an odd reading."""
    shown = tuple(each.id for each in precautions(night.snapshot, person, night.now))
    return ActOnSuspicion(person_id=person.id, shown=shown, told="指挥部办公室", text="医生怀疑") if shown else None


def void(night: Night, person: Person) -> Command | None:
    """End a registration made by mistake; seldom, for it is refused to most."""
    return Void(person_id=person.id, reason="重复登记") if night.chance(0.2) else None


def amend(night: Night, person: Person) -> Command | None:
    """Take back one of the last things told of him, or tell it again."""
    mine = [each for each in night.snapshot.entries.values() if each.subject == subject_id(person)]
    entry = night.random.choice(mine[-4:])
    way = way_of(act_of(entry, night.snapshot), night.snapshot)
    again = None if isinstance(way, OnlyBack | ByOwnAct) or night.chance(0.5) else way
    if isinstance(again, TakeReading):
        again = replace(again, temp_c=night.random.choice((36.6, 38.1)))
    if isinstance(again, RecordTest):
        again = replace(again, result=night.random.choice(("negative", "positive")))
    return Amend(entry_id=entry.id, reason="记错", instead=again, agreed=night.chance(0.9))


def swab(night: Night, person: Person) -> Command | None:
    """Take a sample, or say its result."""
    result = night.random.choice(("pending", "negative", "negative", "negative", "indeterminate", "positive"))
    kind = night.random.choice(("pcr", "pcr", "pcr", "serum"))
    ago = timedelta(days=night.random.choice((0, 0, 0, 1, 4)))
    return RecordTest(person_id=person.id, type=kind, result=result, sampled_on=night.today - ago, reason="补登")


def measure(night: Night, person: Person) -> Command | None:
    """Take his temperature."""
    degrees = night.random.choice((36.5, 36.7, 36.9, 34.6, 37.5, 38.5))
    return TakeReading(person_id=person.id, temp_c=degrees, symptom=night.random.choice(("", "", "", "咳嗽")))


def positive(night: Night, person: Person) -> Command | None:
    """Carry out all that a positive brings."""
    follows = consequences(night.snapshot, person, night.now)
    return ActOnPositive(person_id=person.id, shown=tuple(each.id for each in follows)) if follows else None


def trace(_: Night, person: Person) -> Command | None:
    """Say how many contacts were found."""
    return TraceContacts(person_id=person.id, contacts=2, told="疾控")


def release(night: Night, person: Person) -> Command | None:
    """Let him go where the gate is open, and seldom against it."""
    override = "指挥部同意" if night.chance(0.05) else ""
    return Release(
        person_id=person.id, leader_id=LI, cadres=CADRES, vehicle="湘K2", override=override, late_confirmed=True
    )


def hand_off(night: Night, person: Person) -> Command | None:
    """Hand him over to another county, or write down his death."""
    if not night.chance(0.1):
        return None
    return HandOff(person_id=person.id, leader_id=LI, letter="函1号", to="邻县", died=night.chance(0.2))


def correct(night: Night, person: Person) -> Command | None:
    """Correct one of his facts."""
    changes: dict[str, object] = night.random.choice(
        (
            {"symptoms": "present"},
            {"symptoms": "none"},
            {"health_code": "red"},
            {"health_code": "green"},
            {"contact": "close", "last_exposure_on": night.today},
            {"case_status": "none"},
            {"arrival_at": STARTS.replace(tzinfo=None)},
            {"discharged_on": night.today - timedelta(days=1)},
        )
    )
    told = PersonData(
        name=person.name,
        phone=person.phone,
        officer_name=person.officer_name,
        facts=replace(person.facts, **changes),  # type: ignore[arg-type]
    )
    return Correct(person_id=person.id, person=told, reason="复核")


ACTS: Final[tuple[Act, ...]] = (
    confirm,
    confirm,
    answer,
    move,
    leave,
    arrive,
    turn_back,
    other_room,
    swab,
    swab,
    swab,
    measure,
    suspect,
    positive,
    trace,
    release,
    release,
    hand_off,
    correct,
    amend,
    amend,
    void,
)


# ---------------------------------------------------------------- a course


def step(night: Night) -> None:
    """Let some time pass, and do one thing at the desk."""
    day = night.today
    night.now += timedelta(minutes=night.random.choice((3, 20, 90, 240, 700)))
    if night.today != day:  # the morning's handover has accepted what was missed, so that the board stays short
        night.snapshot = replace(night.snapshot, handed_over_at=night.now)
    people = [each for each in night.snapshot.persons.values() if on_desk(each)]
    if len(people) < 6 and night.chance(0.3):
        number = night.snapshot.next_id("persons")
        night.say(Register(person=PersonData(name=f"人员{number}", phone=f"1990000{number:04}", facts=facts_of(night))))
    elif night.chance(0.04):
        reopen(night)
    elif night.chance(0.15):
        discharge(night)
    elif night.chance(0.7):
        work_off(night)
    elif people:
        person = night.random.choice(people)
        command = night.random.choice(ACTS)(night, person)
        if command is not None:
            night.say(command)


def work_off(night: Night) -> None:
    """Do what a row about a person asks, as a good officer would."""
    rows = [row for row in board(night.snapshot, night.now).obligations if row.state in OWED]
    rows = [row for row in rows if row.kind in RIGHTLY and row.subject_id.kind == "person"]
    if rows:
        row = night.random.choice(rows)
        command = RIGHTLY[row.kind](night, night.snapshot.persons[row.subject_id.number])
        if command is not None:
            night.say(command)


def reopen(night: Night) -> None:
    """Open one of the closed records again, or take back the act that closed it."""
    closed = [each for each in night.snapshot.persons.values() if not on_desk(each)]
    if closed:
        person = night.random.choice(closed)
        back = amend(night, person) if night.chance(0.4) else None
        night.say(back or Reopen(person_id=person.id, reason="流调来电"))


def ride(night: Night, person: Person) -> Command | None:
    """Tell of the ride that is owed: that he arrived, that he left, both at once, or the other county's letter."""
    if on_road(person):
        return arrive(night, person)
    if person.road is not None:
        return HandOff(person_id=person.id, leader_id=LI, letter="函2号", to=person.road.place)
    return move(night, person) if night.chance(0.5) else StartTransfer(person_id=person.id, vehicle="湘K4", driver="赵")


def answer_well(_: Night, person: Person) -> Command | None:
    """Write down an answer that leaves nothing open."""
    return AnswerReferral(person_id=person.id, decision="按此办理", authority="指挥部", clause="3.10")


def tell_negative(night: Night, person: Person) -> Command | None:
    """Tell the negative result of a sample of today."""
    owed = [row for row in board(night.snapshot, night.now).obligations if row.kind == "test" and row.state in OWED]
    mine = [row for row in owed if row.subject_id == subject_id(person)]
    kind = "serum" if mine and "serum" in mine[0].slot else "pcr"
    return RecordTest(person_id=person.id, type=kind, result="negative", sampled_on=night.today, reason="补登")  # type: ignore[arg-type]


def fill_in(night: Night, person: Person) -> Command | None:
    """Answer the question that keeps an end open."""
    facts = replace(
        person.facts, investigation="clean", arrival_at=person.facts.arrival_at or STARTS.replace(tzinfo=None)
    )
    if in_hospital(person):
        facts = replace(facts, case_status="discharged", discharged_on=night.today)
    told = PersonData(name=person.name, phone=person.phone, officer_name=person.officer_name, facts=facts)
    return Correct(person_id=person.id, person=told, reason="已问清")


def measure_well(_: Night, person: Person) -> Command | None:
    """Take a normal temperature."""
    return TakeReading(person_id=person.id, temp_c=36.6)


def suspect_well(night: Night, person: Person) -> Command | None:
    """Carry out what a suspected case brings; once that is done, take his extra sample."""
    return suspect(night, person) or tell_negative(night, person)


def advise(night: Night, person: Person) -> Command | None:
    """Tell him to watch his own health."""
    rows = board(night.snapshot, night.now).obligations
    mine = [row.id for row in rows if row.kind == "advice" and row.subject_id == subject_id(person)]
    return Discharge(obligation=mine[0]) if mine else None


def release_well(_: Night, person: Person) -> Command | None:
    """Let him go where the gate is open."""
    return Release(person_id=person.id, leader_id=LI, cadres=CADRES, vehicle="湘K2", late_confirmed=True)


RIGHTLY: Final[Mapping[Kind, Act]] = {
    "assess": confirm,
    "transfer": ride,
    "test": tell_negative,
    "referral": answer_well,
    "history": fill_in,
    "retake": measure_well,
    "suspected": suspect_well,
    "release": release_well,
    "trace": trace,
    "advice": advise,
}
"""The right act of each kind of row about a person."""


def discharge(night: Night) -> None:
    """Tick off a round or a check that is open, or close what somebody found."""
    rows = [row for row in board(night.snapshot, night.now).obligations if row.state in OWED]
    ticked = [row for row in rows if row.kind in ("patrol", "home_check")]
    if night.chance(0.3):
        matters = [each.id for each in night.snapshot.matters.values() if each.closed_at is None]
        if matters:
            night.say(CloseMatter(matter_id=night.random.choice(matters), outcome="已办"))
    elif ticked:
        night.say(Discharge(obligation=night.random.choice(ticked).id))


def worked(seed: int, steps: int) -> Iterator[Night]:
    """Yield a desk after each of so many steps."""
    night = Night(random=Random(seed), snapshot=new_desk())
    for _ in range(steps):
        step(night)
        yield night


# ---------------------------------------------------------------- what may never be


def unowed(snapshot: Snapshot, now: datetime) -> list[Person]:
    """Return the people on the desk whom nothing names that is owed or begins within a day (坚决杜绝"漏管失控")."""
    named = _named(row for row in board(snapshot, now).obligations if row.state in (*OWED, "upcoming"))
    left = [each for each in snapshot.persons.values() if on_desk(each) and not _names(named, each)]
    if left:
        begin = (row for row in board(snapshot, now + SOON).obligations if now < row.opens <= now + SOON)
        named = _named(row for row in begin if row.state in (*OWED, "upcoming"))
    return [each for each in left if not _names(named, each)]


def _named(rows: Iterable[Obligation]) -> set[str]:
    """Return the people, and the sites whose rounds they are, that some rows are for."""
    return {name for row in rows for name in (str(row.subject_id), *map(str, row.left or row.people))}


def _names(named: set[str], person: Person) -> bool:
    """Return True if a person is among them, himself or as a resident of a site that owes a round."""
    return str(subject_id(person)) in named or f"site-{site_of(person)}" in named


def unasked(snapshot: Snapshot, now: datetime) -> list[Person]:
    """Return the people about whom an office owes an answer and no row says so."""
    rows: list[Obligation] = [each for each in board(snapshot, now).obligations if each.state in OWED]
    asked = {str(each.subject_id) for each in rows if each.kind == "referral"}
    return [each for each in snapshot.persons.values() if awaits_answer(each) and str(subject_id(each)) not in asked]


def begun_too_early(snapshot: Snapshot, now: datetime) -> list[Person]:
    """Return the people with a day of a stage before their arrival, or a planned test after their free day."""
    found = []
    for person in snapshot.persons.values():
        if not on_desk(person):
            continue
        course = course_of(person, snapshot, now)
        arrived, done = course.facts.arrival_on, course.plan.stage("done")  # a late move home has moved it
        free = done.first if done is not None else None
        first = [stage.first for stage in course.plan.stages if stage.kind in ("site", "home") and stage.first]
        late = [test for test in course.plan.tests if free is not None and test.day >= free]
        if late or (arrived is not None and first and min(first) < arrived):
            found.append(person)
    return found


def loose(before: Snapshot, after: Snapshot) -> list[Person]:
    """Return the people whose record was closed by a release although the gate had still blocked it."""
    found = []
    for number, person in after.persons.items():
        was = before.persons.get(number)
        ended = was is not None and on_desk(was) and not on_desk(person)
        if ended and person.end is not None and person.end.how == "released" and awaits_answer(was):
            found.append(person)
    return found


def torn(snapshot: Snapshot) -> list[Person]:
    """Return the people whose record says two things of where they are, or whose room somebody else holds too."""
    rooms = Counter(room for each in snapshot.persons.values() for room in rooms_held(each))
    found = []
    for person in snapshot.persons.values():
        roomless = person.stage == "site" and (person.site_id is None or person.room is None)
        astray = on_road(person) and person.stage != "transfer"
        nowhere = in_queue(person) or not on_desk(person)
        kept = nowhere and (person.site_id, person.room, person.road, person.still_in) != (None,) * 4
        if roomless or astray or kept or any(rooms[room] > 1 for room in rooms_held(person)):
            found.append(person)
    return found


def said_of(person: Person, night: Night) -> str:
    """Return a course in lines, for the report of a failure."""
    acts = [line for line in night.told if f"person_id={person.id}," in line or f"person_id={person.id})" in line]
    stage = f"{person.stage} lives {dwelling(person)} referral {person.referral}"
    return "\n".join([f"person-{person.id} at {night.now:%m-%d %H:%M}: {stage}", *acts[-15:]])
