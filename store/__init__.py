"""TinyDB made safe: a journal under it, a checkpoint that any TinyDB opens, a lock, a watch.

Knows nothing of epidemics. This is the whole public face; docs/durability.md says what survives what.
"""

from store.commit import Alarm
from store.database import JournalDB
from store.errors import (
    BadDocument,
    Corrupt,
    Holder,
    Locked,
    NotLocal,
    ReadOnly,
    SaveFailed,
    StoreError,
    TooNew,
)
from store.facade import Store, open_store
from store.verify import Problem, Report
from store.view import Docs, Line, Put

__all__ = [
    "Alarm",
    "BadDocument",
    "Corrupt",
    "Docs",
    "Holder",
    "JournalDB",
    "Line",
    "Locked",
    "NotLocal",
    "Problem",
    "Put",
    "ReadOnly",
    "Report",
    "SaveFailed",
    "Store",
    "StoreError",
    "TooNew",
    "open_store",
]
