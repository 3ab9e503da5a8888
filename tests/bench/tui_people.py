"""CPU of the UI loop for F5 with 10,000 people: `python -m tests.bench.tui_people [people]`.

Opening it, painting it again, moving in it, a search by initials (pasted; typed, with what is read meanwhile; its later
repaints; the next), each in ms and as a ratio to sorting the same names. Everybody has been assessed before, as by the
board behind it.
"""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable

from dutyboard.rules.board import board
from dutyboard.tui.screens.people import PeopleScreen
from tests.bench.figure import Figure, options
from tests.bench.rules_obligations import NOW, crowd
from tests.tui.night import FakeGateway, night
from tests.tui.screen_text import app_of

PEOPLE, RUNS = 10_000, 5
TYPED_SECONDS = 0.3
"""Seconds between two letters of somebody who types."""
AIMS = {"F5 opens": 80.0, "/ by initials": 60.0}


def spent(act: Callable[[], object]) -> float:
    """Return the CPU time of a call in this thread, in ms."""
    began = time.thread_time()
    act()
    return (time.thread_time() - began) * 1e3


async def spent_on(act: Callable[[], Awaitable[object]]) -> float:
    """Return the CPU time of this thread until an act on the screen is through, in ms."""
    began = time.thread_time()
    await act()
    return (time.thread_time() - began) * 1e3


async def measured(people: int) -> dict[str, float]:
    """Return ms by what was done."""
    known = crowd(people, sites=40)
    tables = (known.units, known.sites, known.areas, known.persons)
    of_night = [
        each for each in night() if type(each).__name__ in ("DeskSettings", "NoticeInForce", "Officer", "Shift")
    ]
    fake = FakeGateway([*of_night, *(each for table in tables for each in table.values())], NOW)
    board(fake.snapshot, NOW)  # everybody is assessed
    names = [person.name for person in known.persons.values()]
    found = {"floor: sort the names": statistics.median(spent(lambda: sorted(names)) for _ in range(RUNS))}
    app = app_of(fake)
    async with app.run_test(size=(80, 24)) as pilot:
        while app.session.board is None:
            await pilot.pause(0.1)
        await pilot.pause()

        async def open_people() -> None:
            await pilot.press("f5")
            await pilot.pause()

        found["F5 opens"] = await spent_on(open_people)
        screen = app.screen
        assert isinstance(screen, PeopleScreen)
        assert len(screen.table.keys) > people // 2
        found["painted again"] = statistics.median(spent(screen.repaint) for _ in range(RUNS))
        found["cursor down"] = statistics.median([await spent_on(lambda: pilot.press("down")) for _ in range(RUNS)])
        found["/ by initials, pasted"] = spent(lambda: screen.filter_by("gld"))
        screen.filter_by("")

        async def type_slowly() -> None:
            await pilot.press("slash")
            for letter in "gld":
                await pilot.pause(TYPED_SECONDS)
                await pilot.press(letter)

        found["typing it, in all"] = await spent_on(type_slowly)
        found["/ by initials"] = await spent_on(lambda: pilot.press("enter"))
        assert screen.table.keys
        found["painted again, filtered"] = statistics.median(spent(screen.repaint) for _ in range(RUNS))
        found["/ by other initials"] = spent(lambda: screen.filter_by("ry9"))
        assert screen.table.keys
    return found


def main(people: int, openings: int) -> None:
    """Measure and print."""
    found = [asyncio.run(measured(people)) for _ in range(openings)]
    middle = {name: statistics.median(each[name] for each in found) for name in found[0]}
    floor = middle.pop("floor: sort the names")
    for name, took in middle.items():
        told = f"x {took / floor:.1f} of sorting their names"
        print(Figure(f"{name}, {people:,} people, on the loop", took, "ms", AIMS.get(name, 0), openings, told))


if __name__ == "__main__":
    asked = options(people=PEOPLE, openings=3)
    main(*(2_000, 1) if asked.quick else (asked.people, asked.openings))
