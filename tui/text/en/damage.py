"""English sentences of `DamageWords`."""

from dutyboard.tui.text.damage import DamageWords

WORDS = DamageWords(
    kinds={
        "hash": "this line or the one before was changed",
        "form": "not a line of a journal",
        "gap": "a line is missing, doubled, out of order or put in",
        "torn": "this line is not whole",
        "after_seal": "something follows the end of this segment",
        "missing_seal": "this segment does not end as it should",
        "missing_segment": "this segment is missing",
        "name": "not named by its first line",
        "missing_bytes": "shorter than what was acknowledged",
        "beyond_mark": "ends with bytes that no commit wrote",
        "unknown_file": "not a file of the desk",
        "missing": "missing",
        "checksum": "not what the journal recorded",
        "older_than_journal": "an older checkpoint than the last one",
        "not_in_journal": "the journal knows no such one",
        "not_a_checkpoint": "not a checkpoint of the desk",
        "unreadable": "cannot be read, the disk may be failing",
    },
)
