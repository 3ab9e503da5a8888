"""One door for every act: which function decides which command, and who may ask at all."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from dutyboard.rules.board import board
from dutyboard.rules.duties.person.correcting import decide_correct
from dutyboard.rules.duties.person.hand_off import decide_hand_off
from dutyboard.rules.duties.person.importing import (
    decide_import_areas,
    decide_import_arrivals,
    decide_import_roster,
    decide_import_sites,
)
from dutyboard.rules.duties.person.placing import decide_confirm
from dutyboard.rules.duties.person.positive import decide_act_on_positive
from dutyboard.rules.duties.person.registering import decide_register
from dutyboard.rules.duties.person.release import decide_release
from dutyboard.rules.duties.person.tests import decide_record_test
from dutyboard.rules.duties.person.tracing import decide_trace_contacts
from dutyboard.rules.duties.person.transfer import decide_transfer
from dutyboard.rules.duties.post import handover
from dutyboard.rules.duties.post.area_calls import decide_call_touched
from dutyboard.rules.duties.post.log import decide_take_back, decide_write_log
from dutyboard.rules.duties.post.reports import decide_send_report
from dutyboard.rules.duties.post.seats import decide_plan_shift, decide_take_seat
from dutyboard.rules.duties.post.settings import decide_change_setting
from dutyboard.rules.duties.site.rounds import decide_discharge
from dutyboard.rules.duties.site.sites import decide_set_site_state
from dutyboard.rules.opening import decide_open_desk, decide_sign_on
from dutyboard.rules.records import commands as acts
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted
from dutyboard.rules.switching import decide_switch_notice

Decider = Callable[[Any, Snapshot, datetime, acts.Actor], Accepted | Refusal]


def decide_hand_over(
    command: acts.HandOver, snapshot: Snapshot, now: datetime, actor: acts.Actor
) -> Accepted | Refusal:
    """Decide a handover on the whole board, which only the face of the rules can gather."""
    return handover.decide_hand_over(command, snapshot, now, actor, board(snapshot, now).obligations)


DECIDERS: Final[dict[type, Decider]] = {
    acts.OpenDesk: decide_open_desk,
    acts.SignOn: decide_sign_on,
    acts.PlanShift: decide_plan_shift,
    acts.TakeSeat: decide_take_seat,
    acts.HandOver: decide_hand_over,
    acts.Discharge: decide_discharge,
    acts.WriteLog: decide_write_log,
    acts.TakeBack: decide_take_back,
    acts.SendReport: decide_send_report,
    acts.HandOff: decide_hand_off,
    acts.SetSiteState: decide_set_site_state,
    acts.SwitchNotice: decide_switch_notice,
    acts.ChangeSetting: decide_change_setting,
    acts.Register: decide_register,
    acts.Correct: decide_correct,
    acts.Confirm: decide_confirm,
    acts.Transfer: decide_transfer,
    acts.RecordTest: decide_record_test,
    acts.ActOnPositive: decide_act_on_positive,
    acts.TraceContacts: decide_trace_contacts,
    acts.CallTouched: decide_call_touched,
    acts.Release: decide_release,
    acts.ImportRoster: decide_import_roster,
    acts.ImportSites: decide_import_sites,
    acts.ImportAreas: decide_import_areas,
    acts.ImportArrivals: decide_import_arrivals,
}
_BEFORE_SIGNING_ON: Final = (acts.OpenDesk, acts.SignOn)


def decide(command: acts.Command, snapshot: Snapshot, now: datetime, actor: acts.Actor) -> Accepted | Refusal:
    """The changes that an act makes, or why it may not be done. `now` is the instant of entry on the desk's clock."""
    if snapshot.desk is None and not isinstance(command, acts.OpenDesk):
        return Refusal("no_desk")
    if not isinstance(command, _BEFORE_SIGNING_ON) and actor.officer_id not in snapshot.officers:
        return Refusal("not_signed_on", {"login": actor.login})
    return DECIDERS[type(command)](command, snapshot, now, actor)
