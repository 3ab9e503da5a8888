"""The board kept part by part says what a board made of the records alone says, at every minute that matters."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import datetime, timedelta
from itertools import islice

import pytest

from dutyboard.rules.board_rows import BoardRows, made_anew, next_turn
from dutyboard.rules.duties.duty import Duty, OfPerson
from dutyboard.rules.duties.every_duty import DUTIES
from dutyboard.rules.noting import BENEATH, TABLES, UNKNOWN, Noting, changed_keys
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.rooms import residents
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.commands.post import OpenDesk, WriteLog
from dutyboard.rules.records.ids import DutyId
from dutyboard.rules.records.layers import Layers
from dutyboard.rules.records.model import Area, Officer, Person, SettingChange, subject_id
from dutyboard.rules.records.obligation import Obligation, Window, obligation, standing
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.sight import Sight
from dutyboard.tui.link.picture import known_notices
from dutyboard.tui.sample import busy_desk
from tests.rules.courses.course import minutes_that_matter, worked
from tests.rules.desks import DAY, WANG, ZONE, act, desk, person, site, t, unit
from tests.shares import SHARES

SHARE = SHARES["rules"]["board_rows"]
HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
ONE_DAY = timedelta(days=1)
EVENING = datetime.fromisoformat("2021-06-07T19:40:00+08:00")
TOWN_OFFICER = Officer(id=90, name="镇员", role="town", unit_id=1)


@pytest.mark.parametrize("seed", range(SHARE["seeds"]))
def test_after_every_act_and_minute_a_kept_board_is_the_one_made_anew(seed: int) -> None:
    kept, later, compared = BoardRows(), BoardRows(), 0
    for number, night in enumerate(worked(seed, SHARE["steps"])):
        told = night.told[-1:]
        assert list(kept.of(night.snapshot, night.now, DUTIES)) == made_anew(night.snapshot, night.now, DUTIES), told
        kept.prepare(night.snapshot, next_turn(night.snapshot, night.now), DUTIES, 9)
        if number % 10 == 0:
            for minute in sorted(minutes_that_matter(night, night.now + 6 * HOUR)):
                expected = made_anew(night.snapshot, minute, DUTIES)
                assert list(later.of(night.snapshot, minute, DUTIES)) == expected, (told, minute)
                compared += len(expected)
    assert compared


@pytest.mark.parametrize("seed", range(SHARE["seeds"]))
def test_a_board_prepared_for_the_next_turn_is_the_one_made_anew_at_it_and_after(seed: int) -> None:
    turns = set()
    for night in islice(worked(seed, SHARE["steps"]), 0, None, 12):
        rows, turn = BoardRows(), next_turn(night.snapshot, night.now)
        rows.of(night.snapshot, night.now, DUTIES)
        while rows.prepare(night.snapshot, turn, DUTIES, 50):
            pass
        for now in (turn, turn + SECOND, turn + MINUTE, turn + MINUTE + SECOND):
            assert list(rows.of(night.snapshot, now, DUTIES)) == made_anew(night.snapshot, now, DUTIES), now
        turns.add(turn.astimezone(ZONE).time())
    assert len(turns) > 1, "midnight and the morning's change of shift"


NOT_NOTED = {"seq", "next_ids", "headings", "papers", "secrets", "memo", "handed_over_at", "attended"}
"""Parts of a picture on which no row rests; the last handover, which each row that may be accepted notes; and what was
said of alarms, which every board lays over its rows."""


def test_every_part_of_a_picture_is_noted_lies_beneath_or_is_named() -> None:
    assert {each.name for each in fields(Snapshot)} == {*TABLES, *BENEATH, *NOT_NOTED}


SILENT = {"entries", "reports", "last_reports", "amended", "restated"}
"""Tables from which no row of the sample's evening is read by itself: what is derived of them is."""


