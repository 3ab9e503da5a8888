"""A server set up by server-setup: what each way in gives, and that nothing gets round the door."""

import json
import shutil
import stat
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from dutyboard.tui.link.account import DeskAccount
from dutyboard.tui.link.server.authorized_keys import default_keys_file
from dutyboard.tui.server.layout import ServerLayout, own_python
from dutyboard.tui.server.system_files import server_files
from tests.door.server import SSHD, TOP, Server, keyed, told
from tests.pty.desks import entries, journal
from tests.pty.terminal import KEYS, Terminal

Answer = subprocess.CompletedProcess[bytes]
ALLOWED_AT_ONCE = 4
CLOSED = {
    "authenticationmethods": "publickey",
    "disableforwarding": "yes",
    "x11forwarding": "no",
    "allowagentforwarding": "no",
    "permittunnel": "no",
    "permituserrc": "no",
    "acceptenv": "none",
    "clientaliveinterval": "30",
    "clientalivecountmax": "4",
}
"""What sshd says of a session of the account. A machine that is gone holds its session for two minutes."""


def at_once(calls: list[Callable[[], Answer]]) -> list[Answer]:
    with ThreadPoolExecutor(ALLOWED_AT_ONCE) as pool:
        return list(pool.map(lambda call: call(), calls))


def notes(server: Server) -> dict[str, dict[str, Any]]:
    """The notes in the journal by their text."""
    return {each.get("text", ""): each for each in entries(server.folder) if each["kind"] == "note"}


def traces(server: Server) -> list[Path]:
    """What an attack left: a file that only a shell, another folder or another variable could make."""
    places = (server.folder, server.place, server.layout.home, Path("/tmp"), Path("/var/tmp"))
    return [file for place in places for file in place.glob("PWNED*")]


# What each way in gives


def test_an_officer_works_from_his_own_machine(server: Server) -> None:
    roster = shutil.copy(TOP / "tests" / "data" / "roster.xlsx", server.place)
    server.as_account("import", "roster", str(roster))
    arrivals = (TOP / "tests" / "data" / "arrivals.xlsx").read_bytes()
    board, taken, sheet, note = at_once(
        [
            lambda: server.ssh("wangfang", "board", "--json"),
            lambda: server.ssh("wangfang", "import", "arrivals", "-", "--json", typed=arrivals),
            lambda: server.ssh("lijg", "report", "roster", "--unit", "蓝田街道", "--format", "xlsx", "-"),
            lambda: server.ssh("lijg", "log", "门岗换锁"),
        ]
    )
    assert (board.returncode, taken.returncode, sheet.returncode, note.returncode) == (0, 0, 0, 0), (
        board.stderr,
        taken.stderr,
        sheet.stderr,
        note.stderr,
    )
    assert "seats" in json.loads(board.stdout)
    assert json.loads(taken.stdout)["accepted"] > 0
    assert sheet.stdout.startswith(b"PK\3\4")
    entry = notes(server)["门岗换锁"]
    assert (entry["login"], entry["address"], entry["key"]) == ("lijg", "127.0.0.1", server.fingerprint("lijg"))
    assert {each["login"] for each in entries(server.folder)} >= {"lijg", "wangfang"}


def test_two_officers_under_one_account_sit_at_their_boards_and_neither_sees_what_the_other_types(
    server: Server,
) -> None:
    def board(name: str) -> Terminal:
        return Terminal(*server.ssh_words(name, options=["-tt"]))

    with board("wangfang") as hers, board("lijg") as his:
        for each in (hers, his):
            each.wait_for("24小时值班板")
            each.settle()
        hers.send("n")
        hers.wait_for("记事")
        hers.settle()
        hers.send("private word")
        hers.wait_for("private word")
        hers.send(KEYS["f10"])
        hers.settle()
        his.send("n")
        his.wait_for("记事")
        his.settle()
        assert "private word" not in his.text()
        hers.send("n")
        hers.wait_for("private word")


