"""The desk's records, one frozen dataclass a TinyDB table.

Every `datetime` is an instant with an offset; every `date` is a calendar day in the desk's time zone. A record is never
edited: an act makes a new one with the same id (`dataclasses.replace`). None means "not known", never "no".
"""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from functools import cache
from typing import Any, Literal

from dutyboard.frozen import frozen
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.records.codes import (
    AreaLevel,
    EntryKind,
    FoundBy,
    IdWarning,
    MatterCause,
    MatterKind,
    PhoneWarning,
    ReportKind,
    Role,
    Room,
    Seat,
    SheetKind,
    SiteState,
    Stage,
    UnitKind,
)
from dutyboard.rules.records.ids import POST, TABLES_OF_KINDS, Subject, SubjectKind
from dutyboard.rules.records.papers.issued import IssuedPaper
from dutyboard.rules.records.referral import Referral
from dutyboard.rules.records.secrets import Secret
from dutyboard.rules.records.signs import AsWritten as AsWritten
from dutyboard.rules.records.staff import StaffMember
from dutyboard.rules.records.stays import Ending as Ending
from dutyboard.rules.records.stays import LastDay as LastDay
from dutyboard.rules.records.stays import Lodging, Road
from dutyboard.rules.records.stays import PastStay as PastStay
from dutyboard.rules.records.told import Told


@frozen
class Unit:
    """A town, street or office that owes reports. `first_responsible`: its 第一责任人 (五) by name; "": nobody.

    `form_on`: the day that its newest form (花名册) tells (None: none has told one).
    """

    id: int
    name: str
    kind: UnitKind
    registered_at: datetime
    first_responsible: str = ""
    form_on: date | None = None


@frozen
class Officer:
    """A row of the annex form (姓名 职务 联系电话 职责分工 备注), and who may sign on as it.

    `full_time`: 专职, as every row of the form is unless its note says otherwise (O52). `until`: the day from which on
    he is no longer there (None: he serves); the record stays, for what he did stays his. `site_id`: the site at which
    site staff work. `unnamed`: the administrator who made the desk, until he has said who he is.
    """

    id: int
    name: str
    title: str = ""
    phone: str = ""
    duty: str = ""
    note: str = ""
    unit_id: int | None = None
    director: bool = False
    full_time: bool = True
    role: Role = "town"
    site_id: int | None = None
    login: str | None = None
    until: date | None = None
    unnamed: bool = False

    @property
    def nameless(self) -> bool:
        """True for an administrator who is nobody of the roster yet. An older desk named him as his login."""
        return self.unnamed or (self.role == "admin" and self.name == self.login)


@frozen
class Shift:
    """One seat held by one officer from one instant to another. A takeover closes it early and rewrites no plan.

    `told_at`: it had ended when it was told, and fills no gap. `cancelled_at`: it was called off before it began.
    """

    id: int
    seat: Seat
    officer_id: int
    starts: datetime
    ends: datetime
    relieved_at: datetime | None = None
    relieved_by: int | None = None
    reason: str = ""
    told_at: datetime | None = None
    cancelled_at: datetime | None = None

    @property
    def covers(self) -> bool:
        """True if the seat is held by this shift for any time at all."""
        return self.told_at is None and self.cancelled_at is None and self.until > self.starts

    def overlaps(self, other: "Shift") -> bool:
        """Tell if both shifts cover the same minute."""
        return self.covers and other.covers and self.starts < other.until and other.starts < self.until

    @property
    def until(self) -> datetime:
        """The instant at which this officer really leaves the seat."""
        return self.relieved_at or self.ends


@frozen
class DutyPeriod:
    """A stretch in which a site is on duty, from its registration or an opening on. `ends` None: it still is."""

    starts: datetime
    ends: datetime | None = None


@frozen
class Site:
    """集中隔离点. `rooms` are the names on its doors, one person each; a bare count means 1 to that number.

    `periods` are those on duty, in order, once the desk has opened or closed it; `rules/people/periods` reads them.
    `opened_at` and `closed_at` are how an older desk wrote the last of them.
    """

    id: int
    name: str
    label: str
    unit_id: int
    rooms: int | tuple[str, ...]
    state: SiteState
    areas: tuple[str, ...] = ()
    keeper: str = ""
    phone: str = ""
    registered_at: datetime
    periods: tuple[DutyPeriod, ...] = ()
    opened_at: datetime | None = None
    closed_at: datetime | None = None


@frozen
class Area:
    """A risk area, or a county named by section two, listed from one day to another (None: still listed). A raised
    level is a record of its own. `listed_at`: when the desk learned of it; who was registered by then is called (None:
    no list was made)."""

    id: int
    code: str
    name: str
    level: AreaLevel
    starts: date
    ends: date | None = None
    source: str = ""
    listed_at: datetime | None = None


