"""The account that owns the desk's folder, and root working on the desk as that account.

Root keeps out of a folder of others: whoever may write there could lay traps in it. So it steps down to the owner
first, and the kernel asks of it what it asks of the owner.
"""

import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dutyboard.frozen import frozen
from dutyboard.tui.link.identity import Identity
from dutyboard.tui.link.user import login_of


@frozen(kw_only=False)
class DeskAccount:
    """The owner of a folder: user number, group number, login."""

    uid: int
    gid: int
    login: str

    @property
    def may_act(self) -> bool:
        """True if this process is the account itself or root."""
        return os.geteuid() in (0, self.uid)

    @contextmanager
    def stepped_down(self) -> Iterator[None]:
        """Work as the account inside the block, if this process is root: with its rights, and at its home."""
        if os.geteuid() != 0 or self.uid == 0:
            yield
        else:
            with _as(self.uid, self.gid), _at_home_of(self.uid):
                yield


def account_of(folder: Path) -> DeskAccount:
    """Return the account that owns a folder. Raises OSError."""
    found = folder.stat()
    return DeskAccount(found.st_uid, found.st_gid, login_of(found.st_uid))


def is_owner(identity: Identity, folder: Path) -> bool:
    """Return True for the login that owns a folder, on his own machine. Raises OSError."""
    return not identity.at_door and account_of(folder).login == identity.login


@contextmanager
def as_started() -> Iterator[None]:
    """Work with the rights that the process was started with, inside a block of `stepped_down`."""
    with _as(os.getuid(), os.getgid()):
        yield


@contextmanager
def _as(uid: int, gid: int) -> Iterator[None]:
    before = os.geteuid(), os.getegid()
    _become(uid, gid)
    try:
        yield
    finally:
        _become(*before)


@contextmanager
def _at_home_of(uid: int) -> Iterator[None]:
    """Let HOME be an account's own inside the block. Files by which it logs in at a database lie there."""
    before = os.environ.get("HOME")
    with suppress(KeyError):  # an account without a name has no home
        os.environ["HOME"] = pwd.getpwuid(uid).pw_dir
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("HOME", None)
        else:
            os.environ["HOME"] = before


def _become(uid: int, gid: int) -> None:
    if (uid, gid) == (os.geteuid(), os.getegid()):
        return
    os.seteuid(os.getuid())  # only who was started as root changes at all
    os.setegid(gid)
    os.seteuid(uid)
