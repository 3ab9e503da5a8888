"""A report of F7 as it prints: to be read, stated or stated again, and written into a file."""

from functools import partial
from pathlib import Path

from textual.binding import Binding

from dutyboard.rules.duties.post.reports import REPORT_KINDS
from dutyboard.rules.records.ids import POST
from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.actions import BY_ID
from dutyboard.tui.export.formats import FORMATS, SUFFIXES
from dutyboard.tui.export.kinds import look_at
from dutyboard.tui.export.page import Page, PageAsked
from dutyboard.tui.export.whole_file import write_whole
from dutyboard.tui.link.worker import GatewayPort
from dutyboard.tui.screens.forms.output_file import OutputFile, write_to_file
from dutyboard.tui.screens.forms.post.report import report_form
from dutyboard.tui.screens.opened.printed import printed
from dutyboard.tui.screens.page import PageScreen, report_lines
from dutyboard.tui.session import Session
from dutyboard.tui.views.board import report_subject


class ReportPage(PageScreen):
    """The page of a report. Enter goes on to its form, another key writes it into a file."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding(",".join(BY_ID["save_report"].keys), "save", show=False),
        Binding(",".join(BY_ID["draft_report"].keys), "go_on", show=False),
    ]

    def __init__(self, session: Session, owed: Obligation, page: Page) -> None:
        self._owed = owed
        footer = session.words.reports.page_keys
        super().__init__(session, page.title, partial(report_lines, page), footer, partial(state_report, session, owed))

    def action_save(self) -> None:
        """Ask for a file, and write the report into it."""
        save_report(self.session, self._owed)


def open_report(session: Session, owed: Obligation) -> None:
    """Open a report as it prints, once the worker has made it."""
    words = session.words
    if session.may_read(f"report {REPORT_KINDS[owed.kind]}"):
        session.fetch_for(
            lambda gateway: printed(gateway, _asked(owed), words),
            lambda page: session.open(ReportPage(session, owed, page)),
        )


def state_report(session: Session, owed: Obligation) -> None:
    """Open the form that states a report, or a new revision of it."""
    if session.me is None:
        session.say(session.words.why_not.not_signed_on, "soon")
    else:
        report_form(session, owed)


def save_report(session: Session, owed: Obligation) -> None:
    """Ask for a file, and write a report into it as it prints. The view log says so."""
    kind, day, words = REPORT_KINDS[owed.kind], owed.id.day, session.words
    if not session.may_read(f"report {kind}"):
        return
    said, name = words.reports, report_subject(owed, words)
    asked = f"{'--site' if kind == 'site' else '--unit'} {name}" if owed.subject_id != POST else ""
    command = " ".join(part for part in (f"report {kind}", asked, "" if kind == "roster" else f"--date {day}") if part)

    def write(gateway: GatewayPort, output: Path) -> str:
        page, form = printed(gateway, _asked(owed), words), FORMATS[SUFFIXES[output.suffix.lower()]]
        gateway.look("report", look_at(_asked(owed), gateway.snapshot))
        write_whole(output, lambda file: form.write(page, file))
        return ""

    wanted = OutputFile(
        title=said.titles[kind],
        proposed=f"~/{words.duties.kinds[owed.kind]}_{name}_{day}.xlsx",
        suffixes=tuple(SUFFIXES),
        refused_name=said.file_name,
        at_door=said.file_at_door.format(command=command),
        writing=said.file_writing,
        written=said.file_written,
        write=write,
    )
    write_to_file(session, wanted)


def _asked(owed: Obligation) -> PageAsked:
    subject, day = owed.subject_id, owed.id.day
    kind = REPORT_KINDS[owed.kind]
    return PageAsked(kind=kind, subject=None if subject == POST else subject, first=day, last=day, said_days=True)
