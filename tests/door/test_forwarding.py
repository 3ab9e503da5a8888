"""No key of an officer forwards, moves a file or opens a shell; each attack is shown first on an account that may."""

import os
import pwd
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from tests.door.server import Server
from tests.door.test_server import traces
from tests.door.waiting import SECONDS, awaited
from tests.pty.terminal import Terminal

WORD = b"inside\n"
SOCKS = b"\x04\x01%s\x7f\x00\x00\x01\x00"
"""A call to a port of the server's own address, by SOCKS 4."""


@contextmanager
def inside() -> Iterator[int]:
    """Listen on a port of the server that answers each call with one word: what a forwarding would reach."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            with suppress(OSError):
                while True:
                    called, _ = listening.accept()
                    with called:
                        called.sendall(WORD)

        threading.Thread(target=answer, daemon=True).start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)


@contextmanager
def held_open(server: Server, name: str, options: list[str]) -> Iterator["subprocess.Popen[bytes]"]:
    """Keep a connection without a command, as who only forwards does."""
    words = server.ssh_words(name, options=["-N", "-o", "ExitOnForwardFailure=yes", *options])
    with subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as client:
        try:
            yield client
        finally:
            client.terminate()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def answer_of(port: int, client: "subprocess.Popen[bytes]", said: bytes = b"") -> bytes:
    """Call a port as soon as somebody listens there, and return all that it answers."""
    call = awaited(lambda: _called(port), client)
    if call is None:
        return b""
    answer = b""
    with call, suppress(ConnectionError):
        call.settimeout(SECONDS)
        call.sendall(said)
        while piece := call.recv(100):
            answer += piece
    return answer


def _called(port: int) -> socket.socket | None:
    with suppress(ConnectionRefusedError):
        return socket.create_connection(("127.0.0.1", port), 1)
    return None


def local_port(server: Server, name: str) -> bool:
    with inside() as port, ExitStack() as open_:
        mine = free_port()
        client = open_.enter_context(held_open(server, name, ["-L", f"127.0.0.1:{mine}:127.0.0.1:{port}"]))
        return answer_of(mine, client) == WORD


def dynamic_port(server: Server, name: str) -> bool:
    with inside() as port, ExitStack() as open_:
        mine = free_port()
        client = open_.enter_context(held_open(server, name, ["-D", f"127.0.0.1:{mine}"]))
        return answer_of(mine, client, SOCKS % port.to_bytes(2, "big")).endswith(WORD)


def standard_input(server: Server, name: str) -> bool:
    with inside() as port:
        return server.ssh(name, options=["-W", f"127.0.0.1:{port}"]).stdout == WORD


def remote_port(server: Server, name: str) -> bool:
    mine = free_port()
    with inside() as port, held_open(server, name, ["-R", f"127.0.0.1:{mine}:127.0.0.1:{port}"]) as client:
        return answer_of(mine, client) == WORD


def remote_socket(server: Server, name: str) -> bool:
    """A socket on the server's disk is a file that the account would make."""
    place = Path("/tmp") / f"PWNED.{os.getpid()}"
    with inside() as port, held_open(server, name, ["-R", f"{place}:127.0.0.1:{port}"]) as client:
        made = bool(awaited(place.exists, client)) or place.exists()
    place.unlink(missing_ok=True)
    return made


def seen_within(server: Server, name: str, options: list[str], env: dict[str, str], variable: bytes) -> bool:
    """True if a session's own processes have a variable that only a forwarding gives them."""
    account = pwd.getpwnam(server.host(name).partition("@")[0]).pw_uid
    words = server.ssh_words(name, *(["sleep 60"] if name == server.stranger else []), options=["-tt", *options])
    with Terminal(*words, env=env) as terminal:
        found = awaited(lambda: on_terminal(account), terminal.process)
        assert found, terminal.text()
        return any(each.startswith(variable) for held in found for each in held.split(b"\0"))


def on_terminal(uid: int) -> list[bytes]:
    """What the processes of an account were started with, once one of them has a terminal; [] before."""
    found = list(environments(uid))
    return found if any(b"SSH_TTY=" in each for each in found) else []


