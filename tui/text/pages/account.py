"""Words of the pages that give account: the ledger, what is to be asked about, statistics."""

from collections.abc import Mapping

from dutyboard.frozen import frozen
from dutyboard.rules.account.marks import EntryMarkCode
from dutyboard.rules.account.statistics import SpanCode


@frozen
class AccountWords:
    """Headings and sentences. `counts` are the columns of the summary, `columns` those of things, both by JSON key.

    `questions` say by the code of a mark what is to be asked; `span_lines` and `alarm_lines` hold a standard's line and
    where it is written.
    """

    note: str
    told_after_note: str
    nothing_owed: str
    verified: str
    verified_damaged: str
    not_verified: str
    signed: str
    summary: str
    things: str
    carried: str
    side: str
    thing: str
    everything: str
    counts: Mapping[str, str]
    columns: Mapping[str, str]
    part: str
    entered_late: str
    told_beside: str
    accepted: str
    ask: str
    questions: Mapping[EntryMarkCode, str]
    marks_title: str
    marks_note: str
    marks_signed: str
    marks_columns: Mapping[str, str]
    nothing_to_ask: str
    statistics_title: str
    statistics_note: str
    lines_note: str
    lateness: str
    place: str
    fell_due: str
    percent: str
    late_minutes: str
    spread: Mapping[str, str]
    took_heading: str
    span: str
    took: str
    waiting: str
    spans: Mapping[SpanCode, str]
    line: str
    source: str
    span_lines: Mapping[SpanCode, tuple[str, str]]
    alarms_heading: str
    measure: str
    value: str
    alarms: Mapping[str, str]
    alarm_lines: Mapping[str, tuple[str, str]]
