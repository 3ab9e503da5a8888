"""One entry of the log in one line: kind, subject, slot, what it tells, and its text."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import assert_never

from dutyboard.rules.law.ruling import NO_CLAUSE
from dutyboard.rules.people.officers import officer_name
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.codes import Room, Seat
from dutyboard.rules.records.ids import POST, DutyId, Subject, slot_of
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told import Unreadable
from dutyboard.rules.records.told.person import (
    Arrived,
    Assessed,
    Assigned,
    Breached,
    Corrected,
    Departed,
    Diverted,
    HandedOff,
    HomeChecked,
    LastDaySet,
    Merged,
    PositiveActed,
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
from dutyboard.rules.records.told.post import (
    Called,
    CalledTouched,
    HandedOver,
    Imported,
    LoginUnbound,
    MatterAssigned,
    MatterClosed,
    MatterOpened,
    Noted,
    NoticeSwitched,
    OfficerSet,
    ReportSent,
    RoomsConsidered,
    SeatPlanned,
    SeatTaken,
    SeatTakenOver,
    SettingSet,
    ShiftCancelled,
    ShiftChanged,
    ShiftsSwapped,
    ShiftToldAfterwards,
    SignedOn,
    TakenBack,
)
from dutyboard.rules.records.told.site import Disinfected, RoundDone, SiteStateSet, StaffChecked, TemperatureTaken
from dutyboard.tui.text import Words
from dutyboard.tui.views.fact_text import destination_text, fact_label
from dutyboard.tui.views.settings import changed_text
from dutyboard.tui.views.site.disinfection import disinfection_text
from dutyboard.tui.views.times import clause, clock, day_clock

NAMED_AT_MOST = 5
"""People that a line names; more are counted."""


def entry_text(entry: Entry, snapshot: Snapshot, words: Words, *, kind: bool = True, subject: bool = True) -> str:
    """Return the line. Kind or subject may be left out, if they stand beside it."""
    parts = [kind_text(entry, words)] if kind else []
    parts += [subject_name(entry.subject, snapshot)] if subject else []
    parts.append(_slot_name(entry, snapshot, words))
    if entry.abnormal and not isinstance(entry.told, HandedOff):
        parts.append(f"[{words.log.abnormal}]")
    parts += told_text(entry, snapshot, words)
    if entry.more:
        parts.append(words.log.unread)
    parts.append(entry.text)
    if entry.beside:
        parts.append(words.duties.told_afterwards)
    if entry.late_reason:
        parts.append(words.log.late.format(at=day_clock(entry.entered_at, snapshot.zone), reason=entry.late_reason))
    if entry.reason:
        parts.append(words.log.reason.format(reason=entry.reason))
    if entry.kind == "check" and entry.done_by != entered_by(entry, snapshot):
        parts.append(words.log.done_by.format(who=entry.done_by))
    return " ".join(part for part in parts if part)


def kind_text(entry: Entry, words: Words) -> str:
    """Return the name of an entry's kind. A death is named so, and not a hand-off."""
    died = isinstance(entry.told, HandedOff) and entry.told.died
    return words.log.died if died else words.log.kinds[entry.kind]


def entered_by(entry: Entry, snapshot: Snapshot) -> str:
    """Return the name of the officer who made the entry, or the login if the desk does not know him."""
    return officer_name(snapshot, entry.entered_by) or entry.login


def subject_name(subject: str, snapshot: Snapshot) -> str:
    """Return the name of `site-1`, `unit-3`, `person-12`; "" for the command post itself."""
    if subject == POST:
        return ""
    named = Subject.parse(subject)
    if named is None:
        return subject
    table, number = named.record
    return getattr(getattr(snapshot, table).get(number), "name", subject)


def duty_name(obligation: str, snapshot: Snapshot, words: Words) -> str:
    """Return day, subject and name of a duty by its id; it need not be owed any more."""
    duty = DutyId.parse(obligation)
    if duty is None:
        return obligation
    named = _slot_said(slot_of(obligation), midnight(duty.day, snapshot.zone), snapshot, words)
    parts = (f"{duty.day:%m-%d}", subject_name(duty.subject, snapshot), named or slot_of(obligation))
    return " ".join(part for part in parts if part)


def _slot_name(entry: Entry, snapshot: Snapshot, words: Words) -> str:
    """Return the name of the slot that an entry discharges, from the notice of its day; "" if it has none."""
    return _slot_said(slot_of(entry.obligation or entry.beside), entry.happened_at, snapshot, words)


def _slot_said(slot_id: str, on: datetime, snapshot: Snapshot, words: Words) -> str:
    slot = snapshot.daily_at(on).find_slot(slot_id)
    return slot.name.said_in(words.language) if slot else words.duties.slots.get(slot_id, "")