def test_an_account_of_the_machine_comes_in_by_sudo_as_himself(server: Server) -> None:
    one, two = server.users
    door_of_two = server.dutyboard("door", two, "log", "PWNED")
    words = ["setpriv", f"--reuid={one}", f"--regid={one}", "--init-groups", "sudo", "-n", "-u", server.account]
    with Terminal(*words, *server.dutyboard("door", one, "log", "夜间来电")) as terminal:
        assert terminal.wait_exit() == 0, terminal.text()
    entry = notes(server)["夜间来电"]
    assert (entry["login"], entry.get("key", ""), entry.get("by_login", "")) == (one, "", "")
    assert entry["address"].startswith("local pts/")
    as_other, set_variable, other_folder, shell, other_account = at_once(
        [
            lambda: server.sudo(one, "log", "PWNED", login=two),
            lambda: server.as_user(one, "sudo", "-n", f"SUDO_USER={two}", "-u", server.account, *door_of_two),
            lambda: server.sudo(one, "log", "PWNED", "--data", "/tmp"),
            lambda: server.as_user(one, "sudo", "-n", "-u", server.account, "/bin/sh", "-c", "id"),
            lambda: server.as_user(one, "sudo", "-n", *server.dutyboard("door", one, "log", "PWNED")),
        ]
    )
    for each in (as_other, set_variable, other_folder, shell, other_account):
        assert each.returncode != 0, each
    assert "PWNED" not in notes(server)


MAY: dict[str, tuple[str, ...]] = {
    "viewer": (),
    "site": (),
    "town": (),
    "officer": ("log", "export"),
    "leader": ("log", "export", "officer add"),
    "admin": ("log", "export", "officer add", "officer change", "sign-on unbind"),
}
"""What each role may of what is tried here, besides its board. None of them is about a town or a site."""


def test_a_key_gives_what_the_role_of_its_officer_may_and_nothing_more(server: Server) -> None:
    roster = [json.dumps({"act": "officer add", "name": f"门{role}", "role": role}) for role in MAY]
    added = [
        json.loads(line)["created"]["officer"]
        for line in server.as_account("batch", "-", typed="\n".join(roster)).splitlines()
    ]
    bound = [
        json.dumps({"act": "sign-on bind", "officer": number, "login": f"door-{role}", "reason": "开户"})
        for role, number in zip(MAY, added)
    ]
    server.as_account("batch", "-", typed="\n".join(bound))
    for role in MAY:
        keyed(server, f"door-{role}")
    viewer = added[0]

    def acts(role: str) -> bytes:
        told = (
            {"act": "log", "text": f"{role}来电"},
            {"act": "officer add", "name": f"{role}加的"},
            {"act": "officer change", "officer": viewer, "role": "officer", "reason": "x"},
            {"act": "officer change", "officer": viewer, "role": "viewer", "reason": "x"},
            {"act": "sign-on unbind", "officer": viewer, "reason": "x"},
        )
        return "\n".join(map(json.dumps, told)).encode()

    tried = [lambda role=role: server.ssh(f"door-{role}", "batch", "-", typed=acts(role)) for role in MAY]
    read = [
        lambda role=role, what=what: server.ssh(f"door-{role}", what, "--json")
        for role in MAY
        for what in ("board", "export")
    ]
    pages, answers = at_once(read), at_once(tried)  # the last one takes the first one's login
    for role, answer, board, export in zip(MAY, answers, pages[::2], pages[1::2]):
        told = [json.loads(line) for line in answer.stdout.splitlines()]
        names = ("log", "officer add", "officer change", "officer change", "sign-on unbind")
        done = {name for name, each in zip(names, told, strict=True) if each["ok"]}
        done |= {"export"} if export.returncode == 0 else set()
        assert done == set(MAY[role]), (role, told, export.stderr)
        assert {each["code"] for each in told if not each["ok"]} <= {"not_permitted"}, (role, told)
        assert board.returncode == 0 and "seats" in json.loads(board.stdout), (role, board.stderr)
    assert {text: each["login"] for text, each in notes(server).items() if text in {f"{role}来电" for role in MAY}} == {
        f"{role}来电": f"door-{role}" for role in ("officer", "leader", "admin")
    }


# What gets round the door

