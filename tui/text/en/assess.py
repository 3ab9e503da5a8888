"""English sentences of `AssessWords`."""

from dutyboard.tui.text.assess import AssessWords

WORDS = AssessWords(
    holds={
        "result_pending": "result pending: the end of the period is no release",
        "result_unclear": "result unclear: test again, no release",
        "discharge_unknown": "the day of discharge is not known",
        "contact_unknown": "the end of a close contact's stay is not known",
        "negative_missing": "no negative PCR since the arrival",
        "history_not_checked": "the check of recent risk history is not finished",
    },
    blockers={
        "test_missing": "a test is missing",
        "result_pending": "a result is pending",
        "result_unclear": "a result is unclear",
        "positive": "a test is positive",
        "late_sample": "a late sample needs a leader's confirmation",
        "missed_sample": "a missed sample needs a leader's confirmation",
        "day_not_full": "the period is not full",
        "end_unknown": "the end is not known",
        "waits_for": "waits for the close contact's release",
        "condition_open": "a condition of the release is not met",
        "no_home_cadre": "no home cadre named",
        "no_vehicle": "no vehicle arranged",
        "referral_open": "the referral is not answered",
        "room_stopped": "releases of this room are stopped",
        "reading_open": "a reading or symptom is not settled",
        "mate_reading_open": "a reading of a room-mate is not settled",
    },
)
