"""People under control, day by day: transfer, tests, gate, release, rooms, and the links between them."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from dutyboard.rules.duties.checks import decide_discharge
from dutyboard.rules.duties.duty import OfPerson
from dutyboard.rules.duties.person.placement import decide_confirm
from dutyboard.rules.duties.person.positive import after_leaving, consequences
from dutyboard.rules.duties.person.queue import queue
from dutyboard.rules.duties.person.release import decide_release
from dutyboard.rules.duties.person.release import owed_for as _releases
from dutyboard.rules.duties.person.tests import decide_record_test
from dutyboard.rules.duties.person.tests import owed_for as _samples_owed
from dutyboard.rules.duties.person.transfer import decide_transfer
from dutyboard.rules.duties.post.spare_rooms import owed as rooms_owed
from dutyboard.rules.law.facts import ArrivalPcr, Linked
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.leaving import gate_of
from dutyboard.rules.people.rooms import forecast, free_by_day
from dutyboard.rules.records.commands.person import Confirm, Correct, PersonData, RecordTest, Release, Transfer
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.commands.site import SetSiteState
from dutyboard.rules.records.model import Area, Officer
from dutyboard.rules.records.obligation import OWED, Obligation
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Released, SampleRecorded, Transferred
from dutyboard.rules.records.told.post import RoomsConsidered
from dutyboard.rules.records.transaction import Accepted
from tests.rules.desks import ADMIN, LI, WANG, act, of_people, person, refused, shift, site, t
from tests.rules.duties.test_queue import facts_of, someone, the_desk

releases = OfPerson(_releases).owed
samples_owed = OfPerson(_samples_owed).owed

LEADER = Officer(id=LI, name="李建国", role="leader")
ACTS = {
    Confirm: decide_confirm,
    Transfer: decide_transfer,
    RecordTest: decide_record_test,
    Release: decide_release,
    Discharge: decide_discharge,
}


def run(snapshot: Snapshot, now: datetime, command: Any) -> tuple[Accepted, Snapshot]:
    answer = ACTS[type(command)](command, snapshot, now, ADMIN)
    assert isinstance(answer, Accepted), answer
    return answer, snapshot.applied(snapshot.seq + 1, answer.changes)


def refusal(snapshot: Snapshot, now: datetime, command: Any) -> Refusal:
    answer = ACTS[type(command)](command, snapshot, now, ADMIN)
    assert isinstance(answer, Refusal), answer
    return answer


def by_id(obligations: Any) -> dict[str, Obligation]:
    return {each.id: each for each in obligations}


def moved(number: int = 1, **fields: Any) -> Transfer:
    given: dict[str, Any] = {
        "left_at": t("20:00"),
        "vehicle": "湘K12345",
        "driver": "赵师傅",
        "arrived_at": t("20:40"),
        "received_by": "负责人1",
    }
    return Transfer(person_id=number, **(given | fields))


def at_site(clause: str = "3.5", number: int = 1, **fields: Any) -> Snapshot:
    """A desk whose person was found, assessed and moved to room 1 on the evening of 06-07."""
    snapshot = the_desk(someone(number, clause, **fields), LEADER)
    _, snapshot = run(
        snapshot,
        t("19:40"),
        Confirm(person_id=number, clause=clause, officer_name="王芳", site_id=1, room=number),
    )
    _, snapshot = run(snapshot, t("20:45"), moved(number))
    return snapshot


def sample(on: int, kind: str = "pcr", result: str = "negative", number: int = 1) -> RecordTest:
    return RecordTest(
        person_id=number,
        type=kind,  # type: ignore[arg-type]
        sampled_on=date(2021, 6, on),
        result=result,  # type: ignore[arg-type]
    )


# ---------------------------------------------------------------- transfer


def test_the_move_admits_to_the_reserved_room() -> None:
    snapshot = at_site()
    inside = snapshot.persons[1]
    assert (inside.stage, inside.admitted_on, inside.room) == ("site", date(2021, 6, 7), 1)
    entry = snapshot.done["transfer/person-1/2021-06-07"]
    assert (entry.kind, entry.happened_at, entry.done_by) == ("transfer", t("20:40"), "负责人1")
    assert isinstance(entry.told, Transferred) and entry.told.vehicle == "湘K12345"
    assert [o.kind for o in of_people(snapshot, t("20:45"))] == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"vehicle": " "}, "figures_needed"),
        ({"received_by": ""}, "figures_needed"),
        ({"arrived_at": t("19:59")}, "ends_before_start"),
        ({"arrived_at": t("20:46")}, "in_future"),
        ({"number": 9}, "unknown_person"),
    ],
)
def test_a_move_that_cannot_be(fields: dict[str, Any], code: str) -> None:
    snapshot = the_desk(someone(1, "3.5", stage="transfer", site_id=1, room=1))
    assert refusal(snapshot, t("20:45"), moved(**fields)).code == code


def test_who_is_not_on_the_way_cannot_arrive() -> None:
    assert refusal(at_site(), t("21:00"), moved()).code == "wrong_stage"
    assert refusal(the_desk(someone(1, "3.5")), t("21:00"), moved()).code == "wrong_stage"


def test_without_a_room_the_way_leads_to_the_hospital() -> None:
    snapshot = the_desk(someone(1, "hospital", stage="transfer"))
    _, snapshot = run(snapshot, t("20:45"), moved())
    assert snapshot.persons[1].stage == "hospital"


def test_after_the_hospital_a_site_is_asked_for() -> None:
    sick = someone(1, "hospital")
    snapshot = the_desk(sick)
    _, snapshot = run(snapshot, t("19:40"), Confirm(person_id=1, clause="3.1", officer_name="王芳"))
    _, snapshot = run(snapshot, t("20:45"), moved())
    assert queue(snapshot, t("20:45")) == []
    well = replace(snapshot.persons[1].facts, case_status="discharged", discharged_on=date(2021, 6, 20))
    snapshot = snapshot.applied(9, [replace(snapshot.persons[1], facts=well)])
    (back,) = queue(snapshot, t("09:00", 20))
    assert (back.course.result.clause, back.course.result.first_place) == ("3.1", "site")
    again = Confirm(person_id=1, clause="3.1", officer_name="王芳", site_id=1, room=5)
    _, snapshot = run(snapshot, t("09:00", 20), again)
    assert (snapshot.persons[1].stage, snapshot.persons[1].room) == ("transfer", 5)


# ---------------------------------------------------------------- tests


def test_each_test_is_owed_on_its_day_until_its_result_is_in() -> None:
    snapshot = at_site("3.5")
    assert list(samples_owed(snapshot, t("23:59"))) == []
    (owed,) = samples_owed(snapshot, t("00:00", 8))
    assert (owed.id, owed.state, owed.due, owed.closes) == (
        "test-pcr/person-1/2021-06-08",
        "open",
        t("24:00", 8),
        None,
    )
    assert [each.state for each in samples_owed(snapshot, t("00:00", 9))] == ["late"]  # 24:00 sharp: the day is over
    (late,) = samples_owed(snapshot, t("00:10", 9))
    assert (late.state, late.late_minutes) == ("late", 10)
    _, pending = run(snapshot, t("09:00", 8), sample(8, result="pending"))
    assert [o.state for o in samples_owed(pending, t("10:00", 8))] == ["open"]
    assert [o.state for o in samples_owed(pending, t("10:00", 9))] == ["late"]
    answer, done = run(pending, t("15:00", 9), sample(8))
    assert answer.state == "done"
    assert [test.result for test in done.persons[1].facts.tests] == ["negative"]
    assert list(samples_owed(done, t("15:00", 9))) == []
    _, same_day = run(snapshot, t("15:00", 8), sample(8))
    assert [(o.state, o.entry is not None) for o in samples_owed(same_day, t("15:00", 8))] == [("done", True)]


def test_the_last_day_asks_pcr_and_serum() -> None:
    owed = by_id(samples_owed(at_site("3.5"), t("08:00", 21)))
    assert {key: each.state for key, each in owed.items()} == {
        "test-pcr/person-1/2021-06-08": "missed",
        "test-pcr/person-1/2021-06-21": "open",
        "test-serum/person-1/2021-06-21": "open",
    }


def test_a_late_sample_stays_late() -> None:
    answer, snapshot = run(at_site("3.5"), t("09:00", 10), sample(10))
    assert answer.state == "done_late"
    assert snapshot.persons[1].facts.tests[0].late is True
    found = gate_of(snapshot.persons[1], snapshot, t("09:00", 22))
    assert found is not None and "late_sample" in [each.code for each in found.blockers]


def test_one_swab_is_not_two_tests() -> None:
    """Day 1 missed, and the last day's sample taken: nothing is taken for day 1 any more, and it stays missed (O45)."""
    answer, snapshot = run(at_site("3.5"), t("09:00", 21), sample(21))
    assert answer.entry.told == SampleRecorded(
        type="pcr", day=date(2021, 6, 21), sampled_on=date(2021, 6, 21), result="negative", stage="site"
    )
    assert refusal(snapshot, t("09:30", 21), sample(21)).code == "already_done"
    assert run(snapshot, t("09:30", 21), sample(21, "serum"))[0].state == "done"
    again, after = run(snapshot, t("09:30", 22), sample(22))
    assert isinstance(again.entry.told, SampleRecorded) and again.entry.told.day is None
    assert [o.state for o in samples_owed(after, t("09:30", 22)) if o.slot == "test-pcr"] == ["missed"]
    _, early = run(at_site("3.5"), t("09:00", 20), sample(20))
    assert run(early, t("09:00", 21), sample(21))[0].state == "done"
    _, pending = run(at_site("3.5"), t("09:00", 9), sample(9, result="pending"))
    assert run(pending, t("19:00", 9), sample(9))[0].state == "done_late"


