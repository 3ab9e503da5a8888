"""Rights in one table: command by role by own unit. What no row allows, nobody may.

`own` is what belongs to the town or to the site of the officer who acts. A command whose right hangs on what it
says is in `_in_part` too. A correction asks for the right of what it corrects. What only some acts ask for is imported
by need (tests/contracts/test_by_need.py).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final, Literal

from dutyboard.rules.belonging import belongs, own_of, record_named
from dutyboard.rules.people.officers import holder, leaders_of, may_lead
from dutyboard.rules.people.units import unit_of
from dutyboard.rules.records.codes import PAPER_KINDS, ROLES, Role
from dutyboard.rules.records.commands import Actor, Command, amending, person, post, sheets, site
from dutyboard.rules.records.ids import DutyId, Subject
from dutyboard.rules.records.model import Contradiction, Entry, Officer, Record, Unit
from dutyboard.rules.records.pins import pin_is_set
from dutyboard.rules.records.refusals import Code, Refusal
from dutyboard.rules.records.settings import settings_of
from dutyboard.rules.records.snapshot import Snapshot, table_of

Extent = Literal["any", "own", "led"]
"""Extents of a right: any record, those of one's own town or site, any if a leader signs."""
Rights = Mapping[Role, Extent]

EVERYBODY: Final[Rights] = MappingProxyType(dict.fromkeys(ROLES, "any"))
OFFICE: Final[Rights] = MappingProxyType({"officer": "any", "leader": "any", "admin": "any"})
TOWN: Final[Rights] = MappingProxyType({"town": "own", **OFFICE})
SITE: Final[Rights] = MappingProxyType({"site": "own", **OFFICE})
BOTH: Final[Rights] = MappingProxyType({"site": "own", "town": "own", **OFFICE})
ROSTER: Final[Rights] = MappingProxyType({"leader": "any", "admin": "any"})
LEADER: Final[Rights] = MappingProxyType({"leader": "any"})
LED: Final[Rights] = MappingProxyType({"officer": "led", "leader": "any", "admin": "led"})
ADMIN: Final[Rights] = MappingProxyType({"admin": "any"})

TABLE: Final[Mapping[type[Command], Rights]] = MappingProxyType(
    {
        post.OpenDesk: EVERYBODY,  # there is no desk yet
        post.SignOn: EVERYBODY,
        post.BindLogin: ADMIN,
        post.UnbindLogin: ADMIN,
        post.GiveSignOnCode: ADMIN,
        post.SetPin: EVERYBODY,
        post.ResetPin: ADMIN,
        post.AddKey: ADMIN,
        post.RemoveKey: ADMIN,
        post.AddOfficer: ROSTER,
        post.ChangeOfficer: ROSTER,
        post.EndOfficer: ROSTER,
        post.ChangeUnit: ROSTER,
        post.ChangeSetting: ROSTER,
        post.SwitchNotice: LED,
        post.PlanShift: OFFICE,
        post.ChangeShift: OFFICE,
        post.SwapShifts: OFFICE,
        post.CancelShift: OFFICE,
        post.TakeSeat: OFFICE,
        post.HandOver: OFFICE,
        post.Discharge: BOTH,
        post.WriteLog: BOTH,
        post.Acknowledge: OFFICE,  # an alarm is the post's
        post.Shelve: OFFICE,
        post.OpenMatter: BOTH,
        post.AssignMatter: BOTH,
        post.CloseMatter: BOTH,
        post.CheckPresence: OFFICE,
        post.SendReport: BOTH,
        post.CallTouched: TOWN,
        post.SettleRecord: OFFICE,
        amending.Amend: BOTH,
        amending.TakeBack: BOTH,
        site.SetSiteState: OFFICE,
        site.ChangeSite: OFFICE,
        site.AddStaff: SITE,
        site.ChangeStaff: SITE,
        site.EndStaff: SITE,
        site.SendOffDuty: SITE,
        site.ReturnToDuty: SITE,
        site.RecordStaffTest: SITE,
        person.Register: TOWN,
        person.Correct: TOWN,
        person.Settle: TOWN,
        person.Assign: TOWN,
        person.RecordTest: TOWN,
        person.RecordBreach: TOWN,
        person.PrintPaper: TOWN,
        person.TakeReading: BOTH,
        person.Confirm: OFFICE,
        person.StartTransfer: OFFICE,
        person.EndTransfer: OFFICE,
        person.CancelTransfer: OFFICE,
        person.DivertTransfer: OFFICE,
        person.Transfer: OFFICE,
        person.Move: OFFICE,
        person.ActOnSuspicion: OFFICE,
        person.ActOnPositive: OFFICE,
        person.TraceContacts: OFFICE,
        person.Reopen: OFFICE,
        person.Void: OFFICE,
        person.Merge: OFFICE,
        person.AnswerReferral: LED,
        person.Release: LED,
        person.HandOff: OFFICE,  # on the word of a letter, which stands in the entry
        person.SetLastDay: LED,
        sheets.ImportRoster: TOWN,
        sheets.ImportArrivals: TOWN,
        sheets.ImportSites: OFFICE,
        sheets.ImportAreas: OFFICE,
        sheets.RememberHeadings: TOWN,
        sheets.UndoImport: BOTH,  # of a town or a site, its own imports alone
        sheets.ImportTemperatures: SITE,
        sheets.ImportRounds: SITE,
        sheets.ImportResults: OFFICE,
        sheets.ImportContacts: OFFICE,
    }
)