@pytest.fixture(scope="module")
def busy() -> Snapshot:
    """The sample desk of the evening, and one of each thing that it has not: told beside, and answered by an office."""
    notices = known_notices()
    opened = OpenDesk(desk="疫情防控", admin_name="", notice="lianyuan-2021-07")
    sample = Snapshot(notices_known=notices).applied(1, busy_desk(opened, EVENING, "root", notices))
    rows = made_anew(sample, EVENING, DUTIES)
    missed = next(each.id for each in rows if each.state == "missed")
    retaken = next(each.subject_id.number for each in rows if each.kind == "retake")
    beside = {missed: sample.entries[min(sample.entries)]}
    return replace(sample, beside=beside, settled={retaken: EVENING}, restated={retaken: EVENING})


@pytest.mark.parametrize("table", TABLES)
def test_a_row_follows_every_table_it_rests_on(busy: Snapshot, table: str) -> None:
    """Records are taken out of a table one by one, and put back, with no other table the wiser."""
    kept, held, noticed = BoardRows(), getattr(busy, table), False
    whole = list(kept.of(busy, EVENING, DUTIES))
    red = [each.subject_id.number for each in whole if each.priority == "red"]
    for gone in dict.fromkeys((*[*held][:25], *[*held][-25:], *(each for each in red if each in held))):
        fewer = replace(busy, **{table: {key: each for key, each in held.items() if key != gone}})
        try:
            expected = made_anew(fewer, EVENING, DUTIES)
        except LookupError:
            continue  # no desk is without it
        noticed = noticed or expected != whole
        assert list(kept.of(fewer, EVENING, DUTIES)) == expected, gone
        assert list(kept.of(busy, EVENING, DUTIES)) == whole, gone
    assert noticed == (table not in SILENT)


class Asked:
    """A duty that everybody owes within the hour of his registration, and whom it was asked of."""

    def __init__(self) -> None:
        self.of: list[int] = []
        self.fails = 0

    def owed_for(self, person: Person, snapshot: Snapshot, now: datetime) -> Iterator[Obligation]:
        self.of.append(person.id)
        if person.id == self.fails:
            raise ValueError("a record that no rule expects")
        window = Window(person.registered_at, person.registered_at + HOUR)
        stands = standing(window, None, now, snapshot.daily_at(now).duty.due_soon)
        named = DutyId("asked", subject_id(person), snapshot.day_of(now))
        yield obligation("assess", named, subject_id(person), window, stands, None, subject=person.name, clause="2")

    def taken(self) -> list[int]:
        """Return of whom it was asked since the last time."""
        of, self.of = sorted(self.of), []
        return of


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def duties(asked: Asked) -> tuple[Duty, ...]:
    return (Duty(kinds=("assess",), owed=OfPerson(asked.owed_for), by=()),)


def three() -> Snapshot:
    """Three people, registered at 08:00, 09:00 and 10:00."""
    found = [replace(person(n), registered_at=t(f"{7 + n:02}:00")) for n in (1, 2, 3)]
    return desk(unit(1), site(1), *found)


def test_only_whom_something_changed_for_is_asked_again(asked: Asked, duties: tuple[Duty, ...]) -> None:
    snapshot, kept = three(), BoardRows()
    assert len(kept.of(snapshot, t("08:01"), duties)) == 3
    assert asked.taken() == [1, 2, 3]
    noted = act(snapshot, WriteLog(text="A"), t("08:02"))
    kept.of(noted, t("08:02"), duties)
    assert asked.taken() == [], "a note is about nobody"
    kept.of(noted.applied(noted.seq + 1, [replace(noted.persons[2], note="B")]), t("08:02"), duties)
    assert asked.taken() == [2]
    four = noted.applied(noted.seq + 1, [person(4)])
    kept.of(four, t("08:02"), duties)
    assert asked.taken() == [2, 4], "another record of the second, and somebody new"


def test_a_row_is_made_again_at_its_own_hours_and_counts_its_minutes_alone(
    asked: Asked, duties: tuple[Duty, ...]
) -> None:
    snapshot, kept = three(), BoardRows()
    kept.of(snapshot, t("08:01"), duties)
    asked.taken()
    kept.of(snapshot, t("08:02"), duties)
    assert asked.taken() == []
    rows = kept.of(snapshot, t("09:01"), duties)
    assert asked.taken() == [1, 2], "the first is late, the second opens"
    assert (rows[0].subject_id.number, rows[0].state, rows[0].late_minutes) == (1, "late", 1)
    rows = kept.of(snapshot, t("09:04"), duties)
    assert asked.taken() == []
    assert rows[0].late_minutes == 4


