"""One frozen record per officer intent. `rules.decide` answers each with changes or a refusal.

`happened_at` None means "now". Texts are as typed; ids are record ids. Nothing here has been checked.
"""

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


@frozen
class Actor:
    """The person who acts: the login, and the officer it is bound to (None: not signed on yet).

    `by_login` is the login at the terminal, where it acts for another ("": it is the same). `address` and `key` are the
    client's address and the fingerprint of his key, as the server told them. `signed` are the officers whose PIN was
    given for this act, `codes` the numbers of the one-time codes that were.
    """

    login: str
    officer_id: int | None
    by_login: str = ""
    address: str = ""
    key: str = ""
    signed: tuple[int, ...] = ()
    codes: tuple[int, ...] = ()


DeskAct = (
    OpenDesk
    | SignOn
    | BindLogin
    | UnbindLogin
    | AddKey
    | RemoveKey
    | SetPin
    | ResetPin
    | GiveSignOnCode
    | AddOfficer
    | ChangeOfficer
    | EndOfficer
    | ChangeUnit
    | SettleRecord
    | SwitchNotice
    | ChangeSetting
)
PersonAct = (
    Register
    | AnswerReferral
    | StartTransfer
    | EndTransfer
    | CancelTransfer
    | DivertTransfer
    | Correct
    | Confirm
    | Transfer
    | RecordTest
    | RecordBreach
    | TakeReading
    | ActOnSuspicion
    | ActOnPositive
    | TraceContacts
    | Release
    | HandOff
    | Void
    | SetLastDay
    | Merge
    | Settle
    | Reopen
    | Move
    | Assign
    | PrintPaper
)
PostAct = (
    PlanShift
    | ChangeShift
    | SwapShifts
    | CancelShift
    | TakeSeat
    | HandOver
    | Discharge
    | WriteLog
    | Acknowledge
    | Shelve
    | Amend
    | OpenMatter
    | AssignMatter
    | CloseMatter
    | CheckPresence
    | TakeBack
    | SendReport
    | CallTouched
    | SetSiteState
    | ChangeSite
)
StaffAct = AddStaff | ChangeStaff | EndStaff | SendOffDuty | ReturnToDuty | RecordStaffTest
SheetAct = (
    ImportRoster
    | ImportSites
    | ImportAreas
    | ImportArrivals
    | ImportResults
    | ImportContacts
    | ImportTemperatures
    | ImportRounds
    | RememberHeadings
    | UndoImport
)
"""The acts that may be larger than one line of the journal."""
Command = DeskAct | PostAct | StaffAct | PersonAct | SheetAct
