"""One thing owed: what, by whom, when, under which clause, and how it stands now. Always computed, never stored."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from dutyboard.rules.law.daily import Slot
from dutyboard.rules.law.phrase import Phrase
from dutyboard.rules.records.clock import at, bounds
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


class Window(NamedTuple):
    """Instants between which a thing may be done: from `opens` on, in time until `due`, at all until `closes`.

    `closes` None: it never closes. `strict`: at the due instant itself it is late already (O42: 17:00:00 is late).
    """

    opens: datetime
    due: datetime
    closes: datetime | None = None
    strict: bool = False

    def past_due(self, instant: datetime) -> bool:
        """Return True if a thing done at this instant is late."""
        return instant >= self.due if self.strict else instant > self.due


def slot_window(slot: Slot, day: date, zone: ZoneInfo) -> Window:
    """Return the window of a slot of the notice on a local day."""
    return Window(opens=at(day, slot.opens, zone), due=at(day, slot.due, zone), closes=at(day, slot.closes, zone))


def day_window(day: date, zone: ZoneInfo) -> Window:
    """Return the window of a duty that is owed from 00:00 to 24:00 of a local day, and on."""
    opens, due = bounds(day, zone)
    return Window(opens=opens, due=due)


class Standing(NamedTuple):
    """The state of a thing at an instant. `late_minutes` and `entered_late` are as in `Obligation`."""

    state: State
    late_minutes: int = 0
    entered_late: bool = False


def standing(window: Window, done: Entry | None, now: datetime, soon: timedelta) -> Standing:
    """Return how a thing stands at `now`; `done` is the entry that discharged it, and counts from when it happened.

    A thing is due soon for `soon` before its due instant.
    """
    if done is not None:
        entered_late = window.closes is not None and done.entered_at > window.closes
        if window.past_due(done.happened_at):
            return Standing("done_late", minutes(done.happened_at - window.due), entered_late)
        return Standing("done", 0, entered_late)
    if now < window.opens:
        return Standing("upcoming")
    if window.closes is not None and now >= window.closes:
        return Standing("missed")
    if window.past_due(now):
        return Standing("late", minutes(now - window.due))
    return Standing("due_soon" if now >= window.due - soon else "open")


def obligation(
    kind: Kind,
    duty: DutyId,
    about: Subject,
    window: Window,
    stands: Standing,
    done: Entry | None,
    *,
    subject: str,
    clause: str,
    owed_by: str = "",
    name: Phrase | None = None,
    abnormal: bool = False,
    count: int = 0,
    total: int = 0,
) -> Obligation:
    """Return the obligation `duty` about the record `about`, whose name is `subject`, as it stands; `done` as above."""
    return Obligation(
        id=duty,
        kind=kind,
        slot=duty.slot,
        name=name,
        subject=subject,
        subject_id=about,
        clause=clause,
        owed_by=owed_by,
        opens=window.opens,
        due=window.due,
        closes=window.closes,
        state=stands.state,
        entry=done.id if done else None,
        late_minutes=stands.late_minutes,
        entered_late=stands.entered_late,
        abnormal=abnormal,
        count=count,
        total=total,
    )


def minutes(span: timedelta) -> int:
    """Return the whole minutes in a span, rounded down, at least 0."""
    return max(0, int(span.total_seconds() // 60))
