"""What people and sites cost: `python -m tests.bench.growth [most people]`, CPU of one session by what happens.

Through the gateway and the boards of the worker thread, at 300, 2,000 and 10,000 people and 4, 40 and 400 sites: fold
the checkpoint, make the first board anew and from what another session left, then a board for a colleague's note, for
his tick of a slot, for a minute, for midnight. Printed: ms at each size, and how they grow with people and with sites.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from dutyboard.rules.records.clock import midnight
from dutyboard.rules.records.commands import Command
from dutyboard.rules.records.commands.post import Discharge, WriteLog
from dutyboard.rules.records.obligation import OWED
from dutyboard.rules.records.refusals import Refusal
from dutyboard.tui.link.board.boards import Boards
from dutyboard.tui.link.clock import real_clock
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import own_identity
from tests.bench.cli_start import desk_of
from tests.bench.figure import Figure, options

SIZES = ((300, 4), (300, 40), (2_000, 4), (2_000, 40), (2_000, 400), (10_000, 40), (10_000, 400))
RUNS = 9
CHANGED_AIM = 2.0
"""The most by which the cost of a change may grow over all sizes: O(changed), with room for what is copied whole."""
FOLD_AIM = 1.0
"""The most that a first board may cost of the fold of its checkpoint."""
EVENTS = ("a colleague's note", "a tick of a slot", "a minute", "midnight, prepared")


class Clock:
    """A clock that stands, and can be put forward: work before midnight may take longer than is left to it."""

    def __init__(self) -> None:
        self.ahead, self._stands = timedelta(), real_clock()

    def __call__(self) -> datetime:
        return self._stands + self.ahead


def spent(act: Callable[[], object]) -> float:
    """Return the CPU time of a call, in ms."""
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1e3


def measured(folder: Path, runs: int) -> dict[str, float]:
    """Return ms by what happens on a desk."""
    clock, opened = Clock(), []

    def opens() -> Gateway:
        opened.append(Gateway.open(folder, own_identity(), clock=clock, pace=None))
        return opened[-1]

    found = {"open: fold the checkpoint": statistics.median(spent(opens) for _ in range(3))}
    first, desk, colleague = opened
    boards = Boards()
    found["first board, made anew"] = spent(lambda: boards.of(first))
    boards.keep(first)
    boards = Boards()
    found["first board, from what was left"] = spent(lambda: boards.of(desk))

    def shown() -> None:
        desk.refresh()
        boards.of(desk)

    def after(command: Command) -> float:
        answer = colleague.submit(command)
        if isinstance(answer, Refusal):
            raise SystemExit(f"{command} is refused: {answer.code}")
        return spent(shown)

    def ticks() -> Iterator[float]:
        """Tick what is open, as far as it goes: few sites have few rounds at an hour."""
        while True:
            board = boards.of(desk).board
            assert board is not None
            rounds = (row for row in board.obligations if row.kind in ("patrol", "disinfection"))
            still = next((row.id for row in rounds if row.state in OWED), None)
            if still is None:
                return
            yield after(Discharge(obligation=still))

    def minute() -> float:
        clock.ahead += timedelta(minutes=1)
        return spent(shown)

    def turn() -> float:
        """Open the desk anew, stand before midnight with the next day prepared, and turn to it."""
        eve = Clock()
        gateway, boards = Gateway.open(folder, own_identity(), clock=eve), Boards()
        opened.append(gateway)
        boards.of(gateway)
        now = gateway.now()
        eve.ahead = midnight((now + timedelta(days=1)).date(), gateway.snapshot.zone) - now - timedelta(seconds=5)
        boards.of(gateway)
        while boards.prepare(gateway):
            pass
        eve.ahead += timedelta(seconds=5)
        return spent(lambda: boards.of(gateway))

    acts: tuple[Iterable[float], ...] = (
        (after(WriteLog(text="接电话")) for _ in range(runs)),
        islice(ticks(), runs),
        (minute() for _ in range(runs)),
        (turn() for _ in range(3)),
    )
    for name, taken in zip(EVENTS, map(list, acts), strict=True):
        if len(taken) < 3:
            raise SystemExit(f"{name}: measured {len(taken)} times, too few")
        found[name] = statistics.median(taken)
    for each in opened:
        each.close()
    return found


def table(sizes: tuple[tuple[int, int], ...], runs: int) -> dict[tuple[int, int], dict[str, float]]:
    """Measure every size and print ms by what happens."""
    found = {}
    for people, sites in sizes:
        with tempfile.TemporaryDirectory() as home:
            found[people, sites] = measured(desk_of(Path(home) / "desk", people, sites), runs)
    print(f"{'CPU ms, people/sites':34}" + "".join(f"{f'{people}/{sites}':>12}" for people, sites in found))
    for name in next(iter(found.values())):
        print(f"{name:34}" + "".join(f"{each[name]:12.2f}" for each in found.values()))
    return found


def main(sizes: tuple[tuple[int, int], ...], runs: int) -> None:
    """Measure and print."""
    found = table(sizes, runs)
    people, sites = sorted({each for each, _ in sizes}), sorted({each for _, each in sizes})
    middle = people[len(people) // 2]
    for name in EVENTS:
        few, many = (found[each, 40][name] for each in (people[0], people[-1]))
        told = f"{few:.2f} and {many:.2f} ms"
        title = f"growth of {name}: {people[-1]:,} people against {people[0]:,}"
        print(Figure(title, many / few, "x", CHANGED_AIM, runs, told))
    for name in EVENTS:
        few, many = (found[middle, each][name] for each in (sites[0], sites[-1]))
        told = f"{few:.2f} and {many:.2f} ms"
        title = f"growth of {name}: {sites[-1]} sites against {sites[0]}, {middle:,} people"
        print(Figure(title, many / few, "x", CHANGED_AIM, runs, told))
    largest = found[people[-1], 40]
    fold, board = largest["open: fold the checkpoint"], largest["first board, from what was left"]
    title = f"first board from what was left against the fold of the checkpoint, {people[-1]:,} people"
    print(Figure(title, board / fold, "x", FOLD_AIM, 3, f"{board:.0f} and {fold:.0f} ms"))


if __name__ == "__main__":
    asked = options(most=10_000)
    chosen = tuple(each for each in SIZES if each[0] <= (2_000 if asked.quick else asked.most))
    main(chosen, 3 if asked.quick else RUNS)
