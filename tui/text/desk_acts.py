"""Words of the acts on the desk (F9), of the rota, a site and its staff, and records that leave."""

from collections.abc import Mapping

from dutyboard.frozen import frozen
from dutyboard.rules.duties.post.rota import InTurn, PartOfDay
from dutyboard.rules.law.facts import TestResult
from dutyboard.rules.records.codes import OffDutyCause, Role, SheetKind, SiteState
from dutyboard.tui.terminal.theme_name import ThemeId


@frozen
class DeskActWords:
    """Placeholders in braces are filled with `str.format`."""

    title: str
    hint: str
    site: str
    shift: str
    officer: str
    officer_new: str
    officer_change: str
    officer_end: str
    officer_login: str
    officer_unit: str
    officer_unit_hint: str
    officer_roles: Mapping[Role, str]
    officer_site_hint: str
    officer_until: str
    officer_until_hint: str
    officer_login_name: str
    officer_login_hint: str
    yes_no: tuple[str, str]
    presence: str
    presence_of: str
    presence_asked_hint: str
    presence_reason_hint: str
    setting: str
    notice: str
    sheet: str
    ledger: str
    villages: str
    template: str
    theme: str
    themes: Mapping[ThemeId, str]
    bell: str
    bells: Mapping[str, str]
    template_about: str
    template_here: str
    template_command: str
    template_door: str
    template_by_ssh: str
    unit: str
    unit_name: str
    site_title: str
    site_pick: str
    site_state: str
    site_change: str
    site_to_state: str
    site_desk: str
    nobody_there: str
    site_change_title: str
    site_rooms: str
    site_rooms_hint: str
    site_keeper: str
    site_phone: str
    site_areas: str
    site_states: Mapping[SiteState, str]
    site_line: str
    reason: str
    reason_hint: str
    rooms_pick: str
    rooms_open: str
    rooms_none: str
    shift_seat: str
    shift_officer: str
    shift_officer_hint: str
    shift_from: str
    shift_to: str
    shift_time_hint: str
    shift_days: str
    shift_days_hint: str
    shift_reason_hint: str
    move_out: str
    move_out_title: str
    move_out_to: str
    move_out_hint: str
    moved_out: str
    notice_pick: str
    notice_effect: str
    notice_rooms: str
    notice_ends: str
    notice_move: str
    notice_referred: str
    notice_tests: str
    notice_calls: str
    notice_call_days: str
    notice_no_calls: str
    notice_days: str
    notice_day: str
    notice_people: str
    notice_foot: str
    notice_from: str
    notice_from_hint: str
    notice_everyone: str
    notice_everyone_hint: str
    sheet_title: str
    sheet_kind: str
    sheet_kinds: Mapping[SheetKind, str]
    sheet_file: str
    sheet_file_hint: str
    sheet_year: str
    sheet_year_hint: str
    sheet_late: str
    sheet_late_hint: str
    hand_off_title: str
    hand_off_leader: str
    hand_off_to: str
    hand_off_to_hint: str
    hand_off_died: str
    hand_off_died_hint: str
    hand_off_letter: str
    hand_off_letter_hint: str


@frozen
class PinWords:
    """Words of the line for a PIN. Placeholders in braces are filled with `str.format`."""

    act: str
    sign_on_act: str
    hint: str
    shared: str
    new: str
    again: str
    differ: str
    is_set: str
    is_locked: str
    locked: str
    signs: str
    leader: str
    leader_hint: str
    leads_now: str
    no_pin: str
    locked_without_pin: str
    unlocked: str
    code: str
    sign_on_code: str


@frozen
class StaffWords:
    """Register of a site's staff, and the check of their symptoms. `fields` are those of a row."""

    title: str
    register: str
    pick: str
    new: str
    change: str
    end: str
    off: str
    back: str
    at: str
    at_hint: str
    fields: Mapping[str, str]
    from_on: str
    from_on_hint: str
    on_duty: str
    off_since: str
    causes: Mapping[OffDutyCause, str]
    sampled: str
    due: str
    test: str
    test_title: str
    result: str
    results: Mapping[TestResult, str]
    who: str
    who_hint: str
    sampled_on: str
    sampled_on_hint: str
    to_sample: str
    to_tell: str
    none: str
    seen: str
    seen_hint: str
    ill: str
    ill_hint: str
    away: str
    away_hint: str
    no_register: str


@frozen
class ClauseWords:
    """The notice in force by its clauses, and the risk areas. Placeholders in braces are filled with `str.format`."""

    name: str
    since: str
    clause: str
    people: str
    duties: str
    sentence: str
    governs: str
    owes: str
    areas: str
    areas_title: str
    areas_hint: str
    still: str
    calls: str
    no_calls: str


@frozen
class RotaWords:
    """The rota of both seats. `causes` are those of a cover. Placeholders in braces are filled with `str.format`."""

    name: str
    title: str
    short: str
    none_short: str
    gap: str
    gap_of: str
    gap_past: str
    twice: str
    number: str
    load: str
    loads: str
    legend: str
    gap_line: str
    no_shift: str
    no_gap: str
    pattern: str
    pattern_officers: str
    pattern_officers_hint: str
    in_turn: str
    in_turns: Mapping[InTurn, str]
    part: str
    parts: Mapping[PartOfDay, str]
    first: str
    first_hint: str
    days: str
    days_hint: str
    weekdays: str
    weekdays_hint: str
    look: str
    form_keys: str
    counts: str
    left_out: str
    nothing: str
    done: str
    left: str
    cover: str
    cause: str
    causes: Mapping[str, str]
    cause_text: str
    cause_text_hint: str
    swap: str
    swap_first: str
    swap_with: str
    call_off: str
    hours: str
    hours_hint: str
    at_once: str
