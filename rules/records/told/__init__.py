"""Contents of log entries beyond their text, one class for each thing that an act can say.

A class names the kind of entry that it makes. `tui/link/told` writes its fields as the JSON object `data` of the entry,
in this order: a field without a default always, a field with a default only where it differs. A name that Python keeps
for itself ends in `_` here and not in JSON (`from_`, `from`).
"""

from collections.abc import Collection
from typing import assert_never

from dutyboard.frozen import frozen
from dutyboard.rules.records.codes import EntryKind
from dutyboard.rules.records.told.person import (
    Advised,
    Arrived,
    Assessed,
    Assigned,
    Breached,
    ContradictionSettled,
    Corrected,
    Departed,
    Diverted,
    FollowedUp,
    HandedOff,
    HomeChecked,
    LastDaySet,
    Merged,
    PersonTelling,
    PositiveActed,
    Printed,
    ReadingTaken,
    ReferralAnswered,
    Referred,
    Registered,
    Released,
    Reopened,
    RoomChanged,
    SampleRecorded,
    SuspicionActed,
    Traced,
    Transferred,
    TurnedBack,
    Voided,
)
from dutyboard.rules.records.told.post import (
    Acknowledged,
    Called,
    CalledTouched,
    HandedOver,
    HeadingsRemembered,
    Imported,
    ImportUndone,
    KeyAdded,
    KeyRemoved,
    LoginUnbound,
    MatterAssigned,
    MatterClosed,
    MatterOpened,
    Noted,
    NoticeSwitched,
    OfficerSet,
    PinSet,
    PostTelling,
    PresenceFound,
    ReportSent,
    RolesRenewed,
    RoomsConsidered,
    SeatPlanned,
    SeatTaken,
    SeatTakenOver,
    SettingSet,
    Shelved,
    ShiftCancelled,
    ShiftChanged,
    ShiftsSwapped,
    ShiftToldAfterwards,
    SignedOn,
    SignOnCodeGiven,
    TakenBack,
    UnitChanged,
    WrongPin,
)
from dutyboard.rules.records.told.site import (
    Disinfected,
    OffDutySet,
    RoundDone,
    SiteChanged,
    SiteStateSet,
    SiteTelling,
    StaffChecked,
    StaffSet,
    StaffTested,
    TemperatureTaken,
)


@frozen(kw_only=False)
class Unreadable:
    """An entry whose data this program cannot read: an older or newer one wrote it. `Entry.more` holds all of it."""

    entry_kind: EntryKind


Telling = PostTelling | SiteTelling | PersonTelling
"""Everything that an act can write into the log."""
Told = Telling | Unreadable
"""Everything that an entry of the log can hold."""


def telling(kind: EntryKind, keys: Collection[str]) -> type[Telling]:
    """Return the class of an entry's data by the entry's kind. Where a kind has several, the keys decide."""
    match kind:
        case "note":
            return Noted
        case "call":
            return Called
        case "finding":
            return _about_matter(keys)
        case "presence":
            return PresenceFound
        case "retract":
            return TakenBack
        case "ack":
            return Acknowledged
        case "shelve":
            return Shelved
        case "check":
            return _checked(keys)
        case "report":
            return ReportSent
        case "seat":
            return SeatPlanned if "days" in keys else SeatTaken
        case "shift":
            return _shift(keys)
        case "takeover":
            return SeatTakenOver
        case "handover":
            return HandedOver
        case "sign_on":
            return _login(keys)
        case "key":
            return KeyRemoved if "removed" in keys else KeyAdded
        case "pin":
            return PinSet
        case "wrong_pin":
            return WrongPin
        case "officer":
            return OfficerSet
        case "roles":
            return RolesRenewed
        case "unit":
            return UnitChanged
        case "site":
            return SiteChanged if "changed" in keys else SiteStateSet
        case "staff":
            return OffDutySet if "off" in keys else StaffSet
        case "staff_test":
            return StaffTested
        case "notice":
            return NoticeSwitched
        case "setting":
            return SettingSet
        case "headings":
            return HeadingsRemembered
        case "import":
            return ImportUndone if "put_back" in keys else Imported
        case "rescreen":
            return CalledTouched
        case "reading":
            return ReadingTaken
        case "breach":
            return Breached
        case "suspect":
            return SuspicionActed
        case "register":
            return Registered
        case "reopen":
            return Reopened
        case "correct":
            return Corrected
        case "assess":
            return Referred if "reasons" in keys else Assessed
        case "answer":
            return ReferralAnswered
        case "transfer":
            return _moved(keys)
        case "move":
            return RoomChanged
        case "assign":
            return Assigned
        case "test":
            return SampleRecorded
        case "release":
            return Released
        case "hand_off":
            return HandedOff
        case "stage":
            return LastDaySet
        case "void":
            return Voided
        case "merge":
            return Merged
        case "settle":
            return ContradictionSettled
        case "positive":
            return PositiveActed
        case "trace":
            return Traced
        case "print":
            return Printed
        case _:
            assert_never(kind)


def _about_matter(keys: Collection[str]) -> type[Telling]:
    if "outcome" in keys:
        return MatterClosed
    return MatterAssigned if "from" in keys else MatterOpened


def _login(keys: Collection[str]) -> type[Telling]:
    if "code_until" in keys:
        return SignOnCodeGiven
    return LoginUnbound if "unbound" in keys else SignedOn


def _shift(keys: Collection[str]) -> type[Telling]:
    """Return the class of what was said of a shift, by its keys."""
    if "days" in keys:
        return ShiftToldAfterwards
    if "other" in keys:
        return ShiftsSwapped
    return ShiftChanged if "was_officer" in keys else ShiftCancelled


def _moved(keys: Collection[str]) -> type[Telling]:
    """Return the class of a transfer by its keys: told whole, or left, arrived, back or diverted."""
    if "vehicle" in keys:
        return Transferred if "received_by" in keys else Departed
    if "received_by" in keys:
        return Arrived
    return Diverted if "from" in keys else TurnedBack


def _checked(keys: Collection[str]) -> type[Telling]:
    """Return the class of a check by its keys. Its slot does not tell: each notice chooses the names."""
    if "agent" in keys:
        return Disinfected
    if "answer" in keys:
        return FollowedUp
    if "clause" in keys:
        return Advised
    if "measured" in keys:
        return TemperatureTaken
    if "held" in keys:
        return RoomsConsidered
    if "checked" in keys:
        return HomeChecked if "of" in keys else StaffChecked
    return RoundDone
