"""One change of one record, as the journal tells it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChange:
    """One commit that changed a record.

    `seq` is its line in the journal, `at` the time by the server's clock, `login` the writer. `fields` names the
    changed fields; for the first commit, all stated ones. `archived` is True if the commit moved the record to an
    archive.
    """

    seq: int
    at: datetime
    login: str
    fields: tuple[str, ...]
    archived: bool
