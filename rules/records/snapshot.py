"""The one frozen picture of the desk from which everything on screen is computed, kept current change by change."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, fields, replace
from datetime import date, datetime
from functools import cache
from operator import is_
from types import MappingProxyType
from typing import Any, TypeVar, TypeVarTuple, cast
from zoneinfo import ZoneInfo

from dutyboard.frozen import frozen
from dutyboard.rules.law.daily import Daily
from dutyboard.rules.law.facts import FACT_KEYS
from dutyboard.rules.law.notice import Notice
from dutyboard.rules.records.codes import ReportKind
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.layers import Changing
from dutyboard.rules.records.model import (
    TABLES,
    Area,
    Contradiction,
    DeskSettings,
    Entry,
    Matter,
    NoticeInForce,
    Officer,
    Person,
    Record,
    Report,
    SettingChange,
    Shift,
    Site,
    Unit,
    UnitHeadings,
)
from dutyboard.rules.records.papers.issued import IssuedPaper
from dutyboard.rules.records.readings import Reading, readings_told
from dutyboard.rules.records.referral import SUSPECTED
from dutyboard.rules.records.refusals import AsTyped, NameOf, Refusal
from dutyboard.rules.records.secrets import Secret
from dutyboard.rules.records.staff import StaffMember
from dutyboard.rules.records.timeline import Period, Timeline
from dutyboard.rules.records.told.person import Corrected, ReferralAnswered, SampleRecorded
from dutyboard.rules.records.told.post import Acknowledged, HandedOver, Shelved

Keeper = TypeVar("Keeper")
Made = TypeVar("Made")
Rests = TypeVarTuple("Rests")
EMPTY: Mapping[Any, Any] = MappingProxyType({})
_FACTS = frozenset(FACT_KEYS)
_TABLE_OF: dict[type[Record], str] = {record: table for table, record in TABLES.items()}


@cache
def zone_named(name: str) -> ZoneInfo:
    """A time zone, looked up once: a board asks for the desk's some thousand times."""
    return ZoneInfo(name)


def _nothing() -> Mapping[Any, Any]:
    return EMPTY


class Memo:
    """Results computed from the records, shared by all pictures of a desk.

    Most are what a function makes of whole tables. A keeper, one a class, checks by itself that what it remembers still
    fits the records it is asked about.
    """

    def __init__(self) -> None:
        self._keepers: dict[type[Any], Any] = {}
        self._made: dict[Callable[..., Any], tuple[tuple[Any, ...], Any]] = {}

    def made(self, make: Callable[[*Rests], Made], *rests: *Rests) -> Made:
        """Return what a pure function makes of frozen things; call it again only if one of them is another object."""
        held = self._made.get(make)
        if held is None or not all(map(is_, held[0], rests)):
            held = self._made[make] = rests, make(*rests)
        return cast(Made, held[1])

    def of(self, keeper: type[Keeper]) -> Keeper:
        """Return the keeper of this class; make an empty one at the first call."""
        found = self._keepers.get(keeper)
        if found is None:
            found = self._keepers[keeper] = keeper()
        return cast(Keeper, found)