def test_a_sample_finds_its_planned_day_and_its_result_finds_the_sample() -> None:
    """Told without day or type: the latest planned test not after it (O45); a later result is of the sample out."""
    taken = RecordTest(person_id=1, result="pending")
    _, snapshot = run(at_site("3.5"), t("09:00", 9), taken)
    assert [(each.day, each.sampled_on, each.result) for each in snapshot.persons[1].facts.tests] == [
        (1, date(2021, 6, 9), "pending")
    ]
    assert run(snapshot, t("09:00", 10), RecordTest(person_id=1, result="negative"))[0].state == "done_late"
    _, snapshot = run(snapshot, t("09:00", 10), RecordTest(person_id=1, result="negative"))
    assert [(each.sampled_on, each.result) for each in snapshot.persons[1].facts.tests] == [
        (date(2021, 6, 9), "negative")
    ]
    last_day = t("09:00", 21)
    assert refusal(snapshot, last_day, taken).fields == {"names": ["type"]}
    _, serum = run(snapshot, last_day, RecordTest(person_id=1, type="serum", result="pending"))
    assert (serum.persons[1].facts.tests[-1].type, serum.persons[1].facts.tests[-1].day) == ("serum", 14)
    assert run(serum, last_day, RecordTest(person_id=1, result="negative", type="serum"))[0].state == "done"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (sample(9), "in_future"),
        (sample(6), "sample_before_arrival"),
        (sample(8, number=9), "unknown_person"),
        (RecordTest(person_id=1, result="negative"), "figures_needed"),
        (replace(sample(8), happened_at=t("20:00", 7)), "result_before_sample"),
        (replace(sample(8), happened_at=t("09:01", 8)), "in_future"),
    ],
)
def test_a_sample_that_cannot_be(command: RecordTest, code: str) -> None:
    assert refusal(at_site("3.5"), t("09:00", 8), command).code == code


