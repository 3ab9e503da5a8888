"""Sentences for the refusals of the rules: one field a code, so that a missing one is a type error."""

from collections.abc import Mapping

from dutyboard.frozen import frozen
from dutyboard.rules.records.codes import Role


@frozen
class RefusalWords:
    """Sentences by code of `rules.records.refusals`; placeholders are the fields that a refusal may carry."""

    not_signed_on: str
    desk_exists: str
    no_desk: str
    officer_bound: str
    login_bound: str
    unknown_login: str
    keys_by_account: str
    not_permitted: str
    of_another_unit: str
    bound_by_admin: str
    no_sign_on_code: str
    only_admin: str
    only_leader: str
    record_open: str
    record_closed: str
    news_since: str
    never_reopened: str
    officer_there: str
    officer_left: str
    still_on_rota: str
    still_their_officer: str
    own_end: str
    no_login: str
    own_login: str
    pin_needed: str
    pin_not_set: str
    pin_locked: str
    too_many_acts: str
    wrong_pin: str
    code_locked: str
    wrong_code: str
    leader_needed: str
    code_needed: str
    no_code: str
    bad_pin: str
    weak_pin: str
    bad_code: str
    pin_is_shared: str
    nothing_changed: str
    unknown_officer: str
    unknown_unit: str
    unknown_site: str
    unknown_person: str
    unknown_entry: str
    unknown_obligation: str
    unknown_matter: str
    unknown_staff: str
    staff_there: str
    staff_left: str
    off_duty_already: str
    not_off_duty: str
    staff_pcr_needed: str
    unknown_notice: str
    notice_in_force: str
    notice_not_begun: str
    notice_before_last: str
    unknown_setting: str
    setting_unreadable: str
    setting_unchanged: str
    temperatures_out_of_order: str
    shift_ends_out_of_order: str
    window_out_of_order: str
    windows_overlap: str
    out_of_years: str
    before_desk: str
    in_future: str
    fact_in_future: str
    left_after_arrival: str
    result_before_sample: str
    before_now: str
    not_open_yet: str
    window_closed: str
    told_late: str
    told_long_after: str
    sent_as_report: str
    ends_before_start: str
    unfit_sign: str
    text_too_long: str
    reason_needed: str
    changed_meanwhile: str
    seat_taken: str
    seat_of_leaders: str
    already_yours: str
    unknown_shift: str
    shift_past: str
    shift_over: str
    shift_begun: str
    shift_unchanged: str
    shift_too_long: str
    shift_made_too_long: str
    shift_before_desk: str
    shift_far_ahead: str
    led_by_no_leader: str
    twice_at_once: str
    no_alarm: str
    seen_already: str
    shelved_already: str
    shelved_too_long: str
    never_shelved: str
    items_changed: str
    same_officer: str
    not_the_incoming: str
    not_next_on_rota: str
    alone_by_leader: str
    alone_too_early: str
    already_done: str
    rounds_too_close: str
    note_needed: str
    text_needed: str
    people_needed: str
    answer_needed: str
    said_twice: str
    not_on_row: str
    figures_needed: str
    figures_unknown: str
    bad_figure: str
    zero_not_stated: str
    zero_contradicted: str
    not_yours: str
    too_late_to_take_back: str
    record_ended: str
    void_tested: str
    sample_entered: str
    merge_same: str
    merge_differs: str
    merge_both_in_rooms: str
    merge_reading_open: str
    nothing_unlike: str
    record_not_unlike: str
    unknown_record: str
    already_amended: str
    not_an_import: str
    import_worked_on: str
    import_lost: str
    amend_by_own_act: str
    amend_only_back: str
    amend_too_old: str
    asks_first: str
    name_needed: str
    facts_changed: str
    not_ready: str
    no_check_open: str
    officer_needed: str
    place_needed: str
    not_at_site: str
    room_taken: str
    already_there: str
    already_assigned: str
    site_not_empty: str
    no_such_room: str
    room_held: str
    site_not_active: str
    wrong_stage: str
    no_referral: str
    referral_answered: str
    unknown_clause: str
    on_the_road: str
    not_on_the_road: str
    already_arrived: str
    same_destination: str
    destination_needed: str
    no_free_room: str
    gate_closed: str
    duplicate_person: str
    supervisor_needed: str
    samples_too_close: str
    sample_before_arrival: str
    nothing_follows: str


@frozen
class RefusalNames:
    """Names of the figures, fields and seats that a refusal carries as codes."""

    names: Mapping[str, str]
    roles: Mapping[Role, str]