def row_of(command: Command, snapshot: Snapshot, now: datetime) -> Rights:
    """Return who may do an act; of one that is a leader's in part, by what it says."""
    return _in_part(command, snapshot, now) or TABLE.get(type(command), {})


def _in_part(command: Command, snapshot: Snapshot, now: datetime) -> Rights | None:
    """Return the row of an act by what it says, where the table's row is that of the rest."""
    match command:
        case post.WriteLog(for_handover=True):
            return OFFICE
        case site.SetSiteState(state="active"):
            return LED
        case post.AddOfficer(role=role) | post.ChangeOfficer(role=role) if role is not None:
            return ADMIN
        case post.ChangeSetting() if _about_persons(command, snapshot, now):
            return LEADER
        case _:
            return None


def _about_persons(command: post.ChangeSetting, snapshot: Snapshot, now: datetime) -> bool:
    """Return True for a setting that decides about persons, which only who leads may take."""
    setting = settings_of(snapshot.notice_at(command.effective_from or now)).get(command.name)
    return setting is not None and setting.leader


# ---------------------------------------------------------------- reading

EACH: Final[Rights] = MappingProxyType({"viewer": "own", "site": "own", "town": "own", **OFFICE})
OF_TOWN: Final[Rights] = MappingProxyType({"viewer": "own", "town": "own", **OFFICE})
OF_SITE: Final[Rights] = MappingProxyType({"viewer": "own", "site": "own", **OFFICE})
READS: Final[Mapping[str, Rights]] = MappingProxyType(
    {
        **dict.fromkeys(("board", "rounds", "site_desk", "screening", "people", "log", "reports"), EACH),  # the screens
        **dict.fromkeys(("calls", "expiring", "find", "explain", "trail", "person"), EACH),
        **dict.fromkeys((f"report {kind}" for kind in PAPER_KINDS), EACH),
        **dict.fromkeys(
            ("settings list", "headings list", "rules list", "shift list", "verify"), EVERYBODY
        ),  # no people in them
        "report screening": OF_TOWN,
        "report roster": OF_TOWN,
        "report villages": OF_TOWN,
        "report site": OF_SITE,
        "report patrols": OF_SITE,
        "report disinfections": OF_SITE,
        "report temperatures": EACH,
        "report residents": OF_SITE,
        "report staff": OF_SITE,
        "report tests": EACH,
        "report home-checks": OF_TOWN,
        "report follow-ups": OF_TOWN,
        "staff list": OF_SITE,
        "rescreen": OF_TOWN,
        "report handover": OFFICE,
        "report ledger": OFFICE,
        **dict.fromkeys(("report city", "report presence", "report calls", "report daybook", "report rota"), OFFICE),
        **dict.fromkeys(("report statistics", "report trends"), OFFICE),
        "overview": OFFICE,  # of the whole desk, as the city sheet is
        "report marks": ROSTER,
        "handover": OFFICE,
        "rules diff": OFFICE,
        "export": OFFICE,
        "backup": OFFICE,
        "views": ROSTER,
        "doctor": ADMIN,
    }
)
"""Rights to read, by the name of the screen or command. `own`: what is his stands in his picture (rules/sight.py)."""
NO_READS: Final = frozenset(
    {"init", "demo", "batch", "checkpoint", "archive", "heal"}
    | {"keys add", "keys list", "keys remove", "server-setup"}
)
"""Commands that show nothing of people. The rules, or the rights on the folder, decide about them."""
NOT_HIS: Final = Refusal("not_permitted", {"roles": [role for role in ROLES if role in OFFICE]})
"""The refusal of a record that is not in the picture of a town's, a site's or a viewer's reader."""


def may_not_read(what: str, role: Role | None, login: str) -> Refusal | None:
    """Return the refusal of a read, naming who may; None if a role may read it.

    Role None: nobody has signed on by the login. He is told that alone.
    """
    if role is None:
        return Refusal("not_signed_on", {"login": login})
    row = READS.get(what, {})
    return None if role in row else _refusal(row)