def test_the_one_test_of_a_passer_by_frees_him() -> None:
    snapshot = the_desk(someone(1, "3.8b"), LEADER)
    _, snapshot = run(snapshot, t("19:40"), Confirm(person_id=1, clause="3.8b", officer_name="王芳"))
    assert [o.id for o in samples_owed(snapshot, t("19:41"))] == ["test-pcr/person-1/2021-06-07"]
    assert list(releases(snapshot, t("19:41"))) == []
    _, snapshot = run(snapshot, t("23:00"), sample(7))
    assert snapshot.persons[1].facts.arrival_pcr == ArrivalPcr(
        sampled_on=date(2021, 6, 7), result="negative", result_on=date(2021, 6, 7)
    )
    (owed,) = releases(snapshot, t("23:00"))
    assert owed.id == "release/person-1/2021-06-07"
    answer, snapshot = run(snapshot, t("23:10"), Release(person_id=1, leader_id=LI))
    assert answer.entry.told == Released(from_="waiting", to="closed", leader_id=LI)
    assert snapshot.persons[1].closed_at == t("23:10")


def test_a_positive_brings_everything_and_moves_nobody() -> None:
    contact = someone(1, "3.5")
    linked = someone(2, "none", facts=facts_of("none", contact="secondary", linked=(Linked(id="person-1"),)))
    snapshot = the_desk(contact, linked, LEADER)
    _, snapshot = run(snapshot, t("19:40"), Confirm(person_id=1, clause="3.5", officer_name="王芳", site_id=1, room=1))
    _, snapshot = run(snapshot, t("20:45"), moved(1))
    assert course_of(snapshot.persons[2], snapshot, t("21:00")).result.clause == "3.2b"
    answer, snapshot = run(snapshot, t("15:00", 8), sample(8, result="positive"))
    brought = consequences(snapshot, snapshot.persons[1], t("15:00", 8))
    assert [(each.kind, each.person_id) for each in brought] == [
        ("transfer_to_hospital", 1),
        ("trace_contacts", 1),
        ("convert", 2),
    ]
    assert course_of(snapshot.persons[1], snapshot, t("15:00", 8)).result.clause == "3.1"
    assert snapshot.persons[1].stage == "site"
    assert answer.entry.abnormal
    # the link is followed by the record of the close contact itself
    assert course_of(snapshot.persons[2], snapshot, t("15:00", 8)).result.clause == "3.2a"
    assert {each.person.id for each in queue(snapshot, t("15:00", 8))} == {1, 2}


