"""Words of the overview of several desks."""

from collections.abc import Mapping

from dutyboard.frozen import frozen
from dutyboard.rules.records.codes import Seat


@frozen
class OverviewWords:
    """Headings of the tables, the lines above them, and why a desk that was named could not be read."""

    title: str
    usage: str
    made: str
    read: str
    about: str
    since: str
    twice: str
    practice: str
    all_practice: str
    another_day: str
    ahead: str
    left_out: str
    unread: str
    just_now: str
    ago: str
    sum: str
    total: str
    desk: str
    age: str
    counts: Mapping[str, str]
    post: str
    seats: Mapping[Seat, str]
    rooms: Mapping[str, str]
    reports: Mapping[str, str]
    total_sent: str
    not_sent: str
    pressing: str
    thing: str
    owed: str
    figures: str
    figure: str
    stated: str
    blank: str
    open: str
    standard: str
    not_there: str
    empty: str
    no_summary: str
    other_form: str
