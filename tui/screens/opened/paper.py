"""A paper of a person on the screen: a preview, until it is printed into a file with its number."""

from functools import partial
from pathlib import Path

from textual.binding import Binding

from dutyboard.rules.records.refusals import Refusal
from dutyboard.tui.actions import BY_ID
from dutyboard.tui.export.kinds import look_at, read_for
from dutyboard.tui.export.page import Maker, NoPage, Page, PageAsked
from dutyboard.tui.export.person.issue import PaperFormat, made_paper
from dutyboard.tui.export.whole_file import write_whole
from dutyboard.tui.link.worker import GatewayPort
from dutyboard.tui.screens.forms.output_file import OutputFile, write_to_file
from dutyboard.tui.screens.page import PageScreen, report_lines
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.masking import revealed, revealing
from dutyboard.tui.views.refusals import sentence


class PaperPage(PageScreen):
    """The preview of a paper. A key prints it into a file."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding(",".join(BY_ID["save_report"].keys), "save", show=False),
    ]

    def __init__(self, session: Session, asked: PageAsked, page: Page) -> None:
        self._asked = asked
        super().__init__(session, page.title, partial(report_lines, page), session.words.papers.page_keys)

    def action_save(self) -> None:
        """Ask for a file, and print the paper into it."""
        with revealing(self._revealed):
            print_paper(self.session, self._asked)


def print_paper(session: Session, asked: PageAsked) -> None:
    """Ask for a file, and print a paper into it: it gets its number, and the log an entry."""
    words, shown = session.words, revealed()
    said, reports = words.papers, words.reports

    def write(gateway: GatewayPort, output: Path) -> str:
        page_format: PaperFormat = "pdf" if output.suffix.lower() == ".pdf" else "docx"
        maker = Maker(gateway.actor.login, gateway.head)
        try:
            with revealing(shown):
                paper = made_paper(
                    asked, read_for(asked, gateway), gateway.now(), maker, words, gateway.folder, page_format
                )
        except NoPage as nothing:
            return nothing.why
        gateway.look("report", look_at(asked, gateway.snapshot), revealed=shown)
        answer = gateway.submit(paper.command)
        if isinstance(answer, Refusal):
            return sentence(words, answer.code, answer.fields, gateway.snapshot.zone)
        write_whole(output, lambda file: file.write(paper.content))
        return ""

    title = words.pages.kinds[asked.kind]
    command = f"report {asked.kind} --person {asked.subject}"
    wanted = OutputFile(
        title=title,
        proposed=f"~/{title}_{asked.subject}_{asked.last}.docx",
        suffixes=(".docx", ".pdf"),
        refused_name=said.file_name,
        at_door=said.at_door.format(command=command),
        writing=reports.file_writing,
        written=reports.file_written,
        write=write,
    )
    write_to_file(session, wanted)
