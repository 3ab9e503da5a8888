"""Rows of the board that a session leaves beside the checkpoint: the next one assesses few people to show it.

The rows of a person are taken over only where everything that they rest on is the same: the program, the notice with
the settings and areas of the desk, the day, his record byte for byte, and each other record that was read for them.
Whatever does not fit, or cannot be read, is made anew, so that the file may be lost, old or torn and no answer changes.

The file holds a line a board: that of now, and before a turn of the board (`board_rows.next_turn`) that of the turn.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import orjson

from dutyboard import frozen, rules, store
from dutyboard.rules.board_rows import BoardRows, PersonRows, looked_at, tables_read
from dutyboard.rules.duties.every_duty import DUTIES
from dutyboard.rules.law.phrase import Phrase
from dutyboard.rules.people.course import Outlook
from dutyboard.rules.records.ids import DutyId, Subject
from dutyboard.rules.records.obligation import Beginning, Obligation, Window
from dutyboard.rules.records.snapshot import Snapshot
from dutyboard.store import Store, StoreError

_DIGEST: Final = 64
"""Hex digits of a sha256. A line begins with that of its rest, then comes that of everything beneath its rows."""
_LINES: Final = 2
_ENOUGH: Final = 0.9
"""The share of the people whose rows stand, from which on a file is left as it is."""
_UNREADABLE: Final = (ValueError, TypeError, LookupError, AttributeError)
"""Faults of a file that holds something else than it should."""


class KeptBoard:
    """The rows that stand beside the checkpoint of one desk. Only one thread asks for them."""

    def __init__(self, opened: Store) -> None:
        self._store = opened
        self._taken = 0

    def take_over(self, rows: BoardRows, snapshot: Snapshot, now: datetime) -> int:
        """Let rows begin with those that stand at an instant; return of how many people. It raises nothing."""
        people = list(self._standing(snapshot, now))
        if people:
            rows.take_over(snapshot, now, DUTIES, people)
        self._taken = len(people)
        return self._taken

    def leave(self, found: Iterable[PersonRows], snapshot: Snapshot, made: datetime) -> bool:
        """Write the rows of people as made for an instant, unless most of what is kept stands; True if written.

        A file that cannot be written is none: the next session makes its rows anew.
        """
        if self._taken >= _ENOUGH * len(snapshot.persons):
            return False
        people = list(found)
        if sum(1 for _ in self._standing(snapshot, made)) >= _ENOUGH * len(people):
            return False
        said, beneath = self._said(snapshot), _beneath(snapshot, made)
        body = beneath.encode() + orjson.dumps(
            {
                "made": made.isoformat(),
                "people": [
                    [_person_json(each, snapshot.zone), said(_in_order(each.reads))]
                    for each in people
                    if _read_again(each, snapshot.zone)
                ],
            }
        )
        others = [line for line in self._lines() if line and not _rests_on(line, beneath)]
        try:
            return self._store.keep_rows(b"\n".join([*others, _digest(body) + body][-_LINES:]))
        except (OSError, StoreError):
            return False

    def holds(self, snapshot: Snapshot, instant: datetime) -> bool:
        """Return True if rows of a board at an instant are kept, whomever they are of."""
        beneath = _beneath(snapshot, instant)
        return any(_rests_on(line, beneath) for line in self._lines())

    def _lines(self) -> list[bytes]:
        """Return the lines of the file; none of one that cannot be read."""
        try:
            text = self._store.kept_rows()
        except (OSError, StoreError):
            return []
        return text.split(b"\n")

    def _standing(self, snapshot: Snapshot, now: datetime) -> Iterator[PersonRows]:
        """Yield the rows that stand at an instant, if they are whole and of this day and program."""
        if snapshot.desk is None:
            return
        beneath = _beneath(snapshot, now)
        line = next((each for each in self._lines() if _rests_on(each, beneath)), b"")
        body = line[_DIGEST:]
        if _digest(body) != line[:_DIGEST]:
            return
        said = self._said(snapshot)
        try:
            held = orjson.loads(body[_DIGEST:])
            if now < datetime.fromisoformat(held["made"]):
                return
            for told, rests_on in held["people"]:
                each = _person_read(told, snapshot.zone)
                stands = each.person_id in snapshot.persons and (each.until is None or now < each.until)
                if stands and said(told[1]) == rests_on:
                    yield each
        except _UNREADABLE:
            return

    def _said(self, snapshot: Snapshot) -> Callable[[Iterable[tuple[str, int | str | None]]], str]:
        """Return the function that gives a digest of everything that rows rest on, by what they read, in its order."""
        held = tables_read(snapshot)
        texts = self._store.standing("persons")

        def text(name: str, key: Any) -> bytes:
            if name == "persons" and str(key) in texts:
                return texts.raw(str(key))
            found = held[name].get(key)
            return b"" if found is None else repr(found).encode()

        def said(reads: Iterable[tuple[str, int | str | None]]) -> str:
            return sha256(b"\n".join([text(name, key) for name, key in reads])).hexdigest()

        return said


@cache
def program() -> str:
    """Return a digest of everything that makes rows of bytes: the rules, their notices, the store, its readers."""
    digest = sha256(sys.version.encode())
    rooms = (Path(rules.__path__[0]), Path(store.__path__[0]), Path(__file__).parents[1])
    texts = sorted(file for room in rooms for file in room.rglob("*") if file.suffix in (".py", ".toml"))
    for file in (Path(frozen.__file__), *texts):
        text = file.read_bytes()
        digest.update(f"{file.name} {len(text)}\n".encode() + text)
    return digest.hexdigest()


def _digest(text: bytes) -> bytes:
    return sha256(text).hexdigest().encode()


def _rests_on(line: bytes, beneath: str) -> bool:
    return line[_DIGEST : 2 * _DIGEST] == beneath.encode()


def _beneath(snapshot: Snapshot, now: datetime) -> str:
    """Return a digest of everything on which all rows rest: the program, the day, what is in force, the areas."""
    days = looked_at(snapshot, now)
    starts = [each.effective_from for each in snapshot.notices.values()]
    starts += [each.effective_from for each in snapshot.setting_changes.values()]
    begun = sum(start <= now for start in starts)
    tables = (snapshot.notices, snapshot.settings, snapshot.setting_changes, snapshot.areas)
    told = (days.shown, days.today, begun, *(sorted(table.items(), key=_number) for table in tables))
    return sha256(f"{program()} {told!r}".encode()).hexdigest()


def _number(of: tuple[int, object]) -> int:
    return of[0]


def _in_order(reads: Iterable[tuple[str, int | str | None]]) -> list[tuple[str, int | str | None]]:
    return sorted(reads, key=repr)


def _person_json(of: PersonRows, zone: ZoneInfo) -> list[Any]:
    outlook = of.outlook and [of.outlook.site_last and of.outlook.site_last.isoformat(), of.outlook.place]
    rows = [_row_json(row, zone) for row in of.rows]
    return [of.person_id, _in_order(of.reads), of.until and _instant_json(of.until, zone), rows, outlook]


def _person_read(held: Any, zone: ZoneInfo) -> PersonRows:
    number, reads, until, rows, outlook = held
    return PersonRows(
        person_id=number,
        reads=frozenset((name, key) for name, key in reads),
        until=until and _instant_read(until, zone),
        rows=tuple(_row_read(each, zone) for each in rows),
        outlook=outlook and Outlook(outlook[0] and date.fromisoformat(outlook[0]), outlook[1]),
    )


def _read_again(of: PersonRows, zone: ZoneInfo) -> bool:
    """Return True if the rows of a person are the very same after they were written and read."""
    try:
        again = _person_read(orjson.loads(orjson.dumps(_person_json(of, zone))), zone)
    except _UNREADABLE:
        return False
    return again.reads == of.reads and repr(again._replace(reads=of.reads)) == repr(of)


def _instant_json(instant: datetime, zone: ZoneInfo) -> str:
    """Return an instant as text; one of the desk's own zone without an offset."""
    return (instant.replace(tzinfo=None) if instant.tzinfo is zone else instant).isoformat()


