"""Many officers at their screens: `python -m tests.bench.thirty_screens [sessions [people [seconds [midnight]]]]`.

Each session is the program in a terminal of its own, on one desk. Keys move cursors and go to F5 and back, a
colleague writes a note now and then. Printed: the time from a key to the first byte, and from a commit until its text
stands on each of the others' logs, beside the same with few sessions. `midnight` 1: the desk's clock stands before it,
and printed are the longest wait of a key around it and the time until every screen is on the new day. `midnight` 2: the
same with some sessions that begin ten seconds before it.
"""

import math
import os
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copytree

from dutyboard.rules.records.clock import midnight as midnight_of
from dutyboard.rules.records.commands.post import WriteLog
from dutyboard.tui.link.clock import real_clock
from dutyboard.tui.link.gateway import Gateway
from dutyboard.tui.link.identity import own_identity
from tests.bench.cli_start import desk_of
from tests.bench.figure import BEFORE, NOW, Figure, options, programs
from tests.bench.room import LOG_SHOWN, ROWS_SHOWN, Room, Seat
from tests.bench.rules_obligations import NOW as EVENING
from tests.pty.terminal import DUTYBOARD, KEYS

WATCHERS = 4
"""Sessions that show the log and get no keys: what comes on them is the colleague's."""
KEY_SECONDS, NOTE_SECONDS, SCREEN_SHARE = 2.5, 2.5, 0.15
SITES = 40
BEFORE_MIDNIGHT, AFTER_MIDNIGHT = timedelta(minutes=4), 20.0
"""The time for all to start, and for what is made before midnight; then seconds of the new day."""
AROUND = 15.0
"""Seconds before and after midnight in which the longest wait of a key is looked for."""
LATE_COMERS, LATE_SECONDS = 4, 10.0
"""Sessions that begin shortly before midnight, and how shortly."""
TRUE_TO = 0.1
"""Seconds to which the turn of the day is known here."""
FEW_SECONDS = 20.0
LEAST = 20
"""The fewest keys or notes of which a 99th of 100 is said."""


class Office:
    """Officers at work on a desk for some time: their keys, and how long each note took to each watching screen."""

    def __init__(self, room: Room, program: str, folder: Path, count: int) -> None:
        self.noted: list[float] = []
        self.keys: list[tuple[float, float, bool]] = []
        self.ended: list[int] = []
        self._texts: list[tuple[float, str]] = []
        self._changed: set[tuple[int, float]] = set()
        self._room = room
        self._luck = random.Random(count)
        self._colleague = Gateway.open(folder, own_identity(), pace=None)
        self._room.seconds_until(ROWS_SHOWN, self._room.more((program, "--data", str(folder)), count))
        self.watchers, self.others = self._room.seats[:WATCHERS], self._room.seats[WATCHERS:]
        for each in self.watchers:
            each.send(KEYS["f6"])
        self._room.seconds_until(LOG_SHOWN, self.watchers)
        self._room.read(time.monotonic() + 3)

    def work(self, until: float) -> None:
        """Let them work until an instant, or go on until a later one."""
        room, luck, note = self._room, self._luck, time.monotonic()
        texts, changed = self._texts, self._changed
        while time.monotonic() < until:
            room.read(time.monotonic() + KEY_SECONDS / len(self.others) * luck.uniform(0.5, 1.5))
            seat = luck.choice(self.others)
            if luck.random() < SCREEN_SHARE and not seat.asked:
                seat.change_screen()
                changed.add((id(seat), seat.asked))
            else:
                seat.move()
            if time.monotonic() > note:
                note = time.monotonic() + NOTE_SECONDS
                text = f"第{len(texts) + 1}号{luck.randrange(10**6):06}"
                self._colleague.submit(WriteLog(text=text))
                texts.append((time.monotonic(), text))
        for seat in room.unanswered(30):  # it counts with what it waited
            seat.took.append((seat.asked, time.monotonic() - seat.asked))
        self.keys = [(asked, took, (id(seat), asked) in changed) for seat in self.others for asked, took in seat.took]
        self.noted = [took for each in self.watchers for took in _until_shown(each, texts)]

    def took(self, *, screens: bool, since: float = 0.0, until: float = math.inf) -> list[float]:
        """Return the seconds of the keys that moved a cursor, or of those that changed a screen."""
        return [took for asked, took, changed in self.keys if changed == screens and since <= asked <= until]

    def on_day(self, day: str, turn: float, seats: Sequence[Seat]) -> float:
        """Return the seconds from the turn of the day until the last of some screens showed it. Raises SystemExit."""
        came = [each.first(lambda lines: day in lines[0]) for each in seats]
        if None in came:
            raise SystemExit(f"{came.count(None)} screens never showed {day}")
        first, last = (pick(at for at in came if at is not None) - turn for pick in (min, max))
        if first < -TRUE_TO:
            raise SystemExit(f"a screen showed {day} {-first:.2f} s too early")
        return last

    def leave(self) -> None:
        """End every session. Raises SystemExit if one had ended before."""
        self._colleague.close()
        self.ended = self._room.leave(self._room.seats)


