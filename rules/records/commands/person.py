"""Acts about a person: from the registration to the end of the record."""

from dataclasses import field
from datetime import date, datetime

from dutyboard.frozen import frozen
from dutyboard.rules.law.facts import Facts, TestResult, TestType
from dutyboard.rules.records.codes import Destination, FoundBy, IdWarning, PaperKind, PhoneWarning, Room
from dutyboard.rules.records.model import AsWritten, Person
from dutyboard.rules.records.papers.issued import PaperNumber


@frozen
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
    facts: Facts = field(default_factory=Facts)
    warnings: tuple[IdWarning | PhoneWarning, ...] = ()
    asked: tuple[str, ...] = ()
    as_written: tuple[AsWritten, ...] = ()
    row: int = 0
    sheet: str = ""


@frozen
class Register:
    """Write down a person who phoned in."""

    person: PersonData


@frozen
class Reopen:
    """Open a closed record again, with the reason; the person is assessed anew."""

    person_id: int
    reason: str


@frozen
class Correct:
    """Replace what is known of a person. A reason is asked once the person has been assessed. `seen` is the record that
    the officer's form was filled over: if a colleague has corrected it by now, it is refused."""

    person_id: int
    person: PersonData
    reason: str = ""
    seen: Person | None = None


@frozen
class Confirm:
    """Confirm an assessment and place the person. `clause` is what the officer saw (None: referred): if the facts
    say otherwise by now, it is refused. At a site a room is named; at home the `cadres` of town and village are, in
    this order, with the phone of the village's where it is known. `shared`: why he is put into a room that somebody
    holds already (a child with its mother)."""

    person_id: int
    clause: str | None
    officer_name: str
    site_id: int | None = None
    room: Room | None = None
    shared: str = ""
    cadres: tuple[str, ...] = ()
    cadre_phone: str = ""


@frozen
class AnswerReferral:
    """Write down an office's answer to the referral of a person: the decision, and by whose authority.

    `facts` are his facts as the answer leaves them (None: as they are). `clause` is a class that it decides, `free` for
    none; None: it names none. `text`: why it is written down late.
    """

    person_id: int
    decision: str
    authority: str
    clause: str | None = None
    facts: Facts | None = None
    text: str = ""
    happened_at: datetime | None = None


@frozen
class Transfer:
    """A point-to-point closed-loop move told afterwards: left, vehicle, driver, arrived, received (三, 点对点闭环转运).

    The fields of the way are as in `StartTransfer`, `temp_c` as in `EndTransfer`. `text`: why it is written down late,
    or anything else to be told.
    """

    person_id: int
    left_at: datetime
    vehicle: str
    driver: str
    arrived_at: datetime
    received_by: str
    to: Destination | None = None
    site_id: int | None = None
    room: Room | None = None
    place: str = ""
    phone: str = ""
    escort: str = ""
    escort_phone: str = ""
    handed_by: str = ""
    temp_c: float | None = None
    announced_at: datetime | None = None
    announced_by: str = ""
    text: str = ""


@frozen
class StartTransfer:
    """A person has left for another place: from here on he is on the road, and his arrival is owed.

    `to` None: where his transfer is owed to. A `site_id` without `room` takes the room kept for him, else a free one.
    `place` names the other county. `phone` is the driver's. `escort` rides with him, `handed_by` let him go.
    `announced_at` and `announced_by`: when the command post there was told of it, and by whom. "" or None: not stated.
    """

    person_id: int
    vehicle: str
    driver: str
    phone: str = ""
    to: Destination | None = None
    site_id: int | None = None
    room: Room | None = None
    place: str = ""
    left_at: datetime | None = None
    escort: str = ""
    escort_phone: str = ""
    handed_by: str = ""
    announced_at: datetime | None = None
    announced_by: str = ""
    text: str = ""


@frozen
class EndTransfer:
    """A person on the road has arrived, and somebody has received him.

    `temp_c` is his temperature at the hand-over in °C (None: not stated), a reading like any other. `announced_at` and
    `announced_by` are as in `StartTransfer`, where they were not stated by then.
    """

    person_id: int
    received_by: str
    arrived_at: datetime | None = None
    temp_c: float | None = None
    announced_at: datetime | None = None
    announced_by: str = ""
    text: str = ""


@frozen
class CancelTransfer:
    """A person on the road is back where he left: why."""

    person_id: int
    reason: str
    happened_at: datetime | None = None


@frozen
class DivertTransfer:
    """A person on the road is taken elsewhere: where, as in `StartTransfer`, and why."""

    person_id: int
    to: Destination
    reason: str
    site_id: int | None = None
    room: Room | None = None
    place: str = ""
    happened_at: datetime | None = None


