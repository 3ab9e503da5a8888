"""Another notice in force: chosen, shown with what it would change, and confirmed with a reason."""

from collections.abc import Mapping
from typing import Any

from dutyboard.rules.people.rooms import occupancy
from dutyboard.rules.records.commands.post import SwitchNotice
from dutyboard.rules.records.model import subject_id
from dutyboard.rules.switching import Switch, on_desk
from dutyboard.tui.screens.form import FormScreen
from dutyboard.tui.screens.form_parts import draft_key, saved_entry
from dutyboard.tui.screens.page import PageScreen
from dutyboard.tui.screens.pick import PickScreen
from dutyboard.tui.session import Session
from dutyboard.tui.terminal.cells import Line
from dutyboard.tui.views.fields import Field
from dutyboard.tui.views.notice.effect import effect_lines, summary_lines


def choose_notice(session: Session) -> None:
    """Open the choice of a notice that the program carries and that is not in force."""
    said, snapshot = session.words.desk_acts, session.snapshot
    current = snapshot.notice_at(session.now()).id
    choices: list[tuple[str, str, Line]] = []
    for notice in snapshot.notices_known.values():
        title = notice.title.said_in(session.words.language)
        if notice.id != current:
            choices.append((notice.id, title, ((f"  {notice.id}  ", "strong"), (title, "plain"))))

    def picked(screen: PickScreen, key: str) -> None:
        screen.dismiss()
        now, known = session.now(), session.snapshot.notices_known
        session.fetch_for(
            lambda gateway: on_desk(gateway.snapshot, known[current], known[key], now),
            lambda found: show_effect(session, key, found),
        )

    session.open(PickScreen(session, said.notice, said.notice_pick, choices, picked))


def show_effect(session: Session, notice: str, found: Switch) -> None:
    """Open the page of what a switch would do. Enter goes on to its form; Escape goes back and changes nothing."""
    snapshot, words = session.snapshot, session.words
    names: dict[str, str] = {subject_id(person): person.name for person in snapshot.persons.values()}
    rooms = occupancy(snapshot).rooms

    def lines(cells: int) -> list[Line]:
        return [((line, "plain"),) for line in effect_lines(found, names, rooms, words, cells)]

    title = snapshot.notices_known[notice].title.said_in(words.language)
    session.open(
        PageScreen(session, title, lines, words.desk_acts.notice_foot, lambda: notice_form(session, notice, found))
    )


def notice_form(session: Session, notice: str, found: Switch) -> None:
    """Open the form of the switch: its effect above; from when, for whom, and why below."""
    said, words = session.words.desk_acts, session.words
    rooms = occupancy(session.snapshot).rooms
    first, ends, *_, needed, _tests = summary_lines(found, rooms, words)
    facts: list[Line] = [((f" {line}", "plain"),) for line in (first, ends, needed)]
    fields = [
        Field(id="from", label=said.notice_from, kind="time", hint=said.notice_from_hint, needed=True),
        Field(id="everyone", label=said.notice_everyone, kind="yes_no", hint=said.notice_everyone_hint, needed=True),
        Field(id="reason", label=said.reason, hint=said.reason_hint, needed=True),
    ]

    def make(values: Mapping[str, Any]) -> SwitchNotice:
        return SwitchNotice(
            notice=notice,
            effective_from=values["from"],
            reason=values["reason"],
            for_everyone=values["everyone"],
        )

    title = session.snapshot.notices_known[notice].title.said_in(words.language)
    session.open(FormScreen(session, title, facts, fields, make, draft_key("notice", notice), saved_entry(session)))
