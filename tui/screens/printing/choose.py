"""The list of all pages that can be printed: first the kind, then whom it is about."""

from collections.abc import Iterable
from dataclasses import replace

from dutyboard.rules.belonging import belongs
from dutyboard.rules.people.stage import on_desk
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Officer, Person, Site, Unit, subject_id
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.export.kinds import KINDS, asked_today
from dutyboard.tui.export.page import PageKind
from dutyboard.tui.screens.pick import PickChoice, PickScreen
from dutyboard.tui.screens.printing.page import open_page
from dutyboard.tui.session import Session
from dutyboard.tui.text import Words
from dutyboard.tui.views.people import place_text

_WHOLE = "whole"


def choose_page(session: Session) -> None:
    """Open the kinds of pages that this login may read, to choose one from."""
    names = session.words.pages.kinds
    kinds = [each for each in KINDS if session.refused_read(f"report {each}") is None]

    def picked(screen: PickScreen, kind: str) -> None:
        screen.dismiss()
        _choose_whom(session, next(each for each in kinds if each == kind))

    choices: list[PickChoice] = [(each, names[each], ((f"  {names[each]}", "plain"),)) for each in kinds]
    session.open(PickScreen(session, session.words.pages.title, session.words.desk_acts.hint, choices, picked))


def _choose_whom(session: Session, kind: PageKind) -> None:
    """Open those whom a page may be about. Where there is nothing to choose, open the page."""
    wanted, asked = KINDS[kind], asked_today(kind, session.now())
    choices = list(_choices(session, kind))
    if not wanted.about:
        open_page(session, asked)
        return

    def picked(screen: PickScreen, key: str) -> None:
        screen.dismiss()
        open_page(session, replace(asked, subject=None if key == _WHOLE else Subject.parse(key)))

    title = session.words.pages.kinds[kind]
    session.open(PickScreen(session, title, session.words.desk_acts.hint, choices, picked))


def _choices(session: Session, kind: PageKind) -> Iterable[PickChoice]:
    snapshot, words, wanted = session.snapshot, session.words, KINDS[kind]
    if not wanted.needed and snapshot.own is None:
        yield _WHOLE, words.reports.whole, ((f"  {words.reports.whole}", "plain"),)
    for record in _records(snapshot, kind):
        if snapshot.own is None or belongs(record, snapshot.own, snapshot):
            line = _line(record, snapshot, words)
            yield subject_id(record), line, ((f"  {line}", "plain"),)


def _records(snapshot: Snapshot, kind: PageKind) -> Iterable[Unit | Site | Person | Officer]:
    about = KINDS[kind].about
    if "unit" in about:
        yield from snapshot.units.values()
    if "site" in about:
        yield from snapshot.sites.values()
    if "officer" in about:
        yield from snapshot.officers.values()
    if "person" in about:
        yield from sorted(snapshot.persons.values(), key=lambda each: not on_desk(each))


def _line(record: Unit | Site | Person | Officer, snapshot: Snapshot, words: Words) -> str:
    return f"{record.name} {place_text(record, snapshot, words)}" if isinstance(record, Person) else record.name
