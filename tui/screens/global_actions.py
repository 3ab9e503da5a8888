"""Acts that are the same on every screen: sign on, take a seat, write a note or a call, take back the last tick."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dutyboard.rules.people.officers import holder, officer_name
from dutyboard.rules.records.codes import SEATS, Seat
from dutyboard.rules.records.commands import SignOn, TakeBack, TakeSeat, WriteLog
from dutyboard.rules.records.model import Entry
from dutyboard.rules.records.transaction import Accepted
from dutyboard.tui.link.messages import Answer
from dutyboard.tui.screens.base import DutyScreen
from dutyboard.tui.screens.duties import draft_key
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.page import PageScreen
from dutyboard.tui.screens.pick import PickScreen
from dutyboard.tui.terminal.cells import Line, pad
from dutyboard.tui.views.fields import Field
from dutyboard.tui.views.frame import seat_name
from dutyboard.tui.views.help import help_lines
from dutyboard.tui.views.log import entry_text
from dutyboard.tui.views.times import day_clock

if TYPE_CHECKING:
    from dutyboard.tui.app import DutyApp

NAME_CELLS = 12
TITLE_CELLS = 30


def help(desk: "DutyApp") -> None:
    """The keys, as they work on the screen that is shown."""
    shown = desk.screen
    if not isinstance(shown, DutyScreen):
        return
    context, words = shown.context(), desk.words
    page = PageScreen(
        words.screens.help_title,
        lambda cells: help_lines(context, words, cells, desk.why_not_sentence),
        words.screens.explain_close,
    )
    desk.push_screen(page)


def sign_on(desk: "DutyApp") -> None:
    """Pick yourself from the roster; an officer whom another login is bound to is shown, and refused by the rules."""
    snapshot, words = desk.snapshot, desk.words.screens
    assert snapshot is not None
    choices: list[tuple[str, str, Line]] = []
    for officer in snapshot.officers.values():
        unit = snapshot.units.get(officer.unit_id or 0)
        bound = words.sign_on_bound if officer.login else ""
        text = f"  {pad(officer.name, NAME_CELLS)}{pad(officer.title, TITLE_CELLS)}{unit.name if unit else ''} {bound}"
        choices.append((str(officer.id), f"{officer.name} {unit.name if unit else ''}", ((text, "plain"),)))

    def picked(screen: PickScreen, key: str) -> None:
        def answered(answer: Answer) -> None:
            refused = desk.answer_sentence(answer)
            if refused is not None:
                screen.say(refused, "late")
                return
            screen.dismiss()
            desk.compute()
            desk.say(words.signed_on.format(name=officer_name(desk.the_snapshot, int(key))))

        desk.submit(SignOn(officer_id=int(key)), answered)

    desk.push_screen(PickScreen(words.sign_on_title, words.sign_on_hint, (), choices, picked))


def seat(desk: "DutyApp") -> None:
    """Both seats: Enter on an empty one sits down, on a held one asks for the reason of the takeover."""
    snapshot, words = desk.the_snapshot, desk.words
    now, zone = desk.now(), snapshot.zone
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
            refused = desk.answer_sentence(answer)
            if refused is not None:
                screen.say(refused, "late")
            else:
                screen.dismiss()
                _seated(desk, wanted)

        if holder(desk.the_snapshot, wanted, desk.now()) is None:
            desk.submit(TakeSeat(seat=wanted), answered)
        else:
            screen.dismiss()
            _takeover(desk, wanted)

    desk.push_screen(PickScreen(words.screens.seat_title, words.screens.seat_hint, (), choices, picked))


def _takeover(desk: "DutyApp", wanted: Seat) -> None:
    forms = desk.words.forms
    shift = holder(desk.the_snapshot, wanted, desk.now())
    who = officer_name(desk.the_snapshot, shift.officer_id) if shift else ""
    facts: list[Line] = [((f" {seat_name(desk.words, wanted)} {who}", "strong"),)]
    field = Field(id="reason", label=forms.reason, hint=forms.hint_reason, needed=True)

    def make(values: Mapping[str, Any]) -> TakeSeat:
        return TakeSeat(seat=wanted, reason=values["reason"])

    def done(_: Accepted) -> None:
        _seated(desk, wanted)

    desk.push_screen(FormScreen(forms.takeover, facts, [field], make, draft_key("takeover", wanted), done))


def _seated(desk: "DutyApp", wanted: Seat) -> None:
    snapshot = desk.the_snapshot
    shift = holder(snapshot, wanted, desk.now())
    until = day_clock(shift.until, snapshot.zone) if shift else "?"
    desk.say(desk.words.screens.seat_taken.format(seat=seat_name(desk.words, wanted), until=until))


def new_person(desk: "DutyApp") -> None:
    """An empty arrival for somebody who phoned in."""
    from dutyboard.tui.screens.person_acts import register

    register(desk)


def note(desk: "DutyApp") -> None:
    """A note, about what is selected or the post itself."""
    forms = desk.words.forms
    subject, about = _subject(desk)
    fields = [
        Field(id="text", label=forms.text, needed=True),
        Field(id="time", label=forms.time, kind="time", hint=forms.hint_time),
    ]

    def make(values: Mapping[str, Any]) -> WriteLog:
        return WriteLog(kind="note", text=values["text"], subject=subject, happened_at=values["time"])

    desk.push_screen(FormScreen(forms.note, about, fields, make, draft_key("note", subject), _saved(desk)))


def call(desk: "DutyApp") -> None:
    """A phone call: time, caller, matter, who was told."""
    forms = desk.words.forms
    fields = [
        Field(id="caller", label=forms.caller, needed=True),
        Field(id="matter", label=forms.matter, needed=True),
        Field(id="told", label=forms.told),
        Field(id="text", label=forms.text),
        Field(id="time", label=forms.time, kind="time", hint=forms.hint_time),
    ]

    def make(values: Mapping[str, Any]) -> WriteLog:
        data = {name: values[name] for name in ("caller", "matter", "told") if values[name]}
        return WriteLog(kind="call", text=values["text"] or "", data=data, happened_at=values["time"])

    desk.push_screen(FormScreen(forms.call, [], fields, make, draft_key("call"), _saved(desk)))


def take_back(desk: "DutyApp") -> None:
    """One's own last tick; the rules say whether it is still time."""
    me, snapshot = desk.me, desk.the_snapshot
    mine = [
        entry
        for entry in snapshot.entries.values()
        if me is not None and entry.entered_by == me.id and entry.kind == "check" and entry.id not in snapshot.amended
    ]
    if not mine:
        desk.say(desk.words.why_not.nothing_to_take_back)
        return
    last: Entry = max(mine, key=lambda entry: entry.id)

    def answered(answer: Answer) -> None:
        refused = desk.answer_sentence(answer)
        what = entry_text(last, snapshot, desk.words)
        desk.say(refused or desk.words.screens.taken_back.format(what=what), error=refused is not None)

    desk.submit(TakeBack(entry_id=last.id), answered)


def _subject(desk: "DutyApp") -> tuple[str, list[Line]]:
    """The site, unit or person of the selected row; the post where none is."""
    about = desk.screen.about() if isinstance(desk.screen, DutyScreen) else None
    if about is None:
        return "post", []
    subject, name = about
    return subject, [((f" {name}", "strong"),)]


def _saved(desk: "DutyApp") -> Any:
    return lambda _: desk.say(desk.words.screens.saved_form)
