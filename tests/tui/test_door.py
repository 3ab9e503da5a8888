"""`door LOGIN` as sshd and sudo start it: nothing of the officer's says who he is, or where the desk lies."""

import io
import json
import os
import pwd
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.post import AddOfficer, BindLogin, OpenDesk
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.commands.desk import NOTICE
from dutyboard.tui.link.clock import real_clock
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import Identity, is_login
from dutyboard.tui.link.witness import forget
from tests.homes import begun, copied
from tests.tui.installed import PRACTICE, ROOT, run

DOOR = [sys.executable, "-I", "-m", "dutyboard.tui.cli"]
KEYS = {login: f"SHA256:{letter * 43}" for login, letter in (("wangfang", "w"), ("liumin", "l"))}
FROM = "10.0.3.7 50022 10.0.0.1 22"
HOSTILE = {
    "TEXTUAL": "debug,devtools",
    "TEXTUAL_LOG": "/tmp/keys",
    "TEXTUAL_PRESS": "q",
    "PYTHONPATH": "/tmp",
    "PYTHONSTARTUP": "/tmp/x.py",
    "PYTHONINSPECT": "1",
    "DUTYBOARD_DATA": "/tmp/other",
    "XDG_DATA_HOME": "/tmp/other",
    "HOME": "/tmp/other",
    "TZ": "America/New_York",
    "TERMINFO": "/tmp/terminfo",
    "LD_BIND_NOW": "1",
    "PATH": "/tmp/bin",
    "BASH_ENV": "/tmp/rc",
    "USER": "admin",
    "LOGNAME": "admin",
    "TERM": "xterm-256color",
    "LANG": "zh_CN.UTF-8",
    "LC_ALL": "../../etc/passwd",
    "COLUMNS": "99999999",
    "LINES": "40",
}


