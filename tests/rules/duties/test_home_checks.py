"""The daily check at home, person by person: whoever was not seen is owed by name, and what was found leads on."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyboard.rules.amending.ways import way_of
from dutyboard.rules.duties.lists.home_days import home_days
from dutyboard.rules.duties.person.home_checks import owed as home_checks
from dutyboard.rules.people.provenance import history_of
from dutyboard.rules.people.stage import is_watched
from dutyboard.rules.records.codes import Stage
from dutyboard.rules.records.commands.amending import Amend, TakeBack
from dutyboard.rules.records.commands.person import RecordBreach
from dutyboard.rules.records.commands.post import CloseMatter, Discharge
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Assessment, Entry, Person, subject_id
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import HomeChecked
from tests.rules.desks import DAY, act, desk, owed, person, refused, t, unit

CHECK = "home-check/unit-1/2021-06-07"


def at_home(number: int, **fields: Any) -> Person:
    return person(number, **({"stage": "home", "unit_id": 1, "home_from": DAY, "home_cadre": "村干部"} | fields))


def waiting(number: int, since: str = "08:00") -> Person:
    """Somebody who waits where he is for his one test (3.4, 3.8b)."""
    made = Assessment(
        notice="lianyuan-2021-07",
        decision="decide",
        clause="3.8b",
        also=(),
        first_place="free_after_negative",
        provisional=None,
        refer_reason=None,
        by=1,
        at=t(since),
    )
    return person(number, stage="waiting", unit_id=1, assessment=made)


def town(*people: Person) -> Snapshot:
    return desk(unit(), *people)


def rows(snapshot: Snapshot, clock: str = "12:00", day: int = 7) -> Mapping[str, Obligation]:
    return {each.id: each for each in home_checks(snapshot, DAY.replace(day=day), t(clock, day))}


def names(*numbers: int) -> tuple[Subject, ...]:
    return tuple(Subject("person", number) for number in numbers)


def matters(snapshot: Snapshot, clock: str = "12:01") -> list[Obligation]:
    return [each for each in owed(snapshot, t(clock)).values() if each.kind == "finding"]


# ---------------------------------------------------------------- who is on the row


def test_one_row_a_town_with_its_people() -> None:
    snapshot = town(at_home(1), at_home(2), at_home(3, unit_id=None), at_home(4, home_from=date(2021, 6, 8)))
    found = rows(snapshot)
    assert {key: (row.count, row.total, row.state, row.people, row.left) for key, row in found.items()} == {
        CHECK: (0, 2, "open", names(1, 2), names(1, 2)),
        "home-check/post/2021-06-07": (0, 1, "open", names(3), names(3)),
    }
    assert {row.clause for row in found.values()} == {"3.12"}
    gone = snapshot.applied(9, [replace(snapshot.persons[1], stage="closed", closed_at=t("09:00", 8))])
    assert {each.id: each for each in home_checks(gone, DAY, t("12:00", 8))}[CHECK].people == names(1, 2)
    assert rows(gone, day=8)["home-check/unit-1/2021-06-08"].people == names(2, 4)


def test_who_waits_for_his_one_test_is_seen_as_well() -> None:
    assert rows(town(at_home(1), waiting(2)))[CHECK].people == names(1, 2)


@pytest.mark.parametrize(("came", "owed_today"), [("09:00", True), ("20:00", True), ("20:01", False)])
def test_who_comes_home_is_seen_that_day_unless_the_hour_is_over(came: str, owed_today: bool) -> None:
    snapshot = act(town(at_home(1)), Discharge(obligation=CHECK, seen=(1,)), t("08:00"))
    assert rows(snapshot)[CHECK].state == "done"
    snapshot = snapshot.applied(9, [at_home(2, watched_since=t(came))])
    row = rows(snapshot, "21:00")[CHECK]
    assert (row.left, row.count, row.total) == ((names(2), 1, 2) if owed_today else ((), 1, 1))
    assert row.state == ("late" if owed_today else "done")
    assert rows(snapshot, "00:00", 8)["home-check/unit-1/2021-06-08"].people == names(1, 2)


# ---------------------------------------------------------------- what a check says


def test_a_check_of_all_is_done_and_holds_their_numbers() -> None:
    snapshot = act(town(at_home(1), at_home(2)), Discharge(obligation=CHECK, seen=(1, 2)), t("11:00"))
    row = rows(snapshot)[CHECK]
    assert (row.state, row.count, row.total, row.left) == ("done", 2, 2, ())
    assert snapshot.entries[1].told == HomeChecked(checked=2, of=2, seen=("person-1", "person-2"))
    assert refused(snapshot, Discharge(obligation=CHECK, seen=(1,)), t("12:00")).code == "already_done"


def test_without_a_name_and_a_word_it_says_that_all_who_are_left_were_seen() -> None:
    snapshot = act(town(at_home(1), at_home(2)), Discharge(obligation=CHECK), t("11:00"))
    assert snapshot.entries[1].told == HomeChecked(checked=2, of=2, seen=("person-1", "person-2"))


def test_three_of_four_stays_open_and_the_fourth_is_owed_by_name() -> None:
    snapshot = town(*map(at_home, range(1, 5)))
    said = Discharge(obligation=CHECK, seen=(1, 2, 3), absent=(4,), remarks={"person-4": "敲门无人应，电话关机"})
    snapshot = act(snapshot, said, t("11:00"))
    row = rows(snapshot)[CHECK]
    assert (row.state, row.count, row.total, row.left, row.entry) == ("open", 3, 4, names(4), None)
    assert rows(snapshot, "20:01")[CHECK].state == "late"
    (one,) = matters(snapshot)
    assert (one.id, one.owed_by, one.text) == ("absent/matter-1/2021-06-07", "村干部", "敲门无人应，电话关机")
    assert (one.people, one.due) == (names(4), t("11:30"))
    found = act(snapshot, Discharge(obligation=CHECK, seen=(4,)), t("15:00"))
    assert (rows(found)[CHECK].state, rows(found)[CHECK].count) == ("done", 4)
    assert [each.id for each in matters(found)] == [one.id]  # only words close it
    said = Discharge(obligation=CHECK, seen=(4,), remarks={"person-4": "在菜地，手机没电"})
    heard = act(snapshot, said, t("15:00"))
    assert matters(heard) == []
    closed = heard.matters[1]
    assert (closed.outcome, closed.closed_at, closed.closed_by) == ("在菜地，手机没电", t("15:00"), "管理员")
    assert matters(act(heard, Amend(entry_id=2, reason="看错人", agreed=True), t("15:05")))[0].id == one.id
    assert matters(act(found, CloseMatter(matter_id=1, outcome="在菜地"), t("15:01"))) == []


@pytest.mark.parametrize(
    ("seen", "said", "closed"),
    [
        ((1,), {"text": "在菜地"}, True),  # the note of a check that met him alone is about him
        ((1, 2), {"text": "都好"}, False),  # of two it may be about the other
        ((1, 2), {"remarks": {"person-1": "在菜地"}}, True),
        ((1, 2), {"remarks": {"person-2": "在菜地"}}, False),
        ((2,), {"text": "在菜地"}, False),
        ((1,), {"text": "早上见过", "happened_at": t("10:00")}, False),  # before he was missed
    ],
)
def test_words_of_a_later_check_that_met_him_close_it(
    seen: tuple[int, ...], said: dict[str, Any], closed: bool
) -> None:
    snapshot = act(town(at_home(1), at_home(2)), Discharge(obligation=CHECK, absent=(1,)), t("11:00"))
    after = act(snapshot, Discharge(obligation=CHECK, seen=seen, **said), t("12:00"))
    assert (matters(after) == []) is closed


def test_absent_twice_is_one_matter() -> None:
    snapshot = town(at_home(1))
    for clock in ("11:00", "13:00"):
        snapshot = act(snapshot, Discharge(obligation=CHECK, absent=(1,)), t(clock))
    assert len(matters(snapshot)) == 1
    assert rows(snapshot)[CHECK].left == names(1)


def test_who_refuses_is_the_command_posts_and_stays_owed() -> None:
    said = Discharge(obligation=CHECK, refused=(1,), remarks={"person-1": "不开门"})
    snapshot = act(town(at_home(1)), said, t("11:00"))
    (one,) = matters(snapshot)
    assert (one.slot, one.owed_by, one.text) == ("refused", "涟源市疫情防控", "不开门")
    assert rows(snapshot)[CHECK].left == names(1)


def test_who_is_unwell_was_seen_and_leads_on() -> None:
    said = Discharge(obligation=CHECK, unwell=(1,), remarks={"person-1": "头晕"})
    snapshot = act(town(at_home(1)), said, t("11:00"))
    assert rows(snapshot)[CHECK].state == "done" and rows(snapshot)[CHECK].abnormal
    assert [(each.slot, each.text) for each in matters(snapshot)] == [("unwell", "头晕")]
    assert [(each.temp_c, each.symptom) for each in snapshot.readings[1]] == [(None, "头晕")]
    assert "suspected/person-1/2021-06-07" in owed(snapshot, t("11:01"))


def test_a_fever_at_home_is_a_reading_of_the_person_and_taken_again() -> None:
    snapshot = act(town(at_home(1)), Discharge(obligation=CHECK, readings={"person-1": 37.8}), t("11:00"))
    assert rows(snapshot)[CHECK].state == "done"
    assert [each.temp_c for each in snapshot.readings[1]] == [37.8]
    assert "retake" in {each.kind for each in owed(snapshot, t("11:01")).values()}


def test_a_check_taken_back_gives_back_the_part_before_it() -> None:
    snapshot = act(town(at_home(1), at_home(2)), Discharge(obligation=CHECK, seen=(1,)), t("11:00"))
    snapshot = act(snapshot, Discharge(obligation=CHECK, absent=(2,)), t("11:05"))
    snapshot = act(snapshot, TakeBack(entry_id=2), t("11:06"))
    row = rows(snapshot)[CHECK]
    assert (row.count, row.left, matters(snapshot)) == (1, names(2), [])


def test_his_page_has_every_check_that_names_him() -> None:
    snapshot = act(town(at_home(1), at_home(2)), Discharge(obligation=CHECK, seen=(1,)), t("11:00"))
    assert [len(history_of(snapshot.persons[number], snapshot)) for number in (1, 2)] == [1, 0]


@pytest.mark.parametrize(
    ("now", "said", "code"),
    [
        (t("12:00"), {"text": "3人在家，1人没开门"}, "people_needed"),
        (t("12:00"), {"figures": {"checked": 1}, "text": "一人不在家"}, "people_needed"),
        (t("12:00"), {"figures": {"checked": 3}}, "people_needed"),
        (t("12:00"), {"abnormal": True}, "people_needed"),
        (t("12:00"), {"seen": (1, 9)}, "not_on_row"),
        (t("12:00"), {"seen": (1, 3)}, "not_on_row"),
        (t("12:00"), {"seen": (1,), "remarks": {"person-3": "x"}}, "not_on_row"),
        (t("12:00"), {"seen": (1,), "absent": (1,)}, "said_twice"),
        (t("12:00"), {"absent": (1,), "readings": {"person-1": 36.5}, "text": "没开门"}, "said_twice"),
        (t("12:00"), {"refused": (1,), "readings": {"person-1": 36.5}, "text": "拒测"}, "said_twice"),
        (t("12:00"), {"unwell": (1,)}, "note_needed"),
        (t("12:00"), {"readings": {"person-1": 50}}, "bad_figure"),
        (t("12:00"), {"seen": (1,), "happened_at": t("12:01")}, "in_future"),
        (t("12:00"), {"seen": (1,), "obligation": "home-check/unit-9/2021-06-07"}, "unknown_obligation"),
        (t("12:00"), {"seen": (1,), "obligation": "home-check/unit-1/today"}, "unknown_obligation"),
    ],
)
def test_a_check_that_cannot_be(now: datetime, said: dict[str, Any], code: str) -> None:
    snapshot = town(at_home(1), at_home(2), at_home(3, unit_id=None))
    assert refused(snapshot, Discharge(**{"obligation": CHECK, **said}), now).code == code


@pytest.mark.parametrize(("checked", "state", "count", "left"), [(2, "done", 2, ()), (1, "open", 1, names(1, 2))])
def test_a_check_of_before_names_nobody(checked: int, state: str, count: int, left: tuple[Subject, ...]) -> None:
    old = Entry(
        id=1,
        happened_at=t("10:00"),
        entered_at=t("10:00"),
        entered_by=1,
        login="admin",
        obligation=CHECK,
        subject="unit-1",
        told=HomeChecked(checked=checked, of=2),
    )
    snapshot = town(at_home(1), at_home(2)).applied(9, [old])
    row = rows(snapshot)[CHECK]
    assert (row.state, row.count, row.left) == (state, count, left)
    later = snapshot.applied(10, [at_home(3, watched_since=t("11:00"))])
    assert Subject("person", 3) in rows(later)[CHECK].left


# ---------------------------------------------------------------- a breach


@pytest.mark.parametrize("somebody", [at_home(1), waiting(1)])
def test_a_breach_is_of_the_person_and_the_command_posts(somebody: Person) -> None:
    snapshot = act(town(somebody), RecordBreach(person_id=1, text="在集市", happened_at=t("10:40")), t("11:00"))
    entry = snapshot.entries[1]
    assert (entry.kind, entry.subject, entry.text, entry.abnormal) == ("breach", "person-1", "在集市", True)
    (one,) = matters(snapshot)
    assert (one.slot, one.owed_by, one.text, one.due) == ("breach", "涟源市疫情防控", "在集市", t("11:10"))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"person_id": 9}, "unknown_person"),
        ({"person_id": 2}, "wrong_stage"),
        ({"text": " "}, "text_needed"),
        ({"happened_at": t("11:01")}, "in_future"),
    ],
)
def test_a_breach_that_cannot_be(said: dict[str, Any], code: str) -> None:
    snapshot = town(at_home(1), person(2, stage="site"))
    assert refused(snapshot, RecordBreach(**{"person_id": 1, "text": "外出", **said}), t("11:00")).code == code


# ---------------------------------------------------------------- nobody slips

PLACES: tuple[Stage, ...] = ("home", "waiting", "site", "hospital", "transfer", "pending", "closed")


@given(
    people=st.lists(
        st.tuples(st.sampled_from(PLACES), st.integers(0, 1439), st.sampled_from([1, 2, None])), max_size=6
    ),
    now=st.integers(0, 1439),
    seen=st.sets(st.integers(1, 6)),
)
@settings(deadline=None)
def test_whoever_is_at_home_or_waits_is_on_one_row_of_his_day(
    people: list[tuple[Stage, int, int | None]], now: int, seen: set[int]
) -> None:
    """Who came after the day's hour is on one row of the next day. Who was seen is not owed, everybody else is."""
    instant = t("00:00") + timedelta(minutes=now)
    snapshot = desk(
        unit(1),
        unit(2),
        *(
            person(
                number, stage=stage, unit_id=unit_id, home_from=DAY, watched_since=t("00:00") + timedelta(minutes=at)
            )
            for number, (stage, at, unit_id) in enumerate(people, 1)
        ),
    )
    for row in list(home_checks(snapshot, DAY, instant)):
        some = tuple(each.number for each in row.people if each.number in seen)
        if some and row.subject_id.kind == "unit":
            snapshot = act(snapshot, Discharge(obligation=row.id, seen=some, happened_at=instant), instant)
    today, tomorrow = (list(home_checks(snapshot, DAY + timedelta(days=on), instant)) for on in (0, 1))
    for each in snapshot.persons.values():
        held = [row for row in today if subject_id(each) in row.people]
        late = each.watched_since is not None and each.watched_since > t("20:00")
        if not is_watched(each):
            assert not held
        elif late:
            assert not held and len([row for row in tomorrow if subject_id(each) in row.people]) == 1
        else:
            (row,) = held
            ticked = each.id in seen and each.unit_id is not None
            assert (subject_id(each) in row.left) is not ticked
            assert (row.state in ("done", "done_late")) is (not row.left)


