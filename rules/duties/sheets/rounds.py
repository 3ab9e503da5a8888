"""Patrols, disinfections and rounds told as totals, of past days from a sheet: each row is one check (四（一）)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from dutyboard.rules.duties.sheets.backlog import Backlog, PlacedSlot, doers, reasons
from dutyboard.rules.duties.site import rounds
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.commands.sheets import ImportRounds, RoundRow
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Entry, subject_id
from dutyboard.rules.records.refusals import Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.site import Disinfected, RoundDone, TemperatureTaken
from dutyboard.rules.records.transaction import Accepted


def decide_import_rounds(command: ImportRounds, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted:
    """Rounds of paper. What a slot tells already stays: the same is a duplicate, else it is only named."""
    backlog = Backlog(snapshot, now, actor)
    slots: dict[tuple[datetime, int, str, bool], list[tuple[RoundRow, PlacedSlot]]] = {}
    for row in command.rounds:
        placed = backlog.place(row.slot, rounds.KINDS)
        if isinstance(placed, str):
            backlog.reject(row.slot, placed)
            continue
        slots.setdefault(placed.key, []).append((row, placed))
    for key in sorted(slots):
        _take_slot(slots[key], backlog)
    return backlog.accepted("rounds")


def _take_slot(rows: Sequence[tuple[RoundRow, PlacedSlot]], backlog: Backlog) -> None:
    """Take the rows of one slot: they tell one round, and where they tell it unlike none is taken."""
    placed = rows[0][1]
    absent: dict[Subject, str] = {}
    own: list[RoundRow] = []
    statements = set()
    for row, _ in rows:
        found = _not_there(row, placed, backlog)
        if found is not None:
            own.append(row)
            absent |= found
            statements.add(_statement(row, found))
    if len(statements) > 1:
        for row in own:
            backlog.reject(row.slot, "rows_differ", "result", row.text)
    elif own and any(_same(own[0], absent, placed, entry) for entry in backlog.known(placed)):
        backlog.tally.counts["duplicates"] += len(own)
    elif own and backlog.known(placed):
        for row in own:
            backlog.reject(row.slot, "told_otherwise", "result", row.text)
    elif own:
        _check(own, placed, absent, backlog)


def _not_there(row: RoundRow, placed: PlacedSlot, backlog: Backlog) -> dict[Subject, str] | None:
    """Return who was not there, with the words about each.

    None: one of them is not known, and the row is rejected.
    """
    there = backlog.lodgers(placed.each.site, row.slot.day)
    found: dict[Subject, str] = {}
    for name, words in row.absent:
        people = there.named(name)
        if len(people) != 1:
            backlog.reject(row.slot, "person_several" if people else "person_unknown", "absent", name)
            return None
        found[subject_id(people[0])] = words or row.text or name
    return found


def _statement(row: RoundRow, absent: Mapping[Subject, str]) -> tuple[object, ...]:
    """Return what a row tells of its round, so that rows can be compared."""
    slot = row.slot
    figures, details = tuple(sorted(row.figures.items())), tuple(sorted(row.details.items()))
    return row.abnormal, row.text, slot.minute, slot.done_by, figures, details, tuple(sorted(absent))


def _same(row: RoundRow, absent: Mapping[Subject, str], placed: PlacedSlot, entry: Entry) -> bool:
    """Return True if a check on the desk tells all that a row does. What the row does not say is not compared."""
    told = entry.told
    if placed.sure and entry.happened_at != placed.at:
        return False
    if row.slot.done_by not in ("", entry.done_by) or row.text not in ("", entry.text):
        return False
    match told:
        case RoundDone():
            return set(told.absent) == set(absent) and entry.abnormal == (row.abnormal or bool(absent))
        case Disinfected():
            figures = {"mg_l": told.mg_l, "minutes": told.minutes}
            details = {"area": told.area, "agent": told.agent, "checked_by": told.checked_by}
            return (
                entry.abnormal == row.abnormal
                and row.figures.items() <= figures.items()
                and row.details.items() <= details.items()
            )
        case TemperatureTaken():
            totals: Mapping[str, int | float | None] = {
                "of": told.of,
                "measured": told.measured,
                "highest": told.highest,
            }
            return bool(row.figures) and row.figures.items() <= totals.items()
        case _:
            return False


def _check(rows: Sequence[RoundRow], placed: PlacedSlot, absent: Mapping[Subject, str], backlog: Backlog) -> None:
    row, told = rows[0], [each.slot for each in rows]
    seen: tuple[int, ...] = ()
    if absent:
        duty = rounds.find(backlog.snapshot, placed.each.duty, backlog.now)
        left = () if isinstance(duty, Refusal) else duty.left
        seen = tuple(each.number for each in left if each not in absent)
    entry = backlog.check(
        Discharge(
            obligation=placed.each.duty,
            abnormal=row.abnormal,
            text=row.text,
            figures=row.figures,
            details=row.details,
            seen=seen,
            absent=tuple(each.number for each in sorted(absent)),
            remarks={str(each): words for each, words in absent.items()},
            done_by=doers(told),
            happened_at=placed.at,
            reason=reasons(told),
        )
    )
    if isinstance(entry, str):
        for each in told:
            backlog.reject(each, entry, "result", row.text)
        return
    backlog.tally.counts["accepted"] += 1
    backlog.tally.counts["duplicates"] += len(rows) - 1
    backlog.say_hours(told, placed)
