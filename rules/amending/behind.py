"""Act behind an entry: the command that told it. A correction asks for the right of what it corrects."""

from dutyboard.rules.amending.undoing import act_of
from dutyboard.rules.amending.ways import ByOwnAct, OnlyBack, way_of
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.person import (
    ActOnPositive,
    ActOnSuspicion,
    Correct,
    Merge,
    PersonData,
    PrintPaper,
    Reopen,
    Settle,
    Void,
)
from dutyboard.rules.records.commands.post import SendReport, SettleRecord
from dutyboard.rules.records.commands.sheets import UndoImport
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import (
    ContradictionSettled,
    Corrected,
    Merged,
    PositiveActed,
    Printed,
    Reopened,
    SampleRecorded,
    SuspicionActed,
    Voided,
)
from dutyboard.rules.records.told.post import Imported, ReportSent, TakenBack


def act_behind(entry: Entry, snapshot: Snapshot) -> Command | None:
    """Return the act that an entry tells, of a correction the act that it corrects; None: no correction changes it.

    Of an act that can only be taken back it is one of that kind about the same subject, and no more.
    """
    act = act_of(entry, snapshot)
    if isinstance(act.told, TakenBack):
        old = snapshot.entries.get(act.amends or 0)
        return act_behind(old, snapshot) if old is not None and old.id < act.id else None
    if isinstance(act.told, Imported):
        return UndoImport(entry_id=act.id)
    way = way_of(act, snapshot)
    if isinstance(way, ByOwnAct):
        return None
    return _only_back(act) if isinstance(way, OnlyBack) else way


def _only_back(act: Entry) -> Command | None:
    subject = Subject.parse(act.subject)
    number = subject.number if subject is not None else 0
    match act.told:
        case Reopened():
            return Reopen(person_id=number, reason=act.text)
        case PositiveActed():
            return ActOnPositive(person_id=number, shown=())
        case SuspicionActed():
            return ActOnSuspicion(person_id=number, shown=(), told="")
        case Corrected():
            return Correct(person_id=number, person=PersonData(name=""))
        case Printed(paper=paper):
            return PrintPaper(person_id=number, paper=paper)
        case Voided():
            return Void(person_id=number, reason=act.text)
        case Merged():
            return Merge(person_id=number, into_id=number)
        case ContradictionSettled(settled=field) if subject is None or subject.kind != "person":
            return SettleRecord(subject=act.subject, field=field, reason=act.text)
        case ContradictionSettled() | SampleRecorded():  # a sample's correction that decided between two values
            return Settle(person_id=number, field="", reason=act.text)
        case ReportSent():
            return SendReport(
                kind="screening",
                subject=act.subject,
                day=act.happened_at.date(),
                figures={},
                zero=False,
                reporter=act.done_by,
            )
        case _:
            return None
