"""A report of F7: read as it prints, stated or stated again, and written into a file."""

from functools import partial

from dutyboard.rules.duties.post.reports import REPORT_KINDS
from dutyboard.rules.records.ids import POST
from dutyboard.rules.records.obligation import Obligation
from dutyboard.tui.export.page import PageAsked
from dutyboard.tui.screens.forms.post.report import report_form
from dutyboard.tui.screens.printing.page import open_page, printed
from dutyboard.tui.screens.printing.save import save_page
from dutyboard.tui.session import Session


def open_report(session: Session, owed: Obligation) -> None:
    """Open a report as it prints. Enter goes on to its form."""
    open_page(session, _asked(owed), partial(state_report, session, owed))


def state_report(session: Session, owed: Obligation) -> None:
    """Open the form that states a report, or a new revision of it."""
    if session.me is None:
        session.say(session.words.why_not.not_signed_on, "soon")
    else:
        report_form(session, owed)


def save_report(session: Session, owed: Obligation) -> None:
    """Ask for a file, and write a report into it as it prints."""
    if session.may_read(f"report {REPORT_KINDS[owed.kind]}"):
        save_page(session, _asked(owed), printed)


def _asked(owed: Obligation) -> PageAsked:
    subject, day = owed.subject_id, owed.id.day
    kind = REPORT_KINDS[owed.kind]
    return PageAsked(kind=kind, subject=None if subject == POST else subject, first=day, last=day, said_days=True)
