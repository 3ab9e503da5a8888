"""Names of acts, and of their fields as an act says them: `person` for `person_id`, `at` for `happened_at`.

An act's name is that of its command on the command line; its fields are those of the command's dataclass.
"""

from collections.abc import Mapping
from dataclasses import Field, field, fields
from typing import Any, Final

from dutyboard.frozen import frozen
from dutyboard.rules.records.commands.amending import Amend, TakeBack
from dutyboard.rules.records.commands.person import (
    ActOnPositive,
    ActOnSuspicion,
    AnswerReferral,
    Assign,
    CancelTransfer,
    Confirm,
    Correct,
    DivertTransfer,
    EndTransfer,
    HandOff,
    Merge,
    Move,
    PersonData,
    PrintPaper,
    RecordBreach,
    RecordTest,
    Register,
    Release,
    Reopen,
    SetLastDay,
    Settle,
    StartTransfer,
    TakeReading,
    TraceContacts,
    Transfer,
    Void,
)
from dutyboard.rules.records.commands.post import (
    Acknowledge,
    AddKey,
    AddOfficer,
    AssignMatter,
    BindLogin,
    CallTouched,
    CancelShift,
    ChangeOfficer,
    ChangeSetting,
    ChangeShift,
    ChangeUnit,
    CheckPresence,
    CloseMatter,
    Discharge,
    EndOfficer,
    GiveSignOnCode,
    HandOver,
    OpenDesk,
    OpenMatter,
    PlanShift,
    RemoveKey,
    ResetPin,
    SendReport,
    SetPin,
    SettleRecord,
    Shelve,
    SignOn,
    SwapShifts,
    SwitchNotice,
    TakeSeat,
    UnbindLogin,
    WriteLog,
)
from dutyboard.rules.records.commands.sheets import (
    ImportAreas,
    ImportArrivals,
    ImportContacts,
    ImportResults,
    ImportRoster,
    ImportRounds,
    ImportSites,
    ImportTemperatures,
    RememberHeadings,
    UndoImport,
)
from dutyboard.rules.records.commands.site import (
    AddStaff,
    ChangeSite,
    ChangeStaff,
    EndStaff,
    RecordStaffTest,
    ReturnToDuty,
    SendOffDuty,
    SetSiteState,
)
from dutyboard.rules.records.model import Officer


@frozen(kw_only=False)
class Act:
    """The command behind a name, and the fields that the name itself settles."""

    command: type[Any]
    settled: Mapping[str, Any] = field(default_factory=dict)


ACTS: Final[Mapping[str, Act]] = {
    "init": Act(OpenDesk),
    "sign-on": Act(SignOn),
    "sign-on code": Act(GiveSignOnCode),
    "sign-on bind": Act(BindLogin),
    "sign-on unbind": Act(UnbindLogin),
    "keys add": Act(AddKey),
    "keys remove": Act(RemoveKey),
    "pin set": Act(SetPin),
    "pin reset": Act(ResetPin),
    "officer add": Act(AddOfficer),
    "officer change": Act(ChangeOfficer),
    "officer end": Act(EndOfficer),
    "unit change": Act(ChangeUnit),
    "shift": Act(PlanShift),
    "shift change": Act(ChangeShift),
    "shift swap": Act(SwapShifts),
    "shift cancel": Act(CancelShift),
    "take-seat": Act(TakeSeat),
    "handover": Act(HandOver),
    "check": Act(Discharge),
    "log": Act(WriteLog),
    "ack": Act(Acknowledge),
    "shelve": Act(Shelve),
    "finding open": Act(OpenMatter),
    "finding assign": Act(AssignMatter),
    "finding close": Act(CloseMatter),
    "presence": Act(CheckPresence),
    "undo": Act(TakeBack),
    "amend": Act(Amend),
    "send-report": Act(SendReport),
    "register": Act(Register),
    "correct": Act(Correct),
    "confirm": Act(Confirm),
    "answer": Act(AnswerReferral),
    "transfer": Act(Transfer),
    "transfer start": Act(StartTransfer),
    "transfer end": Act(EndTransfer),
    "transfer cancel": Act(CancelTransfer),
    "transfer divert": Act(DivertTransfer),
    "sample": Act(RecordTest, {"result": "pending"}),
    "result": Act(RecordTest),
    "breach": Act(RecordBreach),
    "reading": Act(TakeReading),
    "suspect": Act(ActOnSuspicion),
    "positive": Act(ActOnPositive),
    "trace": Act(TraceContacts),
    "rescreen": Act(CallTouched),
    "move": Act(Move),
    "assign": Act(Assign),
    "release": Act(Release),
    "print": Act(PrintPaper),
    "handoff": Act(HandOff),
    "void": Act(Void),
    "stage": Act(SetLastDay),
    "merge": Act(Merge),
    "settle": Act(Settle),
    "settle record": Act(SettleRecord),
    "reopen": Act(Reopen),
    "site": Act(SetSiteState),
    "site change": Act(ChangeSite),
    "staff add": Act(AddStaff),
    "staff change": Act(ChangeStaff),
    "staff end": Act(EndStaff),
    "staff sample": Act(RecordStaffTest, {"result": "pending"}),
    "staff result": Act(RecordStaffTest),
    "staff off": Act(SendOffDuty),
    "staff back": Act(ReturnToDuty),
    "rules switch": Act(SwitchNotice),
    "settings": Act(ChangeSetting),
    "import roster": Act(ImportRoster),
    "import sites": Act(ImportSites),
    "import areas": Act(ImportAreas),
    "import arrivals": Act(ImportArrivals),
    "headings": Act(RememberHeadings),
    "import undo": Act(UndoImport),
    "import temperatures": Act(ImportTemperatures),
    "import rounds": Act(ImportRounds),
    "import results": Act(ImportResults),
    "import contacts": Act(ImportContacts),
}
"""Every act by its name. Every command of the rules has one (tests/contracts/test_ways_in.py)."""

