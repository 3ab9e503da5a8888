"""Every act that can be told again: a new linked entry, the old one kept, and all else as if it was told so first."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from functools import cache
from typing import Any, Final, get_args

import pytest

from dutyboard.rules.amending.ways import ByOwnAct, OnlyBack, way_of
from dutyboard.rules.board import handover_items
from dutyboard.rules.records.commands.amending import Amend, Restated
from dutyboard.rules.records.commands.person import (
    AnswerReferral,
    Assign,
    CancelTransfer,
    Confirm,
    DivertTransfer,
    EndTransfer,
    HandOff,
    Move,
    RecordBreach,
    RecordTest,
    Release,
    Reopen,
    SetLastDay,
    StartTransfer,
    TakeReading,
    TraceContacts,
    Transfer,
)
from dutyboard.rules.records.commands.post import (
    AssignMatter,
    CallTouched,
    CheckPresence,
    CloseMatter,
    Discharge,
    HandOver,
    OpenMatter,
    SendReport,
    WriteLog,
)
from dutyboard.rules.records.commands.site import RecordStaffTest, ReturnToDuty, SendOffDuty, SetSiteState
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Assessed, Departed, Transferred
from dutyboard.rules.records.told.post import Called
from tests.rules.desks import LI, WANG, ZHANG, act, desk, owed, refused, site, t
from tests.rules.duties.test_area_calls import listed
from tests.rules.duties.test_care import HOME, at_site, done_with_tests, moved, sample
from tests.rules.duties.test_handover import EVENING, evening, hand_over
from tests.rules.duties.test_home_checks import CHECK, town
from tests.rules.duties.test_home_checks import at_home as people_at_home
from tests.rules.duties.test_positive import carried_out
from tests.rules.duties.test_queue import facts_of, someone, the_desk
from tests.rules.duties.test_referral import SICK, confirm
from tests.rules.duties.test_staff_tests import member, planned

LEAVE: Final = StartTransfer(person_id=1, vehicle="湘K1", driver="赵")
UNLIKE: Final = ("entry", "by", "report", "revision", "id")
"""What may differ: numbers of entries and reports, and who wrote it."""
OTHERWISE: Final = "另一说法"
NOW: Final = t("20:30")


@dataclass(frozen=True, kw_only=True)
class Told:
    """An act on a desk at a time, and the fields in which it should have been told otherwise."""

    desk: Callable[[], Snapshot]
    command: Any
    at: datetime = NOW
    again: Mapping[str, Any] = field(default_factory=lambda: {"text": OTHERWISE})


@cache
def sick() -> Snapshot:
    """Somebody put to the fever desk, whose answer is owed."""
    return confirm(the_desk(someone(1, "3.5", facts=facts_of("3.5", **SICK))))


@cache
def placed() -> Snapshot:
    where = Confirm(person_id=1, clause="3.5", officer_name="王芳", site_id=1, room=1)
    return act(the_desk(someone(1, "3.5")), where, t("19:40"))


@cache
def riding() -> Snapshot:
    return act(placed(), LEAVE, t("20:00"))


@cache
def home() -> Snapshot:
    return act(done_with_tests(), HOME, t("09:00", 22))


def with_matter() -> Snapshot:
    return act(desk(site()), OpenMatter(subject="site-1", text="门锁坏", owner="王芳"), t("10:00"))


def two_sites() -> Snapshot:
    return desk(site(), site(2, state="standby"))


def ended() -> Snapshot:
    gone = HandOff(person_id=1, leader_id=LI, letter="函1", to="娄底市")
    return act(at_site(), gone, t("10:00", 8))


CASES: Final[Mapping[type[Any], Told]] = {
    Discharge: Told(
        desk=lambda: desk(site()), command=Discharge(obligation="patrol-3/site-1/2021-06-07"), at=t("18:00")
    ),
    WriteLog: Told(desk=desk, command=WriteLog(text="空调已修")),
    SendReport: Told(
        desk=lambda: desk(site()),
        command=SendReport(
            kind="site",
            subject="site-1",
            day=date(2021, 6, 7),
            figures={"in_quarantine": 3},
            zero=False,
            reporter="负责人1",
        ),
        at=t("15:00"),
        again={"figures": {"in_quarantine": 4}},
    ),
    CallTouched: Told(
        desk=listed,
        command=CallTouched(person_id=1, area_id=3, answer="not_there"),
        again={"answer": "unsure", "text": OTHERWISE},
    ),
    Confirm: Told(
        desk=lambda: the_desk(someone(1, "3.5")),
        command=Confirm(person_id=1, clause="3.5", officer_name="王芳", site_id=1, room=1),
        at=t("19:40"),
        again={"room": 2},
    ),
    Transfer: Told(desk=placed, command=moved(), at=t("20:45"), again={"vehicle": "湘K2", "arrived_at": t("20:30")}),
    RecordTest: Told(desk=at_site, command=sample(8), at=t("20:00", 8), again={"result": "indeterminate"}),
    RecordBreach: Told(desk=home, command=RecordBreach(person_id=1, text="外出"), at=t("10:00", 22)),
    TakeReading: Told(
        desk=at_site, command=TakeReading(person_id=1, temp_c=36.5), at=t("10:00", 8), again={"temp_c": 37.6}
    ),
    TraceContacts: Told(
        desk=carried_out,
        command=TraceContacts(person_id=1, contacts=3, told="市疾控"),
        at=t("16:00", 8),
        again={"contacts": 4},
    ),
    Release: Told(desk=done_with_tests, command=HOME, at=t("09:00", 22), again={"cadres": ("镇乙", "村乙")}),
    HandOff: Told(
        desk=at_site,
        command=HandOff(person_id=1, leader_id=LI, letter="函1", to="娄底市"),
        at=t("10:00", 8),
        again={"letter": "函2"},
    ),
    StartTransfer: Told(desk=placed, command=LEAVE, at=t("20:00"), again={"vehicle": "湘K2"}),
    EndTransfer: Told(
        desk=riding, command=EndTransfer(person_id=1, received_by="其他：周"), again={"arrived_at": t("20:20")}
    ),
    CancelTransfer: Told(desk=riding, command=CancelTransfer(person_id=1, reason="车坏"), again={"reason": OTHERWISE}),
    DivertTransfer: Told(
        desk=riding,
        command=DivertTransfer(person_id=1, to="hospital", reason="发热"),
        again={"to": "fever-clinic"},
    ),
    Move: Told(
        desk=at_site, command=Move(person_id=1, site_id=1, room=5, reason="漏水"), at=t("10:00", 8), again={"room": 6}
    ),
    Assign: Told(
        desk=at_site,
        command=Assign(person_id=1, officer_name="张强", reason="调班"),
        at=t("10:00", 8),
        again={"officer_name": "刘敏"},
    ),
    AnswerReferral: Told(
        desk=sick,
        command=AnswerReferral(person_id=1, decision="可入点", authority="市指挥部"),
        again={"decision": "先送医院"},
    ),
    SetLastDay: Told(
        desk=at_site,
        command=SetLastDay(person_id=1, last=date(2021, 6, 24), leader_id=LI, reason="同楼层阳性"),
        at=t("10:00", 8),
        again={"last": date(2021, 6, 23)},
    ),
    Reopen: Told(desk=ended, command=Reopen(person_id=1, reason="退回"), at=t("12:00", 8), again={"reason": OTHERWISE}),
    OpenMatter: Told(
        desk=lambda: desk(site()),
        command=OpenMatter(subject="site-1", text="门锁坏", owner="王芳"),
        at=t("10:00"),
        again={"text": OTHERWISE, "owner": "张强"},
    ),
    CheckPresence: Told(
        desk=lambda: desk(site()),
        command=CheckPresence(subject="site-1", found="off_post", text="无人接听"),
        at=t("10:00"),
        again={"found": "stood_in", "answered_by": "张强", "stand_in": "张强"},
    ),
    AssignMatter: Told(
        desk=with_matter,
        command=AssignMatter(matter_id=1, owner="张强", reason="调班"),
        at=t("11:00"),
        again={"owner": "刘敏"},
    ),
    CloseMatter: Told(
        desk=with_matter,
        command=CloseMatter(matter_id=1, outcome="已修", told="周涛"),
        at=t("11:00"),
        again={"outcome": OTHERWISE},
    ),
    HandOver: Told(desk=evening, command=hand_over(evening(), t("19:55")), at=t("19:55")),
    RecordStaffTest: Told(
        desk=lambda: planned(member(1), member(2)),
        command=RecordStaffTest(staff_ids=(1,), result="negative", sampled_on=date(2021, 6, 7)),
        again={"result": "positive"},
    ),
    SendOffDuty: Told(
        desk=lambda: planned(member(1)),
        command=SendOffDuty(staff_id=1, reason="家人发热"),
        again={"reason": OTHERWISE},
    ),
    ReturnToDuty: Told(
        desk=lambda: act(planned(member(1), plan=()), SendOffDuty(staff_id=1, reason="家人发热"), t("19:00")),
        command=ReturnToDuty(staff_id=1, reason="排除"),
        again={"happened_at": t("20:00"), "reason": OTHERWISE},
    ),
    SetSiteState: Told(
        desk=two_sites,
        command=SetSiteState(site_id=2, state="active", reason="备用"),
        again={"reason": OTHERWISE},
    ),
}


FORMS: Final[Mapping[str, Told]] = {
    "home": Told(
        desk=lambda: the_desk(someone(1, "3.7a")),
        command=Confirm(person_id=1, clause="3.7a", officer_name="王芳", cadres=("镇甲", "村甲")),
        at=t("19:40"),
        again={"cadres": ("镇甲", "村乙")},
    ),
    "by name": Told(
        desk=at_site,
        command=Discharge(
            obligation="temperature-am/site-1/2021-06-08", readings={"person-1": 36.5}, first={}, text="正常"
        ),
        at=t("09:00", 8),
        again={"readings": {"person-1": 37.6}},
    ),
    "disinfection": Told(
        desk=lambda: desk(site()),
        command=Discharge(
            obligation="disinfection-am/site-1/2021-06-07",
            figures={"mg_l": 500, "minutes": 30},
            details={"agent": "84", "area": "走廊"},
        ),
        at=t("09:00"),
        again={
            "details": {"agent": "84", "area": "走廊、电梯", "method": "wipe", "checked_by": ""},
            "started_at": t("08:30"),
        },
    ),
    "at home": Told(
        desk=lambda: town(people_at_home(1), people_at_home(2)),
        command=Discharge(obligation=CHECK, seen=(1,), absent=(2,)),
        at=t("10:00"),
        again={"seen": (1, 2), "absent": ()},
    ),
    "call": Told(
        desk=desk,
        command=WriteLog(text="", call=Called(caller="石马山镇", matter="返涟一人", answer_needed=True)),
        at=t("10:00"),
        again={"call": Called(caller="石马山镇", matter="返涟二人", answer_needed=True, handler="王芳")},
    ),
    "call that needs no answer": Told(
        desk=desk,
        command=WriteLog(text="", call=Called(caller="石马山镇", matter="返涟一人", answer_needed=True)),
        at=t("10:00"),
        again={"call": Called(caller="石马山镇", matter="返涟一人", answer_needed=False)},
    ),
    "to the hospital": Told(
        desk=placed,
        command=StartTransfer(person_id=1, vehicle="湘K1", driver="赵", to="hospital"),
        at=t("20:00"),
        again={"to": "fever-clinic"},
    ),
    "abnormal patrol": Told(
        desk=lambda: desk(site()),
        command=Discharge(obligation="patrol-3/site-1/2021-06-07", abnormal=True, text="门锁坏"),
        at=t("18:00"),
        again={"text": OTHERWISE},
    ),
    "not abnormal": Told(
        desk=lambda: desk(site()),
        command=Discharge(obligation="patrol-3/site-1/2021-06-07", abnormal=True, text="门锁坏"),
        at=t("18:00"),
        again={"abnormal": False},
    ),
    "sample": Told(desk=at_site, command=sample(8, result="pending"), at=t("09:00", 8), again={"result": "negative"}),
    "the other cadre": Told(
        desk=home,
        command=Assign(person_id=1, home_cadre="村丙", reason="调岗"),
        at=t("10:00", 22),
        again={"reason": OTHERWISE},
    ),
}
"""Other forms of the same acts, each with what should have been told otherwise."""


def bare(record: Any) -> Any:
    """Return a record without the numbers of entries, and without the officer and the time of its writing."""
    if isinstance(record, dict):
        return {
            key: bare(each) for key, each in record.items() if key not in ("entry", "by", "report", "revision", "id")
        }
    return [bare(each) for each in record] if isinstance(record, list | tuple) else record


def picture(snapshot: Snapshot, now: datetime) -> dict[str, Any]:
    """What the records hold, what is owed, and what the standing entries tell."""
    rows = {key: (each.state, each.count, each.total, each.text) for key, each in owed(snapshot, now).items()}
    tables = {
        name: {key: bare(asdict(each)) for key, each in getattr(snapshot, name).items()}
        for name in ("persons", "sites", "staff")
    }
    matters = {  # one that was withdrawn is shut without an outcome
        key: bare(asdict(each)) for key, each in snapshot.matters.items() if each.outcome or each.closed_at is None
    }
    told = [
        (each.subject, bare(asdict(each.told)), each.text, each.happened_at, each.obligation, each.abnormal)
        for each in snapshot.entries.values()
        if each.id not in snapshot.amended
    ]
    reports = {key: (each.figures, each.zero, each.reporter) for key, each in snapshot.last_reports.items()}
    return {"owed": rows, **tables, "matters": matters, "told": sorted(told, key=str), "reports": reports}


def test_every_act_that_can_be_told_again_is_tried() -> None:
    assert set(CASES) == set(get_args(Restated))


@pytest.mark.parametrize("case", [*CASES.values(), *FORMS.values()], ids=[*(kind.__name__ for kind in CASES), *FORMS])
def test_an_act_told_again_leaves_what_it_would_have_left_at_first(case: Told) -> None:
    before = case.desk()
    later = case.at.replace(hour=23, minute=30)
    told = act(before, case.command, case.at)
    entry = next(each for number, each in told.entries.items() if number not in before.entries and not each.part_of)
    way = way_of(entry, told)
    assert isinstance(way, type(case.command)) and not isinstance(way, ByOwnAct | OnlyBack)
    command = Amend(entry_id=entry.id, reason="记错了", instead=replace(way, **case.again), agreed=True)
    again = act(told, command, later)
    at_first = act(before, replace(case.command, **case.again), case.at)
    assert picture(again, later) == picture(at_first, later)
    new = again.entries[again.amended[entry.id]]
    assert (new.amends, new.reason, again.entries[entry.id]) == (entry.id, "记错了", entry)


@pytest.mark.parametrize("case", [*CASES.values(), *FORMS.values()], ids=[*(kind.__name__ for kind in CASES), *FORMS])
def test_an_act_told_again_as_it_was_changes_nothing(case: Told) -> None:
    """What an entry tells is the whole act: nothing is lost on the way back to its form."""
    told = act(case.desk(), case.command, case.at)
    entry = next(each for each in told.entries.values() if each.entered_at == case.at and not each.part_of)
    way = way_of(entry, told)
    assert isinstance(way, type(case.command))
    later = case.at.replace(hour=23, minute=30)
    again = act(told, Amend(entry_id=entry.id, reason="重述", instead=way, agreed=True), later)  # type: ignore[arg-type]
    assert picture(again, later) == picture(told, later)


def test_a_ride_told_again_after_the_arrival_keeps_it_and_cannot_begin_behind_it() -> None:
    arrived = act(riding(), EndTransfer(person_id=1, received_by="其他：周", arrived_at=t("20:30")), t("20:35"))
    left = next(each for each in arrived.entries.values() if isinstance(each.told, Departed))
    way = way_of(left, arrived)
    assert isinstance(way, StartTransfer)
    late = Amend(entry_id=left.id, reason="记错", instead=replace(way, left_at=t("20:31")), agreed=True)
    assert refused(arrived, late, t("21:00")).code == "ends_before_start"
    told = act(arrived, replace(late, instead=replace(way, left_at=t("20:10"), vehicle="湘K2")), t("21:00"))
    assert told.persons == arrived.persons
    new = told.entries[told.amended[left.id]]
    assert isinstance(new.told, Departed) and (new.told.vehicle, new.happened_at) == ("湘K2", t("20:10"))


def test_an_act_told_again_twice_keeps_its_place_before_what_rests_on_it() -> None:
    """His record was closed after the arrival: neither the first nor the second other telling brings him back in."""
    gone = snapshot = ended()
    number = next(each.id for each in gone.entries.values() if isinstance(each.told, Transferred))
    for minute, name in ((10, "其他：吴"), (20, "其他：郑")):
        way = way_of(snapshot.entries[number], snapshot)
        assert isinstance(way, Transfer)
        again = Amend(entry_id=number, reason="记错", instead=replace(way, received_by=name), agreed=True)
        snapshot = act(snapshot, again, t(f"10:{minute}", 8))
        number = snapshot.amended[number]
    assert snapshot.persons == gone.persons
    asked = refused(snapshot, Amend(entry_id=number, reason="没有到"), t("10:30", 8))
    assert (asked.code, asked.fields["entries"]) == ("asks_first", [max(gone.entries)])
    back = act(snapshot, Amend(entry_id=number, reason="没有到", agreed=True), t("10:30", 8)).persons[1]
    assert (back.stage, back.closed_at, back.room) == ("transfer", None, 1)


def test_another_room_for_somebody_who_has_come_since_is_asked_first() -> None:
    """His transfer, his rounds and his tests were told of the wrong room: that he moves on the desk is seen first."""
    inside = act(placed(), moved(), t("20:45"))
    wrong = next(each for each in inside.entries.values() if isinstance(each.told, Assessed))
    way = way_of(wrong, inside)
    assert isinstance(way, Confirm)
    command = Amend(entry_id=wrong.id, reason="记错", instead=replace(way, room=2))
    asked = refused(inside, command, t("21:00"))
    assert (asked.code, asked.fields["names"]) == ("asks_first", ["人员1"])
    told = act(inside, replace(command, agreed=True), t("21:00"))
    assert (told.persons[1].stage, told.persons[1].room) == ("site", 2)
    once_more = replace(command, entry_id=told.amended[wrong.id], instead=replace(way, room=3))
    assert refused(told, once_more, t("21:10")).code == "asks_first"


def test_what_was_handed_over_stays_and_nobody_signs_for_another() -> None:
    signed = act(evening(), hand_over(evening(), t("19:55")), t("19:55"))
    way = way_of(signed.entries[1], signed)
    assert isinstance(way, HandOver) and way.obligation == EVENING
    for changed, code in (
        ({"items": handover_items(evening(), t("19:55"))[1:]}, "amend_only_back"),
        ({"incoming_id": ZHANG}, "same_officer"),
        ({"incoming_id": 77}, "unknown_officer"),
    ):
        command = Amend(entry_id=1, reason="记错了", instead=replace(way, **changed))
        assert refused(signed, command, t("20:10")).code == code
    other = act(signed, Amend(entry_id=1, reason="记错了", instead=replace(way, incoming_id=WANG)), t("20:10"))
    assert other.done[EVENING].told.incoming == WANG  # type: ignore[union-attr]