@frozen(eq=False)
class Snapshot:
    """Every live record by id, and what is derived from them line by line.

    `seq` is the store's sequence number; `next_ids` the next free id of each table. `done` maps an obligation's id to
    the entry that discharges it now, `parts` to every check of it that stands, oldest first, `beside` to one that
    tells of it after it was missed, `attended` to all that say it was seen, shelved or taken over as an alarm,
    oldest first; `amended` an entry's id to that of the entry which corrected or retracted it; `readings` a
    person's number to his temperatures and symptoms, oldest first; `settled` to the instant at which an office
    answered about his last suspected case; `restated` to the one at which his facts were last said anew: corrected,
    found positive, answered; `last_reports` (kind, subject, day) to the newest revision; `handed_over_at`
    is the instant of the last handover. `own` names the town or site that the picture is limited to, or nothing at all
    (None: it is whole).
    Compared by identity only: thousands of rows are never compared.
    """

    seq: int = 0
    notices_known: Mapping[str, Notice]
    units: Mapping[int, Unit] = field(default_factory=_nothing)
    officers: Mapping[int, Officer] = field(default_factory=_nothing)
    shifts: Mapping[int, Shift] = field(default_factory=_nothing)
    sites: Mapping[int, Site] = field(default_factory=_nothing)
    areas: Mapping[int, Area] = field(default_factory=_nothing)
    persons: Mapping[int, Person] = field(default_factory=_nothing)
    entries: Mapping[int, Entry] = field(default_factory=_nothing)
    reports: Mapping[int, Report] = field(default_factory=_nothing)
    notices: Mapping[int, NoticeInForce] = field(default_factory=_nothing)
    settings: Mapping[int, DeskSettings] = field(default_factory=_nothing)
    setting_changes: Mapping[int, SettingChange] = field(default_factory=_nothing)
    matters: Mapping[int, Matter] = field(default_factory=_nothing)
    staff: Mapping[int, StaffMember] = field(default_factory=_nothing)
    contradictions: Mapping[int, Contradiction] = field(default_factory=_nothing)
    headings: Mapping[int, UnitHeadings] = field(default_factory=_nothing)
    papers: Mapping[int, IssuedPaper] = field(default_factory=_nothing)
    secrets: Mapping[int, Secret] = field(default_factory=_nothing)
    next_ids: Mapping[str, int] = field(default_factory=_nothing)
    done: Mapping[str, Entry] = field(default_factory=_nothing)
    beside: Mapping[str, Entry] = field(default_factory=_nothing)
    parts: Mapping[str, tuple[Entry, ...]] = field(default_factory=_nothing)
    attended: Mapping[str, tuple[Entry, ...]] = field(default_factory=_nothing)
    amended: Mapping[int, int] = field(default_factory=_nothing)
    readings: Mapping[int, tuple[Reading, ...]] = field(default_factory=_nothing)
    settled: Mapping[int, datetime] = field(default_factory=_nothing)
    restated: Mapping[int, datetime] = field(default_factory=_nothing)
    last_reports: Mapping[tuple[ReportKind, str, date], Report] = field(default_factory=_nothing)
    handed_over_at: datetime | None = None
    own: tuple[Subject, ...] | None = None
    memo: Memo = field(default_factory=Memo)

    @property
    def desk(self) -> DeskSettings | None:
        """The desk's settings; None: there is no desk in this folder yet."""
        return self.settings.get(1)

    @property
    def zone(self) -> ZoneInfo:
        """The desk's time zone."""
        desk = self.settings.get(1)
        return zone_named(desk.timezone if desk else "Asia/Shanghai")

    def day_of(self, instant: datetime) -> date:
        """The calendar day of an instant in the desk's time zone; at an end of the calendar its own."""
        try:
            return instant.astimezone(self.zone).date()
        except OverflowError:
            return instant.date()

    def period_at(self, instant: datetime) -> Period:
        """Return what applies at an instant: the notice in force and the desk's settings. Raises LookupError."""
        return self.memo.of(Timeline).at(self.notices_known, self.notices, self.setting_changes, instant)

    def notice_at(self, instant: datetime) -> Notice:
        """Return the notice in force at an instant, with the desk's settings laid over it. Raises LookupError.

        It is the one that began last; before all of them, the first.
        """
        return self.period_at(instant).notice

    def daily_at(self, instant: datetime) -> Daily:
        """Return what the desk owes daily at an instant. Raises LookupError where the desk has no notice."""
        return self.period_at(instant).notice.daily

    def everyone_since(self, instant: datetime) -> datetime | None:
        """Return when the last switch for everyone took effect; None: none has by this instant."""
        begun = (n.effective_from for n in self.notices.values() if n.for_everyone and n.effective_from <= instant)
        return max(begun, default=None)

    def next_id(self, table: str) -> int:
        """The next free id of a table. Ids are never used twice."""
        return self.next_ids.get(table, 1)

    def applied(self, seq: int, puts: Iterable[Record], removed: Iterable[tuple[str, int]] = ()) -> "Snapshot":
        """The picture after one transaction. It shares with this one all that the transaction does not touch.

        `removed` are records that went to an archive; what was derived from them stays.
        """
        changing: dict[str, Changing[Any, Any]] = {}

        def writable(name: str) -> Changing[Any, Any]:
            if name not in changing:
                changing[name] = Changing(getattr(self, name))
            return changing[name]

        handed_over_at = self.handed_over_at
        for record in puts:
            table = _TABLE_OF[type(record)]
            writable(table)[record.id] = record
            if record.id >= self.next_ids.get(table, 1):
                ids = writable("next_ids")
                ids[table] = max(ids.get(table, 1), record.id + 1)
            if isinstance(record, Entry):
                _follow_entry(record, writable)
                handed_over_at = _last_handover(record, writable, handed_over_at)
            elif isinstance(record, Report):
                _follow_report(record, writable)
        for table, record_id in removed:
            writable(table).pop(record_id, None)
        changed: dict[str, Any] = {name: table.frozen() for name, table in changing.items()}
        return replace(self, seq=seq, handed_over_at=handed_over_at, **changed)


