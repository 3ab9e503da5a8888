"""TinyDB made safe: a journal under it, a checkpoint that any TinyDB opens, a lock, a watch.

Knows nothing of epidemics. This is the whole public face; docs/durability.md says what survives what.
"""

from typing import TYPE_CHECKING, Any

from dutyboard.store.drafts import drop_draft, load_drafts, save_draft
from dutyboard.store.errors import (
    Away,
    BadBackup,
    BadDocument,
    Busy,
    Corrupt,
    Denied,
    Holder,
    Locked,
    Moving,
    NotLocal,
    ReadOnly,
    SaveFailed,
    StoreError,
    TooNew,
    Unsafe,
    Unsure,
)
from dutyboard.store.facade import Store, open_store
from dutyboard.store.files.filesystem import accept_any
from dutyboard.store.files.signals import while_nobody_writes, writing_ended
from dutyboard.store.journal import CONTAINER
from dutyboard.store.ledger import Alarm
from dutyboard.store.salvage import Salvage, salvage
from dutyboard.store.schema import Stamp, Step
from dutyboard.store.trail import places
from dutyboard.store.verify import Damage, Verification, verify
from dutyboard.store.view import Commit, Docs, Gone, Large, Put, Table, is_number

if TYPE_CHECKING:
    from dutyboard.store.backup import restore
    from dutyboard.store.database import JournalDB

__all__ = [
    "CONTAINER",
    "Alarm",
    "Away",
    "BadBackup",
    "BadDocument",
    "Busy",
    "Commit",
    "Corrupt",
    "Damage",
    "Denied",
    "Docs",
    "Gone",
    "Holder",
    "JournalDB",
    "Large",
    "Locked",
    "Moving",
    "NotLocal",
    "Put",
    "ReadOnly",
    "Salvage",
    "SaveFailed",
    "Stamp",
    "Step",
    "Store",
    "StoreError",
    "Table",
    "TooNew",
    "Unsafe",
    "Unsure",
    "Verification",
    "accept_any",
    "drop_draft",
    "is_number",
    "load_drafts",
    "open_store",
    "places",
    "restore",
    "salvage",
    "save_draft",
    "verify",
    "while_nobody_writes",
    "writing_ended",
]


def __getattr__(name: str) -> Any:
    """Import by need what no start uses: TinyDB's face, and what makes a desk of a backup."""
    if name == "restore":
        from dutyboard.store.backup import restore

        return restore
    if name != "JournalDB":
        raise AttributeError(name)
    from dutyboard.store.database import JournalDB

    return JournalDB
