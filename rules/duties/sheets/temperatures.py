"""Temperature rounds of past days from a sheet: the readings of each slot become one check (四（一）)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from dutyboard.frozen import frozen
from dutyboard.rules.duties.person.readings import unlikely
from dutyboard.rules.duties.sheets.backlog import Backlog, PlacedSlot, reasons
from dutyboard.rules.duties.sheets.bad_news import BadNews, reading_words
from dutyboard.rules.duties.site import rounds
from dutyboard.rules.people.identity import is_sound, name_key
from dutyboard.rules.people.stage import site_of
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import TakeReading
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.commands.sheets import ImportTemperatures, ReadingRow
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Entry, Person, subject_id
from dutyboard.rules.records.obligation import Kind, Obligation
from dutyboard.rules.records.outcome import RowCode
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot, desk_of
from dutyboard.rules.records.told.site import TemperatureTaken
from dutyboard.rules.records.transaction import Accepted

_KINDS: Final[tuple[Kind, ...]] = ("temperature",)
_MOST_NAMED: Final = 20
"""Names of those left out that a note tells; of the rest the number."""


class PlacedReading(NamedTuple):
    """A row with the slot and the person that it tells of."""

    row: ReadingRow
    placed: PlacedSlot
    person: Subject


@frozen(kw_only=False)
class TakenTogether:
    """Reading, symptom or absence of one person by all rows of one slot."""

    temp_c: int | float | None
    first: int | float | None
    symptom: str
    absent: str


def decide_import_temperatures(
    command: ImportTemperatures, snapshot: Snapshot, now: datetime, actor: Actor
) -> Accepted:
    """Temperature rounds of paper. What a slot tells already stays: the same is a duplicate, else it is only named."""
    backlog = Backlog(snapshot, now, actor)
    slots: dict[tuple[datetime, int, str, bool], list[PlacedReading]] = {}
    for row in command.readings:
        placed = backlog.place(row.slot, _KINDS)
        if isinstance(placed, str):
            backlog.reject(row, placed)
            continue
        person = _whose(row, placed, backlog)
        if person is None:
            continue
        if not _shown(row):
            backlog.reject(row, "not_measured", row.column, f"{row.room} {row.name}".strip())
            continue
        limits = snapshot.daily_at(placed.at).thresholds
        odd = [each for each in (row.temp_c, row.first) if each is not None and unlikely("", each, limits)]
        if odd:
            backlog.reject(row, "temperature_unlikely", row.column, str(odd[0]), person)
            continue
        slots.setdefault(placed.key, []).append(PlacedReading(row, placed, person))
    for key in sorted(slots):
        _take_slot(slots[key], backlog)
    backlog.leave_untaken(command.untaken)
    return backlog.accepted("temperatures")


# ---------------------------------------------------------------- whose


def _whose(row: ReadingRow, placed: PlacedSlot, backlog: Backlog) -> Subject | None:
    """Return the person of a row, its doubts said; None: the row is rejected.

    A sound number decides; else his name among those who lived there on the day, or now; else his room on that day.
    """
    snapshot = backlog.before
    there = backlog.lodgers(placed.each.site, row.slot.day)
    room = there.room(row.room)
    found: list[Person] = []
    code: RowCode = "person_unknown"
    if row.id_no:
        found = [each for each in snapshot.persons.values() if each.id_no == row.id_no and is_sound(each)]
        if found and row.name and name_key(found[0].name) != name_key(row.name):
            backlog.reject(row, "person_unlike", "name", row.name)
            return None
    subject = Subject.parse(row.name)
    if not found and subject is not None and subject.kind == "person":
        found = [each for each in snapshot.persons.values() if each.id == subject.number]
    if not found and row.name:
        found = there.named(row.name)
        if len(found) > 1 and room is not None:
            found = [each for each in found if room in there.rooms.get(each.id, frozenset({each.room}))]
    elif not found and room is not None:
        found = there.in_room(room)
    found = [each for each in found if backlog.own in (None, site_of(each), each.site_id)]
    if len(found) != 1:
        code = "person_several" if found else code
        backlog.reject(row, code, "name" if row.name else "room", f"{row.room} {row.name}".strip())
        return None
    _say_place(row, found[0], there.rooms.get(found[0].id), room, backlog)
    return subject_id(found[0])


def _say_place(
    row: ReadingRow,
    person: Person,
    rooms: frozenset[int | str | None] | None,
    room: int | str | None,
    backlog: Backlog,
) -> None:
    """Say of a row that by the desk its person lived elsewhere on that day, or had not come yet."""
    snapshot, day = backlog.before, row.slot.day
    if rooms is None:
        if day >= snapshot.day_of(desk_of(snapshot).opened_at):
            backlog.tally.say(row.slot, "name", "not_then", text=person.name)
    elif row.room and room not in rooms:
        backlog.tally.say(row.slot, "room", "room_differs", text=f"{row.room} / {'、'.join(map(str, rooms))}")


# ---------------------------------------------------------------- one slot


def _take_slot(rows: Sequence[PlacedReading], backlog: Backlog) -> None:
    """Take the rows of one slot as one check of the people of whom it tells nothing yet."""
    placed = max((each.placed for each in rows), key=lambda each: each.at)
    snapshot = backlog.snapshot
    duty = rounds.find(snapshot, placed.each.duty, backlog.now)
    if isinstance(duty, Refusal):
        for each in rows:
            backlog.reject(each.row, "slot_unknown", about=each.person)
        return
    standing = backlog.known(placed)
    known = _known(standing)
    closed = bool(standing) if placed.after else duty.entry is not None
    fresh: dict[Subject, TakenTogether] = {}
    by_person: dict[Subject, list[ReadingRow]] = {}
    for row, _, person in rows:
        by_person.setdefault(person, []).append(row)
    for person in sorted(by_person):
        own = by_person[person]
        said = _together(person, own, backlog)
        if said is None:
            continue
        old = known.get(person) or _measured_singly(person, said, placed, snapshot)
        if (old is not None and _same(said, old)) or _stands_singly(person, said, placed, backlog):
            backlog.tally.counts["duplicates"] += len(own)
        elif old is not None or closed or (said.symptom and person not in duty.people):
            if _taken_singly(person, own, said, old, placed, backlog):
                continue
            code: RowCode = "told_otherwise" if old is not None else "round_told" if closed else "person_not_on_row"
            for row in own:
                news = backlog.bad_news(row) if _is_worse(said, old, backlog.fever_c) else None
                milder = _milder(old, row, backlog.fever_c) if old is not None else None
                backlog.leave(row, code, row.column, _unlike(old, said), news or milder, person)
        else:
            fresh[person] = said
    if fresh:
        taken = {person: by_person[person] for person in fresh}
        _check(fresh, taken, placed, duty, backlog)
        backlog.say_hours((row.slot for own in taken.values() for row in own), placed)


def _taken_singly(
    person: Subject,
    rows: Sequence[ReadingRow],
    said: TakenTogether,
    old: TakenTogether | None,
    placed: PlacedSlot,
    backlog: Backlog,
) -> bool:
    """Write a fever or a symptom that the round lacks as a reading of its own; False: there is neither.

    The round stays as it was told. The reading asks for what any odd one does.
    """
    fever_c = backlog.snapshot.daily_at(placed.at).thresholds.fever_c
    if not _is_hotter(said, old, fever_c) and not _has_symptom(said, old):
        return False
    told = [row.slot for row in rows]
    single = TakeReading(
        person_id=person.number,
        temp_c=_highest(said) or None,
        symptom=said.symptom,
        text=reasons(told),
        done_by=backlog.done_by(told, placed),
        happened_at=placed.at,
    )
    if backlog.read_singly(single) is not None:
        return False
    backlog.tally.counts["accepted"] += len(rows)
    for row in rows:
        backlog.tally.say(row.slot, row.column, "told_worse", text=_unlike(old, said))
    return True


def _stands_singly(person: Subject, said: TakenTogether, placed: PlacedSlot, backlog: Backlog) -> bool:
    """Return True for a fever or a symptom that a single reading of the slot tells already."""
    fever_c = backlog.snapshot.daily_at(placed.at).thresholds.fever_c
    highest, window = _highest(said) or None, placed.each.window
    if not said.symptom and (highest is None or highest < fever_c):
        return False
    return any(
        (one.temp_c, one.symptom) == (highest, said.symptom)
        and (one.at == placed.at or (window.opens <= one.at and not window.closed(one.at)))
        for one in backlog.snapshot.readings.get(person.number, ())
    )


def _check(
    fresh: Mapping[Subject, TakenTogether],
    rows: Mapping[Subject, Sequence[ReadingRow]],
    placed: PlacedSlot,
    duty: Obligation,
    backlog: Backlog,
) -> None:
    told = [row.slot for own in rows.values() for row in own]
    entry = backlog.check(
        Discharge(
            obligation=duty.id,
            readings={each: said.temp_c for each, said in fresh.items() if said.temp_c is not None},
            first={each: said.first for each, said in fresh.items() if said.first is not None},
            absent=tuple(each.number for each, said in fresh.items() if said.absent),
            unwell=tuple(each.number for each, said in fresh.items() if said.symptom),
            remarks={each: said.symptom or said.absent for each, said in fresh.items() if said.symptom or said.absent},
            done_by=backlog.done_by(told, placed),
            happened_at=placed.at,
            reason=reasons(told),
        )
    )
    if isinstance(entry, str):
        for person, own in rows.items():
            for row in own:
                backlog.reject(row, entry, about=person)
        return
    backlog.tally.counts["accepted"] += len(told)
    left = entry.told.left if isinstance(entry.told, TemperatureTaken) else ()
    if left:
        first = min(told, key=lambda each: (each.sheet, each.row))
        backlog.tally.say(first, "", "round_part", text=f"{placed.each.duty}: {_names(left, backlog.before)}")


def _names(people: Sequence[str], snapshot: Snapshot) -> str:
    parsed = [Subject.parse(each) for each in people]
    names = [
        snapshot.persons[each.number].name for each in parsed if each is not None and each.number in snapshot.persons
    ]
    more = len(names) - _MOST_NAMED
    return "、".join(names[:_MOST_NAMED]) + (f" +{more}" if more > 0 else "")


def _together(person: Subject, rows: Sequence[ReadingRow], backlog: Backlog) -> TakenTogether | None:
    """Return what the rows of one slot tell of one person; None: they contradict each other, and are rejected.

    Of two readings the later one stands; where their hours do not tell which, the higher.
    """
    temps = {each.temp_c for each in rows if each.temp_c is not None}
    temps |= {each.first for each in rows if each.first is not None}
    absent = sorted({each.absent for each in rows if each.absent})
    symptom = "、".join(sorted({each.symptom for each in rows if each.symptom}))
    if len(temps) > 2 or (absent and (temps or symptom)):
        for row in rows:
            backlog.reject(row, "rows_differ", row.column, _shown(row), person)
        return None
    if len(temps) < 2:
        return TakenTogether(next(iter(temps), None), None, symptom, "、".join(absent))
    orders = {
        (early, late)
        for row in rows
        if (early := row.first) is not None and (late := row.temp_c) is not None and early != late
    }
    for one in rows:
        for other in rows:
            if one.slot.minute is None or other.slot.minute is None or one.slot.minute >= other.slot.minute:
                continue
            if one.temp_c is not None and other.temp_c is not None and one.temp_c != other.temp_c:
                orders.add((one.temp_c, other.temp_c))
    if len(orders) == 1:
        ((first, last),) = orders
        return TakenTogether(last, first, symptom, "")
    for row in rows:
        backlog.tally.say(row.slot, row.column, "order_unsure", text=_shown(row))
    return TakenTogether(max(temps), min(temps), symptom, "")


def _known(standing: Iterable[Entry]) -> dict[Subject, TakenTogether]:
    """Return what the checks of a slot tell of each person by name."""
    known: dict[Subject, TakenTogether] = {}
    for entry in standing:
        told = entry.told
        if not isinstance(told, TemperatureTaken):
            continue
        for whose in dict.fromkeys((*told.readings, *told.symptoms, *told.absent)):
            person = Subject.parse(whose)
            if person is not None:
                known[person] = TakenTogether(
                    told.readings.get(whose),
                    told.first.get(whose),
                    told.symptoms.get(whose, ""),
                    told.remarks.get(whose, "") or entry.text or "-" if whose in told.absent else "",
                )
    return known


def _measured_singly(
    person: Subject, said: TakenTogether, placed: PlacedSlot, snapshot: Snapshot
) -> TakenTogether | None:
    """Return a single reading of the slot's window that tells the same; None: none does."""
    window = placed.each.window
    for one in snapshot.readings.get(person.number, ()):
        if window.opens <= one.at and not window.closed(one.at) and one.temp_c == said.temp_c is not None:
            return TakenTogether(one.temp_c, None, one.symptom, "")
    return None


