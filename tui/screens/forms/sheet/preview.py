"""A sheet before it is written, and one key that takes it in; then what it did, and its undoing."""

from collections.abc import Callable, Iterator, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.events import Key

from dutyboard.rules.duties.sheets.headings import unit_asked
from dutyboard.rules.records.commands.sheets import RememberHeadings
from dutyboard.rules.records.outcome import ImportTally
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key
from dutyboard.tui.screens.forms.post.amend import amend_form
from dutyboard.tui.screens.forms.sheet.look import Previewed
from dutyboard.tui.screens.forms.sheet.report import report_form
from dutyboard.tui.screens.page import PageScreen
from dutyboard.tui.session import Session
from dutyboard.tui.sheets.notes import row_counts, row_report
from dutyboard.tui.terminal.cells import Line, wrap
from dutyboard.tui.terminal.masking import revealing
from dutyboard.tui.text import Words
from dutyboard.tui.views.headings import headings_told
from dutyboard.tui.views.intake import counts_text, preview_lines
from dutyboard.tui.views.person.consequences import after_sheet, consequence_lines, of_positives
from dutyboard.tui.widgets.painted import Painted


class PreviewForm(FormScreen):
    """The preview. F9 takes the sheet in as one act; Escape goes back, and nothing is written.

    Ctrl+R writes its rows with marks and reasons into a file.
    """

    BINDINGS = [Binding("ctrl+r", "write_report", show=False, priority=True)]  # noqa: RUF012 - Textual's own way
    report: Callable[[], object] | None = None

    @property
    def keys_line(self) -> str:
        """The keys that work here."""
        return self.words.intake.preview_keys

    def compose(self) -> ComposeResult:
        """Yield the heading, the page, status, keys."""
        with revealing(self._revealed):
            facts = Painted(self._facts, id="facts")
        yield self._heading
        with VerticalScroll():
            yield facts
        yield self.status
        yield self._footer

    def focus_first(self) -> None:
        """Give the keys to the page, so that the arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def on_key(self, event: Key) -> None:
        """Leave the arrows to the page. Escape goes back."""
        event.prevent_default()
        if event.key == "escape":
            event.stop()
            self.leave()

    def action_write_report(self) -> None:
        """Ask for the file of the report."""
        if self.report is not None:
            self.report()

    def ask_reason(self) -> None:
        """Ask nothing here: a sheet tells its own reasons."""


class ResultScreen(PageScreen):
    """Page of what an import did. `u` takes it back, Ctrl+R writes its rows with marks and reasons into a file."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding("u,z", "undo", show=False),
        Binding("ctrl+r", "write_report", show=False),
    ]
    undo: Callable[[], object] | None = None
    report: Callable[[], object] | None = None

    def action_write_report(self) -> None:
        """Ask for the file of the report."""
        if self.report is not None:
            self.report()

    def action_undo(self) -> None:
        """Leave the page, and open the form that takes the import back."""
        if self.undo is not None:
            self.leave()
            self.undo()


def worded(found: Previewed, words: Words, cells: int) -> tuple[Line, ...]:
    """Return the lines of a preview in so many cells; none of a sheet that the rules refuse."""
    if not isinstance(found.answer, Accepted):
        return ()
    return tuple(
        preview_lines(found.kind, row_report(found.intake, found.answer), found.answers, words, cells, on_screen=True)
    )


def open_preview(session: Session, found: Previewed, close: Callable[[Accepted], None]) -> None:
    """Open the preview. Once the sheet is in, `close` leaves the steps before it, and the result is shown."""
    assert isinstance(found.answer, Accepted)
    said = session.words.intake
    lines = [*found.lines, *_brought(session, found.answer, session.cells)]

    def done(answer: Accepted) -> None:
        close(answer)
        if found.news:
            told = RememberHeadings(sheet=found.kind, headings=found.news, unit_id=_unit_of(session, found))
            session.submit(told, lambda _: None)
        _open_result(session, found, answer)

    title = said.preview.format(kind=session.words.log.sheets[found.kind], file=found.file)
    preview = PreviewForm(session, title, lines, [], lambda _: found.command, draft_key("sheet-preview"), done)
    foreseen = found.answer
    preview.report = lambda: report_form(session, found, foreseen)
    session.open(preview)


def _unit_of(session: Session, found: Previewed) -> int | None:
    """Return the unit for whose sheets the answers are kept."""
    return unit_asked(session.snapshot, session.me.id if session.me is not None else None, found.unit_id)


def _brought(session: Session, answer: Accepted, cells: int) -> Iterator[Line]:
    """Yield what each positive of a list of results brings, as the form of one result shows it."""
    assert isinstance(answer.outcome, ImportTally)
    snapshot = after_sheet(session.snapshot, answer)
    for positive, follows in of_positives(answer.outcome.positives, snapshot, session.now()):
        yield ((f" {session.words.intake.positive.format(row=positive.row)}", "late"),)
        yield from consequence_lines(follows, snapshot, session.words, cells)


def _open_result(session: Session, found: Previewed, answer: Accepted) -> None:
    said, words = session.words.intake, session.words
    counts = row_counts(found.intake, answer)
    entry = answer.entry if answer.entries else None
    assert isinstance(found.answer, Accepted)
    told = [said.done.format(entry=entry.id) if entry is not None else said.nothing_new, counts_text(counts, words)]
    if counts != row_counts(found.intake, found.answer):
        told.append(said.other_counts)
    if found.news:
        told.append(said.kept.format(told=headings_told(found.kind, found.news, words)))
    if entry is not None:
        told += ["", said.how_to_undo.format(entry=entry.id)]

    def lines(cells: int) -> Sequence[Line]:
        rows: list[Line] = [((row, "plain"),) for text in told for row in wrap(text, cells)]
        return [*rows, *_brought(session, answer, cells)]

    title = said.result.format(kind=words.log.sheets[found.kind], file=found.file)
    screen = ResultScreen(session, title, lines, said.result_keys if entry is not None else said.result_only)
    screen.report = lambda: report_form(session, found, answer)
    if entry is not None:
        screen.undo = lambda: amend_form(session, session.snapshot.entries.get(entry.id, entry))
    session.open(screen)
