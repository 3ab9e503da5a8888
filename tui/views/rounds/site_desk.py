"""One site's desk: a row for each person by his room, with a cell for each round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from dutyboard.frozen import frozen
from dutyboard.rules.board import Board
from dutyboard.rules.duties.site.progress import BY_PERSON, here
from dutyboard.rules.duties.site.slots import slots_of
from dutyboard.rules.law.phrase import Phrase
from dutyboard.rules.people.course import course_of, tests_now
from dutyboard.rules.people.rooms import free_by_day, free_rooms, room_count
from dutyboard.rules.people.stage import lodging
from dutyboard.rules.records.model import Person, Site, subject_id
from dutyboard.rules.records.obligation import OWED, Kind, Obligation
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.tui.terminal.cells import Line, Piece, Tone, clip, clip_name, line_width, pad, width
from dutyboard.tui.terminal.masking import masked
from dutyboard.tui.text import Words
from dutyboard.tui.views.board import GRAVE, TONES, mark_of, state_text
from dutyboard.tui.views.people import day_text
from dutyboard.tui.views.site.disinfection import disinfection_text
from dutyboard.tui.views.site.rooms import rooms_written

ROOM_CELLS, NAME_CELLS, DAY_CELLS, TEMPERATURES_CELLS, SLOT_CELLS, TEST_CELLS = 5, 8, 5, 10, 6, 6
OF_SITE: Final[tuple[Kind, ...]] = ("disinfection", "staff_check", "staff_test", "site_report")
"""Kinds of a site's duties that nobody makes for each person."""
FORECAST_DAYS: Final = 3
FREE_CELLS: Final = 24
DUTY_CELLS: Final = 44
_READINGS: Final = 2


@frozen(kw_only=False)
class SiteDesk:
    """One site: its people by room, the rounds made for each, its other duties, and what each is owed.

    `rounds` and `others` are those of the board's day; `heads` are the rounds' short names, by slot.
    """

    site: Site
    people: tuple[Person, ...]
    rounds: tuple[Obligation, ...]
    heads: Mapping[str, Phrase]
    others: tuple[Obligation, ...]
    owed: Mapping[str, Sequence[Obligation]]


def site_desk(site: Site, snapshot: Snapshot, board: Board) -> SiteDesk:
    """Return the desk of a site as the board has it."""
    subject, people = subject_id(site), here(snapshot, site.id)
    of_site = [each for each in board.obligations if each.subject_id == subject and each.id.day == board.day]
    owed: defaultdict[str, list[Obligation]] = defaultdict(list)
    for each in board.obligations:
        if each.subject_id.kind == "person" and each.state in OWED:
            owed[each.subject_id].append(each)
    return SiteDesk(
        site=site,
        people=tuple(snapshot.persons[each.number] for each in people),
        rounds=tuple(sorted((each for each in of_site if each.kind in BY_PERSON), key=_by_due)),
        heads={slot.id: slot.head for slot, _ in slots_of(snapshot, board.day, BY_PERSON)},
        others=tuple(sorted((each for each in of_site if each.kind in OF_SITE), key=_by_due)),
        owed=owed,
    )


def _by_due(owed: Obligation) -> datetime:
    return owed.due


def rooms_said(site: Site, snapshot: Snapshot, words: Words) -> str:
    """Return how many rooms of a site are in use and free, and which ones are free."""
    free, rooms = free_rooms(snapshot, site), room_count(site)
    said = words.lists.site_rooms.format(held=rooms - len(free), rooms=rooms, free=len(free))
    return f"{said} ({clip(rooms_written(free), FREE_CELLS)})" if free else said


def desk_title(desk: SiteDesk, snapshot: Snapshot, words: Words, cells: int) -> Line:
    """Return the line with name, rooms in use and free, keeper and his phone."""
    keeper = f"{desk.site.keeper} {masked(desk.site.phone)}".strip()
    text = f" {desk.site.name}  {rooms_said(desk.site, snapshot, words)}  {keeper}"
    return ((clip(text, cells), "strong"),)


def desk_forecast(site: Site, snapshot: Snapshot, now: datetime, words: Words) -> Line:
    """Return the line with the rooms of a site that will be free on each of the next days."""
    today, free = snapshot.day_of(now), free_by_day(snapshot, site, now, FORECAST_DAYS)
    days = "  ".join(f"{today + timedelta(days=after):%m-%d} {number}" for after, number in enumerate(free, 1))
    return ((f" {words.lists.site_forecast.format(days=days)}", "dim"),)


