"""One officer's terminal in a browser: the program of the door on a pseudo-terminal, and the messages of the page.

The page is that of textual-serve: it sends `["stdin", TEXT]`, `["resize", {"width", "height"}]` and `["ping", TEXT]`,
and paints the bytes it gets. The program does not know that it is a browser: as under sshd it has a terminal, is told
of its size, and hears a hang-up when the line drops.
"""

import asyncio
import fcntl
import json
import os
import pty
import struct
import termios
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from aiohttp import web

_READ_BYTES: Final = 65536
_LEAST, _MOST = 2, 1000
_POLICY: Final = 1008
"""The code with which a page is closed that says what no page of ours says."""


async def attend(
    page: "web.WebSocketResponse", line: Sequence[str], variables: Mapping[str, str], width: int, height: int
) -> None:
    """Run a program on a terminal of its own; return once it has ended. It is hung up on when the page is gone."""
    master, slave = pty.openpty()
    try:
        _set_size(slave, width, height)
        # `setsid` makes the terminal the program's own: without that it would hear no hang-up. A `preexec_fn` could
        # hang in a process with threads.
        program = await asyncio.create_subprocess_exec(
            "/usr/bin/setsid", "--ctty", *line, stdin=slave, stdout=slave, stderr=slave, env=dict(variables), cwd="/"
        )
    except BaseException:
        os.close(master)
        raise
    finally:
        os.close(slave)
    os.set_blocking(master, False)
    tasks = [asyncio.create_task(_show(master, page)), asyncio.create_task(_type(master, page))]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        os.close(master)  # the hang-up
        await page.close()
        await program.wait()


async def _show(master: int, page: "web.WebSocketResponse") -> None:
    """Send what the program writes, no faster than the page takes it, until the program closes the terminal."""
    loop = asyncio.get_running_loop()
    while True:
        await _ready(loop.add_reader, loop.remove_reader, master)
        try:
            raw = os.read(master, _READ_BYTES)
        except BlockingIOError:
            continue
        except OSError:  # no process holds the terminal any more
            return
        if not raw:
            return
        with suppress(ConnectionError):
            await page.send_bytes(raw)


async def _type(master: int, page: "web.WebSocketResponse") -> None:
    """Type what the page sends. A message that none of our pages sends ends it."""
    async for message in page:
        match _told(message.data):
            case ["stdin", str(text)]:
                await _write(master, text.encode("utf-8", "replace"))
            case ["resize", {"width": width, "height": height}] if _is_size(width) and _is_size(height):
                _set_size(master, width, height)
            case ["ping", str(text)] if len(text) < 100:
                await page.send_json(["pong", text])
            case ["focus" | "blur"]:  # the terminal in the page says so itself, where it is asked
                pass
            case _:
                await page.close(code=_POLICY)
                return


async def _write(master: int, raw: bytes) -> None:
    """Write to the terminal as fast as the program reads. A program that is gone reads nothing."""
    loop = asyncio.get_running_loop()
    while raw:
        await _ready(loop.add_writer, loop.remove_writer, master)
        try:
            raw = raw[os.write(master, raw) :]
        except BlockingIOError:
            continue
        except OSError:
            return


async def _ready(add: Callable[..., Any], remove: Callable[[int], bool], master: int) -> None:
    """Wait until the terminal can be read, or written."""
    found: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    add(master, lambda: None if found.done() else found.set_result(None))
    try:
        await found
    finally:
        remove(master)


def _told(data: object) -> Any:
    """Return what a message says, None for one that is no JSON."""
    try:
        return json.loads(data) if isinstance(data, str) else None
    except (ValueError, RecursionError):
        return None


def _is_size(value: object) -> bool:
    return type(value) is int and _LEAST <= value <= _MOST


def _set_size(terminal: int, width: int, height: int) -> None:
    with suppress(OSError):
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))


def asked_size(value: str | None, otherwise: int) -> int:
    """Return a width or a height as the page's address states it."""
    number = int(value) if value is not None and value.isascii() and value.isdigit() and len(value) < 5 else otherwise
    return number if _is_size(number) else otherwise