def test_a_secondary_contact_waits_for_the_close_one_and_is_released_with_him() -> None:
    close = someone(1, "none", facts=facts_of("none", contact="close"))
    secondary = someone(2, "none", facts=facts_of("none", contact="secondary", linked=(Linked(id="person-1"),)))
    snapshot = the_desk(close, secondary, LEADER)
    for number, clause in ((1, "3.2a"), (2, "3.2b")):
        where: dict[str, Any] = {"site_id": 1, "room": number} if number == 1 else {}
        if number == 2:
            _, snapshot = run(snapshot, t("20:45"), moved(1))
            where = {"site_id": 1, "room": 2}
        command = Confirm(person_id=number, clause=clause, officer_name="王芳", **where)
        _, snapshot = run(snapshot, t("20:50") if number == 2 else t("19:40"), command)
    _, snapshot = run(snapshot, t("22:00"), moved(2, arrived_at=t("21:30")))
    for number, days in ((1, (8, 11, 14, 21)), (2, (8, 11, 14))):
        for day in days:
            _, snapshot = run(snapshot, t("20:00", day), sample(day, number=number))
    _, snapshot = run(snapshot, t("20:00", 21), sample(21, "serum"))
    _, snapshot = run(snapshot, t("20:00", 14), sample(14, "serum", number=2))
    blocked = gate_of(snapshot.persons[2], snapshot, t("09:00", 21))
    assert blocked is not None and not blocked.may_release
    release = Release(person_id=1, leader_id=LI, cadres=("镇干部", "周干部"), vehicle="湘K1")
    _, snapshot = run(snapshot, t("09:00", 22), release)
    (linked,) = after_leaving(snapshot, snapshot.persons[1], t("09:00", 22))
    assert (linked.kind, linked.person_id, linked.clause, linked.at_once) == ("release_linked", 2, "3.2b", True)
    free = gate_of(snapshot.persons[2], snapshot, t("09:00", 22))
    assert free is not None and free.may_release
    _, snapshot = run(snapshot, t("09:30", 22), Release(person_id=2, leader_id=LI))
    assert snapshot.persons[2].stage == "closed"  # 次密接自动解除: no home stage is written


