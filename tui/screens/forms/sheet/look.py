"""A sheet looked at in the worker thread: opened, its unknown columns found, read, and decided as it would be."""

import os
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

from dutyboard.frozen import frozen
from dutyboard.rules.duties.sheets.headings import remembered
from dutyboard.rules.records.codes import SheetKind
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.timely import with_reason
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link.worker import GatewayPort
from dutyboard.tui.sheets.headings import Headings
from dutyboard.tui.sheets.mapping import still_known, to_remember
from dutyboard.tui.sheets.notes import Intake, Progress
from dutyboard.tui.sheets.reader.files import STANDARD_INPUT, OpenedFile, read_apart, read_grids
from dutyboard.tui.sheets.reader.intake_error import IntakeError
from dutyboard.tui.sheets.sheet_command import read_sheet
from dutyboard.tui.sheets.tables import AskedColumn, columns_asked
from dutyboard.tui.sheets.unit_titles import unit_of_sheet
from dutyboard.tui.terminal.cells import Line

SUFFIXES: Final = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".htm", ".html"})
"""Ends of names of files that may hold a sheet."""
MOST_NAMES: Final = 2000
"""Names of a folder that are looked at."""


@frozen(kw_only=False)
class PastedRows:
    """Rows from the clipboard, as a terminal hands them on, under the name that errors tell."""

    text: str
    name: str

    @property
    def rows(self) -> int:
        """The number of lines that hold anything."""
        return sum(bool(line.strip()) for line in self.text.splitlines())


@frozen(kw_only=False)
class Previewed:
    """A sheet as it was read, the command that takes it in, and the answer of the rules.

    `answers` are the fields given to headings, `news` those of them that are to be remembered.
    """

    kind: SheetKind
    file: str
    intake: Intake[Any]
    command: Command
    answer: Accepted | Refusal
    answers: Mapping[str, str]
    news: Mapping[str, str]
    source: OpenedFile
    headings: Mapping[str, str]
    """The field of each heading by which it was read: answers of now and of before."""
    unit_id: int | None = None
    """The known unit that the sheet tells, whose answers these are."""
    lines: tuple[Line, ...] = ()
    """The lines of the preview. The rows of a long sheet are worded in the worker thread, not on the screen's."""


@frozen(kw_only=False)
class Unknown:
    """A sheet that is read, and its columns of which an officer is to say what they tell."""

    file: OpenedFile
    columns: tuple[AskedColumn, ...]


def opened(gateway: GatewayPort, source: Path | PastedRows) -> OpenedFile:
    """Read the sheets of a file or of pasted rows. Raises IntakeError."""
    if isinstance(source, PastedRows):
        return OpenedFile(source.name, read_apart(source.text.encode("utf-8", "replace"), source.name))
    if gateway.actor.address:
        raise IntakeError("at_door")
    if source == STANDARD_INPUT:  # it is the terminal
        raise IntakeError("file_missing", file=source.name)
    return OpenedFile(source.name, read_grids(source))


def unit_told(gateway: GatewayPort, kind: SheetKind, file: OpenedFile, answers: Mapping[str, str]) -> int | None:
    """Return the known unit for whose sheet the officer answers, where the sheet tells one; None: his own."""
    return unit_of_sheet(file.grids, Headings(kind, answers), gateway.snapshot.units.values())


def unknown_columns(
    gateway: GatewayPort, kind: SheetKind, file: OpenedFile, answers: Mapping[str, str]
) -> tuple[AskedColumn, ...]:
    """Return the columns of which nobody of this unit has said yet what they tell."""
    known = remembered(gateway.snapshot, kind, gateway.actor.officer_id, unit_told(gateway, kind, file, answers))
    return columns_asked(file.grids, Headings(kind, {**still_known(known, answers, kind), **answers}))


def previewed(
    gateway: GatewayPort,
    kind: SheetKind,
    file: OpenedFile,
    year: int | None,
    answers: Mapping[str, str],
    progress: Progress,
    late: str,
) -> Previewed:
    """Read the rows, and decide them without writing. `late` says why rounds are told late. Raises IntakeError."""
    unit_id = unit_told(gateway, kind, file, answers)
    known = remembered(gateway.snapshot, kind, gateway.actor.officer_id, unit_id)
    intake, command = read_sheet(kind, file, year, progress, gateway.now(), answers, known)
    command = with_reason(command, late)
    news = to_remember(intake, answers, known)
    headings = {**still_known(known, answers, kind), **answers}
    return Previewed(kind, file.name, intake, command, gateway.preview(command), answers, news, file, headings, unit_id)


def completions(gateway: GatewayPort, typed: str) -> Sequence[str]:
    """Return the paths of folders and sheets that begin as typed, in order. At the door there are none."""
    if gateway.actor.address:
        return ()
    path = Path(typed).expanduser()
    folder, begun = (path, "") if not typed or typed.endswith("/") or path.is_dir() else (path.parent, path.name)
    try:
        with os.scandir(folder) as entries:
            named = [(each.name, each.is_dir()) for each in islice(entries, MOST_NAMES)]
    except OSError:
        return ()
    left_out = ("~$", ".~") if begun.startswith(".") else ("~$", ".")
    return sorted(
        f"{folder / name}{'/' if is_folder else ''}"
        for name, is_folder in named
        if name.casefold().startswith(begun.casefold())
        and not name.startswith(left_out)
        and (is_folder or Path(name).suffix.lower() in SUFFIXES)
    )