@frozen
class Assessment:
    """A decision about a person, by whom and under which notice; the plan follows from it and the facts."""

    notice: str
    decision: Literal["decide", "decide_flag", "refer"]
    clause: str | None
    also: tuple[str, ...]
    first_place: str | None
    provisional: str | None
    refer_reason: str | None
    by: int
    at: datetime


@frozen
class Person:
    """A screened person. `origin` and `travel` are as they were written; `facts` are what section three reads.
    `asked`: facts of a closed world (`rules.law.facts`) whose default is his own answer; else nobody asked.
    `released_early`: out of the site stage by a leader's override, before its gate was empty. `stopped_by`: the
    positive room-mate (`person-12`) because of whom nobody may release this person until he is assessed again.
    `referral`: the last question put to an office about him, beside his stage. `site_id` and `room` are where he lives,
    or is to be moved to. `bound_since`: when another site was named. `still_in`: where he lives until he leaves;
    `road`: he has left and not arrived.
    `watched_since`: the instant from which on the daily check at home holds him.
    `companions`: who came with him, as it was told; `vehicle` the plate, flight or train, `seat_no` his place in it.
    `illness`, `medicine` and `special_need` (old, child, pregnant, diet) are free words: no rule reads them, people do.
    `as_written`: what sheets told of him in words that were not understood.
    `town_cadre` and `home_cadre`: the cadres of the town and of the village who look after him at home.
    `stays_before`: his stays that ended before this one, the oldest first; `registered_at` is that of this one."""

    id: int
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
    found_by: FoundBy = ""
    emergency_name: str = ""
    emergency_phone: str = ""
    companions: str = ""
    vehicle: str = ""
    seat_no: str = ""
    workplace: str = ""
    illness: str = ""
    medicine: str = ""
    special_need: str = ""
    nation: str = ""
    officer_id: int | None = None
    facts: Facts = field(default_factory=Facts)
    warnings: tuple[IdWarning | PhoneWarning, ...] = ()
    source: Literal["import", "phone"] = "phone"
    registered_at: datetime
    stage: Stage = "pending"
    assessment: Assessment | None = None
    site_id: int | None = None
    room: Room | None = None
    admitted_on: date | None = None
    home_from: date | None = None
    home_cadre: str = ""
    town_cadre: str = ""
    watched_since: datetime | None = None
    asked: tuple[str, ...] = ()
    released_early: bool = False
    stopped_by: str = ""
    referral: Referral | None = None
    still_in: Lodging | None = None
    bound_since: datetime | None = None
    road: Road | None = None
    closed_at: datetime | None = None
    end: Ending | None = None
    stays_before: tuple[PastStay, ...] = ()
    last_days: tuple[LastDay, ...] = ()
    as_written: tuple[AsWritten, ...] = ()


@frozen
class Earlier:
    """Fields of one record as they stood before an act, so that the act can be undone. It holds no ID number or phone.

    `made`: the act made the record. `values` are by field name, those of a person's facts as `facts.contact`. Of a
    field that holds several things the act took `gone` out and put `come` in.
    """

    table: str
    id: int
    made: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)
    gone: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    come: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)


@frozen
class Entry:
    """A line of the log. Never edited: `amends` names the entry that this one corrects or takes back, with a `reason`.

    `obligation` is the id of the obligation that it discharges, if any; `subject` is `site-1`, `person-12` or `post`.
    `beside` is the id of one that had closed when the thing was done: it stays missed, and this is kept beside it.
    `done_by` is who did the thing (a name), `entered_by` the officer id and `login` the OS login that wrote it down.
    `by_login`, `address`, `key` and `signed` are those of the actor (records/commands).
    `late_reason` says why it was written down late.
    `told` is what it tells beyond its text; `more` holds what this program does not know of it, by its JSON keys.
    `before` is what the act changed in the records; `part_of` the act's own entry, where it wrote several; `together`
    the first entry of the acts that were said at once of many people, each an act of its own.
    `first_entered_at`: when what it corrects was first written down (None: it corrects nothing).
    """

    id: int
    happened_at: datetime
    entered_at: datetime
    entered_by: int | None
    login: str
    by_login: str = ""
    address: str = ""
    key: str = ""
    signed: tuple[int, ...] = ()
    done_by: str = ""
    subject: str = POST
    obligation: str | None = None
    beside: str | None = None
    abnormal: bool = False
    text: str = ""
    late_reason: str = ""
    told: Told
    more: Mapping[str, Any] = field(default_factory=dict)
    amends: int | None = None
    reason: str = ""
    part_of: int | None = None
    together: int | None = None
    first_entered_at: datetime | None = None
    before: tuple[Earlier, ...] = ()

    @property
    def kind(self) -> EntryKind:
        """The kind of the entry: the one of what it tells."""
        return self.told.entry_kind