def told_text(entry: Entry, snapshot: Snapshot, words: Words) -> Iterator[str]:
    """Yield the parts of what an entry tells. Nothing follows if kind, subject and text say all."""
    log, stages = words.log, words.course.stages
    match entry.told:
        case Noted() | TakenBack() | Breached() | Registered() | Unreadable():
            return
        case RoundDone() as seen:
            yield from _symptoms(seen.symptoms, snapshot, words)
            yield from _left(seen.left, snapshot, words)
        case Disinfected() as done:
            yield disinfection_text(done, words)
        case Called() as call:
            yield from _called(call, snapshot, words)
        case MatterOpened(owner=owner, due=due):
            yield log.matter_opened.format(owner=owner, due=day_clock(due, snapshot.zone))
        case MatterAssigned(from_=before, to=after, due=due):
            yield log.matter_assigned.format(before=before, after=after, due=day_clock(due, snapshot.zone))
        case MatterClosed(outcome=outcome, told=told):
            yield log.matter_closed.format(outcome=outcome)
            if told:
                yield log.told.format(told=told)
        case TemperatureTaken() as taken:
            yield from _temperature(entry, taken, snapshot, words)
        case SuspicionActed(told=told, entered=entered):
            yield log.told.format(told=told)
            if entered:
                yield log.entered.format(names=words.marks.comma.join(entered))
        case ReadingTaken() as reading:
            yield from _reading(reading, words)
        case StaffChecked(checked=checked, abnormal=abnormal):
            yield log.staff_checked.format(checked=checked, abnormal=abnormal)
        case HomeChecked() as found:
            yield from _home_checked(found, snapshot, words)
        case RoomsConsidered(held=held, rooms=rooms):
            yield log.rooms_considered.format(held=held, rooms=rooms)
        case ReportSent(kind=kind, day=day, revision=revision):
            if entry.obligation is None:  # else the slot has named it
                yield words.reports.titles[kind]
            yield log.report.format(day=f"{day:%m-%d}", revision=revision)
        case SeatPlanned() | SeatTaken() | SeatTakenOver() as seat:
            yield from _seat(seat, snapshot, words)
        case ShiftToldAfterwards() | ShiftChanged() | ShiftsSwapped() | ShiftCancelled() as shift:
            yield from shift_said(shift, snapshot, words)
        case HandedOver(items=items, outgoing=outgoing, incoming=incoming):
            yield log.handed_over.format(
                n=len(items), outgoing=_officer(outgoing, snapshot), incoming=_officer(incoming, snapshot)
            )
        case Reopened(stays=stays_before, came=came):
            yield (log.came_again if came else log.reopened).format(n=stays_before)
        case SignedOn(bound=bound, instead_of=before_login):
            yield log.signed_on.format(login=bound or entry.login)
            if before_login:
                yield log.signed_on_before.format(login=before_login)
        case LoginUnbound(unbound=login):
            yield log.unbound.format(login=login)
        case OfficerSet(changed=changed, until=until):
            if until is not None:
                yield log.officer_ended.format(day=f"{until:%m-%d}")
            elif changed:
                yield log.officer_changed.format(what=" ".join(log.officer_fields[key] for key in changed))
            else:
                yield log.officer_added
        case SiteStateSet(from_=before, to=after):
            yield log.change.format(before=log.site_states[before], after=log.site_states[after])
        case NoticeSwitched(from_=before_id, to=after_id, effective_from=at, for_everyone=for_everyone):
            yield log.notice_switched.format(before=before_id, after=after_id, at=day_clock(at, snapshot.zone))
            if for_everyone:
                yield log.notice_for_everyone
        case SettingSet() as setting:
            yield changed_text(setting, snapshot, words)
        case Imported(sheet=sheet, accepted=accepted, updated=updated, duplicates=duplicates, rejected=rejected):
            yield log.imported.format(
                sheet=log.sheets[sheet], accepted=accepted, updated=updated, duplicates=duplicates, rejected=rejected
            )
        case CalledTouched(area_id=area_id, answer=answer):
            area = snapshot.areas.get(area_id)
            yield f"{area.name if area else ''} {log.answers[answer]}"
        case Corrected(changed=changed, samples=samples):
            yield " ".join(fact_label(key, words) for key in changed)
            yield from (moved_text(each, words) for each in samples)
        case Assessed() | Referred() as assessed:
            yield from _assessed(assessed, entry.happened_at, snapshot, words)
        case ReferralAnswered() as answer:
            yield from _answered(answer, words)
        case Transferred() as moved:
            left, arrived = (clock(each, snapshot.zone) for each in (moved.left_at, moved.arrived_at))
            yield f"{left}-{arrived} {moved.vehicle} {moved.driver}"
            known = destination_text(moved.to or "hospital", moved.place, None, None, snapshot, words)
            yield _room(moved.site_id, moved.room, snapshot, words) or (known if moved.to else log.to_hospital)
            yield log.received_by.format(who=moved.received_by)
        case RoomChanged() as changed:
            was = _room(changed.was_site, changed.was_room, snapshot, words)
            to = _room(changed.site_id, changed.room, snapshot, words)
            yield log.room_changed.format(was=was, to=to)
            if changed.stage == "transfer":
                yield stages["transfer"]
            if changed.shared:
                yield log.shared.format(why=changed.shared)
        case Assigned() as assigned:
            if assigned.officer:
                yield log.assigned_officer.format(was=assigned.was_officer or "-", to=assigned.officer)
            if assigned.cadre:
                yield log.assigned_cadre.format(was=assigned.was_cadre or "-", to=assigned.cadre)
            if assigned.town_cadre:
                yield log.assigned_town_cadre.format(was=assigned.was_town_cadre or "-", to=assigned.town_cadre)
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
            yield log.led_by.format(who=_officer(leader_id, snapshot))
        case Voided(from_=stage):
            yield stages[stage]
        case Merged(gone=gone, unlike=unlike):
            named = Subject.parse(gone)
            yield log.merged.format(number=named.number if named is not None else gone)
            if unlike:
                yield log.unlike.format(what=" ".join(fact_label(key, words) for key in unlike))
        case HandedOff(from_=stage, leader_id=leader_id, died=died, letter=letter, to=place):
            yield stages[stage] if died else log.change.format(before=stages[stage], after=place)
            yield log.letter.format(letter=letter)
            yield _led_by(entry, leader_id, snapshot, words)
        case PositiveActed(carried_out=carried_out, queued=queued):
            yield log.carried_out.format(done=len(carried_out), queued=len(queued))
        case Traced(contacts=contacts, told=told):
            yield log.traced.format(n=contacts)
            yield log.told.format(told=told)
        case _ as never:
            assert_never(never)


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
        case Arrived():
            yield log.arrived_at.format(left=clock(ride.left_at, snapshot.zone), place=there)
            yield log.received_by.format(who=ride.received_by)
        case Diverted():
            before = destination_text(ride.from_, "", None, None, snapshot, words)
            yield log.diverted.format(before=before, after=there)


