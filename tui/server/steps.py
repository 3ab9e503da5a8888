"""The steps of setting a server up: how each stands, and how it is done.

A step that is done already changes nothing, so that setting up may be broken off and run again.
"""

import grp
import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal

from dutyboard.frozen import frozen
from dutyboard.tui.link.server.system_file import put_system_text, remove_system_text, system_text
from dutyboard.tui.link.trouble import StoreTrouble
from dutyboard.tui.server.layout import ServerLayout, is_booted_by_systemd
from dutyboard.tui.server.system_files import WARM, SystemFile, is_as_written, server_files, timers

SetupState = Literal["there", "to_do", "foreign", "unknown"]
SetupKind = Literal["group", "account", "folder", "file", "timers", "warm", "sshd", "no_sudo", "no_systemd", "no_logs"]
SHELL: Final = "/bin/sh"
_SECONDS: Final = 60


class StepFailed(Exception):
    """A step could not be done: the program that refused it, and its first line."""

    def __init__(self, program: str, said: str) -> None:
        super().__init__(program)
        self.program = program
        self.said = said


@frozen(kw_only=False)
class SetupStep:
    """One step: its kind, the name it is about, how that stands, and a word on any difference.

    `do` is called only where it is to be done. A step of kind `no_…` says what is not done on this machine.
    """

    kind: SetupKind
    about: str
    state: SetupState
    differs: str = ""
    do: Callable[[], object] | None = None


def server_steps(layout: ServerLayout, replace: Sequence[Path] = ()) -> list[SetupStep]:
    """Return the steps in their order. `replace`: files of others, named, that may be replaced."""
    sudo = shutil.which("visudo") is not None
    steps = [_group(layout.group)] if sudo else []
    steps += [_account(layout)]
    steps += [_folder(path, owner, mode) for path, owner, mode in _folders(layout)]
    files = server_files(layout, sudo=sudo)
    steps += [_file(each, layout, replace) for each in files]
    changed = {step.about for step in steps if step.kind == "file" and step.state == "to_do"}
    steps.append(_timers(changed))
    if str(layout.units / WARM) in changed and is_booted_by_systemd():
        steps.append(SetupStep("warm", WARM, "to_do", do=_start_warm))
    if str(layout.sshd_file) in changed:
        steps.append(_sshd())
    if not sudo:
        steps.append(SetupStep("no_sudo", "sudo", "there"))
    return [*steps, SetupStep("no_logs", "logrotate", "there")]


def _folders(layout: ServerLayout) -> list[tuple[Path, str, int]]:
    """Return the folders, each behind the one that holds it: path, owner, mode."""
    duty = layout.account
    return [
        (layout.home, "root", 0o755),
        (layout.home / ".local", "root", 0o755),
        (layout.home / ".local" / "state", "root", 0o755),
        (layout.seen, duty, 0o700),
        (layout.folder, duty, 0o700),
        (layout.backups, duty, 0o700),
        (layout.keys, "root", 0o755),
    ]


def _group(name: str) -> SetupStep:
    with suppress(KeyError):
        grp.getgrnam(name)
        return SetupStep("group", name, "there")
    return SetupStep("group", name, "to_do", do=lambda: _run("groupadd", "--system", name))


def _account(layout: ServerLayout) -> SetupStep:
    name, home = layout.account, str(layout.home)
    try:
        there = pwd.getpwnam(name)
    except KeyError:
        words = [
            "--system",
            "--user-group",
            "--no-create-home",
            "--home-dir",
            home,
            "--shell",
            SHELL,
            "--password",
            "*",
        ]
        return SetupStep("account", name, "to_do", do=lambda: _run("useradd", *words, name))
    if (there.pw_dir, there.pw_shell) == (home, SHELL) and there.pw_uid != 0:
        return SetupStep("account", name, "there")
    return SetupStep("account", name, "foreign", f"{there.pw_uid}:{there.pw_dir}:{there.pw_shell}")


def _folder(path: Path, owner: str, mode: int) -> SetupStep:
    def make() -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
        with suppress(FileExistsError):
            path.mkdir(mode=0o700)
            if owner != "root":
                who = pwd.getpwnam(owner)
                os.chown(path, who.pw_uid, who.pw_gid, follow_symlinks=False)
        fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            os.fchmod(fd, mode)
        finally:
            os.close(fd)

    try:
        there = path.lstat()
    except FileNotFoundError:
        return SetupStep("folder", str(path), "to_do", do=make)
    except PermissionError:
        return SetupStep("folder", str(path), "unknown")
    try:
        theirs = pwd.getpwuid(there.st_uid).pw_name
    except KeyError:
        theirs = str(there.st_uid)
    if not stat.S_ISDIR(there.st_mode) or theirs != owner:
        return SetupStep("folder", str(path), "foreign", f"{theirs} {stat.filemode(there.st_mode)}")
    if stat.S_IMODE(there.st_mode) == mode:
        return SetupStep("folder", str(path), "there")
    return SetupStep("folder", str(path), "to_do", stat.filemode(there.st_mode), make)


