"""Rights: every command by role and own unit. What no row allows is refused, and the refusal names who may."""

from dataclasses import MISSING, fields, replace
from datetime import date
from typing import Any, Final, get_args

import pytest

from dutyboard.rules.decide import decide
from dutyboard.rules.duties.post.handover import handover_id
from dutyboard.rules.people.officers import may_lead
from dutyboard.rules.permissions import READS, SIGNED, TABLE, corrected_too, may_not_read, not_permitted, unsigned
from dutyboard.rules.records.codes import ROLES, Role
from dutyboard.rules.records.commands import Actor, Command, amending, post, sheets
from dutyboard.rules.records.commands import person as people
from dutyboard.rules.records.commands import site as sites
from dutyboard.rules.records.model import Matter, Officer
from dutyboard.rules.records.refusals import Refusal, signer_asked
from dutyboard.rules.records.secrets import Hashed, Secret
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.staff import StaffMember
from dutyboard.rules.records.transaction import Accepted
from tests.rules.desks import ADMIN, LI, act, actor, desk, person, refused, shift, site, t, unit

NOW = t("09:00")
OWN, OTHER = 1, 2
"""Numbers of the own town, site, people and notes, and of the other ones."""
RIGHTS: Final[dict[type[Any], str]] = {
    # viewer, site, town, officer, leader, admin: a any, o own, l any if a leader signs, - none
    post.OpenDesk: "aaaaaa",
    post.SignOn: "aaaaaa",
    post.BindLogin: "-----a",
    post.UnbindLogin: "-----a",
    post.GiveSignOnCode: "-----a",
    post.SetPin: "aaaaaa",
    post.ResetPin: "-----a",
    post.AddKey: "-----a",
    post.RemoveKey: "-----a",
    post.AddOfficer: "----aa",
    post.ChangeOfficer: "----aa",
    post.EndOfficer: "----aa",
    post.ChangeUnit: "----aa",
    post.ChangeSetting: "----aa",
    post.SwitchNotice: "---lal",
    post.PlanShift: "---aaa",
    post.ChangeShift: "---aaa",
    post.SwapShifts: "---aaa",
    post.CancelShift: "---aaa",
    post.TakeSeat: "---aaa",
    post.HandOver: "---aaa",
    post.Discharge: "-ooaaa",
    post.WriteLog: "-ooaaa",
    post.Acknowledge: "---aaa",
    post.Shelve: "---aaa",
    post.OpenMatter: "-ooaaa",
    post.AssignMatter: "-ooaaa",
    post.CloseMatter: "-ooaaa",
    post.CheckPresence: "---aaa",
    post.SendReport: "-ooaaa",
    post.CallTouched: "--oaaa",
    post.SettleRecord: "---aaa",
    amending.Amend: "-ooaaa",
    amending.TakeBack: "-ooaaa",
    sites.SetSiteState: "---aaa",
    sites.ChangeSite: "---aaa",
    sites.AddStaff: "-o-aaa",
    sites.ChangeStaff: "-o-aaa",
    sites.EndStaff: "-o-aaa",
    sites.SendOffDuty: "-o-aaa",
    sites.ReturnToDuty: "-o-aaa",
    sites.RecordStaffTest: "-o-aaa",
    people.Register: "--oaaa",
    people.Correct: "--oaaa",
    people.Settle: "--oaaa",
    people.Assign: "--oaaa",
    people.RecordTest: "--oaaa",
    people.RecordBreach: "--oaaa",
    people.PrintPaper: "--oaaa",
    people.TakeReading: "-ooaaa",
    people.Confirm: "---aaa",
    people.StartTransfer: "---aaa",
    people.EndTransfer: "---aaa",
    people.CancelTransfer: "---aaa",
    people.DivertTransfer: "---aaa",
    people.Transfer: "---aaa",
    people.Move: "---aaa",
    people.ActOnSuspicion: "---aaa",
    people.ActOnPositive: "---aaa",
    people.TraceContacts: "---aaa",
    people.Reopen: "---aaa",
    people.Void: "---aaa",
    people.Merge: "---aaa",
    people.AnswerReferral: "---lal",
    people.Release: "---lal",
    people.HandOff: "---aaa",
    people.SetLastDay: "---lal",
    sheets.ImportRoster: "--oaaa",
    sheets.ImportArrivals: "--oaaa",
    sheets.ImportSites: "---aaa",
    sheets.ImportAreas: "---aaa",
    sheets.RememberHeadings: "--oaaa",
    sheets.UndoImport: "-ooaaa",
    sheets.ImportTemperatures: "-o-aaa",
    sheets.ImportRounds: "-o-aaa",
    sheets.ImportResults: "---aaa",
    sheets.ImportContacts: "---aaa",
}
"""Said a second time, so that a right given by mistake is seen."""