def duty_row(owed: Obligation, snapshot: Snapshot, now: datetime, words: Words) -> Line:
    """Return the row of one duty of the site: its mark, its name, and how it stands.

    Of a disinfection that is owed it names the agent, the concentration and the minutes that were stated last.
    """
    name = owed.name.said_in(words.language) if owed.name else words.duties.kinds[owed.kind]
    if owed.repeats is not None:
        name = f"{name} {disinfection_text(owed.repeats, words, area=False)}"
    count = f" {owed.count}/{owed.total}" if owed.total else ""
    state = state_text(owed, now, snapshot.zone, words, snapshot.entries.get(owed.entry or 0))
    return ((f"  {mark_of(owed)} ", TONES[owed.state]), (pad(f"{name}{count}", DUTY_CELLS), "plain"), (state, "dim"))


def desk_duties(desk: SiteDesk, words: Words) -> Line:
    """Return the line with the mark of each duty of the site that is not made for each person."""
    pieces: list[Piece] = [(" ", "plain")]
    for owed in desk.others:
        name = owed.name.said_in(words.language) if owed.name else words.duties.kinds[owed.kind]
        count = f" {owed.count}/{owed.total}" if owed.total else ""
        pieces += [(f"{name} ", "dim"), (f"{mark_of(owed)}{count}  ", TONES[owed.state])]
    return tuple(pieces)


def desk_header(desk: SiteDesk, column: int, words: Words) -> Line:
    """Return the heading row; the chosen round is bright."""
    said = words.lists
    left = (
        (said.column_room, ROOM_CELLS),
        (words.people.column_name, NAME_CELLS),
        (words.people.column_day, DAY_CELLS),
        (said.column_temperatures, TEMPERATURES_CELLS),
    )
    pieces: list[Piece] = [(" " + "".join(pad(name, cells) + " " for name, cells in left), "dim")]
    for number, owed in enumerate(desk.rounds):
        chosen = number == column
        head = _short(desk.heads[owed.slot].said_in(words.language))
        pieces.append((pad(head, SLOT_CELLS), "strong" if chosen else "dim"))
    return (*pieces, (pad(said.column_test, TEST_CELLS) + " " + said.column_owed, "dim"))


def _short(head: str) -> str:
    """Return the head of a column without its last signs, so that it does not touch the next one."""
    while width(head) >= SLOT_CELLS:
        head = head[:-1]
    return head


def desk_row(
    person: Person, desk: SiteDesk, column: int | None, snapshot: Snapshot, now: datetime, words: Words, cells: int
) -> Line:
    """Return the row of one person; `column` is the round whose cell stands in brackets (None: no cell does)."""
    course, today = course_of(person, snapshot, now), snapshot.day_of(now)
    held = lodging(person)
    pieces: list[Piece] = [
        (" " + pad(str(held.room) if held is not None else "", ROOM_CELLS) + " ", "plain"),
        (pad(clip_name(person.name, NAME_CELLS), NAME_CELLS) + " ", "plain"),
        (pad(day_text(person, course, today), DAY_CELLS) + " ", "dim"),
        _temperatures(person, snapshot, now),
    ]
    for number, owed in enumerate(desk.rounds):
        mark, tone = round_cell(owed, person)
        left, right = ("[", "]") if number == column else (" ", " ")
        pieces += [(left, "strong"), (mark, tone), (pad(right, SLOT_CELLS - 2), "strong")]
    due = next((each.day for each in tests_now(person, course) if each.result not in ("negative", "positive")), None)
    late = due is not None and due < today
    test = "" if due is None else f"!{due:%m-%d}" if late else f"{due:%m-%d}"
    pieces.append((pad(test, TEST_CELLS) + " ", "late" if late else "plain"))
    needs = desk.owed.get(subject_id(person), ())
    if needs:
        first = next((each for each in needs if each.grave), needs[0])
        more = f" +{len(needs) - 1}" if len(needs) > 1 else ""
        mark = GRAVE if first.grave else mark_of(first)
        text = f"{mark} {words.duties.kinds[first.kind]}{more}"
        room = cells - line_width(tuple(pieces))
        pieces.append((clip(text, room), "late" if first.grave else TONES[first.state]))
    return tuple(pieces)


def round_cell(owed: Obligation, person: Person) -> tuple[str, Tone]:
    """Return the mark of a round for one person: that of the round, or done if he was met."""
    subject = subject_id(person)
    if subject in owed.left:
        return mark_of(owed), TONES[owed.state]
    return ("v", "dim") if subject in owed.people else (" ", "plain")


def _temperatures(person: Person, snapshot: Snapshot, now: datetime) -> Piece:
    """Return the last two temperatures. A fever is marked."""
    fever = snapshot.daily_at(now).thresholds.fever_c
    known = [each.temp_c for each in snapshot.readings.get(person.id, ()) if each.temp_c is not None][-_READINGS:]
    high = any(each >= fever for each in known)
    text = " ".join(f"{each:.1f}" for each in known) + ("!" if high else "")
    return pad(text, TEMPERATURES_CELLS) + " ", "late" if high else "plain"
