"""The board over a slow line: `python -m tests.bench.over_ssh`, as root, with ssh and sshd.

A proxy between ssh and sshd holds each byte back for half the round trip, lets so many bytes a second through, and now
and then holds a piece back for three round trips more, as TCP does where a packet was lost. Printed of each line, with
`-C` and without: bytes from the server, and the seconds from a key to the screen that answers it (median, worst).
"""

import random
import socket
import statistics
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from tests.door.server import Server, running_server
from tests.pty.terminal import KEYS, Terminal

KEYS_PRESSED = ("f5", "f6", "f1", "f10", "f3", "f2")
PIECE = 1400


@dataclass(frozen=True)
class Line:
    """One kind of line: seconds of a round trip, bytes a second (0: any), share of pieces that are lost once."""

    name: str
    round_trip: float
    rate: int
    loss: float


LINES = (
    Line("at once", 0.0, 0, 0.0),
    Line("200 ms", 0.2, 0, 0.0),
    Line("200 ms, 25 KB/s", 0.2, 25_000, 0.0),
    Line("200 ms, 25 KB/s, 2 % lost", 0.2, 25_000, 0.02),
)


class Proxy:
    """The line: pieces go through in their order, each no sooner than the line lets it."""

    def __init__(self, line: Line, port: int) -> None:
        self._line, self._port = line, port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.bytes_from_server = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.create_connection(("127.0.0.1", self._port))
                for each in (client, server):
                    each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                for source, target, counted in ((client, server, False), (server, client, True)):
                    self._carry(source, target, counted)

    def _carry(self, source: socket.socket, target: socket.socket, counted: bool) -> None:
        waiting: deque[tuple[float, bytes]] = deque()
        there = threading.Condition()
        drawn = random.Random(7)

        def take() -> None:
            free = 0.0
            while True:
                try:
                    piece = source.recv(PIECE)
                except OSError:
                    piece = b""
                now = time.monotonic()
                free = max(free, now) + (len(piece) / self._line.rate if self._line.rate else 0)
                if drawn.random() < self._line.loss:
                    free += 3 * self._line.round_trip
                if counted:
                    self.bytes_from_server += len(piece)
                with there:
                    waiting.append((free + self._line.round_trip / 2, piece))
                    there.notify()
                if not piece:
                    return

        def give() -> None:
            while True:
                with there:
                    there.wait_for(lambda: waiting)
                    due, piece = waiting.popleft()
                time.sleep(max(0.0, due - time.monotonic()))
                with suppress(OSError):
                    if piece:
                        target.sendall(piece)
                    else:
                        target.shutdown(socket.SHUT_WR)
                if not piece:
                    return

        for work in (take, give):
            threading.Thread(target=work, daemon=True).start()

    def close(self) -> None:
        self._listening.close()


@contextmanager
def over(line: Line, server: Server) -> Iterator[Proxy]:
    """Put a line between the officers and the server."""
    proxy, port = Proxy(line, server.port), server.port
    server.port = proxy.port
    try:
        yield proxy
    finally:
        server.port = port
        proxy.close()


def measured(server: Server, line: Line, *options: str) -> tuple[int, list[float]]:
    """Return the bytes that the server sent for a start and some keys, and the seconds of each key."""
    with over(line, server) as proxy:
        with Terminal(*server.ssh_words("wangfang", options=["-tt", *options])) as board:
            board.wait_for("24小时值班板")
            board.settle()
            seconds = []
            for key in KEYS_PRESSED:
                before, began = board.written, time.monotonic()
                board.send(KEYS[key])
                board.wait_until(lambda _, before=before: board.written > before, f"an answer to {key}")
                seconds.append(time.monotonic() - began)
                time.sleep(line.round_trip * 4)
                board.settle()
        return proxy.bytes_from_server, seconds


def main() -> None:
    """Print a row for each line, without and with compression."""
    print("line                        -C   bytes from the server   key to screen, median   worst")
    with running_server() as server:
        for line in LINES:
            for options in ((), ("-C",)):
                size, seconds = measured(server, line, *options)
                assert size > 1000 and len(seconds) == len(KEYS_PRESSED)
                median, worst = statistics.median(seconds), max(seconds)
                print(f"{line.name:<28}{'yes' if options else 'no ':<5}{size:>20}{median:>20.3f} s{worst:>9.3f} s")


if __name__ == "__main__":
    main()
