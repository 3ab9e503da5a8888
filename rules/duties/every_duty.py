"""Every duty of the desk in one table: what is owed, and which acts discharge it."""

from collections.abc import Mapping
from typing import Final

from dutyboard.rules.duties.duty import AtSite, Duty, EachDay, OfPerson, UntilDone
from dutyboard.rules.duties.person import (
    contradictions,
    home_checks,
    queue,
    readings,
    referral,
    release,
    road,
    suspicion,
    tests,
    tracing,
)
from dutyboard.rules.duties.person.let_go import advice, follow_up
from dutyboard.rules.duties.post import area_calls, handover, matters, reports, seats, spare_rooms
from dutyboard.rules.duties.site import rounds, staff, staff_tests
from dutyboard.rules.records.commands.person import (
    ActOnSuspicion,
    AnswerReferral,
    CancelTransfer,
    Confirm,
    Correct,
    DivertTransfer,
    EndTransfer,
    HandOff,
    RecordTest,
    Release,
    Settle,
    StartTransfer,
    TakeReading,
    TraceContacts,
    Transfer,
)
from dutyboard.rules.records.commands.post import (
    AssignMatter,
    CallTouched,
    CancelShift,
    ChangeShift,
    CloseMatter,
    Discharge,
    HandOver,
    PlanShift,
    SendReport,
    SwapShifts,
    TakeSeat,
)
from dutyboard.rules.records.commands.site import RecordStaffTest, SetSiteState

DUTIES: Final[tuple[Duty, ...]] = (
    Duty(
        kinds=("seat",),
        owed=EachDay(seats.owed, eve=True, anew=True),  # who sits changes at the edge of a shift
        by=(PlanShift, ChangeShift, SwapShifts, CancelShift, TakeSeat),
    ),
    Duty(kinds=("handover",), owed=EachDay(handover.owed, eve=True), by=(HandOver,)),
    Duty(kinds=("roster",), owed=UntilDone(reports.owed_once, leaves=True), by=(SendReport,)),
    Duty(kinds=("screening_report",), owed=EachDay(reports.owed), by=(SendReport,)),
    Duty(kinds=("site_report",), owed=AtSite(reports.owed_at), by=(SendReport,)),
    Duty(kinds=rounds.KINDS, owed=AtSite(rounds.owed_at), by=(Discharge,), check=rounds.CHECK),
    Duty(kinds=staff.KINDS, owed=AtSite(staff.owed_at), by=(Discharge,), check=staff.CHECK),
    Duty(kinds=staff_tests.KINDS, owed=UntilDone(staff_tests.owed, leaves=True), by=(RecordStaffTest,)),
    Duty(kinds=("home_check",), owed=EachDay(home_checks.owed), by=(Discharge,), check=home_checks.CHECK),
    Duty(
        kinds=("transfer",),
        owed=OfPerson(road.owed_for),
        by=(StartTransfer, EndTransfer, CancelTransfer, DivertTransfer, Transfer),
    ),
    Duty(kinds=("assess", "history"), owed=OfPerson(queue.owed_for), by=(Confirm, Correct)),
    Duty(kinds=contradictions.KINDS, owed=UntilDone(contradictions.owed), by=(Settle, Correct)),
    Duty(kinds=referral.KINDS, owed=OfPerson(referral.owed_for), by=(AnswerReferral, Confirm)),
    Duty(kinds=("test",), owed=OfPerson(tests.owed_for), by=(RecordTest,)),
    Duty(kinds=("suspected",), owed=OfPerson(suspicion.owed_for, leaves=True), by=(ActOnSuspicion, RecordTest)),
    Duty(kinds=("retake",), owed=OfPerson(readings.owed_for, leaves=True), by=(TakeReading,)),
    Duty(kinds=("trace",), owed=OfPerson(tracing.owed_for), by=(TraceContacts,)),
    Duty(kinds=("rescreen",), owed=UntilDone(area_calls.owed), by=(CallTouched,)),
    Duty(kinds=("release",), owed=OfPerson(release.owed_for), by=(Release, HandOff)),
    Duty(kinds=("advice",), owed=OfPerson(advice.owed_for, leaves=True), by=(Discharge,), check=advice.CHECK),
    Duty(kinds=("follow_up",), owed=OfPerson(follow_up.owed_for, leaves=True), by=(Discharge,), check=follow_up.CHECK),
    Duty(kinds=matters.KINDS, owed=UntilDone(matters.owed), by=(AssignMatter, CloseMatter)),
    Duty(
        kinds=("rooms",),
        owed=UntilDone(spare_rooms.owed),
        by=(Discharge, SetSiteState),
        check=spare_rooms.CHECK,
    ),
)
BY_KIND: Final[Mapping[str, Duty]] = {kind: duty for duty in DUTIES for kind in duty.kinds}
"""The duty of each kind."""
