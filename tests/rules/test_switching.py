"""A switch of notices: what it does to the people of a desk, its confirmation, and who is assessed again."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from dutyboard.rules.board import board
from dutyboard.rules.duties.person.queue import queue
from dutyboard.rules.people.course import course_of
from dutyboard.rules.records.commands.person import Confirm, RecordTest
from dutyboard.rules.records.commands.post import SwitchNotice
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.post import NoticeSwitched
from dutyboard.rules.switching import on_desk, summary
from tests.rules.desks import LI, act, actor, notice, refused, t
from tests.rules.duties.test_care import LEADER, moved
from tests.rules.duties.test_queue import someone, the_desk
from tests.rules.fact_sets import notices

NINTH = replace(notices()["national-9-2022"], effective_from=datetime.fromisoformat("2021-06-09"))
"""The second text, as if it were in force from the day on which the desk of these tests switches to it."""
FROM = t("00:00", 9)
SWITCH = SwitchNotice(notice=NINTH.id, effective_from=FROM, reason="演练文件 1 号")


def two_at_the_site() -> Snapshot:
    """1 assessed and moved under the notice of the desk, 2 not assessed, 3 free again."""
    people = (someone(1, "3.5"), someone(2, "3.6"), someone(3, "3.5", stage="closed", closed_at=t("12:00")))
    snapshot = replace(
        the_desk(*people, LEADER), notices_known={notice().id: notice(), NINTH.id: NINTH, "early": notice()}
    )
    command = Confirm(person_id=1, clause="3.5", officer_name="王芳", site_id=1, room=1)
    return act(act(snapshot, command, t("19:40")), moved(1), t("20:45"))


def test_the_desk_is_told_who_would_change_and_what_rooms_and_samples_that_means() -> None:
    found = on_desk(two_at_the_site(), notice(), NINTH, t("08:00", 8))
    changes = {each.person: {part.part: (part.before, part.after) for part in each.changes} for each in found.changes}
    assert set(changes) == {"person-1", "person-2"}
    assert changes["person-1"]["clause"] == ("3.5", "9.6")
    assert changes["person-1"]["site_last"] == (date(2021, 6, 21), date(2021, 6, 14))
    assert changes["person-2"]["first_place"] == ("site", "home")
    assert (found.unchanged, len(found.loads)) == (0, 14)
    first, after = found.loads[0], found.loads[7]
    assert (first.day, first.rooms_before, first.rooms_after) == (date(2021, 6, 8), 2, 1)
    assert (after.day, after.rooms_before, after.rooms_after) == (date(2021, 6, 15), 2, 0)
    assert (first.tests_before, first.tests_after) == (1, 2)
    assert on_desk(two_at_the_site(), notice(), notice(), t("08:00", 8)).changes == ()


def test_a_confirmed_switch_reaches_the_unassessed_and_leaves_the_others() -> None:
    snapshot = act(two_at_the_site(), SWITCH, t("10:00", 8), actor(LI))
    before, after = t("23:59", 8), FROM
    clause = {n: [course_of(snapshot.persons[n], snapshot, at).result.clause for at in (before, after)] for n in (1, 2)}
    assert clause == {1: ["3.5", "3.5"], 2: ["3.6", "9.7"]}
    assert {each.person.id for each in queue(snapshot, after)} == {2}
    (entry,) = [each for each in snapshot.entries.values() if each.kind == "notice"]
    assert isinstance(entry.told, NoticeSwitched)
    assert (entry.text, entry.told.to, entry.entered_by) == ("演练文件 1 号", NINTH.id, LI)


def test_a_switch_for_everyone_asks_a_new_assessment_of_all() -> None:
    snapshot = act(two_at_the_site(), replace(SWITCH, for_everyone=True), t("10:00", 8), actor(LI))
    assert {each.person.id for each in queue(snapshot, t("23:59", 8))} == {2}
    assert {each.person.id: each.changed for each in queue(snapshot, FROM)} == {1: True, 2: False}
    again = act(snapshot, Confirm(person_id=1, clause="9.6", officer_name="王芳"), t("08:00", 9))
    assert {each.person.id for each in queue(again, t("08:00", 9))} == {2}
    assert (again.persons[1].room, again.persons[1].admitted_on) == (1, date(2021, 6, 7))


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (replace(SWITCH, reason=" "), "reason_needed"),
        (replace(SWITCH, notice="none"), "unknown_notice"),
        (replace(SWITCH, effective_from=t("23:59", 8)), "notice_not_begun"),
        (replace(SWITCH, notice="early", effective_from=t("00:00")), "notice_before_last"),
        (replace(SWITCH, notice=notice().id), "notice_in_force"),
    ],
)
def test_a_switch_that_cannot_be(command: SwitchNotice, code: str) -> None:
    assert refused(two_at_the_site(), command, t("10:00", 8), actor(LI)).code == code


def test_the_administrator_may_switch_too() -> None:
    admin = replace(two_at_the_site().officers[1], role="admin")
    snapshot = two_at_the_site()
    snapshot = snapshot.applied(snapshot.seq + 1, [admin])
    assert act(snapshot, SWITCH, t("10:00", 8)).notice_at(FROM).id == NINTH.id


def switched_late(at: datetime) -> Snapshot:
    """Two at the site since 7 June, the first with a negative of day 1, and a switch for everyone."""
    people = (someone(1, "3.5"), someone(2, "3.5"))
    snapshot = replace(the_desk(*people, LEADER), notices_known={notice().id: notice(), NINTH.id: NINTH})
    for number in (1, 2):
        confirm = Confirm(person_id=number, clause="3.5", officer_name="王芳", site_id=1, room=number)
        snapshot = act(act(snapshot, confirm, t("19:40")), moved(number), t("20:45"))
    taken = RecordTest(person_id=1, result="negative", type="pcr", sampled_on=date(2021, 6, 8))
    snapshot = act(snapshot, taken, t("21:00", 8))
    switch = replace(SWITCH, effective_from=at, for_everyone=True)
    return act(snapshot, switch, t("21:10", 8), actor(LI))


def late(snapshot: Snapshot, now: datetime) -> set[str]:
    return {each.id for each in board(snapshot, now).obligations if each.state in ("late", "missed")}


def test_the_days_before_a_switch_are_never_owed_late() -> None:
    """On the 12th, day 5, the second text has days 1, 2, 3 and 5; the first had days 1 and 14."""
    at = t("19:55", 12)
    before, after = late(switched_late(at), at - timedelta(minutes=1)), late(switched_late(at), at)
    assert {each for each in after if each.startswith("test")} == {
        "test-pcr/person-2/2021-06-08",  # both texts ask it, and nobody took it
    }
    assert after <= before
    owed = {each.id: each.state for each in board(switched_late(at), at).obligations if each.kind == "test"}
    assert owed["test-pcr/person-1/2021-06-12"] == "open"
    assert "test-pcr/person-1/2021-06-10" not in owed


def test_a_stage_that_is_over_under_the_new_notice_ends_on_the_day_of_the_switch_with_its_last_test() -> None:
    at = t("08:00", 18)
    snapshot = switched_late(at)
    owed = {each.id: each.state for each in board(snapshot, t("09:00", 18)).obligations if "person-1" in each.id}
    assert owed.pop("assess/person-1/2021-06-18", None) is None
    assert {each for each in owed if each.startswith(("test", "release"))} == {
        "test-pcr/person-1/2021-06-18",
        "release/person-1/2021-06-18",
    }
    assert not late(snapshot, t("09:00", 18)) - late(snapshot, t("07:59", 18))


def test_a_switch_in_a_few_figures() -> None:
    found = on_desk(two_at_the_site(), notice(), NINTH, t("08:00", 8))
    figures = summary(found)
    assert (figures.freed_earlier, figures.held_longer) == (2, 0)
    assert dict(figures.moves) == {("site", "home"): 1}
    assert (figures.rooms_before, figures.rooms_after) == (2, 1)
    assert figures.tests_before == sum(each.tests_before for each in found.loads)
    back = summary(on_desk(two_at_the_site(), NINTH, notice(), t("08:00", 8)))
    assert (back.freed_earlier, back.held_longer, dict(back.moves)) == (0, 2, {("home", "site"): 1})
