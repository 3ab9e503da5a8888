"""Every duty of the desk in one table: what is owed, and which acts discharge it."""

from collections.abc import Mapping
from typing import Final

from dutyboard.rules.duties.duty import Duty, EachDay, UntilDone
from dutyboard.rules.duties.person import home_checks, queue, release, tests, tracing
from dutyboard.rules.duties.post import area_calls, handover, reports, seats, spare_rooms
from dutyboard.rules.duties.site import rounds, staff
from dutyboard.rules.records import commands as acts

DUTIES: Final[tuple[Duty, ...]] = (
    Duty(kinds=("seat",), owed=EachDay(seats.owed, eve=True), by=(acts.PlanShift, acts.TakeSeat)),
    Duty(kinds=("handover",), owed=EachDay(handover.owed, eve=True), by=(acts.HandOver,)),
    Duty(kinds=("roster",), owed=UntilDone(reports.owed_once, leaves=True), by=(acts.SendReport,)),
    Duty(kinds=("screening_report", "site_report"), owed=EachDay(reports.owed), by=(acts.SendReport,)),
    Duty(kinds=rounds.KINDS, owed=EachDay(rounds.owed), by=(acts.Discharge,), check=rounds.CHECK),
    Duty(kinds=staff.KINDS, owed=EachDay(staff.owed), by=(acts.Discharge,), check=staff.CHECK),
    Duty(kinds=("home_check",), owed=EachDay(home_checks.owed), by=(acts.Discharge,), check=home_checks.CHECK),
    Duty(
        kinds=("assess", "history", "transfer"),
        owed=UntilDone(queue.owed),
        by=(acts.Confirm, acts.Correct, acts.Transfer),
    ),
    Duty(kinds=("test",), owed=UntilDone(tests.owed), by=(acts.RecordTest,)),
    Duty(kinds=("trace",), owed=UntilDone(tracing.owed), by=(acts.TraceContacts,)),
    Duty(kinds=("rescreen",), owed=UntilDone(area_calls.owed), by=(acts.CallTouched,)),
    Duty(kinds=("release",), owed=UntilDone(release.owed), by=(acts.Release, acts.HandOff)),
    Duty(
        kinds=("rooms",),
        owed=UntilDone(spare_rooms.owed),
        by=(acts.Discharge, acts.SetSiteState),
        check=spare_rooms.CHECK,
    ),
)
BY_KIND: Final[Mapping[str, Duty]] = {kind: duty for duty in DUTIES for kind in duty.kinds}
"""The duty of each kind."""
