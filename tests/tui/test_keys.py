"""`keys add|list|remove`: what may stand in the file that opens the door. Each change is an act of the desk."""

import fcntl
import os
import stat
from base64 import b64decode, b64encode
from pathlib import Path

import pytest

from dutyboard.tui.link.server.authorized_keys import AuthorizedLine, door_line, key_line, read_public_key
from tests.tui.callers import MORNING
from tests.tui.command_line import CommandLine


def wire(*fields: bytes) -> str:
    return b64encode(b"".join(len(each).to_bytes(4) + each for each in fields)).decode()


def ed25519(byte: int = 1) -> str:
    return f"ssh-ed25519 {wire(b'ssh-ed25519', bytes([byte]) * 32)}"


KEY = ed25519()
FINGERPRINT = read_public_key(KEY).fingerprint
POINT = b"\4" + b"\1" * 64
MODULUS = b"\0" + b"\xc1" * 256


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """A desk with one officer who signs on as `wangfang`, and an empty folder for keys."""
    (tmp_path / "keys").mkdir(mode=0o755)
    own = CommandLine(tmp_path / "desk", MORNING, monkeypatch)
    own.done("officer", "add", "王芳")
    own.done("sign-on", "bind", "王芳", "wangfang", "--reason", "发密钥")
    return own


def file(desk: CommandLine) -> Path:
    return desk.folder.parent / "keys" / "duty"


def held(desk: CommandLine) -> str:
    return file(desk).read_text(encoding="utf-8") if file(desk).exists() else ""


def add(desk: CommandLine, login: str, key: str, *words: str) -> str:
    return desk.done("keys", "add", login, "-", "--keys-file", str(file(desk)), *words, typed=key)


def add_refused(desk: CommandLine, login: str, key: str, *words: str) -> str:
    """The one line of a refusal, which leaves the file and the journal as they were."""
    before = held(desk), desk.printed("verify", "--json")["head"]
    told = desk.call("keys", "add", login, "-", "--keys-file", str(file(desk)), *words, typed=key)
    assert told.exit_code == 1
    assert (held(desk), desk.printed("verify", "--json")["head"]) == before
    assert len(told.stderr.splitlines()) == 1
    assert told.stdout == ""
    return told.stderr


def test_a_key_is_one_line_that_opens_the_door_and_nothing_else(desk: CommandLine) -> None:
    add(desk, "wangfang", f"{KEY} wang@pc\n")
    (line,) = held(desk).splitlines()
    assert line.startswith('restrict,pty,command="')
    assert f'-I -m dutyboard.tui.cli --data {desk.folder} door wangfang --key {FINGERPRINT}" {KEY} wangfang' in line
    assert "wang@pc" not in line
    assert stat.S_IMODE(file(desk).stat().st_mode) == (0o644 if os.getuid() == 0 else 0o600)
    assert list(file(desk).parent.glob("*.tmp")) == []


def test_everybody_s_board_shows_who_may_come_in_by_which_key(desk: CommandLine) -> None:
    add(desk, "wangfang", KEY)
    desk.done("keys", "remove", FINGERPRINT, "--reason", "丢了电脑", "--keys-file", str(file(desk)))
    added, removed = [e for e in desk.tables()["entries"].values() if e["kind"] == "key"]
    assert (added["data"], added["subject"]) == ({"login": "wangfang", "added": FINGERPRINT}, "officer-2")
    assert (removed["data"], removed["text"]) == ({"login": "wangfang", "removed": FINGERPRINT}, "丢了电脑")
    assert held(desk) == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "不是一行公钥"),
        ("hello", "不是一行公钥"),
        ("ssh-ed25519", "不是一行公钥"),
        (f"{KEY}\n{ed25519(2)}\n", "不是一行公钥"),
        (f'{KEY} x\0command="sh"', "不是一行公钥"),
        (f"{KEY}\x0b{ed25519(2)}", "不是一行公钥"),
        ("ssh-ed25519 AAAA*", "不是一行公钥"),
        (KEY[:-1] + "=", "种类不符"),
        (KEY[:-1], "不是一行公钥"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA==\n", "不是一行公钥"),
        (f'command="sh" {KEY}', "带有选项"),
        (f"no-pty {KEY}", "带有选项"),
        (f"cert-authority {KEY}", "带有选项"),
        (f"ssh-dss {wire(b'ssh-dss', b'1', b'1', b'1', b'1')}", "不收这种密钥"),
        (f"ssh-ed25519-cert-v01@openssh.com {wire(b'x')}", "不收这种密钥"),
        (f"ssh-rsa {KEY.split()[1]}", "种类不符"),
        (f"ssh-ed25519 {wire(b'ssh-ed25519', b'1' * 31)}", "种类不符"),
        (f"ssh-ed25519 {wire(b'ssh-ed25519', b'1' * 32, b'x')}", "种类不符"),
        (f"ssh-ed25519 {b64encode(b64decode(wire(b'ssh-ed25519', b'1' * 32)) + b'x').decode()}", "种类不符"),
        (f"ecdsa-sha2-nistp256 {wire(b'ecdsa-sha2-nistp256', b'nistp384', POINT)}", "种类不符"),
        (f"ecdsa-sha2-nistp256 {wire(b'ecdsa-sha2-nistp256', b'nistp256', b'')}", "种类不符"),
        (f"ssh-rsa {wire(b'ssh-rsa', b'', b'')}", "不足 2048"),
        (f"ssh-rsa {wire(b'ssh-rsa', bytes([1, 0, 1]), bytes([0, 0xC1]) + b'1' * 127)}", "不足 2048"),
    ],
)
def test_what_is_no_key_is_refused_in_one_line(desk: CommandLine, typed: str, said: str) -> None:
    assert said in add_refused(desk, "wangfang", typed)


