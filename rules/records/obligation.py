"""One thing owed: what, by whom, when, under which clause, and how it stands now. Always computed, never stored."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from dutyboard.rules.law.daily import Slot
from dutyboard.rules.law.four_duties import DutyKind
from dutyboard.rules.law.phrase import Phrase
from dutyboard.rules.records.clock import at, bounds
from dutyboard.rules.records.ids import DutyId, Subject
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.told.site import Disinfected

Kind = DutyKind
"""Kinds of things owed; a notice says whose duty each is."""
Priority = Literal["red", "normal"]
State = Literal["upcoming", "open", "due_soon", "late", "missed", "done", "done_late", "waived", "gap"]
OWED: frozenset[State] = frozenset({"open", "due_soon", "late"})
"""States in which somebody can and should act now."""
CLOSED: frozenset[State] = frozenset({"missed", "waived"})
"""States of a thing whose window has closed, and that was not done in it."""
Waiver = Literal["before_registration", "before_opening"]
"""Reason why a thing is waived: its window had closed before whoever would owe it was registered, or opened (O51)."""


class Beginning(NamedTuple):
    """Instant from which somebody can owe a thing. What had closed by then is waived for the `reason`."""

    at: datetime
    reason: Waiver


class Window(NamedTuple):
    """Instants between which a thing may be done: from `opens` on, in time until `due`, at all until `closes`.

    `closes` None: it never closes. `strict`: at the due instant itself it is late already (O42: 17:00:00 is late).
    `since`: whoever owes it is on the desk only since then, so that it is waived if it had closed, and is not late for
    a due time before that (O51). None: he was there before it fell due.
    """

    opens: datetime
    due: datetime
    closes: datetime | None = None
    strict: bool = False
    since: Beginning | None = None

    def past_due(self, instant: datetime) -> bool:
        """Return True if a thing done at this instant is late."""
        if self.forgiven:
            return False
        return instant >= self.due if self.strict else instant > self.due

    @property
    def forgiven(self) -> bool:
        """True if it fell due before anybody could owe it: then it is never late."""
        return self.since is not None and self.due <= self.since.at

    @property
    def waiver(self) -> Waiver | None:
        """The reason why it is waived; None: it is owed."""
        if self.since is None or self.closes is None or self.closes > self.since.at:
            return None
        return self.since.reason

    def closed(self, instant: datetime) -> bool:
        """Return True if it has closed by an instant."""
        return self.closes is not None and instant >= self.closes


class Attention(NamedTuple):
    """The last thing that was said of a duty beyond doing it: seen (`until` None), or shelved until an instant.

    `entry` is the id of its entry, `by` the officer's name, `over`: the shelving has ended and the duty is back.
    """

    entry: int
    by: str
    at: datetime
    until: datetime | None = None
    reason: str = ""
    over: bool = False


@dataclass(slots=True, kw_only=True)
class Obligation:
    """`window` says when it may be done; one that never closes only grows later.

    `late_minutes` are whole minutes past `due` while it is late, or by which it was done late; else 0.
    `name` is what the notice calls it; None: it is called by its kind.
    `count` and `total` say "n of m" where one row stands for several (home checks, temperatures); total 0: one thing.
    `entry` is the id of the entry that discharged it. `accepted`: it was missed, and a handover has accepted that.
    `beside` is the id of an entry that tells of it after it was missed. `reason` says why it is waived. `entered_late`:
    it was done in its window and written down after that had closed.
    `priority` red: while it is owed it stands above all that is not.
    `people` are all for whom one row stands, done or not; `left` those of them for whom it is not done yet.
    `text` says in an officer's words what it is about (a finding, a call). `unlike` are the keys of a person's fields
    that are told unlike. `repeats` is what Enter states again of a disinfection. `attention`: it was seen or shelved.

    Nobody changes one once it is made (tests/contracts/test_rows.py). It is not frozen, since a frozen class sets each
    of its fields by a call: a fifth of the time of a board.
    """

    id: DutyId
    kind: Kind
    slot: str
    name: Phrase | None = None
    subject: str
    subject_id: Subject
    clause: str
    owed_by: str
    window: Window
    state: State
    reason: Waiver | None = None
    entry: int | None = None
    beside: int | None = None
    late_minutes: int = 0
    entered_late: bool = False
    abnormal: bool = False
    count: int = 0
    total: int = 0
    accepted: bool = False
    priority: Priority = "normal"
    people: tuple[Subject, ...] = ()
    left: tuple[Subject, ...] = ()
    text: str = ""
    unlike: tuple[str, ...] = ()
    repeats: Disinfected | None = None
    attention: Attention | None = None

    def names(self, subject: Subject) -> bool:
        """Return True if it is about a person, by itself or as one of its people."""
        return subject == self.subject_id or subject in self.people

    @property
    def grave(self) -> bool:
        """Tell if it is of top priority and still owed: it stands above all that is not."""
        return self.priority == "red" and self.state in OWED

    @property
    def shelved(self) -> bool:
        """Tell if it was put aside: it stands among what is shelved, not among what is to be done."""
        return self.attention is not None and self.attention.until is not None and not self.attention.over

    @property
    def acknowledged(self) -> bool:
        """Tell if it is an alarm that an officer on duty has seen."""
        return self.grave and self.attention is not None and self.attention.until is None

    @property
    def opens(self) -> datetime:
        """The instant from which on it may be done."""
        return self.window.opens

    @property
    def due(self) -> datetime:
        """The instant until which it is in time."""
        return self.window.due

    @property
    def closes(self) -> datetime | None:
        """The instant at which it is missed; None: never."""
        return self.window.closes


def slot_window(slot: Slot, day: date, zone: ZoneInfo) -> Window:
    """Return the window of a slot of the notice on a local day."""
    return Window(opens=at(day, slot.opens, zone), due=at(day, slot.due, zone), closes=at(day, slot.closes, zone))


def day_window(day: date, zone: ZoneInfo) -> Window:
    """Return the window of a duty that is owed from 00:00 to 24:00 of a local day, and on. At 24:00 it is late."""
    opens, due = bounds(day, zone)
    return Window(opens=opens, due=due, strict=True)


class Standing(NamedTuple):
    """The state of a thing at an instant. `late_minutes`, `entered_late` and `reason` are as in `Obligation`."""

    state: State
    late_minutes: int = 0
    entered_late: bool = False
    reason: Waiver | None = None


def standing(window: Window, done: Entry | None, now: datetime, soon: timedelta) -> Standing:
    """Return how a thing stands at `now`; `done` is the entry that discharged it, and counts from when it happened.

    A thing is due soon for `soon` before its due instant.
    """
    if done is not None:
        entered_late = window.closed(done.first_entered_at or done.entered_at)
        if window.past_due(done.happened_at):
            return Standing("done_late", minutes(done.happened_at - window.due), entered_late)
        return Standing("done", 0, entered_late)
    if window.waiver is not None:
        return Standing("waived", reason=window.waiver)
    if now < window.opens:
        return Standing("upcoming")
    if window.closed(now):
        return Standing("missed")
    if window.past_due(now):
        return Standing("late", minutes(now - window.due))
    return Standing("due_soon" if now >= window.due - soon and not window.forgiven else "open")


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
    priority: Priority = "normal",
    people: tuple[Subject, ...] = (),
    left: tuple[Subject, ...] = (),
    repeats: Disinfected | None = None,
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
        window=window,
        state=stands.state,
        reason=stands.reason,
        entry=done.id if done else None,
        late_minutes=stands.late_minutes,
        entered_late=stands.entered_late,
        abnormal=abnormal,
        count=count,
        total=total,
        priority=priority,
        people=people,
        left=left,
        repeats=repeats,
    )


def minutes(span: timedelta) -> int:
    """Return the whole minutes in a span, rounded down, at least 0."""
    return max(0, int(span.total_seconds() // 60))