@pytest.mark.parametrize("order", [("10:00", "21:00"), ("21:00", "10:00")])
def test_the_part_of_a_done_check_is_told_again_and_the_last_visit_says_when_it_was_done(
    order: tuple[str, str],
) -> None:
    parts = {
        "10:00": Discharge(obligation=CHECK, seen=(1,), absent=(2,), text="敲门", happened_at=t("10:00")),
        "21:00": Discharge(obligation=CHECK, seen=(2,), happened_at=t("21:00")),
    }
    snapshot = town(at_home(1), at_home(2))
    for each in order:
        snapshot = act(snapshot, parts[each], t("21:05"))
    assert rows(snapshot, "21:06")[CHECK].state == "done_late"
    (first,) = (each.id for each in snapshot.entries.values() if each.happened_at == t("10:00"))
    instead = replace(parts["10:00"], text="敲门三次")
    mended = act(snapshot, Amend(entry_id=first, reason="漏写", instead=instead), t("21:10"))
    row = rows(mended, "21:11")[CHECK]
    assert (row.state, row.count, row.left) == ("done_late", 2, ())
    assert [each.text for each in mended.parts[row.id]] == ["敲门三次", ""]
    told = mended.parts[row.id][0].told
    assert isinstance(told, HomeChecked) and told.checked == 1  # by then


