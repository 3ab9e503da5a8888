"""Entries of the command post: the log, seats, handovers, reports, notices, settings, sheets and area calls."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from dutyboard.rules.records.codes import CallAnswer, EntryKind, ReportKind, Seat, SheetKind


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


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomsConsidered:
    """A look at the forecast of rooms that opened no site: rooms held, of all rooms."""

    entry_kind: ClassVar[EntryKind] = "check"
    held: int
    rooms: int


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