@frozen
class Report:
    """A report sent for one day. A later one for the same subject and day is a new revision, never an edit.

    `struck`: taken back. `zero_villages`: nobody found there. `checked_by` 审核人, `responsible` 负责人; "": nobody."""

    id: int
    kind: ReportKind
    subject: str
    day: date
    revision: int
    figures: Mapping[str, int]
    zero: bool
    reporter: str
    sent_at: datetime
    entered_by: int
    struck: bool = False
    zero_villages: tuple[str, ...] = ()
    checked_by: str = ""
    responsible: str = ""


@frozen
class NoticeInForce:
    """A notice that applies from an instant on.

    A person assessed before stays under the notice of his assessment until he is assessed again. `for_everyone`: all of
    them are owed a new assessment.
    """

    id: int
    notice: str
    effective_from: datetime
    for_everyone: bool = False


@frozen
class DeskSettings:
    """The desk's own settings. A practice desk's clock stood at `practice_starts` when the real clock stood at
    `practice_since`, and runs on from there; its frame says 演练. `sample`: it was made full of invented people."""

    id: int = 1
    desk: str = "疫情防控"
    timezone: str = "Asia/Shanghai"
    opened_at: datetime
    practice_starts: datetime | None = None
    practice_since: datetime | None = None
    sample: bool = False


@frozen
class SettingChange:
    """A value that the desk gave to one of its settings from an instant on, and why.

    `value` is written as `rules/records/settings.py` writes it. `set_by` is the officer's id.
    """

    id: int
    name: str
    value: str
    effective_from: datetime
    reason: str
    set_by: int
    set_at: datetime


@frozen
class Matter:
    """A finding, or a phone call to be answered: open until somebody closes it with words.

    `cause` says what was found where a check has found it (None: the words of `what` alone do).
    `subject` is whom it is about, `caller` who asked, `owner` the name of the one who sees to it, `due` by when.
    `entry` is the entry that told of it (None: its own). `told` is who was told of the outcome. An outcome of "" is
    that of a matter taken back. `sheet` and `row` are the place of what a sheet tells.
    """

    id: int
    kind: MatterKind
    cause: MatterCause | None = None
    subject: str = POST
    what: str
    caller: str = ""
    owner: str = ""
    opened_at: datetime
    due: datetime
    entry: int | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    outcome: str = ""
    told: str = ""
    sheet: str = ""
    row: int = 0


@frozen
class UnitHeadings:
    """The fields of headings in a unit's sheets of one kind, as its officers have answered.

    `unit_id` None: of the officers who are of no unit. A field is named by its code; `-` leaves the column out.
    """

    id: int
    sheet: SheetKind
    unit_id: int | None
    fields: Mapping[str, str]


FieldJson = str | bool | int | float | None | Mapping[str, str] | tuple[Mapping[str, Any] | str, ...]
"""A field of a record as JSON (of a person `facts_json`). Of a test it is the object of its result and its day, of
stays and of rooms by name a list."""


@frozen
class Contradiction:
    """A field of a record that two sources tell unlike, until an officer decides it.

    It is about the person of `person_id`, or of another record about that (`officer-3`). `other` is what does not stand
    in the record, as JSON; `entry` is the act that brought it, `sheet` and `row` its place in a sheet. `settled_at`: it
    was decided (None: not yet). One settled as it is found is a value that gave way.
    """

    id: int
    person_id: int = 0
    about: str = ""
    field: str
    other: FieldJson
    entry: int
    found_at: datetime
    settled_at: datetime | None = None
    sheet: str = ""
    row: int = 0


Record = (
    Unit
    | Officer
    | Shift
    | Site
    | Area
    | Person
    | Entry
    | Report
    | NoticeInForce
    | DeskSettings
    | SettingChange
    | Matter
    | StaffMember
    | Contradiction
    | UnitHeadings
    | IssuedPaper
    | Secret
)

TABLES: dict[str, type[Record]] = {
    "units": Unit,
    "officers": Officer,
    "shifts": Shift,
    "sites": Site,
    "areas": Area,
    "persons": Person,
    "entries": Entry,
    "reports": Report,
    "notices": NoticeInForce,
    "settings": DeskSettings,
    "setting_changes": SettingChange,
    "matters": Matter,
    "staff": StaffMember,
    "contradictions": Contradiction,
    "headings": UnitHeadings,
    "papers": IssuedPaper,
    "secrets": Secret,
}

Named = Unit | Officer | Site | Area | Person | Matter | StaffMember
"""Records that an entry or an obligation is about."""

_KINDS: dict[type[Record], SubjectKind] = {TABLES[table]: kind for kind, table in TABLES_OF_KINDS.items()}


def subject_id(record: Named) -> Subject:
    """The name of a record in obligations, entries and JSON: `site-1`, `unit-3`, `person-12`."""
    return _named(_KINDS[type(record)], record.id)


@cache
def _named(kind: SubjectKind, number: int) -> Subject:
    """A name made once: a board asks for each some ten times a second."""
    return Subject(kind, number)
