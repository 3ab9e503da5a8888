"""Evidence is examined and not changed: `verify` writes nothing, accuses nobody falsely, and holds heads on paper."""

import hashlib
import os
import shutil
import sys
import threading
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import orjson
import pytest

from dutyboard.store import Corrupt, Store, StoreError, checkpoint, open_store, save_draft, verify
from dutyboard.store.commit import locked
from dutyboard.store.files.folder import Folder
from dutyboard.store.files.lock import LockFile
from dutyboard.store.files.segments import segments
from dutyboard.store.journal import ZERO, Flaw, decode, encode
from dutyboard.store.trail import named
from dutyboard.store.verify import Damage

from .conftest import put

SEGMENT = "journal/000000000001.jsonl"


def bytes_of(desk: Path) -> dict[str, tuple[str, int]]:
    """Each file with its hash and its time of change."""
    return {
        str(path): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in desk.rglob("*")
        if path.is_file() and path.name != "maintenance.lock"
    }


@pytest.fixture
def whole(desk, opened):
    """A desk with a file of each kind, which everybody has left."""
    store = opened()
    store.commit(put(store, "entries", text="a"))
    store.archive("2021-05", lambda: {"entries": [1]})
    store.checkpoint()
    store.close()
    return desk


def test_a_check_changes_nothing_of_what_it_examines(whole):
    (whole / "archive" / "2021-05-copy.json").write_bytes((whole / "archive" / "2021-05.json").read_bytes())
    (whole / "db.json").write_bytes((whole / "db.json").read_bytes() + b" ")
    with (whole / SEGMENT).open("ab") as file:
        file.write(b'{"n":9,"t":"2021')
    before = bytes_of(whole)
    report = verify(whole)
    assert bytes_of(whole) == before
    assert {(each.file, each.what) for each in report.problems} == {
        ("db.json", "not_in_journal"),
        ("archive/2021-05-copy.json", "unknown_file"),
    }
    assert "unfinished" in {each.what for each in report.notes}, "a killed writer explains it"


def test_what_was_set_aside_before_is_told(desk, opened):
    store = opened()
    store.commit(put(store, "entries", text="a"))
    with (desk / SEGMENT).open("ab") as file:
        file.write(b'{"n":3,"t":"2021')
    store.commit(put(store, "entries", text="b"))
    store.checkpoint()
    (desk / "db.json").write_text("{}")
    opened()
    assert [each.what for each in verify(desk).notes if each.line] == ["cut", "aside"]


def test_nobody_is_accused_beside_writers_checkpoints_and_archives(desk, monkeypatch):
    """Each of them does its work in steps that a check might see half done."""
    monkeypatch.setattr(checkpoint, "SEGMENT_BYTES", 2_000)
    stop = threading.Event()
    faults: list[BaseException] = []

    def always(work) -> None:
        store = open_store(desk, writer="w@1")
        try:
            while not stop.is_set():
                with suppress(StoreError):  # busy: the next one
                    work(store)
        except BaseException as error:
            faults.append(error)
        finally:
            store.close()

    def write(store: Store) -> None:
        store.commit(put(store, "persons", text="接电话" * 9))

    def keep(store: Store) -> None:
        store.refresh()
        store.checkpoint(seconds=1)
        store.archive("old", lambda: {"persons": [int(each) for each in list(store.docs["persons"])[:3]]})
        stop.wait(0.02)  # a check polls for its turn: nobody keeps house without a pause

    open_store(desk, writer="first@1").close()
    threads = [threading.Thread(target=always, args=(work,)) for work in (write, write, keep)]
    for each in threads:
        each.start()
    try:
        reports = [verify(desk) for _ in range(8)]
    finally:
        stop.set()
        for each in threads:
            each.join()
    assert not faults
    assert [report.problems for report in reports if not report.ok] == []


def test_a_check_keeps_writers_out_of_nothing_that_grows_with_the_desk(desk, opened, monkeypatch):
    """What was archived in years is read while officers save; only checkpoints and archives wait."""
    store, saved = opened(), []
    for text in "abc":
        store.commit(put(store, "entries", text=text))
    store.archive("2021-05", lambda: {"entries": [1]})
    store.checkpoint()
    checks = import_module("dutyboard.store.verify")
    for where, name in ((checks, "_checksum"), (checks._Chain, "hold_claims")):
        real = getattr(where, name)

        def beside(*arguments, real=real, name=name):
            other = opened(lock_seconds=0)
            other.commit(put(other, "entries", text="d"))
            saved.append(name)
            return real(*arguments)

        monkeypatch.setattr(where, name, beside)
    assert verify(desk).ok
    assert saved == ["hold_claims", "_checksum", "_checksum"]


