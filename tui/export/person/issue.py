"""Paper on its way out, as .docx or PDF, with the act that gives it its number.

The paper is made first, with the number that it will get: what cannot be made takes no number, and what has no entry in
the log does not leave.
"""

from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal, cast

from dutyboard.frozen import frozen
from dutyboard.rules.duties.person.papers import next_number
from dutyboard.rules.records.codes import PaperKind
from dutyboard.rules.records.commands.person import PrintPaper
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.export.page import Maker, NoPage, PageAsked, made_line
from dutyboard.tui.export.person.paper import paper_fields, paper_person
from dutyboard.tui.export.person.paper_case import PaperCase
from dutyboard.tui.text import Words

PaperFormat = Literal["docx", "pdf"]
"""Formats in which a paper leaves the desk. Every other one is a preview."""
NEEDED: Final = "docxtpl"


@frozen(kw_only=False)
class MadePaper:
    """A paper that is ready to leave, and the act that must be accepted before it does."""

    command: PrintPaper
    content: bytes


def made_paper(
    asked: PageAsked,
    snapshot: Snapshot,
    now: datetime,
    maker: Maker,
    words: Words,
    folder: Path,
    page_format: PaperFormat,
) -> MadePaper:
    """Return a paper filled with the number that it will get. `folder` is the desk's.

    Raises NoPage where there is none to print, or it cannot be made.
    """
    kind, person = cast(PaperKind, asked.kind), paper_person(asked, snapshot, now, words)
    if find_spec(NEEDED) is None:
        raise NoPage(words.papers.absent.format(package=NEEDED))
    from dutyboard.tui.export.person.office import as_pdf
    from dutyboard.tui.export.person.paper_template import template_of

    number = next_number(kind, person, snapshot, now)
    case, made = PaperCase(person, snapshot, now, words), made_line(snapshot, now, maker, words)
    docx = template_of(kind, folder, words).filled(paper_fields(kind, case, made, number))
    content = as_pdf(docx, words) if page_format == "pdf" else docx
    return MadePaper(PrintPaper(person_id=person.id, paper=kind, seen=number), content)
