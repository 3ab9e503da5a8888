"""Every duty of the desk in one table: what is owed, and which acts discharge it."""

from collections.abc import Mapping
from typing import Final

from dutyboard.rules.duties.duty import Duty, EachDay, UntilDone
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
        owed=EachDay(seats.owed, eve=True),
        by=(PlanShift, ChangeShift, SwapShifts, CancelShift, TakeSeat),
    ),
    Duty(kinds=("handover",), owed=EachDay(handover.owed, eve=True), by=(HandOver,)),
    Duty(kinds=("roster",), owed=UntilDone(reports.owed_once, leaves=True), by=(SendReport,)),
    Duty(kinds=("screening_report", "site_report"), owed=EachDay(reports.owed), by=(SendReport,)),
    Duty(kinds=rounds.KINDS, owed=EachDay(rounds.owed), by=(Discharge,), check=rounds.CHECK),
    Duty(kinds=staff.KINDS, owed=EachDay(staff.owed), by=(Discharge,), check=staff.CHECK),
    Duty(kinds=staff_tests.KINDS, owed=UntilDone(staff_tests.owed, leaves=True), by=(RecordStaffTest,)),
    Duty(kinds=("home_check",), owed=EachDay(home_checks.owed), by=(Discharge,), check=home_checks.CHECK),
    Duty(
        kinds=("transfer",),
        owed=UntilDone(road.owed),
        by=(StartTransfer, EndTransfer, CancelTransfer, DivertTransfer, Transfer),
    ),
    Duty(kinds=("assess", "history"), owed=UntilDone(queue.owed), by=(Confirm, Correct)),
    Duty(kinds=contradictions.KINDS, owed=UntilDone(contradictions.owed), by=(Settle, Correct)),
    Duty(kinds=referral.KINDS, owed=UntilDone(referral.owed), by=(AnswerReferral, Confirm)),
    Duty(kinds=("test",), owed=UntilDone(tests.owed), by=(RecordTest,)),
    Duty(kinds=("suspected",), owed=UntilDone(suspicion.owed, leaves=True), by=(ActOnSuspicion, RecordTest)),
    Duty(kinds=("retake",), owed=UntilDone(readings.owed, leaves=True), by=(TakeReading,)),
    Duty(kinds=("trace",), owed=UntilDone(tracing.owed), by=(TraceContacts,)),
    Duty(kinds=("rescreen",), owed=UntilDone(area_calls.owed), by=(CallTouched,)),
    Duty(kinds=("release",), owed=UntilDone(release.owed), by=(Release, HandOff)),
    Duty(kinds=("advice",), owed=UntilDone(advice.owed, leaves=True), by=(Discharge,), check=advice.CHECK),
    Duty(kinds=("follow_up",), owed=UntilDone(follow_up.owed, leaves=True), by=(Discharge,), check=follow_up.CHECK),
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