def _until_shown(watcher: Seat, texts: Sequence[tuple[float, str]]) -> list[float]:
    """Return the seconds until each note stood on a screen. The last ones may still be on their way."""
    took, waiting = [], list(texts)
    for at, lines in watcher.screens():
        shown = "\n".join(lines)
        took += [at - noted for noted, text in waiting if text in shown]
        waiting = [each for each in waiting if each[1] not in shown]
    if len(waiting) > 2:
        raise SystemExit(f"{len(waiting)} notes never stood on a screen")
    return took


def worked(program: str, folder: Path, count: int, seconds: float) -> Office:
    """Let so many officers work for some seconds; return what was seen."""
    with Room() as room:
        office = Office(room, program, folder, count)
        office.work(time.monotonic() + seconds)
        office.leave()
    return office


def p99(took: Sequence[float]) -> float:
    """Return the 99th of 100 in ms. Raises SystemExit if there are too few."""
    if len(took) < LEAST:
        raise SystemExit(f"{len(took)} measured, too few")
    return sorted(took)[min(len(took) - 1, int(len(took) * 0.99))] * 1e3


def told(name: str, aim: float, taken: dict[str, list[float]], few: list[float]) -> Figure:
    """Return the figure of a 99th of 100, with the middle, the longest and few sessions beside it."""
    now, old = taken[NOW], taken.get(BEFORE)
    beside = f"p50 {statistics.median(now) * 1e3:.0f}, longest {max(now) * 1e3:.0f} ms"
    if few:
        beside += f"; p50 of {WATCHERS + 2} sessions {statistics.median(few) * 1e3:.0f} ms"
    return Figure(name, p99(now), "ms", aim, len(now), beside, old and p99(old))


def busy(of: dict[str, str], home: Path, sessions: int, people: int, seconds: float) -> None:
    """Measure the busy hour and print."""
    made = desk_of(home / "desk", people, SITES)
    few = worked(of[NOW], copytree(made, home / "few"), WATCHERS + 2, min(seconds, FEW_SECONDS))
    rooms: dict[str, Office] = {}
    for when, program in of.items():
        spent, began = os.times(), time.monotonic()
        rooms[when] = worked(program, copytree(made, home / when), sessions, seconds)
        used = os.times()
        cores = (used.children_user + used.children_system - spent.children_user - spent.children_system) / (
            time.monotonic() - began
        )
        print(f"{when}: ended with {sorted(set(rooms[when].ended))}; {cores:.2f} cores, start and end with it")
    at = f"{sessions} sessions, {people:,} people"
    for screens, what, aim in ((False, "cursor key to first byte", 60), (True, "F5 or F2 to first byte", 0)):
        by = {when: office.took(screens=screens) for when, office in rooms.items()}
        if aim or min(map(len, by.values())) >= LEAST:  # few sessions press few F-keys
            print(told(f"{at}: {what}, p99", aim, by, few.took(screens=screens)))
    print(told(f"{at}: a colleague's note on screen, p99", 600, {k: v.noted for k, v in rooms.items()}, few.noted))


