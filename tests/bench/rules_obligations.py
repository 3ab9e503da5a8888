"""What people cost a board: `python -m tests.bench.rules_obligations`.

10,000 people in every stage, assessed and asked what they are owed; then a board of 2,000 refreshed after one of
them has changed, and the same without anything remembered. Printed beside each time: its ratio to copying the records.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from dutyboard.rules.board import board
from dutyboard.rules.law.facts import ArrivalPcr, Stay
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.people.course import course_of
from dutyboard.rules.records.codes import Stage
from dutyboard.rules.records.model import Area, Person, Record
from dutyboard.rules.records.snapshot import Memo, Snapshot
from tests.rules.desks import desk, of_people, person, site, t, unit
from tests.rules.duties.test_queue import AREAS, facts_of
from tests.rules.fact_sets import DAY

PEOPLE, ON_BOARD, RUNS = 10_000, 2_000, 30
NOW = t("19:42", 9)
COURSES: tuple[tuple[Stage, str], ...] = (
    *(("site", clause) for clause in 2 * ("3.5", "3.5", "3.6", "3.9", "3.9", "3.10")),
    *(("home", "3.7a") for _ in range(6)),
    ("pending", "3.8b"),
    ("pending", "refer"),
)
TESTED = ArrivalPcr(sampled_on=DAY, result="negative", result_on=DAY)
SAMPLED = (Sample(type="pcr", day=1, result="negative", sampled_on=DAY + timedelta(days=1)),)


def crowd(count: int, areas: int = 0) -> Snapshot:
    """A desk with that many people: half at sites and a quarter at home on their second day, with the samples of the
    first behind them; the rest waits. And areas that came in after them, whose county every tenth has stayed in."""
    random = Random(count)
    records: list[Record] = [*(unit(n) for n in range(1, 21)), *(site(n, rooms=400) for n in range(1, 7)), *AREAS]
    for number in range(1, count + 1):
        stage, clause = random.choice(COURSES)
        facts = facts_of(clause, **({"tests": SAMPLED} if stage == "site" else {"arrival_pcr": TESTED}))
        if random.random() < 0.1:
            facts = replace(facts, stays=(*(facts.stays or ()), Stay(place="深圳市南山区", code="440305", left_on=DAY)))
        room = {"site_id": number % 6 + 1, "room": number % 400 + 1} if stage in ("site", "transfer") else {}
        admitted = DAY if stage in ("site", "home") else None
        records.append(person(number, unit_id=number % 20 + 1, stage=stage, facts=facts, admitted_on=admitted, **room))
    records += [
        Area(id=9 + n, code="440305", name=f"广东省深圳市南山区{n}号街道", level="high", starts=DAY, listed_at=NOW)
        for n in range(areas)
    ]
    return desk(*records)


def seconds(what: Callable[[], object], runs: int = RUNS) -> float:
    """The median of many runs, in processor time: a busy machine counts for nothing."""
    taken = []
    for _ in range(runs):
        began = time.process_time()
        what()
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def forgetful(snapshot: Snapshot) -> Snapshot:
    """The same desk with nothing remembered."""
    return replace(snapshot, memo=Memo())


def changed(snapshot: Snapshot, number: int) -> Snapshot:
    """One person is known to be well on another day."""
    old: Person = snapshot.persons[number]
    facts = replace(old.facts, symptoms="none", last_exposure_on=date(2021, 6, 1) + timedelta(days=number % 5))
    return snapshot.applied(snapshot.seq + 1, [replace(old, facts=facts)])


def main() -> None:
    """Measure and print."""
    snapshot = crowd(PEOPLE)
    copied = seconds(lambda: [replace(each) for each in snapshot.persons.values()], 3)
    began = time.process_time()
    owed = list(of_people(forgetful(snapshot), NOW))
    took = time.process_time() - began
    each = f"{took / PEOPLE * 1e6:.0f} us a person, x {took / copied:.1f} copying"
    print(f"{PEOPLE} people, {len(owed)} obligations: {each}")
    for areas in (0, 3):
        board_of(areas)


def board_of(areas: int) -> None:
    """A board of 2,000: whole, and refreshed after one person has changed."""
    snapshot = crowd(ON_BOARD, areas)
    copied = seconds(lambda: [replace(each) for each in snapshot.persons.values()])
    rows = len(board(snapshot, NOW).obligations)
    whole = seconds(lambda: board(forgetful(snapshot), NOW), 3)
    still = seconds(lambda: board(snapshot, NOW))
    current = [snapshot]

    def one() -> None:
        current[0] = changed(current[0], len(current[0].persons) // 2 + current[0].seq % 50)
        board(current[0], NOW)

    def alone() -> None:
        current[0] = changed(current[0], len(current[0].persons) // 3 + current[0].seq % 50)
        person_ = current[0].persons[len(current[0].persons) // 3 + (current[0].seq - 1) % 50]
        course_of(person_, current[0], NOW)

    refreshed, single = seconds(one), seconds(alone)
    print(
        f"{ON_BOARD} people, {areas} areas to call about, {rows} rows; copying the records takes {copied * 1e3:.2f} ms"
    )
    for name, took in (("whole", whole), ("nothing changed", still), ("one person changed", refreshed)):
        print(f"  {name:20} {took * 1e3:8.2f} ms  x {took / copied:.1f}")
    print(f"  the one changed person alone costs {single * 1e3:.2f} ms, 1 to {whole / single:.0f} of the whole")


if __name__ == "__main__":
    main()
