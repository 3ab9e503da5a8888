"""A monkey at the keyboard: seeded keys from many starting points, on the sample desk and the real rules."""

import random
from collections.abc import Iterable
from datetime import datetime
from functools import cache

from textual.pilot import Pilot

from dutyboard.rules.records.commands.post import OpenDesk
from dutyboard.rules.records.model import Record
from dutyboard.tui.app import DutyApp
from dutyboard.tui.link.picture import known_notices
from dutyboard.tui.sample import busy_desk
from tests.tui.night import ME, NOTICE, ZONE, FakeGateway
from tests.tui.screen_text import app_of, until_open

NOW = datetime(2021, 6, 7, 19, 40, tzinfo=ZONE)
SIZES = ((80, 24), (60, 20), (120, 40))
STARTS: dict[str, tuple[str, ...]] = {
    "board": ("f2",),
    "rounds": ("f3",),
    "one site": ("f3", "r"),
    "screening": ("f4",),
    "people": ("f5",),
    "log": ("f6",),
    "reports": ("f7",),
    "handover": ("f8",),
    "help": ("f1",),
    "person": ("f5", "enter"),
    "page of a person, his test": ("f5", "enter", "t"),
    "page of a person, his release": ("f5", "enter", "r"),
    "page of a person, his facts": ("f5", "enter", "f"),
    "calls": ("f4", "l"),
    "expiring": ("f4", "v"),
    "a person of the queue": ("f4", "enter"),
    "an arrival": ("plus",),
    "a note": ("n",),
    "a call": ("c",),
    "seats": ("s",),
    "a report": ("f7", "f"),
    "a report as it prints": ("f7", "enter"),
    "pages of paper": ("f7", "l"),
    "the city's sheet": ("f7", "l", "down", "enter"),
    "why": ("e",),
    "trail": ("f5", "w"),
    "find": ("slash",),
    "abnormal": ("f3", "x"),
    "who takes over": ("f8", "enter"),
    "acts on the desk": ("f9",),
    "a site's state": ("f3", "o", "enter"),
    "a shift": ("f9", "enter", "p"),
    "a setting": ("f9", *["down"] * 5, "enter", "enter"),
    "another notice": ("f9", *["down"] * 7, "enter", "enter"),
    "a sheet": ("f9", *["down"] * 8, "enter"),
    "a hand-off": ("f5", "enter", "h"),
}
"""By name: the keys that lead there from the board."""
EDGES = ("up", "down", "left", "right", "pageup", "pagedown", "home", "end")
KEYS = (
    *EDGES * 4,
    *("enter",) * 8,
    *("escape", "tab", "shift+tab", "backspace", "delete", "space", "f9") * 2,
    *(f"f{number}" for number in range(1, 13)),
    *(f"ctrl+{letter}" for letter in "defgklnoprtuwxyz"),
    *"0123456789" * 2,
    *"abcefhlmnrstvwxz/?+-.: ",
    *"今昨ｎ３张涟源发烧",
)
LEAVES = ("f10", "ctrl+d")


@cache
def sample() -> tuple[Record, ...]:
    """The records of the sample desk at `NOW`."""
    command = OpenDesk(desk="疫情防控", admin_name="", notice=NOTICE)
    return busy_desk(command, NOW, ME, known_notices())


class Fell(AssertionError):
    """What the monkey broke, and by which keys."""


async def walk(start: str, keys: int, seed: int, records: Iterable[Record] = ()) -> int:
    """Press so many keys from one starting point: to each edge first, then at random. Returns how many were pressed.

    `records`: of another desk, on which faults are met; then the program must only go on. Raises Fell at the first
    fault.
    """
    draw = random.Random(f"{start}/{seed}")
    app = app_of(FakeGateway(list(records or sample()), NOW), draw.choice(("zh", "en")))
    async with app.run_test(size=draw.choice(SIZES)) as pilot:
        await until_open(pilot)
        pressed = list(STARTS[start])
        await press(pilot, app, pressed, [], faults=bool(records))
        plan: Iterable[str] = (*_edges(), *(draw.choice((*KEYS, *LEAVES)) for _ in range(keys)))
        for key in list(plan)[:keys]:
            await press(pilot, app, [key], pressed, faults=bool(records))
            pressed.append(key)
    return len(pressed)


async def press(pilot: Pilot[None], app: DutyApp, keys: list[str], before: list[str], *, faults: bool = False) -> None:
    """Press keys one by one; one that would end the program is left out. Raises Fell."""
    for key in keys:
        if key in LEAVES and app.current_mode == "board" and len(app.screen_stack) == 1:
            continue
        await pilot.press(key)
        if (app.session.faults.known and not faults) or not app.is_running:
            raise Fell(f"{sorted(map(str, app.session.faults.known))} at {key} after {' '.join(before[-60:])}")


def _edges() -> list[str]:
    """Every edge, with an Enter and a leave behind it."""
    return [key for edge in EDGES for key in (*[edge] * 2, "enter", "f10")]
