"""Failures half-way through a save: what is said of it is true, and no stop finds the desk locked."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import fields
from pathlib import Path

import pytest
from tinydb.table import Document

from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.rules.records.model import Report, Unit
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.store import JournalDB, Put, is_number, open_store
from dutyboard.store.commit import locked
from dutyboard.store.files import disk
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.records import puts_of
from dutyboard.tui.link.steps import STEPS
from dutyboard.tui.link.trouble import StoreTrouble
from tests.tui.test_gateway import NOW, accepted, desk, opened

ROOT = Path(__file__).parents[2]


def no_disk(*_: object) -> None:
    raise OSError(5, "Input/output error")


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[Gateway]:
    held = desk(tmp_path / "desk")
    yield held
    held.close()


def told(gateway: Gateway) -> list[str]:
    return [entry.text for entry in gateway.snapshot.entries.values() if entry.text]


def test_a_line_that_could_neither_be_synced_nor_taken_back_is_not_called_unsaved(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "fdatasync", no_disk)
    monkeypatch.setattr(disk, "ftruncate", no_disk)
    with pytest.raises(StoreTrouble) as trouble:
        gateway.submit(WriteLog(text="来电"))
    assert (trouble.value.code, trouble.value.fields) == ("unsure", {"errno": "EIO"})
    monkeypatch.undo()
    with pytest.raises(StoreTrouble) as trouble:
        gateway.submit(WriteLog(text="来电"))
    assert trouble.value.code == "poisoned"
    gateway.heal()
    assert told(gateway) == ["来电"], "whoever heals the desk finds the line"


def test_a_line_that_could_be_taken_back_is_not_there_after_healing(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "fdatasync", no_disk)
    with pytest.raises(StoreTrouble) as trouble:
        gateway.submit(WriteLog(text="来电"))
    assert trouble.value.code == "sync_failed"
    monkeypatch.undo()
    gateway.heal()
    assert told(gateway) == []


def test_a_lock_cut_while_the_line_is_synced_leaves_it_unsure(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = disk.fdatasync

    def cut(fd: int) -> None:
        sync(fd)
        os.truncate(gateway.folder / "lock", 0)

    monkeypatch.setattr(disk, "fdatasync", cut)
    with pytest.raises(StoreTrouble) as trouble:
        gateway.submit(WriteLog(text="来电"))
    assert trouble.value.code == "unsure"
    monkeypatch.undo()
    again = opened(gateway.folder)
    assert told(again) == ["来电"]
    again.close()


@pytest.mark.parametrize("error", [OSError(5, "EIO"), ValueError("fault")], ids=["system", "fault"])
def test_a_fault_after_the_commit_does_not_undo_it(gateway: Gateway, error: Exception) -> None:
    def fail(_: object) -> None:
        raise error

    gateway._store.listen(fail)
    entry = accepted(gateway, WriteLog(text="来电")).entry
    assert gateway.snapshot.entries[entry.id].text == "来电"
    with pytest.raises((StoreTrouble, ValueError)):
        gateway.refresh()
    assert gateway.refresh() is gateway.snapshot, "it is said once"


def test_a_picture_that_could_not_follow_is_made_anew(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dutyboard.tui.link.picture.kept_record", lambda *_: no_disk())
    entry = accepted(gateway, WriteLog(text="来电")).entry
    monkeypatch.undo()
    assert entry.id not in gateway.snapshot.entries
    assert gateway.refresh().entries[entry.id].text == "来电"
    assert gateway.snapshot.seq == gateway._store.seq


def test_a_record_that_cannot_be_read_is_missing_in_no_picture(gateway: Gateway) -> None:
    """Not said once and then passed over: who decides without it decides on a part of the desk."""
    with closing(open_store(gateway.folder, steps=STEPS, writer="x@1")) as other:
        other.commit(lambda: [Put("persons", 1, {"bad": 1})])
        for call in (gateway.refresh, gateway.refresh, lambda: gateway.submit(WriteLog(text="来电"))):
            with pytest.raises(StoreTrouble) as trouble:
                call()
            assert trouble.value.code == "bad_record"
        with JournalDB(gateway.folder) as db:
            db.table("persons").remove(doc_ids=[1])
    accepted(gateway, WriteLog(text="来电"))
    assert told(gateway) == ["来电"]


def test_a_table_of_another_program_is_ignored(gateway: Gateway) -> None:
    """README shows how to ask the desk by TinyDB, and whoever may ask may also keep a table."""
    with JournalDB(gateway.folder) as db:
        number = db.table("counted").insert({"calls": 3})
        db.table("counted").remove(doc_ids=[number])
        db.drop_table("counted")
    gateway.refresh()
    accepted(gateway, WriteLog(text="来电"))
    assert told(gateway) == ["来电"]
    again = opened(gateway.folder)
    assert told(again) == ["来电"]
    again.close()


def seen_alike(gateway: Gateway) -> None:
    """Hold the picture that was followed against the one of a program that starts now."""
    followed = gateway.refresh()
    again = opened(gateway.folder)
    try:
        for each in fields(Snapshot):
            if each.name not in ("memo", "notices_known"):
                assert getattr(followed, each.name) == getattr(again.snapshot, each.name), each.name
    finally:
        again.close()


def with_a_unit(gateway: Gateway) -> None:
    """Put a unit and the report of its day, both under number 1."""
    unit = Unit(id=1, name="枫坪镇", kind="town", registered_at=NOW)
    report = Report(
        id=1,
        kind="screening",
        subject="unit-1",
        day=NOW.date(),
        revision=1,
        figures={},
        zero=True,
        reporter="王芳",
        sent_at=NOW,
        entered_by=1,
    )
    with closing(open_store(gateway.folder, steps=STEPS, writer="x@1")) as other:
        other.commit(lambda: puts_of([unit, report]))
    assert gateway.refresh().last_reports


BY_TINYDB: dict[str, Callable[[JournalDB], object]] = {
    "a table dropped": lambda db: db.drop_table("units"),
    "a table dropped of which something is derived": lambda db: db.drop_table("reports"),
    "a table emptied": lambda db: db.table("reports").truncate(),
    "a record removed": lambda db: db.table("reports").remove(doc_ids=[1]),
    "a record removed and put again": lambda db: _put_again(db, "units", 1),
}


def _put_again(db: JournalDB, table: str, number: int) -> None:
    with db.transaction():
        held = dict(db.table(table).get(doc_id=number))
        db.table(table).remove(doc_ids=[number])
        db.table(table).insert(Document(held, number))


@pytest.mark.parametrize("act", BY_TINYDB)
def test_what_another_program_does_to_our_tables_is_seen_as_by_who_starts_now(gateway: Gateway, act: str) -> None:
    with_a_unit(gateway)
    with JournalDB(gateway.folder) as db:
        BY_TINYDB[act](db)
    seen_alike(gateway)


@pytest.mark.parametrize("key", ["abc", "007", "٣"])
def test_a_record_under_an_id_that_no_desk_gives_is_missing_in_no_picture(gateway: Gateway, key: str) -> None:
    with_a_unit(gateway)
    unit = dict(gateway._store.docs["units"]["1"])
    with closing(open_store(gateway.folder, steps=STEPS, writer="x@1")) as other:
        with locked(other._ledger) as append:
            append({"put": {"units": {key: unit}}})
        with pytest.raises(StoreTrouble) as trouble:
            gateway.refresh()
    assert trouble.value.code == "bad_record"


@pytest.mark.parametrize("key", ["", "x", "-1", "01", "+1", " 1", "1_0", "１", "٣", "1\n", "9" * 19, "9" * 5000])
def test_what_is_no_id_of_a_desk_is_none(key: str) -> None:
    assert not is_number(key)
    assert is_number("0") and is_number("9" * 18) and is_number("10")


def test_a_file_of_another_program_is_ignored(gateway: Gateway) -> None:
    for name in ("notes.txt", "counted.json", "journal.txt"):
        (gateway.folder / name).write_text("{}")
    (gateway.folder / "counted").mkdir()
    accepted(gateway, WriteLog(text="来电"))
    again = opened(gateway.folder)
    assert (again.found(), told(again)) == ([], ["来电"])
    again.close()


WORKER = """
import os, signal, sys, threading
from pathlib import Path
from queue import SimpleQueue
if sys.argv[2] == "restoring":  # as Textual does, on the main thread
    signal.signal(signal.SIGTSTP, lambda *_: (print("restored", flush=True), os.kill(os.getpid(), signal.SIGSTOP)))