@pytest.mark.parametrize(
    "key",
    [
        KEY,
        f"ecdsa-sha2-nistp256 {wire(b'ecdsa-sha2-nistp256', b'nistp256', POINT)}",
        f"ssh-rsa {wire(b'ssh-rsa', bytes([1, 0, 1]), MODULUS)}",
        f"sk-ssh-ed25519@openssh.com {wire(b'sk-ssh-ed25519@openssh.com', b'1' * 32, b'ssh:')}",
        f"sk-ecdsa-sha2-nistp256@openssh.com "
        f"{wire(b'sk-ecdsa-sha2-nistp256@openssh.com', b'nistp256', POINT, b'ssh:')}",
    ],
)
def test_every_type_that_sshd_trusts_is_taken(key: str) -> None:
    assert str(read_public_key(f"{key} with a comment\r\n")) == key


def test_a_key_is_one_person_s(desk: CommandLine) -> None:
    add(desk, "wangfang", KEY)
    assert FINGERPRINT in add_refused(desk, "wangfang", f"{KEY} again")
    assert FINGERPRINT in add_refused(desk, "wangfang", f"{KEY} again", "--officer", "王芳")


def test_a_key_that_a_foreign_line_holds_opens_a_shell_first_and_is_refused(desk: CommandLine) -> None:
    file(desk).write_text(f"# of the installation\nno-pty {KEY} root@pc\n", encoding="utf-8")
    assert "第 2 行" in add_refused(desk, "wangfang", KEY)


def test_a_login_of_nobody_is_refused_with_the_remedy_and_bound_with_it(desk: CommandLine) -> None:
    assert "--officer" in add_refused(desk, "zhaoxf", KEY)
    desk.done("officer", "add", "赵晓峰")
    add(desk, "zhaoxf", KEY, "--officer", "赵晓峰")
    assert desk.tables()["officers"]["3"]["login"] == "zhaoxf"
    assert [e["kind"] for e in desk.tables()["entries"].values()][-2:] == ["sign_on", "key"]


def test_a_login_of_who_has_left_is_nobody_s(desk: CommandLine) -> None:
    add(desk, "wangfang", KEY)
    desk.done("officer", "end", "王芳", "--reason", "调离")
    assert "--officer" in add_refused(desk, "wangfang", ed25519(2))
    (row,) = desk.printed("keys", "list", "--json", "--keys-file", str(file(desk)))
    assert (row["login"], row["officer"]) == ("wangfang", None)
    assert "无此在岗人员" in desk.done("keys", "list", "--keys-file", str(file(desk)))


@pytest.mark.parametrize("login", ["-x", "a b", 'a";sh', "a$(id)", "王", "a\n", "a'b", "x" * 65, "a%h"])
def test_no_login_reaches_the_shell_of_the_account(desk: CommandLine, login: str) -> None:
    said = desk.call("keys", "add", "--officer", "王芳", "--keys-file", str(file(desk)), "--", login, "-", typed=KEY)
    assert said.exit_code == 1
    assert "登录名" in said.stderr
    assert held(desk) == ""


