"""The report sheet of an import, written from the screen to a file of this machine."""

from pathlib import Path

from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.export.marked_sheet import SUFFIXES, ReportRefused, marked_sheet
from dutyboard.tui.export.whole_file import write_whole
from dutyboard.tui.screens.forms.output_file import OutputFile, write_to_file
from dutyboard.tui.screens.forms.sheet.look import Previewed
from dutyboard.tui.session import Session
from dutyboard.tui.sheets.notes import row_report
from dutyboard.tui.terminal.cells import wrap
from dutyboard.tui.text import Words


def report_form(session: Session, found: Previewed, answer: Accepted) -> None:
    """Ask for a file and write the rows into it with marks and reasons, as the rules answered."""
    said, words = session.words.intake, session.words
    wanted = OutputFile(
        title=said.report_title,
        proposed=f"{Path(found.file).stem}-{said.report_stem}.xlsx",
        suffixes=SUFFIXES,
        refused_name=said.report_name,
        at_door=said.report_at_door.format(kind=found.kind),
        writing=said.report_writing,
        written=said.report_written,
        write=lambda _, output: _written(found, answer, output, words),
        facts=[((f" {row}", "dim"),) for row in wrap(said.report_hidden, session.cells - 2)],
    )
    write_to_file(session, wanted)


def _written(found: Previewed, answer: Accepted, output: Path, words: Words) -> str:
    """Write the report in the worker thread, numbers hidden. Return why it is not, "" where it is. Raises OSError."""
    report = row_report(found.intake, answer)
    as_text = output.suffix.lower() == ".csv"
    try:
        made = marked_sheet(found.kind, found.source, found.headings, report, words, as_text=as_text)
    except ReportRefused as refused:
        return words.sheets.reports[refused.code].format(**refused.fields)
    write_whole(output, lambda file: file.write(made))
    return ""
