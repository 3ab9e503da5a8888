"""Patrols, disinfections and rounds told as totals, of past days from a sheet: each row is one check (四（一）)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from dutyboard.rules.duties.doer import doer_names
from dutyboard.rules.duties.sheets.backlog import Backlog, PlacedSlot, reasons
from dutyboard.rules.duties.sheets.bad_news import BadNews, round_words
from dutyboard.rules.duties.site import rounds
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.codes import MatterCause
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
            backlog.reject(row, placed)
            continue
        slots.setdefault(placed.key, []).append((row, placed))
    for key in sorted(slots):
        _take_slot(slots[key], backlog)
    backlog.leave_untaken(command.untaken)
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
            backlog.reject(row, "rows_differ", "result", row.text)
    elif own and any(_same(own[0], _began(own[0], backlog), absent, placed, entry) for entry in backlog.known(placed)):
        backlog.tally.counts["duplicates"] += len(own)
    elif own and backlog.known(placed):
        _otherwise(own, absent, placed, backlog)
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
            backlog.reject(row, "person_several" if people else "person_unknown", "absent", name)
            return None
        found[subject_id(people[0])] = words or row.text or name
    return found


def _statement(row: RoundRow, absent: Mapping[Subject, str]) -> tuple[object, ...]:
    """Return what a row tells of its round, so that rows can be compared."""
    slot = row.slot
    figures, details = tuple(sorted(row.figures.items())), tuple(sorted(row.details.items()))
    return row.abnormal, row.text, slot.minute, slot.done_by, figures, details, row.started, tuple(sorted(absent))


def _began(row: RoundRow, backlog: Backlog) -> datetime | None:
    """Return when a disinfection began, by its row. None: no hour of it is told."""
    if row.started is None:
        return None
    return midnight(row.slot.day, backlog.before.zone) + timedelta(minutes=row.started)


def _same(
    row: RoundRow, began: datetime | None, absent: Mapping[Subject, str], placed: PlacedSlot, entry: Entry
) -> bool:
    """Return True if a check on the desk tells all that a row does. What the row does not say is not compared."""
    told = entry.told
    if placed.sure and entry.happened_at != placed.at:
        return False
    if not doer_names(row.slot.done_by) <= doer_names(entry.done_by) or row.text not in ("", entry.text):
        return False
    match told:
        case RoundDone():
            return set(told.absent) == set(absent) and entry.abnormal == (row.abnormal or bool(absent))
        case Disinfected():
            return (
                entry.abnormal == row.abnormal
                and row.figures.items() <= told.figures.items()
                and row.details.items() <= told.details.items()
                and (began in (None, told.started_at))
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


def _otherwise(rows: Sequence[RoundRow], absent: Mapping[Subject, str], placed: PlacedSlot, backlog: Backlog) -> None:
    """Reject the rows of a round that the desk has otherwise. What they tell worse or milder is an officer's to see.

    Another hour, another name of who did it and other figures of an agent are named and no more.
    """
    known = backlog.known(placed)
    missing = {each for entry in known for each in getattr(entry.told, "absent", ())}
    new = [each for each in absent if each not in missing]
    for row in rows:
        cause = _worse(row, bool(new), known, backlog.fever_c)
        news = BadNews(cause, round_words(row)) if cause is not None else None
        if news is None and _unlike(row, set(absent), missing, known):
            news = BadNews("sheet_otherwise", f"{round_words(row)} / {_stands(known, backlog.before)}")
        backlog.leave(row, "told_otherwise", "result", row.text, news, new[0] if len(new) == 1 else None)


def _worse(row: RoundRow, away: bool, known: Sequence[Entry], fever_c: float) -> MatterCause | None:
    """Return what a row tells worse than the checks of its round. `away`: somebody more is absent."""
    highest = row.figures.get("highest", 0)
    if highest >= fever_c and highest > _highest(known):
        return "sheet_fever"
    if away:
        return "sheet_absent"
    found = {entry.text for entry in known if entry.abnormal}
    return "sheet_abnormal" if row.abnormal and (not found or row.text not in ("", *found)) else None


def _unlike(row: RoundRow, absent: Collection[Subject], missing: Collection[Subject], known: Sequence[Entry]) -> bool:
    """Return True if a row tells of people, findings or totals otherwise than the checks of its round."""
    totals = [entry.told for entry in known if isinstance(entry.told, TemperatureTaken)]
    if totals:
        measured = sum(each.measured for each in totals)
        told = {"measured": measured, "of": max(each.of for each in totals), "highest": _highest(known)}
        return any(name in told and told[name] != value for name, value in row.figures.items())
    return absent != missing or any(entry.abnormal for entry in known) != (row.abnormal or bool(absent))


def _stands(known: Sequence[Entry], snapshot: Snapshot) -> str:
    """Return what the checks of a round tell: their words, who was not there, the highest reading."""
    away = (Subject.parse(each) for entry in known for each in getattr(entry.told, "absent", ()))
    names = [snapshot.persons[each.number].name for each in away if each and each.number in snapshot.persons]
    highest = str(_highest(known) or "")
    return " ".join(filter(None, (*(entry.text for entry in known), "、".join(names), highest)))


def _highest(known: Sequence[Entry]) -> int | float:
    return max((entry.told.highest or 0 for entry in known if isinstance(entry.told, TemperatureTaken)), default=0)


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
            started_at=_began(row, backlog),
            seen=seen,
            absent=tuple(each.number for each in sorted(absent)),
            remarks={str(each): words for each, words in absent.items()},
            done_by=backlog.done_by(told, placed),
            happened_at=placed.at,
            reason=reasons(told),
        )
    )
    if isinstance(entry, str):
        for each in rows:
            backlog.reject(each, entry, "result", row.text)
        return
    backlog.tally.counts["accepted"] += 1
    backlog.tally.counts["duplicates"] += len(rows) - 1
    backlog.say_hours(told, placed)