def not_permitted(command: Command, snapshot: Snapshot, now: datetime, actor: Actor) -> Refusal | None:
    """Return the refusal that names who may do an act, for an actor who may not; None: he may."""
    officer = snapshot.officers[actor.officer_id or 0]
    asked: Command = command
    if isinstance(command, amending.Amend | amending.TakeBack):
        behind = _behind(snapshot.entries.get(command.entry_id), snapshot)
        if behind is None:  # no correction: the rules say why, to whoever may ask
            return None if officer.role in OFFICE else _refusal(OFFICE)
        asked = behind
    row = row_of(asked, snapshot, now)
    reach = row.get(officer.role)
    refused = reach is None or (reach == "own" and not _own(asked, snapshot, now, officer))
    return _refusal(row) if refused else None


def _behind(entry: Entry | None, snapshot: Snapshot) -> Command | None:
    """Return the act behind an entry (`act_behind`); None: there is no entry, or no act."""
    if entry is None:
        return None
    from dutyboard.rules.amending.behind import act_behind

    return act_behind(entry, snapshot)


# ---------------------------------------------------------------- signatures

SIGNED: Final = (post.HandOver, post.SwitchNotice, person.Release, person.Void, person.Merge)
"""Commands that are signed by PIN, also on the signer's own login. Another leader's act takes a PIN on other logins."""


def unsigned(
    command: Command, changes: Iterable[Record], snapshot: Snapshot, now: datetime, actor: Actor
) -> Refusal | None:
    """Return the refusal that asks for the next PIN that an accepted act lacks; None: it is signed.

    A correction is signed like what it corrects: a leader's act by a leader, another one by whoever corrects.
    """
    again = command.instead if isinstance(command, amending.Amend) else None
    asked = [(command if again is None else again, False)]
    for each in changes:
        behind = _behind(snapshot.entries.get(each.amends or 0) if isinstance(each, Entry) else None, snapshot)
        if behind is not None:
            asked.append((behind, True))
    for act, corrected in asked:
        for number in _signers(act, snapshot, now, actor, corrected=corrected):
            if isinstance(number, Refusal):
                return number
            signer = snapshot.officers.get(number or 0)
            if signer is None:
                return _refusal(row_of(act, snapshot, now))
            if signer.id not in actor.signed:
                code: Code = "pin_needed" if pin_is_set(snapshot, signer.id) else "pin_not_set"
                return Refusal(code, {"officer": signer.name, "id": signer.id})
    return None


def _signers(
    act: Command, snapshot: Snapshot, now: datetime, actor: Actor, *, corrected: bool
) -> Iterator[int | Refusal | None]:
    """Yield the officers whose PIN an act takes. For a leader None: none serves; a refusal: one is to be chosen."""
    if row_of(act, snapshot, now) is LED:
        named = None if corrected else getattr(act, "leader_id", None)
        leader = named or _leader(snapshot, now, actor)
        if isinstance(act, SIGNED) or leader != actor.officer_id:
            yield leader
    elif isinstance(act, SIGNED):
        both = _both_sides(act, snapshot) if isinstance(act, post.HandOver) and not corrected else ()
        yield from both or (actor.officer_id,)


def _leader(snapshot: Snapshot, now: datetime, actor: Actor) -> int | Refusal | None:
    """Return the leader whose act it is: who acts, who signed, else the only one that there is. None: none serves.

    Of several the officer says which. Whoever sits on the leader's seat and has a PIN is asked first.
    """
    named = (snapshot.officers.get(number or 0) for number in (actor.officer_id, *actor.signed))
    found = next((each.id for each in named if each is not None and may_lead(each, snapshot, now)), None)
    if found is not None:
        return found
    leaders = leaders_of(snapshot, now)
    if len(leaders) < 2:
        return leaders[0].id if leaders else None
    seat = holder(snapshot, "leader", now)
    asked = (each.id for each in leaders if seat is not None and each.id == seat.officer_id)
    seated = next((each for each in asked if pin_is_set(snapshot, each)), None)
    return Refusal("leader_needed", {"leaders": [each.name for each in leaders], "seated": seated})


def _both_sides(act: post.HandOver, snapshot: Snapshot) -> tuple[int, ...]:
    """Return who hands over and who takes over; alone the leader who does."""
    from dutyboard.rules.duties.post.handover import handing_over, handover_id

    if act.alone:
        return (act.incoming_id,)
    ended = (each for each in handing_over(snapshot) if handover_id(snapshot, each) == act.obligation)
    return (*(each.officer_id for each in ended), act.incoming_id)


# ---------------------------------------------------------------- what an act takes with it


