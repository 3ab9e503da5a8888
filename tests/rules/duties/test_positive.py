"""One positive, one release: everything that follows shown as a whole and carried out as one act (O9, O16 to O19)."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from dutyboard.rules.duties.duty import OfPerson
from dutyboard.rules.duties.person.positive import Consequence, after_leaving, consequences, earlier_release
from dutyboard.rules.duties.person.queue import queue
from dutyboard.rules.duties.person.road import owed_for as _owed_rides
from dutyboard.rules.duties.person.tests import owed_for as _samples_owed
from dutyboard.rules.duties.person.tracing import owed_for as _traces_owed
from dutyboard.rules.law.facts import Linked, PcrCert
from dutyboard.rules.people.course import course_of, fresh_course
from dutyboard.rules.people.leaving import gate_of
from dutyboard.rules.people.rooms import room_mates
from dutyboard.rules.records.commands.person import (
    ActOnPositive,
    Confirm,
    Correct,
    HandOff,
    PersonData,
    Release,
    TraceContacts,
)
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.stays import Lodging, Road
from dutyboard.rules.records.told.person import Assessed, ConfirmedTest, HandedOff, PositiveActed, Released
from tests.rules.desks import LI, act, refused, t
from tests.rules.duties.test_care import LEADER, moved, sample
from tests.rules.duties.test_queue import facts_of, someone, the_desk

owed_rides = OfPerson(_owed_rides).owed
samples_owed = OfPerson(_samples_owed).owed
traces_owed = OfPerson(_traces_owed).owed

POSITIVE = t("15:00", 8)


def secondary(number: int, *close: str) -> Person:
    linked = tuple(Linked(id=each) for each in close)
    return someone(number, "none", facts=facts_of("none", contact="secondary", linked=linked))


def into_room(snapshot: Snapshot, number: int, clause: str, room: int, shared: str = "") -> Snapshot:
    command = Confirm(person_id=number, clause=clause, officer_name="王芳", site_id=1, room=room, shared=shared)
    return act(act(snapshot, command, t("19:40")), moved(number), t("20:45"))


def with_positive(*others: Person) -> Snapshot:
    """A close contact (1) in room 1 with a room-mate (2), two secondary contacts: one in a room (3), one in the queue
    (4); on the next day his PCR is positive."""
    close = someone(1, "none", facts=facts_of("none", contact="close"))
    mate = someone(2, "3.5")
    snapshot = the_desk(close, mate, secondary(3, "person-1"), secondary(4, "1"), *others, LEADER)
    snapshot = into_room(snapshot, 1, "3.2a", 1)
    snapshot = into_room(snapshot, 2, "3.5", 1, shared="母子同住")
    snapshot = into_room(snapshot, 3, "3.2b", 3)
    return act(snapshot, sample(8, result="positive"), POSITIVE)


def by_id(found: tuple[Consequence, ...]) -> dict[str, Consequence]:
    return {each.id: each for each in found}


def test_a_positive_shows_every_consequence_with_what_it_changes() -> None:
    snapshot = with_positive()
    found = by_id(consequences(snapshot, snapshot.persons[1], POSITIVE))
    assert {key: each.at_once for key, each in found.items()} == {
        "transfer_to_hospital/person-1": True,
        "trace_contacts/person-1": True,
        "convert/person-3": True,
        "convert/person-4": False,  # no room yet: the queue is where he gets one
        "stop_releases/person-2": True,
    }
    parts = {each.part: (each.before, each.after) for each in found["convert/person-3"].changes}
    assert parts["clause"] == ("3.2b", "3.2a")
    gone, added = parts["tests"]
    assert {("pcr", date(2021, 6, 8)), ("pcr", date(2021, 6, 21))} & set(added) == {("pcr", date(2021, 6, 21))}
    assert ("serum", date(2021, 6, 14)) in gone and ("serum", date(2021, 6, 21)) in added
    assert {each.part for each in found["transfer_to_hospital/person-1"].changes} >= {"clause", "first_place"}


def test_the_form_shows_them_before_the_result_is_written() -> None:
    before = with_positive()
    told = before.persons[1]
    unknowing = before.applied(before.seq + 1, [replace(told, facts=replace(told.facts, tests=()))])
    shown = consequences(unknowing, unknowing.persons[1], POSITIVE, date(2021, 6, 8))
    assert by_id(shown) == by_id(consequences(before, told, POSITIVE))
    assert consequences(unknowing, unknowing.persons[1], POSITIVE) == ()


def carried_out() -> Snapshot:
    snapshot = with_positive()
    shown = tuple(each.id for each in consequences(snapshot, snapshot.persons[1], POSITIVE))
    return act(snapshot, ActOnPositive(person_id=1, shown=shown), t("15:10", 8))


def test_one_act_carries_them_all_out_and_leaves_nothing_to_carry_out() -> None:
    snapshot = carried_out()
    sick, mate, converted, queued = (snapshot.persons[n] for n in (1, 2, 3, 4))
    assert (sick.stage, sick.site_id, sick.assessment and sick.assessment.clause) == ("transfer", None, "3.1")
    rides = [o for o in owed_rides(snapshot, t("15:10", 8)) if o.subject_id == "person-1"]
    assert [(o.kind, o.priority) for o in rides] == [("transfer", "red")], "a positive stands above all else"
    assert (converted.stage, converted.room, converted.assessment and converted.assessment.clause) == (
        "site",
        3,
        "3.2a",
    )
    assert converted.admitted_on == date(2021, 6, 7)  # his own count goes on (O18)
    assert queued.stage == "pending"
    assert mate.stopped_by == "person-1"
    (entry,) = [each for each in snapshot.entries.values() if each.kind == "positive"]
    assert entry.subject == "person-1"
    assert isinstance(entry.told, PositiveActed) and entry.told.queued == ("convert/person-4",)
    assert consequences(snapshot, sick, t("15:11", 8)) == ()
    again = refused(snapshot, ActOnPositive(person_id=1, shown=()), t("15:12", 8))
    assert again.code == "nothing_follows"


@pytest.mark.parametrize("symptoms", ["none", "present"])  # to the hospital, or asked about first
def test_whom_another_county_has_received_is_moved_by_that_county(symptoms: str) -> None:
    """What is ours is carried out; he stays where he is, and the letter stays owed."""
    before = with_positive()
    close = before.persons[1]
    left = Lodging(stage="site", site_id=1, room=1)
    road = Road(
        left_at=t("09:00", 8),
        to="county",
        place="娄底市",
        vehicle="湘K1",
        driver="赵",
        left=left,
        arrived_at=t("11:00", 8),
    )
    told = replace(close.facts, symptoms=symptoms)  # type: ignore[arg-type]
    gone = replace(close, stage="away", site_id=None, room=None, road=road, facts=told)
    snapshot = before.applied(before.seq, [gone])
    shown = tuple(each.id for each in consequences(snapshot, gone, POSITIVE))
    after = act(snapshot, ActOnPositive(person_id=1, shown=shown), t("15:10", 8))
    assert (after.persons[1].stage, after.persons[1].road) == ("away", road)
    assert [each.kind for each in owed_rides(after, t("15:10", 8)) if each.subject_id == "person-1"] == ["transfer"]
    assert after.persons[3].assessment != snapshot.persons[3].assessment


def test_a_list_that_has_changed_since_it_was_shown_is_refused() -> None:
    snapshot = with_positive()
    shown = tuple(each.id for each in consequences(snapshot, snapshot.persons[1], POSITIVE))
    late = snapshot.applied(snapshot.seq + 1, [secondary(5, "person-1")])
    answer = refused(late, ActOnPositive(person_id=1, shown=shown), t("15:10", 8))
    assert (answer.code, answer.fields) == ("items_changed", {"added": ["convert/person-5"], "gone": []})


def test_who_has_no_officer_is_moved_under_none() -> None:
    found = someone(1, "none", facts=facts_of("none", pcr=PcrCert(result="positive")))
    snapshot = the_desk(found, LEADER)
    shown = tuple(each.id for each in consequences(snapshot, found, POSITIVE))
    assert shown == ("transfer_to_hospital/person-1", "trace_contacts/person-1")
    assert refused(snapshot, ActOnPositive(person_id=1, shown=shown), POSITIVE).code == "officer_needed"
    moving = act(snapshot, ActOnPositive(person_id=1, shown=shown, officer_name="王芳"), POSITIVE)
    assert (moving.persons[1].stage, moving.persons[1].officer_name) == ("transfer", "王芳")


def test_a_stopped_room_mate_waits_for_a_new_assessment() -> None:
    snapshot = carried_out()
    now = t("09:00", 22)
    assert 2 in {each.person.id for each in queue(snapshot, now)}
    blocked = gate_of(snapshot.persons[2], snapshot, now)
    assert blocked is not None and "room_stopped" in [each.code for each in blocked.blockers]
    assessed = act(snapshot, Confirm(person_id=2, clause="3.5", officer_name="王芳"), now)
    gate = gate_of(assessed.persons[2], assessed, now)
    assert gate is not None and "room_stopped" not in [each.code for each in gate.blockers]


def test_a_room_is_shared_only_on_purpose_and_counts_once() -> None:
    from dutyboard.rules.people.rooms import occupancy

    snapshot = into_room(the_desk(someone(1, "3.5"), someone(2, "3.5")), 1, "3.5", 1)
    alone = Confirm(person_id=2, clause="3.5", officer_name="王芳", site_id=1, room=1)
    assert refused(snapshot, alone, t("19:50")).code == "room_taken"
    both = act(snapshot, replace(alone, shared="母子同住"), t("19:50"))
    assert occupancy(both).held == 1
    assert [each.id for each in room_mates(both.persons[1], both)] == [2]
    (entry,) = [each for each in both.entries.values() if isinstance(each.told, Assessed) and each.told.shared]
    assert entry.subject == "person-2"


# ---------------------------------------------------------------- contacts to trace


def test_the_contacts_of_a_positive_are_owed_until_somebody_says_how_many() -> None:
    snapshot = with_positive()
    (owed,) = traces_owed(snapshot, POSITIVE)
    assert (owed.id, owed.kind, owed.clause, owed.state) == ("trace/person-1/2021-06-08", "trace", "3.2a", "open")
    assert owed.due == t("24:00", 9)
    told = TraceContacts(person_id=1, contacts=0, told="市疾控")
    assert refused(snapshot, replace(told, told=" "), POSITIVE).code == "figures_needed"
    assert refused(snapshot, replace(told, contacts=-1), POSITIVE).code == "bad_figure"
    assert refused(snapshot, replace(told, happened_at=t("16:00", 8)), POSITIVE).code == "in_future"
    assert refused(snapshot, replace(told, person_id=3), POSITIVE).code == "nothing_follows"
    done = act(snapshot, told, POSITIVE)
    assert [each.state for each in traces_owed(done, POSITIVE)] == ["done"]
    assert refused(done, told, t("16:00", 8)).code == "already_done"


def test_the_contacts_of_a_positive_from_before_are_owed_from_his_registration() -> None:
    """A desk owes nothing before it knows of anybody: a certificate of May is not three weeks late in June."""
    facts = facts_of(
        "none", pcr=PcrCert(result="positive", sampled_at=t("09:00", date(2021, 5, 16)).replace(tzinfo=None))
    )
    registered = t("18:00")
    snapshot = the_desk(someone(1, "none", facts=facts, registered_at=registered))
    (owed,) = traces_owed(snapshot, t("19:00"))
    assert owed.due == t("18:00", 9)
    assert owed.state == "open"


# ---------------------------------------------------------------- a release


def released(number: int = 1) -> tuple[Snapshot, Release]:
    """Close contact 1 with all his tests; secondary contacts 2 (all tests), 3 (one missing) and 4 (waits for 9)."""
    close = someone(1, "none", facts=facts_of("none", contact="close"))
    other = someone(9, "none", facts=facts_of("none", contact="close"))
    linked = (secondary(2, "person-1"), secondary(3, "person-1"), secondary(4, "person-1", "person-9"))
    snapshot = the_desk(close, other, *linked, LEADER)
    for each, clause in ((1, "3.2a"), (9, "3.2a"), (2, "3.2b"), (3, "3.2b"), (4, "3.2b")):
        snapshot = into_room(snapshot, each, clause, each)
    due = {1: (8, 11, 14, 21), 2: (8, 11, 14), 3: (8, 11), 4: (8, 11, 14)}
    for each, days in due.items():
        for day in days:
            snapshot = act(snapshot, sample(day, number=each), t("20:00", day))
        serum = 21 if each == 1 else 14
        snapshot = act(snapshot, sample(serum, "serum", number=each), t("20:00", serum))
    return snapshot, Release(person_id=number, leader_id=LI, cadres=("镇干部", "周干部"), vehicle="湘K1")


def test_a_release_takes_the_linked_with_it_as_one_act() -> None:
    snapshot, release = released()
    now = t("09:00", 22)
    after = act(snapshot, replace(release, linked=(2,)), now)
    assert {n: after.persons[n].stage for n in (1, 2, 3, 4)} == {1: "home", 2: "closed", 3: "site", 4: "site"}
    entries = [each for each in after.entries.values() if isinstance(each.told, Released)]
    assert [(each.subject, each.told.linked_to) for each in entries if isinstance(each.told, Released)] == [
        ("person-1", None),
        ("person-2", "person-1"),
    ]
    assert after.persons[2].released_early is False


@pytest.mark.parametrize(("number", "codes"), [(3, ["test_missing"]), (4, ["waits_for"]), (9, ["waits_for"])])
def test_nobody_is_released_with_another_through_a_closed_gate(number: int, codes: list[str]) -> None:
    snapshot, release = released()
    answer = refused(snapshot, replace(release, linked=(number,)), t("09:00", 22))
    assert (answer.code, answer.fields["blockers"]) == ("gate_closed", codes)


def test_what_a_release_means_is_shown_with_what_still_blocks() -> None:
    snapshot, _ = released()
    gone = replace(snapshot.persons[1], stage="home", site_id=None, room=None, home_from=date(2021, 6, 22))
    found = by_id(after_leaving(snapshot, gone, t("09:00", 22)))
    assert {key: (each.at_once, each.waits_for) for key, each in found.items()} == {
        "release_linked/person-2": (True, ()),
        "release_linked/person-3": (False, ()),
        "waits/person-4": (False, ("person-9",)),
    }
    assert [each.code for each in found["release_linked/person-3"].blockers] == ["test_missing"]
    early = replace(gone, released_early=True, home_from=date(2021, 6, 10))
    assert {each.kind for each in after_leaving(snapshot, early, t("09:00", 10))} >= {"ask"}


def test_a_late_sample_needs_the_leaders_word_and_no_override() -> None:
    snapshot = into_room(the_desk(someone(1, "3.6"), LEADER), 1, "3.6", 1)
    snapshot = act(snapshot, sample(9), t("20:00", 9))
    snapshot = act(snapshot, sample(14), t("20:00", 14))
    release = Release(person_id=1, leader_id=LI, cadres=("镇干部", "周干部"), vehicle="湘K1")
    answer = refused(snapshot, release, t("09:00", 15))
    assert answer.fields["blockers"] == ["late_sample"]
    free = act(snapshot, replace(release, late_confirmed=True), t("09:00", 15))
    assert (free.persons[1].stage, free.persons[1].released_early) == ("home", False)
    told = free.entries[max(free.entries)].told
    assert isinstance(told, Released) and told.late_confirmed
    assert told.confirmed == (ConfirmedTest(type="pcr", stage="site", day=date(2021, 6, 8), missed=False),)


def test_a_missed_sample_is_settled_by_a_named_confirmation_alone() -> None:
    """Day 4 of a close contact passes without a sample: it stays owed, and the leader confirms it by name (O11)."""
    close = someone(1, "none", facts=facts_of("none", contact="close"))
    snapshot = into_room(the_desk(close, LEADER), 1, "3.2a", 1)
    for day in (8, 14, 21):
        snapshot = act(snapshot, sample(day), t("20:00", day))
    snapshot = act(snapshot, sample(21, "serum"), t("20:00", 21))
    (owed,) = samples_owed(snapshot, t("09:00", 22))
    assert (owed.id, owed.state, owed.closes) == ("test-pcr/person-1/2021-06-11", "missed", t("00:00", 14))
    release = Release(person_id=1, leader_id=LI, cadres=("镇干部", "周干部"), vehicle="湘K1")
    assert refused(snapshot, release, t("09:00", 22)).fields["blockers"] == ["missed_sample"]
    free = act(snapshot, replace(release, late_confirmed=True), t("09:00", 22))
    told = free.entries[max(free.entries)].told
    assert isinstance(told, Released)
    assert told.confirmed == (ConfirmedTest(type="pcr", stage="site", day=date(2021, 6, 11), missed=True),)
    assert free.persons[1].stage == "home"


def test_the_command_post_sees_when_national_practice_would_let_him_go() -> None:
    close = someone(1, "none", facts=facts_of("none", contact="close"))
    snapshot = into_room(the_desk(close, secondary(2, "person-1"), LEADER), 1, "3.2a", 1)
    snapshot = into_room(snapshot, 2, "3.2b", 2)
    for number, day in ((1, 8), (2, 8), (2, 11), (2, 14)):
        snapshot = act(snapshot, sample(day, number=number), t("20:00", day))
    now = t("09:00", 15)
    assert earlier_release(snapshot, snapshot.persons[2], now) is None  # the close contact has one negative of two
    met = act(snapshot, sample(12, number=1), t("20:00", 14))
    assert earlier_release(met, met.persons[2], now) == date(2021, 6, 15)
    assert earlier_release(met, met.persons[1], now) is None
    gate = gate_of(met.persons[2], met, now)
    assert gate is not None and not gate.may_release  # shown, never applied (O13, a)
    stranger = replace(met.persons[2], facts=replace(met.persons[2].facts, linked=(Linked(id="C9"),)))
    assert earlier_release(met, stranger, now) is None


# ---------------------------------------------------------------- out of the desk's charge


def test_a_record_stays_open_until_the_letter_is_written_down() -> None:
    close = someone(1, "none", facts=facts_of("none", contact="close"))
    snapshot = into_room(the_desk(close, secondary(2, "person-1"), LEADER), 1, "3.2a", 1)
    snapshot = into_room(snapshot, 2, "3.2b", 2)
    now = t("10:00", 10)
    letter = HandOff(person_id=1, leader_id=LI, letter="娄底疫防函〔2021〕3 号", to="娄底市指挥部")
    assert refused(snapshot, replace(letter, letter=" "), now).fields == {"names": ["letter"]}
    assert refused(snapshot, replace(letter, to=""), now).fields == {"names": ["to"]}
    assert refused(snapshot, replace(letter, leader_id=4), now).code == "only_leader"
    assert refused(snapshot, replace(letter, person_id=77), now).code == "unknown_person"
    gone = act(snapshot, letter, now)
    assert (gone.persons[1].stage, gone.persons[1].room, gone.persons[1].released_early) == ("closed", None, True)
    assert gone.entries[max(gone.entries)].told == HandedOff(
        from_="site", leader_id=LI, died=False, letter="娄底疫防函〔2021〕3 号", to="娄底市指挥部"
    )
    # he was not released: his secondary contact is asked about and stays (O17)
    course = course_of(gone.persons[2], gone, now)
    assert [each.code for each in course.result.reasons] == ["linked_contact_released_early"]
    assert refused(gone, letter, now).code == "wrong_stage"
    died = act(snapshot, replace(letter, to="", died=True), now)
    assert died.persons[1].stage == "closed"


# ---------------------------------------------------------------- facts that change


def test_a_final_result_becomes_another_only_with_a_reason() -> None:
    snapshot = act(into_room(the_desk(someone(1, "3.6")), 1, "3.6", 1), sample(8), t("12:00", 8))
    other = sample(8, result="indeterminate")
    assert refused(snapshot, other, t("13:00", 8)).code == "reason_needed"
    changed = act(snapshot, replace(other, reason="实验室更正"), t("13:00", 8))
    assert changed.persons[1].facts.tests[0].result == "indeterminate"
    assert changed.entries[max(changed.entries)].text == "实验室更正"
    assert refused(snapshot, sample(8), t("13:00", 8)).code == "already_done"


def test_a_move_between_rooms_keeps_the_days() -> None:
    snapshot = into_room(the_desk(someone(1, "3.6")), 1, "3.6", 1)
    command = Confirm(person_id=1, clause="3.6", officer_name="王芳", site_id=1, room=7)
    snapshot = act(snapshot, command, t("09:00", 10))
    assert snapshot.persons[1].stage == "transfer"
    snapshot = act(snapshot, moved(1, left_at=t("09:10", 10), arrived_at=t("09:30", 10)), t("10:00", 10))
    assert (snapshot.persons[1].room, snapshot.persons[1].admitted_on) == (7, date(2021, 6, 7))
    course = course_of(snapshot.persons[1], snapshot, t("10:00", 10))
    assert course.result.dates.site_last == date(2021, 6, 14)


def test_a_correction_tells_what_it_does_before_a_reason_is_given() -> None:
    from dutyboard.rules.duties.person.correction import corrected
    from dutyboard.rules.people.changes import before_after

    snapshot = into_room(the_desk(someone(1, "3.6")), 1, "3.6", 1)
    person = snapshot.persons[1]
    draft = PersonData(name=person.name, officer_name="王芳", facts=replace(person.facts, health_code="red"))
    now: datetime = t("09:00", 8)
    new = corrected(person, draft, snapshot, now)
    changes = before_after(course_of(person, snapshot, now), fresh_course(new, snapshot, now))
    told = {each.part: (each.before, each.after) for each in changes}
    assert told["clause"] == ("3.6", "3.9")
    assert told["site_last"] == (date(2021, 6, 14), date(2021, 6, 21))
    assert told["free_from"] == (date(2021, 6, 22), date(2021, 6, 29))
    assert ("serum", date(2021, 6, 21)) in told["tests"][1]  # type: ignore[operator,index]
    answer = refused(snapshot, Correct(person_id=1, person=draft), now)
    assert isinstance(answer, Refusal) and answer.code == "reason_needed"
    assert person.facts.health_code == "green"


def test_a_second_move_of_one_day_is_owed_though_the_first_is_written_down() -> None:
    """Moved to a site at noon and positive at one: the way to the hospital stands open on the board."""
    snapshot = the_desk(someone(1, "none", facts=facts_of("none", contact="close")), LEADER)
    snapshot = act(snapshot, Confirm(person_id=1, clause="3.2a", officer_name="王芳", site_id=1, room=1), t("11:00"))
    snapshot = act(snapshot, replace(moved(1), left_at=t("11:30"), arrived_at=t("12:00")), t("12:01"))
    snapshot = act(snapshot, sample(7, result="positive"), t("13:00"))
    shown = tuple(each.id for each in consequences(snapshot, snapshot.persons[1], t("13:00")))
    snapshot = act(snapshot, ActOnPositive(person_id=1, shown=shown), t("13:05"))
    (owed,) = [o for o in owed_rides(snapshot, t("13:10")) if o.subject_id == "person-1"]
    assert (owed.id, owed.state) == ("transfer/person-1/2021-06-07", "open")


def test_a_secondary_contact_stays_while_his_close_contact_s_last_sample_is_missing() -> None:
    """密接解除，次密接自动解除: nobody has released the close contact, whatever the calendar says."""
    snapshot = the_desk(someone(1, "none", facts=facts_of("none", contact="close")), secondary(2, "person-1"), LEADER)
    snapshot = into_room(into_room(snapshot, 1, "3.2a", 1), 2, "3.2b", 2)
    for number in (8, 11, 14):
        for person in (1, 2):
            snapshot = act(snapshot, replace(sample(number), person_id=person), t("09:00", number))
    snapshot = act(snapshot, replace(sample(14, "serum"), person_id=2), t("10:00", 14))
    kept = gate_of(snapshot.persons[2], snapshot, t("09:00", 23))
    assert kept is not None and [(each.code, each.about) for each in kept.blockers] == [("waits_for", "person-1")]
    refusal = refused(snapshot, Release(person_id=2, leader_id=LI), t("09:00", 23))
    assert refusal.code == "gate_closed"
