"""Words of the frame that stands on every screen: the desk, the clock, the seats, the counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dutyboard.frozen import frozen

if TYPE_CHECKING:
    from dutyboard.rules.board import CountCode


@frozen
class FrameWords:
    """Lines of the frame. Weekdays begin on Monday. Placeholders in braces are filled with `str.format`."""

    board_name: str
    weekdays: tuple[str, str, str, str, str, str, str]
    emergency: str
    normal: str
    state_since: str
    practice: str
    stopped: str
    goes_on: str
    not_signed_on: str
    on_duty_until: str
    off_duty: str
    locked: str
    seat_leader: str
    seat_officer: str
    seat_line: str
    seat_next: str
    seat_gap: str
    seat_unsigned: str
    seat_gap_minutes: str
    count_names: Mapping[CountCode, str]
    positives: str
    fevers: str
    shelved: str
    alarm_rings: str
    referrals: str
    on_road: str
    late: str
    due_soon: str
    pending: str
    in_quarantine: str
    in_quarantine_own: str
    own: str
    own_nobody: str
    home: str
    unreported: str
    loading: str
    fault: str
    not_computed: str
    saving: str
    working: str
    too_small: str
    minutes: str
    hours_minutes: str
    days_hours: str