def environments(uid: int) -> Iterator[bytes]:
    """What each process of an account was started with, but sshd's own."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if process.stat().st_uid == uid and b"sshd" not in process.joinpath("comm").read_bytes():
                yield process.joinpath("environ").read_bytes()


def agent(server: Server, name: str) -> bool:
    place = server.place / "clients" / f"agent-{name}"
    with subprocess.Popen(["ssh-agent", "-D", "-a", str(place)], stdout=subprocess.DEVNULL) as own:
        try:
            assert awaited(place.exists, own)
            return seen_within(server, name, ["-A"], {"SSH_AUTH_SOCK": str(place)}, b"SSH_AUTH_SOCK=")
        finally:
            own.terminate()


def screen(server: Server, name: str) -> bool:
    return seen_within(server, name, ["-Y"], {"DISPLAY": "127.0.0.1:99"}, b"DISPLAY=")


def tunnel(server: Server, name: str) -> bool:
    """Nobody but root may open the device: that sshd tries to says that it would forward."""
    words = server.ssh_words(name, options=["-N", "-o", "ExitOnForwardFailure=yes", "-w", "any:any"])
    words[words.index("LogLevel=ERROR")] = "LogLevel=DEBUG1"
    said = subprocess.run(words, capture_output=True, timeout=SECONDS, check=False, stdin=subprocess.DEVNULL).stderr
    assert b"Requesting tun" in said, said
    return b"Failed to open the tunnel device" in said


def copied(server: Server, name: str, *how: str) -> bool:
    taken = server.place / "clients" / f"hostname-{name}"
    words = ["scp", *how, *server.client_words(name), f"{server.host(name)}:/etc/hostname", str(taken)]
    done = subprocess.run(words, capture_output=True, timeout=SECONDS, check=False, stdin=subprocess.DEVNULL)
    there = done.returncode == 0 and taken.exists()
    taken.unlink(missing_ok=True)
    return there


def put(server: Server, name: str, *how: str) -> bool:
    mine, there = server.place / "clients" / "mine", Path("/tmp") / f"PWNED.{os.getpid()}"
    mine.write_text("x", encoding="utf-8")
    words = ["scp", *how, *server.client_words(name), str(mine), f"{server.host(name)}:{there}"]
    subprocess.run(words, capture_output=True, timeout=SECONDS, check=False, stdin=subprocess.DEVNULL)
    made = there.exists()
    there.unlink(missing_ok=True)
    return made


def sftp(server: Server, name: str) -> bool:
    words = ["sftp", "-b", "-", *server.client_words(name), server.host(name)]
    done = subprocess.run(words, input=b"ls /etc/hostname\n", capture_output=True, timeout=SECONDS, check=False)
    return done.returncode == 0


def shell_on_terminal(server: Server, name: str) -> bool:
    with Terminal(*server.ssh_words(name, "/bin/bash --norc -i", options=["-tt"])) as terminal:
        with suppress(OSError):
            terminal.send("id -u; exit 7\r")
        return terminal.wait_exit() == 7


def rsync(server: Server, name: str) -> bool:
    """The line that rsync's client sends; a shell without rsync says that it has none."""
    answer = server.ssh(name, "rsync --server --sender -logDtpre.iLsfxCIvu . /etc/hostname")
    return answer.returncode in (0, 12, 127)


ATTACKS: dict[str, Callable[[Server, str], bool]] = {
    "-L": local_port,
    "-D": dynamic_port,
    "-W": standard_input,
    "-R port": remote_port,
    "-R socket": remote_socket,
    "-A": agent,
    "-Y": screen,
    "-w": tunnel,
    "scp from": lambda server, name: copied(server, name),
    "scp -O from": lambda server, name: copied(server, name, "-O"),
    "scp to": lambda server, name: put(server, name),
    "scp -O to": lambda server, name: put(server, name, "-O"),
    "sftp": sftp,
    "-t bash": shell_on_terminal,
    "rsync": rsync,
}
"""By name: an attack, true if it gets what it is after."""


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_officer_gets_nothing_that_an_account_with_a_shell_gets(server: Server, attack: str) -> None:
    assert ATTACKS[attack](server, server.stranger), "on an account that may, the attack does nothing"
    assert not ATTACKS[attack](server, "wangfang")
    assert traces(server) == []


def test_no_other_subsystem_is_served(server: Server) -> None:
    for name in ("netconf", "shell", "/bin/sh"):
        answer = server.ssh("wangfang", name, options=["-s"])
        assert (answer.returncode != 0, answer.stdout) == (True, b"")
