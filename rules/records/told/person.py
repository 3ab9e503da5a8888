"""Entries about a person: from the registration to the end of the record, and home checks."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from typing import Any, ClassVar

from dutyboard.frozen import frozen
from dutyboard.rules.law.facts import TestResult, TestStage, TestType
from dutyboard.rules.law.section_three import BlockerCode, Decision
from dutyboard.rules.records.codes import Destination, EntryKind, FollowUpAnswer, HomeWay, PaperKind, Room, Stage


@frozen
class HomeChecked:
    """A town's check of its people at home: `checked` of `of` by then, and by name what this visit found.

    `seen` were at home and well, `absent` did not answer, `refused` did not let themselves be checked, `unwell` were
    seen and not well; `remarks` are words about one of them, `readings` temperatures in °C, by `person-12`. `how`: at
    the door, by phone or by video (None: not stated). An entry of before names nobody.
    """

    entry_kind: ClassVar[EntryKind] = "check"
    checked: int
    of: int
    seen: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    unwell: tuple[str, ...] = ()
    remarks: Mapping[str, str] = field(default_factory=dict)
    readings: Mapping[str, int | float] = field(default_factory=dict)
    how: HomeWay | None = None

    @property
    def met(self) -> frozenset[str]:
        """Names of those who were seen, well or not."""
        return frozenset((*self.seen, *self.unwell, *self.readings))

    @property
    def names_nobody(self) -> bool:
        """True for a check of before, which told numbers only."""
        return not (self.met or self.absent or self.refused)

    def names(self, subject: str) -> bool:
        """Return True if it says something of a person."""
        return subject in self.met or subject in self.absent or subject in self.refused


@frozen
class Advised:
    """Somebody was told to watch his own health, as a clause asks with his passage."""

    entry_kind: ClassVar[EntryKind] = "check"
    clause: str


@frozen
class FollowedUp:
    """A call to somebody who was released: he is well, he is not, or nobody answered. `remark` is what was said."""

    entry_kind: ClassVar[EntryKind] = "check"
    answer: FollowUpAnswer
    remark: str = ""


@frozen
class ReadingTaken:
    """A temperature of one person in °C (None: only a symptom was told), with device and symptom where told.

    `retake_of` is the id of the entry whose reading this one checks.
    """

    entry_kind: ClassVar[EntryKind] = "reading"
    temp_c: int | float | None
    device: str = ""
    symptom: str = ""
    retake_of: int | None = None


@frozen
class Breached:
    """A breach of the rules of home monitoring (三（十二）: 不能外出，不得流动); the text says what he did."""

    entry_kind: ClassVar[EntryKind] = "breach"


@frozen
class SuspicionActed:
    """Precautions of a suspected case: who was told, what was carried out, and who had come to him.

    `carried_out` are ids of precautions (`stop_release/person-2`), `entered` the names of those who had come.
    """

    entry_kind: ClassVar[EntryKind] = "suspect"
    told: str
    carried_out: tuple[str, ...]
    entered: tuple[str, ...] = ()


@frozen
class Reopened:
    """A closed record opened again; `stays` have ended before. `came`: he arrived anew, and the facts are of that."""

    entry_kind: ClassVar[EntryKind] = "reopen"
    stays: int
    came: bool = False


@frozen
class Registered:
    """A person who phoned in, written down."""

    entry_kind: ClassVar[EntryKind] = "register"


@frozen
class SampleMoved:
    """A sample that belongs to another planned day since day 0 moved (O46). None: it is an extra."""

    type: TestType
    sampled_on: date
    before: date | None
    after: date | None


@frozen
class Corrected:
    """The keys of a person's fields that changed, and what stood in them before and after. No ID number or phone.

    `samples` are those that the correction puts to other planned days.
    """

    entry_kind: ClassVar[EntryKind] = "correct"
    changed: tuple[str, ...]
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    samples: tuple[SampleMoved, ...] = ()


@frozen
class Assessed:
    """A person assessed: the deciding clause, the others that apply, and the stage and room that it led to.

    `shared` says why he shares a room that somebody holds already; `cadres` look after him at home; `cadre_phone` is
    that of the village's.
    """

    entry_kind: ClassVar[EntryKind] = "assess"
    clause: str | None
    decision: Decision
    also: tuple[str, ...]
    stage: Stage
    site_id: int | None = None
    room: Room | None = None
    shared: str = ""
    cadres: tuple[str, ...] = ()
    cadre_phone: str = ""


@frozen
class Referred:
    """A person referred to the desk that must answer: the open questions, and the clause that holds him until then."""

    entry_kind: ClassVar[EntryKind] = "assess"
    clause: str | None
    decision: Decision
    also: tuple[str, ...]
    stage: Stage
    site_id: int | None = None
    room: Room | None = None
    shared: str = ""
    cadres: tuple[str, ...] = ()
    cadre_phone: str = ""
    reasons: tuple[str, ...]
    provisional: str | None


@frozen
class ReferralAnswered:
    """An office's answer to a referral: the decision, the authority, and the questions that it settles, by code.

    `clause` is the class that it decided (`none`: no clause concerns him; None: it named none). `changed` are the facts
    that it set, with what stood in them before and after. `referred_at` is when the questions were put.
    """

    entry_kind: ClassVar[EntryKind] = "answer"
    decision: str
    authority: str
    reasons: tuple[str, ...]
    referred_at: datetime
    clause: str | None = None
    changed: tuple[str, ...] = ()
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)


@frozen
class Transferred:
    """A closed-loop move: vehicle, driver, receiver, both times, and the room it led to (None: the hospital).

    The rest is as in `Departed` and `Arrived`.
    """

    entry_kind: ClassVar[EntryKind] = "transfer"
    vehicle: str
    driver: str
    received_by: str
    left_at: datetime
    arrived_at: datetime
    site_id: int | None
    room: Room | None
    to: Destination | None = None
    place: str = ""
    phone: str = ""
    escort: str = ""
    escort_phone: str = ""
    handed_by: str = ""
    temp_c: int | float | None = None
    announced_at: datetime | None = None
    announced_by: str = ""


@frozen
class Departed:
    """A person who has left for another place: vehicle, driver and his phone, and where to.

    `escort` rides with him, `handed_by` let him go. The command post there was told at `announced_at` by
    `announced_by`. "" or None: not stated.
    """

    entry_kind: ClassVar[EntryKind] = "transfer"
    to: Destination
    vehicle: str
    driver: str
    phone: str = ""
    site_id: int | None = None
    room: Room | None = None
    place: str = ""
    escort: str = ""
    escort_phone: str = ""
    handed_by: str = ""
    announced_at: datetime | None = None
    announced_by: str = ""


@frozen
class Arrived:
    """A person who has arrived: when he had left, where he is, and who received him.

    `temp_c` was measured at the hand-over (None: not stated). The announcement is as in `Departed`, if told only here.
    """

    entry_kind: ClassVar[EntryKind] = "transfer"
    to: Destination
    received_by: str
    left_at: datetime
    site_id: int | None = None
    room: Room | None = None
    place: str = ""
    temp_c: int | float | None = None
    announced_at: datetime | None = None
    announced_by: str = ""


@frozen
class TurnedBack:
    """A person on the road who is back where he had left; the entry's text says why. `bound` is where he was taken."""

    entry_kind: ClassVar[EntryKind] = "transfer"
    bound: Destination


