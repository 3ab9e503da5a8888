"""Sentences of what an act on a person tells."""

from collections.abc import Iterator
from datetime import datetime
from typing import assert_never

from dutyboard.rules.law.ruling import NO_CLAUSE
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.papers.issued import PaperNumber
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import (
    Advised,
    Arrived,
    Assessed,
    Assigned,
    Breached,
    ContradictionSettled,
    Corrected,
    Departed,
    Diverted,
    FollowedUp,
    HandedOff,
    HomeChecked,
    LastDaySet,
    Merged,
    PersonTelling,
    PositiveActed,
    Printed,
    ReadingTaken,
    ReferralAnswered,
    Referred,
    Registered,
    Released,
    Reopened,
    RoomChanged,
    SampleMoved,
    SampleRecorded,
    SuspicionActed,
    Traced,
    Transferred,
    TurnedBack,
    Voided,
)
from dutyboard.tui.text import Words
from dutyboard.tui.views.entry.names import entered_by, officer_said, remarks_said, subject_name
from dutyboard.tui.views.entry.paper_number import copy_text, number_text
from dutyboard.tui.views.fact_text import destination_text, fact_label, room_text
from dutyboard.tui.views.times import clause, clock, day_clock


def person_told(what: PersonTelling, entry: Entry, snapshot: Snapshot, words: Words) -> Iterator[str]:
    """Yield the parts of what an entry tells of a person."""
    log, stages = words.log, words.course.stages
    match what:
        case Breached() | Registered():
            return
        case SuspicionActed(told=told, entered=entered):
            yield log.told.format(told=told)
            if entered:
                yield log.entered.format(names=words.marks.comma.join(entered))
        case ReadingTaken() as reading:
            yield from _reading(reading, words)
        case HomeChecked() as found:
            yield from _home_checked(found, snapshot, words)
        case Advised():
            yield log.advised
        case FollowedUp(answer=answer, remark=remark):
            yield log.followed_up[answer]
            yield remark
        case Reopened(stays=stays_before, came=came):
            yield (log.came_again if came else log.reopened).format(n=stays_before)
        case Corrected(changed=changed, samples=samples):
            yield " ".join(fact_label(key, words) for key in changed)
            yield from (moved_text(each, words) for each in samples)
        case Assessed() | Referred() as assessed:
            yield from _assessed(assessed, entry.happened_at, snapshot, words)
        case ReferralAnswered() as answer:
            yield from _answered(answer, words)
        case Transferred() as moved:
            yield from _moved(moved, snapshot, words)
        case RoomChanged() as room:
            yield from _room_changed(room, snapshot, words)
        case Assigned() as assigned:
            yield from _assigned(assigned, words)
        case Departed() | Arrived() | TurnedBack() | Diverted() as ride:
            yield from _ride(ride, snapshot, words)
        case SampleRecorded(type=type_, sampled_on=sampled_on, result=result):
            if not entry.obligation:  # else the slot has named the kind
                yield words.course.test_types[type_]
            yield f"{sampled_on:%m-%d} {words.course.results[result]}"
        case Released() as released:
            yield from _released(entry, released, snapshot, words)
        case LastDaySet(stage=stage, was=was, last=last, leader_id=leader_id):
            yield log.last_day.format(stage=stages[stage], was=f"{was:%m-%d}", last=f"{last:%m-%d}")
            yield log.led_by.format(who=officer_said(leader_id, snapshot))
        case Voided(from_=stage):
            yield stages[stage]
        case Merged(gone=gone, unlike=unlike):
            named = Subject.parse(gone)
            yield log.merged.format(number=named.number if named is not None else gone)
            if unlike:
                yield log.unlike.format(what=" ".join(fact_label(key, words) for key in unlike))
        case ContradictionSettled(settled=settled, other=other):
            said = log.other_taken if other else log.stays_told
            yield said.format(field=fact_label(settled, words))
        case HandedOff(from_=stage, leader_id=leader_id, died=died, letter=letter, to=place):
            yield stages[stage] if died else log.change.format(before=stages[stage], after=place)
            yield log.letter.format(letter=letter)
            yield _led_by(entry, leader_id, snapshot, words)
        case PositiveActed(carried_out=carried_out, queued=queued):
            yield log.carried_out.format(done=len(carried_out), queued=len(queued))
        case Traced(contacts=contacts, told=told):
            yield log.traced.format(n=contacts)
            yield log.told.format(told=told)
        case Printed() as printed:
            yield words.papers.titles[printed.paper]
            number = PaperNumber(year=printed.year, serial=printed.serial, copy=printed.copy)
            yield number_text(printed.paper, number, snapshot, words)
            yield copy_text(printed.copy, words)
        case never:
            assert_never(never)


