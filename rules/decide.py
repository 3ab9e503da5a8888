"""One door for every act: which function decides which command, and who may ask at all.

What decides a command is imported when the command comes, so that one note waits for no other duty
(tests/contracts/test_by_need.py).
"""

from datetime import datetime
from functools import partial
from typing import Final, assert_never

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
    PrintPaper,
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
    Acknowledge,
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
    CheckPresence,
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
    Shelve,
    SignOn,
    SwapShifts,
    SwitchNotice,
    TakeSeat,
    UnbindLogin,
    WriteLog,
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
from dutyboard.rules.records.texts import in_one_form
from dutyboard.rules.records.timely import long_after
from dutyboard.rules.records.transaction import Accepted

_BEFORE_SIGNING_ON: Final = (OpenDesk, SignOn)
_TELL_OF_A_DOER: Final = (Discharge, TakeReading, EndTransfer, Transfer)


def decide(command: Command, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Return the changes that an act makes, or why it may not be done; `now` is the instant of entry.

    A PIN is asked for last, so that nobody signs what is refused.
    """
    answer = foreseen(command, snapshot, now, actor)
    if isinstance(answer, Refusal) or isinstance(command, _BEFORE_SIGNING_ON):
        return answer
    return unsigned(command, answer.changes, snapshot, now, actor) or answer


def foreseen(
    command: Command, snapshot: Snapshot, now: datetime, actor: Actor, *, again: bool = False
) -> Accepted | Refusal:
    """Return what `decide` would answer if everybody signed who must. `again`: the act of an entry that is corrected.

    Its doer may stay as it was written, so that its correction asks about him.
    """
    told = in_one_form(command)
    if isinstance(told, Refusal):
        return told
    command = told
    if refused := unfit_value(command, now):
        return refused
    if snapshot.desk is None and not isinstance(command, OpenDesk):
        return Refusal("no_desk")
    if not isinstance(command, _BEFORE_SIGNING_ON):
        officer = snapshot.officers.get(actor.officer_id or 0)
        if officer is None:
            return Refusal("not_signed_on", {"login": actor.login})
        if refused := left_by(snapshot, officer, now) or not_permitted(command, snapshot, now, actor):
            return refused
    refused = long_after(command, snapshot, now) if snapshot.desk is not None else None
    if refused is None and isinstance(command, _TELL_OF_A_DOER) and not again:
        from dutyboard.rules.duties.doer import unknown_doer

        refused = unknown_doer(command, snapshot, now)
    if refused:
        return refused
    correction = _or_correction(command, snapshot)
    answer = _decided(correction, snapshot, now, actor)
    if isinstance(answer, Refusal):
        return answer
    if isinstance(command, Settle) and correction is not command:
        from dutyboard.rules.amending.amend import as_decided

        answer = as_decided(command, answer, snapshot, now)
    touched = others_touched(command, answer.changes, snapshot, actor)
    return touched or corrected_too(answer.changes, snapshot, now, actor) or answer


def _or_correction(command: Command, snapshot: Snapshot) -> Command:
    """Return the correction that another result of an acted-on sample is, else the command itself."""
    if not isinstance(command, Settle | RecordTest):
        return command
    from dutyboard.rules.amending.amend import as_correction

    return as_correction(command, snapshot) or command


def _decided(command: Command, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    if isinstance(command, PersonAct):
        return _about_person(command, snapshot, now, actor)
    if isinstance(command, PostAct):
        return _at_the_post(command, snapshot, now, actor)
    if isinstance(command, StaffAct):
        return _about_staff(command, snapshot, now, actor)
    if isinstance(command, SheetAct):
        from dutyboard.rules.sheet_acts import decide_from_a_sheet

        return decide_from_a_sheet(command, snapshot, now, actor)
    return _of_the_desk(command, snapshot, now, actor)


def _of_the_desk(command: DeskAct, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    match command:
        case OpenDesk():
            from dutyboard.rules.opening import decide_open_desk

            return decide_open_desk(command, snapshot, now, actor)
        case SignOn():
            from dutyboard.rules.opening import decide_sign_on

            return decide_sign_on(command, snapshot, now, actor)
        case GiveSignOnCode():
            from dutyboard.rules.opening import decide_give_sign_on_code

            return decide_give_sign_on_code(command, snapshot, now, actor)
        case AddOfficer():
            from dutyboard.rules.duties.post.officers import decide_add_officer

            return decide_add_officer(command, snapshot, now, actor)
        case ChangeOfficer():
            from dutyboard.rules.duties.post.officers import decide_change_officer

            return decide_change_officer(command, snapshot, now, actor)
        case SettleRecord():
            from dutyboard.rules.duties.settling import decide_settle_record

            return decide_settle_record(command, snapshot, now, actor)
        case ChangeUnit():
            from dutyboard.rules.duties.post.units import decide_change_unit

            return decide_change_unit(command, snapshot, now, actor)
        case EndOfficer():
            from dutyboard.rules.duties.post.officers import decide_end_officer

            return decide_end_officer(command, snapshot, now, actor)
        case BindLogin():
            from dutyboard.rules.duties.post.officers import decide_bind_login

            return decide_bind_login(command, snapshot, now, actor)
        case UnbindLogin():
            from dutyboard.rules.duties.post.officers import decide_unbind_login

            return decide_unbind_login(command, snapshot, now, actor)
        case AddKey():
            from dutyboard.rules.duties.post.keys import decide_add_key

            return decide_add_key(command, snapshot, now, actor)
        case RemoveKey():
            from dutyboard.rules.duties.post.keys import decide_remove_key

            return decide_remove_key(command, snapshot, now, actor)
        case SetPin():
            from dutyboard.rules.duties.post.pins import decide_set_pin

            return decide_set_pin(command, snapshot, now, actor)
        case ResetPin():
            from dutyboard.rules.duties.post.pins import decide_reset_pin

            return decide_reset_pin(command, snapshot, now, actor)
        case SwitchNotice():
            from dutyboard.rules.switching import decide_switch_notice

            return decide_switch_notice(command, snapshot, now, actor)
        case ChangeSetting():
            from dutyboard.rules.duties.post.settings import decide_change_setting

            return decide_change_setting(command, snapshot, now, actor)
        case _:
            assert_never(command)


def _at_the_post(command: PostAct, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    match command:
        case PlanShift():
            from dutyboard.rules.duties.post.shifts import decide_plan_shift

            return decide_plan_shift(command, snapshot, now, actor)
        case ChangeShift():
            from dutyboard.rules.duties.post.shifts import decide_change_shift

            return decide_change_shift(command, snapshot, now, actor)
        case SwapShifts():
            from dutyboard.rules.duties.post.shifts import decide_swap_shifts

            return decide_swap_shifts(command, snapshot, now, actor)
        case CancelShift():
            from dutyboard.rules.duties.post.shifts import decide_cancel_shift

            return decide_cancel_shift(command, snapshot, now, actor)
        case TakeSeat():
            from dutyboard.rules.duties.post.seats import decide_take_seat

            return decide_take_seat(command, snapshot, now, actor)
        case HandOver():  # over the whole board, which only the face of the rules gathers: as the screen shows it
            from dutyboard.rules.board import board_despite_faults
            from dutyboard.rules.duties.post.handover import decide_hand_over

            return decide_hand_over(command, snapshot, now, actor, board_despite_faults(snapshot, now)[0].obligations)
        case Discharge():
            from dutyboard.rules.duties.checks import decide_discharge

            return decide_discharge(command, snapshot, now, actor)
        case WriteLog():
            from dutyboard.rules.duties.post.log import decide_write_log

            return decide_write_log(command, snapshot, now, actor)
        case Acknowledge():
            from dutyboard.rules.board import row_named
            from dutyboard.rules.duties.post.alarms import decide_acknowledge

            return decide_acknowledge(command, snapshot, now, actor, row_named)
        case Shelve():
            from dutyboard.rules.board import row_named
            from dutyboard.rules.duties.post.alarms import decide_shelve

            return decide_shelve(command, snapshot, now, actor, row_named)
        case OpenMatter():
            from dutyboard.rules.duties.post.matters import decide_open_matter

            return decide_open_matter(command, snapshot, now, actor)
        case AssignMatter():
            from dutyboard.rules.duties.post.matters import decide_assign_matter

            return decide_assign_matter(command, snapshot, now, actor)
        case CloseMatter():
            from dutyboard.rules.duties.post.matters import decide_close_matter

            return decide_close_matter(command, snapshot, now, actor)
        case CheckPresence():
            from dutyboard.rules.duties.post.presence import decide_check_presence

            return decide_check_presence(command, snapshot, now, actor)
        case TakeBack():
            from dutyboard.rules.amending.amend import decide_take_back

            return decide_take_back(command, snapshot, now, actor)
        case Amend():
            from dutyboard.rules.amending.amend import decide_amend

            return decide_amend(command, snapshot, now, actor, partial(foreseen, again=True))
        case SendReport():
            from dutyboard.rules.duties.post.reports import decide_send_report

            return decide_send_report(command, snapshot, now, actor)
        case CallTouched():
            from dutyboard.rules.duties.post.area_calls import decide_call_touched

            return decide_call_touched(command, snapshot, now, actor)
        case ChangeSite():
            from dutyboard.rules.duties.site.sites import decide_change_site

            return decide_change_site(command, snapshot, now, actor)
        case SetSiteState():
            from dutyboard.rules.duties.site.sites import decide_set_site_state

            return decide_set_site_state(command, snapshot, now, actor)
        case _:
            assert_never(command)


def _about_staff(command: StaffAct, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    match command:
        case AddStaff():
            from dutyboard.rules.duties.site.staff_register import decide_add_staff

            return decide_add_staff(command, snapshot, now, actor)
        case ChangeStaff():
            from dutyboard.rules.duties.site.staff_register import decide_change_staff

            return decide_change_staff(command, snapshot, now, actor)
        case EndStaff():
            from dutyboard.rules.duties.site.staff_register import decide_end_staff

            return decide_end_staff(command, snapshot, now, actor)
        case SendOffDuty():
            from dutyboard.rules.duties.site.staff_register import decide_send_off_duty

            return decide_send_off_duty(command, snapshot, now, actor)
        case ReturnToDuty():
            from dutyboard.rules.duties.site.staff_register import decide_return_to_duty

            return decide_return_to_duty(command, snapshot, now, actor)
        case RecordStaffTest():
            from dutyboard.rules.duties.site.staff_tests import decide_record_staff_test

            return decide_record_staff_test(command, snapshot, now, actor)
        case _:
            assert_never(command)


def _about_person(command: PersonAct, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    match command:
        case Register():
            from dutyboard.rules.duties.person.registration import decide_register

            return decide_register(command, snapshot, now, actor)
        case Correct():
            from dutyboard.rules.duties.person.correction import decide_correct

            return decide_correct(command, snapshot, now, actor)
        case Confirm():
            from dutyboard.rules.duties.person.placement import decide_confirm

            return decide_confirm(command, snapshot, now, actor)
        case AnswerReferral():
            from dutyboard.rules.duties.person.referral import decide_answer_referral

            return decide_answer_referral(command, snapshot, now, actor)
        case StartTransfer():
            from dutyboard.rules.duties.person.road import decide_start_transfer

            return decide_start_transfer(command, snapshot, now, actor)
        case EndTransfer():
            from dutyboard.rules.duties.person.road import decide_end_transfer

            return decide_end_transfer(command, snapshot, now, actor)
        case CancelTransfer():
            from dutyboard.rules.duties.person.road import decide_cancel_transfer

            return decide_cancel_transfer(command, snapshot, now, actor)
        case DivertTransfer():
            from dutyboard.rules.duties.person.road import decide_divert_transfer

            return decide_divert_transfer(command, snapshot, now, actor)
        case Transfer():
            from dutyboard.rules.duties.person.transfer import decide_transfer

            return decide_transfer(command, snapshot, now, actor)
        case Move():
            from dutyboard.rules.duties.person.moves import decide_move

            return decide_move(command, snapshot, now, actor)
        case Assign():
            from dutyboard.rules.duties.person.moves import decide_assign

            return decide_assign(command, snapshot, now, actor)
        case RecordBreach():
            from dutyboard.rules.duties.person.home_checks import decide_record_breach

            return decide_record_breach(command, snapshot, now, actor)
        case RecordTest():
            from dutyboard.rules.duties.person.tests import decide_record_test

            return decide_record_test(command, snapshot, now, actor)
        case TakeReading():
            from dutyboard.rules.duties.person.readings import decide_take_reading

            return decide_take_reading(command, snapshot, now, actor)
        case ActOnSuspicion():
            from dutyboard.rules.duties.person.suspicion import decide_act_on_suspicion

            return decide_act_on_suspicion(command, snapshot, now, actor)
        case ActOnPositive():
            from dutyboard.rules.duties.person.positive import decide_act_on_positive

            return decide_act_on_positive(command, snapshot, now, actor)
        case TraceContacts():
            from dutyboard.rules.duties.person.tracing import decide_trace_contacts

            return decide_trace_contacts(command, snapshot, now, actor)
        case Release():
            from dutyboard.rules.duties.person.release import decide_release

            return decide_release(command, snapshot, now, actor)
        case Reopen():
            from dutyboard.rules.duties.person.reopening import decide_reopen

            return decide_reopen(command, snapshot, now, actor)
        case HandOff():
            from dutyboard.rules.duties.person.hand_off import decide_hand_off

            return decide_hand_off(command, snapshot, now, actor)
        case SetLastDay():
            from dutyboard.rules.duties.person.stage_days import decide_set_last_day

            return decide_set_last_day(command, snapshot, now, actor)
        case Void():
            from dutyboard.rules.duties.person.void import decide_void

            return decide_void(command, snapshot, now, actor)
        case Merge():
            from dutyboard.rules.duties.person.merge import decide_merge

            return decide_merge(command, snapshot, now, actor)
        case Settle():
            from dutyboard.rules.duties.person.contradictions import decide_settle

            return decide_settle(command, snapshot, now, actor)
        case PrintPaper():
            from dutyboard.rules.duties.person.papers import decide_print_paper

            return decide_print_paper(command, snapshot, now, actor)
        case _:
            assert_never(command)
