"""One thing owed: what, by whom, when, under which clause, and how it stands now. Always computed, never stored."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from dutyboard.rules.law.phrase import Phrase
from dutyboard.rules.records.ids import DutyId, Subject
from dutyboard.rules.records.model import Entry

Kind = Literal[
    "seat",
    "handover",
    "roster",
    "screening_report",
    "site_report",
    "patrol",
    "temperature",
    "disinfection",
    "staff_check",
    "assess",
    "history",
    "transfer",
    "test",
    "trace",
    "rescreen",
    "home_check",
    "release",
    "rooms",
]
State = Literal["upcoming", "open", "due_soon", "late", "missed", "done", "done_late", "waived", "gap"]
OWED: frozenset[State] = frozenset({"open", "due_soon", "late"})
"""States in which somebody can and should act now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """`opens`, `due`, `closes` are instants; `closes` None: it never closes, only grows later.

    `late_minutes` are whole minutes past `due` while it is late, or by which it was done late; else 0.
    `name` is what the notice calls it; None: it is called by its kind.
    `count` and `total` say "n of m" where one row stands for several (home checks, temperatures); total 0: one thing.
    `entry` is the id of the entry that discharged it. `accepted`: it was missed, and a handover has accepted that.
    """

    id: DutyId
    kind: Kind
    slot: str
    name: Phrase | None = None
    subject: str
    subject_id: Subject
    clause: str
    owed_by: str
    opens: datetime
    due: datetime
    closes: datetime | None
    state: State
    entry: int | None = None
    late_minutes: int = 0
    entered_late: bool = False
    abnormal: bool = False
    count: int = 0
    total: int = 0
    accepted: bool = False


def minutes(span: timedelta) -> int:
    """Whole minutes in a span, rounded down, at least 0."""
    return max(0, int(span.total_seconds() // 60))


def standing(
    opens: datetime,
    due: datetime,
    closes: datetime | None,
    discharged: Entry | None,
    now: datetime,
    soon: timedelta,
    *,
    strictly_before: bool = False,
) -> tuple[State, int, bool]:
    """(state, late minutes, entered late) of a window at an instant; what counts is when the thing happened.

    `strictly_before`: at the due instant itself it is late already (O42: 17:00:00 is late).
    """

    def past_due(instant: datetime) -> bool:
        return instant >= due if strictly_before else instant > due

    if discharged is not None:
        entered_late = closes is not None and discharged.entered_at > closes
        if past_due(discharged.happened_at):
            return "done_late", minutes(discharged.happened_at - due), entered_late
        return "done", 0, entered_late
    if now < opens:
        return "upcoming", 0, False
    if closes is not None and now >= closes:
        return "missed", 0, False
    if past_due(now):
        return "late", minutes(now - due), False
    return ("due_soon" if now >= due - soon else "open"), 0, False
