"""A file of each kind of sheet, and the command that takes it in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dutyboard.rules.records.codes import SheetKind
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.sheets import (
    ImportAreas,
    ImportArrivals,
    ImportContacts,
    ImportResults,
    ImportRoster,
    ImportRounds,
    ImportSites,
    ImportTemperatures,
)
from dutyboard.tui.sheets.dates import HERE, Reckoning
from dutyboard.tui.sheets.mapping import still_known, told_known
from dutyboard.tui.sheets.notes import Intake, Progress
from dutyboard.tui.sheets.reader.files import SheetFile


def read_sheet(
    kind: SheetKind,
    file: SheetFile,
    year: int | None,
    progress: Progress | None = None,
    now: datetime | None = None,
    mapping: Mapping[str, str] | None = None,
    known: Mapping[str, str] | None = None,
) -> tuple[Intake[Any], Command]:
    """Read a file; return its content and the command that takes it in. Raises IntakeError.

    `year` completes dates that are written without one, 昨天 is told from `now`, by the desk's clock. `mapping` tells
    the fields of headings; so does `known`, what the unit has answered before, where `mapping` says nothing of them.
    """
    intake: Intake[Any]
    if known:
        standing = still_known(known, mapping or {}, kind)
        intake, command = read_sheet(kind, file, year, progress, now, {**standing, **(mapping or {})})
        return told_known(intake, standing, kind), command
    if kind == "roster":
        from dutyboard.tui.sheets.kinds.roster import read_roster

        intake = read_roster(file, progress, mapping)
        return intake, ImportRoster(sheets=intake.records)
    if kind == "sites":
        from dutyboard.tui.sheets.kinds.sites import read_sites

        intake = read_sites(file, progress, mapping)
        return intake, ImportSites(sites=intake.records)
    if kind == "areas":
        from dutyboard.tui.sheets.kinds.areas import read_areas

        intake = read_areas(file, year, progress, mapping)
        return intake, ImportAreas(areas=intake.records)
    reckoning = Reckoning(today=now.date(), zone=now.tzinfo or HERE) if now else Reckoning()
    if kind == "temperatures":
        from dutyboard.tui.sheets.kinds.temperatures import read_temperatures

        intake = read_temperatures(file, year, progress, reckoning, mapping)
        return intake, ImportTemperatures(readings=intake.records, untaken=intake.untaken)
    if kind == "rounds":
        from dutyboard.tui.sheets.kinds.rounds import read_rounds

        intake = read_rounds(file, year, progress, reckoning, mapping)
        return intake, ImportRounds(rounds=intake.records, untaken=intake.untaken)
    if kind == "results":
        from dutyboard.tui.sheets.kinds.results import read_results

        intake = read_results(file, year, progress, reckoning, mapping)
        return intake, ImportResults(results=intake.records, untaken=intake.untaken)
    if kind == "contacts":
        from dutyboard.tui.sheets.kinds.contacts import read_contacts

        intake = read_contacts(file, year, progress, reckoning, mapping)
        return intake, ImportContacts(contacts=intake.records)
    from dutyboard.tui.sheets.kinds.arrivals import read_arrivals

    intake = read_arrivals(file, year, progress, reckoning, mapping)
    return intake, ImportArrivals(persons=intake.records)
