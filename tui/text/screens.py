"""Words of the screens: headings, columns, hints, and the status line after an act; those of the handover apart."""

from collections.abc import Mapping

from dutyboard.frozen import frozen


@frozen
class ScreenWords:
    """Headings and lines. Placeholders in braces are filled with `str.format`."""

    pane_more: str
    todo: str
    todo_shelved: str
    seen: str
    shelved: str
    taken_up: str
    one_of_group: str
    shelved_title: str
    back: str
    owed_by: str
    due: str
    state: str
    clause: str
    opens: str
    by: str
    nothing_to_do: str
    more_sites: str
    no_sites: str
    filtered: str
    filter_stands: str
    filter_joined: str
    counts_title: str
    counts_hint: str
    find: str
    find_hint: str
    find_people_hint: str
    saved: str
    saved_form: str
    taken_back: str
    seat_taken: str
    signed_on: str
    repeat_ignored: str
    leave_hint: str
    leave_first: str
    leave_asked: str
    explain_title: str
    explain_facts: str
    explain_history: str
    explain_none: str
    explain_close: str
    fact_owed_by: str
    fact_window: str
    fact_closes: str
    fact_state: str
    fact_count: str
    fact_hours_notice: str
    fact_hours_setting: str
    rounds_title: str
    rounds_of_day: str
    no_day_after: str
    rounds_legend: str
    log_time: str
    log_who: str
    log_what: str
    log_text: str
    log_empty: str
    log_slices: Mapping[str, str]
    log_slice_title: str
    log_slice_hint: str
    log_every: str
    no_day_before: str
    reads_archives: str
    log_amended: str
    log_amends: str
    log_entered_late: str
    log_clock_back: str
    log_written_back: str
    reports_title: str
    reports_unit: str
    reports_countdown: str
    reports_past: str
    reports_empty: str
    report_zero: str
    report_sent: str
    report_late: str
    report_missing: str
    report_unreported: str
    report_corrected: str
    report_in_vain: str
    report_tally: str
    report_forming: str
    report_no_sum: str
    report_named: str
    report_all: str
    report_call: str
    report_nobody: str
    report_revision: str
    report_counts: Mapping[str, str]
    help_title: str
    help_here: str
    help_everywhere: str
    help_now: str
    help_marks: str
    sign_on_title: str
    first_title: str
    first_hint: str
    first_new: str
    first_form: str
    first_reason: str
    sign_on_hint: str
    sign_on_bound: str
    seat_title: str
    seat_hint: str


@frozen
class HandoverWords:
    """Sentences of the handover, on screen, on paper and on the command line."""

    title: str
    out: str
    incoming: str
    nobody: str
    planned: str
    chosen: str
    choose: str
    changed: str
    not_next: str
    by_name: str
    by_count: str
    group: str
    group_late: str
    group_new: str
    taken: str
    pending: str
    items_accepted: str
    none: str
    left: str
    head: str
    sign: str
    sign_other: str
    signed: str
    coming: str
    coming_keys: str
    between: str
    following: str
    following_none: str
    last: str
    last_none: str
    carried: str
    urged: str
    totals: str
    nothing_to_open: str
    not_planned: str
    note: str
    note_hint: str
    note_none: str
    note_line: str
    reason: str
    reason_hint: str
    alone: str
    alone_hint: str
    overdue: str
    off_shift: str
    off_shift_alone: str
