"""The network between a terminal server and the database: a relay on the loopback that a test cuts, stops and mends."""

import queue
import selectors
import socket
import struct
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Thread
from typing import Final, Literal, Self, cast

from tests.door.waiting import SECONDS

Way = Literal["open", "cut", "stalled", "deaf"]

_RESET: Final = struct.pack("ii", 1, 0)
"""SO_LINGER of no time: closing sends a reset."""
_PIECE: Final = 65_536


@dataclass(eq=False)
class _End:
    """One end of a connection, and what it has still to be sent."""

    line: socket.socket
    asks: bool
    held: bytes = b""
    other: "_End | None" = None


class Wire:
    """Relays connections to a port of this machine, from the start of the block to its end."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._way: Way = "open"
        self._told: queue.Queue[tuple[Way | None, Event]] = queue.Queue()
        self._bell, self._ear = socket.socketpair()
        self._ends: set[_End] = set()
        self._selector = selectors.DefaultSelector()
        self._thread = Thread(target=self._relay, name="wire", daemon=True)

    def __enter__(self) -> Self:
        self._listener.setblocking(False)
        self._selector.register(self._ear, selectors.EVENT_READ)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._set(None)
        self._thread.join(SECONDS)
        for each in (self._listener, self._bell, self._ear, self._selector):
            each.close()

    @property
    def host(self) -> tuple[str, int]:
        """Where it listens."""
        return ("127.0.0.1", self.port)

    def cut(self) -> None:
        """Reset every connection, and each new one."""
        self._set("cut")

    def stall(self) -> None:
        """Hold every byte, in both ways; new connections are neither refused nor answered."""
        self._set("stalled")

    def hold_answers(self) -> None:
        """Let through what is asked, and hold what is answered: a commit is done and nobody hears of it."""
        self._set("deaf")

    def mend(self) -> None:
        """Let everything through again, what was held first."""
        self._set("open")

    def _set(self, way: Way | None) -> None:
        """Change the way, and return once the relay goes by it. None ends it."""
        taken = Event()
        self._told.put((way, taken))
        self._bell.send(b"!")
        assert taken.wait(SECONDS), "the relay has ended"

    def _relay(self) -> None:
        while True:
            self._choose()
            for key, events in self._selector.select():
                if key.fileobj is self._ear:
                    if not self._heard():
                        return
                    break  # what else is ready was chosen under the way before
                if key.fileobj is self._listener:
                    self._join()
                elif cast(_End, key.data) in self._ends:
                    self._pass_on(cast(_End, key.data), events)

    def _heard(self) -> bool:
        self._ear.recv(1)
        way, taken = self._told.get()
        if way in ("cut", None):
            for each in list(self._ends):
                self._drop(each, reset=True)
        if way is not None:
            self._way = way
        taken.set()
        return way is not None

    def _choose(self) -> None:
        """Look only at what may pass now. An end is read while the other has taken all that came before."""
        self._look(self._listener, selectors.EVENT_READ if self._way != "stalled" else 0, None)
        for each in self._ends:
            assert each.other is not None
            may_ask = self._way in ("open", "deaf")
            from_it = may_ask if each.asks else self._way == "open"
            to_it = self._way == "open" if each.asks else may_ask
            reads = selectors.EVENT_READ if from_it and not each.other.held else 0
            writes = selectors.EVENT_WRITE if to_it and each.held else 0
            self._look(each.line, reads | writes, each)

    def _look(self, line: socket.socket, events: int, end: _End | None) -> None:
        key = self._selector.get_map().get(line)
        if key is None:
            if events:
                self._selector.register(line, events, end)
        elif not events:
            self._selector.unregister(line)
        elif key.events != events:
            self._selector.modify(line, events, end)

    def _join(self) -> None:
        with suppress(BlockingIOError):
            asking, _ = self._listener.accept()
            answering = None
            if self._way != "cut":
                with suppress(OSError):
                    answering = socket.create_connection(("127.0.0.1", self._target), SECONDS)
            if answering is None:
                _reset(asking)
                return
            first, second = _End(asking, asks=True), _End(answering, asks=False)
            first.other, second.other = second, first
            for each in (first, second):
                each.line.setblocking(False)
                each.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._ends.add(each)

    def _pass_on(self, end: _End, events: int) -> None:
        assert end.other is not None
        try:
            if events & selectors.EVENT_WRITE:
                end.held = end.held[end.line.send(end.held) :]
            if events & selectors.EVENT_READ and not end.other.held:
                end.other.held = end.line.recv(_PIECE)
                if not end.other.held:
                    self._drop(end, reset=False)
        except BlockingIOError:
            pass
        except OSError:
            self._drop(end, reset=True)

    def _drop(self, end: _End, *, reset: bool) -> None:
        """End a connection at both ends."""
        assert end.other is not None
        for each in {end, end.other} & self._ends:
            self._look(each.line, 0, None)
            self._ends.remove(each)
            if reset:
                _reset(each.line)
            else:
                each.line.close()


def _reset(line: socket.socket) -> None:
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    line.close()
