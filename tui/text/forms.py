"""Words of the forms: titles, field names, hints and problems."""

from collections.abc import Mapping

from dutyboard.frozen import frozen
from dutyboard.rules.records.codes import DisinfectionMethod, HomeWay


@frozen
class FormWords:
    """Titles, labels and problems. `hint_` fields stand beside an empty field."""

    confirm: str
    names_fit: str
    footer: str
    saving: str
    kept: str
    dirty_escape: str
    draft_back: str
    drafts_offered: str
    draft_offered: str
    draft_line: str
    draft_line_saved: str
    draft_keys: str
    draft_aside: str
    offered: str
    draft_dropped: str
    draft_saved: str
    saved_other: str
    saved_again: str
    clear_asked: str
    cleared: str
    draft_lost: str
    needed: str
    not_a_pair: str
    not_a_number: str
    not_a_time: str
    not_a_day: str
    ends_before: str
    not_a_choice: str
    out_of_range: str
    several_officers: str
    temperature: str
    staff_check: str
    note: str
    about: str
    hint_about: str
    call: str
    abnormal: str
    late_entry: str
    takeover: str
    measured: str
    of: str
    highest: str
    absent: str
    hint_absent: str
    symptoms: str
    hint_symptoms: str
    hint_symptom_of_one: str
    disinfection: str
    disinfection_fields: Mapping[str, str]
    disinfection_methods: Mapping[DisinfectionMethod, str]
    home_how: str
    home_ways: Mapping[HomeWay, str]
    started: str
    hint_started: str
    checked: str
    abnormal_count: str
    text: str
    shelve: str
    shelve_until: str
    hint_shelve: str
    reason: str
    late_reason: str
    time: str
    done_by: str
    hint_doer: str
    other_doer: str
    caller: str
    hint_caller: str
    matter: str
    told: str
    reporter: str
    urge: str
    urged_whom: str
    urged_reached: str
    hint_urged: str
    urged_saved: str
    checked_by: str
    responsible: str
    pair: str
    hint_pair: str
    zero: str
    zero_villages: str
    hint_zero_villages: str
    hint_time: str
    hint_temperature: str
    hint_zero: str
    hint_note: str
    hint_reason: str
    hint_late: str
    grid_hint: str
    grid_left: str
    grid_fever: str
    grid_impossible: str
    hint_odd: str
    matter_title: str
    matter_about: str
    outcome: str
    hint_outcome: str
    matter_told: str
    owner: str
    due: str
    hint_due: str
    assign_reason: str
    hint_follow: str
    follow: str
    caller_unit: str
    phone: str
    answer: str
    hint_answer: str
    handler: str
    instruction: str
    home_check: str
    home_line: str
    home_said: str
    home_codes: str
    follow_up: str
    follow_up_answer: str
    hint_follow_up: str
    breach: str
    hint_breach: str
    breach_not_home: str
