"""The right act of each kind of row about a person, as a good officer does it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from dutyboard.rules.board import board
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.stage import in_hospital, on_road
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.person import (
    AnswerReferral,
    Correct,
    HandOff,
    PersonData,
    RecordTest,
    Release,
    StartTransfer,
    TakeReading,
)
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.model import Person, subject_id
from dutyboard.rules.records.obligation import OWED, Kind
from tests.rules.courses.night import CADRES, OTHER, STARTS, Act, Night
from tests.rules.courses.person_acts import arrive, confirm, move, suspect, trace
from tests.rules.desks import LI


def ride(night: Night, person: Person) -> Command | None:
    """Tell of the ride that is owed: that he arrived, that he left, both at once, or the other county's letter."""
    if on_road(person):
        return arrive(night, person)
    if person.road is not None:
        return HandOff(person_id=person.id, leader_id=LI, letter="函2号", to=person.road.place)
    return move(night, person) if night.chance(0.5) else StartTransfer(person_id=person.id, vehicle="湘K4", driver="赵")


def answer_well(night: Night, person: Person) -> Command | None:
    """Write down an answer that leaves nothing open."""
    notice = course_of(person, night.snapshot, night.now).result.notice.id
    return AnswerReferral(
        person_id=person.id, decision="按此办理", authority="指挥部", clause="9.3" if notice == OTHER else "3.10"
    )


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
