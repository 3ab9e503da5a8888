"""Ways in which each kind of entry is corrected: told again, taken back, or by another act."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal, assert_never

from dutyboard.frozen import frozen
from dutyboard.rules.amending.retellings import placing_again, post_again, ride_again
from dutyboard.rules.records.commands.amending import Restated
from dutyboard.rules.records.commands.person import (
    Confirm,
    HandOff,
    RecordBreach,
    RecordTest,
    Release,
    Reopen,
    TakeReading,
    TraceContacts,
    Transfer,
)
from dutyboard.rules.records.commands.post import CallTouched, Discharge, SendReport, WriteLog
from dutyboard.rules.records.commands.site import RecordStaffTest, ReturnToDuty, SendOffDuty
from dutyboard.rules.records.effects import HIDDEN, decides
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told import Unreadable
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
    PositiveActed,
    Printed,
    ReadingTaken,
    ReferralAnswered,
    Referred,
    Registered,
    Released,
    Reopened,
    RoomChanged,
    SampleRecorded,
    SuspicionActed,
    Traced,
    Transferred,
    TurnedBack,
    Voided,
)
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
from dutyboard.rules.records.told.site import (
    Disinfected,
    OffDutySet,
    RoundDone,
    SiteChanged,
    SiteStateSet,
    StaffChecked,
    StaffSet,
    StaffTested,
    TemperatureTaken,
)

OwnAct = Literal[
    "void",
    "correct",
    "shift",
    "sign-on",
    "keys",
    "pin set",
    "officer change",
    "unit change",
    "staff change",
    "site change",
    "rules switch",
    "settings",
    "headings",
    "import",
    "import undo",
]


@frozen(kw_only=False)
class ByOwnAct:
    """An entry that no correction changes: the act of this name does, and writes an entry of its own."""

    act: OwnAct


@frozen(kw_only=False)
class OnlyBack:
    """An entry that can be taken back and not told again: the act is done anew instead."""


Remedy = Restated | OnlyBack | ByOwnAct


def way_of(entry: Entry, snapshot: Snapshot) -> Remedy:
    """Return how an entry is corrected; of one that can be told again the act as it was told."""
    person = _person(entry)
    match entry.told:
        case Noted(for_handover=for_handover):
            return replace(_log(entry, None), for_handover=for_handover)
        case Called() as call:
            return _log(entry, call)
        case (
            RoundDone()
            | TemperatureTaken()
            | Disinfected()
            | StaffChecked()
            | HomeChecked()
            | FollowedUp()
            | Advised()
            | RoomsConsidered() as told
        ):
            return _discharge(entry, told, snapshot)
        case ReportSent(report=number):
            return _report(entry, number, snapshot)
        case CalledTouched(area_id=area, answer=answer):
            return CallTouched(
                person_id=person, area_id=area, answer=answer, text=entry.text, happened_at=entry.happened_at
            )
        case Assessed() | Referred() as told:
            held = snapshot.persons.get(person)
            return Confirm(
                person_id=person,
                clause=told.clause,
                officer_name=held.officer_name if held else "",
                site_id=told.site_id,
                room=told.room,
                shared=told.shared,
                cadres=told.cadres,
                cadre_phone=told.cadre_phone,
            )
        case Transferred() as told:
            return Transfer(
                person_id=person,
                left_at=told.left_at,
                vehicle=told.vehicle,
                driver=told.driver,
                arrived_at=told.arrived_at,
                received_by=told.received_by,
                to=told.to,
                place=told.place,
                phone=told.phone,
                escort=told.escort,
                escort_phone=told.escort_phone,
                handed_by=told.handed_by,
                temp_c=told.temp_c,
                announced_at=told.announced_at,
                announced_by=told.announced_by,
                text=entry.text,
            )
        case SampleRecorded() if decides(entry):
            return OnlyBack()
        case SampleRecorded() as told:
            return RecordTest(
                person_id=person,
                type=told.type,
                sampled_on=told.sampled_on,
                result=told.result,
                sample_code=told.sample_code,
                happened_at=entry.happened_at,
                reason=entry.text,
            )
        case ReadingTaken() as told:
            return TakeReading(
                person_id=person,
                temp_c=told.temp_c,
                device=told.device,
                symptom=told.symptom,
                done_by=entry.done_by,
                happened_at=entry.happened_at,
                text=entry.text,
            )
        case Traced(contacts=contacts, told=office):
            return TraceContacts(
                person_id=person, contacts=contacts, told=office, text=entry.text, happened_at=entry.happened_at
            )
        case Released() as told:
            return _release(entry, told, person, snapshot)
        case HandedOff() as told:
            return HandOff(person_id=person, leader_id=told.leader_id, letter=told.letter, to=told.to, died=told.died)
        case Corrected(changed=changed) if _hidden(entry, changed):
            return ByOwnAct("correct")
        case Reopened(came=False):
            return Reopen(person_id=person, reason=entry.text)
        case Departed() | Arrived() | TurnedBack() | Diverted() as told:
            return ride_again(told, entry, person)
        case RoomChanged() | Assigned() | ReferralAnswered() | LastDaySet() as told:
            return placing_again(told, entry, person, snapshot)
        case (
            MatterOpened() | MatterAssigned() | MatterClosed() | PresenceFound() | HandedOver() | SiteStateSet() as told
        ):
            return post_again(told, entry)
        case Reopened() | TakenBack() | PositiveActed() | SuspicionActed() | Corrected():
            return OnlyBack()
        case OffDutySet(off=off):
            return _off_duty(entry, off=off)
        case Voided() | Merged() | ContradictionSettled() | Acknowledged() | Shelved() | Printed():
            return OnlyBack()
        case Breached():
            return RecordBreach(
                person_id=person, text=entry.text, happened_at=entry.happened_at, reason=entry.late_reason
            )
        case Registered():
            return ByOwnAct("void")
        case Imported():
            return ByOwnAct("import undo")
        case ImportUndone():
            return ByOwnAct("import")
        case Unreadable():
            return ByOwnAct("correct")
        case SeatPlanned() | SeatTaken() | SeatTakenOver():
            return ByOwnAct("shift")
        case ShiftToldAfterwards() | ShiftChanged() | ShiftsSwapped() | ShiftCancelled():
            return ByOwnAct("shift")
        case OfficerSet() | RolesRenewed():
            return ByOwnAct("officer change")
        case HeadingsRemembered():
            return ByOwnAct("headings")
        case UnitChanged():
            return ByOwnAct("unit change")
        case StaffTested() as told:
            return RecordStaffTest(
                staff_ids=_numbers(told.people),
                result=told.result,
                sampled_on=told.sampled_on,
                happened_at=entry.happened_at,
                reason=entry.text,
            )
        case StaffSet():
            return ByOwnAct("staff change")
        case SiteChanged():
            return ByOwnAct("site change")
        case SignedOn() | SignOnCodeGiven() | LoginUnbound():
            return ByOwnAct("sign-on")
        case KeyAdded() | KeyRemoved():
            return ByOwnAct("keys")
        case PinSet() | WrongPin():
            return ByOwnAct("pin set")
        case NoticeSwitched():
            return ByOwnAct("rules switch")
        case SettingSet():
            return ByOwnAct("settings")
        case _:
            assert_never(entry.told)


def _hidden(entry: Entry, changed: Iterable[str]) -> bool:
    """Return True if a correction changed an ID number or a phone, whose old value no entry holds."""
    noted = {name for each in entry.before for name in each.values}
    return any(name in HIDDEN and name not in noted for name in changed)


def _off_duty(entry: Entry, *, off: bool) -> SendOffDuty | ReturnToDuty:
    about = Subject.parse(entry.subject)
    act = SendOffDuty if off else ReturnToDuty
    return act(staff_id=about.number if about else 0, reason=entry.text, happened_at=entry.happened_at)


def _person(entry: Entry) -> int:
    """Return the number of the person an entry is about; 0: it is about none."""
    subject = Subject.parse(entry.subject)
    return subject.number if subject is not None and subject.kind == "person" else 0


_Checked = (
    RoundDone | TemperatureTaken | Disinfected | StaffChecked | HomeChecked | FollowedUp | Advised | RoomsConsidered
)


def _said_abnormal(entry: Entry, told: _Checked, snapshot: Snapshot) -> bool:
    """Return True if the officer called a check abnormal himself: its note became a finding, and no figure did it."""
    by_figures = isinstance(told, StaffChecked) and told.abnormal > 0
    if isinstance(told, TemperatureTaken):
        by_figures = (told.highest or 0) >= snapshot.daily_at(entry.happened_at).thresholds.fever_c
    noted = any(each.entry == entry.id and each.cause is None for each in snapshot.matters.values())
    return entry.abnormal and noted and not by_figures


def with_fresh_remarks(was: Discharge, told: Discharge) -> Discharge:
    """Return a check told again without the words about whoever is no longer told of as absent, refusing or unwell.

    They were said of that alone; words that the officer changed are kept.
    """
    before, after = ({*each.absent, *each.refused, *each.unwell} for each in (was, told))
    gone = {key for key in was.remarks if (named := Subject.parse(key)) is not None and named.number in before - after}
    kept = {key: words for key, words in told.remarks.items() if key not in gone or words != was.remarks[key]}
    return replace(told, remarks=kept)


def _discharge(entry: Entry, told: _Checked, snapshot: Snapshot) -> Discharge:
    check = Discharge(
        obligation=entry.obligation or entry.beside or "",
        abnormal=_said_abnormal(entry, told, snapshot),
        text=entry.text,
        done_by=entry.done_by,
        happened_at=entry.happened_at,
        reason=entry.late_reason,
    )
    match told:
        case RoundDone():
            seen = _numbers(told.people) if told.part or told.absent else ()
            return replace(
                check,
                seen=seen,
                absent=_numbers(told.absent),
                unwell=_numbers(told.symptoms),
                remarks={**told.symptoms, **told.remarks},
            )
        case Disinfected():
            # What nobody had stated stands there too, empty: a correction may state it.
            details = {**dict.fromkeys(Disinfected.TEXTS, ""), **told.details}
            return replace(check, figures=told.figures, details=details, started_at=told.started_at)
        case TemperatureTaken():
            totals: dict[str, int | float] = {"of": told.of, "measured": told.measured} if told.by_totals else {}
            return replace(
                check,
                figures=totals | ({"highest": told.highest} if totals and told.highest is not None else {}),
                readings=told.readings,
                first=told.first,
                absent=_numbers(told.absent),
                unwell=_numbers(told.symptoms),
                remarks={**told.symptoms, **told.remarks},
            )
        case StaffChecked():
            if not told.named:
                return replace(check, figures={"checked": told.checked, "abnormal": told.abnormal})
            return replace(
                check,
                readings=told.readings,
                seen=_numbers(told.seen),
                absent=_numbers(told.absent),
                unwell=_numbers(told.unwell),
                remarks=told.remarks,
            )
        case HomeChecked():
            return replace(
                check,
                details={"how": told.how or ""},
                readings=told.readings,
                seen=_numbers(told.seen),
                absent=_numbers(told.absent),
                refused=_numbers(told.refused),
                unwell=_numbers(told.unwell),
                remarks=told.remarks,
            )
        case FollowedUp(answer=answer, remark=remark):
            whom = _numbers([entry.subject])
            return replace(
                check,
                abnormal=answer == "unwell",
                seen=() if answer == "no_answer" else whom,
                absent=whom if answer == "no_answer" else (),
                remarks={entry.subject: remark} if remark else {},
            )
        case RoomsConsidered() | Advised():
            return check


def _numbers(people: Iterable[str]) -> tuple[int, ...]:
    """Return the numbers of people named `person-12`."""
    return tuple(subject.number for each in people if (subject := Subject.parse(each)) is not None)


def _log(entry: Entry, call: Called | None) -> WriteLog:
    return WriteLog(
        text=entry.text, subject=entry.subject, call=call, happened_at=entry.happened_at, reason=entry.late_reason
    )


def _report(entry: Entry, number: int, snapshot: Snapshot) -> SendReport | OnlyBack:
    sent = snapshot.reports.get(number)
    if sent is None:
        return OnlyBack()
    return SendReport(
        kind=sent.kind,
        subject=sent.subject,
        day=sent.day,
        figures=sent.figures,
        zero=sent.zero,
        reporter=sent.reporter,
        zero_villages=sent.zero_villages,
        checked_by=sent.checked_by,
        responsible=sent.responsible,
        sent_at=sent.sent_at,
        text=entry.text,
    )


def _release(entry: Entry, told: Released, person: int, snapshot: Snapshot) -> Release:
    parts = (each for each in snapshot.entries.values() if each.part_of == entry.id)
    return Release(
        person_id=person,
        leader_id=told.leader_id,
        cadres=tuple(name for name in (told.town_cadre, told.home_cadre) if name),
        cadre_phone=told.cadre_phone,
        vehicle=told.vehicle or "",
        override=entry.text if told.overridden else "",
        late_confirmed=told.late_confirmed,
        linked=tuple(_person(each) for each in parts if isinstance(each.told, Released)),
    )