@pytest.fixture(scope="module")
def made(home: Path) -> Path:
    """A desk whose officers 王芳 and 刘敏 have logins; its folder belongs to the user of the test."""
    folder = home / "desk"
    gateway = Gateway.open(begun(folder), Identity("admin"), create=True)
    at = datetime.fromisoformat(f"{PRACTICE}+08:00")
    opening = OpenDesk(desk="x", admin_name="管", notice=NOTICE, practice_starts=at, practice_since=real_clock())
    acts: list[Command] = [opening]
    acts += [AddOfficer(name=name, role="officer") for name in ("王芳", "刘敏")]
    logins = {2: "wangfang", 3: "liumin"}
    acts += [BindLogin(officer_id=number, login=login, reason="新来") for number, login in logins.items()]
    for act in acts:
        assert isinstance(gateway.submit(act), Accepted)
    gateway.close()
    return folder


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of the desk, to be written on.

    The door keeps what officers saw of a desk in the account's own folder, by the desk's path. Nothing is remembered of
    an earlier run that had the same path, and nothing is left behind.
    """
    folder = copied(made, tmp_path / "desk")
    forgotten(folder)
    yield folder
    forgotten(folder)


def forgotten(folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("XDG_STATE_HOME")
        patch.setenv("HOME", pwd.getpwuid(os.getuid()).pw_dir)
        forget(folder)


def called(
    desk: Path, login: str, asked: str, *, typed: bytes = b"", args: tuple[str, ...] = (), **variables: str
) -> subprocess.CompletedProcess[bytes]:
    """What sshd would start for the key of a login."""
    given = {**HOSTILE, "SSH_CONNECTION": FROM, "SSH_ORIGINAL_COMMAND": asked, **variables}
    line = [*DOOR, "--data", str(desk), "door", login, *(args or ("--key", KEYS.get(login, KEYS["wangfang"])))]
    return subprocess.run(line, input=typed, capture_output=True, env=given, timeout=60, check=False)


def through_sudo(desk: Path, login: str, caller: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    """What sudo would start for an account of the system."""
    line = [*DOOR, "--data", str(desk), "door", login, *words]
    given = {"SUDO_USER": caller, "SSH_ORIGINAL_COMMAND": "log 假的"}
    return subprocess.run(line, capture_output=True, env=given, timeout=60, check=False, stdin=subprocess.DEVNULL)


def done(told: subprocess.CompletedProcess[bytes]) -> bytes:
    assert told.returncode == 0, told.stderr.decode()
    return told.stdout


def refused(told: subprocess.CompletedProcess[bytes]) -> str:
    """The one line of a call that must fail."""
    lines = told.stderr.decode().splitlines()
    assert (told.returncode, told.stdout, len(lines)) == (1, b"", 1), (told.returncode, told.stdout, lines)
    return lines[0]


def lines(desk: Path) -> list[dict[str, Any]]:
    files = sorted((desk / "journal").iterdir())
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def last_entry(desk: Path) -> dict[str, Any]:
    (entry,) = lines(desk)[-1]["put"]["entries"].values()
    return dict(entry)


def test_two_officers_under_one_user_write_as_themselves(desk: Path) -> None:
    done(called(desk, "wangfang", "log 王的"))
    wang = last_entry(desk)
    done(called(desk, "liumin", "log 刘的", SSH_CONNECTION="2001:db8::7 50022 ::1 22"))
    liu = last_entry(desk)
    assert (wang["text"], wang["login"], wang["address"], wang["key"]) == (
        "王的",
        "wangfang",
        "10.0.3.7",
        KEYS["wangfang"],
    )
    assert (liu["text"], liu["login"], liu["address"], liu["key"]) == (
        "刘的",
        "liumin",
        "2001:db8::7",
        KEYS["liumin"],
    )
    assert wang["entered_by"] != liu["entered_by"]
    assert [line["w"].partition("@")[0] for line in lines(desk)[-2:]] == ["wangfang", "liumin"]


def test_without_a_command_it_is_the_board_of_the_desk_in_the_servers_line(made: Path) -> None:
    desk = made
    assert "王芳" in done(called(desk, "wangfang", "")).decode().splitlines()[0]
    assert json.loads(done(called(desk, "wangfang", "board --json")))["day"] == "2021-06-07"


def test_a_sheet_comes_in_and_a_workbook_goes_out_through_the_pipe(desk: Path) -> None:
    areas = (ROOT / "tests" / "data" / "risk_areas.csv").read_bytes()
    answer = json.loads(done(called(desk, "wangfang", "import areas - --json", typed=areas)))
    assert answer["accepted"] > 1
    assert last_entry(desk)["address"] == "10.0.3.7"
    workbook = done(called(desk, "wangfang", "report ledger --format xlsx -"))
    assert openpyxl.load_workbook(io.BytesIO(workbook)).worksheets
    assert done(called(desk, "wangfang", "report ledger --format xlsx -o -"))[:2] == b"PK"
    assert called(desk, "wangfang", "report ledger --format xlsx r.xlsx").returncode == 2
    empty = done(called(desk, "wangfang", "template areas -"))
    again = json.loads(done(called(desk, "wangfang", "import areas - --json", typed=empty)))
    assert (again["accepted"], [row["code"] for row in again["rows"] if row["row"]]) == (0, ["row_sample"])


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("internal-sftp", "internal-sftp"),
        ("log x; id --data /tmp", "--data"),
        ("import roster /etc/passwd", "/etc/passwd"),
        ("rules check /etc/shadow", "/etc/shadow"),
        ("template areas /srv/areas.xlsx", "/srv/areas.xlsx"),
        ("--lang en keys list", "administrator on the server"),
        ("log 'x", "引号"),
    ],
)
def test_what_is_not_for_officers_is_one_line_and_nothing_written(made: Path, asked: str, said: str) -> None:
    before = lines(made)
    assert said in refused(called(made, "wangfang", asked))
    assert lines(made) == before


@pytest.mark.parametrize("login", ["", "../x", "-x", "a b", "a" * 65, "王芳", "x\n", "--data", "x/y", "x@y"])
def test_a_login_has_a_form(login: str) -> None:
    assert not is_login(login)


@pytest.mark.parametrize("login", ["../x", "--data"])
def test_a_malformed_login_is_refused(made: Path, login: str) -> None:
    assert "登录名只能" in refused(called(made, login, "board"))


@pytest.mark.parametrize("args", [("--key", "MD5:x"), ("--data", "/tmp"), ("board",)])
def test_the_servers_own_line_holds_a_key_and_nothing_else(made: Path, args: tuple[str, ...]) -> None:
    assert "SHA256" in refused(called(made, "wangfang", "board", args=args))


def test_an_address_that_sshd_would_not_give_is_refused(made: Path) -> None:
    desk = made
    assert "SSH_CONNECTION" in refused(called(desk, "wangfang", "board", SSH_CONNECTION="localhost; x"))


def test_the_door_is_started_isolated(desk: Path) -> None:
    line = [sys.executable, "-m", "dutyboard.tui.cli", "--data", str(desk), "door", "wangfang"]
    told = subprocess.run(line, capture_output=True, env={"SSH_CONNECTION": FROM}, timeout=60, check=False)
    assert "python -I" in refused(told)


def test_sudo_says_who_it_is(desk: Path) -> None:
    assert "liumin" in refused(through_sudo(desk, "wangfang", "liumin", "log", "x"))
    assert "--key" in refused(through_sudo(desk, "wangfang", "wangfang", "--key", KEYS["wangfang"]))
    assert "--data" in refused(through_sudo(desk, "wangfang", "wangfang", "--data", "/tmp"))
    done(through_sudo(desk, "wangfang", "wangfang", "log", "一 字"))
    own = last_entry(desk)
    assert (own["text"], own["login"], own["address"], own.get("by_login")) == ("一 字", "wangfang", "local", None)
    done(through_sudo(desk, "wangfang", "root", "log", "代"))
    by_root = last_entry(desk)
    assert (by_root["login"], by_root["by_login"]) == ("wangfang", "root")


@pytest.mark.parametrize("mode", [0o750, 0o2770])
def test_a_folder_on_which_others_have_rights_has_no_door(desk: Path, mode: int) -> None:
    desk.chmod(mode)
    assert "0700" in refused(called(desk, "wangfang", "board"))


def test_where_no_desk_is_none_is_offered(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir(mode=0o700)
    assert "init" in refused(called(tmp_path / "none", "wangfang", ""))
    assert "管理员" in refused(called(tmp_path / "gone", "wangfang", ""))


PROBE = """
import atexit, json, os, resource, sys
from dutyboard.tui.cli import main
def told():
    names = ("RLIMIT_CORE", "RLIMIT_NOFILE", "RLIMIT_AS", "RLIMIT_FSIZE", "RLIMIT_CPU")
    limits = {name: resource.getrlimit(getattr(resource, name)) for name in names}
    print(json.dumps({"env": dict(os.environ), "umask": os.umask(0), "limits": limits}), file=sys.__stderr__)
