"""No journal whatever, its hashes right, ends a command with a fault: a share of the nightly run."""

import random
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.rules.records.commands.sheets import ImportArrivals
from dutyboard.rules.records.transaction import Accepted
from dutyboard.store import JournalDB
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import Identity
from dutyboard.tui.link.picture import MANY
from dutyboard.tui.link.trouble import StoreTrouble
from tests.shares import SHARES
from tests.tui.hostile_journal import CALLS, SEGMENT, read_one, rechained, sound_desk
from tests.tui.night import ME

DESKS = SHARES["tui"]["hostile_journal"]["desks"]
SEED = 1


def test_no_journal_is_a_fault(tmp_path: Path, ran: Callable[[str], None]) -> None:
    lines = sound_desk(tmp_path / "base")
    draws = (random.Random(f"{SEED}/{number}") for number in range(DESKS))
    read = sum(read_one(draw, tmp_path / "base", lines, tmp_path / "room") for draw in draws)
    assert 0 < read < DESKS * len(CALLS)
    ran(f"hostile journals: {DESKS} desks, {read} of {DESKS * len(CALLS)} calls answered in full")


def desk_of(folder: Path, change: Callable[[list[dict[str, Any]]], None]) -> Path:
    """Make a desk whose lines were changed, with every hash computed anew."""
    lines = sound_desk(folder)
    change(lines)
    (folder / SEGMENT).write_bytes(rechained(lines))
    return folder


def without_notice(lines: list[dict[str, Any]]) -> None:
    del lines[1]["put"]["notices"]


def with_id_of_no_number(lines: list[dict[str, Any]]) -> None:
    lines[1]["put"]["persons"]["x"] = {}


@pytest.mark.parametrize(("change", "table"), [(without_notice, "notices"), (with_id_of_no_number, "persons")])
def test_a_desk_that_fits_no_board_is_named(
    tmp_path: Path, change: Callable[[list[dict[str, Any]]], None], table: str
) -> None:
    with pytest.raises(StoreTrouble) as trouble:
        Gateway.open(desk_of(tmp_path / "desk", change), Identity(ME))
    assert (trouble.value.code, trouble.value.fields["table"]) == ("bad_record", table)


def test_a_note_is_taken_while_a_person_cannot_be_read_who_is_then_named(tmp_path: Path) -> None:
    sound_desk(tmp_path / "desk")
    with JournalDB(tmp_path / "desk") as db:
        db.table("persons").update({"stage": "nowhere"}, doc_ids=[1])
    with pytest.raises(StoreTrouble):
        Gateway.open(tmp_path / "desk", Identity(ME))
    with closing(Gateway.open(tmp_path / "desk", Identity(ME), by_need=True)) as gateway:
        assert isinstance(gateway.submit(WriteLog(text="接电话")), Accepted)
        with pytest.raises(StoreTrouble) as trouble:
            dict(gateway.snapshot.persons)
    assert (trouble.value.code, trouble.value.fields["table"]) == ("bad_record", "persons")


def test_people_read_by_need_are_those_of_the_line_of_the_picture(tmp_path: Path) -> None:
    sound_desk(tmp_path / "desk")
    gateway, by_need = (Gateway.open(tmp_path / "desk", Identity(ME), by_need=each) for each in (False, True))
    with closing(gateway), closing(by_need):
        before, unread = gateway.snapshot, by_need.snapshot
        number = next(iter(before.persons))
        with JournalDB(tmp_path / "desk") as db:
            db.table("persons").update({"name": "李四"}, doc_ids=[number])
        assert by_need.refresh().persons[number].name == gateway.refresh().persons[number].name == "李四"
        assert [*by_need.snapshot.persons.items()] == [*gateway.snapshot.persons.items()]
        assert [*unread.persons.items()] == [*before.persons.items()]
        assert unread.persons[number].name != "李四"
        assert (max(unread.persons) + 1 in unread.persons, unread.persons.get(0)) == (False, None)


def test_many_people_of_one_act_are_read_by_need_and_are_those_of_the_desk(tmp_path: Path) -> None:
    sound_desk(tmp_path / "desk")
    told = tuple(PersonData(name=f"测{number}", row=number) for number in range(1, MANY + 2))
    with closing(Gateway.open(tmp_path / "desk", Identity(ME), by_need=True)) as by_need:
        before = len(by_need.snapshot.persons)
        assert isinstance(by_need.submit(ImportArrivals(persons=told)), Accepted)
        assert isinstance(by_need.submit(WriteLog(text="接电话")), Accepted)
        with closing(Gateway.open(tmp_path / "desk", Identity(ME))) as gateway:
            one, other = by_need.snapshot, gateway.snapshot
            assert len(one.persons) == before + len(told)
            assert ([*one.persons.items()], one.next_ids, one.seq) == (
                [*other.persons.items()],
                other.next_ids,
                other.seq,
            )
            assert [*one.entries.items()] == [*other.entries.items()]


def test_a_notice_taken_away_under_an_open_board_is_named(tmp_path: Path) -> None:
    sound_desk(tmp_path / "desk")
    gateway = Gateway.open(tmp_path / "desk", Identity(ME))
    with JournalDB(tmp_path / "desk") as db:
        db.table("notices").remove(doc_ids=[*gateway.snapshot.notices])
    with closing(gateway), pytest.raises(StoreTrouble) as trouble:
        gateway.refresh()
    assert (trouble.value.code, trouble.value.fields["table"]) == ("bad_record", "notices")


def test_a_time_that_is_no_instant_is_named_in_the_trail(tmp_path: Path) -> None:
    desk = desk_of(tmp_path / "desk", lambda lines: lines[1].update(t="x"))
    with closing(Gateway.open(desk, Identity(ME))) as gateway, pytest.raises(StoreTrouble) as trouble:
        gateway.trail("persons", next(iter(gateway.snapshot.persons)))
    assert (trouble.value.code, trouble.value.fields["path"]) == ("bad_record", "t")
