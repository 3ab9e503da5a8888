"""Months that are closed leave for the archives: the board stays the same, and what left is still found."""

import json
from contextlib import closing
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dutyboard.rules.board import board
from dutyboard.rules.duties.report_figures import report_figures
from dutyboard.rules.law.facts import Facts
from dutyboard.rules.records.ids import POST
from dutyboard.rules.records.model import TABLES, Entry
from dutyboard.rules.records.told import Unreadable
from dutyboard.rules.sight import Sight
from dutyboard.store import JournalDB, Put, Step, open_store
from dutyboard.tui.cli import program
from dutyboard.tui.export.kinds import make_page, read_for
from dutyboard.tui.export.page import Maker, PageAsked, PageKind, PageTable
from dutyboard.tui.link import gateway as door
from dutyboard.tui.link.care import verify
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import own_identity
from dutyboard.tui.link.records import puts_of
from dutyboard.tui.link.steps import STEPS
from dutyboard.tui.text import words
from dutyboard.tui.views.journal.trail import change_line
from tests.homes import begun, copied
from tests.rules.desks import person, t
from tests.rules.test_closed import days, worked

NOW = t("18:00", days(80)[-1])
LATER = t("09:30", date(2021, 8, 27))


def clock() -> datetime:
    return NOW


def opened(folder: Path) -> Gateway:
    return Gateway.open(begun(folder), own_identity(), create=True, clock=clock)


@pytest.fixture(scope="module")
def old_desk(home: Path) -> Path:
    """A desk worked from 06-07 to 08-25, with one person let go in June and one of July whom nothing keeps."""
    people = [
        person(1, name="张三", stage="closed", closed_at=t("10:00", 20), admitted_on=date(2021, 6, 7)),
        person(2, name="李四", stage="closed", closed_at=t("10:00", date(2021, 7, 20)), facts=Facts()),
    ]
    told = Entry(
        id=9000,
        told=Unreadable(entry_kind="release"),
        subject="person-1",
        happened_at=t("10:00", 20),
        entered_at=t("10:00", 20),
        entered_by=1,
        login="admin",
    )
    desk = worked(80, frozenset(), *people).applied(1, [told])
    folder = home / "desk"
    gateway = opened(folder)
    gateway.seed([record for table in TABLES for record in getattr(desk, table).values()])
    gateway.close()
    return folder


@pytest.fixture
def old(old_desk: Path, tmp_path: Path) -> Path:
    """Return a copy of that desk for one test."""
    return copied(old_desk, tmp_path / "desk")


def shown(gateway: Gateway) -> list[dict[str, Any]]:
    return [asdict(board(gateway.snapshot, at)) for at in (NOW, LATER)]


def test_the_board_is_the_same_in_every_process_and_the_journal_is_sound(old: Path) -> None:
    one, other = opened(old), opened(old)
    before = shown(one)
    moved = one.archive()
    assert list(moved) == ["2021-06.json"]
    assert moved["2021-06.json"] == {"entries": 24 * 4 - 1 + 1, "persons": 1, "reports": 24, "shifts": 46}
    other.refresh()
    late = opened(old)
    assert shown(one) == shown(other) == shown(late) == before
    assert late.snapshot.next_ids == one.snapshot.next_ids
    assert one.archive() == {}
    for gateway in (one, other, late):
        gateway.close()
    assert verify(old)["ok"]


def test_what_left_is_still_found(old: Path) -> None:
    gateway = opened(old)
    stated = report_figures(gateway.snapshot, "screening", POST, NOW.date(), NOW)
    told = gateway.entries_about("person-1")
    gateway.archive()
    assert 1 not in gateway.snapshot.persons
    found = gateway.person(1)
    assert found is not None
    assert found.name == "张三"
    assert gateway.person(77) is None
    assert gateway.entries_about("person-1") == told
    assert report_figures(gateway.with_archived("persons"), "screening", POST, NOW.date(), NOW) == stated
    assert report_figures(gateway.snapshot, "screening", POST, NOW.date(), NOW)["total"] == stated["total"] - 1
    report = gateway.with_archived("reports").last_reports[("screening", "unit-1", date(2021, 6, 9))]
    assert report.zero
    assert [change.archived for change in gateway.trail("persons", 1)] == [False, True]
    gateway.close()


