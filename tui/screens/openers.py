"""Openers: the function that Enter or `x` calls for an obligation of each kind, as `SCREENS` names screens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

from dutyboard.tui.screens import imported

if TYPE_CHECKING:
    from dutyboard.rules.records.obligation import Kind, Obligation
    from dutyboard.tui.session import Session

Opener: TypeAlias = "Callable[[Session, Obligation], bool | None]"

_HERE: Final = "dutyboard.tui.screens"
OPENERS: Final[Mapping[Kind, str]] = {
    "seat": f"{_HERE}.forms.post.seat:seat_of_duty",
    "handover": f"{_HERE}.handover:open_handover",
    "roster": f"{_HERE}.forms.post.report:report_form",
    "screening_report": f"{_HERE}.forms.post.report:report_form",
    "site_report": f"{_HERE}.forms.post.report:report_form",
    "patrol": f"{_HERE}.forms.site.check:tick_off",
    "temperature": f"{_HERE}.forms.site.temperature:temperature_form",
    "disinfection": f"{_HERE}.forms.site.check:disinfect",
    "staff_check": f"{_HERE}.forms.site.staff_check:tick_off_staff",
    "staff_test": f"{_HERE}.forms.site.staff_test:staff_test_form",
    "assess": f"{_HERE}.screening:open_queue",
    "history": f"{_HERE}.forms.person.facts:history_form",
    "contradiction": f"{_HERE}.forms.person.contradiction:contradiction_duty_form",
    "referral": f"{_HERE}.forms.person.answer:answer_duty_form",
    "transfer": f"{_HERE}.forms.person.transfer:transfer_form",
    "test": f"{_HERE}.forms.person.test:planned_test_form",
    "suspected": f"{_HERE}.forms.person.suspicion:suspected_form",
    "retake": f"{_HERE}.forms.person.reading:retake_form",
    "trace": f"{_HERE}.forms.person.trace:trace_form",
    "rescreen": f"{_HERE}.opened.calls:open_calls",
    "home_check": f"{_HERE}.forms.person.home_check:tick_off_home",
    "advice": f"{_HERE}.forms.person.advice:tick_off_advice",
    "follow_up": f"{_HERE}.forms.person.follow_up:follow_up_form",
    "release": f"{_HERE}.forms.person.release:release_duty_form",
    "rooms": f"{_HERE}.forms.site.rooms:rooms_form",
    "finding": f"{_HERE}.forms.person.matter:matter_or_reopening",
    "call": f"{_HERE}.forms.person.matter:matter_or_reopening",
}
"""The opener of each kind, as `module:function` of session and obligation.

The function returns True if the key alone has said it.
"""
ABNORMAL: Final[Mapping[Kind, str]] = {
    "patrol": f"{_HERE}.forms.site.check:abnormal_form",
    "temperature": f"{_HERE}.forms.site.temperature:temperature_form",
    "disinfection": f"{_HERE}.forms.site.check:abnormal_disinfection",
    "staff_check": f"{_HERE}.forms.site.staff_check:staff_check_form",
    "home_check": f"{_HERE}.forms.person.home_check:home_check_form",
    "follow_up": f"{_HERE}.forms.person.follow_up:follow_up_form",
}
"""The opener of the form for something abnormal, for each kind that can be so."""


def discharge(session: Session, owed: Obligation) -> bool:
    """Act on an obligation that got Enter. Return True if the key alone has said it, and no form is open."""
    opener: Opener = imported(OPENERS[owed.kind])
    return opener(session, owed) is True


def state_abnormal(session: Session, owed: Obligation) -> None:
    """Open the form that states what was wrong."""
    opener: Opener = imported(ABNORMAL[owed.kind])
    opener(session, owed)
