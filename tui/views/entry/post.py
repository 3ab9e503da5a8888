"""Sentences of what an act of the command post tells."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import assert_never

from dutyboard.rules.records.codes import Seat
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import (
    Acknowledged,
    Called,
    CalledTouched,
    HandedOver,
    HeadingsRemembered,
    Imported,
    ImportUndone,
    KeyAdded,
    KeyRemoved,
    LoginUnbound,
    MatterAssigned,
    MatterClosed,
    MatterOpened,
    Noted,
    NoticeSwitched,
    OfficerSet,
    PinSet,
    PostTelling,
    PresenceFound,
    ReportSent,
    RolesRenewed,
    RoomsConsidered,
    SeatPlanned,
    SeatTaken,
    SeatTakenOver,
    SettingSet,
    Shelved,
    ShiftCancelled,
    ShiftChanged,
    ShiftsSwapped,
    ShiftToldAfterwards,
    SignedOn,
    SignOnCodeGiven,
    TakenBack,
    UnitChanged,
    WrongPin,
)
from dutyboard.tui.text import Words
from dutyboard.tui.views.entry.duty_names import duty_said
from dutyboard.tui.views.entry.names import officer_said, subject_name
from dutyboard.tui.views.frame import seat_name
from dutyboard.tui.views.settings import changed_text
from dutyboard.tui.views.times import day_clock

_NAMED_LEFT = 8
"""Records left by an import undone that its line names; the command line names all."""


def post_told(what: PostTelling, entry: Entry, snapshot: Snapshot, words: Words) -> Iterator[str]:
    """Yield the parts of what an entry tells of the command post."""
    log = words.log
    match what:
        case Noted(for_handover=True):
            yield words.handover.note
        case Noted() | TakenBack():
            return
        case Acknowledged(alarms=alarms, taken_up=taken_up):
            if alarms:
                yield _duties_said(alarms, entry, snapshot, words)
            if taken_up:
                yield log.taken_up.format(what=_duties_said(taken_up, entry, snapshot, words))
        case Shelved(duty=duty, until=until):
            named = duty_said(duty, entry.subject, snapshot, words)
            yield log.shelved.format(what=named, until=day_clock(until, snapshot.zone))
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
        case PresenceFound() as presence:
            yield from _presence(presence, words)
        case RoomsConsidered(held=held, rooms=rooms):
            yield log.rooms_considered.format(held=held, rooms=rooms)
        case ReportSent(kind=kind, day=day, revision=revision):
            if entry.obligation is None:  # else the slot has named it
                yield words.reports.titles[kind]
            yield log.report.format(day=f"{day:%m-%d}", revision=revision)
        case SeatPlanned() | SeatTaken() | SeatTakenOver() as seat:
            yield from _seat(seat, snapshot, words)
        case ShiftToldAfterwards() | ShiftChanged() | ShiftsSwapped() | ShiftCancelled() as shift:
            yield from _shift(shift, snapshot, words)
        case HandedOver(items=items, outgoing=outgoing, incoming=incoming, reason=reason, alone=alone):
            yield log.handed_over.format(
                n=len(items), outgoing=officer_said(outgoing, snapshot), incoming=officer_said(incoming, snapshot)
            )
            if reason:
                yield (log.handed_over_alone if alone else log.handed_over_reason).format(reason=reason)
        case SignedOn(bound=bound, instead_of=before_login, code_from=giver):
            yield log.signed_on.format(login=bound or entry.login)
            if before_login:
                yield log.signed_on_before.format(login=before_login)
            if giver is not None:
                yield log.signed_on_code.format(officer=officer_said(giver, snapshot))
        case SignOnCodeGiven(code_until=until):
            yield log.sign_on_code.format(until=day_clock(until, snapshot.zone))
        case LoginUnbound(unbound=login):
            yield log.unbound.format(login=login)
        case KeyAdded(login=login, added=fingerprint):
            yield log.key_added.format(login=login, key=fingerprint)
        case KeyRemoved(login=login, removed=fingerprint):
            yield log.key_removed.format(login=login, key=fingerprint)
        case PinSet(reset=reset):
            yield log.pin_reset if reset else log.pin_set
        case WrongPin(use=use, tries=tries):
            yield (log.wrong_pin if use == "pin" else log.wrong_code).format(tries=tries)
        case UnitChanged(first_responsible=name, was=was):
            yield log.first_responsible.format(name=name or words.reports.not_named)
            yield log.first_responsible_was.format(name=was) if was else ""
        case OfficerSet(changed=changed, until=until):
            if until is not None:
                yield log.officer_ended.format(day=f"{until:%m-%d}")
            elif changed:
                yield log.officer_changed.format(what=" ".join(log.officer_fields[key] for key in changed))
            else:
                yield log.officer_added
        case RolesRenewed(town=town, officer=post):
            yield log.roles_renewed.format(town=town, officer=post)
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
        case HeadingsRemembered(sheet=sheet, headings=headings):
            from dutyboard.tui.views.headings import headings_told  # by need: it rests on the reading of sheets

            yield headings_told(sheet, headings, words)
        case ImportUndone(sheet=sheet, put_back=put_back, taken_away=taken_away, left=left):
            yield log.import_undone.format(sheet=log.sheets[sheet], put_back=put_back, taken_away=taken_away)
            if left:
                names = words.marks.comma.join(subject_name(each, snapshot) for each in left[:_NAMED_LEFT])
                yield log.import_left.format(n=len(left), names=names)
        case CalledTouched(area_id=area_id, answer=answer):
            area = snapshot.areas.get(area_id)
            yield f"{area.name if area else ''} {log.answers[answer]}"
        case never:
            assert_never(never)


def _duties_said(duties: Iterable[str], entry: Entry, snapshot: Snapshot, words: Words) -> str:
    """Return the names of duties; with whom they are about, unless the entry is about him."""
    named = (duty_said(each, entry.subject, snapshot, words) for each in duties)
    return words.marks.comma.join(named)


def _called(call: Called, snapshot: Snapshot, words: Words) -> Iterator[str]:
    log = words.log
    if call.urges:
        about = duty_said(call.urges, "", snapshot, words)
        yield (log.urged if call.answered else log.urged_in_vain).format(told=call.told, what=about)
        return
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


def _presence(told: PresenceFound, words: Words) -> Iterator[str]:
    """Yield who should be there, what was found, who asked and who answered."""
    log = words.log
    if told.seat is not None:
        yield seat_name(words, told.seat)
    yield told.whom
    yield log.presence[told.found]
    if told.stand_in:
        yield log.presence_stand_in.format(who=told.stand_in)
    yield log.presence_asked.format(by=told.asked_by)
    if told.answered_by:
        yield log.presence_answered.format(who=told.answered_by)


def _seat(told: SeatPlanned | SeatTaken | SeatTakenOver, snapshot: Snapshot, words: Words) -> Iterator[str]:
    log, zone = words.log, snapshot.zone
    said = {
        "seat": seat_name(words, told.seat),
        "officer": officer_said(told.officer_id, snapshot),
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
            yield log.seat_taken_over.format(**said, relieved=officer_said(relieved, snapshot))


def _shift(
    told: ShiftToldAfterwards | ShiftChanged | ShiftsSwapped | ShiftCancelled, snapshot: Snapshot, words: Words
) -> Iterator[str]:
    """Yield whose shift it is, its hours, and what changed."""
    log = words.log

    def one(seat: Seat, officer: int, starts: datetime, ends: datetime) -> str:
        return log.shift.format(
            seat=seat_name(words, seat),
            officer=officer_said(officer, snapshot),
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
