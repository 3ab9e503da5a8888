"""The gateway: a snapshot kept current, refusals that write nothing, a practice clock, and who may act for whom."""

import errno
import gzip
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from dutyboard.rules.board import board
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.post import OpenDesk, WriteLog
from dutyboard.rules.records.model import TABLES, Officer
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link.care import verify
from dutyboard.tui.link.folder import has_desk, lost_journal
from dutyboard.tui.link.gateway import Gateway, Refused
from dutyboard.tui.link.identity import Identity
from dutyboard.tui.link.picture import known_notices
from dutyboard.tui.link.trouble import StoreTrouble
from tests.homes import begun

NOW = datetime.fromisoformat("2021-06-07T19:40:00+08:00")
OPEN = OpenDesk(desk="疫情防控", admin_name="王芳", notice="lianyuan-2021-07")


class Clock:
    """A real clock that stands until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


def opened(folder: Path, *, login: str = "root", clock: Clock | None = None, acting_as: str | None = None) -> Gateway:
    return Gateway.open(begun(folder), Identity(login), create=True, clock=clock or Clock(NOW), acting_as=acting_as)


def accepted(gateway: Gateway, command: Command) -> Accepted:
    answer = gateway.submit(command)
    assert isinstance(answer, Accepted), answer
    return answer


def desk(folder: Path) -> Gateway:
    gateway = opened(folder)
    accepted(gateway, OPEN)
    return gateway


def test_the_head_beside_the_number_of_a_line_is_the_one_that_verify_gives(tmp_path: Path) -> None:
    """D12: the handover showed an older head beside the newest number, and officers copy it on paper."""
    gateway = desk(tmp_path / "desk")
    for text in ("来电", "来函"):
        accepted(gateway, WriteLog(text=text))
        report = verify(tmp_path / "desk", {gateway.snapshot.seq: gateway.head})
        assert report["ok"] and (report["lines"], report["head"]) == (gateway.snapshot.seq, gateway.head)
    gateway.close()


def test_a_commit_is_in_the_snapshot_and_in_the_next_process(tmp_path: Path) -> None:
    first = desk(tmp_path / "desk")
    entry = accepted(first, WriteLog(text="来电")).entry.id
    assert first.snapshot.entries[entry].text == "来电"
    seq, head = first.snapshot.seq, first.head
    first.close()
    second = opened(tmp_path / "desk")
    assert second.snapshot.entries[entry].text == "来电"
    assert (second.snapshot.seq, second.head) == (seq, head)
    assert {table: second.snapshot.next_id(table) for table in TABLES} == {
        table: first.snapshot.next_id(table) for table in TABLES
    }
    second.close()


def test_another_process_sees_it_after_a_wake(tmp_path: Path) -> None:
    writer, reader = desk(tmp_path / "desk"), opened(tmp_path / "desk")
    woken, stop = threading.Event(), threading.Event()
    watcher = threading.Thread(target=reader.watch, args=(woken.set, stop))
    watcher.start()
    entry = accepted(writer, WriteLog(text="来电")).entry.id
    assert woken.wait(10)
    stop.set()
    watcher.join()
    assert entry not in reader.snapshot.entries
    assert reader.refresh().entries[entry].text == "来电"
    assert reader.snapshot.seq == writer.snapshot.seq
    writer.close()
    reader.close()


def test_two_processes_decide_one_after_the_other_on_fresh_records(tmp_path: Path) -> None:
    one, other = desk(tmp_path / "desk"), opened(tmp_path / "desk")
    ids = [accepted(gateway, WriteLog(text="x")).entry.id for gateway in (one, other, one, other)]
    assert ids == list(range(ids[0], ids[0] + 4))
    one.close()
    other.close()


def test_a_refusal_writes_nothing(tmp_path: Path) -> None:
    gateway = desk(tmp_path / "desk")
    before = gateway.snapshot.seq, gateway.head
    answer = gateway.submit(WriteLog(text=" "))
    assert isinstance(answer, Refusal)
    assert answer.code == "text_needed"
    assert (gateway.refresh().seq, gateway.head) == before
    gateway.close()


def test_a_preview_answers_alike_and_writes_nothing(tmp_path: Path) -> None:
    gateway = desk(tmp_path / "desk")
    before = gateway.snapshot.seq
    assert isinstance(gateway.preview(WriteLog(text="来电")), Accepted)
    assert gateway.refresh().seq == before
    gateway.close()


def test_an_unbound_login_is_refused(tmp_path: Path) -> None:
    desk(tmp_path / "desk").close()
    stranger = opened(tmp_path / "desk", login="mallory")
    answer = stranger.submit(WriteLog(text="来电"))
    assert isinstance(answer, Refusal)
    assert answer.code == "not_signed_on"
    stranger.close()


def test_only_the_administrator_acts_for_another_login(tmp_path: Path) -> None:
    desk(tmp_path / "desk").close()
    admin = opened(tmp_path / "desk", acting_as="li")
    assert (admin.actor.login, admin.actor.officer_id) == ("li", None)
    admin.close()
    with pytest.raises(Refused) as refused:
        opened(tmp_path / "desk", login="mallory", acting_as="root")
    assert refused.value.refusal.code == "only_admin"


def test_a_practice_clock_starts_where_it_was_set_and_runs(tmp_path: Path) -> None:
    real = datetime.fromisoformat("2026-11-24T08:00:00+00:00")
    clock = Clock(real)
    gateway = opened(tmp_path / "desk", clock=clock)
    practice = OpenDesk(
        desk="疫情防控", admin_name="王芳", notice="lianyuan-2021-07", practice_starts=NOW, practice_since=real
    )
    accepted(gateway, practice)
    assert gateway.now() == NOW
    assert gateway.snapshot.desk is not None
    assert gateway.snapshot.desk.opened_at == NOW
    clock.at = real + timedelta(hours=5)
    assert gateway.now().isoformat() == "2021-06-08T00:40:00+08:00"
    assert board(gateway.snapshot, gateway.now()).day.isoformat() == "2021-06-08"
    gateway.close()


def test_a_folder_without_a_desk_is_not_made_into_one_by_looking(tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble) as trouble:
        Gateway.open(tmp_path / "desk", Identity("root"))
    assert trouble.value.code == "no_desk"
    assert not (tmp_path / "desk").exists()
    assert not has_desk(tmp_path / "desk")


def test_a_damaged_desk_is_not_backed_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Damage behind the checkpoint keeps nobody from working: the nightly backup is who finds it."""
    monkeypatch.setattr("dutyboard.store.checkpoint.SEGMENT_BYTES", 10)
    gateway = desk(tmp_path / "desk")
    gateway.checkpoint()
    segment = tmp_path / "desk" / "journal" / "000000000001.jsonl.gz"
    segment.write_bytes(
        gzip.compress(gzip.decompress(segment.read_bytes()).replace(b'"admin"', b'"adm1n"'), 6, mtime=0)
    )
    with pytest.raises(StoreTrouble) as trouble:
        gateway.backup(tmp_path / "copy")
    assert (trouble.value.code, trouble.value.fields["what"]) == ("not_backed_up", "hash")
    assert not (tmp_path / "copy").exists()
    gateway.close()


