"""A register of arrivals, read into the desk's people (二)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from dutyboard.rules.duties.sheets.people_rows import PeopleRows
from dutyboard.rules.duties.sheets.tally import Tally
from dutyboard.rules.people.contacts import Bearers, companions_told
from dutyboard.rules.people.identity import BETWEEN, tells_little
from dutyboard.rules.records.commands import Actor
from dutyboard.rules.records.commands.person import PersonData
from dutyboard.rules.records.commands.sheets import ImportArrivals
from dutyboard.rules.records.model import Person
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.rules.records.transaction import Accepted


def decide_import_arrivals(command: ImportArrivals, snapshot: Snapshot, now: datetime, actor: Actor) -> Accepted:
    """People from a register of arrivals. A row is rejected that has no name, or a date after `now`.

    It adds and worsens. What it tells milder than a record, or otherwise, is a contradiction for an officer.
    """
    people = PeopleRows(snapshot, now, actor)
    # Rows whose number tells most come first: what they add to a person, his arrival above all, decides whether a row
    # without one is his, and must be known before it is asked, the first time as the second.
    for told in sorted(command.persons, key=tells_little):
        row = people.possible(told)
        if row is not None:
            people.take(row, people.recognised(row))
    people.write()
    _say_companions(command.persons, {**snapshot.persons, **people.current}, people.tally)
    return people.tally.accepted(people.transaction, "arrivals")


def _say_companions(rows: Iterable[PersonData], persons: Mapping[int, Person], tally: Tally) -> None:
    """Say of each row which of its companions the desk does not know: somebody may have to ask for them."""
    told = [row for row in rows if row.companions and row.name]
    among = Bearers(persons.values() if told else ())
    for row in told:
        missing = [each.name for each in companions_told(row.companions, among) if not each.known]
        if missing:
            tally.say(row, "companions", "companion_unknown", text=BETWEEN.join(missing))