# ---------------------------------------------------------------- release


def done_with_tests() -> Snapshot:
    snapshot = at_site("3.5")
    for command in (sample(8), sample(21), sample(21, "serum")):
        _, snapshot = run(snapshot, t("20:00", command.sampled_on.day), command)
    return snapshot


HOME = Release(person_id=1, leader_id=LI, cadres=("镇干部", "周干部"), vehicle="湘K12345")


def test_a_full_stage_is_owed_a_release_on_the_day_after() -> None:
    snapshot = done_with_tests()
    assert list(releases(snapshot, t("23:59", 21))) == []
    (owed,) = releases(snapshot, t("00:00", 22))
    assert (owed.id, owed.kind, owed.state, owed.clause) == ("release/person-1/2021-06-22", "release", "open", "3.5")
    assert [each.state for each in releases(snapshot, t("24:00", 22))] == ["late"]


@pytest.mark.parametrize(
    ("now", "command", "code", "blockers"),
    [
        (t("23:59", 21), HOME, "gate_closed", ["day_not_full"]),
        (t("09:00", 22), replace(HOME, vehicle=""), "gate_closed", ["no_vehicle"]),
        (t("09:00", 22), replace(HOME, cadres=("镇干部", " ")), "supervisor_needed", None),
        (t("09:00", 22), replace(HOME, cadres=(), override="急"), "supervisor_needed", None),
        (t("09:00", 22), replace(HOME, leader_id=WANG), "only_leader", None),
        (t("09:00", 22), replace(HOME, leader_id=77), "unknown_officer", None),
        (t("09:00", 22), replace(HOME, person_id=77), "unknown_person", None),
    ],
)
def test_a_release_that_may_not_be(now: datetime, command: Release, code: str, blockers: list[str] | None) -> None:
    answer = refusal(done_with_tests(), now, command)
    assert answer.code == code
    assert answer.fields.get("blockers") == blockers


def test_home_days_begin_with_the_real_move() -> None:
    for day, last in ((22, "2021-06-28"), (24, "2021-06-30")):
        _, snapshot = run(done_with_tests(), t("09:00", day), HOME)
        home = snapshot.persons[1]
        assert (home.stage, home.home_from, home.home_cadre) == ("home", date(2021, 6, day), "周干部")
        assert (home.site_id, home.room, home.released_early) == (None, None, False)
        stage = course_of(home, snapshot, t("09:00", day)).plan.stage("home")
        assert stage is not None and str(stage.last) == last
        full = gate_of(home, snapshot, t("23:00", int(last[-2:])))
        assert full is not None and [each.code for each in full.blockers] == ["day_not_full"]
    after = t("09:00", date(2021, 7, 1))
    (owed,) = releases(snapshot, after)
    assert owed.id == "release/person-1/2021-07-01"
    _, snapshot = run(snapshot, after, Release(person_id=1, leader_id=LI))
    assert snapshot.persons[1].stage == "closed"


def test_an_override_is_a_leaders_reason_and_stays_visible() -> None:
    answer, snapshot = run(done_with_tests(), t("12:00", 20), replace(HOME, override="指挥部会议决定"))
    entry = answer.entry
    assert (entry.text, entry.abnormal, entry.done_by) == ("指挥部会议决定", True, "李建国")
    assert isinstance(entry.told, Released) and entry.told.overridden == ("day_not_full",)
    assert snapshot.persons[1].released_early is True


def test_the_leaders_seat_lets_nobody_release() -> None:
    snapshot = done_with_tests().applied(50, [shift(1, "leader", WANG, t("08:00", 22), t("20:00", 22))])
    assert refusal(snapshot, t("09:00", 22), replace(HOME, leader_id=WANG)).code == "only_leader"