@frozen
class Diverted:
    """A person on the road who is taken elsewhere; the entry's text says why. `from_` is where he was taken before."""

    entry_kind: ClassVar[EntryKind] = "transfer"
    from_: Destination
    to: Destination
    site_id: int | None = None
    room: Room | None = None
    place: str = ""


@frozen
class RoomChanged:
    """Another room for a person: the one he had, the one he gets, and his stage by then."""

    entry_kind: ClassVar[EntryKind] = "move"
    was_site: int | None
    was_room: Room | None
    site_id: int
    room: Room
    stage: Stage
    shared: str = ""


@frozen
class Assigned:
    """Another 专人 or cadre at home of a person, and who it was before ("": nobody, or it stays)."""

    entry_kind: ClassVar[EntryKind] = "assign"
    officer: str
    was_officer: str = ""
    cadre: str = ""
    was_cadre: str = ""
    town_cadre: str = ""
    was_town_cadre: str = ""
    cadre_phone: str = ""


@frozen
class SampleRecorded:
    """A sample or its result. `day` and `stage` are of the planned test it was put to; None: it is an extra (O45).

    `sample_code`: what its tube is marked with; "": nobody has said.
    """

    entry_kind: ClassVar[EntryKind] = "test"
    type: TestType
    day: date | None = None
    sampled_on: date
    result: TestResult
    stage: TestStage | None = None
    sample_code: str = ""