def test_a_look_for_an_act_by_its_name_keeps_nobody_waiting(desk, opened, monkeypatch):
    store = opened()
    store.commit(put(store, "entries", text="a"), rid="once")
    trails = import_module("dutyboard.store.trail")
    other, saved = opened(lock_seconds=0), []

    def beside(journal):
        saved.append(other.commit(put(other, "entries", text="b")))
        return segments(journal)

    monkeypatch.setattr(trails, "segments", beside)
    assert store.named("never") is None
    assert store.named("once") == 2
    assert len(saved) == 1
    monkeypatch.undo()
    raw = (desk / SEGMENT).read_bytes()
    later = b'{"n":%d,"t":"","w":"","rid":"late","put":{},"h":"' % (store.seq + 1)
    for beyond in (later, later + b'"}\n'):
        (desk / SEGMENT).write_bytes(raw + beyond)
        assert named(store._ledger, "late") is None, "it is being written"
    (desk / SEGMENT).write_bytes(raw)


def test_a_head_on_paper_is_held_against_the_line(desk, opened):
    store = opened()
    store.commit(put(store, "entries", text="a"))
    head, number = store.head, store.seq
    store.commit(put(store, "entries", text="b"))
    store.close()
    asked = frozenset({number, 99})
    assert verify(desk, asked=asked).heads == {number: head}
    rewritten(desk, b'"text":"a"', b'"text":"x"')
    report = verify(desk, asked=asked)
    assert report.ok, "whoever chains everything anew leaves no trace in the chain itself"
    assert report.heads[number] != head


def test_a_hash_that_a_document_holds_gives_away_who_wrote_the_past_anew(desk, opened):
    store = opened()
    store.commit(put(store, "entries", text="a"))
    head = store.head
    store.commit(put(store, "entries", text="handover", head=head))
    store.close()

    def claims(_table, document) -> str | None:
        return document.get("head")

    assert verify(desk, claims=claims).ok
    rewritten(desk, b'"text":"a"', b'"text":"x"')
    assert verify(desk, claims=claims).problems == (Damage(SEGMENT, 3, "not_this_chain"),)


def rewritten(desk: Path, old: bytes, new: bytes) -> None:
    """What a forger does who may write the files: change a word, and compute every hash anew."""
    head, lines = "0" * 64, []
    for line in (desk / SEGMENT).read_bytes().replace(old, new).splitlines():
        record = orjson.loads(line)
        del record["h"]
        text, head = encode(record, head)
        lines.append(text + b"\n")
    (desk / SEGMENT).write_bytes(b"".join(lines))


@pytest.mark.parametrize(
    "fields",
    [{"arch": 7}, {"arch": {"file": []}}, {"ckpt": None}, {"kept": "x"}, {"seal": "x"}, {"put": []}, {"fmt": {}}],
)
def test_no_line_however_made_ends_a_check(desk, opened, fields):
    store = opened()
    ledger = store._ledger
    line, _ = encode({"n": 2, "t": "2021-06-07T19:40:00+08:00", "w": "w@1", **fields}, ledger.journal.head)
    with locked(ledger):
        ledger.journal.append(line + b"\n")
        ledger.lock.publish(ledger.journal.offset + len(line) + 1)
    report = verify(desk)
    assert not report.ok
    assert {each.what for each in report.problems} <= {"form", "name", "missing_segment"}


def test_a_line_that_is_being_written_is_none_of_the_checks_business(desk, opened):
    """Its writer was stopped in mid-line and holds the lock: what he has written so far says nothing yet."""
    store = opened()
    store.commit(put(store, "entries", text="a"))
    with Folder.top(desk) as folder:
        lock = LockFile(folder, "zhangqiang@9")
        with lock.taken(1):
            with (desk / SEGMENT).open("ab") as file:
                file.write(b'{"n":3,"t":"2021')
            report = verify(desk, seconds=0.05)
            assert (report.ok, [each for each in report.notes if each.line]) == (True, [])
        lock.close()
    assert [each.what for each in verify(desk).notes if each.line] == ["unfinished"]


WRONG = [
    *({"t": 7}, {"w": None}, {"n": True}, {"rid": []}, {"fmt": "1"}, {"next": {"entries": "9"}}, {"ckpt": {"n": 1}}),
    *({"kept": 1.5}, {"arch": {"file": "a.json", "sha256": "0", "counts": []}}, {"seal": 9}, {"salvaged": {"lost": 1}}),
    *({"put": {"entries": []}}, {"put": {"entries": {"1": 7}}}, {"put": {"_meta": {"1": {}}}}, {"lost": 4}),
    *(
        {"put": {"entries": {"9" * 5000: {}}}},
        {"del": {"entries": "1"}},
        {"del": {"entries": [1]}},
        {"drop": "entries"},
    ),
    *({"restored": {"n": 1}}, {"recover": 1}, {"cut": []}, {"aside": "x"}, {"next": {"entries": 2**64 - 1}}),
]


@pytest.mark.parametrize("fields", WRONG, ids=lambda fields: str(fields)[:40])
def test_a_line_that_no_store_wrote_is_no_line(fields):
    line, _ = encode({"n": 2, "t": "2021-06-07T19:40:00+08:00", "w": "w@1", **fields}, ZERO)
    with pytest.raises(Flaw, match="form"):
        decode(line, 2, ZERO)


