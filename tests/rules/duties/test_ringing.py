"""The bell of the red lane: once for each alarm, once for many, again while nobody looks."""

from datetime import datetime, timedelta

import pytest

from dutyboard.rules.account.ledger import account
from dutyboard.rules.account.marks import marks
from dutyboard.rules.account.statistics import alarm_load
from dutyboard.rules.board import board
from dutyboard.rules.duties.post.alarms import FLOOD
from dutyboard.rules.duties.post.ringing import LastRung, rung
from dutyboard.rules.records.commands.person import TakeReading
from dutyboard.rules.records.snapshot import Snapshot
from tests.rules.alarm_nights import CALM, ENDS, Night, bad_night, normal_night
from tests.rules.desks import act, t
from tests.rules.duties.test_alarms import FEVER, OTHER_FEVER, fever, handed_over, post, seen, shelved


class Ear:
    """Somebody who listens at one screen."""

    def __init__(self) -> None:
        self.heard: LastRung | None = None

    def at(self, snapshot: Snapshot, at: str | datetime) -> int:
        """The alarms for which it rings at an instant; 0: it is silent."""
        now = t(at) if isinstance(at, str) else at
        self.heard, ringing = rung(self.heard, board(snapshot, now).obligations, snapshot, now)
        return len(ringing)


def test_it_rings_once_for_each_alarm_and_again_only_while_nobody_has_seen_it() -> None:
    ear, snapshot = Ear(), post()
    assert ear.at(snapshot, "18:59") == 0
    snapshot = fever(snapshot, "19:00")
    assert [ear.at(snapshot, at) for at in ("19:00", "19:01", "19:09", "19:10", "19:11", "19:20")] == [1, 0, 0, 1, 0, 1]
    snapshot = seen(snapshot, "19:21")
    assert [ear.at(snapshot, at) for at in ("19:21", "19:40")] == [0, 0]
    snapshot = fever(snapshot, "19:41", 2)
    assert [ear.at(snapshot, at) for at in ("19:41", "19:42")] == [1, 0]


def test_who_comes_in_hears_one_bell_for_all_that_he_finds() -> None:
    snapshot = fever(fever(fever(post(), "19:00"), "19:00", 2), "19:00", 3)
    ear = Ear()
    assert [ear.at(snapshot, "19:05"), ear.at(snapshot, "19:06")] == [3, 0]
    assert Ear().at(post(), "19:05") == 0


def test_what_is_shelved_is_silent_and_rings_when_it_is_back() -> None:
    ear, snapshot = Ear(), shelved(fever(post(), "19:00"), "19:01", "19:20")
    assert [ear.at(snapshot, at) for at in ("19:01", "19:19", "19:20", "19:21")] == [0, 0, 1, 0]


def test_what_went_over_by_its_name_does_not_ring_for_who_took_it_over() -> None:
    ear, snapshot = Ear(), seen(fever(post(), "19:00"), "19:05", FEVER)
    assert ear.at(snapshot, "19:50") == 0
    snapshot = handed_over(snapshot, "19:55")
    assert ear.at(snapshot, "19:56") == 0
    assert ear.at(fever(snapshot, "20:05", 2), "20:05") == 1
    assert OTHER_FEVER in (ear.heard or {})


def test_a_flood_rings_as_one_group_and_not_for_each_that_joins_it() -> None:
    ear, snapshot, bells = Ear(), post(), []
    for number in range(1, FLOOD + 5):
        at = t("19:00") + timedelta(seconds=20 * number)
        snapshot = act(snapshot, TakeReading(person_id=number, temp_c=38.0), at)
        bells.append(ear.at(snapshot, at))
    assert bells == [1] * FLOOD + [1] + [0] * 3


# ---------------------------------------------------------------- two nights


def test_on_a_normal_night_at_most_one_alarm_comes_in_ten_minutes() -> None:
    """EEMUA 191: long-term average; ISA-18.2: at most six an hour are acceptable."""
    night = normal_night()
    assert night.people == 300
    assert len(night.came) >= 3, "a night without alarms proves nothing"
    assert len(night.came) <= night.hours * 6
    assert max(night.each_ten_minutes()) <= CALM
    assert night.grouped == 0
    assert night.left == 0, "each alarm had its act"


def test_the_flood_of_a_bad_night_is_grouped_into_at_most_ten_rows() -> None:
    night = bad_night()
    assert max(night.each_ten_minutes()) > FLOOD
    assert (night.alarms_most, night.grouped) == (30, 30)
    assert night.rows_in_flood <= FLOOD
    assert max(night.bells_each_ten_minutes()) <= FLOOD + 1
    assert len(night.bells) < len(night.came)


@pytest.mark.parametrize("night", [normal_night, bad_night])
def test_every_alarm_of_a_night_is_on_the_board_until_it_is_done(night: object) -> None:
    assert callable(night)
    assert night().lost == 0


@pytest.mark.parametrize("night", [normal_night, bad_night])
def test_the_alarms_of_a_night_are_found_in_the_records_when_all_is_over(night: object) -> None:
    assert callable(night)
    worked: Night = night()
    assert worked.desk is not None
    days = t("00:00").date(), t("00:00", 8).date()
    load = alarm_load(account(worked.desk, *days, ENDS), worked.desk, *days, ENDS)
    assert load.alarms == len(worked.came) + 1, "in the morning before, nobody sat on the officer's seat"
    assert (load.flooded == 0) == (worked.flooded == 0)


@pytest.mark.parametrize("night", [normal_night, bad_night])
def test_nothing_of_a_night_is_asked_about(night: object) -> None:
    assert callable(night)
    worked: Night = night()
    assert worked.desk is not None
    assert len(worked.desk.entries) > 100, "a night without entries proves nothing"
    assert marks(worked.desk, t("00:00").date(), t("00:00", 8).date(), ENDS) == {}
