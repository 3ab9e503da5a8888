"""Entries of the command post: the log, seats, handovers, reports, notices, settings, sheets and area calls."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar

from dutyboard.frozen import frozen
from dutyboard.rules.records.codes import CallAnswer, EntryKind, PresenceAnswer, ReportKind, Seat, SecretUse, SheetKind


@frozen
class Noted:
    """A note: the text of the entry is all. `for_handover`: it is a line of the running note of the handover."""

    entry_kind: ClassVar[EntryKind] = "note"
    for_handover: bool = False


@frozen
class Called:
    """A phone call: the caller, his unit and number, the matter, and the person who was told (None or "": nobody).

    `answer_needed` None: nobody said. `handler` sees to it by `due`, as the leader's `instruction` says; `outcome` is
    what came of it. A call without an outcome stays open, unless no answer is needed.
    `urges` is the id of what somebody owes and was called about ("": a call about something else). Then `told` is who
    was called, and `answered` whether he was reached.
    """

    entry_kind: ClassVar[EntryKind] = "call"
    caller: str
    matter: str
    told: str | None = None
    unit: str = ""
    phone: str = ""
    answer_needed: bool | None = None
    handler: str = ""
    due: datetime | None = None
    instruction: str = ""
    outcome: str = ""
    urges: str = ""
    answered: bool | None = None

    @property
    def stays_open(self) -> bool:
        """Return True if somebody must still answer the caller."""
        return not self.urges and self.answer_needed is not False and not self.outcome.strip()


@frozen
class MatterOpened:
    """A matter that somebody must see to: the id of its record, its owner ("": nobody yet), and by when."""

    entry_kind: ClassVar[EntryKind] = "finding"
    matter: int
    owner: str
    due: datetime


@frozen
class MatterAssigned:
    """A matter given to another owner: the owner before and after, and by when."""

    entry_kind: ClassVar[EntryKind] = "finding"
    matter: int
    from_: str
    to: str
    due: datetime


@frozen
class MatterClosed:
    """A matter closed: what came of it, and who was told of that ("": nobody)."""

    entry_kind: ClassVar[EntryKind] = "finding"
    matter: int
    outcome: str
    told: str = ""


@frozen
class PresenceFound:
    """A check of presence: who asked, what was found, who should have been there, who answered, and who stood in.

    `seat` is one of the command post's. "": nobody said. The text of the entry is the reason that was given.
    """

    entry_kind: ClassVar[EntryKind] = "presence"
    found: PresenceAnswer
    asked_by: str
    seat: Seat | None = None
    whom: str = ""
    answered_by: str = ""
    stand_in: str = ""


@frozen
class Acknowledged:
    """Duties that were seen: ids of those that were alarms, and of shelved ones taken up again."""

    entry_kind: ClassVar[EntryKind] = "ack"
    alarms: tuple[str, ...] = ()
    taken_up: tuple[str, ...] = ()


@frozen
class Shelved:
    """A duty put aside: its id, until when, and whether it was an alarm. The text of the entry is the reason."""

    entry_kind: ClassVar[EntryKind] = "shelve"
    duty: str
    until: datetime
    alarm: bool = False


@frozen
class TakenBack:
    """An officer's own last check, taken back: `amends` of the entry names it."""

    entry_kind: ClassVar[EntryKind] = "retract"


@frozen
class RoomsConsidered:
    """A look at the forecast of rooms that opened no site: rooms held, of all rooms."""

    entry_kind: ClassVar[EntryKind] = "check"
    held: int
    rooms: int


@frozen
class ReportSent:
    """A report sent: the id of its record, its kind, its day, and which revision it is (1: the first)."""

    entry_kind: ClassVar[EntryKind] = "report"
    report: int
    kind: ReportKind
    day: date
    revision: int


@frozen
class SeatPlanned:
    """A seat planned for an officer, at these hours on `days` days in a row."""

    entry_kind: ClassVar[EntryKind] = "seat"
    seat: Seat
    officer_id: int
    from_: datetime
    to: datetime
    days: int


@frozen
class ShiftToldAfterwards:
    """A shift told after it had ended, or after it had begun: it fills no gap. `days` as of a plan."""

    entry_kind: ClassVar[EntryKind] = "shift"
    seat: Seat
    officer_id: int
    from_: datetime
    to: datetime
    days: int


@frozen
class ShiftChanged:
    """A coming shift with another officer or other hours, and what stood in their place before."""

    entry_kind: ClassVar[EntryKind] = "shift"
    shift: int
    seat: Seat
    officer_id: int
    from_: datetime
    to: datetime
    was_officer: int
    was_from: datetime
    was_to: datetime


@frozen
class ShiftsSwapped:
    """Two coming shifts whose officers sit in each other's place: each with the officer who sits there now."""

    entry_kind: ClassVar[EntryKind] = "shift"
    shift: int
    seat: Seat
    officer_id: int
    from_: datetime
    to: datetime
    other: int
    other_seat: Seat
    other_officer: int
    other_from: datetime
    other_to: datetime


@frozen
class ShiftCancelled:
    """A coming shift called off."""

    entry_kind: ClassVar[EntryKind] = "shift"
    shift: int
    seat: Seat
    officer_id: int
    from_: datetime
    to: datetime


@frozen
class SeatTaken:
    """A vacant seat that an officer sat down on."""

    entry_kind: ClassVar[EntryKind] = "seat"
    seat: Seat
    officer_id: int
    from_: datetime
    to: datetime


@frozen
class SeatTakenOver:
    """A held seat that an officer took over; `relieved` is the id of the officer who held it."""

    entry_kind: ClassVar[EntryKind] = "takeover"
    seat: Seat
    officer_id: int
    from_: datetime
    to: datetime
    relieved: int


