"""A page written into a file of this machine. At the door the command for one's own machine is said."""

from collections.abc import Callable
from pathlib import Path

from dutyboard.rules.belonging import record_named
from dutyboard.rules.records.model import Officer, Person, Site, Unit
from dutyboard.tui.export.formats import FORMATS, SUFFIXES
from dutyboard.tui.export.kinds import KINDS, formats_of
from dutyboard.tui.export.page import NoPage, NoWriter, Page, PageAsked
from dutyboard.tui.export.whole_file import write_whole
from dutyboard.tui.link.worker import GatewayPort
from dutyboard.tui.screens.forms.output_file import OutputFile, write_to_file
from dutyboard.tui.session import Session
from dutyboard.tui.text import Words

Print = Callable[[GatewayPort, PageAsked, Words], Page | NoPage]


def save_page(session: Session, asked: PageAsked, printed: Print) -> None:
    """Ask for a file, and write a page into it as it prints."""
    words = session.words
    said, kind = words.reports, KINDS[asked.kind]
    about = record_named(asked.subject, session.snapshot)
    # No file bears the name of a person: it is seen by whoever sees the folder.
    name = about.name if isinstance(about, Unit | Site | Officer) else str(asked.subject or said.whole)
    suffixes = tuple(suffix for suffix, name in SUFFIXES.items() if name in formats_of(asked.kind))
    days = [] if kind.days == "none" else list(dict.fromkeys((str(asked.first), str(asked.last))))

    def write(gateway: GatewayPort, output: Path) -> str:
        page = printed(gateway, asked, words)
        if isinstance(page, NoPage):
            return page.why
        form = FORMATS[SUFFIXES[output.suffix.lower()]]
        try:
            write_whole(output, lambda file: form.write(page, file))
        except NoWriter as lacking:
            return lacking.said_in(words)
        return ""

    wanted = OutputFile(
        title=words.pages.kinds[asked.kind],
        proposed=f"~/{'_'.join([words.pages.kinds[asked.kind], name, *days])}.xlsx",
        suffixes=suffixes,
        refused_name=said.file_name.format(endings=words.pages.either.join(suffixes)),
        at_door=said.file_at_door.format(command=command_for(session, asked)),
        writing=said.file_writing,
        written=said.file_written,
        write=write,
    )
    write_to_file(session, wanted)


def command_for(session: Session, asked: PageAsked) -> str:
    """Return the command that prints the same page."""
    about = record_named(asked.subject, session.snapshot)
    parts = ["report", asked.kind]
    match about:
        case Unit() | Site():
            parts += [f"--{asked.subject.kind if asked.subject else ''}", about.name]
        case Person() | Officer():
            parts += [f"--{asked.subject.kind if asked.subject else ''}", str(about.id)]
    if KINDS[asked.kind].days != "none":
        one = asked.first == asked.last
        parts += ["--date", str(asked.last)] if one else ["--from", str(asked.first), "--to", str(asked.last)]
    return " ".join(parts)
