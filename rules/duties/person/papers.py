"""Papers of a person: what each is a paper of, whether there is one, and its number."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from dutyboard.frozen import frozen
from dutyboard.rules.people.course import course_of
from dutyboard.rules.people.ending import end_of
from dutyboard.rules.people.provenance import history_of
from dutyboard.rules.people.stage import at_home, is_watched, on_road, to_be_moved, under_control
from dutyboard.rules.records.codes import PaperKind
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import PrintPaper
from dutyboard.rules.records.ids import Subject
from dutyboard.rules.records.model import Entry, Person, subject_id
from dutyboard.rules.records.papers.issued import IssuedPaper, PaperNumber
from dutyboard.rules.records.refusals import NameOf, Refusal
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.told.person import Arrived, Departed, Printed, Released, Transferred
from dutyboard.rules.records.transaction import Accepted, Transaction


@frozen
class PaperRide:
    """A ride as its sheet tells it. `departed` and `arrived` are the entries that told of it; None: none has yet.

    A ride that was told at once, afterwards, is in `arrived` alone.
    """

    departed: Entry | None = None
    arrived: Entry | None = None
    number: int


def last_release(snapshot: Snapshot, person: Person) -> tuple[Entry, Released] | None:
    """Return the newest release that was not taken back, if it led to the present stage."""
    for entry in sorted(history_of(person, snapshot), key=lambda each: -each.id):
        if isinstance(entry.told, Released) and entry.id not in snapshot.amended:
            end, day = end_of(person, snapshot), snapshot.day_of(entry.happened_at)
            # A later stay may begin at home without any release: then he is there since another day.
            home = at_home(person) and person.home_from in (None, day)
            stands = home if entry.told.to == "home" else end is not None and end.entry == entry.id
            return (entry, entry.told) if stands else None
    return None


def last_ride(snapshot: Snapshot, person: Person) -> PaperRide | None:
    """Return the ride that is owed or under way, else the last one that ended; None: there is none.

    Its number is that of the arrival before it, which stays the same from the order to the arrival.
    """
    told = [each for each in history_of(person, snapshot) if each.id not in snapshot.amended]
    arrivals = [each for each in told if isinstance(each.told, Arrived | Transferred)]
    if on_road(person) or to_be_moved(person):
        before = arrivals[-1].id if arrivals else 0
        left = [each for each in told if isinstance(each.told, Departed) and each.id > before]
        return PaperRide(departed=left[-1] if left and on_road(person) else None, number=before)
    if not arrivals:
        return None
    before = arrivals[-2].id if len(arrivals) > 1 else 0
    left = [each for each in told if isinstance(each.told, Departed) and before < each.id < arrivals[-1].id]
    return PaperRide(departed=left[-1] if left else None, arrived=arrivals[-1], number=before)


def paper_about(kind: PaperKind, person: Person, snapshot: Snapshot, now: datetime) -> str | None:
    """Return what a paper of a person would be a paper of; None: there is none to print."""
    match kind:
        case "notice-release":
            released = last_release(snapshot, person)
            return str(Subject("entry", released[0].id)) if released is not None else None
        case "transfer":
            ride = last_ride(snapshot, person)
            return f"ride-{ride.number}" if ride is not None else None
        case "record":
            return snapshot.day_of(now).isoformat()
        case "notice-isolation" | "notice-home":
            at_site = kind == "notice-isolation"
            if person.assessment is None or not under_control(person) or (at_site and is_watched(person)):
                return None
            planned = course_of(person, snapshot, now).plan.stage("site" if at_site else "home")
            return person.assessment.at.isoformat() if planned is not None else None


def next_number(kind: PaperKind, person: Person, snapshot: Snapshot, now: datetime) -> PaperNumber | None:
    """Return the number with which a paper would leave the desk now; None: there is none to print."""
    about = paper_about(kind, person, snapshot, now)
    if about is None:
        return None
    held = _issued(kind, person, about, snapshot)
    if held is not None:
        return PaperNumber(year=held.year, serial=held.serial, copy=held.copies + 1)
    year = snapshot.day_of(now).year
    given = (each.serial for each in snapshot.papers.values() if (each.kind, each.year) == (kind, year))
    return PaperNumber(year=year, serial=max(given, default=0) + 1)


def papers_of(person: Person, snapshot: Snapshot) -> Iterator[IssuedPaper]:
    """Yield the papers of a person that have left the desk and were not taken back, oldest first."""
    for _, each in sorted(snapshot.papers.items()):
        if each.person_id == person.id and not each.struck:
            yield each


def decide_print_paper(command: PrintPaper, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted | Refusal:
    """Give a paper its number, or count it once more under the one that it has."""
    person = snapshot.persons.get(command.person_id)
    if person is None:
        return Refusal("unknown_person", {"person": command.person_id})
    number = next_number(command.paper, person, snapshot, now)
    about = paper_about(command.paper, person, snapshot, now)
    if number is None or about is None:
        return Refusal("no_paper", {"person": NameOf(person), "paper": command.paper})
    if command.seen is not None and command.seen != number:
        return Refusal("number_given", {"person": NameOf(person), "paper": command.paper})
    transaction = Transaction(snapshot, now, actor)
    held = _issued(command.paper, person, about, snapshot)
    if held is None:
        held = IssuedPaper(
            id=transaction.new_id("papers"),
            kind=command.paper,
            person_id=person.id,
            about=about,
            year=number.year,
            serial=number.serial,
            first_at=now,
            copies=0,
        )
    transaction.put(replace(held, copies=number.copy))
    told = Printed(paper=command.paper, year=number.year, serial=number.serial, copy=number.copy)
    transaction.log(told, subject=subject_id(person))
    return transaction.accepted()


def _issued(kind: PaperKind, person: Person, about: str, snapshot: Snapshot) -> IssuedPaper | None:
    """Return the paper of that kind that a person was given for the same; None: there is none."""
    mine = (each for each in papers_of(person, snapshot) if (each.kind, each.about) == (kind, about))
    return next(mine, None)
