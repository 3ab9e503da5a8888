"""The ledger of a day: what was owed on it and how it stands, by the four duties of the notice (五)."""

from typing import get_args

import pytest

from dutyboard.rules.duties.duty import OfPerson, UntilDone
from dutyboard.rules.duties.every_duty import DUTIES
from dutyboard.rules.law.four_duties import SIDES
from dutyboard.rules.ledger import COLUMNS, LedgerRow, kind_of_slot, ledger
from dutyboard.rules.records.codes import MatterCause
from dutyboard.rules.records.commands.person import Confirm, RecordTest
from dutyboard.rules.records.commands.post import CloseMatter, Discharge, OpenMatter
from dutyboard.rules.records.obligation import Kind
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.text import words
from tests.rules.desks import DAY, act, desk, site, t
from tests.rules.duties.test_queue import someone, the_desk

NEXT = DAY.replace(day=8)


def rows(snapshot: Snapshot, day: object = DAY, now: object = None) -> dict[Kind, dict[str, int]]:
    found = ledger(snapshot, day, now or t("12:00"))  # type: ignore[arg-type]
    return {row.kind: {name: n for name, n in row.counts.items() if n} for row in found}


def test_rounds_are_held_to_their_windows_and_grouped_by_the_notices_words() -> None:
    snapshot = act(desk(site()), Discharge(obligation=f"patrol-1/site-1/{DAY}"), t("08:00"))
    snapshot = act(snapshot, Discharge(obligation=f"disinfection-am/site-1/{DAY}"), t("11:30"))
    found = rows(snapshot, now=t("17:45"))
    assert found["patrol"] == {"done": 1, "missed": 1, "open": 1}
    assert found["disinfection"] == {"done_late": 1, "open": 1}
    whole: tuple[LedgerRow, ...] = ledger(snapshot, DAY, t("17:45"))
    assert [row.side for row in whole] == sorted((row.side for row in whole), key=SIDES.index)
    assert {row.side for row in whole if row.kind in ("patrol", "site_report")} == {"employer"}
    assert all(tuple(row.counts) == COLUMNS for row in whole)


def test_what_is_owed_until_done_counts_on_the_day_it_was_done_late_after_its_own_day() -> None:
    snapshot = act(the_desk(someone(1, "3.8b")), Confirm(person_id=1, clause="3.8b", officer_name="王芳"), t("19:40"))
    assert rows(snapshot, now=t("19:45"))["assess"] == {"done": 1}
    snapshot = act(snapshot, RecordTest(person_id=1, type="pcr", result="pending"), t("20:00"))
    assert rows(snapshot, now=t("20:05"))["test"] == {"open": 1}
    assert rows(snapshot, DAY, t("09:00", 8))["test"] == {"late": 1}
    snapshot = act(snapshot, RecordTest(person_id=1, result="negative"), t("10:00", 8))
    assert "test" not in rows(snapshot, DAY, t("10:05", 8))
    assert rows(snapshot, NEXT, t("10:05", 9))["test"] in ({"done": 1}, {"done_late": 1})
    assert rows(snapshot, NEXT, t("11:00", 8))["advice"] == {"open": 1}
    told = act(snapshot, Discharge(obligation="advice/person-1/2021-06-07"), t("11:10", 8))
    assert rows(told, NEXT, t("09:00", 9))["advice"] == {"done": 1}
    assert "advice" not in rows(told, NEXT.replace(day=9), t("09:00", 9))


def test_a_matter_is_late_each_day_until_it_is_closed() -> None:
    snapshot = act(desk(site()), OpenMatter(subject="site-1", text="门坏", due=t("10:00")), t("09:00"))
    assert rows(snapshot)["finding"] == {"late": 1}
    assert rows(snapshot, NEXT, t("08:00", 9))["finding"] == {"late": 1}
    closed = act(snapshot, CloseMatter(matter_id=1, outcome="已修"), t("08:00", 9))
    assert rows(closed, NEXT.replace(day=9), t("12:00", 9))["finding"] == {"done_late": 1}
    assert "finding" not in rows(closed, NEXT, t("12:00", 9))


@pytest.mark.parametrize("slot", [each for each in words("zh").duties.slots if not each.startswith("seat-")])
def test_every_name_of_what_is_owed_until_done_has_its_kind(slot: str) -> None:
    assert (kind_of_slot(slot) is None) == (slot in get_args(MatterCause))  # a cause stands for its matter


def test_every_kind_that_is_owed_until_done_is_found_by_its_own_name() -> None:
    kinds = [kind for duty in DUTIES if isinstance(duty.owed, OfPerson | UntilDone) for kind in duty.kinds]
    assert [kind for kind in kinds if kind_of_slot(kind) != kind and kind != "test"] == []
    assert [kind for kind in set(get_args(Kind)) - set(kinds) if kind_of_slot(kind) is not None] == []
