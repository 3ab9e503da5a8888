"""TinyDB made safe: a journal under it, a checkpoint that any TinyDB opens, a lock, a watch.

Knows nothing of epidemics. This is the whole public face; docs/durability.md says what survives what.
"""

from store.backup import restore
from store.database import JournalDB
from store.drafts import drop_draft, load_draft, save_draft
from store.errors import (
    BadBackup,
    BadDocument,
    Busy,
    Corrupt,
    Holder,
    Locked,
    Moving,
    NotLocal,
    ReadOnly,
    SaveFailed,
    StoreError,
    TooNew,
)
from store.facade import Store, open_store
from store.ledger import Alarm
from store.schema import Step
from store.verify import Problem, Report
from store.view import Docs, Line, Put

__all__ = [
    "Alarm",
    "BadBackup",
    "BadDocument",
    "Busy",
    "Corrupt",
    "Docs",
    "Holder",
    "JournalDB",
    "Line",
    "Locked",
    "Moving",
    "NotLocal",
    "Problem",
    "Put",
    "ReadOnly",
    "Report",
    "SaveFailed",
    "Step",
    "Store",
    "StoreError",
    "TooNew",
    "drop_draft",
    "load_draft",
    "open_store",
    "restore",
    "save_draft",
]