@frozen
class HandedOver:
    """A handover of the duty: ids of what was open, both officers, and the journal's head as shown.

    `by_name` are those of the items that were told face to face, all others by their count. None: an older entry,
    which told each by its name.
    `reason`: another one than the rota names took over. `alone`: a leader did, and nobody else signed. `alarms` are
    those that were alarms: who took them over has seen them. `shelved` are those that stood shelved until then.
    """

    entry_kind: ClassVar[EntryKind] = "handover"
    items: tuple[str, ...]
    outgoing: int
    incoming: int
    head: str
    by_name: tuple[str, ...] | None = None
    reason: str = ""
    alone: bool = False
    alarms: tuple[str, ...] = ()
    shelved: tuple[str, ...] = ()


@frozen
class SignedOn:
    """A login bound to an officer of the roster. `bound`: the administrator bound that login ("": it signed on itself).

    `instead_of` is the login that the officer had before, `code_from` the administrator whose one-time code was used.
    """

    entry_kind: ClassVar[EntryKind] = "sign_on"
    officer_id: int
    bound: str = ""
    instead_of: str = ""
    code_from: int | None = None


@frozen
class SignOnCodeGiven:
    """A one-time code given to an officer by the administrator, to sign on with until an instant."""

    entry_kind: ClassVar[EntryKind] = "sign_on"
    officer_id: int
    code_until: datetime


@frozen
class LoginUnbound:
    """A login taken from an officer by the administrator."""

    entry_kind: ClassVar[EntryKind] = "sign_on"
    officer_id: int
    unbound: str


@frozen
class KeyAdded:
    """A key that opens the door to a login, by its fingerprint."""

    entry_kind: ClassVar[EntryKind] = "key"
    login: str
    added: str


@frozen
class KeyRemoved:
    """A key that opens the door to a login no more."""

    entry_kind: ClassVar[EntryKind] = "key"
    login: str
    removed: str


@frozen
class PinSet:
    """An officer's PIN, set by himself (`reset`: taken from him by an administrator, who gave him a code)."""

    entry_kind: ClassVar[EntryKind] = "pin"
    officer_id: int
    reset: bool = False


@frozen
class WrongPin:
    """A wrong try of an officer's PIN or code. `tries`: those since it was last given right, this one among them."""

    entry_kind: ClassVar[EntryKind] = "wrong_pin"
    officer_id: int
    use: SecretUse
    tries: int


@frozen
class OfficerSet:
    """An officer written into the roster, his row corrected, or taken off from a day on (`until`).

    `changed` names the fields that were corrected.
    """

    entry_kind: ClassVar[EntryKind] = "officer"
    officer_id: int
    changed: tuple[str, ...] = ()
    until: date | None = None


@frozen
class RolesRenewed:
    """The roles of an older desk brought over by the program: members who became town staff, and duty officers."""

    entry_kind: ClassVar[EntryKind] = "roles"
    town: int
    officer: int


@frozen
class UnitChanged:
    """The first responsible person of a unit, and who `was` it; "": nobody."""

    entry_kind: ClassVar[EntryKind] = "unit"
    first_responsible: str
    was: str = ""


@frozen
class NoticeSwitched:
    """Another notice from an instant on; `for_everyone`: also for those assessed before."""

    entry_kind: ClassVar[EntryKind] = "notice"
    from_: str
    to: str
    effective_from: datetime
    for_everyone: bool


@frozen
class SettingSet:
    """Another value of one of the desk's settings from an instant on, both as they are written."""

    entry_kind: ClassVar[EntryKind] = "setting"
    name: str
    from_: str
    to: str
    effective_from: datetime


@frozen
class Imported:
    """A sheet taken in: what it holds, and the counts of its rows."""

    entry_kind: ClassVar[EntryKind] = "import"
    sheet: SheetKind
    accepted: int
    updated: int
    duplicates: int
    rejected: int


@frozen
class HeadingsRemembered:
    """Fields that headings tell from now on in a unit's sheets of one kind. "": the heading is forgotten."""

    entry_kind: ClassVar[EntryKind] = "headings"
    sheet: SheetKind
    headings: Mapping[str, str]


@frozen
class ImportUndone:
    """An import taken back: records put back as they were, records of its own taken away, and those left.

    `left` are records that somebody has worked on since, and what else hangs on them (`person-12`).
    """

    entry_kind: ClassVar[EntryKind] = "import"
    sheet: SheetKind
    put_back: int
    taken_away: int
    left: tuple[str, ...]


@frozen
class CalledTouched:
    """A call to a person whose stays touch a risk area, and the answer."""

    entry_kind: ClassVar[EntryKind] = "rescreen"
    area_id: int
    answer: CallAnswer


PostTelling = (
    Noted
    | Called
    | MatterOpened
    | MatterAssigned
    | MatterClosed
    | PresenceFound
    | Acknowledged
    | Shelved
    | TakenBack
    | RoomsConsidered
    | ReportSent
    | SeatPlanned
    | ShiftToldAfterwards
    | ShiftChanged
    | ShiftsSwapped
    | ShiftCancelled
    | SeatTaken
    | SeatTakenOver
    | HandedOver
    | SignedOn
    | SignOnCodeGiven
    | LoginUnbound
    | KeyAdded
    | KeyRemoved
    | PinSet
    | WrongPin
    | OfficerSet
    | RolesRenewed
    | UnitChanged
    | NoticeSwitched
    | SettingSet
    | Imported
    | HeadingsRemembered
    | ImportUndone
    | CalledTouched
)
"""Everything that an act of the command post can write into the log."""