LINES = [
    "id",
    "sh -c 'touch PWNED'",
    "board; touch {srv}/PWNED",
    "board && touch {srv}/PWNED",
    "board | tee {srv}/PWNED",
    "log $(touch {srv}/PWNED)",
    "log '`touch {srv}/PWNED`'",
    "log a\ntouch {srv}/PWNED",
    "-- ; touch {srv}/PWNED",
    "'; touch {srv}/PWNED; '",
    "--data /tmp board",
    "board --data=/tmp",
    "--as {account} log PWNED",
    "log PWNED --as={account}",
    "door lijg",
    "door {account} log PWNED",
    "keys list",
    "init {srv}/PWNED",
    "backup {srv}/PWNED",
    "report roster --format xlsx -o {srv}/PWNED",
    "import arrivals /etc/passwd",
    "assess /etc/passwd",
    "register {place}/keys/{account}",
    "scp -t {srv}/PWNED",
    "/usr/lib/openssh/sftp-server",
]


def test_no_line_of_an_officer_gets_a_shell_a_file_or_another_name(server: Server) -> None:
    lines = [
        line.format(srv=server.folder, account=server.account, place=server.place) if "{" in line else line
        for line in LINES
    ]
    answers = at_once([lambda line=line: server.ssh("wangfang", line) for line in lines])  # type: ignore[misc]
    for line, answer in zip(lines, answers):
        assert b"uid=" not in answer.stdout + answer.stderr, line
        assert b"root:" not in answer.stdout + answer.stderr, line
        assert b"Traceback" not in answer.stderr, line
        if "`" not in line:  # a text that holds what a shell would obey is a text
            assert answer.returncode != 0, (line, answer.stdout)
            assert len(answer.stderr.splitlines()) >= 1, line
    assert traces(server) == []
    assert not [text for text in notes(server) if text == "PWNED"]


def test_no_variable_and_no_file_of_a_home_is_obeyed(server: Server) -> None:
    home = server.layout.home
    told_to = f"touch {server.folder}/PWNED\n"
    (home / ".ssh").mkdir()
    for name in (".ssh/rc", ".bashrc", ".profile", ".shrc", ".bash_profile"):
        (home / name).write_text(told_to, encoding="utf-8")
    sent = {
        "TEXTUAL_LOG": f"{server.folder}/PWNED.log",
        "TEXTUAL": "debug",
        "PYTHONSTARTUP": f"{home}/.profile",
        "PYTHONPATH": "/tmp",
        "PYTHONINSPECT": "1",
        "DUTYBOARD_DATA": "/tmp",
        "ENV": f"{home}/.shrc",
        "BASH_ENV": f"{home}/.shrc",
        "LANG": "C",
        "LD_PRELOAD": "/tmp/x.so",
    }
    all_sent = [word for name in sent for word in ("-o", f"SendEnv={name}")]
    set_too = ["-o", "SetEnv=" + " ".join(f"{name}={value}" for name, value in sent.items())]
    sent_note, set_note = at_once(
        [
            lambda: server.ssh("wangfang", "log", "甲", options=all_sent, env=sent),
            lambda: server.ssh("wangfang", "log", "乙", options=set_too),
        ]
    )
    assert (sent_note.returncode, set_note.returncode) == (0, 0), (sent_note.stderr, set_note.stderr)
    assert {notes(server)[text]["login"] for text in ("甲", "乙")} == {"wangfang"}
    assert traces(server) == []


def test_what_an_officer_saw_last_is_kept_outside_of_the_desk(server: Server) -> None:
    assert server.ssh("wangfang", "log", "丙").returncode == 0
    (kept,) = server.layout.seen.glob("seen/*/wangfang.json")
    assert json.loads(kept.read_bytes())["n"] <= len(journal(server.folder))
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    planted = server.layout.home / ".bashrc"
    done = subprocess.run(["runuser", "-u", server.account, "--", "touch", str(planted)], capture_output=True)
    assert done.returncode != 0, "the home is root's: nobody of the account plants an rc file"


# What accounts of the machine can do to the files


