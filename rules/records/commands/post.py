"""Acts of the command post: the desk itself, seats, handovers, checks, the log, reports and area calls."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from typing import Literal

from dutyboard.frozen import frozen
from dutyboard.rules.records.codes import CallAnswer, PresenceAnswer, ReportKind, Role, Seat
from dutyboard.rules.records.secrets import Hashed
from dutyboard.rules.records.told.post import Called


@frozen
class OpenDesk:
    """Make an empty desk: settings, the notice in force, and the administrator who is its first duty officer."""

    desk: str
    admin_name: str
    notice: str
    timezone: str = "Asia/Shanghai"
    practice_starts: datetime | None = None
    practice_since: datetime | None = None


@frozen
class SignOn:
    """Bind the actor's login to an officer of the roster."""

    officer_id: int


@frozen
class BindLogin:
    """Bind another login to an officer, in place of the one he has: the administrator's act, with the reason."""

    officer_id: int
    login: str
    reason: str


@frozen
class UnbindLogin:
    """Take an officer's login from him, so that he may sign on anew: the administrator's act, with the reason."""

    officer_id: int
    reason: str


@frozen
class AddKey:
    """A key that opens the desk's door to a login, by its fingerprint."""

    login: str
    fingerprint: str


@frozen
class RemoveKey:
    """A key taken away from a login, by its fingerprint."""

    login: str
    fingerprint: str
    reason: str = ""


@frozen
class SetPin:
    """Set the actor's own PIN. The gateway fills `hashed` from `new`; no record holds `new`."""

    new: str = field(repr=False)
    hashed: Hashed | None = None


@frozen
class OneTimeCode:
    """A one-time code that an administrator gives an officer.

    The gateway fills `hashed` from `code`; no record holds `code`.
    """

    officer_id: int
    code: str = field(repr=False)
    reason: str = ""
    hashed: Hashed | None = None


@frozen
class ResetPin(OneTimeCode):
    """Take an officer's PIN from him and give him a one-time code to set another: the administrator's act."""


@frozen
class GiveSignOnCode(OneTimeCode):
    """Give an officer without a login a one-time code with which he signs on: the administrator's act."""


@frozen
class AddOfficer:
    """Write an officer into the roster. `unit_id` None: one of the command post.

    `role` None: town staff where he has a unit, site staff where he has a site, else a duty officer. `site_id` is the
    site at which site staff work.
    """

    name: str
    unit_id: int | None = None
    title: str = ""
    phone: str = ""
    duty: str = ""
    note: str = ""
    director: bool = False
    part_time: bool = False
    role: Role | None = None
    site_id: int | None = None


@frozen
class ChangeOfficer:
    """Correct an officer's row, with the reason; None leaves a field as it is."""

    officer_id: int
    reason: str
    name: str | None = None
    title: str | None = None
    phone: str | None = None
    duty: str | None = None
    note: str | None = None
    director: Literal["yes", "no"] | None = None
    full_time: Literal["yes", "no"] | None = None
    role: Role | None = None
    site_id: int | None = None


@frozen
class SettleRecord:
    """Decide a field of a record (`officer-3`) that a sheet tells unlike, with the reason.

    The record is an officer, a unit, a site or an area. What stands in it stays, or the `other` value is taken.
    """

    subject: str
    field: str
    reason: str
    other: bool = False


@frozen
class EndOfficer:
    """Take an officer off the roster from a day on (None: today), with the reason.

    `agreed`: whoever takes him off has seen whose officer (专人) he is.
    """

    officer_id: int
    reason: str
    until: date | None = None
    agreed: bool = False


@frozen
class ChangeUnit:
    """Name the first responsible person of a unit; "": nobody. In the place of somebody it takes the reason."""

    unit_id: int
    first_responsible: str
    reason: str = ""


@frozen
class ChangeSetting:
    """Give one of the desk's settings another value from an instant on (None: now), with the reason."""

    name: str
    value: str
    reason: str
    effective_from: datetime | None = None


@frozen
class PlanShift:
    """Plan a seat, `days` days in a row (1: once).

    `reason`: why a shift that has ended is told now, why it is so long or so far, or why he sits twice at once.
    """

    seat: Seat
    officer_id: int
    starts: datetime
    ends: datetime
    days: int = 1
    reason: str = ""


@frozen
class ChangeShift:
    """Give a shift to another officer, or other hours (None: as they are). Of one that has begun only the end."""

    shift_id: int
    reason: str
    officer_id: int | None = None
    starts: datetime | None = None
    ends: datetime | None = None


@frozen
class SwapShifts:
    """Let the officers of two coming shifts sit in each other's place."""

    shift_id: int
    other_id: int
    reason: str


@frozen
class CancelShift:
    """Call off a coming shift. Its seat is empty then, until somebody else is planned."""

    shift_id: int
    reason: str


@frozen
class TakeSeat:
    """Sit down on a seat until the next shift end.

    To take it from its holder needs a reason (临时顶班), and so does sitting in both seats at once.
    """

    seat: Seat
    reason: str = ""