atexit.register(told)
main()
"""


def test_environment_umask_and_limits_are_the_doors_own(desk: Path) -> None:
    line = [sys.executable, "-I", "-c", PROBE, "--data", str(desk), "door", "wangfang"]
    given = {**HOSTILE, "SSH_CONNECTION": FROM, "SSH_ORIGINAL_COMMAND": "acts", "SSH_AUTH_SOCK": "/tmp/s"}
    told = subprocess.run(line, capture_output=True, env=given, umask=0, timeout=60, check=False)
    state = json.loads(told.stderr.decode().splitlines()[-1])
    assert state["env"] == {"TERM": "xterm-256color", "LANG": "zh_CN.UTF-8", "LINES": "40"}
    assert state["umask"] == 0o077
    assert state["limits"]["RLIMIT_CORE"] == [0, 0]
    for name, (soft, hard) in state["limits"].items():
        assert soft == hard != -1, name


@pytest.mark.parametrize("umask", [0o000, 0o277])
def test_every_file_that_is_written_is_its_owners_alone(desk: Path, tmp_path: Path, umask: int) -> None:
    done_ = run("backup", str(tmp_path / "copy"), folder=desk, umask=umask)
    assert done_.returncode == 0, done_.stderr
    page = tmp_path / "page.txt"
    assert run("report", "handover", "-o", str(page), folder=desk, umask=umask).returncode == 0
    assert run("checkpoint", folder=desk, umask=umask).returncode == 0
    written = [page, *(each for top in (desk, tmp_path / "copy") for each in top.rglob("*"))]
    modes = {str(each.relative_to(tmp_path)): oct(each.stat().st_mode & 0o777) for each in written if each.is_file()}
    assert set(modes.values()) == {"0o600"}, modes
    assert (tmp_path / "copy").stat().st_mode & 0o077 == 0
