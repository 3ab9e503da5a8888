"""`doctor`: each finding by a fault that is really there, its remedy in both languages, and the metrics."""

import json
import os
import re
import socket
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner, Result

from dutyboard.tui.cli import program
from dutyboard.tui.commands.invocation import Invocation
from dutyboard.tui.commands.server.doctor import PARTS
from dutyboard.tui.link import clock
from dutyboard.tui.link.identity import Identity
from dutyboard.tui.link.server.authorized_keys import door_line, read_public_key
from dutyboard.tui.server import desk_health, machine_health
from dutyboard.tui.server.health import DoctorCode
from dutyboard.tui.server.machine_health import fits, synced_micros
from dutyboard.tui.server.system_files import units
from dutyboard.tui.text import LANGUAGES, words
from tests.homes import begun, copied

SAMPLE = re.compile(r"(?:# (?:HELP|TYPE) )?(dutyboard_[a-z_]+)(\{[a-z]+=\"[a-z_-]+\"\})?( .+)")


def run(*typed: str) -> Result:
    done = CliRunner().invoke(program, list(typed))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture(scope="module")
def sample(home: Path) -> Path:
    folder = home / "desk"
    assert run("init", str(begun(folder)), "--sample").exit_code == 0
    return folder


@pytest.fixture
def desk(sample: Path, tmp_path: Path) -> Path:
    return copied(sample, tmp_path / "desk")


def found(desk: Path, *parts: str, more: tuple[str, ...] = (), code: int | None = None) -> dict[str, dict[str, Any]]:
    only = [word for part in parts for word in ("--only", part)]
    done = run("--data", str(desk), "doctor", "--json", *only, *more)
    lines = json.loads(done.stdout)
    bad = any(each["level"] == "bad" for each in lines)
    assert done.exit_code == bad, done.output
    assert code is None or done.exit_code == code
    return {each["code"]: each for each in lines}


def test_every_code_has_its_sentence_in_each_language() -> None:
    for language in LANGUAGES:
        assert set(words(language).doctor.said) == set(get_args(DoctorCode)), language