def _answered(answer: ReferralAnswered, words: Words) -> Iterator[str]:
    log = words.log
    yield log.answered.format(authority=answer.authority, decision=answer.decision)
    if answer.clause == NO_CLAUSE:
        yield log.answered_free
    elif answer.clause is not None:
        yield log.answered_class.format(clause=clause(words.duties, answer.clause))
    if answer.changed:
        yield " ".join(fact_label(key, words) for key in answer.changed)


def _home_checked(told: HomeChecked, snapshot: Snapshot, words: Words) -> Iterator[str]:
    yield words.log.home_checked.format(checked=told.checked, of=told.of)
    for people, said in (
        (told.absent, words.log.home_absent),
        (told.refused, words.log.home_refused),
        (told.unwell, words.log.home_unwell),
    ):
        for each in people:
            yield f"{said.format(name=subject_name(each, snapshot))} {told.remarks.get(each, '')}".rstrip()
    for whose, reading in told.readings.items():
        yield f"{subject_name(whose, snapshot)} {reading:.1f}"


def _called(call: Called, snapshot: Snapshot, words: Words) -> Iterator[str]:
    log = words.log
    yield log.call.format(caller=" ".join(filter(None, (call.caller, call.unit, call.phone))), matter=call.matter)
    if call.told:
        yield log.told.format(told=call.told)
    if call.handler:
        yield log.call_handler.format(handler=call.handler)
    if call.due:
        yield log.call_due.format(due=day_clock(call.due, snapshot.zone))
    if call.instruction:
        yield log.call_instruction.format(instruction=call.instruction)
    if call.outcome:
        yield log.call_outcome.format(outcome=call.outcome)
    elif call.answer_needed is not None:
        yield log.call_to_answer if call.answer_needed else log.call_settled


def _temperature(entry: Entry, taken: TemperatureTaken, snapshot: Snapshot, words: Words) -> Iterator[str]:
    highest = "-" if taken.highest is None else taken.highest
    yield words.log.measured.format(measured=taken.measured, of=taken.of, highest=highest)
    fever = snapshot.daily_at(entry.happened_at).thresholds.fever_c
    for whose, reading in taken.readings.items():
        if reading >= fever or whose in taken.first:
            yield f"{subject_name(whose, snapshot)} {reading:.1f}"
        if whose in taken.first:
            yield words.log.read_first.format(temp=f"{taken.first[whose]:.1f}")
    yield from _symptoms(taken.symptoms, snapshot, words)
    if taken.absent:
        yield words.log.absent.format(who=_names(taken.absent, snapshot, words))
    yield from _left(taken.left, snapshot, words)