@dataclass(frozen=True)
class Turned:
    """Midnight as it was seen: waits of cursor keys and of F-keys around it, seconds until screens showed the new day.

    `late` are the seconds of those that had begun shortly before it, if there were any.
    """

    moves: list[float]
    screens: list[float]
    all: float
    late: float


def night(program: str, folder: Path, sessions: int, late_comers: int, ahead: timedelta) -> Turned:
    """Return what was seen of midnight. Raises SystemExit."""
    with closing(Gateway.open(folder, own_identity())) as gateway:
        desk, zone = gateway.snapshot.desk, gateway.snapshot.zone
    assert desk is not None
    assert desk.practice_starts is not None
    assert desk.practice_since is not None
    begins = midnight_of((desk.practice_starts + ahead).date(), zone)
    turn = time.monotonic() + (desk.practice_since + (begins - desk.practice_starts) - real_clock()).total_seconds()
    with Room() as room:
        office = Office(room, program, folder, sessions)
        if time.monotonic() > turn - AROUND:
            raise SystemExit(f"{ahead} are too few for {sessions} sessions to start before midnight")
        early = list(room.seats)
        office.work(turn - LATE_SECONDS)
        late = room.more((program, "--data", str(folder)), late_comers)
        office.work(turn + AFTER_MIDNIGHT)
        day = f"{begins:%m-%d}"
        on_day, late_on_day = office.on_day(day, turn, early), office.on_day(day, turn, late or early)
        office.leave()
    moves, screens = (office.took(screens=each, since=turn - AROUND, until=turn + AROUND) for each in (False, True))
    if len(moves) < LEAST:
        raise SystemExit(f"{len(moves)} keys around midnight, too few")
    return Turned(moves, screens, on_day, late_on_day)


def turn_of_day(of: dict[str, str], home: Path, sessions: int, people: int, late: int, ahead: timedelta) -> None:
    """Measure midnight, with so many late comers, and print."""
    found = {}
    for when, program in of.items():
        began = datetime.combine(EVENING.date() + timedelta(days=1), datetime.min.time(), EVENING.tzinfo) - ahead
        found[when] = night(program, desk_of(home / when, people, SITES, began), sessions, late, ahead)
    now, old = found[NOW], found.get(BEFORE)
    at = f"midnight, {sessions} sessions, {people:,} people"
    if late:
        at += f", {late} more begun {LATE_SECONDS:.0f} s before it"
    beside = (
        f"p50 {statistics.median(now.moves) * 1e3:.0f}, p99 {p99(now.moves):.0f} ms, "
        f"longest of {len(now.screens)} F-keys {max(now.screens, default=0):.2f} s"
    )
    longest = max(old.moves) if old else None
    print(Figure(f"{at}: longest wait of a key", max(now.moves), "s", 0.1, len(now.moves), beside, longest))
    print(Figure(f"{at}: all screens on the new day", now.all, "s", 2, sessions, "", old.all if old else None))
    if late:
        print(Figure(f"{at}: the {late} on the new day", now.late, "s", 2, late, "", old.late if old else None))


def main(sessions: int, people: int, seconds: float, midnight: int, before: str = "") -> None:
    """Measure and print."""
    of = programs(DUTYBOARD, before)
    with tempfile.TemporaryDirectory() as home:
        if midnight:
            ahead = BEFORE_MIDNIGHT if sessions > 10 else timedelta(minutes=1.5)
            turn_of_day(of, Path(home), sessions, people, LATE_COMERS if midnight > 1 else 0, ahead)
        else:
            busy(of, Path(home), sessions, people, seconds)


if __name__ == "__main__":
    asked = options(sessions=30, people=2_000, seconds=60.0, midnight=0)
    if asked.quick:
        asked.sessions, asked.people, asked.seconds = 8, 300, 20.0
    main(asked.sessions, asked.people, asked.seconds, asked.midnight, asked.before)
