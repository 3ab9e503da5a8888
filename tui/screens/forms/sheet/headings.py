"""Headings that imports remember for units: seen, and forgotten with a second Enter."""

from collections.abc import Iterator
from typing import cast

from dutyboard.rules.duties.sheets.headings import remembered, units_answered
from dutyboard.rules.records.codes import SheetKind
from dutyboard.rules.records.commands.sheets import RememberHeadings
from dutyboard.tui.link.messages import Answer
from dutyboard.tui.screens.pick import PickChoice, PickScreen
from dutyboard.tui.session import Session
from dutyboard.tui.views.headings import heading_text


def open_headings(session: Session) -> None:
    """Open the list; without a heading in it, say so."""
    said, choices, asked = session.words.intake, list(_choices(session)), ""
    if not choices:
        session.say(said.none_known, "soon")
        return

    def picked(screen: PickScreen, key: str) -> None:
        nonlocal asked
        sheet, unit, heading = key.split(" ", 2)
        if asked != key:
            asked = key
            screen.say(said.forget_asked.format(heading=heading), "soon")
            return
        screen.dismiss()
        session.submit(
            RememberHeadings(
                sheet=cast("SheetKind", sheet), headings={heading: ""}, unit_id=int(unit) if unit else None
            ),
            lambda answer: _told(answer),
        )

    def _told(answer: Answer) -> None:
        refused = session.answer_sentence(answer)
        session.say(refused or said.forgotten, "late" if refused else "plain")

    session.open(PickScreen(session, said.known_title, said.known_hint, choices, picked))


def _choices(session: Session) -> Iterator[PickChoice]:
    me, words, snapshot = session.me, session.words, session.snapshot
    officer_id = me.id if me is not None else None
    for sheet, name in words.log.sheets.items():
        for unit_id in units_answered(snapshot, officer_id):
            of_unit = f"{snapshot.units[unit_id].name} " if unit_id is not None else ""
            for heading, field in remembered(snapshot, sheet, officer_id, unit_id).items():
                told = f"{name} {of_unit}{heading_text(sheet, heading, field, words)}"
                yield f"{sheet} {unit_id or ''} {heading}", told, ((f"  {told}", "plain"),)
