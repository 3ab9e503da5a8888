"""Whether a thing may be said to have happened when it is said to: in its window, not yet to come, and only once."""

from datetime import datetime

from rules.obligation import Obligation
from rules.refusals import Refusal
from rules.snapshot import Snapshot


def untimely(snapshot: Snapshot, owed: Obligation, happened_at: datetime, now: datetime) -> Refusal | None:
    """Why an obligation cannot have been discharged at an instant; None: it can."""
    done = snapshot.done.get(owed.id)
    if done is not None:
        return Refusal("already_done", {"subject": owed.subject, "by": done.done_by, "at": done.happened_at})
    if happened_at > now:
        return Refusal("in_future", {"at": happened_at})
    if happened_at < owed.opens:
        return Refusal("not_open_yet", {"subject": owed.subject, "opens": owed.opens})
    if owed.closes is not None and happened_at >= owed.closes:
        return Refusal("window_closed", {"subject": owed.subject, "closes": owed.closes})
    return None