from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.tui.link.worker import GatewayThread
def opener():
    from dutyboard.store.files import disk
    from dutyboard.tui.link.gateway import Gateway
    from dutyboard.tui.link.identity import own_identity
    from dutyboard.store.engine.postgres import PostgresEngine
    gateway = Gateway.open(Path(sys.argv[1]), own_identity())
    for place, name in ((disk, "fdatasync"), (PostgresEngine, "append")):  # what makes a line last, in either home
        def held(*of, real=getattr(place, name)):
            print("in", flush=True)
            sys.stdin.readline()
            return real(*of)
        setattr(place, name, held)
    return gateway
posted = SimpleQueue()
thread = GatewayThread(opener, posted.put)
thread.start()
thread.submit(WriteLog(text="by the worker"), lambda _: None)
while type(posted.get()).__name__ != "Answered":
    pass
print("answered", flush=True)
sys.stdin.readline()
thread.stop()
"""


@pytest.mark.parametrize("handler", ["plain", "restoring"])
def test_a_stop_waits_until_the_worker_has_written(gateway: Gateway, handler: str) -> None:
    """The signal goes to the main thread, which masks nothing: stopped there, the worker would keep the lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(gateway.folder), handler],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        process_group=0,
    )
    assert process.stdout is not None and process.stdin is not None
    try:
        assert select.select([process.stdout], [], [], 20)[0], "the child did not start"
        assert process.stdout.readline() == "in\n"
        process.send_signal(signal.SIGTSTP)
        process.stdin.write("\n")
        process.stdin.flush()
        os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WNOWAIT)
        store = open_store(gateway.folder, steps=STEPS, writer="wangfang@1", lock_seconds=0.3)
        assert store.commit(lambda: [Put("counted", 1, {})]) is not None, "the lock is free"
        assert [each.get("text") for each in store.docs["entries"].values()][-1] == "by the worker"
        store.close()
        process.send_signal(signal.SIGCONT)
        out, _ = process.communicate("\n", timeout=20)
        assert out.split() == (["restored"] if handler == "restoring" else []) + ["answered"]
    finally:
        process.kill()
        process.wait()
