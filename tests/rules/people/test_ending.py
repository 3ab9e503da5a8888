"""Every way in which a record ends, and what is said of it afterwards."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, get_args

import pytest

from dutyboard.rules.people.ending import end_of, overridden
from dutyboard.rules.records.codes import EndKind
from dutyboard.rules.records.commands.person import HandOff, Release
from dutyboard.rules.records.model import Ending, Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.export.person_json import person_json
from dutyboard.tui.text import words
from dutyboard.tui.views.people import stage_text
from dutyboard.tui.views.person.page import page_lines
from tests.rules.desks import LI, act, desk, person, t
from tests.rules.duties.test_care import LEADER
from tests.rules.duties.test_queue import someone, the_desk

NOW = t("19:00")
AT_HOME: dict[str, Any] = {"stage": "home", "home_from": NOW.date() - timedelta(days=3), "home_cadre": "刘干部"}


def closed(command: HandOff | Release, **fields: Any) -> Snapshot:
    snapshot = the_desk(LEADER, someone(1, "3.5", **{**AT_HOME, **fields}))
    return act(snapshot, command, NOW)


DIED = HandOff(person_id=1, leader_id=LI, letter="死亡证明5号", died=True)
HANDED = HandOff(person_id=1, leader_id=LI, letter="娄疫防函3号", to="娄底市")
FORCED = Release(person_id=1, leader_id=LI, override="本人病重")
ENDS = [
    (DIED, Ending(how="died", at=NOW, leader=LI, letter="死亡证明5号", entry=1), "死亡"),
    (HANDED, Ending(how="handed_over", at=NOW, leader=LI, letter="娄疫防函3号", to="娄底市", entry=1), "已移交"),
    (FORCED, Ending(how="overridden", at=NOW, leader=LI, reason="本人病重", entry=1), "强行解除"),
]


@pytest.mark.parametrize(("command", "end", "name"), ENDS, ids=[end.how for _, end, _ in ENDS])
def test_a_record_says_what_its_end_was(command: HandOff | Release, end: Ending, name: str) -> None:
    snapshot = closed(command)
    ended = snapshot.persons[1]
    assert ended.end == end == end_of(replace(ended, end=None), snapshot)
    assert stage_text(ended, snapshot, words("zh")) == name
    page = page_text(ended, snapshot)
    for said in (name, "李建国", end.letter, end.to, end.reason):
        assert said in page
    assert person_json(snapshot, ended, NOW, snapshot.entries.values(), ())["end"]["how"] == end.how


@pytest.mark.parametrize("command", [DIED, HANDED], ids=["died", "handed over"])
@pytest.mark.parametrize("kept", [True, False], ids=["kept", "derived"])
@pytest.mark.parametrize("stage", ["site", "home", "transfer", "referred"])
def test_neither_death_nor_letter_is_a_release_by_force(command: HandOff, kept: bool, stage: str) -> None:
    snapshot = closed(command, stage=stage, released_early=stage == "home")
    ended = snapshot.persons[1] if kept else replace(snapshot.persons[1], end=None)
    assert not overridden(ended, end_of(ended, snapshot))
    assert "强行" not in page_text(ended, snapshot)


def test_an_old_record_without_its_entry_is_just_closed() -> None:
    snapshot = desk(person(1, stage="closed", closed_at=NOW, released_early=True))
    assert end_of(snapshot.persons[1], snapshot) is None
    assert stage_text(snapshot.persons[1], snapshot, words("zh")) == "已解除"
    assert overridden(snapshot.persons[1], None)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_end_has_its_name(language: str) -> None:
    assert set(words(language).course.ends) == set(get_args(EndKind))  # type: ignore[arg-type]


def page_text(ended: Person, snapshot: Snapshot) -> str:
    return "".join(text for line in page_lines(ended, [], snapshot, NOW, words("zh"), 200) for text, _ in line)
