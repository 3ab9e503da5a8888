"""One frozen record per officer intent. `rules.decide` answers each with changes or a refusal.

`happened_at` None means "now". Texts are as typed; ids are record ids. Nothing here has been checked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from dutyboard.rules.law.facts import Facts, TestType
from dutyboard.rules.records.codes import AreaLevel, CallAnswer, IdWarning, PhoneWarning, ReportKind, Seat, SiteState
from dutyboard.rules.records.model import Officer, Person
from dutyboard.rules.records.told import Called


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person who acts: the OS login, and the officer it is bound to (None: not signed on yet)."""

    login: str
    officer_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDesk:
    """Make an empty desk: settings, the notice in force, and the administrator who is its first duty officer."""

    desk: str
    admin_name: str
    notice: str
    timezone: str = "Asia/Shanghai"
    practice_starts: datetime | None = None
    practice_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOn:
    """Bind the actor's login to an officer of the roster."""

    officer_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSetting:
    """Give one of the desk's settings another value from an instant on (None: now), with the reason."""

    name: str
    value: str
    reason: str
    effective_from: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanShift:
    """Plan a seat, `days` days in a row (1: once)."""

    seat: Seat
    officer_id: int
    starts: datetime
    ends: datetime
    days: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeSeat:
    """Sit down on a seat until the next shift end. To take it from its holder needs a reason (临时顶班)."""

    seat: Seat
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Sign a handover of the duty: every listed item was shown and accepted by the incoming officer."""

    obligation: str
    incoming_id: int
    items: tuple[str, ...]
    text: str = ""
    head: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discharge:
    """Say that a round or a check was done. An abnormal one needs a `text`.

    `figures` are what its form asks, by name: temperature `measured`, `of`, `highest` (°C); staff check `checked`,
    `abnormal`; home check `checked`. `readings` are temperatures told one by one, `person-12` to °C.
    """

    obligation: str
    abnormal: bool = False
    text: str = ""
    figures: Mapping[str, int | float] = field(default_factory=dict)
    readings: Mapping[str, int | float] = field(default_factory=dict)
    done_by: str = ""
    happened_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteLog:
    """Write a note, which needs a text, or a phone call, which needs its caller and its matter."""

    text: str
    subject: str = "post"
    call: Called | None = None
    happened_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """Take back one's own last tick within two minutes, as an entry that names it."""

    entry_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SendReport:
    """State a unit's or site's report of a day. `zero` is said aloud: figures all zero without it are refused.
    `text`: why it is written down late, or anything else to be told."""

    kind: ReportKind
    subject: str
    day: date
    figures: Mapping[str, int]
    zero: bool
    reporter: str
    sent_at: datetime | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonData:
    """Knowledge of a person before the record exists.

    `row` is the line of the sheet it came from (0: none), `sheet` the name of that sheet in a workbook. `asked`: as of
    a `Person`. `unit_id` None: the unit whose name begins the address.
    """

    name: str
    sex: str = ""
    id_no: str = ""
    phone: str = ""
    address: str = ""
    unit_id: int | None = None
    origin: str = ""
    travel: str = ""
    note: str = ""
    officer_name: str = ""
    facts: Facts = field(default_factory=Facts)
    warnings: tuple[IdWarning | PhoneWarning, ...] = ()
    asked: tuple[str, ...] = ()
    row: int = 0
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Write down a person who phoned in."""

    person: PersonData


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct:
    """Replace what is known of a person. A reason is asked once the person has been assessed. `seen` is the record that
    the officer's form was filled over: if a colleague has corrected it by now, it is refused."""

    person_id: int
    person: PersonData
    reason: str = ""
    seen: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm:
    """Confirm an assessment and place the person. `clause` is what the officer saw (None: referred): if the facts
    say otherwise by now, it is refused. At a site a room is named; at home the officer responsible is. `shared`: why he
    is put into a room that somebody holds already (a child with its mother)."""

    person_id: int
    clause: str | None
    officer_name: str
    site_id: int | None = None
    room: int | None = None
    shared: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """A point-to-point closed-loop move: left, vehicle, driver, arrived, received (三, 点对点闭环转运).
    `text`: why it is written down late, or anything else to be told."""

    person_id: int
    left_at: datetime
    vehicle: str
    driver: str
    arrived_at: datetime
    received_by: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTest:
    """A sample taken, or its result: negative, positive, indeterminate or pending. `reason`: why a result that was
    final already is another one now. None: `sampled_on` is the day of the one sample whose result is out, else today;
    `type` and `day` are of the planned test that a sample of that day belongs to."""

    person_id: int
    type: TestType | None = None
    day: date | None = None
    sampled_on: date | None = None
    result: Literal["negative", "positive", "indeterminate", "pending"]
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActOnPositive:
    """Carry out all that a positive PCR brings, as it was previewed (`duties/person/positive`). `shown` are the ids of
    the consequences that the officer saw. `officer_name`: the 专人, where the positive person has none yet."""

    person_id: int
    shown: tuple[str, ...]
    officer_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceContacts:
    """Say that a positive person's contacts were traced and handed to the disease control centre.

    `contacts` is their number; 0 is stated too.
    """

    person_id: int
    contacts: int
    told: str
    text: str = ""
    happened_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTouched:
    """A call to somebody whose stays touch a new or raised risk area (`duties/post/area_calls`), and what he said.
    Whoever was there, or cannot say, is told of in `text`; what it changes in his facts is a correction."""

    person_id: int
    area_id: int
    answer: CallAnswer
    text: str = ""
    happened_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """End a stage: to home monitoring, or free. Needs an empty gate, or a leader's reason. A move home names the
    cadre who looks after the person there, and the vehicle. `late_confirmed`: the leader has seen that a sample was
    late (O11). `linked`: the secondary contacts, as previewed, released with this close contact in one act."""

    person_id: int
    leader_id: int
    home_cadre: str = ""
    vehicle: str = ""
    override: str = ""
    late_confirmed: bool = False
    linked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOff:
    """Close the record of a person who leaves the desk's charge before his time: taken over elsewhere, or dead.

    It stays open until the letter that says so is written down (O44).
    """

    person_id: int
    leader_id: int
    letter: str
    to: str = ""
    died: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSiteState:
    """Open a standby site, or close one (四（二）)."""

    site_id: int
    state: SiteState
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchNotice:
    """Confirm that another notice applies from an instant on, once `rules.switching` has shown what that does.
    `for_everyone`: to those assessed before as well, who are then owed a new assessment."""

    notice: str
    effective_from: datetime
    reason: str
    for_everyone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterSheet:
    """One unit's annex form. Ids of the officers are not read."""

    unit: str
    members: tuple[tuple[int, Officer], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRoster:
    sheets: tuple[RosterSheet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteData:
    name: str
    unit: str
    rooms: int
    state: SiteState
    areas: tuple[str, ...]
    keeper: str
    phone: str
    row: int
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSites:
    sites: tuple[SiteData, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaData:
    code: str
    name: str
    level: AreaLevel
    starts: date
    ends: date | None
    source: str
    row: int
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportAreas:
    areas: tuple[AreaData, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportArrivals:
    persons: tuple[PersonData, ...]


DeskAct = OpenDesk | SignOn | SwitchNotice | ChangeSetting
PostAct = PlanShift | TakeSeat | HandOver | Discharge | WriteLog | TakeBack | SendReport | CallTouched | SetSiteState
PersonAct = Register | Correct | Confirm | Transfer | RecordTest | ActOnPositive | TraceContacts | Release | HandOff
SheetAct = ImportRoster | ImportSites | ImportAreas | ImportArrivals
Command = DeskAct | PostAct | PersonAct | SheetAct
