"""One change of one record, as the journal tells it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChange:
    """One commit that changed a record: line `seq` of the journal, written `at` by the server's clock under `login`.

    `fields`: names of the changed fields; of the first commit, all that it stated. `archived`: the commit moved the
    record to an archive.
    """

    seq: int
    at: datetime
    login: str
    fields: tuple[str, ...]
    archived: bool
