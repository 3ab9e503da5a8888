"""Words of the log: names of the kinds of entry, and one line for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dutyboard.frozen import frozen

if TYPE_CHECKING:
    from dutyboard.rules.records.codes import (
        CallAnswer,
        EntryKind,
        FollowUpAnswer,
        PresenceAnswer,
        SheetKind,
        SiteState,
    )


@frozen
class LogWords:
    """`kinds` names every kind of entry, `died` a hand-off by death; the other fields say what an entry tells."""

    kinds: Mapping[EntryKind, str]
    died: str
    abnormal: str
    measured: str
    entered: str
    symptom: str
    retake: str
    read_first: str
    absent: str
    left: str
    left_many: str
    for_minutes: str
    checked_by: str
    began: str
    staff_checked: str
    staff_added: str
    staff_ended: str
    staff_off: str
    staff_back: str
    staff_absent: str
    home_checked: str
    home_absent: str
    home_refused: str
    home_unwell: str
    rooms_considered: str
    call: str
    urged: str
    urged_in_vain: str
    call_handler: str
    call_due: str
    call_instruction: str
    call_outcome: str
    call_to_answer: str
    call_settled: str
    matter_opened: str
    matter_assigned: str
    matter_closed: str
    told: str
    report: str
    seat_planned: str
    room_changed: str
    assigned_officer: str
    assigned_cadre: str
    cadre_phone: str
    assigned_town_cadre: str
    seat_planned_days: str
    seat_taken: str
    seat_taken_over: str
    shift: str
    shift_told: str
    shift_changed: str
    shifts_swapped: str
    shift_cancelled: str
    taken_up: str
    shelved: str
    handed_over: str
    handed_over_reason: str
    handed_over_alone: str
    signed_on: str
    signed_on_before: str
    signed_on_code: str
    sign_on_code: str
    unbound: str
    key_added: str
    key_removed: str
    pin_set: str
    pin_reset: str
    wrong_pin: str
    wrong_code: str
    came_again: str
    reopened: str
    officer_added: str
    first_responsible: str
    first_responsible_was: str
    officer_changed: str
    officer_ended: str
    roles_renewed: str
    officer_fields: Mapping[str, str]
    change: str
    notice_switched: str
    notice_for_everyone: str
    imported: str
    heading_as: str
    heading_left: str
    heading_forgotten: str
    import_undone: str
    import_left: str
    sheets: Mapping[SheetKind, str]
    site_states: Mapping[SiteState, str]
    answers: Mapping[CallAnswer, str]
    presence: Mapping[PresenceAnswer, str]
    presence_asked: str
    presence_answered: str
    presence_stand_in: str
    followed_up: Mapping[FollowUpAnswer, str]
    advised: str
    shared: str
    to_hospital: str
    received_by: str
    led_by: str
    in_his_name: str
    home_cadre: str
    overridden: str
    late_confirmed: str
    beside_plan: str
    linked_to: str
    letter: str
    left_for: str
    driven_by: str
    escorted_by: str
    handed_by: str
    temp_at_hand_over: str
    announced: str
    arrived_at: str
    turned_back: str
    diverted: str
    answered: str
    answered_class: str
    answered_free: str
    carried_out: str
    traced: str
    acted_for: str
    signed_by: str
    done_by: str
    late: str
    reason: str
    last_day: str
    merged: str
    stays_told: str
    other_taken: str
    unlike: str
    unread: str


@frozen
class AmendWords:
    """Lines of the form. Placeholders in braces are filled with `str.format`. `fields`: labels by field of an act."""

    title: str
    entry_title: str
    entry_footer: str
    corrects: str
    changed: str
    all_back: str
    nothing_told: str
    first_told: str
    not_corrected: str
    archived: str
    reason: str
    reason_hint: str
    unchanged: str
    back_asked: str
    saved: str
    import_title: str
    import_counts: str
    import_left: str
    import_reason: str
    import_reason_hint: str
    import_undone: str
    nothing: str
    pick: str
    pick_hint: str
    agree: str
    goes_too: str
    changes: str
    stop_ends: str
    stop_begins: str
    fields: Mapping[str, str]
