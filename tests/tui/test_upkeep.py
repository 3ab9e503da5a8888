"""What an officer sees of a fault of the files, through the real command line, in both languages."""

import json
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from dutyboard.store.files.lock import boot_id
from tests.homes import begun, copied
from tests.tui.installed import PRACTICE, ROOT, printed, run

SEGMENT = "journal/000000000001.jsonl"


@pytest.fixture(scope="module")
def made(home: Path) -> Path:
    folder = home / "desk"
    assert run("init", str(begun(folder)), "--practice", PRACTICE).returncode == 0
    for text in ("一", "二"):
        printed("log", text, folder=folder)
    assert run("checkpoint", folder=folder).returncode == 0
    return folder


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Path:
    return copied(made, tmp_path / "desk")


def said(*words: str, folder: Path, code: int = 1, warnings: int = 0) -> list[str]:
    """The one line on stderr, in Chinese and in English, behind so many warnings of the desk."""
    lines = []
    for language in ("zh", "en"):
        done = run(*words, folder=folder, env={**os.environ, "DUTYBOARD_LANG": language})
        assert done.returncode == code, (done.stdout, done.stderr)
        *before, line = done.stderr.splitlines()
        assert len(before) == warnings, before
        lines.append(line.removeprefix("dutyboard: "))
    assert re.search("[一-鿿]", lines[0])
    assert not re.search("[一-鿿]", re.sub("王芳|管理员", "", lines[1]))
    return lines