def test_three_seven_b_leaves_when_negative_and_cleared() -> None:
    snapshot = at_site("3.7b")
    _, snapshot = run(snapshot, t("20:00", 8), sample(8))
    assert list(releases(snapshot, t("20:00", 8))) == []
    cleared = replace(snapshot.persons[1], facts=replace(snapshot.persons[1].facts, investigation="clean"))
    snapshot = snapshot.applied(snapshot.seq + 1, [cleared])
    (owed,) = releases(snapshot, t("20:00", 8))
    assert owed.id == "release/person-1/2021-06-08"
    _, snapshot = run(snapshot, t("20:10", 8), HOME)
    assert snapshot.persons[1].stage == "home"


def test_a_history_checked_days_later_makes_the_release_of_that_day_and_no_late_one() -> None:
    snapshot = at_site("3.7b")
    _, snapshot = run(snapshot, t("20:00", 8), sample(8))
    known = snapshot.persons[1]
    told = PersonData(name=known.name, officer_name="王芳", facts=replace(known.facts, investigation="clean"))
    snapshot = act(snapshot, Correct(person_id=1, person=told, reason="已排查"), t("10:00", 10))
    (owed,) = releases(snapshot, t("10:00", 10))
    assert (owed.id, owed.state) == ("release/person-1/2021-06-10", "open")
    renamed = PersonData(name="李大", officer_name="王芳", facts=snapshot.persons[1].facts)
    snapshot = act(snapshot, Correct(person_id=1, person=renamed, reason="姓名有误"), t("10:00", 11))
    assert [each.state for each in releases(snapshot, t("10:00", 11))] == ["late"]


# ---------------------------------------------------------------- rooms


@pytest.mark.parametrize(("inside", "owed"), [(7, False), (8, True)])
def test_from_eighty_in_a_hundred_on_a_standby_site_is_considered(inside: int, owed: bool) -> None:
    people = [person(n, stage="site", site_id=1, room=n, admitted_on=date(2021, 6, 7)) for n in range(1, inside + 1)]
    snapshot = the_desk(*people)
    rows = by_id(rooms_owed(snapshot, t("12:00")))
    assert list(rows) == (["rooms/post/2021-06-07"] if owed else [])
    assert all((row.count, row.total, row.clause) == (8, 10, "4.2") for row in rows.values())


def crowded() -> Snapshot:
    people = [person(n, stage="site", site_id=1, room=n, admitted_on=date(2021, 6, 7)) for n in range(1, 9)]
    return the_desk(*people)


def test_opening_a_standby_site_or_saying_why_not_answers_the_forecast() -> None:
    owed_id, now = "rooms/post/2021-06-07", t("12:00")
    assert by_id(rooms_owed(crowded(), now))[owed_id].state == "open"
    opened = act(crowded(), SetSiteState(site_id=2, state="active", reason="床位不足，启用备用点"), now)
    (row,) = rooms_owed(opened, now)
    assert (row.state, opened.entries[row.entry or 0].kind) == ("done", "site")
    answer = refused(crowded(), Discharge(obligation=owed_id), now)
    assert answer.code == "note_needed"
    kept = act(crowded(), Discharge(obligation=owed_id, text="明日 5 人解除，暂不启用"), now)
    (row,) = rooms_owed(kept, now)
    assert (row.state, kept.entries[row.entry or 0].told) == ("done", RoomsConsidered(held=8, rooms=10))
    assert refused(kept, Discharge(obligation=owed_id, text="再"), now).code == "already_done"
    assert refused(the_desk(), Discharge(obligation=owed_id, text="无"), now).code == "unknown_obligation"
    assert [each.state for each in rooms_owed(kept, t("08:00", 8))] == ["open"]  # asked again on the next day


def test_those_to_come_count_against_the_rooms() -> None:
    snapshot = the_desk(*(someone(n, "3.5") for n in range(1, 12)))
    assert (forecast(snapshot, t("19:00")).coming, forecast(snapshot, t("19:00")).free) == (11, -1)
    assert by_id(rooms_owed(snapshot, t("19:00")))
    assert forecast(at_site("3.6"), t("09:00", 12)).leaving == 0
    assert forecast(at_site("3.6"), t("09:00", 13)).leaving == 1  # day 7 is the 14th, full at midnight before the 15th
    site = at_site("3.6").sites[1]
    assert free_by_day(at_site("3.6"), site, t("09:00", 13), 3) == (9, 10, 10)  # free on the 15th, not on the 14th
    assert free_by_day(at_site("3.6"), site, t("09:00", 10), 3) == (9, 9, 9)