@pytest.mark.parametrize("first", [{"seen": (1,)}, {"refused": (2,), "remarks": {"person-2": "不开门"}}])
def test_a_part_taken_back_by_mistake_is_told_again_beside_the_others(first: dict[str, Any]) -> None:
    """The other parts of a check stand for other people, or for another visit: they are no reason to refuse it."""
    snapshot = act(town(at_home(1), at_home(2)), Discharge(obligation=CHECK, **first), t("11:00"))
    snapshot = act(snapshot, Discharge(obligation=CHECK, seen=(2,)), t("12:00"))
    for struck in (1, 2):
        back = act(snapshot, Amend(entry_id=struck, reason="点错", agreed=True), t("12:05"))
        newest = max(back.entries)
        again = act(back, Amend(entry_id=newest, reason="没错", agreed=True), t("12:06"))
        row, before = rows(again, "12:07")[CHECK], rows(snapshot, "12:07")[CHECK]
        assert (row.count, row.left, row.state) == (before.count, before.left, before.state)


def test_a_visit_is_not_told_twice_by_an_undone_undo() -> None:
    snapshot = act(town(at_home(1)), Discharge(obligation=CHECK, seen=(1,)), t("11:00"))
    back = act(snapshot, Amend(entry_id=1, reason="点错", agreed=True), t("11:05"))
    other = act(back, Discharge(obligation=CHECK, seen=(1,)), t("12:00"))
    assert refused(other, Amend(entry_id=2, reason="没错", agreed=True), t("12:05")).code == "already_done"