def of(role: Role) -> Actor:
    return actor(10 + ROLES.index(role))


def office() -> Snapshot:
    """Two towns, two sites, and an officer of each role, of the first town and the first site; a note about each."""
    rows: list[Any] = [
        Officer(id=10 + number, name=f"干部{number}", role=role, unit_id=OWN, site_id=OWN)
        for number, role in enumerate(ROLES)
    ]
    for number in (OWN, OTHER):
        rows += [unit(number), site(number)]
        rows += [person(number, unit_id=number, stage="site", site_id=number, room=1)]
        rows += [StaffMember(id=number, site_id=number, name=f"医护{number}", registered_at=t("00:00"))]
        for key, about in ((number, "site"), (10 + number, "unit")):
            rows += [Matter(id=key, kind="finding", subject=f"{about}-{number}", what="x", opened_at=NOW, due=NOW)]
    snapshot = desk(*rows)
    by = {"site-1": of("site"), "unit-1": of("town")}
    for about in ("site-1", "site-2", "unit-1", "unit-2", "post"):
        snapshot = act(snapshot, post.WriteLog(text="x", subject=about), NOW, by.get(about, ADMIN))
    return snapshot


OFFICE: Final = office()


def asked(kind: type[Any], number: int, role: Role) -> Command:
    """A command of a class about the own or the other records; what else it says is not looked at."""
    about = f"{'site' if role == 'site' else 'unit'}-{number}"
    matter = number if role == "site" else 10 + number
    note = next(each.id for each in OFFICE.entries.values() if each.subject == about)
    told = people.PersonData(name="新人", unit_id=number, address=f"乡镇{number}1组")
    given: dict[str, Any] = {
        "obligation": f"check/{about}/2021-06-07",
        "subject": about,
        "matter_id": matter,
        "entry_id": note,
        "staff_ids": (number,),
        "person": told,
        "persons": (told,),
        "sheets": (sheets.RosterSheet(unit=f"乡镇{number}", members=()),),
        "state": "closed",
        "effective_from": NOW,
        "seat": "officer",
        "role": None,
    }
    slot = sheets.SlotTold(site=f"隔离点{number}", day=NOW.date(), slot="patrol-1", row=1)
    if kind is sheets.ImportTemperatures:
        given["readings"] = (sheets.ReadingRow(slot=slot),)
    if kind is sheets.RememberHeadings:
        given["unit_id"] = number
    if kind is sheets.ImportRounds:
        given["rounds"] = (sheets.RoundRow(slot=slot),)
    said = {
        each.name: given.get(each.name, number if each.name.endswith("_id") else "")
        for each in fields(kind)
        if each.name in given or each.default is each.default_factory is MISSING
    }
    made: Command = kind(**said)
    return made


def test_every_command_has_its_row() -> None:
    assert set(TABLE) == set(RIGHTS) == set(get_args(Command))