def _same(said: TakenTogether, old: TakenTogether) -> bool:
    """Return True if the desk has all that the rows tell."""
    if bool(said.absent) != bool(old.absent):
        return False
    readings = {said.temp_c, said.first} - {None}
    return readings <= {old.temp_c, old.first} and said.symptom in ("", old.symptom)


def _milder(old: TakenTogether, row: ReadingRow, fever_c: float) -> BadNews | None:
    """Return what a row tells milder than a round does: its fever, symptom or absence stands. None: it has none."""
    bad = bool(old.symptom or old.absent) or _highest(old) >= fever_c
    return BadNews("sheet_otherwise", f"{reading_words(row)} / {_unlike(None, old)}") if bad else None


def _is_worse(said: TakenTogether, old: TakenTogether | None, fever_c: float) -> bool:
    """Return True if rows tell a fever, a symptom or an absence that the desk has not."""
    away = bool(said.absent) and not (old is not None and old.absent)
    return away or _is_hotter(said, old, fever_c) or _has_symptom(said, old)


def _is_hotter(said: TakenTogether, old: TakenTogether | None, fever_c: float) -> bool:
    highest = _highest(said)
    return highest >= fever_c and highest > (_highest(old) if old is not None else 0)


def _has_symptom(said: TakenTogether, old: TakenTogether | None) -> bool:
    return said.symptom not in ("", old.symptom if old is not None else "")


def _highest(told: TakenTogether) -> int | float:
    """Return the higher reading of one person; 0: none is told."""
    return max((each for each in (told.temp_c, told.first) if each is not None), default=0)


def _unlike(old: TakenTogether | None, said: TakenTogether) -> str:
    told = [" ".join(str(each) for each in (one.temp_c, one.symptom, one.absent) if each) for one in (old, said) if one]
    return " / ".join(told)


def _shown(row: ReadingRow) -> str:
    return " ".join(str(each) for each in (row.first, row.temp_c, row.symptom, row.absent) if each)