def others_touched(command: Command, changes: Iterable[Record], snapshot: Snapshot, actor: Actor) -> Refusal | None:
    """Return the refusal for records of other units that an act of one's own unit would write; None: none.

    What an act writes about people is known only once it is decided: a sheet's row finds its person by the number.
    """
    officer = snapshot.officers.get(actor.officer_id or 0)
    row = TABLE.get(type(command), {})
    if officer is None or row.get(officer.role) != "own" or not isinstance(command, _BY_CONTENT):
        return None
    for each in changes:
        before = getattr(snapshot, table_of(each)).get(each.id)
        if not isinstance(each, Entry | Contradiction) and not all(
            belongs(one, own_of(officer), snapshot) for one in (each, before) if one is not None
        ):
            return _refusal(row)
    return None


_BY_CONTENT: Final = (person.Register, person.Correct, sheets.ImportArrivals, sheets.ImportRoster)
"""Commands that say whom they are about by what stands in them, and not by a number."""


def corrected_too(changes: Iterable[Record], snapshot: Snapshot, now: datetime, actor: Actor) -> Refusal | None:
    """Return the refusal for an entry that a correction takes with it and that the actor may not correct."""
    for each in changes:
        if isinstance(each, Entry) and each.amends is not None:
            refused = not_permitted(amending.TakeBack(entry_id=each.amends), snapshot, now, actor)
            if refused is not None:
                return refused
    return None


def _refusal(row: Rights) -> Refusal:
    return Refusal("not_permitted", {"roles": [role for role in ROLES if row.get(role, "led") != "led"]})


# ---------------------------------------------------------------- one's own


def _own(command: Command, snapshot: Snapshot, now: datetime, officer: Officer) -> bool:
    """Return True if all that a command names is of the officer's own town or site."""
    if isinstance(command, sheets.UndoImport):
        entry = snapshot.entries.get(command.entry_id)
        return entry is not None and entry.entered_by == officer.id
    named = list(_named(command, snapshot, now, officer))
    own = own_of(officer)
    return bool(named) and all(each is not None and belongs(each, own, snapshot) for each in named)


def _named(command: Command, snapshot: Snapshot, now: datetime, officer: Officer) -> Iterator[Record | None]:
    """Yield the records that a command names; None for one that the desk does not know."""
    match command:
        case post.Discharge(obligation=named):
            duty = DutyId.parse(named)
            yield record_named(duty.subject if duty else None, snapshot)
            yield from (each for each in _spoken_of(command, duty, snapshot) if each is not None)
        case post.WriteLog(subject=subject) | post.OpenMatter(subject=subject) | post.SendReport(subject=subject):
            yield record_named(Subject.parse(subject), snapshot)
        case post.AssignMatter(matter_id=number) | post.CloseMatter(matter_id=number):
            yield snapshot.matters.get(number)
        case site.AddStaff(site_id=number):
            yield snapshot.sites.get(number)
        case site.RecordStaffTest(staff_ids=numbers):
            yield from (snapshot.staff.get(number) for number in numbers)
        case site.ChangeStaff() | site.EndStaff() | site.SendOffDuty() | site.ReturnToDuty():
            yield snapshot.staff.get(command.staff_id)
        case person.Register(person=told):
            yield _told_unit(told, snapshot, now)
        case person.Correct(person_id=number, person=told):
            yield snapshot.persons.get(number)
            if told.unit_id is not None:
                yield snapshot.units.get(told.unit_id)
        case sheets.ImportArrivals(persons=rows):
            yield from (_told_unit(row, snapshot, now) for row in rows)
        case sheets.ImportRoster(sheets=forms):
            by_name = {unit.name: unit for unit in snapshot.units.values()}
            yield from (by_name.get(form.unit) for form in forms)
        case sheets.RememberHeadings(unit_id=number):
            yield snapshot.units.get(number or officer.unit_id or 0)
        case sheets.ImportTemperatures(readings=told) | sheets.ImportRounds(rounds=told):
            from dutyboard.rules.duties.sheets.backlog import site_told

            yield from (site_told(row.slot, snapshot, officer.site_id) for row in told)
            yield from (site_told(row, snapshot, officer.site_id) for row in command.untaken)
        case _:
            yield snapshot.persons.get(getattr(command, "person_id", 0))


def _spoken_of(command: post.Discharge, duty: DutyId | None, snapshot: Snapshot) -> Iterator[Record | None]:
    """Yield the people of whom a round or a check tells. In a staff check a number is one of the staff."""
    from dutyboard.rules.duties.site.staff import is_staff_check

    for each in (*command.readings, *command.first, *command.remarks):
        yield record_named(Subject.parse(each), snapshot)
    staffed = duty is not None and is_staff_check(snapshot, duty)
    known: Mapping[int, Record] = snapshot.staff if staffed else snapshot.persons
    yield from (known.get(each) for each in (*command.seen, *command.absent, *command.refused, *command.unwell))


def _told_unit(told: person.PersonData, snapshot: Snapshot, now: datetime) -> Unit | None:
    home = snapshot.daily_at(now).screening.home
    return snapshot.units.get(told.unit_id or unit_of(told.address, snapshot.units.values(), home) or 0)