def _home_checked(told: HomeChecked, snapshot: Snapshot, words: Words) -> Iterator[str]:
    yield words.log.home_checked.format(checked=told.checked, of=told.of)
    if told.how is not None:
        yield words.forms.home_ways[told.how]
    for people, said in (
        (told.absent, words.log.home_absent),
        (told.refused, words.log.home_refused),
        (told.unwell, words.log.home_unwell),
    ):
        for each in people:
            yield f"{said.format(name=subject_name(each, snapshot))} {told.remarks.get(each, '')}".rstrip()
    yield from remarks_said({each: text for each, text in told.remarks.items() if each in told.seen}, snapshot)
    for whose, reading in told.readings.items():
        yield f"{subject_name(whose, snapshot)} {reading:.1f}"


def _reading(told: ReadingTaken, words: Words) -> Iterator[str]:
    yield f"{told.temp_c:.1f}" if told.temp_c is not None else ""
    if told.symptom:
        yield words.log.symptom.format(text=told.symptom)
    if told.retake_of is not None:
        yield words.log.retake
    yield told.device


def _assessed(told: Assessed | Referred, happened_at: datetime, snapshot: Snapshot, words: Words) -> Iterator[str]:
    yield clause(words.duties, told.clause) if told.clause else words.course.clause_refer
    yield words.course.stages[told.stage]
    yield room_text(told.site_id, told.room, snapshot, words)
    if isinstance(told, Referred):
        questions = snapshot.notice_at(happened_at).section_three.questions
        reasons = {each.code: each.reason.said_in(words.language) for each in questions}
        yield words.marks.semicolon.join(reasons.get(code, code) for code in told.reasons)
        if told.provisional:
            place = words.course.provisional.get(told.provisional) or clause(words.duties, told.provisional)
            yield words.course.provisional_line.format(place=place)
    if told.shared:
        yield words.log.shared.format(why=told.shared)
    if told.cadres:
        yield words.log.home_cadre.format(cadre=words.marks.comma.join(told.cadres))
    yield from _cadre_phone(told, words)


def _cadre_phone(told: Assessed | Referred | Released | Assigned, words: Words) -> Iterator[str]:
    if told.cadre_phone:
        yield words.log.cadre_phone.format(phone=told.cadre_phone)


def moved_text(sample: SampleMoved, words: Words) -> str:
    """Return a sample with the planned day it belonged to and the one it belongs to now: `核酸 06-08 06-08->计划外`."""
    before, after = (f"{day:%m-%d}" if day else words.log.beside_plan for day in (sample.before, sample.after))
    return f"{words.course.test_types[sample.type]} {sample.sampled_on:%m-%d} {before}->{after}"


def _answered(answer: ReferralAnswered, words: Words) -> Iterator[str]:
    log = words.log
    yield log.answered.format(authority=answer.authority, decision=answer.decision)
    if answer.clause == NO_CLAUSE:
        yield log.answered_free
    elif answer.clause is not None:
        yield log.answered_class.format(clause=clause(words.duties, answer.clause))
    if answer.changed:
        yield " ".join(fact_label(key, words) for key in answer.changed)


def _moved(moved: Transferred, snapshot: Snapshot, words: Words) -> Iterator[str]:
    log = words.log
    left, arrived = (clock(each, snapshot.zone) for each in (moved.left_at, moved.arrived_at))
    yield f"{left}-{arrived} {moved.vehicle} {moved.driver}"
    yield from _company(moved, words)
    known = destination_text(moved.to or "hospital", moved.place, None, None, snapshot, words)
    yield room_text(moved.site_id, moved.room, snapshot, words) or (known if moved.to else log.to_hospital)
    yield from _received(moved, snapshot, words)


def _company(told: Departed | Transferred, words: Words) -> Iterator[str]:
    """Yield who rode with him and who let him go, as far as it was told."""
    if told.escort or told.escort_phone:
        yield words.log.escorted_by.format(escort=told.escort, phone=told.escort_phone).rstrip()
    if told.handed_by:
        yield words.log.handed_by.format(who=told.handed_by)


