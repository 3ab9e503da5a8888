"""Contents of log entries beyond their text, one class for each thing that an act can say.

A class names the kind of entry that it makes. `tui/link/told` writes its fields as the JSON object `data` of the entry,
in this order: a field without a default always, a field with a default only where it differs. A name that Python keeps
for itself ends in `_` here and not in JSON (`from_`, `from`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, assert_never

from dutyboard.rules.law.facts import TestResult, TestType
from dutyboard.rules.law.gate import BlockerCode
from dutyboard.rules.law.result import Decision
from dutyboard.rules.records.codes import CallAnswer, EntryKind, ReportKind, Seat, SheetKind, SiteState, Stage

# ---------------------------------------------------------------- the log


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A note: the text of the entry is all."""

    entry_kind: ClassVar[EntryKind] = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A phone call: the caller, the matter, and the person who was told (None or "": nobody)."""

    entry_kind: ClassVar[EntryKind] = "call"
    caller: str
    matter: str
    told: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """An officer's own last check, taken back: `amends` of the entry names it."""

    entry_kind: ClassVar[EntryKind] = "retract"


# ---------------------------------------------------------------- checks


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundDone:
    """A round without figures: a patrol or a disinfection."""

    entry_kind: ClassVar[EntryKind] = "check"


@dataclass(frozen=True, slots=True, kw_only=True)
class TemperatureTaken:
    """A temperature round: people there, people measured, and the highest reading in °C (None: nobody measured).

    `readings` are those told one by one, `person-12` to °C. A number is kept as it was typed, 37 or 37.0.
    """

    entry_kind: ClassVar[EntryKind] = "check"
    of: int
    measured: int
    highest: int | float | None = None
    readings: Mapping[str, int | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffChecked:
    """A check of a site's staff: how many, and how many of them with symptoms."""

    entry_kind: ClassVar[EntryKind] = "check"
    checked: int
    abnormal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeChecked:
    """A town's daily check of its people at home: `checked` of `of`."""

    entry_kind: ClassVar[EntryKind] = "check"
    checked: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomsConsidered:
    """A look at the forecast of rooms that opened no site: rooms held, of all rooms."""

    entry_kind: ClassVar[EntryKind] = "check"
    held: int
    rooms: int


# ---------------------------------------------------------------- the command post


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSent:
    """A report sent: the id of its record, its kind, its day, and which revision it is (1: the first)."""

    entry_kind: ClassVar[EntryKind] = "report"
    report: int
    kind: ReportKind
    day: date
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatPlanned:
    """A seat planned for an officer, at these hours on `days` days in a row."""

    entry_kind: ClassVar[EntryKind] = "seat"
    seat: Seat
    officer_id: int
    from_: datetime
    to: datetime
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatTaken:
    """A vacant seat that an officer sat down on."""

    entry_kind: ClassVar[EntryKind] = "seat"
    seat: Seat
    officer_id: int
    from_: datetime
    to: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatTakenOver:
    """A held seat that an officer took over; `relieved` is the id of the officer who held it."""

    entry_kind: ClassVar[EntryKind] = "takeover"
    seat: Seat
    officer_id: int
    from_: datetime
    to: datetime
    relieved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """A handover of the duty: ids of what was open, both officers, and the journal's head as shown."""

    entry_kind: ClassVar[EntryKind] = "handover"
    items: tuple[str, ...]
    outgoing: int
    incoming: int
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOn:
    """A login bound to an officer of the roster."""

    entry_kind: ClassVar[EntryKind] = "sign_on"
    officer_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteStateSet:
    """A site opened, put on standby or closed."""

    entry_kind: ClassVar[EntryKind] = "site"
    from_: SiteState
    to: SiteState


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeSwitched:
    """Another notice from an instant on; `for_everyone`: also for those assessed before."""

    entry_kind: ClassVar[EntryKind] = "notice"
    from_: str
    to: str
    effective_from: datetime
    for_everyone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingSet:
    """Another value of one of the desk's settings from an instant on, both as they are written."""

    entry_kind: ClassVar[EntryKind] = "setting"
    name: str
    from_: str
    to: str
    effective_from: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A sheet taken in: what it holds, and the counts of its rows."""

    entry_kind: ClassVar[EntryKind] = "import"
    sheet: SheetKind
    accepted: int
    updated: int
    duplicates: int
    rejected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledTouched:
    """A call to a person whose stays touch a risk area, and the answer."""

    entry_kind: ClassVar[EntryKind] = "rescreen"
    area_id: int
    answer: CallAnswer


# ---------------------------------------------------------------- a person


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A person who phoned in, written down."""

    entry_kind: ClassVar[EntryKind] = "register"


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """The keys of a person's fields that changed, and what stood in them before and after. No ID number or phone."""

    entry_kind: ClassVar[EntryKind] = "correct"
    changed: tuple[str, ...]
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """A person assessed: the deciding clause, the others that apply, and the stage and room that it led to.

    `shared` says why he shares a room that somebody holds already.
    """

    entry_kind: ClassVar[EntryKind] = "assess"
    clause: str | None
    decision: Decision
    also: tuple[str, ...]
    stage: Stage
    site_id: int | None = None
    room: int | None = None
    shared: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Referred:
    """A person referred to the desk that must answer: the open questions, and the clause that holds him until then."""

    entry_kind: ClassVar[EntryKind] = "assess"
    clause: str | None
    decision: Decision
    also: tuple[str, ...]
    stage: Stage
    site_id: int | None = None
    room: int | None = None
    shared: str = ""
    reasons: tuple[str, ...]
    provisional: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferred:
    """A closed-loop move: vehicle, driver, receiver, both times, and the room it led to (None: the hospital)."""

    entry_kind: ClassVar[EntryKind] = "transfer"
    vehicle: str
    driver: str
    received_by: str
    left_at: datetime
    arrived_at: datetime
    site_id: int | None
    room: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRecorded:
    """A sample or its result; `day` is the planned day that it belongs to."""

    entry_kind: ClassVar[EntryKind] = "test"
    type: TestType
    day: date
    sampled_on: date
    result: TestResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """The end of a stage, by a leader. `home_cadre` and `vehicle` are None unless it led home ("": none was named).

    `overridden` are the blockers against which the leader released; `linked_to` the close contact with whom this
    secondary contact was released.
    """

    entry_kind: ClassVar[EntryKind] = "release"
    from_: Stage
    to: Stage
    leader_id: int
    home_cadre: str | None = None
    vehicle: str | None = None
    late_confirmed: bool = False
    overridden: tuple[BlockerCode, ...] = ()
    linked_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PositiveActed:
    """The consequences of a positive result: ids of the consequences carried out, and of those left to the queue."""

    entry_kind: ClassVar[EntryKind] = "positive"
    carried_out: tuple[str, ...]
    queued: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """The contacts of a positive person, traced: how many, and the office that was told."""

    entry_kind: ClassVar[EntryKind] = "trace"
    contacts: int
    told: str


# ---------------------------------------------------------------- all of them


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An entry whose data this program cannot read: an older or newer one wrote it. `Entry.more` holds all of it."""

    entry_kind: EntryKind


Telling = (
    Noted
    | Called
    | TakenBack
    | RoundDone
    | TemperatureTaken
    | StaffChecked
    | HomeChecked
    | RoomsConsidered
    | ReportSent
    | SeatPlanned
    | SeatTaken
    | SeatTakenOver
    | HandedOver
    | SignedOn
    | SiteStateSet
    | NoticeSwitched
    | SettingSet
    | Imported
    | CalledTouched
    | Registered
    | Corrected
    | Assessed
    | Referred
    | Transferred
    | SampleRecorded
    | Released
    | HandedOff
    | PositiveActed
    | Traced
)
"""Everything that an act can write into the log."""
Told = Telling | Unreadable
"""Everything that an entry of the log can hold."""


def telling(kind: EntryKind, keys: Collection[str]) -> type[Telling]:
    """Return the class of an entry's data by the entry's kind. Where a kind has several, the keys decide."""
    match kind:
        case "note":
            return Noted
        case "call":
            return Called
        case "retract":
            return TakenBack
        case "check":
            return _checked(keys)
        case "report":
            return ReportSent
        case "seat":
            return SeatPlanned if "days" in keys else SeatTaken
        case "takeover":
            return SeatTakenOver
        case "handover":
            return HandedOver
        case "sign_on":
            return SignedOn
        case "site":
            return SiteStateSet
        case "notice":
            return NoticeSwitched
        case "setting":
            return SettingSet
        case "import":
            return Imported
        case "rescreen":
            return CalledTouched
        case "register":
            return Registered
        case "correct":
            return Corrected
        case "assess":
            return Referred if "reasons" in keys else Assessed
        case "transfer":
            return Transferred
        case "test":
            return SampleRecorded
        case "release":
            return Released
        case "hand_off":
            return HandedOff
        case "positive":
            return PositiveActed
        case "trace":
            return Traced
        case _:
            assert_never(kind)


def _checked(keys: Collection[str]) -> type[Telling]:
    """Return the class of a check by its keys. Its slot does not tell: each notice chooses the names."""
    if "measured" in keys:
        return TemperatureTaken
    if "held" in keys:
        return RoomsConsidered
    if "checked" in keys:
        return HomeChecked if "of" in keys else StaffChecked
    return RoundDone