def test_everything_of_a_closed_person_is_over() -> None:
    snapshot = the_desk(someone(1, "3.5", stage="closed", closed_at=t("12:00")))
    assert list(of_people(snapshot, t("12:00", 20))) == []
    area = Area(id=9, code="420106", name="湖北省武汉市武昌区", level="high", starts=date(2021, 6, 7))
    assert list(of_people(snapshot.applied(9, [area, site(3)]), t("12:00", 20))) == []


def test_what_brought_him_to_the_hospital_is_no_new_positive_once_he_is_discharged() -> None:
    """A PCR of the 8th sent him to the hospital; discharged on the 20th he goes on to a site, unless one of that day or
    later is positive again (O35)."""
    ill = facts_of("3.8b", arrival_pcr=ArrivalPcr(sampled_on=date(2021, 6, 8), result="positive"))
    well = replace(ill, case_status="discharged", discharged_on=date(2021, 6, 20))
    again = replace(well, arrival_pcr=ArrivalPcr(sampled_on=date(2021, 6, 20), result="positive"))
    undated = replace(well, arrival_pcr=ArrivalPcr(result="positive"))
    found = []
    for facts in (ill, well, again, undated):
        snapshot = the_desk(someone(1, "3.8b", facts=facts))
        result = course_of(snapshot.persons[1], snapshot, t("09:00", 20)).result
        found.append((result.clause, result.first_place, [reason.code for reason in result.reasons]))
    assert found == [
        ("3.1", "hospital", []),
        ("3.1", "site", []),
        (None, None, ["positive_after_discharge"]),
        (None, None, ["positive_after_discharge"]),
    ]


def test_the_check_of_history_is_owed_once_it_alone_keeps_somebody_at_a_site() -> None:
    """三（七）: the negative PCR and the history excluded; with the first alone nothing else stood on the board."""
    snapshot = at_site("3.7b")
    assert "history" not in {each.kind for each in of_people(snapshot, t("20:45"))}
    _, snapshot = run(snapshot, t("21:00"), sample(7))
    (owed,) = [each for each in of_people(snapshot, t("21:00")) if each.kind == "history"]
    assert (owed.clause, owed.state, owed.opens, owed.due) == ("3.7b", "open", t("19:40"), t("24:00"))
    assert owed.id == "history/person-1/2021-06-07"  # the day that it belongs to, not the one that begins at its end
    assert [o.state for o in of_people(snapshot, t("00:00", 8)) if o.kind == "history"] == ["late"]
    assert [o.state for o in of_people(snapshot, t("09:00", 9)) if o.kind == "history"] == ["late"]
    clean = replace(snapshot.persons[1].facts, investigation="clean")
    checked = snapshot.applied(9, [replace(snapshot.persons[1], facts=clean)])
    assert [o.kind for o in of_people(checked, t("21:00")) if o.state in OWED] == ["release"]


def test_a_green_code_to_pass_keeps_nobody_at_a_site_from_going_home() -> None:
    """三（十） beside 三（八）: the double green code is asked where 三（八） lets somebody pass, not at a site."""
    yellow = facts_of("3.8b", health_code="yellow")
    snapshot = the_desk(someone(1, "3.8b", facts=yellow), LEADER)
    result = course_of(snapshot.persons[1], snapshot, t("19:40")).result
    assert (result.clause, "3.8b" in result.also) == ("3.10", True)
    _, snapshot = run(snapshot, t("19:40"), Confirm(person_id=1, clause="3.10", officer_name="王芳", site_id=1, room=1))
    _, snapshot = run(snapshot, t("20:45"), moved())
    found = gate_of(snapshot.persons[1], snapshot, t("09:00", 15))
    assert found is not None
    assert "condition_open" not in {each.code for each in found.blockers}
