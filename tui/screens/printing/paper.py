"""A paper of a person printed into a file, with its number and an entry. Its page on the screen is a preview."""

from pathlib import Path

from dutyboard.rules.records.refusals import Refusal
from dutyboard.tui.export.kinds import look_at, read_for
from dutyboard.tui.export.page import Maker, NoPage, PageAsked
from dutyboard.tui.export.person.issue import PaperFormat, made_paper
from dutyboard.tui.export.whole_file import write_whole
from dutyboard.tui.link.worker import GatewayPort
from dutyboard.tui.screens.forms.output_file import OutputFile, write_to_file
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.masking import revealed, revealing
from dutyboard.tui.views.refusals import sentence


def print_paper(session: Session, asked: PageAsked) -> None:
    """Ask for a file, and print a paper into it. It gets its number, and the log an entry."""
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
