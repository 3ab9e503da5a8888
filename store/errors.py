"""The errors of the store, as types with fields. The words for officers are in tui/text."""

import errno
from datetime import datetime
from typing import Literal

from dutyboard.frozen import frozen

ReadOnlyReason = Literal["not_writable", "poisoned", "lock_replaced", "mirror"]
NewerThing = Literal["container", "schema"]
AwayReason = Literal["no_driver", "no_answer", "no_tables", "no_role", "other_chain"]
UnsafeReason = Literal["link", "not_a_file", "not_a_folder", "hard_link", "owner", "root", "name", "too_large"]


@frozen(kw_only=False)
class Holder:
    """The holder of the lock: process, writer ("login@pid"), and since when (an instant, local zone).

    Where he did not name himself, the writer is the owner of the process as the system knows him; `since` is None.
    """

    pid: int
    writer: str
    since: datetime | None


class StoreError(Exception):
    """Anything the store refuses or cannot do. Nothing was written unless a subclass says otherwise."""


class Locked(StoreError):
    """The lock did not come free within the time limit. `holder` is None if it was just changing hands."""

    def __init__(self, holder: Holder | None) -> None:
        super().__init__(f"locked by {holder.writer} (pid {holder.pid})" if holder else "locked")
        self.holder = holder


class Overtaken(Locked):
    """Another session was first, or the engine rolled the act back. Nothing was written: read on, and decide again."""

    def __init__(self) -> None:
        super().__init__(None)


class SaveFailed(StoreError):
    """The system refused a write or a sync. The change is NOT saved and not in memory; it is never retried."""

    def __init__(self, errno: int, where: str) -> None:
        super().__init__(f"not saved: errno {errno} at {where}")
        self.errno = errno
        self.where = where


class Unsure(StoreError):
    """The line was written, and the system then failed so that neither saved nor not saved can be said.

    `where`: `sync` (and the line could not be taken back), `lock` (the lock file was cut or replaced meanwhile),
    `engine` (the server did not say whether it committed). A retry with the same rid finds the line if it stands.
    """

    def __init__(self, errno: int, where: str) -> None:
        super().__init__(f"saved or not: errno {errno} at {where}")
        self.errno = errno
        self.where = where


class ReadOnly(StoreError):
    """This handle may read but not write.

    reason: `not_writable` (permissions, read-only mount), `poisoned` (a sync failed; run heal or reboot),
    `lock_replaced` (somebody deleted or replaced the lock file; reopen), `mirror` (nothing is salvaged in a mirror,
    which is made anew from its engine).
    """

    def __init__(self, reason: ReadOnlyReason) -> None:
        super().__init__(f"read only: {reason}")
        self.reason: ReadOnlyReason = reason


class Away(StoreError):
    """The engine that holds the desk's lines cannot be used just now. Nothing was written; the mirror can be read.

    reason: `no_driver` (psycopg is not installed), `no_answer` (no server answers, or the one that does takes no
    writing: a standby, or a primary on its way down), `no_tables` (the schema of the address holds no desk), `no_role`
    (the role that shall get rights is not there), `other_chain` (its lines are not those that the mirror holds, or do
    not follow them).
    """

    def __init__(self, reason: AwayReason) -> None:
        super().__init__(f"engine: {reason}")
        self.reason: AwayReason = reason


class Corrupt(StoreError):
    """Bytes that no crash explains: damage or tampering. `byte` counts from the start of `file`."""

    def __init__(self, file: str, byte: int, what: str) -> None:
        super().__init__(f"{file} at byte {byte}: {what}")
        self.file = file
        self.byte = byte
        self.what = what


class BadDocument(StoreError, TypeError):
    """A document that JSON cannot hold, or that the rules of the table refuse. A TypeError too, as TinyDB documents.

    what: `not_json`, `not_finite`, `key_not_text`, `too_large`, `append_only`, `id_taken`, `reserved`,
    `form` (a line that nobody could read back, such as an id of 19 digits).
    """

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where
        self.what = what


class BadBackup(StoreError):
    """The folder to restore from is no backup, or was changed. Nothing was restored.

    `file` and `line` (0: the whole file) of the first damage; `what` as in `verify.Damage`.
    """

    def __init__(self, file: str, line: int, what: str) -> None:
        super().__init__(f"{file} line {line}: {what}")
        self.file = file
        self.line = line
        self.what = what


class NotLocal(StoreError):
    """The folder lies on a file system that is not known to keep locks and syncs (invariant I9)."""

    def __init__(self, filesystem: str) -> None:
        super().__init__(f"not a local file system: {filesystem}")
        self.filesystem = filesystem


class TooNew(StoreError):
    """The folder was written by a newer program.

    `what` is of version `number`, and this program knows it up to `known`: the `container` (lines, segments and files,
    journal.py) or the `schema` (documents, schema.py).
    """

    def __init__(self, what: NewerThing, number: int, known: int) -> None:
        super().__init__(f"{what} {number} is newer than {known}")
        self.what: NewerThing = what
        self.number = number
        self.known = known


class Unsafe(StoreError):
    """A name in the desk's folder leads to something that is not ours. It was not opened.

    `file` relative to the folder. reason: `link`, `not_a_file` (a FIFO, a device, a folder), `not_a_folder`,
    `hard_link` (the file has another name elsewhere), `owner` (`owner`, a uid, is not the folder's), `root` (root was
    asked to work in the folder of `owner`; `file` is then the folder), `name` (a name that leads out of the folder),
    `too_large` (longer than the desk writes such a file).
    """

    def __init__(self, file: str, reason: UnsafeReason, owner: int = 0) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.reason: UnsafeReason = reason
        self.owner = owner


class Denied(StoreError, PermissionError):
    """The system denies us a file of the desk. `owner` is a uid, `mode` its permission bits."""

    def __init__(self, file: str, owner: int, mode: int) -> None:
        PermissionError.__init__(self, errno.EACCES, f"{file}: denied")
        self.file = file
        self.owner = owner
        self.mode = mode


class Busy(StoreError):
    """Somebody else is at a checkpoint, an archive, a backup or a check. `holder` is who, if he said so."""

    def __init__(self, holder: Holder | None = None) -> None:
        super().__init__(f"busy: {holder.writer}" if holder else "busy")
        self.holder = holder


class Moving(StoreError):
    """Documents went on changing while they were being archived: they are not closed."""
