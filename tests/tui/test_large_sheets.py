"""A sheet larger than a line of the journal is taken in whole, or not at all. No other act is cut into parts."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from dutyboard import store
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.rules.records.commands.sheets import ImportArrivals
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.trouble import StoreTrouble
from tests.tui.test_gateway import accepted, opened
from tests.tui.test_gateway import desk as made

SHEET = ImportArrivals(persons=tuple(PersonData(name=f"来人{chr(0x4E00 + k)}", row=k + 1) for k in range(20)))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    """A desk in whose journal no line is longer than 1,000 bytes."""
    monkeypatch.setattr(store, "open_store", partial(store.open_store, line_bytes=1000))
    gateway = made(tmp_path / "desk")
    yield gateway
    gateway.close()


def test_a_sheet_is_several_lines_and_one_act_on_every_board(desk: Gateway) -> None:
    other = opened(desk.folder)
    before = desk.snapshot.seq
    accepted(desk, SHEET)
    text = (desk.folder / "journal/000000000001.jsonl").read_bytes()
    parts = [json.loads(line) for line in text.splitlines()[before:]]
    assert [part["part"] for part in parts] == [[k + 1, len(parts)] for k in range(len(parts))] and len(parts) > 1
    assert len({part["rid"] for part in parts}) == 1
    assert other.refresh().persons == desk.snapshot.persons
    assert desk.snapshot.seq == before + len(parts)
    assert {person.name for person in desk.snapshot.persons.values()} == {each.name for each in SHEET.persons}
    changes = desk.trail("persons", next(iter(desk.snapshot.persons)))
    assert len(changes) == 1
    other.close()


def test_the_same_sheet_under_the_same_name_is_found(desk: Gateway) -> None:
    first = desk.submit(SHEET, "sheet-1")
    again = desk.submit(SHEET, "sheet-1")
    assert again.again == desk.snapshot.seq
    assert again.changes == first.changes


def test_no_other_act_is_cut_into_parts(desk: Gateway) -> None:
    many = [lambda _, k=k: WriteLog(text=f"来电{k}" * 20) for k in range(30)]
    with pytest.raises(StoreTrouble) as trouble:
        desk.submit_all(many)
    assert (trouble.value.code, trouble.value.fields["what"]) == ("bad_document", "too_large")
