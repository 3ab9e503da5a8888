"""The tests of the store that run on files alone, each with the reason. All others run on PostgreSQL too.

A name is a module, or a module and a test or class in it. `test_both.py` holds that no other test keeps away.
"""

from typing import Final

_BYTES: Final = "changes bytes of a segment: a damaged mirror is made anew (tests/engine/test_desk.py)"
_LOCK: Final = "loses a segment's end or the lock file's words: what a mirror lost comes again from its engine"
_CHECKPOINT: Final = "on a mirror the newest checkpoint may be another mirror's (tests/engine/test_two_mirrors.py)"
_SALVAGE: Final = "holds an act of salvage too, which a mirror refuses: it is made anew (tests/engine/test_desk.py)"
_DRAFT: Final = "damages the file of a draft, which the engine has too"

FILES_ALONE: Final[dict[str, str]] = {
    "test_both": "reads these tables alone",
    "test_cost": "counts calls to the disk; tests/bench/engine_commit.py times the engine's",
    "test_examining": _BYTES,
    "test_faults": "fails syncs and tears lines of files; tests/engine/test_losses.py fails the engine",
    "test_first_opening": "the first segment of a folder, which a mirror makes as any desk",
    "test_folder": "permissions and planted names of the folder, which a mirror has as any desk",
    "test_lock": "the lock file, which a mirror has as any desk; tests/engine/test_turns.py has the turns behind it",
    "test_model.TestDesk": "TestMirrors beside it runs the same machine on two mirrors",
    "test_model.TestMirrors": "it is the other home of the one before",
    "test_proofs": "tests/engine/test_losses.py kills writers of two mirrors; the others cut the disk alone",
    "test_room": "a disk that fills at every byte of a file that is synced",
    "test_salvage": _BYTES,
    "test_sealed": _BYTES,
    "test_verify": _BYTES,
    "test_archive.test_a_copy_that_would_not_restore_is_no_backup": _BYTES,
    "test_drafts.test_a_draft_without_an_end_reads_as_none_and_none_is_written": _DRAFT,
    "test_drafts.test_a_half_written_draft_reads_as_none": _DRAFT,
    "test_drafts.test_a_key_is_a_form_and_nothing_else": "refuses a name before any place is looked at",
    "test_archive.test_an_archive_without_an_end_is_refused_by_its_name_before_it_is_read": _SALVAGE,
    "test_checkpoint.test_a_missing_checkpoint_is_rebuilt_from_the_journal": _CHECKPOINT,
    "test_checkpoint.test_an_older_checkpoint_in_its_place_changes_nothing_and_is_reported": _CHECKPOINT,
    "test_parts.test_a_copy_without_its_lock_is_read_up_to_the_last_whole_act": _LOCK,
    "test_parts.test_a_part_that_is_missing_in_the_middle_is_damage_with_its_place": _BYTES,
    "test_parts.test_a_part_that_no_store_wrote_is_no_line": _BYTES,
    "test_parts.test_it_passes_through_checkpoint_archive_backup_and_restore": _SALVAGE,
    "test_parts.test_parts_of_two_acts_do_not_make_one": _BYTES,
    "test_parts.test_a_line_damaged_in_the_middle_is_named_alone": _BYTES,
    "test_parts.test_any_page_of_it_may_be_missing_after_a_power_cut": _LOCK,
    "test_parts.test_cut_at_any_byte_nothing_of_it_is_there": _LOCK,
    "test_parts.test_salvage_keeps_an_act_between_whose_lines_somebody_put_bytes": _BYTES,
    "test_parts.test_salvage_keeps_an_act_of_which_only_a_hash_was_damaged": _BYTES,
    "test_parts.test_salvage_leaves_nothing_of_an_act_that_was_not_finished": _BYTES,
    "test_parts.test_salvage_loses_the_whole_act_with_a_damaged_line_and_keeps_the_hashes": _BYTES,
    "test_upstream.test_upstream_suite": "the test beside it runs the same suite on mirrors",
    "test_upstream.test_upstream_suite_on_mirrors": "it is the other home of the one before",
    "test_versions.test_a_container_of_a_newer_program_is_refused_by_whoever_reads_it": _SALVAGE,
    "test_views.test_a_full_disk_writes_nothing_and_the_desk_goes_on": "fails the sync, which a mirror does not need",
    "test_views.test_a_torn_end_is_set_aside_by_the_next_look": _LOCK,
    "test_views.test_a_view_log_that_was_cut_to_an_older_state_is_noticed": _LOCK,
    "test_views.test_a_view_log_that_was_deleted_is_noticed_however_far_a_new_one_grows": _LOCK,
    "test_views.test_a_view_log_that_is_gone_stays_told_behind_an_act_of_salvage_and_a_copy_restores": _SALVAGE,
    "test_views.test_one_changed_byte_is_found_and_ends_the_log": _BYTES,
}


def reason(module: str, test: str) -> str | None:
    """Return why a test runs on files alone; None: it runs on both."""
    name = module.rpartition(".")[2]
    return FILES_ALONE.get(name) or FILES_ALONE.get(f"{name}.{test}")
