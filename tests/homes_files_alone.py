"""The tests of the screens that make a desk and run on files alone, each with the reason.

A name is a module below `tests`, or a module and a test in it. `tests/tui/test_homes.py` holds that all are there.
"""

from typing import Final

_BYTES: Final = "changes bytes of the journal: a damaged mirror is made anew (tests/engine/test_desk.py)"
_SYNC: Final = "fails, holds or kills the sync of a line, which no mirror waits for (tests/engine/test_losses.py)"
_COPY: Final = "puts an older copy in its place, which follows its engine again (tests/engine/test_two_servers.py)"

FILES_ALONE: Final[dict[str, str]] = {
    "pty.test_breakage.test_a_kill_in_mid_commit_leaves_the_desk_whole": _SYNC,
    "tui.test_doctor.test_a_changed_line_is_bad_and_the_rest_is_still_told": _BYTES,
    "tui.test_formats.test_the_program_of_the_second_format_works_on_a_small_desk_of_the_third_and_this_one_goes_on": (
        "that program knows no mirror: its line stays in the folder, and `verify` names it"
    ),
    "tui.test_half_failures.test_a_line_that_could_neither_be_synced_nor_taken_back_is_not_called_unsaved": _SYNC,
    "tui.test_half_failures.test_a_line_that_could_be_taken_back_is_not_there_after_healing": _SYNC,
    "tui.test_half_failures.test_a_lock_cut_while_the_line_is_synced_leaves_it_unsure": _SYNC,
    "tui.test_hostile_journal": _BYTES,
    "tui.test_overview.test_five_desks_of_which_two_are_down": _BYTES,
    "tui.test_overview.test_the_text_has_a_row_a_desk_blanks_for_the_unread_and_fits_a_terminal": _BYTES,
    "tui.test_overview.test_an_address_and_a_usage_that_says_nothing_are_refused": _BYTES,
    "tui.test_retries.test_killed_between_sync_and_answer_a_retry_finds_its_line": _SYNC,
    "tui.test_retries.test_the_same_command_after_a_trouble_is_a_retry": _SYNC,
    "tui.test_retries.test_what_one_key_says_stands_once_whatever_became_of_its_answer": _SYNC,
    "tui.test_unanswered_forms.test_killed_between_sync_and_answer_the_next_form_knows": _SYNC,
    "tui.test_upkeep.test_damage_at_the_first_line_is_not_taken_for_no_desk": _BYTES,
    "tui.test_upkeep.test_a_foreign_edit_of_the_live_file_is_said_and_not_used": (
        "the next call finds no `db.json`; a reader of a mirror has written it anew by then"
    ),
    "tui.test_upkeep.test_a_stopped_holder_is_named_and_what_he_wrote_is_kept": _SYNC,
    "tui.test_upkeep.test_an_edited_line_stops_writing_and_keeps_what_stands_before": _BYTES,
    "tui.test_upkeep.test_salvage_is_the_way_on_for_a_damaged_desk": _BYTES,
    "tui.test_upkeep.test_a_desk_whose_journal_is_gone_is_no_empty_folder": _BYTES,
    "tui.test_view_log.test_without_the_view_log_nothing_is_revealed_or_exported_and_a_page_is_masked": _BYTES,
    "tui.test_witness.test_an_older_copy_in_its_place_is_told_once_and_gives_out_no_id_again": _COPY,
    "tui.test_witness.test_a_desk_that_was_open_meanwhile_gives_out_none_of_them_either": _COPY,
    "tui.test_witness.test_each_officer_is_told_of_what_he_saw_himself": _COPY,
    "tui.test_witness.test_the_same_length_with_other_words_is_told": _COPY,
    "tui.test_witness.test_the_command_line_says_it_in_one_line": _COPY,
}


def reason(module: str, test: str) -> str | None:
    """Return why a test runs on files alone; None: it runs on both."""
    name = module.removeprefix("tests.")
    return FILES_ALONE.get(name) or FILES_ALONE.get(f"{name}.{test}")
