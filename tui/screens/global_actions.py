"""Acts that are the same on every screen: sign on, take a seat, write a note or a call, take back the last tick."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.people.officers import holder, officer_name
from dutyboard.rules.records.codes import SEATS, Seat
from dutyboard.rules.records.commands import SignOn, TakeBack, TakeSeat, WriteLog
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.told import Called
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link.messages import Answer
from dutyboard.tui.screens.base import DutyScreen
from dutyboard.tui.screens.duties import draft_key
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.page import PageScreen
from dutyboard.tui.screens.pick import PickScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line, pad
from dutyboard.tui.views.entry_text import entry_text
from dutyboard.tui.views.fields import Field
from dutyboard.tui.views.frame import seat_name
from dutyboard.tui.views.help import help_lines
from dutyboard.tui.views.times import day_clock

NAME_CELLS = 12
TITLE_CELLS = 30


def help(session: Session, screen: DutyScreen) -> None:
    """The keys, as they work on the screen that is shown."""
    context, words = screen.context(), session.words
    page = PageScreen(
        session,
        words.screens.help_title,
        lambda cells: help_lines(context, words, cells, session.why_not_sentence),
        words.screens.explain_close,
    )
    session.open(page)


def sign_on(session: Session, _: DutyScreen) -> None:
    """Pick yourself from the roster; an officer whom another login is bound to is shown, and refused by the rules."""
    snapshot, words = session.snapshot, session.words.screens
    assert snapshot is not None
    choices: list[tuple[str, str, Line]] = []
    for officer in snapshot.officers.values():
        unit = snapshot.units.get(officer.unit_id or 0)
        bound = words.sign_on_bound if officer.login else ""
        text = f"  {pad(officer.name, NAME_CELLS)}{pad(officer.title, TITLE_CELLS)}{unit.name if unit else ''} {bound}"
        choices.append((str(officer.id), f"{officer.name} {unit.name if unit else ''}", ((text, "plain"),)))

    def picked(screen: PickScreen, key: str) -> None:
        def answered(answer: Answer) -> None:
            refused = session.answer_sentence(answer)
            if refused is not None:
                screen.say(refused, "late")
                return
            screen.dismiss()
            session.say(words.signed_on.format(name=officer_name(session.snapshot, int(key))))

        session.submit(SignOn(officer_id=int(key)), answered, waits=True)

    session.open(PickScreen(session, words.sign_on_title, words.sign_on_hint, (), choices, picked))


def seat(session: Session, _: DutyScreen) -> None:
    """Take a seat."""
    take_seat(session)


def take_seat(session: Session) -> None:
    """Both seats: Enter on an empty one sits down, on a held one asks for the reason of the takeover."""
    snapshot, words = session.snapshot, session.words
    now, zone = session.now(), snapshot.zone
    choices: list[tuple[str, str, Line]] = []
    for each in sorted(SEATS, key=lambda s: holder(snapshot, s, now) is not None):
        shift = holder(snapshot, each, now)
        name = seat_name(words, each)
        if shift is None:
            line: Line = ((f"  {words.frame.seat_gap.format(seat=name)}", "gap"),)
        else:
            who, until = officer_name(snapshot, shift.officer_id), day_clock(shift.until, zone)
            line = ((f"  {words.frame.seat_line.format(seat=name, name=who, until=until)}", "plain"),)
        choices.append((each, name, line))

    def picked(screen: PickScreen, key: str) -> None:
        wanted: Seat = "leader" if key == "leader" else "officer"

        def answered(answer: Answer) -> None:
            refused = session.answer_sentence(answer)
            if refused is not None:
                screen.say(refused, "late")
            else:
                screen.dismiss()
                _seated(session, wanted)

        if holder(session.snapshot, wanted, session.now()) is None:
            session.submit(TakeSeat(seat=wanted), answered, waits=True)
        else:
            screen.dismiss()
            _takeover(session, wanted)

    session.open(PickScreen(session, words.screens.seat_title, words.screens.seat_hint, (), choices, picked))


def _takeover(session: Session, wanted: Seat) -> None:
    forms = session.words.forms
    shift = holder(session.snapshot, wanted, session.now())
    who = officer_name(session.snapshot, shift.officer_id) if shift else ""
    facts: list[Line] = [((f" {seat_name(session.words, wanted)} {who}", "strong"),)]
    field = Field(id="reason", label=forms.reason, hint=forms.hint_reason, needed=True)

    def make(values: Mapping[str, Any]) -> TakeSeat:
        return TakeSeat(seat=wanted, reason=values["reason"])

    def done(_: Accepted) -> None:
        _seated(session, wanted)

    session.open(FormScreen(session, forms.takeover, facts, [field], make, draft_key("takeover", wanted), done))


def _seated(session: Session, wanted: Seat) -> None:
    snapshot = session.snapshot
    shift = holder(snapshot, wanted, session.now())
    until = day_clock(shift.until, snapshot.zone) if shift else "?"
    session.say(session.words.screens.seat_taken.format(seat=seat_name(session.words, wanted), until=until))


def new_person(session: Session, _: DutyScreen) -> None:
    """An empty arrival for somebody who phoned in."""
    from dutyboard.tui.screens.person_acts import register

    register(session)


def note(session: Session, screen: DutyScreen) -> None:
    """A note, about what is selected or the post itself."""
    forms = session.words.forms
    subject, about = _subject(screen)
    fields = [
        Field(id="text", label=forms.text, needed=True),
        Field(id="time", label=forms.time, kind="time", hint=forms.hint_time),
    ]

    def make(values: Mapping[str, Any]) -> WriteLog:
        return WriteLog(text=values["text"], subject=subject, happened_at=values["time"])

    session.open(FormScreen(session, forms.note, about, fields, make, draft_key("note", subject), _saved(session)))


def call(session: Session, _: DutyScreen) -> None:
    """A phone call: time, caller, matter, who was told."""
    forms = session.words.forms
    fields = [
        Field(id="caller", label=forms.caller, needed=True),
        Field(id="matter", label=forms.matter, needed=True),
        Field(id="told", label=forms.told),
        Field(id="text", label=forms.text),
        Field(id="time", label=forms.time, kind="time", hint=forms.hint_time),
    ]

    def make(values: Mapping[str, Any]) -> WriteLog:
        told = Called(caller=values["caller"], matter=values["matter"], told=values["told"] or None)
        return WriteLog(text=values["text"] or "", call=told, happened_at=values["time"])

    session.open(FormScreen(session, forms.call, [], fields, make, draft_key("call"), _saved(session)))


def take_back(session: Session, _: DutyScreen) -> None:
    """One's own last tick; the rules say whether it is still time."""
    me, snapshot = session.me, session.snapshot
    mine = [
        entry
        for entry in snapshot.entries.values()
        if me is not None and entry.entered_by == me.id and entry.kind == "check" and entry.id not in snapshot.amended
    ]
    if not mine:
        session.say(session.words.why_not.nothing_to_take_back)
        return
    last: Entry = max(mine, key=lambda entry: entry.id)

    def answered(answer: Answer) -> None:
        refused = session.answer_sentence(answer)
        what = entry_text(last, snapshot, session.words)
        session.say(
            refused or session.words.screens.taken_back.format(what=what), "late" if refused is not None else "plain"
        )

    session.submit(TakeBack(entry_id=last.id), answered)


def _subject(screen: DutyScreen) -> tuple[str, list[Line]]:
    """The site, unit or person of the selected row; the post where none is."""
    about = screen.about()
    if about is None:
        return "post", []
    subject, name = about
    return subject, [((f" {name}", "strong"),)]


def _saved(session: Session) -> Any:
    return lambda _: session.say(session.words.screens.saved_form)