@frozen
class HandOver:
    """Sign a handover of the duty: every listed item was shown and accepted by the incoming officer.

    `by_name` are those of the items that were told face to face, all others by their count. None: as they stand when it
    is signed. `reason`: why another one than the rota names takes over. `alone`: a leader does and he alone signs, once
    it is overdue, since one of the two cannot be had.
    """

    obligation: str
    incoming_id: int
    items: tuple[str, ...]
    by_name: tuple[str, ...] | None = None
    text: str = ""
    head: str = ""
    reason: str = ""
    alone: bool = False


@frozen
class Discharge:
    """Say that a round or a check was done. An abnormal one needs a `text`, one told late a `reason`.

    `figures` are what its form asks, by name: temperature `measured`, `of`, `highest` (°C); staff check `checked`,
    `abnormal`; disinfection `mg_l`, `minutes`, and as `details` `area`, `agent`, `method`, `checked_by`, with
    `started_at` (it ended when it happened); of a check at home the detail `how`. `readings` are temperatures told one
    by one, `person-12` to °C, `first` what was read of him before. Of a row that stands for several people, `seen` are
    the numbers of those who were seen and well (nobody named: all who are left), `absent` of those who did not answer,
    `refused`, `unwell`; `remarks` are words about one of them, by `person-12`. In a staff check all of them are of the
    site's register, by `staff-3`.
    """

    obligation: str
    abnormal: bool = False
    text: str = ""
    figures: Mapping[str, int | float] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)
    started_at: datetime | None = None
    readings: Mapping[str, int | float] = field(default_factory=dict)
    first: Mapping[str, int | float] = field(default_factory=dict)
    seen: tuple[int, ...] = ()
    absent: tuple[int, ...] = ()
    refused: tuple[int, ...] = ()
    unwell: tuple[int, ...] = ()
    remarks: Mapping[str, str] = field(default_factory=dict)
    done_by: str = ""
    happened_at: datetime | None = None
    reason: str = ""


@frozen
class WriteLog:
    """Write a note, which needs a text, or a phone call, which needs its caller and its matter.

    `reason`: why it is written down late. `for_handover`: the note is a line of the running note of the handover.
    """

    text: str
    subject: str = "post"
    call: Called | None = None
    happened_at: datetime | None = None
    reason: str = ""
    for_handover: bool = False


@frozen
class Acknowledge:
    """Say of alarms that they were seen. It is not done by that: each stays owed, and in the red lane.

    Of a duty that was shelved: it is taken up again.
    """

    obligations: tuple[str, ...]


@frozen
class Shelve:
    """Put a duty aside until an instant, with the reason. A handover ends it before that."""

    obligation: str
    until: datetime
    reason: str


@frozen
class OpenMatter:
    """Write down a finding that somebody must see to: about whom, what it is, whose it is, and by when.

    `due` None: by the next change of shift. `reason`: why it is written down late.
    """

    subject: str
    text: str
    owner: str = ""
    due: datetime | None = None
    happened_at: datetime | None = None
    reason: str = ""


@frozen
class AssignMatter:
    """Give an open matter to another owner, or another hour (`due` None: as it was), with the reason."""

    matter_id: int
    owner: str
    reason: str
    due: datetime | None = None


@frozen
class CloseMatter:
    """Close an open matter, with what came of it and who was told. `reason`: why it is written down late."""

    matter_id: int
    outcome: str
    told: str = ""
    happened_at: datetime | None = None
    reason: str = ""


@frozen
class CheckPresence:
    """Write down whether somebody is at his post, in a unit, at a site or on a seat.

    `asked_by` "": the officer who writes. `whom` is who should be there; of a seat "" is whoever holds it then. `text`
    is the reason that was given, `reason` why it is written down late.
    """

    subject: str
    found: PresenceAnswer
    seat: Seat | None = None
    asked_by: str = ""
    whom: str = ""
    answered_by: str = ""
    stand_in: str = ""
    text: str = ""
    happened_at: datetime | None = None
    reason: str = ""


@frozen
class SendReport:
    """State a unit's or site's report of a day. `zero` is said aloud: figures all zero without it are refused.
    `zero_villages`: villages of the unit that were searched and where nobody was found. `checked_by` and
    `responsible` answer for it beside the reporter. `text`: why it is written down late, or anything else to be
    told."""

    kind: ReportKind
    subject: str
    day: date
    figures: Mapping[str, int]
    zero: bool
    reporter: str
    sent_at: datetime | None = None
    zero_villages: tuple[str, ...] = ()
    checked_by: str = ""
    responsible: str = ""
    text: str = ""


@frozen
class CallTouched:
    """A call to somebody whose stays touch a new or raised risk area (`duties/post/area_calls`), and what he said.
    Whoever was there, or cannot say, is told of in `text`; what it changes in his facts is a correction. `reason`: why
    it is written down late."""

    person_id: int
    area_id: int
    answer: CallAnswer
    text: str = ""
    happened_at: datetime | None = None
    reason: str = ""


@frozen
class SwitchNotice:
    """Confirm that another notice applies from an instant on, once `rules.switching` has shown what that does.
    `for_everyone`: to those assessed before as well, who are then owed a new assessment."""

    notice: str
    effective_from: datetime
    reason: str
    for_everyone: bool = False