def _instant_read(text: str, zone: ZoneInfo) -> datetime:
    instant = datetime.fromisoformat(text)
    return instant.replace(tzinfo=zone) if instant.tzinfo is None else instant


_DEFAULTS: Final[Mapping[str, Any]] = {each.name: each.default for each in fields(Obligation)}


def _row_json(row: Obligation, zone: ZoneInfo) -> dict[str, Any]:
    """Return what a row holds that is not its default."""
    held = {name: getattr(row, name) for name in _DEFAULTS}
    out = {name: value for name, value in held.items() if _DEFAULTS[name] is MISSING or value != _DEFAULTS[name]}
    opens, due, closes, strict, since = row.window
    told = since and [_instant_json(since.at, zone), since.reason]
    out["window"] = [
        *(_instant_json(each, zone) for each in (opens, due)),
        closes and _instant_json(closes, zone),
        strict,
        told,
    ]
    for name in ("id", "subject_id"):
        out[name] = str(out[name])
    for name in ("people", "left"):
        if name in out:
            out[name] = [str(each) for each in out[name]]
    if row.name is not None:
        out["name"] = [row.name.zh, row.name.en]
    return out


def _row_read(held: dict[str, Any], zone: ZoneInfo) -> Obligation:
    opens, due, closes, strict, since = held["window"]
    told = since and Beginning(_instant_read(since[0], zone), since[1])
    held["window"] = Window(
        _instant_read(opens, zone), _instant_read(due, zone), closes and _instant_read(closes, zone), strict, told
    )
    held["id"], held["subject_id"] = _name(DutyId, held["id"]), _name(Subject, held["subject_id"])
    for name in ("people", "left"):
        if name in held:
            held[name] = tuple(_name(Subject, each) for each in held[name])
    if "unlike" in held:
        held["unlike"] = tuple(held["unlike"])
    if "name" in held:
        held["name"] = Phrase(*held["name"])
    return Obligation(**held)


def _name(kind: type[DutyId] | type[Subject], text: str) -> Any:
    """Return the name that a text is. Raises ValueError for one that is none."""
    found = kind.parse(text)
    if found is None:
        raise ValueError("no name")
    return found
