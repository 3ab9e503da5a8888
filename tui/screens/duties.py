"""What Enter, `x` and `e` do to an obligation: one key where one key can say it, else the form that states it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from dutyboard.rules.records.commands import Discharge
from dutyboard.rules.records.obligation import Obligation
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.actions import HAS_SCREEN, ONE_KEY
from dutyboard.tui.link.messages import Answer
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.board import state_text, title
from dutyboard.tui.views.explain import explain_lines
from dutyboard.tui.views.fields import Field
from dutyboard.tui.views.times import clause, clock


def discharge(session: Session, owed: Obligation) -> bool:
    """Enter on a row: whether the key alone has said it, else the form is open that states it. A missed round opens
    the form that asks when it was really done."""
    if owed.kind == "rescreen":
        from dutyboard.tui.screens.calls import CallsScreen

        session.open(CallsScreen(session))
    elif owed.kind in HAS_SCREEN:
        session.show(HAS_SCREEN[owed.kind], str(owed.subject_id.number))
    elif owed.kind == "seat":
        from dutyboard.tui.screens.global_actions import take_seat

        take_seat(session)
    elif owed.kind in ("screening_report", "site_report", "roster"):
        from dutyboard.tui.screens.report_form import report_form

        report_form(session, owed)
    elif owed.kind == "temperature":
        from dutyboard.tui.screens.temperature import TemperatureScreen

        session.open(TemperatureScreen(session, owed))
    elif owed.kind == "staff_check":
        _staff_check(session, owed)
    elif owed.kind in ("history", "transfer", "test", "trace", "release"):
        from dutyboard.tui.screens.care_forms import care_form

        care_form(session, owed)
    elif owed.kind == "rooms":
        check_form(session, owed, abnormal=False, note_needed=True)
    elif owed.state == "missed":
        check_form(session, owed, abnormal=False)
    elif owed.kind in ONE_KEY:
        session.say(session.words.frame.saving)
        session.submit(Discharge(obligation=owed.id), lambda answer: _told(session, owed, answer))
        return True
    return False


def abnormal(session: Session, owed: Obligation) -> None:
    """`x` on a row: a form whose note is needed."""
    if owed.kind in ("temperature", "staff_check"):
        discharge(session, owed)
    else:
        check_form(session, owed, abnormal=True)


def explain(session: Session, owed: Obligation) -> None:
    """`e` on a row; of a person, his page, which has it all."""
    from dutyboard.tui.screens.page import PageScreen

    if owed.subject_id.kind == "person":
        from dutyboard.tui.screens.person import PersonScreen

        session.open(PersonScreen(session, owed.subject_id.number))
        return
    snapshot, words, now = session.snapshot, session.words, session.board_now
    assert snapshot is not None
    page = PageScreen(
        session,
        words.screens.explain_title,
        lambda cells: explain_lines(owed, snapshot, now, words, cells),
        words.screens.explain_close,
    )
    session.open(page)


def facts_of(session: Session, owed: Obligation) -> list[Line]:
    """What stands above a form: what is owed, under which clause, until when, and how it stands."""
    snapshot, words = session.snapshot, session.words
    assert snapshot is not None
    zone = snapshot.zone
    state = state_text(owed, session.board_now, zone, words)
    window = f"{clock(owed.opens, zone)}-{clock(owed.due, zone)}"
    return [
        ((f" {title(owed, words)}", "strong"), (f"  {clause(words.duties, owed.clause)} {window} {state}", "dim")),
    ]


def draft_key(form: str, subject: str = "") -> str:
    """The name of a form's draft: form and obligation or subject, in what a file name may hold."""
    return ".".join(part for part in (form, subject.replace("/", ".")) if part).lower()


def time_fields(session: Session, owed: Obligation) -> list[Field]:
    """When it was done and by whom. For a missed one the time is needed: it must have lain inside the window."""
    forms = session.words.forms
    missed = owed.state == "missed"
    return [
        Field(
            id="time",
            label=forms.time,
            kind="time",
            hint=forms.hint_late if missed else forms.hint_time,
            needed=missed,
        ),
        Field(id="done_by", label=forms.done_by, value=owed.owed_by),
    ]


def check_form(session: Session, owed: Obligation, *, abnormal: bool, note_needed: bool = False) -> None:
    """A round or a check that one key cannot say: abnormal, done in time and written down late, or wholly a note."""
    forms = session.words.forms
    fields = [
        Field(id="text", label=forms.text, hint=forms.hint_note if abnormal else "", needed=abnormal or note_needed),
        *time_fields(session, owed),
    ]

    def make(values: Mapping[str, Any]) -> Discharge:
        return Discharge(
            obligation=owed.id,
            abnormal=abnormal,
            text=values["text"] or "",
            done_by=values["done_by"] or "",
            happened_at=on_day_of(owed, values["time"]),
        )

    name = forms.abnormal if abnormal else session.words.duties.kinds["rooms"] if note_needed else forms.late_entry
    push_form(session, name, owed, fields, make, draft_key("abnormal" if abnormal else "late", owed.id))


def _staff_check(session: Session, owed: Obligation) -> None:
    forms = session.words.forms
    fields = [
        Field(id="checked", label=forms.checked, kind="number", low=1, needed=True),
        Field(id="abnormal", label=forms.abnormal_count, kind="number", needed=True),
        Field(id="text", label=forms.text),
        *time_fields(session, owed),
    ]

    def make(values: Mapping[str, Any]) -> Discharge:
        return Discharge(
            obligation=owed.id,
            text=values["text"] or "",
            figures={"checked": values["checked"], "abnormal": values["abnormal"]},
            done_by=values["done_by"] or "",
            happened_at=on_day_of(owed, values["time"]),
        )

    push_form(session, forms.staff_check, owed, fields, make, draft_key("staff", owed.id))


def push_form(
    session: Session,
    name: str,
    owed: Obligation,
    fields: list[Field],
    make: Callable[[Mapping[str, Any]], Any],
    key: str,
) -> None:
    """Open a form about an obligation; on success the status line says so."""
    from dutyboard.tui.screens.form import FormScreen

    def done(_: Accepted) -> None:
        session.say(saved_sentence(session, owed))

    session.open(FormScreen(session, name, facts_of(session, owed), fields, make, key, done))


def on_day_of(owed: Obligation, instant: datetime | None) -> datetime | None:
    """A typed time of day belongs to the obligation's own day, which may be yesterday."""
    if instant is None:
        return None
    opens = owed.opens.astimezone(instant.tzinfo)
    return instant.replace(year=opens.year, month=opens.month, day=opens.day)


def _told(session: Session, owed: Obligation, answer: Answer) -> None:
    refused = session.answer_sentence(answer)
    if refused is not None:
        session.say(refused, "late")
    else:
        session.say(saved_sentence(session, owed))


def saved_sentence(session: Session, owed: Obligation) -> str:
    """What was written down, without the count that it has just changed."""
    return session.words.screens.saved.format(what=title(replace(owed, count=0, total=0), session.words))