def test_a_line_deeper_than_json_is_written_is_no_line():
    text = b'{"n":2,"t":"","w":"","put":{"entries":{"1":{"a":' + b"[" * 400 + b"]" * 400 + b"}}}"
    head = hashlib.sha256(ZERO.encode() + text).hexdigest()
    with pytest.raises(Flaw, match="form"):
        decode(text + b',"h":"%s"}' % head.encode(), 2, ZERO)


def test_keys_that_nobody_knows_are_let_through():
    line, head = encode({"n": 2, "t": "", "w": "", "foreign": [1]}, ZERO)
    assert decode(line, 2, ZERO) == ({"n": 2, "t": "", "w": "", "foreign": [1], "h": head}, head)


@pytest.mark.parametrize("end", [b"", b"\n"], ids=["no end", "an end"])
def test_a_line_longer_than_any_is_named_and_not_read_whole(desk, opened, monkeypatch, end):
    opened().close()
    for module in ("journal", "ledger", "verify"):
        monkeypatch.setattr(sys.modules[f"dutyboard.store.{module}"], "MAX_LINE", 1000)
    monkeypatch.setattr(sys.modules["dutyboard.store.journal"], "_BLOCK", 500)
    with (desk / SEGMENT).open("ab") as file:
        file.write(b"x" * 1500 + end)
    with pytest.raises(Corrupt, match="form"):
        opened()
    assert [(each.line, each.what) for each in verify(desk).problems][:1] == [(2, "form")]


def test_wrong_modes_are_told_by_name(whole):
    save_draft(whole, "wangfang", "note", {"text": "a"})
    (draft,) = (str(path.relative_to(whole)) for path in (whole / "drafts").iterdir())
    assert verify(whole).notes == ()
    wrong = {
        draft: 0o644,
        "db.json": 0o640,
        SEGMENT: 0o604,
        "archive/2021-05.json": 0o622,
        "torn": 0o755,
        "lock": 0o660,
    }
    for name, mode in wrong.items():
        (whole / name).chmod(mode)
    report = verify(whole)
    assert report.ok, "it is no damage"
    assert {(each.file, each.what) for each in report.notes} == {(name, "open_mode") for name in wrong}
    whole.chmod(0o2770)
    for name in ("journal", "archive", "torn"):
        (whole / name).chmod(0o2770)
    told = {(each.file, each.what) for each in verify(whole).notes}
    assert {("db.json", "closed_mode"), (SEGMENT, "open_mode"), ("archive/2021-05.json", "open_mode")} <= told
    (whole / "drafts").chmod(0o2770)
    (whole / draft).chmod(0o600)
    told = {(each.file, each.what) for each in verify(whole).notes}
    assert draft not in {name for name, _ in told}, "an officer's own among colleagues too"
    assert ("lock", "closed_mode") not in told, "0660 is what colleagues need"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
@pytest.mark.parametrize("name", ["db.json", SEGMENT, "archive/2021-05.json"])
def test_a_file_of_another_owner_is_told_by_name(whole, name):
    os.chown(whole / name, 65534, -1)
    assert (name, "owner") in {(each.file, each.what) for each in verify(whole).problems}


PLANTED = {
    "a FIFO": os.mkfifo,
    "a link": lambda path: path.symlink_to("/etc/hostname"),
    "a folder": lambda path: path.mkdir(),
    "nothing in it": lambda path: path.write_bytes(b""),
    "zeros": lambda path: path.write_bytes(bytes(5000)),
    "no end": lambda path: (path.touch(), os.truncate(path, 1 << 40)),
}


@pytest.mark.parametrize("planted", PLANTED)
@pytest.mark.parametrize("name", ["db.json", SEGMENT, "archive/2021-05.json", "journal/more", "archive/more"])
def test_whatever_lies_in_a_file_s_place_is_named_and_ends_no_check(whole, name, planted):
    (whole / name).unlink(missing_ok=True)
    PLANTED[planted](whole / name)
    assert name in {each.file for each in verify(whole).problems}


@pytest.mark.parametrize("name", ["torn", "drafts"])
def test_a_planted_name_of_a_folder_that_holds_no_evidence_ends_no_check(desk, opened, name):
    opened().close()
    if (desk / name).exists():
        (desk / name).rmdir()
    (desk / name).symlink_to("/etc")
    report = verify(desk)
    assert report.ok and (name, "not_a_folder") in {(each.file, each.what) for each in report.notes}


@pytest.mark.parametrize("planted", [each for each in PLANTED if each != "a folder"])
@pytest.mark.parametrize(
    "name", ["journal", "archive", "lock", "maintenance.lock", "views", "views/journal", "views/lock"]
)
def test_whatever_lies_in_a_folder_s_or_a_lock_s_place_is_named_and_hides_no_other_damage(opened, whole, name, planted):
    store = opened()
    store.views.add({"person": 1})
    store.close()
    other = "db.json" if name.startswith("views") else "views/db.json"
    (whole / other).write_bytes(b"{}")
    if (whole / name).is_dir():
        shutil.rmtree(whole / name)
    (whole / name).unlink(missing_ok=True)
    PLANTED[planted](whole / name)
    report = verify(whole, seconds=0)
    named = {each.file for each in (*report.problems, *report.notes)}
    assert {name, other} <= named
    assert not report.ok
