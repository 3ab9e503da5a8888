"""docs/server.md, followed on an empty machine: every command in it is taken from the page itself."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest

from dutyboard.tui.server.layout import ServerLayout, own_python
from dutyboard.tui.server.steps import SHELL, server_steps
from dutyboard.tui.server.system_files import WARM, is_as_written, server_files, timers, units
from tests.door.machine import Machine, empty_machine, installed, running_sshd
from tests.door.server import TOP, missing
from tests.door.waiting import awaited
from tests.pty.terminal import KEYS, Terminal

PAGE: Final = (TOP / "docs" / "server.md").read_text(encoding="utf-8")
BLOCKS: Final = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
INSTALL, SET_UP, OFFICERS = (text for kind, text in BLOCKS if kind == "sh")
(AT_WORK,) = (text for kind, text in BLOCKS if kind == "officer")
PROGRAM: Final = "/opt/dutyboard/bin/dutyboard"
CLIENT: Final = "-F none -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR"
MOST_EXPOSED: Final = 20
"""Tenths of the points of `systemd-analyze security`, of 100: a service without any bound has 96."""


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    """An empty machine with the program on it, and the keys that two officers handed in."""
    if os.getuid() != 0:
        pytest.skip("not root: no machine is made, so that nothing of the page is proved here")
    assert not missing(), f"{missing()} not installed: `.ci/run` does it"
    with empty_machine() as made:
        assert "-m venv /opt/dutyboard" in INSTALL
        installed(made)
        for login in ("wangfang", "lijg"):
            made.told("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"/root/setup/{login}")
        yield made


def setup(machine: Machine, *more: str) -> tuple[int, str, str]:
    done = machine.run(PROGRAM, "--lang", "en", "server-setup", *more)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def as_officer(login: str, line: str) -> list[str]:
    """A line of the page, typed by an officer: his own ssh has his key, and knows the host."""
    words = f"ssh {CLIENT} -i /root/setup/{login}"
    return ["sh", "-c", re.sub(r"^ssh ", f"exec {words} ", line.replace(" -t ", " -tt "))]


@contextmanager
def warm(machine: Machine) -> Iterator[None]:
    """Run the parent of sessions as systemd would, by the line of its unit."""
    text = machine.told("cat", f"/etc/systemd/system/{WARM}")
    (line,) = re.findall(r"^ExecStart=(.*)$", text, re.MULTILINE)
    (folder,) = re.findall(r"^RuntimeDirectory=(.*)$", text, re.MULTILINE)
    machine.told("install", "-d", "-m", "700", "-o", "duty", "-g", "duty", f"/run/{folder}")
    with subprocess.Popen(machine.words("runuser", "-u", "duty", "--", *line.split())) as parent:
        try:
            place = f"/run/{folder}/warm"
            assert awaited(lambda: machine.run("test", "-S", place).returncode == 0, parent), "it does not listen"
            yield
        finally:
            parent.terminate()


def test_the_page_is_followed_from_nothing_to_two_officers_working(machine: Machine) -> None:
    looked, applied = SET_UP.splitlines()
    first = machine.told("sh", "-c", looked)
    assert first.count("要做") == first.count("\n") - 3, "it only lists"
    assert machine.run("id", "duty").returncode != 0
    machine.told("sh", "-c", applied)
    code, out, err = setup(machine)
    assert (code, err) == (0, "") and out.endswith("Nothing to do.\n")
    assert "systemd does not run this machine" in out or "timers" in out
    machine.told("sh", "-ec", OFFICERS)
    board, note, as_json, template, sheet = AT_WORK.splitlines()
    at_board = machine.words(*as_officer("wangfang", board), term="xterm-256color")
    with warm(machine), running_sshd(machine), Terminal(*at_board) as seen:
        seen.wait_for("24小时值班板")
        assert len(machine.told("pgrep", "-u", "duty", "-f", "cli --data /srv/duty warm$").split()) == 2, (
            "the parent and her session"
        )
        machine.told(*as_officer("lijg", note))
        seen.send(KEYS["f6"])
        seen.wait_for("已到岗")
        seen.send("n")
        seen.wait_for("记事")
        assert json.loads(machine.told(*as_officer("lijg", as_json)))["notice"]
        machine.told(*as_officer("wangfang", template))
        assert "接收 0" in machine.told(*as_officer("wangfang", sheet))
    wrote = [json.loads(line) for line in machine.told("sh", "-c", "cat /srv/duty/journal/*").splitlines()]
    (note_line,) = (line for line in wrote if "已到岗" in json.dumps(line, ensure_ascii=False))
    assert '"login": "lijg"' in json.dumps(note_line)


def test_it_is_done_once_and_what_is_broken_off_is_finished(machine: Machine) -> None:
    assert setup(machine, "--apply")[0] == 0
    machine.told("rm", "/etc/systemd/system/dutyboard-verify.timer")
    machine.told("chmod", "755", "/srv/duty")
    code, out, _ = setup(machine)
    todo = [line.split(maxsplit=2)[2] for line in out.splitlines() if line.startswith("to do")]
    assert (code, todo) == (0, ["folder /srv/duty", "file /etc/systemd/system/dutyboard-verify.timer"])
    assert setup(machine, "--apply")[0] == 0
    assert machine.told("stat", "-c", "%a %U", "/srv/duty") == "700 duty\n"
    assert setup(machine)[1].endswith("Nothing to do.\n")


def test_a_file_of_somebody_else_is_named_and_left_alone_until_it_is_named(machine: Machine) -> None:
    assert setup(machine, "--apply")[0] == 0
    rule = "/etc/sudoers.d/dutyboard"
    machine.told("sh", "-c", f"echo '# ours, with care' >> {rule}")
    before = machine.told("cat", rule)
    for more in ([], ["--apply"]):
        code, out, err = setup(machine, *more)
        assert code == 1 and rule in err and f"left    file {rule}" in out
    assert machine.told("cat", rule) == before
    assert setup(machine, "--apply", "--replace", rule)[0] == 0
    assert machine.told("cat", f"{rule}.before") == before
    assert is_as_written(machine.told("cat", rule))
    assert machine.told("stat", "-c", "%a %U", rule) == "440 root\n"


def test_sshd_refuses_and_nothing_of_it_stays(machine: Machine) -> None:
    assert setup(machine, "--apply")[0] == 0
    ours = "/etc/ssh/sshd_config.d/dutyboard.conf"
    machine.told("rm", ours)
    kept = machine.told("cat", "/etc/ssh/sshd_config")
    machine.told("sed", "-i", "/^Include/d", "/etc/ssh/sshd_config")
    code, _, err = setup(machine, "--apply")
    assert code == 1 and "Include /etc/ssh/sshd_config.d/*.conf" in err
    assert machine.run("test", "-e", ours).returncode != 0, "a file that sshd does not read is not left there"
    machine.run("tee", "/etc/ssh/sshd_config", typed=kept.encode())
    assert setup(machine, "--apply")[0] == 0


def test_no_account_and_no_folder_of_somebody_else_is_taken(machine: Machine) -> None:
    machine.told("install", "-d", "-o", "nobody", "/srv/other")
    code, _, err = setup(machine, "--apply", "--data", "/srv/other", "--account", "nobody")
    assert code == 1 and "account nobody is there and differs" in err and "/var/lib/dutyboard/.local/state" in err
    assert machine.told("getent", "passwd", "nobody").split(":")[-1] != f"{SHELL}\n"


def test_who_may_change_the_program_is_told_and_nothing_is_done(machine: Machine) -> None:
    machine.told("chmod", "o+w", "/opt/dutyboard/lib")
    code, out, err = setup(machine, "--apply")
    assert (code, out) == (1, "") and "/opt/dutyboard/lib, which others may write" in err
    machine.told("chmod", "o-w", "/opt/dutyboard/lib")


def test_only_root_applies(machine: Machine) -> None:
    words = [PROGRAM, "--lang", "en", "server-setup"]
    refused = machine.run("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *words, "--apply")
    assert (refused.returncode, refused.stderr.count(b"\n")) == (1, 1) and b"as root" in refused.stderr


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze: units are not verified here")
def test_every_unit_is_verified_and_shut_in(machine: Machine) -> None:
    assert setup(machine, "--apply")[0] == 0
    services = (*(f"dutyboard-{name}.service" for name in units()), WARM)
    names = [f"/etc/systemd/system/{each}" for each in (*timers(), *services)]
    assert machine.run("systemd-analyze", "verify", *names).stderr == b""
    for each in (name for name in names if name.endswith(".service")):
        machine.told("systemd-analyze", "security", "--offline=yes", f"--threshold={MOST_EXPOSED}", each)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze: units are not verified here")
def test_the_drop_ins_for_a_database_on_another_machine_are_read(machine: Machine) -> None:
    """The lines of docs/postgres.md, but for the last one, which asks systemd to read them."""
    assert setup(machine, "--apply")[0] == 0
    page = (TOP / "docs" / "postgres.md").read_text(encoding="utf-8")
    (lines,) = re.findall(r"^for unit in .*?^done$", page, re.MULTILINE | re.DOTALL)
    machine.told("sh", "-ec", lines)
    try:
        for name in (*(f"dutyboard-{each}.service" for each in units()), WARM):
            assert machine.run("systemd-analyze", "verify", f"/etc/systemd/system/{name}").stderr == b""
            said = machine.told("systemd-analyze", "security", "--offline=yes", "--no-pager", name)
            assert re.search(r"✗ PrivateNetwork=", said), name
    finally:
        machine.told("sh", "-c", "rm -r /etc/systemd/system/dutyboard-*.service.d")


def test_what_a_unit_runs_is_done_by_hand_too(machine: Machine) -> None:
    """Each line of a service, run as the account: the words are right, and the folders are there."""
    assert setup(machine, "--apply")[0] == 0
    if machine.run("test", "-e", "/srv/duty/journal").returncode != 0:
        machine.told("runuser", "-u", "duty", "--", PROGRAM, "init", "/srv/duty")
    for name in units():
        text = machine.told("cat", f"/etc/systemd/system/dutyboard-{name}.service")
        assert "UMask=0077\n" in text and "User=duty\n" in text
        (line,) = re.findall(r"^ExecStart=(.*)$", text, re.MULTILINE)
        machine.told("runuser", "-u", "duty", "--", *line.split())
    assert "salvage" not in units()
    (copy,) = machine.told("ls", "/var/backups/duty").split()
    machine.told("runuser", "-u", "duty", "--", PROGRAM, "restore", f"/var/backups/duty/{copy}", "/tmp/restored")


def test_no_word_of_the_call_becomes_a_line_of_a_file() -> None:
    for bad in ("/srv/a b", "/srv/../etc", "srv", "/srv/%h", "/srv/x\nALL=(ALL)", "/srv/$HOME"):
        assert ServerLayout(python=own_python(), folder=type(own_python())(bad)).bad_words() == [bad]
    for bad in ("root", "a b", "du,ty", "", "x\nroot"):
        assert ServerLayout(python=own_python(), account=bad).bad_words() == [bad]
    assert ServerLayout(python=own_python()).bad_words() == []


def test_a_changed_file_is_told_from_one_that_we_wrote() -> None:
    layout = ServerLayout(python=own_python())
    for each in server_files(layout, sudo=True):
        assert is_as_written(each.text)
        assert not is_as_written(each.text + "\n") and not is_as_written(each.text.partition("\n")[2])
    assert server_steps(layout)
