"""One door for every act: which function decides which command, and who may ask at all."""

from datetime import datetime
from typing import Final, assert_never

from dutyboard.rules.amending.amend import as_correction, decide_amend, decide_take_back
from dutyboard.rules.amending.imports import decide_undo_import
from dutyboard.rules.board import board_despite_faults
from dutyboard.rules.duties.checks import decide_discharge
from dutyboard.rules.duties.person.contradictions import decide_settle
from dutyboard.rules.duties.person.correction import decide_correct
from dutyboard.rules.duties.person.hand_off import decide_hand_off
from dutyboard.rules.duties.person.home_checks import decide_record_breach
from dutyboard.rules.duties.person.merge import decide_merge
from dutyboard.rules.duties.person.moves import decide_assign, decide_move
from dutyboard.rules.duties.person.placement import decide_confirm
from dutyboard.rules.duties.person.positive import decide_act_on_positive
from dutyboard.rules.duties.person.readings import decide_take_reading
from dutyboard.rules.duties.person.referral import decide_answer_referral
from dutyboard.rules.duties.person.registration import decide_register
from dutyboard.rules.duties.person.release import decide_release
from dutyboard.rules.duties.person.reopening import decide_reopen
from dutyboard.rules.duties.person.road import (
    decide_cancel_transfer,
    decide_divert_transfer,
    decide_end_transfer,
    decide_start_transfer,
)
from dutyboard.rules.duties.person.stage_days import decide_set_last_day
from dutyboard.rules.duties.person.suspicion import decide_act_on_suspicion
from dutyboard.rules.duties.person.tests import decide_record_test
from dutyboard.rules.duties.person.tracing import decide_trace_contacts
from dutyboard.rules.duties.person.transfer import decide_transfer
from dutyboard.rules.duties.person.void import decide_void
from dutyboard.rules.duties.post.area_calls import decide_call_touched
from dutyboard.rules.duties.post.handover import decide_hand_over
from dutyboard.rules.duties.post.keys import decide_add_key, decide_remove_key
from dutyboard.rules.duties.post.log import decide_write_log
from dutyboard.rules.duties.post.matters import decide_assign_matter, decide_close_matter, decide_open_matter
from dutyboard.rules.duties.post.officers import (
    decide_add_officer,
    decide_bind_login,
    decide_change_officer,
    decide_end_officer,
    decide_unbind_login,
)
from dutyboard.rules.duties.post.pins import decide_reset_pin, decide_set_pin
from dutyboard.rules.duties.post.reports import decide_send_report
from dutyboard.rules.duties.post.seats import decide_take_seat
from dutyboard.rules.duties.post.settings import decide_change_setting
from dutyboard.rules.duties.post.shifts import (
    decide_cancel_shift,
    decide_change_shift,
    decide_plan_shift,
    decide_swap_shifts,
)
from dutyboard.rules.duties.post.units import decide_change_unit
from dutyboard.rules.duties.settling import decide_settle_record
from dutyboard.rules.duties.sheets.areas import decide_import_areas
from dutyboard.rules.duties.sheets.arrivals import decide_import_arrivals
from dutyboard.rules.duties.sheets.contacts import decide_import_contacts
from dutyboard.rules.duties.sheets.headings import decide_remember_headings
from dutyboard.rules.duties.sheets.results import decide_import_results
from dutyboard.rules.duties.sheets.roster import decide_import_roster
from dutyboard.rules.duties.sheets.rounds import decide_import_rounds
from dutyboard.rules.duties.sheets.sites import decide_import_sites
from dutyboard.rules.duties.sheets.temperatures import decide_import_temperatures
from dutyboard.rules.duties.site.sites import decide_change_site, decide_set_site_state
from dutyboard.rules.duties.site.staff_register import (
    decide_add_staff,
    decide_change_staff,
    decide_end_staff,
    decide_return_to_duty,
    decide_send_off_duty,
)
from dutyboard.rules.duties.site.staff_tests import decide_record_staff_test
from dutyboard.rules.opening import decide_give_sign_on_code, decide_open_desk, decide_sign_on
from dutyboard.rules.people.officers import left_by
from dutyboard.rules.permissions import corrected_too, not_permitted, others_touched, unsigned
from dutyboard.rules.records.bounds import unfit_value
from dutyboard.rules.records.commands import Actor, Command, DeskAct, PersonAct, PostAct, SheetAct, StaffAct
from dutyboard.rules.records.commands.amending import Amend, TakeBack
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
    RecordBreach,
    RecordTest,
    Register,
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
from dutyboard.rules.records.commands.post import (
    AddKey,
    AddOfficer,
    AssignMatter,
    BindLogin,
    CallTouched,
    CancelShift,
    ChangeOfficer,
    ChangeSetting,
    ChangeShift,
    ChangeUnit,
    CloseMatter,
    Discharge,
    EndOfficer,
    GiveSignOnCode,
    HandOver,
    OpenDesk,
    OpenMatter,
    PlanShift,
    RemoveKey,
    ResetPin,
    SendReport,
    SetPin,
    SettleRecord,
    SignOn,
    SwapShifts,
    SwitchNotice,
    TakeSeat,
    UnbindLogin,
    WriteLog,
)
from dutyboard.rules.records.commands.sheets import (
    ImportAreas,
    ImportArrivals,
    ImportContacts,
    ImportResults,
    ImportRoster,
    ImportRounds,
    ImportSites,
    ImportTemperatures,
    RememberHeadings,
    UndoImport,
)
from dutyboard.rules.records.commands.site import (
    AddStaff,
    ChangeSite,
    ChangeStaff,
    EndStaff,
    RecordStaffTest,
    ReturnToDuty,
    SendOffDuty,
    SetSiteState,
)
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.texts import in_one_form, unfit_text
from dutyboard.rules.records.timely import long_after
from dutyboard.rules.records.transaction import Accepted
from dutyboard.rules.switching import decide_switch_notice

