"""Acts that bring sheets: which function decides which. Each is imported when it comes, as in `decide`."""

from datetime import datetime
from typing import assert_never

from dutyboard.rules.records.commands import Actor, SheetAct
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
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted


def decide_from_a_sheet(command: SheetAct, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Decide what a sheet brings, or what is said about sheets."""
    match command:
        case ImportRoster():
            from dutyboard.rules.duties.sheets.roster import decide_import_roster

            return decide_import_roster(command, snapshot, now, actor)
        case ImportSites():
            from dutyboard.rules.duties.sheets.sites import decide_import_sites

            return decide_import_sites(command, snapshot, now, actor)
        case ImportAreas():
            from dutyboard.rules.duties.sheets.areas import decide_import_areas

            return decide_import_areas(command, snapshot, now, actor)
        case ImportArrivals():
            from dutyboard.rules.duties.sheets.arrivals import decide_import_arrivals

            return decide_import_arrivals(command, snapshot, now, actor)
        case RememberHeadings():
            from dutyboard.rules.duties.sheets.headings import decide_remember_headings

            return decide_remember_headings(command, snapshot, now, actor)
        case UndoImport():
            from dutyboard.rules.amending.imports import decide_undo_import

            return decide_undo_import(command, snapshot, now, actor)
        case ImportTemperatures():
            from dutyboard.rules.duties.sheets.temperatures import decide_import_temperatures

            return decide_import_temperatures(command, snapshot, now, actor)
        case ImportRounds():
            from dutyboard.rules.duties.sheets.rounds import decide_import_rounds

            return decide_import_rounds(command, snapshot, now, actor)
        case ImportResults():
            from dutyboard.rules.duties.sheets.results import decide_import_results

            return decide_import_results(command, snapshot, now, actor)
        case ImportContacts():
            from dutyboard.rules.duties.sheets.contacts import decide_import_contacts

            return decide_import_contacts(command, snapshot, now, actor)
        case _:
            assert_never(command)
