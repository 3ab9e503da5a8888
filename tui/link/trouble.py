"""Errors of the store as codes for the screens. The text of an error is left out, for it may hold typed data."""

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, Literal

from dutyboard import store
from dutyboard.store.errors import AwayReason
from dutyboard.tui.link.user import login_of

TroubleCode = Literal[
    "locked",  # {officer, login, pid, since}
    "held",  # {login, pid}
    "contended",
    "save_failed",  # {errno}
    "disk_full",
    "disk_short",  # {free, percent}
    "disk_read_only",
    "sync_failed",  # {errno}
    "unsure",  # {errno}
    "poisoned",
    "screen_locked",
    "shared_folder",
    "not_writable",
    "lock_replaced",
    "mirror",
    "foreign_edit",  # {file}
    "rolled_back",  # {line, head}
    "corrupt",  # {file, byte, what}
    "bad_backup",  # {file, line, what}
    "not_backed_up",  # {file, line, what}
    "busy",
    "busy_with",  # {officer, login, pid, since}
    "bad_document",  # {where, what}
    "bad_record",  # {table, id, path}
    "not_local",  # {filesystem}
    "too_new",  # {format, known}
    "container_too_new",  # {format, known}
    "no_desk",  # {folder}
    "folder_exists",  # {folder}
    "no_journal",  # {folder}
    "no_access",  # {errno}
    "denied",  # {file, owner, mode}
    "unsafe",  # {file, what}
    "of_another",  # {owner}
    "not_viewed",  # {why}, the code of the trouble of the view log, and the fields of that
    "engine_no_driver",
    "engine_no_answer",
    "engine_no_tables",
    "engine_no_role",
    "engine_other_chain",
    "engine_refused",
    "engine_full",
    "engine_unsure",
]

ENGINE_AWAY: Final = frozenset({"engine_no_driver", "engine_no_answer", "engine_no_tables", "engine_other_chain"})
"""Codes for a desk of which only the mirror can be read."""


class StoreTrouble(Exception):
    """The store failed: a code, and the fields that its sentence names.

    Nothing was saved, but for `unsure`: then nobody can say.
    """

    def __init__(self, code: TroubleCode, fields: Mapping[str, Any] | None = None) -> None:
        super().__init__(code)
        self.code: TroubleCode = code
        self.fields = dict(fields or {})


@contextmanager
def troubles() -> Iterator[None]:
    """Raise any StoreError or OSError of the block as a StoreTrouble."""
    try:
        yield
    except (store.StoreError, OSError) as error:
        raise trouble_of(error) from error


def trouble_of(error: store.StoreError | OSError) -> StoreTrouble:
    """Return an error of the store as a StoreTrouble."""
    match error:
        case (
            store.Locked(holder=store.Holder(since=None) as held) | store.Busy(holder=store.Holder(since=None) as held)
        ):
            return StoreTrouble("held", {"login": held.writer.rpartition("@")[0], "pid": held.pid})
        case store.Locked(holder=store.Holder() as holder):
            return StoreTrouble("locked", _holder(holder))
        case store.Locked():  # it was just changing hands
            return StoreTrouble("contended")
        case store.Away(reason=reason):
            return StoreTrouble(_AWAY[reason])
        case store.SaveFailed(where="engine"):
            return StoreTrouble("engine_full" if error.errno == errno.ENOSPC else "engine_refused")
        case store.Unsure(where="engine"):
            return StoreTrouble("engine_unsure")
        case store.SaveFailed(errno=errno.ENOSPC | errno.EDQUOT):
            return StoreTrouble("disk_full")
        case store.SaveFailed(errno=errno.EROFS):
            return StoreTrouble("disk_read_only")
        case store.SaveFailed(where="sync"):
            return StoreTrouble("sync_failed", {"errno": _name(error.errno)})
        case store.SaveFailed():
            return StoreTrouble("save_failed", {"errno": _name(error.errno)})
        case store.Unsure():
            return StoreTrouble("unsure", {"errno": _name(error.errno)})
        case store.ReadOnly(reason=reason):
            return StoreTrouble(reason)
        case store.Corrupt(file=file, byte=byte, what=what):
            return StoreTrouble("corrupt", {"file": file, "byte": byte, "what": what})
        case store.BadBackup(file=file, line=line, what=what):
            return StoreTrouble("bad_backup", {"file": file, "line": line, "what": what})
        case store.NotLocal(filesystem=filesystem):
            return StoreTrouble("not_local", {"filesystem": filesystem})
        case store.TooNew(what=what, number=number, known=known):
            code: TroubleCode = "too_new" if what == "schema" else "container_too_new"
            return StoreTrouble(code, {"format": number, "known": known})
        case store.BadDocument(where=where, what=what):
            return StoreTrouble("bad_document", {"where": where, "what": what})
        case store.Busy(holder=store.Holder() as holder):
            return StoreTrouble("busy_with", _holder(holder))
        case store.Busy() | store.Moving():
            return StoreTrouble("busy")
        case store.Unsafe(reason="root", owner=owner):
            return StoreTrouble("of_another", {"owner": login_of(owner)})
        case store.Unsafe(file=file, reason=reason):
            return StoreTrouble("unsafe", {"file": file, "what": reason})
        case store.Denied(file=file, owner=owner, mode=mode):
            return StoreTrouble("denied", {"file": file, "owner": login_of(owner), "mode": f"{mode:04o}"})
        case FileExistsError():
            return StoreTrouble("folder_exists", {"folder": error.filename or str(error)})
        case _:  # the folder itself cannot be read or made
            return StoreTrouble("no_access", {"errno": _name(getattr(error, "errno", None) or 0)})


_AWAY: Final[Mapping[AwayReason, TroubleCode]] = {
    "no_driver": "engine_no_driver",
    "no_answer": "engine_no_answer",
    "no_tables": "engine_no_tables",
    "no_role": "engine_no_role",
    "other_chain": "engine_other_chain",
}
UNHELD: Final = frozenset(_AWAY)
"""Reasons in a check of a mirror in place of lines on an engine that it could not read."""


def _holder(holder: store.Holder) -> dict[str, Any]:
    login = holder.writer.rpartition("@")[0]
    return {"officer": login, "login": login, "pid": holder.pid, "since": holder.since}


def _name(number: int) -> str:
    """Return the symbol of an error number, such as `EIO`, which is the same in every language."""
    return errno.errorcode.get(number, str(number))
