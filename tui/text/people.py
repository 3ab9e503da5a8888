"""Words of the people's screens: queue, people under control, acts on a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dutyboard.frozen import frozen

if TYPE_CHECKING:
    from dutyboard.rules.duties.person.suspicion import Measure
    from dutyboard.rules.law.contacts import ProposalKind


@frozen
class PeopleWords:
    """Headings and lines. Placeholders in braces are filled with `str.format`."""

    queue_empty: str
    column_name: str
    column_origin: str
    column_arrived: str
    column_waiting: str
    here_days: str
    column_clause: str
    column_missing: str
    column_officer: str
    officer_missing: str
    nothing_missing: str
    to_reassess: str
    confirm_title: str
    confirm_officer: str
    confirm_room: str
    confirm_shared: str
    confirm_shared_hint: str
    more_hint: str
    last_day_title: str
    last_day_label: str
    void_title: str
    void_hint: str
    merge_title: str
    merge_other: str
    merge_hint: str
    merge_line: str
    unlike_title: str
    unlike_which: str
    unlike_other: str
    unlike_hint: str
    unlike_none: str
    reopen_title: str
    move_title: str
    move_room: str
    move_room_hint: str
    assign_title: str
    assign_cadre: str
    assign_reason_hint: str
    registered: str
    corrected: str
    persons_empty: str
    nothing_owed: str
    column_stage: str
    column_place: str
    column_day: str
    column_next_test: str
    column_free: str
    unplaced: str
    no_address: str
    mark_overridden: str
    mark_stopped: str
    room: str
    open_end: str
    gate_open: str
    gate_blocked: str
    transfer_title: str
    transfer_left: str
    transfer_vehicle: str
    transfer_driver: str
    transfer_arrived: str
    transfer_received: str
    test_title: str
    test_day: str
    test_kind: str
    test_extra: str
    test_code: str
    test_code_hint: str
    test_reason: str
    test_reason_hint: str
    test_sampled: str
    test_result: str
    release_title: str
    release_leader: str
    town_cadre: str
    release_cadre: str
    cadre_phone: str
    cadre_phone_hint: str
    release_override: str
    release_override_hint: str
    release_late: str
    release_late_hint: str
    positive_title: str
    positive_done: str
    left_in_queue: str
    consequences: Mapping[ProposalKind, str]
    parts: Mapping[str, str]
    suspect_title: str
    suspect_told: str
    suspect_told_hint: str
    precautions: Mapping[Measure, str]
    reading_title: str
    reading_temp: str
    reading_hint: str
    reading_symptom: str
    reading_symptom_hint: str
    reading_device: str
    trace_title: str
    trace_contacts: str
    trace_hint: str
    trace_told: str
