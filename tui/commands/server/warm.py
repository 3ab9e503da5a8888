"""`warm`: a parent that has the program loaded and forks a session for each officer at the door.

The parent has one thread, opens no desk and reads no message: it looks who calls (the account itself, says the kernel),
forks, and waits for the next. Its child does the rest, for one officer alone: it takes what the client was started
with, and goes in at the door as the client would have done. A parent that is gone or old costs an officer nothing but
time.
"""

import fcntl
import gc
import importlib
import os
import pkgutil
import select
import signal
import socket
import stat
import sys
import termios
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import click

from dutyboard.tui.commands.framework import DeskCommand
from dutyboard.tui.commands.invocation import Failure, Invocation, pass_call
from dutyboard.tui.server.program_files import ProgramFiles
from dutyboard.tui.server.warm_line import BEGUN, GO, LONGEST, READY, SECONDS, own_program, peer_of, warm_place

_ROOMS: Final = ("rules", "store", "tui.link", "tui.screens", "tui.widgets", "tui.views", "tui.text", "tui.terminal")
"""Packages that a session may need, whole."""
_MODULES: Final = (
    "dutyboard.tui.app",
    "dutyboard.tui.commands.desk",
    "dutyboard.tui.commands.server.door",
    "textual.drivers.linux_driver",
    "textual.layouts.horizontal",
    "textual.layouts.stream",
    "textual.pilot",
    "textual.scrollbar",
)
"""Modules that a board loads besides, late."""
_LOOK_SECONDS: Final = 10.0
"""Seconds until the parent looks again whether the program has changed. Whoever comes makes it look too."""
_MOST_FILES: Final = 1 << 20
_STREAMS: Final = {"stdin": "surrogateescape", "stdout": "surrogateescape", "stderr": "backslashreplace"}
"""The ways of the standard streams with bytes that are no text, as an interpreter starts."""


@click.command("warm", cls=DeskCommand)
@click.pass_context
@pass_call
def warm_command(call: Invocation, ctx: click.Context) -> Any:
    told = call.words.warm
    if not sys.flags.isolated:
        raise Failure(call.words.door["not_isolated"])
    if os.geteuid() == 0:
        raise Failure(told["root"])
    began, folder = time.time_ns(), call.folder.absolute()
    os.environ.clear()
    os.umask(0o077)
    os.chdir("/")
    _look_at_folder(Path(warm_place()), told)
    _load()
    line = _next_client(_listening(Path(warm_place())), ProgramFiles(began))
    if line is None:
        return 0
    words = _taken_up(line, folder)
    code = ctx.find_root().command.carry_out(words)  # type: ignore[attr-defined]
    with suppress(OSError):
        line.send(b"%d" % code)
    return code


def _look_at_folder(place: Path, told: Mapping[str, str]) -> None:
    """Raise Failure unless the folder is the account's alone and no other parent is there."""
    folder = place.parent
    try:
        found = folder.lstat()
    except OSError:
        raise Failure(told["no_folder"].format(folder=folder)) from None
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
        raise Failure(told["open_folder"].format(folder=folder))
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as probe, suppress(OSError):
        probe.connect(str(place))
        raise Failure(told["running"].format(folder=folder))


def _load() -> None:
    """Load what a session needs, and put it where the collector of garbage does not write: children share it."""
    from dutyboard.tui.terminal.config import prepare

    prepare()
    for name in _MODULES:
        importlib.import_module(name)
    for name in _ROOMS:
        package = importlib.import_module(f"dutyboard.{name}")
        for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            try:
                importlib.import_module(each.name)
            except ModuleNotFoundError as error:
                if error.name != "psycopg":  # only a desk on PostgreSQL needs it, and says so
                    raise
    from dutyboard.tui.link.board.kept_board import program
    from dutyboard.tui.link.picture import known_notices

    program()
    list(known_notices().values())
    gc.collect()
    gc.freeze()


def _listening(place: Path) -> socket.socket:
    """Return the socket at which clients are heard. One that nobody hears any more makes room."""
    place.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    listening.bind(str(place))
    listening.listen()
    listening.setblocking(False)
    return listening


def _next_client(listening: socket.socket, files: ProgramFiles) -> socket.socket | None:
    """Fork a child for each client, and return its line there. The parent returns None once the program is old."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the children
    own = _inode(Path(warm_place()))
    while True:
        select.select([listening], (), (), _LOOK_SECONDS)
        if files.changed() or _inode(Path(warm_place())) != own:
            return None
        with suppress(OSError):
            line, _ = listening.accept()
            if peer_of(line) == os.geteuid() and _forked():
                listening.close()
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                return line
            line.close()


def _forked() -> bool:
    """Return True in a new child. A machine that has no room for one leaves the client to itself."""
    try:
        return os.fork() == 0
    except OSError:
        return False


def _inode(place: Path) -> int:
    try:
        return place.lstat().st_ino
    except OSError:
        return 0


def _taken_up(line: socket.socket, folder: Path) -> list[str]:
    """Become the client's session, in the child: its terminal, its variables; return its words.

    Until the client has given its terminal up nothing is taken. Any doubt ends the child, and the client goes on alone.
    """
    try:
        line.settimeout(SECONDS)
        words, variables, terminal = _received(line, folder)
        line.send(READY)
        if line.recv(len(GO)) != GO:
            raise OSError
        os.setsid()
        fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    except (OSError, ValueError, IndexError):
        os._exit(1)
    for number in (0, 1, 2):
        os.dup2(terminal, number)
    line.settimeout(None)
    os.closerange(3, line.fileno())
    os.closerange(line.fileno() + 1, _MOST_FILES)
    os.environ.clear()
    for each in variables:
        variable, _, value = each.partition(b"=")
        os.environb[variable] = value
    for number, (name, errors) in enumerate(_STREAMS.items()):
        stream = open(number, "w" if number else "r", encoding="utf-8", errors=errors, closefd=False)  # noqa: SIM115
        vars(sys).update({name: stream, f"__{name}__": stream})
    line.send(BEGUN)
    _heed(line)
    return [os.fsdecode(word) for word in words]


def _received(line: socket.socket, folder: Path) -> tuple[list[bytes], list[bytes], int]:
    """Return the words, the variables and the terminal of a client. Raises OSError, ValueError, IndexError.

    His desk must be the parent's: on another one the bounds of its unit would let nobody write.
    """
    said, passed, flags, _ = socket.recv_fds(line, LONGEST, 1)
    if flags & (socket.MSG_TRUNC | socket.MSG_CTRUNC) or len(passed) != 1:
        raise ValueError
    told = said.split(b"\0")
    own = own_program()
    if told[: len(own)] != own:
        raise ValueError
    count, rest = int(told[len(own)]), told[len(own) + 1 :]
    if rest[:2] != [b"--data", os.fsencode(folder)]:
        raise ValueError
    return rest[:count], rest[count:], passed[0]


def _heed(line: socket.socket) -> None:
    """Take the end of the client for a hang-up."""
    from dutyboard.tui.terminal import hangup

    def wait() -> None:
        with suppress(OSError):
            while line.recv(LONGEST):
                pass
        os.kill(os.getpid(), signal.SIGHUP)

    hangup.block()
    threading.Thread(target=wait, name="client", daemon=True).start()
