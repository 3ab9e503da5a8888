"""Officers on two terminal servers at one record, one alarm, one seat and one PIN: what one did counts on the other."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from dutyboard.rules.board import board
from dutyboard.rules.records import pins
from dutyboard.rules.records.commands.person import Assign
from dutyboard.rules.records.commands.post import Acknowledge, BindLogin, Shelve, TakeSeat, WriteLog
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.transaction import Accepted
from dutyboard.store import Store
from dutyboard.store.engine.address import written_address
from dutyboard.store.files.folder import Folder
from dutyboard.tui.app import DutyApp
from dutyboard.tui.commands.desk import make_desk
from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.link.clock import real_clock
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import Identity, own_identity
from dutyboard.tui.link.pins import Given
from dutyboard.tui.link.trouble import StoreTrouble
from dutyboard.tui.screens.forms.person.moves import assign_form
from dutyboard.tui.text import words
from tests.engine.cluster import Cluster
from tests.engine.mirrors import desk_address, mirror
from tests.tui.screen_text import until_shown

NOW = datetime.fromisoformat("2021-06-07T19:42+08:00")


class Servers:
    """Two mirrors of a practice desk: 王芳, who made it, is on the first, a colleague on the second."""

    def __init__(self, one: Path, other: Path) -> None:
        self.folders = one, other
        self.now = real_clock()
        make_desk(Invocation(), one, sample=True, practice=NOW)
        self.first = self.opened(one, own_identity())
        colleague = next(each for each in self.first.snapshot.officers.values() if each.login is None)
        self.name = colleague.name
        bound = self.first.submit(BindLogin(officer_id=colleague.id, login="colleague", reason="上岗"))
        assert isinstance(bound, Accepted), bound
        self.second = self.opened(other, Identity("colleague"))

    def opened(self, folder: Path, identity: Identity) -> Gateway:
        return Gateway.open(folder, identity, clock=lambda: self.now, pace=None)

    def close(self) -> None:
        self.first.close()
        self.second.close()


@pytest.fixture
def servers(cluster: Cluster, schema: str, tmp_path: Path) -> Iterator[Servers]:
    address = desk_address(cluster, schema)
    made = Servers(mirror(tmp_path / "one", address), mirror(tmp_path / "two", address))
    yield made
    made.close()


def code(answer: Accepted | Refusal) -> str | None:
    return answer.code if isinstance(answer, Refusal) else None


def test_who_guesses_a_pin_has_no_more_tries_by_changing_the_server(servers: Servers) -> None:
    both = [servers.opened(folder, Identity("colleague")) for folder in servers.folders]
    me = servers.first.actor.officer_id
    told: list[Any] = []
    for turn, gateway in zip(range(5), cycle(both)):
        answer = gateway.submit(WriteLog(text="记"), given=[Given(text=f"90218{turn}", officer_id=me)])
        told.append((code(answer), answer.fields["tries"] if isinstance(answer, Refusal) else None))
        servers.now += timedelta(seconds=20)
    assert told == [("wrong_pin", turn) for turn in range(1, 6)]
    right = Given(text=pins.SHARED_PIN, officer_id=me)
    assert [code(each.submit(WriteLog(text="记"), given=[right])) for each in both] == ["pin_locked"] * 2
    servers.now += timedelta(minutes=15)
    assert [code(each.submit(WriteLog(text="记"), given=[right])) for each in both] == [None, None]
    for each in both:
        each.close()


def test_a_guess_while_the_engine_is_away_is_not_compared(servers: Servers, cluster: Cluster) -> None:
    """Else nobody would count it: right or wrong, the answer is the same."""
    cluster.stop()
    for text in (pins.SHARED_PIN, "902187"):
        with pytest.raises(StoreTrouble) as trouble:
            servers.second.submit(WriteLog(text="记"), given=[Given(text=text)])
        assert trouble.value.code == "engine_no_answer"


def test_two_who_guess_at_once_on_two_servers_are_counted_both(
    servers: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A right guess that was compared before a colleague's last wrong one was written is not taken."""
    me, other = servers.first.actor.officer_id, servers.opened(servers.folders[1], Identity("colleague"))
    real = Store.commit

    def meanwhile(*args: Any, **more: Any) -> Any:
        monkeypatch.setattr(Store, "commit", real)
        for turn in range(5):
            other.submit(WriteLog(text="记"), given=[Given(text=f"90218{turn}", officer_id=me)])
            servers.now += timedelta(seconds=20)
        return real(*args, **more)

    one = servers.opened(servers.folders[0], Identity("colleague"))
    monkeypatch.setattr(Store, "commit", meanwhile)
    guess = Given(text=pins.SHARED_PIN, officer_id=me)
    assert code(one.submit(WriteLog(text="记"), given=[guess])) == "pin_locked"
    one.close()
    other.close()