OWN_COMMAND: Final = frozenset({"keys add", "keys remove"})
"""Acts that only their own command carries out. It writes the file of keys too: both are true, or neither."""

_SAID: Final[Mapping[str, str]] = {
    "happened_at": "at",
    "sent_at": "at",
    "officer_name": "officer",
    "home_cadre": "cadre",
    "staff_ids": "staff",
}
_SAID_IN: Final[Mapping[type[Any], Mapping[str, str]]] = {
    Amend: {"agreed": "yes"},
    Merge: {"agreed": "yes"},
    Settle: {"agreed": "yes"},
    EndOfficer: {"agreed": "yes"},
    RecordTest: {"agreed": "yes"},
    Discharge: {"text": "note", "started_at": "started"},
    AnswerReferral: {"text": "reason", "clause": "class"},
    StartTransfer: {"text": "reason", "left_at": "at"},
    EndTransfer: {"text": "reason", "arrived_at": "at"},
    Transfer: {"text": "reason", "left_at": "left", "arrived_at": "arrived"},
    SendReport: {"text": "reason"},
    TakeReading: {"text": "reason"},
    ActOnSuspicion: {"text": "reason"},
    TraceContacts: {"text": "reason"},
}
NEVER_SAID: Final[Mapping[type[Any], frozenset[str]]] = {
    OpenDesk: frozenset({"practice_since"}),
    **dict.fromkeys((Correct, PrintPaper), frozenset({"seen"})),
    UndoImport: frozenset({"layer"}),
    SetPin: frozenset({"hashed"}),
    ResetPin: frozenset({"hashed"}),
    GiveSignOnCode: frozenset({"hashed"}),
    PersonData: frozenset({"warnings", "asked", "as_written"}),
    Officer: frozenset({"id", "login", "role", "site_id", "until"}),
}
"""Fields that the program fills."""


def said(kind: type[Any], name: str) -> str:
    """Return the name of a command's field in an act."""
    renamed = _SAID_IN.get(kind, {}).get(name) or _SAID.get(name)
    return renamed or (name.removesuffix("_id") if name.endswith("_id") else name)


def act_name(command: object) -> str:
    """Return the name of a command's act; of a sample or its result, that of the result."""
    return next(name for name, act in ACTS.items() if act.command is type(command) and not act.settled)


def act_fields(name: str) -> dict[str, Field[Any]]:
    """Return the fields of an act by their names in it. A person's data is flat and not among them."""
    act = ACTS[name]
    flat = act.command in (Register, Correct)
    never = NEVER_SAID.get(act.command, frozenset()) | act.settled.keys()
    return {
        said(act.command, each.name): each
        for each in fields(act.command)
        if each.name not in never and not (flat and each.name == "person")
    }