@pytest.mark.parametrize("kind", get_args(Command), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("role", ROLES)
def test_every_command_of_every_role(kind: type[Any], role: Role) -> None:
    right = RIGHTS[kind][ROLES.index(role)]
    own, other = (not_permitted(asked(kind, number, role), OFFICE, NOW, of(role)) for number in (OWN, OTHER))
    assert (own is None, other is None) == {
        "a": (True, True),
        "l": (True, True),
        "o": (True, False),
        "-": (False, False),
    }[right]
    who = [each for each, letter in zip(ROLES, RIGHTS[kind]) if letter not in "-l"]
    for refusal in (own, other):
        assert refusal is None or (refusal.code, refusal.fields) == ("not_permitted", {"roles": who})


@pytest.mark.parametrize("role", ["site", "town"])
def test_without_a_unit_nothing_is_ones_own(role: Role) -> None:
    number = 10 + ROLES.index(role)
    stray = OFFICE.applied(OFFICE.seq, [replace(OFFICE.officers[number], unit_id=None, site_id=None)])
    homeless = stray.applied(stray.seq, [replace(stray.persons[OWN], unit_id=None, site_id=None)])
    for kind in (people.TakeReading, post.Discharge, post.WriteLog):
        assert not_permitted(asked(kind, OWN, role), homeless, NOW, of(role)) is not None


def test_a_right_is_asked_before_anything_else() -> None:
    """Not even whether there is such a person is told."""
    gone = people.Release(person_id=99, leader_id=99)
    for role in ("viewer", "site", "town"):
        assert refused(OFFICE, gone, NOW, of(role)).code == "not_permitted"
    assert refused(OFFICE, gone, NOW, of("officer")).code == "unknown_person"


@pytest.mark.parametrize("role", ["leader", "officer"])
def test_a_role_is_the_administrators_to_give(role: Role) -> None:
    added, changed = (
        post.AddOfficer(name="新人", role="admin"),
        post.ChangeOfficer(officer_id=13, reason="x", role="admin"),
    )
    for command in (added, changed):
        refusal = refused(OFFICE, command, NOW, of(role))
        assert (refusal.code, refusal.fields["roles"]) == ("not_permitted", ["admin"])
        act(OFFICE, command, NOW, of("admin"))


@pytest.mark.parametrize(
    ("command", "role"),
    [
        (post.AddOfficer(name="新人"), "officer"),
        (post.AddOfficer(name="新人", unit_id=OWN), "town"),
        (post.AddOfficer(name="新人", unit_id=OWN, site_id=OWN), "site"),
        (post.AddOfficer(name="新人", unit_id=OWN, role="viewer"), "viewer"),
    ],
)
def test_who_is_added_has_the_rights_of_his_place(command: post.AddOfficer, role: Role) -> None:
    added = act(OFFICE, command, NOW, of("admin"))
    assert next(each.role for each in added.officers.values() if each.name == "新人") == role


def test_no_sheet_gives_a_right() -> None:
    member = Officer(id=0, name="新人", phone="1", role="admin", login="newcomer", site_id=OTHER)
    form = sheets.ImportRoster(sheets=(sheets.RosterSheet(unit="乡镇1", members=((1, member),)),))
    taken = act(OFFICE, form, NOW, of("town"))
    new = next(each for each in taken.officers.values() if each.name == "新人")
    assert (new.role, new.login, new.site_id, new.unit_id) == ("town", None, None, OWN)


@pytest.mark.parametrize("where", ["unit", "address", "same person"])
def test_a_sheet_of_a_town_touches_nobody_elsewhere(where: str) -> None:
    known = replace(OFFICE.persons[OTHER], id_no="431302199512309871")
    snapshot = OFFICE.applied(OFFICE.seq, [known])
    own = people.PersonData(name="甲", address="乡镇11组", phone="13800000001")
    other = {
        "unit": replace(own, name="乙", unit_id=OTHER, phone="13800000002"),
        "address": replace(own, name="乙", address="乡镇21组", phone="13800000002"),
        "same person": replace(own, name=known.name, id_no=known.id_no, phone="13800000002"),
    }[where]
    act(snapshot, sheets.ImportArrivals(persons=(own,)), NOW, of("town"))
    if where != "unit":  # of a row the address alone says the unit
        assert refused(snapshot, sheets.ImportArrivals(persons=(own, other)), NOW, of("town")).code == "not_permitted"
    if where != "same person":
        assert refused(snapshot, people.Register(person=other), NOW, of("town")).code == "not_permitted"


def test_nobody_is_written_into_another_town() -> None:
    for told in (people.PersonData(name="甲", unit_id=OTHER), people.PersonData(name="甲", address="乡镇21组")):
        assert refused(OFFICE, people.Correct(person_id=OWN, person=told), NOW, of("town")).code == "not_permitted"
    act(OFFICE, people.Correct(person_id=OWN, person=people.PersonData(name="甲")), NOW, of("town"))


def test_a_correction_takes_the_right_of_what_it_corrects() -> None:
    snapshot = (
        act(OFFICE, people.Reopen(person_id=3, reason="x"), NOW, of("officer")) if 3 in OFFICE.persons else OFFICE
    )
    snapshot = act(snapshot, people.Void(person_id=OWN, reason="重复"), NOW, of("officer"))
    voided = max(snapshot.entries)
    back = amending.Amend(entry_id=voided, reason="x")
    assert refused(snapshot, back, NOW, of("town")).code == "not_permitted"
    taken_back = act(snapshot, back, NOW, of("officer"))
    again = amending.Amend(entry_id=max(taken_back.entries), reason="x")
    assert refused(taken_back, again, NOW, of("town")).code == "not_permitted"


def test_an_entry_that_goes_with_a_correction_takes_its_own_right() -> None:
    """What rests on one's own entry, and was the command post's act, is not taken back with it."""
    snapshot = act(OFFICE, people.Void(person_id=OWN, reason="x"), NOW, of("officer"))
    goes_too = replace(snapshot.entries[1], id=99, amends=max(snapshot.entries))
    refusal = corrected_too([goes_too], snapshot, NOW, of("town"))
    assert refusal is not None
    assert refusal.fields == {"roles": ["officer", "leader", "admin"]}
    assert corrected_too([goes_too], snapshot, NOW, of("officer")) is None


LEADERS_ACTS: Final = (
    people.Release(person_id=OWN, leader_id=LI, override="x", cadres=("甲", "乙")),
    people.SetLastDay(person_id=OWN, leader_id=LI, last=date(2021, 6, 30), reason="x"),
    people.AnswerReferral(person_id=OWN, decision="x", authority="市疾控中心"),
    post.SwitchNotice(notice="national-9-2022", effective_from=t("00:00", 9), reason="x"),
    sites.SetSiteState(site_id=OWN, state="active", reason="x"),
)


LEADERS: Final = [each.name for each in OFFICE.officers.values() if each.role == "leader"]


def led(role: Role, command: Command, *signed: int) -> Refusal | None:
    """What the rules ask of a leader's act that is right in itself."""
    return unsigned(command, (), OFFICE, NOW, replace(of(role), signed=signed))


@pytest.mark.parametrize("command", LEADERS_ACTS, ids=lambda each: type(each).__name__)
def test_a_leaders_act_is_a_leaders(command: Command) -> None:
    """An officer released whom he wished, under a leader's name, since nobody asked the leader."""
    for role in ("officer", "admin"):
        for others in ((), (of("admin").officer_id or 0,), (99,)):
            refusal = led(role, command, *others)
            assert refusal is not None
            if hasattr(command, "leader_id"):
                assert (refusal.code, refusal.fields["id"]) == ("pin_not_set", LI)
            else:
                assert refusal == Refusal("leader_needed", {"leaders": LEADERS, "seated": None})
        assert led(role, command, LI) is None
    for role in ("viewer", "site", "town"):
        refusal = refused(OFFICE, command, NOW, replace(of(role), signed=(LI,)))
        assert (refusal.code, refusal.fields["roles"]) == ("not_permitted", ["leader"])
    own = of("leader").officer_id or 0
    assert led("leader", command, LI, own) is None
    asks = isinstance(command, SIGNED) or getattr(command, "leader_id", own) == LI
    assert (led("leader", command) is not None) == asks


def test_no_leader_nobody_to_ask() -> None:
    left = [replace(each, until=NOW.date()) for each in OFFICE.officers.values() if each.role == "leader"]
    refusal = unsigned(LEADERS_ACTS[3], (), OFFICE.applied(OFFICE.seq, left), NOW, of("officer"))
    assert refusal == Refusal("not_permitted", {"roles": ["leader"]})


def test_who_sits_on_the_leaders_seat_is_asked_if_he_is_one() -> None:
    leader = of("leader").officer_id or 0
    snapshot = OFFICE.applied(OFFICE.seq, [shift(1, "leader", leader, t("08:00"), t("20:00"))])
    refusal = unsigned(LEADERS_ACTS[3], (), snapshot, NOW, of("officer"))
    assert refusal == Refusal("leader_needed", {"leaders": LEADERS, "seated": None}), "he has no PIN"
    pin = Secret(id=1, officer_id=leader, use="pin", hashed=Hashed(digest="", salt="", n=1, r=1, p=1), set_at=NOW)
    snapshot = snapshot.applied(snapshot.seq, [pin])
    refusal = unsigned(LEADERS_ACTS[3], (), snapshot, NOW, of("officer"))
    assert refusal == Refusal("leader_needed", {"leaders": LEADERS, "seated": leader})
    assert signer_asked(refusal, ()) == leader and signer_asked(refusal, (leader,)) is None
    another = replace(of("officer"), signed=(LI,))
    assert unsigned(LEADERS_ACTS[3], (), snapshot, NOW, another) is None, "he is away, and another one signs"
    sits = of("officer").officer_id or 0
    snapshot = OFFICE.applied(OFFICE.seq, [shift(1, "leader", sits, t("08:00"), t("20:00"))])
    refusal = unsigned(LEADERS_ACTS[3], (), snapshot, NOW, of("officer"))
    assert refusal == Refusal("leader_needed", {"leaders": LEADERS, "seated": None})


def test_the_only_leader_is_asked_and_of_several_none_is_taken_for_granted() -> None:
    only = [replace(each, until=NOW.date()) for each in OFFICE.officers.values() if each.role == "leader"][1:]
    assert only and len(LEADERS) == len(only) + 1
    refusal = unsigned(LEADERS_ACTS[3], (), OFFICE.applied(OFFICE.seq, only), NOW, of("officer"))
    assert refusal is not None and refusal.code == "pin_not_set"
    for each in OFFICE.officers.values():
        if each.role == "leader":
            assert unsigned(LEADERS_ACTS[3], (), OFFICE, NOW, replace(of("officer"), signed=(each.id,))) != refusal


@pytest.mark.parametrize(
    "command", [people.Void(person_id=OWN, reason="x"), people.Merge(person_id=OWN, into_id=OTHER)], ids=str
)
def test_a_signature_takes_the_signers_own_pin_on_his_own_login_too(command: Command) -> None:
    own = of("officer").officer_id or 0
    refusal = led("officer", command, LI)
    assert refusal is not None
    assert (refusal.code, refusal.fields["id"]) == ("pin_not_set", own)
    assert led("officer", command, own) is None


def test_a_pin_that_is_set_is_asked_for() -> None:
    own = of("officer").officer_id or 0
    pin = Secret(id=1, officer_id=own, use="pin", hashed=Hashed(digest="00", salt="00", n=2, r=1, p=1), set_at=NOW)
    snapshot = OFFICE.applied(OFFICE.seq, [pin])
    command = people.Void(person_id=OWN, reason="x")
    answer = decide(command, snapshot, NOW, of("officer"))
    assert answer == Refusal("pin_needed", {"officer": OFFICE.officers[own].name, "id": own})
    signed = decide(command, snapshot, NOW, replace(of("officer"), signed=(own,)))
    assert isinstance(signed, Accepted) and signed.entry.signed == (own,)


def test_nobody_signs_what_is_refused() -> None:
    answer = decide(people.Void(person_id=99, reason="x"), OFFICE, NOW, of("officer"))
    assert isinstance(answer, Refusal) and answer.code == "unknown_person"


def test_a_handover_is_signed_by_both() -> None:
    night = shift(1, "officer", of("officer").officer_id or 0, t("00:00"), t("09:30"))
    snapshot = OFFICE.applied(OFFICE.seq, [night])
    command = post.HandOver(obligation=handover_id(snapshot, night), incoming_id=LI, items=())
    first, second = night.officer_id, LI
    for signed, missing in (((), first), ((first,), second), ((second,), first)):
        refusal = unsigned(command, (), snapshot, NOW, replace(actor(LI), signed=signed))
        assert refusal is not None
        assert refusal.fields["id"] == missing
    assert unsigned(command, (), snapshot, NOW, replace(actor(LI), signed=(first, second))) is None


def test_a_correction_is_signed_like_what_it_corrects() -> None:
    own = of("officer").officer_id or 0
    snapshot = act(OFFICE, people.Void(person_id=OWN, reason="重复"), NOW, of("officer"))
    back = amending.Amend(entry_id=max(snapshot.entries), reason="x")
    asked = decide(back, snapshot, NOW, of("officer"))
    assert isinstance(asked, Refusal) and asked.fields["id"] == own
    assert isinstance(decide(back, snapshot, NOW, replace(of("officer"), signed=(own,))), Accepted)


def test_the_leaders_seat_makes_nobody_a_leader() -> None:
    """An officer who sat down there released whom he wished, under his own name. Now he does not even sit down."""
    seat = post.TakeSeat(seat="leader", reason="临时顶班")
    for role in ("officer", "admin"):
        refusal = refused(OFFICE, seat, NOW, replace(of(role), signed=(LI,)))
        assert refusal == Refusal("seat_of_leaders", {"leaders": LEADERS})
    own = of("officer").officer_id or 0
    planned = OFFICE.applied(OFFICE.seq, [shift(1, "leader", own, t("00:00"), t("23:00"))])
    assert not may_lead(planned.officers[own], planned, NOW)
    act(OFFICE, seat, NOW, of("leader"))


def test_a_leader_leads_while_he_serves() -> None:
    left = replace(OFFICE.officers[LI], until=NOW.date())
    assert may_lead(OFFICE.officers[LI], OFFICE, NOW)
    assert not may_lead(left, OFFICE, NOW)


def test_the_view_log_is_read_by_leaders_and_administrators_alone() -> None:
    assert [role for role in ROLES if may_not_read("views", role, "x") is None] == ["leader", "admin"]
    refusal = may_not_read("views", "town", "x")
    assert refusal is not None
    assert refusal.fields["roles"] == ["leader", "admin"]


READING: Final = {
    # viewer, site, town, officer, leader, admin: a all, o what is his own, - nothing
    "board": "oooaaa",
    "rounds": "oooaaa",
    "site_desk": "oooaaa",
    "screening": "oooaaa",
    "people": "oooaaa",
    "log": "oooaaa",
    "reports": "oooaaa",
    "calls": "oooaaa",
    "expiring": "oooaaa",
    "find": "oooaaa",
    "explain": "oooaaa",
    "trail": "oooaaa",
    "person": "oooaaa",
    "report notice-isolation": "oooaaa",
    "report notice-release": "oooaaa",
    "report notice-home": "oooaaa",
    "report transfer": "oooaaa",
    "report record": "oooaaa",
    "settings list": "aaaaaa",
    "headings list": "aaaaaa",
    "rules list": "aaaaaa",
    "shift list": "aaaaaa",
    "verify": "aaaaaa",
    "report screening": "o-oaaa",
    "report roster": "o-oaaa",
    "report villages": "o-oaaa",
    "rescreen": "o-oaaa",
    "report site": "oo-aaa",
    "report patrols": "oo-aaa",
    "report disinfections": "oo-aaa",
    "report temperatures": "oooaaa",
    "report residents": "oo-aaa",
    "report staff": "oo-aaa",
    "report tests": "oooaaa",
    "report home-checks": "o-oaaa",
    "report follow-ups": "o-oaaa",
    "staff list": "oo-aaa",
    "report handover": "---aaa",
    "report ledger": "---aaa",
    **dict.fromkeys(("report city", "report presence", "report calls", "report daybook", "report rota"), "---aaa"),
    "report statistics": "---aaa",
    "report trends": "---aaa",
    "overview": "---aaa",
    "report marks": "----aa",
    "handover": "---aaa",
    "rules diff": "---aaa",
    "export": "---aaa",
    "backup": "---aaa",
    "views": "----aa",
    "doctor": "-----a",
}
"""Said a second time, as the rights to act are."""


def test_every_read_of_every_role() -> None:
    said = {
        what: "".join({"any": "a", "own": "o"}.get(row.get(role, ""), "-") for role in ROLES)
        for what, row in READS.items()
    }
    assert said == READING


def test_what_no_row_names_nobody_reads_and_a_stranger_reads_nothing() -> None:
    for role in ROLES:
        assert may_not_read("no such screen", role, "x") == Refusal("not_permitted", {"roles": []})
    for what in READS:
        assert may_not_read(what, None, "x") == Refusal("not_signed_on", {"login": "x"})