def test_a_folder_that_may_not_be_read_is_not_called_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever may not look in would be told to make a desk there."""

    def denied(_path: object) -> list[str]:
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr("dutyboard.tui.link.folder.os.listdir", denied)
    assert has_desk(tmp_path)
    assert not lost_journal(tmp_path)


def test_a_seed_is_written_whole_and_only_on_an_empty_desk(tmp_path: Path) -> None:
    source = desk(tmp_path / "source")
    records = [*source.snapshot.settings.values(), *source.snapshot.notices.values()]
    records += [Officer(id=number, name=f"示例{number}") for number in (1, 2)]
    source.close()
    gateway = opened(tmp_path / "desk")
    before = gateway.snapshot.seq
    gateway.seed(records)
    assert gateway.snapshot.seq == before + 1
    assert {officer.name for officer in gateway.snapshot.officers.values()} == {"示例1", "示例2"}
    with pytest.raises(Refused) as refused:
        gateway.seed(records)
    assert refused.value.refusal.code == "desk_exists"
    assert gateway.snapshot.seq == before + 1
    gateway.close()


def test_drafts_are_kept_outside_the_journal(tmp_path: Path) -> None:
    gateway = opened(tmp_path / "desk")
    seq = gateway.snapshot.seq
    gateway.save_draft("person-12", {"name": "甲"})
    assert gateway.load_drafts("person-12") == [("person-12", {"name": "甲"})]
    gateway.drop_draft("person-12")
    assert gateway.load_drafts("person-12") == []
    assert gateway.refresh().seq == seq
    gateway.close()


def test_verify_names_the_line_that_was_changed(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    gateway = desk(folder)
    accepted(gateway, WriteLog(text="来电"))
    gateway.close()
    assert verify(folder)["ok"]
    segment = next((folder / "journal").iterdir())
    held = segment.read_bytes()
    segment.write_bytes(held.replace("来电".encode(), "去电".encode()))
    report = verify(folder)
    assert not report["ok"]
    assert [problem["line"] for problem in report["problems"]] == [3]


def test_a_save_that_the_disk_refuses_is_a_trouble_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gateway = desk(tmp_path / "desk")
    before = gateway.snapshot.seq

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dutyboard.store.files.disk.write", full)
    with pytest.raises(StoreTrouble) as trouble:
        gateway.submit(WriteLog(text="来电"))
    assert trouble.value.code == "disk_full"
    assert gateway.snapshot.seq == before
    monkeypatch.undo()
    accepted(gateway, WriteLog(text="来电"))
    gateway.close()


def test_every_notice_of_the_package_loads() -> None:
    known = known_notices()
    assert "lianyuan-2021-07" in known
    assert {name: notice.id for name, notice in known.items()} == {name: name for name in known}
    assert known.get("another") is None
