"""Words of the command line: help pages, answers of the commands, errors."""

from collections.abc import Mapping

from dutyboard.frozen import frozen


@frozen
class CliWords:
    """Help texts by name (`commands`, `options`), and sentences with `str.format` placeholders."""

    program: str
    version: str
    ask_pin: str
    ask_shared_pin: str
    ask_code: str
    ask_new_pin: str
    ask_new_pin_again: str
    new_pins_differ: str
    text_twice: str
    no_pin_there: str
    code_given: str
    sign_on_code_given: str
    commands_title: str
    commands: Mapping[str, str]
    reveal_why: str
    options: Mapping[str, str]
    seats: Mapping[str, str]
    levels: Mapping[str, str]
    first_run: str
    first_run_choice: str
    no_desk_here: str
    no_address: str
    addresses: Mapping[str, str]
    door: Mapping[str, str]
    serve: Mapping[str, str]
    warm: Mapping[str, str]
    new_desk_name: str
    administrator: str
    desk_made: str
    mirrored: str
    bad_time: str
    bad_figure: str
    readings_twice: str
    round_rows: Mapping[str, str]
    bad_degrees: str
    bad_day: str
    bad_number: str
    bad_pair: str
    bad_room: str
    act_done: str
    nothing_new: str
    rescreen_usage: str
    incoming_needed: str
    slot_needed: str
    shift_usage: str
    move_usage: str
    shift_marks: Mapping[str, str]
    export_needs_format: str
    no_shifts: str
    several: str
    no_site: str
    no_slot: str
    no_officer: str
    no_staff: str
    no_person: str
    no_unit: str
    no_area: str
    act_problem: str
    act_problems: Mapping[str, str]
    reading: str
    deciding: str
    writing: str
    import_row: str
    import_note: str
    imported: str
    headings_usage: str
    heading_unknown: str
    headings_kept: str
    import_act: str
    import_reason: str
    report_name: str
    report_and_json: str
    report_before: str
    no_report: str
    import_ask: str
    import_left_out: str
    import_left: str
    touched: str
    linked: str
    positive_row: str
    no_calls: str
    call_list: str
    call_line: str
    touches: Mapping[str, str]
    area_levels: Mapping[str, str]
    not_called: str
    dry_run: str
    verified: str
    salvaged: str
    salvaged_archive: str
    head_stands: str
    head_differs: str
    not_a_head: str
    checkpointed: str
    archived: str
    nothing_closed: str
    healed: str
    not_poisoned: str
    no_record: str
    backed_up: str
    backup_gone: str
    restored: str
    bad_facts: str
    not_json: str
    no_file: str
    large_file: str
    no_output: str
    output_lost: str
    no_notice: str
    output_needed: str
    output_twice: str
    template_needs_file: str
    option_of_another: str
    in_force: str
    rules_usage: str
    settings_usage: str
    same_notice: str
    switch_total: str
    parts: Mapping[str, str]
    key_added: str
    key_removed: str
    key_there: str
    key_foreign: str
    key_faults: Mapping[str, str]
    key_marks: Mapping[str, str]
    no_key: str
    no_keys: str
    keys_of_account: str
    fault: str
