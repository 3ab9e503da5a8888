"""Acts about a person by an officer who errs: plausible, not always right."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final, get_args

from dutyboard.rules.amending.undoing import act_of
from dutyboard.rules.amending.ways import ByOwnAct, OnlyBack, way_of
from dutyboard.rules.duties.person.positive import consequences
from dutyboard.rules.duties.person.suspicion import precautions
from dutyboard.rules.law.facts import Linked, TestResult, TestType
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.rooms import free_rooms
from dutyboard.rules.people.stage import first_place, on_desk
from dutyboard.rules.records.codes import CallAnswer, Destination
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.person import (
    ActOnPositive,
    ActOnSuspicion,
    AnswerReferral,
    Assign,
    CancelTransfer,
    Confirm,
    Correct,
    DivertTransfer,
    EndTransfer,
    HandOff,
    Merge,
    Move,
    PersonData,
    RecordBreach,
    RecordTest,
    Release,
    Reopen,
    SetLastDay,
    Settle,
    StartTransfer,
    TakeReading,
    TraceContacts,
    Transfer,
    Void,
)
from dutyboard.rules.records.commands.post import CallTouched, OpenMatter
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.unlike import contradictions_of
from tests.rules.courses.night import CADRES, STARTS, TOWN, Act, Night
from tests.rules.desks import LI

RESULTS: Final[tuple[TestResult, ...]] = ("pending", "negative", "negative", "negative", "indeterminate", "positive")


def confirm(night: Night, person: Person) -> Command | None:
    """Assess him, with a room where he needs one."""
    result = course_of(person, night.snapshot, night.now).result
    room: dict[str, Any] = {}
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
        person_id=person.id, left_at=left, vehicle="湘K1", driver="赵", arrived_at=night.now, received_by="其他：周"
    )


def leave(night: Night, person: Person) -> Command | None:
    """Tell that he has left, mostly where his transfer is owed to, else anywhere."""
    to = night.random.choice((None, None, None, *get_args(Destination)))
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
    return EndTransfer(person_id=person.id, received_by="其他：孙")


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
    """End a registration made by mistake; it is refused to most."""
    return Void(person_id=person.id, reason="重复登记") if night.chance(0.5) else None


def amend(night: Night, person: Person) -> Command | None:
    """Take back one of the last things told of him, or tell it again."""
    mine = [each for each in night.snapshot.entries.values() if each.subject == subject_id(person)]
    if not mine:  # a sheet brought him
        return None
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
    result = night.random.choice(RESULTS)
    kind: TestType = "serum" if night.chance(0.25) else "pcr"
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
    known: tuple[dict[str, object], ...] = (
        {"symptoms": "present"},
        {"symptoms": "none"},
        {"health_code": "red"},
        {"health_code": "green"},
        {"contact": "close", "last_exposure_on": night.today},
        {"case_status": "none"},
        {"arrival_at": STARTS.replace(tzinfo=None)},
        {"discharged_on": night.today - timedelta(days=1)},
    )
    changes = night.random.choice(known)
    return correct_to(person, **changes)


def correct_to(person: Person, **changes: object) -> Correct:
    """Return the correction of some of his facts."""
    told = PersonData(
        name=person.name,
        phone=person.phone,
        officer_name=person.officer_name,
        facts=replace(person.facts, **changes),  # type: ignore[arg-type]
    )
    return Correct(person_id=person.id, person=told, reason="复核")


def divert(night: Night, person: Person) -> Command | None:
    """Take him elsewhere while he is on the road."""
    to = night.random.choice(get_args(Destination))
    return DivertTransfer(
        person_id=person.id,
        to=to,
        reason="前方封路",
        site_id=night.random.choice((1, 2)) if to == "site" else None,
        place="邻县" if to == "county" else "",
    )


def other_end(night: Night, person: Person) -> Command | None:
    """Shorten or lengthen his stage by a leader's act."""
    last = night.today + timedelta(days=night.random.choice((0, 1, 3, 10)))
    return SetLastDay(person_id=person.id, last=last, leader_id=LI, reason="专家组意见")


def merge(night: Night, person: Person) -> Command | None:
    """Make one record of his and somebody else's; seldom, for it is mostly wrong."""
    others = [each for each in night.snapshot.persons.values() if each.id != person.id]
    if not others or not night.chance(0.3):
        return None
    return Merge(person_id=person.id, into_id=night.random.choice(others).id, reason="同一人", agreed=night.chance(0.8))


def assign(night: Night, person: Person) -> Command | None:
    """Name another officer or cadre for him."""
    name = night.random.choice(("王芳", "刘敏"))
    return Assign(person_id=person.id, officer_name=name, home_cadre=night.random.choice(("", "周干部")), reason="轮换")


def breach(_: Night, person: Person) -> Command | None:
    """Tell that he left his home."""
    return RecordBreach(person_id=person.id, text="外出买菜")


def find(_: Night, person: Person) -> Command | None:
    """Write down something about him that somebody must see to."""
    return OpenMatter(subject=subject_id(person), text="情绪不稳")


def call_about_area(night: Night, person: Person) -> Command | None:
    """Tell what he answered about an area of the list."""
    areas = list(night.snapshot.areas)
    if not areas or all(each.code != TOWN[1] for each in person.facts.stays or ()):
        return None
    answer = night.random.choice(get_args(CallAnswer))
    return CallTouched(person_id=person.id, area_id=night.random.choice(areas), answer=answer, text="电话核实")


def link(night: Night, person: Person) -> Command | None:
    """Write down whose secondary contact he is."""
    others = [each for each in night.snapshot.persons.values() if each.id != person.id and on_desk(each)]
    if not others:
        return None
    close = Linked(id=subject_id(night.random.choice(others)))
    return correct_to(person, contact="secondary", linked=(close,))


def settle(night: Night, person: Person) -> Command | None:
    """Decide one of the things that two sources tell unlike."""
    found = contradictions_of(person, night.snapshot)
    if not found:
        return None
    field = night.random.choice(found).field
    return Settle(person_id=person.id, field=field, reason="电话核实", other=night.chance(0.5))


def reopen(_: Night, person: Person) -> Command | None:
    """Open his closed record again."""
    return Reopen(person_id=person.id, reason="流调来电")


def late_result(night: Night, person: Person) -> Command | None:
    """Tell a result after his record was closed."""
    result = night.random.choice(RESULTS)
    return RecordTest(person_id=person.id, type="pcr", result=result, sampled_on=night.today, reason="补报")


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
    link,
    amend,
    amend,
    void,
    divert,
    divert,
    other_end,
    merge,
    assign,
    breach,
    find,
    call_about_area,
    settle,
    settle,
    settle,
)
"""Acts about somebody on the desk, the frequent ones more often."""
ON_ROAD: Final[tuple[Act, ...]] = (*ACTS, *(turn_back, divert, arrive) * 8)
"""Acts about somebody on the road."""
CLOSED: Final[tuple[Act, ...]] = (reopen, amend, amend, late_result, correct, call_about_area, merge)
"""Acts about somebody whose record is closed."""