def in_place(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    raw = path.read_bytes()
    assert raw.count(old.encode()) == 1
    path.write_bytes(raw.replace(old.encode(), new.encode()))


def test_an_edited_line_stops_writing_and_keeps_what_stands_before(desk: Path) -> None:
    printed("log", "三", folder=desk)
    in_place(desk, SEGMENT, '"text":"三"', '"text":"四"')
    chinese, english = said("log", "x", folder=desk)
    assert chinese.startswith(f"数据有损坏，不能写入（{SEGMENT} 第 ")
    assert "dutyboard verify" in chinese
    assert "dutyboard verify" in english
    board = run("board", folder=desk)
    assert board.returncode == 1
    assert "24小时值班板" in board.stdout
    assert said("verify", folder=desk) == [
        f"{SEGMENT}:7 这一行或上一行被改过",
        f"{SEGMENT}:7 this line or the one before was changed",
    ]


def test_salvage_is_the_way_on_for_a_damaged_desk(desk: Path) -> None:
    printed("log", "三", folder=desk)
    kept = printed("verify", "--json", folder=desk)["head"]
    printed("log", "四", folder=desk)
    in_place(desk, SEGMENT, '"text":"四"', '"text":"五"')
    readable = json.loads(run("export", "--json", "--reveal", "测试", folder=desk).stdout)
    assert [each["file"] for each in readable["unread"]] == [SEGMENT]
    assert "三" in str(readable["tables"]["entries"])
    assert said("backup", str(desk.with_name("copy")), folder=desk)[0].startswith("数据有损坏")
    assert run("salvage", folder=desk).returncode == 2, "why is a part of the act"
    done = printed("salvage", "--reason", "坏块", "--json", folder=desk)
    assert done["lost"] == [[8, 8]]
    assert printed("log", "六", folder=desk)["state"] == "done"
    report = printed("verify", "--json", "--head", f"7:{kept}", folder=desk)
    assert (report["ok"], report["heads"][0]["ok"]) == (True, True)
    assert "lost" in [each["what"] for each in report["notes"]]
    assert run("backup", str(desk.with_name("copy")), folder=desk).returncode == 0


def test_a_desk_whose_journal_is_gone_is_no_empty_folder(desk: Path) -> None:
    assert run("checkpoint", folder=desk).returncode == 0
    shutil.rmtree(desk / "journal")
    for words in (("board",), ("log", "x"), ("verify",), ("init", str(desk))):
        assert "日志不见了" in said(*words, folder=desk)[0]
    done = printed("salvage", "--reason", "误删", "--json", folder=desk)
    assert done["again"] > 0
    assert run("board", folder=desk).returncode == 0


@pytest.mark.parametrize("head", ["7", "7:12", "x:3325ec8a2a7ac704", "7:zz25ec8a2a7ac704"])
def test_a_head_is_line_and_digits(desk: Path, head: str) -> None:
    done = run("verify", "--head", head, folder=desk)
    assert done.returncode == 2
    assert "17:3325 ec8a 2a7a c704" in done.stderr


def test_heads_are_typed_as_they_are_printed(desk: Path, tmp_path: Path) -> None:
    report = printed("verify", "--json", folder=desk)
    shown = run("verify", folder=desk).stdout.split("链头 ")[1].strip()
    assert shown.replace(" ", "") == report["head"][:16]
    sheet = tmp_path / "heads.txt"
    sheet.write_text(f"{report['lines']}: {shown.upper()}\n\n1:{'0' * 16}\n")
    done = run("verify", "--heads", str(sheet), folder=desk)
    assert done.returncode == 1
    assert "与日志相符" in done.stdout
    assert "第 1 行 0000 0000 0000 0000：与日志不符" in done.stderr


def test_damage_at_the_first_line_is_not_taken_for_no_desk(desk: Path) -> None:
    (desk / "db.json").unlink()
    in_place(desk, SEGMENT, '"n":1,', '"n":7,')
    assert said("board", folder=desk)[0].startswith("数据有损坏")


def test_a_foreign_edit_of_the_live_file_is_said_and_not_used(desk: Path) -> None:
    in_place(desk, "db.json", '"text":"二"', '"text":"三"')
    first = run("board", folder=desk)
    assert first.returncode == 0
    assert first.stderr == "dutyboard: db.json 被值班台以外的程序改过：未采用，已按日志重建，改过的文件存入 torn/。\n"
    assert [path.name[:7] for path in (desk / "torn").iterdir()] == ["db.json"]
    assert said("verify", folder=desk) == ["db.json 文件不在", "db.json missing"]
    assert run("checkpoint", folder=desk).returncode == 0
    assert run("verify", folder=desk).returncode == 0
    assert '"text":"二"' in (desk / "db.json").read_text()


def test_a_part_written_line_is_set_aside_and_work_goes_on(desk: Path) -> None:
    with (desk / SEGMENT).open("a") as file:
        file.write('{"n":99,"t":"2021')
    assert printed("log", "三", folder=desk)["state"] == "done"
    assert run("verify", folder=desk).returncode == 0


def test_after_a_failed_sync_nobody_writes_until_it_is_healed(desk: Path) -> None:
    with (desk / "lock").open("r+b") as lock:
        lock.seek(16)
        lock.write(struct.pack("<Q", boot_id()))
    chinese, english = said("log", "x", folder=desk)
    assert "dutyboard heal" in chinese
    assert "dutyboard heal" in english
    assert run("board", folder=desk).returncode == 0
    healed = run("heal", folder=desk)
    assert (healed.returncode, healed.stdout[:6]) == (0, "磁盘恢复正常")
    assert printed("log", "x", folder=desk)["state"] == "done"
    assert run("heal", folder=desk).stdout == "值班台写入正常，无须恢复。\n"
    assert run("verify", folder=desk).returncode == 0


HOLDER = """
import json
import os, signal, sys
from pathlib import Path
from dutyboard.store.files import disk
from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import own_identity
gateway = Gateway.open(Path(sys.argv[1]), own_identity())
real = disk.fdatasync
disk.fdatasync = lambda fd: (os.kill(os.getpid(), signal.SIGSTOP), real(fd))
gateway.submit(WriteLog(text="被停住"))
"""


def test_a_stopped_holder_is_named_and_what_he_wrote_is_kept(desk: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(desk)], cwd=ROOT)
    os.waitid(os.P_PID, holder.pid, os.WSTOPPED | os.WNOWAIT)
    try:
        chinese, english = said("log", "x", folder=desk)
    finally:
        os.kill(holder.pid, signal.SIGCONT)
    assert holder.wait(timeout=20) == 0
    for line in (chinese, english):
        assert str(holder.pid) in line
        assert re.search(r"\d\d-\d\d \d\d:\d\d", line)
    assert "被停住" in run("export", "--json", "--reveal", "测试", folder=desk).stdout


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a tiny file system needs root")
def test_a_full_disk_and_one_that_turned_read_only(desk: Path, tmp_path: Path) -> None:
    place = tmp_path / "tiny"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], capture_output=True).returncode:
        pytest.skip("this machine may not mount")
    try:
        shutil.copytree(desk, place / "desk")
        with (place / "ballast").open("wb", buffering=0) as ballast, pytest.raises(OSError):
            while True:
                ballast.write(bytes(4096))
        chinese, english = said("log", "满" * 3000, folder=place / "desk", warnings=1)
        assert "磁盘已满" in chinese
        assert "full" in english
        assert run("board", folder=place / "desk").returncode == 0
        (place / "ballast").unlink()
        assert printed("log", "满" * 3000, folder=place / "desk")["state"] == "done"
        subprocess.run(["mount", "-o", "remount,ro", place], check=True)
        assert "磁盘只读" in said("log", "x", folder=place / "desk", warnings=1)[0]
        assert run("board", folder=place / "desk").returncode == 0
        assert run("backup", str(tmp_path / "copy"), folder=place / "desk").returncode == 0, "the way to another disk"
        assert run("restore", str(tmp_path / "copy"), str(tmp_path / "again")).returncode == 0
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def test_only_a_sound_backup_is_restored(desk: Path, tmp_path: Path) -> None:
    copy, new = tmp_path / "copy", tmp_path / "new"
    assert run("backup", str(copy), folder=desk).returncode == 0
    assert "已存在" in said("backup", str(copy), folder=desk)[0]
    assert "已存在" in said("restore", str(copy), str(desk), folder=desk)[0]
    assert "backup.json" in said("restore", str(desk), str(new), folder=desk)[0]
    in_place(copy, SEGMENT, '"text":"二"', '"text":"三"')
    assert f"{SEGMENT}:4" in said("restore", str(copy), str(new), folder=desk)[0]
    assert not new.exists()


def test_nothing_is_archived_on_a_young_desk(desk: Path) -> None:
    assert run("archive", folder=desk).stdout.startswith("没有可归档的月份")


def test_the_trail_of_a_record(desk: Path) -> None:
    (change,) = printed("trail", "entry-2", "--json", folder=desk)
    assert change.keys() == {"seq", "at", "login", "fields", "values", "archived", "removed"}, change.keys()
    assert "text" in change["fields"] and change["removed"] is False
    assert "第 3 行" in run("trail", "entry-2", folder=desk).stdout
    for unknown in ("entry-77", "nothing-1", "entry", "settings-x"):
        assert unknown in said("trail", unknown, folder=desk)[0]


def test_a_folder_open_to_a_group_is_said_at_every_start(desk: Path) -> None:
    assert "互信" not in run("board", "--plain", folder=desk).stderr
    desk.chmod(0o2770)
    for words in (("board", "--plain"), ("log", "停电"), ("checkpoint",)):
        told = run(*words, folder=desk)
        assert told.returncode == 0
        assert told.stderr.count("互信") == 1