def _follow_entry(entry: Entry, writable: Any) -> None:
    if entry.amends is not None:
        writable("amended")[entry.amends] = entry.id
        if (old := writable("entries").get(entry.amends)) is not None:
            _forget(old, writable)
    if entry.kind == "retract":
        return
    if entry.obligation:
        done = entry
        if entry.kind == "check":
            parts = sorted(
                (*writable("parts").get(entry.obligation, ()), entry), key=lambda each: (each.happened_at, each.id)
            )
            writable("parts")[entry.obligation], done = tuple(parts), parts[-1]
        writable("done")[entry.obligation] = done
    if entry.beside:
        writable("beside")[entry.beside] = entry
    for duty in _attended(entry):
        told = (*writable("attended").get(duty, ()), entry)
        writable("attended")[duty] = tuple(sorted(told, key=lambda each: (each.happened_at, each.id)))
    if (subject := _suspected_answered(entry)) is not None:
        known = writable("settled").get(subject.number, entry.happened_at)
        writable("settled")[subject.number] = max(known, entry.happened_at)
    if (number := _restated(entry)) is not None:
        writable("restated")[number] = entry.entered_at
    for number, reading in readings_told(entry):
        readings = writable("readings")
        readings[number] = tuple(sorted((*readings.get(number, ()), reading), key=lambda each: (each.at, each.entry)))


def _forget_discharge(obligation: str, entry: Entry, writable: Any) -> None:
    """Drop an entry that no longer stands; the part before it, if there was one, discharges again."""
    left = tuple(each for each in writable("parts").get(obligation, ()) if each != entry)
    if entry.kind == "check":
        writable("parts")[obligation] = left
    if writable("done").get(obligation) == entry:
        del writable("done")[obligation]
        if left:
            writable("done")[obligation] = left[-1]


def _suspected_answered(entry: Entry) -> Subject | None:
    """Return the person about whose suspected case an entry is the answer; None: it is no such answer."""
    told = entry.told
    return Subject.parse(entry.subject) if isinstance(told, ReferralAnswered) and SUSPECTED in told.reasons else None


def _restated(entry: Entry) -> int | None:
    """Return the number of the person whose facts an entry says anew. None: it says nothing that can change a class."""
    told = entry.told
    anew = (
        isinstance(told, ReferralAnswered)
        or (isinstance(told, Corrected) and not _FACTS.isdisjoint(told.changed))
        or (isinstance(told, SampleRecorded) and told.result == "positive")
    )
    subject = Subject.parse(entry.subject) if anew else None
    return subject.number if subject is not None else None


def _forget_settled(subject: Subject, writable: Any) -> None:
    """Drop an answer that no longer stands; the one before it, if there was one, settles again."""
    amended = writable("amended")
    standing = (each for each in writable("entries").values() if each.subject == subject and each.id not in amended)
    left = max((each.happened_at for each in standing if _suspected_answered(each) is not None), default=None)
    if left is None:
        writable("settled").pop(subject.number, None)
    else:
        writable("settled")[subject.number] = left