def test_a_clock_put_back_makes_all_anew(asked: Asked, duties: tuple[Duty, ...]) -> None:
    snapshot, kept = three(), BoardRows()
    kept.of(snapshot, t("09:30"), duties)
    asked.taken()
    rows = kept.of(snapshot, t("08:30"), duties)
    assert asked.taken() == [1, 2, 3]
    assert list(rows) == made_anew(snapshot, t("08:30"), duties)


def test_another_day_is_prepared_before_it_begins(asked: Asked, duties: tuple[Duty, ...]) -> None:
    snapshot, kept, begins = three(), BoardRows(), midnight(t("23:55").date() + ONE_DAY, ZONE)
    kept.of(snapshot, t("23:55"), duties)
    asked.taken()
    left = [kept.prepare(snapshot, begins, duties, 1) for _ in range(4)]
    assert (left, len(asked.of)) == ([True, True, False, False], 3), "one at a time, and none twice"
    asked.taken()
    kept.of(snapshot, t("23:56"), duties)
    assert asked.taken() == [], "today's stand as they stood"
    changed = snapshot.applied(snapshot.seq + 1, [replace(snapshot.persons[2], note="B")])
    rows = kept.of(changed, begins, duties)
    assert asked.taken() == [2], "only who changed since is asked at midnight"
    assert list(rows) == made_anew(changed, begins, duties)


def test_the_morning_is_prepared_as_well_and_what_comes_into_force(asked: Asked, duties: tuple[Duty, ...]) -> None:
    change = SettingChange(
        id=1, name="unassessed_hours", value="1", effective_from=t("08:30"), reason="A", set_by=WANG, set_at=t("07:00")
    )
    snapshot = three().applied(9, [change])
    midnight_after = midnight(DAY + ONE_DAY, ZONE)
    turns = [next_turn(snapshot, now) for now in (t("07:59"), t("08:00"), t("08:29"), t("08:30"), t("23:59"))]
    assert turns == [t("08:00"), t("08:30"), t("08:30"), midnight_after, midnight_after]
    for before, turn in ((t("07:55"), t("08:00")), (t("08:25"), t("08:30"))):
        kept = BoardRows()
        kept.of(snapshot, before, duties)
        assert not kept.prepare(snapshot, turn, duties, 9)
        asked.taken()
        assert list(kept.of(snapshot, turn, duties)) == made_anew(snapshot, turn, duties)
        assert asked.taken() == [1, 2, 3], "by the board made anew alone"


def test_a_handover_makes_no_person_anew(asked: Asked, duties: tuple[Duty, ...]) -> None:
    snapshot, kept, now = replace(three(), handed_over_at=t("08:01")), BoardRows(), t("20:05", 8)
    kept.of(snapshot, now, duties)
    asked.taken()
    assert kept.of(replace(snapshot, handed_over_at=now), now, duties)
    assert asked.taken() == []
    kept.of(snapshot, now, duties)
    assert asked.taken() == [1, 2, 3], "taken back: days are looked at that nobody knows"


def test_a_prepared_day_is_of_no_use_under_another_setting(asked: Asked, duties: tuple[Duty, ...]) -> None:
    snapshot, kept, begins = three(), BoardRows(), midnight(t("23:55").date() + ONE_DAY, ZONE)
    assert not kept.prepare(snapshot, begins, duties, 9)
    asked.taken()
    listed = Area(id=1, code="440103", name="广东省广州市荔湾区", level="high", starts=DAY)
    kept.of(snapshot.applied(snapshot.seq + 1, [listed]), begins, duties)
    assert asked.taken() == [1, 2, 3]