@frozen
class ConfirmedTest:
    """A planned test of a release that was late, or `missed`: nobody ever took its sample."""

    type: TestType
    stage: TestStage
    day: date
    missed: bool


@frozen
class Released:
    """The end of a stage, by a leader. The cadres and the vehicle are None unless it led home ("": none was named).

    `overridden` are the blockers against which the leader released; `linked_to` the close contact with whom this
    secondary contact was released. `confirmed` are the tests that were late or missed, as the leader confirmed (O11).
    """

    entry_kind: ClassVar[EntryKind] = "release"
    from_: Stage
    to: Stage
    leader_id: int
    home_cadre: str | None = None
    town_cadre: str | None = None
    vehicle: str | None = None
    late_confirmed: bool = False
    overridden: tuple[BlockerCode, ...] = ()
    linked_to: str | None = None
    confirmed: tuple[ConfirmedTest, ...] = ()
    cadre_phone: str = ""


@frozen
class LastDaySet:
    """The last day of a stage set by a leader, and what it was before. The text says why."""

    entry_kind: ClassVar[EntryKind] = "stage"
    stage: Stage
    was: date
    last: date
    leader_id: int


@frozen
class Voided:
    """A registration made by mistake: the record that was in this stage is ended. The text says why."""

    entry_kind: ClassVar[EntryKind] = "void"
    from_: Stage


@frozen
class Merged:
    """Another record of the same person (`person-9`) made one with this; `unlike` are the fields they told unlike."""

    entry_kind: ClassVar[EntryKind] = "merge"
    gone: str
    unlike: tuple[str, ...] = ()


@frozen
class ContradictionSettled:
    """A field that two sources tell unlike (`settled`) stays as it stands in the record. The text says why.

    `other`: the other value was taken, of a field that no act of its own changes.
    """

    entry_kind: ClassVar[EntryKind] = "settle"
    settled: str
    other: bool = False


@frozen
class HandedOff:
    """A person who left the desk's charge before his time: the place that took him over, or his death.

    `letter` is the document that says so.
    """

    entry_kind: ClassVar[EntryKind] = "hand_off"
    from_: Stage
    leader_id: int
    died: bool
    letter: str
    to: str = ""


@frozen
class PositiveActed:
    """The consequences of a positive result: ids of the consequences carried out, and of those left to the queue."""

    entry_kind: ClassVar[EntryKind] = "positive"
    carried_out: tuple[str, ...]
    queued: tuple[str, ...]


@frozen
class Traced:
    """The contacts of a positive person, traced: how many, and the office that was told."""

    entry_kind: ClassVar[EntryKind] = "trace"
    contacts: int
    told: str


@frozen
class Printed:
    """A paper of a person that has left the desk: its kind, its number, and the copy."""

    entry_kind: ClassVar[EntryKind] = "print"
    paper: PaperKind
    year: int
    serial: int
    copy: int


PersonTelling = (
    HomeChecked
    | FollowedUp
    | Advised
    | Breached
    | ReadingTaken
    | SuspicionActed
    | Registered
    | Reopened
    | Corrected
    | Assessed
    | Referred
    | ReferralAnswered
    | Transferred
    | RoomChanged
    | Assigned
    | Departed
    | Arrived
    | TurnedBack
    | Diverted
    | SampleRecorded
    | Released
    | HandedOff
    | Voided
    | LastDaySet
    | Merged
    | ContradictionSettled
    | PositiveActed
    | Traced
    | Printed
)
"""Everything that an act on a person can write into the log."""