def test_an_alarm_that_was_seen_or_shelved_on_one_server_is_so_on_the_other(servers: Servers) -> None:
    alarms = [each for each in board(servers.first.snapshot, servers.first.now()).obligations if each.grave]
    seen, aside = [each for each in alarms if each.kind not in ("seat", "handover")][:2]
    until_then = servers.first.now() + timedelta(minutes=20)
    assert code(servers.first.submit(Acknowledge(obligations=(seen.id,)))) is None
    assert code(servers.first.submit(Shelve(obligation=aside.id, until=until_then, reason="等车"))) is None
    assert code(servers.second.submit(Acknowledge(obligations=(seen.id,)))) == "seen_already"
    rows = {each.id: each for each in board(servers.second.refresh(), servers.second.now()).obligations}
    assert all(rows[each.id].attention for each in (seen, aside))


def test_a_seat_that_was_taken_on_one_server_is_held_on_the_other(servers: Servers) -> None:
    assert code(servers.second.submit(TakeSeat(seat="officer", reason="顶班"))) is None
    answer = servers.first.submit(TakeSeat(seat="officer"))
    assert isinstance(answer, Refusal), answer
    assert (answer.code, servers.name in str(answer.fields)) == ("seat_taken", True)


async def test_who_signs_second_is_told_who_changed_the_record_on_the_other_server(servers: Servers) -> None:
    number, person = next((n, p) for n, p in servers.first.snapshot.persons.items() if p.stage == "site")
    folder = servers.folders[0]
    app = DutyApp(lambda: servers.opened(folder, own_identity()), words("zh"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "现在要做的事")
        assign_form(app.session, person)
        await until_shown(pilot, "确认保存")
        await pilot.press(*"张强", "enter", "enter", "enter", *"有变")
        done = servers.second.submit(Assign(person_id=number, officer_name="周涛", reason="换人"))
        assert isinstance(done, Accepted), done
        await pilot.press("f9")
        await until_shown(pilot, f"{servers.name}于")
        await until_shown(pilot, "动过")
        assert servers.second.refresh().persons[number].officer_name == "周涛"


def test_a_database_that_was_put_back_is_told_by_what_this_machine_saw(servers: Servers, cluster: Cluster) -> None:
    """The heads that an officer saw last stay in files of his machine: those of the database went back with it."""
    servers.close()
    (schema,) = cluster.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'desk\\_%%'")[-1]
    cluster.execute(f"ALTER TABLE {schema}.lines DISABLE TRIGGER USER")
    for table in ("lines", "turns"):
        newest = f"(SELECT max(n) FROM {schema}.{table} WHERE chain = 'desk')"
        cluster.execute(f"DELETE FROM {schema}.{table} WHERE chain = 'desk' AND n = {newest}")
    folder = servers.folders[0]
    with Folder.top(folder) as made:
        address = written_address(made)
    assert address is not None
    shutil.rmtree(folder)
    gateway = servers.opened(mirror(folder, address), own_identity())
    assert [each.code for each in gateway.found()] == ["rolled_back"]
    gateway.close()
