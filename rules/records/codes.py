"""The closed lists of codes that records, commands and entries hold; the screen words each of them (`tui/text`)."""

from typing import Literal, get_args

Seat = Literal["leader", "officer"]
SEATS: tuple[Seat, ...] = ("leader", "officer")
UnitKind = Literal["town", "street", "management", "city_office"]
Role = Literal["viewer", "site", "town", "officer", "leader", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Roles, the one who may do least first. `site`: staff of one quarantine site; `town`: staff of one town or street."""
Room = int | str
"""The name on a room's door, `8206` or `A栋301`; a number where the rooms of a site are only counted."""
SecretUse = Literal["pin", "pin_code", "sign_on_code"]
"""Uses of an officer's secret. A code serves once: to set his PIN, or to bind his login."""
SiteState = Literal["active", "standby", "closed"]
AreaLevel = Literal["high", "medium", "named"]
Stage = Literal["pending", "referred", "waiting", "transfer", "site", "home", "hospital", "clinic", "away", "closed"]
"""Stages of a person. `referred`: in the queue without a place. `clinic`: at the fever clinic. `away`: received by
another county, whose letter is still to come."""
Destination = Literal["site", "home", "hospital", "fever-clinic", "county"]
FoundBy = Literal["", "himself", "grid", "hospital", "police", "other_county", "other"]
"""Ways in which screening found a person; "" means that nobody has said."""
ReportKind = Literal["screening", "site", "roster"]
IdWarning = Literal[
    "id_missing",
    "id_length",
    "id_date",
    "id_check_digit",
    "id_cut",  # a sheet program has lost its last digits
    "id_several",  # more than one number stood there
    "id_old",  # a resident ID of 15 digits
    "id_passport",
    "id_permit",  # a travel or residence permit: 回乡证, 台胞证, 居留证
    "id_masked",  # stars stand for some of its digits
]
PhoneWarning = Literal["phone_missing", "phone_unusual", "phone_masked"]
EndKind = Literal["free", "released", "overridden", "died", "handed_over", "voided", "merged"]
"""Ends of a person's record. `free`: the assessment asked nothing of him."""
SheetKind = Literal["roster", "sites", "areas", "arrivals", "temperatures", "rounds", "results", "contacts"]
SHEET_KINDS: tuple[SheetKind, ...] = get_args(SheetKind)
MatterKind = Literal["finding", "call"]
MatterCause = Literal[
    "absent",
    "refused",
    "unwell",
    "breach",
    "unwell_after",
    "staff_unwell",
    "staff_positive",
    "off_post",  # a check of presence found nobody at his post
    # told by a row of a sheet that was not taken
    "sheet_positive",
    "sheet_unclear",  # a result that may be positive
    "sheet_suspected",  # a case that nobody has confirmed
    "sheet_fever",  # or a symptom
    "sheet_contact",
    "sheet_absent",
    "sheet_abnormal",
    "sheet_otherwise",  # no worse than what the desk has, and not the same
]
SiteClass = Literal["close", "secondary", "entry", "other_class"]
"""Classes of the people at a site; everybody is of one."""
OffDutyCause = Literal["told", "unwell", "positive"]
"""Causes for which somebody on a site's staff is off duty: an officer's word, a check, or a positive PCR."""
CallAnswer = Literal["not_there", "was_there", "unsure", "no_answer"]
DisinfectionMethod = Literal["wipe", "spray", "soak", "other"]
HomeWay = Literal["door", "phone", "video"]
"""Ways of a check of people at home."""
PresenceAnswer = Literal["on_post", "off_post", "stood_in"]
FollowUpAnswer = Literal["well", "unwell", "no_answer"]
PaperKind = Literal["notice-isolation", "notice-release", "notice-home", "transfer", "record"]
"""Papers of one person that leave the desk with a number and a stamp."""
PAPER_KINDS: tuple[PaperKind, ...] = get_args(PaperKind)
EntryKind = Literal[
    "note",
    "call",
    "check",
    "report",
    "seat",
    "shift",
    "takeover",
    "handover",
    "sign_on",
    "key",
    "pin",
    "wrong_pin",
    "officer",
    "roles",
    "unit",
    "reading",
    "suspect",
    "register",
    "reopen",
    "correct",
    "assess",
    "answer",
    "transfer",
    "move",
    "assign",
    "test",
    "release",
    "positive",
    "trace",
    "rescreen",
    "finding",
    "presence",
    "breach",
    "ack",
    "shelve",
    "hand_off",
    "void",
    "merge",
    "settle",
    "stage",
    "site",
    "staff",
    "staff_test",
    "notice",
    "setting",
    "import",
    "headings",
    "print",
    "retract",
]
SettingName = Literal[
    "emergency",
    "macau_rebound",
    "fever_c",
    "low_c",
    "least_c",
    "most_c",
    "occupancy_percent",
    "forecast_hours",
    "unassessed_hours",
    "certificate_soon_hours",
    "retake_after_minutes",
    "retake_due_minutes",
    "suspected_minutes",
    "shift_ends",
    "due_soon_minutes",
    "entry_needs_reason_after_hours",
    "take_back_minutes",
    "handover_opens_before_minutes",
    "handover_due_after_minutes",
    "transfer_hours",
    "road_minutes",
    "trace_hours",
    "rescreen_hours",
    "not_found_minutes",
    "temperature_rounds_apart_hours",
    "staff_pcr_days",
    "archive_after_days",
    "lock_after_minutes",
    "shelve_minutes",
    "shelve_red_minutes",
    "alarm_again_minutes",
    "marks_alone_people",
    "marks_alone_seconds",
    "marks_same_people",
    "marks_same_percent",
    "marks_presence_minutes",
    "marks_late_entries",
    "marks_late_minutes",
    "marks_same_minute_days",
    "day_of_start",
    "look_back_days",
    "named_counties_count",
    "certificate_counts_to",
    "conversion_restarts_if_exposure_unknown",
    "secondary_least_days",
    "secondary_early_close_pcr",
    "hours_between_samples",
    "director_counts",
    "home",
]
"""Settings of a desk. Beside them the windows of the notice are set by their slot, its readings by their O-number."""
SettingForm = Literal["degrees", "whole", "times", "window", "switch", "choice", "places"]
"""Forms of a setting as it is written: 37.3, 30, 08:00 20:00, 07:00/09:00/11:30, on or off, one of its words."""
