"""Heads of the journal kept outside of it: in the system's log, and in a private file of each officer.

Who puts an older copy of the desk in its place, or writes the past anew, reaches neither with the desk's own files.
The files lie in the state folder of the account that runs the program, which no backup of the desk restores. At the
door that account keeps one for each login.
"""

import fcntl
import os
import stat
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import quote

import msgspec

from dutyboard.store import Store, StoreError
from dutyboard.tui.link.trouble import StoreTrouble

SYSLOG: Final = "/dev/log"
IDS_SKIPPED: Final = 100
"""Ids left out where a desk went back: those that other accounts saw are not known here."""
_MOST: Final = 1 << 16  # bytes that are read of a file: many times what is ever kept
_NOTICE: Final = 1 << 3 | 5  # facility "user", severity "notice"


class Seen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The newest line that an officer saw: its number, its hash, and the next ids of each table."""

    n: int
    head: str
    following: dict[str, int] = {}


class Witness:
    """The memory of one officer of an open desk. Where nothing can be kept, the desk goes on without it."""

    def __init__(self, opened: Store, login: str) -> None:
        self._store = opened
        self._files = _files(opened.folder)
        self._own = self._files / f"{quote(login, safe='')}.json"

    def look_back(self) -> StoreTrouble | None:
        """Compare the journal with what the officer saw last, and keep what he sees now.

        Returns `rolled_back` if that line is not there. No id that anybody on this account saw given is given again.
        """
        if self._store.damage is not None:
            return None
        if self._store.mirrors and not self._store.following and self._store.away is None:
            forget(self._store.folder)  # its engine has no record yet: a new desk is made there
        seen, given, following = _read(self._own), self._given(), self._store.following
        gone = seen is not None and not self._store.knows(seen.n, seen.head)
        short = {table: number for table, number in given.items() if number > following.get(table, 1)}
        if gone:
            short = {table: number + IDS_SKIPPED for table, number in given.items()}
        if short and self._store.writable:
            with suppress(StoreError):  # a desk that cannot be written gives out no id
                self._store.skip_ids(short, {"n": seen.n, "head": seen.head} if seen else {})
        self.keep()
        return StoreTrouble("rolled_back", {"line": seen.n, "head": seen.head[:16]}) if seen and gone else None

    def keep(self) -> None:
        """Keep what the officer sees now.

        It is written over the old text, in its place: a new file after each act would make each sync of the journal
        wait for it too.
        """
        if self._store.damage is not None:
            return
        text = msgspec.json.encode(Seen(self._store.seq, self._store.head, self._store.following))
        with suppress(OSError):
            self._files.mkdir(mode=0o700, parents=True, exist_ok=True)
            fd = _opened(self._own, os.O_RDWR | os.O_CREAT)
            try:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)  # who cannot have it leaves it to the next act
                size = os.fstat(fd).st_size
                if size > _MOST:
                    os.ftruncate(fd, 0)
                os.pwrite(fd, text.ljust(min(size, _MOST)), 0)
            finally:
                os.close(fd)

    def say(self) -> None:
        """Tell the system's log the head of the journal, and the journal how far the view log goes.

        Waits for nothing but the lock, and no failure of it is anybody's.
        """
        with suppress(StoreError, OSError):
            self._store.hold_views()
        text = f"<{_NOTICE}>dutyboard[{os.getpid()}]: line {self._store.seq} head {self._store.head}"
        import socket  # by need: it is said at a handover and a checkpoint

        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as log:
            log.setblocking(False)
            log.connect(SYSLOG)
            log.send(text.encode())

    def _given(self) -> dict[str, int]:
        """Return the highest ids, by table, that anybody on this account saw as the next ones of this desk."""
        given: dict[str, int] = {}
        with suppress(OSError):
            for file in self._files.glob("*.json"):
                seen = _read(file)
                for table, number in seen.following.items() if seen else ():
                    given[table] = max(number, given.get(table, 1))
        return given


def forget(folder: Path) -> None:
    """Forget the desk that stood in this folder: a new one is made there."""
    with suppress(OSError):
        for file in _files(folder).iterdir():
            file.unlink()


def _files(folder: Path) -> Path:
    from platformdirs import user_state_path

    desk = sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    return user_state_path("dutyboard", appauthor=False) / "seen" / desk


def _opened(file: Path, flags: int) -> int:
    """Open a file, waiting for nobody at a FIFO in its place. Raises OSError for what is none."""
    fd = os.open(file, flags | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise FileNotFoundError(file)
    return fd


def _read(file: Path) -> Seen | None:
    try:
        with os.fdopen(_opened(file, os.O_RDONLY), "rb") as kept:
            fcntl.flock(kept, fcntl.LOCK_SH | fcntl.LOCK_NB)  # and waits for nobody
            return msgspec.json.decode(kept.read(_MOST), type=Seen)
    except (OSError, msgspec.MsgspecError):
        return None
