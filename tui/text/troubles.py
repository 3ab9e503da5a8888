"""Sentences for troubles of the store, the files and the terminal, and for damage to a desk."""

from collections.abc import Mapping

from dutyboard.frozen import frozen


@frozen
class TroubleWords:
    """Sentences by code of `StoreTrouble` and of `terminal_problem`; `other` words any other code."""

    locked: str
    held: str
    contended: str
    save_failed: str
    disk_full: str
    disk_short: str
    disk_read_only: str
    sync_failed: str
    unsure: str
    poisoned: str
    screen_locked: str
    not_writable: str
    lock_replaced: str
    mirror: str
    shared_folder: str
    foreign_edit: str
    rolled_back: str
    corrupt: str
    bad_backup: str
    not_backed_up: str
    busy: str
    busy_with: str
    bad_document: str
    bad_record: str
    not_local: str
    too_new: str
    container_too_new: str
    no_desk: str
    folder_exists: str
    no_journal: str
    no_access: str
    denied: str
    unsafe: str
    of_another: str
    not_viewed: str
    engine_no_driver: str
    engine_no_answer: str
    engine_no_tables: str
    engine_no_role: str
    engine_other_chain: str
    engine_refused: str
    engine_full: str
    engine_unsure: str
    not_utf8: str
    other: str


@frozen
class DamageWords:
    """Sentences by the codes of `store.verify`, for a line that names file and line."""

    kinds: Mapping[str, str]
