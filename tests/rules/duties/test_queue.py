"""From a person found to a person placed: the queue, what is owed, registering, correcting, confirming."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from dutyboard.rules.duties.duty import OfPerson
from dutyboard.rules.duties.person.correction import decide_correct
from dutyboard.rules.duties.person.placement import decide_confirm
from dutyboard.rules.duties.person.queue import owed_for as _owed_of_screening
from dutyboard.rules.duties.person.queue import queue
from dutyboard.rules.duties.person.referral import owed_for as _owed_answers
from dutyboard.rules.duties.person.registration import decide_register
from dutyboard.rules.duties.person.road import owed_for as _owed_rides
from dutyboard.rules.law.explain import open_facts
from dutyboard.rules.law.facts import ArrivalPcr, Facts, PcrCert, Stay
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.people.cadres import cadres_of, phone_told_of
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.identity import IDENTITY
from dutyboard.rules.people.rooms import free_rooms, occupancy
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.person import Assign, Confirm, Correct, PersonData, Register
from dutyboard.rules.records.model import Area, Person, Unit
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.stays import Road
from dutyboard.rules.records.told.person import Corrected
from dutyboard.rules.records.transaction import Accepted
from tests.rules.desks import ADMIN, WANG, act, actor, desk, person, refused, site, t, unit

owed_of_screening = OfPerson(_owed_of_screening).owed
owed_answers = OfPerson(_owed_answers).owed
owed_rides = OfPerson(_owed_rides).owed

NOW = t("19:40")
AREAS = (
    Area(id=1, code="440103", name="广东省广州市荔湾区白鹤洞街道", level="high", starts=date(2021, 6, 5)),
    Area(id=2, code="440105", name="广东省广州市海珠区瑞宝街南洲名苑", level="medium", starts=date(2021, 6, 3)),
)
ARRIVED = datetime.fromisoformat("2021-06-07T10:30")
PLAIN = Facts(
    arrival_at=ARRIVED,
    border="none",
    release_cert="no",
    pcr="none",
    health_code="green",
    travel_card="green",
    symptoms="none",
)
PLACES = {
    "3.5": Stay(place="广东省广州市荔湾区白鹤洞街道", code="440103", left_on=date(2021, 6, 6)),
    "3.6": Stay(place="广州市海珠区瑞宝街南洲名苑", code="440105", left_on=date(2021, 6, 6)),
    "3.7b": Stay(place="广州市荔湾区西村街道", code="440103", left_on=date(2021, 6, 6)),
    "3.8b": Stay(place="广东省深圳市南山区", code="440305", left_on=date(2021, 6, 6)),
    "none": Stay(place="湖北省武汉市武昌区", code="420106", left_on=date(2021, 6, 6)),
}


def facts_of(clause: str, **known: Any) -> Facts:
    facts = {
        "3.7a": replace(
            PLAIN,
            stays=(PLACES["3.7b"],),
            release_cert="yes",
            pcr=PcrCert(result="negative", sampled_at=datetime.fromisoformat("2021-06-06T10:30")),
        ),
        "3.9": replace(PLAIN, stays=(PLACES["none"],), health_code="red"),
        "3.10": replace(PLAIN, stays=(PLACES["none"],), health_code="yellow"),
        "refer": replace(PLAIN, stays=(PLACES["none"],), travel_card="orange"),
        "hospital": replace(PLAIN, stays=(), case_status="confirmed"),
    }.get(clause)
    return replace(facts or replace(PLAIN, stays=(PLACES[clause],)), **known)


def someone(number: int, clause: str, **fields: Any) -> Person:
    given: dict[str, Any] = {"facts": facts_of(clause), "registered_at": t("18:00")}
    return person(number, **(given | fields))


def the_desk(*people: Person, sites: tuple[Any, ...] = ()) -> Snapshot:
    return desk(unit(1, name="蓝田街道"), *(sites or (site(1), site(2, state="standby"))), *AREAS, *people)


def confirming(snapshot: Snapshot, now: datetime = NOW, **command: Any) -> tuple[Accepted | Refusal, Snapshot]:
    answer = decide_confirm(
        Confirm(**({"person_id": 1, "clause": None, "officer_name": "王芳"} | command)), snapshot, now, ADMIN
    )
    if isinstance(answer, Refusal):
        return answer, snapshot
    return answer, snapshot.applied(snapshot.seq + 1, answer.changes)


# ---------------------------------------------------------------- course


@pytest.mark.parametrize("clause", ["3.5", "3.6", "3.7a", "3.7b", "3.8b", "3.9", "3.10", "none"])
def test_the_plain_clauses_follow_from_the_areas_of_the_desk(clause: str) -> None:
    snapshot = the_desk(someone(1, clause))
    assert course_of(snapshot.persons[1], snapshot, NOW).result.clause == clause


def test_a_course_is_remembered_until_something_it_rests_on_changes() -> None:
    snapshot = the_desk(someone(1, "3.8b"), someone(2, "3.6"))
    first = {n: course_of(snapshot.persons[n], snapshot, NOW) for n in (1, 2)}
    assert course_of(snapshot.persons[1], snapshot, NOW + timedelta(hours=1)) is first[1]
    changed = snapshot.applied(2, [replace(snapshot.persons[1], facts=facts_of("3.9"))])
    assert course_of(changed.persons[1], changed, NOW).result.clause == "3.9"
    assert course_of(changed.persons[2], changed, NOW) is first[2]
    raised = Area(id=3, code="440305", name="广东省深圳市南山区", level="high", starts=date(2021, 6, 7))
    risen = snapshot.applied(2, [raised])
    assert course_of(risen.persons[1], risen, NOW).result.clause == "3.5"
    tomorrow = course_of(snapshot.persons[2], snapshot, t("00:00", 8))
    assert tomorrow is not first[2] and tomorrow.facts.assessed_on == date(2021, 6, 8)


def test_days_since_arrival_stop_at_the_first_assessment() -> None:
    _, snapshot = confirming(the_desk(someone(1, "3.5")), clause="3.5", site_id=1, room=1)
    later = course_of(snapshot.persons[1], snapshot, t("10:00", 28))
    assert later.result.clause == "3.5"  # judged on the 28th afresh, 21 days after arrival, it would be referred
    unassessed = the_desk(someone(1, "3.5"))
    assert course_of(unassessed.persons[1], unassessed, t("10:00", 28)).result.decision == "refer"


# ---------------------------------------------------------------- the queue


def test_too_long_then_riskiest_then_oldest() -> None:
    snapshot = the_desk(
        someone(1, "3.8b", registered_at=t("19:00")),
        someone(2, "3.5", registered_at=t("19:30")),
        someone(3, "3.6", registered_at=t("19:10")),
        someone(4, "3.5", registered_at=t("19:20")),
        someone(5, "none", registered_at=t("17:39")),  # two hours and a minute
        someone(6, "hospital", registered_at=t("19:39")),
        someone(7, "3.5", stage="closed"),
    )
    waiting = queue(snapshot, NOW)
    assert [each.person.id for each in waiting] == [5, 6, 4, 2, 3, 1]
    assert [each.overdue for each in waiting] == [True] + [False] * 5


def test_what_is_missing_is_said_by_fact() -> None:
    snapshot = the_desk(
        someone(1, "3.8b", facts=facts_of("3.8b", symptoms=None)), someone(2, "3.5", officer_name="王芳", id_no="1")
    )
    waiting = {each.person.id: each for each in queue(snapshot, NOW)}
    assert "symptoms" in waiting[1].missing
    assert waiting[2].missing == ()
    assert [waiting[number].officer_missing for number in (1, 2)] == [True, False]
    theirs = snapshot.applied(9, [replace(snapshot.persons[2], officer_id=WANG)])
    assert [each.officer_missing for each in queue(theirs, NOW)].count(True) == 1
    left = theirs.applied(10, [replace(theirs.officers[WANG], until=NOW.date())])
    assert [each.officer_missing for each in queue(left, NOW)] == [True, True]


def test_sanfei_and_stays_abroad_are_asked_where_papers_or_a_yellow_card_make_them_matter() -> None:
    """Once somebody was asked, his own "no" is no longer a silence."""
    yellow = facts_of("3.8b", travel_card="yellow")
    snapshot = the_desk(
        someone(1, "3.8b"),
        someone(2, "3.8b", asked=("sanfei",)),
        someone(3, "3.8b", id_no="1", facts=yellow),
        someone(4, "3.8b", id_no="1", facts=replace(yellow, foreign_14d="no")),
    )
    missing = {each.person.id: set(each.missing) & {"sanfei", "foreign_14d"} for each in queue(snapshot, NOW)}
    assert missing == {1: {"sanfei"}, 2: set(), 3: {"foreign_14d"}, 4: set()}


def test_what_is_known_is_asked_no_more_when_a_desk_has_to_answer() -> None:
    ill = facts_of("3.8b", symptoms="present")
    (waiting,) = queue(the_desk(someone(1, "3.8b", id_no="1", facts=ill)), NOW)
    assert waiting.course.result.decision == "refer"
    assert waiting.missing == ()


def test_an_answer_that_is_the_default_is_an_answer_all_the_same() -> None:
    snapshot = the_desk(someone(1, "3.8b"))
    told = PersonData(name=snapshot.persons[1].name, facts=snapshot.persons[1].facts, asked=("sanfei",))
    after = act(snapshot, Correct(person_id=1, person=told), NOW)
    assert after.persons[1].asked == ("sanfei",)
    (entry,) = after.entries.values()
    assert entry.told == Corrected(changed=("sanfei",), before={"sanfei": None}, after={"sanfei": "no"})


def test_somebody_placed_comes_back_when_his_place_rises() -> None:
    _, snapshot = confirming(the_desk(someone(1, "3.8b")), clause="3.8b")
    assert queue(snapshot, NOW) == []
    raised = Area(id=3, code="440305", name="广东省深圳市南山区", level="medium", starts=date(2021, 6, 7))
    snapshot = snapshot.applied(snapshot.seq + 1, [raised])
    (back,) = queue(snapshot, NOW)
    assert (back.person.id, back.changed, back.course.result.clause) == (1, True, "3.6")
    assert [owed.slot for owed in owed_of_screening(snapshot, NOW)] == ["reassess"]
    answer, snapshot = confirming(snapshot, clause="3.6", site_id=1, room=4)
    assert isinstance(answer, Accepted)
    assert (snapshot.persons[1].stage, snapshot.persons[1].room) == ("transfer", 4)
    assert queue(snapshot, NOW) == []


# ---------------------------------------------------------------- owed


@pytest.mark.parametrize(
    ("now", "state", "late"),
    [
        ("18:00", "open", 0),
        ("19:29", "open", 0),
        ("19:30", "due_soon", 0),
        ("20:00", "due_soon", 0),
        ("20:31", "late", 31),
    ],
)
def test_an_assessment_is_owed_within_two_hours(now: str, state: str, late: int) -> None:
    (owed,) = owed_of_screening(the_desk(someone(1, "3.5")), t(now))
    assert (owed.id, owed.kind, owed.clause) == ("assess/person-1/2021-06-07", "assess", "2.7")
    assert (owed.state, owed.late_minutes, owed.due, owed.closes) == (state, late, t("20:00"), None)


def test_it_never_closes() -> None:
    (owed,) = owed_of_screening(the_desk(someone(1, "3.5")), t("18:00", 10))
    assert (owed.state, owed.late_minutes) == ("late", 3 * 24 * 60 - 120)


def test_near_midnight_it_is_due_on_the_next_day() -> None:
    (owed,) = owed_of_screening(the_desk(someone(1, "3.5", registered_at=t("23:30"))), t("23:50"))
    assert owed.id == "assess/person-1/2021-06-08"


@pytest.mark.parametrize("known", [{"symptoms": "present"}, {"temp_c": 37.3}, {"case_status": "suspected"}])
def test_whoever_is_ill_is_assessed_before_all_others(known: dict[str, Any]) -> None:
    (owed,) = owed_of_screening(the_desk(someone(1, "3.5", facts=facts_of("3.5", **known))), t("18:00"))
    assert owed.priority == "red"
    (owed,) = owed_of_screening(the_desk(someone(1, "3.5", facts=facts_of("3.5", temp_c=37.2))), t("18:00"))
    assert owed.priority == "normal"


def test_somebody_placed_is_assessed_again_from_the_hour_in_which_his_facts_changed() -> None:
    """Not late from the first second, and not younger with each midnight."""
    _, snapshot = confirming(the_desk(someone(1, "3.8b")), clause="3.8b")
    known = snapshot.persons[1]
    told = PersonData(name=known.name, officer_name=known.officer_name, facts=replace(known.facts, health_code="red"))
    snapshot = act(snapshot, Correct(person_id=1, person=told, reason="红码"), t("22:30"))
    seen = [each for now in (t("22:30"), t("00:29", 8), t("09:00", 8)) for each in owed_of_screening(snapshot, now)]
    assert {each.due for each in seen} == {t("00:30", 8)}
    assert [each.state for each in seen] == ["open", "due_soon", "late"]


def test_an_area_that_is_listed_asks_from_its_hour_on() -> None:
    _, snapshot = confirming(the_desk(someone(1, "3.8b")), clause="3.8b")
    listed = t("15:00", 8)
    raised = Area(
        id=3, code="440305", name="广东省深圳市南山区", level="medium", starts=date(2021, 6, 7), listed_at=listed
    )
    snapshot = snapshot.applied(snapshot.seq + 1, [raised])
    (owed,) = owed_of_screening(snapshot, t("15:01", 8))
    assert (owed.opens, owed.state) == (listed, "open")
    (owed,) = owed_of_screening(snapshot, t("09:00", 9))
    assert (owed.opens, owed.late_minutes) == (listed, 16 * 60)  # no midnight makes it younger


def test_confirming_discharges_the_assessment_and_owes_the_transfer() -> None:
    answer, snapshot = confirming(the_desk(someone(1, "3.5")), clause="3.5", site_id=1, room=3)
    assert isinstance(answer, Accepted)
    assert snapshot.done["assess/person-1/2021-06-07"].id == answer.entry.id
    (owed,) = owed_rides(snapshot, NOW)
    assert (owed.id, owed.clause, owed.due) == ("transfer/person-1/2021-06-07", "3.5", t("23:40"))
    assert owed.owed_by == "王芳"


def test_a_referral_is_owed_an_answer() -> None:
    _, snapshot = confirming(the_desk(someone(1, "refer")))
    assert not list(owed_of_screening(snapshot, NOW))
    (owed,) = owed_answers(snapshot, NOW)
    assert (owed.slot, owed.kind, owed.due) == ("referral", "referral", t("21:40"))


# ---------------------------------------------------------------- registered


def draft(**fields: Any) -> PersonData:
    return PersonData(**({"name": "张三", "phone": "13800001542", "address": "蓝田街道1号"} | fields))


def test_a_correction_is_refused_for_what_it_says_and_not_for_what_stood_there_before() -> None:
    wrong = someone(1, "3.5")
    wrong = replace(wrong, facts=replace(wrong.facts, temp_c=20.0))
    told = PersonData(name=wrong.name, facts=replace(wrong.facts, last_exposure_on=date(2021, 6, 8)))
    answer = decide_correct(Correct(person_id=1, person=told), the_desk(wrong), NOW, ADMIN)
    assert answer == Refusal("fact_in_future", {"name": "last_exposure_on", "day": "2021-06-08"})
    other = PersonData(name=wrong.name, facts=replace(wrong.facts, last_exposure_on=date(2021, 6, 6)))
    assert isinstance(decide_correct(Correct(person_id=1, person=other), the_desk(wrong), NOW, ADMIN), Accepted)


def test_somebody_placed_whose_discharge_nobody_knows_owes_the_question() -> None:
    unknown = someone(1, "3.8b")
    unknown = replace(unknown, facts=replace(unknown.facts, case_status="discharged", discharged_on=None))
    answer, snapshot = confirming(the_desk(unknown), clause="3.1", site_id=1, room=4)
    assert isinstance(answer, Accepted)
    assert [each.slot for each in owed_of_screening(snapshot, NOW)] == ["ask"]
    snapshot = snapshot.applied(snapshot.seq + 1, [replace(snapshot.persons[1], stage="site", admitted_on=NOW.date())])
    (asked,) = owed_of_screening(snapshot, NOW)
    assert (asked.slot, asked.kind, asked.clause) == ("ask", "history", "3.1")
    (asked,) = owed_of_screening(snapshot, t("09:00", 20))
    assert (asked.opens, asked.due) == (NOW, t("21:40"))  # weeks later it is weeks late
    told = replace(snapshot.persons[1], facts=replace(unknown.facts, discharged_on=NOW.date()))
    assert list(owed_of_screening(snapshot.applied(snapshot.seq + 1, [told]), NOW)) == []


def test_at_home_with_every_test_done_and_no_end_the_question_is_owed() -> None:
    """Let go from the site before his history was checked: nothing but an answer can end his days."""
    both = someone(1, "3.7b")
    days = [date(2021, 5, 26), date(2021, 6, 1)]
    samples = tuple(Sample(result="negative", sampled_on=day, result_on=day, stage="site") for day in days)
    facts = replace(
        both.facts,
        arrival_at=datetime.fromisoformat("2021-05-25T10:30"),
        assessed_on=date(2021, 5, 25),
        stays=tuple(replace(stay, left_on=date(2021, 5, 24)) for stay in both.facts.stays or ()),
        health_code="yellow",
        tests=samples,
    )
    _, snapshot = confirming(the_desk(replace(both, facts=facts)), clause="3.10", site_id=1, room=4)
    home = replace(
        snapshot.persons[1], stage="home", admitted_on=date(2021, 5, 25), home_from=date(2021, 6, 2), site_id=None
    )
    snapshot = snapshot.applied(snapshot.seq + 1, [replace(home, room=None, facts=replace(home.facts, tests=samples))])
    (asked,) = owed_of_screening(snapshot, NOW)
    assert (asked.slot, asked.clause) == ("ask", "3.10")
    course = course_of(snapshot.persons[1], snapshot, NOW)
    assert open_facts(course.result, "", ())[0] == "investigation"
    clean = replace(snapshot.persons[1], facts=replace(snapshot.persons[1].facts, investigation="clean"))
    snapshot = snapshot.applied(snapshot.seq + 1, [clean])
    assert list(owed_of_screening(snapshot, NOW)) == []
    assert course_of(snapshot.persons[1], snapshot, NOW).result.dates.home_last == date(2021, 6, 9)
    untested = replace(clean, facts=replace(clean.facts, tests=()))
    after = course_of(untested, snapshot.applied(snapshot.seq + 1, [untested]), NOW).result
    assert (after.hold, open_facts(after, "", ())[0]) == ("negative_missing", "arrival_pcr")
    assert "investigation" not in open_facts(after, "", ())  # known, and asked no more


def test_a_name_alone_is_registered_and_the_rest_is_unknown() -> None:
    snapshot = the_desk()
    answer = decide_register(Register(person=PersonData(name="张三")), snapshot, NOW, ADMIN)
    assert isinstance(answer, Accepted)
    after = snapshot.applied(2, answer.changes)
    made = after.persons[answer.created[0].id]
    assert (made.stage, made.source, made.facts, made.registered_at) == ("pending", "phone", Facts(), NOW)
    assert after.entries[answer.entry.id].kind == "register"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (draft(name=" "), "name_needed"),
        (draft(facts=Facts(arrival_at=datetime.fromisoformat("2021-06-07T19:41"))), "fact_in_future"),
        (draft(facts=Facts(stays=(Stay(left_on=date(2021, 6, 8)),))), "fact_in_future"),
        (draft(facts=Facts(arrival_at=ARRIVED, stays=(Stay(left_on=date(2021, 6, 8)),))), "fact_in_future"),
        (
            draft(facts=Facts(arrival_at=ARRIVED - timedelta(days=2), stays=(Stay(left_on=date(2021, 6, 6)),))),
            "left_after_arrival",
        ),
        (
            draft(facts=Facts(arrival_pcr=ArrivalPcr(sampled_on=date(2021, 6, 6), result_on=date(2021, 6, 5)))),
            "result_before_sample",
        ),
        (draft(facts=Facts(temp_c=20.0)), "bad_figure"),
        (draft(id_no="11010519491231002X"), "duplicate_person"),
    ],
)
def test_what_cannot_be_registered(told: PersonData, code: str) -> None:
    snapshot = the_desk(someone(1, "3.5", id_no="11010519491231002X"))
    answer = decide_register(Register(person=told), snapshot, NOW, ADMIN)
    assert isinstance(answer, Refusal) and answer.code == code


# ---------------------------------------------------------------- corrected


def as_draft(known: Person, **fields: Any) -> PersonData:
    return PersonData(**({name: getattr(known, name) for name in IDENTITY} | {"facts": known.facts} | fields))


def correcting(snapshot: Snapshot, told: PersonData, reason: str = "") -> tuple[Accepted | Refusal, Snapshot]:
    answer = decide_correct(Correct(person_id=1, person=told, reason=reason), snapshot, NOW, ADMIN)
    return answer, snapshot.applied(snapshot.seq + 1, answer.changes) if isinstance(answer, Accepted) else snapshot


def test_of_two_corrections_of_one_picture_one_is_written_and_one_is_told_whose() -> None:
    """Both forms were opened before either was saved: the second would put back what the first has just changed."""
    seen = someone(1, "3.8b")
    snapshot = the_desk(seen)
    hers, his = as_draft(seen, address="蓝田街道"), as_draft(seen, note="独居")
    after = act(snapshot, Correct(person_id=1, person=hers, seen=seen), NOW, actor(WANG))
    refusal = refused(after, Correct(person_id=1, person=his, seen=seen), NOW)
    assert (refusal.code, refusal.fields["subject"], refusal.fields["by"]) == ("changed_meanwhile", seen.name, "王芳")
    assert (refusal.fields["at"], refusal.fields["entry"]) == (NOW, max(after.entries))
    now_seen = after.persons[1]
    both = act(after, Correct(person_id=1, person=as_draft(now_seen, note="独居"), seen=now_seen), NOW)
    assert (both.persons[1].address, both.persons[1].note) == ("蓝田街道", "独居")


def test_a_move_meanwhile_is_no_other_correction() -> None:
    seen = someone(1, "3.8b")
    moved = the_desk(replace(seen, stage="home", unit_id=1))
    after = act(moved, Correct(person_id=1, person=as_draft(seen, note="独居"), seen=seen), NOW)
    assert (after.persons[1].stage, after.persons[1].note) == ("home", "独居")


def test_a_correction_keeps_what_was_and_is_but_no_number() -> None:
    snapshot = the_desk(someone(1, "3.8b", phone="13800001542", id_no="11010519491231002X"))
    told = as_draft(snapshot.persons[1], phone="13900000000", id_no="", facts=facts_of("3.8b", health_code="red"))
    answer, after = correcting(snapshot, told)
    assert isinstance(answer, Accepted)
    entry = after.entries[answer.entry.id]
    assert entry.told == Corrected(
        changed=("id_no", "phone", "health_code"), before={"health_code": "green"}, after={"health_code": "red"}
    )
    assert not any(number in str(entry) for number in ("13800001542", "13900000000", "11010519491231002X"))
    courses = [course_of(each.persons[1], each, NOW) for each in (snapshot, after)]
    assert [course.result.clause for course in courses] == ["3.8b", "3.9"]
    assert courses[1].result.dates.site_last == date(2021, 6, 21)


def test_once_assessed_a_correction_needs_a_reason() -> None:
    _, snapshot = confirming(the_desk(someone(1, "3.5")), clause="3.5", site_id=1, room=3)
    told = as_draft(snapshot.persons[1], facts=replace(snapshot.persons[1].facts, health_code="yellow"))
    refused, _ = correcting(snapshot, told)
    assert isinstance(refused, Refusal) and refused.code == "reason_needed"
    answer, after = correcting(snapshot, told, "本人来电更正")
    assert isinstance(answer, Accepted)
    assert after.entries[answer.entry.id].text == "本人来电更正"
    assert (after.persons[1].stage, after.persons[1].room) == ("transfer", 3)


def test_nothing_changed_writes_nothing() -> None:
    snapshot = the_desk(someone(1, "3.5"))
    answer, _ = correcting(snapshot, as_draft(snapshot.persons[1]))
    assert isinstance(answer, Accepted) and answer.changes == ()


def test_a_correction_may_not_take_anothers_id() -> None:
    snapshot = the_desk(someone(1, "3.5"), someone(2, "3.6", id_no="11010519491231002X"))
    answer, _ = correcting(snapshot, as_draft(snapshot.persons[1], id_no="11010519491231002X"))
    assert isinstance(answer, Refusal) and answer.code == "duplicate_person"


# ---------------------------------------------------------------- confirmed


@pytest.mark.parametrize("cadres", [(), ("镇干部",), ("镇干部", " "), ("王芳", "王芳"), ("甲", "乙", "丙")])
def test_nobody_goes_home_before_two_cadres_are_named(cadres: tuple[str, ...]) -> None:
    """The 专人 is neither of them by silence."""
    answer, _ = confirming(the_desk(someone(1, "3.7a")), clause="3.7a", cadres=cadres)
    assert isinstance(answer, Refusal) and answer.code == "supervisor_needed"


def test_the_phone_told_of_the_cadre_of_the_village_goes_with_him_alone() -> None:
    """It stays while he does, whoever names him again; of another cadre nobody has told one."""
    told = {"clause": "3.7a", "cadres": ("镇干部", "村干部")}
    _, snapshot = confirming(the_desk(someone(1, "3.7a")), cadre_phone=" 19900000007 ", **told)
    assert phone_told_of("村干部", snapshot.persons[1], snapshot) == "19900000007"
    again = act(snapshot, Assign(person_id=1, town_cadre="另一干部", reason="调走"), t("20:00"))
    assert phone_told_of("村干部", again.persons[1], again) == "19900000007"
    other = act(again, Assign(person_id=1, home_cadre="新干部", reason="调走"), t("20:10"))
    assert (phone_told_of("新干部", other.persons[1], other), phone_told_of("村干部", other.persons[1], other)) == (
        "",
        "",
    )
    known = act(other, Assign(person_id=1, cadre_phone="19900000008"), t("20:20"))
    assert phone_told_of("新干部", known.persons[1], known) == "19900000008"
    back = act(known, Amend(entry_id=max(known.entries), reason="记错"), t("20:30"))
    assert phone_told_of("新干部", back.persons[1], back) == ""


def test_a_phone_of_a_cadre_is_no_answer_where_nobody_goes_home() -> None:
    answer, _ = confirming(the_desk(someone(1, "3.5")), clause="3.5", site_id=1, room=1, cadre_phone="19900000007")
    assert isinstance(answer, Refusal) and answer.code == "figures_unknown"
    nobody = Assign(person_id=1, cadre_phone="19900000007")
    assert refused(the_desk(someone(1, "3.5")), nobody, t("20:00")).code == "supervisor_needed"


def test_who_is_at_home_keeps_his_cadres_when_he_is_assessed_again() -> None:
    _, snapshot = confirming(the_desk(someone(1, "3.7a")), clause="3.7a", cadres=("镇干部", "村干部"))
    answer, snapshot = confirming(snapshot, t("12:00", 9), clause="3.7a")
    assert isinstance(answer, Accepted)
    assert cadres_of(snapshot.persons[1]) == ("镇干部", "村干部")
    assert snapshot.persons[1].watched_since == NOW


@pytest.mark.parametrize(
    ("clause", "command", "stage"),
    [
        ("3.5", {"site_id": 1, "room": 3}, "transfer"),
        ("3.6", {"site_id": 1, "room": 10}, "transfer"),
        ("3.7b", {"site_id": 1, "room": 1}, "transfer"),
        ("3.9", {"site_id": 1, "room": 1}, "transfer"),
        ("3.10", {"site_id": 1, "room": 1}, "transfer"),
        ("3.7a", {"cadres": ("镇干部", "村干部")}, "home"),
        ("3.8b", {}, "waiting"),
        ("none", {}, "closed"),
    ],
)
def test_where_each_result_puts_a_person(clause: str, command: dict[str, Any], stage: str) -> None:
    answer, snapshot = confirming(the_desk(someone(1, clause)), clause=clause, **command)
    assert isinstance(answer, Accepted)
    placed = snapshot.persons[1]
    assert (placed.stage, placed.site_id, placed.room) == (stage, command.get("site_id"), command.get("room"))
    assert (placed.officer_name, placed.officer_id) == ("王芳", WANG)
    assert placed.assessment is not None and placed.assessment.clause == clause
    assert cadres_of(placed) == (("镇干部", "村干部") if stage == "home" else ("", ""))
    assert (placed.watched_since == NOW) is (stage in ("home", "waiting"))
    assert (placed.closed_at == NOW) == (stage == "closed")
    assert snapshot.entries[answer.entry.id].kind == "assess"


def test_a_confirmed_case_goes_to_the_hospital_without_a_room() -> None:
    _, snapshot = confirming(the_desk(someone(1, "hospital")), clause="3.1")
    assert (snapshot.persons[1].stage, snapshot.persons[1].site_id) == ("transfer", None)


@pytest.mark.parametrize(("room", "stage"), [({}, "referred"), ({"site_id": 1, "room": 2}, "transfer")])
def test_a_referral_may_hold_a_provisional_room(room: dict[str, int], stage: str) -> None:
    _, snapshot = confirming(the_desk(someone(1, "refer")), **room)
    assert (snapshot.persons[1].stage, snapshot.persons[1].room) == (stage, room.get("room"))
    assert occupancy(snapshot).held == len(room) // 2


@pytest.mark.parametrize(
    ("clause", "command", "code"),
    [
        ("3.5", {"clause": "3.6", "site_id": 1, "room": 1}, "facts_changed"),
        ("3.5", {"clause": None}, "facts_changed"),
        ("refer", {"clause": "3.5"}, "facts_changed"),
        ("3.5", {"clause": "3.5", "site_id": 1, "room": 1, "officer_name": " "}, "officer_needed"),
        ("3.5", {"clause": "3.5"}, "place_needed"),
        ("3.5", {"clause": "3.5", "site_id": 1}, "place_needed"),
        ("3.5", {"clause": "3.5", "site_id": 9, "room": 1}, "unknown_site"),
        ("3.5", {"clause": "3.5", "site_id": 2, "room": 1}, "site_not_active"),
        ("3.5", {"clause": "3.5", "site_id": 1, "room": 0}, "no_such_room"),
        ("3.5", {"clause": "3.5", "site_id": 1, "room": 11}, "no_such_room"),
        ("3.5", {"clause": "3.5", "site_id": 1, "room": 7}, "room_taken"),
        ("3.8b", {"clause": "3.8b", "site_id": 1, "room": 1}, "not_at_site"),
        ("3.5", {"clause": "3.5", "site_id": 1, "room": 1, "person_id": 8}, "unknown_person"),
        ("3.5", {"clause": "3.5", "site_id": 1, "room": 1, "person_id": 3}, "wrong_stage"),
    ],
)
def test_what_cannot_be_confirmed(clause: str, command: dict[str, Any], code: str) -> None:
    snapshot = the_desk(
        someone(1, clause), person(2, stage="site", site_id=1, room=7), someone(3, "3.5", stage="closed")
    )
    answer, _ = confirming(snapshot, **command)
    assert isinstance(answer, Refusal) and answer.code == code


def test_a_room_is_free_again_once_its_person_has_left_it() -> None:
    snapshot = the_desk(person(2, stage="home", site_id=1, room=7), person(3, stage="site", site_id=1, room=8))
    assert free_rooms(snapshot, snapshot.sites[1]) == [1, 2, 3, 4, 5, 6, 7, 9, 10]
    assert (occupancy(snapshot).rooms, occupancy(snapshot).held) == (10, 1)  # the standby site has no rooms yet


def test_an_answered_referral_keeps_its_room() -> None:
    _, snapshot = confirming(the_desk(someone(1, "refer")), site_id=1, room=2)
    inside = replace(snapshot.persons[1], stage="site", admitted_on=date(2021, 6, 7), facts=facts_of("3.10"))
    snapshot = snapshot.applied(snapshot.seq + 1, [inside])
    answer, snapshot = confirming(snapshot, clause="3.10")
    assert isinstance(answer, Accepted)
    assert (snapshot.persons[1].stage, snapshot.persons[1].room) == ("site", 2)


def test_a_positive_in_a_room_is_confirmed_to_the_hospital() -> None:
    _, snapshot = confirming(the_desk(someone(1, "3.5")), clause="3.5", site_id=1, room=3)
    at_site = replace(
        snapshot.persons[1],
        stage="site",
        admitted_on=date(2021, 6, 7),
        facts=replace(snapshot.persons[1].facts, tests=(Sample(type="pcr", day=1, result="positive"),)),
    )
    snapshot = snapshot.applied(snapshot.seq + 1, [at_site])
    (back,) = queue(snapshot, t("09:00", 8))
    assert back.course.result.clause == "3.1"
    _, snapshot = confirming(snapshot, t("09:00", 8), clause="3.1")
    moving = snapshot.persons[1]
    assert (moving.stage, moving.site_id) == ("transfer", None)
    assert 3 not in free_rooms(snapshot, snapshot.sites[1])  # he is in there until he leaves
    left = replace(moving, road=Road(left_at=t("09:10", 8), to="hospital", vehicle="湘K1", driver="周涛"))
    assert 3 in free_rooms(snapshot.applied(snapshot.seq + 1, [left]), snapshot.sites[1])


def test_a_lighter_second_assessment_does_not_open_the_door_of_a_room() -> None:
    _, snapshot = confirming(the_desk(someone(1, "3.5")), clause="3.5", site_id=1, room=3)
    inside = replace(snapshot.persons[1], stage="site", admitted_on=date(2021, 6, 7), facts=facts_of("3.8b"))
    snapshot = snapshot.applied(snapshot.seq + 1, [inside])
    _, snapshot = confirming(snapshot, clause="3.8b")
    assert (snapshot.persons[1].stage, snapshot.persons[1].room) == ("site", 3)


def test_a_twin_name_elsewhere_links_no_officer() -> None:
    snapshot = the_desk(someone(1, "3.8b")).applied(2, [Unit(id=9, name="别处", kind="town", registered_at=t("00:00"))])
    _, after = confirming(snapshot, clause="3.8b", officer_name="郭燕平")
    assert (after.persons[1].officer_name, after.persons[1].officer_id) == ("郭燕平", None)


def test_the_hospital_is_asked_each_day_whether_a_patient_has_left_it() -> None:
    """No clause gives the hospital a day: a patient there was on no row at all, for as long as he stayed."""
    _, snapshot = confirming(the_desk(someone(1, "hospital")), clause="3.1")
    patient = replace(snapshot.persons[1], stage="hospital")
    snapshot = snapshot.applied(9, [patient])
    for day in (8, 9, 20):
        rows = [row for row in owed_of_screening(snapshot, t("10:00", day)) if row.subject_id == "person-1"]
        assert [(row.id, row.kind, row.state) for row in rows] == [
            (f"hospital/person-1/2021-06-{day:02}", "history", "open")
        ]
    gone = replace(patient, facts=replace(patient.facts, case_status="discharged", discharged_on=date(2021, 6, 20)))
    slots = {row.slot for row in owed_of_screening(snapshot.applied(10, [gone]), t("10:00", 20))}
    assert "reassess" in slots


def test_who_leaves_the_hospital_is_judged_as_admitted_then_and_asked_once() -> None:
    """A red code beside the discharge: no day of 三（九） was spent at a site while he lay in the hospital."""
    _, snapshot = confirming(the_desk(someone(1, "hospital")), clause="3.1")
    facts = replace(snapshot.persons[1].facts, health_code="red")
    cured = replace(facts, case_status="discharged", discharged_on=date(2021, 6, 20))
    patient = replace(snapshot.persons[1], stage="hospital", facts=cured, admitted_on=date(2021, 6, 7))
    snapshot = snapshot.applied(9, [patient])
    now = t("10:00", 20)
    course = course_of(patient, snapshot, now)
    assert (course.result.clause, course.result.dates.site_first) == ("3.9", date(2021, 6, 21))
    assert [test.day.day for test in course.plan.tests if test.type == "pcr"] == [21, 4]
    answer, snapshot = confirming(snapshot, now=now, clause="3.9", site_id=1, room=4)
    assert isinstance(answer, Accepted)
    assert [row.slot for row in owed_of_screening(snapshot, now)] == []
    assert [row.kind for row in owed_rides(snapshot, now)] == ["transfer"]


def test_a_colleague_who_confirms_the_same_seconds_later_hears_who_did_it() -> None:
    command = Confirm(person_id=1, clause="3.5", officer_name="王芳", site_id=1, room=1)
    snapshot = act(the_desk(someone(1, "3.5")), command, NOW, actor(WANG))
    again = refused(snapshot, command, NOW + timedelta(seconds=5))
    assert (again.code, again.fields["by"], again.fields["at"]) == ("already_done", "王芳", NOW)
    assert act(snapshot, replace(command, room=2), NOW + timedelta(seconds=5)).persons[1].room == 2