def test_the_pages_of_a_day_that_left_are_what_they_were(old: Path) -> None:
    gateway, day = opened(old), date(2021, 6, 9)

    def tables() -> list[tuple[PageTable, ...]]:
        kinds: tuple[PageKind, ...] = ("daybook", "handover", "rota")
        asked = [PageAsked(kind=kind, first=day, last=day, said_days=True) for kind in kinds]
        pages = [make_page(each, read_for(each, gateway), NOW, Maker("zhang", ""), words("zh")) for each in asked]
        return [page.tables for page in pages]

    before = tables()
    assert gateway.archive()
    assert not any(gateway.snapshot.day_of(each.happened_at) == day for each in gateway.snapshot.entries.values())
    assert tables() == before
    gateway.close()


def called(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(program, ["--data", str(folder), *words])


def test_who_left_is_found_by_name(old: Path) -> None:
    gateway = opened(old)
    before = called(old, "person", "张三", "--json")
    gateway.archive()
    assert [each.id for each in gateway.people_named("张三")] == [1]
    assert gateway.people_named('"') == gateway.people_named("张") == []
    found = called(old, "person", "张三", "--json")
    assert (found.exit_code, json.loads(found.stdout)["id"]) == (0, 1)
    assert json.loads(found.stdout)["name"] == json.loads(before.stdout)["name"]
    assert "张三" in called(old, "person", "张三").stdout
    assert called(old, "views", "--person", "张三").stdout == called(old, "views", "--person", "person-1").stdout
    assert called(old, "person", "王五").exit_code == 1
    gateway.close()


def test_a_namesake_of_a_closed_month_is_not_passed_over(old: Path) -> None:
    gateway = opened(old)
    gateway.archive()
    gateway.close()
    with closing(open_store(old, writer="w@1", steps=STEPS)) as store:
        store.commit(lambda: puts_of([person(7, name="张三")]))
    told = called(old, "person", "张三")
    assert told.exit_code == 1
    assert "person-1" in told.stderr and "person-7" in told.stderr


def test_who_left_is_found_by_name_by_nobody_who_may_not_see_him(old: Path) -> None:
    gateway = opened(old)
    gateway.archive()
    gateway._sight = Sight(owner=False)
    assert gateway.snapshot.own is not None
    assert gateway.people_named("张三") == []
    gateway.close()


def test_who_changed_a_record_and_which_fields(old: Path) -> None:
    gateway = opened(old)
    gateway.archive()
    first, last = gateway.trail("persons", 1)
    assert (first.login, first.at.utcoffset()) == (own_identity().login, NOW.utcoffset())
    assert set(first.fields) >= {"name", "stage", "closed_at"}
    assert (last.fields, last.seq) == ((), gateway.snapshot.seq)
    assert gateway.trail("persons", 77) == []
    gateway.close()


def test_what_another_program_removed_is_not_said_to_be_archived(old: Path) -> None:
    gateway = opened(old)
    with JournalDB(old) as db:
        db.table("persons").remove(doc_ids=[1])
    gateway.refresh()
    _, last = gateway.trail("persons", 1)
    assert (last.archived, last.removed) == (False, True)
    assert change_line(last, False, gateway.snapshot, words("zh")).endswith(words("zh").trail.removed)
    gateway.close()


def test_a_desk_and_its_archives_of_an_older_format_are_brought_up(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gateway = opened(old)
    gateway.archive()
    gateway.close()

    def renamed(docs: Any) -> list[Put]:
        return [Put("persons", int(i), {**doc, "note": "第二版"}) for i, doc in docs["persons"].items()]

    monkeypatch.setattr(door, "STEPS", (*door.STEPS, Step(3, renamed)))
    newer = opened(old)
    assert [each.note for each in newer.with_archived("persons").persons.values()] == ["第二版", "第二版"]
    newer.close()
    assert json.loads((old / "archive" / "2021-06.json").read_bytes())["persons"]["1"].get("note") is None
    monkeypatch.undo()
    with pytest.raises(door.StoreTrouble) as refused:
        opened(old)
    assert (refused.value.code, refused.value.fields) == ("too_new", {"format": 3, "known": 2})