# ---------------------------------------------------------------- how it was checked


def test_a_check_says_how_it_was_made_where_somebody_states_it() -> None:
    snapshot = town(at_home(1), at_home(2))
    by_phone = act(snapshot, Discharge(obligation=CHECK, seen=(1,), details={"how": "phone"}), t("09:00"))
    entry = by_phone.entries[max(by_phone.entries)]
    assert isinstance(entry.told, HomeChecked) and entry.told.how == "phone"
    silent = act(by_phone, Discharge(obligation=CHECK, seen=(2,)), t("10:00"))
    last = silent.entries[max(silent.entries)]
    assert isinstance(last.told, HomeChecked) and last.told.how is None
    how = {each.person.id: each.how for each in home_days(silent, 1, DAY, DAY, t("12:00"))}
    assert how == {1: "phone", 2: None}
    unknown = Discharge(obligation=CHECK, seen=(1,), details={"how": "letter"})
    assert refused(snapshot, unknown, t("09:00")).code == "unknown_way"
    way = way_of(last, silent)
    assert isinstance(way, Discharge) and way.details == {"how": ""}, "a correction may state it"
    again = Amend(entry_id=last.id, reason="补", instead=replace(way, details={"how": "door"}))
    mended = act(silent, again, t("11:00")).entries
    told = mended[max(mended)].told
    assert isinstance(told, HomeChecked) and (told.how, told.seen) == ("door", ("person-2",))
