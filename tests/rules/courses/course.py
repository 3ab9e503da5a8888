"""Course of a desk: time passes, and one thing is done at a time, rightly or not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Final

from dutyboard.rules.board import board
from dutyboard.rules.people.contacts import is_positive
from dutyboard.rules.people.stage import in_hospital, on_desk, on_road
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.obligation import OWED
from tests.rules.courses.desk_acts import DESK_ACTS, come, few, switch
from tests.rules.courses.night import Night, new_desk
from tests.rules.courses.person_acts import ACTS, CLOSED, ON_ROAD, positive
from tests.rules.courses.right_acts import RIGHTLY
from tests.rules.courses.sheet_acts import sheet
from tests.rules.desks import ZONE

PAUSES: Final = (3, 20, 90, 240, 700)
"""Minutes between two acts."""
SHEETS: Final = 0.15
"""Share of the acts that are sheets."""
ONE_MINUTE: Final = timedelta(minutes=1)


def worked(seed: int, steps: int) -> Iterator[Night]:
    """Yield a desk after each of so many acts, and at a minute between that changes what is owed.

    In the middle of every other course another notice comes into force.
    """
    night = Night(random=Random(seed), questions=Random(seed), snapshot=new_desk())
    for number in range(steps):
        yield from wait(night, night.now + timedelta(minutes=night.random.choice(PAUSES)))
        if seed % 2 and number == steps // 2:
            switch(night)
        else:
            do_one_thing(night)
        yield night


def wait(night: Night, until: datetime) -> Iterator[Night]:
    """Let time pass; yield at one of the minutes that matter."""
    day, night.last = night.today, None
    minutes = sorted(minutes_that_matter(night, until))
    if minutes:
        night.now = night.random.choice(minutes)
        yield night
    night.now = until
    if night.today != day:  # the morning's handover has accepted what was missed, so that the board stays short
        night.snapshot = replace(night.snapshot, handed_over_at=night.now)


def minutes_that_matter(night: Night, until: datetime) -> set[datetime]:
    """Return the instants before `until` at which a row opens, is due or closes, a minute after each, and midnight."""
    windows = [row.window for row in board(night.snapshot, night.now).obligations]
    edges = {edge for each in windows for edge in (each.opens, each.due, each.closes) if edge is not None}
    edges.add(midnight(until.astimezone(ZONE).date(), ZONE))
    return {each for edge in edges for each in (edge, edge + ONE_MINUTE) if night.now < each < until}


def do_one_thing(night: Night) -> None:
    """Do what the moment asks, or anything else that an officer may do."""
    on = [each for each in night.snapshot.persons.values() if on_desk(each)]
    gone = [each for each in night.snapshot.persons.values() if not on_desk(each)]
    ill = [each for each in on if is_positive(each.facts) and not in_hospital(each)]
    if few(night) and night.chance(0.3):
        come(night)
    elif ill and night.chance(0.2):
        command = positive(night, night.random.choice(ill))
        if command is not None:
            night.say(command)
    elif night.chance(SHEETS):
        sheet(night)
    elif night.chance(0.2):
        night.random.choice(DESK_ACTS)(night)
    elif night.chance(0.6):
        work_off(night)
    else:
        closed = bool(gone) and (not on or night.chance(0.15))
        people = gone if closed else on
        person = night.random.choice(people) if people else None
        acts = CLOSED if closed else ON_ROAD if person is not None and on_road(person) else ACTS
        command = night.random.choice(acts)(night, person) if person is not None else None
        if command is not None:
            night.say(command)


def work_off(night: Night) -> None:
    """Do what a row about a person asks, as a good officer would."""
    rows = [row for row in board(night.snapshot, night.now).obligations if row.state in OWED]
    rows = [row for row in rows if row.kind in RIGHTLY and row.subject_id.kind == "person"]
    if rows:
        row = night.random.choice(rows)
        command = RIGHTLY[row.kind](night, night.snapshot.persons[row.subject_id.number])
        if command is not None:
            night.say(command)
