"""Memory of a session against hello: `python -m tests.bench.session_memory [sessions]`.

So many sessions run at once, then as many bare Textual hellos; of each the part of its memory that is its own (PSS).
At rest, at 300 and at 2,000 people; then after a search by initials, after every screen was shown, and after twenty
notes of a colleague. Then at rest by the door of a server whose parent has the program loaded: the session and the
process that waits for it.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path
from shutil import copytree

from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import own_identity
from tests.bench.cli_start import desk_of
from tests.bench.figure import NOW, Figure, options, programs
from tests.bench.first_paint import HELLO
from tests.bench.log_ins import HELLO_SHOWN, ready
from tests.bench.room import LIMIT_SECONDS, ROWS_SHOWN, Room, memory_of
from tests.bench.warm_door import warm_door
from tests.pty.terminal import DUTYBOARD, KEYS

SIZES = ((300, 4, 1.4), (2_000, 40, 1.7))
"""People, sites, and the most that a session at rest may hold, in hellos."""
FORKED_AIMS = {300: 1.2, 2_000: 1.4}
GROWTH_AIM = 1.05
"""The most that a search may leave, as a ratio to the session at rest: no change but for what any key allocates."""
SEARCH, NOTES = "wf", 20


def middle(room: Room) -> float:
    """Return the median memory of the seats, in MB."""
    return statistics.median(each.memory() for each in room.seats)


def of_hello(sessions: int) -> float:
    with Room() as room:
        room.seconds_until(HELLO_SHOWN, room.more((sys.executable, "-c", HELLO), sessions))
        room.read(time.monotonic() + 1)
        return middle(room)


def of_forked(folder: Path, sessions: int) -> float:
    """Return MB of a session that a parent forked, with the process that waits for it."""
    with warm_door(folder) as door, Room() as room:
        room.seconds_until(ROWS_SHOWN, room.more(door.argv, sessions))
        room.read(time.monotonic() + 4)
        forked = door.sessions()
        if len(forked) != sessions:
            raise SystemExit(f"{len(forked)} of {sessions} sessions are forked")
        found = middle(room) + statistics.median(memory_of(each) for each in forked)
        room.leave(room.seats)
        return found


def of_board(program: str, folder: Path, sessions: int) -> dict[str, float]:
    """Return MB of a session by what was done in it."""
    ready(folder)
    with Room() as room:
        room.seconds_until(ROWS_SHOWN, room.more((program, "--data", str(folder)), sessions))
        room.read(time.monotonic() + 4)
        found = {"at rest": middle(room)}

        def press(*keys: str) -> None:
            for each in keys:
                for seat in room.seats:
                    seat.send(each)
                room.read(time.monotonic() + 0.8)
                if room.unanswered(LIMIT_SECONDS):
                    raise SystemExit(f"a key is not answered: {each!r}")

        press("/", *SEARCH, "\r")
        found["after a search"] = middle(room)
        press(*(KEYS[each] for each in ("escape", "f3", "f4", "f5", "f6", "f7", "f2")))
        found["after every screen"] = middle(room)
        colleague = Gateway.open(folder, own_identity(), pace=None)
        for number in range(NOTES):
            colleague.submit(WriteLog(text=f"第{number}号"))
            room.read(time.monotonic() + 0.6)
        colleague.close()
        found[f"after {NOTES} notes"] = middle(room)
        room.leave(room.seats)
    return found


def main(before: str, sessions: int) -> None:
    """Measure and print."""
    hello = of_hello(sessions)
    with tempfile.TemporaryDirectory() as home:
        for people, sites, aim in SIZES:
            made = desk_of(Path(home) / f"desk-{people}", people, sites)
            found = {
                when: of_board(program, copytree(made, Path(home) / f"{when}-{people}"), sessions)
                for when, program in programs(DUTYBOARD, before).items()
            }
            now, old = found[NOW], found.get("before", {})
            for name, held in now.items():
                rest = name == "at rest"
                floor = {when: hello if rest else each["at rest"] for when, each in found.items()}
                beside = old[name] / floor["before"] if old else None
                told = f"{held:.1f} MB, {'hello' if rest else 'at rest'} {floor[NOW]:.1f} MB"
                most = aim if rest else GROWTH_AIM if "search" in name else 0
                against = "hello" if rest else "rest"
                title = f"memory of a session {name} against {against}, {people:,} people"
                print(Figure(title, held / floor[NOW], "x", most, sessions, told, beside), flush=True)
            held = of_forked(copytree(made, Path(home) / f"forked-{people}"), sessions)
            title = f"memory of a forked session at rest against hello, {people:,} people"
            told = f"{held:.1f} MB, hello {hello:.1f} MB"
            print(Figure(title, held / hello, "x", FORKED_AIMS[people], sessions, told), flush=True)


if __name__ == "__main__":
    asked = options(sessions=8)
    main(asked.before, 2 if asked.quick else asked.sessions)