def test_an_account_without_rights_can_read_lock_and_plant_nothing(server: Server) -> None:
    srv = server.folder
    for words in (
        ["ls", str(srv)],
        ["cat", f"{srv}/journal/000000000001.jsonl"],
        ["flock", "-n", str(srv), "true"],
        ["flock", "-n", f"{srv}/lock", "true"],
        ["ln", "-s", "/etc/passwd", f"{srv}/db.json.1.tmp"],
        ["mkfifo", f"{srv}/db.json.PWNED"],
        ["mv", f"{srv}/archive", f"{srv}/gone"],
        ["rm", "-rf", f"{srv}/lock"],
        ["sh", "-c", f"echo x >> {server.place}/keys/{server.account}"],
        ["sudo", "-n", "-u", server.account, *server.dutyboard("door", server.stranger)],
    ):
        for user in (server.stranger, server.users[0])[: 1 if words[0] == "sudo" else 2]:
            assert server.as_user(user, *words).returncode != 0, (user, words)
    assert traces(server) == []
    own = server.as_user(server.stranger, *server.dutyboard("log", "PWNED"))
    assert (own.returncode, len(own.stderr.splitlines())) == (1, 1), own


def test_root_keeps_out_of_a_folder_that_is_not_its_own(server: Server) -> None:
    head = journal(server.folder)[-1]
    for words in (["checkpoint"], ["log", "PWNED"]):
        done = subprocess.run(server.dutyboard(*words), capture_output=True, text=True, check=False)
        assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
        assert server.account in done.stderr
    assert journal(server.folder)[-1] == head


def test_no_umask_opens_a_file_and_none_locks_anybody_out(server: Server) -> None:
    for umask in ("022", "777"):
        words = " ".join(server.dutyboard("checkpoint"))
        told("runuser", "-u", server.account, "--", "sh", "-c", f"umask {umask}; exec {words}")
    found = [(each, each.lstat()) for each in (server.folder, *server.folder.rglob("*"))]
    assert {stat.S_IMODE(status.st_mode) for each, status in found if stat.S_ISDIR(status.st_mode)} == {0o700}
    assert {stat.S_IMODE(status.st_mode) for each, status in found if stat.S_ISREG(status.st_mode)} == {0o600}
    assert {status.st_uid for each, status in found} == {server.folder.stat().st_uid}


def test_colleagues_who_trust_each_other_share_a_folder_and_are_warned(server: Server) -> None:
    one, two = server.users
    shared = server.place / "shared"
    shared.mkdir()
    told("chgrp", f"{server.mark}room", str(shared))
    shared.chmod(0o2770)
    python = [server.python, "-I", "-m", "dutyboard.tui.cli", "--data", str(shared)]
    assert server.as_user(one, *python, "init", str(shared)).returncode == 0
    checkpoint = server.as_user(one, "sh", "-c", f"umask 022; exec {' '.join(python)} checkpoint")
    assert checkpoint.returncode == 0, checkpoint.stderr
    added = server.as_user(one, *python, "officer", "add", "王芳", "--role", "officer", "--json")
    officer = json.loads(added.stdout)["created"]["officer"]
    bound = server.as_user(one, *python, "sign-on", "bind", str(officer), two, "--reason", "同事")
    assert bound.returncode == 0, bound.stderr
    board = server.as_user(two, *python, "board", "--json")
    assert board.returncode == 0, board.stderr
    assert "互信".encode() in board.stderr
    modes = {stat.S_IMODE(each.lstat().st_mode) for each in shared.rglob("*") if each.is_file()}
    assert modes <= {0o660, 0o600}
    assert server.as_user(server.stranger, *python, "board").returncode == 1


# The page itself


def test_what_the_page_says_to_sshd_holds_for_the_account_alone(server: Server) -> None:
    """The stranger's values are those that the machine allows everybody: the account's own lines close them."""

    def said(user: str) -> dict[str, str]:
        whose = f"user={user},host=far,addr=192.0.2.7"
        lines = told(SSHD, "-T", "-C", whose, "-f", str(server.place / "sshd_config")).splitlines()
        return {name: value for name, _, value in (line.partition(" ") for line in lines) if name in CLOSED}

    assert said(server.account) == CLOSED
    open_ = said(server.stranger)
    assert not [name for name in CLOSED if open_.get(name) == CLOSED[name]]


def test_the_keys_lie_where_sshd_looks_for_them() -> None:
    layout = ServerLayout(python=own_python())
    keys_file = default_keys_file(DeskAccount(1, 1, layout.account))
    assert keys_file == layout.keys / layout.account
    sshd = {each.path: each.text for each in server_files(layout, sudo=True)}[layout.sshd_file]
    assert f"AuthorizedKeysFile {keys_file.parent}/%u" in sshd