@frozen
class RecordTest:
    """A sample taken (`pending`), or its result. `reason`: why a result that was final already is another one now.

    `agreed`: the officer has seen what changes with it, where it undoes what a positive result brought.

    `happened_at` is when the sample was taken or the result came in; None: now. None: `sampled_on` is the day of the
    one sample whose result is out, of a new sample that of `happened_at`; `type` is that of the one test due or out.
    `sample_code` is what its tube is marked with, by which a laboratory may name it.
    """

    person_id: int
    type: TestType | None = None
    sampled_on: date | None = None
    result: TestResult
    sample_code: str = ""
    happened_at: datetime | None = None
    reason: str = ""
    agreed: bool = False


@frozen
class TakeReading:
    """A temperature of one person in °C (None: only a symptom is told), and what he complains of.

    `done_by` took it, with `device`. `text`: why it is written down late, or anything else to be told.
    """

    person_id: int
    temp_c: float | None
    device: str = ""
    symptom: str = ""
    done_by: str = ""
    happened_at: datetime | None = None
    text: str = ""


@frozen
class ActOnSuspicion:
    """Carry out all that a suspected case brings, as it was previewed (`duties/person/suspicion`).

    `shown` are the ids of the precautions that the officer saw, `told` who was told at the command office. `text`: why,
    where no reading says it.
    """

    person_id: int
    shown: tuple[str, ...]
    told: str
    text: str = ""


@frozen
class ActOnPositive:
    """Carry out all that a positive PCR brings, as it was previewed (`duties/person/positive`). `shown` are the ids of
    the consequences that the officer saw. `officer_name`: the 专人, where the positive person has none yet."""

    person_id: int
    shown: tuple[str, ...]
    officer_name: str = ""


@frozen
class TraceContacts:
    """Say that a positive person's contacts were traced and handed to the disease control centre.

    `contacts` is their number; 0 is stated too.
    """

    person_id: int
    contacts: int
    told: str
    text: str = ""
    happened_at: datetime | None = None


@frozen
class Release:
    """End a stage: to home monitoring, or free. Needs an empty gate, or a leader's reason.

    A move home names the `cadres` of town and village who look after the person there, in this order, with the phone of
    the village's where it is known, and the vehicle.
    `late_confirmed`: the leader has seen that a sample was late (O11). `linked`: the secondary contacts, as previewed,
    released with this close contact in one act.
    """

    person_id: int
    leader_id: int
    cadres: tuple[str, ...] = ()
    cadre_phone: str = ""
    vehicle: str = ""
    override: str = ""
    late_confirmed: bool = False
    linked: tuple[int, ...] = ()


@frozen
class RecordBreach:
    """Write down that somebody under home monitoring broke its rules, and how (三（十二）).

    `reason`: why it is written down late.
    """

    person_id: int
    text: str
    happened_at: datetime | None = None
    reason: str = ""


@frozen
class HandOff:
    """Close the record of a person who leaves the desk's charge before his time: taken over elsewhere, or dead.

    It stays open until the letter that says so is written down (O44).
    """

    person_id: int
    leader_id: int
    letter: str
    to: str = ""
    died: bool = False


@frozen
class SetLastDay:
    """Make the stage that somebody is in shorter or longer, as a leader's act with a reason."""

    person_id: int
    last: date
    leader_id: int
    reason: str


@frozen
class Void:
    """End a record that was registered by mistake, with the reason."""

    person_id: int
    reason: str


@frozen
class Merge:
    """Make one record of two of the same person. `agreed`: the officer has seen what they tell unlike."""

    person_id: int
    into_id: int
    reason: str = ""
    agreed: bool = False


@frozen
class Settle:
    """Decide a field that two sources tell unlike, with the reason: it stays, or the `other` value is taken.

    `agreed`: the officer has seen what goes with another result of a sample.
    """

    person_id: int
    field: str
    reason: str
    other: bool = False
    agreed: bool = False


@frozen
class Move:
    """Give somebody who lives in a room another one, with the reason. None: the next free room of the site.

    `shared`: as of a `Confirm`.
    """

    person_id: int
    site_id: int
    reason: str
    room: Room | None = None
    shared: str = ""
    happened_at: datetime | None = None


@frozen
class Assign:
    """Name another 专人, or another cadre at home of a person: of the village (`home_cadre`) or of the town.

    "" leaves him as he is. In the place of somebody it takes the reason. `cadre_phone` is that of the village's.
    """

    person_id: int
    officer_name: str = ""
    home_cadre: str = ""
    cadre_phone: str = ""
    town_cadre: str = ""
    reason: str = ""


@frozen
class PrintPaper:
    """A paper of a person leaves the desk, with a number. `seen` is the number that stands on it: given out to
    somebody else by now, it is refused, and the paper is made anew."""

    person_id: int
    paper: PaperKind
    seen: PaperNumber | None = None