def test_lines_of_others_are_kept_and_shown_as_foreign(desk: CommandLine) -> None:
    foreign = f'no-pty,command="echo \udce4" {ed25519(9)} ops'
    file(desk).write_text(f"# ours\n\n{foreign}\n", encoding="utf-8", errors="surrogateescape")
    add(desk, "wangfang", KEY)
    assert held_bytes(desk).startswith(f"# ours\n{foreign}\n".encode("utf-8", "surrogateescape"))
    rows = desk.printed("keys", "list", "--json", "--keys-file", str(file(desk)))
    assert [(row["foreign"], row["login"], row["officer"]) for row in rows] == [
        (True, None, None),
        (False, "wangfang", "王芳"),
    ]
    assert rows[0]["key"] == read_public_key(ed25519(9)).fingerprint
    assert rows[1]["when"] == "2021-06-07 08:30"
    refused = desk.refused("keys", "remove", rows[0]["key"], "--keys-file", str(file(desk)))
    assert "不是本程序写的" in refused
    desk.done("keys", "remove", "wangfang", "--keys-file", str(file(desk)))
    assert held_bytes(desk) == f"# ours\n{foreign}\n".encode("utf-8", "surrogateescape")


def held_bytes(desk: CommandLine) -> bytes:
    return file(desk).read_bytes()


def ours(**changes: str) -> AuthorizedLine:
    line = door_line(read_public_key(KEY), "wangfang", Path("/srv/duty"), "/opt/dutyboard/bin/python")
    for old, new in changes.values():
        assert old in line
        line = line.replace(old, new)
    return key_line(1, line)


def test_a_line_is_ours_only_if_it_can_do_nothing_but_open_the_door() -> None:
    assert ours().login == "wangfang"
    for old, new in [
        ("restrict,pty,", "pty,"),
        ("restrict,pty,", "restrict,pty,port-forwarding,"),
        ("-I -m", "-m"),
        ("door wangfang", "door wangfang; sh -c id"),
        ("/opt/dutyboard/bin/python", "sh -c id; /opt/dutyboard/bin/python"),
        ("/srv/duty", "$(id)"),
        ("door", "log"),
        ("exec ", "exec exec "),
        ("exec ", "exit;"),
        ('" ssh-ed', ' --as root" ssh-ed'),
        (FINGERPRINT, "SHA256:another"),
        (KEY, ed25519(3)),
    ]:
        assert ours(changed=(old, new)).login == "", new


def test_a_line_of_an_earlier_version_is_ours_and_is_written_anew() -> None:
    """Without `exec` a shell keeps the terminal's session, which no session of the parent can take over."""
    assert 'command="exec /opt' in ours().text
    assert ours(changed=("exec ", "")) == ours()


def test_a_path_with_quotes_is_one_word_of_the_shell_and_one_string_of_sshd() -> None:
    line = door_line(read_public_key(KEY), "w", Path('/srv/du ty "$HOME"'), "/opt/py")
    assert "'/srv/du ty \\\"$HOME\\\"'" in line
    assert key_line(1, line).login == "w"


def test_remove_says_what_is_not_there(desk: CommandLine) -> None:
    assert "nobody" in desk.refused("keys", "remove", "nobody", "--keys-file", str(file(desk)))


def test_a_folder_that_others_may_write_is_no_place_for_keys(desk: CommandLine) -> None:
    file(desk).parent.chmod(0o777)
    assert "文件夹" in add_refused(desk, "wangfang", KEY)
    assert "文件夹" in desk.refused("keys", "list", "--keys-file", str(desk.folder / "nowhere" / "duty"))


@pytest.mark.parametrize("trap", ["link", "hard_link", "fifo", "endless"])
def test_a_file_that_is_none_of_ours_is_neither_read_nor_written(desk: CommandLine, trap: str) -> None:
    victim = desk.folder.parent / "victim"
    victim.write_text("mine\n", encoding="utf-8")
    match trap:
        case "link":
            file(desk).symlink_to(victim)
        case "hard_link":
            file(desk).hardlink_to(victim)
        case "endless":
            file(desk).touch(0o600)
            os.truncate(file(desk), 1 << 40)
        case _:
            os.mkfifo(file(desk))
    told = desk.call("keys", "add", "wangfang", "-", "--keys-file", str(file(desk)), typed=KEY)
    assert told.exit_code == 1
    assert victim.read_text(encoding="utf-8") == "mine\n"


def test_two_who_write_at_once_lose_no_key(desk: CommandLine) -> None:
    with (file(desk).parent / "duty.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "另有一个" in add_refused(desk, "wangfang", KEY)


def test_an_act_that_the_desk_refuses_writes_no_key(desk: CommandLine) -> None:
    desk.done("officer", "add", "孙立")
    assert "王芳" in add_refused(desk, "wangfang", KEY, "--officer", "孙立")