def _left(left: tuple[str, ...], snapshot: Snapshot, words: Words) -> Iterator[str]:
    """Yield who still has to be seen: a few by name, more by their number."""
    if 0 < len(left) <= NAMED_AT_MOST:
        yield words.log.left.format(who=_names(left, snapshot, words))
    elif left:
        yield words.log.left_many.format(n=len(left))


def _names(people: tuple[str, ...], snapshot: Snapshot, words: Words) -> str:
    return words.marks.comma.join(subject_name(each, snapshot) for each in people)


def _symptoms(told: Mapping[str, str], snapshot: Snapshot, words: Words) -> Iterator[str]:
    for whose, text in told.items():
        yield f"{subject_name(whose, snapshot)} {words.log.symptom.format(text=text)}"


def _reading(told: ReadingTaken, words: Words) -> Iterator[str]:
    yield f"{told.temp_c:.1f}" if told.temp_c is not None else ""
    if told.symptom:
        yield words.log.symptom.format(text=told.symptom)
    if told.retake_of is not None:
        yield words.log.retake
    yield told.device


def _seat(told: SeatPlanned | SeatTaken | SeatTakenOver, snapshot: Snapshot, words: Words) -> Iterator[str]:
    log, zone = words.log, snapshot.zone
    said = {
        "seat": seat_name(told.seat, words),
        "officer": _officer(told.officer_id, snapshot),
        "starts": day_clock(told.from_, zone),
        "ends": day_clock(told.to, zone),
    }
    match told:
        case SeatPlanned(days=days):
            yield log.seat_planned.format(**said)
            if days > 1:
                yield log.seat_planned_days.format(days=days)
        case SeatTaken():
            yield log.seat_taken.format(**said)
        case SeatTakenOver(relieved=relieved):
            yield log.seat_taken_over.format(**said, relieved=_officer(relieved, snapshot))


def shift_said(
    told: ShiftToldAfterwards | ShiftChanged | ShiftsSwapped | ShiftCancelled, snapshot: Snapshot, words: Words
) -> Iterator[str]:
    """Yield what was said of a shift: whose it is, its hours, and what changed."""
    log = words.log

    def one(seat: Seat, officer: int, starts: datetime, ends: datetime) -> str:
        return log.shift.format(
            seat=seat_name(seat, words),
            officer=_officer(officer, snapshot),
            starts=day_clock(starts, snapshot.zone),
            ends=day_clock(ends, snapshot.zone),
        )

    now = one(told.seat, told.officer_id, told.from_, told.to)
    match told:
        case ShiftToldAfterwards(days=days):
            yield log.shift_told.format(shift=now)
            if days > 1:
                yield log.seat_planned_days.format(days=days)
        case ShiftChanged():
            was = one(told.seat, told.was_officer, told.was_from, told.was_to)
            yield log.shift_changed.format(was=was, shift=now)
        case ShiftsSwapped():
            other = one(told.other_seat, told.other_officer, told.other_from, told.other_to)
            yield log.shifts_swapped.format(shift=now, other=other)
        case ShiftCancelled():
            yield log.shift_cancelled.format(shift=now)


def seat_name(seat: Seat, words: Words) -> str:
    """Return the name of a seat."""
    return words.frame.seat_leader if seat == "leader" else words.frame.seat_officer


def _assessed(told: Assessed | Referred, happened_at: datetime, snapshot: Snapshot, words: Words) -> Iterator[str]:
    yield clause(words.duties, told.clause) if told.clause else words.course.clause_refer
    yield words.course.stages[told.stage]
    yield _room(told.site_id, told.room, snapshot, words)
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


def moved_text(sample: SampleMoved, words: Words) -> str:
    """Return a sample with the planned day it belonged to and the one it belongs to now: `核酸 06-08 06-08->计划外`."""
    before, after = (f"{day:%m-%d}" if day else words.log.beside_plan for day in (sample.before, sample.after))
    return f"{words.course.test_types[sample.type]} {sample.sampled_on:%m-%d} {before}->{after}"


def _led_by(entry: Entry, leader_id: int, snapshot: Snapshot, words: Words) -> str:
    """Return the leader who decided, and who wrote it down in his name where it was not he himself."""
    led = words.log.led_by.format(who=_officer(leader_id, snapshot))
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


def _officer(officer_id: int, snapshot: Snapshot) -> str:
    return officer_name(snapshot, officer_id) or "?"


def _room(site_id: int | None, room: Room | None, snapshot: Snapshot, words: Words) -> str:
    site = snapshot.sites.get(site_id or 0)
    return f"{site.label} {words.people.room.format(room=room)}" if site else ""
