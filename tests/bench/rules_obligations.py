"""What people cost a board: `python -m tests.bench.rules_obligations`.

10,000 people in every stage, assessed and asked what they are owed. Then boards that are kept, at three sizes: what a
note, a tick, a person, a minute costs beside a board made anew, so that another machine's speed does not count.
"""

import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from dutyboard.rules.board import board
from dutyboard.rules.board_rows import BoardRows
from dutyboard.rules.duties.every_duty import DUTIES
from dutyboard.rules.law.facts import ArrivalPcr, Stay
from dutyboard.rules.law.facts import Test as Sample
from dutyboard.rules.people.course import assessment_of, fresh_course
from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.codes import Stage
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.post import Discharge, WriteLog
from dutyboard.rules.records.model import Area, Person, Record
from dutyboard.rules.records.obligation import OWED
from dutyboard.rules.records.snapshot import Memo, Snapshot
from dutyboard.tui.link.board.boards import PARTS_AT_ONCE
from tests.bench.figure import Figure, options
from tests.rules.desks import act, desk, of_people, person, site, t, unit
from tests.rules.duties.test_queue import AREAS, facts_of
from tests.rules.fact_sets import DAY

PEOPLE, ON_BOARD, RUNS = 10_000, 2_000, 15
AIMS = {"a colleague's note": 1.0, "a tick of a slot": 3.0}
NOW = t("19:42", 9)
COURSES: tuple[tuple[Stage, str], ...] = (
    *(("site", clause) for clause in 2 * ("3.5", "3.5", "3.6", "3.9", "3.9", "3.10")),
    *(("home", "3.7a") for _ in range(6)),
    ("pending", "3.8b"),
    ("pending", "refer"),
)
TESTED = ArrivalPcr(sampled_on=DAY, result="negative", result_on=DAY)
SAMPLED = (Sample(type="pcr", day=1, result="negative", sampled_on=DAY + timedelta(days=1)),)


def crowd(count: int, areas: int = 0, sites: int = 6) -> Snapshot:
    """A desk with that many people: half at sites and a quarter at home on their second day, with the samples of the
    first behind them; the rest waits. And areas that came in after them, whose county every tenth has stayed in."""
    random = Random(count)
    records: list[Record] = [
        *(unit(n) for n in range(1, 21)),
        *(site(n, rooms=400) for n in range(1, sites + 1)),
        *AREAS,
    ]
    for number in range(1, count + 1):
        stage, clause = random.choice(COURSES)
        facts = facts_of(clause, **({"tests": SAMPLED} if stage == "site" else {"arrival_pcr": TESTED}))
        if random.random() < 0.1:
            facts = replace(facts, stays=(*(facts.stays or ()), Stay(place="深圳市南山区", code="440305", left_on=DAY)))
        room = {"site_id": number % sites + 1, "room": number % 400 + 1} if stage in ("site", "transfer") else {}
        admitted = DAY if stage in ("site", "home") else None
        records.append(person(number, unit_id=number % 20 + 1, stage=stage, facts=facts, admitted_on=admitted, **room))
    records += [
        Area(id=9 + n, code="440305", name=f"广东省深圳市南山区{n}号街道", level="high", starts=DAY, listed_at=NOW)
        for n in range(areas)
    ]
    return assessed(desk(*records))


def assessed(snapshot: Snapshot) -> Snapshot:
    """The same desk, with the assessment of everybody who is placed: he was judged when he came."""
    came = NOW - timedelta(days=1)
    placed = [each for each in snapshot.persons.values() if each.stage != "pending"]
    judged = [
        replace(each, assessment=assessment_of(fresh_course(each, snapshot, came).result, 1, came)) for each in placed
    ]
    return snapshot.applied(snapshot.seq, judged)


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


def main(*, quick: bool) -> None:
    """Measure and print."""
    if quick:
        board_of(ON_BOARD, 40)
        return
    snapshot = crowd(PEOPLE)
    copied = seconds(lambda: [replace(each) for each in snapshot.persons.values()], 3)
    began = time.process_time()
    owed = list(of_people(forgetful(snapshot), NOW))
    took = time.process_time() - began
    each = f"{took / PEOPLE * 1e6:.0f} us a person, x {took / copied:.1f} copying"
    print(f"{PEOPLE} people, {len(owed)} obligations: {each}")
    for count, sites in ((300, 4), (ON_BOARD, 40), (PEOPLE, 40)):
        board_of(count, sites)


def board_of(people: int, sites: int) -> None:
    """Print what a kept board costs after each of five events, beside one made anew of courses that are remembered."""
    snapshot = crowd(people, sites=sites)
    kept, now = BoardRows(), NOW
    shown = board(snapshot, now, kept).obligations
    anew = seconds(lambda: board(snapshot, now), 5)
    print(f"{people} people, {sites} sites, {len(shown)} rows; made anew {anew * 1e3:.1f} ms")

    def after(name: str, events: Iterable[tuple[Snapshot, datetime]]) -> None:
        """Print the median of a board after each event."""
        took = [seconds(partial(board, each, at, kept), 1) * 1e3 for each, at in events]
        middle = statistics.median(took)
        print(f"  {name:24} {middle:8.2f} ms  {middle / anew / 1e3:.3f} of it")
        if people == ON_BOARD and name in AIMS:
            title = f"CPU of a board after {name}, {people:,} people"
            print(Figure(title, middle, "ms", AIMS[name], len(took), f"made anew {anew * 1e3:.0f} ms"))

    def acts(command: Callable[[Snapshot], Command]) -> Iterator[tuple[Snapshot, datetime]]:
        nonlocal snapshot
        with suppress(StopIteration):  # few sites have few rounds at an hour
            for _ in range(RUNS):
                snapshot = act(snapshot, command(snapshot), now)
                yield snapshot, now

    def tick(on: Snapshot) -> Discharge:
        rows = board(on, now, kept).obligations
        open_now = (each.id for each in rows if each.kind in ("patrol", "disinfection") and each.state in OWED)
        return Discharge(obligation=next(open_now))

    def people_changed() -> Iterator[tuple[Snapshot, datetime]]:
        nonlocal snapshot
        for number in range(1, RUNS + 1):
            snapshot = changed(snapshot, number)
            yield snapshot, now

    after("nothing", [(snapshot, now)] * RUNS)
    after("a colleague's note", acts(lambda _: WriteLog(text="A")))
    after("a tick of a slot", acts(tick))
    after("one person changed", people_changed())
    after("a minute", [(snapshot, now + timedelta(minutes=each)) for each in range(1, 6)])
    midnights = [midnight(now.date() + timedelta(days=each), snapshot.zone) for each in range(1, 7)]
    after("midnight", [(snapshot, each) for each in midnights[:3]])
    for each in midnights[3:]:
        portion = partial(kept.prepare, snapshot, each, DUTIES, PARTS_AT_ONCE)
        slices = [seconds(portion, 1)]
        while kept.prepare(snapshot, each, DUTIES, 0):
            slices.append(seconds(portion, 1))
        after("midnight, prepared", [(snapshot, each)])
    print(f"  prepared in {len(slices)} portions, the longest {max(slices) * 1e3:.1f} ms")


if __name__ == "__main__":
    main(quick=options().quick)