def _file(file: SystemFile, layout: ServerLayout, replace: Sequence[Path]) -> SetupStep:
    about = str(file.path)
    try:
        there = system_text(file.path)
        mode = stat.S_IMODE(file.path.lstat().st_mode) if there is not None else file.mode
    except (StoreTrouble, OSError) as trouble:
        hidden = os.geteuid() != 0
        return SetupStep("file", about, "unknown" if hidden else "foreign", getattr(trouble, "code", "no_access"))
    if there == file.text and mode == file.mode:
        return SetupStep("file", about, "there")
    foreign = there is not None and not is_as_written(there)
    if foreign and file.path not in replace:
        return SetupStep("file", about, "foreign", "text")
    return SetupStep("file", about, "to_do", do=lambda: _write(file, layout, there, keep=foreign))


def _write(file: SystemFile, layout: ServerLayout, before: str | None, *, keep: bool) -> None:
    """Write a file, and take it back if the program that reads it refuses it. Raises StepFailed, StoreTrouble."""
    if file.path == layout.sudoers_file:
        _run("visudo", "-cf", "-", typed=file.text)
    if file.path == layout.sshd_file:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        _run(sshd_program(), "-t")
    file.path.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
    put_system_text(file.path, file.text, file.mode, f"{file.path.name}.before" if keep else "")
    if file.path == layout.sshd_file:
        try:
            _run(sshd_program(), "-t")
            _asked_of_sshd(layout)
        except StepFailed:
            if before is None:
                remove_system_text(file.path)
            else:
                put_system_text(file.path, before, file.mode)
            raise


def _asked_of_sshd(layout: ServerLayout) -> None:
    """Raise StepFailed unless sshd reads the file: its own answer for the account must name the folder of keys."""
    whose = f"user={layout.account},host=far,addr=192.0.2.7"
    said = _run(sshd_program(), "-T", "-C", whose).splitlines()
    if f"authorizedkeysfile {layout.keys}/%u" not in said:
        raise StepFailed(sshd_program(), f"Include {layout.sshd_file.parent}/*.conf ?")


def _timers(changed: set[str]) -> SetupStep:
    names = timers()
    if not is_booted_by_systemd():
        return SetupStep("no_systemd", "systemd", "there")
    on = all(_says("systemctl", "is-enabled", name) and _says("systemctl", "is-active", name) for name in names)
    if on and not any(path.endswith((".service", ".timer")) for path in changed):
        return SetupStep("timers", " ".join(names), "there")

    def start() -> None:
        _run("systemctl", "daemon-reload")
        _run("systemctl", "enable", "--now", *names)

    return SetupStep("timers", " ".join(names), "to_do", do=start)


def _start_warm() -> None:
    """Switch the parent on, once, as its unit is written: whoever switches it off later has his reasons."""
    _run("systemctl", "daemon-reload")
    _run("systemctl", "enable", WARM)
    _run("systemctl", "restart", WARM)


def _sshd() -> SetupStep:
    if not is_booted_by_systemd():
        return SetupStep("sshd", "sshd", "there")
    service = "ssh" if _says("systemctl", "cat", "ssh.service") else "sshd"
    return SetupStep("sshd", service, "to_do", do=lambda: _reload(service))


def _reload(service: str) -> None:
    _run("systemctl", "try-reload-or-restart", service)


def sshd_program() -> str:
    """Return the path of sshd, which re-executes itself and therefore wants to be called by it."""
    return shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin") or "/usr/sbin/sshd"


def _run(*words: str, typed: str = "") -> str:
    """Return what a program prints. Raises StepFailed with its first line."""
    try:
        done = subprocess.run(words, input=typed, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except FileNotFoundError:
        raise StepFailed(words[0], "not found") from None
    if done.returncode != 0:
        lines = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        raise StepFailed(words[0], lines[-1] if lines else str(done.returncode))
    return done.stdout


def _says(*words: str) -> bool:
    return subprocess.run(words, capture_output=True, timeout=_SECONDS, check=False).returncode == 0
