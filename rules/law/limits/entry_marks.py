"""Limits from which on an entry is one to be asked about (五); each is a setting."""

from datetime import timedelta

from dutyboard.frozen import frozen
from dutyboard.rules.law.toml_table import TomlTable


@frozen
class MarkLimits:
    """Limits from which on somebody asks about entries; all are settings.

    `alone_people` told of one by one in `alone_within`. `same_people` with one temperature, and `same_percent` of their
    round. `presence`: so far from his shift an officer may write. `late_entries` in a minute, each told `late_after`
    or longer after it happened. `same_minute_days` in a row on which a round is told at the same minute.
    """

    alone_people: int
    alone_within: timedelta
    same_people: int
    same_percent: int
    presence: timedelta
    late_entries: int
    late_after: timedelta
    same_minute_days: int


def read_mark_limits(table: TomlTable) -> MarkLimits:
    """Read the table of the limits. Raises NoticeError."""
    limits = MarkLimits(
        alone_people=table.whole("alone_people", least=2),
        alone_within=timedelta(seconds=table.whole("alone_seconds")),
        same_people=table.whole("same_people", least=2),
        same_percent=table.whole("same_percent", least=1),
        presence=timedelta(minutes=table.whole("presence_minutes")),
        late_entries=table.whole("late_entries", least=2),
        late_after=timedelta(minutes=table.whole("late_minutes", least=1)),
        same_minute_days=table.whole("same_minute_days", least=2),
    )
    table.done()
    return limits