def _received(told: Arrived | Transferred, snapshot: Snapshot, words: Words) -> Iterator[str]:
    """Yield who received him, his temperature then, and when the command post there was told."""
    yield words.log.received_by.format(who=told.received_by)
    if told.temp_c is not None:
        yield words.log.temp_at_hand_over.format(temp=told.temp_c)
    yield from _announced(told, snapshot, words)


def _announced(told: Departed | Arrived | Transferred, snapshot: Snapshot, words: Words) -> Iterator[str]:
    if told.announced_at is not None or told.announced_by:
        at = day_clock(told.announced_at, snapshot.zone) if told.announced_at is not None else ""
        yield words.log.announced.format(told=" ".join(filter(None, (at, told.announced_by))))


def _room_changed(changed: RoomChanged, snapshot: Snapshot, words: Words) -> Iterator[str]:
    log = words.log
    was = room_text(changed.was_site, changed.was_room, snapshot, words)
    to = room_text(changed.site_id, changed.room, snapshot, words)
    yield log.room_changed.format(was=was, to=to)
    if changed.stage == "transfer":
        yield words.course.stages["transfer"]
    if changed.shared:
        yield log.shared.format(why=changed.shared)


def _assigned(assigned: Assigned, words: Words) -> Iterator[str]:
    log = words.log
    if assigned.officer:
        yield log.assigned_officer.format(was=assigned.was_officer or "-", to=assigned.officer)
    if assigned.cadre:
        yield log.assigned_cadre.format(was=assigned.was_cadre or "-", to=assigned.cadre)
    if assigned.town_cadre:
        yield log.assigned_town_cadre.format(was=assigned.was_town_cadre or "-", to=assigned.town_cadre)
    yield from _cadre_phone(assigned, words)


def _ride(ride: Departed | Arrived | TurnedBack | Diverted, snapshot: Snapshot, words: Words) -> Iterator[str]:
    log = words.log
    if isinstance(ride, TurnedBack):
        yield log.turned_back.format(place=destination_text(ride.bound, "", None, None, snapshot, words))
        return
    there = destination_text(ride.to, ride.place, ride.site_id, ride.room, snapshot, words)
    match ride:
        case Departed():
            yield log.left_for.format(place=there)
            yield log.driven_by.format(vehicle=ride.vehicle, driver=ride.driver, phone=ride.phone).strip()
            yield from _company(ride, words)
            yield from _announced(ride, snapshot, words)
        case Arrived():
            yield log.arrived_at.format(left=clock(ride.left_at, snapshot.zone), place=there)
            yield from _received(ride, snapshot, words)
        case Diverted():
            before = destination_text(ride.from_, "", None, None, snapshot, words)
            yield log.diverted.format(before=before, after=there)


def _led_by(entry: Entry, leader_id: int, snapshot: Snapshot, words: Words) -> str:
    """Return the leader who decided, and who wrote it down in his name where it was not he himself."""
    led = words.log.led_by.format(who=officer_said(leader_id, snapshot))
    if entry.entered_by == leader_id:
        return led
    return f"{led} {words.log.in_his_name.format(who=entered_by(entry, snapshot))}"


def _released(entry: Entry, told: Released, snapshot: Snapshot, words: Words) -> Iterator[str]:
    log, stages = words.log, words.course.stages
    yield log.change.format(before=stages[told.from_], after=stages[told.to])
    yield _led_by(entry, told.leader_id, snapshot, words)
    cadres = words.marks.comma.join(filter(None, (told.town_cadre, told.home_cadre)))
    if cadres:
        yield log.home_cadre.format(cadre=cadres)
    yield from _cadre_phone(told, words)
    if told.vehicle:
        yield told.vehicle
    if told.linked_to is not None:
        yield log.linked_to.format(who=subject_name(told.linked_to, snapshot))
    if told.late_confirmed:
        yield log.late_confirmed
        for each in told.confirmed:
            kind = words.page.test_missed if each.missed else words.page.test_late
            yield f"{words.course.test_types[each.type]} {each.day:%m-%d} {kind}"
    if told.overridden:
        yield log.overridden.format(what=" ".join(words.assess.blockers[code] for code in told.overridden))
