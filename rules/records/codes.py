"""The closed lists of codes that records, commands and entries hold; the screen words each of them (`tui/text`)."""

from typing import Literal

Seat = Literal["leader", "officer"]
SEATS: tuple[Seat, ...] = ("leader", "officer")
UnitKind = Literal["town", "street", "management", "city_office"]
Role = Literal["admin", "leader", "officer", "member"]
SiteState = Literal["active", "standby", "closed"]
AreaLevel = Literal["high", "medium", "named"]
Stage = Literal["pending", "referred", "waiting", "transfer", "site", "home", "hospital", "closed"]
ReportKind = Literal["screening", "site", "roster"]
IdWarning = Literal["id_missing", "id_length", "id_date", "id_check_digit"]
PhoneWarning = Literal["phone_missing", "phone_unusual"]
CallAnswer = Literal["not_there", "was_there", "unsure", "no_answer"]
EntryKind = Literal[
    "note",
    "call",
    "check",
    "report",
    "seat",
    "takeover",
    "handover",
    "sign_on",
    "register",
    "correct",
    "assess",
    "transfer",
    "test",
    "release",
    "positive",
    "trace",
    "rescreen",
    "hand_off",
    "site",
    "notice",
    "import",
    "retract",
]
