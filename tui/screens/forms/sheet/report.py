"""The report sheet of an import, written from the screen to a file of this machine."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.export.marked_sheet import SUFFIXES, ReportRefused, marked_sheet
from dutyboard.tui.export.whole_file import write_whole
from dutyboard.tui.link.messages import Trouble
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key
from dutyboard.tui.screens.forms.sheet.look import Previewed
from dutyboard.tui.session import Session
from dutyboard.tui.sheets.notes import row_report
from dutyboard.tui.terminal.cells import Line, wrap
from dutyboard.tui.text import Words
from dutyboard.tui.views.fields import Field


def report_form(session: Session, found: Previewed, answer: Accepted) -> None:
    """Ask for a file and write the rows into it with marks and reasons, as the rules answered.

    At the door there are no files, and it says how the report is had.
    """
    session.fetch_for(
        lambda gateway: bool(gateway.actor.address), lambda at_door: _ask(session, found, answer, at_door)
    )


def _ask(session: Session, found: Previewed, answer: Accepted, at_door: bool) -> None:
    said = session.words.intake
    if at_door:
        session.say(said.report_at_door.format(kind=found.kind), "soon")
        return

    def make(values: Mapping[str, Any]) -> None:
        output = Path(values["file"].strip("'\"")).expanduser()
        if output.suffix.lower() not in SUFFIXES:
            form.say(said.report_name, "late")
            return
        words = session.words
        form.say_working(said.report_writing)
        session.fetch(lambda _: _written(found, answer, output, words), told)

    def told(why: object) -> None:
        if isinstance(why, Trouble):
            form.say(session.trouble_sentence(why), "late")
        elif why:
            form.say(str(why), "late")
        else:
            form.dismiss()
            session.say(said.report_written.format(file=form.typed["file"]))

    facts: list[Line] = [((f" {row}", "dim"),) for row in wrap(said.report_hidden, session.cells - 2)]
    stem = Path(found.file).stem
    file = Field(id="file", label=said.report_file, value=f"{stem}-{said.report_stem}.xlsx", needed=True)
    form = _ReportForm(session, said.report_title, facts, [file], make, draft_key("sheet-report"))
    session.open(form)


class _ReportForm(FormScreen):
    """The form of the file's name. It keeps no draft: there is nothing in it to lose."""

    @property
    def dirty(self) -> bool:
        """False: a name is typed again sooner than offered."""
        return False


def _written(found: Previewed, answer: Accepted, output: Path, words: Words) -> str:
    """Write the report in the worker thread, numbers hidden. Return why it is not, "" where it is."""
    said = words.intake
    if output.exists():
        return said.report_exists.format(file=output.name)
    report = row_report(found.intake, answer)
    as_text = output.suffix.lower() == ".csv"
    try:
        made = marked_sheet(found.kind, found.source, found.headings, report, words, as_text=as_text)
    except ReportRefused as refused:
        return words.sheets.reports[refused.code].format(**refused.fields)
    try:
        write_whole(output, lambda file: file.write(made))
    except OSError as error:
        return words.cli.no_output.format(file=output.name, why=error.strerror)
    return ""