def test_a_sound_desk_changes_by_no_byte_and_warns_of_what_cannot_be_seen(desk: Path, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    assert run("--data", str(desk), "backup", str(copies), "--keep", "1").exit_code == 0
    before = {each: each.read_bytes() for each in desk.rglob("*") if each.is_file() and each.name != "lock"}
    done = run("--data", str(desk), "doctor", "--backups", str(copies))
    assert done.exit_code == 0 and "不行 " not in done.output, done.output
    assert {each: each.read_bytes() for each in desk.rglob("*") if each.is_file() and each.name != "lock"} == before
    assert [each.name for each in copies.iterdir() if each.name.startswith(".")] == [], "the trial is taken away"
    assert "266" in done.output or "日志" in done.output
    lines = found(desk, more=("--backups", str(copies)))
    assert {each["part"] for each in lines.values()} == set(PARTS)


def test_a_mode_an_owner_and_the_umask_are_told(desk: Path) -> None:
    assert found(desk, "folder", code=0)["modes"]["fields"]["files"] > 5
    (journal,) = (desk / "journal").iterdir()
    journal.chmod(0o644)
    told = found(desk, "folder", code=1)["mode_open"]
    assert told["fields"] == {"file": f"journal/{journal.name}", "mode": "0644"} and "chmod" in told["message"]
    if os.getuid() == 0:
        journal.chmod(0o600)
        (desk / "torn" / "x").write_bytes(b"")
        os.chown(desk / "torn" / "x", 65534, -1)
        assert found(desk, "folder", code=1)["owner_other"]["fields"]["file"] == "torn/x"
    before = os.umask(0o777)
    try:
        lines = list(machine_health.folder_health(desk))
    finally:
        os.umask(before)
    assert [each.fields["umask"] for each in lines if each.code == "umask_shut"] == ["0777"]


def test_little_room_and_a_foreign_file_system_are_bad(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {"room", "file_system"} <= set(found(desk, "room"))
    disk = os.statvfs(desk)

    class Full:
        f_bavail, f_frsize, f_blocks, f_files, f_favail = 10, disk.f_frsize, disk.f_blocks, 1000, 10

    monkeypatch.setattr(os, "statvfs", lambda _: Full)
    monkeypatch.setattr(machine_health, "file_system_of", lambda _: "nfs4")
    lines = found(desk, "room", code=1)
    assert {"room_short", "inodes_short", "not_local"} <= set(lines)
    monkeypatch.setattr(machine_health, "file_system_of", lambda _: "tmpfs")
    assert "in_memory" in found(desk, "room", code=1)


def test_a_disk_that_answers_too_fast_is_not_believed(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = set(desk.iterdir())
    assert synced_micros(desk) > 0
    assert set(desk.iterdir()) == names, "it is measured on a file without a name"
    for micros, code in ((machine_health.FASTEST_MICROS - 1, "sync_fast"), (400, "sync"), (900_000, "sync_slow")):
        monkeypatch.setattr(machine_health, "synced_micros", lambda _, told=micros: told)
        assert list(found(desk, "sync", code=0)) == [code]


def test_a_clock_that_went_back_is_bad(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dutyboard.tui.link.gateway import Gateway

    open_ = Gateway.__dict__["open"].__func__
    back = clock.real_clock() - timedelta(days=2)
    monkeypatch.setattr(open_, "__kwdefaults__", {**open_.__kwdefaults__, "clock": lambda: back})
    assert "clock_behind" in found(desk, "clock", code=1)


def test_who_keeps_the_clock_is_asked_of_the_kernel(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kept, code in ((True, "clock"), (False, "clock_unset")):
        monkeypatch.setattr(desk_health, "clock_is_set", lambda told=kept: told)
        assert list(found(desk, "clock", code=0)) == [code]


def test_a_changed_line_is_bad_and_the_rest_is_still_told(desk: Path) -> None:
    (journal,) = (desk / "journal").glob("*.jsonl")
    journal.write_bytes(journal.read_bytes().replace("王芳".encode(), "王方".encode(), 1))
    lines = found(desk, code=1)
    assert lines["chain_broken"]["fields"]["first"].startswith("journal/")
    assert "salvage" in lines["chain_broken"]["message"] and "room" in lines
    metrics = run("--data", str(desk), "doctor", "--metrics")
    assert metrics.exit_code == 1 and 'dutyboard_check{part="desk"} 2' in metrics.stdout


def test_copies_old_missing_of_another_desk_and_broken(desk: Path, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    more = ("--backups", str(copies))
    assert "no_backup" in found(desk, "backups", more=more, code=1)
    copies.mkdir()
    assert "no_backup" in found(desk, "backups", "restore", more=more, code=1)
    assert run("--data", str(desk), "backup", str(copies), "--keep", "9").exit_code == 0
    assert {"backup", "restored"} <= set(found(desk, "backups", "restore", more=more, code=0))
    (made,) = copies.iterdir()
    for hours, code in ((48, 0), (100, 1)):
        then = clock.real_clock() - timedelta(hours=hours, minutes=5)
        made = made.rename(copies / then.strftime("%Y%m%dT%H%M%S"))
        lines = found(desk, "backups", more=more, code=code)
        assert lines["backup_old"]["fields"]["hours"] == hours
    (journal,) = (made / "journal").glob("*.jsonl")
    whole = journal.read_bytes()
    journal.write_bytes(whole.replace("王芳".encode(), "王方".encode(), 1))
    assert "not_restored" in found(desk, "restore", more=more, code=1)
    assert not list(copies.glob(".trial-*"))
    other = tmp_path / "other"
    assert run("init", str(begun(other)), "--sample").exit_code == 0
    assert "backup_of_another" in found(other, "backups", more=more, code=1)


def test_keys_of_nobody_and_officers_without_one(desk: Path, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.mkdir(mode=0o755)
    more = ("--keys-file", str(keys / "duty"))
    assert list(found(desk, "keys", more=more, code=0)) == ["no_keys"]
    key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEbrZV5eXUnAbUBFVOvSzWRy3MNOFNzLJDfwUqsLDsTq"
    ours = door_line(read_public_key(key), "nobody_here", desk, "/opt/x/python")
    (keys / "duty").write_text(f"{ours}\nssh-rsa AAAA stranger\n", encoding="utf-8")
    lines = found(desk, "keys", more=more, code=1)
    assert lines["key_of_nobody"]["fields"] == {"login": "nobody_here"}
    assert lines["key_foreign"]["fields"] == {"line": 2}
    assert re.fullmatch(r"officer-\d+", lines["officer_without_key"]["fields"]["officer"])


def test_versions_are_held_against_what_the_program_asks_for(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(found(desk, "program", code=0)) == ["program"]
    for have, wanted, good in (
        ("8.2.8", ">=8.2,<9", True),
        ("9.0.0", ">=8.2,<9", False),
        ("8.1", ">=8.2,<9", False),
        ("8", "==8.0", True),
        ("2.0rc1", "<3", True),
        ("2026.1", "", True),
    ):
        assert fits(have, wanted) is good, (have, wanted)
    real = machine_health._version
    monkeypatch.setattr(
        machine_health, "_version", lambda name: {"textual": "7.0", "tinydb": None}.get(name, real(name))
    )
    lines = found(desk, "program", code=1)
    assert lines["package_out"]["fields"]["package"] == "textual"
    assert lines["package_gone"]["fields"]["package"] == "tinydb"


def test_timers_are_asked_one_by_one(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine_health, "is_booted_by_systemd", lambda: True)
    off, failed = "dutyboard-verify.timer", "dutyboard-backup.service"
    monkeypatch.setattr(
        machine_health,
        "_systemctl",
        lambda verb, name: name == failed if verb == "is-failed" else (verb, name) != ("is-enabled", off),
    )
    lines = found(desk, "timers", code=1)
    assert lines["timer_off"]["fields"] == {"timer": off}
    assert lines["unit_failed"]["fields"] == {"unit": failed}
    assert lines["timers"]["fields"] == {"count": len(units()) - 2}
    monkeypatch.setattr(machine_health, "is_booted_by_systemd", lambda: False)
    assert list(found(desk, "timers", code=0)) == ["no_systemd"], "what cannot be seen is not called good"


def test_a_parent_of_sessions_that_is_not_there_is_no_fault(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(found(desk, "warm", code=0)) == ["warm_unneeded"]
    keys = desk.parent / "keys"
    keys.write_text("", encoding="utf-8")
    more = ("--keys-file", str(keys))
    line = found(desk, "warm", more=more, code=0)["warm_off"]
    assert (line["level"], line["fields"]) == ("warn", {"unit": "dutyboard-warm.service"})
    assert "systemctl enable --now dutyboard-warm.service" in line["message"]
    ours, theirs = socket.socketpair()
    monkeypatch.setattr(machine_health, "reached", lambda _: ours)
    with theirs:
        assert list(found(desk, "warm", more=more, code=0)) == ["warm"]


def test_metrics_are_prometheus_text_without_a_person(desk: Path) -> None:
    done = run("--data", str(desk), "doctor", "--metrics", "--backups", str(desk.parent))
    kinds: dict[str, str] = {}
    values: dict[str, float] = {}
    for line in done.stdout.splitlines():
        matched = SAMPLE.fullmatch(line)
        assert matched, line
        if line.startswith("# TYPE"):
            assert matched[1] not in kinds and matched[3] == " gauge"
            kinds[matched[1]] = "gauge"
        elif not line.startswith("#"):
            assert matched[1] in kinds, "a sample stands behind its type"
            assert f"{matched[1]}{matched[2] or ''}" not in values
            values[f"{matched[1]}{matched[2] or ''}"] = float(matched[3])
    board = json.loads(run("--data", str(desk), "board", "--json").stdout)
    assert values['dutyboard_board{count="late"}'] == board["counts"]["late"]
    assert values["dutyboard_disk_free_bytes"] > 1e6 and 0 < values["dutyboard_sync_seconds"] < 5
    assert values["dutyboard_journal_bytes"] == sum(each.stat().st_size for each in (desk / "journal").iterdir())
    assert {"dutyboard_sessions", "dutyboard_people", "dutyboard_journal_lines", "dutyboard_alarms"} <= set(values)
    assert 'dutyboard_check{part="chain"}' not in values
    export = run("--data", str(desk), "export", "--json").stdout
    names = set(re.findall(r'"name": ?"([^"]+)"', export))
    assert len(names) > 100 and not [name for name in names if name in done.stdout]


def test_only_the_administrator_looks(tmp_path: Path) -> None:
    desk = tmp_path / "real"
    assert run("init", str(begun(desk))).exit_code == 0
    for typed, said in ((("doctor",), "尚未签到"), (("doctor", "--backups", "/tmp"), "/tmp")):
        call = Invocation(data=desk, identity=Identity("nobody_here", address="10.0.0.7"))
        refused = CliRunner().invoke(program, list(typed), obj=call)
        assert (refused.exit_code, refused.output.count("\n")) == (1, 1) and said in refused.output


def test_without_a_desk_it_says_so(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        done = run("--data", str(folder), "doctor")
        assert (done.exit_code, done.output.count("\n")) == (1, 1)
    both = run("--data", str(tmp_path), "doctor", "--json", "--metrics")
    assert both.exit_code == 2


def test_the_moment_of_a_copy_is_read_as_it_was_written() -> None:
    from dutyboard.tui.link.server.backups import dated_name, made_at

    moment = datetime(2021, 6, 8, 4, 0, 7, tzinfo=clock.DEFAULT_ZONE)
    assert made_at(Path("/x") / dated_name(moment)) == moment