def test_a_person_and_a_site_that_are_gone_owe_nothing_any_more() -> None:
    snapshot, kept, now = three(), BoardRows(), t("08:01")
    assert "site-1" in {each.subject_id for each in kept.of(snapshot, now, DUTIES)}
    gone = snapshot.applied(snapshot.seq + 1, [], [("persons", 2), ("sites", 1)])
    rows = kept.of(gone, now, DUTIES)
    assert {"site-1", "person-2"}.isdisjoint(each.subject_id for each in rows)
    assert list(rows) == made_anew(gone, now, DUTIES)


def test_one_who_raises_hides_nobody_and_is_asked_again(asked: Asked, duties: tuple[Duty, ...]) -> None:
    snapshot, kept = three(), BoardRows()
    asked.fails = 2
    for _ in range(2):
        with pytest.raises(ValueError, match="no rule expects"):
            kept.of(snapshot, t("08:01"), duties)
    assert asked.taken() == [1, 2, 2, 3]
    asked.fails = 0
    assert list(kept.of(snapshot, t("08:01"), duties)) == made_anew(snapshot, t("08:01"), duties)


def test_what_is_read_is_noted_by_its_key_and_a_table_made_of_others_too() -> None:
    whole = desk(
        site(1), site(2), person(1, stage="site", site_id=1, room=1), person(2, stage="site", site_id=2, room=1)
    )
    noting = Noting(whole)
    assert [each.id for each in residents(noting.seen, 1)] == [1]
    reads = noting.taken()
    assert {key for _, key in reads} == {1}, "of all who live anywhere, those of one site were read"
    moved = whole.applied(whole.seq + 1, [replace(whole.persons[2], room=2)])
    others = noting.move_to(moved)
    assert others is not None and reads.isdisjoint(others)
    others = noting.move_to(moved.applied(moved.seq + 1, [replace(moved.persons[1], room=3)]))
    assert others is not None and not reads.isdisjoint(others)


def test_a_list_made_of_what_lies_beneath_is_nobody_s_own_and_a_table_of_another_picture_is_unknown() -> None:
    noting = Noting(three())
    course_of(noting.seen.persons[1], noting.seen, t("08:00"))
    reads = noting.taken()
    assert ("persons", 1) in reads
    assert all(isinstance(source, str) for source, _ in reads - {UNKNOWN}), "the list of areas is made, and not noted"
    assert UNKNOWN not in reads
    assert noting.seen.memo.made(len, {1: "A"}) == 1
    assert noting.taken() == {UNKNOWN}


def test_a_town_s_own_picture_is_kept_as_well(asked: Asked, duties: tuple[Duty, ...]) -> None:
    town = TOWN_OFFICER
    whole = desk(unit(1), *(replace(person(n, unit_id=1), registered_at=t("08:00")) for n in (1, 2)), town)
    sight, kept = Sight(owner=False), BoardRows()
    kept.of(sight.of(whole, town), t("08:01"), duties)
    assert asked.taken() == [1, 2]
    noted = act(whole, WriteLog(text="A"), t("08:02"))
    kept.of(sight.of(noted, town), t("08:02"), duties)
    assert asked.taken() == []


def test_another_area_or_setting_leaves_nothing_standing() -> None:
    whole = three()
    listed = Area(id=1, code="440103", name="广东省广州市荔湾区", level="high", starts=DAY)
    assert Noting(whole).move_to(whole.applied(whole.seq + 1, [listed])) is None


@pytest.mark.parametrize(
    ("old", "new", "others"),
    [
        ({1: "a"}, {1: "a"}, set()),
        ({1: "a"}, {1: "b", 2: "c"}, {1, 2}),
        ({1: "a", 2: "b"}, {2: "b"}, {1}),
        (Layers({1: "a"}, {}), Layers({1: "a"}, {1: "b"}), {1}),
    ],
)
def test_the_keys_that_changed(old: dict[int, str], new: dict[int, str], others: set[int]) -> None:
    assert changed_keys(old, new) == others


def test_the_keys_that_changed_above_one_base() -> None:
    base = {n: str(n) for n in range(9)}
    assert changed_keys(Layers(base, {1: "x"}), Layers(base, {1: "x", 2: "y", 10: "z"})) == {2, 10}
