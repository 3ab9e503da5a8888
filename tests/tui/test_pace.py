"""The pace of one login: 200 acts and 1 MB a minute over all its processes, and then a line that says how long to wait.

The acts are made at a clock that stands until it is moved.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from dutyboard.rules.records.commands.post import AddOfficer, BindLogin, WriteLog
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import Identity
from dutyboard.tui.link.pace import PACE, Pace
from dutyboard.tui.link.together import submit_together
from dutyboard.tui.text import words
from dutyboard.tui.views.refusals import sentence
from tests.homes import begun
from tests.tui.test_gateway import NOW, OPEN, Clock

FEW = Pace(acts=5, size=PACE.size)
LONG = "热" * 3000


class Desk:
    """One desk, whose first officer signs on as `root`; each call is a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = Clock(NOW)
        self.act(OPEN)
        self.act(AddOfficer(name="刘敏", role="officer"), BindLogin(officer_id=2, login="liumin", reason="上岗"))
        self.later(61)

    def later(self, seconds: float) -> None:
        self.clock.at += timedelta(seconds=seconds)

    def act(self, *acts: object, identity: Identity | None = None, pace: Pace | None = None) -> Refusal | None:
        """Submit acts as one commit, and return its refusal."""
        who = identity or Identity("root")
        gateway = Gateway.open(begun(self.folder), who, create=True, clock=self.clock, pace=pace)
        try:
            return gateway.submit_all([lambda _, act=act: act for act in acts])[1]  # type: ignore[misc]
        finally:
            gateway.close()

    def notes(self) -> list[str]:
        gateway = Gateway.open(self.folder, Identity("root"), clock=self.clock)
        gateway.close()
        return [each.text for each in gateway.snapshot.entries.values() if each.kind == "note"]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "desk")


def test_the_two_bounds_are_those_of_a_gateway_that_is_told_nothing(desk: Desk) -> None:
    assert (PACE.acts, PACE.size) == (200, 1_000_000)
    gateway = Gateway.open(desk.folder, Identity("root"), clock=desk.clock)
    answers = [gateway.submit(WriteLog(text=str(number))) for number in range(202)]
    gateway.close()
    assert all(isinstance(each, Accepted) for each in answers[:200])
    assert answers[200:] == [Refusal("too_many_acts", {"seconds": 60})] * 2
    assert len(desk.notes()) == 200


def test_all_processes_of_a_login_count_and_no_other_login(desk: Desk) -> None:
    for number in range(5):
        assert desk.act(WriteLog(text=str(number)), pace=FEW) is None
        desk.later(2)
    assert desk.act(WriteLog(text="x"), pace=FEW) == Refusal("too_many_acts", {"seconds": 50})
    assert desk.act(WriteLog(text="y"), identity=Identity("liumin"), pace=FEW) is None
    desk.later(49.5)
    assert desk.act(WriteLog(text="x"), pace=FEW) == Refusal("too_many_acts", {"seconds": 1})
    desk.later(0.5)
    assert desk.act(WriteLog(text="z"), pace=FEW) is None
    assert desk.act(WriteLog(text="x"), pace=FEW) == Refusal("too_many_acts", {"seconds": 2})
    assert desk.notes() == ["0", "1", "2", "3", "4", "y", "z"]


def test_he_who_acts_for_another_is_counted_by_his_own_login(desk: Desk) -> None:
    as_other = Identity("root").acting_as("liumin")
    for number in range(5):
        assert desk.act(WriteLog(text=str(number)), identity=as_other, pace=FEW) is None
    for who in (as_other, Identity("root")):
        assert desk.act(WriteLog(text="x"), identity=who, pace=FEW) == Refusal("too_many_acts", {"seconds": 60})
    assert desk.act(WriteLog(text="y"), identity=Identity("liumin"), pace=FEW) is None


def test_the_bytes_count_too(desk: Desk) -> None:
    small = Pace(acts=PACE.acts, size=20_000)
    assert desk.act(WriteLog(text=LONG), pace=small) is None
    assert desk.act(WriteLog(text=LONG), pace=small) is None
    assert desk.act(WriteLog(text=LONG), pace=small) is None, "the act that reaches the bound is saved"
    assert desk.act(WriteLog(text="短"), pace=small) == Refusal("too_many_acts", {"seconds": 60})
    desk.later(60)
    assert desk.act(WriteLog(text="短"), pace=small) is None


def test_the_records_that_acts_changed_are_among_the_bytes(desk: Desk) -> None:
    acts = [AddOfficer(name=f"张{number}", role="officer") for number in range(3)]
    assert desk.act(*acts) is None
    gateway = Gateway.open(desk.folder, Identity("root"), clock=desk.clock)
    entries = [each for each in gateway.snapshot.entries.values() if each.entered_at == desk.clock.at]
    alone = sum(gateway._store.size("entries", each.id) for each in entries)
    gateway.close()
    assert len(entries) == 3 and alone > 0
    assert isinstance(desk.act(WriteLog(text="x"), pace=Pace(acts=PACE.acts, size=alone + 1)), Refusal)


def test_a_clock_that_was_ahead_locks_nobody_out(desk: Desk) -> None:
    for number in range(5):
        assert desk.act(WriteLog(text=str(number)), pace=FEW) is None
    desk.later(-3600)
    assert desk.act(WriteLog(text="x"), pace=FEW) is None


def test_the_line_says_when_to_go_on() -> None:
    told = [sentence(words(each), "too_many_acts", {"seconds": 12}) for each in ("zh", "en")]
    assert "请等 12 秒再继续" in told[0] and "go on in 12 seconds" in told[1]


def test_acts_said_at_once_are_one_act(desk: Desk) -> None:
    notes = [WriteLog(text=f"第{number}条") for number in range(6)]
    gateway = Gateway.open(desk.folder, Identity("root"), clock=desk.clock, pace=FEW)
    assert isinstance(submit_together(gateway, notes, []), Accepted)
    gateway.close()
    assert desk.act(WriteLog(text="下一条"), pace=FEW) is None
    assert desk.act(*notes[:3], pace=FEW) is None
    refused = desk.act(WriteLog(text="太快"), pace=FEW)
    assert refused is not None and refused.code == "too_many_acts"