_BEFORE_SIGNING_ON: Final = (OpenDesk, SignOn)


def decide(command: Command, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Return the changes that an act makes, or why it may not be done; `now` is the instant of entry.

    A PIN is asked for last, so that nobody signs what is refused.
    """
    answer = foreseen(command, snapshot, now, actor)
    if isinstance(answer, Refusal) or isinstance(command, _BEFORE_SIGNING_ON):
        return answer
    return unsigned(command, answer.changes, snapshot, now, actor) or answer


def foreseen(command: Command, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Return what `decide` would answer if everybody signed who must."""
    if refused := unfit_text(command) or unfit_value(command, now):
        return refused
    command = in_one_form(command)
    if snapshot.desk is None and not isinstance(command, OpenDesk):
        return Refusal("no_desk")
    if not isinstance(command, _BEFORE_SIGNING_ON):
        officer = snapshot.officers.get(actor.officer_id or 0)
        if officer is None:
            return Refusal("not_signed_on", {"login": actor.login})
        if refused := left_by(snapshot, officer, now) or not_permitted(command, snapshot, now, actor):
            return refused
    refused = long_after(command, snapshot, now) if snapshot.desk is not None else None
    if refused:
        return refused
    answer = _decided(as_correction(command, snapshot) or command, snapshot, now, actor)
    if isinstance(answer, Refusal):
        return answer
    touched = others_touched(command, answer.changes, snapshot, actor)
    return touched or corrected_too(answer.changes, snapshot, now, actor) or answer


def _decided(command: Command, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    if isinstance(command, PersonAct):
        return _about_person(command, snapshot, now, actor)
    if isinstance(command, PostAct):
        return _at_the_post(command, snapshot, now, actor)
    if isinstance(command, StaffAct):
        return _about_staff(command, snapshot, now, actor)
    if isinstance(command, SheetAct):
        return _from_a_sheet(command, snapshot, now, actor)
    return _of_the_desk(command, snapshot, now, actor)


def _of_the_desk(command: DeskAct, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    match command:
        case OpenDesk():
            return decide_open_desk(command, snapshot, now, actor)
        case SignOn():
            return decide_sign_on(command, snapshot, now, actor)
        case GiveSignOnCode():
            return decide_give_sign_on_code(command, snapshot, now, actor)
        case AddOfficer():
            return decide_add_officer(command, snapshot, now, actor)
        case ChangeOfficer():
            return decide_change_officer(command, snapshot, now, actor)
        case SettleRecord():
            return decide_settle_record(command, snapshot, now, actor)
        case ChangeUnit():
            return decide_change_unit(command, snapshot, now, actor)
        case EndOfficer():
            return decide_end_officer(command, snapshot, now, actor)
        case BindLogin():
            return decide_bind_login(command, snapshot, now, actor)
        case UnbindLogin():
            return decide_unbind_login(command, snapshot, now, actor)
        case AddKey():
            return decide_add_key(command, snapshot, now, actor)
        case RemoveKey():
            return decide_remove_key(command, snapshot, now, actor)
        case SetPin():
            return decide_set_pin(command, snapshot, now, actor)
        case ResetPin():
            return decide_reset_pin(command, snapshot, now, actor)
        case SwitchNotice():
            return decide_switch_notice(command, snapshot, now, actor)
        case ChangeSetting():
            return decide_change_setting(command, snapshot, now, actor)
        case _:
            assert_never(command)


def _at_the_post(command: PostAct, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    match command:
        case PlanShift():
            return decide_plan_shift(command, snapshot, now, actor)
        case ChangeShift():
            return decide_change_shift(command, snapshot, now, actor)
        case SwapShifts():
            return decide_swap_shifts(command, snapshot, now, actor)
        case CancelShift():
            return decide_cancel_shift(command, snapshot, now, actor)
        case TakeSeat():
            return decide_take_seat(command, snapshot, now, actor)
        case HandOver():  # over the whole board, which only the face of the rules gathers: as the screen shows it
            return decide_hand_over(command, snapshot, now, actor, board_despite_faults(snapshot, now)[0].obligations)
        case Discharge():
            return decide_discharge(command, snapshot, now, actor)
        case WriteLog():
            return decide_write_log(command, snapshot, now, actor)
        case OpenMatter():
            return decide_open_matter(command, snapshot, now, actor)
        case AssignMatter():
            return decide_assign_matter(command, snapshot, now, actor)
        case CloseMatter():
            return decide_close_matter(command, snapshot, now, actor)
        case TakeBack():
            return decide_take_back(command, snapshot, now, actor)
        case Amend():
            return decide_amend(command, snapshot, now, actor, foreseen)
        case SendReport():
            return decide_send_report(command, snapshot, now, actor)
        case CallTouched():
            return decide_call_touched(command, snapshot, now, actor)
        case ChangeSite():
            return decide_change_site(command, snapshot, now, actor)
        case SetSiteState():
            return decide_set_site_state(command, snapshot, now, actor)
        case _:
            assert_never(command)


def _about_staff(command: StaffAct, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    match command:
        case AddStaff():
            return decide_add_staff(command, snapshot, now, actor)
        case ChangeStaff():
            return decide_change_staff(command, snapshot, now, actor)
        case EndStaff():
            return decide_end_staff(command, snapshot, now, actor)
        case SendOffDuty():
            return decide_send_off_duty(command, snapshot, now, actor)
        case ReturnToDuty():
            return decide_return_to_duty(command, snapshot, now, actor)
        case RecordStaffTest():
            return decide_record_staff_test(command, snapshot, now, actor)
        case _:
            assert_never(command)


def _about_person(command: PersonAct, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    match command:
        case Register():
            return decide_register(command, snapshot, now, actor)
        case Correct():
            return decide_correct(command, snapshot, now, actor)
        case Confirm():
            return decide_confirm(command, snapshot, now, actor)
        case AnswerReferral():
            return decide_answer_referral(command, snapshot, now, actor)
        case StartTransfer():
            return decide_start_transfer(command, snapshot, now, actor)
        case EndTransfer():
            return decide_end_transfer(command, snapshot, now, actor)
        case CancelTransfer():
            return decide_cancel_transfer(command, snapshot, now, actor)
        case DivertTransfer():
            return decide_divert_transfer(command, snapshot, now, actor)
        case Transfer():
            return decide_transfer(command, snapshot, now, actor)
        case Move():
            return decide_move(command, snapshot, now, actor)
        case Assign():
            return decide_assign(command, snapshot, now, actor)
        case RecordBreach():
            return decide_record_breach(command, snapshot, now, actor)
        case RecordTest():
            return decide_record_test(command, snapshot, now, actor)
        case TakeReading():
            return decide_take_reading(command, snapshot, now, actor)
        case ActOnSuspicion():
            return decide_act_on_suspicion(command, snapshot, now, actor)
        case ActOnPositive():
            return decide_act_on_positive(command, snapshot, now, actor)
        case TraceContacts():
            return decide_trace_contacts(command, snapshot, now, actor)
        case Release():
            return decide_release(command, snapshot, now, actor)
        case Reopen():
            return decide_reopen(command, snapshot, now, actor)
        case HandOff():
            return decide_hand_off(command, snapshot, now, actor)
        case SetLastDay():
            return decide_set_last_day(command, snapshot, now, actor)
        case Void():
            return decide_void(command, snapshot, now, actor)
        case Merge():
            return decide_merge(command, snapshot, now, actor)
        case Settle():
            return decide_settle(command, snapshot, now, actor)
        case _:
            assert_never(command)


def _from_a_sheet(command: SheetAct, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    match command:
        case ImportRoster():
            return decide_import_roster(command, snapshot, now, actor)
        case ImportSites():
            return decide_import_sites(command, snapshot, now, actor)
        case ImportAreas():
            return decide_import_areas(command, snapshot, now, actor)
        case ImportArrivals():
            return decide_import_arrivals(command, snapshot, now, actor)
        case RememberHeadings():
            return decide_remember_headings(command, snapshot, now, actor)
        case UndoImport():
            return decide_undo_import(command, snapshot, now, actor)
        case ImportTemperatures():
            return decide_import_temperatures(command, snapshot, now, actor)
        case ImportRounds():
            return decide_import_rounds(command, snapshot, now, actor)
        case ImportResults():
            return decide_import_results(command, snapshot, now, actor)
        case ImportContacts():
            return decide_import_contacts(command, snapshot, now, actor)
        case _:
            assert_never(command)
