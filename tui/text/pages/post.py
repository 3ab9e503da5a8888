"""Words of the pages of the command post: presence, phone calls, the day book, the rota, handovers."""

from collections.abc import Mapping
from typing import Literal

from dutyboard.frozen import frozen
from dutyboard.rules.account.day_book import LineState

PostColumn = Literal[
    "time",
    "post",
    "whom",
    "asked_by",
    "answered_by",
    "found",
    "stand_in",
    "reason",
    "entered_by",
    "remark",
    "caller",
    "unit",
    "phone",
    "matter",
    "text",
    "taken_by",
    "handler",
    "instruction",
    "outcome",
    "told",
    "told_at",
    "closed_at",
    "seat",
    "officer",
    "planned",
    "sat",
    "signed",
    "kind",
    "done",
    "done_late",
    "late",
    "missed",
    "open",
    "item",
    "owed_by",
    "due",
    "state",
    "head",
    "outgoing",
    "incoming",
    "day",
    "shift",
    "leader",
    "leader_phone",
    "officer_phone",
    "reserve",
    "count",
    "carried",
]


@frozen
class PostPageWords:
    """Titles, headings, and what is said of a line. `columns` are the headings by the key of a column."""

    titles: Mapping[str, str]
    columns: Mapping[PostColumn, str]
    states: Mapping[LineState, str]
    presence_sum: str
    calls_sum: str
    to_answer: str
    settled: str
    seats: str
    by_plan: str
    signed_at: str
    told_after: str
    nobody: str
    matters: str
    counts: str
    still_open: str
    was_open: str
    heads: str
    head_now: str
    sign_calls: str
    sign_day: str
    sign_presence: str
    sign_rota: str
    sign_handover: str
    draft: str
    blank: str
    notes: str
    carried_of: str
    gap: str
    no_shifts: str
