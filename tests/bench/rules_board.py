"""The board of a busy desk: `python -m tests.bench.rules_board`.

250 people, 6 sites, 20 units, both seats for ten days, three days without a handover. Printed: milliseconds a board,
and its ratio to copying its finished rows once, so that another machine's speed does not count.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from dutyboard.rules.board import board
from dutyboard.rules.records.codes import SEATS
from dutyboard.rules.records.commands.post import Discharge
from dutyboard.rules.records.model import Record
from dutyboard.rules.records.obligation import OWED
from dutyboard.rules.records.snapshot import Snapshot
from tests.rules.desks import LI, LIU, WANG, ZHANG, act, desk, owed, person, shift, site, t, unit

RUNS = 60


def busy() -> Snapshot:
    """The desk at 19:42 of its third day, its rounds of two days done but every seventh."""
    records: list[Record] = [
        *(unit(n) for n in range(1, 21)),
        *(site(n, rooms=54) for n in range(1, 7)),
        *(person(n, unit_id=n % 20 + 1, stage="site", site_id=n % 6 + 1, room=n % 54) for n in range(1, 181)),
        *(person(n, unit_id=n % 20 + 1, stage="home") for n in range(181, 239)),
        *(person(n, unit_id=n % 20 + 1) for n in range(239, 251)),
    ]
    for number in range(20):
        starts = t("08:00") + number * timedelta(hours=12)
        for at, seat in enumerate(SEATS):
            who = ((LI, LIU), (WANG, ZHANG))[at][number % 2]
            records.append(shift(2 * number + at + 1, seat, who, starts, starts + timedelta(hours=12)))
    snapshot = desk(*records)
    for day in (7, 8):
        for clock in ("08:00", "12:00", "18:30"):
            for number, each in enumerate(owed(snapshot, t(clock, day)).values()):
                if each.kind in ("patrol", "disinfection") and each.state in OWED and number % 7:
                    snapshot = act(snapshot, Discharge(obligation=each.id), t(clock, day))
    return snapshot


def milliseconds(what: Callable[[], object]) -> float:
    """The median of many runs after a warm one."""
    what()
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        what()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def main() -> None:
    """Measure and print."""
    snapshot, now = busy(), t("19:42", 9)
    shown = board(snapshot, now)
    took = milliseconds(lambda: board(snapshot, now))
    least = milliseconds(lambda: [replace(each) for each in shown.obligations])
    print(f"{len(shown.obligations)} obligations, {len(snapshot.persons)} people, {len(snapshot.entries)} entries")
    print(f"board           {took:7.2f} ms   x {took / least:.1f} of copying its rows   ({RUNS} runs)")
    print(f"copying rows    {least:7.2f} ms")


if __name__ == "__main__":
    main()
