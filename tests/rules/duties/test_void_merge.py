"""A registration made by mistake, and two records of one person: ended, made one, and undone again."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any, get_args

import pytest

from dutyboard.rules.board import board
from dutyboard.rules.decide import decide
from dutyboard.rules.duties.post.figures import screening_counts
from dutyboard.rules.law.facts import Linked
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.fever import readings_of
from dutyboard.rules.people.provenance import history_of
from dutyboard.rules.people.rooms import taken
from dutyboard.rules.records.codes import Stage
from dutyboard.rules.records.commands.amending import Amend
from dutyboard.rules.records.commands.person import Confirm, Correct, Merge, PersonData, Register, TakeReading, Void
from dutyboard.rules.records.commands.post import OpenMatter, SendReport
from dutyboard.rules.records.commands.sheets import ImportArrivals
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from tests.rules.amending.test_retellings import placed, riding, sick
from tests.rules.desks import WANG, act, actor, owed, refused, t
from tests.rules.duties.test_care import at_site
from tests.rules.duties.test_queue import NOW, facts_of, someone, the_desk

LATER = t("20:00")


def undo(snapshot: Snapshot, kind: str) -> Snapshot:
    number = max(each.id for each in snapshot.entries.values() if each.kind == kind)
    return act(snapshot, Amend(entry_id=number, reason="没弄错", agreed=True), t("21:00"))


def in_a_room(*people: Person) -> Snapshot:
    confirm = Confirm(person_id=1, clause="3.5", officer_name="王芳", site_id=1, room=1)
    return act(the_desk(*people), confirm, NOW)


# ---------------------------------------------------------------- void


def test_a_registration_by_mistake_ends_with_all_that_it_held() -> None:
    before = in_a_room(someone(1, "3.5"))
    snapshot = act(before, Void(person_id=1, reason="重名误登"), LATER, actor(WANG))
    end = snapshot.persons[1].end
    assert end is not None and (end.how, end.reason, snapshot.persons[1].stage) == ("voided", "重名误登", "closed")
    assert taken(snapshot, 1) == {}
    assert not [each for each in owed(snapshot, LATER) if "person-1" in each]
    assert screening_counts(snapshot, None, date(2021, 6, 7), t("23:00"))["total"] == 0
    again = refused(snapshot, Void(person_id=1, reason="再"), LATER)
    assert (again.code, again.fields["by"], again.fields["at"]) == ("record_ended", "王芳", LATER)
    assert undo(snapshot, "void").persons == before.persons


def test_the_same_person_may_be_registered_afterwards() -> None:
    told = PersonData(name="王五", phone="19900000005")
    snapshot = act(the_desk(), Register(person=told), NOW)
    assert refused(snapshot, Register(person=told), NOW).code == "duplicate_person"
    snapshot = act(snapshot, Void(person_id=1, reason="误登"), LATER)
    assert set(act(snapshot, Register(person=told), LATER).persons) == {1, 2}


@pytest.mark.parametrize("facts", [{"pcr": "positive"}, {"tests": (Sample(result="pending"),)}])
def test_who_was_sampled_or_is_positive_is_not_voided(facts: dict[str, Any]) -> None:
    from dutyboard.rules.law.facts import PcrCert

    told = {key: PcrCert(result="positive") if key == "pcr" else value for key, value in facts.items()}
    snapshot = the_desk(someone(1, "none", facts=facts_of("none", **told)))
    assert refused(snapshot, Void(person_id=1, reason="误登"), LATER).code == "void_tested"
    assert refused(the_desk(someone(1, "none")), Void(person_id=1, reason=" "), LATER).code == "reason_needed"


def test_a_contact_of_a_voided_person_is_asked_whose_he_is() -> None:
    close = someone(1, "none", facts=facts_of("none", contact="close"))
    secondary = someone(2, "none", facts=facts_of("none", contact="secondary", linked=(Linked(id="person-1"),)))
    snapshot = the_desk(close, secondary)
    confirm = Confirm(person_id=1, clause="3.2a", officer_name="王芳", site_id=1, room=1)
    snapshot = act(snapshot, confirm, NOW)
    where = Confirm(person_id=2, clause="3.2b", officer_name="王芳", site_id=1, room=2)
    snapshot = act(snapshot, where, NOW)
    snapshot = act(snapshot, Void(person_id=1, reason="误登"), LATER)
    links = course_of(snapshot.persons[2], snapshot, LATER).facts.linked
    assert links is not None and [each.state for each in links] == ["unknown"]
    (asks,) = [each for each in owed(snapshot, LATER).values() if each.id.slot == "reassess"]
    assert (asks.subject_id, asks.state) == ("person-2", "open")
    reasons = course_of(snapshot.persons[2], snapshot, LATER).result.reasons
    assert [each.code for each in reasons] == ["linked_contact_unknown"]


# ---------------------------------------------------------------- merge


def pair(**second: Any) -> Snapshot:
    return the_desk(someone(3, "3.8b", phone="19900000003"), someone(9, "3.5", **{"address": "新塘村", **second}))


def test_two_records_of_one_person_become_the_earlier_one() -> None:
    before = act(pair(), Confirm(person_id=9, clause="3.5", officer_name="王芳", site_id=1, room=4), NOW)
    asked = refused(before, Merge(person_id=9, into_id=3), LATER)
    assert asked.code == "merge_differs" and "stays" not in asked.fields["names"]
    snapshot = act(before, Merge(person_id=9, into_id=3, reason="同一人", agreed=True), LATER)
    kept, gone = snapshot.persons[3], snapshot.persons[9]
    assert (kept.phone, kept.address, kept.stage, kept.room) == ("19900000003", "新塘村", "transfer", 4)
    assert gone.end is not None and (gone.end.how, gone.end.to, gone.room) == ("merged", "person-3", None)
    assert kept.facts.stays is not None and len(kept.facts.stays) == 2
    assert {each.kind for each in history_of(kept, snapshot)} == {"assess", "merge"}
    assert undo(snapshot, "merge").persons == before.persons
    assert refused(snapshot, Merge(person_id=9, into_id=3, agreed=True), LATER).code == "record_ended"


@pytest.mark.parametrize("first", [True, False])
def test_of_two_unlike_facts_the_stricter_stands_whichever_record_tells_it(first: bool) -> None:
    codes = ("red", "green") if first else ("green", "red")
    people = [someone(n, "none", facts=facts_of("none", health_code=code)) for n, code in zip((1, 2), codes)]
    snapshot = act(the_desk(*people), Merge(person_id=2, into_id=1, agreed=True), LATER)
    assert snapshot.persons[1].facts.health_code == "red"


def test_a_contact_points_to_the_record_that_stays() -> None:
    contact = someone(4, "none", facts=facts_of("none", contact="secondary", linked=(Linked(id="person-9"),)))
    snapshot = the_desk(someone(3, "none"), someone(9, "none"), contact)
    snapshot = act(snapshot, Merge(person_id=3, into_id=9, agreed=True), LATER)
    linked = snapshot.persons[4].facts.linked
    assert linked is not None and [each.id for each in linked] == ["person-3"]


def test_a_stay_that_has_ended_is_kept_beside_the_one_that_goes_on() -> None:
    """He came again and was registered anew, under another phone."""
    gone_home = someone(3, "3.8b", stage="closed", closed_at=NOW, registered_at=t("08:00"))
    back = someone(9, "3.5", registered_at=t("19:00"))
    one = act(the_desk(gone_home, back), Merge(person_id=3, into_id=9, agreed=True), LATER).persons[3]
    assert (one.stage, one.registered_at) == ("pending", t("19:00"))
    assert [(each.registered_at, each.closed_at) for each in one.stays_before] == [(t("08:00"), NOW)]


@pytest.mark.parametrize("stage", get_args(Stage))
def test_records_in_any_stage_are_made_one(stage: Any) -> None:
    """Of a room that is to be moved to, since when it was named goes with it."""
    moved = someone(9, "3.5", stage=stage, bound_since=NOW)
    one = act(
        the_desk(someone(3, "3.5", stage="closed", closed_at=NOW), moved),
        Merge(person_id=3, into_id=9, agreed=True),
        LATER,
    )
    assert (one.persons[3].stage, one.persons[3].bound_since is not None) == (stage, stage != "closed")


def test_records_that_cannot_be_made_one() -> None:
    both = the_desk(
        someone(1, "3.5", stage="site", site_id=1, room=1), someone(2, "3.5", stage="site", site_id=1, room=2)
    )
    assert refused(both, Merge(person_id=1, into_id=2, agreed=True), LATER).code == "merge_both_in_rooms"
    assert refused(both, Merge(person_id=1, into_id=1, agreed=True), LATER).code == "merge_same"
    assert refused(both, Merge(person_id=1, into_id=7, agreed=True), LATER).code == "unknown_person"
    voided = act(the_desk(someone(1, "3.5"), someone(2, "3.5")), Void(person_id=1, reason="误登"), LATER)
    assert refused(voided, Merge(person_id=1, into_id=2, agreed=True), LATER).code == "record_ended"


def stages() -> dict[str, tuple[Snapshot, datetime]]:
    """Person 1 wherever a record may be voided, with whatever may be owed of him there."""
    inside = at_site()
    return {
        "queue": (the_desk(someone(1, "3.5")), NOW),
        "placed": (placed(), LATER),
        "on the road": (riding(), t("20:30")),
        "referred": (sick(), LATER),
        "site": (inside, t("10:00", 8)),
        "fever": (act(inside, TakeReading(person_id=1, temp_c=38.2), t("10:00", 8)), t("10:30", 8)),
        "finding": (act(inside, OpenMatter(subject="person-1", text="不见"), t("10:00", 8)), t("10:30", 8)),
    }


@pytest.mark.parametrize("where", stages())
def test_nothing_is_owed_of_a_voided_record_and_all_of_it_again_once_that_is_taken_back(where: str) -> None:
    before, now = stages()[where]
    snapshot = act(before, Void(person_id=1, reason="误登"), now)
    assert named(before, now) and not named(snapshot, now)
    shown = board(snapshot, now).counts
    assert (shown.fevers, shown.on_road, shown.referrals, shown.in_quarantine, shown.pending_screening) == (0,) * 5
    assert taken(snapshot, 1) == {}
    back = act(snapshot, Amend(entry_id=max(snapshot.entries), reason="不误", agreed=True), now)
    assert (back.persons, back.matters, named(back, now)) == (before.persons, before.matters, named(before, now))


def named(snapshot: Snapshot, now: datetime) -> set[str]:
    return {each.id for each in owed(snapshot, now).values() if each.names(Subject("person", 1))}


def test_a_report_that_was_sent_stays_and_a_supplement_corrects_it() -> None:
    town = SendReport(
        kind="screening", subject="unit-1", day=date(2021, 6, 7), figures={"total": 1}, zero=False, reporter="王芳"
    )
    sent = act(the_desk(someone(1, "3.5", unit_id=1)), town, t("16:00"))
    snapshot = act(sent, Void(person_id=1, reason="误登"), LATER)
    assert snapshot.reports == sent.reports
    supplement = act(snapshot, replace(town, figures={"total": 0}, zero=True, text="误登一人"), t("20:10"))
    assert supplement.last_reports["screening", "unit-1", date(2021, 6, 7)].revision == 2
    assert supplement.reports[1] == sent.reports[1]


def test_nobody_is_his_own_contact_once_two_records_are_one() -> None:
    contact = someone(1, "none", facts=facts_of("none", contact="secondary", linked=(Linked(id="person-2"),)))
    close = someone(2, "none", facts=facts_of("none", contact="close"))
    snapshot = act(the_desk(contact, close), Merge(person_id=1, into_id=2, agreed=True), LATER)
    assert snapshot.persons[1].facts.linked is None


def test_the_readings_of_both_records_are_his() -> None:
    snapshot = the_desk(someone(1, "3.5"), someone(2, "3.5"), someone(3, "3.5"))
    for number in (3, 1):
        snapshot = act(snapshot, TakeReading(person_id=number, temp_c=36.0 + number / 10), t("19:45"))
    snapshot = act(snapshot, Merge(person_id=2, into_id=3, agreed=True), LATER)
    snapshot = act(snapshot, Merge(person_id=1, into_id=2, agreed=True), LATER)
    assert [each.temp_c for each in readings_of(snapshot.persons[1], snapshot)] == [36.3, 36.1]


def test_one_swab_that_both_records_tell_of_is_one_sample() -> None:
    """Told in the room by one record and at home by the other, it is not two tests (O11, O45)."""
    swab = Sample(result="negative", sampled_on=date(2021, 6, 7), result_on=date(2021, 6, 7), stage="home")
    others = (replace(swab, stage="site"), replace(swab, type="serum"), replace(swab, result="positive"))
    one, other = (
        someone(number, "none", facts=facts_of("none", tests=tests)) for number, tests in ((1, (swab,)), (2, others))
    )
    snapshot = act(the_desk(one, other), Merge(person_id=1, into_id=2, reason="同一人", agreed=True), LATER)
    assert snapshot.persons[1].facts.tests == (swab, *others[1:])


def test_of_two_records_no_companion_is_lost_and_no_phone_goes_to_another_contact() -> None:
    one = replace(someone(1, "3.5"), companions="甲", illness="高血压", emergency_name="王五", seat_no="01A")
    two = replace(
        someone(2, "3.5"), companions="乙、甲", illness="无", emergency_name="赵六", emergency_phone="13800000002"
    )
    snapshot = act(the_desk(one, two), Merge(person_id=1, into_id=2, reason="同一人", agreed=True), LATER)
    kept = snapshot.persons[1]
    assert (kept.companions, kept.illness, kept.seat_no) == ("甲、乙", "高血压", "01A")
    assert (kept.emergency_name, kept.emergency_phone) == ("王五", "")
    told = {each.field: each.other for each in snapshot.contradictions.values()}
    assert told.items() >= {"emergency_name": "赵六", "emergency_phone": "13800000002"}.items()
    assert not {"companions", "illness"} & told.keys()


SAME = Merge(person_id=2, into_id=1, reason="同一人", agreed=True)
PHONED = Correct(person_id=1, person=PersonData(name="人员1", phone="19900000001"), reason="来电补号")


@pytest.mark.parametrize(("given", "field", "named"), [(SAME, "id_no", "merge"), (PHONED, "phone", "correct")])
def test_no_number_is_lost_where_an_act_is_taken_back_and_that_is_taken_back_too(
    given: Merge | Correct, field: str, named: str
) -> None:
    """No entry holds a number, so that it would not come back with the act that gave it."""
    numbered = replace(someone(2, "3.5"), id_no="431382199001220211")
    told = act(the_desk(someone(1, "3.5"), numbered), given, NOW)
    number = getattr(told.persons[1], field)
    assert number
    apart = undo(told, named)
    assert getattr(apart.persons[1], field) == ""
    back = max(each.id for each in apart.entries.values())
    again = refused(apart, Amend(entry_id=back, reason="弄错", agreed=True), t("21:30"))
    assert (again.code, again.fields["name"]) == ("amend_by_own_act", named)
    assert getattr(act(apart, given, t("21:40")).persons[1], field) == number


def test_a_row_of_somebody_merged_is_known_when_its_sheet_comes_again() -> None:
    numbered = PersonData(name="李四", id_no="110105194912310038", phone="19900000003", row=3)
    rows = ImportArrivals(persons=(numbered, PersonData(name="李四", warnings=("id_missing",), row=4)))
    snapshot = act(the_desk(), rows, NOW)
    assert len(snapshot.persons) == 2
    snapshot = act(snapshot, Merge(person_id=2, into_id=1, reason="同一人", agreed=True), LATER)
    answer = decide(rows, snapshot, LATER, actor(WANG))
    assert not isinstance(answer, Refusal) and answer.changes == ()