def _forget_readings(entry: Entry, writable: Any) -> None:
    """Drop the readings of an entry that no longer stands."""
    for number, _ in readings_told(entry):
        readings = writable("readings")
        readings[number] = tuple(each for each in readings.get(number, ()) if each.entry != entry.id)


def _attended(entry: Entry) -> tuple[str, ...]:
    """Return the ids of the duties that an entry says were seen, shelved or taken over as alarms."""
    match entry.told:
        case Acknowledged(alarms=alarms, taken_up=taken_up):
            return (*alarms, *taken_up)
        case Shelved(duty=duty):
            return (duty,)
        case HandedOver(alarms=alarms):
            return alarms
        case _:
            return ()


def _forget(old: Entry, writable: Any) -> None:
    """Take an amended entry out of all that is derived from the entries."""
    for duty in _attended(old):
        attended = writable("attended")
        attended[duty] = tuple(each for each in attended.get(duty, ()) if each.id != old.id)
    _forget_readings(old, writable)
    if (subject := _suspected_answered(old)) is not None:
        _forget_settled(subject, writable)
    if old.obligation:
        _forget_discharge(old.obligation, old, writable)
    if old.beside and writable("beside").get(old.beside) == old:
        del writable("beside")[old.beside]


def _last_handover(entry: Entry, writable: Any, known: datetime | None) -> datetime | None:
    """Return the instant of the last handover once an entry is written; one that was taken back counts no more."""
    if entry.kind == "handover":
        return entry.happened_at if known is None else max(known, entry.happened_at)
    old = writable("entries").get(entry.amends) if entry.amends is not None else None
    if old is None or old.kind != "handover":
        return known
    amended = writable("amended")
    signed = (each for each in writable("entries").values() if each.kind == "handover" and each.id not in amended)
    return max((each.happened_at for each in signed), default=None)


def _follow_report(report: Report, writable: Any) -> None:
    """Keep the newest revision that was not taken back."""
    key, last = (report.kind, report.subject, report.day), writable("last_reports")
    if not report.struck:
        if key not in last or last[key].revision <= report.revision:
            last[key] = report
        return
    last.pop(key, None)
    for other in writable("reports").values():
        if (other.kind, other.subject, other.day) == key and not other.struck:
            last[key] = max(last.get(key, other), other, key=lambda each: each.revision)


def table_of(record: Record) -> str:
    """The TinyDB table that holds a record."""
    return _TABLE_OF[type(record)]


def record_fields(table: str) -> tuple[str, ...]:
    """The field names of a table's records, in order."""
    return tuple(f.name for f in fields(TABLES[table]))


def desk_of(snapshot: Snapshot) -> DeskSettings:
    """The desk's settings. Raises LookupError where there is no desk, on which nothing is owed."""
    if snapshot.desk is None:
        raise LookupError("no desk")
    return snapshot.desk


def named_in(snapshot: Snapshot, subject: str) -> NameOf | AsTyped:
    """Return the name of a person or of somebody on a staff by his subject (`person-12`); else the text itself."""
    named = Subject.parse(subject)
    found = getattr(snapshot, named.record[0], {}).get(named.number) if named is not None else None
    return NameOf(found) if isinstance(found, Person | StaffMember) else AsTyped(subject)


def unknown_subject(snapshot: Snapshot, subject: str) -> Refusal | None:
    """A refusal when `subject` (`post`, `site-1`, `unit-3`, ...) names no record of the desk."""
    named = Subject.parse(subject)
    match named.kind if named is not None else None:
        case "post":
            return None
        case "unit":
            refusal = Refusal("unknown_unit", {"unit": subject})
        case "officer":
            refusal = Refusal("unknown_officer", {"officer": subject})
        case "person":
            refusal = Refusal("unknown_person", {"person": AsTyped(subject)})
        case "staff":
            refusal = Refusal("unknown_staff", {"staff": AsTyped(subject)})
        case "site":
            refusal = Refusal("unknown_site", {"site": subject})
        case _:
            return Refusal("unknown_site", {"site": subject})
    return None if named is not None and named.number in getattr(snapshot, named.record[0]) else refusal
